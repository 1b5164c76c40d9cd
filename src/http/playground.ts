import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { preferenceOf } from './formats.ts';

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self' blob:",
  // Monaco positions its lines with inline styles and brings its icons as a data: font.
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ');

/**
 * Reads the built playground from a folder: the page that a browser gets at /graphql, with the headers it needs.
 * Throws one line that names the folder and the command when the playground was not built.
 */
export function playgroundPage(folder: string): { html: string; headers: Record<string, string> } {
  const path = join(folder, 'index.html');
  if (!existsSync(path)) throw new Error(`The playground is not built (no ${path}): run "npm run build".`);
  return {
    html: readFileSync(path, 'utf8'),
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'cache-control': 'no-cache',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      vary: 'accept',
    },
  };
}

const preferredType = preferenceOf(['application/json', 'application/graphql-response+json', 'text/html']);

/** Says whether a request with this Accept header wants the page rather than JSON. No header, or a mere wildcard, wants JSON. */
export function prefersPage(accept: string | undefined): boolean {
  return preferredType(accept) === 'text/html';
}

/**
 * A Fastify plugin that serves the playground's assets under /playground/assets/, each cached for ever because its name holds its hash.
 * Throws when the playground was not built.
 */
export async function playground(server: FastifyInstance, options: { folder: string }): Promise<void> {
  playgroundPage(options.folder);
  // A worker has the policy that its script came with.
  server.addHook('onRequest', (_request, reply, done) => {
    reply.header('content-security-policy', policy);
    done();
  });
  await server.register(fastifyStatic, {
    root: join(options.folder, 'assets'),
    prefix: '/playground/assets/',
    decorateReply: false,
    index: false,
    preCompressed: true,
    immutable: true,
    maxAge: '365d',
    // The plugin picks a compressed file by Accept-Encoding and does not say so to the caches on the way.
    setHeaders: (reply) => {
      reply.header('vary', 'accept-encoding');
      reply.header('x-content-type-options', 'nosniff');
    },
  });
  for (const path of ['/playground', '/playground/']) {
    server.get(path, (_request, reply) => reply.redirect('/graphql', 302));
  }
}
