import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parse as readCsv } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answer } from '../../src/answer/answer.ts';
import { openWriter } from '../../src/store/open.ts';
import { openApp, type TestApp } from '../support/app.ts';
import { WMC } from '../support/one-series.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openApp({ only: WMC });
});
afterAll(() => app.close());

const query =
  'query Spaces { editions(first: 2) { nodes { year exhibitionSpace { value } city { name } } pageInfo { hasNextPage } } }';
const ask = (parameters: Record<string, string | string[]>, headers: Record<string, string> = {}) =>
  app.server.inject({ url: '/graphql', query: { query, ...parameters }, headers });
const post = (url: string, payload: object, headers: Record<string, string> = {}) =>
  app.server.inject({ method: 'POST', url, payload, headers });

const csv = 'year,exhibitionSpace.value,city.name\r\n2026,,合肥\r\n2025,30000,合肥\r\n';
const jsonl =
  '{"year":2026,"exhibitionSpace":null,"city":{"name":"合肥"}}\n{"year":2025,"exhibitionSpace":{"value":"30000"},"city":{"name":"合肥"}}\n';

describe('a form of the answer', () => {
  test.each([
    [{ accept: 'text/csv' }, {}, csv, 'text/csv; charset=utf-8; header=present', 'Spaces.csv'],
    [{ accept: 'text/html' }, { format: 'csv' }, csv, 'text/csv; charset=utf-8; header=present', 'Spaces.csv'],
    [{ accept: 'text/csv' }, { format: 'jsonl' }, jsonl, 'application/jsonl; charset=utf-8', 'Spaces.jsonl'],
    [{ accept: 'application/jsonl, */*;q=0.1' }, {}, jsonl, 'application/jsonl; charset=utf-8', 'Spaces.jsonl'],
    [
      { accept: 'text/csv; charset=utf-8; header=absent' },
      {},
      csv,
      'text/csv; charset=utf-8; header=present',
      'Spaces.csv',
    ],
    [
      { accept: 'application/json;q=0.5, application/jsonl;charset=utf-8;q=0.7' },
      {},
      jsonl,
      'application/jsonl; charset=utf-8',
      'Spaces.jsonl',
    ],
    [{ accept: 'application/x-ndjson' }, {}, jsonl, 'application/x-ndjson; charset=utf-8', 'Spaces.jsonl'],
  ])('%o with %o, by GET and POST', async (headers, parameters, body, type, file) => {
    const address = `/graphql?${new URLSearchParams(parameters)}`;
    for (const reply of [await ask(parameters, headers), await post(address, { query }, headers)]) {
      expect([reply.statusCode, reply.body]).toEqual([200, body]);
      expect(reply.headers).toMatchObject({
        'content-type': type,
        'content-disposition': `inline; filename="${file}"`,
        'x-content-type-options': 'nosniff',
        vary: 'accept, accept-language',
      });
    }
  });

  test.each([
    [{ accept: '*/*' }, 'application/json; charset=utf-8'],
    [{ accept: 'application/json, text/csv;q=0.9' }, 'application/json; charset=utf-8'],
    [{ accept: 'application/graphql-response+json' }, 'application/graphql-response+json; charset=utf-8'],
    [{ accept: 'text/html,*/*;q=0.8' }, 'text/html; charset=utf-8'],
  ])('%o is as ever', async (headers, type) => {
    const reply = await ask({}, headers);
    expect([reply.statusCode, reply.headers['content-type']]).toEqual([200, type]);
    expect(reply.headers['content-disposition']).toBeUndefined();
  });

  test('format=json is asked of a browser, too, and is one document over all pages', async () => {
    const reply = await ask({ format: 'json', paginate: '' }, { accept: 'text/html,*/*;q=0.8' });
    expect(reply.headers['content-type']).toBe('application/json; charset=utf-8');
    const { editions } = reply.json().data;
    expect([editions.nodes.length, editions.pageInfo]).toEqual([9, { hasNextPage: false }]);
    const strict = await ask({ max: '3' }, { accept: 'application/graphql-response+json' });
    expect(strict.headers['content-type']).toBe('application/graphql-response+json; charset=utf-8');
    expect(strict.json().data.editions.nodes).toHaveLength(3);
  });

  test('has the languages of the request on every page', async () => {
    const names = '{ editions(first: 4) { nodes { name } pageInfo { hasNextPage } } }';
    const english = await ask({ query: names, format: 'csv', paginate: 'true' }, { 'accept-language': 'en' });
    const { data } = await app.query({ query: names.replace('4', '100'), acceptLanguage: 'en' });
    expect(readCsv(english.body, { columns: true })).toEqual(JSON.parse(JSON.stringify(data)).editions.nodes);
  });

  test('has the bytes that the same question has in this process', async () => {
    const { text } = await answer({ query }, app.schema, app.query, { format: 'csv', paginate: true });
    let local = '';
    for await (const part of text) local += part;
    expect((await ask({ format: 'csv', paginate: '1' })).body).toBe(local);
    expect(readCsv(local)).toHaveLength(10);
  });

  test('rows, explode and bom mean what they say', async () => {
    const two =
      '{ service { version } conventions { nodes { slug } } editions(first: 1) { nodes { slug citations { source { slug } } } } }';
    const rows = { query: two, format: 'csv', rows: 'conventions' };
    expect((await ask({ ...rows, bom: 'true' })).body).toBe('\uFEFFslug\r\nworld-manufacturing-convention\r\n');
    const exploded = await ask({ query: two, format: 'csv', rows: 'editions', explode: 'citations', bom: 'false' });
    const joined = await ask({ query: two, format: 'csv', rows: 'editions.nodes' });
    const sources = readCsv(exploded.body)
      .slice(1)
      .map((record) => record[1]);
    expect(readCsv(joined.body)).toEqual([
      ['slug', 'citations.source.slug'],
      ['world-manufacturing-convention-2026', sources.join('; ')],
    ]);
    expect(sources.length).toBeGreaterThan(1);
  });

  test('takes variables and the name of the operation as ever', async () => {
    const several = 'query A($n: Int) { editions(first: $n) { nodes { year } } } query B { service { version } }';
    const body = 'year\r\n2026\r\n';
    const asked = { query: several, operationName: 'A' };
    const got = await ask({ ...asked, variables: '{"n":1}', format: 'csv' });
    const posted = await post('/graphql?format=csv', { ...asked, variables: { n: 1 } });
    expect([got.body, posted.body]).toEqual([body, body]);
    expect(got.headers['content-disposition']).toBe('inline; filename="A.csv"');
    const anonymous = await ask({ query: '{ editions(first: 1) { nodes { year } } }', format: 'csv' });
    expect([anonymous.body, anonymous.headers['content-disposition']]).toEqual([body, 'inline; filename="answer.csv"']);
  });

  test('HEAD tells the headers, and nothing is followed for it', async () => {
    app.takeStatements();
    const reply = await app.server.inject({
      method: 'HEAD',
      url: '/graphql',
      query: { query, format: 'csv', paginate: '' },
    });
    expect([reply.statusCode, reply.body]).toEqual([200, '']);
    expect(reply.headers['content-type']).toBe('text/csv; charset=utf-8; header=present');
    expect(reply.headers['content-length']).toBeUndefined();
    expect(app.takeStatements()).toHaveLength(1);
  });

  test.each(['application/json', 'application/graphql-response+json', 'text/html', 'text/csv'])(
    'HEAD tells what GET of %s would',
    async (accept) => {
      for (const asked of [query, '{ nope }']) {
        const [head, get] = await Promise.all(
          (['HEAD', 'GET'] as const).map((method) =>
            app.server.inject({ method, url: '/graphql', query: { query: asked }, headers: { accept } }),
          ),
        );
        const told = (reply: typeof head) => [reply?.statusCode, reply?.headers['content-type'], reply?.headers.vary];
        expect(told(head)).toEqual(told(get));
        expect(head?.body).toBe('');
      }
      const bare = await app.server.inject({ method: 'HEAD', url: '/graphql', headers: { accept } });
      expect(bare.statusCode).toBe(accept === 'text/html' ? 200 : 400);
    },
  );
});

describe('what is refused', () => {
  test.each([
    [{ format: 'xml' }, 'format must be csv, jsonl or json; got "xml".'],
    [{ format: '' }, 'format must be csv, jsonl or json; got "".'],
    [{ format: ['csv', 'json'] }, 'format may be given once; got ["csv","json"].'],
    [{ format: 'table' }, 'format must be csv, jsonl or json; got "table".'],
    [{ format: 'csv', paginate: 'perhaps' }, 'paginate must be true or false; got "perhaps".'],
    [{ format: 'csv', max: 'many' }, 'max must be a whole number from 1; got "many".'],
    [{ format: 'csv', max: '' }, 'max must be a whole number from 1; got "".'],
    [{ format: 'csv', max: '1e2' }, 'max must be a whole number from 1; got "1e2".'],
    [{ format: 'csv', max: '3', paginate: 'false' }, 'max follows the pages: leave paginate out, or true.'],
    [{ format: 'csv', max: '-1' }, 'max must be a whole number from 1; got -1.'],
    [{ format: 'csv', rows: 'x' }, 'rows must be one of editions.nodes; got "x".', ['editions.nodes']],
    [
      { format: 'csv', rows: 'x', query: '{ service { name } }' },
      'rows must be left out: the answer has no list; got "x".',
    ],
    [{ format: 'csv', explode: 'x' }, 'explode must be left out: a row has no list; got "x".'],
    [{ explode: 'x' }, 'explode is for rows, and json has none: ask for csv or jsonl, or leave it out.'],
    [
      { format: 'csv', query: '{ editions { nodes { year } } themes { nodes { id } } }' },
      'Several lists could become the rows: editions.nodes, themes.nodes. Name one of them by rows, or ask for one only.',
      ['editions.nodes', 'themes.nodes'],
    ],
  ])('%o', async (parameters: Record<string, string | string[]>, message, possibleRows?: string[]) => {
    app.takeStatements();
    const reply = await ask(parameters);
    expect([reply.statusCode, reply.json()]).toEqual([
      400,
      { errors: [{ message, extensions: { code: 'BAD_USER_INPUT', ...(possibleRows && { possibleRows }) } }] },
    ]);
    expect(app.takeStatements()).toEqual([]);
  });

  test.each([
    ['{ editions(', 400, 'GRAPHQL_PARSE_FAILED'],
    ['{ nope }', 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['{ editions(first: 500) { nodes { slug } pageInfo { endCursor } } }', 400, 'PAGE_SIZE_EXCEEDED'],
    ['query A { service { name } } query B { service { name } }', 400, 'OPERATION_RESOLUTION_FAILURE'],
  ])('%s: as JSON, with a status that a script sees', async (wrong, status, code) => {
    const reply = await post('/graphql?paginate=true', { query: wrong }, { accept: 'text/csv' });
    expect([reply.statusCode, reply.headers['content-type']]).toEqual([status, 'application/json; charset=utf-8']);
    expect(reply.json().errors).toEqual([expect.objectContaining({ extensions: expect.objectContaining({ code }) })]);
  });

  test('a media type that there is none of, with those that there are', async () => {
    const reply = await ask({}, { accept: 'application/xml, text/csv;q=0' });
    expect([reply.statusCode, reply.json().errors[0]]).toEqual([
      406,
      {
        message: expect.stringMatching(/^Accept asks for nothing that there is: application\/json, .*text\/csv/),
        extensions: { code: 'BAD_REQUEST' },
      },
    ]);
  });

  test('whatever it is, no browser takes it for anything else', async () => {
    const replies = await Promise.all([
      ask({ format: 'xml' }),
      app.server.inject('/nowhere'),
      app.server.inject({ method: 'PUT', url: '/graphql' }),
      app.server.inject({ method: 'POST', url: '/graphql', headers: { 'content-type': 'text/xml' }, payload: '<a/>' }),
      app.server.inject({ method: 'POST', url: '/graphql', payload: { query: ' '.repeat(100_000) } }),
    ]);
    expect(replies.map((reply) => [reply.statusCode, reply.headers['x-content-type-options']])).toEqual(
      [400, 404, 405, 415, 413].map((status) => [status, 'nosniff']),
    );
  });

  test('an operation of too many tokens', async () => {
    const reply = await post('/graphql?format=csv', { query: `{ ${'a '.repeat(16_000)} }` });
    expect([reply.statusCode, reply.json().errors[0].extensions.code]).toEqual([400, 'OPERATION_TOO_LARGE']);
  });

  test('a mutation, by POST and by GET', async () => {
    const mutation = { query: 'mutation { x }' };
    const asJson = await app.server.inject({ url: '/graphql', query: mutation });
    const asCsv = await ask({ ...mutation, format: 'csv' });
    expect([asCsv.statusCode, asCsv.json()]).toEqual([asJson.statusCode, asJson.json()]);
    expect((await post('/graphql?format=jsonl', mutation)).json().errors).toEqual([
      expect.objectContaining({ message: 'Only queries are served.', extensions: { code: 'BAD_USER_INPUT' } }),
    ]);
  });

  test.each([[[{ query }]], [{ query: 1 }], [{ variables: {} }], [{ query, variables: [] }]])(
    '%o is no request, as it is none for JSON',
    async (body) => {
      const [asCsv, asJson] = [await post('/graphql', body, { accept: 'text/csv' }), await post('/graphql', body)];
      expect([asCsv.statusCode, asCsv.json()]).toEqual([400, asJson.json()]);
    },
  );
});

test('an unforeseen error is masked, and is no CSV', async () => {
  const broken = await openApp({
    only: WMC,
    now: () => {
      throw new Error('the clock of /secret/path stopped');
    },
  });
  const wrong = '{ conventions { nodes { latestEdition { slug } } } }';
  const reply = await broken.server.inject({ url: '/graphql', query: { query: wrong, format: 'csv' } });
  expect([reply.statusCode, reply.json().errors]).toEqual([
    500,
    [
      expect.objectContaining({
        message: 'Internal error',
        extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: expect.any(String) },
      }),
    ],
  ]);
  await broken.close();
});

test('an error of a later page breaks the connection off, so that a part never passes for the whole', async () => {
  let statements = 0;
  const changing: TestApp = await openApp({
    only: WMC,
    onStatement: () => {
      statements += 1;
      if (statements !== 3) return;
      const writer = openWriter(join(changing.folder, 'expograph.db'));
      writer.run([{ sql: "UPDATE conventions SET slug = 'renamed'", params: [] }]);
      writer.close();
    },
  });
  const { url } = await changing.listen();
  const list = 'editions(first: 2) { nodes { year } pageInfo { hasNextPage } }';
  const wrong = `{ convention(slug: "world-manufacturing-convention") { ${list} } }`;
  const address = `${new URL(url).origin}/graphql?${new URLSearchParams({ query: wrong, paginate: '' })}`;
  const reply = await fetch(`${address}&format=csv`);
  expect(reply.status).toBe(200);
  await expect(reply.text()).rejects.toThrow();
  expect(statements).toBeGreaterThan(2);

  statements = -1_000;
  const restored = await (
    await fetch(`${address.replace('world-manufacturing-convention', 'renamed')}&format=csv`)
  ).text();
  expect(restored).toBe(`year\r\n${[2026, 2025, 2024, 2023, 2022, 2021, 2020, 2019, 2018].join('\r\n')}\r\n`);
  await changing.close();
});

describe('a long list', () => {
  const ROWS = 20_000;
  const columns = Array.from({ length: 60 }, (_, index) => `t${index}: title`).join(' ');
  const long = `{ sources { nodes { id ${columns} } pageInfo { hasNextPage } } }`;
  let large: TestApp;
  let origin: string;

  beforeAll(async () => {
    large = await openApp({ only: WMC });
    const writer = openWriter(join(large.folder, 'expograph.db'));
    const numbers = `WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${ROWS})`;
    const names = writer.rows("SELECT name FROM pragma_table_info('sources')", []).map(({ name }) => String(name));
    const copied = names.map((name) => ({ id: "id || '~' || n", slug: "slug || '~' || n" })[name] ?? name);
    const one = 'numbers JOIN (SELECT * FROM sources WHERE id = (SELECT min(id) FROM sources))';
    writer.run([
      {
        sql: `${numbers} INSERT INTO nodes (id, type, document, checksum, updated_at) SELECT node.id || '~' || n, type, document, checksum, updated_at FROM numbers JOIN (SELECT * FROM nodes WHERE id = (SELECT min(id) FROM sources)) AS node`,
        params: [],
      },
      { sql: `${numbers} INSERT INTO sources (${names}) SELECT ${copied} FROM ${one}`, params: [] },
    ]);
    writer.close();
    origin = new URL((await large.listen()).url).origin;
  });
  afterAll(() => large.close());

  /** Asks, and reads nothing. */
  const opened = (parameters: Record<string, string>) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      get(`${origin}/graphql?${new URLSearchParams({ query: long, ...parameters })}`, resolve).on('error', reject);
    });

  /** Waits until no statement has run for a while. @returns how many have run */
  async function statementsUntilQuiet(): Promise<number> {
    for (let [count, more] = [0, -1]; ; ) {
      await setTimeout(400);
      more = large.takeStatements().length;
      count += more;
      if (count > 0 && more === 0) return count;
    }
  }

  test('is asked for as it is read, and no further when the client leaves', async () => {
    large.takeStatements();
    const client = await opened({ format: 'jsonl', paginate: '' });
    const pages = await statementsUntilQuiet();
    expect(pages).toBeLessThan(ROWS / 100 / 2);
    client.destroy();
    await setTimeout(400);
    expect(large.takeStatements().length).toBeLessThanOrEqual(1);
  });

  test('as one document is asked for no further either', async () => {
    large.takeStatements();
    const request = get(`${origin}/graphql?${new URLSearchParams({ query: long, paginate: '' })}`);
    request.on('error', () => {});
    while (large.takeStatements().length === 0) await setTimeout(5);
    request.destroy();
    expect(await statementsUntilQuiet().catch(() => 0)).toBeLessThan(ROWS / 100 / 2);
  });

  test('is whole when it is read to its end', async () => {
    const query = '{ sources { nodes { id } pageInfo { hasNextPage } } }';
    const text = await (
      await fetch(`${origin}/graphql?${new URLSearchParams({ query, format: 'csv', paginate: '' })}`)
    ).text();
    expect(new Set(text.split('\r\n')).size).toBeGreaterThan(ROWS);
  });
});
