import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { textOf } from './ask.ts';
import type { Data } from './data.ts';
import { type Load, requestsPerSecond } from './load.ts';
import { questionText } from './questions.ts';
import { type Effort, type Figure, type Findings, missing, ratio } from './run.ts';
import { startScript, startService } from './server.ts';

const SAME_BYTES = {
  name: '(a) from the answer cache: service / node:http with the same bytes',
  bar: { atLeast: 0.7 },
};
const UNCHANGED = { name: '304: service / node:http with an empty 304', bar: { atLeast: 0.6 } };

/** Measures what the service answers from its cache of answers, beside a server that does nothing but send. */
export async function measureCache(data: Data, effort: Effort): Promise<Findings> {
  const folder = mkdtempSync(join(tmpdir(), 'expograph-bench-'));
  const service = await startService(await data.database('middle'), { isCached: true });
  try {
    const url = `${service.origin}/graphql`;
    const operation = { query: questionText('fairs'), variables: { first: 20 } };
    const bytes = join(folder, 'answer.json');
    writeFileSync(bytes, await textOf(url, operation));
    const sender = await startScript('bytes', bytes);
    try {
      const body = JSON.stringify(operation);
      const same = await compare({ url, body }, { url: sender.origin, body }, effort);
      const figures: Figure[] = [ratio(SAME_BYTES.name, same.service, same.sender, SAME_BYTES.bar)];

      const parameters = new URLSearchParams({
        query: operation.query,
        variables: JSON.stringify(operation.variables),
      });
      const known = `/graphql?${parameters}`;
      const tag = (await fetch(service.origin + known)).headers.get('etag');
      const headers = { 'if-none-match': tag ?? '' };
      const again = tag ? await fetch(service.origin + known, { headers }) : undefined;
      if (again?.status !== 304)
        return { figures: [...figures, missing(UNCHANGED.name, UNCHANGED.bar, 'not available')], raw: { same } };
      const unchanged = await compare(
        { url: service.origin + known, headers },
        { url: sender.origin + known, headers },
        effort,
      );
      figures.push(ratio(UNCHANGED.name, unchanged.service, unchanged.sender, UNCHANGED.bar));
      return { figures, raw: { same, unchanged } };
    } finally {
      await sender.close();
    }
  } finally {
    await service.close();
    rmSync(folder, { recursive: true });
  }
}

/** @returns requests per second of both, round by round */
async function compare(service: Load, sender: Load, effort: Effort): Promise<{ service: number[]; sender: number[] }> {
  const rates: { service: number[]; sender: number[] } = { service: [], sender: [] };
  for (let round = 0; round < effort.rounds; round += 1) {
    rates.service.push(await requestsPerSecond(service, effort));
    rates.sender.push(await requestsPerSecond(sender, effort));
  }
  return rates;
}
