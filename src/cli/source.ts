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
  const endpoint = endpointOf(address);
  const ask: Ask = async (question) => {
    const { reply, text } = await post(endpoint, JSON.stringify(question), acceptLanguage);
    const answer = parsed(text);
    const told = isAnswer(answer) ? answer.errors?.[0]?.message : undefined;
    if (reply.status >= 500)
      throw new UnreachableError(
        `${endpoint} answers ${reply.status}: ${told ?? `${reply.statusText}.`} Try again later.`,
      );
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

function endpointOf(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new UsageError(`--url must be an address such as http://127.0.0.1:4000; got ${JSON.stringify(address)}.`);
  if (!url.pathname.endsWith('/graphql')) url.pathname = `${url.pathname.replace(/\/$/, '')}/graphql`;
  return url.href;
}

async function post(endpoint: string, body: string, acceptLanguage: string | undefined) {
  try {
    const reply = await fetch(endpoint, {
      method: 'POST',
      headers: {
        accept: 'application/graphql-response+json, application/json;q=0.9',
        'content-type': 'application/json',
        ...(acceptLanguage && { 'accept-language': acceptLanguage }),
      },
      body,
    });
    return { reply, text: await reply.text() };
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
