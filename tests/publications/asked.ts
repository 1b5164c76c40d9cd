import { type Client, createClient } from '../../src/client/index.ts';
import { openApp } from '../support/app.ts';

/** Where the service says that readers find it. */
export const BASE_URL = 'https://expograph.example';

/**
 * The shipped dataset, served, and a client that asks it with types.
 * @param only of all its series, this one alone
 */
export async function openShipped(only?: string): Promise<{ client: Client; close(): Promise<void> }> {
  const app = await openApp({ publicUrl: BASE_URL, ...(only && { only }) });
  const { url } = await app.listen();
  return { client: createClient({ url: `${url}/graphql` }), close: () => app.close() };
}
