import { and, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import { Field, ObjectType, Resolver } from 'type-graphql';
import { compares, quantifies } from '../select/filter.ts';
import { column, connection, type FieldInput, many, one } from '../select/origin.ts';
import { changes, conventions, editions, places, signedProjectStatistics } from '../store/tables.ts';
import { today } from './calendar.ts';
import { ChangeConnection, newestChangeFirst } from './change.ts';
import { connectionOf } from './connection.ts';
import { ConventionCoverage, conventionCoverage } from './coverage.ts';
import { Edition, EditionConnection } from './edition.ts';
import { EditionListWhere, EditionOrder, EditionWhere } from './edition-where.ts';
import { Cadence } from './enums.ts';
import { ArgumentsOf, From, LocaleArgument, Paged, RootField, StoredIn } from './field.ts';
import { Narrows, StringFilter, someText, WhereOf } from './filter.ts';
import { LocalizedText, text, texts } from './localized-text.ts';
import { Node, SlugOrId, slugOrId, updatedAt } from './node.ts';
import { byText, byUpdatedAt, orderOf } from './order.ts';
import { Place } from './place.ts';
import { DateTime, URLScalar } from './scalar.ts';
import {
  newestClaimFirst,
  SignedProjectStatisticConnection,
  SignedProjectStatisticOrder,
  SignedProjectStatisticWhere,
} from './signed-project-statistic.ts';
import { Cited } from './source.ts';

const ofConvention = (edition: typeof editions, convention: typeof conventions) =>
  eq(edition.conventionId, convention.id);
const oldestFirst = (edition: typeof editions) => [{ by: edition.chronology }];
const newestFirst = (edition: typeof editions) => [{ by: edition.chronology, descending: true }];

/** The latest edition that has opened. */
function isOpened(edition: typeof editions, convention: typeof conventions, input: FieldInput) {
  return and(
    ofConvention(edition, convention),
    isNull(edition.eventStatus),
    sql`${edition.chronology} <= ${today(edition, input)}`,
  );
}

@WhereOf('Convention', 'conventions')
export class ConventionWhere {
  @Narrows(() => StringFilter, 'Its slug.', compares(conventions.slug))
  slug?: StringFilter;

  @Narrows(() => StringFilter, 'Its acronym.', compares(conventions.acronym))
  acronym?: StringFilter;

  @Narrows(
    () => StringFilter,
    'Its name in any language.',
    someText('name', (node, convention: typeof conventions) => eq(node, convention.id)),
  )
  name?: StringFilter;

  @Narrows(
    () => EditionListWhere,
    'Its editions.',
    quantifies(conventions, (given, matches: (edition: typeof editions) => SQL) => {
      const { row, from } = given.input.alias(editions);
      return sql`SELECT ${row.conventionId} FROM ${from} WHERE ${matches(row)}`;
    }),
  )
  editions?: unknown;
}

const ConventionOrder = orderOf<typeof conventions>('Convention', 'ASC', {
  NAME: [
    'The name: in English where there is one, else in its own language.',
    (convention) => [byText(convention.id, 'name')],
  ],
  EDITION_COUNT: [
    'How many editions it has.',
    (convention) => [{ by: sql`(SELECT count(*) FROM ${editions} WHERE ${editions.conventionId} = ${convention.id})` }],
  ],
  LATEST_EDITION: [
    'When its latest edition that has opened began.',
    (convention, input) => [
      {
        by: sql`(SELECT max(${editions.chronology}) FROM ${editions} WHERE ${isOpened(editions, convention, input)})`,
        nullable: true,
      },
    ],
  ],
  UPDATED_AT: ['When an import last changed it.', (convention) => [byUpdatedAt(convention.id)]],
});

@ObjectType('Convention', {
  implements: [Node, Cited],
  description:
    'A series of trade conventions: the World Manufacturing Convention, whose editions are held year by year.',
})
@StoredIn(conventions)
export class Convention {
  @Field(() => String, { description: 'A readable name that never changes.' })
  @From(column(conventions.slug))
  slug!: string;

  @Field(() => String, { description: 'The name.' })
  @LocaleArgument()
  @From(text('name'))
  name!: string;

  @Field(() => [LocalizedText], { description: 'The name in all languages, the original first.' })
  @From(texts('name'))
  names!: LocalizedText[];

  @Field(() => String, {
    nullable: true,
    description: 'What it is also called (schema.org alternateName): a short name in daily use, or one it had before.',
  })
  @LocaleArgument()
  @From(text('alternateName'))
  alternateName!: string | null;

  @Field(() => [LocalizedText], { description: 'What it is also called in all languages, the original first.' })
  @From(texts('alternateName'))
  alternateNames!: LocalizedText[];

  @Field(() => String, { nullable: true, description: 'The acronym: WMC.' })
  @From(column(conventions.acronym))
  acronym!: string | null;

  @Field(() => String, { nullable: true, description: 'What it is, in a sentence or two.' })
  @LocaleArgument()
  @From(text('description'))
  description!: string | null;

  @Field(() => Cadence, { nullable: true, description: 'How often it is held.' })
  @From(column(conventions.cadence))
  cadence!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'When and where it is held, in words: the months, the phases, how the host city changes.',
  })
  @LocaleArgument()
  @From(text('schedule'))
  schedule!: string | null;

  @Field(() => [Place], { description: 'The cities that its editions were or will be held in, by slug.' })
  @From(
    many(
      places,
      (place, convention: typeof conventions) =>
        inArray(
          place.id,
          sql`(SELECT ${editions.cityId} FROM ${editions} WHERE ${editions.conventionId} = ${convention.id})`,
        ),
      (place) => [{ by: place.slug }],
    ),
  )
  cities!: Place[];

  @Field(() => Convention, { nullable: true, description: 'The convention that it has become a part of.' })
  @From(one(conventions, (successor, convention: typeof conventions) => eq(successor.id, convention.mergedIntoId)))
  mergedInto!: Convention | null;

  @Field(() => [Convention], { description: 'The conventions that have become a part of it, by slug.' })
  @From(
    many(
      conventions,
      (merged, convention: typeof conventions) => eq(merged.mergedIntoId, convention.id),
      (merged) => [{ by: merged.slug }],
    ),
  )
  predecessors!: Convention[];

  @Field(() => String, { nullable: true, description: 'What to know about the series: names, numbering, doubts.' })
  @LocaleArgument()
  @From(text('note'))
  note!: string | null;

  @Field(() => URLScalar, { nullable: true, description: 'Its own site.' })
  @From(column(conventions.websiteUrl))
  websiteUrl!: string | null;

  @Field(() => [URLScalar], { description: 'Pages elsewhere that are about the same convention (schema.org sameAs).' })
  @From(column(conventions.sameAs))
  sameAs!: string[];

  @Field(() => [String], { description: 'The industries that it serves.' })
  @From(column(conventions.industries))
  industries!: string[];

  @Field(() => EditionConnection, { description: 'Its editions. The newest first.' })
  @Paged({ where: () => EditionWhere, orderBy: () => EditionOrder })
  @From(connection(editions, ofConvention, (edition) => [{ by: edition.chronology, descending: true }]))
  editions!: unknown;

  @Field(() => Edition, { nullable: true, description: 'The first edition.' })
  @From(one(editions, ofConvention, oldestFirst))
  firstEdition!: Edition | null;

  @Field(() => Edition, {
    nullable: true,
    description: 'The latest edition that has opened, by the calendar where it is held.',
  })
  @From(one(editions, isOpened, newestFirst))
  latestEdition!: Edition | null;

  @Field(() => Edition, {
    nullable: true,
    description:
      'The next edition to open, by the calendar where it is held. One whose days are not known is never the next in its own year: it may be past.',
  })
  @From(
    one(
      editions,
      (edition, convention: typeof conventions, input) =>
        and(
          ofConvention(edition, convention),
          isNull(edition.eventStatus),
          sql`${edition.chronology} > ${today(edition, input)}`,
          // Of one that is to be held this year, or was, nobody knows whether it is still to come.
          sql`(coalesce(${edition.startDate}, ${edition.endDate}) IS NOT NULL OR ${edition.year} || '' > substr(${today(edition, input)}, 1, 4))`,
        ),
      oldestFirst,
    ),
  )
  nextEdition!: Edition | null;

  @Field(() => SignedProjectStatisticConnection, {
    description:
      'All claims about projects signed at its editions. By the edition that reported them, the newest first.',
  })
  @Paged({ where: () => SignedProjectStatisticWhere, orderBy: () => SignedProjectStatisticOrder })
  @From(
    connection(
      signedProjectStatistics,
      (claim, convention: typeof conventions) => eq(claim.conventionId, convention.id),
      newestClaimFirst,
    ),
  )
  signedProjectStatistics!: unknown;

  @Field(() => ConventionCoverage, {
    description:
      'Of how many editions each field is known, by how many independent sources, and when those were read last.',
  })
  @From(conventionCoverage)
  coverage!: ConventionCoverage;

  @Field(() => ChangeConnection, {
    description:
      'What imports did to it and to its editions, also to those that are gone. The newest first; of one import, the convention and then the latest edition.',
  })
  @Paged()
  @From(
    connection(
      changes,
      (change, convention: typeof conventions) => eq(change.conventionId, convention.id),
      (change) => newestChangeFirst(change),
    ),
  )
  changes!: unknown;

  @Field(() => DateTime, { description: 'When an import last changed it or anything that belongs to it.' })
  @From(updatedAt)
  updatedAt!: string;
}

export const ConventionConnection = connectionOf('Convention', () => Convention);

@Resolver()
export class ConventionQueries {
  @RootField(() => Convention, {
    nullable: true,
    description: 'One convention by slug or by id; null when there is none.',
  })
  @From(one(conventions, slugOrId))
  @ArgumentsOf(() => SlugOrId)
  convention!: unknown;

  @RootField(() => ConventionConnection, { description: 'All conventions, by slug.' })
  @Paged({ where: () => ConventionWhere, orderBy: () => ConventionOrder })
  @From(connection(conventions, undefined, (convention) => [{ by: convention.slug }]))
  conventions!: unknown;
}
