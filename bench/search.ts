import { ask, at } from './ask.ts';
import type { Data } from './data.ts';
import { wordOf } from './generate.ts';
import { medianLatency } from './load.ts';
import { questionText, TWO_WORDS } from './questions.ts';
import { type Effort, type Figure, type Findings, ratio } from './run.ts';
import { startService } from './server.ts';

/** What is looked for; words of the generated vocabulary. The commonest ones have no bar: they stand in much of the data. */
const SEARCHES: readonly { title: string; words: string; bar: Figure['bar'] }[] = [
  { title: 'two Latin words', words: TWO_WORDS, bar: { atMost: 15 } },
  { title: 'a Chinese word of two characters', words: wordOf(120)[1], bar: { atMost: 30 } },
  { title: 'the commonest Latin word', words: wordOf(0)[0], bar: undefined },
  { title: 'the second and third Latin word', words: `${wordOf(1)[0]} ${wordOf(2)[0]}`, bar: undefined },
  { title: 'the commonest Chinese word', words: wordOf(0)[1], bar: undefined },
];

/** Measures how the time of a search grows with the data: two services take turns, without a cache of answers. */
export async function measureSearch(data: Data, effort: Effort): Promise<Findings> {
  const [few, many] = [data.editions('small'), data.editions('large')].map((editions) => editions.toLocaleString('en'));
  const small = await startService(await data.database('small'), { isCached: false });
  const large = await startService(await data.database('large'), { isCached: false });
  try {
    const raw: Record<string, { words: string; hits: number[]; large: number[]; small: number[] }> = {};
    const figures: Figure[] = [];
    for (const { title, words, bar } of SEARCHES) {
      const hits = [await hitsOf(small.origin, words), await hitsOf(large.origin, words)];
      const times = { words, hits, large: [] as number[], small: [] as number[] };
      const operation = { query: questionText('search'), variables: { query: words } };
      for (let round = 0; round < effort.rounds; round += 1)
        for (const [server, kept] of [
          [large, times.large],
          [small, times.small],
        ] as const)
          kept.push(await medianLatency(() => ask(`${server.origin}/graphql`, operation), effort.seconds));
      raw[title] = times;
      const said = `"${words}": ${hits[0]?.toLocaleString('en')} hits, then ${hits[1]?.toLocaleString('en')}`;
      const name = `search for ${title}: p50 at ${many} editions / at ${few}`;
      figures.push(ratio(name, times.large, times.small, bar, said));
    }
    return { figures, raw };
  } finally {
    await Promise.all([small.close(), large.close()]);
  }
}

async function hitsOf(origin: string, words: string): Promise<number> {
  const query = 'query ($query: String!) { search(query: $query) { totalCount } }';
  return Number(at(await ask(`${origin}/graphql`, { query, variables: { query: words } }), 'search', 'totalCount'));
}
