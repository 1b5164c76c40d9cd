import { closeSync, openSync, writeSync } from 'node:fs';
import type { DataFileText } from '../src/dataset/format.ts';

type ConventionText = NonNullable<DataFileText['conventions']>[number];
type EditionText = NonNullable<ConventionText['editions']>[number];

const EDITIONS_PER_CONVENTION = 10;
const FIRST_YEAR = 2010;
const CHARACTERS_AT_ONCE = 1_000_000;

const FULL_SIZE = 20_000;
const SHARED_AT_FULL_SIZE = { sources: 5_000, places: 200, venues: 400, organizations: 3_000, speakers: 20_000 };
type Counts = typeof SHARED_AT_FULL_SIZE;

/** The commonest words of both languages, in pairs; the others are made of syllables and characters. */
const COMMON: readonly (readonly [string, string])[] = [
  ['intelligent', '智能'],
  ['manufacturing', '制造'],
  ['green', '绿色'],
  ['energy', '能源'],
  ['vehicles', '汽车'],
  ['robots', '机器人'],
  ['materials', '材料'],
  ['open', '开放'],
  ['cooperation', '合作'],
  ['innovation', '创新'],
  ['industry', '产业'],
  ['future', '未来'],
  ['digital', '数字'],
  ['services', '服务'],
  ['regional', '区域'],
  ['development', '发展'],
];

const SYLLABLES = 'ka ro mi ten sul ba der fin go lan pu vi mor sha qui zen tor wel nos ri'.split(' ');
const FIRST_CHARACTER = 0x4e00;
const CHARACTERS = 1_200;
const VOCABULARY = 20_000;

/** The word of a rank in both languages: by Zipf's law the second is half as common as the first, and so on. */
export function wordOf(rank: number): readonly [string, string] {
  const common = COMMON[rank];
  if (common) return common;
  const syllable = (place: number) => SYLLABLES[Math.floor(rank / SYLLABLES.length ** place) % SYLLABLES.length] ?? '';
  const character = (number: number) => String.fromCodePoint(FIRST_CHARACTER + (number % CHARACTERS));
  // Factors without a divisor in common with the number of characters: each pair is another.
  const characters = character(rank * 7) + character(Math.floor(rank / CHARACTERS) * 11 + rank * 13 + 1);
  return [syllable(0) + syllable(1) + syllable(2) + syllable(3), characters];
}

/**
 * Writes a dataset as JSONL, each line a data file: first what conventions share, then a convention a line.
 * The same size and seed give the same bytes.
 * What conventions share grows with the number of editions.
 * @returns how many conventions there are
 */
export function generateDataset(path: string, editions: number, seed: number): number {
  const dice = new Dice(seed);
  const counts = countsFor(editions);
  const conventions = Math.ceil(editions / EDITIONS_PER_CONVENTION);
  const file = openSync(path, 'w');
  try {
    let waiting = '';
    const write = (line: DataFileText | undefined) => {
      if (line) waiting += `${JSON.stringify(line)}\n`;
      if (line && waiting.length < CHARACTERS_AT_ONCE) return;
      writeSync(file, waiting);
      waiting = '';
    };
    for (const line of shared(counts, dice)) write(line);
    for (let number = 0; number < conventions; number += 1) {
      const size = Math.min(EDITIONS_PER_CONVENTION, editions - number * EDITIONS_PER_CONVENTION);
      write({ conventions: [convention(number, size, counts, dice)] });
    }
    write(undefined);
  } finally {
    closeSync(file);
  }
  return conventions;
}

function countsFor(editions: number): Counts {
  const share = (count: number) => Math.max(10, Math.round((count * editions) / FULL_SIZE));
  const { sources, places, venues, organizations, speakers } = SHARED_AT_FULL_SIZE;
  return {
    sources: share(sources),
    places: share(places),
    venues: share(venues),
    organizations: share(organizations),
    speakers: share(speakers),
  };
}

function* shared(counts: Counts, dice: Dice): Generator<DataFileText> {
  const places = numbers(counts.places).map((number) => ({
    slug: `place-${number}`,
    kind: 'CITY' as const,
    name: named('City', '城市', number),
    country: 'CN',
    timeZone: 'Asia/Shanghai',
  }));
  yield { places };
  for (const number of numbers(counts.sources))
    yield {
      sources: [
        {
          slug: `source-${number}`,
          kind: dice.pick(['NEWS_AGENCY', 'NEWSPAPER', 'GOVERNMENT', 'TRADE_PRESS'] as const),
          title: `${dice.words(6)[number % 2 ? 'en' : 'zh-Hans']} ${number}`,
          publisher: `Publisher ${number % 50}`,
          url: `https://example.org/news/${number}`,
          publishedOn: dateIn(FIRST_YEAR + (number % EDITIONS_PER_CONVENTION), dice),
          language: number % 2 ? 'en' : 'zh-Hans',
        },
      ],
    };
  for (const number of numbers(counts.venues))
    yield {
      venues: [
        { slug: `venue-${number}`, name: named('Hall', '会展中心', number), city: `place-${number % counts.places}` },
      ],
    };
  for (const number of numbers(counts.organizations))
    yield { organizations: [{ slug: `organization-${number}`, name: named('Association', '协会', number) }] };
  for (const number of numbers(counts.speakers))
    yield { speakers: [{ slug: `speaker-${number}`, name: named('Speaker', '嘉宾', number) }] };
}

function convention(number: number, size: number, counts: Counts, dice: Dice): ConventionText {
  const slug = `convention-${number}`;
  return {
    slug,
    name: named('Convention', '大会', number),
    acronym: `C${number}`,
    cadence: 'ANNUAL',
    language: number % 2 ? 'en' : 'zh-Hans',
    industries: [dice.words(1).en],
    citations: [dice.one('source', counts.sources)],
    editions: numbers(size).map((position) => edition(slug, position, counts, dice)),
  };
}

function edition(convention: string, position: number, counts: Counts, dice: Dice): EditionText {
  const year = FIRST_YEAR + position;
  const slugOf = (index: number) => `${convention}-${FIRST_YEAR + index}`;
  const cite = () => [dice.one('source', counts.sources)];
  const month = `${year}-${String(1 + dice.below(12)).padStart(2, '0')}`;
  const cumulative =
    position > 0 ? { scope: 'CUMULATIVE' as const, editions: [slugOf(position - 1), slugOf(position)] } : {};
  return {
    slug: slugOf(position),
    ordinal: position + 1,
    year,
    name: named(`${year} edition of`, `${year}年大会`, position),
    startDate: `${month}-10`,
    endDate: `${month}-13`,
    city: dice.one('place', counts.places),
    venue: dice.one('venue', counts.venues),
    citations: cite(),
    themes: numbers(2).map((number) => ({
      key: `theme-${number}`,
      kind: number === 0 ? 'MAIN' : 'SUB',
      text: number === 0 ? dice.words(5) : dice.words(5).en,
      citations: cite(),
    })),
    exhibitionAreas: numbers(3).map((number) => ({
      key: `area-${number}`,
      kind: dice.pick(['HALL', 'ZONE', 'PAVILION'] as const),
      name: number === 0 ? dice.words(3) : dice.words(3).en,
      size: { value: 1_000 + dice.below(50_000), unit: 'SQUARE_METRE', bound: 'ABOUT' },
      citations: cite(),
    })),
    sessions: [
      {
        key: 'opening',
        kind: 'OPENING_CEREMONY',
        title: dice.words(4),
        date: `${month}-10`,
        citations: cite(),
      },
    ],
    speakers: dice.several('speaker', counts.speakers, 4).map((speaker, number) => ({
      speaker,
      kind: dice.pick(['SPEECH', 'KEYNOTE', 'PANEL'] as const),
      session: number === 0 ? 'opening' : undefined,
      title: dice.words(3).en,
      affiliation: dice.one('organization', counts.organizations),
      citations: cite(),
    })),
    organizers: dice
      .several('organization', counts.organizations, 2)
      .map((organization) => ({ organization, citations: cite() })),
    figures: (['EXHIBITORS', 'VISITS', 'EXHIBITION_SPACE'] as const).map((metric) => ({
      key: metric.toLowerCase().replace('_', '-'),
      metric,
      value: 100 + dice.below(100_000),
      unit: metric === 'EXHIBITORS' ? 'COMPANIES' : metric === 'VISITS' ? 'VISITS' : 'SQUARE_METRE',
      bound: dice.pick(['EXACT', 'MORE_THAN', 'ABOUT'] as const),
      status: 'FINAL',
      asOf: `${month}-13`,
      citations: cite(),
    })),
    signedProjectStatistics: [
      { key: 'expected', status: 'EXPECTED' as const },
      { key: 'final', status: 'FINAL' as const },
      { key: 'so-far', status: 'FINAL' as const, ...cumulative },
    ].map((claim) => ({
      ...claim,
      stage: 'SIGNED',
      projects: { value: 100 + dice.below(900), bound: 'MORE_THAN' },
      investment: { amount: `${100 + dice.below(900)}.${dice.below(100)} billion`, currency: 'CNY' },
      note: dice.words(8).en,
      citations: cite(),
    })),
    notes: [{ key: 'outcome', kind: 'OUTCOME', text: dice.words(12), citations: cite() }],
  };
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
const named = (english: string, chinese: string, number: number) => ({
  en: `${english} ${number}`,
  'zh-Hans': `${chinese}${number}`,
});
const dateIn = (year: number, dice: Dice) => `${year}-${String(1 + dice.below(12)).padStart(2, '0')}-15`;

/** Chance that a seed repeats: mulberry32. */
class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** A whole number from 0 to less than the limit. */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  }

  pick<Item>(items: readonly [Item, ...Item[]]): Item {
    return items[this.below(items.length)] ?? items[0];
  }

  /** The rank of a word, as often as words of that rank stand in texts. */
  rank(): number {
    return Math.floor(Math.exp((this.below(2 ** 30) / 2 ** 30) * Math.log(VOCABULARY + 1))) - 1;
  }

  one(noun: string, count: number): string {
    return `${noun}-${this.below(count)}`;
  }

  /** Different ones. */
  several(noun: string, count: number, wanted: number): string[] {
    const found = new Set<string>();
    while (found.size < wanted) found.add(this.one(noun, count));
    return [...found];
  }

  words(count: number): { en: string; 'zh-Hans': string } {
    const chosen = numbers(count).map(() => wordOf(this.rank()));
    return {
      en: chosen.map(([english]) => english).join(' '),
      'zh-Hans': chosen.map(([, chinese]) => chinese).join(''),
    };
  }
}
