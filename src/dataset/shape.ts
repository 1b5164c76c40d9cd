import { z } from 'zod';
import { didYouMean, type Path, type ProblemCode, quote } from './problems.ts';

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
