import { createReadStream, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Option } from 'commander';
import type { ImportResult, Verdict } from '../dataset/import.ts';
import { formatProblem, type Warning } from '../dataset/problems.ts';

export interface VerdictOptions {
  format: 'text' | 'jsonl';
  all?: true;
  quiet?: true;
}

/** How verdicts are printed: the same for every command that gives them. */
export const verdictOptions = [
  new Option('--format <format>', 'lines to read, or an object per record (jsonl)')
    .choices(['text', 'jsonl'])
    .default('text'),
  new Option('--all', 'also the records that stay as they are; jsonl has them anyway'),
  new Option('--quiet', 'only the numbers at the end'),
];

/** So many characters are held before they go to a file. */
const HELD = 1 << 16;

/** Gathers verdicts, which hold only once all has gone well. */
export class VerdictList {
  readonly #options: VerdictOptions;
  #text = '';
  /** A file that has no name any more, so that nothing is left of it in the end. */
  #file: number | undefined;

  constructor(options: VerdictOptions) {
    this.#options = options;
  }

  readonly add = (verdict: Verdict): void => {
    const { format, all, quiet } = this.#options;
    if (quiet) return;
    if (format === 'jsonl') this.#text += `${JSON.stringify(verdict)}\n`;
    else if (all || verdict.verdict !== 'unchanged') this.#text += `${lineOf(verdict)}\n`;
    if (this.#text.length < HELD) return;
    this.#file ??= openNameless();
    writeSync(this.#file, this.#text);
    this.#text = '';
  };

  /** Prints them, and the numbers: to standard error where standard output is for programs. */
  async print({ created, updated, unchanged, removed }: ImportResult): Promise<void> {
    if (this.#file !== undefined)
      await pipeline(createReadStream('', { fd: this.#file, start: 0 }), process.stdout, { end: false });
    process.stdout.write(this.#text);
    const numbers = `${created} created, ${updated} updated, ${unchanged} unchanged, ${removed} removed.`;
    if (this.#options.format === 'jsonl') console.error(numbers);
    else console.log(numbers);
  }
}

function openNameless(): number {
  const folder = mkdtempSync(join(tmpdir(), 'expograph-verdicts-'));
  try {
    return openSync(join(folder, 'verdicts'), 'w+');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function lineOf({ verdict, type, path, changed }: Verdict): string {
  return `${verdict.padEnd(9)}  ${type} ${path}${changed && changed.length > 0 ? `: ${changed.join(', ')}` : ''}`;
}

/**
 * Says what may be a mistake, and what the data explains, on standard error.
 * @param most so many are said, and how many there are besides
 */
export function printWarnings(warnings: readonly Warning[], most = Number.POSITIVE_INFINITY): void {
  for (const warning of warnings.slice(0, most))
    if (warning.explanation === undefined) console.error(`Warning: ${formatProblem(warning)}`);
    else console.error(`Known: ${formatProblem(warning)}: ${warning.explanation}`);
  const others = warnings.length - most;
  if (others > 0)
    console.error(`${others} more ${others === 1 ? 'warning' : 'warnings'}; "validate" shows all of them.`);
}
