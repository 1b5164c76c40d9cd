import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import fresh from 'fresh';
import Negotiator from 'negotiator';
import { z } from 'zod';

const manifestFile = z.object({ 'pages/main.ts': z.object({ file: z.string(), css: z.tuple([z.string()]) }) });

/**
 * Reads which files the pages load.
 * @param folder what the build made for pages and for other sites
 * @returns the paths of the style and the script, each with its hash in its name
 * @throws Error with one line that names the folder and the command, when it was not built
 */
export function siteAssets(folder: string): { style: string; script: string } {
  const path = join(folder, 'manifest.json');
  const missing = [
    path,
    join(folder, 'embed.js'),
    join(folder, 'embed.css'),
    join(folder, 'embed-licences.txt'),
    join(folder, 'card.png'),
  ].find((file) => !existsSync(file));
  if (missing) throw new Error(`What pages load is not built (no ${missing}): run "npm run build".`);
  const { file, css } = manifestFile.parse(JSON.parse(readFileSync(path, 'utf8')))['pages/main.ts'];
  return { style: `/${css[0]}`, script: `/${file}` };
}

/**
 * A Fastify plugin that serves what pages load: /assets/, cached for ever because names hold hashes, and what other
 * sites refer to by a name that never changes, /embed.js and /embed.css, which are asked for anew each time.
 * @throws Error when they were not built
 */
export async function site(server: FastifyInstance, { folder }: { folder: string }): Promise<void> {
  siteAssets(folder);
  await server.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    decorateReply: false,
    index: false,
    preCompressed: true,
    immutable: true,
    maxAge: '365d',
    setHeaders: (reply) => {
      // The plugin picks a compressed file by Accept-Encoding and does not say so to the caches on the way.
      for (const [name, value] of Object.entries(headers)) reply.header(name, value);
    },
  });
  serve(server, folder, 'embed.js', 'text/javascript; charset=utf-8');
  serve(server, folder, 'embed.css', 'text/css; charset=utf-8');
  serve(server, folder, 'embed-licences.txt', 'text/plain; charset=utf-8');
  serve(server, folder, 'card.png', 'image/png');
}

const headers = {
  vary: 'accept-encoding',
  'x-content-type-options': 'nosniff',
  // A page may demand of all that it loads from elsewhere that it is meant to be.
  'cross-origin-resource-policy': 'cross-origin',
};

/** Not by the static plugin: its ETag is of size and date, and npm gives all files of all versions the same date. */
function serve(server: FastifyInstance, folder: string, name: string, type: string): void {
  const read = (encoding: string, ending: string) => {
    const body = readFileSync(join(folder, name + ending));
    return { encoding, body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` };
  };
  const plain = read('identity', '');
  const variants = [read('br', '.br'), read('gzip', '.gz'), plain];
  server.get(`/${name}`, (request, reply) => {
    const accepted = new Negotiator(request).encodings(variants.map(({ encoding }) => encoding));
    const { encoding, body, etag } = variants.find(({ encoding }) => accepted.includes(encoding)) ?? plain;
    reply.headers({ ...headers, 'cache-control': 'public, no-cache', etag });
    if (fresh(request.headers, { etag })) return reply.code(304).send();
    if (encoding !== 'identity') reply.header('content-encoding', encoding);
    return reply.type(type).send(body);
  });
}
