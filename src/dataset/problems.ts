import { z } from 'zod';

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
  | 'CONTRADICTION';

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
}

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

/** @returns "data/wmc.yaml:12: conventions[0].slug: is missing" */
export function formatProblem({ file, line, path, message }: Problem): string {
  return path ? `${file}:${line}: ${path}: ${message}` : `${file}:${line}: ${message}`;
}

/** @returns "conventions[0].slug" */
export function formatPath(path: Path): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');
}

/** @returns the problems by file, line and column */
export function sortProblems(problems: readonly Problem[]): Problem[] {
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

/** What a schema found wrong, before its place in the file is known. */
interface Finding {
  path: Path;
  isAboutKey: boolean;
  code: ProblemCode;
  message: string;
}

type Issue = z.core.$ZodIssue;

/**
 * Checks a value against a schema.
 * @returns the parsed value, or everything that is wrong with it, each with a way out
 */
export function checkShape<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): { data: z.output<Schema>; findings: [] } | { data: undefined; findings: Finding[] } {
  const result = schema.safeParse(value, { error: explain, reportInput: true });
  if (result.success) return { data: result.data, findings: [] };
  return { data: undefined, findings: result.error.issues.flatMap((issue) => findingsOf(issue, [])) };
}

const typeNames: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'keys and values',
};

/** Words for what the format does not word itself; a line per key for unknown keys. */
function explain(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${typeNames[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return `must be ${issue.minimum} or more`;
    case 'too_big':
      return issue.origin === 'string'
        ? `must have at most ${issue.maximum} characters`
        : `must be ${issue.maximum} or less`;
    case 'unrecognized_keys': {
      const known = issue.inst instanceof z.ZodObject ? Object.keys(issue.inst.shape) : [];
      return issue.keys
        .map((key) => `is not a key here${didYouMean(key, known) || `; the keys are ${known.join(', ')}`}`)
        .join('\n');
    }
    default:
      return undefined;
  }
}

function findingsOf(issue: Issue, base: Path): Finding[] {
  const path = [...base, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))];
  if (issue.code === 'unrecognized_keys') {
    const messages = issue.message.split('\n');
    return issue.keys.map((key, index) => ({
      path: [...path, key],
      isAboutKey: true,
      code: 'UNKNOWN_KEY',
      message: messages[index] ?? issue.message,
    }));
  }
  const one = (code: ProblemCode, message: string): Finding[] => [{ path, isAboutKey: false, code, message }];
  if (issue.input === undefined && issue.code !== 'custom') return one('MISSING', `is missing; it ${issue.message}`);
  const got = `; got ${describe(issue.input)}`;
  switch (issue.code) {
    case 'invalid_union': {
      const branch = bestBranch(issue.errors);
      return branch ? branch.flatMap((inner) => findingsOf(inner, path)) : one('WRONG_TYPE', issue.message + got);
    }
    case 'invalid_type':
      return one('WRONG_TYPE', issue.message + got);
    case 'invalid_value':
      return one(
        'UNKNOWN_WORD',
        issue.message +
          got +
          (typeof issue.input === 'string' ? didYouMean(issue.input, issue.values.map(String)) : ''),
      );
    case 'custom':
      return [
        {
          path,
          isAboutKey: issue.params?.isAboutKey === true,
          code: 'INVALID',
          message: issue.message + ofScalar(issue),
        },
      ];
    default:
      return one('INVALID', issue.message + got);
  }
}

/** The alternative whose type fits and that has the least wrong with it, or undefined when no type fits. */
function bestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  return branches
    .filter((issues) => !issues.some((issue) => issue.path.length === 0 && issue.code === 'invalid_type'))
    .toSorted((a, b) => a.length - b.length)[0];
}

/** A rule about a record as a whole would gain nothing from "got keys and values". */
function ofScalar({ input, params }: z.core.$ZodIssueCustom): string {
  return params?.isAboutKey || typeof input === 'object' ? '' : `; got ${describe(input)}`;
}

/**
 * What a person sees in the file where something else was wanted.
 * @param value a parsed value
 * @returns '"text"', 'the number 5', 'a list' …
 */
function describe(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'boolean') return String(value);
  return 'keys and values';
}

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
