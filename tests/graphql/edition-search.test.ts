import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { readRecords } from '../support/model-records.ts';
import { judge } from '../support/where-model.ts';
import { valuesOf } from '../support/where-values.ts';
import { ask, largeWorld, richWorld, shippedWorld, type World } from '../support/world.ts';

const worlds: World[] = [];
const kept = (world: World) => {
  worlds.push(world);
  return world;
};
afterAll(() => {
  for (const world of worlds) world.close();
});

/** The slugs of the editions that a condition leaves. */
async function found(world: World, where: object): Promise<Set<string>> {
  const slugs: string[] = [];
  for (let after: string | null = null; ; ) {
    const { data, errors } = await ask(
      world,
      'query ($where: EditionWhere, $after: String) { editions(where: $where, first: 100, after: $after) { nodes { slug } pageInfo { hasNextPage endCursor } } }',
      { where, after },
    );
    expect(errors).toBeUndefined();
    const { nodes, pageInfo } = Object(data).editions;
    slugs.push(...Array.from<{ slug: string }>(nodes).map(({ slug }) => slug));
    if (!pageInfo.hasNextPage) return new Set(slugs);
    after = pageInfo.endCursor;
  }
}

describe.each([
  ['rich', richWorld, 250],
  ['large', largeWorld, 60],
  ['shipped', shippedWorld, 150],
])('on the %s data', (_, make, numRuns) => {
  const world = kept(make());
  const records = readRecords(world);

  test('a search finds the editions that the model finds, and its not all others', async () => {
    const queries = valuesOf(records)['EditionWhere.search'];
    if (!queries) throw new TypeError('There are no queries.');
    const sizes: number[] = [];
    await fc.assert(
      fc.asyncProperty(queries, async (search) => {
        const slugs = (wanted: boolean) =>
          new Set(records.editions.filter((one) => judge.edition(one, { search }) === wanted).map(({ slug }) => slug));
        expect(await found(world, { search }), JSON.stringify(search)).toEqual(slugs(true));
        expect(await found(world, { not: { search } }), JSON.stringify(search)).toEqual(slugs(false));
        sizes.push(slugs(true).size);
      }),
      { seed: 20_211_119, numRuns },
    );
    const telling = sizes.filter((size) => size > 0 && size < records.editions.length);
    expect(telling.length).toBeGreaterThan(sizes.length / 3);
  });
});

test('the year is found where no name says it, as a whole word only', async () => {
  const world = kept(shippedWorld());
  world.write([{ sql: "DELETE FROM localized_texts WHERE text LIKE '%202%'", params: [] }]);
  const of2021 = new Set(['world-manufacturing-convention-2021']);
  const in2021 = world.reader.rows('SELECT slug FROM editions WHERE year = 2021', []).map(({ slug }) => slug);
  for (const [search, slugs] of [
    ['2021', new Set(in2021)],
    ['wmc ２０２１', of2021],
    // Of many terms, the first few decide whether the others are looked for.
    ['2021 wmc 合肥 中国 安徽 hefei', of2021],
    ['202', new Set()],
    ['02021', new Set()],
    ['2021 2022', new Set()],
  ] as const)
    expect([search, await found(world, { search })]).toEqual([search, slugs]);
});
