import { getTableColumns, getTableName } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { SqlValue, Writer } from '../store/open.ts';
import * as tables from '../store/tables.ts';
import { toStoredDecimal } from '../store/tables.ts';
import { type BatchNode, surplus } from './batch.ts';
import { NodeType, nodeId } from './identity.ts';
import { documentOf } from './rows.ts';

const tableOf: Record<NodeType, SQLiteTable> = {
  Convention: tables.conventions,
  Edition: tables.editions,
  Theme: tables.themes,
  ExhibitionArea: tables.exhibitionAreas,
  Session: tables.sessions,
  Speaker: tables.speakers,
  Appearance: tables.appearances,
  Organization: tables.organizations,
  Place: tables.places,
  Venue: tables.venues,
  Participation: tables.participations,
  Figure: tables.figures,
  EconomicIndicator: tables.economicIndicators,
  SignedProjectStatistic: tables.signedProjectStatistics,
  Source: tables.sources,
  DateClaim: tables.dateClaims,
  EditionNote: tables.editionNotes,
};

/** The list of the record above that a record stands in. */
const listOf: Partial<Record<NodeType, string>> = {
  Edition: 'editions',
  Theme: 'themes',
  ExhibitionArea: 'exhibitionAreas',
  Session: 'sessions',
  Appearance: 'speakers',
  Participation: 'organizers',
  Figure: 'figures',
  EconomicIndicator: 'indicators',
  SignedProjectStatistic: 'signedProjectStatistics',
  DateClaim: 'dateClaims',
  EditionNote: 'notes',
};

/** The lists of records that an edition or a convention has: what becomes of those is told of each of them. */
export const recordLists: ReadonlySet<string> = new Set([...Object.values(listOf), 'guestsOfHonour']);

/** Fields of the data files that are stored as several columns, or under another name. */
const fieldOf: Record<string, string> = {
  ...{ sizeValue: 'size', sizeUnit: 'size', sizeBound: 'size' },
  ...{ projectsValue: 'projects', projectsUnit: 'projects', projectsBound: 'projects' },
  ...{ investmentAmount: 'investment', investmentCurrency: 'investment', investmentBound: 'investment' },
  ...{ shareValue: 'share', shareBound: 'share', sliceDimension: 'slice' },
  ...{ changeValue: 'change', changeBound: 'change' },
  ...{ differenceValue: 'differenceFromPrevious', differenceBound: 'differenceFromPrevious' },
  ...{ derivedFromId: 'derivedFrom', reportedAtId: 'reportedAt', sortName: 'name' },
};

type Row = Record<string, SqlValue>;

/** The lists that a record has in tables of their own, each by a statement for the ids given. */
const lists: [type: NodeType, field: string, sql: string][] = [
  [
    'Edition',
    'subVenues',
    `SELECT edition_id AS id, venues.slug AS item FROM edition_sub_venues JOIN venues ON venues.id = venue_id
     WHERE edition_id IN (SELECT value FROM json_each(?)) ORDER BY edition_id, position`,
  ],
  [
    'Edition',
    'furtherPlaces',
    `SELECT edition_id AS id, places.slug AS item FROM edition_further_places JOIN places ON places.id = place_id
     WHERE edition_id IN (SELECT value FROM json_each(?)) ORDER BY edition_id, position`,
  ],
  [
    'Figure',
    'editions',
    `SELECT figure_id AS id, editions.slug AS item FROM figure_editions JOIN editions ON editions.id = edition_id
     WHERE figure_id IN (SELECT value FROM json_each(?)) ORDER BY 1, 2`,
  ],
  [
    'SignedProjectStatistic',
    'editions',
    `SELECT signed_project_statistic_id AS id, editions.slug AS item
     FROM signed_project_statistic_editions JOIN editions ON editions.id = edition_id
     WHERE signed_project_statistic_id IN (SELECT value FROM json_each(?)) ORDER BY 1, 2`,
  ],
  [
    'SignedProjectStatistic',
    'conversions',
    `SELECT signed_project_statistic_id AS id, currency || amount || bound AS item FROM conversions
     WHERE signed_project_statistic_id IN (SELECT value FROM json_each(?)) ORDER BY 1, position`,
  ],
];

/**
 * Tells what has changed of records that are about to be stored.
 * @param writer reads them as they are stored still
 * @param updated those that are stored otherwise
 * @param created those that are not stored yet: the lists that they come into have changed
 * @returns by id, the keys of the data files whose values differ; lists of records by their name
 */
export function changesOf(
  writer: Pick<Writer, 'rows'>,
  updated: readonly BatchNode[],
  created: readonly BatchNode[],
): Map<string, string[]> {
  const changes = new Map(updated.map(({ id }) => [id, new Set<string>()]));
  const ask = (sql: string, ids: readonly string[]) => writer.rows(sql, [JSON.stringify(ids)]);
  const note = (id: string, field: string) => changes.get(id)?.add(field);

  for (const type of new Set(updated.map((node) => node.type))) {
    const some = updated.filter((node) => node.type === type);
    const ids = some.map(({ id }) => id);
    compareColumns(type, some, ask, note);
    for (const [of, field, sql] of lists) if (of === type) compareLists(field, some, ask(sql, ids), note);
  }
  const ids = updated.map(({ id }) => id);
  compareRows(
    updated.map(({ id, says }) => [
      id,
      says.texts.map((row) => [row.field, row.locale, row.text, Number(row.isOriginal)]),
    ]),
    ask(`SELECT node_id, field, locale, text, is_original FROM localized_texts ${OF}`, ids),
    (id, [field]) => note(id, /^(citations|knownConflicts)(?=\.)/.exec(String(field))?.[0] ?? String(field)),
  );
  compareRows(
    updated.map(({ id, says }) => [
      id,
      says.citations.map((row) => [row.position, row.sourceId, row.field, row.basis]),
    ]),
    ask(`SELECT node_id, position, source_id, field, basis FROM citations ${OF}`, ids),
    (id) => note(id, 'citations'),
  );
  compareRows(
    updated.map(({ id, says }) => [id, says.knownConflicts.map((row) => [row.position, row.check])]),
    ask(`SELECT node_id, position, "check" FROM known_conflicts ${OF}`, ids),
    (id) => note(id, 'knownConflicts'),
  );
  const owners = new Map(ask(OWNERS, ids).map(({ id, document }) => [id, String(document)]));
  const moved = updated.flatMap((node) => {
    const document = owners.get(node.id);
    return document === undefined || document === node.document ? [] : [{ ...node, document }];
  });
  for (const { id } of moved) note(id, 'convention');
  for (const { type, path, document } of [...updated, ...created, ...moved, ...missing(writer, updated)]) {
    const list = type === 'Participation' && path.includes('/GUEST_OF_HONOUR/') ? 'guestsOfHonour' : listOf[type];
    const above =
      type === 'Edition' ? nodeId('Convention', ownerIn(document)) : nodeId('Edition', path.split('/')[0] ?? '');
    if (list) note(above, list);
  }
  // An edition has gone to a convention that was stored before; or an earlier version noted the record otherwise.
  for (const { id, type } of updated)
    if (changes.get(id)?.size === 0) note(id, type === 'Convention' ? 'editions' : 'checksum');
  return new Map([...changes].map(([id, fields]) => [id, [...fields].toSorted()]));
}

const OF = 'WHERE node_id IN (SELECT value FROM json_each(?))';

const OWNERS = 'SELECT id, document FROM nodes WHERE id IN (SELECT value FROM json_each(?))';

/** The slug of the convention that owns a document. */
const ownerIn = (document: string) => document.slice(documentOf({ slug: '' }).length);

type Ask = (sql: string, ids: readonly string[]) => Row[];
type Note = (id: string, field: string) => void;

/** Compares what a record says of itself with the columns of the same names. */
function compareColumns(type: NodeType, nodes: readonly BatchNode[], ask: Ask, note: Note): void {
  const table = tableOf[type];
  const columns = Object.entries(getTableColumns(table));
  const name = getTableName(table);
  const ids = nodes.map(({ id }) => id);
  const stored = new Map(
    ask(`SELECT * FROM "${name}" WHERE id IN (SELECT value FROM json_each(?))`, ids).map((row) => [row.id, row]),
  );
  const repeated = new Set(type === 'Edition' ? ask(ZONE_OF_CITY, ids).map(({ id }) => id) : []);
  for (const { id, says } of nodes) {
    const row = stored.get(id);
    for (const [field, column] of columns) {
      if (column.generated || field === 'id' || !row || isDerived(type, field)) continue;
      const given = says.content[field] ?? column.default ?? null;
      const value = given === null ? null : column.mapToDriverValue(given);
      const before = field === 'timeZone' && repeated.has(id) ? null : row[column.name];
      if (String(value) !== String(before)) note(id, fieldOf[field] ?? field.replace(/Id$/, ''));
    }
  }
}

/** Columns that other records decide. */
function isDerived(type: NodeType, field: string): boolean {
  const derived = [
    'chronology',
    'subject',
    'appearanceCount',
    'editionCount',
    'editionId',
    'participantId',
    'conventionId',
  ];
  return (
    derived.includes(field) ||
    (field === 'sortName' && type === 'Appearance') ||
    (field === 'position' && ['Edition', 'Appearance'].includes(type))
  );
}

const ZONE_OF_CITY = `SELECT editions.id FROM editions JOIN places ON places.id = city_id
  WHERE editions.time_zone IS places.time_zone AND editions.id IN (SELECT value FROM json_each(?))`;

function compareLists(field: string, nodes: readonly BatchNode[], rows: readonly Row[], note: Note): void {
  const stored = new Map<unknown, unknown[]>();
  for (const { id, item } of rows) stored.set(id, [...(stored.get(id) ?? []), item]);
  for (const { id, says } of nodes) {
    const given = itemsOf(says.content[field]);
    if (JSON.stringify(given) !== JSON.stringify(stored.get(id) ?? [])) note(id, field);
  }
}

function itemsOf(given: unknown): unknown[] {
  if (!Array.isArray(given)) return [];
  return given.map((item) => (isMoney(item) ? `${item.currency}${toStoredDecimal(item.amount)}${item.bound}` : item));
}

function isMoney(item: unknown): item is { currency: string; amount: string; bound: string } {
  return typeof item === 'object' && item !== null && 'amount' in item;
}

/** Compares rows that have no id, each by the value of all of its columns; the first tells whose it is. */
function compareRows(
  given: readonly (readonly [id: string, rows: readonly (readonly (string | number | null)[])[]])[],
  stored: readonly Row[],
  note: (id: string, row: readonly unknown[]) => void,
): void {
  const kept = new Map<string, unknown[]>(
    stored.map((row) => [JSON.stringify(Object.values(row)), Object.values(row)]),
  );
  for (const [id, rows] of given) for (const row of rows) if (!kept.delete(JSON.stringify([id, ...row]))) note(id, row);
  for (const [id, ...row] of kept.values()) note(String(id), row);
}

/** Records that are stored in the documents of those that changed, and that are not given any more. */
function missing(
  writer: Pick<Writer, 'rows'>,
  updated: readonly BatchNode[],
): { type: NodeType; path: string; document: string }[] {
  const documents = [...new Set(updated.map(({ document }) => document))].filter((one) =>
    one.startsWith('convention:'),
  );
  const { sql, params } = surplus(documents);
  return writer.rows(sql, params).map(({ type, path, document }) => ({
    type: NodeType.parse(type),
    path: String(path ?? ''),
    document: String(document),
  }));
}
