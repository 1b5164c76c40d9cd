import { fromStoredDecimal, toStoredDecimal } from '../store/tables.ts';
import type { Metric, Unit, Word } from '../store/vocabulary.ts';
import { figureSubject, groupBySubject, statisticSubject } from './claims.ts';
import type { Convention, Edition } from './format.ts';
import type { Path } from './problems.ts';
import { type Localized, originalLocale } from './values.ts';

/** Takes what a check found, and where: a path within the file. */
export type Report<Check extends string> = (check: Check, path: Path, message: string) => void;

/** A number that is claimed, in ten-thousandths. */
interface Count {
  path: Path;
  /** Equal for numbers about the same thing. */
  subject: string;
  /** Equal for numbers of the same sort, whatever editions they are about. */
  sort: string;
  /** What it is a number of: "PROJECTS", "CNY". */
  unit: string;
  scope: string;
  editions: readonly string[];
  status: 'TARGET' | 'EXPECTED' | 'INTERIM' | 'FINAL';
  standing: string | undefined;
  asOf: string | undefined;
  bound: string;
  value: bigint;
  isMoney: boolean;
  /** It may rise after the edition: what has become of projects. */
  grows: boolean;
}

/** What a number may be; without a high end where nothing limits it. */
interface Range {
  low: bigint;
  high: bigint | undefined;
}

/** So many times as large as its neighbours is a slip of 万 (10 000) and 亿 (100 000 000), or of thousand and million. */
const SLIP = 500n;

/** More than any fair has, or any will soon; of money, in dollars. */
const MOST: Partial<Record<string, bigint>> = {
  COUNTRIES: 300n,
  SQUARE_METRE: 10_000_000n,
  SQUARE_FOOT: 100_000_000n,
  PEOPLE: 100_000_000n,
  VISITS: 10_000_000_000n,
  COMPANIES: 10_000_000n,
  COMPANIES_AND_INSTITUTIONS: 10_000_000n,
  BRANDS: 10_000_000n,
  BOOTHS: 10_000_000n,
  PROJECTS: 1_000_000n,
  EVENTS: 100_000n,
};
const MOST_DOLLARS = 10_000_000_000_000n;

/** What each metric may be counted in, besides the per cent of something and the things that a label names. */
const UNITS: Record<Word<typeof Metric>, readonly Word<typeof Unit>[] | undefined> = {
  EXHIBITION_SPACE: ['SQUARE_METRE', 'SQUARE_FOOT'],
  INDOOR_SPACE: ['SQUARE_METRE', 'SQUARE_FOOT'],
  OUTDOOR_SPACE: ['SQUARE_METRE', 'SQUARE_FOOT'],
  EXHIBITION_ZONES: ['COUNT'],
  EXHIBITORS: ['COMPANIES', 'COMPANIES_AND_INSTITUTIONS', 'COUNT'],
  BRANDS: ['BRANDS', 'COUNT'],
  BOOTHS: ['BOOTHS', 'COUNT'],
  VISITORS: ['PEOPLE'],
  VISITS: ['VISITS'],
  GUESTS: ['PEOPLE'],
  FOREIGN_GUESTS: ['PEOPLE'],
  COUNTRIES: ['COUNTRIES', 'COUNT'],
  EXHIBITS: ['PRODUCTS', 'COUNT'],
  NEW_PRODUCTS: ['PRODUCTS', 'COUNT'],
  EVENTS: ['EVENTS', 'COUNT'],
  FORUMS: ['EVENTS', 'COUNT'],
  REGISTRATIONS: ['PEOPLE'],
  TRADE_VISITORS: ['PEOPLE', 'VISITS'],
  BUYERS: ['PEOPLE', 'COMPANIES', 'VISITS'],
  FOREIGN_BUYERS: ['PEOPLE', 'COMPANIES', 'VISITS'],
  ONLINE_VISITS: ['VISITS', 'PEOPLE'],
  MEDIA: ['PEOPLE', 'COMPANIES', 'COUNT'],
  OTHER: undefined,
};

/** Compares the numbers that are claimed of a convention with each other. */
export function checkClaims(
  convention: Convention,
  at: Path,
  report: Report<'CUMULATIVE_SUM' | 'BOUND' | 'CONFLICTING_CLAIMS' | 'MAGNITUDE' | 'UNIT' | 'CONVERSION_RATE'>,
): void {
  const counts = convention.editions.flatMap((edition, index) => [
    ...countsOf(convention, edition, [...at, 'editions', index]),
  ]);
  for (const count of counts) if (count.scope === 'CUMULATIVE') checkSum(count, counts, report);
  for (const rivals of groupBySubject(counts)) {
    checkBounds(rivals, report);
    checkAgreement(rivals, report);
  }
  for (const count of counts) checkLimits(count, report);
  const whole = counts.filter(({ scope }) => scope === 'EDITION').map((count) => ({ ...count, subject: count.sort }));
  for (const neighbours of groupBySubject(whole)) checkMagnitudes(neighbours, report);
  for (const [index, { figures, signedProjectStatistics, year }] of convention.editions.entries()) {
    for (const [place, { metric, unit }] of figures.entries())
      checkUnit(metric, unit, [...at, 'editions', index, 'figures', place, 'unit'], report);
    for (const [place, { investment, conversions, asOf }] of signedProjectStatistics.entries())
      for (const [which, conversion] of conversions.entries()) {
        const path = [...at, 'editions', index, 'signedProjectStatistics', place, 'conversions', which, 'amount'];
        if (investment) checkRate(investment, conversion, asOf?.slice(0, 4) ?? String(year), path, report);
      }
  }
}

function* countsOf({ slug, language }: Convention, edition: Edition, at: Path): Generator<Count> {
  const textOf = (text: Localized | undefined) =>
    text?.texts.get(originalLocale(text.original, [...text.texts.keys()], language));
  for (const [index, figure] of edition.figures.entries()) {
    const { metric, spaceBasis, scope, editions = [edition.slug], unit, bound, status, standing, asOf } = figure;
    const label = textOf(figure.label);
    yield {
      path: [...at, 'figures', index, 'value'],
      subject: `${figureSubject({ metric, basis: spaceBasis, scope, editions, label })} | ${unit}`,
      sort: [metric, spaceBasis, label, unit].join(' | '),
      ...{ unit, scope, editions, status, standing, asOf, bound },
      value: toStoredDecimal(figure.value),
      isMoney: false,
      grows: false,
    };
  }
  for (const [index, statistic] of edition.signedProjectStatistics.entries()) {
    const { stage, scope, editions = [edition.slug], status, standing, asOf, projects, investment } = statistic;
    const path = [...at, 'signedProjectStatistics', index];
    const slice = statistic.slice && {
      dimension: statistic.slice.dimension,
      value: textOf(statistic.slice.value) ?? '',
    };
    const subject = statisticSubject({ convention: slug, stage, scope, editions, slice });
    const grows = ['REGISTERED', 'STARTED', 'COMPLETED', 'FUNDED', 'INVESTED'].includes(stage);
    const shared = { scope, editions, status, standing, asOf, grows };
    const numbers = [
      projects && { ...projects, key: ['projects', 'value'], isMoney: false },
      investment && {
        ...{ value: investment.amount, unit: investment.currency, bound: investment.bound },
        ...{ key: ['investment', 'amount'], isMoney: true },
      },
    ];
    for (const number of numbers) {
      if (!number) continue;
      const { key, value, unit, bound, isMoney } = number;
      yield {
        ...shared,
        ...{ path: [...path, ...key], unit, bound, isMoney, value: toStoredDecimal(value) },
        subject: `${subject} | ${unit}`,
        sort: `${stage} | ${unit}`,
      };
    }
  }
}

/** Plans may fail, and what is disputed or superseded is said to be wrong already. */
function isReported({ status, standing }: Count): boolean {
  return (status === 'INTERIM' || status === 'FINAL') && standing !== 'DISPUTED' && standing !== 'SUPERSEDED';
}

/** What may be the same again at another edition, so that numbers of it overlap. */
const overlapping: readonly string[] = ['PEOPLE', 'COMPANIES', 'COMPANIES_AND_INSTITUTIONS', 'COUNTRIES', 'BRANDS'];
const neverAdded: readonly string[] = ['PERCENT', 'PERCENTAGE_POINT', 'MONTHS'];

/** More combinations of what the sources say of each edition are not looked at one by one. */
const MOST_COMBINATIONS = 256;

/**
 * Compares a number of several editions together with what is claimed of each; of an edition that nothing is known of,
 * it may be anything.
 */
function checkSum(claim: Count, counts: readonly Count[], report: Report<'CUMULATIVE_SUM'>): void {
  if (!isReported(claim) || neverAdded.includes(claim.unit)) return;
  const others = counts.filter((other) => other.sort === claim.sort && isReported(other) && other !== claim);
  const overlaps = overlapping.includes(claim.unit);
  const parts = claim.editions.map((edition) => ({ edition, counts: bestOf(edition, others) }));
  const known = parts.filter(({ counts }) => counts.length > 0);
  let sums: Range[] = [{ low: 0n, high: 0n }];
  for (const { counts } of parts) {
    const ranges = counts.length === 0 ? [{ low: 0n, high: undefined }] : counts.map((part) => partOf(part, claim));
    sums = sums.flatMap((sum) =>
      ranges.map(({ low, high }) => ({
        low: overlaps ? larger(sum.low, low) : sum.low + low,
        high: sum.high === undefined || high === undefined ? undefined : sum.high + high,
      })),
    );
    if (sums.length > MOST_COMBINATIONS) sums = [hullOf(sums)];
  }
  const range = rangeOf(claim);
  if (known.length > 0 && !sums.some((sum) => meet(sum, range))) {
    const isAll = known.length === parts.length;
    const whole = isAll ? 'each of them' : `${known.length} of them alone`;
    const said = known.map(({ edition, counts: [first] }) => `${edition} ${first ? printed(first) : ''}`).join(', ');
    const together = overlaps ? 'does not lie between the largest of them and their sum' : 'is not their sum';
    const which = isAll ? together : 'is less than these';
    report(
      'CUMULATIVE_SUM',
      claim.path,
      `${printed(claim)} of ${claim.editions.length} editions together does not fit what is claimed of ${whole}: it ${which} (${said})`,
    );
    return;
  }
  const greater = others.find(
    (other) =>
      other.scope === 'CUMULATIVE' &&
      other.editions.length < claim.editions.length &&
      other.editions.every((edition) => claim.editions.includes(edition)) &&
      !isBefore(claim, other) &&
      range.high !== undefined &&
      range.high < rangeOf(other).low,
  );
  if (greater)
    report(
      'CUMULATIVE_SUM',
      claim.path,
      `${printed(claim)} of ${claim.editions.length} editions together is less than the ${printed(greater)} of ${greater.editions.length} of them`,
    );
}

/** What is claimed of one edition: final before interim, exact before bounded; several where they differ. */
function bestOf(edition: string, counts: readonly Count[]): Count[] {
  const own = counts.filter(({ scope, editions }) => scope === 'EDITION' && editions[0] === edition);
  const final = own.filter(({ status }) => status === 'FINAL');
  const latest = final.length > 0 ? final : own;
  const exact = latest.filter(({ bound }) => bound === 'EXACT');
  return exact.length > 0 ? exact : latest;
}

function partOf(part: Count, claim: Count): Range {
  const range = rangeOf(part);
  if (!part.grows || part.asOf === claim.asOf) return range;
  return { low: isBefore(claim, part) ? 0n : range.low, high: undefined };
}

/** Compares exact numbers with the bounds that others set to the same number. */
function checkBounds(rivals: readonly Count[], report: Report<'BOUND'>): void {
  const reported = rivals.filter(isReported);
  const exact = reported.filter(({ bound }) => bound === 'EXACT');
  for (const bounded of reported) {
    if (bounded.bound === 'EXACT') continue;
    const { low, high } = rangeOf(bounded);
    const broken = exact.find((other) => {
      const range = rangeOf(other);
      // A number may have risen in between.
      const isBelow = !isBefore(other, bounded) && range.high !== undefined && range.high < low;
      const isAbove = !isBefore(bounded, other) && high !== undefined && range.low > high;
      return isBelow || isAbove;
    });
    if (broken)
      report(
        'BOUND',
        bounded.path,
        `${printed(bounded)} does not fit the exact ${printed(broken)} that is claimed of the same`,
      );
  }
}

/** Compares exact numbers of the same with each other. */
function checkAgreement(rivals: readonly Count[], report: Report<'CONFLICTING_CLAIMS'>): void {
  const exact = rivals.filter((count) => isReported(count) && count.bound === 'EXACT');
  for (const [index, later] of exact.entries()) {
    const other = exact
      .slice(0, index)
      .find(
        (earlier) => !isBefore(earlier, later) && !isBefore(later, earlier) && !meet(rangeOf(earlier), rangeOf(later)),
      );
    if (other)
      report(
        'CONFLICTING_CLAIMS',
        later.path,
        `${printed(later)} and ${printed(other)} are both claimed of the same, as exact numbers of the same time`,
      );
  }
}

function checkLimits(count: Count, report: Report<'MAGNITUDE'>): void {
  const rate = count.isMoney ? perDollar[count.unit]?.[1] : undefined;
  const most = rate === undefined ? MOST[count.unit] : MOST_DOLLARS * BigInt(Math.ceil(rate));
  if (most === undefined || count.value <= toStoredDecimal(String(most))) return;
  report(
    'MAGNITUDE',
    count.path,
    `${printed(count)} is more than any fair has; look whether 万 (ten thousand), 亿 (a hundred million), million or billion was mistaken`,
  );
}

function checkUnit(metric: Word<typeof Metric>, unit: Word<typeof Unit>, path: Path, report: Report<'UNIT'>): void {
  const units = UNITS[metric];
  if (!units || unit === 'PERCENT' || unit === 'PERCENTAGE_POINT' || units.includes(unit)) return;
  report('UNIT', path, `is no unit of ${metric}, which is counted in ${units.join(' or ')}; got ${unit}`);
}

function checkMagnitudes(neighbours: readonly Count[], report: Report<'MAGNITUDE'>): void {
  if (neverAdded.includes(neighbours[0]?.unit ?? '')) return;
  const sorted = neighbours.toSorted((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0));
  for (const count of sorted) {
    const others = sorted.filter((other) => other !== count);
    const median = others[Math.floor(others.length / 2)];
    if (!median || count.value === 0n || median.value === 0n) continue;
    const isLarge = count.value >= median.value * SLIP;
    // Of two, either may be the one that is off.
    const isSmall = others.length > 1 && count.value * SLIP <= median.value;
    if (isLarge || isSmall)
      report(
        'MAGNITUDE',
        count.path,
        `${printed(count)} is far ${isLarge ? 'more' : 'less'} than at other editions, such as ${printed(median)}; look whether 万 (ten thousand), 亿 (a hundred million), million or billion was mistaken`,
      );
  }
}

/**
 * How many yuan, and how many euros, a dollar cost in a year at least and at most; and how many dollars one of the other
 * currencies cost from 2010 to 2026. After the daily rates that the Federal Reserve publishes (H.10), rounded outwards, 2026
 * as far as it goes: to find slips of magnitude and mistaken currencies, not to convert by.
 */
const yuanPerDollar: Record<string, readonly [number, number]> = {
  2015: [6.1, 6.5],
  2016: [6.4, 7.0],
  2017: [6.4, 7.0],
  2018: [6.2, 7.0],
  2019: [6.6, 7.2],
  2020: [6.5, 7.2],
  2021: [6.3, 6.6],
  2022: [6.3, 7.4],
  2023: [6.7, 7.4],
  2024: [7.0, 7.4],
  2025: [6.9, 7.4],
  2026: [6.6, 7.2],
};
const eurosPerDollar: Record<string, readonly [number, number]> = {
  2015: [0.82, 0.96],
  2016: [0.86, 0.97],
  2017: [0.82, 0.97],
  2018: [0.79, 0.9],
  2019: [0.86, 0.93],
  2020: [0.81, 0.95],
  2021: [0.81, 0.9],
  2022: [0.86, 1.05],
  2023: [0.88, 0.97],
  2024: [0.89, 0.98],
  2025: [0.83, 0.99],
  2026: [0.8, 0.9],
};
const perDollar: Record<string, readonly [number, number]> = {
  USD: [1, 1],
  CNY: [6, 7.5],
  EUR: [0.66, 1.05],
  GBP: [0.57, 0.95],
  JPY: [75, 165],
  KRW: [1000, 1550],
  HKD: [7.7, 7.9],
  TWD: [27, 34],
  INR: [43, 95],
  RUB: [27, 125],
  CHF: [0.72, 1.18],
  SGD: [1.19, 1.48],
  AUD: [0.9, 1.75],
  CAD: [0.94, 1.48],
};

/** What rounding by the press and an older rate may add. */
const TOLERANCE = 0.03;

function rateOf(currency: string, year: string): readonly [number, number] | undefined {
  const yearly = { CNY: yuanPerDollar, EUR: eurosPerDollar }[currency];
  return yearly?.[year] ?? perDollar[currency];
}

function checkRate(
  investment: { amount: string; currency: string },
  conversion: { amount: string; currency: string },
  year: string,
  path: Path,
  report: Report<'CONVERSION_RATE'>,
): void {
  const [from, to] = [rateOf(investment.currency, year), rateOf(conversion.currency, year)];
  if (!from || !to || Number(conversion.amount) === 0) return;
  // Whether a rate is plausible needs no exact arithmetic.
  const rate = Number(investment.amount) / Number(conversion.amount);
  const [low, high] = [(from[0] / to[1]) * (1 - TOLERANCE), (from[1] / to[0]) * (1 + TOLERANCE)];
  if (rate >= low && rate <= high) return;
  const digits = (value: number) => String(Number(value.toPrecision(3)));
  report(
    'CONVERSION_RATE',
    path,
    `makes ${digits(rate)} ${investment.currency} of one ${conversion.currency}, and in ${year} it was between ${digits(from[0] / to[1])} and ${digits(from[1] / to[0])}`,
  );
}

/** What a number may be, by its bound. Money is printed rounded: half of its last place may be off. */
function rangeOf({ value, bound, isMoney }: Count): Range {
  switch (bound) {
    case 'ABOUT':
      return { low: value - value / 50n, high: value + value / 50n };
    case 'MORE_THAN':
      return { low: value + 1n, high: undefined };
    case 'AT_LEAST':
      return { low: value, high: undefined };
    case 'NEARLY':
      return { low: value - value / 10n, high: value - 1n };
    case 'AT_MOST':
      return { low: 0n, high: value };
    default: {
      const zeros = isMoney && value !== 0n ? (/0*$/.exec(String(value))?.[0].length ?? 0) : 0;
      const half = zeros === 0 ? 0n : 10n ** BigInt(zeros) / 2n;
      return { low: value - half, high: value + half };
    }
  }
}

function meet(one: Range, other: Range): boolean {
  const isApart = (low: bigint, high: bigint | undefined) => high !== undefined && high < low;
  return !isApart(one.low, other.high) && !isApart(other.low, one.high);
}

function hullOf(ranges: readonly Range[]): Range {
  return ranges.reduce((hull, { low, high }) => ({
    low: low < hull.low ? low : hull.low,
    high: high === undefined || hull.high === undefined ? undefined : larger(high, hull.high),
  }));
}

const larger = (a: bigint, b: bigint) => (a > b ? a : b);

/** Whether a number describes an earlier time than another, as far as the claims tell. */
function isBefore(one: Count, other: Count): boolean {
  if (one.status !== other.status) return one.status === 'INTERIM';
  return one.asOf !== undefined && other.asOf !== undefined && one.asOf < other.asOf;
}

/** @returns "MORE_THAN 1,073 PROJECTS", with all its digits */
function printed({ value, unit, bound }: Count): string {
  const digits = fromStoredDecimal(String(value)).replace(/\B(?=(\d{3})+(?!\d)(?<!\.\d*))/g, ',');
  return `${bound === 'EXACT' ? '' : `${bound} `}${digits} ${unit}`;
}
