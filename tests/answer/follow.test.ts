import { parse as readCsv } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AnswerOptions, type Ask, answer } from '../../src/answer/answer.ts';
import { richWorld, type World } from '../support/world.ts';
import { asking, joined, smallGraph, textOf } from './asking.ts';

let world: World;
beforeAll(() => {
  world = richWorld();
});
afterAll(() => world.close());

/** Asks the rich world; tells how many statements it took. */
async function told(query: string, options: AnswerOptions, variables: Record<string, unknown> = {}): Promise<string> {
  const { schema, ask } = asking(world);
  return textOf({ query, variables }, options, schema, ask);
}

const info = 'pageInfo { more: hasNextPage hasPreviousPage startCursor endCursor }';

/** The size of a page is written in place of the ellipsis. */
const questions: Record<string, string> = {
  'a list of the root': `{ editions(first: …) { totalCount nodes { slug name year } ${info} } }`,
  'a list of one record': `{ convention(slug: "crowded") { name editions(first: …) { nodes { slug startDate } ${info} } } }`,
  'edges, under other names': `{ all: editions(first: …) { list: edges { at: cursor edition: node { slug } } where: ${info} } }`,
  'in fragments, some of them twice': `query { ...a ...a service { version } }
    fragment a on Query { conventions: editions(first: …) { ...b } ...c }
    fragment b on EditionConnection { nodes { slug ...d } }
    fragment c on Query { conventions: editions(first: …) { ${info} nodes { city { name } ...d } } }
    fragment d on Edition { year }`,
  'a list of every record in a list': `{ conventions(first: 100) { nodes { slug editions(first: …) { nodes { slug } ${info} } } } }`,
  'a list in a list in a list': `{ conventions(first: 100) { edges { node { slug editions(first: 100) { nodes { year ...e } } } } } }
    fragment e on Edition { speakers(first: …) { nodes { speaker { name } } ${info} } }`,
  'a list of what a search finds': `{ search(query: "hefei", first: 100) { nodes { __typename
    ... on Convention { slug editions(first: …) { nodes { slug } ${info} } } ... on Edition { year } } } }`,
};

describe.each(Object.entries(questions))('%s', (_name, question) => {
  test.each(['json', 'jsonl', 'csv'] as const)(
    'has the same bytes as %s, on pages of three and of a hundred',
    async (format) => {
      const options = { format, paginate: true };
      const whole = await told(question.replaceAll('…', '100'), options);
      expect(await told(question.replaceAll('…', '3'), options)).toBe(whole);
      const once = await told(question.replaceAll('…', '100'), { ...options, paginate: false });
      expect(whole).toBe(once);
      expect(whole.length).toBeGreaterThan(100);
    },
  );
});

test('CSV of a long list is the list, whatever is on a page', async () => {
  const rows = await told('{ sources { nodes { id slug } pageInfo { endCursor } } }', {
    format: 'csv',
    paginate: true,
  });
  expect(readCsv(rows, { columns: true })).toEqual(
    world.reader.rows('SELECT id, slug FROM sources ORDER BY published_on IS NULL, published_on DESC, id DESC', []),
  );
});

describe('what is asked', () => {
  test('first the operation, then only the list, behind the last cursor', async () => {
    const { schema, ask, asked } = asking(world);
    const query = `query Editions($year: Int, $slug: String) {
      editions(first: 3, where: { year: { gte: $year } }) { totalCount facets(by: [STATUS]) { by } nodes { ...n } pageInfo { hasNextPage } }
      convention(slug: $slug) { name } ...v
    }
    fragment n on Edition { slug }
    fragment v on Query { service { version } }`;
    await textOf(
      { query, variables: { year: 2010, slug: 'crowded' }, operationName: 'Editions' },
      { format: 'jsonl', max: 7 },
      schema,
      ask,
    );
    const spaceless = (text: string | undefined) => text?.replaceAll(/\s+/g, ' ');
    expect(asked.map((one) => spaceless(one.query))).toEqual([
      'query Editions($year: Int, $slug: String, $_followingSize: Int) { editions(where: {year: {gte: $year}}, first: $_followingSize) { totalCount facets(by: [STATUS]) { by } nodes { ...n } pageInfo { hasNextPage } _following: pageInfo { hasNextPage endCursor } } convention(slug: $slug) { name } ... on Query { service { version } } } fragment n on Edition { slug }',
      ...[1, 2].map(
        () =>
          'query Editions($year: Int, $_followingSize: Int, $_followingCursor: String) { ... on Query { editions( where: {year: {gte: $year}} first: $_followingSize after: $_followingCursor ) { nodes { ...n } pageInfo { hasNextPage } _following: pageInfo { hasNextPage endCursor } } } } fragment n on Edition { slug }',
      ),
    ]);
    expect(asked.map(({ variables }) => variables?._followingSize)).toEqual([3, 3, 1]);
    expect(asked.map(({ operationName }) => operationName)).toEqual(['Editions', 'Editions', 'Editions']);
  });

  test('a hundred at a time where nothing is said, and nothing before what is there has been read', async () => {
    const { schema, ask, asked } = asking(world);
    const query = '{ signedProjectStatistics { nodes { id } pageInfo { hasNextPage } } }';
    const { text } = await answer({ query }, schema, ask, { format: 'jsonl', paginate: true });
    expect(asked.map(({ variables }) => variables)).toEqual([{ _followingSize: 100 }]);
    const reading = text[Symbol.asyncIterator]();
    await reading.next();
    expect(asked).toHaveLength(1);
    await reading.next();
    expect(asked).toHaveLength(2);
    await reading.return?.();
    expect(asked).toHaveLength(2);
  });

  test('of a name that the operation has, another is taken', async () => {
    const query = '{ _following: editions(first: 3) { nodes { _followingId: slug } pageInfo { endCursor } } }';
    const all = query.replace('3', '100');
    expect(await told(query, { format: 'csv', paginate: true })).toBe(await told(all, { format: 'csv' }));
  });

  test('after says where to begin', async () => {
    const query =
      'query ($at: String) { editions(first: 4, after: $at) { nodes { slug } pageInfo { hasPreviousPage endCursor } } }';
    const [first, second] = [
      {},
      { at: JSON.parse(await told(query, { format: 'json' })).data.editions.pageInfo.endCursor },
    ];
    const [all, rest] = await Promise.all(
      [first, second].map((at) => told(query, { format: 'csv', paginate: true }, at)),
    );
    const lines = (text = '') => text.split('\r\n').slice(1);
    expect(lines(rest)).toEqual(lines(all).slice(4));
    expect(lines(rest).length).toBeGreaterThan(10);
  });
});

describe('max', () => {
  test('ends a list after so many, and pageInfo tells where to go on', async () => {
    const query =
      'query ($at: String) { editions(first: 3, after: $at) { nodes { slug } pageInfo { hasNextPage endCursor } } }';
    const five = JSON.parse(await told(query, { format: 'json', max: 5 })).data.editions;
    expect([five.nodes.length, five.pageInfo.hasNextPage]).toEqual([5, true]);
    const rest = await told(query, { format: 'csv', paginate: true }, { at: five.pageInfo.endCursor });
    const all = await told(query, { format: 'csv', paginate: true });
    const slugs = five.nodes.map(({ slug }: { slug: string }) => slug);
    expect(all).toBe(['slug', ...slugs, ...rest.split('\r\n').slice(1)].join('\r\n'));
  });

  test('counts over all lists together, each of which tells truly where it ends', async () => {
    const query = `{ conventions(first: 3, where: { editions: { some: {} } }) { nodes { slug editions(first: 2) {
      nodes { slug } pageInfo { hasNextPage startCursor endCursor } } } } }`;
    const sizes = (text: string) =>
      JSON.parse(text).data.conventions.nodes.map(
        ({ editions }: { editions: { nodes: unknown[] } }) => editions.nodes.length,
      );
    const all: number[] = sizes(await told(query, { format: 'json', paginate: true }));
    const [one = 0, two = 0] = all;
    const max = one + two - 1;
    const cut = await told(query, { format: 'json', max });
    expect(sizes(cut)).toEqual([one, two - 1, 0]);
    const infos = JSON.parse(cut).data.conventions.nodes.map(
      (node: { editions: { pageInfo: unknown } }) => node.editions.pageInfo,
    );
    expect(infos).toEqual([
      { hasNextPage: false, startCursor: expect.any(String), endCursor: expect.any(String) },
      { hasNextPage: true, startCursor: expect.any(String), endCursor: expect.any(String) },
      { hasNextPage: true, startCursor: null, endCursor: null },
    ]);
  });

  test('ends the rows, too: those behind would pass for records without any', async () => {
    const query =
      '{ conventions(first: 3, where: { editions: { some: {} } }) { nodes { slug editions { nodes { slug } pageInfo { hasNextPage } } } } }';
    const options = { format: 'csv', explode: 'editions' } as const;
    const all = (await told(query, { ...options, paginate: true })).split('\r\n');
    const cut = (await told(query, { ...options, max: 2 })).split('\r\n');
    expect(cut).toEqual([...all.slice(0, 3), '']);
    expect(all.length).toBeGreaterThan(5);
  });

  test('each page tells how many there are so far, and of how many where that is asked', async () => {
    const pages: unknown[] = [];
    const query = '{ editions(first: 3) { totalCount nodes { slug } pageInfo { endCursor } } }';
    await told(query, { format: 'csv', max: 8, onPage: (...progress) => pages.push(progress) });
    const total = world.reader.value('SELECT count(*) FROM editions', []);
    expect(pages).toEqual([3, 6, 8].map((items) => [items, total]));
  });
});

describe('what is refused', () => {
  const refused = (query: string, message: string) =>
    expect(
      told(query, { format: 'jsonl', paginate: true, rows: query.includes('a:') ? 'a' : undefined }),
    ).rejects.toMatchObject({ name: 'AnswerError', message });

  test.each([
    [
      '{ a: editions { nodes { slug speakers { nodes { id } pageInfo { endCursor } } } pageInfo { endCursor } } }',
      'Several lists could be followed: a, a.nodes.speakers. Leave pageInfo out of all but one.',
    ],
    [
      '{ a: editions { nodes { slug speakers { nodes { id } } } } b: conventions { nodes { slug } } }',
      'No list asks for pageInfo, so that none can be followed. Add pageInfo { hasNextPage endCursor } to one of a, a.nodes.speakers, b.',
    ],
    ['{ service { version } }', 'There is no list with pages in the operation to follow: leave paginate and max out.'],
    ['{ editions { totalCount pageInfo { endCursor } } }', 'editions asks for none of its items: add nodes or edges.'],
    [
      '{ a: editions { nodes { slug } } conventions { nodes { slug } pageInfo { endCursor } } }',
      'The rows are a.nodes, but conventions is the list that asks for pageInfo. Ask it of the rows, or name conventions by rows.',
    ],
    [
      '{ editions(last: 3) { nodes { slug } pageInfo { endCursor } } }',
      'editions is followed forwards and cannot have last; got 3. Ask with first and after.',
    ],
    [
      '{ editions(before: "x") { nodes { slug } pageInfo { endCursor } } }',
      'editions is followed forwards and cannot have before; got "x". Ask with first and after.',
    ],
  ])('%s', refused);

  test('a list of records that have no id', async () => {
    const { schema, ask } = smallGraph(
      `type Query { groups: [Group] } type Group { list(first: Int, after: String): ThingConnection }
       type ThingConnection { nodes: [Thing] edges: [Thing] pageInfo: PageInfo } type Thing { name: String }
       type PageInfo { hasNextPage: Boolean endCursor: String }`,
      {},
    );
    const query = '{ groups { list { nodes { name } pageInfo { endCursor } } } }';
    await expect(answer({ query }, schema, ask, { format: 'csv', paginate: true })).rejects.toMatchObject({
      name: 'AnswerError',
      message:
        'groups.list cannot be followed: it is a list of each Group, which has no id to ask it by. Ask for one of them.',
    });
  });

  test('too many fragments within each other, at once', async () => {
    const fragments = Array.from(
      { length: 40 },
      (_, depth) => `fragment f${depth} on Query { ...f${depth + 1} ...f${depth + 1} }`,
    );
    const query = `{ ...f0 } ${fragments.join(' ')} fragment f40 on Query { editions { nodes { slug } pageInfo { endCursor } } }`;
    await expect(told(query, { format: 'jsonl', paginate: true })).rejects.toMatchObject({
      message: 'The operation has too many fragments to be followed page by page.',
      code: 'OPERATION_TOO_LARGE',
    });
  });
});

describe('errors', () => {
  test('of the first page are those of the operation as it is written', async () => {
    const { schema, ask } = asking(world);
    const query = '{ editions(first: 3, after: "x") { nodes { slug } pageInfo { endCursor } } }';
    const answered = await answer({ query }, schema, ask, { format: 'csv', paginate: true });
    expect(answered.hasData).toBe(false);
    expect(answered.errors).toMatchObject([
      {
        message: expect.stringContaining('after must be a cursor'),
        locations: [{ line: 1, column: 3 }],
        path: ['editions'],
      },
    ]);
    expect(await joined(answered.text)).toBe('');
  });

  test('of a later page end the text, and stand beside what is there', async () => {
    const own = richWorld();
    const query = '{ convention(slug: "crowded") { editions(first: 3) { nodes { slug } pageInfo { hasNextPage } } } }';
    for (const format of ['jsonl', 'json'] as const) {
      const { schema, ask, asked } = asking(own);
      const renaming: Ask = (question) => {
        if (asked.length === 2)
          own.write([{ sql: "UPDATE conventions SET slug = 'renamed' WHERE slug = 'crowded'", params: [] }]);
        return ask(question);
      };
      const answered = await answer({ query }, schema, renaming, { format, paginate: true });
      const text = await joined(answered.text);
      const gone = {
        message: 'convention.editions: what it belongs to is gone since its first page. Ask again.',
        path: ['convention', 'editions'],
        extensions: { code: 'NOT_FOUND' },
      };
      expect(answered.errors).toEqual([gone]);
      if (format === 'jsonl') expect(text.trim().split('\n')).toHaveLength(6);
      else
        expect(JSON.parse(text)).toMatchObject({
          errors: [gone],
          data: { convention: { editions: { pageInfo: { hasNextPage: true } } } },
        });
      own.write([{ sql: "UPDATE conventions SET slug = 'crowded' WHERE slug = 'renamed'", params: [] }]);
    }
    own.close();
  });
});
