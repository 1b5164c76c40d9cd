import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Freshness } from '../graphql/freshness.ts';

/** What of a request decided about its answer, besides the question. */
export interface Uses {
  /** The languages that the reader prefers. */
  locales: boolean;
  /** Where the reader reaches the service. */
  baseUrl: boolean;
  /** What day it is: the instant that was told first, null where none was. */
  now: Date | null;
}

/** An answer as it is sent. */
export interface Answered {
  status: number;
  /** Its media type. */
  type: string;
  headers: ReadonlyMap<string, string>;
  body: string | Buffer;
  uses: Uses;
  /** Whether it has no errors, and so is the same for whoever asks. */
  isFlawless: boolean;
}

/** How an answer was come by. */
export type Found = 'hit' | 'miss' | 'collapsed';

/** What a kept answer takes besides its key and its body: headers, validator, the place in the list. */
const BYTES_BESIDES = 1_000;

/** So long the data is taken to be as it was seen, in milliseconds: to look is what takes the longest. */
const MOMENT = 1;

/** Whole answers, kept until the data changes, or a day ends that they depend on. */
export interface AnswerCache {
  /**
   * @param key all that decides about the answer, but for the data and the day
   * @returns the answer that is kept, if any
   */
  find(key: string): Answered | undefined;
  /** Keeps an answer that was made since `find` was asked for it, where it may be kept. */
  keep(key: string, answer: Answered): void;
  /**
   * Has an answer made, and keeps it. While one is made, whoever wants the same waits for it.
   * @param make makes it
   */
  await(key: string, make: () => Promise<Answered>): Promise<{ answer: Answered; found: Found }>;
  /** How many answers are kept, in how many bytes. */
  size(): { answers: number; bytes: number };
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
  let lookedAt = performance.now();
  let day: { beganAt: number | null } | undefined;

  /** What was made since the data was looked at is forgotten when it has changed by the next time. */
  const look = () => {
    const now = performance.now();
    if (now - lookedAt < MOMENT) return;
    lookedAt = now;
    day = undefined;
    const current = generation();
    if (current === latest) return;
    kept.clear();
    pending.clear();
    latest = current;
  };

  /** When a day last began in any place that matters: as long as that is the same, it is the same day everywhere. */
  const today = () => {
    day ??= { beganAt: freshness().day?.beganAt.valueOf() ?? null };
    return day.beganAt;
  };

  const keep = (key: string, answer: Answered) => {
    const { uses, isFlawless, body } = answer;
    // Where a day began meanwhile, it is of neither day.
    if (bytes === 0 || !isFlawless || (uses.now && Number(today()) > uses.now.valueOf())) return;
    kept.set(key, { answer: { ...answer, body: Buffer.from(body) }, day: uses.now ? today() : null });
  };

  const makeAndKeep = async (key: string, make: () => Promise<Answered>): Promise<Answered> => {
    const from = latest;
    const answer = await make();
    if (latest === from) keep(key, answer);
    return answer;
  };

  return {
    keep,
    size: () => ({ answers: kept.size, bytes: kept.calculatedSize }),
    find(key) {
      if (bytes === 0) return undefined;
      look();
      const known = kept.get(key);
      return known && (!known.answer.uses.now || known.day === today()) ? known.answer : undefined;
    },
    async await(key, make) {
      if (bytes === 0) return { answer: await make(), found: 'miss' };
      const other = pending.get(key);
      if (other) {
        const shared = await other;
        if (shared.isFlawless) return { answer: shared, found: 'collapsed' };
        // Each request's errors have its own id.
        return { answer: await make(), found: 'miss' };
      }
      const made = makeAndKeep(key, make);
      pending.set(key, made);
      try {
        return { answer: await made, found: 'miss' };
      } finally {
        if (pending.get(key) === made) pending.delete(key);
      }
    },
  };
}

const validators = new WeakMap<Answered, string>();

/** @returns a strong validator: another text for other bytes or another type */
export function etagOf(answer: Answered): string {
  let validator = validators.get(answer);
  if (validator === undefined) {
    const { type, body } = answer;
    const hash = createHash('sha256').update(`${type}\n`).update(body).digest('base64url');
    validator = `"${hash.slice(0, 27)}"`;
    validators.set(answer, validator);
  }
  return validator;
}
