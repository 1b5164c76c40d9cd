import { plot, rect } from '@observablehq/plot';
import type { Bound, ClaimStatus, ConventionSigningsQuery } from '../client/index.ts';
import { languageOf } from './language.ts';
import { claimStatus, editionStatus, type Language } from './status.ts';

/** An edition as ConventionSignings tells it. */
export type ChartEdition = NonNullable<ConventionSigningsQuery['convention']>['editions']['nodes'][number];

export interface ChartOptions {
  /** Makes the elements: the page's own, or linkedom's on a server. */
  document: Document;
  language: Language;
  measure: 'projects' | 'investment';
  /** The one whose amounts are drawn to scale; CNY, as in ConventionSignings, unless given. */
  currency?: string;
}

/** What stands in the place of an edition: a bar of one kind, or the sign that there is none. */
type Mark =
  | { kind: 'exact' | 'bounded' | 'provisional'; amount: number; bound: Bound; status: ClaimStatus; text: string }
  | { kind: 'other-currency'; status: ClaimStatus; text: string }
  | { kind: 'unknown' };

type Bar = Extract<Mark, { amount: number }>;

const SVG = 'http://www.w3.org/2000/svg';

// Across in percent and down in em, so that bars fill any width and letters stay as large as the text around them.
const LONGEST = 90;
const LEAST = 0.5;
const END = 5;
const LINE = 1.5;
const BAR = 1;
const GAP = 0.9;
const SAMPLE = 3;
const LEGEND_LINE = 1.7;
/** So far texts stand from the line on which bars begin. */
const BESIDE = 0.35;

/** About what fits into 320 pixels; a Chinese character is as wide as two letters. */
const LONGEST_NAME = 42;

const words = {
  en: {
    title: { projects: 'Signed projects of each edition', investment: 'Investment signed at each edition' },
    description:
      'One bar for each edition, in the order of time, beside the number as its source bounds it. Outlined bars are no results; where nothing is known, no bar is drawn.',
    unknown: 'not known',
    otherCurrency: 'other currency',
    remark: (text: string) => ` (${text})`,
    legend: 'What the marks mean',
    exact: 'result',
    lower: 'at least, or more than, this',
    upper: 'at most, or just under, this',
    about: 'about this',
    provisional: (list: string[]) => `${list.join(' or ')}: no result`,
    notComparable: 'in another currency, not comparable',
  },
  'zh-Hans': {
    title: { projects: '历届签约项目数', investment: '历届签约投资额' },
    description: '每届一条，按时间先后排列，旁边是来源所述的数字。虚线框不是结果；未知的不画条形。',
    unknown: '未知',
    otherCurrency: '其他货币',
    remark: (text: string) => `（${text}）`,
    legend: '图例',
    exact: '结果',
    lower: '至少或超过此数',
    upper: '至多或接近此数',
    about: '约为此数',
    provisional: (list: string[]) => `${list.join('、')}，并非结果`,
    notComparable: '以其他货币计，不可比',
  },
};

/**
 * Draws what was signed at each edition: a bar in the place of each, in the order of time, with its number in words
 * above it and a legend of the marks that occur below. It fits any width from 320 pixels; chart.css is its style.
 * @returns an element that stands in no document yet
 */
export function signingsChart(editions: readonly ChartEdition[], options: ChartOptions): SVGSVGElement {
  const { document, language, measure, currency = 'CNY' } = options;
  const say = words[language];
  const draw = drawing(document);
  const ordered = editions.toSorted((one, other) => one.year - other.year);
  let top = 0;
  const rows = ordered.map((edition) => {
    const mark = markOf(edition, measure, currency);
    const isAlone = ordered.filter(({ year }) => year === edition.year).length === 1;
    const name = isAlone ? undefined : shortened(edition.name);
    const row = { edition, mark, name, top, bar: top + (name ? 2 : 1) * LINE, amount: isBar(mark) ? mark.amount : 0 };
    top = row.bar + BAR + GAP;
    return row;
  });
  const samples = legendOf(
    rows.map(({ mark }) => mark),
    language,
  );
  const legendTop = top + GAP / 2;
  const height = legendTop + samples.length * LEGEND_LINE;

  const plotted = plot({
    document,
    width: 100,
    height,
    margin: 0,
    x: { axis: null, domain: [0, Math.max(0, ...rows.map(({ amount }) => amount)) || 1], range: [0, LONGEST] },
    y: { axis: null, type: 'identity' },
    marks: [
      rect(rows, {
        x1: 0,
        x2: 'amount',
        y1: 'bar',
        y2: (row: (typeof rows)[number]) => row.bar + BAR,
        // Each in a group of its own with its text, so that they are read together.
        render: (index, scales, values, dimensions, context, next) => {
          const list = draw('g', { role: 'list' });
          for (const place of index) {
            const row = rows[place];
            if (!row) continue;
            const { edition, mark, name, bar } = row;
            const [text, remark] = saidOf(edition, mark, language);
            const item = draw('g', { role: 'listitem', class: `chart-row chart-${mark.kind}` }, [
              draw('title', {}, [`${edition.name}: ${text}${remark}`]),
            ]);
            if (name) {
              const own = languageOf(edition.name);
              const attributes = {
                x: em(BESIDE),
                y: em(row.top + 1.1),
                class: 'chart-name',
                ...(own !== language && { lang: own }),
              };
              item.append(draw('text', attributes, [name]));
            }
            item.append(
              draw('text', { x: em(BESIDE), y: em(bar - 0.4) }, [
                draw('tspan', { class: 'chart-year' }, [String(edition.year)]),
                ' ',
                draw('tspan', { class: 'chart-value' }, [text]),
                remark,
              ]),
            );
            const drawn = isBar(mark) && next?.([place], scales, values, dimensions, context)?.querySelector('rect');
            const length = drawn ? Number(drawn.getAttribute('width')) : 0;
            item.append(...marked(draw, mark, length, bar));
            list.append(item);
          }
          return list;
        },
      }),
    ],
  });

  const ids = { title: `chart-${measure}-title`, description: `chart-${measure}-description` };
  const chart = draw(
    'svg',
    {
      class: 'chart',
      role: 'figure',
      lang: language,
      'aria-labelledby': ids.title,
      'aria-describedby': ids.description,
      width: '100%',
      height: em(height),
      'font-size': '14',
    },
    [
      draw('title', { id: ids.title }, [say.title[measure]]),
      draw('desc', { id: ids.description }, [say.description]),
      draw('line', {
        class: 'chart-base',
        x1: '0',
        x2: '0',
        y1: '0',
        y2: em(Math.max(0, top - GAP / 2)),
        'aria-hidden': 'true',
      }),
      // A style element would break a page's policy.
      ...[...plotted.childNodes].filter(({ nodeName }) => nodeName.toLowerCase() !== 'style'),
    ],
  );
  const legend = draw('g', { role: 'group', class: 'chart-legend', 'aria-label': say.legend });
  for (const [place, { mark, text }] of samples.entries()) {
    const y = legendTop + place * LEGEND_LINE;
    legend.append(
      draw('svg', { y: em(y), width: em(SAMPLE), height: em(BAR), 'aria-hidden': 'true', overflow: 'visible' }, [
        draw('g', { class: `chart-${mark.kind}` }, marked(draw, mark, 55, 0, 40)),
      ]),
      draw('text', { x: em(SAMPLE + 0.6), y: em(y + 0.85) }, [text]),
    );
  }
  if (samples.length > 0) chart.append(legend);
  return chart;
}

function isBar(mark: Mark): mark is Bar {
  return 'amount' in mark;
}

function markOf({ signedProjects }: ChartEdition, measure: ChartOptions['measure'], currency: string): Mark {
  const { status, projects, investment } = signedProjects ?? {};
  const told =
    measure === 'projects' ? projects && { ...projects, amount: projects.value, currency: undefined } : investment;
  if (!status || !told) return { kind: 'unknown' };
  const { bound, text } = told;
  if (told.currency !== undefined && told.currency !== currency) return { kind: 'other-currency', status, text };
  const kind = status !== 'FINAL' ? 'provisional' : bound === 'EXACT' ? 'exact' : 'bounded';
  return { kind, amount: Number(told.amount), bound, status, text };
}

/** What is told beside a bar: the graph's own text, and what a reader must know of it besides. */
function saidOf({ status }: ChartEdition, mark: Mark, language: Language): [text: string, remark: string] {
  const say = words[language];
  const isHeld = status === 'HELD' || status === 'UNKNOWN';
  if (mark.kind === 'unknown') return [say.unknown, isHeld ? '' : say.remark(editionStatus[language][status])];
  const remarks = [
    ...(mark.status === 'FINAL' ? [] : [claimStatus[language][mark.status]]),
    ...(mark.kind === 'other-currency' ? [say.otherCurrency] : []),
  ];
  return [mark.text, remarks.map(say.remark).join('')];
}

/** One sample of each mark that occurs, in an order of its own. */
function legendOf(marks: readonly Mark[], language: Language): { mark: Mark; text: string }[] {
  const say = words[language];
  const first = (wanted: (mark: Mark) => boolean, text: string) => {
    const mark = marks.find(wanted);
    return mark ? [{ mark, text }] : [];
  };
  const boundedBy = (bounds: readonly Bound[], text: string) => {
    const mark = marks.find((one) => isBar(one) && bounds.includes(one.bound));
    return mark && isBar(mark) ? [{ mark: { ...mark, kind: 'bounded' as const }, text }] : [];
  };
  const provisional = marks.flatMap((mark) => (isBar(mark) && mark.status !== 'FINAL' ? [mark] : []));
  const stages = (['EXPECTED', 'INTERIM', 'TARGET'] as const)
    .filter((status) => provisional.some((mark) => mark.status === status))
    .map((status) => claimStatus[language][status]);
  return [
    ...first(({ kind }) => kind === 'exact', say.exact),
    ...boundedBy(['MORE_THAN', 'AT_LEAST'], say.lower),
    ...boundedBy(['AT_MOST', 'NEARLY'], say.upper),
    ...boundedBy(['ABOUT'], say.about),
    ...provisional
      .slice(0, 1)
      .map((mark) => ({ mark: { ...mark, bound: 'EXACT' as const }, text: say.provisional(stages) })),
    ...first(({ kind }) => kind === 'other-currency', say.notComparable),
    ...first(({ kind }) => kind === 'unknown', say.unknown),
  ];
}

type Draw = ReturnType<typeof drawing>;

/**
 * @param length of the bar, in percent
 * @param y its upper edge, in em
 * @param end how much of the width is hatched where the number is not exact, in percent
 */
function marked(draw: Draw, mark: Mark, length: number, y: number, end = END): SVGElement[] {
  if (!isBar(mark))
    return [
      draw('rect', { class: 'chart-none', x: '0', y: em(y), width: em(1.2), height: em(BAR), 'aria-hidden': 'true' }),
      draw(
        'text',
        { class: 'chart-sign', x: em(0.6), y: em(y + 0.85), 'text-anchor': 'middle', 'aria-hidden': 'true' },
        [mark.kind === 'unknown' ? '?' : '≠'],
      ),
    ];
  const [from, to] = hatched(mark.bound, length, end);
  const isOpen = to > length;
  const bar = draw('rect', {
    class: 'chart-bar',
    x: '0',
    y: em(y),
    width: percent(Math.max(from, LEAST)),
    height: em(BAR),
    'aria-hidden': 'true',
  });
  if (from === to) return [bar];
  const lines = [0, 1, 2, 3].map((place) => {
    const step = (to - from) / 4;
    const x = from + place * step;
    return draw('line', {
      class: 'chart-hatch',
      x1: percent(x),
      x2: percent(x + step),
      y1: em(y + BAR),
      y2: em(y),
      'aria-hidden': 'true',
    });
  });
  const close = { class: 'chart-hatch', x1: percent(to), x2: percent(to), y1: em(y), y2: em(y + BAR) };
  return [bar, ...lines, ...(isOpen ? [] : [draw('line', { ...close, 'aria-hidden': 'true' })])];
}

/** From where to where the end of a bar is hatched: what lies there is not certain. */
function hatched(bound: Bound, length: number, end: number): [from: number, to: number] {
  switch (bound) {
    case 'EXACT':
      return [length, length];
    case 'MORE_THAN':
    case 'AT_LEAST':
      return [length, length + end];
    case 'AT_MOST':
    case 'NEARLY':
      return [Math.max(0, length - end), length];
    case 'ABOUT':
      return [Math.max(0, length - end / 2), length + end / 2];
  }
}

function drawing(document: Document) {
  return <Name extends keyof SVGElementTagNameMap>(
    name: Name,
    attributes: Record<string, string>,
    children: readonly (Node | string)[] = [],
  ): SVGElementTagNameMap[Name] => {
    const element = document.createElementNS(SVG, name);
    for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
    element.append(...children);
    return element;
  };
}

function percent(length: number): string {
  return `${Number(length.toFixed(3))}%`;
}

function em(length: number): string {
  return `${Number(length.toFixed(3))}em`;
}

function shortened(name: string): string {
  let width = 0;
  const end = Array.from(name).findIndex((letter) => {
    width += /[\u2e80-\uffef]/u.test(letter) ? 2 : 1;
    return width > LONGEST_NAME;
  });
  return end < 0 ? name : `${Array.from(name).slice(0, end).join('')}…`;
}
