import { getTableColumns, getTableName } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Reader, SqlValue } from './open.ts';

/** A row under the names that its columns have in the code, and with what its node tells. */
export type StoredRecord = Record<string, unknown> & { id: string; path: string; updatedAt: string };

/**
 * Reads records as they were given to `upserts`. For every column that refers to a record there is also the path of that
 * record: `city` beside `cityId`.
 * @param table a table whose rows are nodes
 * @param condition what follows WHERE; the row is `record`, and its node `node`
 */
export function readRecords(
  rows: Reader['rows'],
  table: SQLiteTable,
  condition: string,
  params: readonly SqlValue[],
): StoredRecord[] {
  const columns = Object.entries(getTableColumns(table)).filter(([, column]) => column.generated === undefined);
  const selected = columns.flatMap(([field, { name }]) => {
    const referred = /^(.+)Id$/.exec(field)?.[1];
    const own = `record."${name}" AS "${field}"`;
    return referred ? [own, `(SELECT path FROM nodes WHERE id = record."${name}") AS "${referred}"`] : [own];
  });
  const sql = `SELECT node.path, node.updated_at, ${selected.join(', ')}
    FROM nodes AS node JOIN "${getTableName(table)}" AS record ON record.id = node.id WHERE ${condition}`;
  return rows(sql, params).map(({ path, updated_at, ...row }) => {
    const record: Record<string, unknown> = { ...row };
    for (const [field, column] of columns) {
      const value = row[field];
      if (value !== null) record[field] = column.mapFromDriverValue(value);
    }
    return { ...record, id: String(row.id), path: String(path), updatedAt: String(updated_at) };
  });
}
