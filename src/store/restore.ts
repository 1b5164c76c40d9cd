import { chownSync, existsSync, linkSync, realpathSync, rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import Database from 'better-sqlite3';
import {
  COMPANIONS,
  connectToCopy,
  freeName,
  isSameFile,
  partOf,
  putInPlace,
  removeDatabase,
  settle,
  timeInName,
  writeCopy,
} from './backup.ts';
import {
  APPLICATION_ID,
  BUSY_TIMEOUT,
  connect,
  danglingReferences,
  examine,
  explaining,
  foreign,
  patiently,
  read,
  requireRights,
  StoreError,
  type StoreErrorCode,
  useWriteAheadLog,
} from './connect.ts';
import { findPending, type Migration, readApplied, readFolder } from './history.ts';
import { bringUpToDate, locked, makeFolder } from './migrate.ts';

const LOCK_PATIENCE = 60_000;
/** A command that only looks is over soon; a service is not. */
const USE_PATIENCE = 1_000;

/** What a restore did. */
export interface Restoration {
  /** How many records the database has now. */
  records: number;
  /** The migrations applied to what was restored. */
  applied: string[];
  /** Where the database is kept that was replaced; null when there was none. */
  replaced: string | null;
}

/**
 * Puts a backup in the place of the database, or where there is none yet. Until the last moment the database is as it
 * was; then it is the backup, whole, checked and brought to the schema of this version.
 * @param path the database file
 * @param source a backup, or any other database of ours that is not open elsewhere for long
 * @param options `now`: dates the name of the database that was replaced; `patience`: for how many milliseconds to
 *   wait until other processes close the database, 1 s unless told
 * @throws StoreError when the backup is damaged, not ours, empty or newer than the code, or another process has the database open
 */
export function restore(
  path: string,
  source: string,
  options: { now?: () => Date; patience?: number } = {},
): Restoration {
  const { now = () => new Date(), patience = USE_PATIENCE } = options;
  const known = readFolder();
  const named = resolve(path);
  // A symbolic link stays one.
  const file = existsSync(named) ? realpathSync(named) : named;
  if (isSameFile(file, source))
    throw new StoreError(
      'WRONG_PATH',
      `${source} is the database itself. Give a backup of it, as "expograph backup" makes it.`,
    );
  // Nothing is made for what cannot be restored.
  explainingSource(source, () => withSource(resolve(source), known, () => {}));
  makeFolder(named);
  requireRights(file);
  return locked(named, LOCK_PATIENCE, () => {
    const hold = takeHold(file, patience);
    const part = partOf(file);
    try {
      const applied = explainingSource(source, () => copySource(resolve(source), part, known));
      const records = explaining(file, () => finish(part));
      const replaced = explaining(file, () => swap(hold, file, part, now));
      return { records, applied, replaced };
    } catch (error) {
      removeDatabase(part);
      throw error;
    } finally {
      hold?.close();
    }
  });
}

/**
 * Keeps all others from the database: SQLite grants it only while no other connection is open, also one that is idle.
 * Meanwhile nothing else here may open the file: closing it again would release the lock of the whole process.
 * @returns null when there is no file
 */
function takeHold(file: string, patience: number): Database.Database | null {
  if (stateOf(file) === 'absent') {
    const left = COMPANIONS.map((suffix) => file + suffix).find((name) => existsSync(name));
    if (!left) return null;
    throw new StoreError('REFUSED', `${left} is left of a database that is gone. Move it away, and restore again.`);
  }
  return explaining(file, () => {
    const database = new Database(file, { fileMustExist: true, timeout: BUSY_TIMEOUT });
    try {
      // What is to be replaced may be damaged, also its schema.
      database.unsafeMode();
      database.pragma('writable_schema = ON');
      database.pragma('synchronous = FULL');
      database.pragma('locking_mode = EXCLUSIVE');
      patiently(patience, () => database.exec('BEGIN EXCLUSIVE'));
      database.exec('ROLLBACK');
      if (read(database, 'PRAGMA page_count') !== 0 && read(database, 'PRAGMA application_id') !== APPLICATION_ID)
        throw foreign(file);
      return database;
    } catch (error) {
      database.close();
      if (!(error instanceof Database.SqliteError) || !error.code.startsWith('SQLITE_BUSY')) throw error;
      throw new StoreError(
        'BUSY',
        `${file} is open in another process, such as a running service. Stop it, and restore again; nothing was changed.`,
        { cause: error },
      );
    }
  });
}

function stateOf(file: string): ReturnType<typeof examine> {
  try {
    return examine(file);
  } catch (error) {
    if (error instanceof StoreError && error.code === 'DAMAGED') return 'present';
    throw error;
  }
}

/** @returns the migrations that were applied to the copy */
function copySource(source: string, part: string, known: Migration[]): string[] {
  withSource(source, known, (database) => {
    requireSound(database);
    writeCopy(database, source, part, () => {});
  });
  return bringUpToDate(part, known, 0, () => null).applied;
}

/** @throws StoreError unless the source is a database of ours, which is neither empty nor newer */
function withSource(source: string, known: Migration[], work: (database: Database.Database) => void): void {
  const database = connectToCopy(source);
  try {
    const applied = readApplied(database);
    if (applied.length === 0) throw new StoreError('MISSING', 'it is empty');
    findPending(source, known, applied);
    work(database);
  } finally {
    database.close();
  }
}

function requireSound(database: Database.Database): void {
  const damage = String(database.pragma('integrity_check(1)', { simple: true }));
  if (damage !== 'ok') throw new StoreError('DAMAGED', `it is damaged: ${damage}`);
  const dangling = danglingReferences(database);
  if (dangling) throw new StoreError('DAMAGED', `it has ${dangling}`);
}

const reasons: Partial<Record<StoreErrorCode, string>> = {
  NOT_A_DATABASE: 'it is not a database',
  FOREIGN: 'it is the database of another application',
  MISSING: 'it does not exist or is empty',
};

/** Says of an error that the backup is to blame, and that the database is as it was. */
function explainingSource<Result>(source: string, work: () => Result): Result {
  try {
    return explaining(source, work);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    // What stands behind it is advice for the database, not for the backup.
    const [said = ''] = error.message.split(/\.(?= [A-Z]|$)/, 1);
    const file = `${resolve(source)} `;
    const reason = reasons[error.code] ?? (said.startsWith(file) ? `it ${said.slice(file.length)}` : said);
    const way =
      error.code === 'DISK_FULL'
        ? 'Make room for a second copy of it, and restore again.'
        : 'Give a whole backup, as "expograph backup" makes it.';
    throw new StoreError(
      error.code,
      `${source} cannot be restored, because ${reason}. The database is as it was. ${way}`,
      { cause: error },
    );
  }
}

/** @returns how many records there are */
function finish(part: string): number {
  const database = connect(part, 'write');
  try {
    patiently(0, () => useWriteAheadLog(database, part));
    const damage = String(database.pragma('quick_check(1)', { simple: true }));
    if (damage !== 'ok')
      throw new StoreError('DAMAGED', `${part} was not written as it should be: ${damage}. Try again.`);
    return Number(read(database, 'SELECT count(*) FROM nodes'));
  } finally {
    database.close();
  }
}

/** @returns where what was replaced is kept */
function swap(hold: Database.Database | null, file: string, part: string, now: () => Date): string | null {
  const isEmpty = !hold || read(hold, 'PRAGMA page_count') === 0;
  const replaced = isEmpty ? null : freeName(`${file}.before-restore-${timeInName(now())}`, now);
  // All of it is in the one file from here on, and none who still has it open writes a log beside the new one.
  if (hold && read(hold, 'PRAGMA journal_mode = DELETE') !== 'delete')
    throw new StoreError('BUSY', `${file} cannot be taken out of use. Stop what uses it, and restore again.`);
  const stats = statSync(hold ? file : part);
  if (hold && statSync(part).uid !== stats.uid) chownSync(part, stats.uid, stats.gid);
  settle(part, stats.mode);
  // SQLite would apply what an earlier database left behind to the new one.
  for (const suffix of COMPANIONS) rmSync(`${file}${suffix}`, { force: true });
  // Nothing comes between the two: until the second, both names are one file.
  if (replaced) linkSync(file, replaced);
  try {
    putInPlace(part, file);
  } catch (error) {
    if (replaced) rmSync(replaced, { force: true });
    throw error;
  }
  // Whoever opened the old file a moment ago gives up before the lock on it ends.
  if (hold) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, BUSY_TIMEOUT + 50);
  return replaced;
}
