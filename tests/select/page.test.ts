import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SqlValue, Statement } from '../../src/store/open.ts';
import { ask, richWorld, type World } from '../support/world.ts';

interface List {
  field: string;
  /** What is around the field, which is written in place of the ellipsis. */
  around: string;
  /** The ids of the whole list, in its order. */
  whole: string;
}

const largest = (table: string, column: string) =>
  `(SELECT ${column} FROM ${table} GROUP BY ${column} ORDER BY count(*) DESC, ${column} LIMIT 1)`;
const edition = "(SELECT id FROM editions WHERE slug = 'annual-2010')";
const convention = "(SELECT id FROM conventions WHERE slug = 'crowded')";

const lists: Record<string, List> = {
  'all conventions': { field: 'conventions', around: '…', whole: 'SELECT id FROM conventions ORDER BY slug' },
  'all editions': {
    field: 'editions',
    around: '…',
    whole: 'SELECT id FROM editions ORDER BY chronology DESC, id DESC',
  },
  'all themes': { field: 'themes', around: '…', whole: 'SELECT id FROM themes ORDER BY chronology DESC, id DESC' },
  'all areas': {
    field: 'exhibitionAreas',
    around: '…',
    whole: 'SELECT id FROM exhibition_areas ORDER BY chronology DESC, id DESC',
  },
  'all speakers': { field: 'speakers', around: '…', whole: 'SELECT id FROM speakers ORDER BY sort_name, id' },
  'all claims': {
    field: 'signedProjectStatistics',
    around: '…',
    whole: 'SELECT id FROM signed_project_statistics ORDER BY chronology DESC, position, id',
  },
  'all sources': {
    field: 'sources',
    around: '…',
    whole: 'SELECT id FROM sources ORDER BY published_on IS NULL, published_on DESC, id DESC',
  },
  'the editions of a convention': {
    field: 'editions',
    around: 'convention(slug: "crowded") { … }',
    whole: `SELECT id FROM editions WHERE convention_id = ${convention} ORDER BY chronology DESC, id DESC`,
  },
  'the claims of a convention': {
    field: 'signedProjectStatistics',
    around: 'convention(slug: "crowded") { … }',
    whole: `SELECT id FROM signed_project_statistics WHERE convention_id = ${convention} ORDER BY chronology DESC, position, id`,
  },
  'the areas of an edition': {
    field: 'exhibitionAreas',
    around: 'edition(slug: "annual-2010") { … }',
    whole: `SELECT id FROM exhibition_areas WHERE edition_id = ${edition} ORDER BY position, id`,
  },
  'the claims of an edition': {
    field: 'signedProjectStatistics',
    around: 'edition(slug: "annual-2010") { … }',
    whole: `SELECT id FROM signed_project_statistics WHERE reported_at_id = ${edition} OR id IN
      (SELECT signed_project_statistic_id FROM signed_project_statistic_editions WHERE edition_id = ${edition})
      ORDER BY CASE WHEN scope = 'EDITION' AND id IN
          (SELECT signed_project_statistic_id FROM signed_project_statistic_editions WHERE edition_id = ${edition}) THEN 0
        WHEN reported_at_id = ${edition} THEN 1 ELSE 2 END, chronology DESC, position, id`,
  },
  'the speakers of an edition': {
    field: 'speakers',
    around: 'node(id: "$parent") { ... on Edition { … } }',
    whole: `SELECT id, edition_id AS parent FROM appearances WHERE edition_id = ${largest('appearances', 'edition_id')} ORDER BY sort_name, id`,
  },
  'the appearances of a speaker': {
    field: 'appearances',
    around: 'node(id: "$parent") { ... on Speaker { … } }',
    whole: `SELECT id, speaker_id AS parent FROM appearances WHERE speaker_id = ${largest('appearances', 'speaker_id')} ORDER BY chronology DESC, id DESC`,
  },
  'the editions of a convention without any': {
    field: 'editions',
    around: 'convention(slug: "idle") { … }',
    whole: 'SELECT id FROM editions WHERE false',
  },
};

interface Page {
  edges: { cursor: string; node: { id: string } }[];
  nodes: { id: string }[];
  totalCount: number;
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}
type PageArguments = { first?: number; last?: number; after?: string | null; before?: string | null };

/** Reads one page, and checks what each page must be in itself. */
async function readPage(world: World, { field, around, whole }: List, variables: PageArguments): Promise<Page> {
  const args = 'first: $first, after: $after, last: $last, before: $before';
  const page = `page: ${field}(${args}) { edges { cursor node { id } } nodes { id } totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }`;
  const [first] = around.includes('$parent') ? world.reader.rows(whole, []) : [];
  const query = `query ($first: Int, $after: String, $last: Int, $before: String) { ${around.replace('$parent', String(first?.parent)).replace('…', page)} }`;
  const { data, errors, statements } = await ask(world, query, variables);
  expect(errors).toBeUndefined();
  expect(statements.filter((sql) => sql.includes('json_object'))).toHaveLength(1);
  const found: { page: Page } = Object(data).page ? Object(data) : Object.values(Object(data))[0];
  const { edges, nodes, pageInfo } = found.page;
  expect(nodes).toEqual(edges.map(({ node }) => node));
  expect(pageInfo.startCursor).toBe(edges[0]?.cursor ?? null);
  expect(pageInfo.endCursor).toBe(edges.at(-1)?.cursor ?? null);
  return found.page;
}

const idsOf = ({ nodes }: Page) => nodes.map(({ id }) => id);

describe('walked from end to end', () => {
  let world: World;
  beforeAll(() => {
    world = richWorld();
  });
  afterAll(() => world.close());
  const wholeOf = ({ whole }: List) => world.reader.rows(whole, []).map(({ id }) => String(id));

  describe.each(Object.entries(lists))('%s', (_, list) => {
    test.each([1, 2, 3, 7, 100])('by %i gives the whole list forwards and backwards', async (size) => {
      const whole = wholeOf(list);
      for (let offset = 0, after: string | null = null; ; ) {
        const page = await readPage(world, list, { first: size, after });
        expect(idsOf(page)).toEqual(whole.slice(offset, offset + size));
        expect(page.totalCount).toBe(whole.length);
        const { hasNextPage, hasPreviousPage, endCursor } = page.pageInfo;
        expect([hasPreviousPage, hasNextPage]).toEqual([offset > 0, offset + size < whole.length]);
        offset += size;
        after = endCursor;
        if (!hasNextPage) break;
      }
      for (let end = whole.length, before: string | null = null; ; ) {
        const page = await readPage(world, list, { last: size, before });
        expect(idsOf(page)).toEqual(whole.slice(Math.max(0, end - size), end));
        expect(page.totalCount).toBe(whole.length);
        const { hasNextPage, hasPreviousPage, startCursor } = page.pageInfo;
        expect([hasPreviousPage, hasNextPage]).toEqual([end - size > 0, end < whole.length]);
        end -= size;
        before = startCursor;
        if (!hasPreviousPage) break;
      }
    });

    test('between two cursors gives what lies between them, of which first and last cut the ends', async () => {
      const whole = wholeOf(list);
      const { edges } = await readPage(world, list, { first: 100 });
      const places = edges.map((_edge, place) => place).filter((place) => place % 5 === 0);
      for (const start of places) {
        for (const end of places.filter((place) => place % 3 === 0)) {
          const ends = { after: edges[start]?.cursor, before: edges[end]?.cursor };
          const between = whole.slice(start + 1, Math.max(start + 1, end));
          const forward = await readPage(world, list, { ...ends, first: 3 });
          expect(idsOf(forward)).toEqual(between.slice(0, 3));
          expect(forward.pageInfo).toMatchObject({ hasPreviousPage: true, hasNextPage: true });
          expect(idsOf(await readPage(world, list, { ...ends, last: 3 }))).toEqual(between.slice(-3));
        }
      }
    });

    test('ends with an empty page behind the last, and before the first', async () => {
      const [first] = (await readPage(world, list, { first: 1 })).edges;
      const [last] = (await readPage(world, list, { last: 1 })).edges;
      if (!first || !last) return expect(wholeOf(list)).toEqual([]);
      for (const end of [{ after: last.cursor }, { before: first.cursor }]) {
        for (const size of [{ first: 2 }, { last: 2 }]) {
          const { nodes, pageInfo } = await readPage(world, list, { ...end, ...size });
          const isBehind = 'after' in end;
          expect({ nodes, ...pageInfo }).toEqual({
            nodes: [],
            hasNextPage: !isBehind,
            hasPreviousPage: isBehind,
            startCursor: null,
            endCursor: null,
          });
        }
      }
    });
  });
});

/** How a record is copied and removed. A longer id comes later among equals; where the order descends, sooner. */
interface Changing {
  list: string;
  copy: string;
  descending: boolean;
  remove?: string[];
}
const changing: Changing[] = [
  {
    list: 'all themes',
    copy: 'INSERT INTO themes SELECT ?, edition_id, kind, position, chronology FROM themes WHERE id = ?',
    descending: true,
  },
  {
    list: 'all sources',
    copy: `INSERT INTO sources (id, slug, kind, title, published_on, is_relay)
      SELECT ?, slug || hex(randomblob(8)), kind, title, published_on, is_relay FROM sources WHERE id = ?`,
    descending: true,
    remove: [
      'DELETE FROM citations WHERE source_id = ?',
      'UPDATE sources SET derived_from_id = NULL WHERE derived_from_id = ?',
    ],
  },
  {
    list: 'the areas of an edition',
    copy: `INSERT INTO exhibition_areas (id, edition_id, kind, position, chronology)
      SELECT ?, edition_id, kind, position, chronology FROM exhibition_areas WHERE id = ?`,
    descending: false,
  },
];

describe('walked while the data changes', () => {
  let world: World;
  beforeAll(() => {
    world = richWorld();
  });
  afterAll(() => world.close());

  test.each(
    changing.flatMap((change) =>
      [true, false].map((forward) => ({ ...change, forward, way: forward ? 'forwards' : 'backwards' })),
    ),
  )(
    '$list $way skips no survivor, and repeats nothing',
    async ({ list: name, copy, descending, remove = [], forward }) => {
      const list = lists[name];
      if (!list) throw new TypeError(`There is no list ${name}.`);
      const before = world.reader.rows(list.whole, []).map(({ id }) => String(id));
      const statement = (sql: string, ...params: SqlValue[]): Statement => ({ sql, params });
      const copyAs = (id: string, from: string) => [
        statement(
          "INSERT INTO nodes (id, type, document, checksum, updated_at) VALUES (?, 'Copy', 'rich', 1, '2026-05-01T00:00:00.000Z')",
          id,
        ),
        statement(copy, id, from),
      ];
      const seen: string[] = [];
      const removed = new Set<string>();
      const ahead: string[] = [];
      const passed: string[] = [];
      for (let cursor: string | null = null, page = 0; page < 100; page++) {
        const { edges, pageInfo } = await readPage(
          world,
          list,
          forward ? { first: 2, after: cursor } : { last: 2, before: cursor },
        );
        const ids = edges.map(({ node }) => node.id);
        seen.push(...(forward ? ids : ids.reverse()));
        cursor = forward ? pageInfo.endCursor : pageInfo.startCursor;
        const own = seen.at(-1) ?? '';
        const [longer, shorter] = [`${own}~`, own.slice(0, -1)];
        const [soon, gone] = descending === forward ? [shorter, longer] : [longer, shorter];
        if (page < 4) {
          world.write([...copyAs(soon, own), ...copyAs(gone, own)]);
          ahead.push(soon);
          passed.push(gone);
        }
        // The cursor's own record goes, and one that was not reached yet.
        for (const id of [own, before.find((one) => !seen.includes(one) && page % 3 === 0) ?? '']) {
          if (removed.has(id)) continue;
          world.write([...remove, 'DELETE FROM nodes WHERE id = ?'].map((sql) => statement(sql, id)));
          removed.add(id);
        }
        if (!(forward ? pageInfo.hasNextPage : pageInfo.hasPreviousPage)) break;
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(before.filter((id) => !seen.includes(id) && !removed.has(id))).toEqual([]);
      expect(ahead.filter((id) => !seen.includes(id))).toEqual([]);
      expect(passed.filter((id) => seen.includes(id))).toEqual([]);
    },
  );
});

describe('what a page costs', () => {
  let world: World;
  beforeAll(() => {
    world = richWorld();
  });
  afterAll(() => world.close());

  /** How SQLite finds the rows of the page itself: the innermost step of the list, and what is done beside it. */
  async function planOf(list: string, variables: PageArguments): Promise<string[]> {
    const query = `query ($first: Int, $after: String, $last: Int, $before: String) { ${list}(first: $first, after: $after, last: $last, before: $before) { nodes { id } pageInfo { hasNextPage hasPreviousPage } } }`;
    const { statements } = await ask(world, query, variables);
    const [sql = ''] = statements;
    const steps = world.reader.rows(`EXPLAIN QUERY PLAN ${sql}`, Array(sql.split('?').length - 1).fill(null));
    const search = steps.find(({ detail }) => /^(SCAN|SEARCH) t1 USING/.test(String(detail)));
    return steps.filter(({ parent }) => parent === search?.parent).map(({ detail }) => String(detail));
  }

  const seeking = [
    'conventions',
    'editions',
    'themes',
    'exhibitionAreas',
    'speakers',
    'signedProjectStatistics',
    'sources',
  ];
  const cursorOf = async (list: string) => {
    const { data } = await ask(world, `{ ${list}(first: 5) { pageInfo { endCursor } } }`);
    return String(Object(data)[list].pageInfo.endCursor);
  };

  test.each(seeking)('of %s is that of its rows: they come sorted from an index', async (list) => {
    const cursor = await cursorOf(list);
    for (const variables of [{}, { last: 3 }, { after: cursor }, { last: 3, before: cursor }])
      expect(await planOf(list, variables)).toEqual([
        expect.stringMatching(/^(SCAN|SEARCH) t1 USING (COVERING )?INDEX/),
      ]);
  });

  test.each(seeking)('of %s is the same far from its ends: a cursor is sought in the index', async (list) => {
    const cursor = await cursorOf(list);
    for (const variables of [{ after: cursor }, { last: 3, before: cursor }])
      expect(await planOf(list, variables)).toEqual([
        expect.stringMatching(/^SEARCH t1 USING (COVERING )?INDEX .*[<>]/),
      ]);
  });
});
