import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import type { GraphQLResolveInfo } from 'graphql';
import { Args, Ctx, Field, Info, ObjectType, Query, Resolver } from 'type-graphql';
import { column, computed, connection, many, nested, type OrderKey, one } from '../select/origin.ts';
import { type SelectContext, select } from '../select/select.ts';
import {
  conventions,
  conversions,
  editions,
  fromStoredDecimal,
  signedProjectStatisticEditions,
  signedProjectStatistics,
} from '../store/tables.ts';
import { connectionOf } from './connection.ts';
import { Convention } from './convention.ts';
import { Edition } from './edition.ts';
import { type Bound, ClaimScope, ClaimStatus, ProjectStage, SliceDimension, Standing, type Word } from './enums.ts';
import { From, LocaleArgument, Page, StoredIn } from './field.ts';
import { text } from './localized-text.ts';
import { Node } from './node.ts';
import { Money, Quantity, quantity } from './quantity.ts';
import { DateScalar } from './scalar.ts';
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
    computed(
      {
        value: signedProjectStatistics.projectsValue,
        unit: signedProjectStatistics.projectsUnit,
        bound: signedProjectStatistics.projectsBound,
      },
      ({ value, unit, bound }) => quantity(value, unit, bound),
    ),
  )
  projects!: Quantity | null;

  @Field(() => Money, {
    nullable: true,
    description: 'The investment, in the currency of the source; null when it does not tell.',
  })
  @From(
    computed(
      {
        amount: signedProjectStatistics.investmentAmount,
        currency: signedProjectStatistics.investmentCurrency,
        bound: signedProjectStatistics.investmentBound,
      },
      (investment) => (investment.amount === null ? null : investment),
    ),
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
    computed(
      { value: signedProjectStatistics.shareValue, bound: signedProjectStatistics.shareBound },
      ({ value, bound }) => quantity(value, 'PERCENT', bound),
    ),
  )
  share!: Quantity | null;

  @Field(() => Slice, {
    nullable: true,
    description: 'The part that it is about. Set exactly when the scope is SUBSET.',
  })
  @From(nested((claim: typeof signedProjectStatistics) => sql`${claim.sliceDimension} IS NOT NULL`))
  slice!: Slice | null;

  @Field(() => DateScalar, { nullable: true, description: 'The day that it describes, where the source names one.' })
  @From(computed({ asOf: signedProjectStatistics.asOf }, ({ asOf }) => (asOf?.length === 10 ? asOf : null)))
  asOf!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The day, month or year that it describes, as close as the source is: "2019-01".',
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
  @Query(() => SignedProjectStatisticConnection, {
    description:
      'All claims about signed projects. By the edition that reported them, the newest first, then in the order of the data.',
  })
  @From(connection(signedProjectStatistics, undefined, newestClaimFirst))
  signedProjectStatistics(
    @Args(() => Page) _page: Page,
    @Info() info: GraphQLResolveInfo,
    @Ctx() context: SelectContext,
  ): unknown {
    return select(info, context);
  }
}
