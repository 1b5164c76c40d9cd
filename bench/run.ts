import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** A file of the built package, which is what is measured. */
export const builtFile = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** A script of this folder, as it was compiled. */
export const scriptFile = (name: string) => fileURLToPath(new URL(`${name}.js`, import.meta.url));

const printedFigures = z.record(z.string(), z.number());

/**
 * Runs a script of this folder in a process of its own.
 * @param script its name without the ending
 * @returns what it prints: one line of JSON
 * @throws Error when it fails
 */
export async function runScript(script: string, parameters: readonly string[]): Promise<Record<string, number>> {
  const child = spawn(process.execPath, [scriptFile(script), ...parameters], { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`${script} ${parameters.join(' ')} ended with ${code}.`);
  return printedFigures.parse(JSON.parse(printed));
}

/** A measured number, and what it has to reach. */
export interface Figure {
  name: string;
  /** NaN when there is none; `remark` tells why. */
  value: number;
  /** "MB", or "" for a ratio. */
  unit: string;
  bar: { atLeast: number } | { atMost: number } | undefined;
  /** The values of the rounds, of which `value` is the median. */
  rounds?: readonly number[];
  /** What to know about it: "not available", "3 hits at 1,600 editions". */
  remark?: string;
  /** True where the sides did not answer the same, which counts as a bar that is missed. */
  isWrong?: boolean;
}

/** A table of the report besides the one of the figures. */
export interface Table {
  title: string;
  /** The first column is of words, the others are of numbers. */
  head: readonly string[];
  rows: readonly (readonly string[])[];
}

/** What a part of the benchmarks found. */
export interface Findings {
  figures: Figure[];
  tables?: Table[];
  /** Everything that was measured, round by round. */
  raw?: unknown;
}

/** How long to measure; `--quick` makes all of it short. */
export interface Effort {
  rounds: number;
  /** Of each side in each round, in seconds. */
  warmUp: number;
  seconds: number;
  isQuick: boolean;
}

/** A figure that was not measured meets its bar, unless that is because of a wrong answer. */
export function isMet({ value, bar, isWrong = false }: Figure): boolean {
  if (isWrong) return false;
  if (!bar || Number.isNaN(value)) return true;
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

/** One side over another, round by round: what the machine does meanwhile falls on both. */
export function ratio(
  name: string,
  values: readonly number[],
  others: readonly number[],
  bar: Figure['bar'],
  remark?: string,
): Figure {
  const rounds = values.map((value, round) => value / (others[round] ?? Number.NaN));
  return { name, value: median(rounds), unit: '', bar, rounds, ...(remark && { remark }) };
}

/** A figure that could not be measured. */
export function missing(name: string, bar: Figure['bar'], remark: string, isWrong = false): Figure {
  return { name, value: Number.NaN, unit: '', bar, remark, isWrong };
}

/** The lowest and the highest round, in words; empty where there are no rounds. */
export function rangeOf({ rounds = [] }: Figure): string {
  const [low, high] = [Math.min(...rounds), Math.max(...rounds)];
  return rounds.length > 1 && !Number.isNaN(low) ? `${shown(low)}–${shown(high)}` : '';
}

/** With the digits that a reader can use: 0.53, 17,800. */
export function shown(value: number): string {
  if (Number.isNaN(value)) return '–';
  return Math.abs(value) < 100 ? value.toFixed(2) : Math.round(value).toLocaleString('en');
}
