import fc from 'fast-check';
import {
  buildSchema,
  type DocumentNode,
  execute,
  getOperationAST,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compileCompletion } from '../../src/select/complete.ts';
import { executorOf } from '../../src/select/execute.ts';
import { referenceOf } from '../support/reference.ts';
import { type Pool, writeQuestion } from '../support/selections.ts';
import { contextOf, documentOf, largeWorld, richWorld, schema, type World } from '../support/world.ts';

let rich: World;
let large: World;
beforeAll(() => {
  rich = richWorld();
  large = largeWorld();
});
afterAll(() => {
  rich.close();
  large.close();
});

const executor = executorOf(schema(), 'compiled');

function operationOf(document: DocumentNode): OperationDefinitionNode {
  const operation = getOperationAST(document);
  if (!operation) throw new TypeError('There is no operation.');
  return operation;
}

/** What graphql-js answers, and what the compiled operation does: each as the text that is sent. */
async function bothAnswers(
  world: World,
  query: string,
  variables: Record<string, unknown> = {},
  acceptLanguage?: string,
) {
  const document = documentOf(query);
  const context = contextOf(world, acceptLanguage);
  const reference = await execute({ schema: schema(), document, variableValues: variables, contextValue: context });
  const compiled = executor.writeCompiled({ document, operation: operationOf(document), variables, context });
  return { reference, compiled };
}

/** @returns whether the compiled operation answered, having compared the two byte by byte */
async function expectEqual(
  world: World,
  query: string,
  variables?: Record<string, unknown>,
  acceptLanguage?: string,
): Promise<boolean> {
  const { reference, compiled } = await bothAnswers(world, query, variables, acceptLanguage);
  if (reference.errors) expect(compiled).toBeUndefined();
  else expect(compiled).toBe(JSON.stringify(reference));
  return compiled !== undefined;
}

const pool: Pool = {
  ids: [],
  slugs: {
    convention: ['annual', 'biennial', 'no-such'],
    edition: ['annual-2010', 'annual-2011', 'no-such'],
    speaker: ['no-such'],
  },
  cursors: {},
};

const tapes = fc.array(fc.nat(), { minLength: 1, maxLength: 400 });

describe('compiled operations answer as graphql-js does', () => {
  test.each([
    ['rich', 7, 500],
    ['large', 7, 300],
    ['rich', 16, 60],
  ] as const)('random selections on the %s data, %i levels deep', async (name, depth, numRuns) => {
    const world = name === 'rich' ? rich : large;
    const ids = world.reader
      .rows('SELECT min(id) AS id FROM nodes GROUP BY type, substr(id, -1) ORDER BY type', [])
      .map(({ id }) => String(id));
    const { schema: asked } = referenceOf(world);
    let compiled = 0;
    await fc.assert(
      fc.asyncProperty(tapes, async (tape) => {
        const { query, variables, acceptLanguage } = writeQuestion(asked, { ...pool, ids }, tape, depth);
        if (await expectEqual(world, query, variables, acceptLanguage)) compiled += 1;
      }),
      { seed: 20_261_126, numRuns },
    );
    // It would prove nothing if all were left to graphql-js.
    expect(compiled).toBeGreaterThan(numRuns / 4);
  });

  test('one operation with variables of every form', async () => {
    const query = `query Q($first: Int, $where: EditionWhere, $order: [EditionOrder!], $with: Boolean!, $locale: Locale, $metric: [Metric!]) {
      editions(first: $first, where: $where, orderBy: $order) {
        totalCount @include(if: $with)
        nodes { slug name(locale: $locale) ... @skip(if: $with) { year } figures(metric: $metric) { metric } }
      }
    }`;
    const orUnset = <Value>(value: fc.Arbitrary<Value>) =>
      fc.oneof(
        fc.constant({}),
        fc.constant({ set: null }),
        value.map((set) => ({ set })),
      );
    const where = fc.constantFrom(
      {},
      { year: { eq: 2010 } },
      { year: { eq: null } },
      { or: [{ year: { lt: 2012 } }, { name: { contains: '大' } }] },
      { not: { status: { eq: 'HELD' } } },
      { year: { eq: '2010' } },
    );
    await fc.assert(
      fc.asyncProperty(
        orUnset(fc.constantFrom<unknown>(1, 20, 100, 0, 101, -1, 2 ** 31, 'x', 1.5)),
        orUnset(where),
        orUnset(
          fc.constantFrom<unknown>([], [{ field: 'NAME' }], [{ field: 'YEAR', direction: 'ASC' }], [{ field: 'NO' }]),
        ),
        fc.constantFrom<unknown>(true, false, null, undefined, 'yes'),
        orUnset(fc.constantFrom<unknown>('en', 'zh-Hans', 'fr', 'not a tag')),
        orUnset(fc.constantFrom<unknown>([], ['VISITS'], 'EXHIBITORS', [null], ['NONE'])),
        async (first, conditions, order, withCount, locale, metric) => {
          const given = { first, where: conditions, order, with: { set: withCount }, locale, metric };
          const set = Object.entries(given).flatMap(([name, one]) => ('set' in one ? [[name, one.set] as const] : []));
          await expectEqual(rich, query, Object.fromEntries(set), 'zh');
        },
      ),
      { seed: 7, numRuns: 600 },
    );
  });

  test.each([
    '{ __typename a: __typename editions(first: 1) { __typename nodes { __typename slug } } }',
    '{ editions(first: 2) { nodes { slug ... on Edition { slug year } ...F ...F } } } fragment F on Node { id ... on Edition { year name } }',
    '{ a: editions(first: 1) { nodes { slug } } b: editions(last: 1) { nodes { slug } } }',
    '{ editions(first: 3) { nodes { constructor: slug toString: year hasOwnProperty: name } } }',
    '{ editions(first: 3) { nodes { arguments: slug eval: year await: name class: id } } }',
    '{ editions(first: 1) @skip(if: true) { nodes { slug } } }',
    '{ editions(first: 1) { nodes { __proto__: slug } } }',
    '{ node(id: "no-such") { id } nodes(ids: ["no-such", "no-such"]) { id } }',
    'query Q($n: Int = 2) { editions(first: $n) { nodes { slug } } }',
  ])('%s', async (query) => {
    expect(await expectEqual(rich, query)).toBe(true);
  });

  test.each([
    '{ editions(first: 100) { nodes { slug name } } }',
    '{ themes(first: 100) { nodes { edition { convention { name } } text } } }',
    '{ exhibitionAreas(first: 100) { edges { node { name } } } a: editions(first: 1) { totalCount } }',
  ])('a null where none may be is left to graphql-js: %s', async (query) => {
    const { reference, compiled } = await bothAnswers(large, query);
    expect(reference.errors?.[0]?.message).toMatch(/^Cannot return null for non-nullable field/);
    expect(compiled).toBeUndefined();
  });

  test.each([
    ['introspection', '{ __schema { queryType { name } } editions(first: 1) { nodes { slug } } }'],
    ['a name that objects take for what they inherit from', '{ editions(first: 1) { nodes { __proto__: dates } } }'],
    ['an argument out of bounds', '{ editions(first: 101) { nodes { slug } } }'],
    ['a cursor of another list', '{ editions(after: "x") { nodes { slug } } }'],
  ])('what is left to graphql-js: %s', async (_what, query) => {
    expect((await bothAnswers(rich, query)).compiled).toBeUndefined();
  });
});

describe('the statement gives the text of the answer', () => {
  const everything =
    'slug year startDate links { website } citations { field source { slug isRelay } note } themes { text kind } exhibitionAreas(first: 2) { totalCount edges { cursor node { name size { unit value } } } pageInfo { hasNextPage endCursor } } organizers { participant { __typename ... on Organization { name } } } figures { asOf quantity { value bound } editions { slug } } previousEdition { year }';

  test.each([
    ['with what belongs to a record', `{ edition(slug: "annual-2010") { name ${everything} } }`, undefined, true],
    [
      'with pages in pages',
      `{ editions(last: 3) { nodes { ${everything} } pageInfo { hasPreviousPage } } }`,
      undefined,
      true,
    ],
    ['no text in it, whatever the languages', '{ editions(first: 3) { nodes { slug year } } }', 'zh', true],
    [
      'records of any type',
      '{ search(query: "annual", first: 5) { nodes { __typename ... on Edition { name } } } }',
      undefined,
      true,
    ],
    ['a text where a language is preferred', '{ editions(first: 3) { nodes { name } } }', 'zh', false],
    [
      'a text in a language that is asked for',
      '{ editions(first: 3) { nodes { name(locale: "en") } } }',
      undefined,
      false,
    ],
    ['a value that only a function gives', '{ editions(first: 3) { nodes { dates } } }', undefined, false],
  ])('%s', async (_what, query, acceptLanguage, expected) => {
    const given: unknown[] = [];
    const context = contextOf(rich, acceptLanguage);
    const reader: typeof context.reader = {
      ...context.reader,
      value(statement, parameters) {
        const value = context.reader.value(statement, parameters);
        given.push(value);
        return value;
      },
    };
    const document = documentOf(query);
    const written = executor.writeCompiled({
      document,
      operation: operationOf(document),
      context: { ...context, reader },
    });
    const root = /\w+/.exec(query)?.[0];
    expect(given).toHaveLength(1);
    expect(written === `{"data":{"${root}":${given[0]}}}`).toBe(expected);
    expect(await expectEqual(rich, query, undefined, acceptLanguage)).toBe(true);
  });
});

test('an operation is compiled when it recurs', () => {
  const document = documentOf('{ editions(first: 3) { nodes { slug year } } }');
  const asked = { document, operation: operationOf(document), context: contextOf(rich) };
  const auto = executorOf(schema(), 'auto');
  expect(auto.writeCompiled(asked)).toBeUndefined();
  expect(auto.writeCompiled(asked)).toMatch(/^\{"data":\{/);
  const none = executorOf(schema(), 'graphql-js');
  expect([none.writeCompiled(asked), none.writeCompiled(asked)]).toEqual([undefined, undefined]);
});

describe('values of any kind', () => {
  const small = buildSchema(`
    type Query { thing: Thing must: Thing! any: Any face: Face things: [Thing] mustThings: [Thing!]! grid: [[Int!]] }
    enum Word { ONE TWO }
    interface Face { id: ID! }
    type Thing implements Face { id: ID! text: String mustText: String! number: Int real: Float flag: Boolean! word: Word words: [Word!] inner: Thing any: Any }
    type Other implements Face { id: ID! text: String }
    union Any = Thing | Other
  `);
  const queryType = small.getQueryType();

  const leafValue = fc.constantFrom<unknown>(
    ...[null, undefined, '', 'text', 'ONE', 'THREE', 0, 7, 1.5, 2 ** 31, Number.NaN, true, false],
  );
  const usual = {
    id: fc.constantFrom<unknown>('a', 'b', 7),
    text: fc.constantFrom<unknown>('text', null, '"\\\u2028'),
    mustText: fc.constant<unknown>('text'),
    number: fc.constantFrom<unknown>(1, null),
    real: fc.constantFrom<unknown>(1.5, null),
    flag: fc.boolean(),
    word: fc.constantFrom<unknown>('ONE', null),
    words: fc.constantFrom<unknown>(['ONE', 'TWO'], [], null),
  };
  /** Mostly right, and now and then what no schema allows. */
  const { thing } = fc.letrec<{ thing: unknown }>((tie) => {
    const odd = fc.record({
      ...usual,
      mustText: leafValue,
      words: fc.array(leafValue, { maxLength: 2 }),
      number: leafValue,
    });
    const fine = fc.record({
      __typename: fc.constantFrom('Thing', 'Other'),
      ...usual,
      inner: tie('thing'),
      any: tie('thing'),
    });
    return {
      thing: fc.oneof(
        { depthSize: 'small' },
        { weight: 1, arbitrary: fc.constantFrom<unknown>(null, undefined) },
        { weight: 6, arbitrary: fine },
        { weight: 1, arbitrary: odd },
      ),
    };
  });
  const things = fc.oneof(fc.array(thing, { maxLength: 3 }), fc.constantFrom<unknown>(null, 'list'));
  const root = fc.record({
    thing,
    must: thing,
    any: thing,
    face: thing,
    things,
    mustThings: things,
    grid: fc.oneof(fc.array(fc.oneof(fc.array(leafValue, { maxLength: 2 }), leafValue), { maxLength: 2 }), leafValue),
  });
  const leaves = 'id text mustText number real flag word words';
  const queries = [
    ['thing', `{ ${leaves} }`],
    [
      'thing',
      `{ inner { b: text a: mustText inner { word } } any { ... on Other { id text } ... on Thing { flag __typename } } }`,
    ],
    ['must', `{ ${leaves} inner { ${leaves} } }`],
    ['any', `{ __typename ... on Thing { number inner { id } } ... on Face { id } }`],
    ['face', `{ id ... on Thing { words } ... on Other { id text } }`],
    ['things', `{ id inner { flag } }`],
    ['mustThings', `{ text any { ... on Other { text } } }`],
    ['grid', ''],
  ] as const;

  test.each(queries)('%s %s', (name, selection) => {
    const document = parse(`{ ${name} ${selection} }`);
    expect(validate(small, document)).toEqual([]);
    const operation = operationOf(document);
    const [node] = operation.selectionSet.selections;
    if (!isObjectType(queryType) || node?.kind !== Kind.FIELD) throw new TypeError('It is no question.');
    const field = queryType.getFields()[name];
    if (!field) throw new TypeError('There is no such field.');
    const made = compileCompletion({ schema: small, fragments: {}, variableValues: {} }, field.type, [node]);
    const run = { context: contextOf(rich), given: [] };
    const seen = { whole: 0, left: 0 };
    fc.assert(
      fc.property(root, (value) => {
        const reference = execute({ schema: small, document, rootValue: value });
        if (reference instanceof Promise) throw new TypeError('A resolver waited.');
        if (reference.errors) {
          seen.left += 1;
          expect(() => made.complete(value[name], run)).toThrow();
        } else {
          seen.whole += 1;
          expect(JSON.stringify({ [name]: made.complete(value[name], run) })).toBe(JSON.stringify(reference.data));
        }
      }),
      { seed: 11, numRuns: 400 },
    );
    expect(seen.whole).toBeGreaterThan(20);
    expect(seen.left).toBeGreaterThan(5);
  });
});
