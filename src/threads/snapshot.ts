import type { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import type { Freshness } from '../graphql/freshness.ts';
import { programOf } from './program.ts';

/** The whole of the data at one moment. */
export interface Snapshot {
  freshness: Freshness;
  /** As JSON Lines. Destroyed, it lets go of that moment. */
  text: Readable;
}

/** What the thread is told. */
export interface Exporting {
  databasePath: string;
  now: Date;
}

/**
 * Has a thread of its own write the data out while it may change.
 * @throws what the thread throws before it begins to write; what it throws later destroys the text
 */
export async function openSnapshot(databasePath: string, now: Date): Promise<Snapshot> {
  const workerData: Exporting = { databasePath, now };
  const worker = new Worker(programOf('exporting'), { workerData, stdout: true });
  const text = worker.stdout;
  const freshness = await new Promise<Freshness>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The thread that exports ended before it began.')));
  });
  worker.on('error', (error) => text.destroy(error));
  text.once('close', () => void worker.terminate());
  return { freshness, text };
}
