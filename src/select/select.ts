import { getTableName, is } from 'drizzle-orm';
import { type AnySQLiteColumn, SQLiteColumn } from 'drizzle-orm/sqlite-core';
import {
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isObjectType,
  type OperationDefinitionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { tooLarge } from './errors.ts';
import type { Arguments, Origin, SelectContext } from './origin.ts';
import { foreignCursor } from './page.ts';
import { compile, firstOf, foreignKey, originOf, type Plan, relationKey } from './plan.ts';
import { shapeOf } from './selection.ts';

export type { SelectContext } from './origin.ts';

type Resolver = GraphQLFieldResolver<Record<string, unknown>, SelectContext, Arguments>;

const PLANS_PER_OPERATION = 50;

/** What SQLite says of a statement beyond its limits, and the engine of one that nests too deep to be written. */
const TOO_LARGE = /too (many|large|deep|big|long)|recursion limit|parser stack|call stack/i;

/** Plans live as long as their parsed operation does: the document cache above bounds both. */
const plans = new WeakMap<OperationDefinitionNode, LRUCache<string, Plan>>();

function planFor(info: GraphQLResolveInfo): Plan {
  let known = plans.get(info.operation);
  if (!known) {
    known = new LRUCache({ max: PLANS_PER_OPERATION });
    plans.set(info.operation, known);
  }
  const key = `${info.path.key}|${shapeOf(info.schema, info.operation, info.variableValues)}`;
  let plan = known.get(key);
  if (!plan) {
    plan = compile(info);
    known.set(key, plan);
  }
  return plan;
}

/**
 * Answers a root field, with everything selected beneath it, by one statement.
 * @returns the plain nested object that the executor then reads
 * @throws GraphQLError for arguments out of bounds
 */
export function select(info: GraphQLResolveInfo, context: SelectContext): unknown {
  const text = answer(info, context);
  if (typeof text !== 'string') throw new TypeError('The statement gave no JSON.');
  return JSON.parse(text)[info.fieldName];
}

function answer(info: GraphQLResolveInfo, context: SelectContext): unknown {
  try {
    const plan = planFor(info);
    return context.reader.value(plan.sql, plan.parameters(info.variableValues, context));
  } catch (error) {
    if (!(error instanceof GraphQLError) && error instanceof Error && TOO_LARGE.test(error.message))
      throw tooLarge(info);
    throw error;
  }
}

/**
 * Gives every field the resolver that its origin asks for. Columns need none: they are read by their name.
 * @param schema changed in place
 * @throws TypeError when a field of a stored type does not say where it comes from
 */
export function attachOrigins(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const origin = originOf(type, field.name);
      if (origin && type === schema.getQueryType()) {
        field.resolve = (_source, _args, context, info) => select(info, context);
        continue;
      }
      if (!origin) {
        if (type.extensions.table)
          throw new TypeError(
            `${type.name}.${field.name} does not say where it comes from (table ${getTableName(type.extensions.table)}).`,
          );
        continue;
      }
      field.resolve = resolverOf(origin, field.name);
    }
  }
}

function resolverOf(origin: Origin, name: string): Resolver | undefined {
  switch (origin.kind) {
    case 'column': {
      const map = mapper(origin.column);
      return map && ((source) => map(source[name]));
    }
    case 'computed': {
      const inputs = Object.entries(origin.inputs).map(([key, input]) => ({
        key,
        map: is(input, SQLiteColumn) ? mapper(input) : undefined,
      }));
      return (source, args, context) => {
        const raw = source[name];
        if (!Array.isArray(raw)) throw new TypeError(`${name} was not selected.`);
        const values: Record<string, unknown> = {};
        for (const [index, { key, map }] of inputs.entries()) values[key] = map ? map(raw[index]) : raw[index];
        return origin.value(values, args, context);
      };
    }
    case 'summary':
      return (source, args, context, info) =>
        origin.value(source[relationKey(info.fieldName, info.path.key)], args, context);
    case 'connection':
      return (source, args, _context, info) => {
        const list = source[relationKey(info.fieldName, info.path.key)];
        for (const end of ['after', 'before'] as const)
          if (Object(list)[foreignKey(end)] === 1) throw foreignCursor(args[end], end, firstOf(info.fieldNodes));
        return list;
      };
    case 'derived':
      return (source, args, context) => origin.value(source, args, context);
    default:
      return (source, _args, _context, info) => source[relationKey(info.fieldName, info.path.key)];
  }
}

/** Decimals come as text in ten-thousandths, flags as 0 and 1; the other columns come as they are. */
function mapper(column: AnySQLiteColumn): ((value: unknown) => unknown) | undefined {
  if (column.dataType !== 'custom' && column.dataType !== 'boolean') return undefined;
  return (value) => (value === null ? null : column.mapFromDriverValue(value));
}
