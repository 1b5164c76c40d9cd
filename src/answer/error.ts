import type { ErrorCode } from '../select/errors.ts';

/** Says what is wrong, given how options are written where the answer is asked for: "rows" or "--rows". */
export type Saying = (option: (name: string) => string) => string;

/** Why an answer cannot be given as it is wanted: a mistake of who asks, told before anything is written. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError';
  readonly code: ErrorCode;
  readonly say: Saying;
  /** The paths that `rows` takes for this operation, where naming one of them is the way out; undefined otherwise. */
  readonly possibleRows: readonly string[] | undefined;

  /**
   * @param says names the value, the place and the way out
   * @param details `possibleRows`: what `rows` takes, for programs that let their reader choose
   */
  constructor(
    says: string | Saying,
    { code = 'BAD_USER_INPUT', possibleRows }: { code?: ErrorCode; possibleRows?: readonly string[] | undefined } = {},
  ) {
    const say = typeof says === 'string' ? () => says : says;
    super(say((name) => name));
    this.say = say;
    this.code = code;
    this.possibleRows = possibleRows;
  }
}
