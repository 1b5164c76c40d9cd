import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import { readFolder } from '../../src/store/history.ts';
import { migrate } from '../../src/store/migrate.ts';
import { scratchMigrations } from '../store/scratch.ts';

/** The names of the released migrations, in order. */
export const released = readFolder().map(({ tag }) => tag);

/**
 * Makes a database as it was when only the first migrations were released, with the data of a database of today: all
 * rows and columns that there were then, but for rows with words that were not known yet.
 * @param count how many migrations
 * @param source a database of this version
 */
export function makeReleased(count: number, source: string, file: string): void {
  const migrations = scratchMigrations();
  const next = released[count];
  if (next) migrations.removeFrom(next);
  migrate(file, { folder: migrations.folder });
  const database = new Database(file);
  try {
    database.pragma('foreign_keys = OFF');
    database.prepare('ATTACH ? AS today').run(source);
    database.exec('BEGIN');
    // As an import does: texts come last, for triggers look up whose they are.
    const tables = tablesOf(database, 'main').filter((table) => tablesOf(database, 'today').includes(table));
    const isLate = (table: string) => Number(table === 'localized_texts') - Number(table === 'nodes');
    for (const table of tables.toSorted((one, other) => isLate(one) - isLate(other))) {
      const today = columnsOf(database, 'today', table);
      const columns = columnsOf(database, 'main', table).filter((column) => today.includes(column));
      const list = columns.map((column) => `"${column}"`).join(', ');
      database.exec(`INSERT OR IGNORE INTO main.${table} (${list}) SELECT ${list} FROM today.${table}`);
    }
    // A record that it could not hold was not known at all.
    const records = tables.filter((table) =>
      database.prepare(`SELECT 1 FROM pragma_foreign_key_list(?) WHERE "table" = 'nodes' AND "from" = 'id'`).get(table),
    );
    const known = records.map((table) => `SELECT id FROM main.${table}`).join(' UNION ALL ');
    database.exec(`DELETE FROM main.nodes WHERE id NOT IN (${known})`);
    for (;;) {
      const dangling = database
        .prepare<[], { table: string; row: number }>('SELECT "table", rowid AS row FROM pragma_foreign_key_check')
        .all();
      if (dangling.length === 0) break;
      for (const { table, row } of dangling) database.prepare(`DELETE FROM ${table} WHERE rowid = ?`).run(row);
    }
    database.exec("UPDATE main.dataset SET version = (SELECT printf('%016x', sum(checksum)) FROM main.nodes)");
    database.exec('COMMIT');
  } finally {
    database.close();
  }
}

/** What stands in the tables, but for what search and SQLite keep for themselves. */
export type Content = Record<string, Record<string, unknown>[]>;

/**
 * Reads all that is stored.
 * @param like reads only the tables and columns that are in this one
 */
export function contentOf(file: string, like?: Content): Content {
  const database = new Database(file, { fileMustExist: true });
  try {
    const tables = tablesOf(database, 'main').filter((table) => !like || like[table]);
    return Object.fromEntries(
      tables.map((table) => {
        const then = Object.keys(like?.[table]?.[0] ?? {});
        const columns = columnsOf(database, 'main', table).filter((column) => !like || then.includes(column));
        const list = columns.map((column) => `"${column}"`).join(', ');
        const sql = columns.length > 0 ? `SELECT ${list} FROM ${table} ORDER BY ${list}` : `SELECT 1 FROM ${table}`;
        return [table, database.prepare<[], Record<string, unknown>>(sql).safeIntegers().all()];
      }),
    );
  } finally {
    database.close();
  }
}

/** A short word for all of it. */
export function digestOf(content: Content): string {
  const text = JSON.stringify(content, (_key, value) => (typeof value === 'bigint' ? String(value) : value));
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function tablesOf(database: Database.Database, schema: string): string[] {
  return database
    .prepare<[], string>(
      `SELECT name FROM pragma_table_list WHERE schema = '${schema}' AND type = 'table'
       AND name NOT GLOB 'sqlite_*' AND name NOT GLOB 'search_*' AND name <> '__drizzle_migrations' ORDER BY 1`,
    )
    .pluck()
    .all();
}

function columnsOf(database: Database.Database, schema: string, table: string): string[] {
  return database
    .prepare<[string, string], string>('SELECT name FROM pragma_table_info(?, ?) ORDER BY cid')
    .pluck()
    .all(table, schema)
    .map(String);
}
