import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import { createGzip, gzipSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fresh from 'fresh';
import Negotiator from 'negotiator';

/** A text to publish, and what tells whether a reader has it already. */
export interface Published {
  type: string;
  text: string | (() => NodeJS.ReadableStream);
  /** What changes with the text, where that is not made before it is sent. */
  identity?: string;
  /** When it may last have changed; null when unknown. */
  modified: Date | null;
  /** Whether it depends on the languages that the reader prefers. */
  isNegotiated?: boolean;
  headers?: Record<string, string>;
}

/** What is shorter is not worth the work of making it smaller. */
const SHORTEST_COMPRESSED = 1_000;

/**
 * Whether the reader has it already. That it wants nothing from a cache on the way, which `fetch` adds to every condition
 * of its own, is no matter of the service, which knows.
 */
export function isKnownToReader(
  { 'if-none-match': etags, 'if-modified-since': since }: IncomingHttpHeaders,
  validators: { etag: string; 'last-modified'?: string },
): boolean {
  const conditions = { ...(etags && { 'if-none-match': etags }), ...(since && { 'if-modified-since': since }) };
  return fresh(conditions, validators);
}

type Encoding = 'gzip' | 'identity';

function encodingOf(request: FastifyRequest, { text }: Published): Encoding {
  const isLong = typeof text !== 'string' || text.length >= SHORTEST_COMPRESSED;
  return isLong && new Negotiator(request).encoding(['gzip', 'identity']) === 'gzip' ? 'gzip' : 'identity';
}

function validatorsOf({ type, text, modified, ...published }: Published, encoding: Encoding) {
  const identity = published.identity ?? (typeof text === 'string' ? text : '');
  // Other bytes have another strong ETag.
  const hashed = createHash('sha256').update(`${type}\n${encoding}\n${identity}`).digest('base64url');
  return { etag: `"${hashed.slice(0, 27)}"`, ...(modified && { 'last-modified': modified.toUTCString() }) };
}

/** Whether the reader has a text already, so that it need not be made. */
export function hasAlready(request: FastifyRequest, published: Published): boolean {
  return isKnownToReader(request.headers, validatorsOf(published, encodingOf(request, published)));
}

/**
 * Sends a text with ETag and Last-Modified, or 304 where the reader has it as it is. It is asked anew each time, since an
 * import changes it at any moment.
 */
export function publish(reply: FastifyReply, published: Published): FastifyReply {
  const { type, text, isNegotiated = false, headers = {} } = published;
  const { request } = reply;
  const encoding = encodingOf(request, published);
  const validators = validatorsOf(published, encoding);
  // Those of a 304 take the place of those that the reader has kept, its policy among them.
  reply.headers({ ...validators, ...headers, 'cache-control': 'public, no-cache' });
  reply.header('vary', isNegotiated ? 'accept-encoding, accept-language' : 'accept-encoding');
  if (isKnownToReader(request.headers, validators)) return reply.code(304).send();
  reply.headers({ 'content-type': type, ...(encoding === 'gzip' && { 'content-encoding': encoding }) });
  if (typeof text === 'string') return reply.send(encoding === 'gzip' ? gzipSync(text) : text);
  // How long it would be is not known.
  if (request.method === 'HEAD') return reply.send(Readable.from([]));
  return reply.send(encoding === 'gzip' ? pipeline(text(), createGzip(), () => {}) : text());
}
