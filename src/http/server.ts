import { type ParsedUrlQuery, parse as parseParameters } from 'node:querystring';
import cors, { type FastifyCorsOptions } from '@fastify/cors';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import { AnswerError } from '../answer/answer.ts';
import type { TypedDocumentString } from '../client/index.ts';
import { countAddresses, listAddresses } from '../graphql/addresses.ts';
import { freshnessOf } from '../graphql/freshness.ts';
import { sdl } from '../graphql/schema.ts';
import { AddressError, OverloadedError } from '../publications/filter.ts';
import { SHIPPED_QUESTIONS } from '../web/headlines.ts';
import { type Question, readQuestions } from '../web/questions.ts';
import { answerCache } from './answer-cache.ts';
import type { Graphql, RequestContext } from './apollo.ts';
import { boundedConnections, DEADLINES, type Deadlines, MOST_HEAD_BYTES, watchConnections } from './connections.ts';
import { RefusedError, refused } from './errors.ts';
import { wantedAnswer } from './formats.ts';
import { publish } from './fresh.ts';
import { graphqlHandler } from './graphql.ts';
import { guard, guardHeaders } from './guard.ts';
import { type Check, health, readinessOf } from './health.ts';
import { preferredLocales } from './locales.ts';
import type { Metrics } from './metrics.ts';
import { observe, requestIdOf } from './observe.ts';
import { playground, playgroundPage, prefersPage } from './playground.ts';
import { publications, type Snapshot } from './publications.ts';
import { hasLongBody, MAX_BODY, refuseEarly, tellMethods } from './requests.ts';
import { closeGently } from './shutdown.ts';
import { site, siteAssets } from './site.ts';
import type { Traces } from './traces.ts';

/** So many characters of bodies, and of the parameters of addresses, are kept with what was read from them. */
const KEPT_CHARACTERS = 4_000_000;

/** What a short text takes besides itself. */
const CHARACTERS_BESIDES = 200;

const METHODS = 'GET, HEAD, POST';

const LOGGING_REQUESTS = new Set(['info', 'debug', 'trace']);

/**
 * Pages of any origin may read: what is served is public, and no cookie or password decides about it. A page may send
 * whatever headers it asks to; that it may is worth remembering for a day.
 */
const openToPages: FastifyCorsOptions = {
  origin: '*',
  credentials: false,
  methods: METHODS,
  // The name of a CSV file, what to ask again with and when, whether an answer was kept, and what finds the request in the
  // log. The others that are sent can be read anyway.
  exposedHeaders:
    'cache-status, content-disposition, etag, ratelimit-limit, ratelimit-remaining, ratelimit-reset, retry-after, x-request-id',
  maxAge: 86_400,
  // An OPTIONS that no browser sends ahead is answered, too, by the route.
  strictPreflight: false,
  preflightContinue: true,
};

/**
 * The HTTP side: /graphql, the playground, the schema, and whether the service lives and is ready.
 * @returns the server, and what closes it without breaking off what it was asked
 * @param options.base what a request is answered with, but for what the request itself says
 * @param options.cacheBytes so many bytes of answers are kept
 * @param options.maxAge for how many seconds browsers and the caches on the way may use an answer without asking again
 * @param options.rateLimit so many requests a minute are answered to each client; 0 answers any number
 * @param options.overloadDelay so many milliseconds late it refuses what it cannot answer in time; 0 refuses nothing
 * @param options.trustProxy whose X-Forwarded-* headers are believed: of so many proxies in front, or of those at addresses
 * @param options.deadlines how long a client may take
 * @param options.playgroundFolder the built playground
 * @param options.siteFolder what was built for pages and for other sites
 * @param options.databasePath whose size is told
 * @param options.checks what /readyz looks at, by its name
 * @param options.traces undefined where nobody collects any
 */
export async function httpServer(options: {
  graphql: Graphql;
  schema: GraphQLSchema;
  base: Omit<RequestContext, 'baseUrl' | 'locales' | 'log' | 'requestId'>;
  publicUrl: string | null;
  cacheBytes: number;
  maxAge: number;
  rateLimit: number;
  overloadDelay: number;
  trustProxy: number | string[] | null;
  deadlines?: Deadlines | undefined;
  logLevel: string;
  logStream: NodeJS.WritableStream;
  playgroundFolder: string;
  siteFolder: string;
  openSnapshot(): Promise<Snapshot>;
  databasePath: string;
  checks: Record<string, Check>;
  metrics: Metrics;
  traces: Traces | undefined;
}): Promise<{ server: FastifyInstance; close(): Promise<void> }> {
  const { graphql, schema, base, metrics, deadlines = DEADLINES } = options;
  const headers = await guardHeaders();
  const server = fastify({
    ...boundedConnections(deadlines),
    bodyLimit: MAX_BODY,
    trustProxy: trusted(options.trustProxy),
    clientErrorHandler: (error, socket) => refuseUnread(error, socket),
    logger: { level: options.logLevel, stream: options.logStream },
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestIdOf,
    return503OnClosing: true,
    // A part of an address may be as long as the address.
    routerOptions: { querystringParser: parametersReader(), maxParamLength: MOST_HEAD_BYTES },
    // Neither hooks nor plugins see an address that cannot be read.
    frameworkErrors: (_error, { id, log, method }, { raw }) => {
      log.info({ method, status: 400, errors: ['BAD_REQUEST'] }, 'answered');
      raw.writeHead(400, {
        ...headers,
        'access-control-allow-origin': '*',
        'x-request-id': id,
        'content-type': 'application/json; charset=utf-8',
      });
      raw.end(JSON.stringify(refused('BAD_REQUEST', 'The address could not be read: a % in it is part of no code.')));
    },
  });

  const { isClosing, close } = closeGently(server);
  const refuseUnread = watchConnections(server, deadlines, headers);
  observe(server, { metrics, traces: options.traces, logsRequests: LOGGING_REQUESTS.has(options.logLevel) });
  server.setErrorHandler(answerError);
  server.removeContentTypeParser('text/plain');
  const parse = server.getDefaultJsonParser('error', 'error');
  const bodies = keptTexts<unknown>();
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text: string, done) => {
    const known = bodies.get(text);
    if (known) return done(null, known.read);
    return parse(request, text, (error, body?: unknown) => {
      if (!error) bodies.set(text, { read: body });
      done(error, body);
    });
  });
  // Before all routes: it reaches only those that come after it.
  await server.register(cors, openToPages);
  await guard(server, {
    headers,
    perMinute: options.rateLimit,
    overloadDelay: options.overloadDelay,
    publicUrl: options.publicUrl,
    trustsProxy: options.trustProxy !== null,
  });
  refuseEarly(server);
  tellMethods(server);
  const page = playgroundPage(options.playgroundFolder);
  await server.register(playground, { folder: options.playgroundFolder });
  await server.register(site, { folder: options.siteFolder });

  const contextOf = (request: FastifyRequest): RequestContext => ({
    ...base,
    baseUrl: options.publicUrl ?? originOf(request),
    locales: preferredLocales(request.headers['accept-language']),
    log: request.log,
    requestId: request.id,
    asked: request.asked ?? undefined,
    get client() {
      return request.ip;
    },
    // Whoever says that nothing more comes is closed by Node.
    isGone: () => request.raw.socket.destroyed || request.raw.socket.readableEnded,
    onGone: (gone) => {
      const { socket } = request.raw;
      // Pipelined requests all listen to the same one.
      socket.setMaxListeners(0);
      socket.once('close', gone);
      return () => socket.off('close', gone);
    },
  });
  async function ask<Result, Variables extends object>(
    request: FastifyRequest,
    document: TypedDocumentString<Result, Variables>,
    variables: Variables,
    language?: string,
  ): Promise<Result> {
    const question = { query: String(document), variables: Object.fromEntries(Object.entries(variables)) };
    const asked = contextOf(request);
    const contextValue = language === undefined ? asked : { ...asked, locales: [language] };
    const { body } = await graphql.ask(question, contextValue);
    if (body.kind !== 'single') throw new TypeError('The answer came in parts.');
    const { data, errors: [error] = [] } = body.singleResult;
    if (!error) return data as Result;
    if (error.extensions?.code === 'INTERNAL_SERVER_ERROR') throw new Error(error.message);
    if (error.extensions?.code === 'OVERLOADED') throw new OverloadedError(error.message);
    throw new AddressError(error.message);
  }
  const freshness = freshnessOf(base.reader);
  let questions: readonly Question[] | undefined;
  const questionsOf = () => {
    questions ??= readQuestions(SHIPPED_QUESTIONS);
    return questions;
  };
  await server.register(publications, {
    ask,
    baseUrlOf: (request) => options.publicUrl ?? originOf(request) ?? ownOrigin(server),
    freshness: () => freshness(base.now()),
    assets: siteAssets(options.siteFolder),
    openSnapshot: options.openSnapshot,
    questionsOf,
    countAddresses: () => countAddresses(base.reader),
    listAddresses: (page, size) => listAddresses(base.reader, page, size),
  });

  const generation = () => base.reader.generation();
  const cache = answerCache({ bytes: options.cacheBytes, generation, freshness: () => freshness(base.now()) });
  const graph = graphqlHandler({
    graphql,
    schema,
    contextOf,
    cache,
    maxAge: options.maxAge,
    freshness: () => freshness(base.now()),
    now: base.now,
    documentOf: (hash) => questionsOf().find(({ documentId }) => documentId === hash)?.text,
  });
  server.get('/graphql', (request, reply) =>
    prefersPage(request.headers.accept) && !wantedAnswer(request)
      ? reply.headers(page.headers).send(page.html)
      : graph(request, reply),
  );
  server.post('/graphql', graph);

  server.options('/graphql', (_request, reply) => reply.header('allow', `${METHODS}, OPTIONS`).send());
  server.route({
    method: ['PUT', 'PATCH', 'DELETE'],
    url: '/graphql',
    handler: (_request, reply) =>
      reply.code(405).header('allow', `${METHODS}, OPTIONS`).send(refused('BAD_REQUEST', 'Ask by GET or POST.')),
  });
  let printed: string | undefined;
  server.get('/schema.graphql', (_request, reply) => {
    printed ??= sdl(schema);
    return publish(reply, { type: 'text/plain; charset=utf-8', text: printed, modified: null });
  });
  const stays = () => (isClosing() ? 'The service is shutting down.' : null);
  const readiness = readinessOf({ ...options.checks, service: stays }, server.log);
  metrics.watch({
    databasePath: options.databasePath,
    freshness: () => freshness(base.now()),
    generation,
    isReady: () => readiness().ready,
    cache: () => ({ ...cache.size(), most: options.cacheBytes }),
  });
  health(server, { readiness, metrics });

  return { server, close };
}

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  // The client may send more of it than anybody reads.
  if (hasLongBody(request)) reply.header('connection', 'close');
  if (error instanceof RefusedError)
    return reply.code(error.status).headers(error.headers).send(refused(error.code, error.message));
  if (error instanceof AnswerError)
    return reply.code(400).send(refused(error.code, error.message, { possibleRows: error.possibleRows }));
  const status = statusOf(error);
  if (status === 413)
    return reply.code(413).send(refused('BAD_REQUEST', `The body must be ${MAX_BODY} bytes at most.`));
  if (status === 415) return reply.code(415).send(refused('BAD_REQUEST', 'The content-type must be application/json.'));
  if (status < 500)
    return reply
      .code(status)
      .send(refused('BAD_REQUEST', 'The request could not be read. Send JSON: {"query": "{ service { version } }"}.'));
  request.log.error({ err: error }, 'internal error');
  return reply.code(500).send({
    errors: [{ message: 'Internal error', extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: request.id } }],
  });
}

/** Fastify believes nobody who is but counted: whether all come through that many proxies is for the operator to know. */
function trusted(proxies: number | string[] | null): boolean | string[] | ((address: string, hop: number) => boolean) {
  return typeof proxies === 'number' ? (_address, hop) => hop < proxies : (proxies ?? false);
}

/** Most requests ask what was asked before: what is read from a text is kept with it, and nobody changes it. */
function keptTexts<Read>(): LRUCache<string, { read: Read }> {
  return new LRUCache({ maxSize: KEPT_CHARACTERS, sizeCalculation: (_read, text) => text.length + CHARACTERS_BESIDES });
}

/** Reads the parameters of an address, as Fastify itself does. */
function parametersReader(): (text: string) => ParsedUrlQuery {
  const texts = keptTexts<ParsedUrlQuery>();
  return (text) => {
    let known = texts.get(text);
    if (!known) {
      known = { read: parseParameters(text) };
      texts.set(text, known);
    }
    return known.read;
  };
}

/** Most requests name the same host. */
const origins = new LRUCache<string, { origin: string | null }>({ max: 100 });

/** Where the client says that it found the service; null where that is no address. */
function originOf({ protocol, host }: FastifyRequest): string | null {
  const address = `${protocol}://${host}`;
  let known = origins.get(address);
  if (!known) {
    const isWeb = protocol === 'http' || protocol === 'https';
    const isAddress = isWeb && host && URL.canParse(address) && new URL(address).host === host.toLowerCase();
    known = { origin: isAddress ? new URL(address).origin : null };
    origins.set(address, known);
  }
  return known.origin;
}

/** Where the service listens, for those who say nothing of how they found it. */
function ownOrigin(server: FastifyInstance): string {
  const at = server.server.address();
  if (at === null || typeof at === 'string') return 'http://localhost';
  return `http://${at.family === 'IPv6' ? `[${at.address}]` : at.address}:${at.port}`;
}

function statusOf(error: unknown): number {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : 500;
  return typeof status === 'number' && status >= 400 ? status : 500;
}
