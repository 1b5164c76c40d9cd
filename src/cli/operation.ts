import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { didYouMean } from '../dataset/problems.ts';
import { SHIPPED_QUESTIONS } from '../web/headlines.ts';
import { type Question, readQuestions } from '../web/questions.ts';
import { UsageError } from './failure.ts';

/** @returns the worked questions, in the order of the playground's tabs */
export function workedQuestions(): Question[] {
  return readQuestions(SHIPPED_QUESTIONS);
}

/**
 * Finds out what is asked.
 * @param argument the operation itself, the path of a .graphql file, the name of a worked question, or "-"
 * @param file the value of --file
 * @returns the operation, and the variables of a worked question as JSON where it has some
 * @throws UsageError when there is none, or it cannot be read
 */
export async function readOperation(
  argument: string | undefined,
  file: string | undefined,
): Promise<{ query: string; variables?: string }> {
  if (argument !== undefined && file !== undefined)
    throw new UsageError('The operation is given twice: as an argument and by --file. Leave out one of them.');
  if (argument === undefined && file === undefined && process.stdin.isTTY)
    throw new UsageError(
      'There is nothing to ask. Give an operation, such as \'{ service { version } }\', or the name of a worked question ("expograph query --list" shows them).',
    );
  const path = file ?? argument ?? '-';
  if (path === '-') return { query: filled(await text(process.stdin), 'Standard input') };
  if (file !== undefined) return { query: filled(readText(file, '--file'), file) };
  if (path.includes('{')) return { query: path };
  if (/\.(graphql|gql)$/i.test(path) || path.includes('/')) return { query: filled(readText(path, 'The file'), path) };
  return findQuestion(path);
}

/**
 * @param origin what named the file, to begin the message with
 * @throws UsageError when the file cannot be read
 */
export function readText(path: string, origin: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${origin} ${JSON.stringify(path)} cannot be read: ${whyNot(error)}.`);
  }
}

/** @returns "no such file or directory", of "ENOENT: no such file or directory, open 'x'" */
function whyNot(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return /^[A-Z]+: (.+?), \w+/.exec(message)?.[1] ?? message;
}

function filled(query: string, origin: string): string {
  if (query.trim() === '')
    throw new UsageError(`${origin} is empty; an operation is expected, such as { service { version } }.`);
  return query;
}

function findQuestion(name: string): { query: string; variables?: string } {
  const questions = workedQuestions();
  const found = questions.find((one) => one.slug === name || one.name === name);
  if (found) return { query: found.query, ...(found.variables && { variables: found.variables }) };
  const hint = didYouMean(
    name,
    questions.flatMap((one) => [one.slug, one.name]),
  );
  throw new UsageError(
    `${JSON.stringify(name)} is neither an operation, nor a .graphql file, nor a worked question${hint || '; "expograph query --list" shows them.'}`,
  );
}
