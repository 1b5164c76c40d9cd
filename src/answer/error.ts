import type { ErrorCode } from '../select/errors.ts';

/** Why an answer cannot be given as it is wanted: a mistake of who asks, told before anything is written. */
export class AnswerError extends Error {
  readonly code: ErrorCode;

  /** @param message names the value, the place and the way out */
  constructor(message: string, code: ErrorCode = 'BAD_USER_INPUT') {
    super(message);
    this.name = 'AnswerError';
    this.code = code;
  }
}
