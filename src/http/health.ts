import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Metrics } from './metrics.ts';

/** Looks at one thing that answers depend on: null where it is as it should be, else a sentence that says what is not. */
export type Check = () => string | null;

/** What /readyz answers. */
export interface Readiness {
  ready: boolean;
  checks: readonly { name: string; ok: boolean; reason?: string }[];
}

/**
 * Makes what says whether requests should be sent here.
 * @param checks by their names
 * @param log where it is told why a check could not be made
 */
export function readinessOf(checks: Record<string, Check>, log: Pick<FastifyBaseLogger, 'error'>): () => Readiness {
  return () => {
    const made = Object.entries(checks).map(([name, check]) => {
      try {
        const reason = check();
        return reason === null ? { name, ok: true } : { name, ok: false, reason };
      } catch (error) {
        log.error({ err: error, check: name }, 'not ready');
        return { name, ok: false, reason: `The ${name} cannot be read.` };
      }
    });
    return { ready: made.every(({ ok }) => ok), checks: made };
  };
}

/** Serves what those ask who run the service: whether it lives, whether it is ready, and what it counts. */
export function health(
  server: FastifyInstance,
  { readiness, metrics }: { readiness: () => Readiness; metrics: Metrics },
): void {
  const now = { 'cache-control': 'no-store' };
  server.get('/livez', (_request, reply) => reply.headers(now).type('text/plain; charset=utf-8').send('ok\n'));
  server.get('/readyz', (_request, reply) => {
    const current = readiness();
    return reply
      .headers(now)
      .code(current.ready ? 200 : 503)
      .send(current);
  });
  server.get('/metrics', async (_request, reply) => {
    const { type, text } = await metrics.read();
    return reply.headers(now).type(type).send(text);
  });
}
