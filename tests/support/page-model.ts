import type { Truth } from './where-model.ts';

/* How a list is ordered and cut into pages, whatever its records are. */

export type Direction = 'ASC' | 'DESC';
export type Value = string | number | bigint | null;

/** One thing that a list is ordered by. */
export interface Key<One> {
  of(record: One): Value;
  direction: Direction;
  nulls: 'FIRST' | 'LAST';
}

/** What an order field stands for: one value or more; `always` is a direction that the client does not turn. */
export type Field<One> = readonly { of(record: One): Value; always?: Direction }[];

/** A place in a list: that of a record, which `where` may leave out. */
export interface Place {
  parent: string | null;
  id: string;
}

export interface Question {
  /** As in "Query.editions" or "Convention.editions". */
  list: string;
  /** The id of the record that holds the list; null at the root. */
  parent: string | null;
  where?: unknown;
  orderBy?: unknown;
  first?: number | null;
  last?: number | null;
  after?: Place | null;
  before?: Place | null;
}

export interface Page {
  ids: string[];
  totalCount: number;
  hasNextPage: boolean;
  hasPreviousPage: boolean;
}

/** One list, which may hang on several parents. */
export interface List {
  parents: (string | null)[];
  /** The ids that `where` leaves, in order. */
  whole(question: Pick<Question, 'parent' | 'where' | 'orderBy'>): string[];
  page(question: Question): Page;
}

/** What all lists of one kind of record share. */
interface Kind<One> {
  judge(record: One, where: unknown): Truth;
  fields: Record<string, Field<One>>;
  /** The direction of a field that is given none. */
  direction: Direction;
}

/** What one of them is made of. */
interface Recipe<One, Parent> {
  parents: ReadonlyMap<string | null, Parent>;
  records(parent: Parent): One[];
  /** The order when none is asked for. */
  order(parent: Parent): Key<One>[];
}

/** What a record has for each key. Texts as bytes, which compare as their code points do. */
type Values = readonly (Buffer | number | bigint | null)[];

function valuesOf<One>(keys: readonly Key<One>[], record: One): Values {
  return keys.map(({ of }) => {
    const value = of(record);
    return typeof value === 'string' ? Buffer.from(value) : value;
  });
}

function compareKnown(one: Buffer | number | bigint, other: Buffer | number | bigint): number {
  if (Buffer.isBuffer(one) && Buffer.isBuffer(other)) return Buffer.compare(one, other);
  return one < other ? -1 : one > other ? 1 : 0;
}

/** How one place lies to another. */
function compare<One>(keys: readonly Key<One>[], one: Values, other: Values): number {
  for (const [index, { direction, nulls }] of keys.entries()) {
    const [value, otherValue] = [one[index] ?? null, other[index] ?? null];
    if (value === null && otherValue === null) continue;
    if (value === null || otherValue === null) return (value === null) === (nulls === 'FIRST') ? -1 : 1;
    const difference = compareKnown(value, otherValue);
    if (difference !== 0) return direction === 'ASC' ? difference : -difference;
  }
  return 0;
}

/** @throws TypeError for what is no list of orders by known fields */
function keysOf<One>(orderBy: unknown, fields: Record<string, Field<One>>, usual: Direction): Key<One>[] {
  if (!Array.isArray(orderBy)) throw new TypeError(`${JSON.stringify(orderBy)} is no list of orders.`);
  const named = new Set<string>();
  return orderBy.flatMap((one) => {
    const { field, direction = usual, nulls = 'LAST' } = Object(one);
    if (named.has(field)) return [];
    named.add(field);
    const known = fields[field];
    if (!known) throw new TypeError(`The model does not know the order "${field}", only ${Object.keys(fields)}.`);
    return known.map(({ of, always }) => ({ of, direction: always ?? direction, nulls }));
  });
}

/** @returns how the lists of one kind of record are made */
export function listsOf<One extends { id: string }>(
  kind: Kind<One>,
): <Parent>(
  parents: Recipe<One, Parent>['parents'],
  records: Recipe<One, Parent>['records'],
  order: Recipe<One, Parent>['order'],
) => List {
  return (parents, records, order) => list(kind, { parents, records, order });
}

function list<One extends { id: string }, Parent>(kind: Kind<One>, recipe: Recipe<One, Parent>): List {
  const parentOf = (id: string | null): Parent => {
    const parent = recipe.parents.get(id);
    if (parent === undefined) throw new RangeError(`No list hangs on ${id}.`);
    return parent;
  };
  const orderOf = (orderBy: unknown, parent: Parent): Key<One>[] => {
    const asked = orderBy == null ? [] : keysOf(orderBy, kind.fields, kind.direction);
    const keys = asked.length > 0 ? asked : recipe.order(parent);
    return [...keys, { of: ({ id }) => id, direction: keys.at(-1)?.direction ?? 'ASC', nulls: 'LAST' }];
  };
  /** What `where` leaves, in order, with the place of each. */
  const left = ({ parent, where, orderBy }: Pick<Question, 'parent' | 'where' | 'orderBy'>) => {
    const order = orderOf(orderBy, parentOf(parent));
    return recipe
      .records(parentOf(parent))
      .filter((record) => where == null || kind.judge(record, where) === true)
      .map((record) => ({ id: record.id, values: valuesOf(order, record) }))
      .sort((one, other) => compare(order, one.values, other.values));
  };
  /** What a cursor keeps: the values that its record has in the list where it was given. */
  const placeOf = (place: Place, orderBy: unknown): Values => {
    const parent = parentOf(place.parent);
    const record = recipe.records(parent).find(({ id }) => id === place.id);
    if (!record) throw new RangeError(`${place.id} is not in the list of ${place.parent}.`);
    return valuesOf(orderOf(orderBy, parent), record);
  };

  return {
    parents: [...recipe.parents.keys()],
    whole: (question) => left(question).map(({ id }) => id),
    page(question) {
      const { parent, first, last, after, before, orderBy } = question;
      const order = orderOf(orderBy, parentOf(parent));
      const start = after && placeOf(after, orderBy);
      const end = before && placeOf(before, orderBy);
      const toStart = ({ values }: { values: Values }) => (start ? compare(order, values, start) : 1);
      const toEnd = ({ values }: { values: Values }) => (end ? compare(order, values, end) : -1);
      const whole = left(question);
      const between = whole.filter((one) => toStart(one) > 0 && toEnd(one) < 0);
      const rows = last != null ? between.slice(-last) : between.slice(0, first ?? 20);
      const isCut = rows.length < between.length;
      return {
        ids: rows.map(({ id }) => id),
        totalCount: whole.length,
        hasNextPage: (last == null && isCut) || whole.some((one) => toEnd(one) >= 0),
        hasPreviousPage: (last != null && isCut) || whole.some((one) => toStart(one) <= 0),
      };
    },
  };
}
