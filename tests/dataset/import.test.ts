import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { nodeId } from '../../src/dataset/identity.ts';
import { importWorld, shared } from './world.ts';

const expo = `conventions:
  - slug: expo
    name: { en: Expo, zh-Hans: 世博 }
    acronym: EX
    language: zh-Hans
    industries: [manufacturing, steel]
    editions:
      - slug: expo-2020
        year: 2020
        name: Expo 2020
        citations: [paper]
      - slug: expo-2021
        ordinal: 4
        year: 2021
        name: { original: en, en: Expo 2021, zh-Hans: 世博会 }
        startDate: 2021-11-19
        endDate: 2021-11-22
        city: hefei
        venue: binhu
        citations:
          - agency
          - { source: paper, field: endDate, note: The paper counts four days., basis: DERIVED }
        themes:
          - { key: main, text: { en: Drive, zh-Hans: 创新 }, citations: [paper] }
        exhibitionAreas:
          - key: hall-1
            name: Hall 1
            kind: HALL
            size: { value: 43000, unit: SQUARE_METRE, bound: MORE_THAN }
            citations: [paper]
        sessions:
          - { key: opening, title: Opening, kind: OPENING_CEREMONY, date: 2021-11-19, citations: [paper] }
        speakers:
          - speaker: magarinos
            kind: SPEECH
            session: opening
            affiliation: alliance
            title: Chairman
            remarks: It is a platform.
            citations: [agency]
        organizers:
          - { organization: alliance, citations: [paper] }
        guestsOfHonour:
          - { place: china, citations: [paper] }
        figures:
          - { key: guests, metric: GUESTS, value: 800, unit: PEOPLE, bound: ABOUT, status: EXPECTED, citations: [agency] }
          - { key: guests-final, metric: GUESTS, value: 1.4 thousand, unit: PEOPLE, status: FINAL, asOf: 2021-11, citations: [paper] }
          - { key: countries, metric: COUNTRIES, label: Flags, value: 60, unit: COUNTRIES, status: FINAL, citations: [paper] }
        signedProjectStatistics:
          - key: signed
            stage: SIGNED
            projects: { value: 703 }
            investment: { amount: 582.18 billion, currency: CNY }
            status: FINAL
            citations: [agency]
          - key: earlier
            stage: SIGNED
            scope: CUMULATIVE
            editions: [expo-2021, expo-2020]
            reportedAt: null
            projects: { value: 1752 }
            investment: { amount: 1.8 trillion, currency: CNY }
            conversions: [{ amount: 282 billion, currency: USD, bound: ABOUT }]
            status: FINAL
            note: Signed at both.
            citations: [agency]
          - key: cars
            stage: SIGNED
            scope: SUBSET
            slice: { dimension: INDUSTRY, value: { en: Cars, zh-Hans: 汽车 } }
            share: { value: 12.5, bound: MORE_THAN }
            status: FINAL
            citations: [agency]
        indicators:
          - key: output
            name: Industrial added value
            place: china
            period: 2021-10
            change: { value: 3.5 }
            basis: YEAR_ON_YEAR
            differenceFromPrevious: { value: 0.4 }
            citations: [agency]
        dateClaims:
          - { key: plan, dayCount: 4, status: EXPECTED, citations: [agency] }
        notes:
          - { key: format, kind: FORMAT, text: On site and online., citations: [paper] }
`;

const files = { 'shared.yaml': shared, 'conventions/expo.yaml': expo };
const edition = nodeId('Edition', 'expo-2021');
const beneath = (type: Parameters<typeof nodeId>[0], key: string) => nodeId(type, `expo-2021/${key}`);
const SHARED = 8;
const OWN = 18;
const RECORDS = SHARED + OWN;

/** What the import changed on the second day, by id. */
const changedOn = (world: ReturnType<typeof importWorld>, day: number) =>
  world
    .rows('SELECT id FROM nodes WHERE updated_at = ? ORDER BY id', new Date(Date.UTC(2026, 0, day)).toISOString())
    .map(({ id }) => id);

test('a good import stores every record with its id, its owner and its time', () => {
  const world = importWorld(files);
  expect(world.import()).toEqual({ created: RECORDS, updated: 0, unchanged: 0, removed: 0 });
  expect(world.rows('SELECT document, count(*) AS records FROM nodes GROUP BY 1 ORDER BY 1')).toEqual([
    { document: 'convention:expo', records: OWN },
    { document: 'organizations', records: 1 },
    { document: 'places', records: 2 },
    { document: 'sources', records: 2 },
    { document: 'speakers', records: 2 },
    { document: 'venues', records: 1 },
  ]);
  expect(world.rows('SELECT DISTINCT updated_at FROM nodes')).toEqual([{ updated_at: '2026-01-01T00:00:00.000Z' }]);
  expect(world.rows('SELECT * FROM dataset')).toEqual([
    { id: 1, version: expect.stringMatching(/^[0-9a-f]{16}$/), updated_at: '2026-01-01T00:00:00.000Z' },
  ]);
});

test('conventions and editions have their columns', () => {
  const world = importWorld(files);
  world.import();
  expect(world.rows('SELECT * FROM conventions')).toEqual([
    {
      ...{
        id: nodeId('Convention', 'expo'),
        slug: 'expo',
        merged_into_id: null,
        acronym: 'EX',
        cadence: null,
        website_url: null,
      },
      ...{ same_as: '[]', industries: '["manufacturing","steel"]' },
    },
  ]);
  expect(world.rows("SELECT * FROM editions WHERE slug = 'expo-2021'")).toEqual([
    {
      ...{
        id: edition,
        slug: 'expo-2021',
        convention_id: nodeId('Convention', 'expo'),
        ordinal: 4,
        ordinal_is_stated: 0,
      },
      ...{ year: 2021, start_date: '2021-11-19', end_date: '2021-11-22', time_zone: 'Asia/Shanghai' },
      ...{ event_status: null, attendance_mode: null, website_url: null, chronology: '2021-11-19', position: 1 },
      ...{ city_id: nodeId('Place', 'hefei'), venue_id: nodeId('Venue', 'binhu') },
    },
  ]);
  expect(world.rows("SELECT chronology, time_zone FROM editions WHERE slug = 'expo-2020'")).toEqual([
    { chronology: '2020-13', time_zone: null },
  ]);
});

test('the programme of an edition is stored in its order, with what it is ordered by', () => {
  const world = importWorld(files);
  world.import();
  expect(world.rows('SELECT * FROM themes')).toEqual([
    { id: beneath('Theme', 'main'), edition_id: edition, kind: 'MAIN', position: 0, chronology: '2021-11-19' },
  ]);
  expect(world.rows('SELECT size_value, size_unit, size_bound, chronology FROM exhibition_areas')).toEqual([
    { size_value: 430_000_000, size_unit: 'SQUARE_METRE', size_bound: 'MORE_THAN', chronology: '2021-11-19' },
  ]);
  expect(world.rows('SELECT * FROM appearances')).toEqual([
    {
      ...{ id: beneath('Appearance', 'magarinos'), edition_id: edition, speaker_id: nodeId('Speaker', 'magarinos') },
      ...{
        session_id: beneath('Session', 'opening'),
        kind: 'SPEECH',
        affiliation_id: nodeId('Organization', 'alliance'),
      },
      ...{ sort_name: 'carlos magarinos', chronology: '2021-11-19', position: 0 },
    },
  ]);
  expect(world.rows('SELECT id, participant_id, role, position FROM participations ORDER BY position')).toEqual([
    {
      id: beneath('Participation', 'ORGANIZER/alliance'),
      participant_id: nodeId('Organization', 'alliance'),
      ...{ role: 'ORGANIZER', position: 0 },
    },
    {
      id: beneath('Participation', 'GUEST_OF_HONOUR/china'),
      participant_id: nodeId('Place', 'china'),
      ...{ role: 'GUEST_OF_HONOUR', position: 1 },
    },
  ]);
});

test('claims are stored with exact numbers, what they are about, and a standing', () => {
  const world = importWorld(files);
  world.import();
  expect(world.rows('SELECT value, bound, status, as_of, standing, subject FROM figures ORDER BY position')).toEqual([
    {
      ...{ value: 8_000_000, bound: 'ABOUT', status: 'EXPECTED', as_of: null, standing: 'ALTERNATIVE' },
      subject: 'GUESTS | EDITION | expo-2021 | ',
    },
    {
      ...{ value: 14_000_000, bound: 'EXACT', status: 'FINAL', as_of: '2021-11', standing: 'PREFERRED' },
      subject: 'GUESTS | EDITION | expo-2021 | ',
    },
    {
      ...{ value: 600_000, bound: 'EXACT', status: 'FINAL', as_of: null, standing: 'PREFERRED' },
      subject: 'COUNTRIES | EDITION | expo-2021 | Flags',
    },
  ]);
  expect(
    world.rows(
      `SELECT projects_value, projects_unit, investment_amount, share_value, slice_dimension, reported_at_id, subject, chronology
       FROM signed_project_statistics ORDER BY position`,
    ),
  ).toEqual([
    {
      ...{ projects_value: 7_030_000, projects_unit: 'PROJECTS', investment_amount: 5_821_800_000_000_000 },
      ...{ share_value: null, slice_dimension: null, reported_at_id: edition },
      ...{ subject: 'expo | SIGNED | EDITION | expo-2021 | ', chronology: '2021-11-19' },
    },
    {
      // Beyond what a number holds, so it comes back as a bigint.
      ...{ projects_value: 17_520_000, projects_unit: 'PROJECTS', investment_amount: 18_000_000_000_000_000n },
      ...{ share_value: null, slice_dimension: null, reported_at_id: null },
      ...{ subject: 'expo | SIGNED | CUMULATIVE | expo-2020,expo-2021 | ', chronology: '2021-11-19' },
    },
    {
      ...{ projects_value: null, projects_unit: null, investment_amount: null },
      ...{ share_value: 125_000, slice_dimension: 'INDUSTRY', reported_at_id: edition },
      ...{ subject: 'expo | SIGNED | SUBSET | expo-2021 | INDUSTRY: 汽车', chronology: '2021-11-19' },
    },
  ]);
  expect(world.rows('SELECT position, amount, currency, bound FROM conversions')).toEqual([
    { position: 0, amount: 2_820_000_000_000_000, currency: 'USD', bound: 'ABOUT' },
  ]);
  expect(
    world
      .rows(
        'SELECT edition_id FROM signed_project_statistic_editions WHERE signed_project_statistic_id = ?',
        beneath('SignedProjectStatistic', 'earlier'),
      )
      .map(({ edition_id }) => edition_id)
      .toSorted(),
  ).toEqual([edition, nodeId('Edition', 'expo-2020')].toSorted());
  expect(world.rows('SELECT period, change_value, difference_value, reported_at_id FROM economic_indicators')).toEqual([
    { period: '2021-10', change_value: 35_000, difference_value: 4_000, reported_at_id: edition },
  ]);
  expect(world.rows('SELECT day_count, status, standing FROM date_claims')).toEqual([
    { day_count: 4, status: 'EXPECTED', standing: 'PREFERRED' },
  ]);
});

test('texts know their field, their language and whether they are the original', () => {
  const world = importWorld(files);
  world.import();
  const textsOf = (id: string) =>
    world.rows('SELECT field, locale, text, is_original FROM localized_texts WHERE node_id = ? ORDER BY 1, 2', id);
  expect(textsOf(edition)).toEqual([
    { field: 'citations.1.note', locale: 'en', text: 'The paper counts four days.', is_original: 1 },
    { field: 'name', locale: 'en', text: 'Expo 2021', is_original: 1 },
    { field: 'name', locale: 'zh-Hans', text: '世博会', is_original: 0 },
  ]);
  expect(textsOf(beneath('Theme', 'main'))).toEqual([
    { field: 'text', locale: 'en', text: 'Drive', is_original: 0 },
    { field: 'text', locale: 'zh-Hans', text: '创新', is_original: 1 },
  ]);
  expect(textsOf(nodeId('Place', 'hefei')).map(({ locale, is_original }) => [locale, is_original])).toEqual([
    ['en', 1],
    ['zh-Hans', 0],
  ]);
  expect(world.rows('SELECT DISTINCT field FROM localized_texts ORDER BY 1').map(({ field }) => field)).toEqual([
    ...['citations.1.note', 'label', 'name', 'note', 'remarks', 'slice', 'text', 'title'],
  ]);
  expect(
    world.rows('SELECT position, source_id, field, basis FROM citations WHERE node_id = ? ORDER BY 1', edition),
  ).toEqual([
    { position: 0, source_id: nodeId('Source', 'agency'), field: null, basis: 'STATED' },
    { position: 1, source_id: nodeId('Source', 'paper'), field: 'endDate', basis: 'DERIVED' },
  ]);
});

test('the address of a source that may not be linked to is not stored', () => {
  const world = importWorld({
    'a.yaml': `sources:
  - { slug: open, kind: OTHER, title: T, url: https://example.org/ }
  - { slug: closed, kind: OTHER, title: T, linkable: false }`,
  });
  world.import();
  expect(world.rows('SELECT slug, url FROM sources ORDER BY 1')).toEqual([
    { slug: 'closed', url: null },
    { slug: 'open', url: 'https://example.org/' },
  ]);
  world.write('a.yaml', 'sources:\n  - { slug: open, kind: OTHER, title: T, linkable: false }');
  world.import();
  expect(world.rows("SELECT url FROM sources WHERE slug = 'open'")).toEqual([{ url: null }]);
});

test('importing the same again changes nothing: no row, no time, no byte', () => {
  const world = importWorld(files);
  world.import();
  world.written();
  const hash = () => createHash('sha256').update(readFileSync(world.database)).digest('hex');
  const before = { dump: world.dump(), hash: hash() };
  expect(world.import()).toEqual({ created: 0, updated: 0, unchanged: RECORDS, removed: 0 });
  expect(world.import('conventions/expo.yaml')).toEqual({ created: 0, updated: 0, unchanged: OWN, removed: 0 });
  expect(world.written()).toBe(0);
  expect({ dump: world.dump(), hash: hash() }).toEqual(before);
  expect(Object.keys(before.dump)).toContain('localized_texts');
});

test('an edit moves the time of what it is in, and of nothing else', () => {
  const world = importWorld(files);
  world.import();
  const version = () => world.rows('SELECT version, updated_at FROM dataset')[0];
  const first = version();
  world.write('conventions/expo.yaml', expo.replace('endDate: 2021-11-22', 'endDate: 2021-11-23'));
  expect(world.import()).toEqual({ created: 0, updated: 2, unchanged: RECORDS - 2, removed: 0 });
  expect(changedOn(world, 2)).toEqual([nodeId('Convention', 'expo'), edition]);
  expect(version()).toEqual({
    version: expect.not.stringMatching(String(first?.version)),
    updated_at: '2026-01-02T00:00:00.000Z',
  });

  world.write('conventions/expo.yaml', expo);
  world.import();
  expect(version()).toEqual({ version: first?.version, updated_at: '2026-01-03T00:00:00.000Z' });
});

test('an edit deep down moves the time of everything above it', () => {
  const world = importWorld(files);
  world.import();
  world.write('conventions/expo.yaml', expo.replace('It is a platform.', 'It is a broad platform.'));
  expect(world.import().updated).toBe(3);
  expect(changedOn(world, 2)).toEqual(
    [beneath('Appearance', 'magarinos'), nodeId('Convention', 'expo'), edition].toSorted(),
  );
});

test('what is taken out of a convention’s file is removed, with its texts, citations and links', () => {
  const world = importWorld(files);
  world.import();
  const start = expo.indexOf('          - key: earlier');
  world.write('conventions/expo.yaml', expo.slice(0, start) + expo.slice(expo.indexOf('          - key: cars')));
  expect(world.import()).toMatchObject({ created: 0, removed: 1 });
  const gone = beneath('SignedProjectStatistic', 'earlier');
  const left = Object.entries(world.dump()).filter(([, rows]) => rows.some((row) => Object.values(row).includes(gone)));
  expect(left).toEqual([]);
  expect(world.rows('SELECT * FROM conversions')).toEqual([]);
  expect(world.rows('PRAGMA foreign_key_check')).toEqual([]);
});

test('an edition that is taken out goes with everything beneath it, while claims that named it stay', () => {
  const world = importWorld(files);
  world.import();
  const without2020 = expo
    .replace(/ {6}- slug: expo-2020[\s\S]*?(?= {6}- slug: expo-2021)/, '')
    .replace('scope: CUMULATIVE\n            editions: [expo-2021, expo-2020]', 'scope: EDITION')
    .replace('key: earlier\n            stage: SIGNED', 'key: earlier\n            stage: STARTED');
  world.write('conventions/expo.yaml', without2020);
  expect(world.import()).toMatchObject({ created: 0, removed: 1 });
  expect(world.rows('SELECT slug FROM editions')).toEqual([{ slug: 'expo-2021' }]);
  expect(world.rows('SELECT edition_id FROM signed_project_statistic_editions')).toEqual(
    Array(3).fill({ edition_id: edition }),
  );

  world.write('conventions/expo.yaml', 'conventions:\n  - { slug: expo, name: Expo }\n');
  expect(world.import()).toMatchObject({ created: 0, updated: 1, removed: 16 });
  const { themes, figures, citations, appearances, editions } = world.dump();
  expect({ themes, figures, citations, appearances, editions }).toEqual({
    ...{ themes: [], figures: [], citations: [], appearances: [], editions: [] },
  });
});

test('sources, places and persons stay when a file does not list them any more', () => {
  const world = importWorld(files);
  world.import();
  world.write('shared.yaml', 'speakers: []');
  expect(world.import()).toEqual({ created: 0, updated: 0, unchanged: OWN, removed: 0 });
  expect(world.rows('SELECT count(*) AS speakers FROM speakers')).toEqual([{ speakers: 2 }]);
});

test('texts, notes and sub-venues that are not given any more are deleted', () => {
  const world = importWorld(files);
  world.write('conventions/expo.yaml', expo.replace('venue: binhu', 'subVenues: [binhu]'));
  world.import();
  world.write(
    'conventions/expo.yaml',
    expo
      .replace(', zh-Hans: 创新', '')
      .replace(', note: The paper counts four days.', '')
      .replace('          - agency\n', ''),
  );
  world.import();
  expect(world.rows('SELECT * FROM edition_sub_venues')).toEqual([]);
  expect(
    world.rows('SELECT locale, is_original FROM localized_texts WHERE node_id = ?', beneath('Theme', 'main')),
  ).toEqual([{ locale: 'en', is_original: 1 }]);
  expect(world.rows('SELECT position, field FROM citations WHERE node_id = ?', edition)).toEqual([
    { position: 0, field: 'endDate' },
  ]);
  expect(world.rows("SELECT * FROM localized_texts WHERE field LIKE 'citations%'")).toEqual([]);
});

test('a single file may refer to what the database has, and takes time zones and first-hand sources from there', () => {
  const world = importWorld(files);
  world.import('shared.yaml');
  expect(world.import('conventions/expo.yaml')).toEqual({ created: OWN, updated: 0, unchanged: 0, removed: 0 });
  expect(world.rows("SELECT time_zone FROM editions WHERE slug = 'expo-2021'")).toEqual([
    { time_zone: 'Asia/Shanghai' },
  ]);
  expect(world.rows('SELECT sort_name FROM appearances')).toEqual([{ sort_name: 'carlos magarinos' }]);
  const parts = world.dump();
  const whole = importWorld(files);
  whole.import();
  const withoutTimes = ({ changes: _, ...dump }: typeof parts) =>
    JSON.stringify(dump, (key, value) =>
      key === 'updated_at' ? '' : typeof value === 'bigint' ? String(value) : value,
    );
  expect(withoutTimes(parts)).toBe(withoutTimes(whole.dump()));
});

test('a single file whose references lead nowhere is refused, and nothing is written', () => {
  const world = importWorld({ 'expo.yaml': 'conventions:\n  - slug: expo\n    name: Expo\n    citations: [paper]\n' });
  const before = world.dump();
  world.written();
  expect(world.refusal('expo.yaml')).toEqual([
    'expo.yaml:4: conventions[0].citations[0]: no source has the slug "paper"; correct it, or add it to sources',
    '1 problem. Nothing was imported.',
  ]);
  expect(world.written()).toBe(0);
  expect(world.dump()).toEqual(before);
});

test('one mistake in one file keeps all files out, and every mistake is told', () => {
  const world = importWorld({
    ...files,
    'z.yaml': `speakers:\n${Array.from({ length: 100 }, (_, index) => `  - { slug: S${index}, name: N }`).join('\n')}\n`,
  });
  const lines = world.refusal();
  expect(lines).toHaveLength(101);
  expect(lines[99]).toBe(
    'z.yaml:101: speakers[99].slug: must be lower-case words joined by hyphens, like world-manufacturing-convention; got "S99"',
  );
  expect(lines[100]).toBe('100 problems. Nothing was imported.');
  expect(world.rows('SELECT count(*) AS nodes FROM nodes')).toEqual([{ nodes: 0 }]);
});

test('an edition cannot be taken from a convention that is not imported with it', () => {
  const world = importWorld(files);
  world.import();
  const other =
    'conventions:\n  - slug: other\n    name: Other\n    editions:\n      - { slug: expo-2020, year: 2020, name: E, citations: [paper] }\n';
  world.write('other.yaml', other);
  expect(world.refusal('other.yaml')).toEqual([
    'other.yaml:5: conventions[0].editions[0].slug: is taken: "expo-2020" is an edition of "expo" in the database; choose another slug',
    '1 problem. Nothing was imported.',
  ]);
});

test('an edition moves from one convention to another when both are imported', () => {
  const world = importWorld({
    'shared.yaml': shared,
    'a.yaml': `conventions:
  - slug: a
    name: A
    editions:
      - { slug: e, year: 2020, name: E, citations: [paper], themes: [{ key: t, text: T, citations: [paper] }] }
  - { slug: b, name: B }
`,
  });
  world.import();
  world.write(
    'a.yaml',
    `conventions:
  - { slug: a, name: A }
  - slug: b
    name: B
    editions:
      - { slug: e, year: 2020, name: E, citations: [paper], themes: [{ key: t, text: T, citations: [paper] }] }
`,
  );
  expect(world.import()).toMatchObject({ created: 0, removed: 0 });
  expect(world.rows('SELECT convention_id FROM editions')).toEqual([{ convention_id: nodeId('Convention', 'b') }]);
  expect(world.rows("SELECT DISTINCT document FROM nodes WHERE type IN ('Edition', 'Theme')")).toEqual([
    { document: 'convention:b' },
  ]);
  expect(changedOn(world, 1)).toContain(nodeId('Theme', 'e/t'));
});

test('claims exchange their standings, and even their subjects, between imports', () => {
  const world = importWorld({ 'shared.yaml': shared });
  const claims = (...lines: string[]) =>
    world.write(
      'expo.yaml',
      `conventions:
  - slug: expo
    name: Expo
    editions:
      - slug: e
        year: 2021
        name: E
        citations: [paper]
        figures:
${lines.map((line) => `          - { metric: GUESTS, value: 1, unit: PEOPLE, citations: [paper], ${line} }`).join('\n')}
`,
    );
  const standings = () =>
    world
      .rows('SELECT id, standing, subject FROM figures')
      .map(({ id, standing, subject }) => [
        ['a', 'b', 'c'].find((key) => nodeId('Figure', `e/${key}`) === id),
        standing,
        String(subject).split(' | ')[3],
      ])
      .toSorted();
  claims('key: a, status: FINAL', 'key: b, status: INTERIM', 'key: c, status: FINAL, label: X');
  world.import();
  expect(standings()).toEqual([
    ['a', 'PREFERRED', ''],
    ['b', 'ALTERNATIVE', ''],
    ['c', 'PREFERRED', 'X'],
  ]);

  claims('key: b, status: FINAL', 'key: a, status: TARGET', 'key: c, status: FINAL, label: X');
  world.import();
  expect(standings()).toEqual([
    ['a', 'ALTERNATIVE', ''],
    ['b', 'PREFERRED', ''],
    ['c', 'PREFERRED', 'X'],
  ]);

  claims('key: b, status: FINAL, label: X', 'key: a, status: TARGET', 'key: c, status: FINAL');
  world.import();
  expect(standings()).toEqual([
    ['a', 'ALTERNATIVE', ''],
    ['b', 'PREFERRED', 'X'],
    ['c', 'PREFERRED', ''],
  ]);

  claims('key: a, status: FINAL, label: X');
  expect(world.import()).toMatchObject({ removed: 2 });
  expect(standings()).toEqual([['a', 'PREFERRED', 'X']]);
});

test('the kinds of sources decide which claim is preferred', () => {
  const figure = (key: string, source: string) =>
    `{ key: ${key}, metric: GUESTS, value: 1, unit: PEOPLE, status: FINAL, citations: [${source}] }`;
  const text = `sources:
  - { slug: news, kind: NEWSPAPER, title: T }
  - { slug: copied, kind: NEWS_AGENCY, title: T, isRelay: true }
  - { slug: agency, kind: NEWS_AGENCY, title: T }
conventions:
  - slug: x
    name: X
    editions:
      - slug: e
        year: 2021
        name: E
        citations: [news]
        figures: [${figure('one', 'news')}, ${figure('two', 'copied')}, ${figure('three', 'news, agency')}]
`;
  const world = importWorld({ 'a.yaml': text });
  const preferred = () => world.rows("SELECT id FROM figures WHERE standing = 'PREFERRED'");
  world.import();
  expect(preferred()).toEqual([{ id: nodeId('Figure', 'e/three') }]);
  world.write(
    'a.yaml',
    text.replace('kind: NEWSPAPER', 'kind: ORGANIZER').replace(/(agency, kind:) NEWS_AGENCY/, '$1 OTHER'),
  );
  world.import();
  expect(preferred()).toEqual([{ id: nodeId('Figure', 'e/one') }]);
});

test('a source that turns first hand is not imported without the conventions whose claims cite it', () => {
  const world = importWorld(files);
  world.import();
  const before = world.dump();
  const agency = 'kind: NEWS_AGENCY, title: Report of an agency';
  const refusal = (key: string) => [
    `shared.yaml:3: sources[0].${key}: changes how claims of "expo" rank that cite "agency"; import the file of "expo" as well, or the whole folder`,
    '1 problem. Nothing was imported.',
  ];
  world.write('shared.yaml', shared.replace(agency, 'kind: TRADE_PRESS, title: Report of an agency'));
  expect(world.refusal('shared.yaml')).toEqual(refusal('kind'));
  world.write('shared.yaml', shared.replace(agency, `${agency}, isRelay: true`));
  expect(world.refusal('shared.yaml')).toEqual(refusal('isRelay'));
  expect(world.dump()).toEqual(before);
  expect(world.import()).toMatchObject({ created: 0, updated: 1, removed: 0 });
});

test('a source changes its kind alone when no claim cites it, or when it is as much first hand as before', () => {
  const world = importWorld({ ...files, 'more.yaml': 'sources:\n  - { slug: page, kind: OTHER, title: T }\n' });
  world.write('conventions/expo.yaml', expo.replace('language: zh-Hans', 'language: zh-Hans\n    citations: [page]'));
  world.import();
  world.write('more.yaml', 'sources:\n  - { slug: page, kind: ORGANIZER, title: T }\n');
  expect(world.import('more.yaml')).toMatchObject({ updated: 1 });
  world.write('shared.yaml', shared.replace('NEWS_AGENCY', 'GOVERNMENT').replace('NEWSPAPER', 'TRADE_PRESS'));
  expect(world.import('shared.yaml')).toMatchObject({ updated: 2 });
});

test('ids do not change when files are reordered, split or renamed', () => {
  const world = importWorld(files);
  world.import();
  const ids = () => world.rows('SELECT id FROM nodes ORDER BY id');
  const before = ids();
  const parts = expo.split(/(?= {6}- slug: expo-20)/);
  world.write('conventions/renamed.yaml', [parts[0], parts[2], parts[1]].join(''));
  world.remove('conventions/expo.yaml');
  world.write('a.yaml', shared.slice(shared.indexOf('venues:')));
  world.write('shared.yaml', shared.slice(0, shared.indexOf('venues:')));
  expect(world.import()).toMatchObject({ created: 0, removed: 0 });
  expect(ids()).toEqual(before);
});

test('what other files copy from a place or a speaker follows when only that file is imported', () => {
  const world = importWorld(files);
  world.import();
  world.write(
    'shared.yaml',
    shared
      .replace('name: Carlos Magariños', 'name: { en: Ōno, es: Magariños }')
      .replace('Asia/Shanghai', 'Asia/Urumqi'),
  );
  expect(world.import('shared.yaml')).toMatchObject({ created: 0, updated: 2, removed: 0 });
  expect(world.rows('SELECT sort_name FROM appearances')).toEqual([{ sort_name: 'ono' }]);
  expect(world.rows("SELECT time_zone FROM editions WHERE slug = 'expo-2021'")).toEqual([{ time_zone: 'Asia/Urumqi' }]);
});

test('the batch of a thousand and more records is exact at its seams', () => {
  const speakers = Array.from({ length: 2_345 }, (_, index) => `  - { slug: s-${index}, name: "N ${index}" }`);
  const world = importWorld({ 'a.yaml': `speakers:\n${speakers.join('\n')}\n` });
  expect(world.import()).toEqual({ created: 2_345, updated: 0, unchanged: 0, removed: 0 });
  expect(world.rows('SELECT count(*) AS names FROM localized_texts')).toEqual([{ names: 2_345 }]);
  world.write('a.yaml', `speakers:\n${speakers.join('\n').replace('N 1500', 'Changed')}\n`);
  expect(world.import()).toEqual({ created: 0, updated: 1, unchanged: 2_344, removed: 0 });
});
