import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { site, siteAssets } from '../../src/http/site.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'expograph-site-'));
  await mkdir(join(folder, 'assets'));
  const pages = { 'pages/main.ts': { file: 'assets/pages-a1.js', css: ['assets/pages-b2.css'], isEntry: true } };
  for (const [name, text] of Object.entries({
    'manifest.json': JSON.stringify(pages),
    'secret.txt': 'outside the assets',
    'embed.js': 'plain script',
    'embed.js.br': 'brotli script',
    'embed.js.gz': 'gzip script',
    'embed.css': 'plain style',
    'embed.css.br': 'brotli style',
    'embed.css.gz': 'gzip style',
    'card.png': 'plain picture',
    'card.png.br': 'brotli picture',
    'card.png.gz': 'gzip picture',
    'embed-licences.txt': 'plain licences',
    'embed-licences.txt.br': 'brotli licences',
    'embed-licences.txt.gz': 'gzip licences',
    'assets/chart-c3.js': 'plain asset',
    'assets/chart-c3.js.br': 'brotli asset',
    'assets/chart-c3.js.gz': 'gzip asset',
  }))
    await writeFile(join(folder, name), text);
});

afterEach(() => rm(folder, { recursive: true }));

const kinds = [
  ['br, gzip', 'brotli'],
  ['gzip', 'gzip'],
  ['identity', 'plain'],
] as const;

test.each([
  ['/assets/chart-c3.js', 'asset', 'public, max-age=31536000, immutable', /javascript; charset=utf-8$/],
  ['/embed.js', 'script', 'public, no-cache', /javascript; charset=utf-8$/],
  ['/embed.css', 'style', 'public, no-cache', /^text\/css/],
  ['/embed-licences.txt', 'licences', 'public, no-cache', /^text\/plain/],
] as const)('%s is sent to other sites as the browser can read it', async (url, what, caching, type) => {
  const server = Fastify();
  await server.register(site, { folder });
  for (const [accepted, how] of kinds) {
    const answer = await server.inject({ url, headers: { 'accept-encoding': accepted } });
    expect([answer.statusCode, answer.body]).toEqual([200, `${how} ${what}`]);
    expect(answer.headers).toMatchObject({
      'cache-control': caching,
      'content-type': expect.stringMatching(type),
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
      vary: expect.stringMatching(/accept-encoding/i),
      etag: expect.stringMatching(/^(W\/)?".+"$/),
    });
    const again = { 'accept-encoding': accepted, 'if-none-match': answer.headers.etag };
    expect((await server.inject({ url, headers: again })).statusCode).toBe(304);
    expect((await server.inject({ method: 'HEAD', url })).statusCode).toBe(200);
  }
});

test.each([
  '/assets/missing.js',
  '/assets/',
  '/assets/../secret.txt',
  '/assets/%2e%2e/secret.txt',
  '/assets/..%2fsecret.txt',
  '/secret.txt',
  '/manifest.json',
  '/embed.js/',
])('%s is not served', async (url) => {
  const server = Fastify();
  await server.register(site, { folder });
  const answer = await server.inject({ url });
  expect(answer.statusCode).toBeGreaterThanOrEqual(400);
  expect(answer.statusCode).toBeLessThan(500);
  expect(answer.body).not.toContain('outside');
});

test('another version of the same size and date is no longer the same', async () => {
  const etags: string[] = [];
  for (const script of ['version one', 'version two']) {
    for (const name of ['embed.js', 'embed.js.br', 'embed.js.gz']) {
      await writeFile(join(folder, name), script);
      await utimes(join(folder, name), 0, 0);
    }
    const server = Fastify();
    await server.register(site, { folder });
    const { headers } = await server.inject({ url: '/embed.js', headers: { 'if-none-match': etags.join() } });
    etags.push(String(headers.etag));
    expect(headers).not.toHaveProperty('last-modified');
  }
  expect(new Set(etags).size).toBe(2);
});

test('the pages find their style and script by names that hold a hash', () => {
  expect(siteAssets(folder)).toEqual({ style: '/assets/pages-b2.css', script: '/assets/pages-a1.js' });
});

test.each(['manifest.json', 'embed.js', 'embed.css', 'embed-licences.txt'])(
  'without %s it is one line that says how to build it',
  async (name) => {
    await rm(join(folder, name));
    const line = `What pages load is not built (no ${join(folder, name)}): run "npm run build".`;
    expect(() => siteAssets(folder)).toThrow(line);
    await expect(Fastify().register(site, { folder })).rejects.toThrow(line);
  },
);
