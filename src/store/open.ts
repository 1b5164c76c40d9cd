import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import Database from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import {
  connect,
  danglingReferences,
  explaining,
  explainingStatements,
  isChangeable,
  patiently,
  StoreError,
  useWriteAheadLog,
} from './connect.ts';
import { reopening } from './reopen.ts';

export { StoreError, type StoreErrorCode } from './connect.ts';

/** What goes into and comes out of a column. An integer comes out as a bigint only where a number would not hold it. */
export type SqlValue = string | number | bigint | null;

export interface Statement {
  sql: string;
  params: readonly SqlValue[];
}

/** How long statements may take. */
export interface Patience {
  milliseconds: number;
  /** Whether nobody waits any more. */
  isOver?(): boolean;
}

/** Thrown out of a statement that was broken off, since it took too long or nobody waited any more. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}

/** A read-only connection. Prepared statements are kept. */
export interface Reader {
  /** One column of one row, or undefined when there is no row. */
  value(sql: string, params: readonly SqlValue[]): SqlValue | undefined;
  rows(sql: string, params: readonly SqlValue[]): Record<string, SqlValue>[];
  /** Another number whenever the file was written to, by whatever process. */
  generation(): number;
  /**
   * Does a work that is broken off when it runs out of patience: where its statements call the function in_time(), or it
   * calls `checkTime`.
   * @throws OutOfTime
   */
  within<Result>(patience: Patience, work: () => Result): Result;
  /** @throws OutOfTime where a work within has run out of patience */
  checkTime(): void;
  close(): void;
}

/** The one writer. */
export interface Writer {
  /**
   * Executes the batch in one transaction; references are checked at its end.
   * @param batch asked for the next statement when the one before is done; what it reads by `rows` is in the same transaction
   * @param options `isDryRun` takes back everything at the end
   * @returns how many rows each statement changed
   * @throws StoreError when a statement fails, a reference is left dangling, or the file stays locked; nothing is written then
   */
  run(batch: Iterable<Statement>, options?: { isDryRun?: boolean }): number[];
  rows(sql: string, params: readonly SqlValue[]): Record<string, SqlValue>[];
  close(): void;
}

/** Is told the text of every statement that was executed, and how many milliseconds it took. */
export type StatementWatch = (sql: string, milliseconds: number) => void;

const KEPT_STATEMENTS = 300;
const WRITER_PATIENCE = 5_000;
/** So that no generation of one file is that of another in its place. */
const FILE_APART = 1e9;

type Row = Record<string, SqlValue>;

/** Text as it is compared where case does not matter. In statements of a reader it is the function casefold(). */
export function casefold(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/**
 * Opens a migrated database for reading.
 * @param path the database file
 * @param options `onStatement` is told of every statement, also of one that failed; `isSnapshot`: whatever is written
 *   meanwhile, all that is read is of the moment of the first statement. The log of the file cannot shrink until it is
 *   closed; `isOpen`: this process has the file open already, and its locks must be kept
 * @throws StoreError when there is no such file, or it is not ours, damaged or unreachable
 */
export function openReader(
  path: string,
  options: { onStatement?: StatementWatch | undefined; isSnapshot?: boolean; isOpen?: boolean } = {},
): Reader {
  const { onStatement, isSnapshot = false, isOpen = false } = options;
  const file = resolve(path);
  let isInTime = () => true;
  const prepare = (database: Database.Database) => prepareToRead(database, isSnapshot, () => isInTime());
  const source = reopening(file, prepare, { isSnapshot, isOpen });
  const watched = <Result>(sql: string, work: (prepared: ReturnType<typeof prepare>) => Result): Result => {
    if (!onStatement) return source.ask(work);
    const began = performance.now();
    try {
      return source.ask(work);
    } finally {
      onStatement(sql, performance.now() - began);
    }
  };
  return {
    value(sql, params) {
      const value = watched(sql, ({ forValue }) => forValue(sql).get(...params));
      return value === undefined ? value : narrow(value);
    },
    rows: (sql, params) => narrowRows(watched(sql, ({ forRows }) => forRows(sql).all(...params))),
    within(patience, work) {
      const before = isInTime;
      isInTime = inTime(patience);
      try {
        return work();
      } finally {
        isInTime = before;
      }
    },
    checkTime() {
      if (!isInTime()) throw brokenOff();
    },
    generation: () => source.ask(({ dataVersion }) => dataVersion.get() ?? 0) + source.times() * FILE_APART,
    close() {
      source.close();
      if (!isOpen) putLogAway(file);
    },
  };
}

/** @param isInTime whether a statement that asks for it may go on */
function prepareToRead(database: Database.Database, isSnapshot: boolean, isInTime: () => boolean) {
  // SQLite's own lower() knows ASCII only.
  database.function('casefold', { deterministic: true }, (text) => (typeof text === 'string' ? casefold(text) : null));
  // Numbers stand in it as JavaScript writes them.
  database.function('base64url', { deterministic: true }, (json) =>
    typeof json === 'string' ? Buffer.from(JSON.stringify(JSON.parse(json))).toString('base64url') : null,
  );
  // SQLite has no other way to be stopped from here. Not deterministic, or it would be asked once for all rows.
  database.function('in_time', () => {
    if (isInTime()) return 1;
    throw brokenOff();
  });
  const forValue = preparedValue(database);
  const forRows = preparedRows(database);
  const dataVersion = database.prepare<[], number>('PRAGMA data_version').pluck();
  if (isSnapshot) database.exec('BEGIN');
  return { forValue, forRows, dataVersion };
}

const brokenOff = () => new OutOfTime('Broken off: its time is over, or nobody waits.');

/** Rows, or objects, between two looks at the clock. */
const ROWS_PER_LOOK = 32;

function inTime({ milliseconds, isOver }: Patience): () => boolean {
  const end = performance.now() + milliseconds;
  let rows = 0;
  // Once it is over it stays so, for who catches the first error and goes on.
  let isGone = false;
  return () => {
    rows += 1;
    if (!isGone && rows % ROWS_PER_LOOK === 0) isGone = performance.now() >= end || isOver?.() === true;
    return !isGone;
  };
}

/** Whether there is a database that this user may read and not change. */
export function mayOnlyBeRead(path: string): boolean {
  const file = resolve(path);
  return existsSync(file) && !isChangeable(file);
}

/** So that the one file is all of the database when nobody has it open: the last to leave writes the log into it, and a reader cannot. */
function putLogAway(file: string): void {
  if (!existsSync(`${file}-wal`) || !isChangeable(file)) return;
  try {
    connect(file, 'inspect').close();
  } catch (error) {
    // What was wanted has been read.
    if (!(error instanceof StoreError)) throw error;
  }
}

/**
 * Opens a migrated database for writing.
 * @param path the database file
 * @param options `patience`: for how many milliseconds to wait for another process that writes; 5 s unless told
 * @throws StoreError when there is no such file, or it is not ours, damaged, locked or not writable
 */
export function openWriter(path: string, options: { patience?: number } = {}): Writer {
  const { patience = WRITER_PATIENCE } = options;
  const file = resolve(path);
  const database = connect(file, 'write');
  const prepare = preparedRows(database);
  try {
    explaining(file, () => patiently(patience, () => useWriteAheadLog(database, file)));
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    run(batch, { isDryRun = false } = {}) {
      return explainingStatements(file, () => {
        const counts: number[] = [];
        let current: Statement | undefined;
        patiently(patience, () => database.exec('BEGIN IMMEDIATE'));
        try {
          database.exec('PRAGMA defer_foreign_keys = ON');
          for (const statement of batch) {
            current = statement;
            refuseTransactionControl(statement.sql);
            counts.push(prepare(statement.sql).run(...statement.params).changes);
          }
          current = undefined;
          if (isDryRun && danglingReferences(database)) throw refused(file, database);
          database.exec(isDryRun ? 'ROLLBACK' : 'COMMIT');
          return counts;
        } catch (error) {
          const refusal = explainRefusal(error, file, database, current);
          if (database.inTransaction) database.exec('ROLLBACK');
          throw refusal;
        }
      });
    },
    rows: (sql, params) => narrowRows(explainingStatements(file, () => prepare(sql).all(...params))),
    close: () => void database.close(),
  };
}

/** Reads rows on a connection that something else has opened. */
export function rowsOf(database: Database.Database): Reader['rows'] {
  const prepare = preparedRows(database);
  return (sql, params) => narrowRows(prepare(sql).all(...params));
}

function keep<Kept extends object>(prepare: (sql: string) => Kept): (sql: string) => Kept {
  const kept = new LRUCache<string, Kept>({ max: KEPT_STATEMENTS });
  return (sql) => {
    const known = kept.get(sql);
    if (known) return known;
    const prepared = prepare(sql);
    kept.set(sql, prepared);
    return prepared;
  };
}

function preparedRows(database: Database.Database) {
  return keep((sql) => database.prepare<SqlValue[], Row>(sql).safeIntegers());
}

function preparedValue(database: Database.Database) {
  return keep((sql) => database.prepare<SqlValue[], SqlValue>(sql).safeIntegers().pluck());
}

function narrowRows(rows: Row[]): Row[] {
  for (const row of rows) for (const column in row) row[column] = narrow(row[column] ?? null);
  return rows;
}

/** A number where it holds the integer exactly; decimals in ten-thousandths can outgrow it. */
function narrow(value: SqlValue): SqlValue {
  if (typeof value !== 'bigint') return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function refuseTransactionControl(sql: string): void {
  if (/^\s*(BEGIN|COMMIT|END|ROLLBACK|SAVEPOINT|RELEASE)\b/i.test(sql))
    throw new TypeError(`A batch is one transaction already; leave out "${sql.trim()}".`);
}

function explainRefusal(error: unknown, file: string, database: Database.Database, statement?: Statement): unknown {
  if (!(error instanceof Database.SqliteError) || !error.code.startsWith('SQLITE_CONSTRAINT')) return error;
  return refused(file, database, { cause: error, statement });
}

function refused(
  file: string,
  database: Database.Database,
  { cause, statement }: { cause?: Error; statement?: Statement | undefined } = {},
): StoreError {
  const reason =
    cause && statement
      ? `${cause.message}, in ${shortened(statement.sql)}`
      : `it leaves ${danglingReferences(database) || 'a reference to a row that does not exist'}`;
  return new StoreError('REFUSED', `${file} was not changed, because the database refused the batch: ${reason}.`, {
    cause,
  });
}

const shortened = (sql: string) => `"${sql.length > 100 ? `${sql.slice(0, 100)}…` : sql}"`;
