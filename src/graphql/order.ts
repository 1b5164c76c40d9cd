import { type SQL, sql } from 'drizzle-orm';
import type { AnySQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { type ClassType, Extensions, Field, InputType } from 'type-graphql';
import type { FieldInput, OrderKey } from '../select/origin.ts';
import { localizedTexts, nodes } from '../store/tables.ts';
import { NullsOrder, OrderDirection, published, type Word } from './enums.ts';

/** One word to order a list by: what it means, and its keys, ascending. */
type Order<Row extends SQLiteTable> = [description: string, keys: (row: Row, input: FieldInput) => OrderKey[]];

/**
 * The input type that orders a list, `<Name>Order`, and the enum of what it can be ordered by.
 * @param name of the node type
 * @param direction the one without being told
 * @param orders by word
 */
export function orderOf<Row extends SQLiteTable>(
  name: string,
  direction: Word<typeof OrderDirection>,
  orders: Record<string, Order<Row>>,
): ClassType {
  const words = Object.fromEntries(Object.entries(orders).map(([word, [description]]) => [word, description]));
  const orderings = Object.fromEntries(Object.entries(orders).map(([word, [, keys]]) => [word, keys]));
  const OrderField = published(`${name}OrderField`, words, `By what a list of ${name} can be ordered.`);

  @InputType(`${name}Order`, { description: `One key of the order of a list of ${name}.` })
  @Extensions({ orderings })
  class OrderInput {
    @Field(() => OrderField, { description: 'By what.' })
    field!: string;

    @Field(() => OrderDirection, { defaultValue: direction, description: 'Which way.' })
    direction!: Word<typeof OrderDirection>;

    @Field(() => NullsOrder, { defaultValue: 'LAST', description: 'Where those stand of which it is unknown.' })
    nulls!: Word<typeof NullsOrder>;
  }
  return OrderInput;
}

/** A name as lists are ordered by it: in English where there is one, else the original; capitals of ASCII do not count. */
export function byText(record: AnySQLiteColumn, field: string): OrderKey {
  const { nodeId, field: name, locale, text, isOriginal } = localizedTexts;
  const best: SQL = sql`(SELECT lower(${text}) FROM ${localizedTexts} WHERE ${nodeId} = ${record} AND ${name} = ${field} ORDER BY ${locale} = 'en' DESC, ${isOriginal} DESC, ${locale} LIMIT 1)`;
  return { by: best, nullable: true };
}

/** When an import last changed a record. */
export function byUpdatedAt(record: AnySQLiteColumn): OrderKey {
  return { by: sql`(SELECT ${nodes.updatedAt} FROM ${nodes} WHERE ${nodes.id} = ${record})` };
}
