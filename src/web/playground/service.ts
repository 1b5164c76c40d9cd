import { chosenOperation, isRecord, parsed, stringsOf } from './tabs.ts';

/** What is asked of the service: the body of a request. */
export interface Asked {
  query: string;
  variables?: Record<string, unknown> | undefined;
  /** Which of the query's operations, where it has several. */
  operationName?: string | undefined;
}

/**
 * Puts together what is asked.
 * @param chosen the operation that the page takes to be open; the page learns a moment late that another tab is
 */
export function askedOf(query: string, variables: Asked['variables'], chosen: string | null | undefined): Asked {
  const operationName = chosenOperation(query, chosen);
  return { query, ...(variables && { variables }), ...(operationName && { operationName }) };
}

/**
 * Asks the service that this page is of.
 * @param options `accept` is the form of the answer, `headers` come with the request, `search` is what follows the address
 * @throws TypeError for headers that cannot be sent, Error when the service cannot be reached
 */
export async function ask(
  asked: Asked,
  { accept, headers, search = '' }: { accept: string; headers?: HeadersInit | undefined; search?: string },
): Promise<Response> {
  const sent = new Headers(headers);
  sent.set('accept', accept);
  sent.set('content-type', 'application/json');
  const request = { method: 'POST', headers: sent, body: JSON.stringify(asked) };
  try {
    return await fetch(window.location.pathname + search, request);
  } catch (error) {
    throw new Error(`The service cannot be reached: ${error instanceof Error ? error.message : error}`);
  }
}

/** Why there is no such answer as was asked for. */
export interface Refusal {
  /** The service's own words; what came instead, where it is not from the service. */
  words: string;
  /** The paths of the lists one of which has to be named by `rows`; empty where that is not the way out. */
  possibleRows: string[];
}

/** Reads why the service gave no such answer. */
export async function refusalOf(response: Response): Promise<Refusal> {
  const text = await response.text();
  const answer = parsed(text);
  const errors = (isRecord(answer) && Array.isArray(answer.errors) ? answer.errors : []).filter(isRecord);
  const words = errors.map(({ message }) => String(message)).join('\n');
  return {
    words: words || `The service answered ${response.status}: ${text.slice(0, 200)}`,
    possibleRows: errors.flatMap(({ extensions }) => (isRecord(extensions) ? stringsOf(extensions.possibleRows) : [])),
  };
}

/** The headers of a request that may be shown to others, and the names of those that may not. */
export interface ShownHeaders {
  headers: [name: string, value: string][];
  leftOut: string[];
}

const MAY_BE_SECRET = /^(proxy-)?authorization$|^cookie$|token|key|secret/i;

/**
 * Sorts out what the page would send of some headers: not the form of the body, which is always the same, and nothing
 * that a browser sends itself or not at all.
 * @throws TypeError for headers that cannot be sent
 */
export function shownHeaders(address: URL, given: readonly [string, string][]): ShownHeaders {
  const all = new Headers([...given]);
  const leftOut = [...all.keys()].filter((name) => MAY_BE_SECRET.test(name));
  for (const name of [...leftOut, 'accept', 'content-type']) all.delete(name);
  return { headers: [...new Request(address, { headers: all }).headers], leftOut };
}

/** Writes the request as a command for bash that asks the same from anywhere. */
export function asCurl(address: URL, asked: Asked, headers: ShownHeaders['headers']): string {
  return [
    `curl ${quoted(address.origin + address.pathname)}`,
    `-H ${quoted('content-type: application/json')}`,
    // curl takes a header without a value for one to leave out, but for the semicolon.
    ...headers.map(([name, value]) => `-H ${quoted(value ? `${name}: ${value}` : `${name};`)}`),
    `-d ${quoted(JSON.stringify(asked))}`,
  ].join(' \\\n  ');
}

/** Writes the request as a module in JavaScript that asks the same from anywhere. */
export function asFetch(
  address: URL,
  { query, variables, operationName }: Asked,
  headers: ShownHeaders['headers'],
): string {
  const sent = [
    "'content-type': 'application/json'",
    ...headers.map((header) => header.map((part) => JSON.stringify(part)).join(': ')),
  ];
  const body = [
    `query: ${template(query)},`,
    ...(variables ? [`variables: ${JSON.stringify(variables, null, 2).replaceAll('\n', '\n    ')},`] : []),
    ...(operationName ? [`operationName: ${JSON.stringify(operationName)},`] : []),
  ];
  return `const response = await fetch(${JSON.stringify(address.origin + address.pathname)}, {
  method: 'POST',
  headers: { ${sent.join(', ')} },
  body: JSON.stringify({
    ${body.join('\n    ')}
  }),
});
console.log(JSON.stringify(await response.json(), null, 2));`;
}

/** Within single quotes a shell takes all as it is but the single quote. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** A template keeps the lines of the operation readable; JavaScript reads a bare \r in it as \n. */
function template(text: string): string {
  return `\`${text.replaceAll(/[\\`]|\$\{/g, '\\$&').replaceAll('\r', '\\r')}\``;
}
