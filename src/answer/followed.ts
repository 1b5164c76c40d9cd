import { type GraphQLNamedType, type GraphQLSchema, getArgumentValues, isAbstractType, isObjectType } from 'graphql';
import { AnswerError } from './error.ts';
import type { Operation, Part } from './operation.ts';
import { everyPart, isPage } from './rows.ts';

/** Whether a part tells where a page lies in its list. */
export function isPageInfo({ definition }: Part): boolean {
  return definition.name === 'pageInfo';
}

/**
 * Finds the one list of an operation that asks for pageInfo.
 * @throws AnswerError where there is none, or several
 */
export function followedList({ parts }: Operation): Part {
  const all = everyPart(parts).filter((part) => part.isConnection);
  const connections = all.filter((part) => part.parts.some(isPage));
  const asking = connections.filter((part) => part.parts.some(isPageInfo));
  const named = (lists: Part[]) => lists.map(({ keys }) => keys.join('.')).join(', ');
  const [list] = asking;
  if (list && asking.length === 1) return list;
  if (list)
    throw new AnswerError(`Several lists could be followed: ${named(asking)}. Leave pageInfo out of all but one.`);
  if (connections.length > 0)
    throw new AnswerError(
      `No list asks for pageInfo, so that none can be followed. Add pageInfo { hasNextPage endCursor } to one of ${named(connections)}.`,
    );
  const [bare] = all.filter((part) => part.parts.some(isPageInfo));
  throw new AnswerError((option) =>
    bare
      ? `${named([bare])} asks for none of its items: add nodes or edges.`
      : `There is no list with pages in the operation to follow: leave ${option('paginate')} and ${option('max')} out.`,
  );
}

/**
 * @returns the arguments of a list that is followed
 * @throws AnswerError where it is asked from its end
 */
export function forwardArguments(list: Part, { variables }: Operation): Record<string, unknown> {
  const given = getArgumentValues(list.definition, list.node, variables);
  for (const name of ['last', 'before'])
    if (given[name] != null)
      throw new AnswerError(
        `${list.keys.join('.')} is followed forwards and cannot have ${name}; got ${JSON.stringify(given[name])}. Ask with first and after.`,
      );
  return given;
}

/**
 * Finds the record by whose id a list is asked again, where it is in another list.
 * @throws AnswerError when what has the list has no id
 */
export function parentOf(list: Part, operation: Operation, schema: GraphQLSchema): Part | undefined {
  const above = chainTo(operation.parts, list.keys.slice(0, -1));
  const innermost = above.findLastIndex(({ isList }) => isList);
  if (innermost < 0) return undefined;
  const records = above.slice(innermost);
  const parent = records.findLast(({ type }) => isNode(type, schema));
  if (parent) return parent;
  const types = records.map(({ type }) => type.name).join(', ');
  throw new AnswerError(
    `${list.keys.join('.')} cannot be followed: it is a list of each ${types}, which has no id to ask it by. Ask for one of them.`,
  );
}

function chainTo(parts: readonly Part[], [key, ...rest]: readonly string[]): Part[] {
  const part = parts.find((one) => one.key === key);
  return part ? [part, ...chainTo(part.parts, rest)] : [];
}

function isNode(type: GraphQLNamedType, schema: GraphQLSchema): boolean {
  if (isAbstractType(type)) return schema.getPossibleTypes(type).every((one) => isNode(one, schema));
  const isRecordType = isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Node');
  return isRecordType && schema.getQueryType()?.getFields().node !== undefined;
}
