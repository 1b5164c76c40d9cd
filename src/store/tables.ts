import { getTableName, type SQL, sql } from 'drizzle-orm';
import {
  type AnySQLiteColumn,
  check,
  customType,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';
import * as vocabulary from './vocabulary.ts';

/** Decimals are stored as whole ten-thousandths, so that they compare, sort and add without drift. */
const DECIMAL_PLACES = 4;

/**
 * @param decimal a decimal with at most four places: "582180000000", "91.1"
 * @returns the stored integer, in ten-thousandths
 * @throws RangeError when it is no decimal, has more places, or does not fit 64 bits
 */
export function toStoredDecimal(decimal: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d{1,4}))?$/.exec(decimal);
  if (!match) throw new RangeError(`${decimal} is not a decimal with at most ${DECIMAL_PLACES} places.`);
  const [, sign = '', whole = '', fraction = ''] = match;
  const stored = BigInt(`${sign}${whole}${fraction.padEnd(DECIMAL_PLACES, '0')}`);
  if (stored !== BigInt.asIntN(64, stored)) throw new RangeError(`${decimal} is too large to store.`);
  return stored;
}

/**
 * @param stored ten-thousandths, as SQLite prints the integer
 * @returns the decimal without trailing zeros: "91.1"
 */
export function fromStoredDecimal(stored: string): string {
  const sign = stored.startsWith('-') ? '-' : '';
  const digits = stored.slice(sign.length).padStart(DECIMAL_PLACES + 1, '0');
  const fraction = digits.slice(-DECIMAL_PLACES).replace(/0+$/, '');
  return `${sign}${digits.slice(0, -DECIMAL_PLACES)}${fraction && `.${fraction}`}`;
}

const decimal = customType<{ data: string; driverData: bigint }>({
  dataType: () => 'integer',
  toDriver: toStoredDecimal,
  fromDriver: (stored) => fromStoredDecimal(String(stored)),
});

const flag = (name: string) => integer(name, { mode: 'boolean' });
const list = (name: string) => text(name, { mode: 'json' }).$type<string[]>();
const word = <List extends Record<string, string>>(name: string, of: List) =>
  text(name, { enum: vocabulary.words(of) });

/** Checks that a column holds a word of its list; null passes. */
const oneOf = (column: AnySQLiteColumn, of: Record<string, string>) =>
  check(
    `${getTableName(column.table)}_${column.name}_word`,
    sql`${column} IN (${sql.raw(
      Object.keys(of)
        .map((one) => `'${one}'`)
        .join(', '),
    )})`,
  );

/** Checks the shape of an ISO 8601 date, or with `orPeriod` also of a local time on it, a month or a year; null passes. */
const isoDate = (name: string, column: AnySQLiteColumn, orPeriod = false): ReturnType<typeof check> => {
  const date = sql`${column} GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'`;
  const period: SQL = sql`${date} OR ${column} GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]' OR ${column} GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]' OR ${column} GLOB '[0-9][0-9][0-9][0-9]'`;
  return check(name, orPeriod ? period : date);
};

/**
 * Every record that has texts or citations, or that can be found by its id.
 * The checksum covers the record and what belongs to it; it moves `updatedAt`, never the data.
 */
export const nodes = sqliteTable(
  'nodes',
  {
    id: text('id').primaryKey(),
    type: text('type').notNull(),
    /** What names it in the data files: a slug, or "<edition slug>/<key>". Null until it is imported again by a version that keeps it. */
    path: text('path'),
    /** The part of the dataset that owns it: "convention:<slug>", "sources", "places" … */
    document: text('document').notNull(),
    checksum: integer('checksum').notNull(),
    updatedAt: text('updated_at').notNull(),
  },
  (node) => [index('nodes_by_document').on(node.document)],
);

const nodeId = () =>
  text('id')
    .primaryKey()
    .references(() => nodes.id, { onDelete: 'cascade' });

/** One row, kept by the import: what the whole of the data is at. */
export const dataset = sqliteTable(
  'dataset',
  {
    id: integer('id').primaryKey(),
    version: text('version').notNull(),
    updatedAt: text('updated_at').notNull(),
  },
  (row) => [check('dataset_single_row', sql`${row.id} = 1`)],
);

/** WITHOUT ROWID, which drizzle cannot say: a text stands where it is looked up, and half the time of an answer is texts. */
export const localizedTexts = sqliteTable(
  'localized_texts',
  {
    nodeId: text('node_id')
      .notNull()
      .references(() => nodes.id, { onDelete: 'cascade' }),
    /** The field that it belongs to: "name", "title", "citations.0.note". */
    field: text('field').notNull(),
    locale: text('locale').notNull(),
    text: text('text').notNull(),
    isOriginal: flag('is_original').notNull(),
  },
  (row) => [primaryKey({ columns: [row.nodeId, row.field, row.locale] })],
);

/**
 * The records that search can find, and those whose names find others, each with a number that ends with what it is: so
 * that much of a search is done with numbers alone. `SEARCH_CODES` has the ends.
 */
export const searchRecords = sqliteTable(
  'search_records',
  {
    number: integer('number').primaryKey(),
    recordId: text('record_id')
      .notNull()
      .references(() => nodes.id, { onDelete: 'cascade' }),
  },
  (row) => [uniqueIndex('search_records_by_record').on(row.recordId)],
);

/** The last four bits of the number of a record. */
export const SEARCH_CODES = {
  Convention: 1,
  Edition: 2,
  Place: 3,
  Venue: 4,
  Organization: 5,
  Speaker: 6,
  Theme: 7,
  ExhibitionArea: 8,
} as const;

/** A text has the number of its record, and so many bits behind it. */
export const SEARCH_TEXT_BITS = 16;

/**
 * The texts that search looks through: those of the fields that can be found, and the acronyms, whose locale is "und".
 * Triggers keep it in step with `localized_texts`, `conventions` and `appearances`, and the full-text index with it.
 */
export const searchTexts = sqliteTable(
  'search_texts',
  {
    /** The document of the full-text index. It begins with the number of a record: of an appearance, the speaker's. */
    id: integer('id').primaryKey(),
    nodeId: text('node_id')
      .notNull()
      .references(() => nodes.id, { onDelete: 'cascade' }),
    field: text('field').notNull(),
    locale: text('locale').notNull(),
    text: text('text').notNull(),
  },
  (row) => [uniqueIndex('search_texts_by_node').on(row.nodeId, row.field, row.locale)],
);

export const sources = sqliteTable(
  'sources',
  {
    id: nodeId(),
    slug: text('slug').notNull(),
    kind: word('kind', vocabulary.SourceKind).notNull(),
    title: text('title').notNull(),
    publisher: text('publisher'),
    /** Null also where the source must not be linked to. */
    url: text('url'),
    publishedOn: text('published_on'),
    retrievedOn: text('retrieved_on'),
    language: text('language'),
    /** False: there is an address, but it must not be linked to. */
    linkable: flag('linkable').notNull().default(true),
    isRelay: flag('is_relay').notNull(),
    access: word('access', vocabulary.SourceAccess),
    derivedFromId: text('derived_from_id').references((): AnySQLiteColumn => sources.id),
    /** Whose text it carries or retells: all sources of one origin count as one. */
    origin: text('origin'),
    /** Orders sources by publication; undated ones come before all others. */
    chronology: text('chronology')
      .notNull()
      .generatedAlwaysAs((): SQL => sql`coalesce(published_on, '')`, { mode: 'stored' }),
  },
  (source) => [
    uniqueIndex('sources_by_slug').on(source.slug),
    index('sources_by_chronology').on(source.chronology, source.id),
    index('sources_by_kind').on(source.kind, source.publishedOn, source.id),
    index('sources_by_derived_from').on(source.derivedFromId),
    oneOf(source.kind, vocabulary.SourceKind),
    oneOf(source.access, vocabulary.SourceAccess),
    isoDate('sources_published_on_date', source.publishedOn),
    isoDate('sources_retrieved_on_date', source.retrievedOn),
  ],
);

export const citations = sqliteTable(
  'citations',
  {
    nodeId: text('node_id')
      .notNull()
      .references(() => nodes.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
    sourceId: text('source_id')
      .notNull()
      .references(() => sources.id),
    /** The field that it vouches for; null: the record as a whole. */
    field: text('field'),
    basis: word('basis', vocabulary.CitationBasis).notNull(),
  },
  (citation) => [
    primaryKey({ columns: [citation.nodeId, citation.position] }),
    index('citations_by_source').on(citation.sourceId),
    oneOf(citation.basis, vocabulary.CitationBasis),
  ],
);

/** What checks find of a record although it is right, with the explanation among its texts: "knownConflicts.0.explanation". */
export const knownConflicts = sqliteTable(
  'known_conflicts',
  {
    nodeId: text('node_id')
      .notNull()
      .references(() => nodes.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
    check: word('check', vocabulary.DataCheck).notNull(),
  },
  (conflict) => [
    primaryKey({ columns: [conflict.nodeId, conflict.position] }),
    oneOf(conflict.check, vocabulary.DataCheck),
  ],
);

export const places = sqliteTable(
  'places',
  {
    id: nodeId(),
    slug: text('slug').notNull(),
    kind: word('kind', vocabulary.PlaceKind).notNull(),
    parentId: text('parent_id').references((): AnySQLiteColumn => places.id),
    country: text('country').notNull(),
    timeZone: text('time_zone'),
  },
  (place) => [
    uniqueIndex('places_by_slug').on(place.slug),
    index('places_by_parent').on(place.parentId),
    index('places_by_country').on(place.country),
    oneOf(place.kind, vocabulary.PlaceKind),
  ],
);

export const venues = sqliteTable(
  'venues',
  {
    id: nodeId(),
    slug: text('slug').notNull(),
    cityId: text('city_id')
      .notNull()
      .references(() => places.id),
  },
  (venue) => [uniqueIndex('venues_by_slug').on(venue.slug), index('venues_by_city').on(venue.cityId)],
);

export const organizations = sqliteTable(
  'organizations',
  {
    id: nodeId(),
    slug: text('slug').notNull(),
    websiteUrl: text('website_url'),
  },
  (organization) => [uniqueIndex('organizations_by_slug').on(organization.slug)],
);

export const speakers = sqliteTable(
  'speakers',
  {
    id: nodeId(),
    slug: text('slug').notNull(),
    /** The name that lists are ordered by: in Latin script where one is known. */
    sortName: text('sort_name').notNull(),
    /** How many appearances there are, and at how many editions. Triggers on appearances keep them. */
    appearanceCount: integer('appearance_count').notNull().default(0),
    editionCount: integer('edition_count').notNull().default(0),
  },
  (speaker) => [
    index('speakers_by_appearance_count').on(speaker.appearanceCount, speaker.id),
    index('speakers_by_edition_count').on(speaker.editionCount, speaker.id),
    uniqueIndex('speakers_by_slug').on(speaker.slug),
    index('speakers_by_sort_name').on(speaker.sortName, speaker.id),
  ],
);

export const conventions = sqliteTable(
  'conventions',
  {
    id: nodeId(),
    slug: text('slug').notNull(),
    acronym: text('acronym'),
    cadence: word('cadence', vocabulary.Cadence),
    websiteUrl: text('website_url'),
    sameAs: list('same_as').notNull(),
    industries: list('industries').notNull(),
    /** What it has become a part of. */
    mergedIntoId: text('merged_into_id').references((): AnySQLiteColumn => conventions.id, { onDelete: 'set null' }),
  },
  (convention) => [
    index('conventions_by_merged_into').on(convention.mergedIntoId),
    uniqueIndex('conventions_by_slug').on(convention.slug),
    oneOf(convention.cadence, vocabulary.Cadence),
    check('conventions_same_as_json', sql`json_valid(${convention.sameAs})`),
    check('conventions_industries_json', sql`json_valid(${convention.industries})`),
  ],
);

export const editions = sqliteTable(
  'editions',
  {
    id: nodeId(),
    slug: text('slug').notNull(),
    conventionId: text('convention_id')
      .notNull()
      .references(() => conventions.id),
    ordinal: integer('ordinal'),
    ordinalIsStated: flag('ordinal_is_stated').notNull(),
    year: integer('year').notNull(),
    startDate: text('start_date'),
    endDate: text('end_date'),
    timeZone: text('time_zone'),
    eventStatus: word('event_status', vocabulary.EventStatus),
    attendanceMode: word('attendance_mode', vocabulary.AttendanceMode),
    cityId: text('city_id').references(() => places.id),
    venueId: text('venue_id').references(() => venues.id),
    websiteUrl: text('website_url'),
    /** Orders editions in time, by the last day where the first is unknown; those of no known date come last in their year. */
    chronology: text('chronology')
      .notNull()
      .generatedAlwaysAs((): SQL => sql`coalesce(start_date, end_date, year || '-13')`, { mode: 'stored' }),
    /** In its file: of claims that are equal otherwise, the first is preferred. */
    position: integer('position').notNull().default(0),
  },
  (edition) => [
    uniqueIndex('editions_by_slug').on(edition.slug),
    index('editions_by_chronology').on(edition.chronology, edition.id),
    index('editions_by_year').on(edition.year, edition.chronology, edition.id),
    index('editions_by_start_date').on(edition.startDate, edition.id),
    index('editions_by_end_date').on(edition.endDate, edition.id),
    index('editions_by_convention').on(edition.conventionId, edition.chronology, edition.id),
    index('editions_by_city').on(edition.cityId, edition.chronology),
    index('editions_by_venue').on(edition.venueId),
    oneOf(edition.eventStatus, vocabulary.EventStatus),
    oneOf(edition.attendanceMode, vocabulary.AttendanceMode),
    isoDate('editions_start_date_date', edition.startDate),
    isoDate('editions_end_date_date', edition.endDate),
    check('editions_dates_in_order', sql`${edition.endDate} >= ${edition.startDate}`),
    check('editions_ordinal_positive', sql`${edition.ordinal} > 0`),
  ],
);

const editionId = () =>
  text('edition_id')
    .notNull()
    .references(() => editions.id);

export const editionSubVenues = sqliteTable(
  'edition_sub_venues',
  {
    editionId: editionId(),
    venueId: text('venue_id')
      .notNull()
      .references(() => venues.id),
    position: integer('position').notNull(),
  },
  (row) => [
    primaryKey({ columns: [row.editionId, row.venueId] }),
    index('edition_sub_venues_by_venue').on(row.venueId),
  ],
);

export const editionFurtherPlaces = sqliteTable(
  'edition_further_places',
  {
    editionId: editionId(),
    placeId: text('place_id')
      .notNull()
      .references(() => places.id),
    position: integer('position').notNull(),
  },
  (row) => [
    primaryKey({ columns: [row.editionId, row.placeId] }),
    index('edition_further_places_by_place').on(row.placeId),
  ],
);

export const dateClaims = sqliteTable(
  'date_claims',
  {
    id: nodeId(),
    editionId: editionId(),
    startDate: text('start_date'),
    endDate: text('end_date'),
    dayCount: integer('day_count'),
    asOf: text('as_of'),
    status: word('status', vocabulary.ClaimStatus).notNull(),
    standing: word('standing', vocabulary.Standing).notNull(),
    position: integer('position').notNull(),
  },
  (claim) => [
    index('date_claims_by_edition').on(claim.editionId, claim.position),
    oneOf(claim.status, vocabulary.ClaimStatus),
    oneOf(claim.standing, vocabulary.Standing),
    isoDate('date_claims_start_date_date', claim.startDate),
    isoDate('date_claims_end_date_date', claim.endDate),
    check('date_claims_dates_in_order', sql`${claim.endDate} >= ${claim.startDate}`),
  ],
);

export const editionNotes = sqliteTable(
  'edition_notes',
  {
    id: nodeId(),
    editionId: editionId(),
    kind: word('kind', vocabulary.EditionNoteKind).notNull(),
    standing: word('standing', vocabulary.Standing).notNull(),
    position: integer('position').notNull(),
  },
  (note) => [
    index('edition_notes_by_edition').on(note.editionId, note.position),
    oneOf(note.kind, vocabulary.EditionNoteKind),
    oneOf(note.standing, vocabulary.Standing),
  ],
);

export const themes = sqliteTable(
  'themes',
  {
    id: nodeId(),
    editionId: editionId(),
    kind: word('kind', vocabulary.ThemeKind).notNull(),
    position: integer('position').notNull(),
    /** The edition's, so that the list of all themes is ordered without a join. */
    chronology: text('chronology').notNull(),
  },
  (theme) => [
    index('themes_by_edition').on(theme.editionId, theme.position),
    index('themes_by_chronology').on(theme.chronology, theme.id),
    oneOf(theme.kind, vocabulary.ThemeKind),
  ],
);

export const exhibitionAreas = sqliteTable(
  'exhibition_areas',
  {
    id: nodeId(),
    editionId: editionId(),
    kind: word('kind', vocabulary.ExhibitionAreaKind).notNull(),
    sizeValue: decimal('size_value'),
    sizeUnit: word('size_unit', vocabulary.Unit),
    sizeBound: word('size_bound', vocabulary.Bound),
    position: integer('position').notNull(),
    /** The edition's, so that the list of all areas is ordered without a join. */
    chronology: text('chronology').notNull(),
  },
  (area) => [
    index('exhibition_areas_by_edition').on(area.editionId, area.position, area.id),
    index('exhibition_areas_by_chronology').on(area.chronology, area.id),
    oneOf(area.kind, vocabulary.ExhibitionAreaKind),
    oneOf(area.sizeUnit, vocabulary.Unit),
    oneOf(area.sizeBound, vocabulary.Bound),
    check(
      'exhibition_areas_size_whole',
      sql`(${area.sizeValue} IS NULL) = (${area.sizeUnit} IS NULL) AND (${area.sizeValue} IS NULL) = (${area.sizeBound} IS NULL)`,
    ),
  ],
);

export const sessions = sqliteTable(
  'sessions',
  {
    id: nodeId(),
    editionId: editionId(),
    kind: word('kind', vocabulary.SessionKind).notNull(),
    /** The day, or the first of several. */
    date: text('date'),
    /** The last of several days. */
    endDate: text('end_date'),
    position: integer('position').notNull(),
  },
  (session) => [
    index('sessions_by_edition').on(session.editionId, session.position),
    oneOf(session.kind, vocabulary.SessionKind),
    isoDate('sessions_date_date', session.date),
    isoDate('sessions_end_date_date', session.endDate),
    check('sessions_dates_in_order', sql`${session.endDate} >= ${session.date}`),
  ],
);

export const appearances = sqliteTable(
  'appearances',
  {
    id: nodeId(),
    editionId: editionId(),
    speakerId: text('speaker_id')
      .notNull()
      .references(() => speakers.id),
    sessionId: text('session_id').references(() => sessions.id),
    kind: word('kind', vocabulary.AppearanceKind).notNull(),
    affiliationId: text('affiliation_id').references(() => organizations.id),
    /** In its file. Lists are by name. */
    position: integer('position').notNull().default(0),
    /** The speaker's and the edition's, so that both lists are ordered without a join. */
    sortName: text('sort_name').notNull(),
    chronology: text('chronology').notNull(),
  },
  (appearance) => [
    index('appearances_by_edition').on(appearance.editionId, appearance.sortName, appearance.id),
    index('appearances_by_speaker').on(appearance.speakerId, appearance.chronology, appearance.id),
    index('appearances_by_session').on(appearance.sessionId),
    index('appearances_by_affiliation').on(appearance.affiliationId),
    oneOf(appearance.kind, vocabulary.AppearanceKind),
  ],
);

export const participations = sqliteTable(
  'participations',
  {
    id: nodeId(),
    editionId: editionId(),
    /** An organization or a place. */
    participantId: text('participant_id')
      .notNull()
      .references(() => nodes.id),
    role: word('role', vocabulary.ParticipationRole).notNull(),
    position: integer('position').notNull(),
  },
  (participation) => [
    index('participations_by_edition').on(participation.editionId, participation.position),
    index('participations_by_participant').on(participation.participantId),
    oneOf(participation.role, vocabulary.ParticipationRole),
  ],
);

export const figures = sqliteTable(
  'figures',
  {
    id: nodeId(),
    /** The edition whose coverage carried it; what it is about is in figure_editions. */
    editionId: editionId(),
    metric: word('metric', vocabulary.Metric).notNull(),
    value: decimal('value').notNull(),
    unit: word('unit', vocabulary.Unit).notNull(),
    bound: word('bound', vocabulary.Bound).notNull(),
    spaceBasis: word('space_basis', vocabulary.SpaceBasis),
    scope: word('scope', vocabulary.ClaimScope).notNull(),
    status: word('status', vocabulary.ClaimStatus).notNull(),
    asOf: text('as_of'),
    standing: word('standing', vocabulary.Standing).notNull(),
    /** Equal for claims about the same thing. */
    subject: text('subject').notNull(),
    position: integer('position').notNull(),
  },
  (figure) => [
    index('figures_by_edition').on(figure.editionId, figure.metric, figure.position),
    index('figures_by_subject').on(figure.subject),
    index('figures_by_metric').on(figure.metric, figure.value),
    uniqueIndex('figures_one_preferred').on(figure.subject).where(sql`standing = 'PREFERRED'`),
    oneOf(figure.metric, vocabulary.Metric),
    oneOf(figure.unit, vocabulary.Unit),
    oneOf(figure.bound, vocabulary.Bound),
    oneOf(figure.spaceBasis, vocabulary.SpaceBasis),
    oneOf(figure.scope, vocabulary.ClaimScope),
    oneOf(figure.status, vocabulary.ClaimStatus),
    oneOf(figure.standing, vocabulary.Standing),
    isoDate('figures_as_of_date', figure.asOf, true),
  ],
);

export const figureEditions = sqliteTable(
  'figure_editions',
  {
    figureId: text('figure_id')
      .notNull()
      .references(() => figures.id, { onDelete: 'cascade' }),
    editionId: editionId(),
  },
  (row) => [
    primaryKey({ columns: [row.figureId, row.editionId] }),
    index('figure_editions_by_edition').on(row.editionId, row.figureId),
  ],
);

export const economicIndicators = sqliteTable(
  'economic_indicators',
  {
    id: nodeId(),
    placeId: text('place_id')
      .notNull()
      .references(() => places.id),
    period: text('period').notNull(),
    changeValue: decimal('change_value').notNull(),
    changeBound: word('change_bound', vocabulary.Bound).notNull(),
    basis: word('basis', vocabulary.IndicatorBasis).notNull(),
    differenceValue: decimal('difference_value'),
    differenceBound: word('difference_bound', vocabulary.Bound),
    reportedAtId: text('reported_at_id').references(() => editions.id),
    position: integer('position').notNull(),
  },
  (indicator) => [
    index('economic_indicators_by_place').on(indicator.placeId),
    index('economic_indicators_by_reported_at').on(indicator.reportedAtId, indicator.position),
    oneOf(indicator.changeBound, vocabulary.Bound),
    oneOf(indicator.basis, vocabulary.IndicatorBasis),
    oneOf(indicator.differenceBound, vocabulary.Bound),
    check(
      'economic_indicators_difference_whole',
      sql`(${indicator.differenceValue} IS NULL) = (${indicator.differenceBound} IS NULL)`,
    ),
  ],
);

export const signedProjectStatistics = sqliteTable(
  'signed_project_statistics',
  {
    id: nodeId(),
    conventionId: text('convention_id')
      .notNull()
      .references(() => conventions.id),
    stage: word('stage', vocabulary.ProjectStage).notNull(),
    status: word('status', vocabulary.ClaimStatus).notNull(),
    scope: word('scope', vocabulary.ClaimScope).notNull(),
    reportedAtId: text('reported_at_id').references(() => editions.id),
    projectsValue: decimal('projects_value'),
    projectsUnit: word('projects_unit', vocabulary.Unit),
    projectsBound: word('projects_bound', vocabulary.Bound),
    investmentAmount: decimal('investment_amount'),
    investmentCurrency: text('investment_currency'),
    investmentBound: word('investment_bound', vocabulary.Bound),
    shareValue: decimal('share_value'),
    shareBound: word('share_bound', vocabulary.Bound),
    sliceDimension: word('slice_dimension', vocabulary.SliceDimension),
    asOf: text('as_of'),
    standing: word('standing', vocabulary.Standing).notNull(),
    /** Equal for claims about the same thing. */
    subject: text('subject').notNull(),
    /** Of the edition that reported it, or else of the last one that it is about. */
    chronology: text('chronology').notNull(),
    position: integer('position').notNull(),
  },
  (claim) => [
    // As the lists are ordered: the newest first, then in the order of the data.
    index('signed_project_statistics_by_convention').on(
      claim.conventionId,
      sql`${claim.chronology} DESC`,
      claim.position,
      claim.id,
    ),
    index('signed_project_statistics_by_chronology').on(sql`${claim.chronology} DESC`, claim.position, claim.id),
    index('signed_project_statistics_by_reported_at').on(claim.reportedAtId),
    index('signed_project_statistics_by_stage').on(claim.stage, claim.scope, claim.status, claim.standing),
    index('signed_project_statistics_by_investment').on(claim.investmentCurrency, claim.investmentAmount, claim.id),
    index('signed_project_statistics_by_subject').on(claim.subject),
    uniqueIndex('signed_project_statistics_one_preferred').on(claim.subject).where(sql`standing = 'PREFERRED'`),
    oneOf(claim.stage, vocabulary.ProjectStage),
    oneOf(claim.status, vocabulary.ClaimStatus),
    oneOf(claim.scope, vocabulary.ClaimScope),
    oneOf(claim.projectsUnit, vocabulary.Unit),
    oneOf(claim.projectsBound, vocabulary.Bound),
    oneOf(claim.investmentBound, vocabulary.Bound),
    oneOf(claim.shareBound, vocabulary.Bound),
    oneOf(claim.sliceDimension, vocabulary.SliceDimension),
    oneOf(claim.standing, vocabulary.Standing),
    isoDate('signed_project_statistics_as_of_date', claim.asOf, true),
    check('signed_project_statistics_slice', sql`(${claim.scope} = 'SUBSET') = (${claim.sliceDimension} IS NOT NULL)`),
    check(
      'signed_project_statistics_says_something',
      sql`coalesce(${claim.projectsValue}, ${claim.investmentAmount}, ${claim.shareValue}) IS NOT NULL`,
    ),
    check(
      'signed_project_statistics_projects_whole',
      sql`(${claim.projectsValue} IS NULL) = (${claim.projectsUnit} IS NULL) AND (${claim.projectsValue} IS NULL) = (${claim.projectsBound} IS NULL)`,
    ),
    check(
      'signed_project_statistics_investment_whole',
      sql`(${claim.investmentAmount} IS NULL) = (${claim.investmentCurrency} IS NULL) AND (${claim.investmentAmount} IS NULL) = (${claim.investmentBound} IS NULL)`,
    ),
    check('signed_project_statistics_share_whole', sql`(${claim.shareValue} IS NULL) = (${claim.shareBound} IS NULL)`),
  ],
);

export const signedProjectStatisticEditions = sqliteTable(
  'signed_project_statistic_editions',
  {
    signedProjectStatisticId: text('signed_project_statistic_id')
      .notNull()
      .references(() => signedProjectStatistics.id, { onDelete: 'cascade' }),
    editionId: editionId(),
  },
  (row) => [
    primaryKey({ columns: [row.signedProjectStatisticId, row.editionId] }),
    index('signed_project_statistic_editions_by_edition').on(row.editionId, row.signedProjectStatisticId),
  ],
);

/** The publisher's own conversions, as printed; never computed. */
export const conversions = sqliteTable(
  'conversions',
  {
    signedProjectStatisticId: text('signed_project_statistic_id')
      .notNull()
      .references(() => signedProjectStatistics.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
    amount: decimal('amount').notNull(),
    currency: text('currency').notNull(),
    bound: word('bound', vocabulary.Bound).notNull(),
  },
  (conversion) => [
    primaryKey({ columns: [conversion.signedProjectStatisticId, conversion.position] }),
    oneOf(conversion.bound, vocabulary.Bound),
  ],
);

/**
 * What imports did to the data: a row for each edition, and for each convention, that one added, changed or removed. It
 * refers to no other table, as what it tells of may be gone.
 */
export const changes = sqliteTable(
  'changes',
  {
    id: text('id').primaryKey(),
    /** What the dataset was at after it. */
    at: text('at').notNull(),
    dataVersion: text('data_version').notNull(),
    kind: word('kind', vocabulary.ChangeKind).notNull(),
    /** Null: the change is one of the convention's own record. */
    editionId: text('edition_id'),
    conventionId: text('convention_id').notNull(),
    slug: text('slug').notNull(),
    /** Its name then: [locale, text, 1 when it is the original]. */
    names: text('names').notNull(),
    /** The keys of its own record whose values changed. */
    fields: list('fields').notNull(),
    /** The records beneath it: [type, key, kind, fields]. */
    parts: text('parts').notNull(),
    partsLeftOut: integer('parts_left_out').notNull(),
    /** The edition's, so that the latest of what one import touched comes first; a convention comes before them. */
    chronology: text('chronology').notNull(),
  },
  (change) => [
    index('changes_by_at').on(change.at, change.chronology, change.id),
    index('changes_by_edition').on(change.editionId, change.at, change.chronology, change.id),
    index('changes_by_convention').on(change.conventionId, change.at, change.chronology, change.id),
    oneOf(change.kind, vocabulary.ChangeKind),
    check('changes_names_json', sql`json_valid(${change.names})`),
    check('changes_fields_json', sql`json_valid(${change.fields})`),
    check('changes_parts_json', sql`json_valid(${change.parts})`),
  ],
);
