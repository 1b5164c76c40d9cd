import fc from 'fast-check';
import type { Statement } from '../../src/store/open.ts';
import * as tables from '../../src/store/tables.ts';
import { fromStoredDecimal } from '../../src/store/tables.ts';
import { upserts } from '../../src/store/upsert.ts';
import type { Bound, ClaimScope, ClaimStatus, ProjectStage, Standing, Unit, Word } from '../../src/store/vocabulary.ts';

/** Conventions, cities, editions and claims; each names others by their places in the lists. */
export interface Signed {
  conventions: { slug: string; name?: Record<string, string> }[];
  cities: { slug: string; country: string; name?: Record<string, string> }[];
  editions: SignedEdition[];
  claims: SignedClaim[];
}

export interface SignedEdition {
  convention: number;
  city: number | null;
  year: number;
  ordinal?: number | null;
  startDate?: string | null;
  endDate?: string | null;
  timeZone?: string | null;
  eventStatus?: 'POSTPONED' | 'CANCELLED' | null;
}

export interface SignedClaim {
  about: readonly number[];
  reportedAt: number | null;
  stage: Word<typeof ProjectStage>;
  status: Word<typeof ClaimStatus>;
  scope: Word<typeof ClaimScope>;
  standing: Word<typeof Standing>;
  projects: { value: string; unit: Word<typeof Unit>; bound: Word<typeof Bound> } | null;
  investment: { amount: string; currency: string; bound: Word<typeof Bound> } | null;
  chronology: string;
  position: number;
}

const pad = (place: number) => String(place).padStart(5, '0');

/** The ids and slugs that the rows get: `editionSlug(3)` is the slug of the fourth edition. */
export const editionSlug = (place: number) => `edition-${pad(place)}`;
export const claimId = (place: number) => `claim_${pad(place)}`;

/** @returns the statements that put them in place of all that a database holds */
export function signedData({ conventions, cities, editions, claims }: Signed): Statement[] {
  const rows = {
    nodes: upserts(tables.nodes),
    localizedTexts: upserts(tables.localizedTexts),
    places: upserts(tables.places),
    conventions: upserts(tables.conventions),
    editions: upserts(tables.editions),
    signedProjectStatistics: upserts(tables.signedProjectStatistics),
    signedProjectStatisticEditions: upserts(tables.signedProjectStatisticEditions),
  };
  const node = (type: string, id: string, name: Record<string, string> = {}) => {
    rows.nodes.add({ id, type, document: 'signed', checksum: 1, updatedAt: '2026-05-28T08:00:00.000Z' });
    for (const [index, [locale, text]] of Object.entries(name).entries())
      rows.localizedTexts.add({ nodeId: id, field: 'name', locale, text, isOriginal: index === 0 });
    return id;
  };
  const conventionId = (place: number) => `convention_${pad(place)}`;
  const cityId = (place: number) => `place_${pad(place)}`;
  const editionId = (place: number) => `edition_${pad(place)}`;

  for (const [place, { slug, name }] of conventions.entries())
    rows.conventions.add({ id: node('Convention', conventionId(place), name), slug, sameAs: [], industries: [] });
  for (const [place, { slug, country, name }] of cities.entries())
    rows.places.add({ id: node('Place', cityId(place), name), slug, kind: 'CITY', country });
  for (const [place, { convention, city, ...edition }] of editions.entries())
    rows.editions.add({
      id: node('Edition', editionId(place)),
      slug: editionSlug(place),
      conventionId: conventionId(convention),
      ordinalIsStated: false,
      cityId: city === null ? null : cityId(city),
      ...edition,
    });
  for (const [place, { about, reportedAt, projects, investment, ...claim }] of claims.entries()) {
    const id = node('SignedProjectStatistic', claimId(place));
    rows.signedProjectStatistics.add({
      id,
      conventionId: conventionId(editions[about[0] ?? 0]?.convention ?? 0),
      reportedAtId: reportedAt === null ? null : editionId(reportedAt),
      projectsValue: projects?.value,
      projectsUnit: projects?.unit,
      projectsBound: projects?.bound,
      investmentAmount: investment?.amount,
      investmentCurrency: investment?.currency,
      investmentBound: investment?.bound,
      ...(!projects && !investment && { shareValue: '80', shareBound: 'ABOUT' }),
      sliceDimension: claim.scope === 'SUBSET' ? 'INDUSTRY' : null,
      subject: id,
      ...claim,
    });
    for (const edition of about)
      rows.signedProjectStatisticEditions.add({ signedProjectStatisticId: id, editionId: editionId(edition) });
  }

  const emptied = [
    'signed_project_statistic_editions',
    'signed_project_statistics',
    'editions',
    'conventions',
    'places',
    'nodes',
  ];
  return [
    ...emptied.map((table) => ({ sql: `DELETE FROM ${table}`, params: [] })),
    ...Object.values(rows).flatMap((one) => one.statements()),
  ];
}

const LIMIT = 2n ** 63n;

/** Small numbers, whose changes come out as halves of hundredths; the smallest steps; and those at the limits of 64 bits. */
const numbers = fc.oneof(
  fc.constantFrom('0', '799', '800', '801', '0.1', '0.2', '0.0001', '-0.0001', '-8', '90071992547409.9301'),
  fc.constantFrom('922337203685477.5807', '922337203685477.5806', '-922337203685477.5808'),
  fc.bigInt({ min: -LIMIT, max: LIMIT - 1n }).map((stored) => fromStoredDecimal(String(stored))),
  fc.integer({ min: 0, max: 2000 }).map(String),
);

/** Mostly the first. */
const mostly = <Value>(first: Value, ...others: Value[]) =>
  fc.oneof({ arbitrary: fc.constant(first), weight: 4 }, { arbitrary: fc.constantFrom(...others), weight: 1 });

const bounds = mostly<Word<typeof Bound>>('EXACT', 'ABOUT', 'MORE_THAN');

/** @returns claims about editions, of which there are so many; only CUMULATIVE and SUBSET ones are about several */
function claimsAbout(editions: number): fc.Arbitrary<SignedClaim> {
  const place = fc.nat(editions - 1);
  const scopes = mostly<Word<typeof ClaimScope>>('EDITION', 'EDITION', 'CUMULATIVE', 'SUBSET');
  return scopes.chain((scope) =>
    fc.record({
      about: scope === 'EDITION' ? fc.tuple(place) : fc.uniqueArray(place, { minLength: 1, maxLength: 4, size: 'max' }),
      reportedAt: fc.option(place),
      stage: mostly<Word<typeof ProjectStage>>('SIGNED', 'STARTED', 'INVESTED'),
      status: mostly<Word<typeof ClaimStatus>>('FINAL', 'TARGET', 'INTERIM'),
      scope: fc.constant(scope),
      standing: mostly<Word<typeof Standing>>('PREFERRED', 'ALTERNATIVE', 'SUPERSEDED'),
      projects: fc.option(
        fc.record({ value: numbers, unit: mostly<Word<typeof Unit>>('PROJECTS', 'COUNT'), bound: bounds }),
      ),
      investment: fc.option(fc.record({ amount: numbers, currency: mostly('CNY', 'USD', 'EUR'), bound: bounds })),
      chronology: fc.constantFrom('2020-09-20', '2021-11-19', '2021-13'),
      position: fc.nat(2),
    }),
  );
}

const conventions = [{ slug: 'beta' }, { slug: 'Alpha' }, { slug: '\uffee' }, { slug: '\u{1f600}' }];
const cities = [
  { slug: 'mumbai', country: 'IN' },
  { slug: 'hefei', country: 'CN' },
  { slug: 'é', country: 'CN' },
];
const years = [2018, 2019, 2020, 2021, 2022];

/** One with every convention, city and year that those below can have, to make up conditions from. */
export const typical: Signed = {
  ...{ conventions, cities, claims: [] },
  editions: years.map((year, place) => ({ convention: place % conventions.length, city: place % cities.length, year })),
};

const editions = fc.array(
  fc.record({
    convention: fc.nat(conventions.length - 1),
    city: fc.option(fc.nat(cities.length - 1)),
    year: fc.constantFrom(...years),
    ordinal: fc.option(fc.integer({ min: 1, max: 20 })),
  }),
  { maxLength: 12, size: 'max' },
);

/**
 * Small databases in which all that totals must tell apart is frequent. Their slugs sort otherwise in UTF-16 than by
 * code point; some of it no import would write.
 */
export const signed: fc.Arbitrary<Signed> = editions.chain((some) =>
  fc.record<Signed>({
    conventions: fc.constant(conventions),
    cities: fc.constant(cities),
    editions: fc.constant(some),
    claims: some.length === 0 ? fc.constant([]) : fc.array(claimsAbout(some.length), { maxLength: 30, size: 'max' }),
  }),
);
