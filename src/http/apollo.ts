import { setImmediate } from 'node:timers/promises';
import {
  ApolloServer,
  type ApolloServerOptionsWithGateway,
  type ApolloServerPlugin,
  type GraphQLResponse,
  HeaderMap,
  type HTTPGraphQLRequest,
} from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { FastifyBaseLogger } from 'fastify';
import {
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getOperationAST,
  parse,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { type AnswerAside, type Asked, type Executor, type ExecutorName, executorOf } from '../select/execute.ts';
import { LIMITS, tooCostly, tooManyTokens, tooMuchOf } from '../select/limits.ts';
import type { SelectContext } from '../select/select.ts';
import type { AskedOperation } from './asked.ts';
import { isTooDeep, masked } from './errors.ts';
import type { RequestedQuestion } from './formats.ts';

/** What a request is answered with, and where its errors are logged. */
export interface RequestContext extends SelectContext {
  log: FastifyBaseLogger;
  requestId: string;
  /** What the log will tell of it; undefined where nothing was asked by a request itself. */
  asked?: AskedOperation | undefined;
  /** Whether nobody waits for the answer any more. */
  isGone?(): boolean;
}

/** So many operations are known with what was compiled of them, of so many characters together. */
const KEPT_DOCUMENTS = 300;
const KEPT_CHARACTERS = 1_000_000;

/** An operation that is new waits so long for its turn at most, in milliseconds. */
const LONGEST_WAIT = 5_000;
const OVERLOADED: GraphQLFormattedError = {
  message: 'Too many new operations are asked at once; ask again in some seconds.',
  extensions: { code: 'OVERLOADED' },
};

/** Logs what is masked, and gives the answer the id that finds it. */
const errorLog: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async didEncounterErrors({ errors, contextValue, operationName }) {
        for (const error of errors) {
          const cause = error.originalError ?? error;
          if (!(cause instanceof GraphQLError) && !isTooDeep(cause))
            contextValue.log.error({ err: cause, operationName, path: error.path }, 'internal error');
        }
      },
      async willSendResponse({ response, contextValue }) {
        if (response.body.kind !== 'single') return;
        for (const error of response.body.singleResult.errors ?? [])
          if (error.extensions?.code === 'INTERNAL_SERVER_ERROR') error.extensions.requestId = contextValue.requestId;
      },
    };
  },
};

/** Refuses what asks for too much, before any of it is executed, and says what it asks for where that is wanted. */
const costLimit = ({ costOf }: Pick<Executor, 'costOf'>): ApolloServerPlugin<RequestContext> => ({
  async requestDidStart() {
    let requested: number | undefined;
    return {
      async didResolveOperation({ document, operation, request: { variables }, contextValue }) {
        const cost = costOf({ document, operation, variables, context: contextValue });
        requested = cost?.requested;
        if (contextValue.asked && requested !== undefined) contextValue.asked.cost = requested;
        const refused = cost && tooCostly(cost);
        if (!refused) return;
        // Apollo would answer 500.
        Object.assign(refused.extensions, { http: { status: 400, headers: new HeaderMap() } });
        throw refused;
      },
      async willSendResponse({ response: { body }, request: { extensions } }) {
        if (extensions?.cost !== true || requested === undefined || body.kind !== 'single') return;
        body.singleResult.extensions = { cost: { requested, limit: LIMITS.maxCost } };
      },
    };
  },
});

/** Apollo, and the way past it for what it has seen before. */
export interface Graphql {
  apollo: ApolloServer<RequestContext>;
  /** Has a question answered by Apollo, unless it is too large to look at. */
  ask(question: AskedOfApollo, context: RequestContext): Promise<GraphQLResponse>;
  /** @returns why an operation is too large to be validated, as an answer tells it; undefined where it is not, or cannot be read */
  tooLarge(query: string): GraphQLFormattedError | undefined;
  /**
   * Answers at once an operation that Apollo has parsed and found valid before, and that meets no error.
   * @returns the JSON that is sent; undefined where Apollo has to be asked
   */
  answerKnown(question: RequestedQuestion, context: RequestContext): string | undefined;
}

/** A question, with what of HTTP decides about its answer. */
export type AskedOfApollo = RequestedQuestion & { http?: HTTPGraphQLRequest; extensions?: Record<string, unknown> };

/**
 * @param executorName which operations are compiled
 * @param aside answers what would keep everybody waiting
 */
export function graphqlOver(schema: GraphQLSchema, executorName: ExecutorName, aside?: AnswerAside): Graphql {
  const executor = executorOf(schema, executorName, aside);
  const valid = new LRUCache<string, DocumentNode>({
    max: KEPT_DOCUMENTS,
    maxSize: KEPT_CHARACTERS,
    sizeCalculation: (_document, source) => source.length,
  });
  let last: Promise<unknown> = Promise.resolve();
  /** What is new takes long to validate and to plan: one is, and then whoever else came has a turn. */
  const turn = () => {
    // In the second round it is heard whether the client is gone.
    last = last.then(() => setImmediate()).then(() => setImmediate());
    return last;
  };
  const tooLarge = (query: string): GraphQLFormattedError | undefined => {
    if (valid.has(query)) return undefined;
    try {
      const error = tooMuchOf(parse(query, { maxTokens: LIMITS.maxTokens }));
      return error && masked(error.toJSON(), error);
    } catch (error) {
      // Of all else Apollo says best what is wrong with it.
      if (!(error instanceof GraphQLError && /more that \d+ tokens/.test(error.message))) return undefined;
      const tooMany = tooManyTokens();
      return masked(tooMany.toJSON(), tooMany);
    }
  };
  const apollo = new ApolloServer<RequestContext>({
    gateway: gatewayTo(schema, async (asked, source) => {
      valid.set(source, asked.document);
      return withStatus(await executor.execute(asked, source));
    }),
    introspection: true,
    // Reads are public and carry no cookies: plain GET queries must work, and there is nothing to forge.
    csrfPrevention: false,
    persistedQueries: false,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: LIMITS.maxTokens },
    formatError: masked,
    plugins: [
      // It instruments every field, which halves the throughput.
      ApolloServerPluginCacheControlDisabled(),
      // It loads from a CDN.
      ApolloServerPluginLandingPageDisabled(),
      // An APOLLO_KEY in the environment would switch these on.
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      errorLog,
      costLimit(executor),
    ],
  });
  return {
    apollo,
    tooLarge,
    async ask(question, contextValue) {
      const refusing = (error: GraphQLFormattedError, status: number, headers = new HeaderMap()): GraphQLResponse => ({
        http: { status, headers },
        body: { kind: 'single', singleResult: { errors: [error] } },
      });
      const error = tooLarge(question.query);
      if (error) return refusing(error, 400);
      if (!valid.has(question.query)) {
        const began = performance.now();
        await turn();
        if (contextValue.isGone?.() || performance.now() - began > LONGEST_WAIT)
          return refusing(OVERLOADED, 503, new HeaderMap([['retry-after', RETRY_AFTER]]));
      }
      return apollo.executeOperation(question, { contextValue });
    },
    answerKnown({ query, operationName, variables }, context) {
      const document = valid.get(query);
      const operation = document && getOperationAST(document, operationName);
      if (!operation) return undefined;
      const asked = { document, operation, operationName, variables, context };
      return executor.writeCompiled(asked, (requested) => {
        if (context.asked) context.asked.cost = requested;
      });
    },
  };
}

/** So many seconds after it was told that it is too much, a client should ask again. */
export const RETRY_AFTER = '5';

/** What could not be answered now, HTTP tells by its status; what takes too long is as little of use as what costs too much. */
function withStatus(result: ExecutionResult): ExecutionResult {
  for (const error of result.errors ?? []) {
    // What graphql-js cannot follow it gives as it was thrown.
    const extensions = error instanceof GraphQLError ? error.extensions : {};
    if (extensions.code === 'OVERLOADED')
      Object.assign(extensions, { http: { status: 503, headers: new HeaderMap([['retry-after', RETRY_AFTER]]) } });
    if (extensions.code === 'OPERATION_TIMEOUT')
      Object.assign(extensions, { http: { status: 400, headers: new HeaderMap() } });
  }
  return result;
}

type GatewayInterface = ApolloServerOptionsWithGateway<RequestContext>['gateway'];

const isContext = (given: object): given is RequestContext => 'reader' in given;

/** Apollo's way to be given an executor. It says that it is for gateways, and asks no more of it than this. */
function gatewayTo(
  schema: GraphQLSchema,
  execute: (asked: Asked, source: string) => Promise<ExecutionResult>,
): GatewayInterface {
  let schemaIsLoaded: Parameters<GatewayInterface['onSchemaLoadOrUpdate']>[0] | undefined;
  return {
    onSchemaLoadOrUpdate(callback) {
      schemaIsLoaded = callback;
      return () => {};
    },
    async load() {
      schemaIsLoaded?.({ apiSchema: schema, coreSupergraphSdl: '' });
      return {
        async executor({ document, source, operation, request: { operationName, variables }, context }) {
          if (!isContext(context)) throw new TypeError('The request has no reader.');
          return execute({ document, operation, operationName, variables, context }, source);
        },
      };
    },
    async stop() {},
  };
}
