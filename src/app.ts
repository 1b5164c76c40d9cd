import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import type { ExecutionResult, GraphQLSchema } from 'graphql';
import { type ImportResult, importDataset } from './dataset/import.ts';
import { SHIPPED_DATASET } from './dataset/shipped.ts';
import { buildExpographSchema } from './graphql/schema.ts';
import { graphqlOver } from './http/apollo.ts';
import type { Deadlines } from './http/connections.ts';
import { preferredLocales } from './http/locales.ts';
import { openMetrics, processRegistry } from './http/metrics.ts';
import { httpServer } from './http/server.ts';
import type { Settings } from './settings.ts';
import { checkSchema, isAtSchema, type MigrationResult, migrate } from './store/migrate.ts';
import { mayOnlyBeRead, openReader, openWriter, type StatementWatch } from './store/open.ts';
import { checkSearch } from './store/search.ts';
import { openSnapshot } from './threads/snapshot.ts';
import { openThreads } from './threads/threads.ts';

/** What was built for browsers: seen from dist, from src and from the bundled command. */
const builtFolder = (name: string): string =>
  ['web', '../dist/web', '../web']
    .map((path) => fileURLToPath(new URL(`${path}/${name}`, import.meta.url)))
    .find((folder) => existsSync(`${folder}/assets`)) ?? resolve('dist/web', name);

/** So many connections may wait to be taken in; the system allows fewer where it is set so. */
const WAITING_CONNECTIONS = 4_096;

export interface AppOptions extends Settings {
  /** The clock: what "today" is. */
  now?: () => Date;
  /** Is told of every statement that answers a request. */
  onStatement?: StatementWatch;
  /** How long a client may take to ask and to read; as `serve` has it unless given. */
  deadlines?: Deadlines;
  /** Whether what takes long is answered by other threads, and broken off after a while; true unless told. */
  answersAside?: boolean;
  /** Where the log goes; standard error unless given. */
  logStream?: NodeJS.WritableStream;
}

export interface Question {
  query: string;
  variables?: Record<string, unknown>;
  operationName?: string;
  /** As the header of that name: which languages are preferred. */
  acceptLanguage?: string;
}

export interface App {
  server: FastifyInstance;
  /** What can be asked. */
  schema: GraphQLSchema;
  /** Answers an operation in this process, without a port. */
  query(question: Question): Promise<ExecutionResult>;
  /** Starts to serve on the settings' host and port. */
  listen(): Promise<{ url: string }>;
  close(): Promise<void>;
}

/**
 * Puts the service together over a database that is migrated.
 * @throws StoreError when the database cannot be opened, is not at the schema of this version, or cannot be searched
 */
export async function createApp(options: AppOptions): Promise<App> {
  const { now = () => new Date(), onStatement, answersAside = true, logStream = process.stderr } = options;
  const migrations = checkSchema(options.databasePath);
  checkSearch(options.databasePath);
  const metrics = openMetrics();
  // Its libraries take longer to load than all of ours.
  const traces = options.traces
    ? (await import('./http/traces.ts')).openTraces((problem) => server.log.warn({ problem }, 'traces cannot be sent'))
    : undefined;
  const reader = openReader(options.databasePath, {
    onStatement(sql, milliseconds) {
      metrics.statementEnded(milliseconds);
      traces?.statementEnded(sql, milliseconds);
      onStatement?.(sql, milliseconds);
    },
  });
  const schema = buildExpographSchema();
  const threads = openThreads(
    { databasePath: options.databasePath, executor: options.executor },
    {
      onEnded: metrics.asideEnded,
      onError: (error) => server.log.error({ err: error }, 'a thread ended'),
    },
  );
  const graphql = graphqlOver(schema, options.executor, answersAside ? threads.answer : undefined);
  const base = { reader, now };
  await graphql.apollo.start();
  const { server, close } = await httpServer({
    graphql,
    schema,
    base,
    publicUrl: options.publicUrl,
    cacheBytes: options.answerCacheMegabytes * 1_000_000,
    maxAge: options.cacheMaxAge,
    rateLimit: options.rateLimit,
    overloadDelay: options.overloadDelay,
    trustProxy: options.trustProxy,
    deadlines: options.deadlines,
    logLevel: options.logLevel,
    logStream,
    playgroundFolder: builtFolder('playground'),
    siteFolder: builtFolder('site'),
    openSnapshot: () => openSnapshot(options.databasePath, now()),
    databasePath: options.databasePath,
    checks: {
      database() {
        reader.value('SELECT count(*) FROM dataset', []);
        return null;
      },
      schema: () =>
        isAtSchema(reader, migrations) ? null : 'Another version has migrated the database; start that one instead.',
    },
    metrics,
    traces,
  });

  return {
    server,
    schema,
    async query({ acceptLanguage, ...request }) {
      const contextValue = {
        ...base,
        baseUrl: options.publicUrl,
        locales: preferredLocales(acceptLanguage),
        log: server.log,
        requestId: 'local',
      };
      const { body } = await graphql.ask(request, contextValue);
      if (body.kind !== 'single') throw new TypeError('The answer came in parts.');
      return body.singleResult as ExecutionResult;
    },
    async listen() {
      processRegistry();
      const url = await server.listen({ port: options.port, host: options.host, backlog: WAITING_CONNECTIONS });
      return { url };
    },
    async close() {
      await close();
      await graphql.apollo.stop();
      await threads.close();
      reader.close();
      await traces?.close();
    },
  };
}

/**
 * Makes the database fit to be served: migrated, and filled with the shipped dataset when it is empty. One that may only
 * be read is left as it is.
 * @returns what was done; `imported` is null when there was data already
 * @throws StoreError, DatasetError
 */
export function prepare(
  databasePath: string,
  now: () => Date,
): { migrated: MigrationResult; imported: ImportResult | null } {
  if (mayOnlyBeRead(databasePath)) return { migrated: { applied: [], backup: null }, imported: null };
  const migrated = migrate(databasePath);
  const writer = openWriter(databasePath);
  try {
    const isEmpty = writer.rows('SELECT 1 FROM nodes LIMIT 1', []).length === 0;
    return { migrated, imported: isEmpty ? importDataset(SHIPPED_DATASET, writer, { now }) : null };
  } finally {
    writer.close();
  }
}
