import type { Statement } from '../store/open.ts';
import { recordLists } from './changes.ts';
import { nodeId } from './identity.ts';
import type { Verdict } from './import.ts';

/** More of the records beneath an edition are counted, and not named. */
const MOST_PARTS = 100;

const KINDS = { created: 'ADDED', updated: 'CHANGED', removed: 'REMOVED' } as const;

/** What was noted of editions and conventions, of the records beneath them, and of those that are about to go. */
const RECORDS = 'temp.changed_records';
const PARTS = 'temp.changed_parts';
const REMOVED = 'temp.removed_records';

const NAMES = (id: string) =>
  `(SELECT json_group_array(json_array(locale, text, is_original)) FROM localized_texts WHERE node_id = ${id} AND field = 'name')`;

/** What a change keeps of what it is about. */
const described = {
  editions: `described.id AS edition_id, described.convention_id, described.slug, ${NAMES('described.id')} AS names, described.chronology`,
  conventions: `NULL AS edition_id, described.id AS convention_id, described.slug, ${NAMES('described.id')} AS names, '9999' AS chronology`,
};
const DESCRIBED = 'edition_id, convention_id, slug, names, chronology';

/** Turns the verdicts of an import into rows of the table of changes, a row for each edition and each convention. */
export class ChangeLog {
  #records: [id: string, kind: string, fields: string][] = [];
  #parts: [editionId: string, place: number, part: string][] = [];
  #removed: string[] = [];
  #places = 0;
  /** Slugs of editions that are wholly new or gone: that says it of all beneath them. */
  readonly #whole = new Set<string>();

  /** Notes what became of a record; those that editions share, such as sources and speakers, are no change of theirs. */
  note({ verdict, type, path, id, changed = [] }: Verdict): void {
    if (verdict === 'unchanged') return;
    const kind = KINDS[verdict];
    if (type === 'Edition' || type === 'Convention') {
      const fields = changed.filter((field) => isSaid(field) && !recordLists.has(field));
      this.#records.push([id, kind, JSON.stringify(fields)]);
      if (kind === 'REMOVED') this.#removed.push(id);
      if (kind !== 'CHANGED' && type === 'Edition') this.#whole.add(path);
      return;
    }
    const [edition = '', ...rest] = path.split('/');
    if (rest.length === 0) return;
    const fields = changed.filter(isSaid);
    if (kind === 'CHANGED' && fields.length === 0) return;
    this.#places += 1;
    this.#parts.push([edition, this.#places, JSON.stringify([type, rest.join('/'), kind, fields])]);
  }

  /** @returns the statements before the first of `statements` */
  *opening(): Generator<Statement> {
    const tables = [
      `${RECORDS} (id TEXT PRIMARY KEY, kind TEXT, fields TEXT) WITHOUT ROWID`,
      `${PARTS} (edition_id TEXT, place INTEGER, part TEXT, PRIMARY KEY (edition_id, place)) WITHOUT ROWID`,
      `${REMOVED} (id TEXT PRIMARY KEY, edition_id TEXT, convention_id TEXT, slug TEXT, names TEXT, chronology TEXT) WITHOUT ROWID`,
    ];
    for (const table of tables) yield { sql: `CREATE TABLE ${table}`, params: [] };
  }

  /** @returns the statements that keep what was noted since the last time, while what is removed is there still */
  *statements(): Generator<Statement> {
    const records = this.#records.splice(0);
    const parts = this.#parts
      .splice(0)
      .flatMap(([edition, place, part]) =>
        this.#whole.has(edition) ? [] : [[nodeId('Edition', edition), place, part]],
      );
    const removed = JSON.stringify(this.#removed.splice(0));
    this.#whole.clear();
    if (records.length > 0)
      yield {
        sql: `INSERT INTO ${RECORDS} SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?)`,
        params: [JSON.stringify(records)],
      };
    if (parts.length > 0)
      yield {
        sql: `INSERT INTO ${PARTS} SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?)`,
        params: [JSON.stringify(parts)],
      };
    if (removed === '[]') return;
    for (const [table, columns] of Object.entries(described))
      yield {
        sql: `INSERT INTO ${REMOVED} SELECT described.id, ${columns} FROM ${table} AS described WHERE described.id IN (SELECT value FROM json_each(?))`,
        params: [removed],
      };
  }

  /** @returns the statements behind the last, when the dataset is stamped with its new version */
  *closing(): Generator<Statement> {
    for (const [table, columns] of [...Object.entries(described), [REMOVED, DESCRIBED] as const])
      yield { sql: storing(table, columns), params: [] };
    for (const table of [RECORDS, PARTS, REMOVED]) yield { sql: `DROP TABLE ${table}`, params: [] };
  }
}

/** An earlier version of this program noted the record otherwise: nobody can see that. */
const isSaid = (field: string) => field !== 'checksum';

const storing = (table: string, columns: string) => `INSERT INTO changes
    (id, at, data_version, kind, fields, parts, parts_left_out, ${DESCRIBED})
  SELECT 'change_' || record.id || '_' || replace(replace(replace(dataset.updated_at, '-', ''), ':', ''), '.', '') || '_' || dataset.version,
    dataset.updated_at, dataset.version, record.kind, record.fields,
    (SELECT json_group_array(json(part)) FROM
      (SELECT part FROM ${PARTS} WHERE edition_id = record.id ORDER BY place LIMIT ${MOST_PARTS})) AS listed,
    max(0, (SELECT count(*) FROM ${PARTS} WHERE edition_id = record.id) - ${MOST_PARTS}), ${columns}
  FROM ${RECORDS} AS record CROSS JOIN dataset CROSS JOIN ${table} AS described ON described.id = record.id
  WHERE record.kind <> 'CHANGED' OR record.fields <> '[]' OR listed <> '[]'
  ON CONFLICT (id) DO NOTHING`;
