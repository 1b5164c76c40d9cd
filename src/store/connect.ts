import { accessSync, closeSync, constants, existsSync, openSync, readSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';

/** "Expo" in ASCII, kept in the file's header: tells our files from those of other applications. */
export const APPLICATION_ID = 0x4578706f;

/** Short, because waiting for a lock blocks the event loop. */
export const BUSY_TIMEOUT = 250;
export const JOURNAL_SIZE_LIMIT = 64 * 1024 * 1024;
const READ_CACHE_KIBIBYTES = 8 * 1024;
const HEADER_SIZE = 100;

const purposes = {
  // Two megabytes, which it would be otherwise, hold what one answer needs, but not what the next one needs as well.
  read: {
    readonly: true,
    fileMustExist: true,
    pragmas: ['query_only = ON', 'foreign_keys = ON', `cache_size = -${READ_CACHE_KIBIBYTES}`],
  },
  // Writable where this user may write, because the last connection cleans up only if it can write.
  inspect: { readonly: false, fileMustExist: true, pragmas: ['query_only = ON', 'foreign_keys = ON'] },
  write: { readonly: false, fileMustExist: true, pragmas: ['foreign_keys = ON'] },
  // Rebuilding a table drops it, which would delete the rows that refer to it.
  migrate: { readonly: false, fileMustExist: false, pragmas: ['foreign_keys = OFF'] },
} as const;

/** The kinds of StoreError, kept in its `code`. */
export type StoreErrorCode =
  | 'BUSY'
  | 'DAMAGED'
  | 'DISK_FULL'
  | 'DRIFTED'
  | 'FOREIGN'
  | 'HALF_MIGRATED'
  | 'MIGRATION_FAILED'
  | 'MISSING'
  | 'NEWER'
  | 'NOT_A_DATABASE'
  | 'NOT_MIGRATED'
  | 'NOT_WRITABLE'
  | 'REFUSED'
  | 'SEARCH_STALE'
  | 'SQLITE_TOO_OLD'
  | 'UNREACHABLE'
  | 'WRONG_PATH';

/** An error whose message is fit to be shown as it is: one line naming the file and the way out. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message.replaceAll(/\s*\n\s*/g, ' '), options);
    this.code = code;
  }
}

const OTHER_DATABASE = 'or set DATABASE_PATH to another file.';
const explanations: [code: RegExp, StoreErrorCode, text: (elsewhere: string) => string][] = [
  [
    /^SQLITE_NOTADB/,
    'NOT_A_DATABASE',
    (elsewhere) => `is not a database; nothing in it was changed. Move it away, ${elsewhere}`,
  ],
  [
    /^SQLITE_CORRUPT/,
    'DAMAGED',
    (elsewhere) =>
      `is damaged or cut short. Put a good copy in its place with "expograph restore" (a migration leaves one beside it, named .bak), ${elsewhere}`,
  ],
  [
    /^SQLITE_BUSY/,
    'BUSY',
    () => 'is kept locked by another process. Stop that one, or wait until it is done, and try again.',
  ],
  [
    // The file that connections share could not grow.
    /^(SQLITE_FULL|SQLITE_IOERR_SHMSIZE|ENOSPC|EDQUOT)/,
    'DISK_FULL',
    (elsewhere) => `does not fit: the disk is full. Make room, ${elsewhere}`,
  ],
  [
    /^SQLITE_READONLY_ROLLBACK/,
    'NOT_WRITABLE',
    () => 'holds a write that was cut short. Run "expograph migrate", which undoes it, and try again.',
  ],
  [
    /^(SQLITE_READONLY|SQLITE_PERM|EACCES|EPERM|EROFS)/,
    'NOT_WRITABLE',
    (elsewhere) => `may not be read and written by this user. Grant both, for the file and its folder, ${elsewhere}`,
  ],
  [
    /^(SQLITE_IOERR|EIO)/,
    'UNREACHABLE',
    (elsewhere) =>
      `cannot be read or written: the disk or its file system fails. Look after the disk, restore a backup where it is lost, ${elsewhere}`,
  ],
  [
    /^(SQLITE_CANTOPEN|E[A-Z]+$)/,
    'UNREACHABLE',
    (elsewhere) => `cannot be opened. Check the path and the rights, ${elsewhere}`,
  ],
];

/**
 * Says in one line what an error of SQLite or of the file system means for a file.
 * @param error what was thrown
 * @param file the file that was worked on
 * @param elsewhere how to name another file instead; by the setting unless told
 * @returns a StoreError, or the error itself where it is none about the file
 */
export function explain(error: unknown, file: string, elsewhere: string = OTHER_DATABASE): unknown {
  if (error instanceof StoreError || !(error instanceof Error)) return error;
  // An installation without scripts leaves SQLite unbuilt.
  if (error.message.startsWith('Could not locate the bindings file'))
    return new StoreError('UNREACHABLE', 'SQLite is not built for this machine. Run "npm rebuild better-sqlite3".', {
      cause: error,
    });
  if (!('code' in error)) return error;
  const cannotOpen = String(error.code).startsWith('SQLITE_CANTOPEN');
  const name = cannotOpen && !isWritable(dirname(file)) ? 'EACCES' : String(error.code);
  const found = explanations.find(([pattern]) => pattern.test(name));
  return found ? new StoreError(found[1], `${file} ${found[2](elsewhere)} (${name})`, { cause: error }) : error;
}

/** Whether this user may write a database file and what SQLite keeps beside it. */
export function isChangeable(file: string): boolean {
  return isWritable(file) && isWritable(dirname(file));
}

/** Whether this user may write the file or folder: SQLite reports a folder that it may not write to as a file that it cannot open. */
export function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Runs `work`, turning what it throws into a StoreError where `explain` can.
 * @throws what `explain` makes of the error
 */
export function explaining<Result>(file: string, work: () => Result, elsewhere?: string): Result {
  try {
    return work();
  } catch (error) {
    throw explain(error, file, elsewhere);
  }
}

/**
 * As `explaining`, for statements of ours on a schema of this version: what they do not find there was taken out.
 * @throws what `explain` makes of the error, or a StoreError that the file is damaged
 */
export function explainingStatements<Result>(file: string, work: () => Result): Result {
  return explaining(file, () => {
    try {
      return work();
    } catch (error) {
      const isMissing = error instanceof Database.SqliteError && /^no such |has no column/.test(error.message);
      throw isMissing ? damaged(file, error) : error;
    }
  });
}

function damaged(file: string, error: Error): StoreError {
  return new StoreError(
    'DAMAGED',
    `${file} is not as it was made: ${error.message}. Run "expograph doctor" to see all that is wrong, and put a good copy in its place with "expograph restore".`,
    { cause: error },
  );
}

/**
 * Repeats an attempt for as long as another connection holds the lock.
 * @param patience for how many milliseconds
 * @throws the last error once patience is at an end, and every other error at once
 */
export function patiently<Result>(patience: number, attempt: () => Result): Result {
  const start = performance.now();
  for (;;) {
    try {
      return attempt();
    } catch (error) {
      const busy = error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
      if (!busy || performance.now() - start > patience) throw error;
      // SQLite answers some conflicts at once, without its own waiting.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

/**
 * Looks at a file without opening it as a database, which could create or change files beside it.
 * @param options `isOpen`: this process has it open, so that it is not read here: closing it again would release the
 *   locks that SQLite has on it for the whole process
 * @returns whether there is a file, and whether it has content
 * @throws StoreError when it is a folder, not a database, cut short, or another application's
 */
export function examine(file: string, { isOpen = false } = {}): 'absent' | 'empty' | 'present' {
  return explaining(file, () => {
    const stats = statSync(file, { throwIfNoEntry: false });
    if (!stats) return 'absent';
    if (stats.isDirectory())
      throw new StoreError(
        'NOT_A_DATABASE',
        `${file} is a folder. Set DATABASE_PATH to a file in it, such as ${file}/expograph.db.`,
      );
    if (!stats.isFile())
      throw new StoreError('NOT_A_DATABASE', `${file} is not a regular file. Set DATABASE_PATH to another file.`);
    if (stats.size === 0) return 'empty';
    // After a crash the header may still be in the journal, where only SQLite finds it.
    if (isOpen || hasUnfinished(file)) return 'present';
    const header = readHeader(file);
    const magic = header.toString('latin1', 0, 16);
    if (magic !== 'SQLite format 3\0') throw sqliteError('SQLITE_NOTADB');
    if (header.length < HEADER_SIZE || stats.size < expectedSize(header)) throw sqliteError('SQLITE_CORRUPT');
    if (header.readUInt32BE(68) !== APPLICATION_ID) throw foreign(file);
    return 'present';
  });
}

/**
 * @throws StoreError when this user may not write the file, if there is one, and the files that SQLite keeps beside it
 */
export function requireRights(file: string): void {
  explaining(file, () => {
    accessSync(dirname(file), constants.W_OK);
    if (existsSync(file)) accessSync(file, constants.R_OK | constants.W_OK);
  });
}

/** Whether something stands beside the database that belongs into it. */
function hasUnfinished(file: string): boolean {
  return hasContent(`${file}-wal`) || hasContent(`${file}-journal`);
}

function hasContent(file: string): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

function readHeader(file: string): Buffer {
  const header = Buffer.alloc(HEADER_SIZE);
  const descriptor = openSync(file, 'r');
  try {
    return header.subarray(0, readSync(descriptor, header));
  } finally {
    closeSync(descriptor);
  }
}

/** The size that the header promises, or 0 where an old SQLite did not keep it up to date. */
function expectedSize(header: Buffer): number {
  const pageSize = header.readUInt16BE(16);
  const isCurrent = header.readUInt32BE(24) === header.readUInt32BE(92);
  return isCurrent ? (pageSize === 1 ? 65_536 : pageSize) * header.readUInt32BE(28) : 0;
}

function sqliteError(code: string): Error {
  return new Database.SqliteError('seen in the header', code);
}

export function foreign(file: string): StoreError {
  return new StoreError(
    'FOREIGN',
    `${file} is the database of another application; nothing in it was changed. Move it away, ${OTHER_DATABASE}`,
  );
}

/**
 * @param version as SQLite prints it: "3.51.3"
 * @throws StoreError when it is older than 3.51.3, which may corrupt a database while its log is reset
 */
export function requireVersion(version: string): void {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  if (major * 1e6 + minor * 1e3 + patch < 3_051_003)
    throw new StoreError(
      'SQLITE_TOO_OLD',
      `SQLite ${version} may corrupt the database; 3.51.3 is the oldest accepted. Run "npm ci" to get the one that belongs to this version.`,
    );
}

/**
 * Opens a database file with every pragma set explicitly. What is only read, and lies where nothing can be written, is
 * taken as a file that nobody changes (see `isTakenAsFixed`), provided that SQLite was allowed to read addresses of files.
 * @param purpose decides what the connection may do; only "migrate" creates the file
 * @param options `isOpen`: as for `examine`
 * @throws StoreError when the file is missing, not ours, damaged, or cannot be opened or written as wanted
 */
export function connect(
  file: string,
  purpose: keyof typeof purposes,
  options: { isOpen?: boolean } = {},
): Database.Database {
  const state = examine(file, options);
  if (state !== 'present' && purpose !== 'migrate') {
    const problem = state === 'absent' ? 'does not exist' : 'is empty';
    throw new StoreError('MISSING', `${file} ${problem}. Run "expograph migrate" to make it, ${OTHER_DATABASE}`);
  }
  // SQLite would open the file read-only without a word.
  if (purpose === 'write' || purpose === 'migrate') requireRights(file);
  return explaining(file, () => {
    try {
      return open(file, file, purpose);
    } catch (error) {
      // A write-ahead log wants files beside it, also of who only reads.
      const isBeside = error instanceof Database.SqliteError && /^SQLITE_(CANTOPEN|READONLY_DIR)/.test(error.code);
      if (!isBeside || isChangeable(file)) throw error;
      if (!hasUnfinished(file)) return open(file, `${pathToFileURL(file)}?immutable=1`, purpose);
      throw new StoreError(
        'NOT_WRITABLE',
        `${file} lies where nothing can be written, and what was written to it last is still in a file beside it. Copy both to where they may be written, and run "expograph migrate" there.`,
        { cause: error },
      );
    }
  });
}

function open(file: string, address: string, purpose: keyof typeof purposes): Database.Database {
  const { readonly, fileMustExist, pragmas } = purposes[purpose];
  const isRead = readonly || (purpose === 'inspect' && !isChangeable(file));
  const database = new Database(address, { readonly: isRead, fileMustExist, timeout: BUSY_TIMEOUT });
  try {
    requireVersion(String(read(database, 'SELECT sqlite_version()')));
    for (const pragma of ['trusted_schema = OFF', 'synchronous = FULL', ...pragmas]) database.pragma(pragma);
    database.pragma(`journal_size_limit = ${JOURNAL_SIZE_LIMIT}`);
    const isNew = read(database, 'PRAGMA page_count') === 0;
    if (!isNew && read(database, 'PRAGMA application_id') !== APPLICATION_ID) throw foreign(file);
    return database;
  } catch (error) {
    database.close();
    // Nothing was asked of it yet but what any database answers.
    if (error instanceof Database.SqliteError && error.code === 'SQLITE_ERROR') throw damaged(file, error);
    throw error;
  }
}

/** Whether SQLite neither locks the file nor notices when another process changes it after all. */
export function isTakenAsFixed(database: Database.Database): boolean {
  return database.name.startsWith('file:');
}

/** The one value that a statement without parameters returns. */
export function read(database: Database.Database, sql: string): unknown {
  return database.prepare(sql).pluck().get();
}

/**
 * Switches a database to the write-ahead log, which lets readers read while the writer writes.
 * @throws StoreError when the file system cannot do it
 */
export function useWriteAheadLog(database: Database.Database, file: string): void {
  const mode = read(database, 'PRAGMA journal_mode = WAL');
  if (mode !== 'wal')
    throw new StoreError(
      'UNREACHABLE',
      `${file} cannot use a write-ahead log (its journal mode stays "${mode}"). Set DATABASE_PATH to a file on a local disk.`,
    );
}

/**
 * Finds the rows that refer to a row that does not exist.
 * @returns "2 rows of editions without their row of conventions, …", empty when there are none
 */
export function danglingReferences(database: Database.Database): string {
  const pairs = database
    .prepare<[], { child: string; parent: string; count: number }>(
      'SELECT "table" AS child, parent, count(*) AS count FROM pragma_foreign_key_check GROUP BY 1, 2 ORDER BY 1, 2',
    )
    .all();
  return pairs
    .map(({ child, parent, count }) =>
      count === 1
        ? `1 row of ${child} without its row of ${parent}`
        : `${count} rows of ${child} without their row of ${parent}`,
    )
    .join(', ');
}
