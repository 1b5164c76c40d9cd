import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copiesIn } from '../support/copies.ts';
import { askPage, parentsOf, type Subject, subjectOf } from '../support/list-asking.ts';
import { listFields } from '../support/question-text.ts';
import { orders } from '../support/where-questions.ts';
import { richWorld, schema, type World } from '../support/world.ts';

const WALKS = Math.ceil(Number(process.env.EXPOGRAPH_CASES ?? 2_000) / 50);

let world: World;
beforeAll(() => {
  world = richWorld();
});
afterAll(() => world.close());

interface Walk {
  list: string;
  parent: number;
  orderBy: unknown;
  size: number;
  forward: boolean;
  /** What happens between the pages. */
  changes: readonly { kind: 'add' | 'addHere' | 'remove' | 'removeHere'; place: number; side: 'behind' | 'before' }[];
}

const walks: fc.Arbitrary<Walk> = fc.oneof(
  ...[...listFields(schema())].map(([list, field]) =>
    fc.record({
      list: fc.constant(list),
      parent: fc.nat(3),
      orderBy: orders(field),
      size: fc.integer({ min: 1, max: 9 }),
      forward: fc.boolean(),
      changes: fc.array(
        fc.record({
          kind: fc.constantFrom('add' as const, 'addHere' as const, 'remove' as const, 'removeHere' as const),
          place: fc.nat(500),
          side: fc.constantFrom('behind' as const, 'before' as const),
        }),
        { minLength: 4, maxLength: 40, size: 'max' },
      ),
    }),
  ),
);

const wholeOf = ({ model }: Subject, list: string, parent: string | null, orderBy: unknown): string[] =>
  model[list]?.whole({ parent, orderBy }) ?? [];

test(
  'a list walked page by page in any order and either direction shows every row that stays once, in order, while rows come and go',
  async () => {
    let [pages, changed] = [0, 0];
    await fc.assert(
      fc.asyncProperty(walks, async ({ list, parent: choice, orderBy, size, forward, changes }) => {
        const copies = copiesIn(world, list);
        try {
          const before = subjectOf(world);
          const parent = parentsOf(before, list)[choice]?.id ?? null;
          const originals = wholeOf(before, list, parent, orderBy).filter((_, index) => index % 3 === 0);
          copies.add(...originals.map((id, index) => [id, index % 2 === 0 ? 'behind' : 'before'] as const));
          const atFirst = wholeOf(subjectOf(world), list, parent, orderBy);
          const removed = new Set<string>();
          const seen: string[] = [];
          const left = [...changes];
          for (let cursor: string | null = null, isMore = true; isMore; ) {
            const given = forward ? { first: size, after: cursor } : { last: size, before: cursor };
            const { ids, edges, ...page } = await askPage(world, list, parent, { orderBy, ...given });
            seen.push(...(forward ? ids : ids.toReversed()));
            cursor = (forward ? edges.at(-1) : edges[0])?.cursor ?? null;
            isMore = cursor !== null && (forward ? page.hasNextPage : page.hasPreviousPage);
            pages += 1;
            // Two after each page, and no end of them would be no end of the walk.
            for (const { kind, place, side } of left.splice(0, 2)) {
              const id = (kind.endsWith('Here') ? seen.at(-1) : atFirst[place % atFirst.length]) ?? '';
              if (kind.startsWith('add') && !removed.has(id) && atFirst.length > 0) copies.add([id, side]);
              else if (copies.has(id)) {
                copies.remove(id);
                removed.add(id);
              } else continue;
              changed += 1;
            }
          }
          expect(new Set(seen).size).toBe(seen.length);
          const inOrder = (all: readonly string[]) => (forward ? all : all.toReversed());
          const stayed = atFirst.filter((id) => !removed.has(id));
          expect(seen.filter((id) => stayed.includes(id))).toEqual(inOrder(stayed));
          const atLast = wholeOf(subjectOf(world), list, parent, orderBy);
          // Rows that came are met in their places, too, if they are met.
          expect(seen.filter((id) => atLast.includes(id))).toEqual(inOrder(atLast).filter((id) => seen.includes(id)));
        } finally {
          copies.removeAll();
        }
      }),
      { seed: 43_000, numRuns: WALKS },
    );
    expect(pages).toBeGreaterThan(WALKS * 3);
    expect(changed).toBeGreaterThan(WALKS * 3);
  },
  60_000 + WALKS * 1_000,
);
