import { z } from 'zod';
import * as vocabulary from '../store/vocabulary.ts';
import {
  amount,
  asOf,
  bound,
  citations,
  date,
  instant,
  key,
  knownConflicts,
  locale,
  localized,
  money,
  percentage,
  period,
  quantity,
  requiredCitations,
  share,
  slug,
  text,
  url,
  whole,
  wholeWhereCounted,
  word,
} from './values.ts';

/*
 * What a data file may say. schema/dataset.schema.json is generated from here, so that editors complete and check it.
 * A key has the name of the GraphQL field that it becomes.
 */

const stamp = {
  updatedAt: instant
    .optional()
    .describe(
      'When it last changed, as an export tells it: that of the record around it, or of the file, unless given. Leave it out.',
    ),
};

const record = { knownConflicts, ...stamp };

const claim = {
  status: word(vocabulary.ClaimStatus).describe('How final the claim is.'),
  asOf: asOf.optional(),
  standing: word(vocabulary.Standing)
    .optional()
    .describe(
      'Leave it out: the rule chooses one PREFERRED claim. Set it only to overrule the rule, with a note that says why.',
    ),
  note: localized.optional().describe('What to know about the claim: doubts, contradictions, how it was counted.'),
  citations: requiredCitations,
};

const coverage = {
  scope: word(vocabulary.ClaimScope).default('EDITION').describe('How much of the editions the claim is about.'),
  editions: z
    .array(slug)
    .optional()
    .describe('The editions that it is about, when it is not this one alone: two or more for CUMULATIVE.'),
};

const theme = z
  .strictObject({
    key,
    kind: word(vocabulary.ThemeKind).default('MAIN').describe('MAIN unless told.'),
    text: localized.describe('The theme itself.'),
    citations: requiredCitations,
    ...record,
  })
  .meta({ id: 'Theme' });

const exhibitionArea = z
  .strictObject({
    key,
    name: localized,
    kind: word(vocabulary.ExhibitionAreaKind).describe('What sort of area it is.'),
    focus: localized.optional().describe('What was shown there.'),
    size: quantity.optional().describe('Its floor space.'),
    citations: requiredCitations,
    ...record,
  })
  .meta({ id: 'ExhibitionArea' });

const session = z
  .strictObject({
    key,
    title: localized,
    kind: word(vocabulary.SessionKind).describe('What sort of session it is.'),
    date: date.optional().describe('The day it was held, or the first of several.'),
    endDate: date.optional().describe('The last of several days, inclusive.'),
    citations: requiredCitations,
    ...record,
  })
  .meta({ id: 'Session' });

const appearance = z
  .strictObject({
    key: key
      .optional()
      .describe('Needed only when one person appears twice at an edition; otherwise the speaker’s slug.'),
    speaker: slug.describe('The slug of a speaker.'),
    kind: word(vocabulary.AppearanceKind).describe('In which way the person took part.'),
    session: slug.optional().describe('The key of a session of this edition.'),
    title: localized.optional().describe('The title held then.'),
    affiliation: slug.optional().describe('The slug of an organization.'),
    remarks: localized.optional().describe('What was said, in your own words.'),
    citations: requiredCitations,
    ...record,
  })
  .meta({ id: 'Appearance' });

const participation = z
  .strictObject({
    organization: slug.optional().describe('The slug of an organization; give this or place.'),
    place: slug.optional().describe('The slug of a place; give this or organization.'),
    role: word(vocabulary.ParticipationRole)
      .optional()
      .describe('ORGANIZER among the organizers and GUEST_OF_HONOUR among the guestsOfHonour, unless told.'),
    citations: requiredCitations,
    ...record,
  })
  .refine((value) => (value.organization === undefined) !== (value.place === undefined), {
    error: 'must name either an organization or a place',
    when: ({ value }) => isRecord(value),
  })
  .meta({ id: 'Participation', oneOf: [{ required: ['organization'] }, { required: ['place'] }] });

const figure = z
  .strictObject({
    key,
    metric: word(vocabulary.Metric).describe('What was counted or measured.'),
    label: localized.optional().describe('What was counted, where the metric alone does not tell.'),
    value: amount,
    unit: word(vocabulary.Unit).describe('What the number counts.'),
    bound,
    spaceBasis: word(vocabulary.SpaceBasis)
      .optional()
      .describe('Of exhibition space, whether it is net or gross. Leave it out when the source does not tell.'),
    ...coverage,
    ...claim,
    ...record,
  })
  .refine(...wholeWhereCounted)
  .meta({ id: 'Figure' });

const signedProjectStatistic = z
  .strictObject({
    key,
    stage: word(vocabulary.ProjectStage).describe('What had become of the projects.'),
    ...coverage,
    reportedAt: slug.nullable().optional().describe('The edition whose coverage carried it; this one unless given.'),
    projects: z
      .strictObject({
        value: amount,
        unit: word(vocabulary.Unit).default('PROJECTS').describe('PROJECTS unless told.'),
        bound,
      })
      .refine(...wholeWhereCounted)
      .optional()
      .describe('How many projects.'),
    investment: money.optional().describe('How much money, in the currency of the source.'),
    conversions: z.array(money).default([]).describe('Conversions as the source prints them; never computed.'),
    share: share.optional().describe('The share of the signed projects that reached this stage, in per cent.'),
    slice: z
      .strictObject({
        dimension: word(vocabulary.SliceDimension).describe('What the projects were divided by.'),
        value: localized.describe('The part that the claim is about.'),
      })
      .optional()
      .describe('The part that a SUBSET is about; for SUBSET only.'),
    ...claim,
    ...record,
  })
  .meta({ id: 'SignedProjectStatistic' });

const economicIndicator = z
  .strictObject({
    key,
    name: localized.describe('What was measured.'),
    place: slug.describe('The slug of the place that was measured.'),
    period,
    change: percentage.describe('The change, in per cent.'),
    basis: word(vocabulary.IndicatorBasis).describe('What the change is against.'),
    differenceFromPrevious: percentage.optional().describe('Against the period before, in percentage points.'),
    citations: requiredCitations,
    ...record,
  })
  .meta({ id: 'EconomicIndicator' });

const dateClaim = z
  .strictObject({
    key,
    startDate: date.optional().describe('The first day.'),
    endDate: date.optional().describe('The last day, inclusive.'),
    dayCount: whole.min(1).optional().describe('How many days, where the source says only that.'),
    ...claim,
    ...record,
  })
  .refine((value) => value.startDate ?? value.endDate ?? value.dayCount, {
    error: 'must give a startDate, an endDate or a dayCount',
    when: ({ value }) => isRecord(value),
  })
  .meta({
    id: 'DateClaim',
    anyOf: [{ required: ['startDate'] }, { required: ['endDate'] }, { required: ['dayCount'] }],
  });

const editionNote = z
  .strictObject({
    key,
    kind: word(vocabulary.EditionNoteKind).describe('What the note is about.'),
    text: localized.describe('The note itself, in your own words.'),
    standing: word(vocabulary.Standing).default('PREFERRED').describe('PREFERRED unless told.'),
    citations: requiredCitations,
    ...record,
  })
  .meta({ id: 'EditionNote' });

const YEARS = 'must be a year from 1800 to 2200';

const edition = z
  .strictObject({
    slug: slug.describe('Names the edition everywhere. Its id is made from it: never change it once published.'),
    ordinal: whole.min(1).optional().describe('4 for the fourth edition.'),
    ordinalIsStated: z
      .boolean()
      .default(false)
      .describe('True when a source prints the ordinal; false when it was counted.'),
    year: whole.min(1800, YEARS).max(2200, YEARS).describe('The year in which it begins.'),
    name: localized,
    startDate: date.optional().describe('The first day.'),
    endDate: date.optional().describe('The last day, inclusive. Leave it out when no source tells.'),
    timeZone: text.optional().describe('IANA name, like Asia/Shanghai; the city’s unless given.'),
    eventStatus: word(vocabulary.EventStatus).optional().describe('Only when it was put off or called off.'),
    attendanceMode: word(vocabulary.AttendanceMode).optional().describe('Leave it out when no source tells.'),
    city: slug.optional().describe('The slug of a place.'),
    venue: slug.optional().describe('The slug of the main venue.'),
    subVenues: z.array(slug).default([]).describe('Slugs of further venues.'),
    furtherPlaces: z
      .array(slug)
      .default([])
      .describe(
        'Slugs of further places where parts of it are held: a second city, another country, a whole province.',
      ),
    websiteUrl: url.optional().describe('The edition’s own site.'),
    themes: z.array(theme).default([]),
    exhibitionAreas: z.array(exhibitionArea).default([]).describe('Halls, zones and pavilions.'),
    sessions: z.array(session).default([]).describe('Ceremonies, forums, seminars and the like.'),
    speakers: z.array(appearance).default([]).describe('Who appeared, with the title held then.'),
    organizers: z.array(participation).default([]).describe('Hosts, organisers, co-organisers and supporters.'),
    guestsOfHonour: z.array(participation).default([]).describe('Guest countries, provinces and bodies.'),
    figures: z.array(figure).default([]).describe('Floor space, exhibitors, visitors and other numbers.'),
    signedProjectStatistics: z
      .array(signedProjectStatistic)
      .default([])
      .describe('What was signed, or became of it, as this edition’s coverage tells it.'),
    indicators: z
      .array(economicIndicator)
      .default([])
      .describe('Figures of the economy that the edition’s coverage printed.'),
    dateClaims: z.array(dateClaim).default([]).describe('What the sources say of the dates, where they disagree.'),
    notes: z.array(editionNote).default([]).describe('Plans, outcomes, messages and whatever has no field.'),
    citations: requiredCitations,
    ...record,
  })
  .meta({ id: 'Edition' });

const convention = z
  .strictObject({
    slug: slug.describe('Names the convention everywhere. Its id is made from it: never change it once published.'),
    name: localized,
    alternateName: localized
      .optional()
      .describe('What it is also called: a short name in daily use, or a name it had before.'),
    acronym: text.optional().describe('WMC.'),
    description: localized.optional().describe('What it is, in a sentence or two of your own.'),
    cadence: word(vocabulary.Cadence).optional().describe('How often it is held.'),
    schedule: localized
      .optional()
      .describe('When and where it is held, in words: the months, the phases, how the host city changes.'),
    mergedInto: slug.optional().describe('The slug of the convention that it has become a part of.'),
    note: localized.optional().describe('What to know about the series: names, numbering, doubts.'),
    websiteUrl: url.optional().describe('Its own site.'),
    sameAs: z.array(url).default([]).describe('Pages about the same convention elsewhere.'),
    industries: z.array(text).default([]).describe('The industries it is for, in English.'),
    language: locale
      .default('en')
      .describe('The original language of texts given in several, unless they say otherwise.'),
    citations: citations.default([]),
    editions: z.array(edition).default([]).describe('All of them: an edition that is not listed is removed.'),
    ...record,
  })
  .meta({ id: 'Convention' });

const source = z
  .strictObject({
    slug: slug.describe('Names the source in citations.'),
    kind: word(vocabulary.SourceKind).describe('Who published it.'),
    title: text.describe('The headline, in its own language.'),
    publisher: text.optional().describe('Who published it, and via whom.'),
    url: url.optional().describe('Where it can be read.'),
    linkable: z
      .boolean()
      .default(true)
      .describe('False: the address is known but must not be linked to, so none is given.'),
    publishedOn: date.optional().describe('The day it was published. Leave it out when unknown.'),
    retrievedOn: date.optional().describe('The day it was read.'),
    language: locale.optional().describe('The language it is written in.'),
    isRelay: z
      .boolean()
      .default(false)
      .describe('True for a copy, a mirror or a machine translation on another’s site.'),
    access: word(vocabulary.SourceAccess).optional().describe('How much of it was read.'),
    derivedFrom: slug.optional().describe('The slug of the source that it repeats.'),
    origin: text
      .optional()
      .describe(
        'Whose text it carries or retells: Xinhua for a report of the agency, wherever it was read; "press releases for Hannover Messe" for what its organisers and hosts had sent out. All sources of one origin count as one where independent sources are counted.',
      ),
    note: localized.optional().describe('What to know about the source.'),
    ...record,
  })
  .meta({ id: 'Source', description: 'An article, a page or a paper that citations name.' });

const place = z
  .strictObject({
    slug: slug.describe('Names the place.'),
    kind: word(vocabulary.PlaceKind).describe('What sort of place it is.'),
    name: localized,
    parent: slug.optional().describe('The slug of the place that it lies in.'),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 code like CN')
      .describe('An ISO 3166-1 code: CN.'),
    timeZone: text.optional().describe('IANA name, like Asia/Shanghai.'),
    ...record,
  })
  .meta({ id: 'Place', description: 'A city, province or country.' });

const venue = z
  .strictObject({
    slug: slug.describe('Names the venue.'),
    name: localized,
    city: slug.describe('The slug of the place that it is in.'),
    ...record,
  })
  .meta({ id: 'Venue', description: 'A building or a ground where editions are held.' });

const organization = z
  .strictObject({
    slug: slug.describe('Names the organization.'),
    name: localized,
    websiteUrl: url.optional().describe('Its own site.'),
    ...record,
  })
  .meta({ id: 'Organization', description: 'A body that organises editions or that speakers belong to.' });

const speaker = z
  .strictObject({ slug: slug.describe('Names the speaker.'), name: localized, ...record })
  .meta({ id: 'Speaker', description: 'A person; titles are told per appearance.' });

/** A data file: any of these, in any mixture. */
export const DataFile = z.strictObject({
  sources: z.array(source).default([]).describe('What citations name.'),
  places: z.array(place).default([]).describe('Cities, provinces and countries.'),
  venues: z.array(venue).default([]).describe('Where editions are held.'),
  organizations: z.array(organization).default([]).describe('Organisers, and what speakers belong to.'),
  speakers: z.array(speaker).default([]).describe('Persons.'),
  conventions: z.array(convention).default([]).describe('Conventions, each with all of its editions.'),
  ...stamp,
});

export type DataFile = z.infer<typeof DataFile>;
export type Convention = z.infer<typeof convention>;
export type Edition = z.infer<typeof edition>;
export type DataFileText = z.input<typeof DataFile>;
export type SignedProjectStatistic = z.infer<typeof signedProjectStatistic>;
export type Figure = z.infer<typeof figure>;

/** @returns the JSON Schema (2020-12) of a data file, as editors read it */
export function datasetJsonSchema(): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(DataFile, {
    io: 'input',
    target: 'draft-2020-12',
    override: ({ jsonSchema }) => simplify(jsonSchema),
  });
  return {
    $schema,
    title: 'Expograph data file',
    description:
      'Conventions and what they refer to. A file may hold any of the lists, and refer to those of other files.',
    ...rest,
  };
}

/** Writes alternatives of type as one list of types: an editor's message names every alternative it sees. */
function simplify(schema: z.core.JSONSchema.BaseSchema): void {
  const [first, second] = schema.anyOf ?? [];
  if (typeof first?.type === 'string' && second?.type === 'null')
    Object.assign(schema, first, { type: [first.type, 'null'] });
  if (Array.isArray(schema.type)) delete schema.anyOf;
  // Patterns say it, and every validator knows them.
  delete schema.format;
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
