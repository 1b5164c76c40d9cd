import {
  buildClientSchema,
  type ExecutionResult,
  type GraphQLSchema,
  getIntrospectionQuery,
  type IntrospectionQuery,
} from 'graphql';
import type { Ask } from '../answer/answer.ts';
import { environmentSettings } from '../settings.ts';
import { examine, StoreError } from '../store/connect.ts';
import { UnreachableError, UsageError } from './failure.ts';

/** What questions are put to: the database in this process, or a service elsewhere. */
export interface Source {
  ask: Ask;
  schema(): Promise<GraphQLSchema>;
  close(): Promise<void>;
}

/**
 * Opens the database of the settings.
 * @param acceptLanguage as the header of that name
 * @throws SettingsError, or StoreError when it cannot be opened
 */
export async function openDatabase(acceptLanguage: string | undefined): Promise<Source> {
  const settings = environmentSettings();
  if (examine(settings.databasePath) !== 'present')
    throw new StoreError(
      'MISSING',
      `There is no database at ${settings.databasePath}. Run "expograph import" to make one of the shipped dataset, or set DATABASE_PATH to another file.`,
    );
  const { openGraph } = await import('../graph.ts');
  const graph = openGraph(settings);
  return {
    ask: (question) => graph.query({ ...question, ...(acceptLanguage && { acceptLanguage }) }),
    schema: async () => graph.schema,
    close: () => graph.close(),
  };
}

/**
 * Speaks to a service over HTTP.
 * @param address that of the service, or of its /graphql
 * @param acceptLanguage the header of that name
 * @returns a source; what it is asked throws an UnreachableError where no answer comes, or none of GraphQL
 * @throws UsageError when the address is none
 */
export function openService(address: string, acceptLanguage: string | undefined): Source {
  const { endpoint, authorization } = endpointOf(address);
  const headers = {
    accept: 'application/graphql-response+json, application/json;q=0.9',
    'content-type': 'application/json',
    ...(acceptLanguage && { 'accept-language': acceptLanguage }),
    ...(authorization && { authorization }),
  };
  const ask: Ask = async (question) => {
    const { reply, text } = await post(endpoint, headers, JSON.stringify(question));
    const answer = parsed(text);
    const told = isAnswer(answer) ? answer.errors?.[0]?.message : undefined;
    const says = `${endpoint} answers ${reply.status}: ${told ?? `${reply.statusText}.`}`;
    if (reply.status >= 500) throw new UnreachableError(`${says} Try again later.`);
    if (reply.status === 404 && told !== undefined) throw new UnreachableError(`${says} Check the address.`);
    if (isAnswer(answer)) return answer;
    throw new UnreachableError(
      `${endpoint} does not answer as a service of GraphQL (${reply.status}, ${reply.headers.get('content-type') ?? 'no content-type'}). Give --url the address of one, such as http://127.0.0.1:4000.`,
    );
  };
  let schema: Promise<GraphQLSchema> | undefined;
  return {
    ask,
    schema: () => (schema ??= introspect(ask, endpoint)),
    close: async () => {},
  };
}

/** A user and a password in the address go into a header, where no message shows them. */
function endpointOf(address: string): { endpoint: string; authorization: string | undefined } {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new UsageError(`--url must be an address such as http://127.0.0.1:4000; got ${JSON.stringify(address)}.`);
  const path = url.pathname.replace(/\/+$/, '');
  url.pathname = path.endsWith('/graphql') ? path : `${path}/graphql`;
  const credentials = [url.username, url.password].map(decodeURIComponent).join(':');
  url.username = '';
  url.password = '';
  const authorization = credentials === ':' ? undefined : `Basic ${Buffer.from(credentials).toString('base64')}`;
  return { endpoint: url.href, authorization };
}

const MOST_REDIRECTS = 5;

async function post(endpoint: string, headers: Record<string, string>, body: string) {
  try {
    let address = endpoint;
    for (let redirects = 0; ; redirects += 1) {
      // By itself fetch asks by GET behind some redirects, and loses the question.
      const reply = await fetch(address, { method: 'POST', headers, body, redirect: 'manual' });
      const location = [301, 302, 307, 308].includes(reply.status) ? reply.headers.get('location') : null;
      if (location === null || redirects === MOST_REDIRECTS) return { reply, text: await reply.text() };
      const next = new URL(location, address);
      // What opens one service is not for another.
      if (next.origin !== new URL(address).origin) delete headers.authorization;
      address = next.href;
    }
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    const reason = cause instanceof Error ? ('code' in cause ? cause.code : cause.message) : cause;
    throw new UnreachableError(
      `${endpoint} cannot be reached (${reason}). Check the address, and whether the service runs.`,
      { cause: error },
    );
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isAnswer(value: unknown): value is ExecutionResult {
  if (typeof value !== 'object' || value === null) return false;
  if ('errors' in value && value.errors !== undefined)
    return Array.isArray(value.errors) && value.errors.every((error) => typeof error?.message === 'string');
  return 'data' in value && typeof value.data === 'object' && value.data !== null;
}

async function introspect(ask: Ask, endpoint: string): Promise<GraphQLSchema> {
  const { data, errors } = await ask({ query: getIntrospectionQuery({ descriptions: false }) });
  if (isIntrospection(data)) return buildClientSchema(data);
  throw new UnreachableError(
    `${endpoint} does not tell its schema, which this needs (${errors?.[0]?.message ?? 'no reason given'}). Use --format json without --paginate, and --variables.`,
  );
}

function isIntrospection(data: unknown): data is IntrospectionQuery {
  return typeof data === 'object' && data !== null && '__schema' in data;
}
