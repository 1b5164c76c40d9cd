import { createHash } from 'node:crypto';

/** Drawn once, for the ids of this graph alone: what is made in it never meets what others make of the same text. */
const NAMESPACE = '881e60c6-a04d-43e6-bcd1-cfd7914a77a6';

/**
 * @param nodeId the id of a record, the same on every install
 * @returns a UUID (version 5) for those who want one: the same wherever and whenever the record is published
 */
export function uuidOf(nodeId: string): string {
  const namespace = Buffer.from(NAMESPACE.replaceAll('-', ''), 'hex');
  const bytes = createHash('sha1').update(namespace).update(nodeId).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** @returns the address of an edition's page, in no language */
export function editionPage(baseUrl: string, slug: string): string {
  return `${baseUrl}/editions/${slug}`;
}

/** @returns the address of a convention's page, in no language */
export function conventionPage(baseUrl: string, slug: string): string {
  return `${baseUrl}/conventions/${slug}`;
}

/** @returns the address of a speaker's page, in no language */
export function speakerPage(baseUrl: string, slug: string): string {
  return `${baseUrl}/speakers/${slug}`;
}
