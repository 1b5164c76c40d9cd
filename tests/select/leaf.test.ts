import Database from 'better-sqlite3';
import { sql } from 'drizzle-orm';
import { integer, SQLiteSyncDialect, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import fc from 'fast-check';
import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLSchema,
  GraphQLString,
  graphqlSync,
} from 'graphql';
import { expect, test } from 'vitest';
import { Decimal } from '../../src/graphql/scalar.ts';
import { NotInSql, writtenLeaf } from '../../src/select/leaf.ts';
import { exhibitionAreas } from '../../src/store/tables.ts';

const WORDS: [string, ...string[]] = ['ONE', 'TWO'];
const Word = new GraphQLEnumType({ name: 'Word', values: { ONE: {}, TWO: {} } });
const Narrow = new GraphQLEnumType({ name: 'Narrow', values: { ONE: {} } });
const Shifted = new GraphQLEnumType({ name: 'Shifted', values: { ONE: { value: 1 }, TWO: { value: 2 } } });

const thing = sqliteTable('thing', {
  text: text('text'),
  number: integer('number'),
  flag: integer('flag', { mode: 'boolean' }),
  word: text('word', { enum: WORDS }),
  list: text('list', { mode: 'json' }),
});
const dialect = new SQLiteSyncDialect();

const wholeNumbers = fc.oneof(
  fc.integer({ min: -100_000, max: 100_000 }).map(BigInt),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.constantFrom(
    ...[0n, 1n, -1n, 9_999n, -9_999n, 10_000n, 2n ** 31n, 2n ** 31n - 1n, -(2n ** 31n), -(2n ** 63n), 2n ** 63n - 1n],
  ),
);

/** What is stored, as what it is sent, and what graphql-js makes of the value that a driver gives for it. */
const KINDS = [
  { name: 'text', type: GraphQLString, of: thing.text, stored: fc.string({ unit: 'grapheme' }), read: String },
  { name: 'id', type: GraphQLID, of: thing.text, stored: fc.string({ unit: 'binary' }), read: String },
  { name: 'word', type: Word, of: thing.word, stored: fc.constantFrom('ONE', 'TWO'), read: String },
  { name: 'number', type: GraphQLInt, of: thing.number, stored: wholeNumbers, read: Number },
  { name: 'sum', type: GraphQLInt, of: sql`"thing"."number" + 0`, stored: wholeNumbers, read: Number },
  {
    name: 'flag',
    type: GraphQLBoolean,
    of: thing.flag,
    stored: fc.constantFrom(0n, 1n, 2n),
    read: (one: unknown) => one === 1n,
  },
  {
    name: 'decimal',
    type: Decimal,
    of: exhibitionAreas.sizeValue,
    stored: wholeNumbers,
    read: (one: unknown) => exhibitionAreas.sizeValue.mapFromDriverValue(one),
  },
] as const;

test.each(KINDS)(
  '$name is written as graphql-js completes it, or makes the statement fail',
  ({ type, of, stored, read }) => {
    const column = type === Decimal ? 'size_value' : String('name' in of ? of.name : 'number');
    const table = type === Decimal ? 'exhibition_areas' : 'thing';
    const database = new Database(':memory:');
    database.exec(`CREATE TABLE ${table} (${column} ANY)`);
    const insert = database.prepare(`INSERT INTO ${table} VALUES (?)`);
    const answer = (output: GraphQLOutputType) => {
      const { sql: written, params } = dialect.sqlToQuery(
        sql`SELECT json_object('it', ${writtenLeaf(output, of)}) FROM ${sql.identifier(table)}`,
      );
      const statement = database.prepare(written).pluck();
      return () => {
        try {
          return statement.get(...params);
        } catch {
          return undefined;
        }
      };
    };
    const nullable = answer(type);
    const required = answer(new GraphQLNonNull(type));
    const reference = (output: GraphQLOutputType, value: unknown) => {
      const queryType = new GraphQLObjectType({
        name: 'Query',
        fields: { it: { type: output, resolve: () => value } },
      });
      const { data, errors } = graphqlSync({ schema: new GraphQLSchema({ query: queryType }), source: '{ it }' });
      return errors ? undefined : JSON.stringify(data);
    };
    fc.assert(
      fc.property(fc.option<unknown>(stored, { freq: 20 }), (value) => {
        database.exec(`DELETE FROM ${table}`);
        insert.run(value);
        const completed = value === null ? null : read(value);
        expect(nullable()).toBe(reference(type, completed));
        expect(required()).toBe(reference(new GraphQLNonNull(type), completed));
      }),
      { seed: 3, numRuns: 400 },
    );
    database.close();
  },
);

test.each([
  ['a number as a float', GraphQLFloat, thing.number],
  ['a text as a number', GraphQLInt, thing.text],
  ['a list', GraphQLString, thing.list],
  ['a text that may be no word', Word, thing.text],
  ['a word that the type does not have', Narrow, thing.word],
  ['a word that stands for something else', Shifted, thing.word],
  ['an expression as a flag', GraphQLBoolean, sql`1`],
])('not written by SQL: %s', (_what, type, of) => {
  expect(() => writtenLeaf(type, of)).toThrow(NotInSql);
});
