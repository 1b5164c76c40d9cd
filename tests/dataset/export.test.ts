import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { ExportError, exportDataset } from '../../src/dataset/export.ts';
import { DataFile } from '../../src/dataset/format.ts';
import { formats } from '../../src/dataset/formats.ts';
import { importDataset } from '../../src/dataset/import.ts';
import { SHIPPED_DATASET } from '../../src/dataset/shipped.ts';
import { writeDataset } from '../../src/dataset/write.ts';
import { openReader, openWriter } from '../../src/store/open.ts';
import { DataFiles } from '../support/data-files.ts';
import { importWorld, shared } from './world.ts';

type Format = (typeof formats)[number];

function exported(database: string, format: Format, convention?: string): string {
  const reader = openReader(database, { isSnapshot: true });
  try {
    return [...writeDataset(exportDataset(reader, { convention }), format)].join('');
  } finally {
    reader.close();
  }
}

/** Checks that an export makes the same database elsewhere, and leaves its own as it is. */
function expectSame(world: ReturnType<typeof importWorld>, format: Format): void {
  const text = exported(world.database, format);
  const elsewhere = importWorld({ [`export.${format}`]: text }, { firstDay: 20 });
  elsewhere.import();
  // The log of changes is one of the database that it is in.
  const { changes: _there, ...there } = elsewhere.dump();
  const { changes: _here, ...here } = world.dump();
  expect(there).toEqual(here);
  expect(exported(elsewhere.database, format)).toBe(text);
  world.written();
  world.write(`export.${format}`, text);
  expect(world.import(`export.${format}`)).toMatchObject({ created: 0, updated: 0, removed: 0 });
  expect(world.written()).toBe(0);
  world.remove(`export.${format}`);
}

const rich = `${shared.replace('kind: NEWSPAPER,', 'kind: NEWSPAPER, derivedFrom: agency,')}
conventions:
  - slug: expo
    name: { zh-Hans: 世博, en: Expo }
    language: zh-Hans
    editions:
      - slug: expo-2021
        year: 2021
        name: Expo 2021
        city: hefei
        venue: binhu
        timeZone: Asia/Shanghai
        citations: [{ source: paper, field: startDate, note: Page one, basis: DERIVED }]
        speakers:
          - { speaker: wulff, kind: SPEECH, title: 'Chairman: of SMEs', affiliation: alliance, citations: [paper] }
          - { key: again, speaker: wulff, kind: CHAIR, citations: [paper] }
        organizers:
          - { place: china, role: GUEST_OF_HONOUR, citations: [paper] }
          - { organization: alliance, role: ORGANIZER, citations: [paper] }
        guestsOfHonour:
          - { place: hefei, citations: [paper] }
        figures:
          - { key: a, metric: GUESTS, value: 4000, unit: PEOPLE, status: FINAL, citations: [paper], standing: ALTERNATIVE }
          - { key: b, metric: GUESTS, value: 43.5 thousand, unit: PEOPLE, status: EXPECTED, asOf: 2021, citations: [paper] }
        signedProjectStatistics:
          - key: cumulative
            stage: SIGNED
            scope: CUMULATIVE
            editions: [expo-2021, expo-2020]
            reportedAt: null
            investment: { amount: 582180000000, currency: CNY }
            conversions: [{ amount: '123456789012345.6789', currency: USD }]
            status: FINAL
            citations: [agency]
      - slug: expo-2020
        year: 2020
        name: Expo 2020
        citations: [paper]
`;

test('the shipped data comes back as it is, in every format', () => {
  const world = importWorld({});
  const writer = openWriter(world.database);
  importDataset(SHIPPED_DATASET, writer, { now: () => new Date(0) });
  writer.close();
  for (const format of formats) expectSame(world, format);
});

test('an export is written as a person would write it', () => {
  const world = importWorld({ 'a.yaml': rich });
  world.import();
  expect(exported(world.database, 'yaml')).toBe(`updatedAt: 2026-01-01T00:00:00.000Z

sources:
  - slug: agency
    kind: NEWS_AGENCY
    title: Report of an agency

  - slug: paper
    kind: NEWSPAPER
    title: Report of a newspaper
    derivedFrom: agency

places:
  - { slug: china, kind: COUNTRY, name: China, country: CN }
  - { slug: hefei, kind: CITY, name: { en: Hefei, zh-Hans: 合肥 }, parent: china, country: CN, timeZone: Asia/Shanghai }

venues:
  - { slug: binhu, name: Binhu, city: hefei }

organizations:
  - { slug: alliance, name: Alliance }

speakers:
  - { slug: magarinos, name: Carlos Magariños }
  - { slug: wulff, name: Christian Wulff }

conventions:
  - slug: expo
    name: { en: Expo, zh-Hans: 世博 }
    language: zh-Hans
    editions:
      - slug: expo-2021
        year: 2021
        name: Expo 2021
        city: hefei
        venue: binhu

        speakers:
          - speaker: wulff
            kind: SPEECH
            title: 'Chairman: of SMEs'
            affiliation: alliance
            citations: [paper]
          - key: again
            speaker: wulff
            kind: CHAIR
            citations: [paper]

        organizers:
          - { place: china, role: GUEST_OF_HONOUR, citations: [paper] }
          - { organization: alliance, citations: [paper] }

        guestsOfHonour:
          - { place: hefei, citations: [paper] }

        figures:
          - key: a
            metric: GUESTS
            value: 4000
            unit: PEOPLE
            status: FINAL
            standing: ALTERNATIVE
            citations: [paper]
          - key: b
            metric: GUESTS
            value: 43500
            unit: PEOPLE
            status: EXPECTED
            asOf: 2021
            citations: [paper]

        signedProjectStatistics:
          - key: cumulative
            stage: SIGNED
            scope: CUMULATIVE
            editions: [expo-2021, expo-2020]
            reportedAt: null
            investment: { amount: 582.18 billion, currency: CNY }
            conversions: [{ amount: '123456789012345.6789', currency: USD }]
            status: FINAL
            citations: [agency]

        citations: [{ source: paper, field: startDate, note: Page one, basis: DERIVED }]

      - slug: expo-2020
        year: 2020
        name: Expo 2020

        citations: [paper]
`);
});

test('JSON is one document, and JSONL a data file in every line', () => {
  const world = importWorld({
    'a.yaml':
      'venues: [{ slug: binhu, name: Binhu, city: hefei }]\nplaces: [{ slug: hefei, kind: CITY, name: Hefei, country: CN }]',
  });
  world.import();
  const updatedAt = '2026-01-01T00:00:00.000Z';
  const places = [{ slug: 'hefei', kind: 'CITY', name: 'Hefei', country: 'CN' }];
  const venues = [{ slug: 'binhu', name: 'Binhu', city: 'hefei' }];
  expect(exported(world.database, 'json')).toBe(`${JSON.stringify({ updatedAt, places, venues }, null, 2)}\n`);
  expect(exported(world.database, 'jsonl')).toBe(
    `${JSON.stringify({ updatedAt, places })}\n${JSON.stringify({ updatedAt, venues })}\n`,
  );
});

test('a database that nothing was imported into is exported as nothing', () => {
  const { database } = importWorld({});
  expect(formats.map((format) => exported(database, format))).toEqual(['{}\n', '{}\n', '{}\n']);
});

test.each(formats)('a database that is empty again tells in %s when it became so', (format) => {
  const world = importWorld({ 'a.yaml': '{}' });
  world.import();
  expect(exported(world.database, format)).toContain('2026-01-01T00:00:00.000Z');
  expectSame(world, format);
});

test.each(formats)('what was imported on several days keeps the time of every record in %s', (format) => {
  const world = importWorld({ 'a.yaml': rich });
  world.import();
  world.write('a.yaml', rich.replace('4000', '5000'));
  world.import();
  world.write('b.yaml', 'speakers: [{ slug: wulff, name: Dr Christian Wulff }]');
  world.import('b.yaml');
  world.write(
    'b.yaml',
    'conventions: [{ slug: other, name: Other }]\nplaces: [{ slug: china, kind: COUNTRY, name: Zhongguo, country: CN }]',
  );
  world.import('b.yaml');
  expect(world.rows('SELECT DISTINCT updated_at FROM nodes')).toHaveLength(4);
  expectSame(world, format);
});

test.each(formats)('line breaks at the end of the last text of a list are neither lost nor more in %s', (format) => {
  const source = { slug: 'a', kind: 'OTHER', title: 'A', note: 'a\n\n' };
  const data = { sources: [source], speakers: [{ slug: 'b', name: '\n\tb\n' }] };
  const world = importWorld({ 'a.json': JSON.stringify(data) });
  world.import();
  expectSame(world, format);
});

/** The keys of a schema, or those of them that a value uses: "sources.slug". */
function keysOf(schema: z.core.$ZodType, path: string, value?: unknown): string[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return keysOf(schema.unwrap(), path, value);
  if (schema instanceof z.ZodArray) {
    const items = Array.isArray(value) ? value : [value];
    return items.flatMap((item) => keysOf(schema.element, path, item));
  }
  if (!(schema instanceof z.ZodObject)) return [];
  const given = value === undefined ? undefined : new Map(Object.entries(Object(value)));
  return Object.entries(schema.shape).flatMap(([key, part]) => {
    if (given && given.get(key) === undefined) return [];
    return [`${path}.${key}`, ...keysOf(part, `${path}.${key}`, given?.get(key))];
  });
}

test('whatever is imported, in whichever order it is written, comes back as it is', { timeout: 120_000 }, () => {
  const used = new Set<string>();
  let runs = 0;
  fc.assert(
    fc.property(fc.gen(), fc.constantFrom(...formats), (g, format) => {
      const files = new DataFiles(g);
      const data = files.dataset();
      const world = importWorld({ 'a.json': JSON.stringify(data) });
      world.import();
      const later = [files.shared(), { conventions: files.revised(data.conventions) }];
      for (const edit of g(fc.constantFrom, later, later.toReversed())) {
        world.write('edit.json', JSON.stringify(edit));
        world.import('edit.json');
      }
      const text = exported(world.database, 'json');
      for (const value of [data, JSON.parse(text)]) for (const key of keysOf(DataFile, '', value)) used.add(key);
      expectSame(world, format);
      runs += 1;
    }),
    { numRuns: 15, seed: 4, endOnFailure: true },
  );
  expect(keysOf(DataFile, '').filter((key) => !used.has(key))).toEqual([]);
  expect(runs).toBe(15);
});

const two = `${shared}
  - { slug: nobody, name: Nobody }
conventions:
  - slug: fair
    name: Fair
    citations: [agency]
    editions: [{ slug: fair-2021, year: 2021, name: Fair 2021, venue: binhu, citations: [agency] }]
  - { slug: bare, name: Bare }
`;

test('one convention comes with what it refers to, and with nothing else', () => {
  const world = importWorld({ 'a.yaml': rich, 'b.yaml': two.replace(shared, 'speakers:') });
  world.import();
  const slugs = (convention: string) => {
    const data = DataFile.parse(JSON.parse(exported(world.database, 'json', convention)));
    const { updatedAt, ...lists } = data;
    return Object.fromEntries(Object.entries(lists).map(([noun, records]) => [noun, records.map(({ slug }) => slug)]));
  };
  expect(slugs('expo')).toEqual({
    sources: ['agency', 'paper'],
    places: ['china', 'hefei'],
    venues: ['binhu'],
    organizations: ['alliance'],
    speakers: ['wulff'],
    conventions: ['expo'],
  });
  const nothing = { sources: [], places: [], venues: [], organizations: [], speakers: [] };
  expect(slugs('fair')).toEqual({
    ...nothing,
    sources: ['agency'],
    places: ['china', 'hefei'],
    venues: ['binhu'],
    conventions: ['fair'],
  });
  expect(slugs('bare')).toEqual({ ...nothing, conventions: ['bare'] });
});

test.each(['expo', 'fair', 'bare'])('convention %s alone can be imported into an empty database', (convention) => {
  const world = importWorld({ 'a.yaml': rich, 'b.yaml': two.replace(shared, 'speakers:') });
  world.import();
  const text = exported(world.database, 'jsonl', convention);
  const elsewhere = importWorld({ 'a.jsonl': text }, { firstDay: 2 });
  elsewhere.import();
  expect(exported(elsewhere.database, 'jsonl')).toBe(text);
});

test('a convention that is not there is refused, with the nearest one', () => {
  const world = importWorld({ 'a.yaml': two });
  world.import();
  expect(() => exported(world.database, 'json', 'faire')).toThrow(
    new ExportError('no convention has the slug "faire"; did you mean fair?'),
  );
  expect(() => exported(world.database, 'json', '')).toThrow(
    new ExportError('no convention has the slug ""; leave it out to export all of them'),
  );
});

test('a database of an earlier version is refused until the data is imported again', () => {
  const world = importWorld({ 'a.yaml': two });
  world.import();
  const before = exported(world.database, 'yaml');
  const writer = openWriter(world.database);
  writer.run([{ sql: "UPDATE nodes SET path = NULL WHERE type = 'Edition'", params: [] }]);
  writer.close();
  expect(() => exported(world.database, 'yaml')).toThrow(
    /^The database does not know yet what edition_\w{16} is called in the data files, .* Import the data files again, with --prune where they have it no longer, then export\.$/,
  );
  world.import();
  expect(exported(world.database, 'yaml')).toBe(before);
});

test('what no data file can say is named, rather than written', () => {
  const world = importWorld({ 'a.yaml': two });
  world.import();
  const writer = openWriter(world.database);
  writer.run([{ sql: "UPDATE sources SET url = 'nowhere' WHERE slug = 'agency'", params: [] }]);
  writer.close();
  expect(() => exported(world.database, 'yaml')).toThrow(
    new ExportError(
      'The database holds what no data file can say, at sources[0].url: must be an http or https address; got "nowhere"',
    ),
  );
});

test('an import in the meantime does not show in an export that has begun', () => {
  const world = importWorld({ 'a.yaml': two });
  world.import();
  const before = exported(world.database, 'jsonl');
  const reader = openReader(world.database, { isSnapshot: true });
  const lines = writeDataset(exportDataset(reader), 'jsonl');
  const [first] = [lines.next().value];
  world.write('a.yaml', two.replace('name: Fair 2021', 'name: Fair of 2021'));
  expect(world.import()).toMatchObject({ updated: 2 });
  expect([first, ...lines].join('')).toBe(before);
  reader.close();
  expect(exported(world.database, 'jsonl')).toContain('Fair of 2021');
});

test('shared records are read a page at a time', () => {
  const speakers = Array.from({ length: 1_001 }, (_, index) => ({ slug: `s${10_000 + index}`, name: `S ${index}` }));
  const world = importWorld({ 'a.json': JSON.stringify({ speakers }) });
  world.import();
  const reader = openReader(world.database);
  const pieces = [...exportDataset(reader)].map((piece) => piece.speakers);
  reader.close();
  expect(pieces.map((piece) => piece?.length)).toEqual([500, 500, 1]);
  expect(pieces.flat()).toEqual(speakers);
  expectSame(world, 'jsonl');
});
