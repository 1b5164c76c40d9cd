import { Field, ObjectType } from 'type-graphql';
import { derived } from '../select/origin.ts';
import { Bound, Notation, Unit, type Word } from './enums.ts';
import { Argument, From, LocaleArgument } from './field.ts';
import { CurrencyCode, Decimal } from './scalar.ts';
import { formatMoney, formatQuantity, wantedLocales } from './text.ts';

@ObjectType('Quantity', { description: 'One published number, bounded exactly as its source bounds it.' })
export class Quantity {
  @Field(() => Decimal, { description: 'The number.' })
  value!: string;

  @Field(() => Unit, { description: 'What it counts or measures.' })
  unit!: Word<typeof Unit>;

  @Field(() => Bound, {
    description: 'How the source bounds it. Drop this and "more than 43,000" becomes a falsehood.',
  })
  bound!: Word<typeof Bound>;

  @Field(() => String, {
    description: 'Written out with bound and unit, never rounded: "more than 43,000 m²", "超过4.3万平方米".',
  })
  @LocaleArgument()
  @From(
    derived<Quantity, { locale?: string | null }>((quantity, { locale }, context) =>
      formatQuantity(quantity, wantedLocales(locale, context)),
    ),
  )
  text!: string;
}

@ObjectType('Money', { description: 'An amount of money as published: the currency and the bound are the source’s.' })
export class Money {
  @Field(() => Decimal, { description: 'The amount in whole units of the currency.' })
  amount!: string;

  @Field(() => CurrencyCode, { description: 'The currency.' })
  currency!: string;

  @Field(() => Bound, { description: 'How the source bounds it.' })
  bound!: Word<typeof Bound>;

  @Field(() => String, { description: 'Written out, never rounded: "1.8 trillion yuan", "1.8万亿元".' })
  @Argument('notation', () => Notation, { defaultValue: 'COMPACT', description: 'Shortened, or with all digits.' })
  @LocaleArgument()
  @From(
    derived<Money, { locale?: string | null; notation: Word<typeof Notation> }>(
      (money, { locale, notation }, context) => formatMoney(money, notation, wantedLocales(locale, context)),
    ),
  )
  text!: string;
}
