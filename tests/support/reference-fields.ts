import { dateIn, dayCount, statusOn } from '../../src/graphql/calendar.ts';
import { changeInWords } from '../../src/graphql/change-in-words.ts';
import { citeSource } from '../../src/graphql/citation-style.ts';
import { creditText, DATA_LICENSE, licenseName } from '../../src/graphql/license-text.ts';
import {
  formatDates,
  formatLocale,
  formatMoney,
  formatQuantity,
  pickText,
  type TextRow,
  wantedLocales,
} from '../../src/graphql/text.ts';
import { VERSION } from '../../src/graphql/version.ts';
import type { SqlValue } from '../../src/store/open.ts';
import { Bound, ChangeKind, EventStatus, Unit, type Word, words } from '../../src/store/vocabulary.ts';
import type { Arguments, Reading, Resolve, Row } from './reference.ts';

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Fields that are a column, by their names. */
const columns = (...names: string[]): Record<string, Resolve> =>
  Object.fromEntries(names.map((name) => [name, (row: Row) => row[snake(name)]]));

const string = (value: SqlValue | undefined) => (value == null ? null : String(value));

function word<List extends Record<string, string>>(list: List, value: unknown): Word<List> {
  const found = words(list).find((one) => one === value);
  if (!found) throw new TypeError(`${value} is not one of ${words(list)}.`);
  return found;
}

/** A decimal of the database, which is in ten-thousandths. */
function decimal(stored: SqlValue | undefined): string {
  const number = BigInt(String(stored));
  const digits = String(number < 0n ? -number : number).padStart(5, '0');
  return `${number < 0n ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`.replace(/\.?0+$/, '');
}

const quantity =
  (value: string, unit: string, bound: string): Resolve =>
  (row) =>
    row[value] === null ? null : { value: row[value], unit: row[unit] ?? unit, bound: row[bound] };

const styles = { PLAIN: '', BIBTEX: '', CSL_JSON: '' };
const notations = { COMPACT: '', STANDARD: '' };
const claimOrder = 'chronology DESC, position, id';
const ownClaimsFirst = `CASE
  WHEN scope = 'EDITION' AND ? IN (SELECT edition_id FROM signed_project_statistic_editions WHERE signed_project_statistic_id = own.id)
    THEN 0 WHEN reported_at_id = ? THEN 1 ELSE 2 END, ${claimOrder}`;
const preferredFirst = "standing <> 'PREFERRED'";

/**
 * The fields of every type that is read from a row, each by SQL of its own.
 * @param reading how they read
 */
export function fieldsOf({
  all,
  get,
  now,
  locales,
  connection,
  node,
}: Reading): Record<string, Record<string, Resolve>> {
  const wanted = ({ locale }: Arguments) => wantedLocales(locale, { locales: locales() });
  const textRows = (id: SqlValue | undefined, field: string): TextRow[] =>
    all(
      'SELECT * FROM localized_texts WHERE node_id = ? AND field = ? ORDER BY is_original DESC, locale',
      id,
      field,
    ).map(({ locale, text, is_original }) => [String(locale), String(text), Number(is_original)]);
  const localized =
    (field: string): Resolve =>
    (row, args) =>
      pickText(textRows(row.id, field), wanted(args));
  const texts =
    (field: string): Resolve =>
    (row) =>
      textRows(row.id, field);
  const to =
    (table: string, column: string): Resolve =>
    (row) =>
      get(`SELECT * FROM ${table} WHERE id = ?`, row[column]);
  const bySlugOrId =
    (table: string): Resolve =>
    (_, { slug, id }) =>
      get(`SELECT * FROM ${table} WHERE ${slug == null ? 'id' : 'slug'} = ?`, slug ?? id ?? null);
  const cited = {
    citations: ({ id }: Row) => all('SELECT * FROM citations WHERE node_id = ? ORDER BY position', id),
    knownConflicts: ({ id }: Row) => all('SELECT * FROM known_conflicts WHERE node_id = ? ORDER BY position', id),
  };
  const { knownConflicts } = cited;
  const flag =
    (name: string): Resolve =>
    (row) =>
      row[snake(name)] === 1;
  const list =
    (name: string): Resolve =>
    (row) =>
      JSON.parse(String(row[snake(name)]));
  const asOf = {
    asOf: (row: Row) => /^\d{4}-\d{2}-\d{2}/.exec(String(row.as_of))?.[0] ?? null,
    asOfPeriod: (row: Row) => row.as_of,
  };
  const updatedAt: Resolve = ({ id }) => get('SELECT updated_at FROM nodes WHERE id = ?', id)?.updated_at;
  const today = (edition: Row) => dateIn(string(edition.time_zone), now());
  const hasOpened = (edition: Row) => String(edition.chronology) <= today(edition);
  const datedOf = ({ id }: Row, order: string) =>
    all(`SELECT * FROM editions WHERE convention_id = ? AND event_status IS NULL ORDER BY ${order}`, id);
  const neighbour =
    (distance: -1 | 1): Resolve =>
    (row) => {
      const series = all('SELECT * FROM editions WHERE convention_id = ? ORDER BY chronology, id', row.convention_id);
      return series[series.findIndex(({ id }) => id === row.id) + distance];
    };
  const count =
    (table: string): Resolve =>
    () =>
      get(`SELECT count(*) AS rows FROM ${table}`)?.rows;

  return {
    Query: {
      node: (_, { id }) => node(id ?? null),
      nodes: (_, { ids = [] }) => ids.map(node),
      convention: bySlugOrId('conventions'),
      edition: bySlugOrId('editions'),
      speaker: bySlugOrId('speakers'),
      conventions: connection('conventions', 'slug, id'),
      editions: connection('editions', 'chronology DESC, id DESC'),
      themes: connection('themes', 'chronology DESC, id DESC'),
      exhibitionAreas: connection('exhibition_areas', 'chronology DESC, id DESC'),
      speakers: connection('speakers', 'sort_name, id'),
      signedProjectStatistics: connection('signed_project_statistics', claimOrder),
      changes: connection('changes', 'at DESC, chronology DESC, id DESC'),
      sources: connection('sources', 'published_on IS NULL, published_on DESC, id DESC'),
      service: () => ({}),
    },
    Quantity: {
      ...columns('unit', 'bound'),
      value: (row) => decimal(row.value),
      text: ({ value, unit, bound }, args) =>
        formatQuantity({ value: decimal(value), unit: word(Unit, unit), bound: word(Bound, bound) }, wanted(args)),
    },
    Money: {
      ...columns('currency', 'bound'),
      amount: (row) => decimal(row.amount),
      text: ({ amount, currency, bound }, args) =>
        formatMoney(
          { amount: decimal(amount), currency: String(currency), bound: word(Bound, bound) },
          word(notations, args.notation),
          wanted(args),
        ),
    },
    Convention: {
      ...columns('id', 'slug', 'acronym', 'cadence', 'websiteUrl'),
      ...cited,
      name: localized('name'),
      names: texts('name'),
      description: localized('description'),
      alternateName: localized('alternateName'),
      alternateNames: texts('alternateName'),
      schedule: localized('schedule'),
      note: localized('note'),
      cities: (row) =>
        all(
          'SELECT DISTINCT p.* FROM places p JOIN editions e ON e.city_id = p.id WHERE e.convention_id = ? ORDER BY p.slug',
          row.id,
        ),
      mergedInto: to('conventions', 'merged_into_id'),
      predecessors: (row) => all('SELECT * FROM conventions WHERE merged_into_id = ? ORDER BY slug', row.id),
      sameAs: list('sameAs'),
      industries: list('industries'),
      editions: connection('editions', 'chronology DESC, id DESC', 'convention_id = ?', 'id'),
      firstEdition: (row) => get('SELECT * FROM editions WHERE convention_id = ? ORDER BY chronology, id', row.id),
      latestEdition: (row) => datedOf(row, 'chronology DESC, id DESC').find(hasOpened),
      nextEdition: (row) =>
        datedOf(row, 'chronology, id').find(
          (edition) =>
            !hasOpened(edition) &&
            ((edition.start_date ?? edition.end_date) !== null ||
              Number(edition.year) > Number(today(edition).slice(0, 4))),
        ),
      signedProjectStatistics: connection('signed_project_statistics', claimOrder, 'convention_id = ?', 'id'),
      changes: connection('changes', 'at DESC, chronology DESC, id DESC', 'convention_id = ?', 'id'),
      updatedAt,
    },
    Edition: {
      ...columns('id', 'slug', 'ordinal', 'year', 'startDate', 'endDate', 'timeZone', 'attendanceMode'),
      ...cited,
      ordinalIsStated: flag('ordinalIsStated'),
      convention: to('conventions', 'convention_id'),
      name: localized('name'),
      names: texts('name'),
      dayCount: (row) => dayCount(string(row.start_date), string(row.end_date)),
      dates: (row, args) => formatDates(string(row.start_date), string(row.end_date), wanted(args)),
      dateClaims: (row) =>
        all(`SELECT * FROM date_claims WHERE edition_id = ? ORDER BY ${preferredFirst}, position, id`, row.id),
      status: (row, { on }) =>
        statusOn(on ?? today(row), {
          startDate: string(row.start_date),
          endDate: string(row.end_date),
          year: Number(row.year),
          eventStatus: row.event_status === null ? null : word(EventStatus, row.event_status),
        }),
      city: to('places', 'city_id'),
      venue: to('venues', 'venue_id'),
      subVenues: (row) =>
        all(
          'SELECT v.* FROM venues v JOIN edition_sub_venues s ON s.venue_id = v.id WHERE s.edition_id = ? ORDER BY v.slug',
          row.id,
        ),
      furtherPlaces: (row) =>
        all(
          'SELECT p.* FROM places p JOIN edition_further_places f ON f.place_id = p.id WHERE f.edition_id = ? ORDER BY p.slug',
          row.id,
        ),
      themes: (row) => all('SELECT * FROM themes WHERE edition_id = ? ORDER BY kind, position, id', row.id),
      exhibitionAreas: connection('exhibition_areas', 'position, id', 'edition_id = ?', 'id'),
      sessions: (row) => all('SELECT * FROM sessions WHERE edition_id = ? ORDER BY position, id', row.id),
      speakers: connection('appearances', 'sort_name, id', 'edition_id = ?', 'id'),
      organizers: (row) =>
        all(
          "SELECT * FROM participations WHERE edition_id = ? AND role <> 'GUEST_OF_HONOUR' ORDER BY position, id",
          row.id,
        ),
      guestsOfHonour: (row) =>
        all(
          "SELECT * FROM participations WHERE edition_id = ? AND role = 'GUEST_OF_HONOUR' ORDER BY position, id",
          row.id,
        ),
      exhibitionSpace: (row) =>
        get(
          "SELECT * FROM figures WHERE edition_id = ? AND metric = 'EXHIBITION_SPACE' AND scope = 'EDITION' AND standing = 'PREFERRED' AND coalesce(space_basis, '') <> 'NET' ORDER BY position, id",
          row.id,
        ),
      figures: (row, { metric }) =>
        all(
          `SELECT * FROM figures WHERE edition_id = ? ORDER BY metric, scope = 'CUMULATIVE', scope = 'SUBSET', ${preferredFirst}, position, id`,
          row.id,
        ).filter((figure) => !metric || metric.includes(String(figure.metric))),
      signedProjects: (row) =>
        get(
          `SELECT s.* FROM signed_project_statistics s JOIN signed_project_statistic_editions e ON e.signed_project_statistic_id = s.id
           WHERE e.edition_id = ? AND s.stage = 'SIGNED' AND s.scope = 'EDITION' AND s.standing = 'PREFERRED' ORDER BY ${claimOrder}`,
          row.id,
        ),
      signedProjectStatistics: connection(
        'signed_project_statistics',
        ownClaimsFirst,
        'reported_at_id = ? OR ? IN (SELECT edition_id FROM signed_project_statistic_editions WHERE signed_project_statistic_id = own.id)',
        'id',
        'id',
        'id',
        'id',
      ),
      indicators: (row) =>
        all('SELECT * FROM economic_indicators WHERE reported_at_id = ? ORDER BY position, id', row.id),
      notes: (row) => all('SELECT * FROM edition_notes WHERE edition_id = ? ORDER BY position, id', row.id),
      changes: connection('changes', 'at DESC, chronology DESC, id DESC', 'edition_id = ?', 'id'),
      previousEdition: neighbour(-1),
      followingEdition: neighbour(1),
      links: (row) => row,
      updatedAt,
    },
    EditionLinks: { page: () => null, calendar: () => null, jsonLd: () => null, website: (row) => row.website_url },
    DateClaim: {
      ...columns('id', 'startDate', 'endDate', 'dayCount', 'status', 'standing'),
      ...cited,
      note: localized('note'),
    },
    EditionNote: { ...columns('id', 'kind', 'standing'), ...cited, text: localized('text') },
    Theme: {
      ...columns('id', 'kind'),
      ...cited,
      text: localized('text'),
      texts: texts('text'),
      edition: to('editions', 'edition_id'),
    },
    ExhibitionArea: {
      ...columns('id', 'kind'),
      ...cited,
      name: localized('name'),
      names: texts('name'),
      focus: localized('focus'),
      size: quantity('size_value', 'size_unit', 'size_bound'),
      edition: to('editions', 'edition_id'),
    },
    Speaker: {
      knownConflicts,
      ...columns('id', 'slug'),
      name: localized('name'),
      names: texts('name'),
      appearances: connection('appearances', 'chronology DESC, id DESC', 'speaker_id = ?', 'id'),
      conventions: (row) =>
        all(
          'SELECT DISTINCT c.* FROM conventions c JOIN editions e ON e.convention_id = c.id JOIN appearances a ON a.edition_id = e.id WHERE a.speaker_id = ? ORDER BY c.slug',
          row.id,
        ),
    },
    Appearance: {
      ...columns('id', 'kind'),
      ...cited,
      speaker: to('speakers', 'speaker_id'),
      edition: to('editions', 'edition_id'),
      session: to('sessions', 'session_id'),
      affiliation: to('organizations', 'affiliation_id'),
      title: localized('title'),
      remarks: localized('remarks'),
    },
    Session: {
      ...columns('id', 'kind', 'date', 'endDate'),
      ...cited,
      title: localized('title'),
      edition: to('editions', 'edition_id'),
      appearances: (row) => all('SELECT * FROM appearances WHERE session_id = ? ORDER BY sort_name, id', row.id),
    },
    Place: {
      knownConflicts,
      ...columns('id', 'slug', 'kind', 'country', 'timeZone'),
      name: localized('name'),
      parent: to('places', 'parent_id'),
    },
    Venue: {
      knownConflicts,
      ...columns('id'),
      name: localized('name'),
      names: texts('name'),
      city: to('places', 'city_id'),
    },
    Organization: {
      knownConflicts,
      ...columns('id', 'slug', 'websiteUrl'),
      name: localized('name'),
      names: texts('name'),
    },
    Participation: { ...columns('role'), ...cited, participant: (row) => node(row.participant_id) },
    Figure: {
      ...columns('id', 'metric', 'spaceBasis', 'scope', 'status', 'standing'),
      ...cited,
      ...asOf,
      label: localized('label'),
      quantity: (row) => row,
      edition: to('editions', 'edition_id'),
      editions: (row) =>
        all(
          'SELECT e.* FROM editions e JOIN figure_editions f ON f.edition_id = e.id WHERE f.figure_id = ? ORDER BY e.chronology, e.id',
          row.id,
        ),
      alternatives: (row) =>
        all('SELECT * FROM figures WHERE subject = ? AND id <> ? ORDER BY position, id', row.subject, row.id),
      note: localized('note'),
    },
    EconomicIndicator: {
      ...columns('id', 'period', 'basis'),
      ...cited,
      name: localized('name'),
      place: to('places', 'place_id'),
      change: quantity('change_value', 'PERCENT', 'change_bound'),
      differenceFromPrevious: quantity('difference_value', 'PERCENTAGE_POINT', 'difference_bound'),
      reportedAt: to('editions', 'reported_at_id'),
    },
    SignedProjectStatistic: {
      ...columns('id', 'stage', 'status', 'scope', 'standing'),
      ...cited,
      ...asOf,
      convention: to('conventions', 'convention_id'),
      editions: (row) =>
        all(
          `SELECT e.* FROM editions e JOIN signed_project_statistic_editions s ON s.edition_id = e.id
           WHERE s.signed_project_statistic_id = ? ORDER BY e.chronology, e.id`,
          row.id,
        ),
      reportedAt: to('editions', 'reported_at_id'),
      projects: quantity('projects_value', 'projects_unit', 'projects_bound'),
      investment: (row) =>
        row.investment_amount === null
          ? null
          : { amount: row.investment_amount, currency: row.investment_currency, bound: row.investment_bound },
      conversions: (row) =>
        all('SELECT * FROM conversions WHERE signed_project_statistic_id = ? ORDER BY position', row.id),
      share: quantity('share_value', 'PERCENT', 'share_bound'),
      slice: (row) => (row.slice_dimension === null ? null : row),
      alternatives: (row) =>
        all(
          `SELECT * FROM signed_project_statistics WHERE subject = ? AND id <> ? ORDER BY ${claimOrder}`,
          row.subject,
          row.id,
        ),
      note: localized('note'),
    },
    Change: {
      ...columns('id', 'at', 'dataVersion', 'kind', 'slug', 'partsLeftOut'),
      type: (row) => (row.edition_id === null ? 'Convention' : 'Edition'),
      name: (row, args) => pickText(JSON.parse(String(row.names)), wanted(args)),
      edition: to('editions', 'edition_id'),
      convention: to('conventions', 'convention_id'),
      fields: list('fields'),
      parts: (row) =>
        JSON.parse(String(row.parts)).map(([type, key, kind, fields]: unknown[]) => ({ type, key, kind, fields })),
      summary: (row, args) =>
        changeInWords(
          {
            kind: word(ChangeKind, row.kind),
            fields: JSON.parse(String(row.fields)),
            parts: JSON.parse(String(row.parts)),
            partsLeftOut: Number(row.parts_left_out),
          },
          formatLocale(wanted(args)).words,
        ),
    },
    ChangedPart: { ...columns('type', 'key', 'kind', 'fields') },
    DataLicense: {
      identifier: () => DATA_LICENSE.identifier,
      url: () => DATA_LICENSE.url,
      name: (_, args) => licenseName(formatLocale(wanted(args)).words),
      creditText: (_, args) => creditText(formatLocale(wanted(args)).words, null),
    },
    Slice: { dimension: (row) => row.slice_dimension, value: localized('slice') },
    Source: {
      knownConflicts,
      ...columns(
        'id',
        'slug',
        'kind',
        'title',
        'publisher',
        'url',
        'publishedOn',
        'retrievedOn',
        'language',
        'access',
        'origin',
      ),
      isRelay: flag('isRelay'),
      derivedFrom: to('sources', 'derived_from_id'),
      note: localized('note'),
      citation: (row, { style }) => {
        const parts = { publisher: string(row.publisher), url: string(row.url), language: string(row.language) };
        const dates = { publishedOn: string(row.published_on), retrievedOn: string(row.retrieved_on) };
        return citeSource(
          { slug: String(row.slug), title: String(row.title), ...parts, ...dates },
          word(styles, style),
        );
      },
    },
    Citation: {
      ...columns('field', 'basis'),
      source: to('sources', 'source_id'),
      note: (row, args) => pickText(textRows(row.node_id, `citations.${row.position}.note`), wanted(args)),
    },
    KnownConflict: {
      ...columns('check'),
      explanation: (row, args) =>
        pickText(textRows(row.node_id, `knownConflicts.${row.position}.explanation`), wanted(args)),
    },
    Service: {
      name: () => 'Expograph',
      version: () => VERSION,
      dataVersion: () => get('SELECT version FROM dataset')?.version ?? '0',
      dataUpdatedAt: () => get('SELECT updated_at FROM dataset')?.updated_at,
      locales: () => ['en', 'zh-Hans'],
      dataLicense: () => ({}),
      counts: () => ({}),
      limits: () => ({}),
    },
    ServiceCounts: {
      ...Object.fromEntries(
        ['conventions', 'editions', 'themes', 'exhibitionAreas', 'speakers', 'signedProjectStatistics', 'sources'].map(
          (name) => [name, count(snake(name))],
        ),
      ),
    },
    ServiceLimits: {
      maxPageSize: () => 100,
      maxDepth: () => 25,
      maxCost: () => 50_000,
      maxAliases: () => 250,
      maxFields: () => 2_000,
      maxRootFields: () => 50,
      maxTokens: () => 15_000,
      maxSeconds: () => 5,
      maxValues: () => 500_000,
      maxMegabytes: () => 5,
    },
  };
}
