import { Field, ObjectType } from 'type-graphql';
import { derived } from '../select/origin.ts';
import { From, LocaleArgument } from './field.ts';
import { URLScalar } from './scalar.ts';
import { type FORMAT_LOCALES, formatLocale, wantedLocales } from './text.ts';

/** The licence of the data, in the words of schema.org. The code has its own. */
export const DATA_LICENSE = {
  identifier: 'CC0-1.0',
  short: 'CC0 1.0',
  url: 'https://creativecommons.org/publicdomain/zero/1.0/',
} as const;

const NAMES = {
  en: 'Creative Commons Zero 1.0 Universal',
  'zh-Hans': 'CC0 1.0 通用（公有领域贡献宣告）',
} as const;

/** @returns the name of the licence */
export function licenseName(language: (typeof FORMAT_LOCALES)[number]): string {
  return NAMES[language];
}

/**
 * @param baseUrl where the service is found, without a slash at the end; null when unknown
 * @returns the line that names the data, ready to be copied; nobody has to
 */
export function creditText(language: (typeof FORMAT_LOCALES)[number], baseUrl: string | null): string {
  const { short } = DATA_LICENSE;
  if (language === 'zh-Hans') return `数据：Expograph${baseUrl === null ? '' : `（${baseUrl}/）`}，${short}`;
  return `Data: Expograph${baseUrl === null ? '' : ` (${baseUrl}/)`}, ${short}`;
}

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
    derived((_source, { locale }: { locale?: string | null }, { locales }) =>
      licenseName(formatLocale(wantedLocales(locale, locales)).words),
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
    derived((_source, { locale }: { locale?: string | null }, { locales, baseUrl }) =>
      creditText(formatLocale(wantedLocales(locale, locales)).words, baseUrl),
    ),
  )
  creditText!: string;
}
