import type { Statement } from '../store/open.ts';
import * as tables from '../store/tables.ts';
import { replacements, upserts } from '../store/upsert.ts';
import { checksumOf, type NodeType, nodeId } from './identity.ts';
import { type Citation, type Localized, originalLocale } from './values.ts';

/** A record with an id, apart from its own table. */
interface NodeContent {
  type: NodeType;
  /** @see nodeId */
  path: string;
  /** The part of the dataset that owns it: "convention:<slug>", "sources" … */
  document: string;
  /** What it says itself; copies of what other records say are left out, so that their changes are not its own. */
  content: Record<string, unknown>;
  /** Its texts by field, and the language that is the original where they do not tell. */
  texts: Record<string, Localized | undefined>;
  language: string;
  citations?: readonly Citation[];
  /** The checksums of the records that belong to it. */
  beneath?: readonly number[];
}

/** What an import did, in records; a record counts as updated when something that belongs to it changed, too. */
export interface ImportResult {
  created: number;
  updated: number;
  unchanged: number;
  removed: number;
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
  readonly preferred: { figures: [string, string][]; signed_project_statistics: [string, string][] } = {
    figures: [],
    signed_project_statistics: [],
  };
  readonly #texts = replacements(tables.localizedTexts);
  readonly #citations = replacements(tables.citations);
  readonly #nodes: [id: string, type: string, document: string, checksum: number][] = [];
  /** The time zones of the places given here. */
  readonly #timeZones: [id: string, timeZone: string | null][] = [];

  /**
   * Notes a record, its texts and its citations.
   * @returns its id, for its own table, and a checksum over it and what is beneath it
   */
  node({ type, path, document, content, texts, language, citations = [], beneath }: NodeContent): {
    id: string;
    checksum: number;
  } {
    const id = nodeId(type, path);
    const notes = citations.map(({ note }, position) => [`citations.${position}.note`, note] as const);
    const textRows = [...Object.entries(texts), ...notes].flatMap(([field, text]) =>
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
    const checksum = checksumOf({ id, content, texts: textRows, citations: citationRows, beneath });
    this.#nodes.push([id, type, document, checksum]);
    return { id, checksum };
  }

  /** Notes the time zone of a place, which editions held there share. */
  timeZone(placeId: string, timeZone: string | null): void {
    this.#timeZones.push([placeId, timeZone]);
  }

  /**
   * @param documents the documents that are replaced: what they own and the batch does not have is removed
   * @param now the time of the import
   * @returns the statements, and how to read the counts from the numbers of rows that its statements changed
   */
  finish(
    documents: readonly string[],
    now: string,
  ): { statements: Statement[]; count(changes: readonly number[]): ImportResult } {
    const counted = new Map<number, 'created' | 'updated' | 'removed'>();
    const statements: Statement[] = [];
    /** @returns the index of the statement */
    const add = (sql: string, params: Statement['params']) => statements.push({ sql, params }) - 1;
    const owners = JSON.stringify(documents);

    counted.set(add(REMOVE, [owners, JSON.stringify(this.#nodes.map(([id]) => id))]), 'removed');
    for (let start = 0; start < this.#nodes.length; start += NODES_PER_STATEMENT) {
      const nodes = JSON.stringify(this.#nodes.slice(start, start + NODES_PER_STATEMENT));
      counted.set(add(CREATE, [now, nodes]), 'created');
      counted.set(add(UPDATE, [now, nodes]), 'updated');
    }
    add(CARRY_TIME_ZONES, [JSON.stringify(this.#timeZones)]);
    for (const [table, type] of [
      ['figures', 'Figure'],
      ['signed_project_statistics', 'SignedProjectStatistic'],
    ] as const)
      add(lower(table, type), [owners, JSON.stringify(this.preferred[table])]);
    for (const collected of this.#collected()) statements.push(...collected.statements());
    add(CARRY_SORT_NAMES, []);
    add(STAMP, [now]);

    return {
      statements,
      count: (changes) => {
        const counts = { created: 0, updated: 0, unchanged: 0, removed: 0 };
        for (const [index, kind] of counted) counts[kind] += changes[index] ?? 0;
        return { ...counts, unchanged: this.#nodes.length - counts.created - counts.updated };
      },
    };
  }

  #collected(): { statements(): Statement[] }[] {
    return [
      ...[this.sources, this.places, this.venues, this.organizations, this.speakers, this.conventions, this.editions],
      ...[this.subVenues, this.dateClaims, this.editionNotes, this.themes, this.exhibitionAreas, this.sessions],
      ...[this.appearances, this.participations, this.figures, this.figureEditions, this.economicIndicators],
      ...[this.statistics, this.statisticEditions, this.conversions, this.#texts, this.#citations],
    ];
  }
}

function textRowsOf(nodeId: string, field: string, { original, texts }: Localized, language: string) {
  const originalOne = originalLocale(original, [...texts.keys()], language);
  return [...texts].map(([locale, text]) => ({ nodeId, field, locale, text, isOriginal: locale === originalOne }));
}

// References are checked at the end of the batch, so what refers to a removed record may be put right later in it.
const REMOVE = `DELETE FROM nodes WHERE document IN (SELECT value FROM json_each(?))
  AND id NOT IN (SELECT value FROM json_each(?))`;

const CREATE = `INSERT INTO nodes (id, type, document, checksum, updated_at)
  SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, ? FROM json_each(?) WHERE true
  ON CONFLICT (id) DO NOTHING`;

const UPDATE = `INSERT INTO nodes (id, type, document, checksum, updated_at)
  SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, ? FROM json_each(?) WHERE true
  ON CONFLICT (id) DO UPDATE SET document = excluded.document, checksum = excluded.checksum,
    updated_at = iif(nodes.checksum = excluded.checksum, nodes.updated_at, excluded.updated_at)
  WHERE (nodes.document, nodes.checksum) IS NOT (excluded.document, excluded.checksum)`;

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
  SELECT 1, printf('%016x', coalesce(sum(checksum), 0)), ? FROM nodes WHERE true
  ON CONFLICT (id) DO UPDATE SET version = excluded.version, updated_at = excluded.updated_at
  WHERE dataset.version IS NOT excluded.version`;
