export {
  type Client,
  type ClientOptions,
  createClient,
  type Fetch,
  type QueryArguments,
  type QueryOptions,
} from './client.ts';
export { TypedDocumentString } from './document.ts';
export { ExpographError, type ReportedError } from './error.ts';
export type { GivenHeaders, HeaderSource } from './headers.ts';
export * from './operations.ts';
