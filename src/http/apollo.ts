import { ApolloServer, type ApolloServerOptionsWithGateway, type ApolloServerPlugin } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { FastifyBaseLogger } from 'fastify';
import { type DocumentNode, type ExecutionResult, GraphQLError, type GraphQLSchema, getOperationAST } from 'graphql';
import { LRUCache } from 'lru-cache';
import { MAX_TOKENS } from '../graphql/service.ts';
import { type Asked, type ExecutorName, executorOf } from '../select/execute.ts';
import type { SelectContext } from '../select/select.ts';
import { isTooDeep, masked } from './errors.ts';
import type { RequestedQuestion } from './formats.ts';

/** What a request is answered with, and where its errors are logged. */
export interface RequestContext extends SelectContext {
  log: FastifyBaseLogger;
  requestId: string;
}

/** So many operations are known with what was compiled of them, of so many characters together. */
const KEPT_DOCUMENTS = 500;
const KEPT_CHARACTERS = 1_000_000;

/** Logs what is masked, and gives the answer the id that finds it. */
const errorLog: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async didEncounterErrors({ errors, contextValue, operationName }) {
        for (const error of errors) {
          const cause = unwrapResolverError(error);
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

/** Apollo, and the way past it for what it has seen before. */
export interface Graphql {
  apollo: ApolloServer<RequestContext>;
  /**
   * Answers at once an operation that Apollo has parsed and found valid before, and that meets no error.
   * @returns the JSON that is sent; undefined where Apollo has to be asked
   */
  answerKnown(question: RequestedQuestion, context: RequestContext): string | undefined;
}

/** @param executorName which operations are compiled */
export function graphqlOver(schema: GraphQLSchema, executorName: ExecutorName): Graphql {
  const executor = executorOf(schema, executorName);
  const valid = new LRUCache<string, DocumentNode>({
    max: KEPT_DOCUMENTS,
    maxSize: KEPT_CHARACTERS,
    sizeCalculation: (_document, source) => source.length,
  });
  const apollo = new ApolloServer<RequestContext>({
    gateway: gatewayTo(schema, async (asked, source) => {
      valid.set(source, asked.document);
      return executor.execute(asked);
    }),
    introspection: true,
    // Reads are public and carry no cookies: plain GET queries must work, and there is nothing to forge.
    csrfPrevention: false,
    persistedQueries: false,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: MAX_TOKENS },
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
    ],
  });
  return {
    apollo,
    answerKnown({ query, operationName, variables }, context) {
      const document = valid.get(query);
      const operation = document && getOperationAST(document, operationName);
      return operation ? executor.writeCompiled({ document, operation, operationName, variables, context }) : undefined;
    },
  };
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
