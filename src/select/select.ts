import { getTableName } from 'drizzle-orm';
import { GraphQLError, type GraphQLResolveInfo, type GraphQLSchema, isObjectType } from 'graphql';
import { LRUCache } from 'lru-cache';
import { tooLarge } from './errors.ts';
import { NotInSql } from './leaf.ts';
import type { SelectContext } from './origin.ts';
import { compile, originOf, type Plan, type RootField } from './plan.ts';
import { resolverOf } from './resolve.ts';
import { formOf, lengthOf } from './selection.ts';

export type { SelectContext } from './origin.ts';

/** Of operations that are never asked again more are parsed than would fit into memory with their plans. */
const KEPT_PLANS = 300;

/** And of so many characters together: one of 30,000 takes 4 MB with what was parsed of it. */
const KEPT_CHARACTERS = 1_000_000;

/** What SQLite says of a statement beyond its limits, and the engine of one that nests too deep to be written. */
const TOO_LARGE = /too (many|large|deep|big|long)|recursion limit|parser stack|call stack/i;

const plans = new LRUCache<string, Plan>({
  max: KEPT_PLANS,
  maxSize: KEPT_CHARACTERS,
});

/**
 * @returns the plan of a root field, made where there is none yet
 * @throws GraphQLError for arguments out of bounds, and for more than a statement holds
 */
export function planFor(field: RootField): Plan {
  const key = `${field.path.key}|${formOf(field.schema, field.operation, field.variableValues)}`;
  let plan = plans.get(key);
  if (!plan) {
    plan = compile(field);
    plans.set(key, plan, { size: lengthOf(field.operation) });
  }
  return plan;
}

/**
 * @returns the plan of a statement that gives the text of a root field's value in the answer; undefined where there is none
 * @throws GraphQLError for arguments out of bounds, and for more than a statement holds
 */
export function answerPlan(field: RootField): Plan | undefined {
  try {
    return compile(field, 'answer');
  } catch (error) {
    if (error instanceof NotInSql) return undefined;
    throw error;
  }
}

/**
 * Answers a root field, with everything selected beneath it, by one statement.
 * @returns the plain nested object that the executor then reads
 * @throws GraphQLError for arguments out of bounds
 */
export function select(field: RootField, context: SelectContext): unknown {
  const text = answer(field, context);
  if (typeof text !== 'string') throw new TypeError('The statement gave no JSON.');
  return JSON.parse(text)[field.fieldName];
}

function answer(field: RootField, context: SelectContext): unknown {
  try {
    const plan = planFor(field);
    return context.reader.value(plan.sql, plan.parameters(field.variableValues, context));
  } catch (error) {
    if (!(error instanceof GraphQLError) && error instanceof Error && TOO_LARGE.test(error.message))
      throw tooLarge(field);
    throw error;
  }
}

/**
 * Gives every field the resolver that its origin asks for; the others are read by their name.
 * @param schema changed in place
 * @throws TypeError when a field of a stored type does not say where it comes from
 */
export function attachOrigins(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const origin = originOf(type, field.name);
      if (!origin && type.extensions.table)
        throw new TypeError(
          `${type.name}.${field.name} does not say where it comes from (table ${getTableName(type.extensions.table)}).`,
        );
      const resolve = origin && resolverOf(origin, field.name);
      if (type === schema.getQueryType())
        field.resolve = (_source, _args, context, info: GraphQLResolveInfo) => select(info, context);
      else
        field.resolve =
          resolve &&
          ((source, args, context: SelectContext, info) => {
            context.reader.checkTime();
            return resolve(source, args, context, String(info.path.key), info.fieldNodes);
          });
    }
  }
}
