import autocannon from 'autocannon';
import type { Effort } from './run.ts';

const CONNECTIONS = 16;

/** A request that is sent again and again. */
export interface Load {
  url: string;
  /** Sent by POST; without one the request is a GET. */
  body?: string | (() => string);
  headers?: Record<string, string>;
}

/**
 * Asks over 16 connections, each of which asks again when it is answered. A warm-up goes before.
 * @returns requests per second; NaN when none was answered in time
 * @throws Error when a request fails
 */
export async function requestsPerSecond(load: Load, effort: Effort): Promise<number> {
  await fire(load, { duration: effort.warmUp });
  const { requests, duration } = await fire(load, { duration: effort.seconds });
  return requests.total > 0 ? requests.total / duration : Number.NaN;
}

/**
 * Sends so many requests over 16 connections.
 * @param onAnswer is told of each answer
 * @throws Error when a request fails
 */
export async function requests(load: Load, amount: number, onAnswer: () => void): Promise<void> {
  await fire(load, { amount }, onAnswer);
}

async function fire(
  { url, body, headers = {} }: Load,
  extent: { duration: number } | { amount: number },
  onAnswer: () => void = () => {},
): Promise<autocannon.Result> {
  const request: autocannon.Request =
    body === undefined
      ? { method: 'GET' }
      : typeof body === 'string'
        ? { method: 'POST', body }
        : { method: 'POST', setupRequest: (asked) => ({ ...asked, body: body() }) };
  const sent = { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers };
  const options = { url, connections: CONNECTIONS, headers: sent, requests: [request], ...extent };
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    autocannon(options, (error, fired) => (error ? reject(error) : resolve(fired))).on('response', onAnswer);
  });
  const failed = result.errors + result['4xx'] + result['5xx'];
  if (failed > 0) throw new Error(`${failed} of ${result.requests.total} requests to ${url} failed.`);
  return result;
}

/**
 * Asks one request after the other over one connection, three times at least.
 * @returns the median time to the end of an answer, in milliseconds
 */
export async function medianLatency(ask: () => Promise<unknown>, seconds: number): Promise<number> {
  const times: number[] = [];
  const end = performance.now() + seconds * 1_000;
  while (performance.now() < end || times.length < 3) {
    const start = performance.now();
    await ask();
    times.push(performance.now() - start);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}
