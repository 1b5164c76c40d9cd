import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Runs a script of this folder in a process of its own.
 * @param script its name without the ending
 * @returns what it prints: one line of JSON
 * @throws Error when it fails
 */
export async function runScript(script: string, parameters: readonly string[]): Promise<Record<string, number>> {
  const file = fileURLToPath(new URL(`${script}.js`, import.meta.url));
  const child = spawn(process.execPath, [file, ...parameters], { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`${script} ${parameters.join(' ')} ended with ${code}.`);
  const figures: Record<string, number> = JSON.parse(printed);
  return figures;
}

/** A measured number, and what it has to reach. */
export interface Figure {
  name: string;
  value: number;
  /** "MB", or "" for a ratio. */
  unit: string;
  bar: { atLeast: number } | { atMost: number } | undefined;
}

export function isMet({ value, bar }: Figure): boolean {
  if (!bar) return true;
  return 'atLeast' in bar ? value >= bar.atLeast : value <= bar.atMost;
}

/** The middle one; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low = Number.NaN, high = Number.NaN] = [
    sorted[Math.floor((sorted.length - 1) / 2)],
    sorted[Math.ceil((sorted.length - 1) / 2)],
  ];
  return (low + high) / 2;
}
