import type { SQL } from 'drizzle-orm';
import type { AnySQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Reader } from '../store/open.ts';

/** What a selection is answered with. */
export interface SelectContext {
  reader: Reader;
  now: () => Date;
  /** The languages that the reader prefers, best first; empty when unknown. */
  locales: readonly string[];
}

export type Arguments = Record<string, unknown>;

/** A field's arguments while its SQL is written. Values are bound when the statement runs, so one plan serves them all. */
export interface FieldInput {
  /** Whether the argument is there and not null. It is part of the plan's key. */
  has(argument: string): boolean;
  /** A bound value made from the arguments and the context when the statement runs. */
  value(make: (args: Arguments, context: SelectContext) => string | number | null): SQL;
}

/** One key of a total order; the id is always added behind the last. */
export interface OrderKey {
  by: AnySQLiteColumn | SQL;
  descending?: boolean;
  /** Set when it can be null; nulls come last. */
  nullable?: boolean;
}

type Inputs = Record<string, AnySQLiteColumn | ((table: never) => SQL)>;
type InputValue<Input> = Input extends AnySQLiteColumn
  ? Input['_']['data'] | NullOf<Input>
  : Input extends (...args: never[]) => SQL<infer Value>
    ? Value
    : never;
type NullOf<Column extends AnySQLiteColumn> = Column['_']['notNull'] extends true ? never : null;

/** Where a field's value comes from. Written beside the field's type, read by the planner. */
export type Origin =
  | { kind: 'column'; column: AnySQLiteColumn }
  | {
      kind: 'computed';
      inputs: Record<string, AnySQLiteColumn | BuildInput['build']>;
      value(inputs: Record<string, unknown>, args: Arguments, context: SelectContext): unknown;
    }
  | { kind: 'derived'; value(source: unknown, args: Arguments, context: SelectContext): unknown }
  | ({ kind: 'one' | 'many' | 'connection' } & Relation)
  | { kind: 'listed'; table: SQLiteTable; ids(args: Arguments): readonly string[] }
  | { kind: 'nested'; given?(table: SQLiteTable): SQL }
  | { kind: 'part' };

// Methods, not function properties: their parameters may be narrower tables than SQLiteTable.
interface BuildInput {
  build(table: SQLiteTable): SQL;
}
export interface Relation {
  table: SQLiteTable;
  on?(target: SQLiteTable, parent: SQLiteTable, input: FieldInput): SQL | undefined;
  orderBy?(target: SQLiteTable, parent: SQLiteTable): OrderKey[];
}

declare module 'graphql' {
  interface GraphQLFieldExtensions<_TSource, _TContext, _TArgs> {
    origin?: Origin;
  }
  interface GraphQLObjectTypeExtensions<_TSource, _TContext> {
    table?: SQLiteTable;
  }
}

/** The value of a column. */
export function column(of: AnySQLiteColumn): Origin {
  return { kind: 'column', column: of };
}

/**
 * A pure function of columns (or of subqueries that give JSON or one value), arguments and context.
 * @param inputs read from the record's own table
 * @param value called once per record and response key
 */
export function computed<const In extends Inputs, Args extends object = Arguments>(
  inputs: In,
  value: (inputs: { [Name in keyof In]: InputValue<In[Name]> }, args: Args, context: SelectContext) => unknown,
): Origin {
  return { kind: 'computed', inputs, value } as Origin;
}

/** A pure function of the object that a computed field gave: for types that have no table. */
export function derived<Source, Args extends object = Arguments>(
  value: (source: Source, args: Args, context: SelectContext) => unknown,
): Origin {
  return { kind: 'derived', value } as Origin;
}

/** The records that have the ids of an argument, in that order; null where there is none. */
export function listed(table: SQLiteTable, ids: (args: Arguments) => readonly string[]): Origin {
  return { kind: 'listed', table, ids };
}

type On<Target, Parent> = (target: Target, parent: Parent, input: FieldInput) => SQL | undefined;

/** The first related record in the order, or null. */
export function one<Target extends SQLiteTable, Parent extends SQLiteTable>(
  table: Target,
  on: On<Target, Parent>,
  orderBy?: (target: Target) => OrderKey[],
): Origin {
  return { kind: 'one', table, on, orderBy } as Origin;
}

/** All related records, in the order. */
export function many<Target extends SQLiteTable, Parent extends SQLiteTable>(
  table: Target,
  on: On<Target, Parent>,
  orderBy: (target: Target) => OrderKey[],
): Origin {
  return { kind: 'many', table, on, orderBy } as Origin;
}

/** A Relay connection over related records, or over all records of a table at the root. */
export function connection<Target extends SQLiteTable, Parent extends SQLiteTable>(
  table: Target,
  on: On<Target, Parent> | undefined,
  orderBy: (target: Target, parent: Parent) => OrderKey[],
): Origin {
  return { kind: 'connection', table, on, orderBy } as Origin;
}

/**
 * An object whose fields are read from the same row as its parent's, or from no row at all.
 * @param given when it is there; always, without it
 */
export function nested<Table extends SQLiteTable>(given?: (table: Table) => SQL): Origin {
  return { kind: 'nested', given } as Origin;
}

/** A part of a connection or edge, which the planner fills. */
export const part: Origin = { kind: 'part' };
