import { type SQL, sql } from 'drizzle-orm';
import type { AnySQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { type ClassType, Extensions, Field, InputType, Int } from 'type-graphql';
import { all, compares, operation } from '../select/filter.ts';
import { columnOf } from '../select/json.ts';
import type { Filter, Given } from '../select/origin.ts';
import { localizedTexts, places, toStoredDecimal } from '../store/tables.ts';
import { EditionStatus } from './enums.ts';
import { CountryCode, DateScalar, Decimal } from './scalar.ts';

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

/** A DecimalFilter on a column of decimals. */
export const comparesDecimal = (of: AnySQLiteColumn): Filter => compares(of, storedDecimal);

/** One operator of a DecimalFilter. */
export function compareDecimal(operator: string, value: AnySQLiteColumn | SQL, operand: Given, truth: boolean): SQL {
  return operation(operator, value, operand, truth, storedDecimal);
}

/** Whether any of some texts is what a condition says; any at all without one. A place in the statement is made anew for each. */
type SomeText = (matches?: (text: AnySQLiteColumn) => SQL) => { found: SQL; none: SQL };

/** A StringFilter on some texts. */
function onSomeText(given: Given, truth: boolean, some: SomeText): SQL {
  const conditions = given.parts().map(({ name, given: operand }) => {
    if (name === 'isNull') return (operand.form === true) === truth ? some().none : some().found;
    const positive = name === 'ne' ? 'eq' : name === 'notIn' ? 'in' : name;
    const { found, none } = some((text) => operation(positive, text, operand, true));
    if ((positive === name) === truth) return found;
    const isKnown =
      positive === 'in'
        ? sql`(${some().found} OR json_array_length(${operand.bound((list) => JSON.stringify(list))}) = 0)`
        : some().found;
    return sql`(${none} AND ${isKnown})`;
  });
  return all(conditions, truth);
}

/**
 * A StringFilter on texts in several languages, of the record itself or of those around it.
 * @param reached the condition on the id of the record that has the texts
 */
export function someText<Row extends SQLiteTable>(
  field: string,
  reached: (node: AnySQLiteColumn, row: Row, given: Given) => SQL,
): Filter {
  return {
    holds: (row: Row, given, truth) =>
      onSomeText(given, truth, (matches) => {
        const { row: text, from } = given.input.alias(localizedTexts);
        const conditions = [sql`${text.field} = ${field}`, reached(text.nodeId, row, given)];
        if (matches) conditions.push(matches(text.text));
        // Not EXISTS: SQLite would make a join of it, and read all texts for every record.
        const first = sql`(SELECT 1 FROM ${from} WHERE ${sql.join(conditions, sql` AND `)} LIMIT 1)`;
        return { found: sql`${first} IS NOT NULL`, none: sql`${first} IS NULL` };
      }),
  };
}

/**
 * A StringFilter on the names in several languages, and the slug, of the place that a record refers to. There are fewer
 * places than records: those with such a name are found once for all of these.
 */
export function placeText(placeId: AnySQLiteColumn): Filter {
  return {
    holds: (row, given, truth) =>
      onSomeText(given, truth, (matches) => {
        const referred = columnOf(row, placeId);
        if (!matches) return { found: sql`${referred} IS NOT NULL`, none: sql`${referred} IS NULL` };
        const { row: place, from: ofPlaces } = given.input.alias(places);
        const { row: text, from: ofTexts } = given.input.alias(localizedTexts);
        const named = sql`SELECT ${place.id} FROM ${ofPlaces} WHERE ${matches(place.slug)} OR (SELECT 1 FROM ${ofTexts} WHERE ${text.nodeId} = ${place.id} AND ${text.field} = 'name' AND ${matches(text.text)} LIMIT 1) IS NOT NULL`;
        return {
          found: sql`${referred} IN (${named})`,
          none: sql`(${referred} NOT IN (${named}) OR ${referred} IS NULL)`,
        };
      }),
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
