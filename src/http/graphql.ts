import { type ApolloServer, HeaderMap } from '@apollo/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fresh from 'fresh';
import type { GraphQLSchema } from 'graphql';
import type { Freshness } from '../graphql/freshness.ts';
import { type Answered, answerCache, etagOf, type Found, type Uses } from './answer-cache.ts';
import type { RequestContext } from './apollo.ts';
import { refused } from './errors.ts';
import { MEDIA_TYPES, preferredType, questionOf, type RequestedQuestion, sendAnswer, wantedAnswer } from './formats.ts';

const TYPES = [...MEDIA_TYPES.keys()];

/** How an answer was come by, as the header Cache-Status of RFC 9211 tells it. */
const CACHE_STATUS: Record<Found, string> = {
  hit: 'Expograph; hit',
  miss: 'Expograph; fwd=miss',
  collapsed: 'Expograph; fwd=miss; collapsed',
};

/**
 * Makes what answers /graphql: GraphQL over HTTP, and the same as CSV and JSON Lines.
 * @param options.cacheBytes so many bytes of answers are kept
 * @param options.maxAge for how many seconds browsers and the caches on the way may use an answer without asking again
 * @param options.generation another number whenever the data has changed
 * @param options.documentOf the text of a known operation, by its SHA-256 in hexadecimal
 * @returns a handler that throws AnswerError where the answer cannot have the form that is wanted
 */
export function graphqlHandler(options: {
  apollo: ApolloServer<RequestContext>;
  schema: GraphQLSchema;
  contextOf(request: FastifyRequest): RequestContext;
  cacheBytes: number;
  maxAge: number;
  generation(): number;
  freshness(): Freshness;
  now(): Date;
  documentOf(hash: string): string | undefined;
}): (request: FastifyRequest, reply: FastifyReply) => FastifyReply | Promise<FastifyReply> {
  const { apollo, schema, contextOf, freshness } = options;
  const cache = answerCache({ bytes: options.cacheBytes, generation: options.generation, freshness });

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

  const answerTo = async (request: FastifyRequest, question: RequestedQuestion, type: string): Promise<Answered> => {
    const contextValue = new ObservedContext(contextOf(request));
    const http = { method: methodOf(request), headers: new HeaderMap(), search: '', body: undefined };
    const answer = await apollo.executeOperation({ ...question, http }, { contextValue });
    if (answer.body.kind !== 'single') throw new TypeError('The answer came in parts.');
    const { errors, data, extensions } = answer.body.singleResult;
    const body = Buffer.from(`${JSON.stringify({ errors, data, extensions })}\n`);
    const { status = 200, headers } = answer.http;
    const isFlawless = status === 200 && errors === undefined;
    return { status, headers, body, uses: contextValue.uses, isFlawless, etag: isFlawless ? etagOf(type, body) : '' };
  };

  const cacheControl = ({ now }: Uses): string => {
    const { statusChangesAt } = freshness();
    // What is true today may be wrong tomorrow.
    const left =
      now && statusChangesAt ? (statusChangesAt.valueOf() - options.now().valueOf()) / 1_000 : options.maxAge;
    const age = Math.floor(Math.min(options.maxAge, left));
    return age > 0 ? `public, max-age=${age}` : 'public, no-cache';
  };

  const send = (request: FastifyRequest, reply: FastifyReply, answer: Answered, found: Found, type: string) => {
    const { status, headers, body, uses, isFlawless, etag } = answer;
    reply.code(status).header('cache-status', CACHE_STATUS[found]);
    if (request.method !== 'POST') {
      reply.header('cache-control', isFlawless ? cacheControl(uses) : 'no-store');
      if (isFlawless) reply.header('etag', etag);
      if (isFlawless && !uses.locales) reply.header('vary', 'accept');
      if (isFlawless && fresh(request.headers, { etag })) return reply.code(304).send();
    }
    for (const [name, value] of headers) reply.header(name, value);
    return reply.header('content-type', `${type}; charset=utf-8`).send(body);
  };

  return (request, reply) => {
    reply.header('vary', 'accept, accept-language');
    const wanted = wantedAnswer(request);
    const type = preferredType(request.headers.accept, TYPES);
    if (!wanted && !type)
      return reply
        .code(406)
        .send(refused('BAD_REQUEST', `Accept asks for nothing that there is: ${TYPES.join(', ')}.`));
    const question = questionOf(request, options.documentOf);
    if (wanted && question)
      return sendAnswer(reply, question, wanted, { apollo, schema, contextValue: contextOf(request) });
    // What is wrong with a request is told in JSON, in whatever form its answer was wanted.
    if (wanted || !question || !type || type === 'text/html')
      return passOn(request, reply, wanted ? 'application/json' : request.headers.accept);

    const { locales, baseUrl } = contextOf(request);
    const { query, variables, operationName } = question;
    // The languages in the order of their preference, since another order is another answer.
    const key = JSON.stringify([type, operationName, variables, locales, baseUrl, query]);
    const known = cache.find(key);
    if (known) return send(request, reply, known, 'hit', type);
    return cache
      .make(key, () => answerTo(request, question, type))
      .then(({ answer, found }) => send(request, reply, answer, found, type));
  };
}

/** What HEAD tells is what GET would. */
const methodOf = ({ method }: FastifyRequest) => (method === 'HEAD' ? 'GET' : method);

/** What a request is answered with, and which of it was looked at. Apollo copies its own fields, so that they are shared. */
class ObservedContext implements RequestContext {
  readonly uses: Uses = { locales: false, baseUrl: false, now: false };
  readonly given: RequestContext;
  readonly reader: RequestContext['reader'];
  readonly log: RequestContext['log'];
  readonly requestId: string;

  constructor(given: RequestContext) {
    this.given = given;
    this.reader = given.reader;
    this.log = given.log;
    this.requestId = given.requestId;
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
    this.uses.now = true;
    return this.given.now;
  }
}
