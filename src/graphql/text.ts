import { match } from '@formatjs/intl-localematcher';
import { LRUCache } from 'lru-cache';
import type { Bound, Notation, Unit, Word } from './enums.ts';

/** A text in one language, as the statement gives it: locale, text, 1 when it is the original. */
export type TextRow = readonly [locale: string, text: string, isOriginal: number];

/** The languages that dates, numbers and money are written in. Texts may have others. */
export const FORMAT_LOCALES = ['en', 'zh-Hans'] as const;
type FormatLocale = (typeof FORMAT_LOCALES)[number];

const matches = new LRUCache<string, string>({ max: 5000 });

/** The available language that suits the wanted ones best, or the fallback. */
function negotiate(wanted: readonly string[], available: readonly string[], fallback: string): string {
  const key = `${wanted.join(',')}|${available.join(',')}|${fallback}`;
  let found = matches.get(key);
  if (found === undefined) {
    found = wanted.length === 0 ? fallback : match(wanted, available, fallback, { algorithm: 'best fit' });
    matches.set(key, found);
  }
  return found;
}

/** The languages to try: the argument alone, or what the request prefers; only then that is looked at. */
export function wantedLocales(
  argument: string | null | undefined,
  request: { readonly locales: readonly string[] },
): readonly string[] {
  return argument == null ? request.locales : [argument];
}

/**
 * @param texts of one field, the original first
 * @param wanted best first
 * @returns the text in the language that suits best, else the original; null when there is no text
 */
export function pickText(texts: readonly TextRow[], wanted: readonly string[]): string | null {
  const original = texts.find(([, , isOriginal]) => isOriginal) ?? texts[0];
  if (!original) return null;
  if (wanted.length === 0) return original[1];
  const chosen = negotiate(
    wanted,
    texts.map(([locale]) => locale),
    original[0],
  );
  return (texts.find(([locale]) => locale === chosen) ?? original)[1];
}

/** What is said around a number, where Intl has no words for it. */
const lexicon: Record<
  FormatLocale,
  {
    bound: Record<Word<typeof Bound>, (amount: string) => string>;
    unit: Record<Word<typeof Unit>, [one: string, many: string]>;
    currency: Record<string, string>;
    joined: boolean;
  }
> = {
  en: {
    bound: {
      EXACT: (amount) => amount,
      ABOUT: (amount) => `about ${amount}`,
      MORE_THAN: (amount) => `more than ${amount}`,
      AT_LEAST: (amount) => `at least ${amount}`,
      NEARLY: (amount) => `nearly ${amount}`,
      AT_MOST: (amount) => `at most ${amount}`,
    },
    unit: {
      COUNT: ['', ''],
      PEOPLE: ['person', 'people'],
      VISITS: ['visit', 'visits'],
      COMPANIES: ['company', 'companies'],
      COMPANIES_AND_INSTITUTIONS: ['company or institution', 'companies and institutions'],
      BRANDS: ['brand', 'brands'],
      BOOTHS: ['booth', 'booths'],
      COUNTRIES: ['country or region', 'countries and regions'],
      PROJECTS: ['project', 'projects'],
      PRODUCTS: ['product', 'products'],
      EVENTS: ['event', 'events'],
      DEALS: ['deal', 'deals'],
      AGREEMENTS: ['agreement', 'agreements'],
      INTENTS: ['declared intent', 'declared intents'],
      OUTCOMES: ['outcome', 'outcomes'],
      MONTHS: ['month', 'months'],
      SQUARE_METRE: ['m²', 'm²'],
      SQUARE_FOOT: ['sq ft', 'sq ft'],
      PERCENT: ['%', '%'],
      PERCENTAGE_POINT: ['percentage points', 'percentage points'],
    },
    // CLDR's "Chinese yuan" is not what the press and the readers say.
    currency: { CNY: 'yuan' },
    joined: false,
  },
  'zh-Hans': {
    bound: {
      EXACT: (amount) => amount,
      ABOUT: (amount) => `约${amount}`,
      MORE_THAN: (amount) => `超过${amount}`,
      AT_LEAST: (amount) => `至少${amount}`,
      NEARLY: (amount) => `近${amount}`,
      AT_MOST: (amount) => `至多${amount}`,
    },
    unit: {
      COUNT: ['', ''],
      PEOPLE: ['人', '人'],
      VISITS: ['人次', '人次'],
      COMPANIES: ['家', '家'],
      COMPANIES_AND_INSTITUTIONS: ['家企业和机构', '家企业和机构'],
      BRANDS: ['个品牌', '个品牌'],
      BOOTHS: ['个展位', '个展位'],
      COUNTRIES: ['个国家和地区', '个国家和地区'],
      PROJECTS: ['个项目', '个项目'],
      PRODUCTS: ['件', '件'],
      EVENTS: ['场', '场'],
      DEALS: ['项交易', '项交易'],
      AGREEMENTS: ['项协议', '项协议'],
      INTENTS: ['项意向', '项意向'],
      OUTCOMES: ['项成果', '项成果'],
      MONTHS: ['个月', '个月'],
      SQUARE_METRE: ['平方米', '平方米'],
      SQUARE_FOOT: ['平方英尺', '平方英尺'],
      PERCENT: ['%', '%'],
      PERCENTAGE_POINT: ['个百分点', '个百分点'],
    },
    currency: { CNY: '元' },
    joined: true,
  },
};

/** @returns the language of formatted text, and the tag that numbers and dates are written by */
export function formatLocale(wanted: readonly string[]): { words: FormatLocale; tag: string } {
  const own = wanted.find((tag) => ['en', 'zh'].includes(new Intl.Locale(tag).language));
  const words = own && new Intl.Locale(own).language === 'zh' ? 'zh-Hans' : 'en';
  if (words === 'zh-Hans') return { words, tag: words };
  // Plain English writes the day first (19–22 November 2021); a region that was asked for has its own way.
  return { words, tag: own && own !== 'en' ? own : 'en-GB' };
}

const numberFormats = new LRUCache<string, Intl.NumberFormat>({ max: 200 });

function formatNumber(decimal: string, tag: string, compact: boolean): string {
  const key = `${tag}|${compact}`;
  let format = numberFormats.get(key);
  if (!format) {
    const notation = compact ? ({ notation: 'compact', compactDisplay: 'long' } as const) : {};
    format = new Intl.NumberFormat(tag, { maximumFractionDigits: 20, ...notation });
    numberFormats.set(key, format);
  }
  // Intl reads the digits of a numeric string as they are, without a float between.
  return format.format(decimal as Intl.StringNumericLiteral);
}

/** Digits that a Chinese reader wants in 万 and 亿: all but the odd ones (14,824 stays 14824). */
function readsBetterCompact(decimal: string): boolean {
  return /^-?\d+$/.test(decimal) && decimal.length > 4 && decimal.endsWith('00');
}

/**
 * @param quantity value is an exact decimal
 * @returns "more than 43,000 m²", "超过4.3万平方米"; nothing is rounded
 */
export function formatQuantity(
  quantity: { value: string; unit: Word<typeof Unit>; bound: Word<typeof Bound> },
  wanted: readonly string[],
): string {
  const { words, tag } = formatLocale(wanted);
  const { bound, unit, joined } = lexicon[words];
  const chinese = words === 'zh-Hans';
  const number = formatNumber(quantity.value, tag, chinese && readsBetterCompact(quantity.value));
  const name = unit[quantity.unit][quantity.value === '1' ? 0 : 1];
  const space = joined || name === '' || name === '%' ? '' : ' ';
  return bound[quantity.bound](`${number}${space}${name}`);
}

/**
 * @param money amount is an exact decimal
 * @returns "1.8 trillion yuan", "1.8万亿元"; STANDARD writes all digits; nothing is rounded
 */
export function formatMoney(
  money: { amount: string; currency: string; bound: Word<typeof Bound> },
  notation: Word<typeof Notation>,
  wanted: readonly string[],
): string {
  const { words, tag } = formatLocale(wanted);
  const { bound, currency, joined } = lexicon[words];
  const number = formatNumber(money.amount, tag, notation === 'COMPACT' && money.amount.length > 4);
  const name = currency[money.currency] ?? currencyName(money, tag);
  return bound[money.bound](`${number}${joined ? '' : ' '}${name}`);
}

function currencyName(money: { amount: string; currency: string }, tag: string): string {
  const format = new Intl.NumberFormat(tag, { style: 'currency', currency: money.currency, currencyDisplay: 'name' });
  const named = format.formatToParts(money.amount as Intl.StringNumericLiteral).find(({ type }) => type === 'currency');
  return named?.value ?? money.currency;
}

/**
 * @param startDate ISO 8601, or null when no source tells
 * @param endDate ISO 8601 and inclusive, or null when no source tells
 * @returns "19–22 November 2021", "2021年11月19日至22日"; with no end, "from 12 September 2020", "2020年9月12日起"; with no start, "until 10 November 2018", "至2018年11月10日"; null with neither
 */
export function formatDates(
  startDate: string | null,
  endDate: string | null,
  wanted: readonly string[],
): string | null {
  const { words, tag } = formatLocale(wanted);
  const chinese = words === 'zh-Hans';
  const full = dateFormat(tag, { dateStyle: 'long' });
  if (startDate === null) {
    if (endDate === null) return null;
    const last = full.format(new Date(`${endDate}T00:00:00Z`));
    return chinese ? `至${last}` : `until ${last}`;
  }
  const start = new Date(`${startDate}T00:00:00Z`);
  if (endDate === null) return chinese ? `${full.format(start)}起` : `from ${full.format(start)}`;
  if (endDate === startDate) return full.format(start);
  const end = new Date(`${endDate}T00:00:00Z`);
  if (!chinese) {
    const parts = full.formatRangeToParts(start, end);
    const sameMonth = startDate.slice(0, 7) === endDate.slice(0, 7);
    // CLDR spaces the dash also between two days of one month; typographers do not.
    return parts
      .map(({ value }) => (sameMonth ? value.replace(/^\s*–\s*$/u, '–') : value.replace(/\u2009/gu, ' ')))
      .join('');
  }
  // CLDR's Chinese range is 2021/11/19 – 2021/11/22: so the end is written by Intl, without what it shares with the start.
  const rest: Intl.DateTimeFormatOptions =
    startDate.slice(0, 7) === endDate.slice(0, 7)
      ? { day: 'numeric' }
      : startDate.slice(0, 4) === endDate.slice(0, 4)
        ? { month: 'long', day: 'numeric' }
        : { dateStyle: 'long' };
  return `${full.format(start)}至${dateFormat(tag, rest).format(end)}`;
}

const dateFormats = new LRUCache<string, Intl.DateTimeFormat>({ max: 200 });

function dateFormat(tag: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${tag}|${JSON.stringify(options)}`;
  let format = dateFormats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(tag, { timeZone: 'UTC', ...options });
    dateFormats.set(key, format);
  }
  return format;
}
