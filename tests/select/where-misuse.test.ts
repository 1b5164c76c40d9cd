import { type GraphQLFormattedError, isInputObjectType, isNonNullType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApp, type TestApp } from '../support/app.ts';
import { listFields, type Style, write } from '../support/question-text.ts';
import { schema } from '../support/world.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

/** Asks as a client does; errors come as they are sent. */
async function ask(query: string, variables?: Record<string, unknown>) {
  app.takeStatements();
  const { data, errors } = await app.query({ query, variables });
  return { data, errors: errors?.map((error): GraphQLFormattedError => error), statements: app.takeStatements() };
}

const asVariable = 'query ($where: EditionWhere) { editions(where: $where) { totalCount } }';
const count = async (where: unknown): Promise<number> => {
  const { data, errors } = await ask(asVariable, { where });
  expect(errors).toBeUndefined();
  return Object(data).editions.totalCount;
};
const literally = (where: string) => `{ editions(where: ${where}) { totalCount } }`;

/** Expects one error with a code and the place to blame, whose message has the words, and that nothing was asked. */
function expectRefusal(answer: Awaited<ReturnType<typeof ask>>, code: string, argument: string, words: string): void {
  expect(answer).toEqual({
    data: answer.data,
    errors: [expect.objectContaining({ message: expect.stringContaining(words) })],
    statements: [],
  });
  expect(answer.data ?? null).toBeNull();
  expect(answer.errors?.[0]?.extensions).toEqual({ code, argument });
}

describe('null', () => {
  const wheres: [place: string, where: object][] = [
    ['year', { year: null }],
    ['year.eq', { year: { eq: null } }],
    ['year.in', { year: { in: null } }],
    ['slug.isNull', { slug: { isNull: null } }],
    ['attendanceMode', { attendanceMode: null }],
    ['overlaps', { overlaps: null }],
    ['exhibitionSpace.gt', { exhibitionSpace: { gt: null } }],
    ['status.eq', { status: { eq: null } }],
    ['country.eq', { country: { eq: null } }],
    ['theme.contains', { theme: { contains: null } }],
    ['search', { search: null }],
    ['and', { and: null }],
    ['not', { not: null }],
    ['or.1.year', { or: [{}, { year: null }] }],
    ['not.and.0.not', { not: { and: [{ not: null }] } }],
    ['convention.slug.eq', { convention: { slug: { eq: null } } }],
    ['convention.editions.every', { convention: { editions: { every: null } } }],
    ['signedProjects.none.currency', { signedProjects: { none: { currency: null } } }],
    ['year', { slug: { eq: 'unknown' }, year: null }],
  ];
  test.each(wheres)('at where.%s is refused in a literal and in a variable alike: %j', async (place, where) => {
    const style: Style = { kind: 'literals' };
    for (const kind of [style, { kind: 'variables' } as const]) {
      const { query, variables } = write(schema(), 'Query.editions', { where }, { parent: null, style: kind });
      const hint = /(year|year\.(eq|in)|slug\.(eq|isNull)|exhibitionSpace\.gt|theme\.contains)$/.test(place)
        ? '; what is unknown is asked for by isNull.'
        : '.';
      const message = `where.${place} must not be null. Leave it out${hint}`;
      expectRefusal(await ask(query, variables), 'BAD_USER_INPUT', `where.${place}`, message);
    }
  });

  test('in a variable within the literal is refused with its place in the argument', async () => {
    const query = 'query ($year: Int) { editions(where: { or: [{ year: { eq: $year } }] }) { totalCount } }';
    expectRefusal(await ask(query, { year: null }), 'BAD_USER_INPUT', 'where.or.0.year.eq', 'must not be null');
  });

  test('deep in a nested list is refused with the path of its field', async () => {
    const query = '{ conventions { nodes { all: editions(where: { year: { gt: null } }) { totalCount } } } }';
    const answer = await ask(query);
    expectRefusal(answer, 'BAD_USER_INPUT', 'where.year.gt', 'editions: where.year.gt must not be null');
    expect(answer.errors?.[0]?.path).toEqual(['conventions', 'nodes', 'all']);
  });

  test.each(['and', 'or'])('among the objects of %s is no object', async (name) => {
    const [place, message] = [`where.${name}.0`, 'EditionWhere!'];
    expectRefusal(await ask(literally(`{${name}: [null]}`)), 'GRAPHQL_VALIDATION_FAILED', place, message);
    expectRefusal(await ask(asVariable, { where: { [name]: [null] } }), 'BAD_USER_INPUT', `$${place}`, message);
  });

  test('for the whole of where or orderBy is as if it were left out', async () => {
    const all = await ask('{ editions { nodes { id } } }');
    expect((await ask('{ editions(where: null, orderBy: null) { nodes { id } } }')).data).toEqual(all.data);
    const given = 'query ($w: EditionWhere, $o: [EditionOrder!]) { editions(where: $w, orderBy: $o) { nodes { id } } }';
    expect((await ask(given, { w: null, o: null })).data).toEqual(all.data);
    expect((await ask(given, {})).data).toEqual(all.data);
  });

  test('is not what a variable without a value is: its key is left out, as GraphQL has it', async () => {
    const query = 'query ($year: Int) { editions(where: { year: { eq: $year } }) { totalCount } }';
    expect((await ask(query, {})).data).toEqual({ editions: { totalCount: await count({}) } });
  });
});

describe('a value that is none', () => {
  test.each([
    ['startDate.gt', '{ startDate: { gt: "2021-13-01" } }', '"2021-13-01"'],
    ['startDate.gt', '{ startDate: { gt: "yesterday" } }', '"yesterday"'],
    ['endDate.lte', '{ endDate: { lte: "2021-02-29" } }', '"2021-02-29"'],
    ['overlaps.from', '{ overlaps: { from: "2021-02-30", to: "2021-03-01" } }', '"2021-02-30"'],
    ['exhibitionSpace.gt', '{ exhibitionSpace: { gt: "1e3" } }', '"1e3"'],
    ['exhibitionSpace.eq', '{ exhibitionSpace: { eq: "0.00001" } }', '"0.00001"'],
    ['exhibitionSpace.eq', '{ exhibitionSpace: { eq: "" } }', '""'],
    ['status.eq', '{ status: { eq: "HELDD" } }', 'HELDD'],
    ['attendanceMode.1', '{ attendanceMode: ["HYBRID", "HYBRIDD"] }', 'HYBRIDD'],
    ['lacks.0', '{ lacks: ["HALLS"] }', 'HALLS'],
    ['country.in.1', '{ country: { in: ["CN", "china"] } }', '"china"'],
    ['year.eq', '{ year: { eq: 3000000000 } }', '3000000000'],
    ['year.eq', '{ year: { eq: 20.5 } }', '20.5'],
    ['year', '{ year: 2021 }', '2021'],
    ['search', '{ search: 2021 }', '2021'],
    ['signedProjects.some.stage.0', '{ signedProjects: { some: { stage: ["SOLD"] } } }', 'SOLD'],
    ['or.1.startDate.eq', '{ or: [{}, { startDate: { eq: "soon" } }] }', '"soon"'],
  ])('at where.%s is refused before anything is asked: %s', async (place, where, shown) => {
    // Words of an enum stand in a literal without quotes.
    const literal = where.replace(/"([A-Z]{4,})"/g, '$1');
    expectRefusal(await ask(literally(literal)), 'GRAPHQL_VALIDATION_FAILED', `where.${place}`, shown);
    const json: unknown = JSON.parse(where.replaceAll(/(\w+):/g, '"$1":'));
    expectRefusal(await ask(asVariable, { where: json }), 'BAD_USER_INPUT', `$where.${place}`, shown);
  });

  test.each([
    ['a key that is none', '{ nonsense: { eq: 1 } }', 'nonsense'],
    ['an operator that is none', '{ year: { like: 1 } }', 'like'],
    ['half a span', '{ overlaps: { from: "2022-01-01" } }', 'to'],
  ])('as %s is refused by its name', async (_, where, name) => {
    const json: unknown = JSON.parse(where.replaceAll(/(\w+):/g, '"$1":'));
    for (const { errors, statements } of [await ask(literally(where)), await ask(asVariable, { where: json })]) {
      expect(errors).toHaveLength(1);
      expect(errors?.[0]?.message).toContain(name);
      expect(errors?.[0]?.extensions?.code).toMatch(/^(GRAPHQL_VALIDATION_FAILED|BAD_USER_INPUT)$/);
      expect(statements).toEqual([]);
    }
  });

  test('as an order is refused', async () => {
    const orders = 'query ($orders: [EditionOrder!]) { editions(orderBy: $orders) { totalCount } }';
    for (const [order, place, shown] of [
      [{ field: 'WHEN' }, '.0.field', 'WHEN'],
      [{ field: 'YEAR', direction: 'UP' }, '.0.direction', 'UP'],
      [{ field: 'YEAR', nulls: null }, '.0.nulls', 'null'],
      [{ direction: 'ASC' }, '.0', 'field'],
      [null, '.0', 'null'],
    ] as const)
      expectRefusal(await ask(orders, { orders: [order] }), 'BAD_USER_INPUT', `$orders${place}`, shown);
    const literal = await ask('{ editions(orderBy: [{ field: WHEN }]) { totalCount } }');
    expectRefusal(literal, 'GRAPHQL_VALIDATION_FAILED', 'orderBy.0.field', 'WHEN');
  });

  test.each([
    ['overlaps', { overlaps: { from: '2022-01-02', to: '2022-01-01' } }],
    ['not.overlaps', { not: { overlaps: { from: '2022-01-02', to: '2022-01-01' } } }],
    ['or.1.overlaps', { or: [{}, { overlaps: { from: '2022-01-02', to: '2022-01-01' } }] }],
    [
      'convention.editions.none.overlaps',
      { convention: { editions: { none: { overlaps: { from: '2022-01-02', to: '2022-01-01' } } } } },
    ],
  ])('as a span at where.%s that ends before it begins is refused', async (place, where) => {
    for (const kind of ['literals', 'variables'] as const) {
      const style: Style = { kind };
      const { query, variables } = write(schema(), 'Query.editions', { where }, { parent: null, style });
      const words = 'must not end before it begins; got from 2022-01-02 to 2022-01-01';
      expectRefusal(await ask(query, variables), 'BAD_USER_INPUT', `where.${place}`, words);
    }
  });
});

describe('a search', () => {
  const tooLong = { search: '𠮷'.repeat(10_001) };
  test.each([
    ['search', tooLong],
    ['not.search', { not: tooLong }],
    ['or.1.search', { or: [{ search: '' }, tooLong] }],
    ['convention.editions.every.search', { convention: { editions: { every: tooLong } } }],
  ])('at where.%s that is too long is refused', async (place, where) => {
    for (const kind of ['literals', 'variables'] as const) {
      const { query, variables } = write(schema(), 'Query.editions', { where }, { parent: null, style: { kind } });
      const words = `editions: where.${place} must have 10000 characters at most; got 10001.`;
      expectRefusal(await ask(query, variables), 'BAD_USER_INPUT', `where.${place}`, words);
    }
  });

  test.each(['', ' ', '%', '"', '*', '😀', '\0', '\ud83d', '\u0301', "' OR 1 --"])(
    'for %j finds nothing, and its not everything',
    async (search) => {
      expect([await count({ search }), await count({ not: { search } })]).toEqual([0, await count({})]);
    },
  );

  test.each([
    ['of one character ten thousand times', '𠮷'.repeat(10_000)],
    [
      'of three thousand words',
      Array.from({ length: 3_000 }, (_, index) => index.toString(36))
        .join(' ')
        .slice(0, 10_000),
    ],
    [
      'of five thousand ideographs',
      Array.from({ length: 5_000 }, (_, i) => String.fromCodePoint(0x4e00 + i)).join(' '),
    ],
  ])('%s is answered within a second', async (_, search) => {
    const start = performance.now();
    expect(await count({ search })).toBe(0);
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  test('may be one of thirty, wherever they are, and no more', async () => {
    const years = Array.from({ length: 31 }, (_, index) => ({ search: `${2_000 + index}` }));
    expect(await count({ or: years.slice(1) })).toBe(await count({ year: { gte: 2_001 } }));
    const words = 'editions: where may search 30 times at most; got 31 searches.';
    for (const where of [
      { or: years },
      { or: years.slice(1), not: { convention: { editions: { some: { and: years[0] } } } } },
    ]) {
      const { errors, statements } = await ask(asVariable, { where });
      expect(errors).toMatchObject([{ message: words, extensions: { code: 'BAD_USER_INPUT' } }]);
      expect(statements).toEqual([]);
    }
  });
});

describe('one for a list', () => {
  test('is a list of one', async () => {
    const one = await count({ year: { eq: 2021 } });
    expect(one).toBeGreaterThan(0);
    expect(await count({ year: { in: 2021 } })).toBe(one);
    expect(await count({ and: { year: { eq: 2021 } } })).toBe(one);
    const ordered = '{ editions(orderBy: { field: YEAR, direction: ASC }, first: 1) { nodes { year } } }';
    expect((await ask(ordered)).data).toEqual({ editions: { nodes: [{ year: 2016 }] } });
  });
});

describe('a cursor', () => {
  const query = `query ($orderBy: [SourceOrder!], $after: String, $before: String) {
    sources(orderBy: $orderBy, after: $after, before: $before) { edges { cursor } totalCount } }`;
  const byPublisher = (more: object = {}) => [{ field: 'PUBLISHER', ...more }];
  const cursorOf = async (orderBy: unknown): Promise<string> =>
    Object((await ask(query, { orderBy })).data).sources.edges[2].cursor;

  test.each([
    ['the other direction', byPublisher({ direction: 'ASC' })],
    ['nulls at the other end', byPublisher({ nulls: 'FIRST' })],
    ['another field', [{ field: 'TITLE' }]],
    ['a key more', [...byPublisher(), { field: 'TITLE' }]],
    ['the same keys the other way round', [{ field: 'PUBLISHED_ON' }, ...byPublisher()]],
    ['no order of its own', []],
  ])('given to an order with %s is refused', async (_, orderBy) => {
    const own = orderBy.length > 1 ? [...byPublisher(), { field: 'PUBLISHED_ON' }] : byPublisher();
    const cursor = await cursorOf(own);
    for (const name of ['after', 'before']) {
      expect((await ask(query, { orderBy: own, [name]: cursor })).errors).toBeUndefined();
      const answer = await ask(query, { orderBy, [name]: cursor });
      expectRefusal(
        answer,
        'INVALID_CURSOR',
        name,
        `sources: ${name} must be a cursor that this list gave in this order`,
      );
    }
  });

  test('is taken by the same order said in other words', async () => {
    const cursor = await cursorOf(byPublisher());
    for (const orderBy of [
      byPublisher({ direction: 'DESC', nulls: 'LAST' }),
      [...byPublisher(), { field: 'PUBLISHER', direction: 'ASC' }],
    ]) {
      const answer = await ask(query, { orderBy, after: cursor });
      expect(answer.data).toEqual((await ask(query, { orderBy: byPublisher(), after: cursor })).data);
    }
  });

  test('of one list is refused by every other of another type, in whatever order both are', async () => {
    const lists = [...listFields(schema())].filter(([name]) => name.startsWith('Query.'));
    const typed = lists.map(([list, { args }]) => {
      const type = args.find(({ name }) => name === 'orderBy')?.type;
      const of = type && 'ofType' in type ? type.ofType : undefined;
      const order = isNonNullType(of) ? of.ofType : of;
      const field = isInputObjectType(order) ? order.getFields().field?.type : undefined;
      const words = isNonNullType(field) && 'getValues' in field.ofType ? field.ofType.getValues() : [];
      return { list, fields: words.map(({ name }) => name) };
    });
    const style: Style = { kind: 'variables' };
    const page = async (list: string, given: Record<string, unknown>) => {
      const { query: text, variables } = write(schema(), list, given, { parent: null, style });
      return ask(text, variables);
    };
    for (const { list, fields } of typed) {
      for (const own of fields.slice(0, 2)) {
        const { data } = await page(list, { orderBy: [{ field: own }] });
        const cursor: string = Object(data).page.edges[0].cursor;
        for (const other of typed) {
          if (other.list === list) continue;
          for (const field of other.fields.slice(0, 2)) {
            const { errors, statements } = await page(other.list, { orderBy: [{ field }], after: cursor });
            expect(errors?.[0]?.extensions).toEqual({ code: 'INVALID_CURSOR', argument: 'after' });
            expect(statements).toEqual([]);
          }
        }
      }
    }
  });

  test('is taken under another where, also of a record that it leaves out', async () => {
    const narrowed = 'query ($after: String) { sources(where: { or: [] }, after: $after) { totalCount nodes { id } } }';
    const { data } = await ask(narrowed, { after: await cursorOf(null) });
    expect(data).toEqual({ sources: { totalCount: 0, nodes: [] } });
  });
});

describe('size and depth', () => {
  const nested = (depth: number, around: (inner: object) => object): object => {
    let where: object = { year: { eq: 2021 } };
    for (let level = 0; level < depth; level++) where = around(where);
    return where;
  };
  const negated = (depth: number) => nested(depth, (inner) => ({ not: inner }));
  const clear = ['OPERATION_TOO_LARGE', 'BAD_USER_INPUT', 'GRAPHQL_PARSE_FAILED'];

  test.each([50, 51])('of %i times not is an answer', async (depth) => {
    const one = await count({ year: { eq: 2021 } });
    const others = (await count({})) - one;
    const { query } = write(
      schema(),
      'Query.editions',
      { where: negated(depth) },
      { parent: null, style: { kind: 'literals' } },
    );
    const expected = depth % 2 === 0 ? one : others;
    expect(await count(negated(depth))).toBe(expected);
    expect(Object((await ask(query)).data).page.totalCount).toBe(expected);
  });

  test.each([
    ['not', (inner: object) => ({ not: inner })],
    ['and', (inner: object) => ({ and: [inner] })],
    ['or', (inner: object) => ({ or: [inner, {}] })],
    ['relations', (inner: object) => ({ convention: { editions: { some: inner } } })],
  ])('of 5,000 times %s is never our fault', async (_, around) => {
    const { errors } = await ask(asVariable, { where: nested(5_000, around) });
    const [error] = errors ?? [];
    expect(clear).toContain(error?.extensions?.code ?? 'OPERATION_TOO_LARGE');
  });

  test('of 5,000 times not in a literal is never our fault', async () => {
    const { errors } = await ask(literally(`${'{ not: '.repeat(5_000)}{}${' }'.repeat(5_000)}`));
    expect(clear).toContain(errors?.[0]?.extensions?.code);
  });

  test('of a thousand branches of or is an answer, in a literal and in a variable', async () => {
    const branches = Array.from({ length: 1_000 }, (_, index) => ({ year: { eq: 1_020 + index } }));
    const recent = await count({ year: { lt: 2_020 } });
    expect(recent).toBeGreaterThan(0);
    expect(await count({ or: branches })).toBe(recent);
    const literal = literally(`{ or: [${branches.map(({ year }) => `{ year: { eq: ${year.eq} } }`)}] }`);
    expect((await ask(literal)).data).toEqual({ editions: { totalCount: recent } });
  });

  test('of a thousand branches that each look into another table is refused', async () => {
    const where = { or: Array.from({ length: 1_000 }, (_, index) => ({ theme: { eq: `${index}` } })) };
    const { errors, statements } = await ask(asVariable, { where });
    expect(errors).toMatchObject([{ extensions: { code: 'OPERATION_TOO_LARGE' } }]);
    expect(statements).toEqual([]);
  });

  test('of 10,000 values in a list is an answer', async () => {
    const years = Array.from({ length: 10_000 }, (_, index) => index);
    const all = await count({});
    expect(await count({ year: { in: years } })).toBe(all);
    expect(await count({ slug: { notIn: years.map(String) } })).toBe(all);
    expect(await count({ name: { in: [...years.map(String), '2021 World Manufacturing Convention'] } })).toBe(1);
    expect(await count({ country: { in: Array(10_000).fill('CN') } })).toBe(await count({ country: { eq: 'CN' } }));
  });

  test('of a thousand orders is the order of the first of each field', async () => {
    const page = 'query ($orderBy: [EditionOrder!]) { editions(orderBy: $orderBy) { nodes { id } } }';
    const once = await ask(page, { orderBy: [{ field: 'YEAR', direction: 'ASC' }] });
    const often = Array.from({ length: 1_000 }, (_, index) => ({
      field: 'YEAR',
      direction: index === 0 ? 'ASC' : 'DESC',
    }));
    expect((await ask(page, { orderBy: often })).data).toEqual(once.data);
  });

  test('of a decimal at the end of its range compares as the number it is', async () => {
    const known = await count({ exhibitionSpace: { isNull: false } });
    expect(known).toBeGreaterThan(0);
    expect(await count({ exhibitionSpace: { lte: '999999999999999.9999' } })).toBe(known);
    expect(await count({ exhibitionSpace: { gt: '-999999999999999.9999' } })).toBe(known);
    expect(await count({ exhibitionSpace: { eq: '999999999999999.9999' } })).toBe(0);
  });

  test('of a text that is half a letter, or a million letters, finds nothing', async () => {
    for (const text of ['\ud83d', '\udc00x', 'x'.repeat(1_000_000)])
      for (const operator of ['eq', 'contains', 'startsWith'])
        expect(await count({ name: { [operator]: text } })).toBe(0);
  });
});
