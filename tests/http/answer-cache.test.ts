import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Answered, answerCache } from '../../src/http/answer-cache.ts';
import { openApp, type TestApp } from '../support/app.ts';
import { expograph } from '../support/command-line.ts';
import { WMC } from '../support/one-series.ts';

const answer: Answered = {
  status: 200,
  type: 'application/json',
  headers: new Map(),
  body: 'x'.repeat(2_000),
  uses: { locales: false, baseUrl: false, now: null },
  isFlawless: true,
};

/** When the convention of 2021 had not opened yet, by a minute on the clocks of Hefei. */
const EVE = new Date('2021-11-18T15:59:00Z');
const OPENING = new Date('2021-11-18T16:00:00Z');

let now = EVE;
let app: TestApp;
beforeAll(async () => {
  app = await openApp({ only: WMC, now: () => now, cacheMaxAge: 3_600 });
});
afterAll(() => app.close());
beforeEach(() => {
  now = EVE;
});

let asked = 0;
/** A question that nobody has asked: what it is called is part of it. */
const newQuestion = (selection = 'name year') => {
  asked += 1;
  return `query Question${asked} { edition(slug: "${WMC}-2021") { ${selection} } }`;
};

const post = (query: string, headers: Record<string, string> = {}, more: object = {}) =>
  app.server.inject({
    method: 'POST',
    url: '/graphql',
    payload: { query, ...more },
    headers: { 'content-type': 'application/json', ...headers },
  });
const get = (query: string, headers: Record<string, string> = {}, more: Record<string, string> = {}) =>
  app.server.inject({ url: '/graphql', query: { query, ...more }, headers });

type Reply = Awaited<ReturnType<typeof get>>;
const found = ({ headers }: Reply) => headers['cache-status'];
const HIT = 'Expograph; hit';
const MISS = 'Expograph; fwd=miss';

describe('an answer that was given before', () => {
  test('is given again without a statement, and says so; GET and POST share it', async () => {
    const query = newQuestion();
    app.takeStatements();
    const first = await post(query);
    expect([found(first), app.takeStatements().length]).toEqual([MISS, 1]);
    for (const again of [await post(query), await get(query), await post(query), await get(query)]) {
      expect([found(again), app.takeStatements().length]).toEqual([HIT, 0]);
      expect([again.statusCode, again.body]).toEqual([200, first.body]);
      expect(again.headers['content-type']).toBe('application/json; charset=utf-8');
      expect(again.headers['x-content-type-options']).toBe('nosniff');
      expect(again.headers['access-control-allow-origin']).toBe('*');
    }
  });

  test('is another for another question, language, type or address of the service', async () => {
    const query = newQuestion('name dates links { page }');
    const two = `query A { service { name } } query B { service { version } }`;
    const withVariables = `query ($slug: String!) { edition(slug: $slug) { year } }`;
    const ask = async () => [
      await post(query),
      await post(query, { 'accept-language': 'en' }),
      await post(query, { 'accept-language': 'zh' }),
      await post(query, { accept: 'application/graphql-response+json' }),
      await post(query, { host: 'other.example' }),
      await post(two, {}, { operationName: 'A' }),
      await post(two, {}, { operationName: 'B' }),
      await post(withVariables, {}, { variables: { slug: `${WMC}-2021` } }),
      await post(withVariables, {}, { variables: { slug: `${WMC}-2023` } }),
    ];
    const [before, after] = [await ask(), await ask()];
    expect(before.map(found)).toEqual(before.map(() => MISS));
    expect(after.map(found)).toEqual(after.map(() => HIT));
    expect(after.map(({ body }) => body)).toEqual(before.map(({ body }) => body));
    expect(new Set(before.map(({ body, headers }) => `${headers['content-type']}${body}`)).size).toBe(before.length);
  });

  test.each(['null', '1e400', '-1e400', '"1e400"'])('is no other for a variable of %s', async (number) => {
    const query = 'query ($first: Int) { editions(first: $first) { totalCount } }';
    expect((await post(query, {}, { variables: { first: null } })).statusCode).toBe(200);
    const payload = `{"query": ${JSON.stringify(query)}, "variables": {"first": ${number}}}`;
    const headers = { 'content-type': 'application/json' };
    const reply = await app.server.inject({ method: 'POST', url: '/graphql', payload, headers });
    expect(reply.statusCode).toBe(number === 'null' ? 200 : 400);
  });

  test('is made once for all who ask for it at a time', async () => {
    const url = await app.server.listen({ port: 0, host: '127.0.0.1' });
    const query = newQuestion();
    app.takeStatements();
    const body = JSON.stringify({ query });
    const headers = { 'content-type': 'application/json' };
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => fetch(`${url}/graphql`, { method: 'POST', body, headers })),
    );
    expect(app.takeStatements()).toHaveLength(1);
    expect(new Set(await Promise.all(replies.map((reply) => reply.text()))).size).toBe(1);
    expect(replies.filter((reply) => reply.headers.get('cache-status') === MISS)).toHaveLength(1);
  });

  test('is forgotten when another process has changed the data, and not otherwise', async () => {
    const [changed, same] = [
      newQuestion('convention { editions { nodes { themes { text(locale: "en") } } } }'),
      newQuestion('year'),
    ];
    const [before, untouched] = [await get(changed), await get(same)];
    const data = join(app.folder, 'data');
    const file = join(data, 'conventions', `${WMC}.yaml`);
    const text = readFileSync(file, 'utf8');
    const changedText = text.replaceAll('Embracing the New Era', 'Embracing the Newest Era');
    const importAgain = (content: string) => {
      writeFileSync(file, content);
      return expograph({ folder: app.folder, environment: { DATABASE_PATH: 'expograph.db' } }, [
        'import',
        'data',
        '--quiet',
      ]);
    };
    expect((await importAgain(changedText)).code).toBe(0);
    const after = await get(changed, { 'if-none-match': String(before.headers.etag) });
    expect([found(after), after.statusCode]).toEqual([MISS, 200]);
    expect(after.body).not.toBe(before.body);
    expect(after.body).toContain('Embracing the Newest Era');
    expect(found(await get(changed))).toBe(HIT);
    // The same bytes have the same validator, whatever else has changed.
    expect((await get(same, { 'if-none-match': String(untouched.headers.etag) })).statusCode).toBe(304);
    expect((await importAgain(text)).code).toBe(0);
    expect((await get(changed)).body).toBe(before.body);
  });

  test('lasts no longer than the day, where it tells what is on today', async () => {
    const [status, year] = [newQuestion('status'), newQuestion('year')];
    const filtered = `query Running${asked} { editions(where: { status: { eq: RUNNING } }) { totalCount } }`;
    const fixed = newQuestion('status(on: "2021-11-20")');
    const all = [status, filtered, year, fixed];
    const ask = async () => Promise.all(all.map((query) => post(query)));
    const upcoming = await ask();
    expect(upcoming[0]?.json().data.edition.status).toBe('UPCOMING');
    expect(upcoming[1]?.json().data.editions.totalCount).toBe(0);
    expect((await ask()).map(found)).toEqual([HIT, HIT, HIT, HIT]);

    now = OPENING;
    await new Promise((resolve) => setTimeout(resolve, 2));
    const running = await ask();
    expect(running.map(found)).toEqual([MISS, MISS, HIT, HIT]);
    expect(running[0]?.json().data.edition.status).toBe('RUNNING');
    expect(running[1]?.json().data.editions.totalCount).toBe(1);

    // A clock that is set back.
    now = EVE;
    await new Promise((resolve) => setTimeout(resolve, 2));
    const again = await ask();
    expect(again[0]?.json().data.edition.status).toBe('UPCOMING');
    expect(again.map(found)).toEqual([MISS, MISS, HIT, HIT]);
  });

  test('is not kept when it has errors, whose ids are of their own request', async () => {
    const broken = `query Question${++asked} { edition(slug: "${WMC}-2021") { year } editions(first: 500) { totalCount } }`;
    const replies = [await get(broken), await get(broken), await post(broken)];
    expect(replies.map(found)).toEqual([MISS, MISS, MISS]);
    for (const { headers } of replies) expect(headers.etag).toBeUndefined();
    expect(replies.map(({ headers }) => headers['cache-control'])).toEqual(['no-store', 'no-store', undefined]);
    const invalid = await Promise.all([get('{ nope }'), get('{ nope }')]);
    expect(invalid.map(({ statusCode, headers }) => [statusCode, headers.etag])).toEqual([
      [400, undefined],
      [400, undefined],
    ]);
  });
});

describe('what Apollo is to tell about a request', () => {
  const query = '{ service { name } }';
  test.each([
    [{ persistedQuery: { version: 1, sha256Hash: 'abc' } }, 200, 'PersistedQueryNotSupported'],
    [7, 400, '`extensions` in a POST body must be an object if provided.'],
    [
      'text',
      400,
      '`extensions` in a POST body should be provided as an object, not a recursively JSON-encoded string.',
    ],
  ])('extensions: %o', async (extensions, status, message) => {
    expect((await post(query)).statusCode).toBe(200);
    const reply = await post(query, {}, { extensions });
    expect([reply.statusCode, reply.json()]).toEqual([
      status,
      { errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] },
    ]);
  });

  test('extensions that are none are no matter', async () => {
    await post(query);
    for (const extensions of [null, {}, { trace: 1 }]) expect(found(await post(query, {}, { extensions }))).toBe(HIT);
  });

  test('the type of what GET does not send', async () => {
    await get(query);
    expect((await get(query, { 'content-type': 'text/plain' })).statusCode).toBe(415);
    const csv = { accept: 'text/csv', 'content-type': 'text/plain' };
    expect((await get('{ editions { nodes { year } } }', csv)).headers['content-type']).toContain('text/csv');
  });
});

describe('for browsers and the caches on the way', () => {
  test('GET has a validator, and 304 where the reader has it; POST has none', async () => {
    const query = newQuestion();
    const { headers, body } = await get(query);
    const etag = String(headers.etag);
    expect(etag).toMatch(/^"[\w-]{27}"$/);
    for (const header of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const same = await get(query, { 'if-none-match': header });
      expect([same.statusCode, same.body]).toEqual([304, '']);
      for (const name of ['etag', 'vary', 'cache-control', 'cache-status', 'access-control-allow-origin'])
        expect(same.headers[name], name).toBeDefined();
      expect(same.headers.etag).toBe(etag);
      expect(same.headers['content-type']).toBeUndefined();
    }
    expect((await get(query, { 'if-none-match': '"other"' })).body).toBe(body);
    // As fetch sends it along with a condition.
    const fetched = { 'if-none-match': etag, 'cache-control': 'no-cache', pragma: 'no-cache' };
    expect((await get(query, fetched)).statusCode).toBe(304);
    const posted = await post(query, { 'if-none-match': etag });
    expect([posted.statusCode, posted.headers.etag, posted.headers['cache-control']]).toEqual([
      200,
      undefined,
      undefined,
    ]);
  });

  test('HEAD tells what GET would', async () => {
    const query = newQuestion();
    const reply = await get(query);
    const head = await app.server.inject({ method: 'HEAD', url: '/graphql', query: { query } });
    expect([head.statusCode, head.body, head.headers.etag, head.headers['content-length']]).toEqual([
      200,
      '',
      reply.headers.etag,
      reply.headers['content-length'],
    ]);
  });

  test('the validator is another for another language and another type', async () => {
    const query = newQuestion();
    const replies = [
      await get(query, { 'accept-language': 'en' }),
      await get(query, { 'accept-language': 'zh' }),
      await get(query, { 'accept-language': 'zh', accept: 'application/graphql-response+json' }),
    ];
    expect(new Set(replies.map(({ headers }) => headers.etag)).size).toBe(3);
  });

  test.each([
    ['name', 'accept, accept-language'],
    ['name(locale: "en")', 'accept'],
    ['year', 'accept'],
    ['dates', 'accept, accept-language'],
    ['themes { text(locale: "zh-Hans") }', 'accept'],
    ['exhibitionSpace { text }', 'accept, accept-language'],
    ['exhibitionSpace { text(locale: "en") }', 'accept'],
  ])('%s varies by %s', async (selection, vary) => {
    const query = newQuestion(selection);
    const replies = [await get(query), await get(query), await get(query, { 'if-none-match': '*' })];
    expect(replies.map(({ statusCode, headers }) => [statusCode, headers.vary])).toEqual(
      [200, 200, 304].map((status) => [status, vary]),
    );
  });

  test('an answer may be used for as long as the setting says, but not beyond the end of a day that it tells of', async () => {
    const ages = async (selection: string) => (await get(newQuestion(selection))).headers['cache-control'];
    expect(await ages('year')).toBe('public, max-age=3600');
    expect(await ages('status')).toBe('public, max-age=60');
    now = OPENING;
    expect(await ages('status')).toBe('public, max-age=3600');
    const asking = await openApp({ only: WMC, now: () => now });
    const reply = await asking.server.inject({ url: '/graphql', query: { query: newQuestion('status') } });
    expect(reply.headers['cache-control']).toBe('public, no-cache');
    await asking.close();
  });
});

test('without a cache each answer is made anew, and has a validator all the same', async () => {
  const without = await openApp({ only: WMC, answerCacheMegabytes: 0 });
  const query = newQuestion();
  const replies = [];
  for (const etag of ['', '*'])
    replies.push(
      await without.server.inject({
        url: '/graphql',
        query: { query },
        headers: etag ? { 'if-none-match': etag } : {},
      }),
    );
  expect(replies.map((reply) => [reply.statusCode, found(reply)])).toEqual([
    [200, MISS],
    [304, MISS],
  ]);
  await without.close();
});

describe('whoever asks while an answer is made', () => {
  const freshness = { version: '1', changedAt: null, statusChangedAt: null, day: null };
  const waiting = () => {
    let done = (_answer: Answered) => {};
    const answer = new Promise<Answered>((resolve) => {
      done = resolve;
    });
    return { answer, done };
  };

  test('waits for it, unless it has errors', async () => {
    const cache = answerCache({ bytes: 10_000, generation: () => 1, freshness: () => freshness });
    for (const isFlawless of [true, false]) {
      const { answer: made, done } = waiting();
      let times = 0;
      const make = () => {
        times += 1;
        return made;
      };
      const all = [1, 2, 3].map(() => cache.await(`flawless: ${isFlawless}`, make));
      done({ ...answer, isFlawless });
      expect((await Promise.all(all)).map((one) => one.found)).toEqual(
        isFlawless ? ['miss', 'collapsed', 'collapsed'] : ['miss', 'miss', 'miss'],
      );
      expect(times).toBe(isFlawless ? 1 : 3);
    }
  });

  test('an answer that was begun before the data changed is not kept', async () => {
    let generation = 1;
    const cache = answerCache({ bytes: 10_000, generation: () => generation, freshness: () => freshness });
    const { answer: made, done } = waiting();
    const first = cache.await('key', () => made);
    generation = 2;
    await new Promise((resolve) => setTimeout(resolve, 2));
    expect(cache.find('key')).toBeUndefined();
    // Who asks now, waits for none of the old data.
    expect((await cache.await('key', async () => ({ ...answer, body: 'new' }))).answer.body).toBe('new');
    done({ ...answer, body: 'old' });
    expect((await first).answer.body).toBe('old');
    expect(String(cache.find('key')?.body)).toBe('new');
  });
});

test('it holds no more bytes than it may, and forgets what was not asked for longest', () => {
  const freshness = { version: '1', changedAt: null, statusChangedAt: null, day: null };
  const cache = answerCache({ bytes: 10_000, generation: () => 1, freshness: () => freshness });
  for (const key of ['a', 'b', 'c']) cache.keep(key, answer);
  expect(cache.find('a')).toMatchObject({ type: 'application/json' });
  cache.keep('d', answer);
  expect(['a', 'b', 'c', 'd'].filter((key) => cache.find(key))).toEqual(['a', 'c', 'd']);
  cache.keep('too large', { ...answer, body: 'x'.repeat(20_000) });
  expect(cache.find('too large')).toBeUndefined();
});
