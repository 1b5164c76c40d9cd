import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectSame, type Reference, referenceOf } from '../support/reference.ts';
import { ask, richWorld, type World } from '../support/world.ts';

let world: World;
let reference: Reference;
beforeAll(() => {
  world = richWorld();
  reference = referenceOf(world);
});
afterAll(() => world.close());

/** What the planner answers, having compared it with what the reference answers. */
const answer = (query: string, variables?: Record<string, unknown>) =>
  expectSame({ world, reference }, { query, variables, acceptLanguage: 'en' });

describe('aliases', () => {
  test('one relation under two aliases has the arguments of each', async () => {
    const data = await answer(`{ edition(slug: "annual-2010") {
      three: exhibitionAreas(first: 3) { nodes { id } totalCount }
      lastTwo: exhibitionAreas(last: 2) { nodes { id } pageInfo { hasPreviousPage } }
      exhibitionAreas(first: 1) { nodes { id } }
    } }`);
    expect(data).toMatchObject({
      edition: {
        three: { nodes: [{}, {}, {}], totalCount: 23 },
        lastTwo: { nodes: [{}, {}], pageInfo: { hasPreviousPage: true } },
        exhibitionAreas: { nodes: [{}] },
      },
    });
  });

  test('one text under two aliases is in the language of each', async () => {
    const data = await answer(`{ node(id: "${china()}") { ... on Place {
      name(locale: "zh-Hans") english: name(locale: "en") preferred: name french: name(locale: "fr")
    } } }`);
    expect(data).toEqual({ node: { name: '中国', english: 'China', preferred: 'China', french: 'China' } });
  });

  test('one list of figures under two aliases has the metrics of each', async () => {
    await answer(
      `query ($metrics: [Metric!]) { editions { nodes {
      figures { metric } a: figures(metric: [EXHIBITORS]) { metric } b: figures(metric: $metrics) { metric }
      none: figures(metric: []) { metric } all: figures(metric: null) { metric }
    } } }`,
      { metrics: ['VISITORS', 'OTHER'] },
    );
  });

  test('an alias may be the name of another field, and the other way round', async () => {
    await answer(`{ editions(first: 8) { nodes {
      themes: speakers(first: 2) { nodes: edges { node: cursor cursor: node { id: kind kind: id } } }
      speakers: themes { text: id id: text }
      slug: year year: slug
      previousEdition: followingEdition { slug } followingEdition: previousEdition { slug }
      x: themes { kind } city: venue { city: name name: city { name } } venue: city { name }
    } pageInfo: totalCount totalCount: pageInfo { startCursor: endCursor endCursor: startCursor } } }`);
  });

  test('an alias may look like a name within JavaScript or GraphQL', async () => {
    await answer(`{ editions(first: 3) { nodes {
      __typename: slug constructor: themes { toString: id } __proto__: themes { kind } hasOwnProperty: year length: city { id }
    } } }`);
  });

  test('root fields under aliases are a statement each, with the arguments of each', async () => {
    const data = await answer(`{
      a: edition(slug: "annual-2010") { slug } edition(slug: "annual-2011") { slug } none: edition(slug: "x") { slug }
      edition2: edition(slug: "annual-2010") { slug } editions: conventions(first: 1) { nodes { slug } }
    }`);
    expect(data).toEqual({
      a: { slug: 'annual-2010' },
      edition: { slug: 'annual-2011' },
      none: null,
      edition2: { slug: 'annual-2010' },
      editions: { nodes: [{ slug: 'annual' }] },
    });
  });
});

const china = () => String(world.reader.value("SELECT id FROM places WHERE slug = 'china'", []));

describe('fragments', () => {
  test('a field selected many times is one field with all that was selected beneath it', async () => {
    const data = await answer(`
      query { convention(slug: "annual") { ...a ...a ... on Convention { ...b } ...b firstEdition { slug } ... { firstEdition { id } } } }
      fragment a on Convention { firstEdition { year ...c } e: editions(first: 1) { nodes { slug } } }
      fragment b on Node { id ... on Convention { firstEdition { year convention { slug } } e: editions(first: 1) { totalCount } } }
      fragment c on Edition { convention { id } ... on Cited { citations { basis } } }`);
    expect(data).toMatchObject({
      convention: {
        firstEdition: { slug: 'annual-2010', year: 2010, convention: { slug: 'annual' } },
        e: { totalCount: 18 },
      },
    });
  });

  test('fragments on interfaces and unions apply where the type belongs to them', async () => {
    await answer(
      `query ($ids: [ID!]!) { nodes(ids: $ids) {
      __typename id
      ... on Cited { __typename citations { basis source { ... on Node { id ... on Cited { citations { basis } } } } } }
      ... on Participant { ... on Organization { slug websiteUrl } ... on Place { country parent { slug } } }
      ... on Node { again: id ... on Edition { slug } ... on Edition { year } }
    } }`,
      { ids: oneOfEach() },
    );
  });

  test('one response key may be another field, or have other arguments, on another type of a union', async () => {
    await answer(`{ editions { nodes { organizers { role participant {
      __typename
      ... on Organization { label: name(locale: "en") id }
      ... on Place { label: name(locale: "zh-Hans") }
    } } guestsOfHonour { participant { ... on Node { id } } } } } }`);
  });

  test('fragments that each spread the next one twice are opened once each', async () => {
    const count = 40;
    const chain = Array.from(
      { length: count },
      (_, index) => `fragment f${index} on Edition { ...f${index + 1} ...f${index + 1} }`,
    );
    await answer(
      `{ edition(slug: "annual-2010") { ...f0 ...f0 } } ${chain.join(' ')} fragment f${count} on Edition { slug themes { id } }`,
    );
  });

  test('one response key may have other arguments on another type, in either order', async () => {
    const claims = 'nodes { id } totalCount';
    const onEdition = `... on Edition { x: signedProjectStatistics(first: 3) { ${claims} } y: speakers(last: 1) { nodes { id } } }`;
    const onConvention = `... on Convention { x: signedProjectStatistics(last: 1) { ${claims} } }`;
    const onSpeaker = '... on Speaker { y: appearances(first: 2) { nodes { id } } }';
    for (const fragments of [
      [onEdition, onConvention, onSpeaker],
      [onSpeaker, onConvention, onEdition],
    ])
      await answer(`query ($ids: [ID!]!) { nodes(ids: $ids) { ${fragments.join(' ')} } }`, { ids: oneOfEach() });
  });

  test('fragments on types that cannot be there select nothing', async () => {
    const data = await answer(`query ($id: ID!) { node(id: $id) { ... on Edition { slug } ... on Theme { text } } }`, {
      id: china(),
    });
    expect(data).toEqual({ node: {} });
  });
});

/** The id of one record of each type; that of a participation is no node of the graph. */
const oneOfEach = () => world.reader.rows('SELECT max(id) AS id FROM nodes GROUP BY type', []).map(({ id }) => id);

describe('directives', () => {
  const query = `query ($yes: Boolean!, $no: Boolean = false) { edition(slug: "annual-2012") {
    slug @include(if: $yes) year @skip(if: $yes) id @include(if: $no) ordinal @skip(if: $no)
    themes @include(if: $yes) { id @skip(if: $no) kind @skip(if: $yes) }
    ...f @include(if: $yes) ... @skip(if: $yes) { city { name } } ...g @skip(if: true) both: slug @include(if: $yes) @skip(if: $yes)
    speakers(first: 2) { nodes @include(if: $yes) { id } edges @skip(if: $yes) { cursor } pageInfo { endCursor @include(if: $no) } }
  } skipped: editions @include(if: $no) { totalCount } }
  fragment f on Edition { venue { id } ...g }
  fragment g on Edition { startDate endDate @include(if: $no) }`;

  test.each([{ yes: true }, { yes: false }, { yes: true, no: true }, { yes: false, no: true }])(
    'what they leave out for %j is not asked of the database',
    async (variables) => {
      await answer(query, variables);
      const { statements } = await ask(world, query, variables);
      expect(/FROM "themes"/.test(statements.join())).toBe(variables.yes);
      expect(/"venue_id"/.test(statements.join())).toBe(variables.yes);
      expect(/"city_id"/.test(statements.join())).toBe(!variables.yes);
      expect(statements).toHaveLength(variables.no ? 2 : 1);
    },
  );

  test('a condition that is null is refused before anything is asked', async () => {
    const nested = 'query ($no: Boolean = false) { editions { nodes { id @include(if: $no) } } }';
    const { errors, statements } = await ask(world, nested, { no: null });
    expect(errors).toMatchObject([{ message: expect.stringContaining('"Boolean!" must not be null') }]);
    expect(statements).toEqual([]);
  });

  test('a selection of which nothing is left is an empty object', async () => {
    const data = await answer(
      '{ edition(slug: "annual-2012") { slug @skip(if: true) } editions(first: 2) { nodes { id @include(if: false) } } }',
    );
    expect(data).toEqual({ edition: {}, editions: { nodes: [{}, {}] } });
  });
});

describe('absence', () => {
  test('a list of none is empty, whatever of its connection is asked', async () => {
    const parts = [
      'totalCount',
      'nodes { id }',
      'edges { cursor }',
      '__typename',
      'pageInfo { hasNextPage hasPreviousPage }',
      'pageInfo { startCursor endCursor }',
      'pageInfo { __typename }',
    ];
    for (const part of [...parts, parts.join(' ')]) {
      const data = await answer(
        `{ convention(slug: "idle") { editions { ${part} } signedProjectStatistics(last: 2) { ${part} } } }`,
      );
      expect(JSON.stringify(data)).not.toContain('"editions":null');
    }
  });

  test('records that do not exist are null, also among others', async () => {
    const data = await answer(
      'query ($id: ID!) { node(id: "x") { id } nodes(ids: ["x", $id, "", $id]) { id } speaker(slug: "") { id } }',
      {
        id: china(),
      },
    );
    expect(data).toEqual({ node: null, nodes: [null, { id: china() }, null, { id: china() }], speaker: null });
  });

  test('null for an argument is the same as leaving it out', async () => {
    const data = await answer(
      `query ($n: Int, $cursor: String, $locale: Locale) { sources(first: $n, last: null, after: null, before: $cursor) {
      nodes { slug note(locale: $locale) } totalCount
    } }`,
      { n: null, locale: null },
    );
    expect(data).toMatchObject({ sources: { totalCount: 31 } });
    expect(data).toHaveProperty('sources.nodes.length', 20);
  });
});

test('the newest and the next edition are told by the calendar of each place', async () => {
  // At 20:00 UTC of 30 June it is 1 July in Shanghai, but not in Los Angeles and Berlin.
  const data = await answer(
    '{ conventions { nodes { slug latestEdition { slug timeZone startDate } nextEdition { slug startDate } firstEdition { slug } } } }',
  );
  expect(data).toMatchObject({
    conventions: {
      nodes: expect.arrayContaining([
        expect.objectContaining({ slug: 'idle', latestEdition: null, nextEdition: null, firstEdition: null }),
        expect.objectContaining({
          slug: 'annual',
          latestEdition: { slug: 'annual-2026', timeZone: 'Asia/Shanghai', startDate: '2026-07-01' },
        }),
        expect.objectContaining({
          slug: 'crowded',
          latestEdition: { slug: 'crowded-2026-15', timeZone: 'Europe/Berlin', startDate: '2026-06-30' },
          nextEdition: { slug: 'crowded-2026', startDate: '2026-07-01' },
        }),
      ]),
    },
  });
});
