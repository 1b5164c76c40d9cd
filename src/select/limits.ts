import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Cost } from './cost.ts';
import type { ErrorCode } from './errors.ts';

/** What an operation may ask at most, as `service.limits` publishes it. All are far from what anybody needs at once. */
export const LIMITS = {
  maxTokens: 15_000,
  maxDepth: 25,
  maxAliases: 250,
  maxRootFields: 50,
  /** With fragments opened wherever they are spread. */
  maxFields: 2_000,
  /** Objects that could come back. */
  maxCost: 50_000,
  /** Their fields that are no objects. */
  maxValues: 500_000,
  maxSeconds: 5,
  /** Of an answer, in millions of bytes. */
  maxMegabytes: 5,
} as const;

/** What a selection has, with its fragments opened. */
interface Measured {
  depth: number;
  fields: number;
  aliases: number;
}

/**
 * Looks at what is written, before it is validated, which takes time by the square of some of it.
 * @param document what was parsed, whether it fits the schema or not
 * @returns what is too much of it, if anything is. Operations that ask for nothing but the schema may nest as deep as they like
 */
export function tooMuchOf(document: DocumentNode): GraphQLError | undefined {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const one of document.definitions) if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);
  const known = new Map<string, Measured>();

  const measuredFragment = (name: string): Measured => {
    const before = known.get(name);
    if (before) return before;
    // What is spread within itself is found by the validation.
    known.set(name, { depth: 0, fields: 0, aliases: 0 });
    const measured = measure(fragments.get(name)?.selectionSet);
    known.set(name, measured);
    return measured;
  };

  const measure = (set: SelectionSetNode | undefined): Measured => {
    const all: Measured = { depth: 0, fields: 0, aliases: 0 };
    for (const selection of set?.selections ?? []) {
      const isSpread = selection.kind === Kind.FRAGMENT_SPREAD;
      const inner = isSpread ? measuredFragment(selection.name.value) : measure(selection.selectionSet);
      const isField = selection.kind === Kind.FIELD;
      all.depth = Math.max(all.depth, inner.depth + (isField ? 1 : 0));
      all.fields += inner.fields + 1;
      all.aliases += inner.aliases + (isField && selection.alias ? 1 : 0);
    }
    return all;
  };

  for (const operation of document.definitions) {
    if (operation.kind !== Kind.OPERATION_DEFINITION) continue;
    const { depth, fields, aliases } = measure(operation.selectionSet);
    const roots = rootFields(operation.selectionSet, fragments);
    const isIntrospection = roots.length > 0 && roots.every((name) => name.startsWith('__'));
    const found =
      excess('maxFields', fields, 'selects', 'fields and fragments, counted wherever they are spread', operation) ??
      excess('maxAliases', aliases, 'has', 'aliases', operation) ??
      excess('maxRootFields', roots.length, 'has', 'root fields', operation) ??
      (isIntrospection ? undefined : excess('maxDepth', depth, 'nests', 'fields deep', operation));
    if (found) return found;
  }
  return undefined;
}

/** @returns the error for an operation that is too long to be parsed */
export function tooManyTokens(): GraphQLError {
  const allowed = LIMITS.maxTokens;
  return exceeded('OPERATION_TOO_LARGE', `The operation has more than ${written(allowed)} tokens. Ask in parts.`, {
    limit: 'maxTokens',
    allowed,
  });
}

/** The names of the root fields as they are written. */
function rootFields(set: SelectionSetNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>): string[] {
  const opened = new Set<string>();
  const names: string[] = [];
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) names.push(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
      else if (!opened.has(selection.name.value)) {
        opened.add(selection.name.value);
        const fragment = fragments.get(selection.name.value);
        if (fragment) collect(fragment.selectionSet);
      }
    }
  };
  collect(set);
  return names;
}

function excess(
  limit: keyof typeof LIMITS,
  requested: number,
  verb: string,
  noun: string,
  operation: OperationDefinitionNode,
): GraphQLError | undefined {
  const allowed = LIMITS[limit];
  if (requested <= allowed) return undefined;
  const name = operation.name ? ` ${operation.name.value}` : '';
  return exceeded(
    'OPERATION_TOO_LARGE',
    `The operation${name} ${verb} ${written(requested)} ${noun}; ${written(allowed)} is the most. Ask in parts.`,
    { limit, requested: finite(requested), allowed },
  );
}

/** @returns the error for an operation that asks for more objects than may come back; undefined where it does not */
export function tooCostly({ requested, values, costliest }: Cost): GraphQLError | undefined {
  const allowed = LIMITS.maxCost;
  if (values > LIMITS.maxValues)
    return exceeded(
      'OPERATION_TOO_COSTLY',
      `The operation could give ${written(values)} values; ${written(LIMITS.maxValues)} is the most. Select fewer fields of each object, or ask for smaller pages.`,
      { limit: 'maxValues', requested: finite(values), allowed: LIMITS.maxValues },
    );
  if (requested <= allowed || !costliest) return undefined;
  const path = costliest.path.join('.');
  return exceeded(
    'OPERATION_TOO_COSTLY',
    `The operation could give ${written(requested)} objects; ${written(allowed)} is the most. Most of them, ${written(costliest.objects)}, are at ${path}: ask for smaller pages there, or in parts.`,
    { limit: 'maxCost', requested: finite(requested), allowed },
    { requested: finite(requested), limit: allowed, costliestPath: path },
  );
}

/** @returns the error for an operation whose answer is longer than may be sent */
export function tooLong(bytes: number): GraphQLError {
  const requested = Math.ceil(bytes / 1_000_000);
  return exceeded(
    'OPERATION_TOO_LARGE',
    `The answer has ${requested} MB; ${LIMITS.maxMegabytes} MB is the most. Ask for smaller pages, or for less of each object.`,
    { limit: 'maxMegabytes', requested, allowed: LIMITS.maxMegabytes },
  );
}

/** @returns the error for an operation that was broken off */
export function tookTooLong(): GraphQLError {
  return exceeded(
    'OPERATION_TIMEOUT',
    `The operation was broken off after ${LIMITS.maxSeconds} seconds. Ask for less of it at once, or narrow it by where.`,
    { limit: 'maxSeconds', allowed: LIMITS.maxSeconds },
  );
}

/** What of a limit was exceeded, as `extensions.exceeded` tells it. */
interface Exceeded {
  limit: keyof typeof LIMITS;
  requested?: number;
  allowed: number;
}

function exceeded(code: ErrorCode, message: string, of: Exceeded, cost?: object): GraphQLError {
  return new GraphQLError(message, { extensions: { code, exceeded: of, ...(cost && { cost }) } });
}

/** What doubles often enough is more than a number holds. */
const finite = (count: number) => Math.min(count, Number.MAX_SAFE_INTEGER);
const written = (count: number) => finite(count).toLocaleString('en');
