import type { SqlValue } from '../../src/store/open.ts';
import type { World } from './world.ts';

/*
 * What coverage means, in the plainest way: every table is read whole, and each edition is walked through record by
 * record. It shares nothing with the planner.
 */

type Row = Record<string, SqlValue>;

/** The sources of what is known of an edition: those of each known field, and all that there are. */
export interface Coverage {
  convention: string;
  fields: Map<string, Set<string>>;
  sources: Set<string>;
}

/** Each field in the order of the enum. */
export const COVERAGE_FIELDS = [
  ...['START_DATE', 'END_DATE', 'CITY', 'VENUE', 'ATTENDANCE_MODE', 'ORGANIZERS', 'GUESTS_OF_HONOUR', 'THEMES'],
  ...['EXHIBITION_AREAS', 'SESSIONS', 'SPEAKERS', 'EXHIBITION_SPACE', 'EXHIBITORS', 'VISITORS', 'COUNTRIES'],
  ...['SIGNED_PROJECTS', 'SIGNED_INVESTMENT', 'DEALS'],
];

const COLUMNS: Record<string, string> = {
  START_DATE: 'start_date',
  END_DATE: 'end_date',
  CITY: 'city_id',
  VENUE: 'venue_id',
  ATTENDANCE_MODE: 'attendance_mode',
};
const CITED_AS: Record<string, string[]> = {
  startDate: ['START_DATE'],
  endDate: ['END_DATE'],
  dates: ['START_DATE', 'END_DATE'],
  city: ['CITY'],
  venue: ['VENUE'],
  attendanceMode: ['ATTENDANCE_MODE'],
  organizers: ['ORGANIZERS'],
  guestsOfHonour: ['GUESTS_OF_HONOUR'],
  themes: ['THEMES'],
  exhibitionAreas: ['EXHIBITION_AREAS'],
  sessions: ['SESSIONS'],
  speakers: ['SPEAKERS'],
  exhibitionSpace: ['EXHIBITION_SPACE'],
};
const METRICS: Record<string, string> = {
  EXHIBITION_SPACE: 'EXHIBITION_SPACE',
  EXHIBITORS: 'EXHIBITORS',
  COUNTRIES: 'COUNTRIES',
  VISITORS: 'VISITORS',
  TRADE_VISITORS: 'VISITORS',
  REGISTRATIONS: 'VISITORS',
  FOREIGN_BUYERS: 'VISITORS',
  VISITS: 'VISITORS',
  BUYERS: 'VISITORS',
  GUESTS: 'VISITORS',
};

/** @returns for each edition, by its id, what is known of it and by whom */
export function readCoverage({ reader }: Pick<World, 'reader'>): Map<string, Coverage> {
  const all = (table: string): Row[] => reader.rows(`SELECT * FROM ${table}`, []);
  const citations = new Map<string, { source: string; field: SqlValue | undefined }[]>();
  for (const { node_id, source_id, field } of all('citations')) {
    const cited = { source: String(source_id), field };
    citations.set(String(node_id), [...(citations.get(String(node_id)) ?? []), cited]);
  }
  const citedBy = (id: SqlValue | undefined) => citations.get(String(id)) ?? [];
  const editions = new Map(
    all('editions').map((row) => [
      String(row.id),
      { row, known: new Set<string>(), told: new Map<string, Set<string>>(), sources: new Set<string>() },
    ]),
  );
  const editionOf = (id: SqlValue | undefined) => editions.get(String(id));
  const tell = (editionId: SqlValue | undefined, field: string, sources: string[]) => {
    const told = editionOf(editionId)?.told;
    told?.set(field, new Set([...(told.get(field) ?? []), ...sources]));
  };
  const know = (editionId: SqlValue | undefined, field: string) => editionOf(editionId)?.known.add(field);
  const belong = (editionId: SqlValue | undefined, id: SqlValue | undefined) => {
    for (const { source } of citedBy(id)) editionOf(editionId)?.sources.add(source);
  };

  for (const { row, sources } of editions.values()) {
    for (const [field, column] of Object.entries(COLUMNS)) if (row[column] !== null) know(row.id, field);
    for (const { source, field } of citedBy(row.id)) {
      sources.add(source);
      for (const one of CITED_AS[String(field)] ?? []) tell(row.id, one, [source]);
    }
  }
  for (const [table, fieldOf] of Object.entries<(row: Row) => string>({
    themes: () => 'THEMES',
    exhibition_areas: () => 'EXHIBITION_AREAS',
    sessions: () => 'SESSIONS',
    appearances: () => 'SPEAKERS',
    participations: ({ role }) => (role === 'GUEST_OF_HONOUR' ? 'GUESTS_OF_HONOUR' : 'ORGANIZERS'),
  }))
    for (const row of all(table)) {
      const sources = citedBy(row.id).map(({ source }) => source);
      belong(row.edition_id, row.id);
      know(row.edition_id, fieldOf(row));
      tell(row.edition_id, fieldOf(row), sources);
    }

  const stands = ({ standing }: Row) => standing === 'PREFERRED' || standing === 'ALTERNATIVE';
  const fitting = (row: Row, ...names: string[]) =>
    citedBy(row.id)
      .filter(({ field }) => field === null || names.includes(String(field)))
      .map(({ source }) => source);
  for (const row of all('date_claims')) {
    belong(row.edition_id, row.id);
    if (!stands(row)) continue;
    if (row.start_date !== null) tell(row.edition_id, 'START_DATE', fitting(row, 'startDate'));
    if (row.end_date !== null) tell(row.edition_id, 'END_DATE', fitting(row, 'endDate'));
  }
  for (const row of all('edition_notes')) belong(row.edition_id, row.id);
  for (const row of all('economic_indicators')) belong(row.reported_at_id, row.id);

  const figures = new Map(all('figures').map((row) => [row.id, row]));
  for (const row of figures.values()) belong(row.edition_id, row.id);
  for (const { figure_id, edition_id } of all('figure_editions')) {
    const figure = figures.get(String(figure_id));
    const field = METRICS[String(figure?.metric)];
    if (!figure || !field || figure.scope !== 'EDITION' || !stands(figure)) continue;
    if (field === 'EXHIBITION_SPACE' && figure.space_basis === 'NET') continue;
    if (figure.standing === 'PREFERRED') know(edition_id, field);
    const sources = fitting(figure, 'value', 'quantity');
    tell(edition_id, field, sources);
    for (const source of sources) editionOf(edition_id)?.sources.add(source);
  }

  const claims = new Map(all('signed_project_statistics').map((row) => [row.id, row]));
  for (const row of claims.values()) belong(row.reported_at_id, row.id);
  for (const { signed_project_statistic_id: id, edition_id } of all('signed_project_statistic_editions')) {
    const claim = claims.get(String(id));
    belong(edition_id, id);
    if (claim?.scope !== 'EDITION' || !stands(claim)) continue;
    const told: [field: string, isTold: boolean, names: string[]][] = [
      ['SIGNED_PROJECTS', claim.stage === 'SIGNED' && claim.projects_value !== null, ['projects']],
      ['SIGNED_INVESTMENT', claim.stage === 'SIGNED' && claim.investment_amount !== null, ['investment']],
      ['DEALS', ['INTENDED', 'AGREED', 'ONSITE_SALES'].includes(String(claim.stage)), ['projects', 'investment']],
    ];
    for (const [field, isTold, names] of told) {
      if (!isTold) continue;
      if (claim.standing === 'PREFERRED') know(edition_id, field);
      tell(edition_id, field, fitting(claim, ...names));
    }
  }

  return new Map(
    [...editions].map(([id, { row, known, told, sources }]) => {
      const whole = citedBy(id).flatMap(({ source, field }) => (field === null ? [source] : []));
      const sourcesOf = (field: string) => {
        const own = told.get(field) ?? new Set<string>();
        return own.size === 0 && field in COLUMNS ? new Set(whole) : own;
      };
      const fields = COVERAGE_FIELDS.filter((field) => known.has(field));
      return [
        id,
        {
          convention: String(row.convention_id),
          fields: new Map(fields.map((field) => [field, sourcesOf(field)])),
          sources,
        },
      ];
    }),
  );
}

/** @returns how many sources some are, how many are independent, and when one was read last */
export function tallying({ reader }: Pick<World, 'reader'>) {
  const known = new Map(reader.rows('SELECT * FROM sources', []).map((row) => [String(row.id), row]));
  /** The source, all that it repeats, and whose texts those are. */
  const traces = new Map<string, Set<string>>();
  for (const id of known.keys()) {
    const trace = new Set<string>();
    for (let at: string | null = id; at !== null && !trace.has(at); ) {
      const source = known.get(at);
      if (!source) throw new RangeError(`There is no source ${at}.`);
      trace.add(at);
      if (source.origin !== null) trace.add(`text of ${source.origin}`);
      at = source.derived_from_id === null ? null : String(source.derived_from_id);
    }
    traces.set(id, trace);
  }
  const countApart = (ids: string[]) => {
    let apart: Set<string>[] = [];
    for (const id of ids) {
      const trace = traces.get(id) ?? new Set([id]);
      const touched = apart.filter((one) => [...one].some((part) => trace.has(part)));
      apart = [
        ...apart.filter((one) => !touched.includes(one)),
        new Set([trace, ...touched].flatMap((one) => [...one])),
      ];
    }
    return apart.length;
  };
  return (sources: Iterable<string>) => {
    const ids = [...new Set(sources)];
    const days = ids.flatMap((id) => known.get(id)?.retrieved_on ?? []).map(String);
    return {
      sources: ids.length,
      independentSources: countApart(ids),
      lastCheckedOn: days.sort().at(-1) ?? null,
    };
  };
}
