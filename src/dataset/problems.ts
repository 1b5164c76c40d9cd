import type { DataCheck, Word } from '../store/vocabulary.ts';

/** What can be wrong with a data file. */
export type ProblemCode =
  | 'UNREADABLE'
  | 'SYNTAX'
  | 'UNKNOWN_KEY'
  | 'MISSING'
  | 'WRONG_TYPE'
  | 'UNKNOWN_WORD'
  | 'INVALID'
  | 'DANGLING_REFERENCE'
  | 'DUPLICATE'
  | 'CONTRADICTION'
  | 'UNUSED';

/** Where a value stands in a file: ["conventions", 0, "slug"]. */
export type Path = readonly (string | number)[];

export interface Problem {
  file: string;
  line: number;
  column: number;
  /** "conventions[0].editions[3].year"; empty for the file as a whole. */
  path: string;
  code: ProblemCode;
  /** Continues the path in a sentence: "must be a number like 582.18 billion; got a list". */
  message: string;
  /** The check that found it; what keeps a file from being understood at all is found by none. */
  check?: Word<typeof DataCheck>;
}

/** What may be a mistake. It keeps nothing from being imported. */
export interface Warning extends Problem {
  check: Word<typeof DataCheck>;
  /** Why it is none, or what is known of it, where the data explains it: then it is a known conflict. */
  explanation?: string;
}

/** What a check that finds something does: ERROR keeps all of the data from being imported, WARNING is only told. */
export const severities: Record<Word<typeof DataCheck>, 'ERROR' | 'WARNING'> = {
  DATE_ORDER: 'ERROR',
  YEAR: 'ERROR',
  DATE_NEAR_EDITION: 'WARNING',
  ORDINAL_ORDER: 'WARNING',
  ONE_PREFERRED: 'ERROR',
  CUMULATIVE_SUM: 'WARNING',
  BOUND: 'WARNING',
  CONFLICTING_CLAIMS: 'WARNING',
  CONVERSION_RATE: 'WARNING',
  MAGNITUDE: 'WARNING',
  UNIT: 'WARNING',
  UNSOURCED: 'ERROR',
  UNSOURCED_FIELD: 'WARNING',
  UNUSED_SOURCE: 'WARNING',
  NOT_LINKABLE: 'ERROR',
  LINK_IN_TEXT: 'WARNING',
  SCRIPT: 'WARNING',
  DUPLICATE_SOURCE: 'WARNING',
  DUPLICATE_EDITION: 'WARNING',
  DUPLICATE_PERSON: 'WARNING',
  DUPLICATE_PLACE: 'WARNING',
  DUPLICATE_VENUE: 'WARNING',
  DUPLICATE_ORGANIZATION: 'WARNING',
  STALE_EXPLANATION: 'WARNING',
};

/** Data that cannot be imported; tells every problem of every file. */
export class DatasetError extends Error {
  readonly problems: readonly Problem[];

  /** @param consequence what became of the data, after the number of problems */
  constructor(problems: readonly Problem[], consequence = '') {
    const count = problems.length === 1 ? '1 problem.' : `${problems.length} problems.`;
    super([...problems.map(formatProblem), `${count} ${consequence}`.trim()].join('\n'));
    this.name = 'DatasetError';
    this.problems = problems;
  }
}

/** @returns "data/wmc.yaml:12: conventions[0].slug: is missing", with the check in brackets behind it where one found it */
export function formatProblem({ file, line, path, message, check }: Problem): string {
  const told = path ? `${file}:${line}: ${path}: ${message}` : `${file}:${line}: ${message}`;
  return check ? `${told} [${check}]` : told;
}

/** @returns "conventions[0].slug" */
export function formatPath(path: Path): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');
}

/** @returns the problems by file, line and column */
export function sortProblems<One extends Problem>(problems: readonly One[]): One[] {
  return problems.toSorted(
    (a, b) =>
      compare(a.file, b.file) ||
      a.line - b.line ||
      a.column - b.column ||
      compare(a.path, b.path) ||
      compare(a.message, b.message),
  );
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** @returns the text in quotation marks, shortened to what fits a line */
export function quote(text: string): string {
  const letters = Array.from(text);
  return JSON.stringify(letters.length > 60 ? `${letters.slice(0, 60).join('')}…` : text);
}

/**
 * @param typed what somebody wrote
 * @param known what could have been meant
 * @returns '; did you mean "b"?', or '' when nothing is close
 */
export function didYouMean(typed: string, known: Iterable<string>): string {
  const meant = nearest(typed, known);
  return meant === undefined ? '' : `; did you mean ${meant}?`;
}

function nearest(typed: string, known: Iterable<string>): string | undefined {
  const wanted = typed.toLowerCase();
  let best: string | undefined;
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(wanted, candidate.toLowerCase(), least);
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** Letters to insert, drop, replace or swap; gives up at the limit. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1];
      const isSwapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current[column] = Math.min(
        (previous[column] ?? limit) + 1,
        (current[column - 1] ?? limit) + 1,
        (previous[column - 1] ?? limit) + (isSame ? 0 : 1),
        isSwapped ? (beforePrevious[column - 2] ?? limit) + 1 : limit,
      );
    }
    if (Math.min(...current) >= limit) return limit;
    [beforePrevious, previous] = [previous, current];
  }
  return previous[b.length] ?? limit;
}
