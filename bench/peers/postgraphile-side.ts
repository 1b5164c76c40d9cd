import type { Side } from '../questions.ts';

/** Not there yet. */
export async function startPostGraphile(_database: string): Promise<Side | undefined> {
  return undefined;
}
