import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import * as client from '../../src/client/index.ts';
import { readQuestions } from '../../src/web/questions.ts';
import { openApp, type TestApp } from '../support/app.ts';

const { createClient, ExpographError, TypedDocumentString } = client;
const questions = readQuestions(fileURLToPath(new URL('../../schema/operations', import.meta.url)));
const documents = new Map<string, unknown>(Object.entries(client));

let app: TestApp;
let origin: string;
beforeAll(async () => {
  app = await openApp();
  ({ url: origin } = await app.listen());
});
afterAll(() => app.close());

const graph = () => `${origin}/graphql`;

/** @returns what a promise is refused with */
async function refusalOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (result) => expect.fail(`It answered ${JSON.stringify(result)}.`),
    (error: unknown) => error,
  );
}

test('there is a document for each worked question, word by word', () => {
  const exported = [...documents.keys()].filter((name) => name.endsWith('Document'));
  expect(exported.sort()).toEqual(questions.map(({ name }) => `${name}Document`).sort());
  for (const { name, query } of questions) expect(`${documents.get(`${name}Document`)}\n`).toBe(query);
});

test('every worked question is asked over HTTP and has the answer that the service gives', async () => {
  const asking = createClient({ url: new URL(graph()) });
  for (const [name, document] of documents) {
    if (!(document instanceof TypedDocumentString)) continue;
    const { data } = await app.query({ query: String(document) });
    expect([name, await asking.query(document)]).toEqual([name, data]);
  }
});

test('variables, the language and the headers go along', async () => {
  const asking = createClient({
    url: graph(),
    language: 'zh-Hans',
    headers: { 'Accept-Language': 'en', 'Content-Type': 'text/plain', Accept: 'text/html' },
  });
  const cities = new TypedDocumentString<{ editions: { nodes: { city: { name: string } }[] } }, { year: number }>(
    'query Cities($year: Int!) { editions(where: { year: { eq: $year } }) { nodes { city { name } } } }',
  );
  expect(await asking.query(cities, { year: 2021 })).toEqual({ editions: { nodes: [{ city: { name: '合肥' } }] } });
  expect(
    await createClient({ url: graph(), headers: { 'Accept-Language': 'en' } }).query(cities, { year: 2021 }),
  ).toEqual({
    editions: { nodes: [{ city: { name: 'Hefei' } }] },
  });
});

test('plain text is asked too', async () => {
  expect(await createClient({ url: graph() }).query('{ editions { totalCount } }')).toEqual({
    editions: { totalCount: 9 },
  });
});

describe('an answer with errors', () => {
  test('is refused with the first message, its code, and all that the service tells', async () => {
    const error = await refusalOf(
      createClient({ url: graph() }).query(client.SpeakersAndTheirTitlesDocument, { first: 500 }),
    );
    expect(error).toBeInstanceOf(ExpographError);
    expect(error).toMatchObject({
      name: 'ExpographError',
      message: 'speakers: first must be between 1 and 100; got 500. (PAGE_SIZE_EXCEEDED)',
      status: 200,
      data: null,
      errors: [{ path: ['speakers'], extensions: { code: 'PAGE_SIZE_EXCEEDED', argument: 'first' } }],
    });
  });

  test('counts the others', async () => {
    const error = await refusalOf(createClient({ url: graph() }).query('{ wrong, false, service { not } }'));
    expect(error).toMatchObject({
      message: 'Cannot query field "wrong" on type "Query". (GRAPHQL_VALIDATION_FAILED) And 2 more.',
      status: 400,
    });
  });

  test('is understood at an address of the service that is not the graph’s', async () => {
    expect(await refusalOf(createClient({ url: origin }).query('{ editions { totalCount } }'))).toMatchObject({
      message: 'There is nothing here. The graph is at /graphql, its schema at /schema.graphql. (NOT_FOUND)',
      status: 404,
    });
  });
});

describe('where something else answers', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  /** Starts a server of another kind. */
  async function elsewhere(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
    const started = createServer(answer);
    server = started;
    await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
    const address = started.address();
    return `http://127.0.0.1:${typeof address === 'object' && address?.port}/`;
  }

  test.each([
    [200, 'text/html', '<p>Sign in</p>'],
    [502, 'text/plain', 'bad gateway'],
    [200, 'application/json', ''],
    [200, 'application/json', 'null'],
    [200, 'application/json', '[{"data":{}}]'],
    [200, 'application/json', '{"data":"x"}'],
    [200, 'application/json', '{"data":null}'],
    [200, 'application/json', '{"errors":"none"}'],
    [500, 'application/json', '{"errors":[{"code":5}]}'],
    [401, 'application/json', '{"message":"No."}'],
  ])('%i %s %j is told in one sentence', async (status, type, body) => {
    const url = await elsewhere((_request, response) => response.writeHead(status, { 'content-type': type }).end(body));
    const error = await refusalOf(createClient({ url }).query('{ editions { totalCount } }'));
    expect(error).toBeInstanceOf(ExpographError);
    expect(error).toMatchObject({
      message: `${url} answered ${status} with ${type}, which is no answer of GraphQL: is it the graph’s address, such as http://127.0.0.1:4000/graphql?`,
      status,
      errors: [],
    });
  });

  test('what was answered besides an error is kept, and an error needs no code', async () => {
    const body = '{"data":{"a":1,"b":null},"errors":[{"message":"b is gone."}]}';
    const url = await elsewhere((_request, response) => response.end(body));
    expect(await refusalOf(createClient({ url }).query('{ a b }'))).toMatchObject({
      message: 'b is gone.',
      data: { a: 1, b: null },
    });
  });

  test('a service that is not there, or goes in the middle of its answer, is told with the reason', async () => {
    const url = await elsewhere((_request, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('{');
      response.destroy();
    });
    const cut = await refusalOf(createClient({ url }).query('{ a }'));
    expect(cut).toMatchObject({ message: expect.stringContaining(`${url} cannot be reached: `), status: undefined });
    server?.close();
    const gone = await refusalOf(createClient({ url }).query('{ a }'));
    expect(gone).toBeInstanceOf(ExpographError);
    expect(gone).toMatchObject({
      message: `${url} cannot be reached: connect ECONNREFUSED ${new URL(url).host}.`,
      cause: expect.any(TypeError),
      status: undefined,
      errors: [],
    });
    const unusable = await refusalOf(createClient({ url: '/graphql' }).query('{ a }'));
    expect(unusable).toMatchObject({ message: '/graphql cannot be reached: Invalid URL.' });
  });

  test('a signal ends the request, before and while it runs, with its own reason', async () => {
    const controller = new AbortController();
    const url = await elsewhere(() => controller.abort('no longer wanted'));
    const asking = createClient({ url });
    expect(await refusalOf(asking.query('{ a }', undefined, controller))).toBe('no longer wanted');
    expect(await refusalOf(asking.query('{ a }', {}, { signal: AbortSignal.abort('too late') }))).toBe('too late');
  });
});

test('where several addresses are tried in vain, each is told', async () => {
  const causes = ['::1:4000', '127.0.0.1:4000'].map((address) => new Error(`connect ECONNREFUSED ${address}`));
  // As Node fails where a name has two addresses, which not every machine's localhost has.
  const fetch = () => Promise.reject(new TypeError('fetch failed', { cause: new AggregateError(causes) }));
  expect(await refusalOf(createClient({ url: 'http://localhost:4000/graphql', fetch }).query('{ a }'))).toMatchObject({
    message:
      'http://localhost:4000/graphql cannot be reached: connect ECONNREFUSED ::1:4000, connect ECONNREFUSED 127.0.0.1:4000.',
  });
});

test('another fetch sends the requests', async () => {
  const sent: unknown[] = [];
  const asking = createClient({
    url: '/graphql',
    language: 'en',
    async fetch(url, { signal, ...init }) {
      sent.push([url, { ...init, body: JSON.parse(init.body) }]);
      const { statusCode, headers, body } = await app.server.inject({ url, ...init, payload: init.body });
      return {
        status: statusCode,
        headers: new Headers({ 'content-type': String(headers['content-type']) }),
        text: async () => body,
      };
    },
  });
  expect(await asking.query(client.LargestSigningsDocument, { after: null })).toHaveProperty('editions.totalCount');
  expect(sent).toEqual([
    [
      '/graphql',
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/graphql-response+json, application/json;q=0.9',
          'accept-language': 'en',
        },
        body: { query: String(client.LargestSigningsDocument), variables: { after: null } },
      },
    ],
  ]);
});
