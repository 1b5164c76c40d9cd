import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, richWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(() => {
  world = richWorld();
});
afterAll(() => world.close());

/** Where a list is, as a query whose list has the variables as arguments, and where its field is written. */
const places = {
  root: {
    query:
      'query ($first: Int, $last: Int, $after: String, $before: String) {\n  editions(first: $first, after: $after, last: $last, before: $before) { totalCount } }',
    field: 'editions',
    path: ['editions'],
    locations: [{ line: 2, column: 3 }],
  },
  nested: {
    query:
      'query ($first: Int, $last: Int, $after: String, $before: String) { conventions { nodes { slug ...f } } }\nfragment f on Convention {\n    x: editions(first: $first, after: $after, last: $last, before: $before) { __typename } }',
    field: 'editions',
    path: ['conventions', 'nodes', 'x'],
    locations: [{ line: 3, column: 5 }],
  },
  beneath: {
    query:
      'query ($first: Int, $last: Int, $after: String, $before: String) { editions(first: 1) { nodes { themes { edition {\nspeakers(first: $first, after: $after, last: $last, before: $before) { edges { cursor } } } } } } }',
    field: 'speakers',
    path: ['editions', 'nodes', 'themes', 'edition', 'speakers'],
    locations: [{ line: 2, column: 1 }],
  },
};

describe.each(Object.entries(places))('in a %s list', (_, { query, field, path, locations }) => {
  test.each([
    [{ first: 0 }, 'first must be between 1 and 100; got 0.', 'BAD_USER_INPUT'],
    [{ first: -1 }, 'first must be between 1 and 100; got -1.', 'BAD_USER_INPUT'],
    [{ first: -2_147_483_648 }, 'first must be between 1 and 100; got -2147483648.', 'BAD_USER_INPUT'],
    [{ first: 101 }, 'first must be between 1 and 100; got 101.', 'PAGE_SIZE_EXCEEDED'],
    [{ first: 2_147_483_647 }, 'first must be between 1 and 100; got 2147483647.', 'PAGE_SIZE_EXCEEDED'],
    [{ last: 0 }, 'last must be between 1 and 100; got 0.', 'BAD_USER_INPUT'],
    [{ last: 101 }, 'last must be between 1 and 100; got 101.', 'PAGE_SIZE_EXCEEDED'],
    [{ first: 1, last: 1 }, 'give first or last, not both.', 'BAD_USER_INPUT'],
    [{ first: 0, last: 101 }, 'give first or last, not both.', 'BAD_USER_INPUT'],
  ])('%j is refused', async (variables, message, code) => {
    const argument = 'last' in variables ? 'last' : 'first';
    const answer = await ask(world, query, variables);
    expect(answer).toEqual({
      data: null,
      errors: [{ message: `${field}: ${message}`, locations, path, extensions: { code, argument } }],
      statements: [],
    });
  });

  test.each([
    {},
    { first: null, last: null, after: null, before: null },
    { first: 1 },
    { last: 100 },
    { first: null, last: 2 },
  ])('%j is answered', async (variables) => {
    expect(await ask(world, query, variables)).toMatchObject({ errors: undefined, statements: [expect.any(String)] });
  });
});

test('sizes are refused also where the list would be empty, or is never reached', async () => {
  const { errors, statements } = await ask(
    world,
    '{ edition(slug: "unknown") { speakers(first: 500) { totalCount } } }',
  );
  expect(errors).toMatchObject([{ message: 'speakers: first must be between 1 and 100; got 500.' }]);
  expect(statements).toEqual([]);
});

test('a root field that is refused leaves the others answered', async () => {
  const { data, errors, statements } = await ask(
    world,
    '{ edition(slug: "annual-2010") { speakers(last: 0) { totalCount } } a: conventions { totalCount } service { name } }',
  );
  expect(errors).toHaveLength(1);
  expect(data).toEqual({ edition: null, a: { totalCount: 11 }, service: { name: 'Expograph' } });
  expect(statements).toHaveLength(2);
});

test.each([
  ['{ edition { id } }', 'edition: give exactly one of slug and id; got none.'],
  ['{ edition(slug: null) { id } }', 'edition: give exactly one of slug and id; got none.'],
  ['{ speaker(slug: "a", id: "b") { id } }', 'speaker: give exactly one of slug and id; got both.'],
])('%s is refused', async (query, message) => {
  const { errors, statements } = await ask(world, query);
  expect(errors).toMatchObject([{ message, extensions: { code: 'BAD_USER_INPUT' } }]);
  expect(statements).toEqual([]);
});

test('more ids than a page holds are refused', async () => {
  const ids = (count: number) => ({ ids: Array.from({ length: count }, (_, index) => `x${index}`) });
  const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
  expect(await ask(world, query, ids(101))).toMatchObject({
    errors: [
      {
        message: 'nodes: ids must be 100 at most; got 101.',
        path: ['nodes'],
        extensions: { code: 'PAGE_SIZE_EXCEEDED', argument: 'ids' },
      },
    ],
    statements: [],
  });
  expect(await ask(world, query, ids(100))).toMatchObject({ data: { nodes: Array.from({ length: 100 }, () => null) } });
});

describe('a cursor', () => {
  const write = (values: unknown) => Buffer.from(JSON.stringify(values)).toString('base64url');
  const read = (cursor: string): unknown[] => JSON.parse(Buffer.from(cursor, 'base64url').toString());
  const cursorOf = async (list: string): Promise<string> => {
    const { data } = await ask(world, `{ ${list} }`);
    return /"cursor":"([^"]+)"/.exec(JSON.stringify(data))?.[1] ?? '';
  };
  const own = () => cursorOf('editions(first: 5) { edges { cursor } }');

  const spoiled: Record<string, (own: string) => string | Promise<string>> = {
    'that is empty': () => '',
    'that is garbage': () => 'garbage',
    'that is a number': () => '42',
    'that is an id': () => String(world.reader.value('SELECT id FROM editions', [])),
    'that is an emoji': () => '😀',
    'that is 10,000 characters long': () => 'W'.repeat(10_000),
    'that is 10,000 values long': (cursor) => write([read(cursor)[0], ...Array(10_000).fill('x')]),
    'that is cut short': (cursor) => cursor.slice(0, -3),
    'with something behind it': (cursor) => `${cursor}!`,
    'with a space before it': (cursor) => ` ${cursor}`,
    'in the other alphabet of base64': () => Buffer.from('["???>>>",1]').toString('base64'),
    'of another list': () => cursorOf('themes { edges { cursor } }'),
    'of another list of the same order': () => cursorOf('exhibitionAreas { edges { cursor } }'),
    'of the same type in another order': () => cursorOf('editions { nodes { exhibitionAreas { edges { cursor } } } }'),
    'with a value too few': (cursor) => write(read(cursor).slice(0, -1)),
    'with a value too many': (cursor) => write([...read(cursor), 'x']),
    'with another signature': (cursor) => write(['x', ...read(cursor).slice(1)]),
    'without a signature': (cursor) => write(read(cursor).slice(1)),
    'with a number for a text': (cursor) => write([read(cursor)[0], 2021, read(cursor)[2]]),
    'with null for what is never null': (cursor) => write([read(cursor)[0], null, read(cursor)[2]]),
    'with null for the id': (cursor) => write([...read(cursor).slice(0, -1), null]),
    'with a flag': (cursor) => write([read(cursor)[0], true, read(cursor)[2]]),
    'with a list': (cursor) => write([read(cursor)[0], ['2021'], read(cursor)[2]]),
    'with an object': (cursor) => write([read(cursor)[0], { $gt: '' }, read(cursor)[2]]),
    'that is an object': (cursor) => write({ ...read(cursor) }),
    'that is null': () => write(null),
    'that is a text': () => write('x'),
    'with spaces between its values': (cursor) =>
      Buffer.from(JSON.stringify(read(cursor), null, 1)).toString('base64url'),
    'that is no UTF-8': () => Buffer.from([0x5b, 0xff, 0xfe, 0x5d]).toString('base64url'),
    'that speaks of too many things': () => 'too many SQL variables',
  };

  test.each(Object.entries(spoiled))('%s is refused, and nothing is asked', async (_, spoil) => {
    const cursor = await spoil(await own());
    for (const name of ['after', 'before']) {
      const { data, errors, statements } = await ask(
        world,
        `query ($cursor: String) { a: editions(${name}: $cursor) { totalCount } }`,
        { cursor },
      );
      const shown = cursor.length > 60 ? `${cursor.slice(0, 60)}…` : cursor;
      expect(errors).toEqual([
        {
          message: `editions: ${name} must be a cursor that this list gave in this order; got "${shown}". Start again without ${name}.`,
          locations: [{ line: 1, column: 27 }],
          path: ['a'],
          extensions: { code: 'INVALID_CURSOR', argument: name },
        },
      ]);
      expect(data).toBeNull();
      expect(statements).toEqual([]);
    }
  });

  test('is refused deep within, at the field that it was given to', async () => {
    const query =
      '{ editions(first: 1) { nodes { convention {\n  editions { nodes {\n    speakers(after: "x") { totalCount } } } } } } }';
    expect(await ask(world, query)).toMatchObject({
      errors: [
        {
          message: expect.stringContaining('speakers: after'),
          locations: [{ line: 3, column: 5 }],
          path: ['editions', 'nodes', 'convention', 'editions', 'nodes', 'speakers'],
        },
      ],
      statements: [],
    });
  });

  test('of a text with a quote is bound, never written into the statement', async () => {
    const cursor = write([read(await own())[0], "x' OR 1=1 --", `"; DROP TABLE editions; --`]);
    const { errors, statements } = await ask(
      world,
      'query ($cursor: String) { editions(after: $cursor) { totalCount } }',
      { cursor },
    );
    expect(errors).toBeUndefined();
    expect(statements.join()).not.toContain('DROP');
  });

  test('of a null date is taken where dates may be null', async () => {
    const { data } = await ask(world, '{ sources(last: 1) { edges { cursor node { publishedOn } } } }');
    expect(data).toMatchObject({ sources: { edges: [{ node: { publishedOn: null } }] } });
    const cursor = await cursorOf('sources(last: 1) { edges { cursor } }');
    expect(
      await ask(world, 'query ($cursor: String) { sources(after: $cursor) { nodes { id } } }', { cursor }),
    ).toMatchObject({
      data: { sources: { nodes: [] } },
      errors: undefined,
    });
    const [signature, , id] = read(cursor);
    const { errors } = await ask(world, 'query ($cursor: String) { sources(after: $cursor) { nodes { id } } }', {
      cursor: write([signature, 2021, id]),
    });
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_CURSOR' } }]);
  });
});

test('a cursor is refused by the list of another parent where the order is each parent’s own, and only there', async () => {
  const claims = 'signedProjectStatistics';
  const list = async (edition: string, given: string) =>
    ask(world, `{ edition(slug: "${edition}") { ${claims}(${given}) { edges { cursor } totalCount } } }`);
  const cursorIn = async (edition: string, given: string) => {
    const { data } = await list(edition, given);
    return /"cursor":"([^"]+)"/.exec(JSON.stringify(data))?.[1];
  };
  const own = await cursorIn('annual-2010', 'first: 1');
  expect(await list('annual-2010', `first: 1, after: "${own}"`)).toMatchObject({ errors: undefined });
  for (const end of ['after', 'before'])
    expect(await list('annual-2011', `${end}: "${own}"`)).toMatchObject({
      data: { edition: null },
      errors: [{ path: ['edition', claims], extensions: { code: 'INVALID_CURSOR', argument: end } }],
    });
  const order = 'orderBy: [{ field: PROJECTS }]';
  const placed = await cursorIn('annual-2010', `first: 1, ${order}`);
  expect(await list('annual-2011', `after: "${placed}", ${order}`)).toMatchObject({ errors: undefined });
  expect(await list('annual-2010', `after: "${placed}"`)).toMatchObject({
    errors: [{ extensions: { code: 'INVALID_CURSOR' } }],
  });
});
