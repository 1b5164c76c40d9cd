import {
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isListType,
  isObjectType,
  type OperationDefinitionNode,
} from 'graphql';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from './arguments.ts';
import type { Arguments, Origin } from './origin.ts';
import { firstOf, originOf } from './plan.ts';
import { argumentsReader, type Selected, type Selection, selectedFields } from './selection.ts';

/** Of a list that has no pages so many objects are expected. */
export const ASSUMED_LENGTH = 5;

/** What an operation asks for. */
export interface Cost {
  /** How many objects could come back. */
  requested: number;
  /** How many values their fields could have that are no objects. */
  values: number;
  /** Beneath which field most of them are, as response keys, and how many; null where there are none. */
  costliest: { path: readonly string[]; objects: number } | null;
  /**
   * Whether it may take long whatever it costs: the schema costs nothing, however much of it comes back; and a statement that
   * first makes the list which it reads, as a search does, takes SQLite a fifth of a second to prepare.
   */
  isLong: boolean;
}

/** Objects beneath a selection; the way to where most of them are, and how many those are. */
interface Counted {
  objects: number;
  values: number;
  path: readonly string[];
  largest: number;
}

const NONE: Counted = { objects: 0, values: 0, path: [], largest: 0 };
const VALUE: Counted = { ...NONE, values: 1 };

/** Types that are one of several have their fields looked at for each: so many in all, or it is of no use to look on. */
const MOST_FIELDS = 50_000;

interface Operation {
  schema: GraphQLSchema;
  operation: OperationDefinitionNode;
  fragments: Record<string, FragmentDefinitionNode>;
  /** Coerced. */
  variableValues: Record<string, unknown>;
}

/**
 * Counts the objects that could come back, with the variables as they are: a page is as long as it was asked for, a list
 * without pages `ASSUMED_LENGTH`. Connections, their edges and their page infos are none; all else that has fields is.
 * @throws GraphQLError for an argument that is not of its type
 */
export function costOf({ schema, operation, fragments, variableValues }: Operation): Cost {
  const document = { schema, fragments, variableValues };
  let seen = 0;

  const beneath = (type: GraphQLObjectType, nodes: readonly Selection[], pageSize: number): Counted => {
    let objects = 0;
    let values = 0;
    let most: Counted | undefined;
    for (const field of selectedFields(document, type, nodes)) {
      const counted = of(type, field, pageSize);
      objects += counted.objects;
      values += counted.values;
      if (counted.objects > (most?.objects ?? 0)) most = counted;
    }
    return { objects, values, path: most?.path ?? [], largest: most?.largest ?? 0 };
  };

  const of = (parent: GraphQLObjectType, { name, responseKey, nodes }: Selected, pageSize: number): Counted => {
    seen += 1;
    const definition = parent.getFields()[name];
    if (!definition) return NONE;
    if (seen > MOST_FIELDS)
      return { ...NONE, objects: Number.MAX_SAFE_INTEGER, path: [responseKey], largest: Number.MAX_SAFE_INTEGER };
    const type = getNamedType(definition.type);
    const types = isObjectType(type) ? [type] : isAbstractType(type) ? schema.getPossibleTypes(type) : [];
    if (types.length === 0) return VALUE;
    const args = argumentsReader(definition, firstOf(nodes))(variableValues);
    const origin = originOf(parent, name);
    const size = origin?.kind === 'connection' ? lengthOfPage(args) : pageSize;
    // Each object is of one of the types: of that which costs the most.
    const each = types
      .map((one) => beneath(one, nodes, size))
      .reduce((most, one) => (one.objects > most.objects ? one : most));
    const { count, isCounted } = lengthOf(name, definition, origin, args, pageSize);
    const own = isCounted ? count : 0;
    const inner = count * each.largest;
    const path = [responseKey, ...(inner > own || own === 0 ? each.path : [])];
    return { objects: own + count * each.objects, values: count * each.values, path, largest: Math.max(own, inner) };
  };

  const root = schema.getQueryType();
  if (!root) return { requested: 0, values: 0, costliest: null, isLong: false };
  const { objects, values, path, largest } = beneath(root, [operation], DEFAULT_PAGE_SIZE);
  const names = selectedFields(document, root, [operation]).map(({ name }) => name);
  return {
    requested: objects,
    values,
    costliest: objects > 0 ? { path, objects: largest } : null,
    isLong: names.some((name) => name === '__schema' || name === '__type' || isMade(originOf(root, name))),
  };
}

const isMade = (origin: Origin | undefined) => origin?.kind === 'connection' && origin.with !== undefined;

/** How many values a field has, and whether each counts as an object. */
function lengthOf(
  name: string,
  { type }: GraphQLField<unknown, unknown>,
  origin: Origin | undefined,
  args: Arguments,
  pageSize: number,
): { count: number; isCounted: boolean } {
  switch (origin?.kind) {
    case 'connection':
      return { count: 1, isCounted: false };
    case 'listed':
      return { count: Math.min(origin.ids(args).length, MAX_PAGE_SIZE), isCounted: true };
    case 'part':
      // What a connection or an edge holds.
      if (name === 'nodes') return { count: pageSize, isCounted: true };
      if (name === 'edges') return { count: pageSize, isCounted: false };
      return { count: 1, isCounted: name !== 'pageInfo' };
    default:
      return { count: isList(type) ? ASSUMED_LENGTH : 1, isCounted: true };
  }
}

const isList = (type: GraphQLOutputType): boolean => isListType(getNullableType(type));

/** A page that is longer than one may be is refused by its list. */
function lengthOfPage({ first, last }: Arguments): number {
  const asked = last ?? first ?? DEFAULT_PAGE_SIZE;
  return typeof asked === 'number' ? Math.min(Math.max(asked, 1), MAX_PAGE_SIZE) : DEFAULT_PAGE_SIZE;
}
