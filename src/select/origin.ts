import type { SQL } from 'drizzle-orm';
import type { AnySQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { GraphQLError } from 'graphql';
import type { Reader } from '../store/open.ts';

/** What a selection is answered with. */
export interface SelectContext {
  reader: Reader;
  now: () => Date;
  /** The languages that the reader prefers, best first; empty when unknown. */
  locales: readonly string[];
  /** Where the reader reaches the service, without a slash at the end; null where it is asked without HTTP. */
  baseUrl: string | null;
  /** Calls back when the reader goes away before the answer; returns how to be called no more. */
  onGone?: ((gone: () => void) => () => void) | undefined;
  /** Who asks, as far as that can be told: one of them does not keep all threads busy. */
  client?: string | undefined;
  /** Whether an answer may come as the body that is sent: see `bodyOf`. */
  takesBodies?: boolean | undefined;
}

export type Arguments = Record<string, unknown>;

/** What can be bound to a place in a statement. */
export type Bindable = string | number | bigint | boolean | null;

/** A field's arguments while its SQL is written. Values are bound when the statement runs, so one plan serves them all. */
export interface FieldInput {
  /** The field's name. */
  field: string;
  /** Whether the argument is there and not null. It is part of the plan's key. */
  has(argument: string): boolean;
  /** The argument, to be read part by part; undefined when it is not there or null. */
  given(argument: string): Given | undefined;
  /** A bound value made from the arguments and the context when the statement runs. */
  value(make: (args: Arguments, context: SelectContext) => Bindable): SQL;
  /** A table under a name of its own within the statement. */
  alias<Table extends SQLiteTable>(table: Table): { row: Table; from: SQL };
}

/** An argument or a part of one, while SQL is written from it. */
export interface Given {
  /**
   * Only its form may be looked at: keys, enum values, flags, lengths of lists of objects. They are part of the plan's
   * key; other values are not, and must be bound.
   */
  readonly form: unknown;
  /** Where it is: "where.year.eq". */
  readonly place: string;
  readonly input: FieldInput;
  /**
   * The parts of an object, by name, each with the filter that its input field declares.
   * @throws GraphQLError for a null among them
   */
  parts(): { name: string; given: Given; filter: Filter | undefined }[];
  /** One part of an object; undefined when it is not there or null. */
  part(name: string): Given | undefined;
  /** The objects of a list. */
  items(): Given[];
  /** Its value, bound when the statement runs. */
  bound(make: (value: unknown, context: SelectContext) => Bindable): SQL;
  /** The orders that its input type declares. */
  orderings(): Orderings;
  refuse(message: string): GraphQLError;
}

/** How an input field narrows a list. */
export interface Filter {
  /**
   * @param row of the table that is filtered
   * @param truth whether to find the records for which the filter is true, or those for which it is false; those for
   *   which it is unknown are in neither
   * @returns a condition that holds for exactly those; where it does not hold it may also be null
   */
  holds(row: SQLiteTable, given: Given, truth: boolean): SQL;
}

/** One key of a total order; the id is always added behind the last. */
export interface OrderKey {
  by: AnySQLiteColumn | SQL;
  descending?: boolean;
  /** Set when it can be null; nulls come last unless `nullsFirst` is set, too. */
  nullable?: boolean;
  nullsFirst?: boolean;
  /** An integer that a JavaScript number may not hold exactly. */
  isWide?: boolean;
  /** Stays ascending when the order is turned round. */
  isFixed?: boolean;
  /** It depends on the parent, so that a cursor of one parent's list means nothing in another's. */
  isRelative?: boolean;
}

/** By what a list can be ordered: the ascending keys of each word. */
export type Orderings = Record<string, Ordering['keys']>;

// Methods, not function properties: their parameters may be narrower tables than SQLiteTable.
interface Ordering {
  keys(row: SQLiteTable, input: FieldInput): OrderKey[];
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
  | { kind: 'expression'; build: BuildInput['build'] }
  | { kind: 'composed'; parts: Record<string, AnySQLiteColumn | string> }
  | {
      kind: 'computed';
      inputs: Record<string, AnySQLiteColumn | BuildInput['build']>;
      value(inputs: Record<string, unknown>, args: Arguments, context: SelectContext): unknown;
      written?: WriteInput['write'];
    }
  | { kind: 'derived'; value(source: unknown, args: Arguments, context: SelectContext): unknown }
  | ({ kind: 'one' | 'many' } & Relation)
  | ({ kind: 'connection' } & Listing)
  | { kind: 'listed'; table: SQLiteTable; ids(args: Arguments): readonly string[] }
  | ({ kind: 'nested'; given?(table: SQLiteTable): SQL } & Prepared)
  | {
      kind: 'summary';
      of(row: SQLiteTable, rows: SQL, input: FieldInput): SQL;
      value(summary: unknown, args: Arguments, context: SelectContext): unknown;
    }
  | { kind: 'part' };

interface BuildInput {
  build(table: SQLiteTable): SQL;
}
interface WriteInput {
  write(table: SQLiteTable, input: FieldInput): SQL | undefined;
}
interface Prepared {
  /** Common table expressions, as they stand behind WITH; everything selected beneath may read them. */
  with?(input: FieldInput): SQL;
}
export interface Relation extends Prepared {
  table: SQLiteTable;
  on?(target: SQLiteTable, parent: SQLiteTable, input: FieldInput): SQL | undefined;
  orderBy?(target: SQLiteTable, parent: SQLiteTable): OrderKey[];
}

export interface Listing extends Relation {
  /** What of the arguments makes it another list, whose cursors mean nothing in this one. */
  identity?(args: Arguments): string;
}

declare module 'graphql' {
  interface GraphQLFieldExtensions<_TSource, _TContext, _TArgs> {
    origin?: Origin;
  }
  interface GraphQLObjectTypeExtensions<_TSource, _TContext> {
    table?: SQLiteTable;
  }
  interface GraphQLInputFieldExtensions {
    filter?: Filter;
  }
  interface GraphQLInputObjectTypeExtensions {
    orderings?: Orderings;
  }
}

/** The value of a column. */
export function column(of: AnySQLiteColumn): Origin {
  return { kind: 'column', column: of };
}

/** What SQL makes of the record's own table: the value as it is sent. */
export function expression<Table extends SQLiteTable>(build: (table: Table) => SQL): Origin {
  return { kind: 'expression', build } as Origin;
}

/**
 * An object whose fields are columns of the record's own table; null where any of them is.
 * @param parts by the names of the object's fields; a string is a value that is always the same
 */
export function composed(parts: Record<string, AnySQLiteColumn | string>): Origin {
  return { kind: 'composed', parts };
}

/**
 * A pure function of columns (or of subqueries that give JSON or one value), arguments and context.
 * @param inputs read from the record's own table
 * @param value called once per record and response key
 * @param options `written`: SQL that gives the same without the function, for a request that prefers no language; undefined
 *   where it cannot
 */
export function computed<const In extends Inputs, Args extends object = Arguments>(
  inputs: In,
  value: (inputs: { [Name in keyof In]: InputValue<In[Name]> }, args: Args, context: SelectContext) => unknown,
  options: { written?: (record: never, input: FieldInput) => SQL | undefined } = {},
): Origin {
  return { kind: 'computed', inputs, value, ...options } as Origin;
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

/**
 * A Relay connection over related records, or over all records of a table at the root. The arguments where and orderBy,
 * where it has them, are seen to by the planner.
 * @param orderBy the order when none is asked for
 * @param options `with`: common table expressions, one of which may be the table; `identity`: what of the arguments
 *   makes it another list, where it is not only filtered by them
 */
export function connection<Target extends SQLiteTable, Parent extends SQLiteTable>(
  table: Target,
  on: On<Target, Parent> | undefined,
  orderBy: (target: Target, parent: Parent) => OrderKey[],
  options: Pick<Listing, 'with' | 'identity'> = {},
): Origin {
  return { kind: 'connection', table, on, orderBy, ...options } as Origin;
}

/**
 * An object whose fields are read from the same row as its parent's, or from no row at all.
 * @param given when it is there; always, without it
 * @param options `with`: common table expressions that fields beneath read
 */
export function nested<Table extends SQLiteTable>(given?: (table: Table) => SQL, options: Prepared = {}): Origin {
  return { kind: 'nested', given, ...options } as Origin;
}

/**
 * A field of a connection that sums up the whole list: all that `where` leaves, on whatever page.
 * @param of gives one value or JSON; `rows` is the FROM and WHERE of the list, whose rows are called `row`
 * @param value a pure function of that
 */
export function summary<Row extends SQLiteTable, Summary>(
  of: (row: Row, rows: SQL, input: FieldInput) => SQL<Summary>,
  value: (summary: Summary, args: Arguments, context: SelectContext) => unknown = (summary) => summary,
): Origin {
  return { kind: 'summary', of, value } as Origin;
}

/** A part of a connection or edge, which the planner fills. */
export const part: Origin = { kind: 'part' };
