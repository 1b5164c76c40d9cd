import { createReadStream, createWriteStream, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';

/**
 * Gives standard input a name: what comes is read twice, and told from its first line whether it is JSONL.
 * @param path of a data file or folder, or "-"
 * @param work is given the path to read, and what to call it
 */
export async function withInput<Result>(
  path: string,
  work: (path: string, name: string) => Result | Promise<Result>,
): Promise<Result> {
  if (path !== '-') return work(path, path);
  const folder = mkdtempSync(join(tmpdir(), 'expograph-stdin-'));
  try {
    const kept = join(folder, 'stdin');
    await pipeline(process.stdin, createWriteStream(kept));
    const named = `${kept}.${(await isJsonLines(kept)) ? 'jsonl' : 'yaml'}`;
    renameSync(kept, named);
    return await work(named, 'standard input');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function isJsonLines(file: string): Promise<boolean> {
  for await (const line of createInterface({ input: createReadStream(file) })) {
    if (line.trim() === '') continue;
    try {
      return typeof JSON.parse(line) === 'object';
    } catch {
      return false;
    }
  }
  return false;
}
