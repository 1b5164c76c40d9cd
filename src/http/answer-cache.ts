import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Freshness } from '../graphql/freshness.ts';

/** What of a request decided about its answer, besides the question. */
export interface Uses {
  /** The languages that the reader prefers. */
  locales: boolean;
  /** Where the reader reaches the service. */
  baseUrl: boolean;
  /** What day it is. */
  now: boolean;
}

/** An answer as it is sent. */
export interface Answered {
  status: number;
  headers: ReadonlyMap<string, string>;
  body: Buffer;
  uses: Uses;
  /** Whether it has no errors, and so is the same for whoever asks. */
  isFlawless: boolean;
  /** A strong validator. */
  etag: string;
}

/** How an answer was come by. */
export type Found = 'hit' | 'miss' | 'collapsed';

/** What a kept answer takes besides its key and its body: headers, validator, the place in the list. */
const BYTES_BESIDES = 1_000;

/** Whole answers, kept until the data changes, or a day ends that they depend on. */
export interface AnswerCache {
  /**
   * @param key all that decides about the answer, but for the data and the day
   * @returns the answer that is kept, if any
   */
  find(key: string): Answered | undefined;
  /**
   * Makes an answer and keeps it where it may be kept. While one is made, whoever wants the same one waits for it.
   * @param answer makes it
   */
  make(key: string, answer: () => Promise<Answered>): Promise<{ answer: Answered; found: Found }>;
}

/**
 * @param options.bytes so many are kept at most; 0 keeps none
 * @param options.generation another number whenever the data has changed
 * @param options.freshness when a day began last, in any of the places where it matters
 */
export function answerCache(options: { bytes: number; generation(): number; freshness(): Freshness }): AnswerCache {
  const { bytes, generation, freshness } = options;
  const kept = new LRUCache<string, { answer: Answered; day: number | null }>({
    maxSize: Math.max(1, bytes),
    sizeCalculation: ({ answer }, key) => answer.body.length + 2 * key.length + BYTES_BESIDES,
  });
  const pending = new Map<string, Promise<Answered>>();
  let latest = generation();

  const forgetOld = () => {
    const current = generation();
    if (current === latest) return;
    kept.clear();
    pending.clear();
    latest = current;
  };
  const today = () => freshness().statusChangedAt?.valueOf() ?? null;

  const makeAndKeep = async (key: string, answer: () => Promise<Answered>): Promise<Answered> => {
    const from = latest;
    const began = today();
    const made = await answer();
    // What was made of two moments is of neither.
    const isOfOneMoment = generation() === from && (!made.uses.now || today() === began);
    if (made.isFlawless && isOfOneMoment) kept.set(key, { answer: made, day: made.uses.now ? began : null });
    return made;
  };

  return {
    find(key) {
      forgetOld();
      const known = kept.get(key);
      if (!known || (known.answer.uses.now && known.day !== today())) return undefined;
      return known.answer;
    },
    async make(key, answer) {
      if (bytes === 0) return { answer: await answer(), found: 'miss' };
      const other = pending.get(key);
      if (other) {
        const shared = await other;
        if (shared.isFlawless) return { answer: shared, found: 'collapsed' };
        // Each request's errors have its own id.
        return { answer: await answer(), found: 'miss' };
      }
      const made = makeAndKeep(key, answer);
      pending.set(key, made);
      try {
        return { answer: await made, found: 'miss' };
      } finally {
        if (pending.get(key) === made) pending.delete(key);
      }
    },
  };
}

/** @returns another text for other bytes or another type */
export function etagOf(type: string, body: Buffer): string {
  return `"${createHash('sha256').update(type).update('\n').update(body).digest('base64url').slice(0, 27)}"`;
}
