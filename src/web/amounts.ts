import type { Language } from './status.ts';

/** What the press and the readers say, where CLDR has another name. */
const NAMES: Record<Language, Record<string, string>> = { en: { CNY: 'yuan' }, 'zh-Hans': { CNY: '元' } };

/**
 * Writes out a sum, for which the graph has no text.
 * @param decimal an exact decimal
 * @returns all of its digits: "4,495"
 */
export function decimalInWords(decimal: string, language: Language): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 20 }).format(exact(decimal));
}

/**
 * Writes out a sum of money as the graph does those of its claims: shortened, never rounded.
 * @param amount an exact decimal
 * @returns "3.47408 trillion yuan", "3.47408万亿元"
 */
export function moneyInWords(amount: string, currency: string, language: Language): string {
  const shortened = new Intl.NumberFormat(language, {
    ...{ notation: 'compact', compactDisplay: 'long', maximumFractionDigits: 20 },
  }).format(exact(amount));
  const name =
    NAMES[language][currency] ?? new Intl.DisplayNames(language, { type: 'currency' }).of(currency) ?? currency;
  return language === 'en' ? `${shortened} ${name}` : `${shortened}${name}`;
}

/** Intl reads the digits of a numeric string as they are, without a float between. */
function exact(decimal: string): Intl.StringNumericLiteral {
  return decimal as Intl.StringNumericLiteral;
}
