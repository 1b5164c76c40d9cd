import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ProjectStage, words } from '../../src/store/vocabulary.ts';
import { conditions, type EditionFacts, editionsOf } from '../support/edition-conditions.ts';
import { type Key, referenceTotals } from '../support/reference-totals.ts';
import { claimId, type Signed, type SignedClaim, signed, signedData, typical } from '../support/signed-data.ts';
import { ask, emptyWorld, richWorld, type World } from '../support/world.ts';

let rich: World;
let written: World;
beforeAll(() => {
  rich = richWorld();
  written = emptyWorld();
});
afterAll(() => {
  for (const world of [rich, written]) world.close();
});

const ROW =
  'keys { by value } projects investment changeInProjects changeInInvestment editions editionsCounted editionsWithProjects editionsWithInvestment isExact counted { id } excluded { reason claim { id } }';

interface Input {
  groupBy?: Key[] | null;
  stage?: string;
  currency?: string;
  where?: object | null;
}

/** The same question in three ways of writing it. */
const writings: Record<string, (input: Input) => { query: string; variables: Record<string, unknown> }> = {
  'one variable': (input) => ({
    query: `query ($input: TotalsInput!) { signedProjectTotals(input: $input) { groups { ${ROW} } total { ${ROW} } } }`,
    variables: { input },
  }),
  'a variable for each part': (input) => ({
    query: `query ($groupBy: [TotalsKey!], $stage: ProjectStage! = SIGNED, $currency: CurrencyCode! = "CNY", $where: EditionWhere) {
      signedProjectTotals(input: { groupBy: $groupBy, stage: $stage, currency: $currency, where: $where }) { ...all } }
      fragment all on SignedProjectTotals { total { ...row } groups { ...row } } fragment row on TotalsRow { ${ROW} }`,
    variables: { ...input },
  }),
  literals: ({ groupBy, stage, currency, where }) => {
    const parts = [
      ...(groupBy === undefined ? [] : [`groupBy: ${groupBy && `[${groupBy.join(', ')}]`}`]),
      ...(stage === undefined ? [] : [`stage: ${stage}`]),
      ...(currency === undefined ? [] : [`currency: ${JSON.stringify(currency)}`]),
      ...(where === undefined ? [] : [`where: ${literal(where)}`]),
    ];
    return {
      query: `{ signedProjectTotals(input: { ${parts.join(', ')} }) { groups { ${ROW} } total { ${ROW} } } }`,
      variables: {},
    };
  },
};

/** A value as GraphQL writes it; words in capitals are enum values, unless they are as short as a country's. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value === 'string' && /^[A-Z]{3,}$/.test(value)) return value;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([key, one]) => `${key}: ${literal(one)}`)
    .join(', ')} }`;
}

const leftOut = { freq: 4, nil: undefined };

/** What to ask, and which editions are left by its `where`. */
function questions(editions: readonly EditionFacts[]) {
  const keys = fc.constantFrom<Key>('YEAR', 'CONVENTION', 'COUNTRY', 'CITY');
  return fc.record({
    groupBy: fc.oneof(
      { arbitrary: fc.constantFrom(undefined, null), weight: 1 },
      { arbitrary: fc.array(keys, { maxLength: 5 }), weight: 9 },
    ),
    stage: fc.option(fc.constantFrom(...words(ProjectStage).slice(0, 3), 'STARTED', 'INVESTED'), leftOut),
    currency: fc.option(fc.constantFrom('CNY', 'USD', 'EUR', 'XTS'), leftOut),
    condition: fc.option(conditions(editions), { freq: 3, nil: undefined }),
    writing: fc.constantFrom(...Object.keys(writings)),
  });
}

type Question = ReturnType<typeof questions> extends fc.Arbitrary<infer One> ? One : never;

async function expectAsReckoned(world: World, editions: readonly EditionFacts[], question: Question): Promise<void> {
  const { groupBy, stage, currency, condition, writing } = question;
  const given = Object.entries({ groupBy, stage, currency, where: condition?.where });
  const input: Input = Object.fromEntries(given.filter(([, value]) => value !== undefined));
  const { query, variables } = writings[writing]?.(input) ?? { query: '', variables: {} };
  const { data, errors, statements } = await ask(world, query, variables);
  expect(errors).toBeUndefined();
  expect(statements).toHaveLength(1);
  const left = editions.filter((edition) => !condition || condition.holds(edition) === true);
  const asked = { groupBy: [...new Set(groupBy)], stage: stage ?? 'SIGNED', currency: currency ?? 'CNY' };
  expect(data).toEqual({ signedProjectTotals: referenceTotals(world, asked, left) });
}

describe('as plain JavaScript reckons', () => {
  const runs = Math.ceil(Number(process.env.EXPOGRAPH_CASES ?? 2_000) / 33);
  const timeout = 30_000 + 100 * runs;

  test(
    'over a database with ties, nulls, and claims of other stages and currencies',
    async () => {
      const editions = editionsOf(rich);
      await fc.assert(
        fc.asyncProperty(questions(editions), (question) => expectAsReckoned(rich, editions, question)),
        { numRuns: runs },
      );
    },
    timeout,
  );

  test(
    'over generated databases with numbers at the limits',
    async () => {
      written.write(signedData(typical));
      const asked = fc.array(questions(editionsOf(written)), { minLength: 2, maxLength: 2 });
      await fc.assert(
        fc.asyncProperty(signed, asked, async (data, some) => {
          written.write(signedData(data));
          const editions = editionsOf(written);
          for (const question of some) await expectAsReckoned(written, editions, question);
        }),
        { numRuns: runs },
      );
    },
    timeout,
  );
});

/** Claims that are counted, unless they are told to be otherwise, each about the edition of its place. */
function world(years: readonly number[], claims: readonly Partial<SignedClaim>[], more: Partial<Signed> = {}): World {
  const claim: SignedClaim = {
    ...{ about: [], reportedAt: null, stage: 'SIGNED', status: 'FINAL', scope: 'EDITION', standing: 'PREFERRED' },
    ...{ projects: null, investment: null, chronology: '2021', position: 0 },
  };
  written.write(
    signedData({
      conventions: [{ slug: 'fair' }],
      cities: [],
      editions: years.map((year) => ({ convention: 0, city: null, year })),
      claims: claims.map((one, place) => ({ ...claim, about: [place], ...one })),
      ...more,
    }),
  );
  return written;
}

const projects = (value: string): SignedClaim['projects'] => ({ value, unit: 'PROJECTS', bound: 'EXACT' });
const yuan = (amount: string): SignedClaim['investment'] => ({ amount, currency: 'CNY', bound: 'EXACT' });

test('sums beyond 64 bits and changes of any size are exact', async () => {
  const largest = '922337203685477.5807';
  const numbers = [largest, largest, '0.0001', largest, '800', '801', '800', '799', '20000.9999', '20000', '0', '7'];
  const years = [2001, 2001, ...numbers.slice(2).map((_, place) => 2002 + place)];
  const { data } = await ask(
    world(
      years,
      numbers.map((number) => ({ projects: projects(number), investment: yuan(number) })),
    ),
    '{ signedProjectTotals(input: { groupBy: [YEAR] }) { total { projects investment } groups { projects investment changeInProjects changeInInvestment } } }',
  );
  const row = (number: string, change: string | null) => ({
    ...{ projects: number, investment: number, changeInProjects: change, changeInInvestment: change },
  });
  expect(data).toEqual({
    signedProjectTotals: {
      // 3 * 922337203685477.5807 + 0.0001 + 800 + 801 + 800 + 799 + 20000.9999 + 20000 + 0 + 7
      total: { projects: '2767011611099640.7421', investment: '2767011611099640.7421' },
      groups: [
        row('1844674407370955.1614', null),
        row('0.0001', '-100'),
        row(largest, '922337203685477580600'),
        row('800', '-100'),
        // 0.125, 0.1248, 0.125: halves are rounded away from zero
        row('801', '0.13'),
        row('800', '-0.12'),
        row('799', '-0.13'),
        // 20000.9999 / 799 = 25.0325
        row('20000.9999', '2403.25'),
        // 0.00499 is none
        row('20000', '0'),
        row('0', '-100'),
        row('7', null),
      ],
    },
  });
});

test('a claim is left out for the first reason that applies', async () => {
  const wrongs: Partial<SignedClaim>[] = [
    { investment: { amount: '1', currency: 'USD', bound: 'EXACT' } },
    { standing: 'ALTERNATIVE' },
    { status: 'INTERIM' },
    { scope: 'SUBSET' },
    { scope: 'CUMULATIVE' },
    { stage: 'STARTED' },
  ];
  const claims = wrongs.map((_, place) =>
    Object.assign({ position: place }, ...wrongs.slice(0, place + 1), { about: [0] }),
  );
  const { data } = await ask(
    world([2021], claims),
    '{ signedProjectTotals(input: {}) { total { projects isExact counted { id } excluded { reason claim { id } } } } }',
  );
  const reasons = ['OTHER_CURRENCY', 'NOT_PREFERRED', 'NOT_FINAL', 'SUBSET', 'CUMULATIVE', 'OTHER_STAGE'];
  const excluded = reasons.map((reason, place) => ({ reason, claim: { id: claimId(place) } }));
  expect(data).toEqual({
    signedProjectTotals: { total: { projects: null, isExact: true, counted: [], excluded } },
  });
});

test('where leaves no edition: no groups, and a total of nothing that is not 0', async () => {
  const query = `{ signedProjectTotals(input: { groupBy: [YEAR, CITY], where: { or: [] } }) { groups { ${ROW} } total { ${ROW} } } }`;
  const unknown = { projects: null, investment: null, changeInProjects: null, changeInInvestment: null };
  const total = {
    keys: [],
    ...unknown,
    editions: 0,
    editionsCounted: 0,
    editionsWithProjects: 0,
    editionsWithInvestment: 0,
    isExact: true,
    counted: [],
    excluded: [],
  };
  const nothing = { data: { signedProjectTotals: { groups: [], total } }, errors: undefined };
  expect(await ask(rich, query)).toMatchObject(nothing);
  expect(await ask(world([], []), query.replace('or', 'and'))).toMatchObject(nothing);
});

test('keys are told in words, in the language wanted', async () => {
  const named = world([2021, 2021], [], {
    conventions: [{ slug: 'fair', name: { 'zh-Hans': '交易会', en: 'Fair' } }],
    cities: [{ slug: 'hefei', country: 'CN', name: { en: 'Hefei', 'zh-Hans': '合肥' } }],
    editions: [
      { convention: 0, city: 0, year: 2021 },
      { convention: 0, city: null, year: 2021 },
    ],
  });
  const labels = async (locale: string, acceptLanguage?: string) => {
    const query = `{ signedProjectTotals(input: { groupBy: [COUNTRY, CITY, CONVENTION, YEAR] }) { groups { keys { label${locale} } } total { keys { label } } } }`;
    const { data } = await ask(named, query, {}, acceptLanguage);
    return JSON.parse(JSON.stringify(data), (_, value) => value.label ?? value).signedProjectTotals;
  };
  const english = [{ keys: ['China', 'Hefei', 'Fair', '2021'] }, { keys: ['unknown', 'unknown', 'Fair', '2021'] }];
  const chinese = [{ keys: ['中国', '合肥', '交易会', '2021'] }, { keys: ['未知', '未知', '交易会', '2021'] }];
  const total = { keys: [] };
  expect(await labels('(locale: "en")')).toEqual({ groups: english, total });
  expect(await labels('(locale: "zh")', 'en')).toEqual({ groups: chinese, total });
  expect(await labels('', 'zh-CN, en;q=0.5')).toEqual({ groups: chinese, total });
  expect(await labels('', 'en-US')).toEqual({ groups: english, total });
});

test('all that is selected beneath its claims is as it is elsewhere, by the one statement', async () => {
  const claim =
    'fragment claim on SignedProjectStatistic { id standing convention { slug } reportedAt { slug } editions { slug name(locale: "en") signedProjects { id } } citations { source { title } note } alternatives { id note(locale: "zh-Hans") conversions { amount currency } } }';
  const { data, errors, statements } = await ask(
    rich,
    `query ($input: TotalsInput!) { signedProjectTotals(input: $input) {
      groups { counted { ...claim } excluded { claim { ...claim } } reasons: excluded { reason } }
      total { counted { id } again: counted { ...claim } excluded { reason claim { ...claim } } } sum: total { projects } } } ${claim}`,
    { input: { groupBy: ['CITY', 'YEAR'] } },
  );
  expect(errors).toBeUndefined();
  expect(statements).toHaveLength(1);
  const seen = new Map<string, unknown>();
  JSON.stringify(data, (_, value) => {
    if (value?.standing && value.editions) {
      expect(seen.get(value.id) ?? value).toEqual(value);
      seen.set(value.id, value);
    }
    return value;
  });
  const ids = [...seen.keys()].slice(0, 100);
  expect(ids.length).toBeGreaterThan(50);
  const known = await ask(rich, `query ($ids: [ID!]!) { nodes(ids: $ids) { ...claim } } ${claim}`, { ids });
  expect(known).toMatchObject({ data: { nodes: ids.map((id) => seen.get(id)) }, errors: undefined });
});

describe('misuse', () => {
  const QUERY = 'query ($input: TotalsInput!) { signedProjectTotals(input: $input) { total { editions } } }';

  test.each([
    [null, 'of non-null type "TotalsInput!" must not be null.'],
    [[], 'got invalid value []; Expected type "TotalsInput" to be an object.'],
    [{ by: ['YEAR'] }, 'got invalid value { by: ["YEAR"] }; Field "by" is not defined by type "TotalsInput".'],
    [
      { groupBy: ['YEAR', null] },
      'got invalid value null at "input.groupBy[1]"; Expected non-nullable type "TotalsKey!" not to be null.',
    ],
    [
      { groupBy: ['toString'] },
      'got invalid value "toString" at "input.groupBy[0]"; Value "toString" does not exist in "TotalsKey" enum.',
    ],
    [
      { stage: null },
      'got invalid value null at "input.stage"; Expected non-nullable type "ProjectStage!" not to be null.',
    ],
    [
      { stage: 'signed' },
      'got invalid value "signed" at "input.stage"; Value "signed" does not exist in "ProjectStage" enum. Did you mean the enum value "SIGNED"?',
    ],
    [
      { currency: null },
      'got invalid value null at "input.currency"; Expected non-nullable type "CurrencyCode!" not to be null.',
    ],
    [
      { currency: 'cny' },
      'got invalid value "cny" at "input.currency"; CurrencyCode must be a currency code like "CNY"; got "cny".',
    ],
    [
      { currency: 'EURO' },
      'got invalid value "EURO" at "input.currency"; CurrencyCode must be a currency code like "CNY"; got "EURO".',
    ],
    [
      { where: { year: { eq: '2021' } } },
      'got invalid value "2021" at "input.where.year.eq"; Int cannot represent non-integer value: "2021"',
    ],
  ])('%j is refused before any statement', async (input, message) => {
    const { data, errors, statements } = await ask(rich, QUERY, { input });
    expect({ data, messages: errors?.map((error) => error.message), statements }).toEqual({
      data: undefined,
      messages: [`Variable "$input" ${message}`],
      statements: [],
    });
  });

  test.each([
    [{ year: { eq: null } }, 'input.where.year.eq'],
    [{ not: { and: [{}, { convention: { slug: { in: null } } }] } }, 'input.where.not.and.1.convention.slug.in'],
  ])('where %j is refused with the place of the null', async (where, argument) => {
    const message = `signedProjectTotals: ${argument} must not be null. Leave it out; what is unknown is asked for by isNull.`;
    const { data, errors, statements } = await ask(rich, QUERY, { input: { where } });
    expect(data).toBeNull();
    expect(errors).toMatchObject([
      { message, path: ['signedProjectTotals'], extensions: { code: 'BAD_USER_INPUT', argument } },
    ]);
    expect(statements).toEqual([]);
  });

  test.each([
    ['', 'Field "signedProjectTotals" argument "input" of type "TotalsInput!" is required, but it was not provided.'],
    ['(input: null)', 'Expected value of type "TotalsInput!", found null.'],
    ['(input: { groupBy: [MONTH] })', 'Value "MONTH" does not exist in "TotalsKey" enum.'],
    ['(input: { groupBy: [YEAR, null] })', 'Expected value of type "TotalsKey!", found null.'],
    ['(input: { currency: "cny" })', 'CurrencyCode must be a currency code like "CNY"; got "cny".'],
  ])('"%s" fits no schema', async (args, message) => {
    const query = `{ signedProjectTotals${args} { total { editions } } }`;
    await expect(ask(rich, query)).rejects.toThrow(message);
  });
});
