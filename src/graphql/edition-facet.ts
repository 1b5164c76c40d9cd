import { eq, type SQL, sql } from 'drizzle-orm';
import { Field, Int, ObjectType } from 'type-graphql';
import { derived, type FieldInput, summary } from '../select/origin.ts';
import { conventions, type editions, places } from '../store/tables.ts';
import { statusToday } from './calendar.ts';
import { EditionFacet, type Word } from './enums.ts';
import { Argument, From, LocaleArgument } from './field.ts';
import { type Labelled, labelOf } from './label.ts';
import { textsOf } from './localized-text.ts';
import type { TextRow } from './text.ts';

type Row = typeof editions;

@ObjectType('FacetBucket', { description: 'One value, and how many of the list have it.' })
export class FacetBucket {
  @Field(() => String, {
    description: 'The value: a year ("2021"), a country code ("CN"), the slug of a city or a convention, a status.',
  })
  value!: string;

  @Field(() => String, { description: 'The value in words.' })
  @LocaleArgument()
  @From(
    derived<Labelled, { locale?: string | null }>((bucket, { locale }, context) => labelOf(bucket, locale, context)),
  )
  label!: string;

  @Field(() => Int, { description: 'How many.' })
  count!: number;
}

@ObjectType('Facet', { description: 'A list of editions counted by one thing.' })
export class Facet {
  @Field(() => EditionFacet, { description: 'By what.' })
  by!: Word<typeof EditionFacet>;

  @Field(() => [FacetBucket], {
    description: 'Each value that is found in the list. Editions of which it is unknown are in none.',
  })
  buckets!: FacetBucket[];
}

/** One value and its names, from the SQL of what to group by. */
interface Grouping {
  by: SQL;
  value: SQL;
  texts?: SQL;
  order?: SQL;
}

const grouped: Record<Word<typeof EditionFacet>, (edition: Row, input: FieldInput) => Grouping> = {
  YEAR: ({ year }) => ({ by: sql`${year}`, value: sql`CAST(grouped AS TEXT)`, order: sql`grouped DESC` }),
  STATUS: (edition, input) => ({ by: statusToday(edition, input), value: sql`grouped` }),
  COUNTRY: ({ cityId }) => ({
    by: sql`(SELECT ${places.country} FROM ${places} WHERE ${eq(places.id, cityId)})`,
    value: sql`grouped`,
  }),
  CITY: ({ cityId }) => ({
    by: sql`${cityId}`,
    value: sql`(SELECT ${places.slug} FROM ${places} WHERE ${places.id} = grouped)`,
    texts: textsOf(sql`grouped`, 'name'),
  }),
  CONVENTION: ({ conventionId }) => ({
    by: sql`${conventionId}`,
    value: sql`(SELECT ${conventions.slug} FROM ${conventions} WHERE ${conventions.id} = grouped)`,
    texts: textsOf(sql`grouped`, 'name'),
  }),
};

const isFacet = (word: unknown): word is Word<typeof EditionFacet> =>
  typeof word === 'string' && Object.hasOwn(grouped, word);

type Counted = [by: Word<typeof EditionFacet>, buckets: [value: string, count: number, texts: TextRow[]][]];

/** Counts a list of editions, whatever the page. */
export const facets: readonly PropertyDecorator[] = [
  Field(() => [Facet], { description: 'The whole list, on all pages together, counted by one thing or several.' }),
  Argument('by', () => [EditionFacet], {
    description: 'By what; one facet for each, in this order. One named again is ignored.',
  }),
  From(
    summary<Row, Counted[]>(
      (edition, rows, input) => {
        const form = input.given('by')?.form;
        const wanted = Array.isArray(form) ? [...new Set(form.filter(isFacet))] : [];
        const counted = wanted.map((facet) => {
          const { by, value, texts = sql`json('[]')`, order = sql`count DESC, value` } = grouped[facet](edition, input);
          const groups = sql`SELECT ${by} AS grouped, count(*) AS count ${rows} GROUP BY 1`;
          const values = sql`SELECT grouped, ${value} AS value, count FROM (${groups}) WHERE grouped IS NOT NULL ORDER BY ${order}`;
          return sql`json_array(${sql.raw(`'${facet}'`)}, (SELECT json_group_array(json_array(value, count, ${texts})) FROM (${values})))`;
        });
        return sql`json_array(${sql.join(counted, sql`, `)})`;
      },
      (counted) =>
        counted.map(([by, buckets]) => ({
          by,
          buckets: buckets.map(([value, count, texts]) => ({ by, value, count, texts })),
        })),
    ),
  ),
];
