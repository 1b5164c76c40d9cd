import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Graph, openGraph } from '../src/graph.ts';
import { readQuestions } from '../src/web/questions.ts';
import { openApp, SETTINGS, type TestApp, TODAY } from './support/app.ts';

let app: TestApp;
let graph: Graph;
const statements: string[] = [];

beforeAll(async () => {
  app = await openApp();
  graph = openGraph({
    ...SETTINGS,
    databasePath: `${app.folder}/expograph.db`,
    now: () => TODAY,
    onStatement: (sql) => statements.push(sql),
  });
});
afterAll(async () => {
  await graph.close();
  await app.close();
});

test('every worked question has the answer that the service gives, in one asking', async () => {
  for (const { query } of readQuestions('schema/operations')) {
    for (const acceptLanguage of ['en', 'zh-Hans']) {
      app.takeStatements();
      statements.length = 0;
      expect(JSON.stringify(await graph.query({ query, acceptLanguage }))).toBe(
        JSON.stringify(await app.query({ query, acceptLanguage })),
      );
      expect(statements).toHaveLength(app.takeStatements().length);
    }
  }
});

test.each([
  ['no GraphQL', { query: '{ editions(' }],
  ['empty', { query: '' }],
  [
    'more tokens than allowed',
    { query: `{ editions(where: { year: { in: [${'2021 '.repeat(15_000)}] } }) { totalCount } }` },
  ],
  ['not fitting the schema', { query: '{ editoins { totalCount } }' }],
  ['no query', { query: 'mutation { a }' }],
  ['one of several', { query: 'query A { __typename } query B { __typename }' }],
  ['of another name', { query: 'query A { __typename }', operationName: 'B' }],
  [
    'with a variable that is none',
    { query: 'query ($n: Int) { editions(first: $n) { totalCount } }', variables: { n: 'x' } },
  ],
  ['with an argument that cannot be used', { query: '{ editions(first: 500) { totalCount } }' }],
  [
    'wrong in a part only',
    { query: '{ service { name } edition(slug: "x") { id } editions(after: "x") { totalCount } }' },
  ],
])('an operation that is %s has the errors that the service tells', async (_what, question) => {
  const expected = await app.query(question);
  expect(expected.errors?.length).toBeGreaterThan(0);
  expect(JSON.stringify(await graph.query(question))).toBe(JSON.stringify(expected));
});
