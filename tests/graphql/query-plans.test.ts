import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { getTableName, is } from 'drizzle-orm';
import { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as tables from '../../src/store/tables.ts';
import { ask, shippedWorld, type World } from '../support/world.ts';

const folder = fileURLToPath(new URL('../../schema/operations/', import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith('.graphql'));
const stored: ReadonlySet<string> = new Set<string>(
  Object.values(tables).flatMap((table) => (is(table, SQLiteTable) ? [getTableName(table)] : [])),
);

let world: World;
beforeAll(() => {
  world = shippedWorld();
});
afterAll(() => world.close());

interface Step {
  depth: number;
  parent: unknown;
  detail: string;
}

/** How SQLite goes about a statement, step by step, as it says itself. */
function stepsOf(statement: string): Step[] {
  const params = Array.from({ length: statement.split('?').length - 1 }, () => null);
  const depths = new Map<unknown, number>();
  return world.reader.rows(`EXPLAIN QUERY PLAN ${statement}`, params).map(({ id, parent, detail }) => {
    const depth = (depths.get(parent) ?? -1) + 1;
    depths.set(id, depth);
    return { depth, parent, detail: String(detail) };
  });
}

/** The stored tables that are read from end to end, or an index of theirs. */
function scansOf(statement: string): Set<string> {
  const steps = stepsOf(statement);
  const found = steps.flatMap(({ parent, detail }) => {
    const name = /^SCAN (\w+)/.exec(detail)?.[1];
    // The rows of a page bear the name of the table that they were taken from.
    const isPage = steps.some(
      (one) =>
        one.parent === parent && /^(?:CO-ROUTINE|MATERIALIZE) (t\d+)(?:_and_one)?$/.exec(one.detail)?.[1] === name,
    );
    if (!name || isPage) return [];
    const table = new RegExp(`"(\\w+)" AS "${name}"`).exec(statement)?.[1] ?? name;
    return stored.has(table) ? [table] : [];
  });
  return new Set(found);
}

async function statementsOf(file: string, executor: 'compiled' | 'graphql-js'): Promise<string[]> {
  const { statements, errors } = await ask(world, readFileSync(folder + file, 'utf8'), undefined, undefined, executor);
  expect(errors).toBeUndefined();
  expect(statements.length).toBeGreaterThan(0);
  return statements;
}

test.each(files)('%s is answered as its kept plan says', async (file) => {
  const plans = (await statementsOf(file, 'compiled')).map((statement) =>
    stepsOf(statement)
      .map(({ depth, detail }) => `${'  '.repeat(depth)}${detail}\n`)
      .join(''),
  );
  await expect(plans.join('\n')).toMatchFileSnapshot(`plans/${file.replace('.graphql', '.txt')}`);
});

/** What is about everything there is: walked in its order up to the end of the page, counted, or summed up. */
const whole: Record<string, string[]> = {
  'about-this-service.graphql': [
    'conventions',
    'dataset',
    'editions',
    'exhibition_areas',
    'signed_project_statistics',
    'sources',
    'speakers',
    'themes',
  ],
  'calendar-events.graphql': ['editions'],
  'cancelled-and-online-editions.graphql': ['editions'],
  'changed-last.graphql': ['conventions', 'editions'],
  'convention-changes.graphql': ['dataset'],
  'coverage-of-editions.graphql': ['conventions'],
  'edition-changes.graphql': ['dataset'],
  'editions-in-chinese.graphql': ['editions'],
  'fairs-at-the-same-time.graphql': ['editions'],
  'guest-of-honour-at-several-series.graphql': ['editions'],
  'listed-editions.graphql': ['editions'],
  'overview-of-editions.graphql': [
    'conventions',
    'dataset',
    'editions',
    'signed_project_statistics',
    'sources',
    'speakers',
  ],
  'recent-changes.graphql': ['changes', 'dataset'],
  'series-merged-and-renamed.graphql': ['conventions'],
  'series-of-an-organizer.graphql': ['editions'],
  'signed-altogether.graphql': ['editions'],
  'speakers-and-their-titles.graphql': ['speakers'],
  'speakers-of-several-editions.graphql': ['speakers'],
};

test.each(files)('%s finds by an index what it does not look for by contains', async (file) => {
  for (const executor of ['compiled', 'graphql-js'] as const) {
    const tablesRead = [...new Set((await statementsOf(file, executor)).flatMap((one) => [...scansOf(one)]))].sort();
    if (readFileSync(folder + file, 'utf8').includes('contains:')) expect(tablesRead).not.toEqual([]);
    else expect(tablesRead).toEqual(whole[file] ?? []);
  }
});

test.each([
  ['editions', 'name', 'editions'],
  ['editions', 'theme', 'editions'],
  ['editions', 'exhibitionArea', 'editions'],
  ['editions', 'speaker', 'editions'],
  ['editions', 'organizer', 'editions'],
  ['editions', 'guestOfHonour', 'editions'],
  ['speakers', 'name', 'speakers'],
  ['speakers', 'affiliation', 'speakers'],
  ['themes', 'text', 'themes'],
  ['conventions', 'name', 'conventions'],
])('%s by %s looks up the texts of each record, never all texts', async (list, filter, table) => {
  for (const condition of ['eq: "a"', 'ne: "a"', 'contains: "a"', 'isNull: true']) {
    const query = `{ ${list}(where: { ${filter}: { ${condition} } }) { nodes { id } pageInfo { hasNextPage } } }`;
    const { statements } = await ask(world, query);
    expect([...scansOf(statements[0] ?? '')], query).toEqual([table]);
  }
});

test.each(['eq: "a"', 'ne: "a"', 'contains: "a"', 'notIn: ["a"]'])(
  'editions by city: %s looks at the places once, and at the texts of each',
  async (condition) => {
    const query = `{ editions(where: { city: { ${condition} } }) { nodes { id } pageInfo { hasNextPage } } }`;
    const [statement = ''] = (await ask(world, query)).statements;
    expect([...scansOf(statement)].filter((table) => table !== 'editions')).toEqual(['places']);
    expect(stepsOf(statement).filter(({ detail }) => /CORRELATED LIST/.test(detail))).toEqual([]);
  },
);

test.each([
  ['editions', '{ search: "a" }', ['editions']],
  ['editions', '{ not: { search: "a" } }', ['editions']],
  ['editions', '{ or: [{ search: "a" }, { year: { eq: 1 } }] }', ['editions']],
  ['speakers', '{ appearedAt: { search: "a" } }', ['speakers']],
  ['conventions', '{ editions: { none: { search: "a" } } }', ['conventions']],
])('%s where %s reads no text that it does not find, and looks for them once', async (list, where, tablesRead) => {
  for (const asked of ['nodes { id } pageInfo { hasNextPage }', 'totalCount']) {
    const { statements } = await ask(world, `{ ${list}(where: ${where}) { ${asked} } }`);
    const [statement = ''] = statements;
    const scanned = [...scansOf(statement)];
    expect(scanned.length === 0 ? tablesRead : scanned, `${list} ${where} ${asked}`).toEqual(tablesRead);
    const details = stepsOf(statement).map(({ detail }) => detail);
    expect(details.filter((detail) => /CORRELATED LIST/.test(detail))).toEqual([]);
    expect(details.some((detail) => /search_index VIRTUAL TABLE INDEX \d+:M/.test(detail))).toBe(true);
  }
});
