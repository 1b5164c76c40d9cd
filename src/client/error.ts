/** One error as GraphQL reports it. */
export interface ReportedError {
  message: string;
  /** Where in the operation. */
  locations?: readonly { line: number; column: number }[];
  /** Where in the answer. */
  path?: readonly (string | number)[];
  extensions?: {
    /** One of the closed list in the README, such as PAGE_SIZE_EXCEEDED. */
    code?: string;
    /** The part of the argument that is to blame: "where.year.eq". */
    argument?: string;
    /** Finds an internal error in the service's log. */
    requestId?: string;
    [name: string]: unknown;
  };
}

/** Why a query has no result. Its message names the first error and its code, or says in a sentence what went wrong. */
export class ExpographError extends Error {
  override readonly name = 'ExpographError';
  /** All errors of the answer; none when there was no answer of GraphQL. */
  readonly errors: readonly ReportedError[];
  /** The HTTP status; undefined when there was no answer. */
  readonly status: number | undefined;
  /** What was answered all the same: with an error in one field, the others are there. */
  readonly data: unknown;

  constructor(
    message: string,
    told: { errors?: readonly ReportedError[]; status?: number; data?: unknown; cause?: unknown },
  ) {
    super(message, 'cause' in told ? { cause: told.cause } : undefined);
    this.errors = told.errors ?? [];
    this.status = told.status;
    this.data = told.data;
  }
}
