import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { z } from 'zod';
import { isChangeable, StoreError } from './connect.ts';

/** A migration of the folder. */
export interface Migration {
  tag: string;
  when: number;
  hash: string;
  statements: string[];
}

/** What a database remembers of a migration. */
export interface Applied {
  hash: string;
  when: number;
}

const journal = z.object({ entries: z.array(z.object({ tag: z.string(), when: z.number() })) });

/** The migrations of this version. */
const PACKAGE_MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));

/**
 * @param folder as drizzle-kit writes it: SQL files and meta/_journal.json; the package's own unless told
 * @returns its migrations, in order
 * @throws StoreError when the folder or a part of it is missing
 */
export function readFolder(folder: string = PACKAGE_MIGRATIONS): Migration[] {
  try {
    const { entries } = journal.parse(JSON.parse(readFileSync(join(folder, 'meta/_journal.json'), 'utf8')));
    const files = readMigrationFiles({ migrationsFolder: folder });
    return files.map(({ sql, hash, folderMillis }, index) => ({
      tag: entries[index]?.tag ?? String(index),
      when: folderMillis,
      hash,
      statements: sql,
    }));
  } catch (error) {
    const reason =
      error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : error;
    throw new StoreError('MISSING', `${folder} holds no complete migrations: ${reason}. Install Expograph again.`, {
      cause: error,
    });
  }
}

/** @returns the migrations that a database remembers, in the order in which they were applied */
export function readApplied(database: Database.Database): Applied[] {
  const table = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = '__drizzle_migrations'").get();
  if (!table) return [];
  return database
    .prepare<[], Applied>('SELECT hash, created_at AS "when" FROM __drizzle_migrations ORDER BY rowid')
    .all();
}

/**
 * Compares what is known with what was applied.
 * @returns the known migrations that are still to be applied
 * @throws StoreError unless those that were applied are exactly the first of those that are known
 */
export function findPending(file: string, known: Migration[], applied: Applied[]): Migration[] {
  const position = applied.findIndex(({ hash }, index) => known[index]?.hash !== hash);
  if (position === -1) return known.slice(applied.length);
  const drifted = (what: string) =>
    new StoreError(
      'DRIFTED',
      `${file} cannot be migrated, because ${what}. Put the migrations back as they were released, or set DATABASE_PATH to another file.`,
    );
  const stored = applied[position];
  const expected = known[position];
  if (!expected)
    throw new StoreError(
      'NEWER',
      `${file} is newer than this version of Expograph: ${applied.length} migrations were applied, ${known.length} are known. Install the newer version, or set DATABASE_PATH to another file.`,
    );
  const later = known.find(({ hash }) => hash === stored?.hash);
  if (later) throw drifted(`migration ${expected.tag} now comes before ${later.tag}, which was applied already`);
  if (applied.some(({ hash }) => hash === expected.hash))
    throw drifted(`a migration that was applied before ${expected.tag} is no longer there`);
  if (stored?.when === expected.when) throw drifted(`migration ${expected.tag} was edited after it had been applied`);
  throw drifted(`another migration than ${expected.tag} was applied in its place`);
}

/**
 * @throws StoreError unless exactly the known migrations were applied
 */
export function requireCurrent(file: string, known: Migration[], database: Database.Database): void {
  const pending = findPending(file, known, readApplied(database));
  if (pending.length === 0) return;
  const way = isChangeable(file)
    ? 'Run "expograph migrate" to apply them.'
    : 'It or its folder may not be written by this user: grant that, or copy it to where it may be, and run "expograph migrate".';
  throw new StoreError(
    'NOT_MIGRATED',
    `${file} lacks ${pending.length} of ${known.length} migrations, from ${pending[0]?.tag} on. ${way}`,
  );
}

/** @returns what `look` finds in a database in memory that is made by the migrations */
export function withFresh<Result>(known: readonly Migration[], look: (fresh: Database.Database) => Result): Result {
  const fresh = new Database(':memory:');
  try {
    for (const { statements } of known) for (const statement of statements) fresh.exec(statement);
    return look(fresh);
  } finally {
    fresh.close();
  }
}
