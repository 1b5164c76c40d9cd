import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { checkContent } from '../../src/dataset/content.ts';
import { importDataset } from '../../src/dataset/import.ts';
import { diagnose } from '../../src/store/doctor.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openReader, openWriter } from '../../src/store/open.ts';
import { scratchFolder } from '../store/scratch.ts';
import { DataFiles } from '../support/data-files.ts';
import { look, shippedDatabase, tamper } from '../support/database-files.ts';
import { WMC } from '../support/one-series.ts';
import { dataFolder, importWorld, shared } from './world.ts';

let shipped: ReturnType<typeof shippedDatabase>;
beforeAll(() => {
  shipped = shippedDatabase(WMC);
});
afterAll(() => shipped.remove());

const database = () => shipped.copyTo(join(scratchFolder(), 'expo.db'));

/** What is not well. */
const ills = (file: string) =>
  diagnose(file, { version: '1.2.3', further: { content: checkContent } }).filter(({ verdict }) => verdict !== 'ok');

/** Imports a dataset, as the advice has it. */
function importInto(file: string, folder = shipped.data) {
  const writer = openWriter(file);
  try {
    return importDataset(folder, writer, { now: () => new Date() });
  } finally {
    writer.close();
  }
}

const wmc = 'world-manufacturing-convention';

test.each<[what: string, statements: string[], found: string]>([
  [
    'the name of a person is gone',
    ["DELETE FROM localized_texts WHERE node_id IN (SELECT id FROM speakers WHERE slug = 'zhou-ji')"],
    'name: is missing',
  ],
  ['citations are gone', ['DELETE FROM citations WHERE rowid < 50'], 'must name at least one source'],
  ['a citation is gone', ["DELETE FROM citations WHERE position = 1 AND field = 'startDate'"], 'not as imported: '],
  ['conversions are gone', ['DELETE FROM conversions'], 'not as imported: SignedProjectStatistic '],
  [
    'the editions of figures are gone',
    ['DELETE FROM figure_editions WHERE rowid < 20'],
    'EDITION is about exactly one edition; got 0',
  ],
  [
    'a title is another',
    ["UPDATE sources SET title = 'evil' WHERE slug = 'ce-20180419'"],
    '1 record not as imported: Source ce-20180419',
  ],
  ['a number is another', ['UPDATE figures SET value = 10000 WHERE rowid = 5'], '3 records not as imported: Figure '],
  [
    'a record is called otherwise',
    ["UPDATE nodes SET path = 'zhou-jj' WHERE path = 'zhou-ji'"],
    'records not as imported: Speaker zhou-ji, ',
  ],
  [
    'what a claim is about is told otherwise',
    ['UPDATE figures SET subject = id WHERE rowid = 5'],
    '1 record not as imported: Figure ',
  ],
  ['an order is another', ['UPDATE editions SET position = 90 - position'], '9 records not as imported: Edition '],
  [
    'a slug is another',
    ["UPDATE speakers SET slug = 'zhou-jj' WHERE slug = 'zhou-ji'"],
    '1 record not noted as imported: Speaker zhou-jj; 1 record noted as imported, but not there: Speaker zhou-ji',
  ],
  [
    'a record has another owner',
    ["UPDATE nodes SET document = 'places' WHERE path = 'zhou-ji'"],
    '1 record not as imported: Speaker zhou-ji',
  ],
  [
    'a part has no owner that there is',
    ["UPDATE nodes SET document = 'convention:x' WHERE id = (SELECT min(id) FROM themes)"],
    `noted as imported, but not there: Theme ${wmc}-`,
  ],
  ['a time is none', ["UPDATE nodes SET updated_at = 'garbage' WHERE path = 'zhou-ji'"], 'got "garbage"'],
  ['the time of the data is none', ["UPDATE dataset SET updated_at = 'garbage'"], 'got "garbage"'],
  [
    'places lie in each other',
    ["UPDATE places SET parent_id = id WHERE slug = 'hefei'"],
    'Place "hefei" holds what no import takes, at places[0].parent: lies in itself',
  ],
  [
    'a standing is another',
    ["UPDATE figures SET standing = 'DISPUTED' WHERE standing = 'PREFERRED'"],
    'records not as',
  ],
])('where %s, that is told, and an import mends it', (_what, statements, found) => {
  const file = database();
  tamper(file, ...statements);
  expect(ills(file)).toEqual([
    {
      check: 'content',
      verdict: 'WRONG',
      found: expect.stringContaining(found),
      advice: 'Import the whole dataset again with "expograph import".',
    },
  ]);
  importInto(file);
  expect(ills(file)).toEqual([]);
});

test('many records are counted, and the first of them named', () => {
  const file = database();
  tamper(file, "UPDATE sources SET title = 'evil'");
  expect(ills(file)[0]?.found).toMatch(
    /^91 records not as imported: Source [\w-]+, Source [\w-]+, Source [\w-]+ and 88 more$/,
  );
});

test('what was imported is told to be so, also where nothing was', () => {
  const world = importWorld({ 'a.yaml': shared });
  const content = () => {
    const reader = openReader(world.database);
    try {
      return checkContent(reader);
    } finally {
      reader.close();
    }
  };
  expect(content()).toEqual({ verdict: 'ok', found: '0 records, each as it was imported', advice: null });
  world.import();
  expect(content()).toEqual({ verdict: 'ok', found: '8 records, each as it was imported', advice: null });
});

test('of data that an earlier version imported it is told that it cannot be compared', () => {
  const file = database();
  tamper(file, "UPDATE nodes SET path = NULL WHERE type = 'Speaker'");
  expect(ills(file)).toEqual([
    {
      check: 'content',
      verdict: 'WARNING',
      found: expect.stringMatching(
        /^not looked at, because of \d+ of \d{3} records it is not known what they are called/,
      ),
      advice: 'Import the whole dataset again with "expograph import".',
    },
  ]);
  importInto(file);
  expect(ills(file)).toEqual([]);
});

/** Of every table its columns and their types, but of SQLite's own tables. */
const columnsOf = (file: string) =>
  z.array(z.tuple([z.string(), z.string(), z.string()])).parse(
    JSON.parse(
      String(
        look(
          file,
          `SELECT json_group_array(json_array(list.name, info.name, info.type)) FROM pragma_table_list AS list
           JOIN pragma_table_xinfo(list.name) AS info
           WHERE list.schema = 'main' AND list.type = 'table' AND info.hidden = 0 AND list.name NOT GLOB 'sqlite_*'`,
        ),
      ),
    ),
  );

/** What tells the rows of a table apart, as a list in SQL. */
const keyOf = (file: string, table: string) =>
  String(
    look(
      file,
      `SELECT coalesce(group_concat('"' || name || '"', ', '), 'rowid') FROM pragma_table_info('${table}')
       WHERE pk > 0 AND EXISTS (SELECT 1 FROM pragma_table_list('${table}') WHERE wr)`,
    ),
  );

test('whichever column is damaged, and whichever table is emptied or gone, it is told and not thrown', {
  timeout: 240_000,
}, () => {
  const made: string[] = [];
  fc.assert(
    fc.property(fc.gen(), (g) => void made.push(JSON.stringify(new DataFiles(g).dataset()))),
    { seed: 4, numRuns: 40 },
  );
  // The smallest that has something of everything will do: every damage is looked for in a copy of the whole.
  const empty = join(scratchFolder(), 'empty.db');
  migrate(empty);
  const columns = columnsOf(empty);
  expect(columns.length).toBeGreaterThan(100);
  const tables = [...new Set(columns.map(([table]) => table))];
  const keys = new Map(tables.map((table) => [table, keyOf(empty, table)]));
  const filled = `SELECT ${tables.map((table) => `EXISTS (SELECT 1 FROM "${table}")`).join(' AND ')}`;
  const intact = join(scratchFolder(), 'intact.db');
  const hasEverything = made
    .toSorted((a, b) => a.length - b.length)
    .some((text) => {
      copyFileSync(empty, intact);
      importInto(intact, dataFolder({ 'a.json': text }).folder);
      return look(intact, filled) === 1;
    });
  expect(hasEverything).toBe(true);
  expect(ills(intact)).toEqual([]);
  const damages = [
    ...columns.map(([table, column, type]) => {
      const value = type.toUpperCase() === 'INTEGER' ? '-77' : "'{\u0001 garbage'";
      const key = keys.get(table);
      return `UPDATE OR IGNORE "${table}" SET "${column}" = ${value} WHERE (${key}) = (SELECT ${key} FROM "${table}" ORDER BY ${key} DESC LIMIT 1)`;
    }),
    ...tables.flatMap((table) => [`DELETE FROM "${table}"`, `DROP TABLE "${table}"`]),
  ];
  const unseen = damages.filter((damage) => {
    const file = `${intact}.damaged`;
    copyFileSync(intact, file);
    tamper(file, damage);
    return ills(file).length === 0;
  });
  // What nothing asks, the place of what stands alone in its list, and the log, which nothing else could prove wrong.
  const isIdle =
    /"__drizzle_migrations" SET "(id|created_at)"|"search_texts" SET "id"|"(citations|conversions|known_conflicts)" SET "position"|"changes" SET|DELETE FROM "changes"/;
  expect(unseen.filter((damage) => !isIdle.test(damage))).toEqual([]);
});
