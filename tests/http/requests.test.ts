import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApp, type TestApp } from '../support/app.ts';
import { WMC } from '../support/one-series.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openApp({ only: WMC });
});
afterAll(() => app?.close());

const refusalOf = (message: string) => ({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] });
const edition = '/editions/world-manufacturing-convention-2021';
const asset = async () => /\/assets\/[^"]+\.js/.exec((await app.server.inject('/')).body)?.[0] ?? '';

describe('what can be read', () => {
  const paths = [
    '/',
    edition,
    '/calendar.ics',
    '/embed.js',
    '/schema.graphql',
    '/livez',
    '/data/export.jsonl',
    '/playground',
  ];

  test.each(paths)('%s is read by GET and HEAD, and says so to all other methods', async (url) => {
    const { server } = app;
    const [got, head] = [await server.inject(url), await server.inject({ method: 'HEAD', url })];
    expect([head.statusCode, head.body, head.headers['content-type']]).toEqual([
      got.statusCode,
      '',
      got.headers['content-type'],
    ]);
    const options = await server.inject({ method: 'OPTIONS', url });
    expect([options.statusCode, options.body, options.headers.allow]).toEqual([200, '', 'GET, HEAD, OPTIONS']);
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'TRACE'] as const) {
      const answer = await server.inject({
        method,
        url,
        ...(method === 'TRACE' ? {} : { payload: '<a>', headers: { 'content-type': 'text/xml' } }),
      });
      expect([answer.statusCode, answer.headers.allow, answer.json()]).toEqual([
        405,
        'GET, HEAD, OPTIONS',
        refusalOf(`${method} does nothing here: ask by GET. The graph is at /graphql.`),
      ]);
    }
  });

  test('so is what pages load', async () => {
    const answer = await app.server.inject({ method: 'POST', url: await asset() });
    expect([answer.statusCode, answer.headers.allow]).toEqual([405, 'GET, HEAD, OPTIONS']);
  });

  test('what is not there is not there for any method', async () => {
    for (const method of ['POST', 'PUT', 'DELETE'] as const)
      expect((await app.server.inject({ method, url: '/nowhere' })).statusCode).toBe(404);
  });
});

describe('at the graph', () => {
  test.each([
    ['mutation { x }', undefined],
    ['subscription { x }', undefined],
    ['query A { service { name } } mutation B { x }', 'B'],
    ['# a query\nmutation ($n: Int) @a { x }', undefined],
  ])('%s is not asked by GET', async (query, operationName) => {
    for (const method of ['GET', 'HEAD'] as const) {
      const asked = { method, url: '/graphql', query: { query, ...(operationName && { operationName }) } };
      const answer = await app.server.inject(asked);
      expect([answer.statusCode, answer.headers.allow]).toEqual([405, 'POST']);
      if (method === 'GET')
        expect(answer.json()).toEqual(refusalOf('GET is for queries alone, and the operation is none.'));
    }
  });

  test.each([
    ['query A { service { name } } mutation B { x }', 'OPERATION_RESOLUTION_FAILURE'],
    ['mutation {', 'GRAPHQL_PARSE_FAILED'],
  ])('%s is told what else is wrong with it', async (query, code) => {
    const answer = await app.server.inject({ url: '/graphql', query: { query } });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors.map(({ extensions }: { extensions: object }) => extensions)).toContainEqual({ code });
  });

  test('a query that only speaks of mutations is answered', async () => {
    const query = '{ mutation: search(query: "subscription mutation") { totalCount } }';
    const answer = await app.server.inject({ url: '/graphql', query: { query } });
    expect(answer.json()).toEqual({ data: { mutation: { totalCount: 0 } } });
    const chosen = { query: 'query A { service { name } } mutation B { x }', operationName: 'A' };
    const other = await app.server.inject({ url: '/graphql', query: chosen });
    expect(other.json()).toEqual({ data: { service: { name: 'Expograph' } } });
  });

  test('a list of requests is refused, however many', async () => {
    const one = { query: '{ service { name } }' };
    for (const payload of [[], [one], [one, one, one]]) {
      const answer = await app.server.inject({ method: 'POST', url: '/graphql', payload });
      expect([answer.statusCode, answer.json()]).toEqual([
        400,
        refusalOf(`A request holds one operation; got a list of ${payload.length}. Send each in a request of its own.`),
      ]);
    }
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=a',
    'application/graphql',
    'nonsense',
    '',
  ])('a body of type %j is refused unread', async (type) => {
    const asked = { method: 'POST', url: '/graphql', payload: '{"query":"{service{name}}"}' } as const;
    const answer = await app.server.inject({ ...asked, headers: { 'content-type': type } });
    expect([answer.statusCode, answer.json()]).toEqual([415, refusalOf('The content-type must be application/json.')]);
  });

  test('errors of an operation are told with 200 to who names application/json, and with 400 to all others', async () => {
    const statusFor = async (accept: string, query: string) => {
      const payload = { query };
      const asked = { method: 'POST', url: '/graphql', payload, headers: { accept } } as const;
      return (await app.server.inject(asked)).statusCode;
    };
    for (const query of ['{ nope }', '{', 'query A { service { name } } query B { service { name } }'])
      expect(
        await Promise.all(
          [
            'application/json',
            'application/json, */*;q=0.1',
            '*/*',
            'application/graphql-response+json',
            'application/graphql-response+json, application/json;q=0.9',
          ].map((accept) => statusFor(accept, query)),
        ),
      ).toEqual([200, 200, 400, 400, 400]);
  });
});
