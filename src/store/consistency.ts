import type Database from 'better-sqlite3';
import { read } from './connect.ts';

/** What the rules of the tables cannot tell: whether rows that say the same in two places agree. */
export const parts = ['records', 'dataset', 'copies', 'counts'] as const;

/** A part of it, as found. */
export interface Consistency {
  /** What there is, where all is well. */
  found: string;
  /** What does not agree, as "2 rows of …"; empty where all does. */
  misfits: string[];
}

/**
 * @param database one at the schema of this version
 * @param part `records`: every record has its row in `nodes` and in the table of its type; `dataset`: its version is
 *   that of the records; `copies`: names and dates that are kept twice are the same; `counts`: how often people took part
 */
export function findMisfits(database: Database.Database, part: (typeof parts)[number]): Consistency {
  return finders[part](database);
}

const finders: Record<(typeof parts)[number], (database: Database.Database) => Consistency> = {
  records(database) {
    const tables = recordTables(database);
    const count = (sql: string, ...params: string[]) =>
      Number(
        database
          .prepare(sql)
          .pluck()
          .get(...params),
      );
    const misfits = tables.flatMap(({ table, type }) => [
      ...counted(
        count(`SELECT count(*) FROM nodes WHERE type = ? AND id NOT IN (SELECT id FROM ${table})`, type),
        `of nodes without their row of ${table}`,
      ),
      ...counted(
        count(`SELECT count(*) FROM ${table} WHERE id NOT IN (SELECT id FROM nodes WHERE type = ?)`, type),
        `of ${table} without their row of nodes as ${type}`,
      ),
    ]);
    const types = JSON.stringify(tables.map(({ type }) => type));
    const strange = count('SELECT count(*) FROM nodes WHERE type NOT IN (SELECT value FROM json_each(?))', types);
    const counts = tables.map(({ table }) => `${count(`SELECT count(*) FROM ${table}`)} ${table.replaceAll('_', ' ')}`);
    return { found: counts.join(', '), misfits: [...misfits, ...counted(strange, 'of nodes of an unknown type')] };
  },

  dataset(database) {
    // As every import stamps it.
    const expected = read(database, "SELECT printf('%016x', coalesce(sum(checksum), 0)) FROM nodes");
    const stored = read(database, 'SELECT version FROM dataset');
    if (stored === undefined && read(database, 'SELECT count(*) FROM nodes') === 0)
      return { found: 'no data yet', misfits: [] };
    const misfits =
      stored === expected ? [] : [`version ${stored ?? 'unknown'} is stored, and the records are ${expected}`];
    return { found: `version ${stored}`, misfits };
  },

  copies(database) {
    const misfits = Object.entries(copies).flatMap(([what, sql]) =>
      counted(Number(read(database, `SELECT count(*) FROM ${sql}`)), `with another ${what}`),
    );
    return { found: 'names and dates that are kept twice are the same', misfits };
  },

  counts(database) {
    const wrong = read(
      database,
      `SELECT count(*) FROM speakers WHERE (appearance_count, edition_count) IS NOT
         (SELECT count(*), count(DISTINCT edition_id) FROM appearances WHERE speaker_id = speakers.id)`,
    );
    return {
      found: 'people took part as often as is kept of them',
      misfits: counted(Number(wrong), 'of speakers with other counts than their appearances'),
    };
  },
};

const copyOfEdition = (table: string) =>
  `${table} JOIN editions ON editions.id = edition_id WHERE ${table}.chronology IS NOT editions.chronology`;

/** Rows that do not agree with what they are copied from, by what is copied. */
const copies: Record<string, string> = {
  'sort_name in appearances than their speaker':
    'appearances JOIN speakers ON speakers.id = speaker_id WHERE appearances.sort_name IS NOT speakers.sort_name',
  'chronology in appearances than their edition': copyOfEdition('appearances'),
  'chronology in themes than their edition': copyOfEdition('themes'),
  'chronology in exhibition_areas than their edition': copyOfEdition('exhibition_areas'),
  // That of the edition that reported it, or else of the last that it is about, of the same convention.
  'chronology in signed_project_statistics than their edition': `signed_project_statistics AS statistic
    WHERE chronology IS NOT (
      SELECT coalesce(max(editions.chronology), '') FROM editions
      WHERE editions.convention_id = statistic.convention_id AND iif(
        statistic.reported_at_id IS NULL,
        editions.id IN (
          SELECT edition_id FROM signed_project_statistic_editions WHERE signed_project_statistic_id = statistic.id
        ),
        editions.id = statistic.reported_at_id))`,
};

/** The tables whose rows are records, and the type that their rows of `nodes` have: "edition_notes" and "EditionNote". */
function recordTables(database: Database.Database): { table: string; type: string }[] {
  const names = database
    .prepare<[], string>(
      `SELECT list.name FROM pragma_table_list AS list JOIN pragma_foreign_key_list(list.name) AS reference
       WHERE list.schema = 'main' AND reference."table" = 'nodes' AND reference."from" = 'id' ORDER BY 1`,
    )
    .pluck()
    .all();
  return names.map((table) => ({
    table,
    type: table.replace(/s$/, '').replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
  }));
}

function counted(count: number, what: string): string[] {
  return count === 0 ? [] : [`${count} ${count === 1 ? 'row' : 'rows'} ${what}`];
}
