import fc from 'fast-check';
import { type GraphQLInputType, getNamedType, isEnumType, isInputObjectType, isListType } from 'graphql';
import { afterAll, expect, test } from 'vitest';
import { askPage, expectSamePages, subjectOf } from '../support/list-asking.ts';
import { listFields } from '../support/question-text.ts';
import { type Draft, drafts, noteUse, reachable } from '../support/where-questions.ts';
import { largeWorld, richWorld, schema, shippedWorld, type World } from '../support/world.ts';

/** How many questions are asked in all: EXPOGRAPH_CASES, or else 2,000. Fewer do not reach every field. */
const CASES = Number(process.env.EXPOGRAPH_CASES ?? 2_000);

const worlds: World[] = [];
afterAll(() => {
  for (const world of worlds) world.close();
});

const whereOf = (list: string): GraphQLInputType | undefined => argument(list, 'where');
function argument(list: string, name: string): GraphQLInputType | undefined {
  return listFields(schema())
    .get(list)
    ?.args.find((one) => one.name === name)?.type;
}

/** What all questions together used. */
const used = new Set<string>();
const orders = new Set<string>();

function note({ list, where, orderBy }: Draft): void {
  noteUse(whereOf(list), where, used);
  if (!Array.isArray(orderBy)) return;
  const type = getNamedType(argument(list, 'orderBy'));
  if (!isInputObjectType(type)) throw new TypeError(`${list} is ordered by no input object.`);
  for (const { field, direction, nulls } of orderBy) {
    const fields = type.getFields();
    const [way, place] = [direction ?? fields.direction?.defaultValue, nulls ?? fields.nulls?.defaultValue];
    orders.add(`${type.name} ${field} ${way} ${place}`);
  }
}

test.each([
  ['rich', 1_752, 0.55, richWorld, 0.25],
  ['large', 20_211_119, 0.25, largeWorld, 0.25],
  ['shipped', 582_180, 0.2, shippedWorld, 0.25],
])(
  'questions about lists on the %s data (seed %i) are answered as the model answers them, each by one statement',
  async (_, seed, share, makeWorld, leastTelling) => {
    const world = makeWorld();
    worlds.push(world);
    const subject = subjectOf(world);
    let [telling, filtering] = [0, 0];
    await fc.assert(
      fc.asyncProperty(drafts(schema(), subject.values), async (draft) => {
        const { isTelling } = await expectSamePages(subject, draft);
        note(draft);
        if (isTelling !== undefined) filtering += 1;
        if (isTelling) telling += 1;
      }),
      { seed, numRuns: Math.ceil(CASES * share) },
    );
    // A question that leaves nothing, or everything, would be answered by a filter that does nothing.
    expect(telling / filtering).toBeGreaterThan(leastTelling);
  },
  30_000 + CASES * 40,
);

test('an empty list is false of every record and notIn an empty list true, also where the value is unknown', async () => {
  const world = richWorld();
  worlds.push(world);
  const asked: string[] = [];
  for (const [list] of listFields(schema())) {
    const type = getNamedType(whereOf(list));
    if (!list.startsWith('Query.') || !isInputObjectType(type)) continue;
    const { totalCount: all } = await askPage(world, list, null, {});
    expect(all).toBeGreaterThan(0);
    const expectCount = async (where: object, count: number) => {
      const told = `${list} ${JSON.stringify(where)}`;
      asked.push(told);
      expect([told, (await askPage(world, list, null, { where })).totalCount]).toEqual([told, count]);
      const negated = (await askPage(world, list, null, { where: { not: where } })).totalCount;
      expect([told, negated]).toEqual([told, all - count]);
    };
    for (const { name, type: of } of Object.values(type.getFields())) {
      const filter = getNamedType(of);
      if (isListType(of)) await expectCount({ [name]: [] }, name === 'and' ? all : 0);
      else if (isInputObjectType(filter))
        for (const operator of ['in', 'notIn'])
          if (operator in filter.getFields())
            await expectCount({ [name]: { [operator]: [] } }, operator === 'in' ? 0 : all);
    }
  }
  expect(asked.length).toBeGreaterThan(50);
});

test('one document is answered anew for each value, flag, word and length that its variables have', async () => {
  const world = richWorld();
  worlds.push(world);
  const subject = subjectOf(world);
  const wheres = [
    ...[true, false].map((isNull) => ({ publisher: { isNull } })),
    ...[true, false].map((isNull) => ({ not: { publisher: { isNull } } })),
    ...[[], ['The Press'], ['The Press', 'the press']].flatMap((list) => [
      { publisher: { in: list } },
      { publisher: { notIn: list } },
    ]),
    ...[[], [{}], [{}, {}]].flatMap((list) => [{ or: list }, { and: list }]),
    ...[[], ['GOVERNMENT'], ['GOVERNMENT', 'OTHER']].map((kind) => ({ kind })),
    ...['The Press', 'the press', ''].flatMap((text) => [
      { publisher: { eq: text } },
      { publisher: { contains: text } },
    ]),
    ...[null, undefined, {}],
  ];
  const orders = ['ASC', 'DESC'].flatMap((direction) =>
    ['FIRST', 'LAST'].map((nulls) => [{ field: 'PUBLISHER', direction, nulls }]),
  );
  const questions = [...wheres.map((where) => ({ where })), ...orders.map((orderBy) => ({ where: {}, orderBy }))];
  const style = { kind: 'variables' } as const;
  for (const question of [...questions, ...questions.toReversed()])
    for (const size of [{ first: 30 }, { last: 2 }])
      await expectSamePages(subject, {
        ...{ list: 'Query.sources', parent: { index: 0, all: false }, after: null, before: null, style },
        ...question,
        ...size,
      });
});

test('the questions above used every field of every where, and every order both ways with nulls at both ends', () => {
  const lists = [...listFields(schema()).keys()];
  expect(lists.flatMap((list) => [...reachable(whereOf(list))]).filter((field) => !used.has(field))).toEqual([]);
  const all = lists.flatMap((list) => {
    const type = getNamedType(argument(list, 'orderBy'));
    const field = isInputObjectType(type) && getNamedType(type.getFields().field?.type);
    if (!isInputObjectType(type) || !isEnumType(field)) return [];
    return field
      .getValues()
      .flatMap(({ name }) =>
        ['ASC FIRST', 'ASC LAST', 'DESC FIRST', 'DESC LAST'].map((way) => `${type.name} ${name} ${way}`),
      );
  });
  expect(all.length).toBeGreaterThan(100);
  expect(all.filter((order) => !orders.has(order))).toEqual([]);
});
