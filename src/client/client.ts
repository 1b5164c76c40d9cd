import type { TypedDocumentString } from './document.ts';
import { ExpographError, type ReportedError } from './error.ts';
import { type Answered, messageOf, whyNoAnswer, whyNotSent } from './failure.ts';
import { type HeaderSource, headersFrom } from './headers.ts';

/** The platform's AbortSignal; where no library declares it, what is used of it. */
type Signal = typeof globalThis extends { AbortSignal: { prototype: infer Own } }
  ? Own
  : { readonly aborted: boolean; readonly reason: unknown };

/** What is used of the standard `fetch`. */
export type Fetch = (
  url: string,
  init: { method: 'POST'; headers: Record<string, string>; body: string; signal: Signal | null },
) => Promise<{
  status: number;
  headers: { get(name: string): string | null };
  text(): Promise<string>;
  /** Whether, and to where, the request was sent on. */
  redirected?: boolean | undefined;
  url?: string | undefined;
}>;

export interface ClientOptions {
  /** Where the graph is, such as "http://127.0.0.1:4000/graphql" or a URL; in a page of the same origin, "/graphql". */
  url: string | { readonly href: string };
  /** Sends the requests; the platform's own unless given. */
  fetch?: Fetch | undefined;
  /** Sent with every request. A function is asked before each: for a token that changes. */
  headers?: HeaderSource | undefined;
  /** The languages preferred where an operation names none, as in the Accept-Language header: "zh-Hans, en;q=0.5". */
  language?: string | undefined;
}

export interface QueryOptions {
  /** Ends the request early; the query then rejects with the signal's reason. */
  signal?: Signal | undefined;
}

/** The variables may be left out where the operation requires none. */
export type QueryArguments<Variables> =
  Record<never, never> extends Variables
    ? [variables?: Variables | undefined, options?: QueryOptions | undefined]
    : [variables: Variables, options?: QueryOptions | undefined];

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
  errors?: ReportedError[] | null;
}

/**
 * @returns a client of the graph at `url`; it holds nothing open and keeps nothing between queries
 * @throws TypeError when no `url` is given
 */
export function createClient(options: ClientOptions): Client {
  // What TypeScript forbids, JavaScript does.
  const given = options?.url;
  const url = typeof given === 'string' ? given : given?.href;
  if (!url) throw new TypeError("A client needs an address: createClient({ url: 'http://127.0.0.1:4000/graphql' }).");

  return {
    async query<Result, Variables>(
      document: TypedDocumentString<Result, Variables>,
      ...[variables, { signal } = {}]: QueryArguments<NoInfer<Variables>>
    ) {
      const body = JSON.stringify({ query: document, variables });
      let headers: Record<string, string> | undefined;
      let answered: Answered;
      try {
        headers = {
          ...(await headersFrom(options.headers)),
          ...(options.language !== undefined && { 'accept-language': options.language }),
          // Whatever the caller's headers say, nothing else can be written or read here.
          'content-type': 'application/json',
          accept: 'application/graphql-response+json, application/json;q=0.9',
        };
        // Alone in its name: a browser's fetch refuses to be called as a method of another object.
        const fetch: Fetch = options.fetch ?? globalThis.fetch;
        const response = await fetch(url, { method: 'POST', headers, body, signal: signal ?? null });
        answered = {
          status: response.status,
          type: response.headers.get('content-type'),
          redirectedTo: response.redirected ? response.url : undefined,
          text: await response.text(),
        };
      } catch (cause) {
        if (signal?.aborted) throw signal.reason;
        throw new ExpographError(whyNotSent(url, headers, cause), { cause });
      }

      const answer = parsed(answered.text);
      const { data, errors: reported } = isAnswer<Result>(answer) ? answer : {};
      const errors = reported ?? [];
      if (errors.length === 0 && data) return data;
      // Whatever is wrong with the operation has a place in it, or in the answer.
      const wasRead = data || errors.some(({ locations, path }) => locations || path);
      const isOwnWord = errors.length > 0 && (wasRead || !answered.redirectedTo);
      const message = isOwnWord ? messageOf(errors) : whyNoAnswer(url, answered, errors);
      throw new ExpographError(message, { errors, status: answered.status, data });
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
  const { data, errors }: { data?: unknown; errors?: unknown } = value;
  if (errors !== undefined && errors !== null) return Array.isArray(errors) && errors.every(isReportedError);
  return typeof data === 'object' && !Array.isArray(data);
}

function isReportedError(value: unknown): value is ReportedError {
  return typeof value === 'object' && value !== null && 'message' in value && typeof value.message === 'string';
}
