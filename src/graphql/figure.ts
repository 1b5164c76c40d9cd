import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import { Field, ObjectType } from 'type-graphql';
import { column, composed, expression, many, one } from '../select/origin.ts';
import { editions, figureEditions, figures } from '../store/tables.ts';
import { dayOf } from './calendar.ts';
import { Edition } from './edition.ts';
import { ClaimScope, ClaimStatus, Metric, SpaceBasis, Standing } from './enums.ts';
import { From, LocaleArgument, StoredIn } from './field.ts';
import { text } from './localized-text.ts';
import { Node } from './node.ts';
import { Quantity } from './quantity.ts';
import { DateScalar } from './scalar.ts';
import { Cited } from './source.ts';

@ObjectType('Figure', {
  implements: [Node, Cited],
  description: 'A claim about the size of an edition: one number of one source.',
})
@StoredIn(figures)
export class Figure {
  @Field(() => Metric, { description: 'What is counted or measured.' })
  @From(column(figures.metric))
  metric!: string;

  @Field(() => String, { nullable: true, description: 'What exactly, where the metric alone does not tell.' })
  @LocaleArgument()
  @From(text('label'))
  label!: string | null;

  @Field(() => Quantity, { description: 'The number, with its bound.' })
  @From(composed({ value: figures.value, unit: figures.unit, bound: figures.bound }))
  quantity!: Quantity;

  @Field(() => SpaceBasis, {
    nullable: true,
    description:
      'Of exhibition space, whether it is net or gross; null when no source tells. The two are never compared.',
  })
  @From(column(figures.spaceBasis))
  spaceBasis!: string | null;

  @Field(() => ClaimScope, { description: 'Whether it is about one edition, several together, or a part.' })
  @From(column(figures.scope))
  scope!: string;

  @Field(() => Edition, { description: 'The edition whose coverage carried it.' })
  @From(one(editions, (edition, figure: typeof figures) => eq(edition.id, figure.editionId)))
  edition!: Edition;

  @Field(() => [Edition], { description: 'The editions that it is about, oldest first.' })
  @From(
    many(
      editions,
      (edition, figure: typeof figures) =>
        inArray(
          edition.id,
          sql`(SELECT ${figureEditions.editionId} FROM ${figureEditions} WHERE ${figureEditions.figureId} = ${figure.id})`,
        ),
      (edition) => [{ by: edition.chronology }],
    ),
  )
  editions!: Edition[];

  @Field(() => ClaimStatus, { description: 'Target, expected, interim or final.' })
  @From(column(figures.status))
  status!: string;

  @Field(() => DateScalar, { nullable: true, description: 'The day that it describes, where the source names one.' })
  @From(expression((figure: typeof figures) => dayOf(figure.asOf)))
  asOf!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The time, day, month or year that it describes, as close as the source is: "2019-01"; a time is local, "2023-09-23T14:00".',
  })
  @From(column(figures.asOf))
  asOfPeriod!: string | null;

  @Field(() => Standing, { description: 'Its place among the claims about the same thing.' })
  @From(column(figures.standing))
  standing!: string;

  @Field(() => [Figure], { description: 'The other claims about the same thing, in the order of the data.' })
  @From(
    many(
      figures,
      (other, figure: typeof figures) => and(eq(other.subject, figure.subject), ne(other.id, figure.id)),
      (other) => [{ by: other.position }],
    ),
  )
  alternatives!: Figure[];

  @Field(() => String, { nullable: true, description: 'What to know before using it.' })
  @LocaleArgument()
  @From(text('note'))
  note!: string | null;
}
