import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApp, type TestApp } from '../support/app.ts';

const folder = new URL('../../schema/operations/', import.meta.url);
const textOf = (slug: string) => readFileSync(new URL(`${slug}.graphql`, folder), 'utf8');
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

let app: TestApp;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

const get = (query: Record<string, string>, headers: Record<string, string> = {}) =>
  app.server.inject({ url: '/graphql', query, headers });

interface Listed {
  operationName: string;
  documentId: string;
  operation: string;
  answer: string;
  variables: object;
}

describe('/operations.json', () => {
  test('lists every worked question by the SHA-256 of its file, which is what it is served as', async () => {
    const reply = await app.server.inject({ url: '/operations.json', headers: { host: 'fairs.example' } });
    const { operations }: { operations: Listed[] } = reply.json();
    const slugs = readdirSync(folder).flatMap((file) => (file.endsWith('.graphql') ? [file.slice(0, -8)] : []));
    expect(operations.map(({ documentId }) => documentId).sort()).toEqual(
      slugs.map((slug) => hashOf(textOf(slug))).sort(),
    );
    for (const { documentId, operation } of operations) {
      expect(operation).toMatch(/^http:\/\/fairs\.example\/operations\/[\w-]+\.graphql$/);
      const served = await app.server.inject({ url: new URL(operation).pathname });
      expect(hashOf(served.body)).toBe(documentId);
    }
    const again = { 'if-none-match': String(reply.headers.etag), host: 'fairs.example' };
    expect((await app.server.inject({ url: '/operations.json', headers: again })).statusCode).toBe(304);
  });

  test('says where each is answered, as the question itself is', async () => {
    const { operations }: { operations: Listed[] } = (await app.server.inject({ url: '/operations.json' })).json();
    for (const { answer, operation, variables } of operations) {
      const { pathname, search } = new URL(answer);
      const byId = await app.server.inject({ url: `${pathname}${search}` });
      expect([byId.statusCode, byId.json().errors]).toEqual([200, undefined]);
      const query = textOf(new URL(operation).pathname.slice('/operations/'.length, -'.graphql'.length));
      const byText = await app.server.inject({ method: 'POST', url: '/graphql', payload: { query, variables } });
      expect(byText.body).toBe(byId.body);
      expect(byId.headers.etag).toBeDefined();
    }
  });
});

describe('documentId', () => {
  const documentId = hashOf(textOf('edition-in-brief'));
  const [ways, known] = [(id: string) => ({ documentId: id }), textOf('edition-in-brief')];

  test.each([documentId, `sha256:${documentId}`, documentId.toUpperCase()])('%s stands for the text', async (id) => {
    const expected = await get({ query: known });
    expect((await get(ways(id))).body).toBe(expected.body);
    const posted = await app.server.inject({ method: 'POST', url: '/graphql', payload: ways(id) });
    expect(posted.body).toBe(expected.body);
    expect(posted.headers['cache-status']).toBe('Expograph; hit');
  });

  test('with variables, in another language, as CSV', async () => {
    const whatIsOn = hashOf(textOf('what-is-on'));
    const variables = { from: '2025-09-01', to: '2025-09-30' };
    const asked = { documentId: whatIsOn, variables: JSON.stringify(variables) };
    const byText = await get({ query: textOf('what-is-on'), variables: asked.variables }, { 'accept-language': 'zh' });
    expect((await get(asked, { 'accept-language': 'zh' })).body).toBe(byText.body);
    const csv = await get({ ...asked, format: 'csv' });
    expect([csv.statusCode, csv.headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8; header=present']);
  });

  test.each([
    ['0'.repeat(64), `got "${'0'.repeat(64)}".`],
    ['edition-in-brief', 'got "edition-in-brief".'],
    ['', 'got "".'],
    [`${'x'.repeat(5_000)}`, `got "${'x'.repeat(99)}.`],
  ])('%s is refused, with the way out', async (id, got) => {
    for (const reply of [
      await get(ways(id)),
      await app.server.inject({ method: 'POST', url: '/graphql', payload: ways(id) }),
    ])
      expect([reply.statusCode, reply.json()]).toEqual([
        400,
        {
          errors: [
            {
              message: `documentId must be the SHA-256 of a worked question, as /operations.json lists them; ${got}`,
              extensions: { code: 'BAD_USER_INPUT' },
            },
          ],
        },
      ]);
  });

  test('beside a query is refused, and so is what is no text', async () => {
    const both = await get({ query: known, documentId });
    expect([both.statusCode, both.json().errors[0].message]).toEqual([
      400,
      'Give one of query and documentId; got both.',
    ]);
    const payload = { documentId: [documentId] };
    const listed = await app.server.inject({ method: 'POST', url: '/graphql', payload });
    expect(listed.statusCode).toBe(400);
  });
});
