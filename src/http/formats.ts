import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { type GraphQLResponse, HeaderMap, type HTTPGraphQLHead, type HTTPGraphQLRequest } from '@apollo/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type GraphQLFormattedError, type GraphQLSchema, getOperationAST, OperationTypeNode, parse } from 'graphql';
import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';
import { type Answer, AnswerError, type AnswerOptions, type Ask, answer, type Question } from '../answer/answer.ts';
import { isRecord } from '../answer/rows.ts';
import { LIMITS } from '../select/limits.ts';

/** How an answer is wanted, and the media type that it is sent as. */
export type WantedAnswer = AnswerOptions & { format: 'json' | 'jsonl' | 'csv'; mediaType: string };

/** What an answer can be sent as; the playground makes a page of it. */
export const MEDIA_TYPES = new Map<string, WantedAnswer['format']>([
  ['application/json', 'json'],
  ['application/graphql-response+json', 'json'],
  ['text/html', 'json'],
  ['text/csv', 'csv'],
  ['application/jsonl', 'jsonl'],
  ['application/x-ndjson', 'jsonl'],
]);

/**
 * Makes what says which media type suits an Accept header best. Parameters such as charset=utf-8 do not count, for each
 * type comes in one form only.
 * @param types of which the first goes before the others
 * @returns gives one of them; undefined where none is acceptable
 */
export function preferenceOf(types: readonly string[]): (accept: string | undefined) => string | undefined {
  // Few headers are ever sent, and each by many.
  const known = new LRUCache<string, { type: string | undefined }>({ max: 500 });
  return (accept = '*/*') => {
    let preferred = known.get(accept);
    if (!preferred) {
      const ranges = accept.split(',').map((range) => {
        const [type = '', ...parameters] = range.split(';');
        return [type, ...parameters.filter((parameter) => /^\s*q\s*=/i.test(parameter))].join(';');
      });
      preferred = { type: new Negotiator({ headers: { accept: ranges.join(',') } }).mediaType([...types]) };
      known.set(accept, preferred);
    }
    return preferred.type;
  };
}

/** Says as which of the media types an answer is wanted. */
export const preferredType = preferenceOf([...MEDIA_TYPES.keys()]);

/**
 * Reads from a request's address and its Accept header in which form an answer is wanted. `format` goes before Accept.
 * @returns undefined where nothing is said of it: the answer is then JSON as GraphQL over HTTP has it, or the playground
 * @throws AnswerError for a value that cannot be used
 */
export function wantedAnswer({ query, headers }: FastifyRequest): WantedAnswer | undefined {
  const parameters = new Map(isRecord(query) ? Object.entries(query) : []);
  const text = (name: string): string | undefined => {
    const given = parameters.get(name);
    if (given === undefined || typeof given === 'string') return given;
    throw new AnswerError(`${name} may be given once; got ${JSON.stringify(given)}.`);
  };
  const flag = (name: string): boolean | undefined => {
    const given = text(name);
    if (given === undefined || given === 'false' || given === '0') return given && false;
    if (given === '' || given === 'true' || given === '1') return true;
    throw new AnswerError(`${name} must be true or false; got ${JSON.stringify(given)}.`);
  };

  const accepted = preferredType(headers.accept);
  const acceptedFormat = MEDIA_TYPES.get(accepted ?? '');
  const named = text('format');
  const format = named === undefined ? acceptedFormat : [...MEDIA_TYPES.values()].find((one) => one === named);
  if (named !== undefined && !format)
    throw new AnswerError(`format must be csv, jsonl or json; got ${JSON.stringify(named)}.`);
  const max = text('max');
  const options = {
    paginate: flag('paginate'),
    max: max === undefined ? undefined : Number(/^-?[\d.]+$/.test(max) ? max : Number.NaN),
    rows: text('rows'),
    explode: text('explode'),
    bom: flag('bom'),
  };
  if (Number.isNaN(options.max))
    throw new AnswerError(`max must be a whole number from 1; got ${JSON.stringify(max)}.`);
  const isPlain = named === undefined && Object.values(options).every((value) => value === undefined);
  if (!format || (isPlain && format === 'json')) return undefined;
  const mediaType = acceptedFormat === format && accepted !== 'text/html' ? accepted : undefined;
  const usual = [...MEDIA_TYPES].find(([, one]) => one === format)?.[0];
  return { ...options, format, mediaType: mediaType ?? usual ?? 'application/json' };
}

/** Whether an answer is sent as application/json because the client named that, and no type that says more. */
export function namesJson(accept: string | undefined): boolean {
  return preferredType(accept) === 'application/json' && (accept ?? '').includes('application/json');
}

/** Whether the parameters of an address choose an operation that is no query. What cannot be read is told elsewhere. */
export function asksForChange(parameters: unknown): boolean {
  const { query, operationName = null } = isRecord(parameters) ? parameters : {};
  if (typeof query !== 'string' || !/mutation|subscription/.test(query)) return false;
  try {
    // An address is too short to hold more than can be parsed at once.
    const document = parse(query, { noLocation: true });
    const operation = getOperationAST(document, typeof operationName === 'string' ? operationName : undefined);
    return operation != null && operation.operation !== OperationTypeNode.QUERY;
  } catch {
    return false;
  }
}

/** A question as a request has it. */
export type RequestedQuestion = Question & {
  variables?: Record<string, unknown>;
  /** Whether what it costs shall be told. */
  extensions?: { cost: true };
};

/**
 * @param documentOf the text of a known operation, by its SHA-256 in hexadecimal
 * @returns what a request asks; undefined where it is no request of GraphQL over HTTP
 * @throws AnswerError for a documentId that is not known, or stands beside a query
 */
export function questionOf(
  request: FastifyRequest,
  documentOf: (hash: string) => string | undefined,
): RequestedQuestion | undefined {
  const isPost = request.method === 'POST';
  const given = isPost ? request.body : request.query;
  if (!isRecord(given)) return undefined;
  const { documentId = null, operationName = null } = given;
  const query = documentId === null ? given.query : documentNamed(documentId, given.query, documentOf);
  const variables = (isPost ? given.variables : parsed(given.variables)) ?? null;
  if (typeof query !== 'string') return undefined;
  if (operationName !== null && typeof operationName !== 'string') return undefined;
  if (variables !== null && !isRecord(variables)) return undefined;
  const extensions = isPost ? given.extensions : parsed(given.extensions);
  const tellsCost = isRecord(extensions) && extensions.cost === true;
  return {
    query,
    ...(variables && { variables }),
    ...(operationName && { operationName }),
    ...(tellsCost && { extensions: { cost: true } }),
  };
}

/** Whether a request has more than a question, which Apollo knows what to say to. */
export function hasMore({ method, query, body, headers }: FastifyRequest): boolean {
  const isPost = method === 'POST';
  const given = isPost ? body : query;
  const sent = isRecord(given) ? given.extensions : undefined;
  const extensions = (isPost ? sent : parsed(sent)) ?? null;
  const isNothing = extensions === null || (isRecord(extensions) && !('persistedQuery' in extensions));
  return !isNothing || (!isPost && headers['content-type'] !== undefined);
}

function documentNamed(id: unknown, query: unknown, documentOf: (hash: string) => string | undefined): string {
  if (query !== undefined) throw new AnswerError('Give one of query and documentId; got both.');
  const hash = typeof id === 'string' ? /^(?:sha256:)?([0-9a-f]{64})$/i.exec(id)?.[1] : undefined;
  const found = hash && documentOf(hash.toLowerCase());
  if (found) return found;
  const shown = JSON.stringify(id)?.slice(0, 100);
  throw new AnswerError(
    `documentId must be the SHA-256 of a worked question, as /operations.json lists them; got ${shown}.`,
  );
}

function parsed(json: unknown): unknown {
  try {
    return json === undefined ? null : JSON.parse(String(json));
  } catch {
    return json;
  }
}

/** What answers, and with what. */
export interface Answering {
  ask(question: Question & { http: HTTPGraphQLRequest }): Promise<GraphQLResponse>;
  schema: GraphQLSchema;
}

/**
 * Answers a question in the wanted form, page by page as the client reads. When the client goes, nothing more is asked.
 * Errors are sent as JSON as long as nothing else was; later ones break the connection off, so that no part passes for the whole.
 * @throws AnswerError where the answer cannot have that form, with the possible rows where one has to be named
 */
export async function sendAnswer(
  reply: FastifyReply,
  question: Question,
  wanted: WantedAnswer,
  { ask: askOne, schema }: Answering,
): Promise<FastifyReply> {
  const { method } = reply.request;
  const http = { method, headers: new HeaderMap(), search: '', body: undefined };
  let answeredBy: HTTPGraphQLHead | undefined;
  const ask: Ask = async (one) => {
    // Other requests have their turn between two pages.
    await setImmediate();
    if (reply.raw.destroyed) return { errors: [{ message: 'The client is gone.' }] };
    const { body, http: head } = await askOne({ ...one, http });
    if (body.kind !== 'single') throw new TypeError('The answer came in parts.');
    answeredBy = head;
    return body.singleResult;
  };

  const longest = LIMITS.maxMegabytes * 1_000_000;
  const answered = await answer(question, schema, ask, { ...wanted, longest });
  const isJson = wanted.format === 'json';
  if (!answered.hasData || (!isJson && answered.errors.length > 0)) {
    const { errors } = answered;
    const { status, headers = [] } = answeredBy ?? {};
    for (const [name, value] of headers) reply.header(name, value);
    return reply
      .code(status ?? (isJson ? 200 : statusOf(errors)))
      .type(`${isJson ? wanted.mediaType : 'application/json'}; charset=utf-8`)
      .send({ errors, ...(isJson && !status && { data: null }) });
  }
  reply.headers(headersOf(wanted, answered.name));
  // How long the text will be is not known before it is written.
  return reply.send(Readable.from(method === 'HEAD' ? [] : wholeText(answered, isJson)));
}

function headersOf({ format, mediaType }: WantedAnswer, name = 'answer'): Record<string, string> {
  if (format === 'json') return { 'content-type': `${mediaType}; charset=utf-8` };
  return {
    'content-type': `${mediaType}; charset=utf-8${format === 'csv' ? '; header=present' : ''}`,
    'content-disposition': `inline; filename="${name}.${format}"`,
  };
}

async function* wholeText(answered: Answer, holdsErrors: boolean): AsyncGenerator<string> {
  yield* answered.text;
  const [error] = holdsErrors ? [] : answered.errors;
  if (error) throw new Error(`The answer breaks off: ${error.message}`);
}

/** JSON tells its errors itself; who wants CSV sees only the status. */
function statusOf(errors: readonly GraphQLFormattedError[]): number {
  return errors.some(({ extensions }) => extensions?.code === 'INTERNAL_SERVER_ERROR') ? 500 : 400;
}
