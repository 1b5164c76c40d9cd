import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { exportDataset } from '../dataset/export.ts';
import { writeDataset } from '../dataset/write.ts';
import { freshnessOf } from '../graphql/freshness.ts';
import { openReader } from '../store/open.ts';
import type { Exporting } from './snapshot.ts';

/** Says how fresh the data is, and then writes all of it, as it was at that moment, as fast as it is read. */
const { databasePath, now }: Exporting = workerData;
const reader = openReader(databasePath, { isSnapshot: true });
try {
  parentPort?.postMessage(freshnessOf(reader)(now));
  for (const piece of writeDataset(exportDataset(reader), 'jsonl'))
    if (!process.stdout.write(piece)) await once(process.stdout, 'drain');
} finally {
  reader.close();
}
