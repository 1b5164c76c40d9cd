import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, type AppOptions, createApp, prepare } from '../../src/app.ts';
import { importSeries } from './one-series.ts';

/** The day on which the tests take place, so that what is "upcoming" never changes. */
export const TODAY = new Date('2026-11-23T12:00:00Z');

/**
 * What decides how fast answers come, as for everybody, but that each operation is compiled when it is asked first, and
 * that nobody asks too often: the test itself keeps the service waiting.
 */
export const SPEED = {
  answerCacheMegabytes: 64,
  cacheMaxAge: 0,
  rateLimit: 0,
  overloadDelay: 0,
  executor: process.env.EXECUTOR === 'graphql-js' ? 'graphql-js' : 'compiled',
} as const;

/** Settings of a service that nobody watches, but for its database. */
export const SETTINGS = {
  port: 0,
  host: '127.0.0.1',
  logLevel: 'silent',
  publicUrl: null,
  traces: false,
  trustProxy: null,
  ...SPEED,
} as const;

type Given = { [Name in keyof AppOptions]?: NonNullable<AppOptions[Name]> } & { only?: string };

export interface TestApp extends App {
  /** The statements run since the last look. */
  takeStatements(): string[];
  folder: string;
}

/**
 * The real application over a database of its own, filled with the shipped dataset.
 * @param options `only`: of the shipped dataset, this series alone
 */
export async function openApp({ only, ...options }: Given = {}): Promise<TestApp> {
  const folder = mkdtempSync(join(tmpdir(), 'expograph-'));
  const databasePath = join(folder, 'expograph.db');
  let statements: string[] = [];
  if (only) importSeries(only, join(folder, 'data'), databasePath, () => TODAY);
  else prepare(databasePath, () => TODAY);
  const app = await createApp({
    ...SETTINGS,
    databasePath,
    // Statements of other threads are not told.
    answersAside: false,
    now: () => TODAY,
    onStatement: (sql) => statements.push(sql),
    ...options,
  });
  return {
    ...app,
    folder,
    takeStatements() {
      const taken = statements;
      statements = [];
      return taken;
    },
    async close() {
      await app.close();
      rmSync(folder, { recursive: true });
    },
  };
}
