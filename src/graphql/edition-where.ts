import { eq, type SQL, sql } from 'drizzle-orm';
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import { InputType } from 'type-graphql';
import { all, compares, isOneOf, operation, quantifies, refers } from '../select/filter.ts';
import type { Filter, OrderKey } from '../select/origin.ts';
import {
  appearances,
  conventions,
  editions,
  exhibitionAreas,
  figures,
  participations,
  signedProjectStatisticEditions,
  signedProjectStatistics,
  themes,
} from '../store/tables.ts';
import { statusToday } from './calendar.ts';
import { ConventionWhere } from './convention.ts';
import { lacks } from './coverage.ts';
import { AttendanceMode, CoverageField } from './enums.ts';
import {
  CountryFilter,
  compareDecimal,
  countryOf,
  DateFilter,
  DateSpan,
  DecimalFilter,
  EditionStatusFilter,
  IntFilter,
  Narrows,
  placeText,
  StringFilter,
  someText,
  WhereOf,
} from './filter.ts';
import { byText, byUpdatedAt, orderOf } from './order.ts';
import { editionsFound } from './search-results.ts';
import { SignedProjectStatisticListWhere } from './signed-project-statistic.ts';

type Edition = typeof editions;

/** What makes a claim the headline of its edition. The + keeps SQLite from looking through all such claims for each edition. */
export function isHeadline({ stage, scope, standing }: typeof signedProjectStatistics): SQL {
  return sql`+${stage} = 'SIGNED' AND +${scope} = 'EDITION' AND +${standing} = 'PREFERRED'`;
}

/** A column of the preferred claim about what was signed at the edition as a whole, as `signedProjects` shows it. */
function headline(edition: Edition, of: AnySQLiteColumn): SQL {
  const claim = signedProjectStatistics;
  const link = signedProjectStatisticEditions;
  return sql`(SELECT ${of} FROM ${claim} WHERE ${isHeadline(claim)} AND ${claim.id} IN (SELECT ${link.signedProjectStatisticId} FROM ${link} WHERE ${link.editionId} = ${edition.id}) ORDER BY ${claim.chronology} DESC, ${claim.position}, ${claim.id} LIMIT 1)`;
}

/** A column of the preferred claim about its whole exhibition space, as `exhibitionSpace` shows it. */
export function preferredSpace<Value>(edition: Edition, of: SQL<Value>): SQL<Value | null> {
  return sql`(SELECT ${of} FROM ${figures} WHERE ${figures.editionId} = ${edition.id} AND ${figures.metric} = 'EXHIBITION_SPACE' AND ${figures.scope} = 'EDITION' AND ${figures.standing} = 'PREFERRED' AND ${figures.spaceBasis} IS NOT 'NET' ORDER BY ${figures.position}, ${figures.id} LIMIT 1)`;
}

/** Square metres only: square feet are not converted. */
const squareMetres = (edition: Edition) =>
  preferredSpace(edition, sql`CASE ${figures.unit} WHEN 'SQUARE_METRE' THEN ${figures.value} END`);

const overlaps: Filter = {
  holds({ startDate, endDate }: Edition, given, truth) {
    const day = (end: 'from' | 'to') => given.bound((span) => spanOf(span, given.refuse)[end]);
    if (!truth) return sql`(${startDate} > ${day('to')} OR ${endDate} < ${day('from')})`;
    return sql`(${startDate} <= ${day('to')} AND ${endDate} >= ${day('from')} OR ${startDate} BETWEEN ${day('from')} AND ${day('to')} OR ${endDate} BETWEEN ${day('from')} AND ${day('to')})`;
  },
};

/** @throws GraphQLError when the span ends before it begins */
function spanOf(span: unknown, refuse: (message: string) => Error): { from: string; to: string } {
  const { from, to } = Object(span);
  if (from > to) throw refuse(`overlaps must not end before it begins; got from ${from} to ${to}.`);
  return { from, to };
}

const status: Filter = {
  holds: (edition: Edition, given, truth) =>
    all(
      given
        .parts()
        .map(({ name, given: operand }) => operation(name, statusToday(edition, given.input), operand, truth)),
      truth,
    ),
};

/** What the claims about its exhibition space must be for the filter to hold: found by an index, before each is looked at. */
const exhibitionSpace: Filter = {
  holds: (edition: Edition, given, truth) =>
    all(
      given.parts().map(({ name, given: operand }) => {
        const condition = compareDecimal(name, squareMetres(edition), operand, truth);
        if (name === 'isNull') return condition;
        const { row: figure, from } = given.input.alias(figures);
        return sql`(${edition.id} IN (SELECT ${figure.editionId} FROM ${from} WHERE ${eq(figure.metric, 'EXHIBITION_SPACE')} AND ${compareDecimal(name, figure.value, operand, truth)}) AND ${condition})`;
      }),
      truth,
    ),
};

/** True or false, never unknown: what is not found is found not to be there. */
const search: Filter = {
  holds: (edition: Edition, given, truth) =>
    sql`${edition.id} ${sql.raw(truth ? 'IN' : 'NOT IN')} (${editionsFound(given)})`,
};

/** Texts of records that belong to an edition. */
function partText(field: string, part: typeof themes | typeof exhibitionAreas): Filter {
  return someText(field, (node, edition: Edition, given) => {
    const { row, from } = given.input.alias(part);
    return sql`${node} IN (SELECT ${row.id} FROM ${from} WHERE ${eq(row.editionId, edition.id)})`;
  });
}

/** Names of those who took a part in an edition. */
function participant(role: SQL): Filter {
  return someText('name', (node, edition: Edition, given) => {
    const { row, from } = given.input.alias(participations);
    return sql`${node} IN (SELECT ${row.participantId} FROM ${from} WHERE ${eq(row.editionId, edition.id)} AND ${row.role} ${role})`;
  });
}

@WhereOf('Edition', 'editions')
export class EditionWhere {
  @Narrows(
    () => String,
    'Every word of this is found in something that belongs to the edition: its names, those of its convention, city, venues and exhibition areas, of the places that the city lies in, of whoever took part, organised it or was a guest of honour, its themes, and its year. Words are cut and found as `search` does it; a query with neither letters nor digits finds nothing. Never unknown. 10,000 characters at most, and 30 searches in all of `where`.',
    search,
  )
  search?: string;

  @Narrows(() => StringFilter, 'Its slug.', compares(editions.slug))
  slug?: StringFilter;

  @Narrows(
    () => StringFilter,
    'Its name in any language.',
    someText('name', (node, edition: Edition) => eq(node, edition.id)),
  )
  name?: StringFilter;

  @Narrows(() => StringFilter, 'Any of its themes in any language.', partText('text', themes))
  theme?: StringFilter;

  @Narrows(() => ConventionWhere, 'The convention.', refers(editions.conventionId, conventions))
  convention?: ConventionWhere;

  @Narrows(() => IntFilter, 'Which one it is, from 1.', compares(editions.ordinal))
  ordinal?: IntFilter;

  @Narrows(() => IntFilter, 'The calendar year.', compares(editions.year))
  year?: IntFilter;

  @Narrows(() => DateFilter, 'The first day.', compares(editions.startDate))
  startDate?: DateFilter;

  @Narrows(() => DateFilter, 'The last day.', compares(editions.endDate))
  endDate?: DateFilter;

  @Narrows(
    () => DateSpan,
    'At least one of its days lies in this span. Where only one end of it is known, it is true when that lies in the span, false when the span is past it on the known side, else unknown.',
    overlaps,
  )
  overlaps?: DateSpan;

  @Narrows(
    () => EditionStatusFilter,
    'Where it stands today, by the calendar of its own time zone; never unknown, since UNKNOWN is one of the words.',
    status,
  )
  status?: EditionStatusFilter;

  @Narrows(
    () => [AttendanceMode],
    'On site, online or both: one of these. An empty list is false.',
    isOneOf(editions.attendanceMode),
  )
  attendanceMode?: string[];

  @Narrows(() => CountryFilter, 'The country of its city.', countryOf(editions.cityId))
  country?: CountryFilter;

  @Narrows(() => StringFilter, 'The name of its city in any language, or its slug.', placeText(editions.cityId))
  city?: StringFilter;

  @Narrows(
    () => DecimalFilter,
    'The preferred claim about its exhibition space, in square metres; unknown where it is published in another unit.',
    exhibitionSpace,
  )
  exhibitionSpace?: DecimalFilter;

  @Narrows(
    () => StringFilter,
    'The name of any of its exhibition areas in any language.',
    partText('name', exhibitionAreas),
  )
  exhibitionArea?: StringFilter;

  @Narrows(
    () => StringFilter,
    'The name of anyone who took part, in any language.',
    someText('name', (node, edition: Edition, given) => {
      const { row, from } = given.input.alias(appearances);
      return sql`${node} IN (SELECT ${row.speakerId} FROM ${from} WHERE ${eq(row.editionId, edition.id)})`;
    }),
  )
  speaker?: StringFilter;

  @Narrows(
    () => StringFilter,
    'The name of anyone who hosted, organised or supported it, in any language.',
    participant(sql`<> 'GUEST_OF_HONOUR'`),
  )
  organizer?: StringFilter;

  @Narrows(
    () => StringFilter,
    'The name of any of its guests of honour, in any language: "France", 法国.',
    participant(sql`= 'GUEST_OF_HONOUR'`),
  )
  guestOfHonour?: StringFilter;

  @Narrows(
    () => SignedProjectStatisticListWhere,
    'The claims about signed projects that are about this edition, alone or with others.',
    quantifies(editions, (given, matches: (claim: typeof signedProjectStatistics) => SQL) => {
      const { row: link, from } = given.input.alias(signedProjectStatisticEditions);
      const { row: claim, from: claims } = given.input.alias(signedProjectStatistics);
      return sql`SELECT ${link.editionId} FROM ${from} WHERE ${link.signedProjectStatisticId} IN (SELECT ${claim.id} FROM ${claims} WHERE ${matches(claim)})`;
    }),
  )
  signedProjects?: SignedProjectStatisticListWhere;

  @Narrows(
    () => [CoverageField],
    'At least one of these is not known, as `coverage` tells it: what is to be looked for. An empty list is false.',
    lacks,
  )
  lacks?: string[];
}

@InputType('EditionListWhere', {
  description:
    'Conditions on the editions of a convention; all that are given must hold. They are true or false, never unknown.',
})
export class EditionListWhere {
  @Narrows(() => EditionWhere, 'At least one edition matches.')
  some?: EditionWhere;

  @Narrows(
    () => EditionWhere,
    'There is no edition that does not match, or of which it is unknown. True where there are none.',
  )
  every?: EditionWhere;

  @Narrows(() => EditionWhere, 'No edition matches.')
  none?: EditionWhere;
}

/** The first day of the edition that has an id. */
export function startOf(editionId: AnySQLiteColumn | SQL): OrderKey {
  return {
    by: sql`(SELECT ${editions.startDate} FROM ${editions} WHERE ${editions.id} = ${editionId})`,
    nullable: true,
  };
}

export const EditionOrder = orderOf<Edition>('Edition', 'DESC', {
  START_DATE: ['The first day.', (edition) => [{ by: edition.startDate, nullable: true }]],
  YEAR: ['The calendar year.', (edition) => [{ by: edition.year }]],
  NAME: [
    'The name: in English where there is one, else in its own language.',
    (edition) => [byText(edition.id, 'name')],
  ],
  SIGNED_PROJECTS: [
    'How many projects `signedProjects` tells: what was expected where no result is known. Filter by status to leave that out.',
    (edition) => [{ by: headline(edition, signedProjectStatistics.projectsValue), nullable: true, isWide: true }],
  ],
  SIGNED_INVESTMENT: [
    'The investment that `signedProjects` tells: what was expected where no result is known. Amounts of different currencies are not compared: those of one currency stand together, the currencies in the order of their codes.',
    (edition) => [
      { by: headline(edition, signedProjectStatistics.investmentCurrency), nullable: true, isFixed: true },
      { by: headline(edition, signedProjectStatistics.investmentAmount), nullable: true, isWide: true },
    ],
  ],
  EXHIBITION_SPACE: [
    'The exhibition space in square metres.',
    (edition) => [{ by: squareMetres(edition), nullable: true, isWide: true }],
  ],
  UPDATED_AT: ['When an import last changed it.', (edition) => [byUpdatedAt(edition.id)]],
});
