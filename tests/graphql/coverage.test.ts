import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { importDataset } from '../../src/dataset/import.ts';
import { openWriter } from '../../src/store/open.ts';
import { dataFolder } from '../dataset/world.ts';
import { COVERAGE_FIELDS, type Coverage, readCoverage, tallying } from '../support/reference-coverage.ts';
import { ask, emptyWorld, richWorld, shippedWorld, type World } from '../support/world.ts';

const TALLY = 'sources independentSources lastCheckedOn';
const OF_EDITION = `known total ${TALLY} fields { field isKnown ${TALLY} }`;
const OF_CONVENTION = `editions known total ${TALLY} fields { field editions ${TALLY} }`;

const all = <One>(items: Iterable<One>, of: (one: One) => Iterable<string>) =>
  [...items].flatMap((one) => [...of(one)]);

/** What the graph should answer, from the tables. */
function expected(world: World) {
  const tally = tallying(world);
  const coverages = readCoverage(world);
  const ofEdition = ({ fields, sources }: Coverage) => ({
    known: fields.size,
    total: COVERAGE_FIELDS.length,
    ...tally(sources),
    fields: COVERAGE_FIELDS.map((field) => ({ field, isKnown: fields.has(field), ...tally(fields.get(field) ?? []) })),
  });
  const ofConvention = (id: string) => {
    const own = [...coverages.values()].filter(({ convention }) => convention === id);
    return {
      editions: own.length,
      known: own.reduce((sum, { fields }) => sum + fields.size, 0),
      total: own.length * COVERAGE_FIELDS.length,
      ...tally(all(own, ({ sources }) => sources)),
      fields: COVERAGE_FIELDS.map((field) => ({
        field,
        editions: own.filter(({ fields }) => fields.has(field)).length,
        ...tally(all(own, ({ fields }) => fields.get(field) ?? [])),
      })),
    };
  };
  return {
    editions: (id: string) => ofEdition(coverages.get(id) ?? { convention: '', fields: new Map(), sources: new Set() }),
    conventions: ofConvention,
  };
}

/** Asks for the coverage of everything by one statement for each page, and expects what the reference says. */
async function expectAsWalked(world: World): Promise<number> {
  const reference = expected(world);
  let looked = 0;
  for (const [list, fields] of Object.entries({ editions: OF_EDITION, conventions: OF_CONVENTION } as const))
    for (let after: unknown = null; ; ) {
      const query = `query ($after: String) { ${list}(first: 100, after: $after) { nodes { id coverage { ${fields} } } pageInfo { hasNextPage endCursor } } }`;
      const { data, errors, statements } = await ask(world, query, { after });
      expect([errors, statements.length]).toEqual([undefined, 1]);
      const { nodes, pageInfo } = Object(Object(data)[list]);
      for (const { id, coverage } of nodes) {
        expect({ id, ...coverage }).toEqual({
          id,
          ...(list === 'editions' ? reference.editions(id) : reference.conventions(id)),
        });
        looked += 1;
      }
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
  return looked;
}

/** A world that is closed when the test is over. */
function open(make: () => World): World {
  const world = make();
  onTestFinished(() => world.close());
  return world;
}

describe('is as a walk through all records tells it', () => {
  test('of the shipped data', async () => {
    expect(await expectAsWalked(open(shippedWorld))).toBeGreaterThan(9);
  });

  const NAMES = ['startDate', 'dates', 'city', 'organizers', 'themes', 'projects', 'investment', 'value', 'note', null];

  test('of sources that repeat one another in any way, cited for any field', async () => {
    const world = open(richWorld);
    const ids = world.reader.rows('SELECT id FROM sources ORDER BY id', []).map(({ id }) => String(id));
    const source = fc.record({
      // Also of itself, or in a circle: no import would write that, but it must have an end.
      above: fc.option(fc.nat(ids.length - 1), { freq: 2 }),
      origin: fc.option(fc.constantFrom('Xinhua', 'CCTV'), { freq: 2 }),
      retrievedOn: fc.option(fc.constantFrom('2026-01-01', '2026-05-01', '2025-12-31')),
    });
    const names = fc.array(fc.constantFrom(...NAMES), { minLength: 12, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(source, { minLength: ids.length, maxLength: ids.length }),
        names,
        async (all, cited) => {
          world.write([
            ...all.map(({ above, origin, retrievedOn }, place) => ({
              sql: 'UPDATE sources SET derived_from_id = ?, origin = ?, retrieved_on = ? WHERE id = ?',
              params: [above === null ? null : (ids[above] ?? null), origin, retrievedOn, ids[place] ?? null],
            })),
            ...cited.map((name, place) => ({
              sql: `UPDATE citations SET field = ? WHERE rowid % ${cited.length} = ${place}`,
              params: [name],
            })),
          ]);
          expect(await expectAsWalked(world)).toBeGreaterThan(50);
        },
      ),
      { seed: 1_752, numRuns: 6 },
    );
  }, 60_000);
});

test('copies of one text count once, and what no source tells is not known', async () => {
  const world = open(emptyWorld);
  const { folder } = dataFolder({
    'data.yaml': `
sources:
  - { slug: agency, kind: NEWS_AGENCY, title: Report, retrievedOn: 2026-11-20 }
  - { slug: paper, kind: NEWSPAPER, title: The same, derivedFrom: agency, retrievedOn: 2026-11-23 }
  - { slug: portal, kind: OTHER, title: The same again, derivedFrom: paper, isRelay: true }
  - { slug: broadcast, kind: BROADCASTER, title: News at seven, origin: CCTV }
  - { slug: summary, kind: NEWSPAPER, title: As seen at seven, origin: CCTV, retrievedOn: 2026-11-21 }
  - { slug: copy, kind: OTHER, title: A copy of what is not known, isRelay: true }
  - { slug: wire, kind: NEWS_AGENCY, title: Wire }
  - { slug: reprint, kind: NEWSPAPER, title: The wire in print, derivedFrom: wire, origin: Xinhua }
  - { slug: retold, kind: NEWSPAPER, title: The agency retold, origin: Xinhua }
places:
  - { slug: hefei, kind: CITY, name: Hefei, country: CN }
conventions:
  - slug: fair
    name: Fair
    editions:
      - slug: fair-2026
        year: 2026
        name: Fair 2026
        city: hefei
        endDate: 2026-09-23
        citations: [copy, { source: broadcast, field: endDate }, { source: summary, field: endDate }]
        figures:
          - key: exhibitors
            metric: EXHIBITORS
            value: 600
            unit: COMPANIES
            status: FINAL
            citations: [agency, paper, portal, { source: copy, field: note }]
          - key: countries
            metric: COUNTRIES
            value: 30
            unit: COUNTRIES
            status: FINAL
            citations: [wire, reprint, retold]
          - key: visitors-of-one-day
            metric: VISITORS
            value: 9
            unit: PEOPLE
            scope: SUBSET
            status: FINAL
            citations: [agency]
      - { slug: fair-2027, year: 2027, name: Fair 2027, city: hefei, citations: [copy] }
`,
  });
  const writer = openWriter(world.path);
  importDataset(folder, writer, { now: world.now });
  writer.close();
  const { data } = await ask(
    world,
    `{ convention(slug: "fair") { coverage { ${OF_CONVENTION} } latest: editions(last: 1) { nodes { coverage { ${OF_EDITION} } } } } }`,
  );
  const { convention } = Object(data);
  const [{ coverage }] = convention.latest.nodes;
  const known = coverage.fields.filter(({ isKnown }: { isKnown: boolean }) => isKnown);
  const none = { sources: 0, independentSources: 0, lastCheckedOn: null };
  expect(known).toEqual([
    { field: 'END_DATE', isKnown: true, sources: 2, independentSources: 1, lastCheckedOn: '2026-11-21' },
    // Cited by nothing of its own: it rests on what the edition as a whole does.
    { field: 'CITY', isKnown: true, sources: 1, independentSources: 1, lastCheckedOn: null },
    { field: 'EXHIBITORS', isKnown: true, sources: 3, independentSources: 1, lastCheckedOn: '2026-11-23' },
    // The reprint repeats the one and carries the text of the other.
    { field: 'COUNTRIES', isKnown: true, sources: 3, independentSources: 1, lastCheckedOn: null },
  ]);
  expect(coverage.fields).toContainEqual({ field: 'VISITORS', isKnown: false, ...none });
  expect(coverage).toMatchObject({
    ...{ known: 4, total: COVERAGE_FIELDS.length, sources: 9, independentSources: 4, lastCheckedOn: '2026-11-23' },
  });
  expect(convention.coverage).toMatchObject({
    ...{ editions: 2, known: 5, total: 2 * COVERAGE_FIELDS.length, sources: 9, independentSources: 4 },
  });
  expect(convention.coverage.fields).toContainEqual({
    ...{ field: 'CITY', editions: 2, sources: 1, independentSources: 1, lastCheckedOn: null },
  });
});
