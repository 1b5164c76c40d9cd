import type { Statement } from '../../src/store/open.ts';
import type { World } from './world.ts';

/* Rows that come and go while a list is read: copies of rows that are there, which tie with them in every order. */

/** The table behind each list. */
const tables: Record<string, string> = {
  'Query.conventions': 'conventions',
  'Query.editions': 'editions',
  'Query.themes': 'themes',
  'Query.exhibitionAreas': 'exhibition_areas',
  'Query.speakers': 'speakers',
  'Query.signedProjectStatistics': 'signed_project_statistics',
  'Query.sources': 'sources',
  'Convention.editions': 'editions',
  'Convention.signedProjectStatistics': 'signed_project_statistics',
  'Edition.speakers': 'appearances',
  'Edition.signedProjectStatistics': 'signed_project_statistics',
  'Speaker.appearances': 'appearances',
};

/** What must differ between a row and its copy. */
const differing: Record<string, string> = {
  slug: "slug || '-' || hex(randomblob(8))",
  standing: "replace(standing, 'PREFERRED', 'ALTERNATIVE')",
};

export interface Copies {
  /** Copies each: right behind the original where ids ascend, or right before it. */
  add(...originals: (readonly [id: string, side: 'behind' | 'before'])[]): void;
  /** Removes a copy; an original must stay. */
  remove(id: string): void;
  /** Whether it is a copy that is there. */
  has(id: string): boolean;
  removeAll(): void;
}

/** @throws TypeError when it is not known which table is behind the list */
export function copiesIn(world: World, list: string): Copies {
  const table = tables[list];
  if (!table) throw new TypeError(`It is not known what to copy in ${list}.`);
  const columns = world.reader
    .rows(`SELECT name FROM pragma_table_info('${table}')`, [])
    .map(({ name }) => String(name));
  const copied = columns.map((name) => (name === 'id' ? '?' : (differing[name] ?? name)));
  const link = 'signed_project_statistic_editions';
  const copying = [
    'INSERT INTO nodes (id, type, document, checksum, updated_at) SELECT ?, type, document, checksum, updated_at FROM nodes WHERE id = ?',
    `INSERT INTO ${table} (${columns}) SELECT ${copied} FROM ${table} WHERE id = ?`,
    'INSERT INTO localized_texts SELECT ?, field, locale, text, is_original FROM localized_texts WHERE node_id = ?',
    `INSERT INTO ${link} SELECT ?, edition_id FROM ${link} WHERE signed_project_statistic_id = ?`,
  ];
  const there = new Set<string>();
  let made = 0;
  const remove = (ids: readonly string[]) => {
    world.write(ids.map((id): Statement => ({ sql: 'DELETE FROM nodes WHERE id = ?', params: [id] })));
    for (const id of ids) there.delete(id);
  };
  return {
    add(...originals) {
      const batch = originals.flatMap(([original, side]): Statement[] => {
        made += 1;
        const id = side === 'behind' ? `${original}~${made}` : `${original.slice(0, -1)}!${made}`;
        there.add(id);
        return copying.map((sql) => ({ sql, params: [id, original] }));
      });
      world.write(batch);
    },
    remove: (id) => remove([id]),
    has: (id) => there.has(id),
    removeAll: () => remove([...there]),
  };
}
