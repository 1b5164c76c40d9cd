import type { TypedDocumentString } from './document.ts';
import { ExpographError, type ReportedError } from './error.ts';

/** What is used of the standard `fetch`. */
export type Fetch = (
  url: string,
  init: { method: 'POST'; headers: Record<string, string>; body: string; signal: AbortSignal | null },
) => Promise<{ status: number; headers: { get(name: string): string | null }; text(): Promise<string> }>;

export interface ClientOptions {
  /** Where the graph is, such as "http://127.0.0.1:4000/graphql"; in a page of the same origin, "/graphql". */
  url: string | URL;
  /** Sends the requests; the platform's own unless given. */
  fetch?: Fetch;
  /** Sent with every request. */
  headers?: Readonly<Record<string, string>>;
  /** The languages preferred where an operation names none, as in the Accept-Language header: "zh-Hans, en;q=0.5". */
  language?: string;
}

export interface QueryOptions {
  /** Ends the request early; the query then rejects with the signal's reason. */
  signal?: AbortSignal;
}

/** The variables may be left out where the operation requires none. */
export type QueryArguments<Variables> =
  Record<never, never> extends Variables
    ? [variables?: Variables, options?: QueryOptions]
    : [variables: Variables, options?: QueryOptions];

export interface Client {
  /**
   * Asks one operation.
   * @param document a typed document, or plain text, whose result is `unknown`
   * @returns the answer's `data`
   * @throws ExpographError when the answer has errors, is none of GraphQL, or does not come
   */
  query<Result = unknown, Variables = Record<string, unknown>>(
    document: TypedDocumentString<Result, Variables>,
    // What the document says, and not what is given: one right name would otherwise excuse a misspelt one.
    ...[variables, options]: QueryArguments<NoInfer<Variables>>
  ): Promise<Result>;
}

interface Answer<Result> {
  data?: Result | null;
  errors?: ReportedError[];
}

/** @returns a client of the graph at `url`; it holds nothing open and keeps nothing between queries */
export function createClient(options: ClientOptions): Client {
  const url = String(options.url);
  const given = Object.entries(options.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
  const headers: Record<string, string> = {
    ...Object.fromEntries(given),
    ...(options.language !== undefined && { 'accept-language': options.language }),
    // Whatever the caller's headers say, nothing else can be written or read here.
    'content-type': 'application/json',
    accept: 'application/graphql-response+json, application/json;q=0.9',
  };

  return {
    async query<Result, Variables>(
      document: TypedDocumentString<Result, Variables>,
      ...[variables, { signal } = {}]: QueryArguments<NoInfer<Variables>>
    ) {
      const body = JSON.stringify({ query: document, variables });
      // Alone in its name: a browser's fetch refuses to be called as a method of another object.
      const fetch: Fetch = options.fetch ?? globalThis.fetch;
      const { status, type, text } = await fetch(url, { method: 'POST', headers, body, signal: signal ?? null })
        .then(async (response) => ({
          status: response.status,
          type: response.headers.get('content-type'),
          text: await response.text(),
        }))
        .catch((cause: unknown) => {
          if (signal?.aborted) throw signal.reason;
          throw new ExpographError(`${url} cannot be reached: ${reasonOf(cause)}.`, { cause });
        });

      const answer = parsed(text);
      if (isAnswer<Result>(answer)) {
        const { data, errors = [] } = answer;
        if (errors.length > 0) throw new ExpographError(messageOf(errors), { errors, status, data });
        if (data) return data;
      }
      throw new ExpographError(
        `${url} answered ${status} with ${type ?? 'no content-type'}, which is no answer of GraphQL: is it the graph’s address, such as http://127.0.0.1:4000/graphql?`,
        { status },
      );
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** That `data` is of the type that the document promises is the service's word: it has checked the operation. */
function isAnswer<Result>(value: unknown): value is Answer<Result> {
  if (typeof value !== 'object' || value === null) return false;
  if ('errors' in value) return Array.isArray(value.errors) && value.errors.every(isReportedError);
  return 'data' in value && typeof value.data === 'object';
}

function isReportedError(value: unknown): value is ReportedError {
  return typeof value === 'object' && value !== null && 'message' in value && typeof value.message === 'string';
}

function messageOf([first, ...others]: readonly ReportedError[]): string {
  const code = first?.extensions?.code;
  const more = others.length > 0 ? ` And ${others.length} more.` : '';
  return `${first?.message}${code === undefined ? '' : ` (${code})`}${more}`;
}

/** Node says only "fetch failed", and why in the cause; of several addresses it tells each in an error of its own. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause !== undefined) return reasonOf(error.cause);
  if (error instanceof AggregateError && error.message === '') return error.errors.map(reasonOf).join(', ');
  return error.message;
}
