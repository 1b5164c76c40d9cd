import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { playground, playgroundPage, prefersPage } from '../../src/http/playground.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'expograph-page-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html>');
  await writeFile(join(folder, 'secret.txt'), 'outside the assets');
  await writeFile(join(folder, 'assets', 'index-a1b2.js'), 'plain');
  await writeFile(join(folder, 'assets', 'index-a1b2.js.br'), 'brotli');
  await writeFile(join(folder, 'assets', 'index-a1b2.js.gz'), 'gzip');
});

afterEach(() => rm(folder, { recursive: true }));

test('an asset is cached for ever and sent as the browser can read it', async () => {
  const server = Fastify();
  await server.register(playground, { folder });
  for (const [accepted, body] of [
    ['br, gzip', 'brotli'],
    ['gzip', 'gzip'],
    ['identity', 'plain'],
  ]) {
    const answer = await server.inject({
      url: '/playground/assets/index-a1b2.js',
      headers: { 'accept-encoding': accepted },
    });
    expect(answer.body).toBe(body);
    expect(answer.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': expect.stringContaining('javascript'),
      'x-content-type-options': 'nosniff',
      vary: expect.stringMatching(/accept-encoding/i),
    });
  }
});

test.each([
  '/playground/assets/missing.js',
  '/playground/assets/',
  '/playground/assets/../secret.txt',
  '/playground/assets/%2e%2e/secret.txt',
  '/playground/assets/..%2fsecret.txt',
  '/playground/index.html',
  '/playground/.stamp',
])('%s is not served', async (url) => {
  const server = Fastify();
  await server.register(playground, { folder });
  const answer = await server.inject({ url });
  expect(answer.statusCode).toBeGreaterThanOrEqual(400);
  expect(answer.statusCode).toBeLessThan(500);
  expect(answer.body).not.toContain('outside');
});

test('/playground leads to /graphql', async () => {
  const server = Fastify();
  await server.register(playground, { folder });
  for (const url of ['/playground', '/playground/']) {
    const answer = await server.inject({ url });
    expect([answer.statusCode, answer.headers.location]).toEqual([302, '/graphql']);
  }
});

test('the page is not cached and brings its policy', () => {
  const { html, headers } = playgroundPage(folder);
  expect(html).toBe('<!doctype html>');
  expect(headers['cache-control']).toBe('no-cache');
  expect(headers['content-security-policy']).toContain("script-src 'self'; worker-src 'self' blob:");
  expect(headers['content-security-policy']).not.toMatch(/http|\*|unsafe-eval|script-src[^;]*unsafe/);
});

test('a playground that was not built is one line that says how to build it', async () => {
  await rm(join(folder, 'index.html'));
  const line = `The playground is not built (no ${join(folder, 'index.html')}): run "npm run build".`;
  expect(() => playgroundPage(folder)).toThrow(line);
  const server = Fastify();
  await expect(server.register(playground, { folder })).rejects.toThrow(line);
});

test.each([
  ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', true],
  ['text/html', true],
  ['text/*', true],
  [undefined, false],
  ['', false],
  ['*/*', false],
  ['application/json', false],
  ['application/graphql-response+json, application/json;q=0.9', false],
  ['application/json, text/html', false],
  ['application/json;q=0.5, text/html', true],
  ['text/html;q=0, application/json', false],
  ['image/png', false],
  ['nonsense', false],
])('Accept %j wants the page: %s', (accept, expected) => {
  expect(prefersPage(accept)).toBe(expected);
});
