import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import underPressure from '@fastify/under-pressure';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import { RefusedError } from './errors.ts';

/** Who asks how the service is shall be told, whatever else is going on. */
const PROBES = new Set(['/livez', '/readyz', '/metrics']);

/** What is no page has nothing to load, and nothing to be framed. Pages and the playground send policies of their own. */
const POLICY = {
  'default-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
};

/** Those that guard readers, of every answer. */
export type GuardHeaders = Readonly<Record<string, string>>;

/**
 * Asks helmet once, for what it says is always the same: to ask it for each answer made an answer out of the cache take
 * half as long again.
 */
export async function guardHeaders(): Promise<GuardHeaders> {
  const server = fastify();
  await server.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: POLICY },
    // What is published is for everybody's pages.
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    // Whether there is TLS, the request says.
    strictTransportSecurity: false,
    // Those are for browsers that run Flash, or are as old.
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
    // Nothing here names other hosts that could be looked up ahead, and nothing shares an agent.
    xDnsPrefetchControl: false,
    originAgentCluster: false,
  });
  server.get('/', (_request, reply) => reply.send(reply.raw.getHeaders()));
  const answer = await server.inject('/');
  await server.close();
  return z.record(z.string(), z.string()).parse(answer.json());
}

/** A year, which is the least that browsers' own lists ask for. */
const STRICT_TRANSPORT = `max-age=${365 * 24 * 60 * 60}`;

const MINUTE = 60_000;

/** So many clients are counted at once; whoever has not asked for longest is forgotten first. */
const COUNTED_CLIENTS = 50_000;

/**
 * When the loop comes round later than it may for so long, in milliseconds, there is more to do than can be done. A burst
 * of requests, or one that is heavy, passes sooner: nobody is refused for it.
 */
const LASTING = 400;

/**
 * Each time round one new connection is taken in, and no more. So whoever waits at the door is not seen, but for that a
 * new one came so recently, in milliseconds; it may then be late by so much less.
 */
const KNOCKED = 250;
const LESS_WITH_A_KNOCK = 5;

/** How often that is looked at, in milliseconds. */
const LOOK_EVERY = 100;

/** When the loop was in time for so long, in milliseconds, it has passed. */
const CALM = 3_000;

/**
 * As long as it lasts, so long requests are answered each time round, in milliseconds, and one at least; the others are
 * told to come again. Short, so that those at the door come in.
 */
const ANSWERED_EACH_TURN = 5;

/** When to come again, in seconds. */
const COME_AGAIN = 1;

/**
 * Guards readers by headers, and the service from clients that ask too much. Before all routes: it reaches only those
 * that come after it.
 * @param options.headers what `guardHeaders` gives
 * @param options.perMinute so many requests of each client are answered; 0 answers any number
 * @param options.overloadDelay so many milliseconds late it refuses what it cannot answer in time; 0 refuses nothing
 * @param options.publicUrl where readers reach the service, where that is known
 * @param options.trustsProxy whether a client is told by the proxy that it comes through
 */
export async function guard(
  server: FastifyInstance,
  options: {
    headers: GuardHeaders;
    perMinute: number;
    overloadDelay: number;
    publicUrl: string | null;
    trustsProxy: boolean;
  },
): Promise<void> {
  const { headers, publicUrl } = options;
  server.addHook('onRequest', (request, reply, done) => {
    reply.headers(headers);
    // Only who came by TLS may be told to do so always: there may be no TLS here.
    if (publicUrl === null ? request.protocol === 'https' : publicUrl.startsWith('https:'))
      reply.header('strict-transport-security', STRICT_TRANSPORT);
    done();
  });
  if (options.overloadDelay > 0) await shed(server, options.overloadDelay);
  if (options.perMinute > 0 && !options.trustsProxy) warnOfProxies(server);
  if (options.perMinute > 0) await count(server, options.perMinute);
}

const isProbe = ({ routeOptions }: FastifyRequest) => PROBES.has(routeOptions.url ?? '');

/**
 * Refuses what could not be answered in time, so that the rest is.
 * @param mostDelay so late the event loop may come round on average, in milliseconds
 */
async function shed(server: FastifyInstance, mostDelay: number): Promise<void> {
  const overloaded = new RefusedError(
    503,
    'OVERLOADED',
    'More is asked than can be answered in time; ask again in 1 s.',
    {
      'retry-after': String(COME_AGAIN),
    },
  );
  // It measures. To refuse all as long as it is late would be to answer nobody for that long.
  await server.register(underPressure, { sampleInterval: LOOK_EVERY });
  let knocked = Number.NEGATIVE_INFINITY;
  server.server.on('connection', () => {
    knocked = performance.now();
  });
  let began = Number.NEGATIVE_INFINITY;
  let late = Number.NEGATIVE_INFINITY;
  let turnBegan: number | undefined;
  server.addHook('onRequest', (request, _reply, done) => {
    const now = performance.now();
    const { eventLoopDelay } = server.memoryUsage();
    if (eventLoopDelay > (now - knocked < KNOCKED ? mostDelay / LESS_WITH_A_KNOCK : mostDelay)) {
      if (now - late > CALM) began = now;
      late = now;
    }
    if (now - late > CALM || isProbe(request)) return done();
    if (turnBegan === undefined) {
      turnBegan = now;
      setImmediate(() => {
        turnBegan = undefined;
      });
    }
    return now - began > LASTING && now - turnBegan > ANSWERED_EACH_TURN ? done(overloaded) : done();
  });
}

/** Says once that all who come through a proxy are taken for one client. */
function warnOfProxies(server: FastifyInstance): void {
  let isTold = false;
  server.addHook('onRequest', ({ headers, log, ip }, _reply, done) => {
    if (!isTold && headers['x-forwarded-for'] !== undefined) {
      isTold = true;
      log.warn({ proxy: ip }, 'all who come through a proxy count as one client: set TRUST_PROXY');
    }
    done();
  });
}

/** Counts the requests of each client; those in one IPv6 network of 64 bits, which are one household's, as one. */
async function count(server: FastifyInstance, perMinute: number): Promise<void> {
  await server.register(rateLimit, { global: false, cache: COUNTED_CLIENTS, max: perMinute, timeWindow: MINUTE });
  const countIn = server.createRateLimit();
  server.addHook('onRequest', async (request, reply) => {
    // A browser could not tell its page why the request that it sends ahead was refused.
    if (isProbe(request) || request.method === 'OPTIONS') return;
    const counted = await countIn(request);
    if (counted.isAllowed) return;
    const { max, remaining, ttlInSeconds, isExceeded } = counted;
    reply.headers({
      'ratelimit-limit': String(max),
      'ratelimit-remaining': String(remaining),
      'ratelimit-reset': String(ttlInSeconds),
    });
    if (isExceeded)
      throw new RefusedError(
        429,
        'RATE_LIMITED',
        `${max} requests a minute are answered to each client; ask again in ${ttlInSeconds} s.`,
        { 'retry-after': String(ttlInSeconds) },
      );
  });
}
