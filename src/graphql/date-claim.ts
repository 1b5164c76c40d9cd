import { Field, Int, ObjectType } from 'type-graphql';
import { column } from '../select/origin.ts';
import { dateClaims } from '../store/tables.ts';
import { ClaimStatus, Standing } from './enums.ts';
import { From, LocaleArgument, StoredIn } from './field.ts';
import { text } from './localized-text.ts';
import { Node } from './node.ts';
import { DateScalar } from './scalar.ts';
import { Cited } from './source.ts';

@ObjectType('DateClaim', {
  implements: [Node, Cited],
  description: 'A claim about when an edition is held, where sources differ or plans changed.',
})
@StoredIn(dateClaims)
export class DateClaim {
  @Field(() => DateScalar, { nullable: true, description: 'The first day, by this claim.' })
  @From(column(dateClaims.startDate))
  startDate!: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'The last day, by this claim.' })
  @From(column(dateClaims.endDate))
  endDate!: string | null;

  @Field(() => Int, { nullable: true, description: 'How many days, by this claim.' })
  @From(column(dateClaims.dayCount))
  dayCount!: number | null;

  @Field(() => ClaimStatus, { description: 'Expected before, or reported after.' })
  @From(column(dateClaims.status))
  status!: string;

  @Field(() => Standing, { description: 'PREFERRED where the edition’s own dates follow it.' })
  @From(column(dateClaims.standing))
  standing!: string;

  @Field(() => String, { nullable: true, description: 'What to know before using it.' })
  @LocaleArgument()
  @From(text('note'))
  note!: string | null;
}
