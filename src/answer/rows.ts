import { AnswerError } from './error.ts';
import type { Operation, Part } from './operation.ts';

/** One column of a table of rows. */
export interface Column {
  /** The response keys within the row, dotted. */
  name: string;
  keys: readonly string[];
  /** Whether people wrote its cells: numbers, decimals and flags are none. */
  isText: boolean;
}

/** How an answer becomes rows: known from the operation, so that it is the same on every page and of no rows at all. */
export interface Layout {
  /** Where the list of the rows is in the answer; undefined where the answer as a whole is the one row. */
  list: readonly string[] | undefined;
  /** Where in a row the list is whose items get rows of their own. */
  exploded: readonly string[] | undefined;
  columns: readonly Column[];
  /** What stands beside the rows, by its path, and is in no column; how long the list is does not count. */
  leftOut: readonly string[];
}

const NOT_TEXT = ['Int', 'Float', 'Boolean', 'Decimal'];

/**
 * Finds the one outermost list of an answer, whose items become the rows, and what of an item becomes the columns.
 * A list of words is the rows only where it is all that is asked: beside anything else it is a cell.
 * @param rows the path of that list, where there are several
 * @param explode the path within a row of a list whose items get rows of their own
 * @throws AnswerError with the possible rows, where there are several lists and none is named, or there is none of that name
 */
export function layOut(operation: Operation, { rows, explode }: { rows?: string; explode?: string }): Layout {
  const list = rowsOf(operation, rows);
  const parts = list ? list.parts : operation.parts;
  const from = list?.keys.length ?? 0;
  const columns =
    list && isLeaf(list)
      ? [{ name: list.key, keys: [], isText: isText(list) }]
      : leavesOf(parts).map((leaf) => {
          const keys = leaf.keys.slice(from);
          return { name: keys.join('.'), keys, isText: isText(leaf) };
        });
  if (columns.length === 0)
    throw new AnswerError(
      'Nothing is left to become a column, as @skip and @include have it: ask for json, or for more.',
    );
  const named = explode === undefined ? undefined : explodedOf(parts, explode, from);
  return {
    list: list?.keys,
    exploded: named?.keys.slice(from),
    columns,
    leftOut: list ? besides(operation.parts, list.keys) : [],
  };
}

const isLeaf = ({ selections }: Part) => selections.length === 0;
const isText = ({ type }: Part) => !NOT_TEXT.includes(type.name);

function rowsOf({ parts }: Operation, wanted: string | undefined): Part | undefined {
  if (wanted !== undefined) return named(outermostLists(parts, false), wanted, 'rows', 'the answer', 0);
  const isAlone = leavesOf(parts).length === 1;
  const lists = outermostLists(parts, true).filter((list) => !isLeaf(list) || isAlone);
  if (lists.length > 1)
    throw new AnswerError(
      (option) =>
        `Several lists could become the rows: ${pathsOf(lists, 0).join(', ')}. Name one of them by ${option('rows')}, or ask for one only.`,
      { possibleRows: pathsOf(lists, 0) },
    );
  return lists[0];
}

/**
 * @param keys of the list of the rows
 * @returns the paths of what stands beside it on any level, but for types, and where its pages begin and end
 */
function besides(parts: readonly Part[], [key, ...rest]: readonly string[]): string[] {
  return parts.flatMap((part) => {
    if (part.key === key) return besides(part.parts, rest);
    const isOfTheList = rest.length === 0 && ['pageInfo', 'totalCount'].includes(part.definition.name);
    const isPlain = key === undefined || isOfTheList || part.definition.name === '__typename';
    return isPlain ? [] : [part.keys.join('.')];
  });
}

function explodedOf(parts: readonly Part[], wanted: string, from: number): Part {
  const lists = everyPart(parts).filter(({ isList }) => isList);
  return named(lists, wanted, 'explode', 'a row', from);
}

/** A connection's page may be named by the connection: "editions" for "editions.nodes". */
function named(lists: readonly Part[], wanted: string, option: 'rows' | 'explode', place: string, from: number): Part {
  const exact = lists.find(({ keys }) => keys.slice(from).join('.') === wanted);
  const pages = lists.filter((list) => isPage(list) && list.keys.slice(from, -1).join('.') === wanted);
  const [page] = pages;
  if (exact) return exact;
  if (page && pages.length === 1) return page;
  const paths = pathsOf(lists, from);
  const wayOut = paths.length > 0 ? `one of ${paths.join(', ')}` : `left out: ${place} has no list`;
  throw new AnswerError((written) => `${written(option)} must be ${wayOut}; got "${wanted}".`, {
    possibleRows: option === 'rows' && paths.length > 0 ? paths : undefined,
  });
}

function pathsOf(lists: readonly Part[], from: number): string[] {
  return lists.map(({ keys }) => keys.slice(from).join('.'));
}

/** Whether a part is the page of a connection. */
export function isPage({ isList, definition }: Part): boolean {
  return isList && (definition.name === 'nodes' || definition.name === 'edges');
}

/**
 * The lists that are in no other list.
 * @param pagesFirst leaves out what a connection has beside its page
 */
function outermostLists(parts: readonly Part[], pagesFirst: boolean): Part[] {
  return parts.flatMap((part) => {
    if (part.isList) return [part];
    const pages = part.isConnection ? part.parts.filter(isPage) : [];
    return pagesFirst && pages.length > 0 ? pages : outermostLists(part.parts, pagesFirst);
  });
}

/** @returns the parts and all beneath them, in the order of the operation */
export function everyPart(parts: readonly Part[]): Part[] {
  return parts.flatMap((part) => [part, ...everyPart(part.parts)]);
}

/** What a row tells; where the pages of a list within it begin and end is not of it. */
function leavesOf(parts: readonly Part[]): Part[] {
  return parts.flatMap((part) => {
    if (isLeaf(part)) return [part];
    return leavesOf(
      part.isConnection ? part.parts.filter(({ definition }) => definition.name !== 'pageInfo') : part.parts,
    );
  });
}

/** @returns the items of an answer that become its rows, each as the answer has it */
export function* rowsIn(data: unknown, { list, exploded }: Layout): Generator<unknown> {
  const items = list ? itemsAt(data, list) : [data];
  for (const item of items) yield* exploded ? explodedItems(item, exploded) : [item];
}

function itemsAt(data: unknown, keys: readonly string[]): unknown[] {
  const list = keys.reduce(valueAt, data);
  return Array.isArray(list) ? list : [];
}

/** @returns what an object of an answer has under a key; undefined where there is no object */
export function valueAt(value: unknown, key: string): unknown {
  return isRecord(value) ? value[key] : undefined;
}

/** Whether a value of an answer is an object, and no list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Each list on the way is replaced by one of its items at a time; by null where it has none, so that no row is lost. */
function* explodedItems(value: unknown, keys: readonly string[]): Generator<unknown> {
  if (Array.isArray(value)) {
    if (value.length === 0) yield null;
    for (const item of value) yield* explodedItems(item, keys);
    return;
  }
  const [key, ...rest] = keys;
  if (key === undefined || !isRecord(value) || !(key in value)) yield value;
  else for (const item of explodedItems(value[key], rest)) yield { ...value, [key]: item };
}

/** @returns a cell as it is read: null is empty, and the values of a list are joined, each in its place */
export function cellOf(row: unknown, { keys }: Column): string {
  return valuesAt(row, keys, 0).map(textOf).join('; ');
}

function valuesAt(value: unknown, keys: readonly string[], depth: number): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, keys, depth));
  const key = keys[depth];
  return key === undefined || value == null ? [value] : valuesAt(valueAt(value, key), keys, depth + 1);
}

function textOf(value: unknown): string {
  if (value == null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
