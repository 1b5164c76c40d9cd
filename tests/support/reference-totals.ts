import type { EditionFacts } from './edition-conditions.ts';
import type { Row } from './reference.ts';
import type { World } from './world.ts';

/*
 * Totals in the plainest way: each group looks through all claims, and adds up with integers of any length.
 */

export type Key = 'YEAR' | 'CONVENTION' | 'COUNTRY' | 'CITY';

export interface TotalsRow {
  keys: { by: Key; value: string | null }[];
  projects: string | null;
  investment: string | null;
  changeInProjects: string | null;
  changeInInvestment: string | null;
  editions: number;
  editionsCounted: number;
  isExact: boolean;
  editionsWithProjects: number;
  editionsWithInvestment: number;
  counted: { id: string }[];
  excluded: { reason: string; claim: { id: string } }[];
}

const keyOf: Record<Key, (edition: EditionFacts) => string | null> = {
  YEAR: ({ year }) => String(year),
  CONVENTION: ({ convention }) => convention,
  COUNTRY: ({ country }) => country,
  CITY: ({ city }) => city,
};

/**
 * @param asked the stage and the currency that are summed up, and by what to group, without repeats
 * @param left the editions that `where` leaves
 */
export function referenceTotals(
  { reader }: World,
  { groupBy, stage, currency }: { groupBy: readonly Key[]; stage: string; currency: string },
  left: readonly EditionFacts[],
): { groups: TotalsRow[]; total: TotalsRow } {
  const about = grouped(
    reader.rows('SELECT * FROM signed_project_statistic_editions', []),
    ({ signed_project_statistic_id }) => String(signed_project_statistic_id),
  );
  const aboutOf = (claim: Row) => (about.get(String(claim.id)) ?? []).map(({ edition_id }) => String(edition_id));
  const all: Row[] = reader.rows('SELECT * FROM signed_project_statistics', []);
  const claims = all.sort(
    (one, other) =>
      byCodePoint(String(other.chronology), String(one.chronology)) ||
      Number(one.position) - Number(other.position) ||
      byCodePoint(String(one.id), String(other.id)),
  );

  const reasonOf = (claim: Row): string | null => {
    if (claim.stage !== stage) return 'OTHER_STAGE';
    if (claim.scope !== 'EDITION') return String(claim.scope);
    if (claim.status !== 'FINAL') return 'NOT_FINAL';
    if (claim.standing !== 'PREFERRED') return 'NOT_PREFERRED';
    return claim.investment_currency === null || claim.investment_currency === currency ? null : 'OTHER_CURRENCY';
  };

  const sumsOver = (editions: readonly EditionFacts[]) => {
    const ids = new Set(editions.map(({ id }) => id));
    const own = claims.filter(
      (claim) =>
        aboutOf(claim).some((id) => ids.has(id)) ||
        (claim.scope === 'CUMULATIVE' && ids.has(String(claim.reported_at_id))),
    );
    const counted = own.filter((claim) => reasonOf(claim) === null);
    const isKnown = (value: Row[string]) => value != null;
    const projects = counted
      .map((claim) => (claim.projects_unit === 'PROJECTS' ? claim.projects_value : null))
      .filter(isKnown);
    const investment = counted.map((claim) => claim.investment_amount).filter(isKnown);
    return {
      own,
      counted,
      projects: sum(projects),
      investment: sum(investment),
      editions: editions.length,
      withProjects: projects.length,
      withInvestment: investment.length,
    };
  };

  type Sums = ReturnType<typeof sumsOver>;
  const row = (
    keys: TotalsRow['keys'],
    editions: readonly EditionFacts[],
    { own, counted, ...sums }: Sums,
    before: Sums | undefined,
  ): TotalsRow => ({
    keys,
    projects: sums.projects === null ? null : decimal(sums.projects, 4),
    investment: sums.investment === null ? null : decimal(sums.investment, 4),
    changeInProjects:
      before && [before, sums].every((one) => one.withProjects === one.editions)
        ? change(before.projects, sums.projects)
        : null,
    changeInInvestment:
      before && [before, sums].every((one) => one.withInvestment === one.editions)
        ? change(before.investment, sums.investment)
        : null,
    editionsWithProjects: sums.withProjects,
    editionsWithInvestment: sums.withInvestment,
    editions: editions.length,
    editionsCounted: new Set(counted.flatMap(aboutOf)).size,
    isExact: counted.every((claim) =>
      [claim.projects_bound, claim.investment_bound].every((bound) => bound === null || bound === 'EXACT'),
    ),
    counted: counted.map(({ id }) => ({ id: String(id) })),
    excluded: own.flatMap((claim) => {
      const reason = reasonOf(claim);
      return reason === null ? [] : [{ reason, claim: { id: String(claim.id) } }];
    }),
  });

  const tuples = grouped(left, (edition) => JSON.stringify(groupBy.map((key) => keyOf[key](edition))));
  const groups = [...tuples.values()]
    .map((editions) => {
      const keys = groupBy.map((by) => ({ by, value: editions[0] ? keyOf[by](editions[0]) : null }));
      return { keys, editions, sums: sumsOver(editions) };
    })
    .sort((one, other) => {
      const orders = one.keys.map(({ value }, index) => unknownLast(value, other.keys[index]?.value ?? null));
      return orders.find((order) => order !== 0) ?? 0;
    });
  const others = ({ keys }: (typeof groups)[number]) => JSON.stringify(keys.filter(({ by }) => by !== 'YEAR'));
  return {
    groups: (groupBy.length === 0 ? [] : groups).map((group, place) => {
      const before = groups.slice(0, place).findLast((one) => others(one) === others(group));
      return row(group.keys, group.editions, group.sums, groupBy.includes('YEAR') ? before?.sums : undefined);
    }),
    total: row([], left, sumsOver(left), undefined),
  };
}

function grouped<One>(list: readonly One[], by: (one: One) => string): Map<string, One[]> {
  const groups = new Map<string, One[]>();
  for (const one of list) groups.set(by(one), [...(groups.get(by(one)) ?? []), one]);
  return groups;
}

/** Of what is known; null when nothing is. In ten-thousandths, as stored. */
function sum(values: readonly Row[string][]): bigint | null {
  const known = values.filter((value) => value != null);
  return known.length === 0 ? null : known.reduce<bigint>((total, value) => total + BigInt(value), 0n);
}

/** In percent, rounded to hundredths, half away from zero. */
function change(before: bigint | null, now: bigint | null): string | null {
  if (before === null || now === null || before === 0n) return null;
  const size = (number: bigint) => (number < 0n ? -number : number);
  const difference = (now - before) * 10_000n;
  const rounded = (2n * size(difference) + size(before)) / (2n * size(before));
  return decimal(difference < 0n === before < 0n ? rounded : -rounded, 2);
}

function decimal(number: bigint, places: number): string {
  const digits = String(number < 0n ? -number : number).padStart(places + 1, '0');
  return `${number < 0n ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`.replace(/\.?0+$/, '');
}

/** As UTF-8 compares; JavaScript compares UTF-16, which puts emoji before some other characters. */
export function byCodePoint(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

function unknownLast(one: string | null, other: string | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return byCodePoint(one, other);
}
