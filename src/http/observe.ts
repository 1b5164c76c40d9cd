import { randomUUID } from 'node:crypto';
import { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isRecord } from '../answer/rows.ts';
import { operationReader } from './asked.ts';
import type { Metrics } from './metrics.ts';
import type { RequestTrace, Traces } from './traces.ts';

declare module 'fastify' {
  interface FastifyRequest {
    observed: Observed | null;
  }
}

/** A request on its way. */
interface Observed {
  /** In milliseconds, as performance.now() tells it. */
  began: number;
  /** The codes of the errors that it is answered with. */
  errors: readonly string[];
  /** Whether it was the service that broke the answer off. */
  isBroken: boolean;
  trace: RequestTrace | undefined;
}

/** What machines ask every few seconds would hide what people ask. */
const ASKED_BY_MACHINES = new Set(['/livez', '/readyz', '/metrics']);

/** How every answer begins that has errors. */
const ERRORS = '{"errors":';

const isByMachine = (route: string | undefined) => route !== undefined && ASKED_BY_MACHINES.has(route);

const LONGEST_PATH = 200;

/**
 * The id of a request: the one that it brings, where that can stand in a log, else one of its own that no other has.
 * It is sent back as x-request-id, and found in the log as reqId.
 */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
}

/**
 * Has each request leave a line in the log, be counted, and traced. It begins here, so that this comes before all that
 * may answer.
 * @param options.logsRequests whether the log has the lines at all
 * @param options.traces undefined where nobody collects any
 */
export function observe(
  server: FastifyInstance,
  options: { metrics: Metrics; traces: Traces | undefined; logsRequests: boolean },
): void {
  const { metrics, traces, logsRequests } = options;
  const operationOf = operationReader();
  server.decorateRequest('asked', null);
  server.decorateRequest('observed', null);

  const ended = (request: FastifyRequest, reply: FastifyReply, { began, errors, isBroken, trace }: Observed): void => {
    const { method, asked } = request;
    const { raw } = reply;
    const route = request.routeOptions.url;
    const milliseconds = performance.now() - began;
    // What is asked within the process has no connection that could end too early.
    const isWhole = raw.writableFinished || !(request.raw instanceof IncomingMessage);
    const status = isWhole || raw.headersSent ? raw.statusCode : undefined;
    metrics.requestEnded({ method, route, status: isWhole ? status : undefined, seconds: milliseconds / 1_000 });
    const operation = asked ? operationOf(asked) : undefined;
    if (route === '/graphql' && (operation || errors[0]))
      metrics.operationEnded(operation?.label ?? 'other', errors[0] ?? (isWhole ? 'ok' : 'gone'), asked?.cache);
    trace?.end({ route, status, isWhole });
    if (!logsRequests) return;
    const path = request.url.split('?', 1)[0]?.slice(0, LONGEST_PATH);
    const length = reply.getHeader('content-length');
    const line = {
      method,
      route,
      ...(path !== route && { path }),
      status,
      milliseconds: Math.round(milliseconds * 1_000) / 1_000,
      ...(length !== undefined && { bytes: Number(length) }),
      ...(operation && { operation: operation.name, hash: operation.hash, cost: asked?.cost, cache: asked?.cache }),
      ...(errors.length > 0 && { errors }),
    };
    const said = isWhole ? 'answered' : isBroken ? 'broke the answer off' : 'the client went away';
    if (isByMachine(route)) request.log.debug(line, said);
    else request.log.info(line, said);
  };

  server.addHook('onRequest', (request, reply, done) => {
    const trace = traces && !isByMachine(request.routeOptions.url) ? traces.begin(request) : undefined;
    const observed = { began: performance.now(), errors: [], isBroken: false, trace };
    request.observed = observed;
    metrics.requestBegan();
    reply.header('x-request-id', request.id);
    reply.raw.on('close', () => ended(request, reply, observed));
    done();
  });
  // By then the body is there: where it is waited for, nobody knows any more for which request that was.
  if (traces)
    server.addHook('preHandler', ({ observed, routeOptions }, _reply, done) => {
      if (observed?.trace) observed.trace.within(routeOptions.url === '/graphql', done);
      else done();
    });
  server.addHook('onSend', ({ observed, asked }, _reply, payload: unknown, done) => {
    if (observed) {
      if (typeof payload === 'string' && payload.startsWith(ERRORS)) observed.errors = errorCodesIn(payload);
      else if (payload instanceof Readable)
        payload.once('error', () => {
          observed.isBroken = true;
        });
      observed.trace?.answered(asked ? operationOf(asked) : undefined, observed.errors);
    }
    done(null, payload);
  });
}

/** @returns the codes of the errors of an answer, each once, in their order */
function errorCodesIn(json: string): string[] {
  const answer: unknown = JSON.parse(json);
  const errors = isRecord(answer) && Array.isArray(answer.errors) ? answer.errors : [];
  const codes = errors.map((error: unknown) =>
    isRecord(error) && isRecord(error.extensions) ? String(error.extensions.code) : 'other',
  );
  return [...new Set(codes)];
}
