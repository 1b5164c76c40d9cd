import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ErrorCode } from '../../src/select/errors.ts';
import { type WatchedService, watchedService } from '../support/watched-service.ts';

/** Nothing takes longer than this, in milliseconds, on a machine that has other things to do as well. */
const BOUND = 15_000;

/** What is kept is bounded, and full after a while: so much more, in bytes, is nothing that is kept for ever. */
const MOST_MORE = 15_000_000;

let service: WatchedService;
beforeAll(async () => {
  // What it keeps of answers is bounded by a setting, and may be as much as that.
  service = await watchedService({ ANSWER_CACHE_MEGABYTES: '0' });
  // What is loaded when it is asked for first is loaded.
  for (const query of ['{ service { name } }', '{ search(query: "world 世界") { totalCount } }', '{ nope }'])
    await told(JSON.stringify({ query }));
});
afterAll(() => service?.close());

/** It is asked something good behind each. */
afterEach(async () => {
  expect(service.child.exitCode).toBeNull();
  expect(await told(JSON.stringify({ query: '{ service { name } }' }))).toEqual({
    status: 200,
    answer: { data: { service: { name: 'Expograph' } } },
  });
});

const answerShape = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(z.object({ message: z.string(), extensions: z.object({ code: z.string() }) }))
    .min(1)
    .optional(),
});

/** What the service says to a body: JSON, in time. */
async function told(body: string): Promise<{ status: number; answer: z.infer<typeof answerShape> }> {
  const headers = { 'content-type': 'application/json' };
  const signal = AbortSignal.timeout(BOUND);
  const reply = await fetch(`${service.url}/graphql`, { method: 'POST', headers, body, signal });
  return { status: reply.status, answer: answerShape.parse(await reply.json()) };
}

/** It is answered, or refused with one of our codes, and never is it our fault. */
async function expectWell(body: string): Promise<void> {
  const { status, answer } = await told(body);
  expect(status).toBeLessThan(500);
  const { errors = [] } = answer;
  const codes = errors.map(({ extensions }) => extensions.code);
  expect(codes.filter((code) => !(code in ErrorCode) || code === 'INTERNAL_SERVER_ERROR')).toEqual([]);
  expect(answer.data !== undefined || errors.length > 0).toBe(true);
  expect(JSON.stringify(errors)).not.toMatch(/[Dd]id you mean|node_modules|\bSELECT\b|\.js:\d|\.ts:\d|[Ss][Qq][Ll]ite/);
}

/** So many pieces of an operation. */
const many = (count: number, piece: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => piece(index)).join(' ');
const short = (index: number) => index.toString(36);
const fragments = (count: number, piece: (index: number) => string) =>
  many(count, (index) => `fragment f${index} on ${piece(index)}`);

const operations: Record<string, string> = {
  '4,900 aliases': `{ ${many(4_900, (index) => `a${index}:__typename`)} }`,
  '15,000 tokens of aliases': `{ ${many(5_000, (index) => `${short(index)}:__typename`)} }`,
  '1,000 aliases of a list': `{ ${many(1_000, (index) => `a${short(index)}:editions(first:9){nodes{name}}`)} }`,
  '3,000 aliases in a list': `{ editions(first: 9) { nodes { ${many(3_000, (index) => `a${short(index)}:name`)} } } }`,
  '800 aliases of a list in a list': `{ editions(first: 9) { nodes { ${many(800, (index) => `a${short(index)}:appearances(first:9){nodes{id}}`)} } } }`,
  'a flood of directives': `{ service { name ${many(2_000, () => '@include(if:true)')} } }`,
  'a flood of directives that there are not': `{ service ${many(7_000, () => '@a')} { name } }`,
  'a directive on each of many fields': `{ service { ${many(2_000, () => 'name @skip(if:false)')} } }`,
  'a field 3,000 times': `{ service { ${many(3_000, () => 'name')} } }`,
  'a nested field 3,000 times': `{ ${many(3_000, () => 'service{name}')} }`,
  'a deep field 300 times': `{ ${many(300, () => 'editions{nodes{convention{editions{nodes{slug}}}}}')} }`,
  'a fragment in itself': '{ ...a } fragment a on Query { ...a }',
  'fragments in a circle': `{ ...f0 } ${fragments(1_500, (index) => `Query{...f${(index + 1) % 1_500}}`)}`,
  'a chain of fragments': `{ ...f0 } ${fragments(1_500, (index) => `Query{...f${index + 1}}`)} fragment f1500 on Query{__typename}`,
  'fragments that double': `{ ...f0 } ${fragments(30, (index) => `Query{...f${index + 1} ...f${index + 1}}`)} fragment f30 on Query{__typename}`,
  'fragments that double under aliases': `{ editions { nodes { ...f0 } } } ${fragments(25, (index) => `Edition{a:convention{editions{nodes{...f${index + 1}}}} b:convention{editions{nodes{...f${index + 1}}}}}`)} fragment f25 on Edition{slug}`,
  'fragments that nobody uses': `{ __typename } ${fragments(2_000, () => 'Query{__typename}')}`,
  'fragments side by side': `{ ${many(900, (index) => `...f${index}`)} } ${fragments(900, () => 'Query{service{name}}')}`,
  '60,000 braces': '{'.repeat(60_000),
  '60,000 braces and names': '{a'.repeat(45_000),
  'braces that are closed': `${'{a'.repeat(7_000)}${'}'.repeat(7_000)}`,
  'braces that fit the schema': `{editions{nodes${'{convention{editions{nodes'.repeat(2_000)}{slug}${'}}}'.repeat(2_000)}}}`,
  '60,000 lists': `{ editions(where: { year: { in: ${'['.repeat(60_000)}`,
  'lists that are closed': `{ editions(where:{year:{in:${'['.repeat(7_000)}${']'.repeat(7_000)}}}){totalCount} }`,
  'a list of 14,900 values': `{ editions(where:{year:{in:[${'1 '.repeat(14_900)}]}}){totalCount} }`,
  'a condition within 2,400': `{ editions(where:${'{not:'.repeat(2_400)}{}${'}'.repeat(2_400)}){totalCount} }`,
  'a condition of 1,400 searches': `{ editions(where:{or:[${many(1_400, (index) => `{search:"a${index}"}`)}]}){totalCount} }`,
  'a condition of 1,000 texts': `{ editions(where:{or:[${many(1_000, (index) => `{name:{contains:"a${index}"}}`)}]}){totalCount} }`,
  'introspection in a circle': `{__schema{types${'{fields{type'.repeat(12)}{name}${'}}'.repeat(12)}}}`,
  'introspection in a circle of interfaces': `{__schema{types${'{possibleTypes{interfaces'.repeat(6)}{name}${'}}'.repeat(6)}}}`,
  'introspection 60 times': `{__schema{${many(60, (index) => `t${index}:types{name fields{name description args{name type{name}}type{name ofType{name}}}}`)}}}`,
  '3,000 variables': `query (${many(3_000, (index) => `$v${index}:Int`)}) { service { name } }`,
  '7,000 fields that there are not': `{ ${many(7_000, (index) => `f${short(index)}`)} }`,
  '3,500 arguments that there are not': `{ editions(${many(3_500, (index) => `a${short(index)}:1`)}) { totalCount } }`,
  '3,000 types that there are not': `query (${many(3_000, (index) => `$v${short(index)}:T${short(index)}`)}) { __typename }`,
  '9,000 words that there are not': `{ editions(where:{status:{in:[${many(9_000, (index) => `W${short(index)}`)}]}}) { totalCount } }`,
  '3,500 operations': many(3_500, (index) => `query q${short(index)}{__typename}`),
  'a name of 95,000 letters': `{ ${'a'.repeat(95_000)} }`,
  'a comment of 95,000 letters': `#${'x'.repeat(95_000)}\n{ service { name } }`,
  'a comment of 2 MB': `#${'x'.repeat(2_000_000)}\n{ service { name } }`,
  'white space of 95,000 letters': `${' ,\t'.repeat(31_000)}{ service { name } }`,
  'a search of 90,000 letters': `{ search(query: "${'a '.repeat(45_000)}") { totalCount } }`,
  'a search of Chinese without end': `{ search(query: "${'世界制造业大会'.repeat(1_400)}") { totalCount } }`,
  'a pattern of wildcards': `{ editions(where: { name: { contains: "${'%_'.repeat(20_000)}" } }) { totalCount } }`,
  'a list in a list in a list':
    '{ conventions(first:100){nodes{editions(first:100){nodes{convention{editions(first:100){nodes{convention{editions(first:100){nodes{slug}}}}}}}}}}}',
  'numbers without end': `{ editions(first: ${'9'.repeat(90_000)}) { totalCount } }`,
  '1e308': '{ editions(where: { year: { eq: 1e308 } }) { totalCount } }',
  '1e999': '{ editions(first: 1e999) { totalCount } }',
  'NUL in a text':
    '{ search(query: "a\\u0000b") { totalCount } editions(where: { name: { contains: "\\u0000" } }) { totalCount } }',
  'half a character in a text': '{ search(query: "\\uD800") { totalCount } }',
};

describe('an operation', () => {
  test.each(Object.entries(operations))(
    'of %s',
    async (_what, query) => {
      await expectWell(JSON.stringify({ query }));
    },
    60_000,
  );
});

const withVariable = (type: string, field: string, json: string) =>
  `{"query":"query ($v: ${type}) { ${field} }","variables":{"v":${json}}}`;
const list = (count: number, item: string) => `[${Array(count).fill(item).join(',')}]`;

describe('a body', () => {
  test.each([
    ['no JSON', '{"query":'],
    ['nothing', ''],
    ['a mere text', '"{ service { name } }"'],
    ['null', 'null'],
    ['a list 49,000 deep', `${'['.repeat(49_000)}${']'.repeat(49_000)}`],
    ['a list 49,000 deep that ends nowhere', '['.repeat(49_000)],
    [
      'a variable 49,000 deep',
      `{"query":"{ service { name } }","variables":{"v":${'['.repeat(49_000)}${']'.repeat(49_000)}}}`,
    ],
    [
      'a condition 7,000 deep',
      withVariable(
        'EditionWhere',
        'editions(where: $v) { totalCount }',
        `${'{"not":'.repeat(7_000)}{}${'}'.repeat(7_000)}`,
      ),
    ],
    [
      '24,000 texts for numbers',
      withVariable('[Int!]', 'editions(where: { year: { in: $v } }) { totalCount }', list(24_000, '"x"')),
    ],
    [
      '49,000 numbers',
      withVariable('[Int!]', 'editions(where: { year: { in: $v } }) { totalCount }', list(49_000, '0')),
    ],
    [
      '50,000 texts for numbers, too large',
      withVariable('[Int!]', 'editions(where: { year: { in: $v } }) { totalCount }', list(50_000, '"x"')),
    ],
    ['33,000 objects for ids', withVariable('[ID!]!', 'nodes(ids: $v) { id }', list(33_000, '{}'))],
    ['1e308 for a number', withVariable('Int', 'editions(first: $v) { totalCount }', '1e308')],
    ['1e999 for a number', withVariable('Int', 'editions(first: $v) { totalCount }', '1e999')],
    ['-1e999 for a text', withVariable('String!', 'search(query: $v) { totalCount }', '-1e999')],
    ['NUL', withVariable('String!', 'search(query: $v) { totalCount }', '"\\u0000"')],
    ['half a character', withVariable('String!', 'search(query: $v) { totalCount }', '"\\ud800 \\udc00"')],
    ['half a character in a text of the operation', '{"query":"{ search(query: \\"\\ud800\\") { totalCount } }"}'],
    ['half a character in a name', '{"query":"{ service { name } }","operationName":"\\ud800"}'],
    ['__proto__', '{"query":"{ service { name } }","__proto__":{"polluted":1}}'],
    [
      '__proto__ in a variable',
      withVariable('EditionWhere', 'editions(where: $v) { totalCount }', '{"__proto__":{"polluted":1}}'),
    ],
    ['constructor', '{"query":"{ service { name } }","constructor":{"prototype":{"polluted":1}}}'],
    [
      'constructor in a variable',
      withVariable(
        'EditionWhere',
        'editions(where: $v) { totalCount }',
        '{"constructor":{"prototype":{"polluted":1}}}',
      ),
    ],
    [
      'fields of all objects',
      withVariable(
        'EditionWhere',
        'editions(where: $v) { totalCount }',
        '{"toString":{},"hasOwnProperty":1,"valueOf":null}',
      ),
    ],
    ['an operation that is a number', '{"query":1}'],
    ['variables that are a list', '{"query":"{ service { name } }","variables":[1]}'],
    ['a name that is an object', '{"query":"{ service { name } }","operationName":{}}'],
    [
      'extensions without end',
      `{"query":"{ service { name } }","extensions":${'{"a":'.repeat(16_000)}1${'}'.repeat(16_000)}}`,
    ],
  ])(
    'of %s',
    async (_what, body) => {
      await expectWell(body);
    },
    60_000,
  );

  test('does not change what objects are', async () => {
    const { answer } = await told('{"query":"{ service { polluted } }"}');
    expect(answer.errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });
});

/** What texts are made of that something or other takes for more than a text. */
const nasty = fc.constantFrom(
  ...[
    "'",
    '"',
    '""',
    '`',
    '\\',
    '%',
    '_',
    '*',
    '-',
    '--',
    '(',
    ')',
    '^',
    ':',
    '{',
    '}',
    '[',
    ']',
    ';',
    '?',
    '$1',
    '@p',
    '#',
  ],
  ...[
    'AND',
    'OR',
    'NOT',
    'NEAR(',
    'NEAR/2',
    'NULL',
    'MATCH',
    "' OR 1=1 --",
    '"; DROP TABLE editions;',
    'rowid:',
    '-a',
    'a*',
    '^a',
  ],
  ...[
    '\0',
    '\ud800',
    '\udc00',
    '\ufeff',
    '\u200b',
    '\u202e',
    '\u0300',
    'ﬁ',
    'ß',
    'İ',
    '𝟘',
    '👩‍👩‍👧',
    '世界',
    '制造业大会',
    '工',
    'ｗｍｃ',
    'ﷺ',
  ],
  ...[
    '1e308',
    '1e999',
    '-0',
    'NaN',
    'Infinity',
    '0x10',
    '__proto__',
    'constructor',
    '../../etc/passwd',
    '<script>',
    '{{7*7}}',
  ],
);
const text = fc.oneof(
  { weight: 3, arbitrary: fc.array(nasty, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('')) },
  {
    weight: 2,
    arbitrary: fc
      .array(fc.oneof(nasty, fc.string({ maxLength: 5, unit: 'grapheme' })), { maxLength: 5 })
      .map((parts) => parts.join(' ')),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 40, unit: 'binary' }) },
);

/** Wherever a text narrows something. */
const texts = {
  search: `query ($t: String!) { search(query: $t, first: 2) { totalCount nodes { __typename } } }`,
  'editions, search': `query ($t: String!) { editions(where: { search: $t }, first: 2) { totalCount } }`,
  'editions, name': `query ($t: String!) { editions(where: { or: [{ name: { contains: $t } }, { name: { startsWith: $t } }, { name: { eq: $t } }] }, first: 2) { totalCount } }`,
  'editions, slug and city': `query ($t: String!) { editions(where: { or: [{ slug: { in: [$t] } }, { city: { eq: $t } }, { convention: { slug: { eq: $t } } }] }, first: 2) { totalCount } }`,
  conventions: `query ($t: String!) { conventions(where: { or: [{ name: { contains: $t } }, { acronym: { eq: $t } }, { slug: { eq: $t } }] }, first: 2) { totalCount } }`,
  speakers: `query ($t: String!) { speakers(where: { name: { contains: $t } }, first: 2) { totalCount } }`,
  'a record': `query ($t: String!) { edition(slug: $t) { slug } convention(slug: $t) { slug } }`,
  'a cursor': `query ($t: String!) { editions(after: $t, first: 2) { totalCount } }`,
};

describe('fuzzed texts', () => {
  test.each(Object.entries(texts))(
    'of %s',
    async (_where, query) => {
      const values = fc.sample(text, { numRuns: 650, seed: 20261127 });
      expect(new Set(values).size).toBeGreaterThan(500);
      // Some at a time, as many clients would.
      const left = [...values];
      const client = async () => {
        for (let value = left.pop(); value !== undefined; value = left.pop())
          await expectWell(JSON.stringify({ query, variables: { t: value } }));
      };
      await Promise.all(Array.from({ length: 8 }, client));
    },
    120_000,
  );

  test('of addresses', async () => {
    const parameters = [
      '/?q=',
      '/?year=',
      '/?country=',
      '/?convention=',
      '/?after=',
      '/calendar.ics?q=',
      '/editions/',
      '/conventions/',
      '/speakers/',
      '/operations/',
      '/coverage?convention=',
      '/?lang=',
      '/graphql?query=',
      '/graphql?format=',
      '/nowhere/',
    ];
    const values = fc
      .sample(text, { numRuns: 40, seed: 20261127 })
      .map((value) => encodeURIComponent(value.replaceAll(/\p{Surrogate}/gu, '\ufffd')));
    for (const parameter of parameters)
      for (const value of values) {
        const reply = await fetch(service.url + parameter + value, {
          redirect: 'manual',
          signal: AbortSignal.timeout(BOUND),
        });
        expect([parameter + value, reply.status < 500]).toEqual([parameter + value, true]);
        expect(await reply.text()).not.toMatch(/node_modules|\bSELECT\b|SQLite|"INTERNAL_SERVER_ERROR"/);
      }
  }, 120_000);
});

describe('at the socket', () => {
  let memory: Awaited<ReturnType<WatchedService['state']>>;
  beforeEach(async () => {
    memory = await service.state();
  });
  afterEach(async () => {
    expect((await service.state()).heapUsed - memory.heapUsed).toBeLessThan(20_000_000);
  });

  test('a body without end leaves nothing behind, however many send one', async () => {
    const send = () =>
      new Promise<string>((resolve) => {
        const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
        let told = '';
        socket.on('data', (chunk) => {
          told += String(chunk);
        });
        socket.on('error', () => {});
        socket.on('close', () => resolve(told.split('\r\n')[0] ?? ''));
        socket.write(
          'POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n',
        );
        const piece = `10000\r\n${' '.repeat(0x10000)}\r\n`;
        const more = () => {
          while (!socket.destroyed && socket.writable && socket.write(piece));
        };
        socket.on('drain', more);
        more();
      });
    const answers = await Promise.all(Array.from({ length: 50 }, send));
    // Who goes on sending may lose the answer to the reset that stops it.
    expect(new Set(answers)).toContain('HTTP/1.1 413 Payload Too Large');
    expect(answers.filter((answer) => !['', 'HTTP/1.1 413 Payload Too Large'].includes(answer))).toEqual([]);
  }, 60_000);

  test('200 clients that ask and go away at once are forgotten', async () => {
    for (let round = 0; round < 200; round += 1) {
      const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
      socket.on('error', () => {});
      socket.write(`GET /data/export.jsonl?${round} HTTP/1.1\r\nhost: a\r\n\r\nGET / HTTP/1.1\r\n`);
      await new Promise((resolve) => setTimeout(resolve, 5));
      socket.destroy();
    }
  }, 60_000);
});

describe('when all of it is over', () => {
  test('what is kept of it fills its bounds and does not grow, however often it comes in other words', async () => {
    // Those that are valid, so that they are kept, and large.
    const asked = ['4,900 aliases', 'a chain of fragments', 'a list of 14,900 values', 'a comment of 95,000 letters'];
    const sizes: number[] = [];
    for (let round = 0; round < 150; round += 1) {
      for (const what of asked) await told(JSON.stringify({ query: `${operations[what]}\n#${round}` }));
      if (round % 50 === 49) sizes.push((await service.state()).heapUsed);
    }
    console.log(sizes);
    const [filled = 0, ...later] = sizes;
    expect(Math.max(...later) - filled).toBeLessThan(MOST_MORE);
  }, 240_000);

  test('none of it was unforeseen', () => {
    expect(service.said()).not.toContain('"msg":"internal error"');
  });
});
