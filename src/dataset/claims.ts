import type { Standing, Word } from '../store/vocabulary.ts';
import type { Convention, Edition } from './format.ts';
import { type Localized, originalLocale } from './values.ts';

/** One of the things that a data file says of an edition and that another source may tell otherwise. */
export type Claim = Edition['figures' | 'signedProjectStatistics' | 'dateClaims'][number];

/** What becomes of a claim among those about the same thing. */
export interface Settled {
  /** Equal for claims of one kind about the same thing. */
  subject: string;
  standing: Word<typeof Standing>;
}

/** What the rule looks at. */
export interface RankedClaim {
  /** What the file says; the rule does not overrule it. */
  standing?: Word<typeof Standing> | undefined;
  status: 'TARGET' | 'EXPECTED' | 'INTERIM' | 'FINAL';
  /** Cited from a source that is first hand. */
  isFirstHand: boolean;
  /** All its numbers are. */
  isExact: boolean;
  asOf?: string | undefined;
}

/** @returns whether a source is a news agency, a broadcaster, a government body or the organiser, and no copy of theirs */
export function isFirstHand({ kind, isRelay }: { kind: string; isRelay: boolean }): boolean {
  return !isRelay && ['NEWS_AGENCY', 'BROADCASTER', 'GOVERNMENT', 'ORGANIZER'].includes(kind);
}

/**
 * Settles every claim of a convention.
 * @param firstHand the slugs of sources that are first hand
 * @returns what tells the subject and the standing of each of its claims
 */
export function settleClaims(convention: Convention, firstHand: ReadonlySet<string>): (claim: Claim) => Settled {
  const settled = new Map<Claim, Settled>();
  const settle = (claims: readonly { claim: Claim; subject: string; bounds: readonly string[] }[]) => {
    for (const rivals of groupBySubject(claims)) {
      const standings = settleStandings(
        rivals.map(({ claim, bounds }) => ({
          standing: claim.standing,
          status: claim.status,
          isFirstHand: claim.citations.some(({ source }) => firstHand.has(source)),
          isExact: bounds.every((bound) => bound === 'EXACT'),
          asOf: claim.asOf,
        })),
      );
      for (const [index, { claim, subject }] of rivals.entries())
        settled.set(claim, { subject, standing: standings[index] ?? 'ALTERNATIVE' });
    }
  };
  const originalOf = (text: Localized | undefined) =>
    text?.texts.get(originalLocale(text.original, [...text.texts.keys()], convention.language));

  settle(
    convention.editions.flatMap(({ slug, figures }) =>
      figures.map((claim) => {
        const { metric, spaceBasis: basis, scope, editions = [slug], label, bound } = claim;
        return {
          claim,
          subject: figureSubject({ metric, basis, scope, editions, label: originalOf(label) }),
          bounds: [bound],
        };
      }),
    ),
  );
  settle(
    convention.editions.flatMap(({ slug, signedProjectStatistics }) =>
      signedProjectStatistics.map((claim) => {
        const { stage, scope, editions = [slug], projects, investment, share } = claim;
        const slice = claim.slice && {
          dimension: claim.slice.dimension,
          value: originalOf(claim.slice.value) ?? '',
        };
        return {
          claim,
          subject: statisticSubject({ convention: convention.slug, stage, scope, editions, slice }),
          bounds: [projects, investment, share].flatMap((number) => number?.bound ?? []),
        };
      }),
    ),
  );
  settle(
    convention.editions.flatMap(({ slug, dateClaims }) =>
      dateClaims.map((claim) => ({ claim, subject: slug, bounds: [] })),
    ),
  );
  return (claim) => {
    const found = settled.get(claim);
    if (!found) throw new TypeError(`${claim.key} is no claim of ${convention.slug}.`);
    return found;
  };
}

const finality = { TARGET: 0, EXPECTED: 1, INTERIM: 2, FINAL: 3 } as const;

/**
 * The rule of Standing.PREFERRED: which claim about a thing is shown.
 * Final over interim over expected over target; then first hand over relayed; then exact over bounded; then the later
 * as-of date, none being the earliest; then the order of the file.
 * @param claims claims about one thing, in the order of the file
 * @returns the standing of each: exactly one is PREFERRED, unless the file gives all of them another standing
 */
export function settleStandings(claims: readonly RankedClaim[]): Word<typeof Standing>[] {
  const isSettled = claims.some(({ standing }) => standing === 'PREFERRED');
  const [best] = isSettled
    ? []
    : claims.filter(({ standing }) => standing === undefined).toSorted((a, b) => compareClaims(b, a));
  return claims.map((claim) => claim.standing ?? (claim === best ? 'PREFERRED' : 'ALTERNATIVE'));
}

function compareClaims(a: RankedClaim, b: RankedClaim): number {
  return (
    finality[a.status] - finality[b.status] ||
    Number(a.isFirstHand) - Number(b.isFirstHand) ||
    Number(a.isExact) - Number(b.isExact) ||
    compareText(a.asOf ?? '', b.asOf ?? '')
  );
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** @returns what is equal for figures about the same thing */
export function figureSubject(about: {
  metric: string;
  /** Net space and gross space are two things. */
  basis: string | undefined;
  scope: string;
  editions: readonly string[];
  /** In its original language. */
  label: string | undefined;
}): string {
  const metric = about.basis ? `${about.metric} ${about.basis}` : about.metric;
  return [metric, about.scope, about.editions.toSorted().join(','), about.label ?? ''].join(' | ');
}

/** @returns what is equal for statistics about the same thing */
export function statisticSubject(about: {
  convention: string;
  stage: string;
  scope: string;
  editions: readonly string[];
  /** The value in its original language. */
  slice: { dimension: string; value: string } | undefined;
}): string {
  const slice = about.slice ? `${about.slice.dimension}: ${about.slice.value}` : '';
  return [about.convention, about.stage, about.scope, about.editions.toSorted().join(','), slice].join(' | ');
}

/** @returns the claims about one thing, and about another, in the order in which each thing is first met */
export function groupBySubject<Item extends { subject: string }>(claims: Iterable<Item>): Item[][] {
  const groups = new Map<string, Item[]>();
  for (const claim of claims) {
    const group = groups.get(claim.subject);
    if (group) group.push(claim);
    else groups.set(claim.subject, [claim]);
  }
  return [...groups.values()];
}
