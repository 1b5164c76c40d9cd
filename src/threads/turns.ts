/** Lets each client have so many turns at a time, so that one keeps no other waiting; what it asks beyond waits for its own. */
export class Turns {
  readonly #most: number;
  readonly #taken = new Map<string, number>();
  readonly #waiting = new Map<string, Set<() => void>>();

  constructor(most: number) {
    this.#most = most;
  }

  /**
   * Waits for a turn, which has to be given back.
   * @returns false where the signal was aborted before there was one
   */
  async take(client: string, signal: AbortSignal): Promise<boolean> {
    while (!signal.aborted) {
      const taken = this.#taken.get(client) ?? 0;
      if (taken < this.#most) {
        this.#taken.set(client, taken + 1);
        return true;
      }
      const waiting = this.#waiting.get(client) ?? new Set();
      this.#waiting.set(client, waiting);
      await new Promise<void>((resolve) => {
        const goOn = () => {
          waiting.delete(goOn);
          signal.removeEventListener('abort', goOn);
          resolve();
        };
        waiting.add(goOn);
        signal.addEventListener('abort', goOn);
      });
    }
    return false;
  }

  give(client: string): void {
    const left = (this.#taken.get(client) ?? 0) - 1;
    if (left > 0) this.#taken.set(client, left);
    else this.#taken.delete(client);
    const waiting = this.#waiting.get(client);
    const [first] = waiting ?? [];
    if (first) first();
    else this.#waiting.delete(client);
  }
}
