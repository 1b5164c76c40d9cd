import { Column, is, type SQL, sql } from 'drizzle-orm';
import type { AnySQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { casefold } from '../store/open.ts';
import { columnOf, inTime } from './json.ts';
import type { Bindable, Filter, Given } from './origin.ts';

/*
 * A filter is true, false or unknown of a record, as in SQL. Instead of negating conditions, which would turn what SQL
 * merely cannot prove into its opposite, each filter writes two: one that finds where it is true, one where it is false.
 */

/**
 * A `where`: an object is true when all of its parts are; `and`, `or` and `not` combine whole objects.
 * @param given an input object whose fields declare filters
 * @param row of the table that is filtered
 */
export function holds(given: Given, row: SQLiteTable, truth: boolean): SQL {
  const conditions = given.parts().map(({ name, given: part, filter }) => {
    if (filter) return filter.holds(row, part, truth);
    if (name === 'not') return holds(part, row, !truth);
    const each = part.items().map((item) => holds(item, row, truth));
    return name === 'and' ? all(each, truth) : all(each, !truth);
  });
  return all(conditions, truth);
}

/** All conditions, or any of them. Of none: true for all, false for any. */
export function all(conditions: readonly SQL[], every = true): SQL {
  const [first, ...others] = conditions;
  if (!first) return every ? sql`1` : sql`0`;
  if (others.length === 0) return first;
  // Halved, since SQLite bounds how deep an expression nests.
  const middle = Math.ceil(conditions.length / 2);
  const operator = sql.raw(every ? 'AND' : 'OR');
  return sql`(${all(conditions.slice(0, middle), every)} ${operator} ${all(conditions.slice(middle), every)})`;
}

const COMPARISONS: Record<string, [whenTrue: string, whenFalse: string]> = {
  eq: ['=', '<>'],
  ne: ['<>', '='],
  lt: ['<', '>='],
  lte: ['<=', '>'],
  gt: ['>', '<='],
  gte: ['>=', '<'],
};

/**
 * One operator of a filter on one value.
 * @param value what is compared; null makes every operator unknown but `isNull` and an empty list
 * @param encode what an operand is stored as
 */
export function operation(
  operator: string,
  value: AnySQLiteColumn | SQL,
  operand: Given,
  truth: boolean,
  encode: (operand: unknown) => Bindable = plain,
): SQL {
  const comparison = COMPARISONS[operator]?.[truth ? 0 : 1];
  if (comparison) return sql`${value} ${sql.raw(comparison)} ${operand.bound(encode)}`;
  switch (operator) {
    case 'in':
    case 'notIn':
      return isIn(value, operand, (operator === 'in') === truth);
    case 'isNull':
      return operand.form === truth ? sql`${value} IS NULL` : sql`${value} IS NOT NULL`;
    case 'startsWith': {
      const start = operand.bound(encode);
      return sql`substr(${value}, 1, length(${start})) ${sql.raw(truth ? '=' : '<>')} ${operand.bound(encode)}`;
    }
    case 'contains': {
      const part = operand.bound((text) => casefold(String(text)));
      return sql`instr(casefold(${value}), ${part}) ${sql.raw(truth ? '>' : '=')} 0`;
    }
    default:
      throw new TypeError(`${operand.place}: no filter knows the operator ${operator}.`);
  }
}

/** Whether a value is one of a list. Nothing is one of an empty list, not even what is unknown. */
function isIn(value: AnySQLiteColumn | SQL, list: Given, truth: boolean): SQL {
  const values = list.bound((items) => JSON.stringify(items));
  return sql`${value} ${sql.raw(truth ? 'IN' : 'NOT IN')} (SELECT value FROM json_each(${values}))`;
}

function plain(operand: unknown): Bindable {
  if (typeof operand === 'string' || typeof operand === 'number' || typeof operand === 'boolean') return operand;
  throw new TypeError(`${typeof operand} cannot be compared.`);
}

type ValueOf<Row extends SQLiteTable> = (row: Row, given: Given) => SQL;

const reading = <Row extends SQLiteTable>(of: AnySQLiteColumn | ValueOf<Row>) => {
  return (row: Row, given: Given) => (is(of, Column) ? columnOf(row, of) : of(row, given));
};

/**
 * An object of operators on a value of the record itself.
 * @param encode what an operand is stored as
 */
export function compares<Row extends SQLiteTable>(
  of: AnySQLiteColumn | ValueOf<Row>,
  encode?: (operand: unknown) => Bindable,
): Filter {
  const value = reading(of);
  return {
    holds: (row: Row, given, truth) =>
      all(
        given.parts().map(({ name, given: operand }) => operation(name, value(row, given), operand, truth, encode)),
        truth,
      ),
  };
}

/** A list of words, one of which a value of the record itself must be. */
export function isOneOf<Row extends SQLiteTable>(of: AnySQLiteColumn | ValueOf<Row>): Filter {
  const value = reading(of);
  return { holds: (row: Row, given, truth) => isIn(value(row, given), given, truth) };
}

/** A `where` over the one record that a column refers to. */
export function refers<Target extends SQLiteTable & { id: AnySQLiteColumn }>(
  by: AnySQLiteColumn,
  target: Target,
): Filter {
  return {
    holds(row, given, truth) {
      const { row: other, from } = given.input.alias(target);
      return sql`${columnOf(row, by)} IN (SELECT ${other.id} FROM ${from} WHERE ${inTime} AND ${holds(given, other, truth)})`;
    },
  };
}

/**
 * The ids of the records that have a related record of some kind, as a subquery.
 * @param matches the condition on a row of the related table
 */
type Owners<Target extends SQLiteTable> = (given: Given, matches: (target: Target) => SQL) => SQL;

/** A `where` that holds when it does of some related record. Whether there is one is always known. */
export function hasSome<Row extends { id: AnySQLiteColumn }, Target extends SQLiteTable>(
  _row: Row,
  owners: Owners<Target>,
): Filter {
  return {
    holds: (row: Row & SQLiteTable, given, truth) =>
      sql`${row.id} ${sql.raw(truth ? 'IN' : 'NOT IN')} (${owners(given, (target) => sql`${inTime} AND ${holds(given, target, true)}`)})`,
  };
}

/** An object of `some`, `every` and `none`, each with a `where` over related records. */
export function quantifies<Row extends { id: AnySQLiteColumn }, Target extends SQLiteTable>(
  _row: Row,
  owners: Owners<Target>,
): Filter {
  return {
    holds: (row: Row & SQLiteTable, given, truth) =>
      all(
        given.parts().map(({ name, given: part }) => {
          const matching = (target: Target) => sql`${inTime} AND ${holds(part, target, true)}`;
          // For `every`, one that does not match, or of which it is unknown, is one too many.
          const counted = name === 'every' ? (target: Target) => sql`(${matching(target)}) IS NOT TRUE` : matching;
          const isAmong = (name === 'some') === truth;
          return sql`${row.id} ${sql.raw(isAmong ? 'IN' : 'NOT IN')} (${owners(part, counted)})`;
        }),
        truth,
      ),
  };
}
