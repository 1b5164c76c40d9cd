import { resolve } from 'node:path';
import Database from 'better-sqlite3';
import { connect, explaining, patiently, read, StoreError } from './connect.ts';
import { type Migration, readFolder, requireCurrent, withFresh } from './history.ts';
import { SEARCH_TEXT_BITS } from './tables.ts';

const PATIENCE = 5_000;

/** A table, view, index or trigger of search, as sqlite_schema has it. */
interface Definition {
  name: string;
  type: string;
  sql: string;
}

/**
 * Checks that search finds what is stored: that its tables, views and triggers are there, and that the index goes as far
 * as the texts do.
 * @param path the database file
 * @param options `thorough` compares every text and every word of the index, and looks for damage in it: that takes the
 *   longer, the more there is
 * @throws StoreError with SEARCH_STALE when search is out of step, and others when the file cannot be opened or is not migrated
 */
export function checkSearch(path: string, options: { thorough?: boolean } = {}): void {
  const file = resolve(path);
  const known = readFolder();
  const database = connect(file, 'inspect');
  try {
    explaining(file, () => {
      requireCurrent(file, known, database);
      requireInStep(file, database, definitionsOf(known), options.thorough ?? false);
    });
  } finally {
    database.close();
  }
}

/**
 * Makes everything that search keeps anew, in one transaction: a server may go on reading meanwhile.
 * @param path the database file
 * @param options `patience`: for how many milliseconds to wait for another process that writes; 5 s unless told
 * @returns how many texts were indexed
 * @throws StoreError when the file cannot be opened or written, or is not migrated; nothing is written then
 */
export function rebuildSearch(path: string, options: { patience?: number } = {}): number {
  const { patience = PATIENCE } = options;
  const file = resolve(path);
  const known = readFolder();
  const definitions = definitionsOf(known);
  const database = connect(file, 'write');
  try {
    return explaining(file, () => {
      requireCurrent(file, known, database);
      patiently(patience, () => database.exec('BEGIN IMMEDIATE'));
      for (const { type, name } of definitions.toReversed()) database.exec(`DROP ${type} IF EXISTS ${name}`);
      for (const { sql } of definitions) database.exec(sql);
      database.exec('INSERT INTO search_sources SELECT node_id, field, locale, text FROM search_sources');
      requireInStep(file, database, definitions, true);
      database.exec('COMMIT');
      return Number(read(database, 'SELECT count(*) FROM search_texts'));
    });
  } finally {
    // Closing rolls back what was not committed.
    database.close();
  }
}

/**
 * Compares every text that can be found with what is indexed.
 * @param database any, also one without an index or from before texts were numbered by their records; it gets temporary tables, which last until it is closed
 * @returns what is wrong, as "1 text is …"; undefined when nothing is
 */
export function findStaleTexts(database: Database.Database): string | undefined {
  const index = database.prepare("SELECT sql FROM sqlite_schema WHERE name = 'search_index'").pluck().get();
  if (typeof index !== 'string') return undefined;
  const count = (query: string) => Number(database.prepare(`SELECT count(*) FROM (${query})`).pluck().get());
  const difference = (one: string, other: string) => `SELECT * FROM (${one} EXCEPT ${other})`;

  const [sources, texts] = ['search_sources', 'search_texts'].map(
    (name) => `SELECT node_id, field, locale, text FROM ${name}`,
  );
  const unlisted = count(`${sources} EXCEPT ${texts}`);
  if (unlisted > 0) return `${counted(unlisted, 'is', 'are')} not in search_texts as the data has it`;
  const surplus = count(`${texts} EXCEPT ${sources}`);
  if (surplus > 0) return `${counted(surplus, 'is', 'are')} in search_texts that the data does not have`;
  const isNumbered = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'search_owners'").get() !== undefined;
  const misplaced = isNumbered
    ? count(
        `SELECT 1 FROM search_texts JOIN search_owners USING (node_id) LEFT JOIN search_records ON record_id = record
     WHERE (search_texts.id >> ${SEARCH_TEXT_BITS}, number & 15) IS NOT (number, code)`,
      )
    : 0;
  if (misplaced > 0) return `${counted(misplaced, 'is', 'are')} not under the number of the record in search_texts`;

  const damage = database.pragma('integrity_check(search_index)', { simple: true });
  if (damage !== 'ok') return String(damage);
  // The index keeps no texts: so a second one is made of what it should hold, to be compared word by word.
  database.pragma('query_only = OFF');
  database.exec(`
    ${index.replace('search_index', 'temp.search_expected')};
    INSERT INTO search_expected (rowid, text) SELECT id, text FROM search_documents;
    CREATE VIRTUAL TABLE temp.search_words USING fts5vocab(main, search_index, instance);
    CREATE VIRTUAL TABLE temp.search_expected_words USING fts5vocab(temp, search_expected, instance);`);
  const [words, expectedWords] = ['search_words', 'search_expected_words'].map(
    (name) => `SELECT doc, term, "offset" FROM ${name}`,
  );
  const [rows, expectedRows] = ['search_index', 'search_expected'].map((name) => `SELECT rowid, '', 0 FROM ${name}`);
  const held = `SELECT * FROM (${words} UNION ALL ${rows})`;
  const expected = `SELECT * FROM (${expectedWords} UNION ALL ${expectedRows})`;
  const wrong = count(
    `SELECT doc FROM (${difference(held, expected)}) UNION SELECT doc FROM (${difference(expected, held)})`,
  );
  return wrong > 0 ? `${counted(wrong, 'is', 'are')} not in the index as search_texts has it` : undefined;
}

/** @returns everything of search, in the order in which it can be made, as a new database would have it */
export function definitionsOf(known: readonly Migration[]): Definition[] {
  return withFresh(known, readDefinitions);
}

function readDefinitions(database: Database.Database): Definition[] {
  return database
    .prepare<[], Definition>(
      `SELECT name, type, sql FROM sqlite_schema AS stored
       WHERE name GLOB 'search_*' AND sql IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM pragma_table_list WHERE name = stored.name AND type = 'shadow')
       ORDER BY rowid`,
    )
    .all();
}

function requireInStep(
  file: string,
  database: Database.Database,
  definitions: readonly Definition[],
  thorough: boolean,
): void {
  const problem = findProblem(database, definitions, thorough);
  if (problem)
    throw new StoreError(
      'SEARCH_STALE',
      `${file} cannot be searched, because ${problem}. Run "expograph search rebuild" to make the index anew.`,
    );
}

/**
 * Finds out why search would not find what is stored.
 * @param definitions as `definitionsOf` gives them
 * @param thorough whether to compare every text and word; the database then gets temporary tables, and may be written
 * @returns what is wrong, to continue "because"; undefined when nothing is
 */
export function findProblem(
  database: Database.Database,
  definitions: readonly Definition[],
  thorough: boolean,
): string | undefined {
  try {
    return (
      findWrongDefinition(database, definitions) ??
      findWrongEnd(database) ??
      (thorough ? (findWrongCounts(database) ?? findStaleTexts(database)) : undefined)
    );
  } catch (error) {
    // Only the index is damaged, and it can be made anew.
    if (error instanceof Database.SqliteError && error.code === 'SQLITE_CORRUPT_VTAB') return 'its index is damaged';
    throw error;
  }
}

function findWrongDefinition(database: Database.Database, definitions: readonly Definition[]): string | undefined {
  const stored = new Map(readDefinitions(database).map(({ name, sql }) => [name, sql]));
  const wrong = definitions.find(({ name, sql }) => stored.get(name) !== sql);
  return wrong && `its ${wrong.type} ${wrong.name} is ${stored.has(wrong.name) ? 'not as it should be' : 'missing'}`;
}

/** Whatever the size of the index, this takes no time. */
function findWrongEnd(database: Database.Database): string | undefined {
  const texts = read(database, 'SELECT max(id) FROM search_texts');
  const rows = read(database, 'SELECT rowid FROM search_index ORDER BY rowid DESC LIMIT 1') ?? null;
  return texts === rows ? undefined : 'its index does not end where its texts end';
}

function findWrongCounts(database: Database.Database): string | undefined {
  const [sources, texts, rows] = ['search_sources', 'search_texts', 'search_index'].map((name) =>
    Number(read(database, `SELECT count(*) FROM ${name}`)),
  );
  return sources === texts && texts === rows
    ? undefined
    : `of ${sources} texts that can be found it lists ${texts} and indexes ${rows}`;
}

const counted = (count: number, one: string, many: string) =>
  count === 1 ? `1 text ${one}` : `${count} texts ${many}`;
