import { type ASTNode, GraphQLError, type GraphQLResolveInfo } from 'graphql';

/** The codes that an answer's `errors[].extensions.code` may have, and what each means. */
export const ErrorCode = {
  GRAPHQL_PARSE_FAILED: 'The operation is not GraphQL.',
  GRAPHQL_VALIDATION_FAILED: 'The operation does not fit the schema.',
  BAD_USER_INPUT: 'A variable or an argument has a value that cannot be used, or the operation is no query.',
  PAGE_SIZE_EXCEEDED: 'first or last asks for more than service.limits.maxPageSize.',
  INVALID_CURSOR: 'after or before is not a cursor of this list in this order.',
  OPERATION_TOO_LARGE: 'The operation selects more than one statement can hold.',
  OPERATION_RESOLUTION_FAILURE: 'The request names no operation, or one that is not in it.',
  BAD_REQUEST: 'The request is not one of GraphQL over HTTP.',
  NOT_FOUND: 'There is nothing at this address.',
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

/** @returns the error for a root field beneath which more is selected than a statement holds */
export function tooLarge({ fieldName, fieldNodes }: GraphQLResolveInfo): GraphQLError {
  return refusal('OPERATION_TOO_LARGE', `${fieldName}: selects too much for one statement; ask in parts.`, fieldNodes);
}
