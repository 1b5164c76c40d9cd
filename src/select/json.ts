import { getTableColumns, getTableName, type SQL, sql } from 'drizzle-orm';
import { type AnySQLiteColumn, type SQLiteTable, sqliteTable } from 'drizzle-orm/sqlite-core';

/** SQLite takes 1000 arguments in a function call: this many pairs stay well below it. */
const PAIRS_PER_OBJECT = 400;

/** Given to inputs that are asked for outside of any table; reading a column of it fails when the plan is written. */
export const nowhere = sqliteTable('nowhere', {});

export const literal = (name: string) => sql.raw(`'${name}'`);
export const where = (condition: SQL | undefined) => (condition ? sql` WHERE ${condition}` : sql``);

export function jsonObject(pairs: ReadonlyMap<string, SQL>): SQL {
  const all = [...pairs].map(([key, value]) => sql`${literal(key)}, ${value}`);
  if (all.length <= PAIRS_PER_OBJECT) return sql`json_object(${sql.join(all, sql`, `)})`;
  const pieces: SQL[] = [];
  for (let from = 0; from < all.length; from += PAIRS_PER_OBJECT)
    pieces.push(sql`SELECT json_object(${sql.join(all.slice(from, from + PAIRS_PER_OBJECT), sql`, `)}) AS piece`);
  return sql`json((SELECT '{' || group_concat(substr(piece, 2, length(piece) - 2)) || '}' FROM (${sql.join(pieces, sql` UNION ALL `)})))`;
}

export function columnNamed(table: SQLiteTable, name: string): AnySQLiteColumn {
  const found = Object.values(getTableColumns(table)).find((one) => one.name === name);
  if (!found) throw new TypeError(`${getTableName(table)} has no column ${name}.`);
  return found;
}

export function columnOf(table: SQLiteTable | undefined, of: AnySQLiteColumn): AnySQLiteColumn {
  if (!table) throw new TypeError(`${of.name} is read where there is no table.`);
  return columnNamed(table, of.name);
}

/** A column as JSON: lists as lists, decimals as text (a JSON number would lose digits). */
export function read(of: AnySQLiteColumn): SQL {
  if (of.dataType === 'json') return sql`json(${of})`;
  if (of.dataType === 'custom') return sql`CAST(${of} AS TEXT)`;
  return sql`${of}`;
}

/** True of each row, as long as the reader has time: a statement that visits many rows looks at the clock by it. */
export const inTime: SQL = sql`in_time()`;
