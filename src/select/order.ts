import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Given, OrderKey } from './origin.ts';

/**
 * The keys that an argument `orderBy` asks for: a list of objects of field, direction and nulls, whose type declares
 * the orders. A field that is named again cannot break a tie, and is left out.
 * @returns undefined when the list is empty
 */
export function wantedOrder(orderBy: Given | undefined, row: SQLiteTable): OrderKey[] | undefined {
  const seen = new Set<unknown>();
  const keys = orderBy?.items().flatMap((item) => {
    const { field, direction, nulls } = Object(item.form);
    if (seen.has(field)) return [];
    seen.add(field);
    const ordering = item.orderings()[field];
    if (!ordering) throw new TypeError(`${item.place}: ${field} is no declared order.`);
    return ordering(row, item.input).map((key) => ({
      ...key,
      descending: direction === 'DESC' && !key.isFixed,
      nullsFirst: nulls === 'FIRST',
    }));
  });
  return keys?.length ? keys : undefined;
}

/** The keys with the id behind the last, so that no two records share a place. Where there is no key, there is no order. */
export function totalOrder(table: SQLiteTable, keys: readonly OrderKey[] = []): OrderKey[] {
  const last = keys.at(-1);
  const id = Object.values(getTableColumns(table)).find((one) => one.name === 'id');
  return last && id ? [...keys, { by: id, descending: last.descending }] : [...keys];
}

/** ORDER BY for the keys, or for walking them from the end. */
export function orderClause(keys: readonly OrderKey[], backward: boolean): SQL {
  const terms = keys.map(({ by, descending = false, nullable = false, nullsFirst = false }) => {
    const direction = sql.raw(descending === backward ? 'ASC' : 'DESC');
    const nulls = sql.raw(nullable ? ` NULLS ${nullsFirst === backward ? 'LAST' : 'FIRST'}` : '');
    return sql`${by} ${direction}${nulls}`;
  });
  return sql.join(terms, sql`, `);
}

/**
 * The rows behind a position, or before it; with `orAt` also one that is right there.
 * Null order values are equal to each other.
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
    // On this side of a known value lie the nulls; on the other side of a null, all that is known.
    const isOnNullsSide = (key.nullsFirst ?? false) === before;
    const behind = !key.nullable
      ? further
      : isOnNullsSide
        ? sql`(${key.by} IS NULL AND ${value} IS NOT NULL OR ${further})`
        : sql`(${key.by} IS NOT NULL AND ${value} IS NULL OR ${further})`;
    condition = sql`(${behind} OR ${key.by} IS ${value} AND ${condition})`;
  }
  // What the condition implies is said once more, as a bound that an index can start from.
  return first && !first.nullable
    ? sql`(${first.by} ${sql.raw(comparison(first))}= ${values[0]} AND ${condition})`
    : condition;
}
