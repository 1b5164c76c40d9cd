import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { importDataset } from '../../src/dataset/import.ts';
import { SHIPPED_DATASET } from '../../src/dataset/shipped.ts';
import { checkSchema, migrate } from '../../src/store/migrate.ts';
import { openWriter, type SqlValue, type Writer } from '../../src/store/open.ts';
import { checkSearch, rebuildSearch } from '../../src/store/search.ts';
import { written } from '../support/database-files.ts';
import { richData } from '../support/rich-data.ts';
import { ask, fillPlaces, listFiles, scratchFolder, scratchMigrations, thrownBy } from './scratch.ts';

/** A migrated database in a folder of its own, and what can be done with it. */
function searchable() {
  const file = join(scratchFolder(), 'expo.db');
  migrate(file);
  const writer = openWriter(file);
  onTestFinished(() => writer.close());
  return {
    file,
    writer,
    run: (...statements: [sql: string, ...params: SqlValue[]][]) =>
      void writer.run(statements.map(([sql, ...params]) => ({ sql, params }))),
    /** What is listed, as "node field locale: text". */
    texts: () =>
      writer
        .rows('SELECT node_id, field, locale, text FROM search_texts ORDER BY 1, 2, 3', [])
        .map(({ node_id, field, locale, text }) => `${node_id} ${field} ${locale}: ${text}`),
    /** The texts that a match finds. */
    find: (match: string) =>
      writer
        .rows(
          'SELECT text FROM search_texts WHERE id IN (SELECT rowid FROM search_index WHERE search_index MATCH ?) ORDER BY 1',
          [match],
        )
        .map(({ text }) => text),
  };
}

const addNode = (id: string, type = 'Theme'): [string, ...SqlValue[]] => [
  "INSERT INTO nodes (id, type, document, checksum, updated_at) VALUES (?, ?, 'tests', 1, '2026-11-23T00:00:00Z')",
  id,
  type,
];
const addText = (node: string, field: string, locale: string, text: string): [string, ...SqlValue[]] => [
  'INSERT INTO localized_texts (node_id, field, locale, text, is_original) VALUES (?, ?, ?, ?, 1)',
  node,
  field,
  locale,
  text,
];
const addConvention = (id: string, acronym: string | null): [string, ...SqlValue[]] => [
  "INSERT INTO conventions (id, slug, acronym, same_as, industries) VALUES (?, ?, ?, '[]', '[]')",
  id,
  id,
  acronym,
];

describe('the texts that can be found', () => {
  test('are those of the fields that search reads, and acronyms', () => {
    const { file, run, texts } = searchable();
    run(
      addNode('a', 'Convention'),
      ...['name', 'text', 'title', 'focus', 'description', 'remarks', 'note', 'citations.0.note'].map((field) =>
        addText('a', field, 'en', `the ${field}`),
      ),
      addConvention('a', 'WMC'),
      addNode('b', 'Convention'),
      addConvention('b', null),
    );
    expect(texts()).toEqual([
      'a acronym und: WMC',
      'a description en: the description',
      'a focus en: the focus',
      'a name en: the name',
      'a text en: the text',
      'a title en: the title',
    ]);
    checkSearch(file, { thorough: true });
  });

  test('follow every change of a text', () => {
    const { file, run, texts, find } = searchable();
    run(addNode('a'), addNode('b'), addText('a', 'name', 'en', 'Robots'));
    expect(find('robots')).toEqual(['Robots']);
    run(["UPDATE localized_texts SET text = 'Drones'"]);
    expect([find('robots'), find('drones')]).toEqual([[], ['Drones']]);
    run(["UPDATE localized_texts SET locale = 'de', node_id = 'b'"]);
    expect(texts()).toEqual(['b name de: Drones']);
    run(["UPDATE localized_texts SET field = 'note'"]);
    expect([texts(), find('drones')]).toEqual([[], []]);
    run(["UPDATE localized_texts SET field = 'title'"]);
    expect([texts(), find('drones')]).toEqual([['b title de: Drones'], ['Drones']]);
    run(['DELETE FROM localized_texts']);
    expect([texts(), find('drones')]).toEqual([[], []]);
    checkSearch(file, { thorough: true });
  });

  test('follow every change of an acronym', () => {
    const { file, run, texts } = searchable();
    run(addNode('a', 'Convention'), addNode('b', 'Convention'), addConvention('a', 'WMC'), addConvention('b', null));
    run(["UPDATE conventions SET acronym = upper(slug) || 'X'"]);
    expect(texts()).toEqual(['a acronym und: AX', 'b acronym und: BX']);
    run(["UPDATE conventions SET acronym = NULL WHERE id = 'a'"], ["DELETE FROM conventions WHERE id = 'b'"]);
    expect(texts()).toEqual([]);
    checkSearch(file, { thorough: true });
  });

  test('of what cannot be found are left out', () => {
    const { file, run, texts } = searchable();
    run(addNode('a', 'EditionNote'), addNode('b', 'Session'), addNode('c', 'Venue'));
    run(
      addText('a', 'text', 'en', 'Robots'),
      addText('b', 'title', 'en', 'Robots'),
      addText('c', 'name', 'en', 'Robots'),
    );
    expect(texts()).toEqual(['c name en: Robots']);
    checkSearch(file, { thorough: true });
  });

  test('stand under the number of their record, a title under that of the speaker, whatever came first', () => {
    const { file, writer, run, texts } = searchable();
    const addSpeaker = (id: string): [string, ...SqlValue[]] => [
      'INSERT INTO speakers (id, slug, sort_name) VALUES (?, ?, ?)',
      id,
      id,
      id,
    ];
    const appear = (id: string, speaker: string): [string, ...SqlValue[]] => [
      `INSERT INTO appearances (id, edition_id, speaker_id, kind, sort_name, chronology)
       VALUES (?, 'fair', ?, 'SPEECH', '', '') ON CONFLICT DO UPDATE SET speaker_id = excluded.speaker_id`,
      id,
      speaker,
    ];
    const records = () =>
      writer
        .rows(
          'SELECT record_id, node_id, field, locale FROM search_texts JOIN search_records AS record ON number = search_texts.id >> 16 ORDER BY search_texts.id',
          [],
        )
        .map((row) => Object.values(row).join(' '));

    run(
      ...[addNode('makers', 'Convention'), addConvention('makers', null), addNode('fair', 'Edition')],
      [
        "INSERT INTO editions (id, slug, convention_id, ordinal_is_stated, year) VALUES ('fair', 'fair', 'makers', 0, 2021)",
      ],
      ...[addNode('odon', 'Speaker'), addSpeaker('odon'), addNode('zoe', 'Speaker'), addSpeaker('zoe')],
      ...[addNode('first', 'Appearance'), addNode('second', 'Appearance'), addNode('third', 'Appearance')],
      ...[appear('first', 'odon'), addText('first', 'title', 'en', 'Director'), addText('odon', 'name', 'en', 'Ödön')],
      ...[addText('second', 'title', 'en', 'Engineer'), appear('second', 'odon'), appear('third', 'zoe')],
      ...[addText('third', 'title', 'en', 'Founder'), addText('third', 'title', 'de', 'Gründerin')],
    );
    const before = [
      ...['odon first title en', 'odon odon name en', 'odon second title en'],
      ...['zoe third title en', 'zoe third title de'],
    ];
    expect(records()).toEqual(before);
    checkSearch(file, { thorough: true });

    run(appear('first', 'odon'), ["UPDATE localized_texts SET text = 'Head' WHERE text = 'Director'"]);
    expect(records()).toEqual(before);
    expect(texts()[0]).toBe('first title en: Head');
    run(appear('first', 'zoe'));
    expect(records()).toEqual([
      ...['odon odon name en', 'odon second title en'],
      ...['zoe third title en', 'zoe third title de', 'zoe first title en'],
    ]);
    checkSearch(file, { thorough: true });
    run(addText('odon', 'name', 'de', 'Ödön'), ["DELETE FROM appearances WHERE id = 'third'"]);
    expect(records()).toEqual([
      ...['odon odon name de', 'odon odon name en', 'odon second title en'],
      'zoe first title en',
    ]);
    checkSearch(file, { thorough: true });
    rebuildSearch(file);
    expect(records().toSorted()).toEqual([
      ...['odon odon name de', 'odon odon name en', 'odon second title en'],
      'zoe first title en',
    ]);
  });

  test('go with their record', () => {
    const { file, run, texts, find } = searchable();
    run(addNode('a', 'Convention'), addConvention('a', 'WMC'), addText('a', 'name', 'zh-Hans', '世界制造业大会'));
    expect(find('"制 造"')).toEqual(['世界制造业大会']);
    run(['DELETE FROM nodes']);
    expect([texts(), find('"制 造"')]).toEqual([[], []]);
    checkSearch(file, { thorough: true });
  });

  test.each([
    ['an upsert that updates', 'ON CONFLICT DO UPDATE SET text = excluded.text', '', 'new'],
    ['an upsert that does nothing', 'ON CONFLICT DO NOTHING', '', 'old'],
    ['a replacement', '', 'OR REPLACE', 'new'],
    ['an insertion that ignores conflicts', '', 'OR IGNORE', 'old'],
  ])('follow %s', (_what, conflict, or, expected) => {
    const { file, run, texts, find } = searchable();
    run(addNode('a'), addText('a', 'name', 'en', 'old'));
    run([
      `INSERT ${or} INTO localized_texts (node_id, field, locale, text, is_original) VALUES ('a', 'name', 'en', 'new', 0) ${conflict}`,
    ]);
    expect(texts()).toEqual([`a name en: ${expected}`]);
    expect([...find('old'), ...find('new')]).toEqual([expected]);
    checkSearch(file, { thorough: true });
  });

  test('may be empty, or hold what ends a C string', () => {
    const { file, run, find } = searchable();
    run(
      addNode('a'),
      addText('a', 'name', 'en', ''),
      addText('a', 'name', 'zh', '\0合肥'),
      addText('a', 'name', 'de', '新\0能源'),
    );
    expect(find('新')).toEqual(['新\0能源']);
    checkSearch(file, { thorough: true });
  });

  test('do not keep an import from being written, whatever stands in their way', () => {
    const { file, run, texts } = searchable();
    run(
      addNode('a', 'Convention'),
      [
        "INSERT INTO search_texts (node_id, field, locale, text) VALUES ('a', 'name', 'en', 'stray'), ('a', 'acronym', 'und', 'stray')",
      ],
      addText('a', 'name', 'en', 'Robots'),
      addConvention('a', 'WMC'),
    );
    expect(texts()).toEqual(['a acronym und: WMC', 'a name en: Robots']);
    checkSearch(file, { thorough: true });
  });
});

describe('the index', () => {
  test.each<[text: string, found: string[], notFound: string[]]>([
    ['合肥滨湖国际会展中心', ['"合 肥"', '"合"', '"国 际 会 展"'], ['"肥 合"', '"合 滨"']],
    ['新能源EV大会5G', ['"新 能 源"', 'ev', '"5g"', '"ev 大"'], ['"源 大"', 'e']],
    ['ロボット한국어ㄅㄆ', ['"ロ ボ ッ ト"', '"국 어"', '"ㄆ"'], ['"ロ ト"']],
    ['𠮷野家\u{E0100} 葛\u{E0100}城', ['"𠮷 野 家 葛 城"'], ['"𠮷 家"']],
    ['５Ｇ与ＡＩ', ['"5g"', 'ai'], []],
    ['Ödön Ångström ÉCOLE résumé', ['odon', 'angstrom', 'ecole', '"résumé"', '"RE\u0301SUME\u0301"'], ['o']],
    ['AI🤖EV', ['ai', 'ev'], ['aiev']],
    ['हिन्दी भाषा', ['"हिन्दी"'], ['"हन्दू"', 'ह']],
  ])('finds in %s what is in it', (text, found, notFound) => {
    const { run, find } = searchable();
    run(addNode('a'), addText('a', 'name', 'und', text));
    expect(found.filter((match) => find(match).length === 0)).toEqual([]);
    expect(notFound.filter((match) => find(match).length > 0)).toEqual([]);
  });

  test('stays in step through imports of the shipped dataset: anew, again, and changed', () => {
    const { file, writer, texts, find } = searchable();
    const folder = join(scratchFolder(), 'data');
    cpSync(SHIPPED_DATASET, folder, { recursive: true });
    const now = () => new Date('2026-11-23T12:00:00Z');
    importDataset(folder, writer, { now });
    checkSearch(file, { thorough: true });
    const first = texts();
    expect(first.length).toBeGreaterThan(400);
    written(file, writer);
    importDataset(folder, writer, { now });
    expect(written(file, writer)).toBe(0);
    expect(texts()).toEqual(first);

    const convention = join(folder, 'conventions', 'world-manufacturing-convention.yaml');
    const original = readFileSync(convention, 'utf8');
    writeFileSync(convention, original.replaceAll('World Manufacturing Convention', 'World Fair of Makers'));
    importDataset(convention, writer, { now });
    checkSearch(file, { thorough: true });
    expect([find('makers').length > 5, find('"manufacturing convention 2018"')]).toEqual([true, []]);
  });

  test('holds what stood in a database before there was one', () => {
    const file = join(scratchFolder(), 'expo.db');
    const old = scratchMigrations();
    old.removeFrom('0001_search_texts');
    migrate(file, { folder: old.folder });
    fillPlaces(file);
    const writer = openWriter(file);
    const text = 'INSERT INTO localized_texts (node_id, field, locale, text, is_original) VALUES (?, ?, ?, ?, 0)';
    writer.run([
      { sql: text, params: ['hefei', 'name', 'zh-Hans', '合肥'] },
      { sql: text, params: ['venue', 'name', 'zh-Hans', '合肥滨湖国际会展中心'] },
      { sql: text, params: ['anhui', 'note', 'zh-Hans', '合肥'] },
    ]);
    writer.close();
    expect(migrate(file)).toMatchObject({
      applied: expect.arrayContaining(['0001_search_texts', '0002_search_index']),
      backup: `${file}.before-0001_search_texts.bak`,
    });
    checkSearch(file, { thorough: true });
    expect(ask(file, 'SELECT count(*) AS found FROM search_index WHERE search_index MATCH \'"合 肥"\'')).toEqual([
      { found: 2 },
    ]);
  });

  test('out of step makes a migration fail', () => {
    const file = join(scratchFolder(), 'expo.db');
    migrate(file);
    fillPlaces(file);
    const { folder, add } = scratchMigrations();
    add(
      '0009_careless',
      "DROP TRIGGER search_text_added;--> statement-breakpoint\nINSERT INTO localized_texts (node_id, field, locale, text, is_original) VALUES ('hefei', 'name', 'en', 'Hefei', 1);",
    );
    expect(thrownBy(() => migrate(file, { folder }))).toMatchObject({
      code: 'MIGRATION_FAILED',
      message: expect.stringContaining(
        'it leaves search out of step: 1 text is not in search_texts as the data has it',
      ),
    });
    checkSchema(file);
  });
});

/** A filled database, changed by a connection that may do what ours refuse. */
function damaged(sql: string) {
  const { file, run } = searchable();
  const names = ['Robots', 'Drones', 'Steel', '合肥', '汽车', '新能源', 'EV', ''];
  run(...names.flatMap((name, index) => [addNode(`node ${index}`), addText(`node ${index}`, 'name', 'und', name)]));
  const database = new Database(file);
  database.unsafeMode(true);
  database.exec(sql);
  database.close();
  return file;
}

const [start, texts] = [{ thorough: false }, { thorough: true }];

/** The text in the middle. */
const FIFTH = '(SELECT id FROM search_texts ORDER BY id LIMIT 1 OFFSET 4)';

test.each<[what: string, sql: string, options: { thorough: boolean }, reason: string]>([
  [
    'a trigger that is gone',
    'DROP TRIGGER search_acronym_changed',
    start,
    'its trigger search_acronym_changed is missing',
  ],
  [
    'a trigger that was changed',
    'DROP TRIGGER search_text_removed; CREATE TRIGGER search_text_removed AFTER DELETE ON localized_texts BEGIN SELECT 1; END',
    start,
    'its trigger search_text_removed is not as it should be',
  ],
  ['a view that is gone', 'DROP VIEW search_documents', start, 'its view search_documents is missing'],
  ['a table that is gone', 'DROP TABLE search_texts', start, 'its table search_texts is missing'],
  ['an index that is gone', 'DROP TABLE search_index', start, 'its table search_index is missing'],
  [
    'a text that is not listed',
    `DELETE FROM search_texts WHERE id = ${FIFTH}`,
    texts,
    'of 8 texts that can be found it lists 7 and indexes 7',
  ],
  [
    'a text that is not indexed',
    `DELETE FROM search_index WHERE rowid = ${FIFTH}`,
    texts,
    'of 8 texts that can be found it lists 8 and indexes 7',
  ],
  [
    'a document of no text',
    "INSERT INTO search_index (rowid, text) VALUES (5000, 'stray')",
    texts,
    'of 8 texts that can be found it lists 8 and indexes 9',
  ],
  [
    'a last text that is not indexed',
    'DELETE FROM search_index WHERE rowid = (SELECT max(id) FROM search_texts)',
    start,
    'its index does not end where its texts end',
  ],
  [
    'a text under the number of no record',
    `UPDATE search_texts SET id = id + 1000 * 16 * 65536 WHERE id = ${FIFTH}; UPDATE search_texts SET id = id + 2000 * 16 * 65536 WHERE text = ''`,
    texts,
    '2 texts are not under the number of the record in search_texts',
  ],
  [
    'a record that is something else',
    `UPDATE search_records SET number = number + 1 WHERE number << 16 = ${FIFTH}; UPDATE search_texts SET id = id + 65536 WHERE id = ${FIFTH}`,
    texts,
    '1 text is not under the number of the record in search_texts',
  ],
  ['an emptied index', 'DELETE FROM search_index_data', start, 'its index is damaged'],
  [
    'a text listed otherwise than it is',
    "UPDATE search_texts SET text = 'stray' WHERE text IN ('Robots', 'EV')",
    texts,
    '2 texts are not in search_texts as the data has it',
  ],
  [
    'a text indexed otherwise than it is',
    `INSERT OR REPLACE INTO search_index (rowid, text) VALUES (${FIFTH}, 'stray')`,
    texts,
    '1 text is not in the index as search_texts has it',
  ],
  [
    'a text indexed under another number',
    `DELETE FROM search_index WHERE rowid = ${FIFTH}; INSERT INTO search_index (rowid, text) VALUES (5000, '')`,
    texts,
    '2 texts are not in the index as search_texts has it',
  ],
  ['a damaged index', "UPDATE search_index_data SET block = x'00' WHERE id > 10", texts, 'fts5: corruption found'],
])('%s is told, and mended by a rebuild', (_what, sql, options, reason) => {
  const file = damaged(sql);
  const error = thrownBy(() => checkSearch(file, options));
  expect(error).toMatchObject({ code: 'SEARCH_STALE' });
  expect(String(error)).toContain(`${file} cannot be searched, because ${reason}`);
  expect(String(error)).toMatch(/Run "expograph search rebuild" to make the index anew\.$/);
  if (options.thorough) checkSearch(file);
  expect(rebuildSearch(file)).toBe(8);
  checkSearch(file, { thorough: true });
});

describe('a rebuild', () => {
  const textsIn = (writer: Writer) => {
    const [counted] = writer.rows('SELECT count(*) AS texts FROM search_texts', []);
    expect(counted?.texts).toBeGreaterThan(500);
    return counted?.texts;
  };

  test('leaves what a migration makes', () => {
    const { file, writer } = searchable();
    writer.run(richData());
    const schema = () => writer.rows('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name', []);
    const before = schema();
    expect(rebuildSearch(file)).toBe(textsIn(writer));
    expect(schema()).toEqual(before);
  });

  test('is not seen by a server until it is done, and then as a whole', () => {
    const { file, writer } = searchable();
    writer.run(richData());
    const server = new Database(file, { readonly: true });
    onTestFinished(() => void server.close());
    const search = server.prepare<[string], number>('SELECT count(*) FROM search_index WHERE search_index MATCH ?');
    const found = () => search.pluck().get('theme');
    writer.run([{ sql: 'DELETE FROM search_index WHERE rowid % 2', params: [] }]);
    server.exec('BEGIN');
    const before = found();
    expect(rebuildSearch(file)).toBe(textsIn(writer));
    expect(found()).toBe(before);
    server.exec('COMMIT');
    expect(found()).toBeGreaterThan(before ?? 0);
  });

  test('waits for a process that writes, and says so when it waits in vain', () => {
    const { file } = searchable();
    const other = new Database(file);
    onTestFinished(() => void other.close());
    other.exec('BEGIN IMMEDIATE');
    expect(thrownBy(() => rebuildSearch(file, { patience: 50 }))).toMatchObject({ code: 'BUSY' });
    other.exec('ROLLBACK');
    expect(rebuildSearch(file, { patience: 50 })).toBe(0);
  });

  test('is refused where there is no database, or an older one, and makes nothing', () => {
    const folder = scratchFolder();
    const file = join(folder, 'expo.db');
    expect(thrownBy(() => rebuildSearch(file))).toMatchObject({ code: 'MISSING' });
    expect(listFiles(folder)).toEqual([]);
    const old = scratchMigrations();
    old.removeFrom('0002_search_index');
    migrate(file, { folder: old.folder });
    const refusal = { code: 'NOT_MIGRATED', message: expect.stringContaining('from 0002_search_index on') };
    expect(thrownBy(() => rebuildSearch(file))).toMatchObject(refusal);
    expect(thrownBy(() => checkSearch(file))).toMatchObject(refusal);
    expect(migrate(file).applied[0]).toBe('0002_search_index');
  });
});
