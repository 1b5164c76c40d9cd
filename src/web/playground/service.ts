import { isRecord, operationNames, parsed } from './tabs.ts';

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
  const names = operationNames(query);
  const isChoice = names.length > 1 && chosen && names.includes(chosen);
  return { query, ...(variables && { variables }), ...(isChoice && { operationName: chosen }) };
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

/** @returns the service's own words for why there is no such answer; what came instead, where it is not from the service */
export async function wordsOf(response: Response): Promise<string> {
  const text = await response.text();
  const messages = messagesIn(text);
  return messages.length > 0 ? messages.join('\n') : `The service answered ${response.status}: ${text.slice(0, 200)}`;
}

function messagesIn(text: string): string[] {
  const answer = parsed(text);
  const errors = isRecord(answer) && Array.isArray(answer.errors) ? answer.errors : [];
  return errors.filter(isRecord).map(({ message }) => String(message));
}

/** Writes the request as a command for bash that asks the same from anywhere; headers are never in it. */
export function asCurl(address: URL, asked: Asked): string {
  return [
    `curl ${quoted(address.origin + address.pathname)}`,
    `-H ${quoted('content-type: application/json')}`,
    `-d ${quoted(JSON.stringify(asked))}`,
  ].join(' \\\n  ');
}

/** Writes the request as a module in JavaScript that asks the same from anywhere; headers are never in it. */
export function asFetch(address: URL, { query, variables, operationName }: Asked): string {
  const body = [
    `query: ${template(query)},`,
    ...(variables ? [`variables: ${JSON.stringify(variables, null, 2).replaceAll('\n', '\n    ')},`] : []),
    ...(operationName ? [`operationName: ${JSON.stringify(operationName)},`] : []),
  ];
  return `const response = await fetch(${JSON.stringify(address.origin + address.pathname)}, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
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
