import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import { AnswerError } from './error.ts';
import { type Ask, type Data, errorsOf, type Following, follow } from './follow.ts';
import { type Question, readOperation } from './operation.ts';
import { everyPart, isRecord, type Layout, layOut } from './rows.ts';
import { csvOf, jsonLinesOf, jsonOf, tableOf } from './write.ts';

export { AnswerError } from './error.ts';
export type { Ask } from './follow.ts';
export type { Question } from './operation.ts';

export type Format = 'json' | 'jsonl' | 'csv' | 'table';

export interface AnswerOptions {
  format: Format;
  /** Follow the one list that asks for pageInfo to its end. */
  paginate?: boolean | undefined;
  /** At most so many items of that list altogether; implies paginate. */
  max?: number | undefined;
  /** Path of a list within a row whose items get rows of their own. */
  explode?: string | undefined;
  /** Path of the list that becomes the rows, where there are several. */
  rows?: string | undefined;
  /** A byte order mark before CSV, for Excel. */
  bom?: boolean | undefined;
  /** As JSON, pages are put together before any is written: of so many characters at most. */
  longest?: number | undefined;
  /** Columns of the terminal, for tables. */
  width?: number | undefined;
  /** Is told after each page how many items there are so far, and of how many where the operation asks that. */
  onPage?: ((items: number, total?: number) => void) | undefined;
}

export interface Answer {
  /** The name of the operation, where it was read and has one. */
  name: string | undefined;
  /** What is in no row, by its path. */
  leftOut: readonly string[];
  /** The errors so far; complete when the text has been read to its end. */
  errors: readonly GraphQLFormattedError[];
  /** Whether anything could be answered; where not, the text has no row, and as JSON the errors only. */
  hasData: boolean;
  /** CSV and JSONL come page by page: nothing is asked before what is there has been read. */
  text: AsyncIterable<string>;
}

/**
 * Answers an operation as text. The first page is asked at once, the others as the text is read.
 * @param schema what the operation is asked of
 * @param ask asks once
 * @throws AnswerError before anything is written, where the answer cannot have that form
 */
export async function answer(
  question: Question,
  schema: GraphQLSchema,
  ask: Ask,
  options: AnswerOptions,
): Promise<Answer> {
  refuseMisuse(options);
  const { format } = options;
  const isFollowed = options.paginate || options.max !== undefined;
  const isPlain = format === 'json' && !isFollowed;
  const operation = isPlain ? undefined : readOperation(question, schema);
  const layout = operation && format !== 'json' ? layOut(operation, options) : undefined;
  const following =
    operation && isFollowed ? follow(question, operation, schema, ask, { ...options, rows: layout?.list }) : undefined;

  const { data, errors } = await askFirst(question, following, ask);
  const answered = (text: AsyncIterable<string>) => ({
    name: operation?.definition.name?.value,
    leftOut: layout?.leftOut ?? [],
    errors,
    hasData: isRecord(data),
    text,
  });
  if (isPlain || !isRecord(data)) return answered(only(format === 'json' ? jsonOf(data, errors) : ''));
  if (!operation) throw new AnswerError('The operation does not fit the schema that is known of the service.');
  const parts = following ? following.parts(data, errors) : only(data);
  return answered(layout ? rowsOf(parts, layout, options) : wholeOf(parts, data, errors, { following, ...options }));
}

/** So many characters of a column show what it is about. */
const READABLE = 8;

/**
 * Whether all that an operation asks has a place in one table that can be read.
 * @param schema what the operation is asked of
 * @param options `isFollowed`: whether the list will be whole, so that its length and the ends of a page say nothing more;
 *   `width`: the columns of the terminal
 */
export function fitsTable(
  question: Question,
  schema: GraphQLSchema,
  { isFollowed, width = Number.POSITIVE_INFINITY }: { isFollowed: boolean; width?: number | undefined },
): boolean {
  const operation = readOperation(question, schema);
  if (!operation) return false;
  try {
    const { list = [], columns, leftOut } = layOut(operation, {});
    const isPaged = everyPart(operation.parts).some(
      ({ definition: { name }, keys }) => name === 'pageInfo' || (name === 'totalCount' && keys.length === list.length),
    );
    return leftOut.length === 0 && (isFollowed || !isPaged) && columns.length * READABLE < width;
  } catch (error) {
    if (error instanceof AnswerError) return false;
    throw error;
  }
}

async function askFirst(
  question: Question,
  following: Following | undefined,
  ask: Ask,
): Promise<{ data: unknown; errors: GraphQLFormattedError[] }> {
  const first = await ask(following?.question ?? question);
  if (!following) return { data: first.data, errors: [...(first.errors ?? [])] };
  if (isRecord(first.data)) return { data: first.data, errors: errorsOf(first) };
  // The errors should speak of the operation as it was written.
  const { errors } = await ask(question);
  return { data: null, errors: errors ? [...errors] : errorsOf(first) };
}

function rowsOf(parts: AsyncIterable<Data>, layout: Layout, { format, bom, width }: AnswerOptions) {
  if (format === 'csv') return csvOf(parts, layout, bom);
  return format === 'table' ? tableOf(parts, layout, width) : jsonLinesOf(parts, layout);
}

async function* wholeOf(
  parts: AsyncIterable<Data>,
  whole: Data,
  errors: readonly GraphQLFormattedError[],
  { following, longest = Number.POSITIVE_INFINITY }: { following: Following | undefined; longest?: number | undefined },
): AsyncGenerator<string> {
  let length = 0;
  for await (const part of parts) {
    if (longest < Number.POSITIVE_INFINITY) length += JSON.stringify(part).length;
    if (length > longest)
      throw new AnswerError(
        (option) =>
          `All pages together have more than ${longest} characters, which is the most as JSON; give ${option('max')}, or ask for jsonl, which comes page by page.`,
        { code: 'OPERATION_TOO_LARGE' },
      );
    if (part !== whole) following?.join(whole, part);
  }
  yield jsonOf(whole, errors);
}

async function* only<Item>(item: Item): AsyncGenerator<Item> {
  yield item;
}

function refuseMisuse({ format, paginate, max, rows, explode, bom }: AnswerOptions): void {
  if (max !== undefined && !(Number.isSafeInteger(max) && max > 0))
    throw new AnswerError((option) => `${option('max')} must be a whole number from 1; got ${max}.`);
  if (max !== undefined && paginate === false)
    throw new AnswerError((option) => `${option('max')} follows the pages: leave ${option('paginate')} out, or true.`);
  const shapesRows = rows === undefined ? (explode === undefined ? undefined : 'explode') : 'rows';
  if (format === 'json' && shapesRows)
    throw new AnswerError(
      (option) => `${option(shapesRows)} is for rows, and json has none: ask for csv or jsonl, or leave it out.`,
    );
  if (format !== 'csv' && bom)
    throw new AnswerError((option) => `${option('bom')} is for csv; got it with ${format}. Leave it out.`);
}
