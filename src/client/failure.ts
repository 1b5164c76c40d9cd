import type { ReportedError } from './error.ts';

/** What came back, before it is known to be an answer of GraphQL. */
export interface Answered {
  status: number;
  type: string | null;
  text: string;
  /** The address that it came from, where that is another than was asked. */
  redirectedTo: string | undefined;
}

const EXAMPLE = 'http://127.0.0.1:4000/graphql';

/** How much of a body that is no answer is told. */
const LONGEST_PIECE = 200;

/** @returns the first error with its code, and how many there are besides */
export function messageOf([first, ...others]: readonly ReportedError[]): string {
  const code = first?.extensions?.code;
  const more = others.length > 0 ? ` And ${others.length} more.` : '';
  return `${first?.message}${code === undefined ? '' : ` (${code})`}${more}`;
}

/**
 * Says why nothing came back. `fetch` fails alike where the service is down and where the request cannot be sent at
 * all, so that the address and the headers are looked at again.
 * @param headers undefined where they could not be had
 */
export function whyNotSent(url: string, headers: Record<string, string> | undefined, error: unknown): string {
  const reason = withoutStop(reasonOf(error));
  if (!headers) return `The headers cannot be had: ${reason}.`;
  if (!isWhole(url))
    return `"${url}" is no address that can be asked from here (${reason}): give it as in "${EXAMPLE}".`;
  const wrong = Object.entries(headers).find((header) => !isPossible(() => new Headers([header])));
  // Its value may be a secret, and is not told.
  if (wrong) return `The header "${wrong[0]}" cannot be sent: it has a character that headers may not have.`;
  return `${url} cannot be reached: ${reason}.`;
}

/**
 * Says what came back instead of an answer.
 * @param errors what the answer reports all the same, which is not about the operation
 */
export function whyNoAnswer(
  url: string,
  { status, type, text, redirectedTo }: Answered,
  errors: readonly ReportedError[],
): string {
  const body = text.replaceAll(/\s+/g, ' ').trim();
  const piece = body.length > LONGEST_PIECE ? `${body.slice(0, LONGEST_PIECE)}…` : withoutStop(body) || 'it is empty';
  const other = `${status} with ${type ?? 'no content-type'}, which is no answer of GraphQL: ${piece}.`;
  if (redirectedTo) {
    const told = errors.length > 0 ? messageOf(errors) : other;
    return `${url} redirects to ${redirectedTo}: give that address, for a redirect may lose the query. It answered ${told}`;
  }
  // A service that refuses or fails may well be the right one.
  const isLost = status < 400 || status === 404 || status === 405;
  return `${url} answered ${other}${isLost ? ` Is it the graph’s address, such as ${EXAMPLE}?` : ''}`;
}

function isWhole(url: string): boolean {
  return isPossible(() => {
    // In a page, or its worker, what is not whole begins where the page is.
    const { protocol } = new URL(url, globalThis.location?.href);
    if (!/^https?:$/.test(protocol)) throw new TypeError(protocol);
  });
}

function isPossible(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}

/** Node says only "fetch failed", and why in the cause; of several addresses it tells each in an error of its own. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause !== undefined) return reasonOf(error.cause);
  if (error instanceof AggregateError && error.message === '') return error.errors.map(reasonOf).join(', ');
  return error.message;
}

function withoutStop(text: string): string {
  return text.replace(/\.$/, '');
}
