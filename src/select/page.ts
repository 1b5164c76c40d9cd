import { createHash } from 'node:crypto';
import { Column, getTableColumns, is, type SQL, sql } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { FieldNode } from 'graphql';
import { refusal } from './errors.ts';
import type { Arguments, OrderKey } from './origin.ts';

export const DEFAULT_PAGE_SIZE = 20;
export const MAX_PAGE_SIZE = 100;

type CursorValue = string | number | null;

/** Which way a page is walked and which ends are cut: what of the arguments changes the SQL. */
export interface PageShape {
  backward: boolean;
  after: boolean;
  before: boolean;
}

export function pageShape(args: Arguments): PageShape {
  return {
    backward: args.last != null,
    after: args.after != null,
    before: args.before != null,
  };
}

/**
 * @param args the coerced arguments of a connection field
 * @param node the field, for the error's location
 * @returns how many rows the page holds
 * @throws GraphQLError when first and last are both given, or out of 1 to 100
 */
export function pageSize(args: Arguments, node: FieldNode): number {
  if (args.first != null && args.last != null)
    throw refusal('BAD_USER_INPUT', `${node.name.value}: give first or last, not both.`, [node]);
  const name = args.last != null ? 'last' : 'first';
  const size = args[name] ?? DEFAULT_PAGE_SIZE;
  if (typeof size !== 'number' || size < 1 || size > MAX_PAGE_SIZE) {
    const code = typeof size === 'number' && size > MAX_PAGE_SIZE ? 'PAGE_SIZE_EXCEEDED' : 'BAD_USER_INPUT';
    throw refusal(code, `${node.name.value}: ${name} must be between 1 and ${MAX_PAGE_SIZE}; got ${size}.`, [node]);
  }
  return size;
}

/** Names a list in an order, so that a cursor is refused by any other. */
export function listSignature(list: string, order: string): string {
  return createHash('sha256').update(`${list}\n${order}`).digest('base64url').slice(0, 6);
}

/** @param values signature, order values and id, as the statement gave them */
export function encodeCursor(values: unknown): string | null {
  return values == null ? null : Buffer.from(JSON.stringify(values)).toString('base64url');
}

/**
 * @param cursor what the client sent
 * @param signature of this list in this order
 * @param keys of the order, the id included
 * @returns one value for each key
 * @throws GraphQLError with INVALID_CURSOR
 */
export function decodeCursor(
  cursor: unknown,
  signature: string,
  keys: readonly OrderKey[],
  name: string,
  node: FieldNode,
): CursorValue[] {
  const values = parseCursor(cursor);
  const [list, ...position] = values ?? [];
  if (list === signature && position.length === keys.length && keys.every((key, index) => fits(key, position[index])))
    return position;
  const shown = typeof cursor === 'string' && cursor.length > 60 ? `${cursor.slice(0, 60)}…` : cursor;
  throw refusal(
    'INVALID_CURSOR',
    `${node.name.value}: ${name} must be a cursor that this list gave in this order; got "${shown}". Start again without ${name}.`,
    [node],
  );
}

function parseCursor(cursor: unknown): CursorValue[] | undefined {
  if (typeof cursor !== 'string') return undefined;
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (!Array.isArray(values) || encodeCursor(values) !== cursor) return undefined;
    return values.every(isCursorValue) ? values : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a value can stand in an order key; otherwise it would compare as SQLite pleases. */
function fits({ by, nullable = false }: OrderKey, value: CursorValue | undefined): boolean {
  if (value === null) return nullable;
  if (!is(by, Column)) return value !== undefined;
  return typeof value === (by.dataType === 'string' ? 'string' : 'number');
}

function isCursorValue(value: unknown): value is CursorValue {
  return value === null || typeof value === 'string' || typeof value === 'number';
}

/** ORDER BY for the keys, or for walking them from the end. */
export function orderClause(keys: readonly OrderKey[], backward: boolean): SQL {
  const terms = keys.map(({ by, descending = false, nullable = false }) => {
    const direction = sql.raw(descending === backward ? 'ASC' : 'DESC');
    const nulls = sql.raw(nullable ? (backward ? ' NULLS FIRST' : ' NULLS LAST') : '');
    return sql`${by} ${direction}${nulls}`;
  });
  return sql.join(terms, sql`, `);
}

/**
 * The rows behind a position, or before it; with `orAt` also one that is right there.
 * Null order values count as last and are equal to each other.
 * @param values one bound value for each key
 */
export function beyond(
  keys: readonly OrderKey[],
  values: readonly SQL[],
  { before, orAt = false }: { before: boolean; orAt?: boolean },
): SQL {
  const comparison = (key: OrderKey) => ((key.descending ?? false) === before ? '>' : '<');
  const first = keys[0];
  if (first && keys.every((key) => !key.nullable && (key.descending ?? false) === (first.descending ?? false))) {
    const columns = keys.map((key) => key.by);
    const operator = sql.raw(`${comparison(first)}${orAt ? '=' : ''}`);
    return sql`(${sql.join(columns, sql`, `)}) ${operator} (${sql.join([...values], sql`, `)})`;
  }
  let condition = orAt ? sql`1` : sql`0`;
  for (const [index, key] of [...keys.entries()].reverse()) {
    const value = values[index] ?? sql`NULL`;
    const further = sql`${key.by} ${sql.raw(comparison(key))} ${value}`;
    const behind = !key.nullable
      ? further
      : before
        ? sql`(${key.by} IS NOT NULL AND ${value} IS NULL OR ${further})`
        : sql`(${key.by} IS NULL AND ${value} IS NOT NULL OR ${further})`;
    condition = sql`(${behind} OR ${key.by} IS ${value} AND ${condition})`;
  }
  // What the condition implies is said once more, as a bound that an index can start from.
  return first && !first.nullable
    ? sql`(${first.by} ${sql.raw(comparison(first))}= ${values[0]} AND ${condition})`
    : condition;
}

/** The keys with the id behind the last, so that no two records share a place. Where there is no key, there is no order. */
export function totalOrder(table: SQLiteTable, keys: readonly OrderKey[] = []): OrderKey[] {
  const last = keys.at(-1);
  const id = Object.values(getTableColumns(table)).find((one) => one.name === 'id');
  return last && id ? [...keys, { by: id, descending: last.descending }] : [...keys];
}
