import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, type AppOptions, createApp, prepare } from '../../src/app.ts';
import { importDataset } from '../../src/dataset/import.ts';
import { SHIPPED_DATASET } from '../../src/dataset/shipped.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openWriter } from '../../src/store/open.ts';

/** The day on which the tests take place, so that what is "upcoming" never changes. */
export const TODAY = new Date('2026-11-23T12:00:00Z');

export interface TestApp extends App {
  /** The statements run since the last look. */
  takeStatements(): string[];
  folder: string;
}

/** Imports of the shipped dataset one series alone, so that what there is can be counted at a glance. */
function importOne(slug: string, folder: string, databasePath: string): void {
  const data = join(folder, 'data');
  for (const path of [`conventions/${slug}.yaml`, `sources/${slug}.yaml`]) {
    mkdirSync(join(data, path, '..'), { recursive: true });
    cpSync(join(SHIPPED_DATASET, path), join(data, path));
  }
  for (const path of ['places.yaml', 'organizations.yaml', 'speakers.yaml'])
    cpSync(join(SHIPPED_DATASET, path), join(data, path));
  migrate(databasePath);
  const writer = openWriter(databasePath);
  importDataset(data, writer, { now: () => TODAY });
  writer.close();
}

/** The World Manufacturing Convention and its nine editions. */
export const WMC = 'world-manufacturing-convention';

/**
 * The real application over a database of its own, filled with the shipped dataset.
 * @param options `only`: of the shipped dataset, this series alone
 */
export async function openApp({ only, ...options }: Partial<AppOptions> & { only?: string } = {}): Promise<TestApp> {
  const folder = mkdtempSync(join(tmpdir(), 'expograph-'));
  const databasePath = join(folder, 'expograph.db');
  let statements: string[] = [];
  if (only) importOne(only, folder, databasePath);
  else prepare(databasePath, () => TODAY);
  const app = await createApp({
    port: 0,
    host: '127.0.0.1',
    databasePath,
    logLevel: 'silent',
    publicUrl: null,
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
