import { expect } from 'vitest';
import { type ListModel, listModel } from './list-model.ts';
import { readRecords } from './model-records.ts';
import type { Page, Place, Question } from './page-model.ts';
import { type Style, type Written, write } from './question-text.ts';
import type { CursorChoice, Draft } from './where-questions.ts';
import { type Values, valuesOf } from './where-values.ts';
import { ask, schema, type World } from './world.ts';

/* Puts questions about lists to the service and to the model, and compares. */

/** A world with its model, as long as its data does not change. */
export interface Subject {
  world: World;
  model: ListModel;
  values: Values;
  /** What cursors a list gave in an order, without any filter. */
  cursors: Map<string, Edge[]>;
  /** What each list hangs on. */
  parents: Map<string, Parent[]>;
}

/** A record that a list hangs on, or the root, with the length of its list. */
export interface Parent {
  id: string | null;
  size: number;
}

export interface Edge {
  id: string;
  cursor: string;
}

/** A page as the service tells it. */
export interface Told extends Page {
  edges: Edge[];
}

export function subjectOf(world: World): Subject {
  const records = readRecords(world);
  return { world, model: listModel(records), values: valuesOf(records), cursors: new Map(), parents: new Map() };
}

function known<Found>(all: Readonly<Record<string, Found>>, name: string): Found {
  const one = all[name];
  if (one === undefined) throw new TypeError(`The model does not know ${name}.`);
  return one;
}

/**
 * Asks for pages of one list: of one parent, or of several at once.
 * @returns the pages by the ids of their parents; that of the root under null
 */
async function askPages(
  world: World,
  { query, variables }: Written,
  parent: string | null,
): Promise<Map<string | null, Told>> {
  const { data, errors, statements } = await ask(world, query, variables);
  const told = `${query}\nvariables: ${JSON.stringify(variables)}`;
  expect(errors, told).toBeUndefined();
  expect(statements.length, told).toBe(1);
  const answer = Object(data);
  const [holder] = Object.values<{ nodes?: { id: string; page: unknown }[]; page?: unknown }>(answer);
  if (answer.page) return new Map([[parent, pageOf(answer.page, told)]]);
  if (holder?.nodes) return new Map(holder.nodes.map(({ id, page }) => [id, pageOf(page, told)]));
  return new Map([[parent, pageOf(holder?.page, told)]]);
}

/** Reads a page, and checks what each page must be in itself. */
function pageOf(page: unknown, told: string): Told {
  const { edges, nodes, totalCount, pageInfo } = Object(page);
  const found: Edge[] = Array.from<{ cursor: string; node: { id: string } }>(edges).map(({ cursor, node }) => ({
    cursor,
    id: node.id,
  }));
  const ids = found.map(({ id }) => id);
  const { hasNextPage, hasPreviousPage, startCursor, endCursor } = pageInfo;
  expect(nodes, told).toEqual(ids.map((id) => ({ id })));
  expect([startCursor, endCursor], told).toEqual([found[0]?.cursor ?? null, found.at(-1)?.cursor ?? null]);
  return { ids, totalCount, hasNextPage, hasPreviousPage, edges: found };
}

/** Asks for one page of one list. */
export async function askPage(
  world: World,
  list: string,
  parent: string | null,
  given: Readonly<Record<string, unknown>>,
  style: Style = { kind: 'variables' },
): Promise<Told> {
  const page = (await askPages(world, write(schema(), list, given, { parent, style }), parent)).get(parent);
  if (!page) throw new TypeError(`${list} has no page of ${parent}.`);
  return page;
}

async function cursorsOf(subject: Subject, list: string, parent: string | null, orderBy: unknown): Promise<Edge[]> {
  const key = JSON.stringify([list, parent, orderBy]);
  const asked = subject.cursors.get(key);
  if (asked) return asked;
  const { edges } = await askPage(subject.world, list, parent, { orderBy, first: 100 });
  subject.cursors.set(key, edges);
  return edges;
}

/** The parents of a list, those with the most in it first. */
export function parentsOf({ model, parents }: Subject, list: string): Parent[] {
  const found = parents.get(list);
  if (found) return found;
  const { whole, parents: ids } = known(model, list);
  const sized = ids.map((id) => ({ id, size: whole({ parent: id }).length })).sort((one, two) => two.size - one.size);
  parents.set(list, sized);
  return sized;
}

const at = <One>(all: readonly One[], index: number): One | undefined => all[index % all.length];

/** What came of a question. */
export interface Outcome {
  /** Whether something was left out by `where`, and something was not; undefined without `where` or without rows. */
  isTelling: boolean | undefined;
}

/**
 * Puts a draft to both, with the same parents and cursors, and expects the same pages.
 * @throws AssertionError with the operation and its variables when they differ
 */
export async function expectSamePages(subject: Subject, draft: Draft): Promise<Outcome> {
  const { world, model } = subject;
  const { list, where, orderBy, first, last } = draft;
  const parents = parentsOf(subject, list);
  const isRoot = parents[0]?.id === null;
  // Long lists tell more: half of the time one of the eight longest.
  const chosen = at(draft.parent.index % 2 === 0 ? parents.slice(0, 8) : parents, draft.parent.index)?.id ?? null;
  const hasCursor = draft.after !== null || draft.before !== null;
  // The claims of an edition have, by default, an order of each edition's own: a cursor is refused by any other.
  const isRelative = list === 'Edition.signedProjectStatistics' && !(Array.isArray(orderBy) && orderBy.length > 0);
  const all = draft.parent.all && !isRoot && !(isRelative && hasCursor);

  const cursorAt = async (choice: CursorChoice | null): Promise<(Edge & { place: Place }) | undefined> => {
    if (!choice) return undefined;
    const parent = choice.parent % 4 === 0 && !isRelative ? (at(parents, choice.parent)?.id ?? null) : chosen;
    const edge = at(await cursorsOf(subject, list, parent, orderBy), choice.place);
    return edge && { ...edge, place: { parent, id: edge.id } };
  };
  const [after, before] = [await cursorAt(draft.after), await cursorAt(draft.before)];
  const given = { where, orderBy, first, last, after: after?.cursor, before: before?.cursor };
  const written = write(schema(), list, given, { parent: chosen, all, style: draft.style });
  const pages = await askPages(world, written, chosen);

  const expected = new Map<string | null, Page>();
  const holders = all ? known(model, `Query.${list.split('.')[0]?.toLowerCase()}s`).whole({ parent: null }) : [chosen];
  let [left, whole] = [0, 0];
  for (const parent of holders.slice(0, 20)) {
    const question: Question = {
      list,
      parent,
      where,
      orderBy,
      first,
      last,
      after: after?.place,
      before: before?.place,
    };
    const page = known(model, list).page(question);
    expected.set(parent, page);
    left += page.totalCount;
    whole += parents.find(({ id }) => id === parent)?.size ?? 0;
  }
  const told = new Map([...pages].map(([parent, { edges: _, ...page }]) => [parent, page]));
  expect(told, `${written.query}\nvariables: ${JSON.stringify(written.variables)}`).toEqual(expected);
  return { isTelling: where == null || whole < 2 ? undefined : left > 0 && left < whole };
}
