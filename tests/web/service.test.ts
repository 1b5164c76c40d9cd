import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Asked, asCurl, asFetch, askedOf, refusalOf, shownHeaders } from '../../src/web/playground/service.ts';

const run = promisify(execFile);

let echo: Server;
let address: URL;
beforeAll(async () => {
  // It answers with what it was asked, so that nothing on the way can have changed it.
  echo = createServer(async (request, response) => {
    const body: unknown = JSON.parse(await text(request));
    const { 'content-type': type, 'accept-language': language, 'x-note': note } = request.headers;
    response.end(JSON.stringify({ type, language, note, path: request.url, body }));
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
const notes = ['', `it's "so" \`\${x}\` $(id) \\n !`, '@file'];
const headersOf = (place: number): [string, string][] => [
  ['accept-language', 'zh-Hans'],
  ['x-note', notes[place % notes.length] ?? ''],
];

/** What the service hears, however often that is said in JSON. */
const heard = (asked: Asked, place: number) => ({
  type: 'application/json',
  language: 'zh-Hans',
  note: notes[place % notes.length],
  path: "/it's/graphql",
  body: plain(asked),
});
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test('a curl command asks the same from bash, whatever quotes, lines and scripts the operation and its headers have', async () => {
  const commands = samples.map((asked, place) => `${asCurl(address, asked, headersOf(place))} -s\necho`);
  const { stdout } = await run('bash', ['-euc', commands.join('\n')]);
  expect(
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual(samples.map(heard));
});

test('a fetch call asks the same from Node, whatever quotes, lines and scripts the operation and its headers have', async () => {
  const modules = samples.map((asked, place) => `{ ${asFetch(address, asked, headersOf(place))} console.log(','); }`);
  const { stdout } = await run('node', ['--input-type=module', '--eval', modules.join('\n')]);
  expect(JSON.parse(`[${stdout.trim().slice(0, -1)}]`)).toEqual(samples.map(heard));
});

test('a command is written for people to read', () => {
  const asked = { query: 'query A($year: Int) {\n  a\n}', variables: { year: 2021 } };
  const home = new URL('https://example.test/graphql#query=x');
  const headers: [string, string][] = [['accept-language', 'zh-Hans']];
  expect(asCurl(home, asked, headers)).toBe(
    [
      "curl 'https://example.test/graphql' \\",
      "  -H 'content-type: application/json' \\",
      "  -H 'accept-language: zh-Hans' \\",
      `  -d '{"query":"query A($year: Int) {\\n  a\\n}","variables":{"year":2021}}'`,
    ].join('\n'),
  );
  expect(asFetch(home, asked, headers)).toBe(`const response = await fetch("https://example.test/graphql", {
  method: 'POST',
  headers: { 'content-type': 'application/json', "accept-language": "zh-Hans" },
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
  expect(await refusalOf(Response.json({ errors }, { status: 400 }))).toEqual({
    words: 'Name one of them by rows.\nAnd that.',
    possibleRows: [],
  });
  const page = new Response('<h1>Bad Gateway</h1>', { status: 502 });
  expect(await refusalOf(page)).toEqual({
    words: 'The service answered 502: <h1>Bad Gateway</h1>',
    possibleRows: [],
  });
});

test('the lists that could become the rows are read where they are told, and nothing else is taken for them', async () => {
  const told = async (possibleRows: unknown) =>
    (await refusalOf(Response.json({ errors: [null, { message: 'Several.', extensions: { possibleRows } }] })))
      .possibleRows;
  expect(await told(['a', 'b.nodes'])).toEqual(['a', 'b.nodes']);
  expect(await told(['a', 1, null])).toEqual(['a']);
  expect(await told('a')).toEqual([]);
  expect(await told(undefined)).toEqual([]);
});

test('headers are shown as they are sent, but for those that may be secret', () => {
  const given: [string, string][] = [
    ['Accept-Language', ' zh-Hans '],
    ['accept-language', 'en'],
    ['X-Request', '7'],
    ['Accept', 'text/html'],
    ['Content-Type', 'text/plain'],
  ];
  const secrets = ['Authorization', 'Proxy-Authorization', 'Cookie', 'X-CSRF-Token', 'X-Api-Key', 'Client_Secret'];
  const shown = shownHeaders(address, [...given, ...secrets.map((name): [string, string] => [name, 'hidden'])]);
  expect(shown).toEqual({
    headers: [
      ['accept-language', 'zh-Hans, en'],
      ['x-request', '7'],
    ],
    leftOut: secrets.map((name) => name.toLowerCase()).toSorted(),
  });
  expect(() => shownHeaders(address, [['not a name', '1']])).toThrow(TypeError);
  expect(() => shownHeaders(address, [['x-place', '合肥']])).toThrow(TypeError);
});
