import { createServer, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EditionInBriefDocument } from '../../src/client/index.ts';
import { openApp, type TestApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { WMC } from '../support/one-series.ts';

const built = fileURLToPath(new URL('../../dist/client/index.js', import.meta.url));
const origin = 'https://page.example';

let app: TestApp;
let url: string;
beforeAll(async () => {
  app = await openApp({ only: WMC });
  ({ url } = await app.listen());
});
afterAll(() => app?.close());

const graphql = { method: 'POST', url: '/graphql' } as const;
const json = { origin, 'content-type': 'application/json' };

describe('to a page of another origin', () => {
  test.each([
    ['an answer', { ...graphql, headers: json, payload: { query: '{ service { name } }' } }, 200],
    ['an answer to GET', { url: '/graphql?query={service{name}}', headers: { origin } }, 200],
    ['an answer as CSV', { url: '/graphql?format=csv&query={editions{nodes{year}}}', headers: { origin } }, 200],
    [
      'an answer as JSON Lines',
      { url: '/graphql?format=jsonl&query={editions{nodes{year}}}', headers: { origin } },
      200,
    ],
    ['a refusal', { ...graphql, headers: json, payload: { query: '{ nope }' } }, 400],
    ['a refusal of CSV', { url: '/graphql?format=csv&query={nope}', headers: { origin } }, 400],
    ['a wrong format', { url: '/graphql?format=xml&query={service{name}}', headers: { origin } }, 400],
    ['a body that is no JSON', { ...graphql, headers: json, payload: '{' }, 400],
    ['a body that is too large', { ...graphql, headers: json, payload: { query: '#'.repeat(100_000) } }, 413],
    ['a body of another type', { ...graphql, headers: { origin, 'content-type': 'text/xml' }, payload: '<q/>' }, 415],
    ['another method', { method: 'PUT', url: '/graphql', headers: { origin } } as const, 405],
    ['an address that is none', { url: '/nowhere', headers: { origin } }, 404],
    ['the schema', { url: '/schema.graphql', headers: { origin } }, 200],
    ['the head of the schema', { method: 'HEAD', url: '/schema.graphql', headers: { origin } } as const, 200],
    ['that it is ready', { url: '/readyz', headers: { origin } }, 200],
  ])('%s may be read, and never with a cookie', async (_what, request, status) => {
    const { statusCode, headers } = await app.server.inject(request);
    expect([statusCode, headers['access-control-allow-origin']]).toEqual([status, '*']);
    expect(headers['access-control-expose-headers']).toBe(
      'cache-status, content-disposition, etag, ratelimit-limit, ratelimit-remaining, ratelimit-reset, retry-after, x-request-id',
    );
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
    // It is the same for all origins, and so may be kept for all.
    expect(String(headers.vary)).not.toMatch(/origin/i);
  });

  test('what an answer depends on is told as ever', async () => {
    const answers = [
      await app.server.inject({ url: '/graphql?query={editions{nodes{name}}}', headers: { origin } }),
      await app.server.inject({ url: '/graphql?format=csv&query={editions{nodes{year}}}', headers: { origin } }),
    ];
    for (const { headers } of answers) expect(headers.vary).toBe('accept, accept-language');
  });

  test.each(['/graphql', '/graphql?format=csv', '/schema.graphql', '/nowhere'])(
    'the request that a browser sends ahead is answered at %s, whatever headers it asks for',
    async (path) => {
      const asked = 'accept-language,authorization,content-type,x-request-id';
      const { statusCode, headers, body } = await app.server.inject({
        method: 'OPTIONS',
        url: path,
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': asked },
      });
      expect([statusCode, headers['content-length'], body]).toEqual([200, '0', '']);
      expect(headers).toMatchObject({
        'access-control-allow-origin': '*',
        'access-control-allow-methods': 'GET, HEAD, POST',
        'access-control-allow-headers': asked,
        'access-control-max-age': '86400',
        vary: 'Access-Control-Request-Headers',
      });
      expect(headers).not.toHaveProperty('access-control-allow-credentials');
    },
  );

  test('an OPTIONS that no browser sent ahead is told which methods there are', async () => {
    const { statusCode, headers } = await app.server.inject({ method: 'OPTIONS', url: '/graphql' });
    expect([statusCode, headers.allow]).toEqual([200, 'GET, HEAD, POST, OPTIONS']);
  });
});

describe('a page at another port', () => {
  let elsewhere: Server;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    elsewhere = createServer((request, response) => {
      const [, status] = /^\/moved-(\d+)$/.exec(request.url ?? '') ?? [];
      if (status) response.writeHead(Number(status), { location: `${url}/graphql` }).end();
      else response.setHeader('content-type', 'text/html').end('<!doctype html><title>Elsewhere</title>');
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    const address = elsewhere.address();
    browser = await launchBrowser();
    page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${typeof address === 'object' && address?.port}/`);
    const output = await build({
      configFile: false,
      logLevel: 'error',
      build: { lib: { entry: built, formats: ['iife'], name: 'expograph' }, write: false },
    });
    const [bundle] = Array.isArray(output) ? output.flatMap(({ output: files }) => files) : [];
    await page.addScriptTag({
      content: bundle?.type === 'chunk' ? `${bundle.code};globalThis.expograph = expograph;` : '',
    });
  });
  afterAll(async () => {
    await browser?.close();
    elsewhere?.close();
  });

  /** Runs a function's text in the page, with the service's address. */
  const inPage = (text: string) => page.evaluate(`(${text})(${JSON.stringify(url)})`);

  test('asks by the client, in a language and with a header of its own, and is told of errors', async () => {
    const asked = await inPage(`(url) => {
      const headers = { authorization: 'Bearer x', 'x-request-id': '1' };
      return expograph.createClient({ url: url + '/graphql', language: 'zh-Hans', headers }).query(expograph.EditionInBriefDocument);
    }`);
    expect(asked).toEqual((await app.query({ query: String(EditionInBriefDocument), acceptLanguage: 'zh-Hans' })).data);
    const refused = await inPage(
      `(url) => expograph.createClient({ url }).query('{ a }').catch(({ message, status }) => ({ message, status }))`,
    );
    expect(refused).toEqual({ message: expect.stringContaining('The graph is at /graphql.'), status: 405 });
  });

  test('is sent on by an address of its own, and told where that loses the query', async () => {
    const asked = await inPage(`() =>
      expograph.createClient({ url: '/moved-307', language: 'en' }).query('{ editions { totalCount } }')`);
    expect(asked).toEqual({ editions: { totalCount: 9 } });
    const refused = await inPage(`() =>
      expograph.createClient({ url: '/moved-302' }).query('{ editions { totalCount } }').catch((error) => error.message)`);
    expect(refused).toContain(`/moved-302 redirects to ${url}/graphql: give that address, `);
  });

  test('is told of a request that cannot be sent, and of a service that is not there', async () => {
    const told = await inPage(`(url) => Promise.all([
      { url: 'http://:4000' }, { url, language: '中文' }, { url: 'http://127.0.0.1:9/graphql' },
    ].map((options) => expograph.createClient(options).query('{ a }').catch((error) => [error.name, error.message])))`);
    expect(told).toEqual([
      ['ExpographError', expect.stringMatching(/^"http:\/\/:4000" is no address that can be asked from here \(/)],
      ['ExpographError', expect.stringMatching(/^The header "accept-language" cannot be sent: /)],
      ['ExpographError', expect.stringMatching(/^http:\/\/127\.0\.0\.1:9\/graphql cannot be reached: [^.]+\.$/)],
    ]);
  });

  test('reads CSV with its file’s name, a refusal, and the schema', async () => {
    const read = await inPage(`async (url) => {
      const csv = await fetch(url + '/graphql?query=query Years{editions{nodes{year}}}', { headers: { accept: 'text/csv' } });
      const refusal = await fetch(url + '/graphql?format=xml&query={service{name}}');
      const schema = await fetch(url + '/schema.graphql');
      return {
        csv: [csv.status, csv.headers.get('content-disposition'), (await csv.text()).split('\\r\\n')[0]],
        refusal: [refusal.status, (await refusal.json()).errors[0].extensions.code],
        schema: await schema.text(),
      };
    }`);
    expect(read).toEqual({
      csv: [200, 'inline; filename="Years.csv"', 'year'],
      refusal: [400, 'BAD_USER_INPUT'],
      schema: (await app.server.inject('/schema.graphql')).body,
    });
  });

  test('may not ask with the visitor’s cookies', async () => {
    const said = await inPage(`(url) =>
      fetch(url + '/graphql?query={service{name}}', { credentials: 'include' }).then(() => 'answered', () => 'refused')`);
    expect(said).toBe('refused');
  });
}, 60_000);
