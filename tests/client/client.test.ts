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
  app = await openApp({ publicUrl: 'https://expograph.example' });
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
    'query Cities($year: Int!) { editions(where: { year: { eq: $year }, search: "WMC" }) { nodes { city { name } } } }',
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
    editions: { totalCount: 110 },
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
      message: 'POST does nothing here: ask by GET. The graph is at /graphql. (BAD_REQUEST)',
      status: 405,
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
    [200, 'text/html', '<p>Sign\n  in</p>', '<p>Sign in</p>'],
    [200, 'application/json', '', 'it is empty'],
    [200, 'application/json', 'null', 'null'],
    [200, 'application/json', '[{"data":{}}]', '[{"data":{}}]'],
    [200, 'application/json', '{"data":"x"}', '{"data":"x"}'],
    [200, 'application/json', '{"data":[]}', '{"data":[]}'],
    [200, 'application/json', '{"data":null}', '{"data":null}'],
    [200, 'application/json', '{"data":null,"errors":null}', '{"data":null,"errors":null}'],
    [200, 'application/json', '{"errors":"none"}', '{"errors":"none"}'],
    [404, 'text/html', 'x'.repeat(300), `${'x'.repeat(200)}…`],
  ])('%i %s %j is told in one sentence, and that the address may be wrong', async (status, type, body, piece) => {
    const url = await elsewhere((_request, response) => response.writeHead(status, { 'content-type': type }).end(body));
    const error = await refusalOf(createClient({ url }).query('{ editions { totalCount } }'));
    expect(error).toBeInstanceOf(ExpographError);
    expect(error).toMatchObject({
      message: `${url} answered ${status} with ${type}, which is no answer of GraphQL: ${piece}. Is it the graph’s address, such as http://127.0.0.1:4000/graphql?`,
      status,
      errors: [],
    });
  });

  test.each([
    [401, 'application/json', '{"message":"No."}', '{"message":"No."}'],
    [429, 'text/plain', 'Too many requests.', 'Too many requests'],
    [500, 'application/json', '{"errors":[{"code":5}]}', '{"errors":[{"code":5}]}'],
    [502, 'text/plain', 'bad gateway', 'bad gateway'],
  ])('%i %s %j is told without a word against the address', async (status, type, body, piece) => {
    const url = await elsewhere((_request, response) => response.writeHead(status, { 'content-type': type }).end(body));
    expect(await refusalOf(createClient({ url }).query('{ a }'))).toMatchObject({
      message: `${url} answered ${status} with ${type}, which is no answer of GraphQL: ${piece}.`,
      status,
    });
  });

  test('errors that are null are none', async () => {
    const url = await elsewhere((_request, response) => response.end('{"data":{"a":1},"errors":null}'));
    expect(await createClient({ url }).query('{ a }')).toEqual({ a: 1 });
  });

  test.each([301, 302, 303])('a redirect by %i, which loses the query, is told with where it leads', async (status) => {
    const url = await elsewhere((_request, response) => response.writeHead(status, { location: graph() }).end());
    expect(await refusalOf(createClient({ url }).query('{ editions { totalCount } }'))).toMatchObject({
      message: expect.stringContaining(
        `${url} redirects to ${graph()}: give that address, for a redirect may lose the query. It answered GraphQL operations must contain a non-empty`,
      ),
      status: 400,
      errors: [{ extensions: { code: 'BAD_REQUEST' } }],
    });
  });

  test('a redirect to a page is told, too', async () => {
    const url = await elsewhere((request, response) => {
      if (request.url === '/') response.writeHead(302, { location: '/login' }).end();
      else response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Sign in</p>');
    });
    expect(await refusalOf(createClient({ url }).query('{ a }'))).toMatchObject({
      message: `${url} redirects to ${url}login: give that address, for a redirect may lose the query. It answered 200 with text/html, which is no answer of GraphQL: <p>Sign in</p>.`,
      status: 200,
    });
  });

  test.each([307, 308])('a redirect by %i takes the query along, and its errors are its own', async (status) => {
    const url = await elsewhere((_request, response) => response.writeHead(status, { location: graph() }).end());
    const asking = createClient({ url });
    expect(await asking.query('{ editions { totalCount } }')).toEqual({ editions: { totalCount: 110 } });
    expect(await refusalOf(asking.query(client.SpeakersAndTheirTitlesDocument, { first: 500 }))).toMatchObject({
      message: 'speakers: first must be between 1 and 100; got 500. (PAGE_SIZE_EXCEEDED)',
    });
  });

  test('headers are an object, Headers, or a function that is asked before each query', async () => {
    const sent: unknown[] = [];
    const url = await elsewhere((request, response) => {
      sent.push(request.headers.authorization);
      response.end('{"data":{}}');
    });
    let token = 0;
    const next = () => ({ Authorization: `Bearer ${++token}` });
    for (const headers of [{ Authorization: 'a' }, new Headers({ Authorization: 'b' }), next, async () => next()]) {
      const asking = createClient({ url, headers });
      await asking.query('{ a }');
      await asking.query('{ a }');
    }
    expect(sent).toEqual(['a', 'a', 'b', 'b', 'Bearer 1', 'Bearer 2', 'Bearer 3', 'Bearer 4']);
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

describe('what cannot be sent', () => {
  test.each([
    ['/graphql', 'Invalid URL'],
    ['127.0.0.1:4000/graphql', 'Invalid URL'],
    ['localhost:4000/graphql', 'unknown scheme'],
    ['http://:4000', 'Invalid URL'],
  ])('the address %s is told to be none', async (url, reason) => {
    const error = await refusalOf(createClient({ url }).query('{ a }'));
    expect(error).toBeInstanceOf(ExpographError);
    expect(error).toMatchObject({
      message: `"${url}" is no address that can be asked from here (${reason}): give it as in "http://127.0.0.1:4000/graphql".`,
      cause: expect.any(TypeError),
    });
  });

  test.each([
    [{ language: '中文' }, 'accept-language'],
    [{ headers: { Authorization: 'Bearer secret\nof mine' } }, 'authorization'],
    [{ headers: { 'two words': 'x' } }, 'two words'],
  ])('a header of %j is told by its name, without its value', async (options, name) => {
    const error = await refusalOf(createClient({ url: graph(), ...options }).query('{ a }'));
    expect(error).toBeInstanceOf(ExpographError);
    expect(error).toMatchObject({
      message: `The header "${name}" cannot be sent: it has a character that headers may not have.`,
    });
  });

  test('headers that cannot be had are told with the reason, which ends in one full stop', async () => {
    const headers = () => Promise.reject(new Error('The token is over.'));
    const error = await refusalOf(createClient({ url: graph(), headers }).query('{ a }'));
    expect(error).toBeInstanceOf(ExpographError);
    expect(error).toMatchObject({ message: 'The headers cannot be had: The token is over.' });
  });

  test('a fetch that throws at once is told as one that fails later', async () => {
    const fetch = () => {
      throw new Error('No network today.');
    };
    const error = await refusalOf(createClient({ url: graph(), fetch }).query('{ a }'));
    expect(error).toBeInstanceOf(ExpographError);
    expect(error).toMatchObject({ message: `${graph()} cannot be reached: No network today.` });
  });

  test.each([undefined, {}, { url: undefined }, { url: '' }, 'http://127.0.0.1:4000/graphql'])(
    'a client of %j, as JavaScript allows, is refused at once',
    (options) => {
      expect(() => Reflect.apply(createClient, undefined, [options])).toThrow(
        new TypeError("A client needs an address: createClient({ url: 'http://127.0.0.1:4000/graphql' })."),
      );
    },
  );
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
