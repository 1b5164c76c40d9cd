import Database from 'better-sqlite3';
import { is } from 'drizzle-orm';
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { importDataset } from '../src/dataset/import.ts';
import { migrate } from '../src/store/migrate.ts';
import { openWriter } from '../src/store/open.ts';
import * as tables from '../src/store/tables.ts';

/*
 * One side of bench/import.ts, in a process of its own, so that its memory is its own:
 *   import-run.js import <data file> <new database>
 *   import-run.js insert <imported database> <new database>
 */

export interface Run {
  rows: number;
  /** How many rows the triggers wrote besides. */
  triggered: number;
  seconds: number;
  /** The most memory that the process held, in MB. */
  peak: number;
}

/** Those that triggers fill would be filled twice; on both sides their rows are not counted. */
const FILLED_BY_TRIGGERS: readonly SQLiteTable[] = [tables.searchRecords, tables.searchTexts];

const ROWIDS_AT_ONCE = 20_000;

/** The table that has no rowid. */
const BY_KEY = getTableConfig(tables.localizedTexts).name;

/** Nodes first: the triggers ask them of what a text is. The others come as a module lists them, by the alphabet. */
const inserted = [...new Set([tables.nodes, ...Object.values(tables)])]
  .filter((table) => is(table, SQLiteTable))
  .filter((table) => !FILLED_BY_TRIGGERS.includes(table))
  .map((table) => getTableConfig(table));

function counted(count: (sql: string) => number): Pick<Run, 'rows' | 'triggered'> {
  const sum = (names: readonly string[]) =>
    names.reduce((total, name) => total + count(`SELECT count(*) AS rows FROM "${name}"`), 0);
  return {
    rows: sum(inserted.map(({ name }) => name)),
    triggered: sum(FILLED_BY_TRIGGERS.map((table) => getTableConfig(table).name)),
  };
}

function runImport(file: string, target: string): Omit<Run, 'peak'> {
  const writer = openWriter(target);
  try {
    const start = performance.now();
    importDataset(file, writer, { now: () => new Date() });
    const seconds = (performance.now() - start) / 1_000;
    const count = (sql: string) => Number(writer.rows(sql, [])[0]?.rows);
    return { ...counted(count), seconds };
  } finally {
    writer.close();
  }
}

/** What one would write by hand: a prepared INSERT per table, all in one transaction. Reading is not timed. */
function runInserts(source: string, target: string): Omit<Run, 'peak'> {
  const from = new Database(source, { readonly: true });
  const to = new Database(target);
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON']) to.pragma(pragma);
  let milliseconds = 0;
  const timed = <Result>(work: () => Result): Result => {
    const start = performance.now();
    const result = work();
    milliseconds += performance.now() - start;
    return result;
  };
  timed(() => to.exec('BEGIN IMMEDIATE; PRAGMA defer_foreign_keys = ON'));
  for (const { name, columns } of inserted) {
    const names = columns.filter(({ generated }) => !generated).map((column) => `"${column.name}"`);
    // In the order in which an import writes them: what has no rowid has that of its node.
    const [rows, rowid] =
      name === BY_KEY ? [`nodes CROSS JOIN "${name}" ON node_id = nodes.id`, 'nodes.rowid'] : [`"${name}"`, 'rowid'];
    const read = from
      .prepare<[number, number], unknown[]>(
        `SELECT ${names.join(', ')} FROM ${rows} WHERE ${rowid} > ? AND ${rowid} <= ? ORDER BY ${rowid}`,
      )
      .raw()
      .safeIntegers();
    const last = from.prepare<[], number | null>(`SELECT max(${rowid}) FROM ${rows}`).pluck().get() ?? 0;
    const insertion = to.prepare<unknown[]>(
      `INSERT INTO "${name}" (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    );
    for (let start = 0; start < last; start += ROWIDS_AT_ONCE) {
      const piece = read.all(start, start + ROWIDS_AT_ONCE);
      timed(() => {
        for (const values of piece) insertion.run(values);
      });
    }
  }
  timed(() => to.exec('COMMIT'));
  const found = counted((sql) => to.prepare<[], number>(sql).pluck().get() ?? Number.NaN);
  to.close();
  from.close();
  return { ...found, seconds: milliseconds / 1_000 };
}

const [side, source = '', target = ''] = process.argv.slice(2);
migrate(target, { folder: 'migrations' });
const run = side === 'import' ? runImport(source, target) : runInserts(source, target);
console.log(JSON.stringify({ ...run, peak: process.resourceUsage().maxRSS / 1_024 }));
