import { createHash } from 'node:crypto';
import { Column, is, type SQL, sql } from 'drizzle-orm';
import type { FieldNode, GraphQLError } from 'graphql';
import { refusal } from './errors.ts';
import type { Arguments, OrderKey } from './origin.ts';

type JsonValue = string | number | null;
type CursorValue = string | number | bigint | null;

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
 * Names a list in an order, so that a cursor is refused by any other.
 * @param named the list, the order, and what else makes it what it is
 */
export function listSignature(...named: readonly (string | undefined)[]): string {
  const list = named.filter((one) => one !== undefined).join('\n');
  return createHash('sha256').update(list).digest('base64url').slice(0, 6);
}

/** @param values signature, order values and id, as the statement gave them */
export function encodeCursor(values: unknown): string | null {
  return values == null ? null : Buffer.from(JSON.stringify(values)).toString('base64url');
}

/**
 * @param cursor what the client sent
 * @param signature of this list in this order
 * @param keys of the order, the id included
 * @returns the id of the parent that it was made for, null where any will do, and one value for each key
 * @throws GraphQLError with INVALID_CURSOR
 */
export function decodeCursor(
  cursor: unknown,
  signature: string,
  keys: readonly OrderKey[],
  name: string,
  node: FieldNode,
): { parent: string | null; position: CursorValue[] } {
  const [list, ...values] = parseCursor(cursor) ?? [];
  const parent = keys.some(({ isRelative }) => isRelative) ? String(values.shift()) : null;
  if (list === signature && values.length === keys.length && keys.every((key, index) => fits(key, values[index])))
    return {
      parent,
      position: values.map((value, index) => (keys[index]?.isWide && value !== null ? BigInt(value) : value)),
    };
  throw foreignCursor(cursor, name, node);
}

/** @returns the error for a cursor of another list */
export function foreignCursor(cursor: unknown, name: string, node: FieldNode): GraphQLError {
  const shown = typeof cursor === 'string' && cursor.length > 60 ? `${cursor.slice(0, 60)}…` : cursor;
  return refusal(
    'INVALID_CURSOR',
    `${node.name.value}: ${name} must be a cursor that this list gave in this order; got "${shown}". Start again without ${name}.`,
    [node],
    name,
  );
}

function parseCursor(cursor: unknown): JsonValue[] | undefined {
  if (typeof cursor !== 'string') return undefined;
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (!Array.isArray(values) || encodeCursor(values) !== cursor) return undefined;
    return values.every(isCursorValue) ? values : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What a cursor holds, as JSON. Wide integers stand in it as text: JavaScript would round them.
 * @param parent the id of the list's parent, where the order depends on it
 */
export function cursorOf(signature: SQL, keys: readonly OrderKey[], parent: SQL | undefined): SQL {
  const values = keys.map(({ by, isWide }) => (isWide ? sql`CAST(${by} AS TEXT)` : sql`${by}`));
  return sql`json_array(${sql.join([signature, ...(parent ? [parent] : []), ...values], sql`, `)})`;
}

/** Whether a value can stand in an order key, as far as its column tells; another type would compare as SQLite pleases. */
function fits({ by, nullable = false, isWide = false }: OrderKey, value: JsonValue | undefined): boolean {
  if (value === null) return nullable;
  if (isWide) return typeof value === 'string' && /^-?\d{1,19}$/.test(value) && isStorable(BigInt(value));
  if (!is(by, Column)) return value !== undefined;
  return typeof value === (by.dataType === 'string' ? 'string' : 'number');
}

const isStorable = (value: bigint) => value === BigInt.asIntN(64, value);

function isCursorValue(value: unknown): value is JsonValue {
  return value === null || typeof value === 'string' || typeof value === 'number';
}
