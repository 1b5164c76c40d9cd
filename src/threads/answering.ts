import { type DocumentNode, GraphQLError, getOperationAST, parse } from 'graphql';
import { LRUCache } from 'lru-cache';
import { move, workerData } from 'piscina';
import { buildExpographSchema } from '../graphql/schema.ts';
import { type ExecutorName, executorOf } from '../select/execute.ts';
import { LIMITS, tooLong } from '../select/limits.ts';
import { OutOfTime, openReader } from '../store/open.ts';

/** What a thread is told when it starts. */
export interface Beginning {
  databasePath: string;
  executor: ExecutorName;
}

/** What is asked of a thread. The operation was validated where it came from. */
export interface Question {
  query: string;
  operationName: string | null;
  variables: Record<string, unknown> | null;
  locales: readonly string[];
  baseUrl: string | null;
  /** What the clock says, in milliseconds since 1970. */
  now: number;
  /** For how many milliseconds somebody waits. */
  patience: number;
  /**
   * Three integers: one that is not 0 once nobody waits any more; and for the thread to fill in, how many milliseconds it
   * took, and 1 when it has begun.
   */
  shared: SharedArrayBuffer;
}

/** An error of GraphQL on its way between threads. */
export interface CarriedError {
  message: string;
  path: readonly (string | number)[] | undefined;
  extensions: Record<string, unknown>;
  /** Where the nodes that it is about begin in the operation, and of what kind they are. */
  nodes: readonly { kind: string; start: number }[];
  /** The stack of what was thrown, where that was no error of GraphQL. */
  unforeseen: string | undefined;
}

/** What a thread says: the bytes of the body that is sent; data and errors; or nothing where it was broken off. */
export type Reply = Uint8Array<ArrayBuffer> | { data: string | undefined; errors: CarriedError[] } | null;

const KEPT_DOCUMENTS = 200;

const { databasePath, executor: executorName }: Beginning = workerData;
const reader = openReader(databasePath, { isOpen: true });
const executor = executorOf(buildExpographSchema(), executorName);
const documents = new LRUCache<string, DocumentNode>({ max: KEPT_DOCUMENTS });

/** What it makes lies in memory of its own, which can be given away. */
const encoder = new TextEncoder();

function documentOf(query: string): DocumentNode {
  let document = documents.get(query);
  if (!document) {
    document = parse(query);
    documents.set(query, document);
  }
  return document;
}

/**
 * Answers one question, and looks meanwhile whether anybody still waits.
 * @returns a `Reply`, the bytes of which are moved and not copied
 */
export default async function answer(question: Question): Promise<unknown> {
  const { query, operationName, variables, locales, baseUrl, now, patience } = question;
  const shared = new Int32Array(question.shared);
  const began = performance.now();
  Atomics.store(shared, 2, 1);
  const document = documentOf(query);
  const asked = {
    document,
    operation: getOperationAST(document, operationName) ?? undefined,
    operationName,
    variables,
    context: { reader, now: () => new Date(now), locales, baseUrl },
  };
  const limits = { milliseconds: patience, isOver: () => Atomics.load(shared, 0) !== 0 };
  // Its statements are executed before it returns the promise.
  const { data, errors = [] } = await reader.within(limits, () => executor.execute(asked, query));
  Atomics.store(shared, 1, Math.ceil(performance.now() - began));
  const body = errors.length === 0 ? encoder.encode(`${JSON.stringify({ data })}\n`) : undefined;
  if (body && body.length > LIMITS.maxMegabytes * 1_000_000)
    return { data: undefined, errors: [carried(tooLong(body.length))] } satisfies Reply;
  if (body) return move(body);
  if (errors.some(({ originalError }) => originalError instanceof OutOfTime)) return null;
  const written = data === undefined ? undefined : JSON.stringify(data);
  return { data: written, errors: errors.map(carried) } satisfies Reply;
}

function carried({ message, path, extensions, nodes = [], originalError }: GraphQLError): CarriedError {
  const isForeseen = !originalError || originalError instanceof GraphQLError;
  return {
    message,
    path,
    extensions: { ...extensions },
    nodes: nodes.map(({ kind, loc }) => ({ kind, start: loc?.start ?? 0 })),
    unforeseen: isForeseen ? undefined : (originalError.stack ?? originalError.message),
  };
}
