import { hash } from 'node:crypto';
import { z } from 'zod';

/** What has an id: the names of the GraphQL types. */
export const NodeType = z.enum([
  'Convention',
  'Edition',
  'Theme',
  'ExhibitionArea',
  'Session',
  'Speaker',
  'Appearance',
  'Organization',
  'Place',
  'Venue',
  'Participation',
  'Figure',
  'EconomicIndicator',
  'SignedProjectStatistic',
  'Source',
  'DateClaim',
  'EditionNote',
]);

export type NodeType = z.infer<typeof NodeType>;

/**
 * @param type the GraphQL type
 * @param path what names the record in the data files: a slug, or "<edition slug>/<key>"
 * @returns its id, the same on every install: "edition_0123456789abcdef"
 */
export function nodeId(type: NodeType, path: string): string {
  return `${prefixes[type]}_${sha256(`${type}:${path}`, 8)}`;
}

const prefixes = Object.fromEntries(
  NodeType.options.map((type) => [type, type.replace(/(?<=.)[A-Z]/g, '_$&').toLowerCase()]),
);

/**
 * @param content what a record says, in plain values; keys without a value do not count
 * @returns 40 bits that differ when the content does
 */
export function checksumOf(content: unknown): number {
  return Number.parseInt(sha256(canonicalJson(content), 5), 16);
}

/** The first bytes in hex. A slice of the whole would hold on to all of it, in each of a million ids. */
function sha256(text: string, bytes: number): string {
  return hash('sha256', text, 'buffer').toString('hex', 0, bytes);
}

/** A column added later must not move the checksum of what has no value in it, nor must the order of keys. */
function canonicalJson(content: unknown): string {
  if (typeof content !== 'object' || content === null) return JSON.stringify(content) ?? 'null';
  if (Array.isArray(content)) return `[${content.map(canonicalJson).join(',')}]`;
  const fields = Object.entries(content).filter(([, value]) => value !== null && value !== undefined);
  fields.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, value]) => `${JSON.stringify(name)}:${canonicalJson(value)}`).join(',')}}`;
}
