import fc from 'fast-check';
import { getOperationAST, getVariableValues, Kind, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { costOf } from '../../src/select/cost.ts';
import { LIMITS, tooMuchOf } from '../../src/select/limits.ts';
import { openApp, type TestApp } from '../support/app.ts';
import { schema } from '../support/world.ts';

function cost(query: string, variables: Record<string, unknown> = {}) {
  const document = parse(query);
  const operation = getOperationAST(document);
  if (!operation) throw new TypeError('No operation.');
  const { coerced } = getVariableValues(schema(), operation.variableDefinitions ?? [], variables);
  if (!coerced) throw new TypeError('The variables cannot be used.');
  const fragments = Object.fromEntries(
    document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
  );
  return costOf({ schema: schema(), operation, fragments, variableValues: coerced });
}

describe('the cost of an operation', () => {
  test.each<[query: string, objects: number, path: string]>([
    ['{ service { name } }', 1, 'service'],
    ['{ service { counts { editions } limits { maxCost } } }', 3, 'service'],
    ['{ editions { nodes { slug } } }', 20, 'editions.nodes'],
    ['{ editions(first: 7) { nodes { slug } } }', 7, 'editions.nodes'],
    ['{ editions(last: 7) { edges { cursor node { slug } } } }', 7, 'editions.edges.node'],
    ['{ editions(first: 7) { totalCount pageInfo { endCursor } } }', 0, ''],
    ['{ editions(first: 3) { nodes { slug } edges { node { slug } } } }', 6, 'editions.nodes'],
    [
      '{ editions(first: 10) { nodes { speakers(first: 4) { nodes { title } } } } }',
      50,
      'editions.nodes.speakers.nodes',
    ],
    ['{ editions(first: 10) { nodes { themes { text } city { name } } } }', 70, 'editions.nodes.themes'],
    ['{ nodes(ids: ["a", "b", "c"]) { id } }', 3, 'nodes'],
    ['{ nodes(ids: []) { id } }', 0, ''],
    ['{ a: editions(first: 2) { nodes { slug } } b: editions(first: 5) { nodes { slug } } }', 7, 'b.nodes'],
    [
      '{ editions(first: 2) { nodes { slug ...f ...f } } } fragment f on Edition { themes { text } }',
      12,
      'editions.nodes.themes',
    ],
    ['{ editions(first: 2) { nodes { themes @skip(if: true) { text } } } }', 2, 'editions.nodes'],
    // Of what an object may be, what costs the most counts.
    [
      '{ nodes(ids: ["a"]) { ... on Edition { themes { text } } ... on Convention { editions(first: 2) { nodes { slug } } } } }',
      6,
      'nodes.themes',
    ],
    ['{ __schema { types { name fields { name } } } }', 0, ''],
  ])('%s: %i', (query, objects, path) => {
    const { requested, costliest } = cost(query);
    expect([requested, costliest?.path.join('.') ?? '']).toEqual([objects, path]);
  });

  test('is that of the variables', () => {
    const query =
      'query ($n: Int = 3, $ids: [ID!]!, $all: Boolean!) { editions(first: $n) { nodes { slug themes @include(if: $all) { text } } } nodes(ids: $ids) { id } }';
    expect(cost(query, { ids: ['a'], all: false }).requested).toBe(4);
    expect(cost(query, { ids: ['a'], all: true }).requested).toBe(19);
    expect(cost(query, { n: 50, ids: ['a', 'b'], all: false }).requested).toBe(52);
    // The list itself refuses a page like that.
    expect(cost(query, { n: 1_000_000, ids: [], all: false }).requested).toBe(100);
    expect(cost(query, { n: -5, ids: [], all: false }).requested).toBe(1);
  });

  test('what may take long whatever it costs is known', () => {
    expect(cost('{ __schema { queryType { name } } }').isLong).toBe(true);
    expect(cost('{ ...f } fragment f on Query { __type(name: "Edition") { name } }').isLong).toBe(true);
    expect(cost('{ search(query: "x") { totalCount } }').isLong).toBe(true);
    expect(cost('{ __typename }').isLong).toBe(false);
  });

  test('is the product of the pages down to each object', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(sizes, (pages) => {
        const steps = pages.map((size, depth) =>
          depth % 2 === 0
            ? `editions(first: ${size}) { nodes { convention { slug `
            : `editions(last: ${size}) { nodes { convention { id `,
        );
        const query = `{ ${steps.join(' ')} ${'} } }'.repeat(pages.length)} }`;
        let objects = 0;
        let each = 1;
        for (const size of pages) {
          each *= size;
          objects += 2 * each;
        }
        expect(cost(query).requested).toBeCloseTo(objects, -Math.log10(objects) + 12);
      }),
    );
  });
});

const large = (query: string) => tooMuchOf(parse(query))?.message;
const times = (count: number, write: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => write(i)).join(' ');

describe('what is written', () => {
  test('may nest so deep', () => {
    const nested = (depth: number) => `{ ${'a { '.repeat(depth - 1)}b${' }'.repeat(depth - 1)} }`;
    expect(large(nested(LIMITS.maxDepth))).toBeUndefined();
    expect(large(nested(LIMITS.maxDepth + 1))).toBe(
      'The operation nests 26 fields deep; 25 is the most. Ask in parts.',
    );
    const spread = `query Deep { ...f0 } ${times(30, (i) => `fragment f${i} on Query { a { ...f${i + 1} } }`)} fragment f30 on Query { b }`;
    expect(large(spread)).toBe('The operation Deep nests 31 fields deep; 25 is the most. Ask in parts.');
    // The schema is asked for by tools, which nest as deep as its types may.
    expect(large(`{ __schema { ${'a { '.repeat(40)}b${' }'.repeat(40)} } }`)).toBeUndefined();
  });

  test('may have so many aliases, root fields and fields, wherever they are', () => {
    expect(large(`{ service { ${times(250, (i) => `a${i}: name`)} } }`)).toBeUndefined();
    expect(large(`{ service { ${times(251, (i) => `a${i}: name`)} } }`)).toContain('has 251 aliases; 250 is the most');
    expect(large(`{ ${times(51, () => 'service { name }')} }`)).toContain('has 51 root fields; 50 is the most');
    expect(large(`{ ...f } fragment f on Query { ${times(51, () => '... { service { name } }')} }`)).toContain(
      'has 51 root fields',
    );
    expect(large(`{ service { ${'name '.repeat(2_000)} } }`)).toContain('selects 2,001 fields');
    expect(large(`{ a } query Other { service { ${'name '.repeat(2_000)} } }`)).toContain(
      'The operation Other selects',
    );
  });

  test('is counted with fragments opened wherever they are spread, however often that doubles', () => {
    const doubled = (levels: number) =>
      `{ ...f0 } ${times(levels, (i) => `fragment f${i} on Query { a { ...f${i + 1} } b { ...f${i + 1} } }`)} fragment f${levels} on Query { c }`;
    expect(large(doubled(5))).toBeUndefined();
    expect(large(doubled(60))).toMatch(/selects 9,007,199,254,740,991 fields/);
    // A circle is found by the validation.
    expect(large('{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }')).toBeUndefined();
  });
});

describe('a service', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await openApp();
  });
  afterAll(() => app.close());
  const ask = async (body: object) => {
    const reply = await app.server.inject({ method: 'POST', url: '/graphql', payload: body });
    return { status: reply.statusCode, ...reply.json() };
  };
  const costly =
    '{ editions(first: 100) { nodes { speakers(first: 100) { nodes { speaker { conventions { slug } } } } } } }';

  test('refuses what costs too much, with what it costs, what is allowed, and where most of it is', async () => {
    app.takeStatements();
    const refused = {
      status: 400,
      errors: [
        {
          message:
            'The operation could give 70,100 objects; 50,000 is the most. Most of them, 50,000, are at editions.nodes.speakers.nodes.speaker.conventions: ask for smaller pages there, or in parts.',
          extensions: {
            code: 'OPERATION_TOO_COSTLY',
            exceeded: { limit: 'maxCost', requested: 70_100, allowed: 50_000 },
            cost: {
              requested: 70_100,
              limit: 50_000,
              costliestPath: 'editions.nodes.speakers.nodes.speaker.conventions',
            },
          },
        },
      ],
    };
    expect(await ask({ query: costly })).toEqual(refused);
    expect(await ask({ query: costly })).toEqual(refused);
    expect(app.takeStatements()).toEqual([]);
    const csv = await app.server.inject({ url: '/graphql', query: { query: costly, format: 'csv' } });
    expect({ status: csv.statusCode, ...csv.json() }).toEqual(refused);
  });

  test('refuses what would have too many values, however few objects', async () => {
    const aliases = times(245, (i) => `a${i}: dates`);
    const query = `{ editions(first: 100) { nodes { convention { editions(first: 25) { nodes { ${aliases} } } } } } }`;
    expect(await ask({ query })).toEqual({
      status: 400,
      errors: [
        {
          message:
            'The operation could give 612,500 values; 500,000 is the most. Select fewer fields of each object, or ask for smaller pages.',
          extensions: {
            code: 'OPERATION_TOO_COSTLY',
            exceeded: { limit: 'maxValues', requested: 612_500, allowed: 500_000 },
          },
        },
      ],
    });
  });

  test('puts no more pages together than an answer may be long, and gives them one by one', async () => {
    const query = `{ sources(first: 100) { nodes { ${times(240, (i) => `a${i}: citation`)} } pageInfo { endCursor } } }`;
    const as = (format: string) =>
      app.server.inject({ url: `/graphql?format=${format}&paginate=true`, method: 'POST', payload: { query } });
    const { statusCode, body } = await as('jsonl');
    expect([statusCode, body.trim().split('\n').length]).toEqual([200, 282]);
    const refused = await as('json');
    expect([refused.statusCode, refused.json().errors]).toEqual([
      400,
      [
        {
          message:
            'All pages together have more than 5000000 characters, which is the most as JSON; give max, or ask for jsonl, which comes page by page.',
          extensions: { code: 'OPERATION_TOO_LARGE' },
        },
      ],
    ]);
  });

  test('does not lead who tries names in variables', async () => {
    const query = 'query ($where: EditionWhere) { editions(where: $where) { totalCount } }';
    const { errors } = await ask({ query, variables: { where: { yearr: { eq: 1 }, status: { in: ['HELDD'] } } } });
    expect(errors.length).toBeGreaterThan(0);
    expect(JSON.stringify(errors)).toContain('yearr');
    expect(JSON.stringify(errors)).not.toMatch(/did you mean/i);
  });

  test('says so where the same is selected too often to be validated', async () => {
    const query = `{ ${times(40, () => `editions(first: 1) { nodes { ${'slug name year '.repeat(15)} } }`)} }`;
    expect((await ask({ query })).errors).toEqual([
      {
        message: 'The operation selects the same fields too often to be validated; write each once, or ask in parts.',
        extensions: { code: 'OPERATION_TOO_LARGE' },
      },
    ]);
  });

  test('refuses it by the variables of each request', async () => {
    const query = `query ($n: Int!) ${costly.replace('speakers(first: 100)', 'speakers(first: $n)')}`;
    expect((await ask({ query, variables: { n: 10 } })).status).toBe(200);
    expect((await ask({ query, variables: { n: 10 } })).status).toBe(200);
    expect((await ask({ query, variables: { n: 100 } })).errors[0].extensions.code).toBe('OPERATION_TOO_COSTLY');
  });

  test('refuses what is written too large before it is validated, over HTTP as in CSV', async () => {
    const query = `{ nope ${times(251, (i) => `a${i}: service { name }`)} }`;
    const refused = {
      status: 400,
      errors: [
        {
          message: 'The operation has 251 aliases; 250 is the most. Ask in parts.',
          extensions: {
            code: 'OPERATION_TOO_LARGE',
            exceeded: { limit: 'maxAliases', requested: 251, allowed: 250 },
          },
        },
      ],
    };
    expect(await ask({ query })).toEqual(refused);
    const csv = await app.server.inject({ url: '/graphql', query: { query, format: 'csv' } });
    expect({ status: csv.statusCode, ...csv.json() }).toEqual(refused);
    expect((await app.query({ query })).errors).toEqual(refused.errors);
  });

  test('tells what an operation costs where that is wanted, and else not', async () => {
    const query = '{ editions(first: 2) { nodes { year } } }';
    const extensions = { cost: { requested: 2, limit: 50_000 } };
    expect((await ask({ query, extensions: { cost: true } })).extensions).toEqual(extensions);
    expect((await ask({ query, extensions: { cost: true } })).extensions).toEqual(extensions);
    expect((await ask({ query })).extensions).toBeUndefined();
    expect((await ask({ query, extensions: { cost: false } })).extensions).toBeUndefined();
    const get = await app.server.inject({ url: '/graphql', query: { query, extensions: '{"cost":true}' } });
    expect(get.json().extensions).toEqual(extensions);
    const failed = await ask({
      query: '{ editions(first: 2, after: "x") { nodes { year } } }',
      extensions: { cost: true },
    });
    expect([failed.errors[0].extensions.code, failed.extensions]).toEqual(['INVALID_CURSOR', extensions]);
  });

  test('lets introspection pass that GraphiQL and code generators send', async () => {
    const { getIntrospectionQuery } = await import('graphql');
    const options = {
      descriptions: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      inputValueDeprecation: true,
    };
    const { data, errors } = await ask({ query: getIntrospectionQuery(options) });
    expect(errors).toBeUndefined();
    expect(data.__schema.queryType.name).toBe('Query');
  });

  test('publishes its limits', async () => {
    const names = Object.keys(LIMITS);
    const { data } = await ask({ query: `{ service { limits { ${names.join(' ')} } } }` });
    expect(data.service.limits).toEqual(LIMITS);
  });
});
