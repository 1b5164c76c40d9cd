import { type ASTNode, GraphQLError, type GraphQLResolveInfo } from 'graphql';

/** The codes that an answer's `errors[].extensions.code` may have, and what each means. */
export const ErrorCode = {
  GRAPHQL_PARSE_FAILED: 'The operation is not GraphQL.',
  GRAPHQL_VALIDATION_FAILED: 'The operation does not fit the schema.',
  BAD_USER_INPUT: 'A variable or an argument has a value that cannot be used, or the operation is no query.',
  PAGE_SIZE_EXCEEDED: 'first, last or ids asks for more than service.limits.maxPageSize.',
  INVALID_CURSOR: 'after or before is not a cursor of this list in this order.',
  OPERATION_TOO_LARGE: 'The operation is larger than service.limits allows, or than one statement can hold.',
  OPERATION_TOO_COSTLY: 'The operation could give more objects than service.limits.maxCost.',
  OPERATION_TIMEOUT: 'The operation took longer than service.limits.maxSeconds.',
  OVERLOADED: 'More is asked than can be answered now; ask again later.',
  OPERATION_RESOLUTION_FAILURE: 'The request names no operation, or one that is not in it.',
  BAD_REQUEST: 'The request is not one of GraphQL over HTTP.',
  NOT_FOUND: 'There is nothing at this address.',
  RATE_LIMITED: 'The client asks more often than RATE_LIMIT allows; the header Retry-After says when to ask again.',
  INTERNAL_SERVER_ERROR: 'Our fault. The request id in extensions.requestId finds it in the log.',
} as const;

export type ErrorCode = keyof typeof ErrorCode;

/**
 * @param code one of the closed list
 * @param message names the value, the place and the way out
 * @param nodes where in the operation it is
 * @param argument the argument or the part of one that is to blame: "where.year.eq"
 * @returns the error to throw
 */
export function refusal(code: ErrorCode, message: string, nodes?: readonly ASTNode[], argument?: string): GraphQLError {
  return new GraphQLError(message, { nodes, extensions: { code, ...(argument && { argument }) } });
}

/** Runs what may refuse an argument; the error tells which field of the answer is to blame. */
export function within<Result>(path: readonly string[], work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    // What is too large is so as a whole.
    if (!(error instanceof GraphQLError) || error.path || error.extensions.code === 'OPERATION_TOO_LARGE') throw error;
    const { message, nodes, extensions } = error;
    throw new GraphQLError(message, { nodes, path, extensions });
  }
}

/** @returns the error for a root field beneath which more is selected than a statement holds */
export function tooLarge({
  fieldName,
  fieldNodes,
}: Pick<GraphQLResolveInfo, 'fieldName' | 'fieldNodes'>): GraphQLError {
  return refusal(
    'OPERATION_TOO_LARGE',
    `${fieldName}: is too much for one statement; select less of it, or give a smaller where.`,
    fieldNodes,
  );
}
