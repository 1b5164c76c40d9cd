import { readdirSync, statfsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type Database from 'better-sqlite3';
import {
  connect,
  danglingReferences,
  explaining,
  isChangeable,
  isTakenAsFixed,
  JOURNAL_SIZE_LIMIT,
  read,
  StoreError,
} from './connect.ts';
import { findMisfits, parts } from './consistency.ts';
import { findPending, type Migration, readApplied, readFolder, withFresh } from './history.ts';
import { type Reader, rowsOf } from './open.ts';
import { definitionsOf, findProblem } from './search.ts';

/** What was found out about one thing. */
export interface Finding {
  check: string;
  verdict: 'ok' | 'WARNING' | 'WRONG';
  /** What is the case. */
  found: string;
  /** What to do about it; null where nothing is to be done. */
  advice: string | null;
}

/** A database that is looked at, in one transaction. */
interface Patient {
  file: string;
  database: Database.Database;
  known: Migration[];
  version: string;
}

const RESTORE = 'Stop the service and put a good copy in its place with "expograph restore".';
export const IMPORT_AGAIN = 'Import the whole dataset again with "expograph import".';

export const ok = (found: string) => ({ verdict: 'ok' as const, found, advice: null });
export const warning = (found: string, advice: string) => ({ verdict: 'WARNING' as const, found, advice });
export const wrong = (found: string, advice: string) => ({ verdict: 'WRONG' as const, found, advice });

export type Opinion = Omit<Finding, 'check'>;

const checks: Record<string, (patient: Patient) => Opinion> = {
  versions: ({ database, version }) =>
    ok(`Expograph ${version}, Node ${process.versions.node}, SQLite ${read(database, 'SELECT sqlite_version()')}`),
  file: checkFile,
  disk: checkDisk,
  leftovers: checkLeftovers,
  pragmas: checkPragmas,
  integrity: checkIntegrity,
  references: ({ database }) => {
    const dangling = danglingReferences(database);
    return dangling ? wrong(dangling, RESTORE) : ok('every row has the rows that it refers to');
  },
  migrations: checkMigrations,
  schema: checkSchemaDrift,
  search: checkSearchIndex,
  ...Object.fromEntries(parts.map((part) => [part, (patient: Patient) => checkData(patient, part)])),
};

/**
 * Looks whether all is well with a database, also while it is served and written. Nothing is written.
 * @param path the database file
 * @param options `version`: of Expograph; `further`: checks besides, of what only other rooms know. They see the same
 *   moment, and are not asked where the schema is not that of this version
 * @returns a finding for each check, in a fixed order
 * @throws StoreError when it cannot be opened at all
 */
export function diagnose(
  path: string,
  options: { version: string; further?: Record<string, (reader: Pick<Reader, 'rows'>) => Opinion> },
): Finding[] {
  const { version, further = {} } = options;
  const file = resolve(path);
  const known = readFolder();
  const size = (suffix: string) => statSync(file + suffix, { throwIfNoEntry: false })?.size ?? 0;
  // The last connection to leave tidies up, which would write what a crash left behind into the database.
  const isUntidy = size('-wal') > 0 || size('-journal') > 0;
  const database = connect(file, isUntidy ? 'read' : 'inspect');
  try {
    return explaining(file, () => {
      // All checks see the same moment.
      database.exec('BEGIN');
      const patient: Patient = { file, database, known, version };
      const reader = { rows: rowsOf(database) };
      return [
        ...Object.entries(checks).map(([check, look]) => ({ check, ...opinion(() => look(patient)) })),
        ...Object.entries(further).map(([check, look]) => ({
          check,
          ...opinion(() => (pendingOf(patient)?.length === 0 ? look(reader) : unknown)),
        })),
      ];
    });
  } finally {
    database.close();
  }
}

/** A part that cannot be read is a finding, too. */
function opinion(look: () => Opinion): Opinion {
  try {
    return look();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return wrong(`it cannot be read: ${reason.replaceAll(/\s*\n\s*/g, ' ')}`, RESTORE);
  }
}

function checkFile({ file, database }: Patient): Opinion {
  const stats = statSync(file);
  const log = statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  const [pages, free] = ['page_count', 'freelist_count'].map((name) => Number(read(database, `PRAGMA ${name}`)));
  const found = `${inMegabytes(stats.size)}, of which ${free} of ${pages} pages are free; ${inMegabytes(log)} in the log`;
  if (stats.nlink > 1)
    return warning(
      `${file} has ${stats.nlink} names (hard links)`,
      'Remove the others: SQLite may lose data through them.',
    );
  if (!isChangeable(file))
    return warning(`${file} or its folder may not be written by this user`, 'Grant that to the user who serves it.');
  if ((stats.mode & 0o002) !== 0)
    return warning(`${file} may be written by every user`, `Take that away: chmod o-w ${file}`);
  if (log > JOURNAL_SIZE_LIMIT)
    return warning(found, 'Something reads for very long, or the log could not be put away: start the service again.');
  return ok(found);
}

function checkDisk({ file }: Patient): Opinion {
  const { bavail, bsize } = statfsSync(dirname(file));
  const free = bavail * bsize;
  // A migration and a backup each make a copy.
  const wanted = 2 * statSync(file).size;
  const found = `${inMegabytes(free)} are free`;
  return free < wanted
    ? warning(`${found}, and copies of the database may need ${inMegabytes(wanted)}`, 'Make room on the disk.')
    : ok(found);
}

function checkLeftovers({ file }: Patient): Opinion {
  const journal = statSync(`${file}-journal`, { throwIfNoEntry: false })?.size ?? 0;
  if (journal > 0)
    return warning(`${file}-journal is there`, 'A write was cut short: start the service, which undoes it.');
  const parts = readdirSync(dirname(file)).filter((name) => name.startsWith(basename(file)) && name.endsWith('.part'));
  return parts.length > 0
    ? warning(
        `${parts.map((name) => join(dirname(file), name)).join(', ')}`,
        'These are copies that were cut short: delete them, unless a backup, a restore or a migration is at work.',
      )
    : ok('none');
}

function checkPragmas({ database }: Patient): Opinion {
  const values = ['journal_mode', 'encoding', 'application_id', 'foreign_keys', 'synchronous'].map(
    (name) => [name, read(database, `PRAGMA ${name}`)] as const,
  );
  const { journal_mode, encoding, foreign_keys, synchronous } = Object.fromEntries(values);
  const found = values.map(([name, value]) => `${name} ${value}`).join(', ');
  if (encoding !== 'UTF-8') return wrong(found, 'Make a new database and import the dataset into it.');
  if (foreign_keys !== 1 || synchronous !== 2)
    return wrong(
      found,
      'This SQLite does not keep what it is told. Run "npm ci" to get the one that belongs to this version.',
    );
  // What is taken as fixed has no log, whatever the file says.
  if (journal_mode !== 'wal' && !isTakenAsFixed(database))
    return warning(found, 'Readers wait for the writer until the next start of the service or the next import.');
  return ok(found);
}

function checkIntegrity({ database }: Patient): Opinion {
  const damage = database
    .prepare<[], string>('PRAGMA integrity_check(20)')
    .pluck()
    .all()
    // The index of search has a check of its own, and can be made anew.
    .filter((line) => line !== 'ok' && !line.includes('search_index'));
  return damage.length > 0
    ? wrong(damage.join('; ').replaceAll('\n', ' '), RESTORE)
    : ok('every page, row and index is sound');
}

function checkMigrations({ file, database, known }: Patient): Opinion {
  const applied = readApplied(database);
  try {
    const pending = findPending(file, known, applied);
    return pending.length > 0
      ? wrong(`${pending.map(({ tag }) => tag).join(', ')} not applied`, 'Run "expograph migrate".')
      : ok(`${applied.length} of ${known.length} applied`);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return wrongAs(error);
  }
}

/** @returns what an error says as what was found, and its way out as the advice */
export function wrongAs({ message }: StoreError) {
  const [found = '', ...advice] = message.split(/(?<=\.) (?=[A-Z])/);
  return wrong(found.replace(/\.$/, ''), advice.join(' '));
}

/** @returns the migrations that are still to be applied, or null where others than ours were */
function pendingOf({ file, database, known }: Patient): Migration[] | null {
  try {
    return findPending(file, known, readApplied(database));
  } catch (error) {
    if (error instanceof StoreError) return null;
    throw error;
  }
}

const unknown = warning('not looked at, because the migrations are not those of this version', 'See migrations.');

function checkSchemaDrift(patient: Patient): Opinion {
  const { database, known } = patient;
  const pending = pendingOf(patient);
  if (!pending) return unknown;
  const expected = withFresh(known.slice(0, known.length - pending.length), readSchema);
  const stored = readSchema(database);
  const of = (names: Iterable<string>) => [...names].join(', ');
  const missing = of([...expected.keys()].filter((name) => !stored.has(name)));
  const different = of(
    [...expected].flatMap(([name, sql]) => (stored.has(name) && stored.get(name) !== sql ? name : [])),
  );
  const extra = of([...stored.keys()].filter((name) => !expected.has(name)));
  const found = Object.entries({ missing, different, extra }).flatMap(([what, names]) =>
    names ? `${what}: ${names}` : [],
  );
  if (missing || different) return wrong(found.join('; '), RESTORE);
  if (extra) return warning(found.join('; '), 'A migration may trip over it: drop what you do not need.');
  return ok(`${expected.size} tables, indexes, triggers and views, as the migrations make them`);
}

/** @returns the definition of everything that the migrations made, by its type and name */
function readSchema(database: Database.Database): Map<string, string | null> {
  const rows = database
    .prepare<[], { name: string; sql: string | null }>(
      `SELECT type || ' ' || name AS name, sql FROM sqlite_schema
       WHERE tbl_name <> '__drizzle_migrations' AND name NOT GLOB 'sqlite_stat*' ORDER BY 1`,
    )
    .all();
  return new Map(rows.map(({ name, sql }) => [name, sql]));
}

function checkSearchIndex(patient: Patient): Opinion {
  const { database, known } = patient;
  if (pendingOf(patient)?.length !== 0) return unknown;
  const definitions = definitionsOf(known);
  try {
    const problem = findProblem(database, definitions, true);
    return problem
      ? wrong(problem, 'Run "expograph search rebuild".')
      : ok(`${read(database, 'SELECT count(*) FROM search_texts')} texts, each word in the index`);
  } finally {
    // The temporary tables of the comparison needed it off.
    database.pragma('query_only = ON');
  }
}

function checkData(patient: Patient, part: (typeof parts)[number]): Opinion {
  if (pendingOf(patient)?.length !== 0) return unknown;
  const { found, misfits } = findMisfits(patient.database, part);
  // An import mends what it writes itself.
  const advice = part === 'dataset' || part === 'copies' ? IMPORT_AGAIN : RESTORE;
  return misfits.length > 0 ? wrong(misfits.join('; '), advice) : ok(found);
}

function inMegabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
