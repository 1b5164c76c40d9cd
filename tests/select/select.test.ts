import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectSame, type Reference, referenceOf } from '../support/reference.ts';
import { type Answer, ask, richWorld, type World } from '../support/world.ts';

let world: World;
let reference: Reference;
beforeAll(() => {
  world = richWorld();
  reference = referenceOf(world);
});
afterAll(() => world.close());

const repeat = (count: number, write: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => write(index)).join(' ');

const tooLarge = (field: string): Partial<Answer> => ({
  data: { [field]: null },
  errors: [
    {
      message: `${field}: is too much for one statement; select less of it, or give a smaller where.`,
      locations: [{ line: 1, column: 3 }],
      path: [field],
      extensions: { code: 'OPERATION_TOO_LARGE' },
    },
  ],
});

describe('a statement as deep', () => {
  const nested = (pairs: number) =>
    `{ convention(slug: "annual") ${'{ slug editions(first: 1) { nodes { year convention '.repeat(pairs)}{ slug }${' } } }'.repeat(pairs)} }`;

  test.each([1, 5, 6, 7, 15, 30])(
    'as %i times from a convention to its newest edition and back is one',
    async (pairs) => {
      const data = await expectSame({ world, reference }, { query: nested(pairs) });
      expect(JSON.stringify(data).match(/"year":2027/g)).toHaveLength(pairs);
    },
  );

  test('as 80 neighbours is one', async () => {
    const query = `{ edition(slug: "annual-2025") ${'{ year previousEdition '.repeat(80)}{ year }${' }'.repeat(80)} }`;
    expect(JSON.stringify(await expectSame({ world, reference }, { query })).match(/year/g)).toHaveLength(16);
  });

  test.each([100, 400])('as %i times there and back is refused', async (pairs) => {
    expect(await ask(world, nested(pairs))).toMatchObject(tooLarge('convention'));
  });
});

describe('a statement as wide', () => {
  const inEdition = (selection: string) => `{ edition(slug: "annual-2012") { ${selection} } }`;
  const inPage = (selection: string) => `{ editions(last: 3) { ${selection} } }`;

  test.each([
    ['columns', inEdition(repeat(600, (index) => `a${index}: slug`))],
    ['texts', inEdition(repeat(600, (index) => `a${index}: name(locale: "zh-Hans")`))],
    ['lists', inEdition(repeat(350, (index) => `a${index}: themes { id text }`))],
    ['records', inEdition(repeat(350, (index) => `a${index}: convention { id }`))],
    ['objects of the same row', inEdition(repeat(600, (index) => `a${index}: links { website }`))],
    [
      'connections',
      inEdition(repeat(350, (index) => `a${index}: speakers(first: ${1 + (index % 3)}) { nodes { id } }`)),
    ],
    [
      'parts of a page',
      inPage(repeat(600, (index) => `a${index}: nodes { id } b${index}: totalCount c${index}: pageInfo { endCursor }`)),
    ],
    ['records of an edge', inPage(`edges { ${repeat(600, (index) => `a${index}: node { id }`)} }`)],
    ['objects of no row', `{ service { ${repeat(600, (index) => `a${index}: counts { editions }`)} } }`],
  ])('as hundreds of %s of one object is one', async (_, query) => {
    await expectSame({ world, reference }, { query });
  });

  test('as 1,001 relations is refused', async () => {
    const { statements, ...answer } = await ask(world, inEdition(repeat(1000, (index) => `a${index}: city { id }`)));
    expect(answer).toMatchObject(tooLarge('edition'));
    expect(statements).toEqual([]);
  });

  test('as 600 root fields is 600', async () => {
    await expectSame(
      { world, reference },
      { query: `{ ${repeat(600, (index) => `a${index}: service { dataVersion }`)} }` },
    );
  });
});

describe('a plan', () => {
  const query = `query ($n: Int, $after: String, $slug: String, $id: ID, $metrics: [Metric!], $with: Boolean = true, $locale: Locale) {
    editions(first: $n, after: $after) { nodes { slug name(locale: $locale) figures(metric: $metrics) { metric } } pageInfo { endCursor } }
    convention(slug: $slug, id: $id) { slug themes: editions(last: $n) @include(if: $with) { totalCount nodes { slug } } }
  }`;
  const run = (variables: Record<string, unknown>) => expectSame({ world, reference }, { query, variables });
  const textsOf = async (variables: Record<string, unknown>) => {
    await run(variables);
    return (await ask(world, query, variables)).statements.join('\n');
  };
  const id = () => String(world.reader.value("SELECT id FROM conventions WHERE slug = 'crowded'", []));
  const cursorAt = async (first: number) => {
    const { data } = await ask(world, 'query ($first: Int) { editions(first: $first) { pageInfo { endCursor } } }', {
      first,
    });
    return String(Object(data).editions.pageInfo.endCursor);
  };

  test('is the same statement for other values', async () => {
    const first = await textsOf({ n: 2, slug: 'annual', metrics: ['OTHER'], locale: 'en', after: await cursorAt(3) });
    const second = await textsOf({
      n: 5,
      slug: 'idle',
      metrics: ['OTHER'],
      locale: 'zh-Hans',
      after: await cursorAt(9),
    });
    expect(second).toBe(first);
  });

  test('is another statement where a value is there or not, or a flag points the other way', async () => {
    const shapes = [
      { n: 2, slug: 'annual' },
      { n: 2, id: id() },
      { n: 2, slug: 'annual', with: false },
      { n: 2, slug: 'annual', metrics: ['OTHER'] },
      { n: 2, slug: 'annual', after: await cursorAt(4) },
      { slug: 'annual' },
    ];
    const texts: string[] = [];
    for (const shape of [...shapes, ...shapes.toReversed()]) texts.push(await textsOf(shape));
    expect(texts.slice(shapes.length).toReversed()).toEqual(texts.slice(0, shapes.length));
    expect(new Set(texts.slice(0, -1)).size).toBe(shapes.length);
  });

  test('for null is the plan for nothing', async () => {
    const nothing = await textsOf({ slug: 'annual' });
    expect(await textsOf({ n: null, after: null, slug: 'annual', id: null, metrics: null, locale: null })).toBe(
      nothing,
    );
  });

  test('is not kept of an operation that was refused', async () => {
    const { errors } = await ask(world, query, { n: 2, slug: 'annual', id: id() });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' }, path: ['convention'] }]);
    await run({ n: 2, id: id() });
    const { errors: again } = await ask(world, query, { n: 101, slug: 'annual' });
    expect(again).toMatchObject([{ extensions: { code: 'PAGE_SIZE_EXCEEDED' } }]);
    await run({ n: 100, slug: 'annual' });
  });

  test('is made anew when more shapes were asked for than are kept', async () => {
    const flags = Array.from({ length: 6 }, (_, index) => `f${index}`);
    const wide = `query (${flags.map((flag) => `$${flag}: Boolean!`)}) { editions(first: 2) { nodes { id ${flags
      .map((flag) => `${flag}: themes @include(if: $${flag}) { id }`)
      .join(' ')} } } }`;
    for (let shape = 0; shape < 128; shape++) {
      const variables = Object.fromEntries(flags.map((flag, bit) => [flag, ((shape >> bit) & 1) === 1]));
      await expectSame({ world, reference }, { query: wide, variables });
    }
  });
});
