import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Asked, asCurl, asFetch, askedOf, wordsOf } from '../../src/web/playground/service.ts';

const run = promisify(execFile);

let echo: Server;
let address: URL;
beforeAll(async () => {
  // It answers with what it was asked, so that nothing on the way can have changed it.
  echo = createServer(async (request, response) => {
    const body: unknown = JSON.parse(await text(request));
    response.end(JSON.stringify({ type: request.headers['content-type'], path: request.url, body }));
  });
  await new Promise<void>((listening) => echo.listen(0, '127.0.0.1', listening));
  const { port }: AddressInfo = Object(echo.address());
  address = new URL(`http://127.0.0.1:${port}/it's/graphql?query=old#query=old`);
});
afterAll(() => echo.close());

const parts = [
  "'",
  '"',
  '\\',
  '\n',
  '\r\n',
  '`',
  '$',
  '${',
  '}',
  '$(id)',
  '!',
  '!!',
  '合肥',
  '😀',
  '\t',
  '%s',
  '@',
  '--',
  '#',
];
const words = fc.oneof(
  fc.array(fc.constantFrom(...parts), { maxLength: 12 }).map((some) => some.join('')),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const asking: fc.Arbitrary<Asked> = fc.record(
  {
    query: words,
    variables: fc.dictionary(
      fc.stringMatching(/^[a-zA-Z]\w*$/),
      fc.oneof(words, fc.array(fc.integer()), fc.constant(null)),
    ),
    operationName: fc.constantFrom('A', 'B'),
  },
  { requiredKeys: ['query'] },
);
const samples = [
  { query: `{ a(text: "it's 合肥\\n") }\n# \`\${x}\` $(id) \\ !\n`, variables: { list: [{ a: null }], text: `'"'` } },
  ...fc.sample(asking, { numRuns: 40, seed: 5 }),
];

/** What the service hears, however often that is said in JSON. */
const heard = (asked: Asked) => ({ type: 'application/json', path: "/it's/graphql", body: plain(asked) });
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test('a curl command asks the same from bash, whatever quotes, lines and scripts the operation has', async () => {
  const commands = samples.map((asked) => `${asCurl(address, asked)} -s\necho`);
  const { stdout } = await run('bash', ['-euc', commands.join('\n')]);
  expect(
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual(samples.map(heard));
});

test('a fetch call asks the same from Node, whatever quotes, lines and scripts the operation has', async () => {
  const modules = samples.map((asked) => `{ ${asFetch(address, asked)} console.log(','); }`);
  const { stdout } = await run('node', ['--input-type=module', '--eval', modules.join('\n')]);
  expect(JSON.parse(`[${stdout.trim().slice(0, -1)}]`)).toEqual(samples.map(heard));
});

test('a command is written for people to read', () => {
  const asked = { query: 'query A($year: Int) {\n  a\n}', variables: { year: 2021 } };
  const home = new URL('https://example.test/graphql#query=x');
  expect(asCurl(home, asked)).toBe(
    [
      "curl 'https://example.test/graphql' \\",
      "  -H 'content-type: application/json' \\",
      `  -d '{"query":"query A($year: Int) {\\n  a\\n}","variables":{"year":2021}}'`,
    ].join('\n'),
  );
  expect(asFetch(home, asked)).toBe(`const response = await fetch("https://example.test/graphql", {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    query: \`query A($year: Int) {
  a
}\`,
    variables: {
      "year": 2021
    },
  }),
});
console.log(JSON.stringify(await response.json(), null, 2));`);
});

test('an operation is named only where there are several, and only by a name that is there', () => {
  const several = 'query A { a } query B { b }';
  expect(askedOf(several, { year: 2021 }, 'B')).toEqual({
    query: several,
    variables: { year: 2021 },
    operationName: 'B',
  });
  expect(askedOf(several, undefined, 'C')).toEqual({ query: several });
  expect(askedOf('query A { a }', undefined, 'A')).toEqual({ query: 'query A { a }' });
});

test('why there is no answer is told in the words of who refused it', async () => {
  const errors = [{ message: 'Name one of them by rows.' }, { message: 'And that.' }];
  expect(await wordsOf(Response.json({ errors }, { status: 400 }))).toBe('Name one of them by rows.\nAnd that.');
  const page = new Response('<h1>Bad Gateway</h1>', { status: 502 });
  expect(await wordsOf(page)).toBe('The service answered 502: <h1>Bad Gateway</h1>');
});
