import { getTableColumns, getTableName } from 'drizzle-orm';
import { getTableConfig, type SQLiteColumn, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Statement } from './open.ts';

/** Rows per statement: large enough to be fast, small enough to be held and sent in one piece. */
const ROWS_PER_STATEMENT = 1_000;

/** Rows for one table, which are inserted where they are new and updated where they differ. */
export interface Upserts<Table extends SQLiteTable> {
  add(row: Table['$inferInsert']): void;
  statements(): Statement[];
  /** In their place, what tells the `key` of each row that they would insert or update. */
  differences(): Statement[];
}

/** Rows that belong to other rows and have no id: those that are not given any more are deleted. */
export interface Replacements<Table extends SQLiteTable> {
  /** @param parent the value of the first column of the primary key; all of the rows have it */
  replace(parent: string, rows: readonly Table['$inferInsert'][]): void;
  statements(): Statement[];
}

/**
 * Collects rows for a table. Rows that are stored already with the same values are not written.
 * @param table a table with a primary key
 * @param initial columns that are written with a new row only, because other statements keep them up to date
 */
export function upserts<Table extends SQLiteTable>(
  table: Table,
  initial: readonly (keyof Table['$inferInsert'] & string)[] = [],
): Upserts<Table> {
  const columns = writtenColumns(table);
  const updated = updatedColumns(table, columns, new Set<string>(initial));
  const sql = upsertSql(table, columns, updated);
  const batches = new Batches();
  return {
    add: (row) => batches.add(toJson(columns, row)),
    statements: () => batches.take().map((rows) => ({ sql, params: [rows] })),
    differences: () => batches.take().map((rows) => ({ sql: differenceSql(table, columns, updated), params: [rows] })),
  };
}

/**
 * Collects rows for a table whose rows belong to others.
 * @param table a table with a primary key of several columns, the first of which names the parent
 */
export function replacements<Table extends SQLiteTable>(table: Table): Replacements<Table> {
  const columns = writtenColumns(table);
  const key = keyColumns(table);
  const [parentColumn] = key;
  if (!parentColumn) throw new TypeError(`${getTableName(table)} has no primary key.`);
  const names = columns.map(([, column]) => column);
  const read = key.map((column) => `value ->> ${names.indexOf(column)}`).join(', ');
  const deletion =
    `DELETE FROM ${quoted(getTableName(table))} WHERE ${quoted(parentColumn.name)} IN (SELECT value FROM json_each(?)) ` +
    `AND (${list(key)}) NOT IN (SELECT ${read} FROM json_each(?))`;
  const upsert = upsertSql(table, columns, updatedColumns(table, columns, new Set()));
  const statements: Statement[] = [];
  let parents: string[] = [];
  let rows: string[] = [];
  const flush = () => {
    if (parents.length === 0) return;
    const given = `[${rows.join(',')}]`;
    statements.push({ sql: deletion, params: [JSON.stringify(parents), given] });
    if (rows.length > 0) statements.push({ sql: upsert, params: [given] });
    [parents, rows] = [[], []];
  };
  return {
    replace(parent, given) {
      parents.push(parent);
      for (const row of given) rows.push(toJson(columns, row));
      if (parents.length >= ROWS_PER_STATEMENT || rows.length >= ROWS_PER_STATEMENT) flush();
    },
    statements() {
      flush();
      return statements.splice(0);
    },
  };
}

/** JSON texts of rows, joined to lists of a limited length. */
class Batches {
  readonly #full: string[] = [];
  #rows: string[] = [];

  add(row: string): void {
    this.#rows.push(row);
    if (this.#rows.length >= ROWS_PER_STATEMENT) this.#close();
  }

  take(): string[] {
    if (this.#rows.length > 0) this.#close();
    return this.#full.splice(0);
  }

  #close(): void {
    this.#full.push(`[${this.#rows.join(',')}]`);
    this.#rows = [];
  }
}

type Columns = readonly (readonly [string, SQLiteColumn])[];

function writtenColumns(table: SQLiteTable): Columns {
  return Object.entries(getTableColumns(table)).filter(([, column]) => column.generated === undefined);
}

function keyColumns(table: SQLiteTable): SQLiteColumn[] {
  const { columns, primaryKeys } = getTableConfig(table);
  return primaryKeys[0]?.columns ?? columns.filter((column) => column.primary);
}

function updatedColumns(table: SQLiteTable, columns: Columns, initial: ReadonlySet<string>): SQLiteColumn[] {
  const key = keyColumns(table);
  return columns.filter(([field, column]) => !key.includes(column) && !initial.has(field)).map(([, one]) => one);
}

function upsertSql(table: SQLiteTable, columns: Columns, updated: readonly SQLiteColumn[]): string {
  const name = quoted(getTableName(table));
  const key = keyColumns(table);
  const all = columns.map(([, column]) => column);
  const insertion =
    `INSERT INTO ${name} (${list(all)}) SELECT ${all.map((_, index) => `value ->> ${index}`).join(', ')} ` +
    `FROM json_each(?) WHERE true ON CONFLICT (${list(key)}) DO `;
  if (updated.length === 0) return `${insertion}NOTHING`;
  const stored = updated.map((column) => `${name}.${quoted(column.name)}`).join(', ');
  const given = updated.map((column) => `excluded.${quoted(column.name)}`).join(', ');
  return `${insertion}UPDATE SET (${list(updated)}) = (${given}) WHERE (${stored}) IS NOT (${given})`;
}

function differenceSql(table: SQLiteTable, columns: Columns, updated: readonly SQLiteColumn[]): string {
  const names = columns.map(([, column]) => column);
  const given = (some: readonly SQLiteColumn[]) =>
    some.map((one) => `given.value ->> ${names.indexOf(one)}`).join(', ');
  const key = keyColumns(table);
  const same = updated.length === 0 ? '' : `AND (${list(updated)}) IS (${given(updated)})`;
  return `SELECT ${given(key.slice(0, 1))} AS "key" FROM json_each(?) AS given WHERE NOT EXISTS (
    SELECT 1 FROM ${quoted(getTableName(table))} WHERE (${list(key)}) = (${given(key)}) ${same})`;
}

const quoted = (name: string) => `"${name}"`;
const list = (columns: readonly SQLiteColumn[]) => columns.map((column) => quoted(column.name)).join(', ');

function toJson(columns: Columns, row: Record<string, unknown>): string {
  const values = columns.map(([field, column]) => {
    const value = row[field] ?? column.default ?? null;
    const stored = value === null ? null : column.mapToDriverValue(value);
    // JSON has integers of any length, though JavaScript's writer of JSON has not.
    return typeof stored === 'bigint' ? String(stored) : JSON.stringify(stored);
  });
  return `[${values.join(',')}]`;
}
