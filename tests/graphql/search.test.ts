import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { highlighter, searchTerms } from '../../src/graphql/search-terms.ts';
import type { Statement } from '../../src/store/open.ts';
import * as tables from '../../src/store/tables.ts';
import { upserts } from '../../src/store/upsert.ts';
import { searchModel } from '../support/search-model.ts';
import { ask, emptyWorld, richWorld, shippedWorld, type World } from '../support/world.ts';

const QUESTION = `query ($query: String!, $types: [SearchType!], $first: Int, $after: String) {
  search(query: $query, types: $types, first: $first, after: $after) {
    totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor node { __typename ... on Node { id } } highlights { field locale fragments { text isMatch } } }
    nodes { __typename ... on Node { id } }
  }
}`;

interface Found {
  totalCount: number;
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  edges: {
    cursor: string;
    node: { __typename: string; id: string };
    highlights: { field: string; locale: string | null; fragments: { text: string; isMatch: boolean }[] }[];
  }[];
  nodes: { __typename: string; id: string }[];
}

async function search(world: World, query: string, options: Record<string, unknown> = {}): Promise<Found> {
  const { data, errors, statements } = await ask(world, QUESTION, { query, ...options });
  expect(errors, JSON.stringify(query)).toBeUndefined();
  expect(statements.length).toBe(1);
  return (data as { search: Found }).search;
}

const idsOf = (found: Found) => found.edges.map(({ node }) => node.id);

/** "field locale: text", with what was found in brackets. */
const shown = ({ highlights }: Found['edges'][number]) =>
  highlights.map(
    ({ field, locale, fragments }) =>
      `${field} ${locale}: ${fragments.map(({ text, isMatch }) => (isMatch ? `[${text}]` : text)).join('')}`,
  );

const worlds: World[] = [];
const kept = (world: World) => {
  worlds.push(world);
  return world;
};
afterAll(() => {
  for (const world of worlds) world.close();
});

/** A convention with one edition and everything that can be found about it; ids are what they name. */
function smallWorld(): World {
  const world = kept(emptyWorld());
  const rows = {
    nodes: upserts(tables.nodes),
    texts: upserts(tables.localizedTexts),
    places: upserts(tables.places),
    venues: upserts(tables.venues),
    organizations: upserts(tables.organizations),
    speakers: upserts(tables.speakers),
    conventions: upserts(tables.conventions),
    editions: upserts(tables.editions),
    subVenues: upserts(tables.editionSubVenues),
    themes: upserts(tables.themes),
    areas: upserts(tables.exhibitionAreas),
    sessions: upserts(tables.sessions),
    appearances: upserts(tables.appearances),
  };
  const node = (type: string, id: string, texts: Record<string, Record<string, string>>) => {
    rows.nodes.add({ id, type, document: 'tests', checksum: 1, updatedAt: '2026-11-23T00:00:00Z' });
    for (const [field, wordings] of Object.entries(texts))
      for (const [locale, text] of Object.entries(wordings))
        rows.texts.add({ nodeId: id, field, locale, text, isOriginal: locale === 'en' });
    return id;
  };
  const place = (slug: string, kind: 'CITY' | 'PROVINCE' | 'COUNTRY', parentId: string | null, zh: string) =>
    rows.places.add({
      id: node('Place', slug, { name: { en: slug, 'zh-Hans': zh } }),
      slug,
      kind,
      parentId,
      country: 'CN',
    });
  place('China', 'COUNTRY', null, '中国');
  place('Anhui', 'PROVINCE', 'China', '安徽');
  place('Hefei', 'CITY', 'Anhui', '合肥');
  place('Wuhu', 'CITY', 'Anhui', '芜湖');
  for (const [id, zh] of [
    ['Binhu Centre', '滨湖国际会展中心'],
    ['Old Mill', '老磨坊'],
  ] as const)
    rows.venues.add({ id: node('Venue', id, { name: { en: id, 'zh-Hans': zh } }), slug: id, cityId: 'Hefei' });
  for (const [id, name] of [
    ['east', 'Steel of the Far East'],
    ['steelworks', 'Steelworks'],
  ] as const)
    rows.organizations.add({ id: node('Organization', id, { name: { en: name } }), slug: id });
  rows.speakers.add({ id: node('Speaker', 'zoe', { name: { en: 'Steelworks' } }), slug: 'zoe', sortName: 'Zoe' });
  rows.organizations.add({ id: node('Organization', 'union', { name: { en: 'Union of EV Makers' } }), slug: 'union' });
  rows.speakers.add({ id: node('Speaker', 'odon', { name: { hu: 'Ödön Nagy' } }), slug: 'odon', sortName: 'Nagy' });
  rows.conventions.add({
    id: node('Convention', 'fair', {
      name: { en: 'World Manufacturing Fair', 'zh-Hans': '世界制造业大会' },
      description: { en: 'A fair about AI.' },
    }),
    slug: 'fair',
    acronym: 'WMF',
    sameAs: [],
    industries: [],
  });
  for (const [year, cityId] of [
    [2020, 'Wuhu'],
    [2021, 'Hefei'],
    [2022, 'Hefei'],
  ] as const)
    rows.editions.add({
      id: node('Edition', `fair ${year}`, { name: { en: `Fair ${year}`, 'zh-Hans': `${year}大会` } }),
      slug: `fair-${year}`,
      conventionId: 'fair',
      ordinalIsStated: false,
      year,
      cityId,
      venueId: year === 2021 ? 'Binhu Centre' : null,
    });
  rows.subVenues.add({ editionId: 'fair 2022', venueId: 'Old Mill', position: 0 });
  const beneath = { editionId: 'fair 2021', chronology: '2021-13', position: 0 };
  rows.themes.add({
    id: node('Theme', 'theme', { text: { en: 'Every development', 'zh-Hans': '新能源EV、汽车' } }),
    kind: 'MAIN',
    ...beneath,
  });
  rows.areas.add({
    id: node('ExhibitionArea', 'area', { name: { en: 'Hainan hall' }, focus: { en: 'Robots and Drones' } }),
    kind: 'HALL',
    ...beneath,
  });
  rows.sessions.add({
    id: node('Session', 'session', { title: { en: 'Session on Zeppelins' } }),
    editionId: 'fair 2021',
    kind: 'FORUM',
    position: 0,
  });
  rows.appearances.add({
    id: node('Appearance', 'appearance', { title: { en: 'Director of Robots' }, remarks: { en: 'Zeppelins' } }),
    editionId: 'fair 2021',
    speakerId: 'odon',
    kind: 'SPEECH',
    affiliationId: 'union',
    sortName: 'Nagy',
    chronology: '2021-13',
  });
  world.write(Object.values(rows).flatMap((one): Statement[] => one.statements()));
  return world;
}

const small = smallWorld();

describe('a search finds', () => {
  test.each<[query: string, ids: string[]]>([
    ['manufacturing', ['fair', 'fair 2022', 'fair 2021', 'fair 2020']],
    ['wmf', ['fair', 'fair 2022', 'fair 2021', 'fair 2020']],
    ['合肥', ['fair 2022', 'fair 2021']],
    ['安徽', ['fair 2022', 'fair 2021', 'fair 2020']],
    ['CHINA', ['fair 2022', 'fair 2021', 'fair 2020']],
    ['合肥 制造', ['fair 2022', 'fair 2021']],
    ['合肥世界制造业大会', ['fair 2022', 'fair 2021']],
    ['合肥市', ['fair 2022', 'fair 2021']],
    ['中国安徽省合肥市', ['fair 2022', 'fair 2021']],
    ['2021世界制造业大会合肥', ['fair 2021']],
    ['合肥汽车', []],
    ['合 2021', ['fair 2021']],
    ['binhu', ['fair 2021']],
    ['磨坊', ['fair 2022']],
    ['汽车', ['theme']],
    ['新能源EV', ['theme']],
    ['源E', []],
    ['EV', ['theme', 'union', 'odon']],
    ['ev makers', ['union', 'odon']],
    ['ai', ['fair']],
    ['hain', ['area']],
    ['ain', []],
    ['robots', ['odon', 'area']],
    ['steel', ['east', 'steelworks', 'zoe']],
    ['odon', ['odon']],
    ['ÖDÖN nagy', ['odon']],
    ['o\u0308don', ['odon']],
    ['ｏｄｏｎ', ['odon']],
    ['zeppelins', []],
    ['合肥 theme', []],
    ['肥合', []],
    ['', []],
    ['"+-*😀', []],
  ])('by %j what has it: %j', async (query, ids) => {
    const found = await search(small, query);
    expect(idsOf(found)).toEqual(ids);
    expect(found.nodes).toEqual(found.edges.map(({ node }) => node));
    expect(found.totalCount).toBe(ids.length);
  });

  test.each<[types: string[] | null, ids: string[]]>([
    [['CONVENTION'], ['fair']],
    [
      ['EDITION', 'CONVENTION'],
      ['fair', 'fair 2022', 'fair 2021', 'fair 2020'],
    ],
    [['SPEAKER', 'ORGANIZATION', 'THEME', 'EXHIBITION_AREA'], []],
    [[], []],
    [null, ['fair', 'fair 2022', 'fair 2021', 'fair 2020']],
  ])('of the types %j only those', async (types, ids) => {
    expect(idsOf(await search(small, 'fair', { types }))).toEqual(ids);
  });

  test('a whole answer, with every text by which it was found', async () => {
    const found = await search(small, 'manu 合肥', { first: 1 });
    const [edge] = found.edges;
    expect(found).toEqual({
      totalCount: 2,
      pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: edge?.cursor, endCursor: edge?.cursor },
      edges: [
        {
          cursor: expect.stringMatching(/^Wy/),
          node: { __typename: 'Edition', id: 'fair 2022' },
          highlights: [
            {
              field: 'convention',
              locale: 'en',
              fragments: [
                { text: 'World ', isMatch: false },
                { text: 'Manufacturing', isMatch: true },
                { text: ' Fair', isMatch: false },
              ],
            },
            { field: 'city', locale: 'zh-Hans', fragments: [{ text: '合肥', isMatch: true }] },
          ],
        },
      ],
      nodes: [{ __typename: 'Edition', id: 'fair 2022' }],
    });
  });

  test.each<[query: string, highlights: string[]]>([
    ['fair', ['name en: World Manufacturing [Fair]', 'description en: A [fair] about AI.']],
    ['fair 2022', ['name en: [Fair] [2022]', 'name zh-Hans: [2022]大会', 'convention en: World Manufacturing [Fair]']],
    ['world ai', ['name en: [World] Manufacturing Fair', 'description en: A fair about [AI].']],
    ['wmf', ['acronym null: [WMF]']],
    ['世界', ['name zh-Hans: [世界]制造业大会']],
    ['drones', ['focus en: Robots and [Drones]']],
    ['director', ['title en: [Director] of Robots']],
    ['union', ['name en: [Union] of EV Makers']],
    ['magy nagy', []],
    ['新能 ev 汽', ['text zh-Hans: [新能]源[EV]、[汽]车']],
  ])('by %j a first result that shows %j', async (query, highlights) => {
    const [first] = (await search(small, query)).edges;
    expect(first ? shown(first) : []).toEqual(highlights);
  });
});

describe('a page', () => {
  test('goes on where the last one ended, through ties, while other records come and go', async () => {
    const world = kept(richWorld());
    const whole: string[] = [];
    let after: string | null = null;
    do {
      const page: Found = await search(world, 'theme', { first: 7, after });
      whole.push(...idsOf(page));
      if (whole.length === 14) world.write([{ sql: 'DELETE FROM nodes WHERE id = ?', params: [String(whole[3])] }]);
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(whole.length).toBeGreaterThan(60);
    expect(new Set(whole).size).toBe(whole.length);
    const again: string[] = [];
    do {
      const page: Found = await search(world, 'theme', { first: 100, after });
      again.push(...idsOf(page));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(again).toEqual(whole.filter((_id, index) => index !== 3));
  });

  test.each<[variables: Record<string, unknown>, code: string, message: string]>([
    [{ first: 0 }, 'BAD_USER_INPUT', 'search: first must be between 1 and 100; got 0.'],
    [{ first: 101 }, 'PAGE_SIZE_EXCEEDED', 'search: first must be between 1 and 100; got 101.'],
    [{ after: 'nonsense' }, 'INVALID_CURSOR', 'search: after must be a cursor'],
    [{ query: 'é'.repeat(10_001) }, 'BAD_USER_INPUT', 'search: query must have 10000 characters at most; got 10001.'],
    [{ query: '𠮷'.repeat(10_001) }, 'BAD_USER_INPUT', 'search: query must have 10000 characters at most; got 10001.'],
  ])('is refused for %o before anything is read', async (variables, code, message) => {
    const { errors, statements } = await ask(small, QUESTION, { query: 'fair', ...variables });
    expect(errors).toMatchObject([{ extensions: { code }, message: expect.stringContaining(message) }]);
    expect(statements).toEqual([]);
  });
});

test.each([
  ['the longest query of one character', '𠮷'.repeat(10_000)],
  ['the longest word', 'a'.repeat(10_000)],
  ['a character that stands for eighteen', '\uFDFA'.repeat(10_000)],
  [
    'three thousand words',
    Array.from({ length: 3_000 }, (_, index) => index.toString(36))
      .join(' ')
      .slice(0, 10_000),
  ],
  [
    'five thousand ideographs',
    Array.from({ length: 5_000 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join(' '),
  ],
])('%s is answered within a second', async (_what, query) => {
  const world = small;
  const start = performance.now();
  expect(idsOf(await search(world, query))).toEqual([]);
  expect(performance.now() - start).toBeLessThan(1000);
});

describe.each([
  ['rich', richWorld],
  ['shipped', shippedWorld],
])('on the %s data', (_name, make) => {
  const world = kept(make());
  const model = searchModel(world.reader);
  const texts = model.texts;
  const sizes: number[] = [];

  /** A query made of pieces of what is stored, of other words, and of what means something to the index. */
  const text = fc.constantFrom(...texts);
  const piece = fc.tuple(text, fc.nat(), fc.integer({ min: 1, max: 5 })).map(([one, from, length]) => {
    const characters = [...one];
    const start = from % characters.length;
    return characters.slice(start, start + length).join('');
  });
  const word = fc.tuple(text, fc.nat()).map(([one, position]) => {
    const words = one.split(/\s+/);
    return words[position % words.length] ?? '';
  });
  const noise = fc.constantFrom(
    '"',
    'AND',
    'NOT ',
    'NEAR(',
    'OR',
    '*',
    '^',
    'text:',
    '-',
    '(',
    ')',
    '{',
    "'",
    ' ',
    '\0',
    '\ud800',
    '😀',
  );
  const query = fc
    .array(fc.oneof({ weight: 5, arbitrary: word }, { weight: 4, arbitrary: piece }, noise), {
      minLength: 1,
      maxLength: 3,
    })
    .map((parts) => parts.join(' '));

  const types = fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, fc.subarray([...model.types]));

  test('it finds just what plain JavaScript finds, in any mixture of words', async () => {
    await fc.assert(
      fc.asyncProperty(query, types, async (asked, wanted) => {
        const found = await search(world, asked, { types: wanted, first: 100 });
        const expected = model.find(asked, wanted);
        sizes.push(expected.size);
        expect(found.totalCount, asked).toBe(expected.size);
        for (const { node, highlights } of found.edges) {
          const own = expected.get(node.id);
          expect(own, asked).toBeDefined();
          expect(
            new Set(
              highlights.map(({ field, fragments }) => `${field}: ${fragments.map(({ text }) => text).join('')}`),
            ),
            asked,
          ).toEqual(own);
          for (const { fragments } of highlights)
            expect(
              fragments.some(({ isMatch }) => isMatch),
              asked,
            ).toBe(true);
        }
      }),
      { seed: 20_211_119, numRuns: 250 },
    );
    expect(sizes.filter((size) => size > 0).length).toBeGreaterThan(sizes.length / 4);
    expect(sizes.filter((size) => size === 0).length).toBeGreaterThan(sizes.length / 10);
  }, 60_000);

  test('it takes anything', async () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)), maxLength: 40 }),
      fc.string({ unit: 'grapheme', maxLength: 40 }),
    );
    await fc.assert(
      fc.asyncProperty(anything, async (asked) => {
        const { edges } = await search(world, asked, { first: 3 });
        if (searchTerms(asked).length === 0) expect(edges).toEqual([]);
        for (const { highlights } of edges) expect(highlights).not.toEqual([]);
      }),
      { seed: 1752, numRuns: 250 },
    );
  }, 60_000);
});

describe('highlights', () => {
  const marked = (text: string, query: string) =>
    highlighter(searchTerms(query))(text)
      .map((fragment) => (fragment.isMatch ? `[${fragment.text}]` : fragment.text))
      .join('');

  test.each<[text: string, query: string, expected: string]>([
    ['Manufacturing, manufactured; unmanufactured', 'MANUF', '[Manufacturing], [manufactured]; unmanufactured'],
    ['EV, every EVs', 'ev', '[EV], every EVs'],
    [
      'Ö\u0308dön İstanbul ﬁrst Straße ΟΔΟΣ',
      'odon istanbul first οδος',
      '[Ö\u0308dön] [İstanbul] [ﬁrst] Straße [ΟΔΟΣ]',
    ],
    ['𠮷野家と野家𠮷', '𠮷野', '[𠮷野]家と野家𠮷'],
    ['合肥合肥', '合肥 肥合', '[合肥合肥]'],
    ['ＥＶ ５Ｇ', 'ev 5g', '[ＥＶ] [５Ｇ]'],
    ['<b>&amp;</b>', 'amp', '<b>&[amp];</b>'],
    ['', 'amp', ''],
    ['nothing', '', 'nothing'],
  ])('of %j by %j are %j', (text, query, expected) => {
    expect(marked(text, query)).toBe(expected);
  });

  test('are the text, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (text, query) => {
        const fragments = highlighter(searchTerms(`${query} ${text.slice(3, 9)}`))(text);
        expect(fragments.map((fragment) => fragment.text).join('')).toBe(text);
        expect(fragments.every((fragment) => fragment.text !== '')).toBe(true);
        expect(fragments.every((one, index) => one.isMatch !== fragments[index + 1]?.isMatch)).toBe(true);
      }),
      { seed: 703 },
    );
  });
});
