import { unwrapResolverError } from '@apollo/server/errors';
import {
  type ASTNode,
  type DocumentNode,
  GraphQLError,
  type GraphQLFormattedError,
  parse,
  type Source,
  visit,
} from 'graphql';
import { ErrorCode } from '../select/errors.ts';

const LONGEST_MESSAGE = 1_000;

/** A request that is refused before anything of it is answered, with the status and the headers that say so. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly status: number;
  readonly code: keyof typeof ErrorCode;
  readonly headers: Record<string, string>;

  constructor(status: number, code: keyof typeof ErrorCode, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** Errors of ours and of GraphQL's own go out as they are; of anything else only that it happened. */
export function masked(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const { locations, path } = formatted;
  // A variable’s value is told in full by graphql-js, however long.
  // What there is, the schema tells; who only tries names shall not be led.
  const told = formatted.message.replace(/ ?Did you mean [^?]*\?/g, '');
  const message = told.length > LONGEST_MESSAGE ? `${told.slice(0, LONGEST_MESSAGE)}…` : told;
  const code = formatted.extensions?.code;
  const known = typeof code === 'string' && code in ErrorCode && code !== 'INTERNAL_SERVER_ERROR';
  const cause = unwrapResolverError(error);
  if (isTooDeep(cause))
    return {
      message: 'The operation or its variables nest too deep; ask in parts.',
      locations,
      path,
      extensions: { code: 'OPERATION_TOO_LARGE' },
    };
  // graphql-js gives up to compare fields with each other.
  if (formatted.message === 'Validation aborted.')
    return {
      message: 'The operation selects the same fields too often to be validated; write each once, or ask in parts.',
      locations,
      extensions: { code: 'OPERATION_TOO_LARGE' },
    };
  if (!(cause instanceof GraphQLError))
    return { message: 'Internal error', locations, path, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
  if (known) {
    const { argument, path: fields = path } = placeOf(cause);
    const { exceeded, cost } = cause.extensions;
    const shown = { ...(argument && { argument }), ...(exceeded ? { exceeded } : {}), ...(cost ? { cost } : {}) };
    return { message, locations, path: fields, extensions: { code, ...shown } };
  }
  if (/^Schema is not configured to execute/.test(cause.message))
    return { message: 'Only queries are served.', locations, path, extensions: { code: 'BAD_USER_INPUT' } };
  // graphql-js gives no code to where it stops.
  if (/^Too many errors processing variables/.test(cause.message))
    return { message, locations, path, extensions: { code: 'BAD_USER_INPUT' } };
  // By these words clients know that they have to send the query itself.
  if (cause.message === 'PersistedQueryNotSupported')
    return { message: cause.message, locations, path, extensions: { code: 'BAD_REQUEST' } };
  // graphql-js gives no code to a null that a variable brings to where none may be.
  if (/^Argument ".*" (.*must not be null|has invalid value )/s.test(cause.message)) {
    const { argument } = placeOf(cause);
    const hint = message.endsWith('null.') ? '' : ' A variable in it is null where null may not be.';
    return {
      message: message + hint,
      locations,
      path,
      extensions: { code: 'BAD_USER_INPUT', ...(argument && { argument }) },
    };
  }
  return { message: 'Internal error', locations, path, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
}

/** Whether an operation or its variables nest deeper than the parser or the coercion can follow: the engine's own words. */
export function isTooDeep(cause: unknown): boolean {
  return cause instanceof Error && /^Maximum call stack/.test(cause.message);
}

interface Place {
  /** "where.startDate.gt", or for a variable "$where.startDate.gt". */
  argument?: string | undefined;
  /** The response keys of the field that has the argument. */
  path?: readonly string[] | undefined;
}

/** Which part of which argument is to blame. graphql-js tells only the line and the column, or a sentence. */
function placeOf(error: GraphQLError): Place {
  const own = error.extensions.argument;
  if (typeof own === 'string') return { argument: own };
  const variable = /^Variable "\$(\w+)"(?: got invalid value .*? at "\w+([^"]*)")?/s.exec(error.message);
  if (variable) return { argument: `$${variable[1]}${(variable[2] ?? '').replaceAll(/\[(\d+)\]/g, '.$1')}` };
  const [node] = error.nodes ?? [];
  if (error.source && node?.loc) return placeIn(parsed(error.source), node);
  return {};
}

/** An operation may have a hundred errors, and its document is not told with them. */
const documents = new WeakMap<Source, DocumentNode>();

function parsed(source: Source): DocumentNode {
  const document = documents.get(source) ?? parse(source);
  documents.set(source, document);
  return document;
}

function placeIn(document: DocumentNode, blamed: ASTNode): Place {
  let found: Place = {};
  const { start = 0 } = blamed.loc ?? {};
  visit(document, {
    enter(node, _key, parent, _path, ancestors) {
      if (node.loc && (node.loc.end < start || node.loc.start > start)) return false;
      if (node.kind !== blamed.kind || node.loc?.start !== start) return;
      const around = [...ancestors, parent, node].flatMap((one) => (one && 'kind' in one ? [one] : []));
      const parts = around.flatMap((one, depth) => {
        if (one.kind === 'Argument' || one.kind === 'ObjectField') return [one.name.value];
        const outer = around[depth - 1];
        return outer?.kind === 'ListValue' ? [String(outer.values.findIndex(({ loc }) => loc === one.loc))] : [];
      });
      // Where a fragment is spread, and how often, the place in it does not tell.
      const isInFragment = around.some((one) => one.kind === 'FragmentDefinition');
      const path = around.flatMap((one) => (one.kind === 'Field' ? [(one.alias ?? one.name).value] : []));
      if (parts.length > 0) found = { argument: parts.join('.'), path: isInFragment ? undefined : path };
    },
  });
  return found;
}

/**
 * @param details.possibleRows the paths of lists that the parameter `rows` takes for the operation, one of which has to be
 *   named; for programs that let their reader choose, and left out where there are none
 */
export function refused(
  code: keyof typeof ErrorCode,
  message: string,
  details: { possibleRows?: readonly string[] | undefined } = {},
) {
  return { errors: [{ message, extensions: { code, ...details } }] };
}
