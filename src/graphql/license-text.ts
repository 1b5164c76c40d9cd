import type { FORMAT_LOCALES } from './text.ts';

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
