import { and, eq, inArray, ne, type SQL, sql } from 'drizzle-orm';
import { Field, InputType, ObjectType, Resolver } from 'type-graphql';
import { compares, hasSome, isOneOf, refers } from '../select/filter.ts';
import {
  column,
  composed,
  computed,
  connection,
  expression,
  many,
  nested,
  type OrderKey,
  one,
} from '../select/origin.ts';
import {
  conventions,
  conversions,
  editions,
  fromStoredDecimal,
  signedProjectStatisticEditions,
  signedProjectStatistics,
} from '../store/tables.ts';
import { dayOf } from './calendar.ts';
import { connectionOf } from './connection.ts';
import { Convention, ConventionWhere } from './convention.ts';
import { Edition } from './edition.ts';
import { EditionWhere, startOf } from './edition-where.ts';
import { type Bound, ClaimScope, ClaimStatus, ProjectStage, SliceDimension, Standing, type Word } from './enums.ts';
import { From, LocaleArgument, Paged, RootField, StoredIn } from './field.ts';
import { comparesDecimal, DateFilter, DecimalFilter, Narrows, WhereOf } from './filter.ts';
import { text } from './localized-text.ts';
import { Node } from './node.ts';
import { orderOf } from './order.ts';
import { Money, Quantity } from './quantity.ts';
import { CurrencyCode, DateScalar } from './scalar.ts';
import { Cited } from './source.ts';

@ObjectType('Slice', { description: 'The part that a SUBSET claim is about.' })
export class Slice {
  @Field(() => SliceDimension, { description: 'By what the part was cut out.' })
  @From(column(signedProjectStatistics.sliceDimension))
  dimension!: string;

  @Field(() => String, { description: 'Which part.' })
  @LocaleArgument()
  @From(text('slice'))
  value!: string;
}

/** The editions that a claim is about, as a subquery of their ids. */
function coveredEditions(claim: typeof signedProjectStatistics) {
  const link = signedProjectStatisticEditions;
  return sql`(SELECT ${link.editionId} FROM ${link} WHERE ${link.signedProjectStatisticId} = ${claim.id})`;
}

/** The order of every list of claims. */
export function newestClaimFirst(claim: typeof signedProjectStatistics): OrderKey[] {
  return [{ by: claim.chronology, descending: true }, { by: claim.position }];
}

@WhereOf('SignedProjectStatistic', 'claims about signed projects')
export class SignedProjectStatisticWhere {
  @Narrows(
    () => [ProjectStage],
    'Its stage is one of these. An empty list is false.',
    isOneOf(signedProjectStatistics.stage),
  )
  stage?: string[];

  @Narrows(
    () => [ClaimStatus],
    'Its status is one of these. An empty list is false.',
    isOneOf(signedProjectStatistics.status),
  )
  status?: string[];

  @Narrows(
    () => [ClaimScope],
    'Its scope is one of these. An empty list is false.',
    isOneOf(signedProjectStatistics.scope),
  )
  scope?: string[];

  @Narrows(
    () => [Standing],
    'Its standing is one of these. An empty list is false.',
    isOneOf(signedProjectStatistics.standing),
  )
  standing?: string[];

  @Narrows(() => DecimalFilter, 'How many projects.', comparesDecimal(signedProjectStatistics.projectsValue))
  projects?: DecimalFilter;

  @Narrows(
    () => DecimalFilter,
    'The amount of the investment, in whichever currency: give `currency`, too.',
    comparesDecimal(signedProjectStatistics.investmentAmount),
  )
  investment?: DecimalFilter;

  @Narrows(
    () => [CurrencyCode],
    'The currency of the investment is one of these. An empty list is false.',
    isOneOf(signedProjectStatistics.investmentCurrency),
  )
  currency?: string[];

  @Narrows(
    () => DateFilter,
    'The day that it describes; unknown where the source names only a month or a year.',
    compares(
      (claim: typeof signedProjectStatistics) =>
        sql`CASE WHEN length(${claim.asOf}) >= 10 THEN substr(${claim.asOf}, 1, 10) END`,
    ),
  )
  asOf?: DateFilter;

  @Narrows(() => ConventionWhere, 'The convention.', refers(signedProjectStatistics.conventionId, conventions))
  convention?: ConventionWhere;

  @Narrows(
    () => EditionWhere,
    'At least one edition that the claim is about. It is true or false, never unknown.',
    hasSome(signedProjectStatistics, (given, matches: (edition: typeof editions) => SQL) => {
      const { row: link, from } = given.input.alias(signedProjectStatisticEditions);
      const { row: edition, from: those } = given.input.alias(editions);
      return sql`SELECT ${link.signedProjectStatisticId} FROM ${from} WHERE ${link.editionId} IN (SELECT ${edition.id} FROM ${those} WHERE ${matches(edition)})`;
    }),
  )
  edition?: EditionWhere;
}

@InputType('SignedProjectStatisticListWhere', {
  description:
    'Conditions on the claims about an edition; all that are given must hold. They are true or false, never unknown.',
})
export class SignedProjectStatisticListWhere {
  @Narrows(() => SignedProjectStatisticWhere, 'At least one claim matches.')
  some?: SignedProjectStatisticWhere;

  @Narrows(() => SignedProjectStatisticWhere, 'No claim matches.')
  none?: SignedProjectStatisticWhere;
}

export const SignedProjectStatisticOrder = orderOf<typeof signedProjectStatistics>('SignedProjectStatistic', 'DESC', {
  EDITION_START: [
    'The first day of the edition that reported it, or else of the latest one that it is about.',
    (claim) => [startOf(sql`coalesce(${claim.reportedAtId}, ${latestCovered(claim)})`)],
  ],
  PROJECTS: ['How many projects.', (claim) => [{ by: claim.projectsValue, nullable: true, isWide: true }]],
  INVESTMENT: [
    'The investment. Amounts of different currencies are not compared: those of one currency stand together, the currencies in the order of their codes.',
    (claim) => [
      { by: claim.investmentCurrency, nullable: true, isFixed: true },
      { by: claim.investmentAmount, nullable: true, isWide: true },
    ],
  ],
  AS_OF: ['The day, month or year that it describes.', (claim) => [{ by: claim.asOf, nullable: true }]],
});

/** The latest edition that a claim is about. */
function latestCovered(claim: typeof signedProjectStatistics): SQL {
  const link = signedProjectStatisticEditions;
  return sql`(SELECT ${editions.id} FROM ${link} JOIN ${editions} ON ${editions.id} = ${link.editionId} WHERE ${link.signedProjectStatisticId} = ${claim.id} ORDER BY ${editions.chronology} DESC, ${editions.id} DESC LIMIT 1)`;
}

@ObjectType('SignedProjectStatistic', {
  implements: [Node, Cited],
  description: 'What was signed, or became of it: one claim, by one or more sources, about one or several editions.',
})
@StoredIn(signedProjectStatistics)
export class SignedProjectStatistic {
  @Field(() => Convention, { description: 'The convention.' })
  @From(one(conventions, (convention, claim: typeof signedProjectStatistics) => eq(convention.id, claim.conventionId)))
  convention!: Convention;

  @Field(() => ProjectStage, { description: 'What was counted: the signing, or what became of it.' })
  @From(column(signedProjectStatistics.stage))
  stage!: string;

  @Field(() => ClaimStatus, { description: 'Target, expected, interim or final.' })
  @From(column(signedProjectStatistics.status))
  status!: string;

  @Field(() => ClaimScope, {
    description: 'Whether it is about one edition, several together, or a part. Read it before you add anything up.',
  })
  @From(column(signedProjectStatistics.scope))
  scope!: string;

  @Field(() => [Edition], {
    description: 'What the claim is about, oldest first: one edition for EDITION, two or more for CUMULATIVE.',
  })
  @From(
    many(
      editions,
      (edition, claim: typeof signedProjectStatistics) => inArray(edition.id, coveredEditions(claim)),
      (edition) => [{ by: edition.chronology }],
    ),
  )
  editions!: Edition[];

  @Field(() => Edition, {
    nullable: true,
    description:
      'The edition whose coverage carried it. 1,752 projects were reported at the fourth, about the first three.',
  })
  @From(one(editions, (edition, claim: typeof signedProjectStatistics) => eq(edition.id, claim.reportedAtId)))
  reportedAt!: Edition | null;

  @Field(() => Quantity, { nullable: true, description: 'How many projects; null when the source does not tell.' })
  @From(
    composed({
      value: signedProjectStatistics.projectsValue,
      unit: signedProjectStatistics.projectsUnit,
      bound: signedProjectStatistics.projectsBound,
    }),
  )
  projects!: Quantity | null;

  @Field(() => Money, {
    nullable: true,
    description: 'The investment, in the currency of the source; null when it does not tell.',
  })
  @From(
    composed({
      amount: signedProjectStatistics.investmentAmount,
      currency: signedProjectStatistics.investmentCurrency,
      bound: signedProjectStatistics.investmentBound,
    }),
  )
  investment!: Money | null;

  @Field(() => [Money], { description: 'The same sum in other currencies, as the source prints it; never computed.' })
  @From(
    computed(
      {
        printed: (claim: typeof signedProjectStatistics) =>
          sql<
            [amount: string, currency: string, bound: Word<typeof Bound>][]
          >`(SELECT json_group_array(json_array(CAST(${conversions.amount} AS TEXT), ${conversions.currency}, ${conversions.bound}) ORDER BY ${conversions.position}) FROM ${conversions} WHERE ${conversions.signedProjectStatisticId} = ${claim.id})`,
      },
      ({ printed }) =>
        printed.map(([amount, currency, bound]) => ({ amount: fromStoredDecimal(amount), currency, bound })),
    ),
  )
  conversions!: Money[];

  @Field(() => Quantity, { nullable: true, description: 'The share of the signed projects that reached this stage.' })
  @From(
    composed({
      value: signedProjectStatistics.shareValue,
      unit: 'PERCENT',
      bound: signedProjectStatistics.shareBound,
    }),
  )
  share!: Quantity | null;

  @Field(() => Slice, {
    nullable: true,
    description: 'The part that it is about. Set exactly when the scope is SUBSET.',
  })
  @From(nested((claim: typeof signedProjectStatistics) => sql`${claim.sliceDimension} IS NOT NULL`))
  slice!: Slice | null;

  @Field(() => DateScalar, { nullable: true, description: 'The day that it describes, where the source names one.' })
  @From(expression((claim: typeof signedProjectStatistics) => dayOf(claim.asOf)))
  asOf!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The time, day, month or year that it describes, as close as the source is: "2019-01"; a time is local, "2023-09-23T14:00".',
  })
  @From(column(signedProjectStatistics.asOf))
  asOfPeriod!: string | null;

  @Field(() => Standing, { description: 'Its place among the claims about the same thing.' })
  @From(column(signedProjectStatistics.standing))
  standing!: string;

  @Field(() => [SignedProjectStatistic], {
    description: 'The other claims about the same thing, those of the newest edition first.',
  })
  @From(
    many(
      signedProjectStatistics,
      (other, claim: typeof signedProjectStatistics) => and(eq(other.subject, claim.subject), ne(other.id, claim.id)),
      newestClaimFirst,
    ),
  )
  alternatives!: SignedProjectStatistic[];

  @Field(() => String, { nullable: true, description: 'What to know before using it.' })
  @LocaleArgument()
  @From(text('note'))
  note!: string | null;
}

export const SignedProjectStatisticConnection = connectionOf('SignedProjectStatistic', () => SignedProjectStatistic);

@Resolver()
export class SignedProjectStatisticQueries {
  @RootField(() => SignedProjectStatisticConnection, {
    description:
      'All claims about signed projects. By the edition that reported them, the newest first, then in the order of the data.',
  })
  @Paged({ where: () => SignedProjectStatisticWhere, orderBy: () => SignedProjectStatisticOrder })
  @From(connection(signedProjectStatistics, undefined, newestClaimFirst))
  signedProjectStatistics!: unknown;
}
