import type { Statement } from '../store/open.ts';
import * as tables from '../store/tables.ts';
import { replacements, upserts } from '../store/upsert.ts';
import { checksumOf, type NodeType, nodeId } from './identity.ts';
import { type Citation, type KnownConflict, type Localized, originalLocale } from './values.ts';

/** A record with an id, apart from its own table. */
interface NodeContent {
  type: NodeType;
  /** @see nodeId */
  path: string;
  /** The part of the dataset that owns it: "convention:<slug>", "sources" … */
  document: string;
  /** When it last changed, unless the content tells; the time of the import where neither does. */
  updatedAt?: string | undefined;
  /** What it says itself; copies of what other records say are left out, so that their changes are not its own. */
  content: Record<string, unknown> & { knownConflicts?: readonly KnownConflict[] | undefined };
  /** Its texts by field, and the language that is the original where they do not tell. */
  texts: Record<string, Localized | undefined>;
  language: string;
  citations?: readonly Citation[];
  /** The checksums of the records that belong to it. */
  beneath?: readonly number[];
}

/** A record as it is noted. */
export interface BatchNode {
  id: string;
  type: NodeType;
  path: string;
  document: string;
  checksum: number;
  updatedAt: unknown;
  says: Says;
}

/** What a record says itself, by column, by field of text, and with its citations and known conflicts. */
export interface Says {
  content: Record<string, unknown>;
  texts: readonly { field: string; locale: string; text: string; isOriginal: boolean }[];
  citations: readonly { position: number; sourceId: string; field: string | null; basis: string }[];
  knownConflicts: readonly { position: number; check: string }[];
}

const NODES_PER_STATEMENT = 1_000;

/** Collects the rows of an import, and turns them into the statements of one batch. */
export class Batch {
  readonly sources = upserts(tables.sources);
  readonly places = upserts(tables.places);
  readonly venues = upserts(tables.venues);
  readonly organizations = upserts(tables.organizations);
  readonly speakers = upserts(tables.speakers, ['appearanceCount', 'editionCount']);
  readonly conventions = upserts(tables.conventions);
  readonly editions = upserts(tables.editions);
  readonly subVenues = replacements(tables.editionSubVenues);
  readonly furtherPlaces = replacements(tables.editionFurtherPlaces);
  readonly dateClaims = upserts(tables.dateClaims);
  readonly editionNotes = upserts(tables.editionNotes);
  readonly themes = upserts(tables.themes);
  readonly exhibitionAreas = upserts(tables.exhibitionAreas);
  readonly sessions = upserts(tables.sessions);
  readonly appearances = upserts(tables.appearances, ['sortName']);
  readonly participations = upserts(tables.participations);
  readonly figures = upserts(tables.figures);
  readonly figureEditions = replacements(tables.figureEditions);
  readonly economicIndicators = upserts(tables.economicIndicators);
  readonly statistics = upserts(tables.signedProjectStatistics);
  readonly statisticEditions = replacements(tables.signedProjectStatisticEditions);
  readonly conversions = replacements(tables.conversions);
  /** The id and the subject of every claim that is PREFERRED. */
  readonly preferred: Record<'figures' | 'signed_project_statistics', [string, string][]> = {
    figures: [],
    signed_project_statistics: [],
  };
  readonly #texts = replacements(tables.localizedTexts);
  readonly #citations = replacements(tables.citations);
  readonly #knownConflicts = replacements(tables.knownConflicts);
  #nodes: BatchNode[] = [];
  /** The time zones of the places given here. */
  readonly #timeZones: [id: string, timeZone: string | null][] = [];

  /**
   * Notes a record, its texts, its citations and its known conflicts.
   * @returns its id, for its own table, and a checksum over it and what is beneath it
   */
  node({ type, path, document, content, texts, language, citations = [], beneath, ...inherited }: NodeContent): {
    id: string;
    checksum: number;
  } {
    const { updatedAt = inherited.updatedAt, knownConflicts = [], ...own } = content;
    const id = nodeId(type, path);
    const notes = citations.map(({ note }, position) => [`citations.${position}.note`, note] as const);
    const explanations = knownConflicts.map(
      ({ explanation }, position) => [`knownConflicts.${position}.explanation`, explanation] as const,
    );
    const textRows = [...Object.entries(texts), ...notes, ...explanations].flatMap(([field, text]) =>
      text === undefined ? [] : textRowsOf(id, field, text, language),
    );
    const citationRows = citations.map(({ source, field, basis }, position) => ({
      nodeId: id,
      position,
      sourceId: nodeId('Source', source),
      field: field ?? null,
      basis,
    }));
    this.#texts.replace(id, textRows);
    this.#citations.replace(id, citationRows);
    const conflictRows = knownConflicts.map(({ check }, position) => ({ nodeId: id, position, check }));
    this.#knownConflicts.replace(id, conflictRows);
    // Which of those beneath it comes first is not its own.
    const sums = beneath?.toSorted((a, b) => a - b);
    const said = { texts: textRows, citations: citationRows };
    const conflicts = conflictRows.length > 0 ? conflictRows : undefined;
    const checksum = checksumOf({ id, content: own, ...said, knownConflicts: conflicts, beneath: sums });
    const says = { content: own, ...said, knownConflicts: conflictRows };
    this.#nodes.push({ id, type, path, document, checksum, updatedAt, says });
    return { id, checksum };
  }

  /** Notes the time zone of a place, which editions held there share. */
  timeZone(placeId: string, timeZone: string | null): void {
    this.#timeZones.push([placeId, timeZone]);
  }

  /** The records noted, with what they say. */
  get nodes(): readonly BatchNode[] {
    return this.#nodes;
  }

  /** Forgets what was noted. */
  clear(): void {
    for (const _ of this.statements([], ''));
  }

  /**
   * @param documents the documents that are replaced
   * @param now the time of the import
   * @returns the statements that store what was noted since the last time; `closing` has those behind the last
   */
  *statements(documents: readonly string[], now: string): Generator<Statement> {
    for (let start = 0; start < this.#nodes.length; start += NODES_PER_STATEMENT) {
      const nodes = this.#nodes
        .slice(start, start + NODES_PER_STATEMENT)
        .map(({ id, type, path, document, checksum, updatedAt }) => [id, type, path, document, checksum, updatedAt]);
      yield { sql: STORE_NODES, params: [now, now, JSON.stringify(nodes)] };
    }
    this.#nodes = [];
    const timeZones = this.#timeZones.splice(0);
    if (timeZones.length > 0) yield { sql: CARRY_TIME_ZONES, params: [JSON.stringify(timeZones)] };
    for (const [table, type] of [
      ['figures', 'Figure'],
      ['signed_project_statistics', 'SignedProjectStatistic'],
    ] as const) {
      const preferred = this.preferred[table].splice(0);
      if (documents.length > 0)
        yield { sql: lower(table, type), params: [JSON.stringify(documents), JSON.stringify(preferred)] };
    }
    for (const collected of this.#collected()) yield* collected.statements();
  }

  /** @returns in place of what stores the records, what tells the `key` of each whose row is stored otherwise */
  *differences(): Generator<Statement> {
    for (const collected of this.#records()) yield* collected.differences();
  }

  #collected(): { statements(): Statement[] }[] {
    return [
      ...this.#records(),
      ...[
        this.subVenues,
        this.furtherPlaces,
        this.figureEditions,
        this.statisticEditions,
        this.conversions,
        this.#texts,
        this.#citations,
        this.#knownConflicts,
      ],
    ];
  }

  #records(): { statements(): Statement[]; differences(): Statement[] }[] {
    return [
      ...[this.sources, this.places, this.venues, this.organizations, this.speakers, this.conventions, this.editions],
      ...[this.dateClaims, this.editionNotes, this.themes, this.exhibitionAreas, this.sessions, this.appearances],
      ...[this.participations, this.figures, this.economicIndicators, this.statistics],
    ];
  }
}

function textRowsOf(nodeId: string, field: string, { original, texts }: Localized, language: string) {
  const originalOne = originalLocale(original, [...texts.keys()], language);
  return [...texts].map(([locale, text]) => ({ nodeId, field, locale, text, isOriginal: locale === originalOne }));
}

/** A given time is believed where it is later than the last change here: a mirror keeps the times of its origin. */
const believed = `iif(value ->> 5 > coalesce((SELECT updated_at FROM dataset), '') AND value ->> 5 <= ?, value ->> 5, ?)`;

/** Times that something other than an import has written are not kept. */
const isTime = (column: string) => `strftime('%Y-%m-%dT%H:%M:%fZ', ${column}) IS ${column}`;

const STORE_NODES = `INSERT INTO nodes (id, type, path, document, checksum, updated_at)
  SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, ${believed} FROM json_each(?) WHERE true
  ON CONFLICT (id) DO UPDATE SET path = excluded.path, document = excluded.document, checksum = excluded.checksum,
    updated_at = iif(nodes.checksum = excluded.checksum AND ${isTime('nodes.updated_at')}, nodes.updated_at, excluded.updated_at)
  WHERE (nodes.path, nodes.document, nodes.checksum) IS NOT (excluded.path, excluded.document, excluded.checksum)
    OR NOT ${isTime('nodes.updated_at')}`;

/** Makes way for claims that are PREFERRED from now on: never do two claims about one thing say so, even in between. */
const lower = (table: 'figures' | 'signed_project_statistics', type: NodeType) => `UPDATE ${table}
  SET standing = 'ALTERNATIVE'
  WHERE standing = 'PREFERRED'
    AND id IN (SELECT id FROM nodes WHERE document IN (SELECT value FROM json_each(?)) AND type = '${type}')
    AND (id, subject) NOT IN (SELECT value ->> 0, value ->> 1 FROM json_each(?))`;

/** Editions of other files follow their city. One that spells out the city’s old zone follows, too, until its own file is imported again. */
const CARRY_TIME_ZONES = `UPDATE editions SET time_zone = given.value ->> 1
  FROM json_each(?) AS given JOIN places ON places.id = given.value ->> 0
  WHERE editions.city_id = places.id AND editions.time_zone IS places.time_zone
    AND places.time_zone IS NOT given.value ->> 1`;

const CARRY_SORT_NAMES = `UPDATE appearances SET sort_name = speakers.sort_name FROM speakers
  WHERE speakers.id = appearances.speaker_id AND speakers.sort_name IS NOT appearances.sort_name`;

const STAMP = `INSERT INTO dataset (id, version, updated_at)
  SELECT 1, printf('%016x', coalesce(sum(checksum), 0)), iif(? > coalesce((SELECT updated_at FROM dataset), '') AND ? <= ?, ?, ?)
  FROM nodes WHERE true
  ON CONFLICT (id) DO UPDATE SET version = excluded.version, updated_at = excluded.updated_at
  WHERE dataset.version IS NOT excluded.version OR NOT ${isTime('dataset.updated_at')}`;

/** The ids of an import, which may be too many to be held here. */
const GIVEN = 'temp.given_nodes';

/** @returns the statements before the first batch */
export function opening(): Statement[] {
  return [{ sql: `CREATE TABLE ${GIVEN} (id TEXT PRIMARY KEY) WITHOUT ROWID`, params: [] }];
}

/** @returns the statement before those that store records: it notes them as given */
export function given(nodes: readonly BatchNode[]): Statement {
  const sql = `INSERT OR IGNORE INTO ${GIVEN} SELECT value FROM json_each(?)`;
  return { sql, params: [JSON.stringify(nodes.map(({ id }) => id))] };
}

/** Records of documents that are replaced, and that are not given any more. */
const SURPLUS = `FROM nodes WHERE document IN (SELECT value FROM json_each(?)) AND id NOT IN (SELECT id FROM ${GIVEN})`;

/** @returns what finds the records of documents that were not `given`, with their type, path and document; `closing` removes them */
export function surplus(documents: readonly string[]): Statement {
  return { sql: `SELECT id, type, path, document ${SURPLUS}`, params: [JSON.stringify(documents)] };
}

/**
 * @param documents the documents that are replaced: what they own and was not given is removed
 * @param now the time of the import
 * @param updatedAt when the data last changed, as they tell
 * @returns the statements behind the last batch
 */
export function closing(documents: readonly string[], now: string, updatedAt: string | null): Statement[] {
  return [
    // Their editions would leave them behind.
    ...['edition_sub_venues', 'edition_further_places'].map((table) => ({
      sql: `DELETE FROM ${table} WHERE edition_id IN (SELECT id ${SURPLUS})`,
      params: [JSON.stringify(documents)],
    })),
    { sql: `DELETE ${SURPLUS}`, params: [JSON.stringify(documents)] },
    { sql: `DROP TABLE ${GIVEN}`, params: [] },
    { sql: CARRY_SORT_NAMES, params: [] },
    { sql: STAMP, params: [updatedAt, updatedAt, now, updatedAt, now] },
  ];
}
