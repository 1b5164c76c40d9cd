import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { diagnose, type Finding } from '../../src/store/doctor.ts';
import { readFolder } from '../../src/store/history.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openWriter } from '../../src/store/open.ts';
import { holdOpen, keepWriting, look, shippedDatabase, tamper } from '../support/database-files.ts';
import { listFiles, scratchFolder, scratchMigrations, thrownBy } from './scratch.ts';

let shipped: ReturnType<typeof shippedDatabase>;
beforeAll(() => {
  shipped = shippedDatabase();
});
afterAll(() => shipped.remove());

function database() {
  const folder = scratchFolder();
  return { folder, file: shipped.copyTo(join(folder, 'expo.db')) };
}

const findings = (file: string) => diagnose(file, { version: '1.2.3' });
/** What is not well, without the rest. */
const ills = (file: string) => findings(file).filter(({ verdict }) => verdict !== 'ok');

/** What is in the file and in the one beside it. */
const digests = (file: string, suffix: string) =>
  [file, file + suffix].map((name) => createHash('sha256').update(readFileSync(name)).digest('hex'));

describe('a healthy database', () => {
  test('is told so by every check, and nothing of it is written', () => {
    const { folder, file } = database();
    const [before, { mtimeMs }] = [readFileSync(file), statSync(file)];
    const all = findings(file);
    expect(all.map(({ check, verdict, advice }) => [check, verdict, advice])).toEqual(
      [
        ...['versions', 'file', 'disk', 'leftovers', 'pragmas', 'integrity', 'references', 'migrations', 'schema'],
        ...['search', 'records', 'dataset', 'copies', 'counts'],
      ].map((check) => [check, 'ok', null]),
    );
    const found = Object.fromEntries(all.map((finding) => [finding.check, finding.found]));
    expect(found.versions).toBe(
      `Expograph 1.2.3, Node ${process.versions.node}, SQLite ${look(file, 'SELECT sqlite_version()')}`,
    );
    expect(found.records).toContain(` ${look(file, 'SELECT count(*) FROM editions')} editions, `);
    expect(found.dataset).toBe(`version ${look(file, 'SELECT version FROM dataset')}`);
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(statSync(file).mtimeMs).toBe(mtimeMs);
    expect(listFiles(folder)).toEqual(['expo.db']);
  });

  test('is so, too, when it is new and holds nothing', () => {
    const file = join(scratchFolder(), 'expo.db');
    migrate(file);
    openWriter(file).close();
    expect(ills(file)).toEqual([]);
  });

  test('is so while it is served, and while another process writes it', async () => {
    const { file } = database();
    await holdOpen(file, 'openReader');
    await keepWriting(file);
    for (let round = 0; round < 3; round++) expect(ills(file)).toEqual([]);
  });

  test('is so after a crash, whose log stays as it is', async () => {
    const { file } = database();
    const { child, ended } = await keepWriting(file);
    child.kill('SIGKILL');
    await ended;
    expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);
    const before = digests(file, '-wal');
    expect(ills(file)).toEqual([]);
    expect(digests(file, '-wal')).toEqual(before);
  });
});

const damages: [
  what: string,
  damage: (file: string) => void,
  check: string,
  verdict: Finding['verdict'],
  found: string,
][] = [
  [
    'a rule of a table that is broken',
    (file) => tamper(file, "UPDATE places SET kind = 'MOON' WHERE id = (SELECT min(id) FROM places)"),
    'integrity',
    'WRONG',
    'CHECK constraint failed in places',
  ],
  [
    'an index that lacks a row',
    (file) =>
      tamper(
        file,
        'PRAGMA writable_schema = ON',
        'CREATE TABLE empty (a text) STRICT',
        'CREATE INDEX empty_index ON empty (a)',
        `UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'empty_index')
         WHERE name = 'places_by_country'`,
        "DELETE FROM sqlite_schema WHERE name IN ('empty', 'empty_index')",
      ),
    'integrity',
    'WRONG',
    'missing from index places_by_country',
  ],
  [
    'a reference to nothing',
    (file) => tamper(file, "UPDATE citations SET source_id = 'none' WHERE rowid = 1"),
    'references',
    'WRONG',
    '1 row of citations without its row of sources',
  ],
  [
    'an index that is missing',
    (file) => tamper(file, 'DROP INDEX places_by_country'),
    'schema',
    'WRONG',
    'missing: index places_by_country',
  ],
  [
    'a trigger that is missing',
    (file) => tamper(file, 'DROP TRIGGER speaker_counted'),
    'schema',
    'WRONG',
    'missing: trigger speaker_counted',
  ],
  [
    'an index of other columns',
    (file) => tamper(file, 'DROP INDEX places_by_country', 'CREATE INDEX places_by_country ON places (slug)'),
    'schema',
    'WRONG',
    'different: index places_by_country',
  ],
  [
    'a table too many',
    (file) => tamper(file, 'CREATE TABLE notes (id text) STRICT'),
    'schema',
    'WARNING',
    'extra: table notes',
  ],
  ['a view too many', (file) => tamper(file, 'CREATE VIEW mine AS SELECT 1'), 'schema', 'WARNING', 'extra: view mine'],
  [
    'a text that search does not have as it is',
    (file) => tamper(file, "UPDATE search_texts SET text = 'gone' WHERE text = 'WMC'"),
    'search',
    'WRONG',
    'not in search_texts as the data has it',
  ],
  [
    'a word that the index lacks',
    (file) =>
      tamper(
        file,
        'DELETE FROM search_index WHERE rowid = (SELECT min(id) FROM search_texts)',
        "INSERT INTO search_index (rowid, text) SELECT min(id), 'other' FROM search_texts",
      ),
    'search',
    'WRONG',
    'not in the index as search_texts has it',
  ],
  [
    'a record without its row',
    (file) =>
      tamper(
        file,
        "INSERT INTO nodes (id, type, document, checksum, updated_at) VALUES ('x', 'EditionNote', 'x', 0, '2026-11-24T00:00:00Z')",
      ),
    'records',
    'WRONG',
    '1 row of nodes without their row of edition_notes',
  ],
  [
    'a record of a type that there is not',
    (file) =>
      tamper(
        file,
        "INSERT INTO nodes (id, type, document, checksum, updated_at) VALUES ('x', 'Starship', 'x', 0, '2026-11-24T00:00:00Z')",
      ),
    'records',
    'WRONG',
    '1 row of nodes of an unknown type',
  ],
  [
    'a row whose record is of another type',
    (file) => tamper(file, "UPDATE nodes SET type = 'Figure' WHERE id = (SELECT id FROM sessions)"),
    'records',
    'WRONG',
    '1 row of sessions without their row of nodes as Session',
  ],
  [
    'a version that is not that of the records',
    (file) => tamper(file, "UPDATE dataset SET version = 'abc'"),
    'dataset',
    'WRONG',
    'version abc is stored, and the records are 00',
  ],
  [
    'a version that is missing',
    (file) => tamper(file, 'DELETE FROM dataset'),
    'dataset',
    'WRONG',
    'version unknown is stored',
  ],
  [
    'a name that is kept otherwise in two places',
    (file) => tamper(file, "UPDATE appearances SET sort_name = 'x' WHERE id = (SELECT min(id) FROM appearances)"),
    'copies',
    'WRONG',
    '1 row with another sort_name in appearances than their speaker',
  ],
  ...['appearances', 'themes', 'exhibition_areas', 'signed_project_statistics'].map(
    (table): (typeof damages)[number] => [
      `a date that is kept otherwise in ${table}`,
      (file) => tamper(file, `UPDATE ${table} SET chronology = '1900' WHERE id = (SELECT min(id) FROM ${table})`),
      'copies',
      'WRONG',
      `1 row with another chronology in ${table} than their edition`,
    ],
  ),
  [
    'a count that is not that of the appearances',
    (file) => tamper(file, 'UPDATE speakers SET edition_count = 9 WHERE id = (SELECT min(id) FROM speakers)'),
    'counts',
    'WRONG',
    '1 row of speakers with other counts than their appearances',
  ],
  [
    'a journal mode in which readers wait',
    (file) => tamper(file, 'PRAGMA journal_mode = DELETE'),
    'pragmas',
    'WARNING',
    'journal_mode delete',
  ],
  [
    'a second name of the file',
    (file) => linkSync(file, `${file}.link`),
    'file',
    'WARNING',
    'has 2 names (hard links)',
  ],
  [
    'a file that every user may write',
    (file) => chmodSync(file, 0o666),
    'file',
    'WARNING',
    'may be written by every user',
  ],
  [
    'a copy that was cut short',
    (file) => writeFileSync(`${file}.before-x.bak.0123abcd.part`, ''),
    'leftovers',
    'WARNING',
    'expo.db.before-x.bak.0123abcd.part',
  ],
  [
    'a disk that has no room for copies',
    // A hole that takes no room itself.
    (file) => truncateSync(file, 2 ** 43),
    'disk',
    'WARNING',
    'copies of the database may need',
  ],
];

describe('damage is told by the check that it is about, and by no other', () => {
  test.each(damages)('%s', (_what, damage, check, verdict, found) => {
    const { file } = database();
    damage(file);
    expect(ills(file)).toEqual([
      { check, verdict, found: expect.stringContaining(found), advice: expect.stringMatching(/^[A-Z].*\S$/) },
    ]);
  });
});

describe('what cannot be looked at without the rest', () => {
  const unseen = (check: string) => ({
    check,
    verdict: 'WARNING',
    found: 'not looked at, because the migrations are not those of this version',
    advice: 'See migrations.',
  });
  const rest = ['search', 'records', 'dataset', 'copies', 'counts'].map(unseen);

  test('an older database lacks migrations, and its schema is compared with that of its time', () => {
    const file = join(scratchFolder(), 'expo.db');
    const migrations = scratchMigrations();
    const missing = migrations.removeFrom('0005_data_file_paths');
    migrate(file, { folder: migrations.folder });
    expect(ills(file)).toEqual([
      {
        check: 'migrations',
        verdict: 'WRONG',
        found: `${missing.join(', ')} not applied`,
        advice: 'Run "expograph migrate".',
      },
      ...rest,
    ]);
  });

  test('a newer one is named as newer, one that went another way as drifted', () => {
    const { file } = database();
    tamper(file, "INSERT INTO __drizzle_migrations (hash) VALUES ('later')");
    const known = readFolder().length;
    expect(ills(file)).toEqual([
      {
        check: 'migrations',
        verdict: 'WRONG',
        found: `${file} is newer than this version of Expograph: ${known + 1} migrations were applied, ${known} are known`,
        advice: 'Install the newer version, or set DATABASE_PATH to another file.',
      },
      unseen('schema'),
      ...rest,
    ]);
    tamper(file, "UPDATE __drizzle_migrations SET hash = 'edited'");
    expect(ills(file)[0]).toMatchObject({
      check: 'migrations',
      verdict: 'WRONG',
      found: expect.stringContaining('edited after'),
    });
  });

  test('a text encoding in which nothing compares as it should', () => {
    const { file } = database();
    const other = join(scratchFolder(), 'expo.db');
    const made = new Database(other);
    made.pragma("encoding = 'UTF-16le'");
    made.pragma(`application_id = ${look(file, 'PRAGMA application_id')}`);
    for (const { statements } of readFolder()) for (const sql of statements) made.exec(sql);
    made.exec('CREATE TABLE __drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)');
    for (const { hash, when } of readFolder())
      made.prepare('INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)').run(hash, when);
    made.pragma('journal_mode = WAL');
    made.close();
    expect(ills(other)).toMatchObject([
      { check: 'pragmas', verdict: 'WRONG', found: expect.stringContaining('encoding UTF-16le') },
    ]);
  });

  test('pages that cannot be read are findings of every check that meets them', () => {
    const { file } = database();
    const root = Number(look(file, "SELECT rootpage FROM sqlite_schema WHERE name = 'appearances'"));
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0xff, (root - 1) * 4096, root * 4096));
    const found = ills(file);
    expect(found.map(({ check }) => check)).toEqual(['integrity', 'references', 'search', 'copies', 'counts']);
    expect(found.every(({ verdict }) => verdict === 'WRONG')).toBe(true);
    expect(found[4]?.found).toContain('it cannot be read: database disk image is malformed');
  });

  test.each<[string, (file: string) => void, string]>([
    ['is cut short', (file) => truncateSync(file, 50_000), 'DAMAGED'],
    ['is no database', (file) => writeFileSync(file, 'a shopping list '.repeat(99)), 'NOT_A_DATABASE'],
    ['is another application’s', (file) => tamper(file, 'PRAGMA application_id = 7'), 'FOREIGN'],
    ['is empty', (file) => truncateSync(file, 0), 'MISSING'],
  ])('a file that %s cannot be opened, and nothing is found of it', (_what, damage, code) => {
    const { file } = database();
    damage(file);
    expect(thrownBy(() => findings(file))).toMatchObject({ name: 'StoreError', code });
  });

  test('a write that was cut short is not undone by looking', () => {
    const { file } = database();
    // What a crash of the machine leaves: a journal whose writer is gone.
    const writing = new Database(file);
    writing.pragma('journal_mode = DELETE');
    writing.pragma('cache_size = 1');
    writing.exec('BEGIN; UPDATE nodes SET checksum = checksum + 1');
    const crashed = join(scratchFolder(), 'expo.db');
    copyFileSync(file, crashed);
    copyFileSync(`${file}-journal`, `${crashed}-journal`);
    writing.close();
    const before = digests(crashed, '-journal');
    expect(thrownBy(() => findings(crashed))).toMatchObject({
      code: 'NOT_WRITABLE',
      message: expect.stringContaining('holds a write that was cut short. Run "expograph migrate", which undoes it'),
    });
    expect(digests(crashed, '-journal')).toEqual(before);
    migrate(crashed);
    expect(existsSync(`${crashed}-journal`)).toBe(false);
    expect(ills(crashed).map(({ check }) => check)).toEqual(['pragmas']);
  });
});
