import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
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
  const missing = [path, join(folder, 'embed.js'), join(folder, 'embed.css')].find((file) => !existsSync(file));
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
    index: false,
    preCompressed: true,
    immutable: true,
    maxAge: '365d',
    setHeaders: (reply) => {
      // The plugin picks a compressed file by Accept-Encoding and does not say so to the caches on the way.
      reply.setHeader('vary', 'accept-encoding');
      reply.setHeader('x-content-type-options', 'nosniff');
      // A page may demand of all that it loads from elsewhere that it is meant to be.
      reply.setHeader('cross-origin-resource-policy', 'cross-origin');
    },
  });
  for (const name of ['embed.js', 'embed.css'])
    server.get(`/${name}`, (_request, reply) =>
      reply.header('cache-control', 'public, no-cache').sendFile(name, folder, { cacheControl: false }),
    );
}
