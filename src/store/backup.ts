import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import type Database from 'better-sqlite3';
import { connect, examine, explain, explaining, patiently, read, StoreError } from './connect.ts';
import { findPending, readApplied, readFolder } from './history.ts';

const PATIENCE = 5_000;
const ANOTHER_PATH = 'or give another path.';

/** What SQLite keeps beside a database. */
export const COMPANIONS = ['-wal', '-shm', '-journal'];

/** What a backup is. */
export interface Backup {
  path: string;
  bytes: number;
  /** How many records are in it. */
  records: number;
  /** The migrations that it lacks, which a restore applies. */
  pending: string[];
}

/**
 * Makes a copy of a database, also while it is served and written. The copy gets its name only when it is whole and was
 * checked; it opens by itself, and may be read and written by whom the database may.
 * @param path the database file
 * @param target the file to make, or a folder, in which it is then named by the time
 * @param options `force`: whether it may replace a file; `now`: the clock
 * @throws StoreError when the database cannot be read, the target may not be written or replaced, or the copy is not sound
 */
export function backup(path: string, target: string, options: { force?: boolean; now?: () => Date } = {}): Backup {
  const { force = false, now = () => new Date() } = options;
  const file = resolve(path);
  // A name that ends so is meant to be that of a folder.
  if (['/', sep].some((end) => target.endsWith(end)) && !isFolder(target)) throw noFolder(target);
  const database = connectToCopy(file);
  try {
    return explaining(resolve(target), () => writeBackup(database, file, resolve(target), force, now), ANOTHER_PATH);
  } finally {
    database.close();
  }
}

function writeBackup(
  database: Database.Database,
  file: string,
  target: string,
  force: boolean,
  now: () => Date,
): Backup {
  const path = isFolder(target) ? join(target, `expograph-${timeInName(now())}.db`) : target;
  const known = readFolder();
  requireTarget(file, path, force);
  return writeCopy(database, file, path, (part) => {
    const copy = connect(part, 'inspect');
    try {
      const damage = String(copy.pragma('quick_check(1)', { simple: true }));
      if (damage !== 'ok') throw new StoreError('DAMAGED', `${file} cannot be copied: the copy has ${damage}.`);
      const pending = findPending(file, known, readApplied(copy)).map(({ tag }) => tag);
      const records = pending.length === known.length ? 0 : Number(read(copy, 'SELECT count(*) FROM nodes'));
      // Another process may have made one meanwhile.
      requireTarget(file, path, force);
      return { path, bytes: statSync(part).size, records, pending };
    } finally {
      copy.close();
    }
  });
}

/**
 * Opens a database of which a copy is made, so that nothing is left beside it where this user may tidy up.
 * @throws StoreError as `connect` does
 */
export function connectToCopy(file: string): Database.Database {
  const database = connect(file, 'inspect');
  // It forbids VACUUM INTO, too, which writes the copy alone.
  database.pragma('query_only = OFF');
  return database;
}

/**
 * Writes a copy that opens by itself. It gets its name, in place of what has it, only when it is whole and on the disk.
 * @param database a connection to the file, outside of a transaction; other processes may read and write meanwhile
 * @param file the database file, whose rights the copy gets
 * @param target the name of the copy
 * @param check looks at the copy before it gets its name
 * @returns what `check` returns
 * @throws StoreError when the copy cannot be written, and what `check` throws; there is no copy then
 */
export function writeCopy<Result>(
  database: Database.Database,
  file: string,
  target: string,
  check: (part: string) => Result,
): Result {
  const part = partOf(target);
  const { mode } = statSync(file);
  explaining(target, () => closeSync(openSync(part, 'wx', mode | 0o600)), ANOTHER_PATH);
  try {
    vacuumInto(database, file, part, target);
    const result = check(part);
    const finish = () => {
      settle(part, mode);
      putInPlace(part, target);
    };
    explaining(target, finish, ANOTHER_PATH);
    return result;
  } catch (error) {
    removeDatabase(part);
    throw error;
  }
}

/** A name beside the target that no other process uses. */
export function partOf(target: string): string {
  return `${target}.${randomBytes(4).toString('hex')}.part`;
}

/** Gives a file its rights, and sees to it that all of it is on the disk. */
export function settle(part: string, mode: number): void {
  sync(part, 'r+');
  chmodSync(part, mode);
}

/** Gives a settled file its name, in place of what has it: a crash of the machine leaves one of the two. */
export function putInPlace(part: string, target: string): void {
  renameSync(part, target);
  try {
    sync(dirname(target), 'r');
  } catch {
    // Not every system can do it to a folder.
  }
}

/** Removes a database file, with what SQLite keeps beside it. */
export function removeDatabase(file: string): void {
  for (const suffix of ['', ...COMPANIONS]) rmSync(`${file}${suffix}`, { force: true });
}

/** @returns the first name that no file has of "<stem>.bak", "<stem>.<time>.bak", "<stem>.<time>.2.bak" … */
export function freeName(stem: string, now: () => Date): string {
  if (!existsSync(`${stem}.bak`)) return `${stem}.bak`;
  const dated = `${stem}.${timeInName(now())}`;
  let name = `${dated}.bak`;
  for (let copy = 2; existsSync(name); copy++) name = `${dated}.${copy}.bak`;
  return name;
}

/** A time as it can stand in the name of a file on any system. */
export function timeInName(time: Date): string {
  return time.toISOString().replaceAll(':', '-');
}

/** Whether two paths lead to one file, also by a symbolic or a hard link. */
export function isSameFile(one: string, other: string): boolean {
  const [first, second] = [one, other].map((path) => statSync(path, { bigint: true, throwIfNoEntry: false }));
  return first !== undefined && second !== undefined && first.dev === second.dev && first.ino === second.ino;
}

function vacuumInto(database: Database.Database, file: string, part: string, target: string): void {
  try {
    patiently(PATIENCE, () => database.prepare('VACUUM INTO ?').run(part));
  } catch (error) {
    const explained = explain(error, file);
    // What is full or cannot be written is where the copy goes.
    const isTarget = explained instanceof StoreError && ['DISK_FULL', 'NOT_WRITABLE'].includes(explained.code);
    throw isTarget ? explain(error, target, ANOTHER_PATH) : explained;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function noFolder(path: string): StoreError {
  return new StoreError('MISSING', `${path} is no folder. Make it, ${ANOTHER_PATH}`);
}

/** @returns the database beside which SQLite or a migration would take this name for its own, if there is one */
export function ownerOf(path: string): string | undefined {
  const stems = [...COMPANIONS, '.migrate.lock'].flatMap((end) =>
    path.endsWith(end) ? [path.slice(0, -end.length)] : [],
  );
  return stems.find(isDatabase);
}

/** Whether there is a database at a path, ours or another's, sound or not. */
export function isDatabase(path: string): boolean {
  try {
    return examine(path) === 'present';
  } catch (error) {
    return error instanceof StoreError && ['FOREIGN', 'DAMAGED'].includes(error.code);
  }
}

function requireTarget(file: string, target: string, force: boolean): void {
  const refused = (problem: string) => new StoreError('WRONG_PATH', `${target} ${problem}`);
  const folder = dirname(target);
  if (!isFolder(folder)) throw noFolder(folder);
  if (isSameFile(file, target))
    throw refused('is the database itself, which its own backup cannot replace. Give another path.');
  const owner = ownerOf(target);
  if (owner) throw refused(`belongs to the database ${owner}. Give another path.`);
  const stats = statSync(target, { throwIfNoEntry: false });
  if (stats && !stats.isFile()) throw refused('is not a regular file. Give another path.');
  if (stats && !force) throw refused('exists already. Give another path, or --force to replace it.');
  // SQLite would take them for the copy's own, and change the copy by them.
  const other = COMPANIONS.map((suffix) => target + suffix).find((path) => existsSync(path));
  if (other) throw refused(`would be mixed up with ${other}, which belongs to another database. Give another path.`);
}

function sync(path: string, flags: 'r' | 'r+'): void {
  const descriptor = openSync(path, flags);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
