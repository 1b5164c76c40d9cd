import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import {
  connect,
  danglingReferences,
  explaining,
  explainingStatements,
  isWritable,
  patiently,
  StoreError,
  useWriteAheadLog,
} from './connect.ts';

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
   * Does a work whose statements are broken off when they run out of patience: where they call the function in_time().
   * @throws OutOfTime
   */
  within<Result>(patience: Patience, work: () => Result): Result;
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

const KEPT_STATEMENTS = 300;
const WRITER_PATIENCE = 5_000;

type Row = Record<string, SqlValue>;

/** Text as it is compared where case does not matter. In statements of a reader it is the function casefold(). */
export function casefold(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/**
 * Opens a migrated database for reading.
 * @param path the database file
 * @param options `onStatement` is told the text of every statement that is executed; `isSnapshot`: whatever is written
 *   meanwhile, all that is read is of the moment of the first statement. The log of the file cannot shrink until it is closed
 * @throws StoreError when there is no such file, or it is not ours, damaged or unreachable
 */
export function openReader(
  path: string,
  options: { onStatement?: (sql: string) => void; isSnapshot?: boolean } = {},
): Reader {
  const { onStatement, isSnapshot = false } = options;
  const file = resolve(path);
  const database = connect(file, 'read');
  // SQLite's own lower() knows ASCII only.
  database.function('casefold', { deterministic: true }, (text) => (typeof text === 'string' ? casefold(text) : null));
  // Numbers stand in it as JavaScript writes them.
  database.function('base64url', { deterministic: true }, (json) =>
    typeof json === 'string' ? Buffer.from(JSON.stringify(JSON.parse(json))).toString('base64url') : null,
  );
  let isInTime = () => true;
  // SQLite has no other way to be stopped from here. Not deterministic, or it would be asked once for all rows.
  database.function('in_time', () => {
    if (isInTime()) return 1;
    throw new OutOfTime('The statement was broken off.');
  });
  const forValue = preparedValue(database);
  const forRows = preparedRows(database);
  const dataVersion = database.prepare<[], number>('PRAGMA data_version').pluck();
  if (isSnapshot) database.exec('BEGIN');
  return {
    value(sql, params) {
      onStatement?.(sql);
      const value = explainingStatements(file, () => forValue(sql).get(...params));
      return value === undefined ? value : narrow(value);
    },
    rows(sql, params) {
      onStatement?.(sql);
      return narrowRows(explainingStatements(file, () => forRows(sql).all(...params)));
    },
    generation: () => explainingStatements(file, () => dataVersion.get() ?? 0),
    within(patience, work) {
      const before = isInTime;
      isInTime = inTime(patience);
      try {
        return work();
      } finally {
        isInTime = before;
      }
    },
    close() {
      database.close();
      putLogAway(file);
    },
  };
}

/** Rows between two looks at the clock. */
const ROWS_PER_LOOK = 32;

function inTime({ milliseconds, isOver }: Patience): () => boolean {
  const end = performance.now() + milliseconds;
  let rows = 0;
  return () => {
    rows += 1;
    if (rows % ROWS_PER_LOOK !== 0) return true;
    return performance.now() < end && !isOver?.();
  };
}

/** So that the one file is all of the database when nobody has it open: the last to leave writes the log into it, and a reader cannot. */
function putLogAway(file: string): void {
  if (!existsSync(`${file}-wal`) || !isWritable(file) || !isWritable(dirname(file))) return;
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
