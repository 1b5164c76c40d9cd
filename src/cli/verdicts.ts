import { SingleBar } from 'cli-progress';
import { Option } from 'commander';
import type { ImportOptions, ImportResult, Verdict } from '../dataset/import.ts';
import { formatProblem, type Problem } from '../dataset/problems.ts';

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

/** Gathers verdicts, which hold only once all has gone well. */
export class VerdictList {
  readonly #lines: string[] = [];
  readonly #options: VerdictOptions;

  constructor(options: VerdictOptions) {
    this.#options = options;
  }

  readonly add = (verdict: Verdict): void => {
    const { format, all, quiet } = this.#options;
    if (quiet) return;
    if (format === 'jsonl') this.#lines.push(JSON.stringify(verdict));
    else if (all || verdict.verdict !== 'unchanged') this.#lines.push(lineOf(verdict));
  };

  /** Prints them, and the numbers: to standard error where standard output is for programs. */
  print({ created, updated, unchanged, removed }: ImportResult): void {
    if (this.#lines.length > 0) process.stdout.write(`${this.#lines.join('\n')}\n`);
    const numbers = `${created} created, ${updated} updated, ${unchanged} unchanged, ${removed} removed.`;
    if (this.#options.format === 'jsonl') console.error(numbers);
    else console.log(numbers);
  }
}

function lineOf({ verdict, type, path, changed }: Verdict): string {
  return `${verdict.padEnd(9)}  ${type} ${path}${changed && changed.length > 0 ? `: ${changed.join(', ')}` : ''}`;
}

/** Says what may be a mistake, on standard error. */
export function printWarnings(warnings: readonly Problem[]): void {
  for (const warning of warnings) console.error(`Warning: ${formatProblem(warning)}`);
}

/** Shows on a terminal how far an import is; `clear` takes it away. */
export function progressLine(quiet: boolean | undefined): {
  onProgress?: NonNullable<ImportOptions['onProgress']>;
  clear: () => void;
} {
  if (quiet || !process.stderr.isTTY) return { clear: () => {} };
  const bar = new SingleBar({ format: '{value} records {phase} …', stream: process.stderr, clearOnComplete: true });
  let isStarted = false;
  let last = 0;
  return {
    onProgress: (phase, records) => {
      if (!isStarted) bar.start(0, 0, { phase });
      isStarted = true;
      if (performance.now() - last < 100) return;
      last = performance.now();
      bar.update(records, { phase });
      // The import leaves no moment for the bar's own timer.
      bar.render();
    },
    clear: () => bar.stop(),
  };
}
