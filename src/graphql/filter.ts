import { type SQL, sql } from 'drizzle-orm';
import type { AnySQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { type ClassType, Extensions, Field, InputType, Int } from 'type-graphql';
import { all, compares, operation } from '../select/filter.ts';
import { columnOf } from '../select/json.ts';
import type { Filter, Given } from '../select/origin.ts';
import { localizedTexts, places, toStoredDecimal } from '../store/tables.ts';
import { EditionStatus } from './enums.ts';
import { CountryCode, DateScalar, DateTime, Decimal } from './scalar.ts';

type InputTypeThunk = Parameters<typeof Field>[0];

/** A key of a filter: its type, what it narrows by, and how. Without `filter` it is an operator, which its filter reads. */
export function Narrows(type: InputTypeThunk, description: string, filter?: Filter): PropertyDecorator {
  return (prototype, property) => {
    Field(type, { nullable: true, description })(prototype, property);
    if (filter) Extensions({ filter })(prototype, String(property));
  };
}

/**
 * A `where` input: `<name>Where`, whose keys must all be true, with `and`, `or` and `not`.
 * @param plural what is filtered, in words
 */
export function WhereOf(name: string, plural: string): (target: ClassType) => void {
  return (own) => {
    InputType(`${name}Where`, {
      description: `Which ${plural} to list: those for which all that is given is true. Where a value is unknown, a condition on it is neither true nor false, nor is its \`not\`; only \`isNull\` asks for it. An empty object is true.`,
    })(own);
    Narrows(() => [own], 'All of these are true. An empty list is true.')(own.prototype, 'and');
    Narrows(() => [own], 'At least one of these is true. An empty list is false.')(own.prototype, 'or');
    Narrows(() => own, 'This is false. Where it is unknown, so is `not`.')(own.prototype, 'not');
  };
}

const IS_NULL = 'True: it is unknown. False: it is known.';

@InputType('StringFilter', {
  description:
    'Conditions on a text; all that are given must hold. Of a text in several languages, or of several texts, each condition holds when it does of any one; `ne` and `notIn` when none is equal. `%` and `_` are letters like any other.',
})
export class StringFilter {
  @Narrows(() => String, 'Is exactly this.')
  eq?: string;

  @Narrows(() => String, 'Is known, and not this.')
  ne?: string;

  @Narrows(() => [String], 'Is one of these. Of an empty list: never.')
  in?: string[];

  @Narrows(() => [String], 'Is known, and none of these. Of an empty list: always.')
  notIn?: string[];

  @Narrows(() => String, 'Has this in it, in capitals or not. It is looked for record by record.')
  contains?: string;

  @Narrows(() => String, 'Begins with this, capitals as given.')
  startsWith?: string;

  @Narrows(() => Boolean, 'True: there is no such text. False: there is one.')
  isNull?: boolean;
}

@InputType('IntFilter', { description: 'Conditions on a whole number; all that are given must hold.' })
export class IntFilter {
  @Narrows(() => Int, 'Is this.')
  eq?: number;

  @Narrows(() => Int, 'Is known, and not this.')
  ne?: number;

  @Narrows(() => [Int], 'Is one of these. Of an empty list: never.')
  in?: number[];

  @Narrows(() => Int, 'Is less than this.')
  lt?: number;

  @Narrows(() => Int, 'Is this or less.')
  lte?: number;

  @Narrows(() => Int, 'Is more than this.')
  gt?: number;

  @Narrows(() => Int, 'Is this or more.')
  gte?: number;

  @Narrows(() => Boolean, IS_NULL)
  isNull?: boolean;
}

@InputType('DecimalFilter', {
  description:
    'Conditions on a published number, compared exactly; all that are given must hold. The number is taken as printed: "more than 43,000" compares as 43,000.',
})
export class DecimalFilter {
  @Narrows(() => Decimal, 'Is this.')
  eq?: string;

  @Narrows(() => Decimal, 'Is less than this.')
  lt?: string;

  @Narrows(() => Decimal, 'Is this or less.')
  lte?: string;

  @Narrows(() => Decimal, 'Is more than this.')
  gt?: string;

  @Narrows(() => Decimal, 'Is this or more.')
  gte?: string;

  @Narrows(() => Boolean, IS_NULL)
  isNull?: boolean;
}

@InputType('DateFilter', { description: 'Conditions on a day; all that are given must hold.' })
export class DateFilter {
  @Narrows(() => DateScalar, 'Is this day.')
  eq?: string;

  @Narrows(() => DateScalar, 'Is before this day.')
  lt?: string;

  @Narrows(() => DateScalar, 'Is this day or before it.')
  lte?: string;

  @Narrows(() => DateScalar, 'Is after this day.')
  gt?: string;

  @Narrows(() => DateScalar, 'Is this day or after it.')
  gte?: string;

  @Narrows(() => Boolean, IS_NULL)
  isNull?: boolean;
}

@InputType('DateTimeFilter', { description: 'Conditions on an instant; all that are given must hold.' })
export class DateTimeFilter {
  @Narrows(() => DateTime, 'Is before this instant.')
  lt?: string;

  @Narrows(() => DateTime, 'Is this instant or before it.')
  lte?: string;

  @Narrows(() => DateTime, 'Is after this instant.')
  gt?: string;

  @Narrows(() => DateTime, 'Is this instant or after it.')
  gte?: string;
}

@InputType('DateSpan', { description: 'A span of days, both ends included.' })
export class DateSpan {
  @Field(() => DateScalar, { description: 'The first day.' })
  from!: string;

  @Field(() => DateScalar, { description: 'The last day; not before the first.' })
  to!: string;
}

@InputType('CountryFilter', { description: 'Conditions on a country; all that are given must hold.' })
export class CountryFilter {
  @Narrows(() => CountryCode, 'Is this country.')
  eq?: string;

  @Narrows(() => [CountryCode], 'Is one of these. Of an empty list: never.')
  in?: string[];

  @Narrows(() => [CountryCode], 'Is known, and none of these. Of an empty list: always.')
  notIn?: string[];
}

@InputType('EditionStatusFilter', {
  description: 'Conditions on where an edition stands today; all that are given must hold.',
})
export class EditionStatusFilter {
  @Narrows(() => EditionStatus, 'Is this.')
  eq?: string;

  @Narrows(() => [EditionStatus], 'Is one of these. Of an empty list: never.')
  in?: string[];

  @Narrows(() => [EditionStatus], 'Is none of these. Of an empty list: always.')
  notIn?: string[];
}

const MAX_STORED = 2n ** 63n - 1n;

/** A decimal as it is stored. What is too large to be stored is as good as the largest that is not. */
function storedDecimal(decimal: unknown): bigint {
  const text = String(decimal).replace(/(\.\d{4})0+$/, '$1');
  try {
    return toStoredDecimal(text);
  } catch (error) {
    if (error instanceof RangeError) return text.startsWith('-') ? -MAX_STORED : MAX_STORED;
    throw error;
  }
}

/** A DateTimeFilter on a column of instants, which are stored with milliseconds. */
export const comparesInstant = (of: AnySQLiteColumn): Filter =>
  compares(of, (instant) => new Date(String(instant)).toISOString());

/** A DecimalFilter on a column of decimals. */
export const comparesDecimal = (of: AnySQLiteColumn): Filter => compares(of, storedDecimal);

/** One operator of a DecimalFilter. */
export function compareDecimal(operator: string, value: AnySQLiteColumn | SQL, operand: Given, truth: boolean): SQL {
  return operation(operator, value, operand, truth, storedDecimal);
}

/**
 * A StringFilter on texts in several languages, of the record itself or of those around it.
 * @param reached the condition on the id of the record that has the texts
 * @param also further texts of such records, as rows of one column `text`
 */
export function someText<Row extends SQLiteTable>(
  field: string,
  reached: (node: AnySQLiteColumn, row: Row, given: Given) => SQL,
  also?: (row: Row) => SQL,
): Filter {
  return {
    holds(row: Row, given, truth) {
      const first = (matches?: (text: AnySQLiteColumn) => SQL): SQL => {
        const { row: text, from: translations } = given.input.alias(localizedTexts);
        const own = (texts: typeof localizedTexts) => [
          sql`${texts.field} = ${field}`,
          reached(texts.nodeId, row, given),
        ];
        const within = sql.join(own(localizedTexts), sql` AND `);
        const from = also
          ? sql`(SELECT ${localizedTexts.text} FROM ${localizedTexts} WHERE ${within} UNION ALL ${also(row)}) AS ${text}`
          : translations;
        const conditions = also ? [] : own(text);
        conditions.push(matches ? matches(text.text) : sql`1`);
        // Not EXISTS: SQLite would make a join of it, and read all texts for every record.
        return sql`(SELECT 1 FROM ${from} WHERE ${sql.join(conditions, sql` AND `)} LIMIT 1)`;
      };
      const conditions = given.parts().map(({ name, given: operand }) => {
        if (name === 'isNull')
          return (operand.form === true) === truth ? sql`${first()} IS NULL` : sql`${first()} IS NOT NULL`;
        const positive = name === 'ne' ? 'eq' : name === 'notIn' ? 'in' : name;
        const found = first((text) => operation(positive, text, operand, true));
        if ((positive === name) === truth) return sql`${found} IS NOT NULL`;
        const isKnown =
          positive === 'in'
            ? sql`(${first()} IS NOT NULL OR json_array_length(${operand.bound((list) => JSON.stringify(list))}) = 0)`
            : sql`${first()} IS NOT NULL`;
        return sql`(${found} IS NULL AND ${isKnown})`;
      });
      return all(conditions, truth);
    },
  };
}

/** A CountryFilter on the country of a place. */
export function countryOf(placeId: AnySQLiteColumn): Filter {
  return {
    holds: (row, given, truth) =>
      all(
        given.parts().map(({ name, given: operand }) => {
          const { row: place, from } = given.input.alias(places);
          const condition = operation(name, place.country, operand, truth);
          const found = sql`${columnOf(row, placeId)} IN (SELECT ${place.id} FROM ${from} WHERE ${condition})`;
          // Nothing is one of an empty list, not even a country that is unknown.
          return name === 'eq' || (name === 'in') === truth
            ? found
            : sql`(${found} OR json_array_length(${operand.bound((list) => JSON.stringify(list))}) = 0)`;
        }),
        truth,
      ),
  };
}
