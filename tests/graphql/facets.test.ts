import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { conditions, type EditionFacts, editionsOf } from '../support/edition-conditions.ts';
import { byCodePoint } from '../support/reference-totals.ts';
import { type SignedEdition, signed, signedData, typical } from '../support/signed-data.ts';
import { ask, emptyWorld, richWorld, shippedWorld, type World } from '../support/world.ts';

let rich: World;
let shipped: World;
let written: World;
beforeAll(() => {
  rich = richWorld();
  shipped = shippedWorld();
  written = emptyWorld();
});
afterAll(() => {
  for (const world of [rich, shipped, written]) world.close();
});

const FACETS = ['YEAR', 'COUNTRY', 'CITY', 'CONVENTION', 'STATUS'] as const;
type By = (typeof FACETS)[number];

const valueIn: Record<By, (edition: EditionFacts) => string | null> = {
  YEAR: ({ year }) => String(year),
  COUNTRY: ({ country }) => country,
  CITY: ({ city }) => city,
  CONVENTION: ({ convention }) => convention,
  STATUS: ({ status }) => status,
};

/** A facet in the plainest way. */
function counted(by: By, editions: readonly EditionFacts[]) {
  const counts = new Map<string, number>();
  for (const edition of editions) {
    const value = valueIn[by](edition);
    if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const buckets = [...counts].map(([value, count]) => ({ value, count }));
  return {
    by,
    buckets: buckets.sort((one, other) =>
      by === 'YEAR'
        ? Number(other.value) - Number(one.value)
        : other.count - one.count || byCodePoint(one.value, other.value),
    ),
  };
}

describe('as plain JavaScript counts', () => {
  const runs = Math.ceil(Number(process.env.EXPOGRAPH_CASES ?? 2_000) / 33);
  const timeout = 30_000 + 100 * runs;
  const LIST =
    '(where: $where, orderBy: $orderBy, first: $first, last: $last, after: $after, before: $before) { totalCount nodes { id } facets(by: $by) { ...facet } latest: facets(by: [YEAR, STATUS]) { ...facet } }';
  const QUERIES = {
    root: `{ editions${LIST} }`,
    nested: `{ conventions(first: 100) { nodes { slug editions${LIST} } } }`,
  };
  const queryOf = (place: keyof typeof QUERIES) =>
    `query ($where: EditionWhere, $orderBy: [EditionOrder!], $first: Int, $last: Int, $after: String, $before: String, $by: [EditionFacet!]!) ${QUERIES[place]} fragment facet on Facet { by buckets { value count } }`;

  type Cursors = Record<keyof typeof QUERIES, readonly string[]>;

  const questions = (editions: readonly EditionFacts[], cursors: Cursors = { root: [], nested: [] }) => {
    const asked = (place: keyof typeof QUERIES) => {
      const cursor = fc.constantFrom(undefined, ...cursors[place]);
      const page = fc.oneof(
        fc.record({ first: fc.constantFrom(1, 3, 100), after: cursor }),
        fc.record({ last: fc.constantFrom(1, 100), before: cursor, after: cursor }),
        fc.record({ orderBy: fc.constant([{ field: 'SIGNED_PROJECTS' }]), first: fc.constant(1) }),
        fc.constant({}),
      );
      return fc.record({
        place: fc.constant(place),
        condition: fc.option(conditions(editions), { nil: undefined }),
        by: fc.array(fc.constantFrom(...FACETS), { maxLength: 6 }),
        page,
      });
    };
    return fc.oneof(asked('root'), asked('nested'));
  };
  type Question = ReturnType<typeof questions> extends fc.Arbitrary<infer One> ? One : never;

  const expectAsCounted = async (world: World, editions: readonly EditionFacts[], question: Question) => {
    const { place, condition, by, page } = question;
    const { data, errors, statements } = await ask(world, queryOf(place), { where: condition?.where, by, ...page });
    expect(errors).toBeUndefined();
    expect(statements).toHaveLength(1);
    const left = editions.filter((edition) => !condition || condition.holds(edition) === true);
    const listOf = (own: readonly EditionFacts[]) => ({
      totalCount: own.length,
      // Of no interest here, but the page and the facets are read in one go.
      nodes: expect.any(Array),
      facets: [...new Set(by)].map((one) => counted(one, own)),
      latest: [counted('YEAR', own), counted('STATUS', own)],
    });
    if (place === 'root') expect(data).toEqual({ editions: listOf(left) });
    else {
      const slugs = world.reader.rows('SELECT slug FROM conventions', []).map(({ slug }) => String(slug));
      const nodes = slugs.sort(byCodePoint).map((slug) => ({
        slug,
        editions: listOf(left.filter(({ convention }) => convention === slug)),
      }));
      expect(data).toEqual({ conventions: { nodes } });
    }
  };

  test(
    'over a database with ties, unknown cities and several time zones, whatever the page',
    async () => {
      const editions = editionsOf(rich);
      const cursorsIn = async (list: string) => {
        const { data } = await ask(rich, `{ ${list} }`);
        const found = [...JSON.stringify(data).matchAll(/"cursor":"([^"]+)"/g)].map(([, cursor = '']) => cursor);
        expect(found).toHaveLength(editions.length);
        return found;
      };
      const list = 'editions(first: 100) { edges { cursor } }';
      const cursors = { root: await cursorsIn(list), nested: await cursorsIn(`conventions { nodes { ${list} } }`) };
      await fc.assert(
        fc.asyncProperty(questions(editions, cursors), (question) => expectAsCounted(rich, editions, question)),
        { numRuns: runs },
      );
    },
    timeout,
  );

  test(
    'over generated databases, also empty ones',
    async () => {
      written.write(signedData(typical));
      const asked = questions(editionsOf(written));
      await fc.assert(
        fc.asyncProperty(signed, asked, async (data, question) => {
          written.write(signedData(data));
          await expectAsCounted(written, editionsOf(written), question);
        }),
        { numRuns: runs },
      );
    },
    timeout,
  );

  test('the counts of a facet add up to totalCount less what is unknown', async () => {
    const editions = editionsOf(rich);
    const { data } = await ask(
      rich,
      '{ editions(first: 1) { totalCount facets(by: [YEAR, COUNTRY, CITY, CONVENTION, STATUS]) { buckets { count } } } }',
    );
    const sums = JSON.parse(JSON.stringify(data), (key, value) =>
      key === 'facets'
        ? value.map(({ buckets }: { buckets: { count: number }[] }) => buckets.reduce((sum, one) => sum + one.count, 0))
        : value,
    );
    const all = editions.length;
    const known = editions.filter(({ cityId }) => cityId !== null).length;
    expect(known).toBeLessThan(all);
    expect(sums).toEqual({ editions: { totalCount: all, facets: [all, known, known, all, all] } });
  });
});

const write = (editions: readonly Omit<SignedEdition, 'convention'>[]) =>
  written.write(
    signedData({
      conventions: [{ slug: 'fair', name: { 'zh-Hans': '交易会', en: 'Fair' } }],
      cities: [
        { slug: 'hefei', country: 'CN', name: { en: 'Hefei', 'zh-Hans': '合肥' } },
        { slug: 'unnamed', country: 'TR' },
      ],
      editions: editions.map((edition) => ({ convention: 0, ...edition })),
      claims: [],
    }),
  );

test('values are told in words, in the language wanted', async () => {
  const day = { startDate: '2026-06-01', endDate: '2026-07-10' };
  write([
    { city: 0, year: 2026, ...day },
    { city: 0, year: 2026, startDate: '2026-06-01' },
    { city: 0, year: 2026, startDate: '2026-08-01' },
    { city: 0, year: 2026, eventStatus: 'POSTPONED' },
    { city: 1, year: 2026, eventStatus: 'CANCELLED', ...day },
    { city: 1, year: 2025 },
  ]);
  const labels = async (locale: string, acceptLanguage?: string) => {
    const { data } = await ask(
      written,
      `{ editions { facets(by: [STATUS, COUNTRY, CITY, CONVENTION, YEAR]) { buckets { label${locale} } } } }`,
      {},
      acceptLanguage,
    );
    return JSON.parse(JSON.stringify(data), (_, value) => value.buckets ?? value.label ?? value).editions.facets;
  };
  const english = [
    ['cancelled', 'held', 'postponed', 'running', 'unknown', 'upcoming'],
    ['China', 'Türkiye'],
    ['Hefei', 'unnamed'],
    ['Fair'],
    ['2026', '2025'],
  ];
  const chinese = [
    ['已取消', '已举办', '已延期', '正在举办', '未知', '即将举办'],
    ['中国', '土耳其'],
    ['合肥', 'unnamed'],
    ['交易会'],
    ['2026', '2025'],
  ];
  expect(await labels('(locale: "en")')).toEqual(english);
  expect(await labels('(locale: "zh-Hans")', 'en')).toEqual(chinese);
  expect(await labels('', 'zh-CN, en;q=0.5')).toEqual(chinese);
  expect(await labels('', 'en, zh;q=0.5')).toEqual(english);
});

test('one bucket bears labels in two languages, and two facets stand under names of their own', async () => {
  const { data, statements } = await ask(
    shipped,
    'query ($where: EditionWhere) { editions(first: 1, where: $where) { c: facets(by: COUNTRY) { buckets { value en: label(locale: "en") zh: label(locale: "zh") count } } s: facets(by: [STATUS, YEAR]) { by buckets { value } } } }',
    { where: { year: { gte: 2025 }, convention: { slug: { eq: 'world-manufacturing-convention' } } } },
  );
  expect(statements).toHaveLength(1);
  expect(data).toEqual({
    editions: {
      c: [{ buckets: [{ value: 'CN', en: 'China', zh: '中国', count: 2 }] }],
      s: [
        // The last day of 2026 is not known.
        { by: 'STATUS', buckets: [{ value: 'HELD' }, { value: 'UNKNOWN' }] },
        { by: 'YEAR', buckets: [{ value: '2026' }, { value: '2025' }] },
      ],
    },
  });
});

test('the status is that of the day where the edition is held', async () => {
  const starting = { city: null, year: 2026, startDate: '2026-07-01', endDate: '2026-07-01' };
  write(['Asia/Shanghai', 'Europe/Berlin', 'America/Los_Angeles', null].map((timeZone) => ({ ...starting, timeZone })));
  const statusAt = async (instant: string) => {
    const { data } = await ask(
      { ...written, now: () => new Date(instant) },
      '{ editions { facets(by: [STATUS]) { buckets { value count } } } }',
    );
    return data;
  };
  const facet = (...buckets: [value: string, count: number][]) => ({
    editions: { facets: [{ buckets: buckets.map(([value, count]) => ({ value, count })) }] },
  });
  expect(await statusAt('2026-06-30T15:59:59Z')).toEqual(facet(['UPCOMING', 4]));
  expect(await statusAt('2026-06-30T16:00:00Z')).toEqual(facet(['UPCOMING', 3], ['RUNNING', 1]));
  expect(await statusAt('2026-06-30T22:00:00Z')).toEqual(facet(['RUNNING', 2], ['UPCOMING', 2]));
  expect(await statusAt('2026-07-01T16:00:00Z')).toEqual(facet(['RUNNING', 3], ['HELD', 1]));
  expect(await statusAt('2026-07-02T07:00:00Z')).toEqual(facet(['HELD', 4]));
});

describe('misuse', () => {
  test.each([
    ['', 'Field "facets" argument "by" of type "[EditionFacet!]!" is required, but it was not provided.'],
    ['(by: null)', 'Expected value of type "[EditionFacet!]!", found null.'],
    ['(by: [YEAR, null])', 'Expected value of type "EditionFacet!", found null.'],
    ['(by: [MONTH])', 'Value "MONTH" does not exist in "EditionFacet" enum.'],
    ['(by: ["YEAR"])', 'Enum "EditionFacet" cannot represent non-enum value: "YEAR".'],
    ['(by: [YEAR], first: 1)', 'Unknown argument "first" on field "EditionConnection.facets".'],
  ])('facets%s fits no schema', async (args, message) => {
    await expect(ask(rich, `{ editions { facets${args} { by } } }`)).rejects.toThrow(message);
  });

  test.each([
    [['YEAR', 'year'], 'got invalid value "year" at "by[1]"; Value "year" does not exist in "EditionFacet" enum.'],
    [['toString'], 'got invalid value "toString" at "by[0]"; Value "toString" does not exist in "EditionFacet" enum.'],
    [[null], 'got invalid value null at "by[0]"; Expected non-nullable type "EditionFacet!" not to be null.'],
    [null, 'of non-null type "[EditionFacet!]!" must not be null.'],
  ])('by %j is refused before any statement', async (by, message) => {
    const query = 'query ($by: [EditionFacet!]!) { editions { facets(by: $by) { by } } }';
    const { data, errors, statements } = await ask(rich, query, { by });
    expect({ data, messages: errors?.map((error) => error.message.split(' Did you')[0]), statements }).toEqual({
      data: undefined,
      messages: [`Variable "$by" ${message}`],
      statements: [],
    });
  });

  test.each([
    ['first: 0', 'first must be between 1 and 100; got 0.', 'BAD_USER_INPUT'],
    ['first: 101', 'first must be between 1 and 100; got 101.', 'PAGE_SIZE_EXCEEDED'],
    ['first: 1, last: 1', 'give first or last, not both.', 'BAD_USER_INPUT'],
    [
      'after: "x"',
      'after must be a cursor that this list gave in this order; got "x". Start again without after.',
      'INVALID_CURSOR',
    ],
    [
      'where: { year: { eq: null } }',
      'where.year.eq must not be null. Leave it out; what is unknown is asked for by isNull.',
      'BAD_USER_INPUT',
    ],
  ])('editions(%s) is refused although facets do not look at the page', async (args, message, code) => {
    const { errors, statements } = await ask(rich, `{ editions(${args}) { facets(by: [YEAR]) { by } } }`);
    expect(errors).toMatchObject([{ message: `editions: ${message}`, path: ['editions'], extensions: { code } }]);
    expect(statements).toEqual([]);
  });

  test('by nothing gives no facet', async () => {
    const { data } = await ask(rich, '{ editions { facets(by: []) { by } } }');
    expect(data).toEqual({ editions: { facets: [] } });
  });
});
