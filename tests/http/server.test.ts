import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWriter } from '../../src/store/open.ts';
import { openApp, type TestApp } from '../support/app.ts';

let app: TestApp;
let log = '';
beforeAll(async () => {
  const { Writable } = await import('node:stream');
  const logStream = new Writable({
    write(chunk, _encoding, done) {
      log += String(chunk);
      done();
    },
  });
  app = await openApp({ logLevel: 'info', logStream });
});
afterAll(() => app.close());

const question = '{ edition(slug: "world-manufacturing-convention-2021") { name dates } }';
const post = (payload: object | string, headers: Record<string, string> = {}) =>
  app.server.inject({
    method: 'POST',
    url: '/graphql',
    payload,
    headers: { 'content-type': 'application/json', ...headers },
  });

describe('the graph', () => {
  test('answers POST and GET alike', async () => {
    const answer = { data: { edition: { name: '2021世界制造业大会', dates: '19–22 November 2021' } } };
    expect((await post({ query: question })).json()).toEqual(answer);
    const get = await app.server.inject({ url: '/graphql', query: { query: question } });
    expect(get.statusCode).toBe(200);
    expect(get.json()).toEqual(answer);
  });

  test('answers a plain fetch, whose Accept is */*, with JSON', async () => {
    const get = await app.server.inject({ url: '/graphql', query: { query: question }, headers: { accept: '*/*' } });
    expect(get.headers['content-type']).toContain('application/json');
  });

  test.each([
    ['en', '2021 World Manufacturing Convention', '19–22 November 2021'],
    ['zh-CN,zh;q=0.9,en;q=0.8', '2021世界制造业大会', '2021年11月19日至22日'],
    ['de, en;q=0.5', '2021 World Manufacturing Convention', '19–22 November 2021'],
    ['*', '2021世界制造业大会', '19–22 November 2021'],
    ['not a header, at all;;q=x', '2021世界制造业大会', '19–22 November 2021'],
  ])('prefers the languages of Accept-Language: %s', async (language, name, dates) => {
    const reply = await post({ query: question }, { 'accept-language': language });
    expect(reply.json()).toEqual({ data: { edition: { name, dates } } });
    expect(reply.headers.vary).toContain('accept-language');
  });

  test('takes a locale that is none for the mistake it is', async () => {
    const reply = await post({ query: '{ conventions { nodes { name(locale: "not a tag") } } }' });
    expect(reply.json().errors).toEqual([
      expect.objectContaining({
        message: expect.stringContaining('Locale must be a language tag like "en" or "zh-Hans"; got "not a tag".'),
      }),
    ]);
  });

  test('an unknown slug or id is null, not an error', async () => {
    const query = '{ edition(slug: "no-such") { name } node(id: "no-such") { id } nodes(ids: ["no-such"]) { id } }';
    expect((await post({ query })).json()).toEqual({ data: { edition: null, node: null, nodes: [null] } });
  });

  test.each(['{ edition { name } }', '{ edition(slug: "a", id: "b") { name } }'])(
    '%s must name exactly one',
    async (query) => {
      expect((await post({ query })).json().errors).toEqual([
        expect.objectContaining({
          message: expect.stringMatching(/^edition: give exactly one of slug and id; got (none|both)\.$/),
          path: ['edition'],
          extensions: { code: 'BAD_USER_INPUT', argument: expect.stringMatching(/^(slug|id)$/) },
        }),
      ]);
    },
  );

  test('an id that is asked for again finds the same record', async () => {
    const first = (await post({ query: '{ editions(first: 3) { nodes { id slug } } }' })).json().data.editions.nodes;
    const ids = first.map(({ id }: { id: string }) => id);
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Edition { slug } } }';
    expect((await post({ query, variables: { ids } })).json().data.nodes).toEqual(first);
    expect(ids.every((id: string) => /^edition_[0-9a-f]{16}$/.test(id))).toBe(true);
  });
});

describe('what is refused', () => {
  test.each([
    ['{ nope }', 'GRAPHQL_VALIDATION_FAILED', undefined],
    ['{ editions(', 'GRAPHQL_PARSE_FAILED', undefined],
    ['{ editions(first: 500) { nodes { slug } } }', 'PAGE_SIZE_EXCEEDED', 'first'],
    ['{ editions(first: 1, last: 1) { nodes { slug } } }', 'BAD_USER_INPUT', 'last'],
    ['{ editions(after: "x") { nodes { slug } } }', 'INVALID_CURSOR', 'after'],
    ['{ editions(where: { year: { eq: null } }) { totalCount } }', 'BAD_USER_INPUT', 'where.year.eq'],
    ['{ editions(where: { yeer: { eq: 1 } }) { totalCount } }', 'GRAPHQL_VALIDATION_FAILED', 'where.yeer'],
    ['{ editions(orderBy: { direction: ASC }) { totalCount } }', 'GRAPHQL_VALIDATION_FAILED', 'orderBy'],
    [
      '{ editions(where: { and: [{}, { startDate: { gt: "2021-13-45" } }] }) { totalCount } }',
      'GRAPHQL_VALIDATION_FAILED',
      'where.and.1.startDate.gt',
    ],
    [
      '{ editions(where: { startDate: { gt: 2021 } }) { totalCount } }',
      'GRAPHQL_VALIDATION_FAILED',
      'where.startDate.gt',
    ],
    ['{ editions(where: { country: { eq: CN } }) { totalCount } }', 'GRAPHQL_VALIDATION_FAILED', 'where.country.eq'],
    [
      '{ editions(where: { status: { in: [HELD, GONE] } }) { totalCount } }',
      'GRAPHQL_VALIDATION_FAILED',
      'where.status.in.1',
    ],
    [
      'query ($where: EditionWhere = { year: { eq: 1 } }, $n: Int! ) { editions(where: $where, first: $n) { totalCount } }',
      'BAD_USER_INPUT',
      '$n',
    ],
  ])('%s is %s', async (query, code, argument) => {
    const reply = await post({ query });
    const { errors, data } = reply.json();
    expect(errors[0].extensions).toEqual({ code, argument });
    if (argument && !argument.startsWith('$')) expect(errors[0].path).toEqual(['editions']);
    expect(data ?? null).toBeNull();
    expect(reply.body).not.toMatch(/stacktrace|node_modules|SELECT|\.ts:/);
  });

  test('the cap is named', async () => {
    const { errors } = (await post({ query: '{ editions(first: 500) { nodes { slug } } }' })).json();
    expect(errors[0].message).toBe('editions: first must be between 1 and 100; got 500.');
  });

  test('hints do not enumerate the schema', async () => {
    const { errors } = (await post({ query: '{ editionz { nodes { slug } } }' })).json();
    expect(errors[0].message).not.toMatch(/did you mean/i);
  });

  test('a batch', async () => {
    expect((await post([{ query: '{ service { name } }' }])).statusCode).toBe(400);
  });

  test('a body that is no JSON, or too large, or of another type', async () => {
    const broken = await post('{"query":');
    expect([broken.statusCode, broken.json().errors]).toEqual([
      400,
      [expect.objectContaining({ extensions: { code: 'BAD_REQUEST' } })],
    ]);
    expect((await post({ query: `{ a }#${'x'.repeat(100_000)}` })).statusCode).toBe(413);
    expect((await post('<query/>', { 'content-type': 'text/xml' })).statusCode).toBe(415);
  });

  test('an operation of too many tokens', async () => {
    const { errors } = (await post({ query: `{ ${'a '.repeat(16_000)} }` })).json();
    expect(errors).toEqual([
      {
        message: 'The operation has more than 15,000 tokens. Ask in parts.',
        extensions: { code: 'OPERATION_TOO_LARGE', exceeded: { limit: 'maxTokens', allowed: 15_000 } },
      },
    ]);
  });

  test('a variable of the wrong type, with its name and value', async () => {
    const { errors } = (
      await post({ query: 'query ($n: Int) { editions(first: $n) { nodes { slug } } }', variables: { n: 'x' } })
    ).json();
    expect(errors[0]).toMatchObject({
      message: expect.stringContaining('"$n" got invalid value "x"'),
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  test('a value in a fragment, with its place but no path: it may be spread anywhere', async () => {
    const query =
      '{ editions(first: 1) { nodes { ...f } } } fragment f on Edition { x: speakers(where: { kind: GONE }) { totalCount } }';
    const { errors } = (await post({ query })).json();
    expect(errors[0].extensions).toEqual({ code: 'GRAPHQL_VALIDATION_FAILED', argument: 'where.kind' });
    expect(errors[0].path).toBeUndefined();
  });

  test('a value deep in a variable, with its place', async () => {
    const { errors } = (
      await post({
        query: 'query ($where: EditionWhere) { editions(where: $where) { totalCount } }',
        variables: { where: { or: [{ status: { eq: 'GONE' } }] } },
      })
    ).json();
    expect(errors[0].extensions).toEqual({ code: 'BAD_USER_INPUT', argument: '$where.or.0.status.eq' });
  });

  test('a null that reaches a non-null argument through a variable with a default', async () => {
    const query = 'query ($s: CitationStyle = PLAIN) { sources(first: 1) { nodes { citation(style: $s) } } }';
    const { errors } = (await post({ query, variables: { s: null } })).json();
    expect(errors[0]).toMatchObject({
      message: expect.stringContaining('"style"'),
      extensions: { code: 'BAD_USER_INPUT' },
    });
    const skipped = 'query ($b: Boolean! = true) { service { name @include(if: $b) } }';
    const reply = (await post({ query: skipped, variables: { b: null } })).json();
    expect(reply.errors[0].extensions.code).toBe('BAD_USER_INPUT');
    const ordered = 'query ($d: OrderDirection) { editions(orderBy: [{ field: YEAR, direction: $d }]) { totalCount } }';
    expect((await post({ query: ordered, variables: { d: null } })).json().errors[0]).toMatchObject({
      message: expect.stringMatching(/^Argument "orderBy" has invalid value .*null may not be\.$/),
      path: ['editions'],
      extensions: { code: 'BAD_USER_INPUT', argument: 'orderBy' },
    });
  });

  test.each(['mutation { x }', 'subscription { x }'])('%s: only queries are served', async (query) => {
    expect((await post({ query })).json().errors).toEqual([
      expect.objectContaining({ message: 'Only queries are served.', extensions: { code: 'BAD_USER_INPUT' } }),
    ]);
  });

  test('a method that is none of GraphQL over HTTP, and a text that is no JSON', async () => {
    const reply = await app.server.inject({ method: 'PUT', url: '/graphql', payload: {} });
    expect([reply.statusCode, reply.headers.allow]).toEqual([405, 'GET, HEAD, POST, OPTIONS']);
    expect((await post('{ service { name } }', { 'content-type': 'text/plain' })).statusCode).toBe(415);
  });

  test('a literal of the wrong shape, with its place', async () => {
    const { errors } = (await post({ query: '{ edition(slug: "x") { status(on: "2021-13-40") } }' })).json();
    expect(errors[0].message).toContain('Date must be a calendar date like "2021-11-19"; got "2021-13-40".');
    expect(errors[0].locations).toEqual([{ line: 1, column: 35 }]);
  });

  test('an address that is none', async () => {
    const reply = await app.server.inject('/nothing');
    expect(reply.statusCode).toBe(404);
    expect(reply.json().errors[0].extensions.code).toBe('NOT_FOUND');
  });
});

test('an unforeseen error is masked, and the log finds it by the id in the answer', async () => {
  const broken = await openApp({
    logLevel: 'info',
    logStream: new (await import('node:stream')).Writable({
      write(chunk, _encoding, done) {
        log += String(chunk);
        done();
      },
    }),
    now: () => {
      throw new Error('the clock of /secret/path stopped');
    },
  });
  const reply = await broken.server.inject({
    method: 'POST',
    url: '/graphql',
    payload: { query: '{ conventions { nodes { latestEdition { slug } } } }' },
  });
  const [error] = reply.json().errors;
  expect(error.message).toBe('Internal error');
  expect(error.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', requestId: expect.any(String) });
  expect(reply.body).not.toContain('secret');
  expect(log).toContain('the clock of /secret/path stopped');
  expect(log).toContain(`"reqId":"${error.extensions.requestId}"`);
  await broken.close();
});

describe('beside the graph', () => {
  test('a browser gets the playground, with a policy that allows no other host', async () => {
    const reply = await app.server.inject({
      url: '/graphql',
      headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' },
    });
    expect(reply.statusCode).toBe(200);
    expect(reply.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(reply.headers['content-security-policy']).toContain("default-src 'none'");
    expect(reply.body).toContain('Expograph');
  });

  test('the schema is served as it is in the repository', async () => {
    const { readFileSync } = await import('node:fs');
    const reply = await app.server.inject('/schema.graphql');
    expect(reply.body).toBe(readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8'));
  });

  test('it says that it lives and is ready', async () => {
    expect((await app.server.inject('/livez')).body).toBe('ok\n');
    const ready = await app.server.inject('/readyz');
    expect([ready.statusCode, ready.headers['cache-control'], ready.json()]).toEqual([
      200,
      'no-store',
      {
        ready: true,
        checks: [
          { name: 'database', ok: true },
          { name: 'schema', ok: true },
          { name: 'service', ok: true },
        ],
      },
    ]);
  });

  test.each([
    [
      'another version has migrated the database',
      "INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('later', 1)",
      { name: 'schema', ok: false, reason: 'Another version has migrated the database; start that one instead.' },
    ],
    [
      'the database cannot be read',
      'ALTER TABLE dataset RENAME TO elsewhere',
      { name: 'database', ok: false, reason: 'The database cannot be read.' },
    ],
  ])('it says that it is not ready when %s', async (_what, sql, check) => {
    const broken = await openApp({ only: 'world-manufacturing-convention' });
    expect((await broken.server.inject('/readyz')).statusCode).toBe(200);
    const writer = openWriter(join(broken.folder, 'expograph.db'));
    writer.run([{ sql, params: [] }]);
    writer.close();
    const reply = await broken.server.inject('/readyz');
    expect([reply.statusCode, reply.json().ready]).toEqual([503, false]);
    expect(reply.json().checks.filter(({ ok }: { ok: boolean }) => !ok)).toEqual([check]);
    // It lives, and tells what else there is.
    expect((await broken.server.inject('/livez')).statusCode).toBe(200);
    expect((await broken.server.inject('/metrics')).body).toContain('\nexpograph_ready 0\n');
    await broken.close();
  });
});
