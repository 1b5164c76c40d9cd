import { copyFileSync } from 'node:fs';
import type { ExecutionResult } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bodyOf, executorOf } from '../../src/select/execute.ts';
import type { SelectContext } from '../../src/select/origin.ts';
import { openThreads, type Threads } from '../../src/threads/threads.ts';
import { readQuestions } from '../../src/web/questions.ts';
import { contextOf, documentOf, schema, shippedWorld, type World } from '../support/world.ts';

let world: World;
let threads: Threads;
beforeAll(() => {
  world = shippedWorld();
  threads = openThreads({ databasePath: world.path, executor: 'auto' });
});
afterAll(async () => {
  await threads.close();
  world.close();
});

const askedFor = (query: string, variables: Record<string, unknown> = {}, context: Partial<SelectContext> = {}) => {
  const document = documentOf(query);
  const [operation] = document.definitions.filter((one) => one.kind === 'OperationDefinition');
  return { document, operation, variables, context: { ...contextOf(world, 'zh-Hans'), ...context } };
};
const aside = async (query: string, variables?: Record<string, unknown>, from = threads) =>
  (await from.answer(askedFor(query, variables), query)).result;
const here = (query: string, variables?: Record<string, unknown>) =>
  executorOf(schema(), 'graphql-js').execute(askedFor(query, variables), query);

const told = ({ data, errors }: ExecutionResult) => ({ data, errors: errors?.map((error) => error.toJSON()) });

/** Takes minutes on any machine: from each edition to all of its series, and on from each of these. */
const ENDLESS = `{ editions(first: 100) { nodes { ${'convention { editions(first: 100) { nodes { '.repeat(9)} slug ${'} } } '.repeat(9)} } } }`;

describe('an answer of another thread', () => {
  test('is that of this one, whatever is asked', async () => {
    const questions = readQuestions('schema/operations');
    expect(questions.length).toBeGreaterThan(40);
    for (const { query } of questions)
      expect(JSON.stringify(await aside(query))).toBe(JSON.stringify(told(await here(query))));
    expect(JSON.stringify(await aside('{ __schema { types { name } } }'))).toBe(
      JSON.stringify(await here('{ __schema { types { name } } }')),
    );
  });

  test('tells errors with their places, paths and codes', async () => {
    const wrong: [query: string, variables?: Record<string, unknown>][] = [
      ['{ editions(first: 500) { totalCount } }'],
      [
        'query ($after: String) { a: editions(after: $after) { totalCount nodes { slug } } service { name } }',
        { after: 'x' },
      ],
      ['query ($year: Int!) { editions(where: { year: { eq: $year } }) { totalCount } }', { year: 'x' }],
      ['{ editions(first: 2) { nodes { slug speakers(first: 0) { nodes { title } } } } }'],
    ];
    for (const [query, variables] of wrong) {
      const answered = told(await aside(query, variables));
      expect(answered.errors).toHaveLength(1);
      expect(answered).toEqual(told(await here(query, variables)));
    }
  });

  test('comes as the body that is sent, to who takes that', async () => {
    const query = '{ service { name } }';
    const { result, milliseconds } = await threads.answer(askedFor(query, {}, { takesBodies: true }), query);
    expect(milliseconds).toBeGreaterThan(0);
    expect(Buffer.from(bodyOf(result) ?? []).toString()).toBe('{"data":{"service":{"name":"Expograph"}}}\n');
    expect(bodyOf(await aside(query))).toBeUndefined();
  });

  test('shows what was written meanwhile', async () => {
    const query = '{ organizations: service { counts { themes } } }';
    const before = told(await aside(query));
    world.write([{ sql: 'DELETE FROM themes WHERE position > 0', params: [] }]);
    const after = told(await aside(query));
    expect(after).not.toEqual(before);
    expect(after).toEqual(told(await here(query)));
  });
});

describe('what takes long', () => {
  const inTime = async (from: Threads) =>
    expect(told(await aside('{ service { name } }', {}, from)).errors).toBeUndefined();

  test('is broken off when time is up, and the thread goes on', async () => {
    const hasty = openThreads({ databasePath: world.path, executor: 'auto' }, { patience: 1_500, most: 1 });
    try {
      await inTime(hasty);
      const { data, errors } = told(await aside(ENDLESS, {}, hasty));
      expect(data).toBeUndefined();
      expect(errors).toMatchObject([
        {
          message: 'The operation was broken off after 5 seconds. Ask for less of it at once, or narrow it by where.',
          extensions: { code: 'OPERATION_TIMEOUT', exceeded: { limit: 'maxSeconds', allowed: 5 } },
        },
      ]);
      await inTime(hasty);
    } finally {
      await hasty.close();
    }
  });

  test('to complete is left to a thread, too, whatever executes it', async () => {
    const aliases = (count: number) => Array.from({ length: count }, (_, index) => `a${index}: dates`).join(' ');
    for (const name of ['auto', 'compiled', 'graphql-js'] as const) {
      const asides: string[] = [];
      const executor = executorOf(schema(), name, async (_asked, source) => {
        asides.push(source);
        return { result: { data: {} }, milliseconds: 1_000 };
      });
      const long = `{ editions(first: 100) { nodes { ${aliases(240)} } } }`;
      const short = `{ editions(first: 1) { nodes { ${aliases(3)} } } }`;
      for (const query of [short, short, long, long]) await executor.execute(askedFor(query), query);
      expect([name, asides]).toEqual([name, [long, long]]);
    }
  });

  test('or not, errors are told as without threads, whoever executes it', async () => {
    const wrong: [query: string, variables?: Record<string, unknown>][] = [
      ['query ($s: CitationStyle = PLAIN) { sources(first: 1) { nodes { citation(style: $s) } } }', { s: null }],
      [
        'query ($d: OrderDirection) { editions(orderBy: [{ field: YEAR, direction: $d }]) { totalCount } }',
        { d: null },
      ],
      ['query ($b: Boolean! = true) { service { name @include(if: $b) } }', { b: null }],
      ['{ editions(first: 500) { totalCount } }'],
      ['query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: Array.from({ length: 200 }, String) }],
    ];
    for (const name of ['auto', 'compiled', 'graphql-js'] as const)
      for (const [query, variables] of wrong) {
        const executor = executorOf(schema(), name, threads.answer);
        const asked = askedFor(query, variables);
        const expected = told(await here(query, variables));
        expect(expected.errors).toHaveLength(1);
        expect(told(await executor.execute(asked, query))).toEqual(expected);
        expect(told(await executor.execute(asked, query))).toEqual(expected);
      }
  });

  test('to send is refused', async () => {
    const aliases = Array.from({ length: 600 }, (_, index) => `a${index}: description`).join(' ');
    const { data, errors } = await aside(`{ editions(first: 100) { nodes { convention { ${aliases} } } } }`);
    expect(data).toBeUndefined();
    expect(errors?.[0]).toMatchObject({
      message: expect.stringMatching(/^The answer has \d+ MB; 5 MB is the most\. Ask for smaller pages/),
      extensions: { code: 'OPERATION_TOO_LARGE', exceeded: { limit: 'maxMegabytes', allowed: 5 } },
    });
  });

  test('is broken off when nobody waits any more', async () => {
    const one = openThreads({ databasePath: world.path, executor: 'auto' }, { most: 1 });
    try {
      await inTime(one);
      let goAway = () => {};
      let isForgotten = false;
      const onGone = (gone: () => void) => {
        goAway = gone;
        return () => {
          isForgotten = true;
        };
      };
      const begun = performance.now();
      const answered = one.answer(askedFor(ENDLESS, {}, { onGone }), ENDLESS);
      setTimeout(() => goAway(), 50);
      expect((await answered).result.data).toBeUndefined();
      expect(performance.now() - begun).toBeLessThan(5_000);
      expect(isForgotten).toBe(true);
      await inTime(one);
    } finally {
      await one.close();
    }
  });

  test('may wait, but not any number of it', async () => {
    const one = openThreads({ databasePath: world.path, executor: 'auto' }, { patience: 1_000, most: 1, waiting: 2 });
    try {
      await inTime(one);
      const answers = await Promise.all(Array.from({ length: 5 }, () => aside(ENDLESS, {}, one)));
      const codes = answers.map(({ errors }) => errors?.[0]?.extensions.code);
      // One was begun, two waited in vain, two were not even let wait.
      expect(codes.sort()).toEqual(['OPERATION_TIMEOUT', 'OVERLOADED', 'OVERLOADED', 'OVERLOADED', 'OVERLOADED']);
      await inTime(one);
    } finally {
      await one.close();
    }
  });

  test('that no thread can begin is told to who runs the service, and the next is answered when one can', async () => {
    const path = `${world.path}.later`;
    const told: string[] = [];
    const options = { patience: 1_500, most: 1, onError: ({ message }: Error) => void told.push(message) };
    const late = openThreads({ databasePath: path, executor: 'auto' }, options);
    try {
      const { errors } = await aside('{ service { name } }', {}, late);
      expect(errors?.[0]?.extensions.code).toBe('OVERLOADED');
      expect(told[0]).toContain(`${path} does not exist.`);
      copyFileSync(world.path, path);
      await inTime(late);
    } finally {
      await late.close();
    }
  });

  test('keeps nobody else waiting', async () => {
    const one = openThreads({ databasePath: world.path, executor: 'auto' }, { patience: 1_000, most: 1 });
    const executor = executorOf(schema(), 'compiled', one.answer);
    try {
      const long = executor.execute(askedFor(ENDLESS), ENDLESS);
      let isOver = false;
      void long.then(() => {
        isOver = true;
      });
      let answered = 0;
      while (!isOver) {
        const query = '{ service { name } }';
        expect((await executor.execute(askedFor(query), query)).errors).toBeUndefined();
        await new Promise((resolve) => setImmediate(resolve));
        answered += 1;
      }
      expect(answered).toBeGreaterThan(20);
      expect((await long).errors?.[0]?.extensions.code).toBe('OPERATION_TIMEOUT');
    } finally {
      await one.close();
    }
  });
});
