import { availableParallelism } from 'node:os';
import { type ASTNode, type DocumentNode, type ExecutionResult, GraphQLError, visit } from 'graphql';
import { Piscina } from 'piscina';
import { refusal } from '../select/errors.ts';
import { type Aside, type Asked, carrying } from '../select/execute.ts';
import { LIMITS, tookTooLong } from '../select/limits.ts';
import type { SelectContext } from '../select/origin.ts';
import type { Beginning, CarriedError, Question, Reply } from './answering.ts';
import { programOf } from './program.ts';
import { Turns } from './turns.ts';

/** Threads that answer what takes long, so that this one is free for all else. */
export interface Threads {
  /**
   * Answers as an executor does. What it answers without errors is carried as the bytes of the body: see `bodyOf`.
   * @param source the text of the operation
   */
  answer(asked: Asked, source: string): Promise<Aside>;
  close(): Promise<void>;
}

/** Two, so that one that is busy to the end keeps nobody waiting; more than four at a time only wait for each other. */
const MOST_THREADS = Math.min(4, Math.max(2, availableParallelism() - 1));

/** So many questions may wait for each thread. */
const WAITING_PER_THREAD = 16;

/** A thread that has nothing to do for so long, in milliseconds, is ended. */
const LONGEST_IDLE = 300_000;

/** A thread that does not look at the clock for so long, in milliseconds, is ended. */
const GRACE = 1_000;

/** No thread may take more memory for JavaScript: what costs as much as is allowed does not need as much. */
const MEGABYTES = 1_024;

const TOO_MUCH = 'Too many long operations are asked at once. Ask again in some seconds, or for less.';

const TOO_LARGE = 'The operation needs more memory than it may have. Ask for less at once.';

/**
 * Threads are started when they are needed first.
 * @param beginning what each of them is told
 * @param options `patience`: for how many milliseconds an answer is waited for, as long as `service.limits` says unless told;
 *   `most`: of how many threads, and `waiting`: how many questions may wait for them; `onEnded`: is told how many milliseconds each took;
 *   `onError`: of what ends a thread that answers nothing
 */
export function openThreads(
  beginning: Beginning,
  options: {
    patience?: number;
    most?: number;
    waiting?: number;
    onEnded?: (milliseconds: number) => void;
    onError?: (error: Error) => void;
  } = {},
): Threads {
  const { patience = LIMITS.maxSeconds * 1_000, most = MOST_THREADS, waiting = most * WAITING_PER_THREAD } = options;
  // Piscina's own bound does not count what can be broken off.
  let asked = 0;
  const turns = new Turns(Math.max(1, most - 1));
  const pool = new Piscina<Question, Reply>({
    filename: programOf('answering'),
    workerData: beginning,
    minThreads: 0,
    maxThreads: most,
    idleTimeout: LONGEST_IDLE,
    resourceLimits: { maxOldGenerationSizeMb: MEGABYTES },
    recordTiming: false,
  });

  // Without a listener it would end the process.
  pool.on('error', (error: Error) => options.onError?.(error));

  const answered = async ({ document, operationName = null, variables = null, context }: Asked, source: string) => {
    const shared = new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT));
    const ended = new AbortController();
    const isOver = () => {
      Atomics.store(shared, 0, 1);
      if (Atomics.load(shared, 2) === 0) ended.abort();
      else setTimeout(() => ended.abort(), GRACE).unref();
    };
    const time = setTimeout(isOver, patience);
    const listenNoMore = context.onGone?.(isOver);
    const { locales, baseUrl, now } = context;
    const client = context.client ?? '';
    const question = { query: source, operationName, variables, locales, baseUrl, now: now().valueOf(), patience };
    let began = Number.POSITIVE_INFINITY;
    // Who for the most part only waited is not to blame.
    const overdue = () =>
      unanswered(
        Atomics.load(shared, 2) === 1 && performance.now() - began > patience / 2
          ? tookTooLong()
          : refusal('OVERLOADED', TOO_MUCH),
      );
    try {
      if (!(await turns.take(client, ended.signal))) return unanswered(refusal('OVERLOADED', TOO_MUCH));
      began = performance.now();
      try {
        const reply = await pool.run({ ...question, shared: shared.buffer }, { signal: ended.signal });
        if (reply === null) return overdue();
        return { result: resultOf(reply, document, context), milliseconds: Atomics.load(shared, 1) };
      } finally {
        turns.give(client);
      }
    } catch (error) {
      if (ended.signal.aborted) return overdue();
      if (isOutOfMemory(error)) return unanswered(refusal('OPERATION_TOO_LARGE', TOO_LARGE));
      throw error;
    } finally {
      clearTimeout(time);
      listenNoMore?.();
    }
  };

  return {
    async answer(question, source) {
      if (asked >= most + waiting) return unanswered(refusal('OVERLOADED', TOO_MUCH));
      const began = performance.now();
      asked += 1;
      try {
        return await answered(question, source);
      } finally {
        asked -= 1;
        options.onEnded?.(performance.now() - began);
      }
    },
    close: () => pool.destroy(),
  };
}

const unanswered = (error: GraphQLError): Aside => ({
  result: { errors: [error] },
  milliseconds: Number.POSITIVE_INFINITY,
});

function resultOf(reply: NonNullable<Reply>, document: DocumentNode, { takesBodies }: SelectContext): ExecutionResult {
  if (reply instanceof Uint8Array) return takesBodies ? carrying(reply) : JSON.parse(new TextDecoder().decode(reply));
  const errors = reply.errors.map((error) => brought(error, document));
  return reply.data === undefined ? { errors } : { errors, data: JSON.parse(reply.data) };
}

const isOutOfMemory = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';

/** An error as it was where it was met, about the nodes of the document here. */
function brought(error: CarriedError, document: DocumentNode): GraphQLError {
  const nodes: ASTNode[] = [];
  visit(document, {
    enter(node) {
      if (error.nodes.some(({ kind, start }) => node.kind === kind && node.loc?.start === start)) nodes.push(node);
    },
  });
  const { message, path, extensions, unforeseen } = error;
  if (unforeseen === undefined) return new GraphQLError(message, { nodes, path, extensions });
  const originalError = new Error(message);
  originalError.stack = unforeseen;
  return new GraphQLError(message, { nodes, path, extensions, originalError });
}
