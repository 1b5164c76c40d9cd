import type { FormattedExecutionResult, GraphQLFormattedError, GraphQLSchema } from 'graphql';
import { AnswerError } from './error.ts';
import { followedList, forwardArguments, isPageInfo, parentOf } from './followed.ts';
import type { Operation, Part, Question } from './operation.ts';
import { pageQueries } from './rewrite.ts';
import { isPage, isRecord, valueAt } from './rows.ts';

/** Asks once: in this process, or a service over HTTP. */
export type Ask = (question: Question) => Promise<FormattedExecutionResult>;

/** The data of an answer, or an object in it. */
export type Data = Record<string, unknown>;

/** A list on its way to its end. */
export interface Following {
  /** What to ask first, in place of the question. */
  question: Question;
  /**
   * Gives the answer in parts whose rows follow each other.
   * @param first what answered the question; it is changed in place
   * @param errors those of later pages are added to it; where there are any, nothing more is asked
   */
  parts(first: Data, errors: GraphQLFormattedError[]): AsyncGenerator<Data>;
  /** Makes one answer of two parts that follow each other, in the first of them. */
  join(first: Data, next: Data): void;
}

export interface FollowOptions {
  /** At most so many items altogether. */
  max?: number | undefined;
  /** The list of rows: where the followed list is beneath it, each of its items comes as soon as it is complete. */
  rows?: readonly string[] | undefined;
  /** Is told after each page how many items there are so far, and of how many where the operation asks that. */
  onPage?: ((items: number, total?: number) => void) | undefined;
}

/** Where a list goes on. */
interface Marks {
  hasNextPage: boolean;
  endCursor: unknown;
}

/** Where nothing is said of the size of a page. */
const PAGE_SIZE = 100;

/**
 * Prepares to follow the one list of an operation that asks for pageInfo, to its end.
 * @throws AnswerError where no list asks for it, several do, or the one cannot be followed or is none of the rows
 */
export function follow(
  question: Question,
  operation: Operation,
  schema: GraphQLSchema,
  ask: Ask,
  { max = Number.POSITIVE_INFINITY, rows, onPage }: FollowOptions,
): Following {
  const list = followedList(operation);
  if (rows) refuseOthers(list, rows);
  const parent = parentOf(list, operation, schema);
  const given = forwardArguments(list, operation);
  const pageSize = typeof given.first === 'number' ? given.first : PAGE_SIZE;
  const { first, later, names } = pageQueries(operation, list, parent);
  const [page] = list.parts.filter(isPage);
  let errors: GraphQLFormattedError[] = [];
  let items = 0;

  const asking = (query: string, more: Data): Question => ({
    ...question,
    query,
    variables: { ...question.variables, ...more },
  });
  const connectionIn = (data: unknown, depth = 0) => recordAt(data, list.keys.slice(depth));
  const sizeOf = (connection: Data) => lengthOf(page && connection[page.key]);
  const room = () => Math.min(pageSize, max - items);

  function takeMarks(connection: Data): Marks {
    const marks = connection[names.marks];
    delete connection[names.marks];
    return { hasNextPage: valueAt(marks, 'hasNextPage') === true, endCursor: valueAt(marks, 'endCursor') };
  }

  let totalCount: number | undefined;
  function count(connection: Data): void {
    items += sizeOf(connection);
    const total = list.parts.find(({ definition }) => definition.name === 'totalCount');
    const known = total && !parent ? connection[total.key] : undefined;
    if (typeof known === 'number') totalCount = known;
    onPage?.(items, totalCount);
  }

  async function askPage(
    cursor: unknown,
    size: number,
    id?: unknown,
  ): Promise<{ data: Data; connection: Data } | null> {
    const more = { [names.size]: size, [names.cursor]: cursor, ...(parent && { [names.id]: id }) };
    const answer = await ask(asking(later, more));
    errors.push(...errorsOf(answer));
    if (errors.length > 0) return null;
    const data = parent ? answer.data?.node : answer.data;
    const connection = connectionIn(data, parent?.keys.length);
    if (connection && isRecord(data)) return { data, connection };
    errors.push(failure(list, 'what it belongs to is gone since its first page. Ask again.', 'NOT_FOUND'));
    return null;
  }

  /** Counts a first page, and says where to go on. */
  function begin(connection: Data): Marks {
    const marks = takeMarks(connection);
    count(connection);
    return marks;
  }

  /** The pages behind a first one, each asked when the one before it has been taken. */
  async function* pagesBehind(start: Marks, id?: unknown): AsyncGenerator<{ data: Data; connection: Data }> {
    let marks = start;
    while (marks.hasNextPage && items < max && errors.length === 0) {
      const next = await askPage(marks.endCursor, room(), id);
      if (!next) return;
      const before = marks.endCursor;
      marks = begin(next.connection);
      if (marks.hasNextPage && (marks.endCursor == null || marks.endCursor === before)) {
        errors.push(failure(list, 'the service tells of more but gives no cursor to it.', 'INVALID_CURSOR'));
        return;
      }
      yield next;
    }
  }

  function joinConnections(into: Data, next: Data): void {
    for (const { key } of list.parts.filter(isPage)) {
      const [before, behind] = [into[key], next[key]];
      if (Array.isArray(before) && Array.isArray(behind)) for (const item of behind) before.push(item);
    }
    for (const [info, mark] of endMarks(list)) {
      const [before, behind] = [into[info], next[info]];
      if (isRecord(before) && isRecord(behind)) before[mark] = behind[mark];
    }
  }

  /** Completes the list of one record; of those beyond the maximum it keeps none. */
  async function complete(record: Data): Promise<void> {
    const id = record[names.id];
    delete record[names.id];
    const connection = connectionIn(record, parent?.keys.length);
    if (!connection) return;
    const left = max - items;
    if (errors.length > 0) takeMarks(connection);
    else if (left > 0 && sizeOf(connection) > left) await shorten(connection, left, id);
    else if (left === 0) empty(connection);
    else for await (const next of pagesBehind(begin(connection), id)) joinConnections(connection, next.connection);
  }

  /** Asks for fewer from the start: what else pageInfo would tell is not known. */
  async function shorten(connection: Data, size: number, id: unknown): Promise<void> {
    takeMarks(connection);
    const shorter = await askPage(given.after ?? null, size, id);
    if (!shorter) return;
    begin(shorter.connection);
    Object.assign(connection, shorter.connection);
  }

  function empty(connection: Data): void {
    const had = sizeOf(connection) > 0;
    takeMarks(connection);
    for (const { key } of list.parts.filter(isPage)) connection[key] = [];
    for (const info of list.parts.filter(isPageInfo)) {
      const marks = connection[info.key];
      if (!isRecord(marks)) continue;
      for (const { key, definition } of info.parts) {
        if (definition.name === 'hasNextPage') marks[key] = had;
        if (definition.name.endsWith('Cursor')) marks[key] = null;
      }
    }
  }

  async function* chained(data: Data): AsyncGenerator<Data> {
    const connection = connectionIn(data);
    if (!connection) return yield data;
    const marks = begin(connection);
    yield data;
    for await (const { data: next } of pagesBehind(marks)) yield next;
  }

  async function* nested(data: Data, { keys }: Part): AsyncGenerator<Data> {
    const isBeneath = rows?.every((key, index) => key === list.keys[index]);
    for (const part of rows && isBeneath ? itemByItem(data, rows) : [data]) {
      for (const record of recordsAt(part, keys)) await complete(record);
      // A row that lacks what could not be asked is none.
      if (rows && errors.length > 0) return;
      yield part;
      // Later rows would pass for such as have none.
      if (isBeneath && items >= max) return;
    }
  }

  return {
    question: asking(first, { [names.size]: room() }),
    parts(data, known) {
      errors = known;
      return parent ? nested(data, parent) : chained(data);
    },
    join(into, next) {
      const [before, behind] = [connectionIn(into), connectionIn(next)];
      if (before && behind) joinConnections(before, behind);
    },
  };
}

/** @returns the errors of an answer; the places in a rewritten operation would mislead */
export function errorsOf({ errors = [] }: FormattedExecutionResult): GraphQLFormattedError[] {
  return errors.map(({ message, path, extensions }) => ({ message, ...(path && { path }), extensions }));
}

/** @throws AnswerError where the rows would not be what is followed, and end with their first page */
function refuseOthers({ keys }: Part, rows: readonly string[]): void {
  const isOnTheWay = keys.every((key, index) => index >= rows.length || key === rows[index]);
  if (!isOnTheWay)
    throw new AnswerError(
      (option) =>
        `The rows are ${rows.join('.')}, but ${keys.join('.')} is the list that asks for pageInfo. Ask it of the rows, or name ${keys.join('.')} by ${option('rows')}.`,
    );
}

function failure({ keys }: Part, says: string, code: 'NOT_FOUND' | 'INVALID_CURSOR'): GraphQLFormattedError {
  return { message: `${keys.join('.')}: ${says}`, path: keys, extensions: { code } };
}

/** What the last page of a list tells of the whole: by the keys of a pageInfo, and within it. */
function endMarks(list: Part): (readonly [string, string])[] {
  const marks = ['hasNextPage', 'endCursor'];
  return list.parts
    .filter(isPageInfo)
    .flatMap((info) =>
      info.parts.filter(({ definition }) => marks.includes(definition.name)).map(({ key }) => [info.key, key] as const),
    );
}

function recordAt(data: unknown, keys: readonly string[]): Data | undefined {
  const found = keys.reduce(valueAt, data);
  return isRecord(found) ? found : undefined;
}

/** Every record at a place that lists are on the way to. */
function recordsAt(value: unknown, keys: readonly string[]): Data[] {
  if (Array.isArray(value)) return value.flatMap((item) => recordsAt(item, keys));
  const [key, ...rest] = keys;
  if (!isRecord(value)) return [];
  return key === undefined ? [value] : recordsAt(value[key], rest);
}

function* itemByItem(data: Data, list: readonly string[]): Generator<Data> {
  const items = list.reduce<unknown>(valueAt, data);
  if (Array.isArray(items)) for (const item of items) yield withAt(data, list, [item]);
}

function withAt(data: Data, [key, ...rest]: readonly string[], value: unknown): Data {
  if (key === undefined) return data;
  const below = data[key];
  return { ...data, [key]: rest.length > 0 && isRecord(below) ? withAt(below, rest, value) : value };
}

function lengthOf(list: unknown): number {
  return Array.isArray(list) ? list.length : 0;
}
