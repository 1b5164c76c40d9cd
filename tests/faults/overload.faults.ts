import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { watchedService } from '../support/watched-service.ts';

const run = promisify(execFile);
const load = fileURLToPath(new URL('load.js', import.meta.url));

/** What load.js prints: times in milliseconds, the others a second. */
const measured = z.object({
  capacity: z.number(),
  asked: z.number(),
  goodput: z.number(),
  after: z.number(),
  median: z.number(),
  p99: z.number(),
  worst: z.number(),
  statuses: z.record(z.string(), z.number()),
  refusalsWithoutRetryAfter: z.number(),
  livez: z.object({ statuses: z.array(z.number()), worst: z.number() }),
});

/** Some milliseconds of work, mostly in SQLite. */
const query = `{ editions(first: 100) { nodes { name dates city { name } figures { quantity { text } } themes { text }
  signedProjects { projects { text } investment { text } } convention { name } } } }`;

// Another program may have had the processor in one phase and not in the other.
const fairly = { retry: 2, timeout: 120_000 };

test(
  'asked twice as much as it can answer, it answers as much as it can, soon, and refuses the rest',
  fairly,
  async () => {
    const service = await watchedService({ ANSWER_CACHE_MEGABYTES: '0', OVERLOAD_DELAY: '' });
    try {
      const { stdout } = await run(process.execPath, [load, service.url, JSON.stringify({ query })]);
      const { capacity, after, asked, goodput, p99, statuses, refusalsWithoutRetryAfter, livez } = measured.parse(
        JSON.parse(stdout),
      );
      // The processor may have been others' before or after: what it can do is the less of both.
      const can = Math.min(capacity, after);
      expect(asked).toBeGreaterThan(1.5 * can);
      expect(goodput).toBeGreaterThan(0.8 * can);
      expect(after).toBeGreaterThan(0.5 * capacity);
      expect(Object.keys(statuses).sort()).toEqual(['200', '503']);
      expect(refusalsWithoutRetryAfter).toBe(0);
      // Without refusals it was eight, and grows as long as it lasts.
      expect(p99).toBeLessThan(4_000);
      expect(livez.statuses).toEqual([200]);
      expect(livez.worst).toBeLessThan(5_000);
    } finally {
      await service.close();
    }
  },
);

test('what a refusal says is the error that everything gives, and the service says how it is meanwhile', async () => {
  const service = await watchedService({ ANSWER_CACHE_MEGABYTES: '0', OVERLOAD_DELAY: '' });
  try {
    const ask = (path: string) => fetch(service.url + path);
    const asking = encodeURIComponent(query);
    let refusal: Response | undefined;
    const end = performance.now() + 20_000;
    while (!refusal && performance.now() < end) {
      const answers = await Promise.all(Array.from({ length: 200 }, () => ask(`/graphql?query=${asking}`)));
      // What is left to threads, which are busy as well, is refused by theirs.
      refusal = answers.find(({ status, headers }) => status !== 200 && headers.get('retry-after') === '1');
    }
    const probes = await Promise.all([ask('/livez'), ask('/readyz')]);
    expect(probes.map(({ status }) => status)).toEqual([200, 200]);
    expect([refusal?.status, refusal?.headers.get('retry-after'), await refusal?.json()]).toEqual([
      503,
      '1',
      {
        errors: [
          {
            message: 'More is asked than can be answered in time; ask again in 1 s.',
            extensions: { code: 'OVERLOADED' },
          },
        ],
      },
    ]);
    for (const name of ['access-control-allow-origin', 'content-security-policy', 'x-content-type-options'])
      expect([name, refusal?.headers.get(name)]).toEqual([name, probes[0]?.headers.get(name)]);
  } finally {
    await service.close();
  }
}, 60_000);
