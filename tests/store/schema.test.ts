import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { is } from 'drizzle-orm';
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { expect, test } from 'vitest';
import { correctMigration } from '../../src/store/correct.ts';
import { migrate } from '../../src/store/migrate.ts';
import * as tables from '../../src/store/tables.ts';
import { ask, projectFolder, scratchFolder, scratchMigrations } from './scratch.ts';

function migrated(): string {
  const file = join(scratchFolder(), 'expo.db');
  migrate(file);
  return file;
}

const ourTables = Object.values(tables)
  .filter((table) => is(table, SQLiteTable))
  .map(getTableConfig);

test('every table is STRICT', () => {
  const stored = ask(
    migrated(),
    "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> '__drizzle_migrations' ORDER BY name",
  );
  const names = ourTables.map(({ name }) => name).sort();
  expect(names.length).toBeGreaterThan(20);
  expect(stored).toEqual(names.map((name) => ({ name, strict: 1 })));
});

test('the database has the columns and indexes that tables.ts names', () => {
  const file = migrated();
  const stored = ask(
    file,
    `SELECT t.name AS "table", (SELECT group_concat(name, ' ' ORDER BY name) FROM pragma_table_xinfo(t.name)) AS columns,
       (SELECT group_concat(name, ' ' ORDER BY name) FROM pragma_index_list(t.name) WHERE origin = 'c') AS indexes
     FROM pragma_table_list t WHERE strict ORDER BY 1`,
  );
  const named = (list: { name: string }[]) =>
    list
      .map(({ name }) => name)
      .sort()
      .join(' ') || null;
  expect(stored).toEqual(
    ourTables
      .map(({ name, columns, indexes }) => ({
        table: name,
        columns: named(columns),
        indexes: named(indexes.map(({ config }) => config)),
      }))
      .sort((one, other) => (one.table < other.table ? -1 : 1)),
  );
});

test('every foreign key has an index behind it', () => {
  const file = migrated();
  const keys = ask(
    file,
    `SELECT t.name AS "table", k.id, group_concat(k."from", ' ' ORDER BY k."from") AS columns, count(*) AS width
     FROM pragma_table_list t JOIN pragma_foreign_key_list(t.name) k WHERE t.strict GROUP BY 1, 2`,
  );
  expect(keys.length).toBeGreaterThan(30);
  const bare = keys.filter(({ table = null, columns = null, width = null }) => {
    const served = ask(
      file,
      `SELECT 1 FROM pragma_index_list(?) i WHERE NOT i.partial AND ? =
         (SELECT group_concat(name, ' ' ORDER BY name) FROM pragma_index_info(i.name) WHERE seqno < ?)`,
      table,
      columns,
      width,
    );
    return served.length === 0;
  });
  expect(bare).toEqual([]);
});

test('drizzle-kit finds nothing in tables.ts that the migrations lack', () => {
  const { folder } = scratchMigrations();
  const before = readdirSync(folder, { recursive: true }).sort();
  const report = execFileSync(
    process.execPath,
    // It reads what is there only by a relative path.
    [
      'node_modules/drizzle-kit/bin.cjs',
      'generate',
      '--dialect',
      'sqlite',
      '--schema',
      'src/store/tables.ts',
      '--out',
      relative(projectFolder, folder),
    ],
    { cwd: projectFolder, encoding: 'utf8' },
  );
  expect(report).toContain('nothing to migrate');
  expect(readdirSync(folder, { recursive: true }).sort()).toEqual(before);
});

test('the migrations in the tree are corrected already', () => {
  const folder = join(projectFolder, 'migrations');
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql'));
  expect(names).not.toEqual([]);
  for (const name of names) {
    const text = readFileSync(join(folder, name), 'utf8');
    expect(correctMigration(text), name).toBe(text);
  }
});

test('a new table and a rebuilt one become STRICT, once', () => {
  const written = [
    'CREATE TABLE `a` (\n\t`id` text,\n\tCHECK("a"."id" IN (\'x\'))\n);\n',
    '\nCREATE INDEX `a_by_id` ON `a` (`id`);',
    '\nCREATE TABLE `__new_b` (`id` text PRIMARY KEY) WITHOUT ROWID;',
    '\nCREATE VIRTUAL TABLE c USING fts5(text)',
  ].join('--> statement-breakpoint');
  const corrected = correctMigration(written);
  expect(corrected).toBe(
    written.replace("('x'))\n)", "('x'))\n) STRICT").replace(') WITHOUT ROWID', ') STRICT, WITHOUT ROWID'),
  );
  expect(correctMigration(corrected)).toBe(corrected);
});

test('a rebuilt table is filled without its generated columns', () => {
  const written = [
    'CREATE TABLE `__new_a` (\n\t`id` text,\n\t`big` text GENERATED ALWAYS AS (upper("id")) STORED NOT NULL,\n\t`last` text\n);\n',
    '\nINSERT INTO `__new_a`("id", "big", "last") SELECT "id", "big", "last" FROM `a`;',
  ].join('--> statement-breakpoint');
  expect(correctMigration(written)).toContain('INSERT INTO `__new_a`("id", "last") SELECT "id", "last" FROM `a`;');
});
