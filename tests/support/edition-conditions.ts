import fc from 'fast-check';
import { dateIn, statusOn } from '../../src/graphql/calendar.ts';
import { EventStatus, words } from '../../src/store/vocabulary.ts';
import type { World } from './world.ts';

/** What an edition can be asked about, in plain JavaScript. */
export interface EditionFacts {
  id: string;
  year: number;
  ordinal: number | null;
  convention: string;
  conventionId: string;
  city: string | null;
  cityId: string | null;
  country: string | null;
  status: ReturnType<typeof statusOn>;
  /** The stages of the claims about it. */
  stages: string[];
}

/** True, false or unknown. */
type Truth = boolean | null;

/** A `where` of editions, and the same in JavaScript. */
export interface Condition {
  where: object;
  holds(edition: EditionFacts): Truth;
}

/** @returns all editions of a database, in no order */
export function editionsOf({ reader, now }: World): EditionFacts[] {
  const claims = reader.rows(
    'SELECT edition_id, stage FROM signed_project_statistic_editions JOIN signed_project_statistics ON id = signed_project_statistic_id',
    [],
  );
  const rows = reader.rows(
    'SELECT editions.*, conventions.slug AS convention, places.slug AS city, places.country FROM editions JOIN conventions ON conventions.id = convention_id LEFT JOIN places ON places.id = city_id',
    [],
  );
  return rows.map((row) => {
    const text = (name: string) => (row[name] == null ? null : String(row[name]));
    const year = Number(row.year);
    const eventStatus = words(EventStatus).find((word) => word === row.event_status) ?? null;
    const today = dateIn(text('time_zone'), now());
    return {
      id: String(row.id),
      year,
      ordinal: row.ordinal == null ? null : Number(row.ordinal),
      convention: String(row.convention),
      conventionId: String(row.convention_id),
      city: text('city'),
      cityId: text('city_id'),
      country: text('country'),
      status: statusOn(today, { startDate: text('start_date'), endDate: text('end_date'), year, eventStatus }),
      stages: claims.filter(({ edition_id }) => edition_id === row.id).map(({ stage }) => String(stage)),
    };
  });
}

const every = (truths: Truth[]): Truth => (truths.includes(false) ? false : truths.includes(null) ? null : true);
const negated = (truth: Truth): Truth => (truth === null ? null : !truth);

/** @returns conditions of which some hold and some do not, or are unknown, for the editions given */
export function conditions(editions: readonly EditionFacts[]): fc.Arbitrary<Condition> {
  const known = <Value>(of: (edition: EditionFacts) => Value | null): Value[] => [
    ...new Set(editions.map(of).filter((value) => value !== null)),
  ];
  const several = <Value>(of: (edition: EditionFacts) => Value | null) => fc.subarray(known(of));
  const year = fc.constantFrom(2021, ...known((edition) => edition.year));
  const each: fc.Arbitrary<Condition>[] = [
    year.map((gte) => ({ where: { year: { gte } }, holds: (edition) => edition.year >= gte })),
    year.map((ne) => ({ where: { year: { ne } }, holds: (edition) => edition.year !== ne })),
    several(({ convention }) => convention).map((list) => ({
      where: { convention: { slug: { in: list } } },
      holds: ({ convention }) => list.includes(convention),
    })),
    several(({ country }) => country).map((list) => ({
      where: { country: { in: list } },
      holds: ({ country }) => (list.length === 0 ? false : country === null ? null : list.includes(country)),
    })),
    several(({ country }) => country).map((list) => ({
      where: { country: { notIn: list } },
      holds: ({ country }) => (list.length === 0 ? true : country === null ? null : !list.includes(country)),
    })),
    several(({ status }) => status).map((list) => ({
      where: { status: { in: list } },
      holds: ({ status }) => list.includes(status),
    })),
    fc.boolean().map((isNull) => ({
      where: { ordinal: { isNull } },
      holds: ({ ordinal }) => (ordinal === null) === isNull,
    })),
    fc.integer({ min: 1, max: 20 }).map((lt) => ({
      where: { ordinal: { lt } },
      holds: ({ ordinal }) => (ordinal === null ? null : ordinal < lt),
    })),
    fc.constantFrom('SIGNED', 'STARTED').map((stage) => ({
      where: { signedProjects: { none: { stage: [stage] } } },
      holds: ({ stages }) => !stages.includes(stage),
    })),
  ];
  const plain = fc.oneof(...each);
  const pair = fc.tuple(plain, plain);
  const all: fc.MaybeWeightedArbitrary<Condition>[] = [
    { arbitrary: plain, weight: 3 },
    { arbitrary: fc.constant({ where: {}, holds: () => true }), weight: 1 },
    {
      arbitrary: plain.map(({ where, holds }) => ({
        where: { not: where },
        holds: (edition) => negated(holds(edition)),
      })),
      weight: 1,
    },
    {
      arbitrary: pair.map(([one, other]) => ({
        where: { and: [one.where, other.where] },
        holds: (edition) => every([one.holds(edition), other.holds(edition)]),
      })),
      weight: 1,
    },
    {
      arbitrary: pair.map(([one, other]) => ({
        where: { or: [one.where, other.where] },
        holds: (edition) => negated(every([negated(one.holds(edition)), negated(other.holds(edition))])),
      })),
      weight: 1,
    },
  ];
  return fc.oneof(...all);
}
