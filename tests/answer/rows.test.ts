import { parse as readCsv } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AnswerOptions, answer, fitsTable } from '../../src/answer/answer.ts';
import { smallGraph, textOf } from './asking.ts';

const fair = {
  __typename: 'Fair',
  name: 'Spring, "the" Fair',
  year: 2021,
  isOpen: true,
  space: '-5.2000',
  tags: ['a', null, 'c'],
  city: { name: 'Hefei' },
  halls: [
    { name: 'North', size: 4, gates: ['N1', 'N2'] },
    { name: null, size: null, gates: [] },
    { name: 'South', size: 9, gates: ['S1'] },
  ],
  guests: { totalCount: 2, pageInfo: { hasNextPage: false }, nodes: [{ name: 'Li' }, { name: 'Wu' }] },
};
const bare = { __typename: 'Fair', name: '=1+1', year: null, tags: [], city: null, halls: [], guests: null };
const person = { __typename: 'Person', name: '-Ann', born: -5 };

const { schema, ask } = smallGraph(
  `scalar Decimal
   type Query { fairs(first: Int): [Fair] none: [Fair] fair: Fair found: [Found] page: FairConnection gone: FairConnection tags: [String] version: String }
   type Fair { name: String year: Int isOpen: Boolean space: Decimal tags: [String] city: City halls: [Hall] guests: PersonConnection }
   type City { name: String }
   type Hall { name: String size: Int gates: [String] }
   type Person { name: String born: Int }
   union Found = Fair | Person
   type PageInfo { hasNextPage: Boolean }
   type FairEdge { cursor: String node: Fair }
   type FairConnection { totalCount: Int pageInfo: PageInfo nodes: [Fair] edges: [FairEdge] facets: [City] }
   type PersonEdge { node: Person }
   type PersonConnection { totalCount: Int pageInfo: PageInfo nodes: [Person] edges: [PersonEdge] }`,
  {
    fairs: [fair, bare],
    none: [],
    fair,
    found: [fair, person],
    page: { totalCount: 9, nodes: [fair], edges: [{ cursor: 'x', node: bare }], facets: [{ name: 'Hefei' }] },
    gone: null,
    tags: ['@a', null],
    version: '1',
  },
);

const told = (query: string, options: AnswerOptions, variables?: Record<string, unknown>) =>
  textOf({ query, ...(variables && { variables }) }, options, schema, ask);
const csv = async (query: string, options: Partial<AnswerOptions> = {}, variables?: Record<string, unknown>) =>
  (await told(query, { format: 'csv', ...options }, variables)).split('\r\n').slice(0, -1);
const jsonl = async (query: string, options: Partial<AnswerOptions> = {}) =>
  (await told(query, { format: 'jsonl', ...options }))
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));

describe('the one list becomes the rows', () => {
  test('with nested objects as dotted columns in the order of the operation, and unknown as empty', async () => {
    expect(await csv('{ version fairs { year city { name } isOpen title: name space } }')).toEqual([
      'year,city.name,isOpen,title,space',
      '2021,Hefei,true,"Spring, ""the"" Fair",-5.2000',
      ",,,'=1+1,",
    ]);
  });

  test('and as JSON lines each item as it is', async () => {
    expect(await jsonl('{ fairs { year city { name } tags } }')).toEqual([
      { year: 2021, city: { name: 'Hefei' }, tags: ['a', null, 'c'] },
      { year: null, city: null, tags: [] },
    ]);
  });

  test('nested lists join, each value in its place', async () => {
    expect(await csv('{ fairs { tags halls { name size gates } guests { totalCount nodes { name } } } }')).toEqual([
      'tags,halls.name,halls.size,halls.gates,guests.totalCount,guests.nodes.name',
      'a; ; c,North; ; South,4; ; 9,N1; N2; S1,2,Li; Wu',
      ',,,,,',
    ]);
  });

  test('of a connection it is nodes or edges; what stands beside them and pageInfo are left out', async () => {
    expect(await csv('{ page { totalCount facets { name } nodes { year } pageInfo { hasNextPage } } }')).toEqual([
      'year',
      '2021',
    ]);
    expect(await csv('{ page { totalCount edges { cursor node { name } } } }')).toEqual([
      'cursor,node.name',
      "x,'=1+1",
    ]);
    expect(await csv('{ fairs { guests { pageInfo { hasNextPage } totalCount } } }')).toEqual([
      'guests.totalCount',
      '2',
      '""',
    ]);
  });

  test('is found where fragments, aliases, @skip and @include put it', async () => {
    const query = `query ($no: Boolean = false) { ...all version more: fairs @include(if: $no) { name } }
      fragment all on Query { list: fairs { ... on Fair { ...some } year @skip(if: $no) } none @include(if: $no) { year } }
      fragment some on Fair { place: city { name } year }`;
    expect(await csv(query)).toEqual(['place.name,year', 'Hefei,2021', ',']);
    await expect(csv(query, {}, { no: true })).rejects.toThrow('list, none, more');
    expect(await csv(query, { rows: 'list' }, { no: true })).toEqual(['place.name,year', 'Hefei,2021', ',']);
  });

  test('of a union each row has the columns of all its types', async () => {
    expect(await csv('{ found { __typename ... on Person { name born } ... on Fair { name year } } }')).toEqual([
      '__typename,name,born,year',
      'Fair,"Spring, ""the"" Fair",,2021',
      "Person,'-Ann,-5,",
    ]);
  });

  test('of words alone it is one column', async () => {
    expect(await csv('{ tags }')).toEqual(['tags', "'@a", '""']);
    expect(await jsonl('{ tags }')).toEqual(['@a', null]);
  });

  test('is none of words that stand beside something else: they are a cell', async () => {
    expect(await csv('{ version tags }')).toEqual(['version,tags', "1,'@a; "]);
    expect(await csv('{ fair { year tags } }')).toEqual(['fair.year,fair.tags', '2021,a; ; c']);
    expect(await csv('{ tags fairs { year } }')).toEqual(['year', '2021', '""']);
    expect(await csv('{ version tags }', { rows: 'tags' })).toEqual(['tags', "'@a", '""']);
  });

  test('and what has no place in them is told, but for how long the list is', async () => {
    const beside =
      '{ version fair { year city { name } } page { __typename totalCount facets { name } nodes { year } pageInfo { hasNextPage } } }';
    const { leftOut } = await answer({ query: beside }, schema, ask, { format: 'csv', rows: 'page' });
    expect(leftOut).toEqual(['version', 'fair', 'page.facets']);
    const { leftOut: elsewhere } = await answer({ query: beside }, schema, ask, { format: 'csv', rows: 'page.facets' });
    expect(elsewhere).toEqual(['version', 'fair', 'page.nodes']);
  });

  test('fits a table where all of it is shown, and each column can be read', () => {
    const fits = (query: string, options: { isFollowed?: boolean; width?: number } = {}) =>
      fitsTable({ query }, schema, { isFollowed: false, ...options });
    expect(fits('{ page { __typename nodes { year guests { totalCount } } } }')).toBe(true);
    expect(fits('{ version tags fair { year } }')).toBe(true);
    // The length of the list, and where its page ends, are seen only where all of it is.
    for (const part of ['totalCount', 'pageInfo { hasNextPage }']) {
      expect(fits(`{ page { ${part} nodes { year } } }`)).toBe(false);
      expect(fits(`{ page { ${part} nodes { year } } }`, { isFollowed: true })).toBe(true);
    }
    expect(fits('{ version fairs { year } }')).toBe(false);
    expect(fits('{ fairs { year } none { year } }')).toBe(false);
    expect(fits('{ nothing }')).toBe(false);
    const columns = Array.from({ length: 10 }, (_, index) => `y${index}: year`).join(' ');
    expect([80, 81].map((width) => fits(`{ fairs { ${columns} } }`, { width }))).toEqual([false, true]);
  });

  test('an empty list, and one of which there is none, is the header alone', async () => {
    expect(await csv('{ none { year name } }')).toEqual(['year,name']);
    expect(await csv('{ gone { nodes { year } } }')).toEqual(['year']);
    expect(await jsonl('{ gone { nodes { year } } }')).toEqual([]);
  });

  test('without a list the answer is the one row', async () => {
    expect(await csv('{ version fair { year city { name } } }')).toEqual([
      'version,fair.year,fair.city.name',
      '1,2021,Hefei',
    ]);
    expect(await jsonl('{ version page { totalCount } }')).toEqual([{ version: '1', page: { totalCount: 9 } }]);
  });
});

describe('explode', () => {
  test('gives each item of a nested list a row of its own, and an empty list one, too', async () => {
    expect(await csv('{ fairs { year halls { name } } }', { explode: 'halls' })).toEqual([
      'year,halls.name',
      '2021,North',
      '2021,',
      '2021,South',
      ',',
    ]);
    expect(await jsonl('{ fairs { year tags } }', { explode: 'tags' })).toEqual([
      { year: 2021, tags: 'a' },
      { year: 2021, tags: null },
      { year: 2021, tags: 'c' },
      { year: null, tags: null },
    ]);
  });

  test('goes through the lists on its way, and takes a connection for its page', async () => {
    const halls = '{ fairs { halls { name gates } } }';
    expect(await csv(halls, { explode: 'halls.gates' })).toEqual([
      'halls.name,halls.gates',
      'North,N1',
      'North,N2',
      ',',
      'South,S1',
      ',',
    ]);
    const guests = '{ fairs { year guests { nodes { name } } } }';
    const rows = ['year,guests.nodes.name', '2021,Li', '2021,Wu', ','];
    expect(await csv(guests, { explode: 'guests' })).toEqual(rows);
    expect(await csv(guests, { explode: 'guests.nodes' })).toEqual(rows);
  });
});

describe('what is refused', () => {
  const twice = '{ fairs { year } page { nodes { year } edges { cursor } facets { name } } }';
  test.each([
    [
      twice,
      {},
      'Several lists could become the rows: fairs, page.nodes, page.edges. Name one of them by rows, or ask for one only.',
      ['fairs', 'page.nodes', 'page.edges'],
    ],
    [
      twice,
      { rows: 'page' },
      'rows must be one of fairs, page.nodes, page.edges, page.facets; got "page".',
      ['fairs', 'page.nodes', 'page.edges', 'page.facets'],
    ],
    [
      '{ fairs { year @skip(if: true) } }',
      {},
      'Nothing is left to become a column, as @skip and @include have it: ask for json, or for more.',
    ],
    ['{ version }', { rows: 'x' }, 'rows must be left out: the answer has no list; got "x".'],
    ['{ fairs { year } }', { explode: 'halls' }, 'explode must be left out: a row has no list; got "halls".'],
    ['{ fairs { tags halls { gates } } }', { explode: '' }, 'explode must be one of tags, halls, halls.gates; got "".'],
    ['{ fairs { year } }', { format: 'jsonl', bom: true }, 'bom is for csv; got it with jsonl. Leave it out.'],
    [
      '{ fairs { year } }',
      { format: 'json', explode: 'tags' },
      'explode is for rows, and json has none: ask for csv or jsonl, or leave it out.',
    ],
    ['{ fairs { year } }', { max: 2, paginate: false }, 'max follows the pages: leave paginate out, or true.'],
    ['{ fairs { year } }', { max: 0 }, 'max must be a whole number from 1; got 0.'],
    ['{ fairs { year } }', { max: 1.5 }, 'max must be a whole number from 1; got 1.5.'],
  ] as const)('%s with %o', async (query, options, message, possibleRows?: readonly string[]) => {
    await expect(told(query, { format: 'csv', ...options })).rejects.toMatchObject({
      name: 'AnswerError',
      message,
      possibleRows,
    });
  });

  test('an operation that is none: its errors are those of who is asked', async () => {
    await expect(csv('{ nope }')).rejects.toThrow('Cannot query field "nope" on type "Query".');
    await expect(csv('{ fairs(')).rejects.toThrow('Syntax Error: Expected Name, found <EOF>.');
    await expect(csv('query ($n: Int!) { fairs(first: $n) { year } }')).rejects.toThrow('"$n" of required type "Int!"');
  });
});

test('rows named beside a page are found, too', async () => {
  expect(await csv('{ page { nodes { year } facets { name } } }', { rows: 'page.facets' })).toEqual(['name', 'Hefei']);
});

test('a byte order mark comes first where it is asked for', async () => {
  expect(await told('{ tags }', { format: 'csv', bom: true })).toBe('\uFEFFtags\r\n\'@a\r\n""\r\n');
});

test('any text, number and flag comes back from CSV, formulas with an apostrophe before them', async () => {
  const text = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'a =+-@\t\r\n\0\u2028\uFEFF"\',;＝合😀'), maxLength: 8 }),
    fc
      .tuple(fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '＝', '"', ',', '; ', ' '), fc.string())
      .map((two) => two.join('')),
  );
  const decimal = fc
    .tuple(fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }), fc.nat(9999))
    .map((two) => two.join('.'));
  const item = fc.record({
    text: fc.option(text),
    number: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
    decimal: fc.option(decimal),
    flag: fc.option(fc.boolean()),
    tags: fc.array(text, { maxLength: 2 }),
  });
  const sdl =
    'scalar Decimal type Query { items: [Item] } type Item { text: String number: Float decimal: Decimal flag: Boolean tags: [String] }';
  const root: { items: object[] } = { items: [] };
  const small = smallGraph(sdl, root);
  const neutral = (one: string) => (/^[=+\-@\t\r\n＝＋－＠]/.test(one) ? `'${one}` : one);
  await fc.assert(
    fc.asyncProperty(fc.array(item, { maxLength: 4 }), async (items) => {
      root.items = items;
      const query = '{ items { text number decimal flag tags } }';
      const written = await textOf(query, { format: 'csv' }, small.schema, small.ask);
      // Readers take any kind of line break for the end of a record, unless it is quoted.
      expect(readCsv(written, { record_delimiter: ['\r\n', '\n', '\r'] })).toEqual([
        ['text', 'number', 'decimal', 'flag', 'tags'],
        ...items.map(({ text: words, number, decimal: exact, flag, tags }) => [
          neutral(words ?? ''),
          number === null ? '' : JSON.stringify(number),
          exact ?? '',
          flag === null ? '' : String(flag),
          neutral(tags.join('; ')),
        ]),
      ]);
      const lines = await textOf(query, { format: 'jsonl' }, small.schema, small.ask);
      expect(lines).toBe(items.map((one) => `${JSON.stringify(plain(one))}\n`).join(''));
    }),
    { numRuns: 100 },
  );
});

/** As JSON has it: no -0. */
const plain = (item: object): object => JSON.parse(JSON.stringify(item));

describe('a table', () => {
  test('is as wide as its cells, and Chinese counts twice', async () => {
    const small = smallGraph('type Query { items: [Item] } type Item { name: String year: Int }', {
      items: [
        { name: '合肥', year: 2021 },
        { name: 'a\u001b[31m\nb', year: null },
      ],
    });
    expect(await textOf('{ items { name year } }', { format: 'table', width: 80 }, small.schema, small.ask)).toBe(
      [
        '┌──────────┬──────┐',
        '│ name     │ year │',
        '├──────────┼──────┤',
        '│ 合肥     │ 2021 │',
        '│ a [31m b │      │',
        '└──────────┴──────┘',
        '',
      ].join('\n'),
    );
  });

  test('fits a terminal: narrow columns stay whole, long cells are cut', async () => {
    const small = smallGraph('type Query { items: [Item] } type Item { name: String year: Int note: String }', {
      items: [{ name: '世界制造业大会'.repeat(9), year: 2021, note: 'words '.repeat(30) }],
    });
    const query = '{ items { name year note } }';
    const table = await textOf(query, { format: 'table', width: 40 }, small.schema, small.ask);
    expect(table).toBe(
      [
        '┌───────────────┬──────┬───────────────┐',
        '│ name          │ year │ note          │',
        '├───────────────┼──────┼───────────────┤',
        '│ 世界制造业大… │ 2021 │ words words … │',
        '└───────────────┴──────┴───────────────┘',
        '',
      ].join('\n'),
    );
  });
});
