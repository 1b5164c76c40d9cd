import { eq } from 'drizzle-orm';
import { Field, ObjectType } from 'type-graphql';
import { column, composed, one } from '../select/origin.ts';
import { economicIndicators, editions, places } from '../store/tables.ts';
import { Edition } from './edition.ts';
import { IndicatorBasis } from './enums.ts';
import { From, LocaleArgument, StoredIn } from './field.ts';
import { text } from './localized-text.ts';
import { Node } from './node.ts';
import { Place } from './place.ts';
import { Quantity } from './quantity.ts';
import { Cited } from './source.ts';

@ObjectType('EconomicIndicator', {
  implements: [Node, Cited],
  description:
    'A figure about the economy of a place that the coverage of an edition quoted. It says nothing about the edition.',
})
@StoredIn(economicIndicators)
export class EconomicIndicator {
  @Field(() => String, { description: 'What is measured.' })
  @LocaleArgument()
  @From(text('name'))
  name!: string;

  @Field(() => Place, { description: 'Where.' })
  @From(one(places, (place, indicator: typeof economicIndicators) => eq(place.id, indicator.placeId)))
  place!: Place;

  @Field(() => String, { description: 'The month or year, in ISO 8601: 2021-10.' })
  @From(column(economicIndicators.period))
  period!: string;

  @Field(() => Quantity, { description: 'The change, in per cent.' })
  @From(composed({ value: economicIndicators.changeValue, unit: 'PERCENT', bound: economicIndicators.changeBound }))
  change!: Quantity;

  @Field(() => IndicatorBasis, { description: 'What the change is measured against.' })
  @From(column(economicIndicators.basis))
  basis!: string;

  @Field(() => Quantity, {
    nullable: true,
    description: 'How much the change differs from that of the period before, in percentage points.',
  })
  @From(
    composed({
      value: economicIndicators.differenceValue,
      unit: 'PERCENTAGE_POINT',
      bound: economicIndicators.differenceBound,
    }),
  )
  differenceFromPrevious!: Quantity | null;

  @Field(() => Edition, { nullable: true, description: 'The edition whose coverage quoted it.' })
  @From(one(editions, (edition, indicator: typeof economicIndicators) => eq(edition.id, indicator.reportedAtId)))
  reportedAt!: Edition | null;
}
