import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type DocumentNode,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getOperationAST,
  parse,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { importDataset } from '../../src/dataset/import.ts';
import { SHIPPED_DATASET } from '../../src/dataset/shipped.ts';
import { buildExpographSchema } from '../../src/graphql/schema.ts';
import { preferredLocales } from '../../src/http/locales.ts';
import { type Executor, type ExecutorName, executorOf } from '../../src/select/execute.ts';
import type { SelectContext } from '../../src/select/select.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openReader, openWriter, type Reader, type Statement, type Writer } from '../../src/store/open.ts';
import { SPEED, TODAY } from './app.ts';
import { RICH_NOW, richData } from './rich-data.ts';

/** A database in a folder of its own, and a reader of it. */
export interface World {
  path: string;
  reader: Reader;
  now: () => Date;
  /** The text of every statement that the reader has run, oldest first. */
  statements: string[];
  /** Changes the data in one transaction. */
  write(batch: readonly Statement[]): void;
  /** Closes the reader and removes the folder. */
  close(): void;
}

export interface Answer {
  data: unknown;
  errors: readonly GraphQLFormattedError[] | undefined;
  /** The text of every statement that answered it. */
  statements: string[];
}

/** A small database with ties, nulls and texts in some languages only, wherever the tables allow them. */
export function richWorld(): World {
  return makeWorld(
    () => RICH_NOW,
    (writer) => void writer.run(richData()),
  );
}

/** The same with some hundred editions more, and with records of all kinds that have no text at all. */
export function largeWorld(): World {
  return makeWorld(
    () => RICH_NOW,
    (writer) =>
      void writer.run([
        ...richData(40),
        { sql: "DELETE FROM localized_texts WHERE node_id LIKE '%7' AND field IN ('name', 'text')", params: [] },
      ]),
  );
}

/** The dataset that the package ships, imported. */
export function shippedWorld(now: () => Date = () => TODAY): World {
  return makeWorld(now, (writer) => void importDataset(SHIPPED_DATASET, writer, { now }));
}

/** A migrated database without data. */
export function emptyWorld(): World {
  return makeWorld(
    () => RICH_NOW,
    () => {},
  );
}

function makeWorld(now: () => Date, fill: (writer: Writer) => void): World {
  const folder = mkdtempSync(join(tmpdir(), 'expograph-world-'));
  const path = join(folder, 'world.db');
  migrate(path, { now });
  const writer = openWriter(path);
  fill(writer);
  const statements: string[] = [];
  const reader = openReader(path, { onStatement: (sql) => statements.push(sql) });
  return {
    path,
    reader,
    now,
    statements,
    write: (batch) => void writer.run(batch),
    close() {
      reader.close();
      writer.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

let built: GraphQLSchema | undefined;
const executors = new Map<ExecutorName, Executor>();

/** The executable schema, built once per test file. */
export function schema(): GraphQLSchema {
  built ??= buildExpographSchema();
  return built;
}

/** Parsed and valid operations, kept as a server keeps them: plans hang on them. */
const documents = new LRUCache<string, DocumentNode>({ max: 3_000 });

/** @throws GraphQLError when it is no GraphQL, or does not fit the schema */
export function documentOf(query: string): DocumentNode {
  const known = documents.get(query);
  if (known) return known;
  const document = parse(query);
  const [problem] = validate(schema(), document);
  if (problem) throw problem;
  documents.set(query, document);
  return document;
}

/**
 * Asks in this process, with no server between.
 * @throws GraphQLError when the operation is not valid; errors of its execution are in the answer
 */
export async function ask(
  world: Pick<World, 'reader' | 'now' | 'statements'>,
  query: string,
  variables?: Record<string, unknown>,
  acceptLanguage?: string,
  executorName: ExecutorName = SPEED.executor,
): Promise<Answer> {
  const before = world.statements.length;
  const document = documentOf(query);
  const executor = executors.get(executorName) ?? executorOf(schema(), executorName);
  executors.set(executorName, executor);
  const operation = getOperationAST(document) ?? undefined;
  const context = contextOf(world, acceptLanguage);
  const { data, errors } = await executor.execute({ document, operation, variables, context }, query);
  return {
    data: plain(data),
    errors: errors?.map((error) => error.toJSON()),
    statements: world.statements.slice(before),
  };
}

/** What a request is answered with that came without HTTP. */
export function contextOf({ reader, now }: Pick<World, 'reader' | 'now'>, acceptLanguage?: string): SelectContext {
  return { reader, now, locales: preferredLocales(acceptLanguage), baseUrl: null };
}

/** What a client reads: without prototypes, and without what JSON does not carry. */
export function plain(data: unknown): unknown {
  return data === undefined ? undefined : JSON.parse(JSON.stringify(data));
}
