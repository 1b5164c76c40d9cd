import { execFile, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readFolder } from '../../src/store/history.ts';
import { checkSchema, migrate } from '../../src/store/migrate.ts';
import { openWriter, StoreError } from '../../src/store/open.ts';
import { definitionsOf } from '../../src/store/search.ts';
import { ask, built, fillPlaces, listFiles, scratchFolder, scratchMigrations, thrownBy } from './scratch.ts';

function scratchTags(): string[] {
  const journal: { entries: { tag: string }[] } = JSON.parse(
    readFileSync(new URL('../../migrations/meta/_journal.json', import.meta.url), 'utf8'),
  );
  return journal.entries.map(({ tag }) => tag);
}

const released = scratchTags();
const addNotes = 'CREATE TABLE `notes` (\n\t`id` text PRIMARY KEY NOT NULL\n) STRICT;';

/** Takes long enough for the processes to meet. */
const slow =
  'CREATE TABLE slow AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000000) SELECT max(i) FROM n;';

/** A database at the released migrations, with places in it, and a folder of migrations to add to. */
function filled() {
  const folder = scratchFolder();
  const file = join(folder, 'expo.db');
  migrate(file);
  fillPlaces(file);
  return { folder, file, migrations: scratchMigrations() };
}

/** The migration that drizzle-kit would write to rebuild a table. */
function rebuildOf(file: string, table: string): string {
  const [create] = ask(file, "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?", table);
  const indexes = ask(
    file,
    "SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql NOT NULL AND tbl_name = ?",
    table,
  );
  const columns = ask(file, 'SELECT name FROM pragma_table_info(?)', table).map(({ name }) => `"${name}"`);
  return [
    'PRAGMA foreign_keys=OFF;',
    String(create?.sql)
      .replace(`CREATE TABLE "${table}"`, `CREATE TABLE \`__new_${table}\``)
      .replace(`CREATE TABLE \`${table}\``, `CREATE TABLE \`__new_${table}\``)
      .replaceAll(`"${table}".`, `"__new_${table}".`),
    `INSERT INTO \`__new_${table}\`(${columns}) SELECT ${columns} FROM \`${table}\`;`,
    `DROP TABLE \`${table}\`;`,
    `ALTER TABLE \`__new_${table}\` RENAME TO \`${table}\`;`,
    'PRAGMA foreign_keys=ON;',
    ...indexes.map(({ sql }) => `${sql};`),
  ].join('--> statement-breakpoint\n');
}

/** The same of the records, which views of search read, and triggers by them. */
function rebuildOfNodes(file: string): string {
  const reading = definitionsOf(readFolder()).filter(
    ({ type, sql }) => (type === 'view' || type === 'trigger') && /search_sources|search_owners/.test(sql),
  );
  return [
    ...reading.toReversed().map(({ type, name }) => `DROP ${type} IF EXISTS ${name};`),
    rebuildOf(file, 'nodes'),
    ...reading.map(({ sql }) => `${sql};`),
  ].join('--> statement-breakpoint\n');
}

/** Runs `migrate` in a process of its own, at the given moment. */
function migrateInChild(file: string, folder: string, at = 0) {
  const script = `
    import { migrate } from '${built('store/migrate.js')}';
    const [file, folder, at] = process.argv.slice(1);
    while (Date.now() < Number(at));
    console.log(JSON.stringify(migrate(file, { folder })));`;
  return promisify(execFile)(process.execPath, ['--input-type=module', '-e', script, file, folder, String(at)]);
}

describe('a new file', () => {
  test('is made, in a folder that is made too, and is as the code wants it', () => {
    const folder = scratchFolder();
    const file = join(folder, 'one', 'two', 'expo.db');
    expect(migrate(file)).toEqual({ applied: released, backup: null });
    expect(() => checkSchema(file)).not.toThrow();
    expect(ask(file, 'PRAGMA foreign_key_check')).toEqual([]);
    expect(ask(file, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    expect(listFiles(join(folder, 'one', 'two'))).toEqual(['expo.db']);
  });

  test('may exist already, when it is empty', () => {
    const file = join(scratchFolder(), 'expo.db');
    writeFileSync(file, '');
    expect(migrate(file)).toEqual({ applied: released, backup: null });
    expect(() => checkSchema(file)).not.toThrow();
  });

  test('is not left behind when the first migration fails', () => {
    const folder = scratchFolder();
    const migrations = scratchMigrations();
    migrations.add('0009_wrong', 'CREATE TABEL notes (id TEXT)');
    expect(() => migrate(join(folder, 'expo.db'), { folder: migrations.folder })).toThrow(StoreError);
    expect(listFiles(folder)).toEqual([]);
    expect(migrate(join(folder, 'expo.db')).applied).toEqual(released);
  });
});

describe('a file that is up to date', () => {
  test('is left as it is, and not copied', () => {
    const { folder, file } = filled();
    const before = readFileSync(file);
    expect(migrate(file)).toEqual({ applied: [], backup: null });
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(listFiles(folder)).toEqual(['expo.db']);
  });
});

describe('a file with content', () => {
  test('is copied before it is changed, and the copy opens with what was in it', () => {
    const { folder, file, migrations } = filled();
    migrations.add('0009_notes', addNotes);
    migrations.add('0010_drop_venues', 'DROP TABLE `venues`;');
    const backup = `${file}.before-0009_notes.bak`;
    expect(migrate(file, { folder: migrations.folder })).toEqual({
      applied: ['0009_notes', '0010_drop_venues'],
      backup,
    });
    expect(listFiles(folder)).toEqual(['expo.db', 'expo.db.before-0009_notes.bak']);
    const copy = new Database(backup, { readonly: true });
    onTestFinished(() => void copy.close());
    expect(copy.prepare('SELECT id FROM venues').all()).toEqual([{ id: 'venue' }]);
    expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(copy.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'notes'").pluck().get()).toBe(0);
    expect(() => checkSchema(backup)).not.toThrow();
  });

  test('is copied under another name when there is such a copy already', () => {
    const { file, migrations } = filled();
    migrations.add('0009_notes', addNotes);
    const taken = [`${file}.before-0009_notes.bak`, `${file}.before-0009_notes.2026-11-23T10-00-00.000Z.bak`];
    for (const name of taken) writeFileSync(name, 'precious');
    const now = () => new Date('2026-11-23T10:00:00Z');
    expect(migrate(file, { folder: migrations.folder, now }).backup).toBe(
      `${file}.before-0009_notes.2026-11-23T10-00-00.000Z.2.bak`,
    );
    for (const name of taken) expect(readFileSync(name, 'utf8')).toBe('precious');
  });

  test('keeps the children of a parent table that is rebuilt, and its indexes', () => {
    const { file, migrations } = filled();
    const schema = 'SELECT type, name, tbl_name FROM sqlite_schema ORDER BY name';
    const before = ask(file, schema);
    migrations.add('0009_rebuild_places', rebuildOf(file, 'places'));
    migrations.add('0010_rebuild_nodes', rebuildOfNodes(file));
    migrate(file, { folder: migrations.folder });
    expect(ask(file, 'SELECT id, parent_id FROM places ORDER BY id')).toEqual([
      { id: 'anhui', parent_id: null },
      { id: 'hefei', parent_id: 'anhui' },
    ]);
    expect(ask(file, 'SELECT id, city_id FROM venues')).toEqual([{ id: 'venue', city_id: 'hefei' }]);
    expect(ask(file, schema)).toEqual(before);
    const writer = openWriter(file);
    onTestFinished(() => writer.close());
    expect(() => writer.run([{ sql: "DELETE FROM places WHERE id = 'hefei'", params: [] }])).toThrow(
      '1 row of venues without its row of places',
    );
  });
});

describe('a migration that fails', () => {
  const triggerOnPlaces = 'CREATE TRIGGER places_watch AFTER INSERT ON places BEGIN SELECT 1; END;';

  test.each<[string, (file: string) => string[], string]>([
    [
      'is wrong SQL, behind statements that succeed',
      () => [
        'DELETE FROM venues;--> statement-breakpoint\nCREATE TABLE notes (id TEXT) STRICT;--> statement-breakpoint\nSELECT oops',
      ],
      'no such column: oops',
    ],
    [
      'breaks a rule of a table',
      () => ['DELETE FROM venues; UPDATE places SET kind = NULL;'],
      'NOT NULL constraint failed: places.kind',
    ],
    [
      'leaves references dangling',
      () => ["DELETE FROM places WHERE id = 'hefei';"],
      'it leaves 1 row of venues without its row of places',
    ],
    [
      'switches the rules of a table off',
      () => [
        "PRAGMA ignore_check_constraints = ON; UPDATE places SET kind = 'MOON'; PRAGMA ignore_check_constraints = OFF;",
      ],
      'it leaves a damaged file: CHECK constraint failed in places',
    ],
    [
      'forgets a trigger of a table that it rebuilds',
      (file) => [triggerOnPlaces, rebuildOf(file, 'places')],
      'it loses trigger places_watch of places without a DROP that names it',
    ],
    [
      'forgets an index of a table that it rebuilds',
      (file) => [rebuildOf(file, 'places').replace(/--> statement-breakpoint\n[^>]*places_by_parent[^>]*;/, '')],
      'it loses index places_by_parent of places without a DROP that names it',
    ],
  ])('because it %s leaves the file as it was, and no copy', (_why, write, reason) => {
    const { folder, file, migrations } = filled();
    const before = readFileSync(file);
    const texts = write(file);
    texts.forEach((sql, index) => {
      migrations.add(`000${index + 1}_added`, sql);
    });
    const error = thrownBy(() => migrate(file, { folder: migrations.folder }));
    expect(error).toMatchObject({
      code: 'MIGRATION_FAILED',
      message: `${file} is as it was before, because migration 000${texts.length}_added failed: ${reason}. Correct the migration or the data, or go back to the version before.`,
    });
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(listFiles(folder)).toEqual(['expo.db']);
    expect(() => checkSchema(file)).not.toThrow();
  });

  test('because it ends its transaction leaves the copy, and says so', () => {
    const { file, migrations } = filled();
    migrations.add('0009_commits', 'DELETE FROM venues;--> statement-breakpoint\nCOMMIT;');
    expect(thrownBy(() => migrate(file, { folder: migrations.folder }))).toMatchObject({
      code: 'HALF_MIGRATED',
      message: expect.stringMatching(/is half migrated.*put the copy named \.bak back/),
    });
    expect(existsSync(`${file}.before-0009_commits.bak`)).toBe(true);
  });

  test('may drop an index by its name', () => {
    const { file, migrations } = filled();
    migrations.add('0009_drop', 'DROP INDEX `places_by_parent`;');
    expect(migrate(file, { folder: migrations.folder }).applied).toEqual(['0009_drop']);
  });
});

describe('drift', () => {
  /** A database at two more migrations than the released ones. */
  function drifted() {
    const { folder, file, migrations } = filled();
    migrations.add('0008_notes', addNotes);
    migrations.add('0009_more', 'CREATE TABLE more (id TEXT) STRICT;');
    migrate(file, { folder: migrations.folder });
    return { folder, file, migrations };
  }

  test.each<[string, (migrations: ReturnType<typeof scratchMigrations>) => void, string, string]>([
    [
      'an edited migration',
      ({ folder }) => writeFileSync(join(folder, '0008_notes.sql'), `${addNotes}\n`),
      'DRIFTED',
      'cannot be migrated, because migration 0008_notes was edited after it had been applied.',
    ],
    [
      'a migration that was taken away',
      ({ remove }) => remove('0008_notes'),
      'DRIFTED',
      'cannot be migrated, because a migration that was applied before 0009_more is no longer there.',
    ],
    [
      'migrations in another order',
      ({ editJournal }) => editJournal(({ entries }) => entries.push(...entries.splice(-2).reverse())),
      'DRIFTED',
      'cannot be migrated, because migration 0009_more now comes before 0008_notes, which was applied already.',
    ],
    [
      'a migration put between those that were applied',
      ({ add, editJournal }) => {
        add('0010_late', 'CREATE TABLE late (id TEXT) STRICT;');
        editJournal(({ entries }) => entries.splice(-1, 0, ...entries.splice(-1)));
      },
      'DRIFTED',
      'cannot be migrated, because migration 0010_late now comes before 0009_more, which was applied already.',
    ],
    [
      'another migration in the place of one',
      ({ add, remove }) => {
        remove('0009_more');
        remove('0008_notes');
        add('0008_other', 'CREATE TABLE other (id TEXT) STRICT;');
        add('0009_another', 'CREATE TABLE another (id TEXT) STRICT;');
      },
      'DRIFTED',
      'cannot be migrated, because migration 0008_other was edited after it had been applied.',
    ],
    [
      'a database that is newer than the code',
      ({ remove }) => remove('0009_more'),
      'NEWER',
      `is newer than this version of Expograph: ${released.length + 2} migrations were applied, ${released.length + 1} are known. Install the newer version, or set DATABASE_PATH to another file.`,
    ],
  ])('%s is refused, and nothing is changed', (_what, change, code, message) => {
    const { folder, file, migrations } = drifted();
    const files = listFiles(folder);
    const before = readFileSync(file);
    change(migrations);
    const expected = { code, message: expect.stringContaining(`${file} ${message}`) };
    expect(thrownBy(() => migrate(file, { folder: migrations.folder }))).toMatchObject(expected);
    expect(thrownBy(() => checkSchema(file, migrations.folder))).toMatchObject(expected);
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(listFiles(folder)).toEqual(files);
  });

  test('a database that lacks a migration is not to be served', () => {
    const { folder, file, migrations } = filled();
    migrations.add('0008_notes', addNotes);
    expect(thrownBy(() => checkSchema(file, migrations.folder))).toMatchObject({
      code: 'NOT_MIGRATED',
      message: `${file} lacks 1 of ${released.length + 1} migrations, from 0008_notes on. Run "expograph migrate" to apply them.`,
    });
    expect(listFiles(folder)).toEqual(['expo.db']);
  });

  test('a folder without its migrations is named', () => {
    const { file, migrations } = filled();
    expect(() => migrate(file, { folder: `${migrations.folder}/none` })).toThrow(
      /none holds no complete migrations: .*Install/,
    );
    migrations.editJournal(({ entries }) =>
      entries.push({ idx: 9, version: '6', when: 1, tag: '0009_gone', breakpoints: true }),
    );
    expect(() => migrate(file, { folder: migrations.folder })).toThrow(/0009_gone\.sql/);
  });
});

describe('several processes at once', () => {
  test('make one new database, and all succeed', async () => {
    const folder = scratchFolder();
    const file = join(folder, 'expo.db');
    const migrations = scratchMigrations();
    migrations.add('0009_slow', slow);
    const at = Date.now() + 1500;
    const results = await Promise.all(Array.from({ length: 6 }, () => migrateInChild(file, migrations.folder, at)));
    const applied = results.map(({ stdout }) => JSON.parse(stdout).applied);
    expect(applied.filter((tags) => tags.length > 0)).toEqual([[...released, '0009_slow']]);
    expect(() => checkSchema(file, migrations.folder)).not.toThrow();
    expect(listFiles(folder)).toEqual(['expo.db']);
  });

  test('bring one database up to date, and make one copy', async () => {
    const { folder, file, migrations } = filled();
    migrations.add('0009_notes', addNotes);
    migrations.add('0010_rebuild_nodes', rebuildOfNodes(file));
    migrations.add('0011_slow', slow);
    const at = Date.now() + 1500;
    const results = await Promise.all(Array.from({ length: 6 }, () => migrateInChild(file, migrations.folder, at)));
    const changes = results.map(({ stdout }) => JSON.parse(stdout)).filter(({ applied }) => applied.length > 0);
    const backup = `${file}.before-0009_notes.bak`;
    expect(changes).toEqual([{ applied: ['0009_notes', '0010_rebuild_nodes', '0011_slow'], backup }]);
    expect(listFiles(folder)).toEqual(['expo.db', 'expo.db.before-0009_notes.bak']);
    expect(ask(file, 'SELECT count(*) AS venues FROM venues')).toEqual([{ venues: 1 }]);
  });

  test('a process that waits in vain says what it waits for', () => {
    const { file } = filled();
    const lock = new Database(`${file}.migrate.lock`);
    onTestFinished(() => void lock.close());
    lock.exec('BEGIN EXCLUSIVE');
    expect(thrownBy(() => migrate(file, { patience: 100 }))).toMatchObject({
      code: 'BUSY',
      message: `${file} is being migrated or restored by another process. Wait until it is done, or stop it, and try again.`,
    });
    lock.exec('ROLLBACK');
    expect(migrate(file, { patience: 100 }).applied).toEqual([]);
  });

  test('a process that is killed at work leaves the file as it was', async () => {
    const { file, migrations } = filled();
    migrations.add(
      '0009_slow',
      'DELETE FROM venues;--> statement-breakpoint\nCREATE TABLE slow AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000000000) SELECT i FROM n;',
    );
    const script = `import { migrate } from '${built('store/migrate.js')}'; migrate(...process.argv.slice(1, 2), { folder: process.argv[2] });`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, file, migrations.folder], {
      stdio: 'inherit',
    });
    const ended = new Promise((done) => child.once('exit', (_code, signal) => done(signal)));
    while (!existsSync(`${file}.before-0009_slow.bak`)) {
      expect(child.exitCode).toBeNull();
      await new Promise((done) => setTimeout(done, 5));
    }
    await new Promise((done) => setTimeout(done, 300));
    child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
    expect(migrate(file).applied).toEqual([]);
    expect(ask(file, 'SELECT id FROM venues')).toEqual([{ id: 'venue' }]);
    expect(ask(file, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  });
});
