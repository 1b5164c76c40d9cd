import { z } from 'zod';
import * as vocabulary from '../store/vocabulary.ts';

/*
 * What a data file may say. schema/dataset.schema.json is generated from here, so that editors complete and check it.
 * A key has the name of the GraphQL field that it becomes.
 */

const word = <List extends Record<string, string>>(of: List) => z.enum(vocabulary.words(of));

const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens, like world-manufacturing-convention')
  .max(100);
const key = slug.describe('Names the record within its edition. Its id is made from it: never change it once published.');
const date = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date like 2021-11-19')
  .refine(isCalendarDate, 'must be a day that exists');
const asOf = z
  .string()
  .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'must be a date like 2021-10-31, or a month or year where the source is no closer')
  .refine((value) => isCalendarDate(value.padEnd(10, '-01')), 'must be a day that exists')
  .describe('The day that the claim describes: 2021-10-31. A month (2019-01) or a year where the source is no closer.');
const locale = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$/, 'must be a language tag like en or zh-Hans')
  .describe('A BCP 47 language tag: en, zh-Hans.');
const currency = z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code like CNY');
const url = z.url({ protocol: /^https?$/, error: 'must be an http or https address' });

const magnitudes: Record<string, number> = { thousand: 3, million: 6, billion: 9, trillion: 12 };
const decimal = z
  .union([z.number(), z.string()], 'must be a number like 582.18 billion')
  .transform((value) => String(value))
  .pipe(
    z
      .string()
      .regex(
        /^-?\d{1,15}(\.\d+)?( (thousand|million|billion|trillion))?$/,
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
    if (moved.length > 15) context.addIssue('is too large: 15 digits before the point are the most');
    return places ? `${moved}.${places}` : moved;
  })
  .meta({
    type: ['number', 'string'],
    pattern: '^-?\\d{1,15}(\\.\\d+)?( (thousand|million|billion|trillion))?$',
    description: 'An exact decimal: 703, 91.1, "582.18 billion".',
  });

const localized = z
  .union(
    [
      z.string().min(1),
      z
        .object({ original: locale.optional().describe('The language of the source; the others are translations.') })
        .catchall(z.string().min(1)),
    ],
    'must be a text, or texts by language like { en: …, zh-Hans: … }',
  )
  .transform((value, context) => {
    if (typeof value === 'string') return { original: undefined, texts: { en: value } as Record<string, string> };
    const { original, ...rest } = value;
    const texts: Record<string, string> = {};
    for (const [tag, text] of Object.entries(rest)) {
      if (locale.safeParse(tag).success && typeof text === 'string') texts[tag] = text;
      else context.addIssue({ code: 'custom', path: [tag], message: `${tag} is not a language tag like en or zh-Hans` });
    }
    if (Object.keys(texts).length === 0) context.addIssue('must give the text in at least one language');
    if (original !== undefined && !(original in texts))
      context.addIssue({ code: 'custom', path: ['original'], message: `original is ${original}, but there is no text in it` });
    return { original, texts };
  });

const citation = z
  .union(
    [
      slug,
      z.strictObject({
        source: slug,
        field: z.string().optional().describe('The field that the source vouches for; without it, the whole record.'),
        note: localized.optional(),
        basis: word(vocabulary.CitationBasis).default('STATED'),
      }),
    ],
    'must be the slug of a source, or { source, field, note, basis }',
  )
  .transform((value) =>
    typeof value === 'string' ? { source: value, basis: 'STATED' as const, field: undefined, note: undefined } : value,
  );
const citations = z
  .array(citation)
  .min(1, 'must name at least one source')
  .describe('Slugs of sources, or { source, field, note, basis }.');

const bound = word(vocabulary.Bound).default('EXACT');
const quantity = z.strictObject({ value: decimal, unit: word(vocabulary.Unit), bound });
const percentage = z.strictObject({ value: decimal, bound });
const money = z.strictObject({ amount: decimal, currency, bound });

const claim = {
  status: word(vocabulary.ClaimStatus),
  asOf: asOf.optional(),
  standing: word(vocabulary.Standing)
    .optional()
    .describe('Leave it out: the rule chooses one PREFERRED claim. Set it only to overrule the rule, with a note that says why.'),
  note: localized.optional(),
  citations,
};
const coverage = {
  scope: word(vocabulary.ClaimScope).default('EDITION'),
  editions: z
    .array(slug)
    .optional()
    .describe('The editions that it is about, when it is not this one: two or more for CUMULATIVE.'),
};

const theme = z.strictObject({ key, kind: word(vocabulary.ThemeKind).default('MAIN'), text: localized, citations });

const exhibitionArea = z.strictObject({
  key,
  name: localized,
  kind: word(vocabulary.ExhibitionAreaKind),
  focus: localized.optional(),
  size: quantity.optional(),
  citations,
});

const session = z.strictObject({
  key,
  title: localized,
  kind: word(vocabulary.SessionKind),
  date: date.optional(),
  citations,
});

const appearance = z.strictObject({
  key: key.optional().describe('Needed only when one person appears twice at an edition; otherwise the speaker’s slug.'),
  speaker: slug,
  kind: word(vocabulary.AppearanceKind),
  session: slug.optional().describe('The key of a session of this edition.'),
  title: localized.optional().describe('The title held then.'),
  affiliation: slug.optional().describe('The slug of an organization.'),
  remarks: localized.optional().describe('What was said, in your own words.'),
  citations,
});

const participation = z
  .strictObject({
    organization: slug.optional(),
    place: slug.optional(),
    role: word(vocabulary.ParticipationRole).optional(),
    citations,
  })
  .refine((value) => (value.organization === undefined) !== (value.place === undefined), {
    error: 'must name either an organization or a place',
  });

const figure = z.strictObject({
  key,
  metric: word(vocabulary.Metric),
  label: localized.optional().describe('What was counted, where the metric alone does not tell.'),
  value: decimal,
  unit: word(vocabulary.Unit),
  bound,
  ...coverage,
  ...claim,
});

const signedProjectStatistic = z.strictObject({
  key,
  stage: word(vocabulary.ProjectStage),
  ...coverage,
  reportedAt: slug.nullable().optional().describe('The edition whose coverage carried it; this one unless given.'),
  projects: z.strictObject({ value: decimal, unit: word(vocabulary.Unit).default('PROJECTS'), bound }).optional(),
  investment: money.optional(),
  conversions: z.array(money).default([]).describe('Conversions as the source prints them; never computed.'),
  share: percentage.optional().describe('The share of the signed projects that reached this stage, in per cent.'),
  slice: z.strictObject({ dimension: word(vocabulary.SliceDimension), value: localized }).optional(),
  ...claim,
});

const economicIndicator = z.strictObject({
  key,
  name: localized,
  place: slug,
  period: z.string().regex(/^\d{4}(-\d{2})?$/, 'must be a month like 2021-10, or a year'),
  change: percentage,
  basis: word(vocabulary.IndicatorBasis),
  differenceFromPrevious: percentage.optional().describe('Against the period before, in percentage points.'),
  citations,
});

const dateClaim = z
  .strictObject({
    key,
    startDate: date.optional(),
    endDate: date.optional(),
    dayCount: z.int().min(1).optional(),
    ...claim,
  })
  .refine((value) => value.startDate ?? value.endDate ?? value.dayCount, {
    error: 'must give a startDate, an endDate or a dayCount',
  });

const editionNote = z.strictObject({
  key,
  kind: word(vocabulary.EditionNoteKind),
  text: localized,
  standing: word(vocabulary.Standing).default('PREFERRED'),
  citations,
});

const edition = z.strictObject({
  slug,
  ordinal: z.int().min(1).optional(),
  ordinalIsStated: z.boolean().default(false).describe('True when a source prints the ordinal; false when it was counted.'),
  year: z.int().min(1800).max(2200),
  name: localized,
  startDate: date.optional(),
  endDate: date.optional().describe('The last day, inclusive. Leave it out when no source tells.'),
  timeZone: z.string().optional().describe('IANA name; the city’s unless given.'),
  eventStatus: word(vocabulary.EventStatus).optional(),
  attendanceMode: word(vocabulary.AttendanceMode).optional(),
  city: slug.optional(),
  venue: slug.optional(),
  subVenues: z.array(slug).default([]),
  websiteUrl: url.optional(),
  themes: z.array(theme).default([]),
  exhibitionAreas: z.array(exhibitionArea).default([]),
  sessions: z.array(session).default([]),
  speakers: z.array(appearance).default([]),
  organizers: z.array(participation).default([]),
  guestsOfHonour: z.array(participation).default([]),
  figures: z.array(figure).default([]),
  signedProjectStatistics: z.array(signedProjectStatistic).default([]),
  indicators: z.array(economicIndicator).default([]),
  dateClaims: z.array(dateClaim).default([]),
  notes: z.array(editionNote).default([]),
  citations,
});

const convention = z.strictObject({
  slug,
  name: localized,
  acronym: z.string().optional(),
  description: localized.optional(),
  cadence: word(vocabulary.Cadence).optional(),
  websiteUrl: url.optional(),
  sameAs: z.array(url).default([]),
  industries: z.array(z.string()).default([]),
  language: locale.default('en').describe('The original language of texts given in several, unless they say otherwise.'),
  citations: z.array(citation).default([]),
  editions: z.array(edition).default([]),
});

const source = z.strictObject({
  slug,
  kind: word(vocabulary.SourceKind),
  title: z.string().min(1),
  publisher: z.string().optional(),
  url: url.optional(),
  linkable: z.boolean().default(true).describe('False: the address is known but must not be linked to, so none is given.'),
  publishedOn: date.optional(),
  retrievedOn: date.optional(),
  language: locale.optional(),
  isRelay: z.boolean().default(false).describe('True for a copy, a mirror or a machine translation on another’s site.'),
  access: word(vocabulary.SourceAccess).optional(),
  derivedFrom: slug.optional(),
  note: localized.optional(),
});

const place = z.strictObject({
  slug,
  kind: word(vocabulary.PlaceKind),
  name: localized,
  parent: slug.optional(),
  country: z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 code like CN'),
  timeZone: z.string().optional(),
});

const venue = z.strictObject({ slug, name: localized, city: slug });
const organization = z.strictObject({ slug, name: localized, websiteUrl: url.optional() });
const speaker = z.strictObject({ slug, name: localized });

/** A data file: any of these, in any mixture. */
export const DataFile = z.strictObject({
  sources: z.array(source).default([]),
  places: z.array(place).default([]),
  venues: z.array(venue).default([]),
  organizations: z.array(organization).default([]),
  speakers: z.array(speaker).default([]),
  conventions: z.array(convention).default([]),
});

export type DataFile = z.infer<typeof DataFile>;
export type Localized = z.infer<typeof localized>;
export type Citation = z.infer<typeof citation>;
export type Convention = z.infer<typeof convention>;
export type Edition = z.infer<typeof edition>;
export type SignedProjectStatistic = z.infer<typeof signedProjectStatistic>;
export type Figure = z.infer<typeof figure>;

function isCalendarDate(value: string): boolean {
  const parsed = new Date(`${value.slice(0, 10)}T00:00:00Z`);
  return !Number.isNaN(parsed.valueOf()) && parsed.toISOString().startsWith(value.slice(0, 10));
}

/** @returns the JSON Schema (2020-12) of a data file, as editors read it */
export function datasetJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(DataFile, { io: 'input', target: 'draft-2020-12' });
}
