import { HeaderMap } from '@apollo/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { isRecord } from '../answer/rows.ts';
import type { Freshness } from '../graphql/freshness.ts';
import { bodyOf } from '../select/execute.ts';
import { type AnswerCache, type Answered, etagOf, type Found, type Uses } from './answer-cache.ts';
import type { Graphql, RequestContext } from './apollo.ts';
import { refused } from './errors.ts';
import {
  asksForChange,
  hasMore,
  MEDIA_TYPES,
  namesJson,
  preferredType,
  questionOf,
  type RequestedQuestion,
  sendAnswer,
  wantedAnswer,
} from './formats.ts';
import { isKnownToReader } from './fresh.ts';

const TYPES = [...MEDIA_TYPES.keys()];

/** Before it is known whether the languages matter. */
const VARY = 'accept, accept-language';

/** A request that is asked in several languages is remembered for each, but not for any number of them. */
const VARIANTS_PER_REQUEST = 10;

/** A question whose answer is wanted whole, as JSON. */
interface PlainRequest {
  question: RequestedQuestion;
  /** The media type of the answer. */
  type: string;
  /** All that decides about the answer, but for the data and the day. */
  key: string;
}

/** How an answer was come by, as the header Cache-Status of RFC 9211 tells it. */
const CACHE_STATUS: Record<Found, string> = {
  hit: 'Expograph; hit',
  miss: 'Expograph; fwd=miss',
  collapsed: 'Expograph; fwd=miss; collapsed',
};

/**
 * Makes what answers /graphql: GraphQL over HTTP, and the same as CSV and JSON Lines.
 * @param options.maxAge for how many seconds browsers and the caches on the way may use an answer without asking again
 * @param options.documentOf the text of a known operation, by its SHA-256 in hexadecimal
 * @returns a handler that throws AnswerError where the answer cannot have the form that is wanted
 */
export function graphqlHandler(options: {
  graphql: Graphql;
  schema: GraphQLSchema;
  contextOf(request: FastifyRequest): RequestContext;
  cache: AnswerCache;
  maxAge: number;
  freshness(): Freshness;
  now(): Date;
  documentOf(hash: string): string | undefined;
}): (request: FastifyRequest, reply: FastifyReply) => FastifyReply | Promise<FastifyReply> {
  const { schema, contextOf, freshness, cache } = options;
  const { apollo, ask, answerKnown, tooLarge } = options.graphql;

  /** What is no question that could be read is told by Apollo. */
  const passOn = async (request: FastifyRequest, reply: FastifyReply, accept?: string): Promise<FastifyReply> => {
    const { url, body } = request;
    const method = methodOf(request);
    const headers = new HeaderMap();
    if (accept !== undefined) headers.set('accept', accept);
    const contentType = request.headers['content-type'];
    if (contentType !== undefined) headers.set('content-type', contentType);
    const search = url.includes('?') ? url.slice(url.indexOf('?')) : '';
    const answer = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method, headers, search, body },
      context: async () => contextOf(request),
    });
    for (const [name, value] of answer.headers) reply.header(name, value);
    if (answer.body.kind !== 'complete') throw new TypeError('The answer came in parts.');
    return reply.code(answer.status ?? 200).send(answer.body.string);
  };

  const answerTo = async (
    request: FastifyRequest,
    { question, type }: PlainRequest,
    context: ObservedContext,
  ): Promise<Answered> => {
    const http = { method: methodOf(request), headers: new HeaderMap(), search: '', body: undefined };
    context.takesBodies = question.extensions === undefined;
    const answer = await ask({ ...question, http }, context);
    if (answer.body.kind !== 'single') throw new TypeError('The answer came in parts.');
    const { errors, data, extensions } = answer.body.singleResult;
    const body = errors ? undefined : bodyOf({ data });
    const json = body ?? JSON.stringify({ errors, data, extensions });
    return answeredWith(json, type, context.uses, { ...answer.http, hasErrors: errors !== undefined });
  };

  const cacheControl = ({ now }: Uses): string => {
    if (options.maxAge === 0) return 'public, no-cache';
    // What is true today may be wrong tomorrow.
    const end = now && freshness().day?.endsAt;
    const left = end ? (end.valueOf() - options.now().valueOf()) / 1_000 : options.maxAge;
    const age = Math.floor(Math.min(options.maxAge, left));
    return age > 0 ? `public, max-age=${age}` : 'public, no-cache';
  };

  const send = (request: FastifyRequest, reply: FastifyReply, answer: Answered, found: Found) => {
    const { status, type, headers, body, uses, isFlawless } = answer;
    if (request.asked) request.asked.cache = found;
    // As application/json, a client that knows no other type looks at the status for whether the service is there.
    const told = status === 400 && namesJson(request.headers.accept) ? 200 : status;
    reply.code(told).header('cache-status', CACHE_STATUS[found]);
    if (request.method !== 'POST' && isFlawless) {
      const etag = etagOf(answer);
      reply.headers({ etag, 'cache-control': cacheControl(uses), vary: uses.locales ? VARY : 'accept' });
      if (isKnownToReader(request.headers, { etag })) return reply.code(304).send();
    } else if (request.method !== 'POST') reply.header('cache-control', 'no-store');
    for (const [name, value] of headers) reply.header(name, value);
    return reply.header('content-type', `${type}; charset=utf-8`).send(body);
  };

  /** What requests were read to ask, by what they were read from. */
  const readBefore = new WeakMap<object, Map<string, PlainRequest>>();

  const variantsOf = (from: object): Map<string, PlainRequest> => {
    let requests = readBefore.get(from);
    if (!requests) {
      requests = new Map();
      readBefore.set(from, requests);
    }
    if (requests.size > VARIANTS_PER_REQUEST) requests.clear();
    return requests;
  };

  const answerPlain = (request: FastifyRequest, reply: FastifyReply, asked: PlainRequest) => {
    const { key, question, type } = asked;
    request.asked = { query: question.query, operationName: question.operationName };
    reply.header('vary', VARY);
    const kept = cache.find(key);
    if (kept) return send(request, reply, kept, 'hit');
    const context = new ObservedContext(contextOf(request));
    const known = question.extensions ? undefined : answerKnown(question, context);
    if (known !== undefined) {
      const answer = answeredWith(known, type, context.uses);
      cache.keep(key, answer);
      return send(request, reply, answer, 'miss');
    }
    return cache
      .await(key, () => answerTo(request, asked, new ObservedContext(contextOf(request))))
      .then(({ answer, found }) => send(request, reply, answer, found));
  };

  return (request, reply) => {
    const { headers, method, url, body, query: parameters, host, protocol } = request;
    // The parameters of a POST say in which form the answer is wanted.
    const from = method === 'POST' ? (url === '/graphql' ? body : undefined) : parameters;
    const variant = `${headers.accept}\n${headers['accept-language']}\n${headers['content-type']}\n${protocol}://${host}`;
    const before = isRecord(from) ? readBefore.get(from)?.get(variant) : undefined;
    if (before) return answerPlain(request, reply, before);

    reply.header('vary', VARY);
    if (Array.isArray(body)) {
      const message = `A request holds one operation; got a list of ${body.length}. Send each in a request of its own.`;
      return reply.code(400).send(refused('BAD_REQUEST', message));
    }
    if (method !== 'POST' && asksForChange(parameters))
      return reply
        .code(405)
        .header('allow', 'POST')
        .send(refused('BAD_REQUEST', `${method} is for queries alone, and the operation is none.`));
    const wanted = wantedAnswer(request);
    const type = preferredType(headers.accept);
    if (!wanted && !type)
      return reply
        .code(406)
        .send(refused('BAD_REQUEST', `Accept asks for nothing that there is: ${TYPES.join(', ')}.`));
    const question = questionOf(request, options.documentOf);
    if (question) request.asked = { query: question.query, operationName: question.operationName };
    const error = question && tooLarge(question.query);
    if (error) return reply.code(400).send({ errors: [error] });
    if (method === 'POST' && !isRecord(body))
      return reply
        .code(400)
        .send(refused('BAD_REQUEST', 'The body must be a JSON object, such as {"query": "{ service { version } }"}.'));
    if (wanted && question)
      return sendAnswer(reply, question, wanted, { schema, ask: (one) => ask(one, contextOf(request)) });
    // What is wrong with a request is told in JSON, in whatever form its answer was wanted.
    if (wanted || !question || !type || type === 'text/html' || hasMore(request))
      return passOn(request, reply, wanted ? 'application/json' : headers.accept);

    const key = keyOf(question, type, contextOf(request));
    // Variables that nest too deep to be written are refused like any that nest too deep.
    if (key === undefined) return passOn(request, reply, type);
    const asked = { key, question, type };
    if (isRecord(from)) variantsOf(from).set(variant, asked);
    return answerPlain(request, reply, asked);
  };
}

/** @returns undefined where the variables nest deeper than the engine can follow */
function keyOf(
  { query, variables, operationName, extensions }: RequestedQuestion,
  type: string,
  { locales, baseUrl }: RequestContext,
): string | undefined {
  try {
    // Languages in another order are another answer.
    return JSON.stringify([type, operationName, variables, extensions, locales, baseUrl, query], keepingNumbers);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** JSON writes a number that is too large as it writes null, which is another variable. No input has a field of that name. */
const keepingNumbers = (_name: string, value: unknown) =>
  typeof value === 'number' && !Number.isFinite(value) ? { '\0': String(value) } : value;

const NO_HEADERS: Answered['headers'] = new Map();

/** @param json of the answer, or the body that was made of it */
function answeredWith(
  json: string | Uint8Array,
  type: string,
  uses: Uses,
  {
    status = 200,
    headers = NO_HEADERS,
    hasErrors = false,
  }: { status?: number | undefined; headers?: Answered['headers']; hasErrors?: boolean } = {},
): Answered {
  const body = typeof json === 'string' ? `${json}\n` : Buffer.from(json.buffer, json.byteOffset, json.byteLength);
  return { status, type, headers, body, uses, isFlawless: status === 200 && !hasErrors };
}

/** What HEAD tells is what GET would. */
const methodOf = ({ method }: FastifyRequest) => (method === 'HEAD' ? 'GET' : method);

/** What a request is answered with, and which of it was looked at. Apollo copies its own fields, so that they are shared. */
class ObservedContext implements RequestContext {
  readonly uses: Uses = { locales: false, baseUrl: false, now: null };
  readonly given: RequestContext;
  readonly reader: RequestContext['reader'];
  readonly log: RequestContext['log'];
  readonly requestId: string;
  readonly onGone: RequestContext['onGone'];
  readonly asked: RequestContext['asked'];
  readonly isGone: RequestContext['isGone'];
  takesBodies = false;

  constructor(given: RequestContext) {
    this.given = given;
    this.reader = given.reader;
    this.log = given.log;
    this.requestId = given.requestId;
    this.onGone = given.onGone;
    this.asked = given.asked;
    this.isGone = given.isGone;
  }

  get client() {
    return this.given.client;
  }

  get locales() {
    this.uses.locales = true;
    return this.given.locales;
  }

  get baseUrl() {
    this.uses.baseUrl = true;
    return this.given.baseUrl;
  }

  get now() {
    return () => {
      const instant = this.given.now();
      this.uses.now ??= instant;
      return instant;
    };
  }
}
