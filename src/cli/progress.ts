import cliProgress from 'cli-progress';

/** Redrawn so often at most, in milliseconds. */
const INTERVAL = 100;

/** A line on standard error that shows how far long work is, where that is a terminal. */
export class Progress {
  readonly #bar: cliProgress.SingleBar | undefined;
  #last = Number.NEGATIVE_INFINITY;

  /** @param isShown whether it is wanted; where standard error is no terminal, it is never shown */
  constructor(isShown: boolean) {
    if (isShown && process.stderr.isTTY)
      this.#bar = new cliProgress.SingleBar({
        stream: process.stderr,
        clearOnComplete: true,
        // Its listener would keep the signal from ending the process.
        gracefulExit: false,
        // To switch it off would outlast a Ctrl+C.
        linewrap: true,
        barsize: 24,
        barCompleteChar: '█',
        barIncompleteChar: '░',
        format: (options, { progress, value, total }, { noun }) => {
          const count = value.toLocaleString('en');
          return total === 0
            ? `${count} ${noun}…`
            : `${cliProgress.Format.BarFormat(progress, options)} ${count} of ${total.toLocaleString('en')} ${noun}…`;
        },
      });
  }

  /** @param noun what is counted, and what is done with it: "records checked" */
  readonly show = (noun: string, value: number, total = 0): void => {
    if (!this.#bar || performance.now() - this.#last < INTERVAL) return;
    this.#last = performance.now();
    if (!this.#bar.isActive) this.#bar.start(total, value, { noun });
    this.#bar.setTotal(total);
    this.#bar.update(value, { noun });
    // Synchronous work leaves no moment for the bar’s own timer.
    this.#bar.render();
  };

  /** Takes it away, so that something can be printed; what is shown after that is drawn anew. */
  readonly clear = (): void => {
    if (this.#bar?.isActive) this.#bar.stop();
  };
}
