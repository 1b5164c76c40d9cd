import type { ErrorCode } from '../select/errors.ts';

/** Says what is wrong, given how options are written where the answer is asked for: "rows" or "--rows". */
export type Saying = (option: (name: string) => string) => string;

/** Why an answer cannot be given as it is wanted: a mistake of who asks, told before anything is written. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError';
  readonly code: ErrorCode;
  readonly say: Saying;

  /** @param says names the value, the place and the way out */
  constructor(says: string | Saying, code: ErrorCode = 'BAD_USER_INPUT') {
    const say = typeof says === 'string' ? () => says : says;
    super(say((name) => name));
    this.say = say;
    this.code = code;
  }
}
