import { is } from 'drizzle-orm';
import { type AnySQLiteColumn, SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { FieldNode } from 'graphql';
import type { Arguments, Origin, SelectContext } from './origin.ts';
import { foreignCursor } from './page.ts';
import { firstOf, foreignKey, relationKey } from './plan.ts';

/**
 * Reads the value of a field from its parent, as a statement gave it.
 * @param responseKey under which the field stands in the answer
 * @param nodes that select it
 * @throws GraphQLError for a cursor of another list
 */
export type Resolve = (
  source: Readonly<Record<string, unknown>>,
  args: Arguments,
  context: SelectContext,
  responseKey: string,
  nodes: readonly FieldNode[],
) => unknown;

/** @returns undefined where the value is simply what the parent has under the field's name */
export function resolverOf(origin: Origin, name: string): Resolve | undefined {
  switch (origin.kind) {
    case 'column': {
      const map = mapper(origin.column);
      return map && ((source) => map(source[name]));
    }
    case 'expression':
      return undefined;
    case 'composed': {
      const names = Object.keys(origin.parts);
      const maps = Object.values(origin.parts).map((of) => (is(of, SQLiteColumn) ? mapper(of) : undefined));
      return (source) => {
        const raw = source[name];
        if (!Array.isArray(raw)) throw new TypeError(`${name} was not selected.`);
        return raw.includes(null) ? null : record(names, maps, raw);
      };
    }
    case 'computed': {
      const keys = Object.keys(origin.inputs);
      const maps = Object.values(origin.inputs).map((input) => (is(input, SQLiteColumn) ? mapper(input) : undefined));
      return (source, args, context) => {
        const raw = source[name];
        if (!Array.isArray(raw)) throw new TypeError(`${name} was not selected.`);
        return origin.value(record(keys, maps, raw), args, context);
      };
    }
    case 'summary':
      return (source, args, context, responseKey) =>
        origin.value(source[relationKey(name, responseKey)], args, context);
    case 'connection':
      return (source, args, _context, responseKey, nodes) => {
        const list = source[relationKey(name, responseKey)];
        for (const end of ['after', 'before'] as const)
          if (Object(list)[foreignKey(end)] === 1) throw foreignCursor(args[end], end, firstOf(nodes));
        return list;
      };
    case 'derived':
      return (source, args, context) => origin.value(source, args, context);
    default:
      return (source, _args, _context, responseKey) => source[relationKey(name, responseKey)];
  }
}

type Map = (value: unknown) => unknown;

/** What a statement gave in a list, by its names. */
function record(names: readonly string[], maps: readonly (Map | undefined)[], raw: readonly unknown[]) {
  const values: Record<string, unknown> = {};
  for (let index = 0; index < names.length; index += 1) {
    const map = maps[index];
    values[names[index] ?? ''] = map ? map(raw[index]) : raw[index];
  }
  return values;
}

/** Decimals come as text in ten-thousandths, flags as 0 and 1; the other columns come as they are. */
function mapper(column: AnySQLiteColumn): Map | undefined {
  if (column.dataType !== 'custom' && column.dataType !== 'boolean') return undefined;
  return (value) => (value === null ? null : column.mapFromDriverValue(value));
}
