import { z } from 'zod';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export interface Operation {
  query: string;
  variables?: Record<string, Json>;
}

const json: z.ZodType<Json> = z.lazy(() =>
  z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(json), z.record(z.string(), json)]),
);
const answer = z.object({ data: json.optional(), errors: z.array(z.unknown()).optional() });

/**
 * Asks once by POST.
 * @returns the data
 * @throws Error when the answer has errors
 */
export async function ask(url: string, operation: Operation): Promise<Json> {
  const text = await textOf(url, operation);
  const { data, errors } = answer.parse(JSON.parse(text));
  if (errors || data === undefined || data === null) throw new Error(`${url} answered ${text.slice(0, 2_000)}`);
  return data;
}

/** Asks once by POST, and gives the body of the answer as it is. */
export async function textOf(url: string, operation: Operation): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(operation),
  });
  return response.text();
}

/** What lies at a path of names in data. */
export function at(data: Json, ...path: (string | number)[]): Json {
  let found: Json | undefined = data;
  for (const step of path) found = Object.getOwnPropertyDescriptor(Object(found), step)?.value;
  return found ?? null;
}
