import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import fresh from 'fresh';

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

/**
 * Sends a text with ETag and Last-Modified, or 304 where the reader has it as it is. It is asked anew each time, since an
 * import changes it at any moment.
 */
export function publish(reply: FastifyReply, published: Published): FastifyReply {
  const { type, text, modified, isNegotiated = false, headers = {} } = published;
  const identity = published.identity ?? (typeof text === 'string' ? text : '');
  const etag = `"${createHash('sha256').update(`${type}\n${identity}`).digest('base64url').slice(0, 27)}"`;
  const validators = { etag, ...(modified && { 'last-modified': modified.toUTCString() }) };
  reply.headers({
    ...validators,
    'cache-control': 'public, no-cache',
    ...(isNegotiated && { vary: 'accept-language' }),
  });
  if (fresh(reply.request.headers, validators)) return reply.code(304).send();
  reply.headers({ 'content-type': type, ...headers });
  if (typeof text === 'string') return reply.send(text);
  // How long it would be is not known.
  return reply.send(reply.request.method === 'HEAD' ? Readable.from([]) : text());
}
