import { Field, ObjectType } from 'type-graphql';
import { derived } from '../select/origin.ts';
import { From, LocaleArgument } from './field.ts';
import { creditText, DATA_LICENSE, licenseName } from './license-text.ts';
import { URLScalar } from './scalar.ts';
import { formatLocale, wantedLocales } from './text.ts';

@ObjectType('DataLicense', {
  description:
    'On what terms the data may be used. Facts are free; the rights in the compilation and in the texts of its editors are given up. What sources own, such as their own texts, stays theirs.',
})
export class DataLicense {
  @Field(() => String, { description: 'The identifier of SPDX: CC0-1.0.' })
  @From(derived(() => DATA_LICENSE.identifier))
  identifier!: string;

  @Field(() => String, { description: 'The name.' })
  @LocaleArgument()
  @From(
    derived((_source, { locale }: { locale?: string | null }, context) =>
      licenseName(formatLocale(wantedLocales(locale, context)).words),
    ),
  )
  name!: string;

  @Field(() => URLScalar, { description: 'Where it is explained, with a link to the legal code (schema.org license).' })
  @From(derived(() => DATA_LICENSE.url))
  url!: string;

  @Field(() => String, {
    description:
      'A line that names the data, ready to be copied (schema.org creditText). It is welcome, not demanded; name the source of each number beside it.',
  })
  @LocaleArgument()
  @From(
    derived((_source, { locale }: { locale?: string | null }, context) =>
      creditText(formatLocale(wantedLocales(locale, context)).words, context.baseUrl),
    ),
  )
  creditText!: string;
}
