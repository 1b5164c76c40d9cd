import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { connect, explaining, explainingStatements, isTakenAsFixed, StoreError } from './connect.ts';
import { readFolder, requireCurrent } from './history.ts';

/** So often is looked at the file from outside, in milliseconds. */
const LOOK_EVERY = 1_000;
const MOST_ATTEMPTS = 3;

/** A connection for reading that is made anew when the file was changed or replaced. */
export interface Reopened<Kept> {
  /**
   * @param question asked again where what it was answered cannot be trusted
   * @throws StoreError what is wrong with the file, for as long as it is
   */
  ask<Result>(question: (kept: Kept) => Result): Result;
  /** How often it was made anew. */
  times(): number;
  close(): void;
}

/**
 * Opens a database for reading. From then on a file that is gone, another's, or found damaged is told to whoever asks,
 * until there is a good one: a service need not be started again for it.
 * @param prepare makes of a connection what is asked
 * @param options `isSnapshot`: it is of one moment and never made anew; `isOpen`: this process has the file open already
 * @throws StoreError as `connect` does
 */
export function reopening<Kept>(
  file: string,
  prepare: (database: Database.Database) => Kept,
  { isSnapshot, isOpen }: { isSnapshot: boolean; isOpen: boolean },
): Reopened<Kept> {
  let database = connect(file, 'read', { isOpen });
  let kept = prepare(database);
  let seen = lookAt(file);
  let nextLook = performance.now() + LOOK_EVERY;
  let times = 0;
  let damage: { error: StoreError; at: string } | undefined;

  /** @throws StoreError unless the file is still, or again, one that can be asked */
  function look(): void {
    // Until all is well again, each question looks.
    nextLook = 0;
    const now = lookAt(file);
    if (damage?.at === now.content) throw damage.error;
    // Also where a write of ours changed it: what another program did to it cannot be told from that.
    if (damage || now.file !== seen.file || (isTakenAsFixed(database) && hasChanged(now))) openAnew(now);
    nextLook = performance.now() + LOOK_EVERY;
  }

  function openAnew(now: typeof seen): void {
    if (isSnapshot)
      throw new StoreError('BUSY', `${file} was changed while all of it was read. Try again when nobody changes it.`);
    const next = connect(file, 'read', { isOpen: true });
    try {
      explaining(file, () => requireCurrent(file, readFolder(), next));
      kept = prepare(next);
    } catch (error) {
      next.close();
      throw error;
    }
    database.close();
    database = next;
    seen = now;
    times += 1;
    damage = undefined;
  }

  function hasChanged(now = lookAt(file)): boolean {
    return now.content !== seen.content;
  }

  return {
    ask(question) {
      for (let attempt = 1; ; attempt++) {
        const isFixed = isTakenAsFixed(database);
        if (damage || isFixed || (!isSnapshot && performance.now() >= nextLook)) look();
        try {
          const answer = explainingStatements(file, () => question(kept));
          if (!isFixed || attempt === MOST_ATTEMPTS || !hasChanged()) return answer;
        } catch (error) {
          if (isFixed && attempt < MOST_ATTEMPTS && hasChanged()) continue;
          if (isDamage(error)) damage = { error, at: lookAt(file).content };
          throw error;
        }
      }
    },
    times: () => times,
    close: () => void database.close(),
  };
}

/** Which file has the name, and of what content it is with its log, as far as that can be told from outside. */
function lookAt(file: string): { file: string; content: string } {
  return explaining(file, () => {
    const stats = statSync(file, { bigint: true, throwIfNoEntry: false });
    if (!stats) throw new StoreError('MISSING', `${file} is gone. Put it back, or a backup with "expograph restore".`);
    const log = statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 'none';
    const itself = `${stats.dev}:${stats.ino}:${stats.size}:${stats.mtimeNs}`;
    return { file: itself, content: `${itself}:${log}` };
  });
}

/** Pages that were damaged once are not trusted again: the next one may be wrong without a sign of it. */
function isDamage(error: unknown): error is StoreError {
  if (!(error instanceof StoreError) || !(error.cause instanceof Database.SqliteError)) return false;
  // An index of search that is damaged can be made anew meanwhile.
  return /^SQLITE_(CORRUPT$|NOTADB)/.test(error.cause.code);
}
