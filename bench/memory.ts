import { existsSync, readFileSync } from 'node:fs';
import type { Operation } from './ask.ts';
import type { Data } from './data.ts';
import { wordOf } from './generate.ts';
import { requests } from './load.ts';
import { questionText } from './questions.ts';
import { type Effort, type Findings, missing } from './run.ts';
import { startService } from './server.ts';

const REQUESTS = 300_000;
const QUICK_REQUESTS = 20_000;
const BAR = { atMost: 1.05 };
const MILLISECONDS_BETWEEN = 250;
/** As many as the smallest database has. */
const CITIES = 16;

/** Measures the memory of the service, with its cache of answers, under operations and variables none of which comes again. */
export async function measureMemory(data: Data, effort: Effort): Promise<Findings> {
  const amount = effort.isQuick ? QUICK_REQUESTS : REQUESTS;
  const name = `memory after ${amount.toLocaleString('en')} different requests: most of the last tenth / most of the second`;
  if (process.platform !== 'linux') return { figures: [missing(name, BAR, 'not available')] };
  const editions = data.editions('small');
  const service = await startService(await data.database('small'), { isCached: true });
  try {
    let [asked, answered] = [0, 0];
    const samples: { answered: number; megabytes: number }[] = [];
    const sample = () => {
      const megabytes = memoryOf(service.pid);
      if (megabytes !== undefined) samples.push({ answered, megabytes });
    };
    const clock = setInterval(sample, MILLISECONDS_BETWEEN);
    const next = () => JSON.stringify(different(asked++, editions));
    try {
      await requests({ url: `${service.origin}/graphql`, body: next }, amount, () => {
        answered += 1;
      });
    } finally {
      clearInterval(clock);
    }
    sample();
    const most = (tenth: number) =>
      Math.max(
        ...samples
          .filter((one) => Math.min(9, Math.floor((one.answered * 10) / amount)) === tenth)
          .map(({ megabytes }) => megabytes),
      );
    const remark = `${Math.round(most(1))} MB, then ${Math.round(most(9))} MB`;
    const figure = { name, value: most(9) / most(1), unit: '', bar: BAR, remark };
    return { figures: [figure], raw: { samples } };
  } finally {
    await service.close();
  }
}

/** The memory that a process holds, in MB; undefined when it has ended. */
function memoryOf(pid: number): number | undefined {
  const status = `/proc/${pid}/status`;
  if (!existsSync(status)) return undefined;
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(status, 'utf8'))?.[1]) / 1_024;
}

const [fair, filtered, search] = ['fair', 'filtered', 'search'].map(questionText);

/** The operation of a number: each is another, by its aliases or by its variables. */
function different(number: number, editions: number): Operation {
  const turn = Math.floor(number / 5);
  const year = 2010 + (turn % 10);
  const slug = `convention-${Math.floor(turn / 10) % Math.floor(editions / 10)}-${year}`;
  switch (number % 5) {
    case 0:
      return { query: `{ list${turn}: editions(first: ${1 + (turn % 5)}) { nodes { slug name themes { text } } } }` };
    case 1:
      return { query: renamed(fair, turn), variables: { slug } };
    case 2:
      return {
        query: `query ($slug: String!) { edition(slug: $slug) { slug name city { name } } }`,
        variables: { slug },
      };
    case 3:
      return { query: renamed(filtered, turn), variables: { city: `City ${turn % CITIES}` } };
    default:
      return {
        query: search ?? '',
        variables: {
          query: `${wordOf(100 + (turn % 19_000))[0]} ${wordOf(100 + Math.floor(turn / 19_000))[turn % 2]}`,
        },
      };
  }
}

/** The same operation under another name, which makes it another text. */
const renamed = (query = '', turn = 0) => query.replace(/^query (\w+)/, `query $1${turn}`);
