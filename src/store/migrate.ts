import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { freeName, writeCopy } from './backup.ts';
import {
  APPLICATION_ID,
  connect,
  danglingReferences,
  examine,
  explain,
  explaining,
  patiently,
  requireRights,
  StoreError,
  useWriteAheadLog,
} from './connect.ts';
import { findPending, type Migration, readApplied, readFolder, requireCurrent } from './history.ts';
import type { Reader } from './open.ts';
import { findStaleTexts } from './search.ts';

/*
 * To change what is stored: edit tables.ts, run `npm run generate`, read the new file in migrations/, commit both.
 * Triggers and virtual tables: `npx drizzle-kit generate --custom --dialect sqlite --schema src/store/tables.ts --out migrations`,
 * then write the SQL by hand. A migration is never edited once released: databases remember its hash.
 * One that rebuilds nodes, conventions, appearances, localized_texts or a table of search drops the views and
 * triggers of search before, and makes them again behind.
 */

/** What a run did: the migrations applied, in order, and the copy made of the file before them. */
export interface MigrationResult {
  applied: string[];
  backup: string | null;
}

const PATIENCE = 60_000;

/**
 * Brings a database to the newest migration, and makes the file (and its folder) where there is none.
 * Processes that do it at once wait for each other; a copy is made before a file with content is changed;
 * all of it is applied, checked and recorded in one transaction, or nothing is.
 * @param path the database file
 * @param options `folder`: where the migrations are; `now`: dates a second copy of one name;
 *   `patience`: for how many milliseconds to wait for other processes, 60 s unless told
 * @throws StoreError when the file is not ours, damaged, newer than the code, not writable, or a migration fails
 */
export function migrate(
  path: string,
  options: { folder?: string; now?: () => Date; patience?: number } = {},
): MigrationResult {
  const { folder, now = () => new Date(), patience = PATIENCE } = options;
  const file = resolve(path);
  const known = readFolder(folder);
  makeFolder(file);
  examine(file);
  requireRights(file);
  return explaining(file, () =>
    locked(file, patience, () => {
      const isNew = examine(file) === 'absent';
      const keepCopy = (database: Database.Database, tag: string) => {
        const copy = freeName(`${file}.before-${tag}`, now);
        writeCopy(database, file, copy, () => {});
        return copy;
      };
      try {
        return bringUpToDate(file, known, patience, keepCopy);
      } catch (error) {
        if (isNew && examine(file) === 'empty') rmSync(file);
        throw error;
      }
    }),
  );
}

/**
 * Checks that a database is at exactly the known migrations, before it is served.
 * @param path the database file
 * @param folder where the migrations are; the package's own unless told
 * @returns how many migrations those are
 * @throws StoreError when it is missing, not ours, older, newer, or went another way
 */
export function checkSchema(path: string, folder?: string): number {
  const file = resolve(path);
  const known = readFolder(folder);
  const database = connect(file, 'inspect');
  try {
    explaining(file, () => requireCurrent(file, known, database));
    return known.length;
  } finally {
    database.close();
  }
}

/**
 * Looks again, at little cost, whether a database is still at the schema that `checkSchema` found.
 * @param count how many migrations that has
 * @returns whether no other version has migrated it meanwhile
 */
export function isAtSchema(reader: Pick<Reader, 'value'>, count: number): boolean {
  return reader.value('SELECT count(*) FROM __drizzle_migrations', []) === count;
}

/** @throws StoreError when the folder of the file cannot be made */
export function makeFolder(file: string): void {
  const folder = dirname(file);
  try {
    makeFolders(folder);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? error.code : error;
    throw new StoreError(
      'UNREACHABLE',
      `${file} cannot be made, because its folder cannot (${reason}). Make ${folder} yourself, or set DATABASE_PATH to another file.`,
      { cause: error },
    );
  }
}

/** By hand, because Node's own recursion never ends in a file system that takes no folders, such as /proc. */
function makeFolders(folder: string): void {
  if (existsSync(folder)) return;
  makeFolders(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process may have made it at the same moment.
    if (!existsSync(folder)) throw error;
  }
}

/**
 * Does a work for which no other process may migrate or replace the file.
 * @throws StoreError when another process still does after `patience` milliseconds
 */
export function locked<Result>(file: string, patience: number, work: () => Result): Result {
  // It stays: deleting it would let two processes hold two locks of one name.
  const lockFile = `${file}.migrate.lock`;
  const lock = explaining(existsSync(lockFile) ? lockFile : file, () => new Database(lockFile, { timeout: 250 }));
  try {
    try {
      patiently(patience, () => lock.exec('BEGIN EXCLUSIVE'));
    } catch (error) {
      const explained = explain(error, lockFile);
      if (!(explained instanceof StoreError) || explained.code !== 'BUSY') throw explained;
      throw new StoreError(
        'BUSY',
        `${file} is being migrated or restored by another process. Wait until it is done, or stop it, and try again.`,
        { cause: error },
      );
    }
    return work();
  } finally {
    lock.close();
  }
}

/**
 * As `migrate` does, without waiting for other processes that do it.
 * @param keepCopy makes the copy of a file with content, before the migration of that tag, and returns its name
 */
export function bringUpToDate(
  file: string,
  known: Migration[],
  patience: number,
  keepCopy: (database: Database.Database, tag: string) => string | null,
): MigrationResult {
  const database = connect(file, 'migrate');
  try {
    const applied = readApplied(database);
    const pending = findPending(file, known, applied);
    const [first] = pending;
    if (!first) return { applied: [], backup: null };
    const backup = applied.length > 0 ? keepCopy(database, first.tag) : null;
    try {
      patiently(patience, () => database.exec('BEGIN IMMEDIATE'));
      apply(database, file, pending);
      check(database, file, pending.at(-1) ?? first);
      database.exec('COMMIT');
    } catch (error) {
      if (database.inTransaction) database.exec('ROLLBACK');
      // A start that is repeated would otherwise fill the disk with copies of a file that did not change.
      if (backup && !(error instanceof StoreError && error.code === 'HALF_MIGRATED')) rmSync(backup);
      throw error;
    }
    patiently(patience, () => useWriteAheadLog(database, file));
    return { applied: pending.map(({ tag }) => tag), backup };
  } finally {
    database.close();
  }
}

function apply(database: Database.Database, file: string, pending: Migration[]): void {
  database.pragma(`application_id = ${APPLICATION_ID}`);
  // As drizzle's own migrator makes it.
  database.exec(
    'CREATE TABLE IF NOT EXISTS __drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)',
  );
  const record = database.prepare('INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)');
  for (const { tag, hash, when, statements } of pending) {
    const before = listAttached(database);
    try {
      for (const statement of statements) database.exec(statement);
    } catch (error) {
      if (explain(error, file) !== error) throw error;
      throw failed(file, tag, error instanceof Error ? error.message : String(error), error);
    }
    if (!database.inTransaction)
      throw new StoreError(
        'HALF_MIGRATED',
        `${file} is half migrated, because migration ${tag} ends the transaction that it runs in. Correct the migration, and put the copy named .bak back in place.`,
      );
    const lost = findLost(database, before, statements.join(';'));
    if (lost)
      throw failed(file, tag, `it loses ${lost.type} ${lost.name} of ${lost.table} without a DROP that names it`);
    record.run(hash, when);
  }
}

function check(database: Database.Database, file: string, last: Migration): void {
  const dangling = danglingReferences(database);
  if (dangling) throw failed(file, last.tag, `it leaves ${dangling}`);
  const damage = String(database.pragma('quick_check(1)', { simple: true }));
  if (damage !== 'ok') throw failed(file, last.tag, `it leaves a damaged file: ${damage}`);
  const stale = findStaleTexts(database);
  if (stale) throw failed(file, last.tag, `it leaves search out of step: ${stale}`);
}

function failed(file: string, tag: string, reason: string, cause?: unknown): StoreError {
  return new StoreError(
    'MIGRATION_FAILED',
    `${file} is as it was before, because migration ${tag} failed: ${reason}. Correct the migration or the data, or go back to the version before.`,
    { cause },
  );
}

interface Attached {
  name: string;
  type: string;
  table: string;
}

/** Indexes and triggers, which vanish with a table that is rebuilt. */
function listAttached(database: Database.Database): Attached[] {
  return database
    .prepare<[], Attached>(
      `SELECT name, type, tbl_name AS "table" FROM sqlite_schema
       WHERE type IN ('index', 'trigger') AND sql IS NOT NULL`,
    )
    .all();
}

function findLost(database: Database.Database, before: Attached[], sql: string): Attached | undefined {
  const after = new Set(listAttached(database).map(({ name }) => name));
  const tables = database.prepare<[string], { name: string }>('SELECT name FROM pragma_table_list WHERE name = ?');
  return before.find(
    ({ name, type, table }) =>
      !after.has(name) &&
      tables.get(table) &&
      !new RegExp(`\\bDROP\\s+${type}\\s+(IF\\s+EXISTS\\s+)?[\`"]?${name}\\b`, 'i').test(sql),
  );
}
