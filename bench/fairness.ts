import { getIntrospectionQuery } from 'graphql';
import { ask, type Operation, textOf } from './ask.ts';
import type { Data } from './data.ts';
import { wordOf } from './generate.ts';
import { questionText } from './questions.ts';
import { type Effort, type Findings, ratio, shown } from './run.ts';
import { startService } from './server.ts';

/** So many clients ask what is worst, each again as soon as it is answered or refused. */
const GREEDY = 8;

const commonest = wordOf(0)[0];

/** What costs the service the most of what it allows: each is answered, or broken off after `service.limits.maxSeconds`. */
const WORST: readonly Operation[] = [
  { query: questionText('search'), variables: { query: commonest } },
  {
    query:
      '{ editions(where: { not: { convention: { name: { contains: "q" } } } }) { totalCount facets(by: [CITY, CONVENTION, COUNTRY, STATUS, YEAR]) { buckets { label count } } } }',
  },
  {
    query:
      '{ signedProjectTotals(input: { groupBy: [YEAR, CITY] }) { groups { projects investment editions } total { counted { id } excluded { reason } } } }',
  },
  {
    query:
      '{ editions(first: 100, orderBy: [{ field: NAME, direction: DESC }]) { nodes { name themes { text citations { source { title } } } exhibitionAreas(first: 10) { nodes { name focus } } speakers(first: 20) { nodes { title speaker { name } affiliation { name } } } signedProjectStatistics(first: 10) { nodes { projects { text } investment { text } citations { source { title } } } } } } }',
  },
  { query: getIntrospectionQuery() },
];

/** Asked again and again, one after the other, while the others are. */
const CHEAP: Operation = { query: '{ service { name } editions(first: 1) { nodes { slug year } } }' };

/**
 * Measures how long a cheap question takes while others ask the worst that is allowed, beside how long it takes alone;
 * without a cache of answers, in turns.
 */
export async function measureFairness(data: Data, effort: Effort): Promise<Findings> {
  const editions = data.editions('middle').toLocaleString('en');
  const service = await startService(await data.database('middle'), { isCached: false });
  const url = `${service.origin}/graphql`;
  try {
    const raw: Record<'alone' | 'beside', { p50: number; p99: number; longest: number }[]> = { alone: [], beside: [] };
    for (const operation of WORST) await ask(url, operation);
    await takenBy(url, effort.warmUp);
    for (let round = 0; round < effort.rounds; round += 1) {
      raw.alone.push(await takenBy(url, effort.seconds * 2));
      let isOver = false;
      const greedy = Array.from({ length: GREEDY }, async (_, client) => {
        for (let turn = client; !isOver; turn += 1) await textOf(url, WORST[turn % WORST.length] ?? CHEAP);
      });
      raw.beside.push(await takenBy(url, effort.seconds * 2));
      isOver = true;
      await Promise.all(greedy);
    }
    const figures = (['p50', 'p99', 'longest'] as const).map((name) => {
      const [beside, alone] = [raw.beside, raw.alone].map((rounds) => rounds.map((round) => round[name]));
      const said = `${beside?.map(shown).join(', ')} ms, alone ${alone?.map(shown).join(', ')} ms`;
      const title = `${name} of a cheap question at ${editions} editions while ${GREEDY} clients ask the worst / alone`;
      return ratio(title, beside ?? [], alone ?? [], undefined, said);
    });
    return { figures, raw };
  } finally {
    await service.close();
  }
}

/** @returns how long answers took, in milliseconds */
async function takenBy(url: string, seconds: number): Promise<{ p50: number; p99: number; longest: number }> {
  const times: number[] = [];
  const end = performance.now() + seconds * 1_000;
  while (performance.now() < end || times.length < 100) {
    const start = performance.now();
    await ask(url, CHEAP);
    times.push(performance.now() - start);
  }
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99), longest: at(1) };
}
