import fc from 'fast-check';
import {
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
} from 'graphql';
import type { Question } from './page-model.ts';
import { listFields, type Style } from './question-text.ts';
import type { Values } from './where-values.ts';

/* Writes questions about lists by walking the schema's input types: a new input field is asked about by itself. */

/** Where a cursor is taken from: the list of which parent, and how far in it. */
export interface CursorChoice {
  parent: number;
  place: number;
}

/** A question whose parent and cursors are still to be chosen among those that there are. */
export interface Draft extends Pick<Question, 'list' | 'where' | 'orderBy' | 'first' | 'last'> {
  /** Which of the parents; `all` asks for the lists of the first twenty at once. */
  parent: { index: number; all: boolean };
  after: CursorChoice | null;
  before: CursorChoice | null;
  style: Style;
}

function inputOf(type: GraphQLInputType | undefined): GraphQLInputObjectType | undefined {
  const named = type && getNamedType(type);
  return isInputObjectType(named) ? named : undefined;
}

const argumentOf = (field: GraphQLField<unknown, unknown>, name: string): GraphQLInputType | undefined =>
  field.args.find((one) => one.name === name)?.type;

const hasField = (type: GraphQLInputObjectType, name: string) => name in type.getFields();

/** A where object can be put within itself; a quantifier holds where objects only. */
const isWhere = (type: GraphQLInputObjectType) => hasField(type, 'and');
const isQuantifier = (type: GraphQLInputObjectType) =>
  Object.values(type.getFields()).every((field) => inputOf(field.type) !== undefined);

/**
 * The conditions that a schema allows.
 * @param values for the fields that no closed list serves
 * @returns a function that makes where objects of a type, with at most so many levels beneath
 * @throws TypeError for an input field that no values are known for
 */
export function conditions(values: Values): (type: GraphQLInputObjectType, depth: number) => fc.Arbitrary<unknown> {
  const made = new Map<string, fc.Arbitrary<unknown>>();

  const leaf = (type: GraphQLInputType, path: string): fc.Arbitrary<unknown> => {
    const nullable = getNullableType(type);
    if (isListType(nullable)) return fc.array(leaf(nullable.ofType, path), { maxLength: 4 });
    if (isEnumType(nullable)) return fc.constantFrom(...nullable.getValues().map(({ name }) => name));
    if (String(nullable) === 'Boolean') return fc.boolean();
    const known = values[path];
    if (!known) throw new TypeError(`No values are known for ${path}: ${type}.`);
    return known;
  };

  /** An object with some of the keys: one most of the time, since few records satisfy many; none at times. */
  const someOf = (keys: { weight: number; arbitrary: fc.Arbitrary<object> }[]) => {
    const several = fc.array(fc.oneof(...keys), { minLength: 2, maxLength: 3 });
    return fc.oneof(
      { weight: 12, arbitrary: fc.oneof(...keys).map((one): unknown => one) },
      { weight: 4, arbitrary: several.map((objects): unknown => Object.assign({}, ...objects)) },
      { weight: 1, arbitrary: fc.constant<unknown>({}) },
    );
  };
  const under = (name: string, value: fc.Arbitrary<unknown>) => value.map((one) => ({ [name]: one }));

  const field = (owner: GraphQLInputObjectType, name: string, type: GraphQLInputType, depth: number) => {
    const input = inputOf(type);
    const path = `${owner.name}.${name}`;
    if (!input) return under(name, leaf(type, path));
    if (isWhere(input) || isQuantifier(input)) {
      const inner = object(input, isWhere(input) ? depth - 1 : depth);
      return under(name, isListType(getNullableType(type)) ? fc.array(inner, { maxLength: 3 }) : inner);
    }
    const parts = Object.values(input.getFields()).map((part) => ({ part, arbitrary: leaf(part.type, path) }));
    if (hasField(input, 'from'))
      return under(
        name,
        fc.tuple(leaf(type, path), leaf(type, path)).map((ends) => {
          const [from, to] = ends.map(String).sort();
          return { from, to };
        }),
      );
    const operators = parts.map(({ part, arbitrary }) => ({
      weight: part.name === 'contains' ? 3 : 1,
      arbitrary: under(part.name, arbitrary),
    }));
    return under(name, someOf(operators));
  };

  const object = (type: GraphQLInputObjectType, depth: number): fc.Arbitrary<unknown> => {
    const key = `${type.name}/${depth}`;
    const known = made.get(key);
    if (known) return known;
    const keys = Object.values(type.getFields())
      .filter((one) => {
        const input = inputOf(one.type);
        return depth > 0 || !input || !(isWhere(input) || isQuantifier(input));
      })
      .map((one) => {
        // What is compared goes wrong in more ways than what is named.
        const filter = inputOf(one.type);
        const weight = filter && (hasField(filter, 'lt') || hasField(filter, 'from')) ? 3 : 1;
        return { weight, arbitrary: field(type, one.name, one.type, depth) };
      });
    const arbitrary = keys.length === 0 ? fc.constant<unknown>({}) : someOf(keys);
    made.set(key, arbitrary);
    return arbitrary;
  };
  return object;
}

/** @returns orders of a list, of no key to four, in which a field may be named again */
export function orders(list: GraphQLField<unknown, unknown>): fc.Arbitrary<unknown> {
  const input = inputOf(argumentOf(list, 'orderBy'));
  const words = (name: string) => {
    const named = input && getNamedType(input.getFields()[name]?.type);
    if (!isEnumType(named)) throw new TypeError(`${list.name} has no words for ${name}.`);
    return fc.constantFrom(...named.getValues().map((one) => one.name));
  };
  return fc.array(
    fc.record(
      { field: words('field'), direction: words('direction'), nulls: words('nulls') },
      { requiredKeys: ['field'] },
    ),
    { maxLength: 4 },
  );
}

/**
 * @param depth how many levels a where object may have beneath it
 * @returns drafts of questions about each list of the schema, evenly
 */
export function drafts(schema: GraphQLSchema, values: Values, depth = 3): fc.Arbitrary<Draft> {
  const where = conditions(values);
  // Deep ones find what goes wrong between conditions, single ones what goes wrong in one, at its very value.
  const wheres = (type: GraphQLInputObjectType) => [
    { weight: 4, arbitrary: where(type, depth) },
    { weight: 2, arbitrary: where(type, 0) },
    { weight: 3, arbitrary: where(type, 0).map((one): unknown => ({ not: one })) },
  ];
  const lists = [...listFields(schema)].map(([list, field]) => {
    const [whereType, orderType] = [inputOf(argumentOf(field, 'where')), argumentOf(field, 'orderBy')];
    const nothing = fc.constantFrom(undefined, null);
    const cursor = fc.option(fc.record({ parent: fc.nat(200), place: fc.nat(400) }), { freq: 2 });
    const size = fc.integer({ min: 1, max: 30 });
    return fc
      .record({
        list: fc.constant(list),
        where: whereType ? fc.oneof(...wheres(whereType), { weight: 1, arbitrary: nothing }) : fc.constant(undefined),
        orderBy: orderType
          ? fc.oneof({ weight: 4, arbitrary: orders(field) }, { weight: 1, arbitrary: nothing })
          : fc.constant(undefined),
        cut: fc.oneof(
          size.map((first) => ({ first })),
          size.map((last) => ({ last })),
          fc.constantFrom({}, { first: 100, last: null }, { last: 100 }),
        ),
        parent: fc.record({ index: fc.nat(200), all: fc.boolean() }),
        after: cursor,
        before: cursor,
        style: fc.oneof(
          { weight: 4, arbitrary: fc.constant<Style>({ kind: 'variables' }) },
          { weight: 2, arbitrary: fc.constant<Style>({ kind: 'literals' }) },
          {
            weight: 1,
            arbitrary: fc
              .array(fc.nat(3), { minLength: 5, maxLength: 30 })
              .map((tape): Style => ({ kind: 'mixed', tape })),
          },
        ),
      })
      .map(({ cut, ...rest }): Draft => ({ ...rest, ...cut }));
  });
  // Without the bias to what is small: half of the questions would have nothing in them.
  return fc.noBias(fc.oneof(...lists));
}

/**
 * Notes every input field that a value uses, as in "EditionWhere.year", and every word of an enum that an order uses.
 * @param used added to
 */
export function noteUse(type: GraphQLInputType | undefined, value: unknown, used: Set<string>): void {
  const input = inputOf(type);
  if (!input || value == null) return;
  if (Array.isArray(value)) {
    for (const one of value) noteUse(input, one, used);
    return;
  }
  for (const [name, one] of Object.entries(value)) {
    used.add(`${input.name}.${name}`);
    noteUse(input.getFields()[name]?.type, one, used);
  }
}

/** Every input field that can be reached from an argument, as `noteUse` writes it. */
export function reachable(type: GraphQLInputType | undefined, found = new Set<string>()): Set<string> {
  const input = inputOf(type);
  for (const { name, type: inner } of Object.values(input?.getFields() ?? {})) {
    const path = `${input?.name}.${name}`;
    if (found.has(path)) continue;
    found.add(path);
    reachable(inner, found);
  }
  return found;
}
