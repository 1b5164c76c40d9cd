import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { requireVersion } from '../../src/store/connect.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openReader, openWriter, StoreError } from '../../src/store/open.ts';
import { built, fillPlaces, listFiles, scratchFolder, thrownBy } from './scratch.ts';

const insertNode = 'INSERT INTO nodes (id, type, document, checksum, updated_at) VALUES (?, ?, ?, ?, ?)';
const node = (id: string, checksum: number | bigint = 1) => ({
  sql: insertNode,
  params: [id, 'Place', 'places', checksum, '2026-11-23T00:00:00Z'],
});
const venue = (id: string, city: string) => ({
  sql: 'INSERT INTO venues (id, slug, city_id) VALUES (?, ?, ?)',
  params: [id, id, city],
});

function database(): { folder: string; file: string } {
  const folder = scratchFolder();
  const file = join(folder, 'expo.db');
  migrate(file);
  return { folder, file };
}

function writerOf(file: string, options?: { patience?: number }) {
  const writer = openWriter(file, options);
  onTestFinished(() => writer.close());
  return writer;
}

function readerOf(file: string, options?: { onStatement?: (sql: string) => void }) {
  const reader = openReader(file, options);
  onTestFinished(() => reader.close());
  return reader;
}

describe('pragmas', () => {
  test('the writer is durable, checks references and waits briefly', () => {
    const { file } = database();
    const writer = writerOf(file);
    const pragma = (name: string) => Object.values(writer.rows(`PRAGMA ${name}`, [])[0] ?? {})[0];
    expect(pragma('journal_mode')).toBe('wal');
    expect(pragma('synchronous')).toBe(2);
    expect(pragma('foreign_keys')).toBe(1);
    expect(pragma('busy_timeout')).toBeLessThanOrEqual(250);
    expect(pragma('journal_size_limit')).toBe(67_108_864);
    expect(pragma('trusted_schema')).toBe(0);
    expect(pragma('query_only')).toBe(0);
  });

  test('a writer that opens the file again is as durable', () => {
    const { file } = database();
    openWriter(file).close();
    const writer = writerOf(file);
    writer.run([node('a')]);
    expect(writer.rows('PRAGMA synchronous', [])).toEqual([{ synchronous: 2 }]);
  });

  test('the reader only reads', () => {
    const { file } = database();
    const reader = readerOf(file);
    const pragma = (name: string) => reader.value(`PRAGMA ${name}`, []);
    expect(pragma('journal_mode')).toBe('wal');
    expect(pragma('query_only')).toBe(1);
    expect(pragma('foreign_keys')).toBe(1);
    expect(pragma('busy_timeout')).toBeLessThanOrEqual(250);
    expect(pragma('trusted_schema')).toBe(0);
  });

  test.each(['3.51.2', '3.50.4', '3.9.99', '2.99.99', ''])('SQLite %s is refused', (version) => {
    expect(() => requireVersion(version)).toThrow(StoreError);
  });

  test.each(['3.51.3', '3.52.0', '4.0.0'])('SQLite %s is accepted', (version) => {
    expect(() => requireVersion(version)).not.toThrow();
  });
});

describe('a reader', () => {
  test('reads one value, or undefined where there is no row, or null where there is no value', () => {
    const { file } = database();
    fillPlaces(file);
    const reader = readerOf(file);
    expect(reader.value('SELECT slug FROM places WHERE id = ?', ['hefei'])).toBe('hefei');
    expect(reader.value('SELECT time_zone FROM places WHERE id = ?', ['hefei'])).toBeNull();
    expect(reader.value('SELECT slug FROM places WHERE id = ?', ['nowhere'])).toBeUndefined();
  });

  test('gives a number where it is exact, and a bigint where it would not be', () => {
    const { file } = database();
    writerOf(file).run([node('a', 9_007_199_254_740_993n), node('b', -5), node('c', 2 ** 40)]);
    const reader = readerOf(file);
    expect(reader.rows('SELECT id, checksum FROM nodes ORDER BY id', [])).toEqual([
      { id: 'a', checksum: 9_007_199_254_740_993n },
      { id: 'b', checksum: -5 },
      { id: 'c', checksum: 2 ** 40 },
    ]);
    expect(reader.value('SELECT checksum FROM nodes WHERE id = ?', ['a'])).toBe(9_007_199_254_740_993n);
    expect(reader.value('SELECT 0.5', [])).toBe(0.5);
  });

  test('tells every statement that it executes, also one that it has kept', () => {
    const { file } = database();
    const told: string[] = [];
    const reader = readerOf(file, { onStatement: (sql) => told.push(sql) });
    for (const id of ['a', 'b']) reader.value('SELECT 1 FROM nodes WHERE id = ?', [id]);
    reader.rows('SELECT 2', []);
    expect(told).toEqual(['SELECT 1 FROM nodes WHERE id = ?', 'SELECT 1 FROM nodes WHERE id = ?', 'SELECT 2']);
  });

  test('answers more different statements than it keeps', () => {
    const reader = readerOf(database().file);
    for (const round of [1, 2])
      for (let number = 0; number < 700; number++)
        expect(reader.value(`SELECT ${number} * ?`, [round])).toBe(number * round);
  });

  test('sees what was written after it had opened', () => {
    const { file } = database();
    const reader = readerOf(file);
    const count = () => reader.value('SELECT count(*) FROM nodes', []);
    expect(count()).toBe(0);
    writerOf(file).run([node('a')]);
    expect(count()).toBe(1);
  });

  test.each([
    "DELETE FROM nodes WHERE id = 'a'",
    "DELETE FROM nodes WHERE id = 'a' RETURNING id",
    'CREATE TABLE more (id INTEGER) STRICT',
    'PRAGMA user_version = 7',
  ])('cannot write: %s', (sql) => {
    const { file } = database();
    const writer = writerOf(file);
    writer.run([node('a')]);
    const reader = readerOf(file);
    expect(() => reader.rows(sql, [])).toThrow();
    expect(() => reader.value(sql, [])).toThrow();
    expect(
      writer.rows(
        "SELECT (SELECT count(*) FROM nodes) AS nodes, user_version AS version, (SELECT count(*) FROM sqlite_schema WHERE name = 'more') AS more FROM pragma_user_version",
        [],
      ),
    ).toEqual([{ nodes: 1, version: 0, more: 0 }]);
  });

  test('cannot be used once it is closed', () => {
    const reader = openReader(database().file);
    reader.close();
    expect(() => reader.value('SELECT 1', [])).toThrow('not open');
  });
});

describe('a writer', () => {
  test('returns how many rows each statement changed', () => {
    const writer = writerOf(database().file);
    expect(
      writer.run([
        node('a'),
        node('b'),
        { sql: 'UPDATE nodes SET checksum = ?', params: [7] },
        { sql: 'DELETE FROM nodes WHERE id = ?', params: ['nothing'] },
      ]),
    ).toEqual([1, 1, 2, 0]);
    expect(writer.run([])).toEqual([]);
  });

  test('undoes the statements before the one that fails, and says which one that is', () => {
    const { file } = database();
    const writer = writerOf(file);
    const error = thrownBy(() => writer.run([node('a'), node('b'), node('a'), node('c')]));
    expect(error).toBeInstanceOf(StoreError);
    expect(error).toMatchObject({
      code: 'REFUSED',
      message: `${file} was not changed, because the database refused the batch: UNIQUE constraint failed: nodes.id, in "${insertNode}".`,
    });
    expect(writer.rows('SELECT id FROM nodes', [])).toEqual([]);
    expect(writer.run([node('a')])).toEqual([1]);
  });

  test.each([
    [
      'a value of another type',
      { sql: insertNode, params: ['b', 'Place', 'places', 'many', ''] },
      'cannot store TEXT value',
    ],
    ['a statement that is none', { sql: 'INSRT INTO nodes', params: [] }, 'syntax error'],
    ['too few values', { sql: insertNode, params: ['b'] }, 'Too few parameter values'],
    ['the end of the transaction', { sql: ' commit', params: [] }, 'A batch is one transaction already'],
  ])('undoes everything when it meets %s', (_what, statement, message) => {
    const writer = writerOf(database().file);
    expect(() => writer.run([node('a'), statement])).toThrow(message);
    expect(writer.rows('SELECT id FROM nodes', [])).toEqual([]);
    expect(writer.run([node('a')])).toEqual([1]);
  });

  test('accepts a child before its parent within one batch', () => {
    const { file } = database();
    fillPlaces(file);
    const writer = writerOf(file);
    expect(writer.run([venue('hall', 'hefei'), node('hall')])).toEqual([1, 1]);
  });

  test('refuses a batch that leaves a reference dangling, and names the tables', () => {
    const { file } = database();
    fillPlaces(file);
    const writer = writerOf(file);
    const batch = [
      venue('hall', 'atlantis'),
      node('hall'),
      { sql: 'DELETE FROM nodes WHERE id = ?', params: ['anhui'] },
    ];
    expect(thrownBy(() => writer.run(batch))).toMatchObject({
      code: 'REFUSED',
      message: `${file} was not changed, because the database refused the batch: it leaves 1 row of places without its row of places, 1 row of venues without its row of places.`,
    });
    expect(writer.rows('SELECT id FROM venues', [])).toEqual([{ id: 'venue' }]);
    expect(writer.rows('SELECT count(*) AS places FROM places', [])).toEqual([{ places: 2 }]);
  });

  test('still checks references in the batch after one that was refused', () => {
    const { file } = database();
    const writer = writerOf(file);
    for (const _time of [1, 2]) expect(() => writer.run([venue('hall', 'atlantis')])).toThrow(StoreError);
  });

  test('gives up with a clear error when another connection keeps writing', () => {
    const { file } = database();
    const writer = writerOf(file, { patience: 300 });
    const other = new Database(file);
    onTestFinished(() => void other.close());
    other.exec('BEGIN IMMEDIATE');
    const start = performance.now();
    const error = thrownBy(() => writer.run([node('a')]));
    expect(performance.now() - start).toBeGreaterThan(290);
    expect(error).toMatchObject({
      code: 'BUSY',
      message: expect.stringContaining(`${file} is kept locked by another process.`),
    });
    other.exec('ROLLBACK');
    expect(writer.run([node('a')])).toEqual([1]);
  });

  test('waits for another process that writes', async () => {
    const { folder, file } = database();
    const flag = join(folder, 'writing');
    const script = `
      import { writeFileSync } from 'node:fs';
      import { openWriter } from '${built('store/open.js')}';
      const [file, flag] = process.argv.slice(1);
      const writer = openWriter(file);
      writer.run([{ sql: ${JSON.stringify(insertNode)}, params: ['first', 'Place', 'places', 1, ''] }]);
      writeFileSync(flag, '');
      // Busy for about a second within one transaction.
      writer.run([{ sql: "UPDATE nodes SET checksum = (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 4000000) SELECT count(*) FROM n)", params: [] }]);
      writer.close();`;
    const other = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script, file, flag]);
    while (!existsSync(flag)) await new Promise((done) => setTimeout(done, 5));
    await new Promise((done) => setTimeout(done, 20));
    const writer = writerOf(file);
    expect(writer.run([node('second')])).toEqual([1]);
    await other;
    expect(writer.rows('SELECT id, checksum FROM nodes ORDER BY id', [])).toEqual([
      { id: 'first', checksum: 4_000_000 },
      { id: 'second', checksum: 1 },
    ]);
  });

  test('leaves nothing beside the file when it closes last', () => {
    const { folder, file } = database();
    const writer = openWriter(file);
    const reader = openReader(file);
    writer.run([node('a')]);
    reader.close();
    writer.close();
    expect(listFiles(folder)).toEqual(['expo.db']);
  });
});

describe('a file that is not there', () => {
  test.each([
    ['reader', openReader],
    ['writer', openWriter],
  ])('a %s says how to make it, and does not make it', (_what, open) => {
    const folder = scratchFolder();
    const file = join(folder, 'expo.db');
    expect(thrownBy(() => open(file))).toMatchObject({
      code: 'MISSING',
      message: `${file} does not exist. Run "expograph migrate" to make it, or set DATABASE_PATH to another file.`,
    });
    expect(listFiles(folder)).toEqual([]);
  });
});
