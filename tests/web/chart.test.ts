import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { beforeAll, expect, test } from 'vitest';
import type { ConventionSigningsQuery } from '../../src/client/index.ts';
import { ConventionSigningsDocument } from '../../src/client/index.ts';
import { type ChartEdition, type ChartOptions, signingsChart } from '../../src/web/chart.ts';
import { ask, shippedWorld } from '../support/world.ts';

const { document } = parseHTML('<!doctype html><html><body></body></html>');
const shipped: Record<ChartOptions['language'], readonly ChartEdition[]> = { en: [], 'zh-Hans': [] };

beforeAll(async () => {
  const world = shippedWorld();
  for (const locale of ['en', 'zh-Hans'] as const) {
    const { data } = await ask(world, String(ConventionSigningsDocument), { locale });
    const { convention } = data as ConventionSigningsQuery;
    shipped[locale] = convention?.editions.nodes ?? [];
  }
  world.close();
});

test('the shipped editions stand in the order of time, the number of each in the words of the graph', () => {
  expect(rowsOf(shipped.en, { measure: 'projects' })).toEqual([
    { kind: 'exact', text: '2018 436 projects', bars: 1, signs: '' },
    { kind: 'exact', text: '2019 638 projects', bars: 1, signs: '' },
    { kind: 'exact', text: '2020 678 projects', bars: 1, signs: '' },
    { kind: 'exact', text: '2021 703 projects', bars: 1, signs: '' },
    { kind: 'provisional', text: '2022 568 projects (expected)', bars: 1, signs: '' },
    { kind: 'exact', text: '2023 587 projects', bars: 1, signs: '' },
    { kind: 'exact', text: '2024 718 projects', bars: 1, signs: '' },
    { kind: 'exact', text: '2025 735 projects', bars: 1, signs: '' },
    { kind: 'unknown', text: '2026 not known', bars: 0, signs: '?' },
  ]);
  const chinese = drawn(shipped['zh-Hans'], { measure: 'investment', language: 'zh-Hans' });
  expect(texts(chinese, '.chart-row text')).toEqual([
    '2018 4471亿元',
    '2019 7351亿元',
    '2020 6178亿元',
    '2021 5821.8亿元',
    '2022 3677亿元（预期）',
    '2023 3425亿元',
    '2024 3692亿元',
    '2025 3802亿元',
    '2026 未知',
  ]);
  expect(texts(chinese, '.chart-legend text')).toEqual(['结果', '预期，并非结果', '未知']);
  expect(chinese.getAttribute('lang')).toBe('zh-Hans');
  expect(texts(chinese, 'title')[0]).toBe('历届签约投资额');
});

test('bars are as long as their numbers, and none is longer than the chart is wide', () => {
  const chart = drawn(shipped.en, { measure: 'projects' });
  const lengths = [...chart.querySelectorAll('.chart-row .chart-bar')].map((bar) =>
    Number.parseFloat(bar.getAttribute('width') ?? ''),
  );
  const numbers = [436, 638, 678, 703, 568, 587, 718, 735];
  expect(lengths.map((length) => Math.round((length / 90) * 735))).toEqual(numbers);
});

const bounds = ['EXACT', 'MORE_THAN', 'AT_LEAST', 'AT_MOST', 'NEARLY', 'ABOUT'] as const;
const stages = ['FINAL', 'EXPECTED', 'INTERIM', 'TARGET'] as const;
const standings = ['HELD', 'UPCOMING', 'RUNNING', 'POSTPONED', 'CANCELLED', 'UNKNOWN'] as const;

/** What an edition may be; each number is told in words that say nothing of it, so that a number of our own shows. */
const edition: fc.Arbitrary<ChartEdition> = fc.record({
  slug: fc.constantFrom('one', 'other'),
  year: fc.integer({ min: 2018, max: 2024 }),
  name: fc.constantFrom(
    'World Manufacturing Convention',
    '世界制造业大会',
    'A <b>bold</b> & "quoted" name of more than forty letters',
  ),
  status: fc.constantFrom(...standings),
  signedProjects: fc.option(
    fc.record({
      id: fc.constant('signed_project_statistic_1'),
      status: fc.constantFrom(...stages),
      projects: fc.option(
        fc.record({
          value: fc.constantFrom('0', '1', '703', '0.5', '1752'),
          bound: fc.constantFrom(...bounds),
          text: fc.constantFrom('so many', 'some & more'),
        }),
      ),
      investment: fc.option(
        fc.record({
          amount: fc.constantFrom('0', '582180000000', '1800000000000.25'),
          currency: fc.constantFrom('CNY', 'USD'),
          bound: fc.constantFrom(...bounds),
          text: fc.constantFrom('so much', '这么多'),
        }),
      ),
    }),
  ),
  links: fc.constant({ page: null }),
});

/** How each mark must be, told anew. */
function expectedRow({ year, status, signedProjects }: ChartEdition, measure: ChartOptions['measure']) {
  const quantity = signedProjects?.[measure];
  const words = { EXPECTED: ' (expected)', INTERIM: ' (interim)', TARGET: ' (target)', FINAL: '' };
  const because = {
    UPCOMING: ' (upcoming)',
    RUNNING: ' (running)',
    POSTPONED: ' (postponed)',
    CANCELLED: ' (cancelled)',
  };
  if (!signedProjects || !quantity) {
    const reason = status in because ? Reflect.get(because, status) : '';
    return { kind: 'unknown', text: `${year} not known${reason}`, bars: 0, signs: '?' };
  }
  const stage = words[signedProjects.status];
  if ('currency' in quantity && quantity.currency === 'USD')
    return { kind: 'other-currency', text: `${year} ${quantity.text}${stage} (other currency)`, bars: 0, signs: '≠' };
  const kind = stage ? 'provisional' : quantity.bound === 'EXACT' ? 'exact' : 'bounded';
  return { kind, text: `${year} ${quantity.text}${stage}`, bars: 1, signs: '' };
}

test('whatever the data, each edition has one mark of its kind, and no number but those of the graph is printed', () => {
  const measures = fc.constantFrom<ChartOptions['measure']>('projects', 'investment');
  fc.assert(
    fc.property(fc.array(edition, { maxLength: 12 }), measures, (editions, measure) => {
      const chart = drawn(editions, { measure });
      const inTime = editions.toSorted((one, other) => one.year - other.year);
      expect(rowsOf(editions, { measure })).toEqual(inTime.map((one) => expectedRow(one, measure)));

      // Years are in texts of their own; where two editions share one, their names tell them apart.
      const shared = inTime.filter(({ year }) => editions.filter((one) => one.year === year).length > 1);
      expect(texts(chart, '.chart-name')).toHaveLength(shared.length);
      for (const text of [...texts(chart, '.chart-row text'), ...texts(chart, '.chart-legend text')])
        expect(text.replace(/^20(1[89]|2[0-4]) /, '')).not.toMatch(/\d/);

      expect(chart.querySelectorAll('style, script, [style]')).toHaveLength(0);
      for (const shape of chart.querySelectorAll('rect, line')) {
        expect(shape.closest('[aria-hidden="true"]')).not.toBeNull();
        for (const name of ['x', 'y', 'x1', 'x2', 'y1', 'y2', 'width', 'height'])
          expect(shape.getAttribute(name) ?? '0').toMatch(/^\d+(\.\d+)?(em|%)?$/);
        const reach = ['x', 'width', 'x1', 'x2'].map((name) => shape.getAttribute(name) ?? '');
        expect(Math.max(...reach.filter((at) => at.endsWith('%')).map(Number.parseFloat), 0)).toBeLessThanOrEqual(100);
      }
    }),
    { numRuns: 150 },
  );
});

test.each([
  ['EXACT', { hatches: 0, ends: '' }],
  ['MORE_THAN', { hatches: 4, ends: 'open, behind the number' }],
  ['AT_LEAST', { hatches: 4, ends: 'open, behind the number' }],
  ['AT_MOST', { hatches: 4, ends: 'closed at the number' }],
  ['NEARLY', { hatches: 4, ends: 'closed at the number' }],
  ['ABOUT', { hatches: 4, ends: 'open, around the number' }],
] as const)('a number that is %s ends as it should', (bound, wanted) => {
  const one = numbered(2021, { value: '500', bound, text: 'so many' });
  const chart = drawn([one, numbered(2022, { value: '1000', bound: 'EXACT', text: 'many' })], { measure: 'projects' });
  const row = chart.querySelector('.chart-row');
  const solid = Number.parseFloat(row?.querySelector('.chart-bar')?.getAttribute('width') ?? '');
  const lines = [...(row?.querySelectorAll('.chart-hatch') ?? [])];
  const slanted = lines.filter((line) => line.getAttribute('x1') !== line.getAttribute('x2'));
  const reach = Math.max(0, ...lines.map((line) => Number.parseFloat(line.getAttribute('x2') ?? '')));
  const isClosed = lines.length > slanted.length;
  const where = solid >= 45 ? 'behind the number' : reach > 45 ? 'around the number' : 'at the number';
  const ends = slanted.length === 0 ? '' : isClosed ? `closed ${where}` : `open, ${where}`;
  expect({ hatches: slanted.length, ends }).toEqual(wanted);
});

test('the legend explains the marks that occur, each once, and no other', () => {
  const legend = (editions: readonly ChartEdition[], options: Partial<ChartOptions> = {}) =>
    texts(drawn(editions, { measure: 'projects', ...options }), '.chart-legend text');
  const all = bounds.map((bound, index) => numbered(2018 + index, { value: '5', bound, text: 'five' }));
  expect(legend(all)).toEqual(['result', 'at least, or more than, this', 'at most, or just under, this', 'about this']);
  const plans = (['TARGET', 'EXPECTED', 'EXPECTED'] as const).map((status, index) => ({
    ...numbered(2030 + index, { value: '5', bound: 'EXACT', text: 'five' }, status),
    status: 'UPCOMING' as const,
  }));
  expect(legend(plans)).toEqual(['expected or target: no result']);
  expect(legend(plans, { measure: 'investment', language: 'zh-Hans' })).toEqual(['未知']);
  expect(legend([])).toEqual([]);
});

test('two editions of one year stand apart, each with its name, shortened where it would not fit', () => {
  const [first] = shipped.en;
  if (!first) throw new Error('Nothing is shipped.');
  const long = `The ${'very '.repeat(20)}long name`;
  const chart = drawn([first, { ...first, slug: 'second', name: long }], { measure: 'projects' });
  expect(texts(chart, '.chart-name')).toEqual(['World Manufacturing Convention 2018', `${long.slice(0, 42)}…`]);
  expect(texts(chart, '.chart-row title')[1]).toBe(`${long}: 436 projects`);
});

test('a name is marked where it is in another language than the chart, and not where it is in the same', () => {
  const [first] = shipped.en;
  if (!first) throw new Error('Nothing is shipped.');
  const named = ['World Manufacturing Convention', '世界制造业大会', 'ものづくり大会'].map((name) => ({
    ...first,
    name,
  }));
  const languages = (language: ChartOptions['language']) =>
    [...drawn(named, { measure: 'projects', language }).querySelectorAll('.chart-name')].map((name) =>
      name.getAttribute('lang'),
    );
  expect(languages('en')).toEqual([null, 'zh-Hans', 'ja']);
  expect(languages('zh-Hans')).toEqual(['en', null, 'ja']);
});

test('amounts of the currency asked for are drawn, the others are not', () => {
  const money = { bound: 'EXACT', text: 'much' } as const;
  const [yuan, dollars] = ['CNY', 'USD'].map((currency, index) => ({
    ...numbered(2021 + index, { value: '1', bound: 'EXACT', text: 'one' }),
    signedProjects: {
      id: 'a',
      status: 'FINAL' as const,
      projects: null,
      investment: { ...money, amount: '9', currency },
    },
  }));
  if (!yuan || !dollars) throw new Error('There are two.');
  const kinds = (currency?: string) =>
    rowsOf([yuan, dollars], { measure: 'investment', ...(currency && { currency }) }).map(({ kind }) => kind);
  expect(kinds()).toEqual(['exact', 'other-currency']);
  expect(kinds('USD')).toEqual(['other-currency', 'exact']);
});

test('the rules of the style have every class that is drawn, and colour by currentColor or a property only', () => {
  const rules = readFileSync(new URL('../../src/web/chart.css', import.meta.url), 'utf8');
  expect(rules.match(/(?<!-)\b(?:fill|stroke|color):\s*[^;]+/g)).toEqual(
    expect.arrayContaining(['fill: var(--chart-bar, currentColor)', 'stroke: var(--chart-bar, currentColor)']),
  );
  expect(rules).not.toMatch(/#[0-9a-f]{3}|rgb|oklch/i);
});

function numbered(
  year: number,
  projects: NonNullable<NonNullable<ChartEdition['signedProjects']>['projects']>,
  status: (typeof stages)[number] = 'FINAL',
): ChartEdition {
  const signedProjects = { id: 'a', status, projects, investment: null };
  return { slug: `of-${year}`, year, name: `Of ${year}`, status: 'HELD', signedProjects, links: { page: null } };
}

function drawn(editions: readonly ChartEdition[], options: Partial<ChartOptions> & Pick<ChartOptions, 'measure'>) {
  return signingsChart(editions, { document, language: 'en', ...options });
}

function rowsOf(editions: readonly ChartEdition[], options: Partial<ChartOptions> & Pick<ChartOptions, 'measure'>) {
  return [...drawn(editions, options).querySelectorAll('.chart-row')].map((row) => ({
    kind: /chart-row chart-([\w-]+)/.exec(row.getAttribute('class') ?? '')?.[1],
    text: texts(row, 'text').at(0),
    bars: row.querySelectorAll('.chart-bar').length,
    signs: [...row.querySelectorAll('.chart-sign')].map((sign) => sign.textContent).join(),
  }));
}

/** Those that are read: without signs and names. */
function texts(within: Element, selector: string): string[] {
  const found = [...within.querySelectorAll(selector)];
  return found
    .filter((one) => !/chart-sign/.test(one.getAttribute('class') ?? ''))
    .filter((one) => selector.includes('.chart-name') || !/chart-name/.test(one.getAttribute('class') ?? ''))
    .map((one) => one.textContent ?? '');
}
