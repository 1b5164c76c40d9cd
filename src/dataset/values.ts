import { z } from 'zod';
import { toStoredDecimal } from '../store/tables.ts';
import * as vocabulary from '../store/vocabulary.ts';
import { didYouMean, severities } from './problems.ts';

/** A word of one of the lists in store/vocabulary.ts; editors show what each means. */
export const word = <List extends Record<string, string>>(of: List) =>
  z.enum(vocabulary.words(of)).meta({ enumDescriptions: Object.values(of) });

/** A count of something. */
export const whole = z.int({ error: ({ code }) => (code === 'invalid_type' ? 'must be a whole number' : undefined) });

/** Refuses what does not survive a round trip through SQLite and JSON. */
const storable: [(value: string) => boolean, string] = [
  (value) => !/(?![\n\t])\p{Cc}|\p{Cs}/u.test(value),
  'must not hold control characters or halves of characters',
];

/** A text that has something to read in it. */
export const text = z
  .string()
  .regex(/\S/, 'must not be empty')
  .refine(...storable);

export const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
export const slug = z
  .string()
  .regex(SLUG, 'must be lower-case words joined by hyphens, like world-manufacturing-convention')
  .max(100);

export const key = slug.describe(
  'Names the record within its edition. Its id is made from it: never change it once published.',
);

export const date = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'must be a date like 2021-11-19', abort: true })
  .refine((value) => isCalendarDate(value), 'must be a day that exists');

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
export const instant = z
  .string()
  .regex(INSTANT, { error: 'must be an instant like 2026-11-24T08:00:00.000Z', abort: true })
  .refine((value) => isInstant(value), 'must be an instant that exists');

/** A year alone is a number in YAML. */
const yearOrText = (error: string) => z.union([z.int(), z.string()], error).transform((value) => String(value));

const PERIOD = /^\d{4}(-\d{2}(-\d{2}(T([01]\d|2[0-3]):[0-5]\d)?)?)?$/;
const PERIOD_ERROR =
  'must be a date like 2021-10-31, with the local time behind it where the source tells it, or a month or year where the source is no closer';
export const asOf = yearOrText(PERIOD_ERROR)
  .pipe(
    z
      .string()
      .regex(PERIOD, { error: PERIOD_ERROR, abort: true })
      .refine((value) => isCalendarDate(value.slice(0, 10).padEnd(10, '-01')), 'must be a day that exists'),
  )
  .meta({
    type: ['string', 'integer'],
    pattern: PERIOD.source,
    description:
      'The day that the claim describes: 2021-10-31. With the local time where the source tells it (2023-09-23T14:00); a month (2019-01) or a year where the source is no closer.',
  });

const MONTH = /^\d{4}(-\d{2})?$/;
const MONTH_ERROR = 'must be a month like 2021-10, or a year';
export const period = yearOrText(MONTH_ERROR)
  .pipe(
    z
      .string()
      .regex(MONTH, { error: MONTH_ERROR, abort: true })
      .refine((value) => isCalendarDate(value.padEnd(10, '-01')), 'must be a month that exists'),
  )
  .meta({
    type: ['string', 'integer'],
    pattern: MONTH.source,
    description: 'The month that was measured, like 2021-10, or a year.',
  });

const LOCALE = /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$/;
export const locale = z
  .string()
  .regex(LOCALE, 'must be a language tag like en or zh-Hans')
  .describe('A BCP 47 language tag: en, zh-Hans.');

export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code like CNY')
  .describe('An ISO 4217 code: CNY, USD.');

export const url = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address', abort: true })
  .refine(...storable)
  .meta({ pattern: '^https?://' });

const magnitudes: Record<string, number> = { thousand: 3, million: 6, billion: 9, trillion: 12 };
const DECIMAL = /^-?\d{1,15}(\.\d+)?( (thousand|million|billion|trillion))?$/;

/** As it is written, or as JavaScript writes it. */
const HUGE = /^-?(\d{16,}|\d(\.\d+)?e\+\d+)/;
const TOO_LARGE = 'is too large: 922 trillion is the most';

/** An exact decimal, "582.18 billion" or 703, read as digits: "582180000000". */
export const decimal = z
  .union([z.number(), z.string()], 'must be a number like 582.18 billion')
  .transform((value) => String(value))
  .pipe(
    z
      .string()
      .refine((value) => !HUGE.test(value), { error: TOO_LARGE, abort: true })
      .regex(
        DECIMAL,
        'must be a number, with thousand, million, billion or trillion behind it if you like: 582.18 billion',
      ),
  )
  .transform((value, context) => {
    const [number = '', magnitude] = value.split(' ');
    const [whole = '', fraction = ''] = number.split('.');
    const shift = magnitude ? (magnitudes[magnitude] ?? 0) : 0;
    const digits = fraction.padEnd(shift, '0');
    const places = digits.slice(shift).replace(/0+$/, '');
    if (places.length > 4) context.addIssue('must have at most four decimal places');
    const moved = (whole + digits.slice(0, shift)).replace(/^(-?)0+(?=\d)/, '$1');
    const exact = places ? `${moved}.${places}` : moved;
    if (places.length <= 4 && !isStorable(exact)) context.addIssue(TOO_LARGE);
    return exact === '-0' ? '0' : exact;
  })
  .meta({
    type: ['number', 'string'],
    pattern: DECIMAL.source,
    description: 'An exact decimal: 703, 91.1, 582.18 billion.',
  });

/** A decimal of what cannot be less than nothing. */
export const amount = decimal
  .refine((value) => !value.startsWith('-'), 'must not be negative')
  .meta({
    type: ['number', 'string'],
    pattern: DECIMAL.source.replace('-?', ''),
    description: 'An exact decimal: 703, 582.18 billion.',
  });

const measured: readonly string[] = ['SQUARE_METRE', 'SQUARE_FOOT', 'PERCENT', 'PERCENTAGE_POINT'];

/** Refuses halves of what is counted: people, projects, companies. */
export const wholeWhereCounted: [(of: { value: string; unit: string }) => boolean, { path: string[]; error: string }] =
  [
    ({ value, unit }) => measured.includes(unit) || !value.includes('.'),
    { path: ['value'], error: 'must be a whole number, because its unit is counted' },
  ];

/** A text in one or several languages. */
export const localized = z
  .union(
    [
      text,
      z
        .object({ original: locale.optional().describe('The language of the source; the others are translations.') })
        .catchall(text)
        .meta({ propertyNames: { pattern: `${LOCALE.source}|^original$` } }),
    ],
    'must be a text, or texts by language like { en: …, zh-Hans: … }',
  )
  .transform((value, context) => {
    if (typeof value === 'string') return { original: undefined, texts: new Map([['en', value]]) };
    const { original, ...rest } = value;
    const texts = new Map<string, string>();
    for (const [tag, translation] of Object.entries(rest)) {
      if (LOCALE.test(tag) && typeof translation === 'string') texts.set(tag, translation);
      else
        context.addIssue({
          code: 'custom',
          path: [tag],
          message: 'is not a language tag like en or zh-Hans',
          params: { isAboutKey: true },
        });
    }
    if (context.issues.length === 0 && texts.size === 0)
      context.addIssue('must give the text in at least one language');
    if (original !== undefined && !texts.has(original))
      context.addIssue({
        code: 'custom',
        path: ['original'],
        message: `must be a language given here; got "${original}"`,
      });
    return { original, texts };
  })
  .meta({ id: 'Localized', description: 'A text in English, or texts by language: { en: …, zh-Hans: … }.' });

export type Localized = z.infer<typeof localized>;

/**
 * @param original the language that the file says is the original
 * @param locales the languages that there is a text in, at least one
 * @param usual the original language of the convention
 * @returns the language of the original
 */
export function originalLocale(original: string | undefined, locales: readonly string[], usual: string): string {
  if (original !== undefined) return original;
  return locales.length > 1 && locales.includes(usual) ? usual : (locales[0] ?? usual);
}

/** Orders languages: English first, then by their tags. */
export function compareLocales(a: string, b: string): number {
  return Number(b === 'en') - Number(a === 'en') || (a < b ? -1 : a > b ? 1 : 0);
}

const citation = z
  .union(
    [
      slug,
      z.strictObject({
        source: slug.describe('The slug of a source.'),
        field: z
          .string()
          .refine(...storable)
          .optional()
          .describe('The field that the source vouches for; without it, the whole record.'),
        note: localized.optional().describe('What to know about this citation.'),
        basis: word(vocabulary.CitationBasis).default('STATED').describe('How the record follows from the source.'),
      }),
    ],
    'must be the slug of a source, or { source, field, note, basis }',
  )
  .transform((value) =>
    typeof value === 'string' ? { source: value, basis: 'STATED' as const, field: undefined, note: undefined } : value,
  )
  .meta({ id: 'Citation', description: 'The slug of a source, or { source, field, note, basis }.' });

export type Citation = z.infer<typeof citation>;

export const citations = z
  .array(citation, 'must be a list of sources')
  .describe('Where it is from: slugs of sources, or { source, field, note, basis }.');

/** At least one source: what nobody vouches for is not published. */
export const requiredCitations = citations.min(1, 'must name at least one source');

const explainable = vocabulary
  .words(vocabulary.DataCheck)
  .filter((check) => severities[check] === 'WARNING' && check !== 'STALE_EXPLANATION');

/** What checks find although it is right, each with its explanation. */
export const knownConflicts = z
  .array(
    z
      .strictObject({
        check: z
          .enum(explainable)
          .meta({ enumDescriptions: explainable.map((check) => vocabulary.DataCheck[check]) })
          .describe('The check whose finding is explained.'),
        explanation: localized.describe('Why it is so, or what is known of it, in your own words. It is published.'),
      })
      .meta({
        id: 'KnownConflict',
        description: 'A finding of a check that is right or cannot be resolved, explained.',
      }),
  )
  .refine((conflicts) => new Set(conflicts.map(({ check }) => check)).size === conflicts.length, {
    error: 'must explain each check once',
  })
  .optional()
  .describe('What the checks find here although it is right, or although nobody can tell what is.');

export type KnownConflict = NonNullable<z.infer<typeof knownConflicts>>[number];

export const bound = word(vocabulary.Bound)
  .default('EXACT')
  .describe('How close the number is, exactly as the source bounds it.');

export const quantity = z
  .strictObject({ value: amount, unit: word(vocabulary.Unit).describe('What is counted or measured.'), bound })
  .refine(...wholeWhereCounted)
  .meta({ id: 'Quantity', description: 'A number, its unit and its bound.' });

export const percentage = z
  .strictObject({ value: decimal, bound })
  .meta({ id: 'Percentage', description: 'A number of per cent, or of percentage points, and its bound.' });

/** A part of a whole, in per cent. */
export const share = z
  .strictObject({ value: amount.refine((value) => Number(value) <= 100, 'must be 100 per cent at most'), bound })
  .meta({ id: 'Share', description: 'A part of a whole in per cent, and its bound.' });

export const money = z
  .strictObject({ amount, currency, bound })
  .meta({ id: 'Money', description: 'An amount as the source prints it, its currency and its bound.' });

/** Whether the day exists. */
export function isCalendarDate(value: string): boolean {
  const parsed = new Date(`${value.slice(0, 10)}T00:00:00Z`);
  return !Number.isNaN(parsed.valueOf()) && parsed.toISOString().startsWith(value.slice(0, 10));
}

function isInstant(value: string): boolean {
  const parsed = new Date(value);
  return !Number.isNaN(parsed.valueOf()) && parsed.toISOString() === value;
}

function isStorable(exact: string): boolean {
  try {
    toStoredDecimal(exact);
    return true;
  } catch {
    return false;
  }
}

const timeZones = new Set(['UTC', ...Intl.supportedValuesOf('timeZone')]);
const currencies = new Set(Intl.supportedValuesOf('currency'));
const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
/** Codes that CLDR names although no country has them. */
const notCountries = new Set(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ']);

/** @returns what is wrong with the name of a time zone, or undefined */
export function problemWithTimeZone(name: string): string | undefined {
  if (!timeZones.has(name) && isAliasOfTimeZone(name)) timeZones.add(name);
  if (timeZones.has(name)) return undefined;
  return `must be an IANA time zone like Asia/Shanghai; got ${JSON.stringify(name)}${didYouMean(name, timeZones)}`;
}

/** The list has one name per zone, but Asia/Kolkata is as good as Asia/Calcutta. Offsets and lower case are not. */
function isAliasOfTimeZone(name: string): boolean {
  if (!/^[A-Z][A-Za-z_]+(\/[A-Z][\w+-]*)+$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    const wrongCase = (zone: string) => zone !== name && zone.toLowerCase() === name.toLowerCase();
    return ![...timeZones].some(wrongCase);
  } catch {
    return false;
  }
}

/** @returns what is wrong with a country's code, or undefined; of what does not look like a code, its shape tells */
export function problemWithCountry(code: string): string | undefined {
  if (!/^[A-Z]{2}$/.test(code)) return undefined;
  const isCurrent = regions.of(code) !== undefined && new Intl.Locale(`und-${code}`).region === code;
  if (isCurrent && !notCountries.has(code)) return undefined;
  return `must be an ISO 3166-1 code like CN; no country has ${JSON.stringify(code)}`;
}

/** @returns what is wrong with a currency's code, or undefined; of what does not look like a code, its shape tells */
export function problemWithCurrency(code: string): string | undefined {
  if (!/^[A-Z]{3}$/.test(code) || currencies.has(code)) return undefined;
  return `must be an ISO 4217 code like CNY; no currency has ${JSON.stringify(code)}`;
}
