import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type GraphQLFormattedError, GraphQLSchema } from 'graphql';
import { AnswerError, answer, type Format, fitsTable, type Question } from '../answer/answer.ts';
import { UnreachableError, UsageError } from './failure.ts';
import { readOperation, workedQuestions } from './operation.ts';
import { Progress } from './progress.ts';
import { openDatabase, openService, type Source } from './source.ts';
import { type Field, readVariables } from './variables.ts';

/** The options of the command. */
export interface QueryOptions {
  file?: string;
  list?: true;
  variables?: string;
  field?: Field[];
  string?: Field[];
  operationName?: string;
  url?: string;
  language?: string;
  format?: Format;
  paginate?: true;
  max?: number;
  rows?: string;
  explode?: string;
  bom?: true;
  quiet?: true;
}

/**
 * Asks, and prints the answer.
 * @param operation the argument of the command
 * @throws UsageError, SettingsError, StoreError or UnreachableError
 */
export async function ask(operation: string | undefined, options: QueryOptions): Promise<void> {
  if (options.list) {
    if (operation !== undefined || options.file !== undefined)
      throw new UsageError('--list shows the worked questions and asks none: leave the operation or --list out.');
    const questions = workedQuestions();
    const width = Math.max(...questions.map(({ slug }) => slug.length));
    for (const { slug, headline } of questions) console.log(`${slug.padEnd(width)}  ${headline}`);
    return;
  }
  const { query, variables: beside } = await readOperation(operation, options.file);
  const { url, language, operationName } = options;
  if (language !== undefined) requireLanguages(language);
  const source = url === undefined ? await openDatabase(language) : openService(url, language);
  try {
    const variables = await readVariables(
      { json: options.variables ?? beside, fields: [...(options.field ?? []), ...(options.string ?? [])] },
      { query, operationName },
      source.schema,
    );
    const question = { query, ...(variables && { variables }), ...(operationName !== undefined && { operationName }) };
    const errors = await print(question, source, options);
    if (errors.length > 0) process.exitCode = 1;
  } finally {
    await source.close();
  }
}

async function print(
  question: Question,
  source: Source,
  { paginate, max, rows, explode, bom, quiet, ...options }: QueryOptions,
): Promise<readonly GraphQLFormattedError[]> {
  const { isTTY, columns } = process.stdout;
  const wanted = options.format ?? (isTTY ? undefined : 'json');
  // Of a service it would have to be asked for first.
  const needsSchema = wanted !== 'json' || paginate || max !== undefined;
  const schema = needsSchema ? await source.schema() : new GraphQLSchema({});
  // A terminal that does not know its width says 0.
  const width = (isTTY && columns) || undefined;
  const isFollowed = paginate === true || max !== undefined;
  const isTable = () =>
    rows !== undefined || explode !== undefined || fitsTable(question, schema, { isFollowed, width });
  const format = wanted ?? (isTable() ? 'table' : 'json');
  // CSV and JSONL on a terminal come page by page: they show progress themselves.
  const progress = new Progress(!quiet && !(isTTY && (format === 'csv' || format === 'jsonl')));
  let isBegun = false;
  try {
    const { errors, text, leftOut } = await answer(question, schema, source.ask, {
      format,
      paginate,
      max,
      rows,
      explode,
      bom,
      width,
      onPage: (items, total) => progress.show('items', items, total),
    });
    if (leftOut.length > 0 && !quiet)
      console.error(`Not in the rows: ${leftOut.join(', ')}. Ask for JSON, which has all of it, or for one list only.`);
    isBegun = true;
    await pipeline(Readable.from(withoutProgress(text, progress)), process.stdout, { end: false });
    // On a terminal they are seen in the JSON itself.
    if (format !== 'json' || !isTTY) for (const error of errors) console.error(errorLine(error));
    return errors;
  } catch (error) {
    if (error instanceof AnswerError) throw new UsageError(error.say((option) => `--${option}`));
    if (error instanceof UnreachableError && isBegun)
      throw new UnreachableError(`The answer ends early: ${error.message}`);
    throw error;
  } finally {
    progress.clear();
  }
}

/** @throws UsageError where it could not stand in the header Accept-Language */
function requireLanguages(tags: string): void {
  const wrong = tags
    .split(',')
    .find((tag) => !/^\s*(\*|[a-z]{1,8}(-[a-z\d]{1,8})*)\s*(;\s*q=(0(\.\d{1,3})?|1(\.0{1,3})?)\s*)?$/i.test(tag));
  if (wrong !== undefined)
    throw new UsageError(`--language must be tags such as zh-Hans, or de;q=0.8, en; got ${JSON.stringify(wrong)}.`);
}

/** Both may go to one terminal. */
async function* withoutProgress(text: AsyncIterable<string>, progress: Progress): AsyncGenerator<string> {
  for await (const part of text) {
    progress.clear();
    yield part;
  }
}

function errorLine({ message, path, extensions }: GraphQLFormattedError): string {
  const code = typeof extensions?.code === 'string' ? `${extensions.code}: ` : '';
  return `${code}${message.replaceAll(/\s*\n\s*/g, ' ')}${path && path.length > 0 ? ` (at ${path.join('.')})` : ''}`;
}
