import type { Reader } from '../store/open.ts';

/** A record that has a page, by the address of that without the origin. */
export interface Address {
  path: string;
  updatedAt: string;
}

const KINDS = ['conventions', 'editions', 'speakers'] as const;

/** @returns how many records have a page */
export function countAddresses(reader: Pick<Reader, 'rows'>): number {
  const counts = KINDS.map((kind) => `(SELECT count(*) FROM ${kind})`).join(' + ');
  const [row] = reader.rows(`SELECT ${counts} AS addresses`, []);
  return Number(row?.addresses ?? 0);
}

/**
 * @param page from 0
 * @param size how many are on a page
 * @returns the addresses of one page, by kind and slug
 */
export function listAddresses(reader: Pick<Reader, 'rows'>, page: number, size: number): Address[] {
  const all = KINDS.map(
    (kind) => `SELECT '${kind}' AS kind, slug, updated_at FROM ${kind} CROSS JOIN nodes USING (id)`,
  ).join(' UNION ALL ');
  const rows = reader.rows(`${all} ORDER BY kind, slug LIMIT ? OFFSET ?`, [size, page * size]);
  return rows.map(({ kind, slug, updated_at }) => ({ path: `/${kind}/${slug}`, updatedAt: String(updated_at) }));
}
