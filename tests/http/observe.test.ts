import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { operationReader } from '../../src/http/asked.ts';
import { openWriter } from '../../src/store/open.ts';
import { openApp, type TestApp } from '../support/app.ts';

let log: Record<string, unknown>[] = [];
const logStream = new Writable({
  write(chunk, _encoding, done) {
    log.push(
      ...String(chunk)
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    );
    done();
  },
});

let app: TestApp;
let origin: string;
beforeAll(async () => {
  app = await openApp({ only: 'world-manufacturing-convention', logLevel: 'info', logStream });
  origin = new URL((await app.listen()).url).origin;
});
afterAll(() => app.close());
beforeEach(() => {
  log = [];
});

/** The lines of requests, without what is another each time. */
const lines = () =>
  log
    .filter(({ method }) => method !== undefined)
    .map(({ level, time, pid, hostname, reqId, milliseconds, ...line }) => {
      expect([level, typeof reqId, typeof milliseconds]).toEqual([30, 'string', 'number']);
      return line;
    });

const post = (body: object, headers: Record<string, string> = {}) =>
  fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

/** The samples of /metrics, by their names with their labels. */
async function metrics(): Promise<Map<string, number>> {
  const text = await (await fetch(`${origin}/metrics`)).text();
  const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    samples.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  );
}

describe('the log', () => {
  test('has a line for each request, with what was asked by its name and hash, and never its text or variables', async () => {
    const query = 'query Mine($slug: String!) { edition(slug: $slug) { year } }';
    const hash = createHash('sha256').update(query).digest('hex');
    const variables = { slug: 'a-secret' };
    for (let turn = 0; turn < 2; turn++) await (await post({ query, variables })).text();
    await (
      await fetch(`${origin}/graphql?${new URLSearchParams({ query, variables: JSON.stringify(variables) })}`)
    ).text();
    await (await post({ query: '{ nope }' })).text();
    await (await fetch(`${origin}/editions/world-manufacturing-convention-2021?lang=en&x=a-secret`)).text();
    await (await fetch(`${origin}/nothing?x=a-secret`)).text();
    await expect.poll(() => lines().length).toBe(6);
    const asked = { operation: 'Mine', hash, bytes: 26, status: 200, msg: 'answered' };
    expect(lines()).toEqual([
      // What it costs at most is reckoned when it is asked first.
      { method: 'POST', route: '/graphql', cache: 'miss', cost: expect.any(Number), ...asked },
      { method: 'POST', route: '/graphql', cache: 'hit', ...asked },
      { method: 'GET', route: '/graphql', cache: 'hit', ...asked },
      {
        method: 'POST',
        route: '/graphql',
        status: 400,
        bytes: expect.any(Number),
        hash: createHash('sha256').update('{ nope }').digest('hex'),
        cache: 'miss',
        errors: ['GRAPHQL_VALIDATION_FAILED'],
        msg: 'answered',
      },
      {
        method: 'GET',
        route: '/editions/:name',
        path: '/editions/world-manufacturing-convention-2021',
        status: 200,
        bytes: expect.any(Number),
        msg: 'answered',
      },
      {
        method: 'GET',
        path: '/nothing',
        status: 404,
        bytes: expect.any(Number),
        errors: ['NOT_FOUND'],
        msg: 'answered',
      },
    ]);
    expect(JSON.stringify(log)).not.toMatch(/secret|edition\(/);
  });

  test('is told of what machines ask every few seconds at the level debug only', async () => {
    for (const path of ['/livez', '/readyz', '/metrics']) await (await fetch(origin + path)).text();
    await (await fetch(`${origin}/robots.txt`)).text();
    await expect.poll(() => lines().length).toBe(1);
    expect(lines()).toEqual([
      { method: 'GET', route: '/robots.txt', status: 200, bytes: expect.any(Number), msg: 'answered' },
    ]);
  });

  test('says that a client went away before it had its answer', async () => {
    const { port } = new URL(origin);
    const socket = connect(Number(port), '127.0.0.1').on('error', () => {});
    socket.write('GET /data/export.jsonl HTTP/1.1\r\nHost: expograph.example\r\n\r\n'.repeat(3));
    await new Promise((resolve) => socket.once('data', resolve));
    socket.destroy();
    // The first was on its way; those that waited behind it are over, too.
    await expect.poll(() => lines().map(({ msg }) => msg)).toContain('the client went away');
    await expect.poll(async () => (await metrics()).get('expograph_http_requests_in_flight')).toBe(1);
    expect(new Set(lines().map(({ route }) => route))).toEqual(new Set(['/data/export.jsonl']));
  });

  test('and the answer have the id that a request brings, where it can stand in a log; else one of its own', async () => {
    const ids = new Set<string>();
    for (const given of ['trace-1.a_B', 'x'.repeat(64)])
      expect((await post({ query: '{ nope }' }, { 'x-request-id': given })).headers.get('x-request-id')).toBe(given);
    for (const given of ['', 'a b', '{"a":1}', 'é', 'x'.repeat(65), '../../x']) {
      const { headers } = await fetch(`${origin}/livez`, { headers: { 'x-request-id': given } });
      ids.add(String(headers.get('x-request-id')));
    }
    expect(ids.size).toBe(6);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    const refused = await fetch(`${origin}/%zz`, { headers: { 'x-request-id': 'mine' } });
    expect([refused.status, refused.headers.get('x-request-id')]).toEqual([400, 'mine']);
    await expect.poll(() => log.map(({ reqId }) => reqId)).toEqual(['trace-1.a_B', 'x'.repeat(64), 'mine']);
  });
});

describe('/metrics', () => {
  test('counts requests, operations by their outcome, statements and answers that were kept', async () => {
    const before = await metrics();
    const grown = async () => {
      const now = await metrics();
      return (name: string) => (now.get(name) ?? 0) - (before.get(name) ?? 0);
    };
    const worked = 'query SignedAltogether { service { name } }';
    for (let turn = 0; turn < 3; turn++) await (await post({ query: worked })).text();
    await (await post({ query: 'query Theirs { service { nope } }' })).text();
    await (
      await fetch(`${origin}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' })
    ).text();
    const by = await grown();
    expect(by('expograph_http_requests_total{method="POST",route="/graphql",status="2xx"}')).toBe(3);
    expect(by('expograph_http_requests_total{method="POST",route="/graphql",status="4xx"}')).toBe(2);
    expect(by('expograph_http_request_duration_seconds_count{route="/graphql",status="2xx"}')).toBe(3);
    expect(by('expograph_http_request_duration_seconds_bucket{le="+Inf",route="/graphql",status="4xx"}')).toBe(2);
    expect(by('expograph_graphql_operations_total{operation="SignedAltogether",outcome="ok"}')).toBe(3);
    expect(by('expograph_graphql_operations_total{operation="other",outcome="GRAPHQL_VALIDATION_FAILED"}')).toBe(1);
    expect(by('expograph_graphql_operations_total{operation="other",outcome="BAD_REQUEST"}')).toBe(1);
    expect(by('expograph_answer_cache_lookups_total{found="hit"}')).toBe(2);
    expect(by('expograph_answer_cache_lookups_total{found="miss"}')).toBe(2);
    expect(by('expograph_answer_cache_answers')).toBe(1);
    expect(by('expograph_answer_cache_bytes')).toBeGreaterThan(0);
    expect(by('expograph_sqlite_statements_total')).toBeGreaterThan(0);
    expect(by('expograph_sqlite_statements_total')).toBe(by('expograph_sqlite_statement_duration_seconds_count'));
  });

  test('tells of the process, the files and the data as they are', async () => {
    const before = await metrics();
    const writer = openWriter(join(app.folder, 'expograph.db'));
    writer.run([
      { sql: "UPDATE dataset SET version = 'another', updated_at = '2026-11-24T00:00:00.000Z'", params: [] },
    ]);
    const now = await metrics();
    writer.close();
    expect(now.get('expograph_database_wal_size_bytes')).toBeGreaterThan(0);
    expect(now.get('expograph_database_size_bytes')).toBeGreaterThan(100_000);
    expect(now.get('expograph_data_generation')).not.toBe(before.get('expograph_data_generation'));
    expect([...now.keys()].filter((name) => name.startsWith('expograph_data_info'))).toEqual([
      'expograph_data_info{version="another"}',
    ]);
    expect(now.get('expograph_data_changed_timestamp_seconds')).toBe(Date.parse('2026-11-24T00:00:00Z') / 1_000);
    expect(now.get('expograph_ready')).toBe(1);
    expect([...now.keys()].find((name) => name.startsWith('expograph_build_info'))).toMatch(
      /^expograph_build_info\{version="\d+\.\d+\.\d+",node_version="v[\d.]+"\}$/,
    );
    for (const name of ['nodejs_eventloop_lag_p99_seconds', 'process_resident_memory_bytes'])
      expect([name, now.get(name)]).toEqual([name, expect.any(Number)]);
  });

  test('has no more series, whatever is asked', async () => {
    await metrics();
    const before = (await metrics()).size;
    for (let number = 0; number < 20; number++) {
      await (await post({ query: `query Q${number} { service { name } }` })).text();
      await (await fetch(`${origin}/nothing/${number}`)).text();
      await (await fetch(`${origin}/editions/none-${number}`)).text();
    }
    const names = [...(await metrics()).keys()];
    expect(names.filter((name) => /none-|nothing|Q\d/.test(name))).toEqual([]);
    expect(names.length - before).toBeLessThan(100);
  });

  test('each service has its own, and many can be in one process', async () => {
    const other = await openApp({ only: 'world-manufacturing-convention' });
    await other.server.inject({ url: '/robots.txt' });
    const { body, headers } = await other.server.inject({ url: '/metrics' });
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(body).toContain('expograph_http_requests_total{method="GET",route="/robots.txt",status="2xx"} 1\n');
    expect(body).not.toContain('route="/graphql"');
    await other.close();
  });
});

test('what an operation is called is told from its text, also where that is not GraphQL', () => {
  const read = operationReader();
  const told = (query: string, operationName?: string) => {
    const { name, type, label } = read({ query, operationName });
    return [type, name, label];
  };
  expect(told('{ a }')).toEqual(['query', undefined, 'other']);
  expect(told('query SignedAltogether @a(b: {}) { c }')).toEqual(['query', 'SignedAltogether', 'SignedAltogether']);
  expect(told('mutation Change { query name }')).toEqual(['mutation', 'Change', 'other']);
  expect(told('# query No { a }\n query Yes($a: W = { b: "query C {" }) { d }')).toEqual(['query', 'Yes', 'other']);
  expect(told('fragment query on A { b } query { ...query }')).toEqual(['query', undefined, 'other']);
  expect(told('query A { a } subscription B { b }', 'B')).toEqual(['subscription', 'B', 'other']);
  expect(told('query A { a } query B { b }')).toEqual(['query', undefined, 'other']);
  expect(told('query A { a }', 'SignedAltogether')).toEqual(['query', undefined, 'other']);
  expect(told('}}}{ query A """ unended')).toEqual(['query', undefined, 'other']);
  expect(told('')).toEqual(['query', undefined, 'other']);
  const long = `${'"""'.repeat(9_999)}${'{('.repeat(20_000)}`;
  const began = performance.now();
  told(long);
  expect(performance.now() - began).toBeLessThan(5_000);
});
