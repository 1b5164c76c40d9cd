import { is, type SQL, sql } from 'drizzle-orm';
import { type AnySQLiteColumn, SQLiteColumn } from 'drizzle-orm/sqlite-core';
import {
  GraphQLBoolean,
  GraphQLID,
  GraphQLInt,
  type GraphQLOutputType,
  GraphQLString,
  getNullableType,
  isEnumType,
  isNonNullType,
  isScalarType,
} from 'graphql';

/*
 * What the specification calls result coercion (3.5 and 6.4.3), written in SQL: so that a statement gives the text of the
 * answer itself. It knows only answers without a flaw: what graphql-js would refuse makes the statement fail.
 */

/** Thrown where a statement cannot give the answer itself, and its values have to be completed. */
export class NotInSql extends Error {}

/** Makes a statement fail where it is evaluated, and nowhere else: "!" is no JSON. */
export const failure: SQL = sql`json('!')`;

/** @returns the value of a field of that type: where null is not allowed, a null makes the statement fail */
export function required(type: GraphQLOutputType, value: SQL): SQL {
  return isNonNullType(type) ? sql`coalesce(${value}, ${failure})` : value;
}

/** @returns true or false as JSON has them, of what counts as such in SQL and is never null */
export function writtenFlag(condition: SQL): SQL {
  return sql`json(iif(${condition}, 'true', 'false'))`;
}

/**
 * @param type of the field
 * @param of a column, or an expression that gives what its values are sent as
 * @throws NotInSql where SQL does not write what graphql-js would
 */
export function writtenLeaf(type: GraphQLOutputType, of: AnySQLiteColumn | SQL): SQL {
  if (!is(of, SQLiteColumn)) return required(type, writtenExpression(type, sql`${of}`));
  return of.notNull ? writtenColumn(type, of) : required(type, writtenColumn(type, of));
}

function writtenColumn(type: GraphQLOutputType, column: AnySQLiteColumn): SQL {
  const named = getNullableType(type);
  const unlessNull = (value: SQL) => (column.notNull ? value : sql`CASE WHEN ${column} IS NOT NULL THEN ${value} END`);
  if (column.dataType === 'custom' && isText(named)) return unlessNull(decimal(column));
  if (column.dataType === 'boolean' && named === GraphQLBoolean) return unlessNull(writtenFlag(sql`${column} = 1`));
  if (column.dataType === 'number' && column.getSQLType() === 'integer' && named === GraphQLInt)
    return integer(sql`${column}`);
  const words = column.enumValues ?? [];
  const isWord = isEnumType(named) && words.length > 0 && words.every((word) => named.getValue(word)?.value === word);
  if (column.dataType === 'string' && (isText(named) || isWord)) return sql`${column}`;
  throw new NotInSql();
}

function writtenExpression(type: GraphQLOutputType, value: SQL): SQL {
  const named = getNullableType(type);
  if (named === GraphQLInt) return integer(value);
  if (isText(named)) return value;
  throw new NotInSql();
}

const isText = (type: unknown): boolean =>
  isScalarType(type) && (type === GraphQLString || type === GraphQLID || type.serialize === String);

const integer = (value: SQL): SQL =>
  sql`CASE WHEN ${value} NOT BETWEEN -2147483648 AND 2147483647 THEN ${failure} ELSE ${value} END`;

/** A decimal, stored in ten-thousandths, as `fromStoredDecimal` writes it. */
const decimal = (column: AnySQLiteColumn): SQL =>
  sql`iif(${column} % 10000 = 0, CAST(${column} / 10000 AS TEXT), rtrim(printf('%s%d.%04d', iif(${column} < 0, '-', ''), abs(${column} / 10000), abs(${column} % 10000)), '0'))`;
