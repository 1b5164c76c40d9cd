import { join } from 'node:path';
import { ask, type Operation } from './ask.ts';
import { importInto } from './data.ts';
import { builtFile, type Effort, type Findings, ratio } from './run.ts';
import { type Server, startScript, startService } from './server.ts';

const STARTS = 7;

/**
 * Measures the time from the start of a process to its first answer, beside the smallest Apollo Server on Fastify.
 * @param folder where files may be made
 */
export async function measureStart(folder: string, effort: Effort): Promise<Findings> {
  const database = join(folder, 'shipped.db');
  await importInto(database, builtFile('data'));
  const raw: { service: number[]; smallest: number[] } = { service: [], smallest: [] };
  const [service, smallest]: [Operation, Operation] = [{ query: '{ service { version } }' }, { query: '{ hello }' }];
  // The first of each, which reads its files from the disk, is not counted.
  for (let start = 0; start <= (effort.isQuick ? 3 : STARTS); start += 1) {
    const ours = await timed(() => startService(database, { isCached: true }), service);
    const theirs = await timed(() => startScript('peers/smallest'), smallest);
    if (start === 0) continue;
    raw.service.push(ours);
    raw.smallest.push(theirs);
  }
  const name = 'start to first answer: service / the smallest Apollo Server on Fastify';
  return { figures: [ratio(name, raw.service, raw.smallest, { atMost: 1.5 })], raw };
}

/** @returns milliseconds */
async function timed(begin: () => Promise<Server>, operation: Operation): Promise<number> {
  const start = performance.now();
  const server = await begin();
  await ask(`${server.origin}/graphql`, operation);
  const time = performance.now() - start;
  await server.close();
  return time;
}
