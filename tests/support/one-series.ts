import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { importDataset } from '../../src/dataset/import.ts';
import { SHIPPED_DATASET } from '../../src/dataset/shipped.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openWriter } from '../../src/store/open.ts';

/** The World Manufacturing Convention and its nine editions. */
export const WMC = 'world-manufacturing-convention';

/** Copies of the shipped dataset one series, and what all of them share. */
export function copySeries(slug: string, data: string): void {
  for (const folder of ['conventions', 'sources']) mkdirSync(join(data, folder), { recursive: true });
  for (const path of [
    ...[`conventions/${slug}.yaml`, `sources/${slug}.yaml`],
    ...['places.yaml', 'organizations.yaml', 'speakers.yaml'],
  ])
    cpSync(join(SHIPPED_DATASET, path), join(data, path));
}

/**
 * Makes a database of one series of the shipped dataset, so that what there is can be counted at a glance.
 * @param data the folder that its files are copied to
 */
export function importSeries(slug: string, data: string, databasePath: string, now: () => Date): void {
  copySeries(slug, data);
  migrate(databasePath);
  const writer = openWriter(databasePath);
  importDataset(data, writer, { now });
  writer.close();
}
