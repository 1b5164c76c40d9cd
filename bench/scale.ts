import { ask, at, type Operation } from './ask.ts';
import type { Data } from './data.ts';
import { requestsPerSecond } from './load.ts';
import { questionText } from './questions.ts';
import { type Effort, type Figure, type Findings, ratio } from './run.ts';
import { startService } from './server.ts';

const BAR = { atLeast: 0.85 };
const PAGE = 20;

const PAGE_QUESTION = `query Page($after: String) {
  editions(first: ${PAGE}, after: $after) {
    nodes { slug name startDate }
    pageInfo { hasNextPage endCursor }
  }
}`;

const QUESTIONS: readonly { title: string; operation: Operation }[] = [
  { title: '(a)', operation: { query: questionText('fairs'), variables: { first: PAGE } } },
  { title: '(b)', operation: { query: questionText('fair'), variables: { slug: 'convention-100-2014' } } },
  { title: '(c)', operation: { query: questionText('names') } },
];

/** Measures two services over databases of a hundredfold difference, which take turns; neither has a cache of answers. */
export async function measureScale(data: Data, effort: Effort): Promise<Findings> {
  const [few, many] = [data.editions('small'), data.editions('large')].map((editions) => editions.toLocaleString('en'));
  const small = await startService(await data.database('small'), { isCached: false });
  const large = await startService(await data.database('large'), { isCached: false });
  try {
    const raw: Record<string, { large: number[]; small: number[] } | { last: number[]; first: number[] }> = {};
    const rate = (origin: string, operation: Operation) =>
      requestsPerSecond({ url: `${origin}/graphql`, body: JSON.stringify(operation) }, effort);
    const figures: Figure[] = [];
    for (const { title, operation } of QUESTIONS) {
      const rates: { large: number[]; small: number[] } = { large: [], small: [] };
      for (let round = 0; round < effort.rounds; round += 1) {
        rates.large.push(await rate(large.origin, operation));
        rates.small.push(await rate(small.origin, operation));
      }
      raw[title] = rates;
      figures.push(ratio(`${title} at ${many} editions / at ${few}`, rates.large, rates.small, BAR));
    }
    const after = await lastPage(large.origin);
    const pages: { last: number[]; first: number[] } = { last: [], first: [] };
    for (let round = 0; round < effort.rounds; round += 1) {
      pages.last.push(await rate(large.origin, { query: PAGE_QUESTION, variables: { after } }));
      pages.first.push(await rate(large.origin, { query: PAGE_QUESTION, variables: { after: null } }));
    }
    raw.pages = pages;
    const count = (data.editions('large') / PAGE).toLocaleString('en');
    figures.push(ratio(`the last of ${count} pages / the first`, pages.last, pages.first, BAR));
    return { figures, raw };
  } finally {
    await Promise.all([small.close(), large.close()]);
  }
}

/** @returns the cursor behind which the last page lies */
async function lastPage(origin: string): Promise<string> {
  const url = `${origin}/graphql`;
  const ends = await ask(url, { query: `{ editions(last: ${PAGE + 1}) { edges { cursor } } }` });
  const cursor = at(ends, 'editions', 'edges', 0, 'cursor');
  const last = await ask(url, { query: PAGE_QUESTION, variables: { after: cursor } });
  if (typeof cursor !== 'string' || at(last, 'editions', 'pageInfo', 'hasNextPage') !== false)
    throw new Error('What should be the last page is not.');
  return cursor;
}
