import { dateIn, statusOn } from '../../src/graphql/calendar.ts';
import type { EditionStatus } from '../../src/graphql/enums.ts';
import type { SqlValue } from '../../src/store/open.ts';
import { EventStatus, type Word, words } from '../../src/store/vocabulary.ts';
import { readCoverage } from './reference-coverage.ts';
import type { World } from './world.ts';

/* Every table read once, into objects that hold each other: what the reference model of lists looks at. */

export interface Text {
  locale: string;
  text: string;
  isOriginal: boolean;
}

export interface ConventionRecord {
  id: string;
  slug: string;
  acronym: string | null;
  names: Text[];
  alternateNames: Text[];
  updatedAt: string;
  editions: EditionRecord[];
  claims: ClaimRecord[];
  latestEdition: EditionRecord | null;
}

export interface EditionRecord {
  id: string;
  slug: string;
  convention: ConventionRecord;
  ordinal: number | null;
  year: number;
  startDate: string | null;
  endDate: string | null;
  status: Word<typeof EditionStatus>;
  attendanceMode: string | null;
  chronology: string;
  updatedAt: string;
  names: Text[];
  city: { slug: string; country: string; names: Text[] } | null;
  themes: ThemeRecord[];
  areas: AreaRecord[];
  appearances: AppearanceRecord[];
  /** The names of the places that its city lies in, of its venues and further places, and of who organised it or was a guest of honour. */
  around: Text[];
  organizers: Text[];
  guestsOfHonour: Text[];
  /** The claims that are about it, whatever their scope. */
  claimsAbout: ClaimRecord[];
  /** Those, and what was reported at it. */
  claims: ClaimRecord[];
  signedProjects: ClaimRecord | null;
  /** In ten-thousandths of a square metre. */
  exhibitionSpace: bigint | null;
  /** The fields that its coverage calls known. */
  known: string[];
}

export interface ThemeRecord {
  id: string;
  edition: EditionRecord;
  kind: string;
  chronology: string;
  texts: Text[];
}

export interface AreaRecord {
  id: string;
  edition: EditionRecord;
  kind: string;
  /** In ten-thousandths of a square metre. */
  size: bigint | null;
  position: number;
  chronology: string;
  names: Text[];
}

export interface SpeakerRecord {
  id: string;
  slug: string;
  sortName: string;
  names: Text[];
  appearances: AppearanceRecord[];
}

export interface AppearanceRecord {
  id: string;
  speaker: SpeakerRecord;
  edition: EditionRecord;
  kind: string;
  affiliation: Text[];
  sortName: string;
  chronology: string;
}

export interface ClaimRecord {
  id: string;
  convention: ConventionRecord;
  stage: string;
  status: string;
  scope: string;
  standing: string;
  reportedAt: EditionRecord | null;
  editions: EditionRecord[];
  projects: bigint | null;
  investment: { currency: string; amount: bigint } | null;
  /** A day, a month or a year. */
  asOf: string | null;
  chronology: string;
  position: number;
}

export interface SourceRecord {
  id: string;
  kind: string;
  title: string;
  publisher: string | null;
  publishedOn: string | null;
}

export interface Records {
  conventions: ConventionRecord[];
  editions: EditionRecord[];
  themes: ThemeRecord[];
  areas: AreaRecord[];
  speakers: SpeakerRecord[];
  appearances: AppearanceRecord[];
  claims: ClaimRecord[];
  sources: SourceRecord[];
}

type Row = Record<string, SqlValue>;

const text = (value: SqlValue | undefined): string => String(value);
const textOrNull = (value: SqlValue | undefined): string | null => (value == null ? null : String(value));
const numberOrNull = (value: SqlValue | undefined): number | null => (value == null ? null : Number(value));
const decimalOrNull = (value: SqlValue | undefined): bigint | null => (value == null ? null : BigInt(value));

/** Orders texts as SQLite does: by code points. */
export function byCodePoint(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

function found<One>(known: ReadonlyMap<string, One>, id: SqlValue | undefined): One {
  const one = known.get(text(id));
  if (one === undefined) throw new RangeError(`There is no record ${id}.`);
  return one;
}

/** @returns all records of the world as they are now, and as today stands in it */
export function readRecords(world: Pick<World, 'reader' | 'now'>): Records {
  const all = (table: string): Row[] => world.reader.rows(`SELECT * FROM ${table}`, []);
  const read = <One extends { id: string }>(table: string, make: (row: Row, id: string) => One) =>
    new Map(all(table).map((row) => [text(row.id), make(row, text(row.id))]));

  const texts = new Map<string, Text[]>();
  for (const row of all('localized_texts')) {
    const key = `${row.node_id} ${row.field}`;
    texts.set(key, [
      ...(texts.get(key) ?? []),
      { locale: text(row.locale), text: text(row.text), isOriginal: row.is_original === 1 },
    ]);
  }
  const textsOf = (id: SqlValue | undefined, field: string) => texts.get(`${id} ${field}`) ?? [];
  const changes = new Map(all('nodes').map((row) => [text(row.id), text(row.updated_at)]));
  const places = new Map(all('places').map((row) => [text(row.id), row]));
  const namesAbove = (id: SqlValue | undefined): Text[] => {
    const above = places.get(text(id))?.parent_id;
    return above == null ? [] : [...textsOf(above, 'name'), ...namesAbove(above)];
  };
  const today = (timeZone: SqlValue | undefined) => dateIn(textOrNull(timeZone), world.now());

  const conventions = read(
    'conventions',
    (row, id): ConventionRecord => ({
      id,
      slug: text(row.slug),
      acronym: textOrNull(row.acronym),
      names: textsOf(id, 'name'),
      alternateNames: textsOf(id, 'alternateName'),
      updatedAt: found(changes, id),
      editions: [],
      claims: [],
      latestEdition: null,
    }),
  );
  const editions = read('editions', (row, id): EditionRecord => {
    const city = places.get(text(row.city_id));
    const year = Number(row.year);
    const dates = { startDate: textOrNull(row.start_date), endDate: textOrNull(row.end_date) };
    const eventStatus = words(EventStatus).find((one) => one === row.event_status) ?? null;
    return {
      id,
      slug: text(row.slug),
      convention: found(conventions, row.convention_id),
      ordinal: numberOrNull(row.ordinal),
      year,
      ...dates,
      status: statusOn(today(row.time_zone), { ...dates, year, eventStatus }),
      attendanceMode: textOrNull(row.attendance_mode),
      chronology: text(row.chronology),
      updatedAt: found(changes, id),
      names: textsOf(id, 'name'),
      city: city ? { slug: text(city.slug), country: text(city.country), names: textsOf(city.id, 'name') } : null,
      themes: [],
      areas: [],
      appearances: [],
      around: [...namesAbove(row.city_id), ...textsOf(row.venue_id, 'name')],
      organizers: [],
      guestsOfHonour: [],
      claimsAbout: [],
      claims: [],
      signedProjects: null,
      exhibitionSpace: null,
      known: [],
    };
  });
  const themes = read(
    'themes',
    (row, id): ThemeRecord => ({
      id,
      edition: found(editions, row.edition_id),
      kind: text(row.kind),
      chronology: text(row.chronology),
      texts: textsOf(id, 'text'),
    }),
  );
  const areas = read(
    'exhibition_areas',
    (row, id): AreaRecord => ({
      id,
      edition: found(editions, row.edition_id),
      kind: text(row.kind),
      size: row.size_unit === 'SQUARE_METRE' ? decimalOrNull(row.size_value) : null,
      position: Number(row.position),
      chronology: text(row.chronology),
      names: textsOf(id, 'name'),
    }),
  );
  const speakers = read(
    'speakers',
    (row, id): SpeakerRecord => ({
      id,
      slug: text(row.slug),
      sortName: text(row.sort_name),
      names: textsOf(id, 'name'),
      appearances: [],
    }),
  );
  const appearances = read(
    'appearances',
    (row, id): AppearanceRecord => ({
      id,
      speaker: found(speakers, row.speaker_id),
      edition: found(editions, row.edition_id),
      kind: text(row.kind),
      affiliation: textsOf(row.affiliation_id, 'name'),
      sortName: text(row.sort_name),
      chronology: text(row.chronology),
    }),
  );
  const claims = read(
    'signed_project_statistics',
    (row, id): ClaimRecord => ({
      id,
      convention: found(conventions, row.convention_id),
      stage: text(row.stage),
      status: text(row.status),
      scope: text(row.scope),
      standing: text(row.standing),
      reportedAt: row.reported_at_id == null ? null : found(editions, row.reported_at_id),
      editions: [],
      projects: decimalOrNull(row.projects_value),
      investment:
        row.investment_amount == null
          ? null
          : { currency: text(row.investment_currency), amount: BigInt(row.investment_amount) },
      asOf: textOrNull(row.as_of),
      chronology: text(row.chronology),
      position: Number(row.position),
    }),
  );
  const sources = read(
    'sources',
    (row, id): SourceRecord => ({
      id,
      kind: text(row.kind),
      title: text(row.title),
      publisher: textOrNull(row.publisher),
      publishedOn: textOrNull(row.published_on),
    }),
  );

  for (const theme of themes.values()) theme.edition.themes.push(theme);
  for (const area of areas.values()) area.edition.areas.push(area);
  for (const appearance of appearances.values()) {
    appearance.edition.appearances.push(appearance);
    appearance.speaker.appearances.push(appearance);
  }
  for (const row of all('edition_sub_venues'))
    found(editions, row.edition_id).around.push(...textsOf(row.venue_id, 'name'));
  for (const row of all('edition_further_places'))
    found(editions, row.edition_id).around.push(...textsOf(row.place_id, 'name'), ...namesAbove(row.place_id));
  for (const row of all('participations')) {
    const edition = found(editions, row.edition_id);
    const names = textsOf(row.participant_id, 'name');
    edition.around.push(...names);
    (row.role === 'GUEST_OF_HONOUR' ? edition.guestsOfHonour : edition.organizers).push(...names);
  }
  for (const row of all('signed_project_statistic_editions')) {
    const [claim, edition] = [found(claims, row.signed_project_statistic_id), found(editions, row.edition_id)];
    claim.editions.push(edition);
    edition.claimsAbout.push(claim);
  }
  for (const claim of claims.values()) {
    claim.convention.claims.push(claim);
    for (const edition of new Set([...claim.editions, ...(claim.reportedAt ? [claim.reportedAt] : [])]))
      edition.claims.push(claim);
  }
  for (const row of all('figures ORDER BY position DESC, id DESC'))
    if (
      row.metric === 'EXHIBITION_SPACE' &&
      row.scope === 'EDITION' &&
      row.standing === 'PREFERRED' &&
      row.space_basis !== 'NET'
    )
      found(editions, row.edition_id).exhibitionSpace = row.unit === 'SQUARE_METRE' ? decimalOrNull(row.value) : null;
  const coverage = readCoverage(world);
  for (const edition of editions.values()) {
    edition.known.push(...found(coverage, edition.id).fields.keys());
    edition.convention.editions.push(edition);
    edition.signedProjects = headline(edition);
  }
  for (const row of all('editions ORDER BY chronology, id'))
    if (row.event_status === null && text(row.chronology) <= today(row.time_zone))
      found(conventions, row.convention_id).latestEdition = found(editions, row.id);

  return {
    conventions: [...conventions.values()],
    editions: [...editions.values()],
    themes: [...themes.values()],
    areas: [...areas.values()],
    speakers: [...speakers.values()],
    appearances: [...appearances.values()],
    claims: [...claims.values()],
    sources: [...sources.values()],
  };
}

/** @returns the texts in which a word can be found, for it to be found of the edition */
export function searchedTexts(edition: EditionRecord): string[] {
  const { names, convention, city, around, themes, areas, appearances } = edition;
  const texts = [
    ...[...names, ...convention.names, ...convention.alternateNames, ...(city?.names ?? []), ...around],
    ...themes.flatMap((theme) => theme.texts),
    ...areas.flatMap((area) => area.names),
    ...appearances.flatMap(({ speaker }) => speaker.names),
  ];
  return [...texts.map(({ text }) => text), convention.acronym ?? ''];
}

/** The preferred claim about what was signed at the edition as a whole. */
function headline({ claimsAbout }: EditionRecord): ClaimRecord | null {
  const [first] = claimsAbout
    .filter(({ stage, scope, standing }) => stage === 'SIGNED' && scope === 'EDITION' && standing === 'PREFERRED')
    .sort(
      (one, other) =>
        byCodePoint(other.chronology, one.chronology) || one.position - other.position || byCodePoint(one.id, other.id),
    );
  return first ?? null;
}
