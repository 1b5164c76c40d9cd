import type { InjectOptions } from 'fastify';
import { afterEach, describe, expect, test } from 'vitest';
import { openApp, type TestApp } from '../support/app.ts';
import { WMC } from '../support/one-series.ts';

let app: TestApp | undefined;
afterEach(async () => {
  await app?.close();
  app = undefined;
});

const open = async (options: Parameters<typeof openApp>[0] = {}): Promise<TestApp> => {
  app = await openApp({ only: WMC, ...options });
  return app;
};

const question = '/graphql?query={service{name}}';
const html = { accept: 'text/html' };

describe('readers are guarded by headers', () => {
  const usual = {
    'content-security-policy': "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'cross-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'SAMEORIGIN',
  };
  const page =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'";
  const ofPages = { 'content-security-policy': page, 'referrer-policy': 'no-referrer-when-downgrade' };
  const playground =
    "default-src 'none'; script-src 'self'; worker-src 'self' blob:; style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

  test.each([
    ['an answer', { url: question }, 200, {}],
    ['an answer as CSV', { url: '/graphql?format=csv&query={editions{nodes{year}}}' }, 200, {}],
    ['a refusal', { url: '/graphql?query={nope}' }, 400, {}],
    ['what is not there', { url: '/nowhere' }, 404, {}],
    ['an address that cannot be read', { url: '/editions/%' }, 400, {}],
    ['a method that there is not', { method: 'DELETE', url: '/' } as const, 405, {}],
    ['a calendar', { url: '/calendar.ics' }, 200, {}],
    ['the script of other sites', { url: '/embed.js' }, 200, {}],
    ['whether it lives', { url: '/livez' }, 200, {}],
    ['where it leads on', { url: '/editions' }, 302, {}],
    ['a page', { url: '/' }, 200, ofPages],
    ['a page that is not there', { url: '/nowhere', headers: html }, 404, ofPages],
    ['the playground', { url: '/graphql', headers: html }, 200, { 'content-security-policy': playground }],
  ])('%s', async (_what, request, status, own) => {
    const { server } = await open();
    const { statusCode, headers } = await server.inject(request);
    expect(statusCode).toBe(status);
    expect(headers).toMatchObject({ ...usual, ...own });
    expect(headers).not.toHaveProperty('strict-transport-security');
    expect(headers).not.toHaveProperty('x-powered-by');
  });

  test('that a page is as the reader has it leaves it its policy', async () => {
    const { server } = await open();
    const { headers } = await server.inject('/');
    const again = await server.inject({ url: '/', headers: { 'if-none-match': headers.etag } });
    expect([again.statusCode, again.headers['content-security-policy']]).toEqual([304, page]);
  });

  test('a worker of the playground may do what the playground may', async () => {
    const { server } = await open();
    const { body } = await server.inject({ url: '/graphql', headers: html });
    const [asset = ''] = /\/playground\/assets\/[^"]+\.js/.exec(body) ?? [];
    expect((await server.inject(asset)).headers['content-security-policy']).toBe(playground);
  });

  test('to come by TLS only is told to who came by it', async () => {
    const strict = async (options: Parameters<typeof openApp>[0], headers = {}) => {
      const one = await openApp({ only: WMC, ...options });
      const answers = await Promise.all(['/livez', '/editions/%'].map((url) => one.server.inject({ url, headers })));
      await one.close();
      return answers.map((answer) => answer.headers['strict-transport-security']);
    };
    const forwarded = { 'x-forwarded-proto': 'https' };
    expect(await strict({ publicUrl: 'https://expograph.example' })).toEqual(['max-age=31536000', undefined]);
    expect(await strict({ trustProxy: 1 }, forwarded)).toEqual(['max-age=31536000', undefined]);
    expect(await strict({}, forwarded)).toEqual([undefined, undefined]);
    expect(await strict({ publicUrl: 'http://expograph.example', trustProxy: 1 }, forwarded)).toEqual([
      undefined,
      undefined,
    ]);
  });
});

describe('requests are counted', () => {
  const statuses = async ({ server }: TestApp, requests: InjectOptions[]) => {
    const found: number[] = [];
    for (const request of requests) found.push((await server.inject(request)).statusCode);
    return found;
  };

  test('and one more than may be is refused, with when to ask again', async () => {
    const { server } = await open({ rateLimit: 2 });
    const first = await server.inject(question);
    expect([first.statusCode, first.headers['ratelimit-limit'], first.headers['ratelimit-remaining']]).toEqual([
      200,
      '2',
      '1',
    ]);
    expect((await server.inject('/nowhere')).headers['ratelimit-remaining']).toBe('0');
    for (const request of [
      { url: question },
      { url: '/', headers: html },
      { url: '/nowhere' },
      { method: 'POST', url: '/graphql' },
    ] as const) {
      const refusal = await server.inject(request);
      const seconds = Number(refusal.headers['retry-after']);
      expect([refusal.statusCode, refusal.json()]).toEqual([
        429,
        {
          errors: [
            {
              message: `2 requests a minute are answered to each client; ask again in ${seconds} s.`,
              extensions: { code: 'RATE_LIMITED' },
            },
          ],
        },
      ]);
      expect(seconds).toBeGreaterThan(0);
      expect(seconds).toBeLessThanOrEqual(60);
      expect(refusal.headers).toMatchObject({
        'ratelimit-limit': '2',
        'ratelimit-remaining': '0',
        'ratelimit-reset': String(seconds),
        'access-control-allow-origin': '*',
        'x-content-type-options': 'nosniff',
      });
    }
  });

  test('but not those that ask how it is, nor those that a browser sends ahead', async () => {
    const limited = await open({ rateLimit: 1 });
    const free = ['/livez', '/readyz', '/livez'].map((url) => ({ url }));
    const ahead = {
      method: 'OPTIONS',
      url: '/graphql',
      headers: { origin: 'https://page.example', 'access-control-request-method': 'POST' },
    } as const;
    expect(
      await statuses(limited, [...free, ahead, ahead, { url: question }, { url: question }, ...free, ahead]),
    ).toEqual([...[200, 200, 200, 200, 200, 200, 429, 200, 200, 200, 200]]);
  });

  test('for each client: an address, or a network of 64 bits', async () => {
    const limited = await open({ rateLimit: 1 });
    const from = (remoteAddress: string) => ({ url: question, remoteAddress });
    expect(
      await statuses(
        limited,
        [
          '192.0.2.1',
          '192.0.2.2',
          '192.0.2.1',
          '2001:db8:0:1::1',
          '2001:db8:0:1:ffff::2',
          '2001:db8:0:2::1',
          '::ffff:192.0.2.2',
        ].map(from),
      ),
    ).toEqual([200, 200, 429, 200, 429, 200, 429]);
  });

  test('who is behind a proxy that nobody trusts, the log says once', async () => {
    const { Writable } = await import('node:stream');
    for (const [trustProxy, told] of [
      [undefined, 1],
      [1, 0],
    ] as const) {
      let log = '';
      const logStream = new Writable({
        write(chunk, _encoding, done) {
          log += String(chunk);
          done();
        },
      });
      const { server } = await open({ rateLimit: 10, logLevel: 'warn', logStream, ...(trustProxy && { trustProxy }) });
      const headers = { 'x-forwarded-for': '192.0.2.7' };
      for (let count = 0; count < 3; count += 1) await server.inject({ url: question, headers });
      expect(log.match(/count as one client: set TRUST_PROXY/g) ?? []).toHaveLength(told);
      await app?.close();
    }
    app = undefined;
  });

  test('for none where there is no limit', async () => {
    const { server } = await open({ rateLimit: 0 });
    const answers = await Promise.all(Array.from({ length: 700 }, () => server.inject('/livez')));
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    expect((await server.inject(question)).headers).not.toHaveProperty('ratelimit-limit');
  });
});

describe('what a proxy says of a request', () => {
  /** Which address the service says that it has, to a client that says it came by a proxy. */
  const addressTold = async (trustProxy: number | string[] | null, remoteAddress: string, headers = {}) => {
    const { server } = await open(trustProxy === null ? {} : { trustProxy });
    const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'fairs.example', ...headers };
    const { body } = await server.inject({
      url: '/robots.txt',
      remoteAddress,
      headers: { host: 'inside', ...forwarded },
    });
    return /^Sitemap: (.*)\/sitemap\.xml$/m.exec(body)?.[1];
  };

  test.each([
    [null, '10.0.0.7', 'http://inside'],
    [1, '10.0.0.7', 'https://fairs.example'],
    [['10.0.0.0/8'], '10.0.0.7', 'https://fairs.example'],
    [['10.0.0.0/8'], '192.0.2.1', 'http://inside'],
    [['fd00::/8', '::1'], 'fd00::7', 'https://fairs.example'],
  ])('trusting %j, from %s, it is at %s', async (trustProxy, remoteAddress, expected) => {
    expect(await addressTold(trustProxy, remoteAddress)).toBe(expected);
  });

  test.each(['javascript', 'data', 'https://evil.example/?', ''])(
    'a scheme that is none of the web is not: %j',
    async (scheme) => {
      expect(await addressTold(1, '10.0.0.7', { 'x-forwarded-proto': scheme })).not.toMatch(
        /javascript|data|evil|null/,
      );
    },
  );

  test.each([
    [null, ['203.0.113.1', '203.0.113.2'], [200, 429]],
    [1, ['203.0.113.1', '203.0.113.2', '198.51.100.9, 203.0.113.2', '203.0.113.1'], [200, 200, 429, 429]],
    [2, ['203.0.113.1, 10.0.0.8', '203.0.113.2, 10.0.0.8', 'lie, 203.0.113.2, 10.0.0.8'], [200, 200, 429]],
    [['10.0.0.0/8'], ['203.0.113.1', '203.0.113.2', '203.0.113.1'], [200, 200, 429]],
    [['10.9.0.0/16'], ['203.0.113.1', '203.0.113.2'], [200, 429]],
  ])('trusting %j, clients forwarded for %j are answered %j', async (trustProxy, clients, expected) => {
    const { server } = await open({ rateLimit: 1, ...(trustProxy !== null && { trustProxy }) });
    const told: number[] = [];
    for (const client of clients) {
      const headers = { 'x-forwarded-for': client };
      told.push((await server.inject({ url: question, remoteAddress: '10.0.0.7', headers })).statusCode);
    }
    expect(told).toEqual(expected);
  });
});
