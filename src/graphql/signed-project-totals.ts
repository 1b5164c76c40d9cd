import { eq, isNotNull, type SQL, sql } from 'drizzle-orm';
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { Field, InputType, Int, ObjectType, Resolver } from 'type-graphql';
import { holds } from '../select/filter.ts';
import { inTime } from '../select/json.ts';
import { column, computed, derived, type FieldInput, many, nested, one } from '../select/origin.ts';
import {
  conventions,
  editions,
  fromStoredDecimal,
  places,
  signedProjectStatisticEditions,
  signedProjectStatistics,
} from '../store/tables.ts';
import { EditionWhere } from './edition-where.ts';
import { ExclusionReason, ProjectStage, TotalsKey, type Word } from './enums.ts';
import { Argument, From, LocaleArgument, RootField } from './field.ts';
import { type Labelled, labelOf } from './label.ts';
import { textsOf } from './localized-text.ts';
import { CurrencyCode, Decimal } from './scalar.ts';
import { newestClaimFirst, SignedProjectStatistic } from './signed-project-statistic.ts';
import type { TextRow } from './text.ts';

/*
 * What may be summed: claims about one edition as a whole that are preferred and final, of one stage and one currency.
 * Nothing else is added, nothing converted, and nothing left out without being listed.
 * The tables below are common table expressions of one statement; nothing of them is stored.
 */

/** A group, or with the position 0 the total over all. */
const rows = sqliteTable('totals_rows', {
  group: text('grp').notNull(),
  position: integer('position').notNull(),
  keys: text('keys', { mode: 'json' }).$type<[by: string, value: string | null, texts: TextRow[]][]>().notNull(),
  editions: integer('editions').notNull(),
  editionsCounted: integer('editions_counted').notNull(),
  isExact: integer('is_exact', { mode: 'boolean' }).notNull(),
  /** Each sum as [billions, rest] of ten-thousandths, since it may outgrow 64 bits, and of how many editions; of the group and of the one before. */
  sums: text('sums', { mode: 'json' }).$type<Sums>().notNull(),
  previous: text('previous', { mode: 'json' }).$type<Sums>(),
  /** The ids of the counted claims: looked up in `totals_claims`, they would take a scan of it for each group. */
  counted: text('counted', { mode: 'json' }).$type<string[]>().notNull(),
});
type Sum = [billions: string, rest: string, editions: number] | null;
type Sums = { projects: Sum; investment: Sum; editions: number };

/** A claim in a group; without a reason it was counted. */
const claims = sqliteTable('totals_claims', {
  claimId: text('claim_id').notNull(),
  group: text('grp').notNull(),
  reason: text('reason'),
  chronology: text('chronology').notNull(),
  position: integer('position').notNull(),
});

@InputType('TotalsInput', { description: 'What to sum up, and by what to group it.' })
export class TotalsInput {
  @Field(() => [TotalsKey], {
    nullable: true,
    description:
      'By what to group, the first key first; a key named again is ignored. Empty or left out: no groups, only the total.',
  })
  groupBy?: Word<typeof TotalsKey>[] | null;

  @Field(() => ProjectStage, { defaultValue: 'SIGNED', description: 'The one stage that is summed up.' })
  stage!: Word<typeof ProjectStage>;

  @Field(() => CurrencyCode, { defaultValue: 'CNY', description: 'The one currency that is summed up.' })
  currency!: string;

  @Field(() => EditionWhere, { nullable: true, description: 'Only editions of which this is true.' })
  where?: EditionWhere | null;
}

@ObjectType('TotalsRowKey', { description: 'One key of a group.' })
export class TotalsRowKey {
  @Field(() => TotalsKey, { description: 'By what it was grouped.' })
  by!: Word<typeof TotalsKey>;

  @Field(() => String, {
    nullable: true,
    description: 'The value: "2021", "CN", a slug; null in the group of those of which it is unknown.',
  })
  value!: string | null;

  @Field(() => String, { description: 'The value in words.' })
  @LocaleArgument()
  @From(derived<Labelled, { locale?: string | null }>((key, { locale }, context) => labelOf(key, locale, context)))
  label!: string;
}

@ObjectType('ExcludedClaim', { description: 'A claim that was left out of a total.' })
export class ExcludedClaim {
  @Field(() => SignedProjectStatistic, { description: 'The claim.' })
  @From(one(signedProjectStatistics, (claim, excluded: typeof claims) => eq(claim.id, excluded.claimId)))
  claim!: SignedProjectStatistic;

  @Field(() => ExclusionReason, { description: 'Why.' })
  @From(column(claims.reason))
  reason!: Word<typeof ExclusionReason>;
}

/** @returns the sum in ten-thousandths, or null when nothing was counted */
function total(sum: Sum): bigint | null {
  return sum && BigInt(sum[0]) * 1_000_000_000n + BigInt(sum[1]);
}

type Measure = 'projects' | 'investment';

/**
 * @returns by how many percent the sums differ, rounded to hundredths. Null where either is unknown or the former 0, and
 *   where either lacks an edition: what was not known before is no growth
 */
function change(of: Measure, now: Sums, before: Sums | null): string | null {
  const whole = (sums: Sums | null) => (sums?.[of]?.[2] === sums?.editions ? total(sums?.[of] ?? null) : null);
  const [current, previous] = [whole(now), whole(before)];
  if (current === null || previous === null || previous === 0n) return null;
  const thousandths = ((current - previous) * 100_000n) / previous;
  const hundredths = (thousandths + (thousandths < 0n ? -5n : 5n)) / 10n;
  return fromStoredDecimal(String(hundredths * 100n));
}

const sumOf = (of: Measure) =>
  computed({ sums: rows.sums }, ({ sums }) => {
    const sum = total(sums[of]);
    return sum === null ? null : fromStoredDecimal(String(sum));
  });

const editionsWith = (of: Measure) => computed({ sums: rows.sums }, ({ sums }) => sums[of]?.[2] ?? 0);

const changeOf = (of: Measure) =>
  computed({ sums: rows.sums, previous: rows.previous }, ({ sums, previous }) => change(of, sums, previous));

@ObjectType('TotalsRow', { description: 'A sum over editions, with what was counted and what was left out.' })
export class TotalsRow {
  @Field(() => [TotalsRowKey], { description: 'The keys of the group, in the order of groupBy; none in the total.' })
  @From(computed({ keys: rows.keys }, ({ keys }) => keys.map(([by, value, texts]) => ({ by, value, texts }))))
  keys!: TotalsRowKey[];

  @Field(() => Decimal, {
    nullable: true,
    description: 'How many projects the counted claims tell together; null when none tells, never 0 for that.',
  })
  @From(sumOf('projects'))
  projects!: string | null;

  @Field(() => Decimal, {
    nullable: true,
    description:
      'The investment that the counted claims tell together, in the currency asked for; null when none tells.',
  })
  @From(sumOf('investment'))
  investment!: string | null;

  @Field(() => Decimal, {
    nullable: true,
    description:
      'By how many percent `projects` differs from the group of the year before it in the list with otherwise the same keys, rounded to two places; null where years are not grouped by, and where either is unknown or lacks the number of some edition (see editionsWithProjects). Look at isExact of both.',
  })
  @From(changeOf('projects'))
  changeInProjects!: string | null;

  @Field(() => Decimal, {
    nullable: true,
    description: 'The same for `investment`.',
  })
  @From(changeOf('investment'))
  changeInInvestment!: string | null;

  @Field(() => Int, { description: 'How many editions there are, counted or not.' })
  @From(column(rows.editions))
  editions!: number;

  @Field(() => Int, { description: 'How many of them a counted claim is about.' })
  @From(column(rows.editionsCounted))
  editionsCounted!: number;

  @Field(() => Int, { description: 'Of how many of them `projects` is the sum.' })
  @From(editionsWith('projects'))
  editionsWithProjects!: number;

  @Field(() => Int, {
    description:
      'Of how many of them `investment` is the sum. A claim without money is counted whatever the currency asked for.',
  })
  @From(editionsWith('investment'))
  editionsWithInvestment!: number;

  @Field(() => Boolean, {
    description:
      'False when any counted claim is bounded: about, more than, nearly and the like. True also where none is counted.',
  })
  @From(column(rows.isExact))
  isExact!: boolean;

  @Field(() => [SignedProjectStatistic], {
    description: 'The claims that were summed up: by the edition that reported them, the newest first.',
  })
  @From(
    many(
      signedProjectStatistics,
      (claim, row: typeof rows) => sql`${claim.id} IN (SELECT value FROM json_each(${row.counted}))`,
      newestClaimFirst,
    ),
  )
  counted!: SignedProjectStatistic[];

  @Field(() => [ExcludedClaim], {
    description:
      'All other claims about its editions, alone or with others, and those about several editions that were reported at one of them: by the edition that reported them, the newest first.',
  })
  @From(
    many(
      claims,
      (claim, row: typeof rows) => sql`${eq(claim.group, row.group)} AND ${isNotNull(claim.reason)}`,
      (claim) => [{ by: claim.chronology, descending: true }, { by: claim.position }, { by: claim.claimId }],
    ),
  )
  excluded!: ExcludedClaim[];
}

@ObjectType('SignedProjectTotals', {
  description:
    'Sums over claims about one edition as a whole that are PREFERRED and FINAL, of one stage and one currency. Every other claim is listed with the reason why it was left out.',
})
export class SignedProjectTotals {
  @Field(() => [TotalsRow], {
    description:
      'One for each value of the keys that editions have, also where nothing could be counted; in the order of the keys, unknown values last.',
  })
  @From(
    many(
      rows,
      (row) => sql`${row.position} > 0`,
      (row) => [{ by: row.position }],
    ),
  )
  groups!: TotalsRow[];

  @Field(() => TotalsRow, { description: 'All editions together.' })
  @From(one(rows, (row) => eq(row.position, 0)))
  total!: TotalsRow;
}

/** For each key: the SQL of its value, its names, and what a group is told apart and ordered by. */
const keySql: Record<Word<typeof TotalsKey>, { value: SQL; by: SQL; texts: SQL }> = {
  YEAR: { by: sql`year`, value: sql`CAST(year AS TEXT)`, texts: sql`json('[]')` },
  COUNTRY: { by: sql`country`, value: sql`country`, texts: sql`json('[]')` },
  CONVENTION: { by: sql`convention`, value: sql`convention`, texts: textsOf(sql`convention_id`, 'name') },
  CITY: { by: sql`city`, value: sql`city`, texts: textsOf(sql`city_id`, 'name') },
};

const isKey = (word: unknown): word is Word<typeof TotalsKey> =>
  typeof word === 'string' && Object.hasOwn(keySql, word);

/** Editions in their groups, the claims about them, the sums. CROSS JOIN keeps SQLite from reading all claims to find those of some editions. */
function totals(input: FieldInput): SQL {
  const given = input.given('input');
  const form = given?.part('groupBy')?.form;
  const keys = Array.isArray(form) ? [...new Set(form.filter(isKey))] : [];
  const filter = given?.part('where');
  const stage = () => input.value(({ input: asked }) => String(Object(asked).stage));
  const currency = () => input.value(({ input: asked }) => String(Object(asked).currency));
  const { row: edition, from } = input.alias(editions);
  const claim = signedProjectStatistics;
  const link = signedProjectStatisticEditions;

  const group = sql`json_array(${sql.join(
    keys.map((key) => keySql[key].by),
    sql`, `,
  )})`;
  const keyList = sql.join(
    keys.map((key) => sql`json_array(${sql.raw(`'${key}'`)}, ${keySql[key].value}, ${keySql[key].texts})`),
    sql`, `,
  );
  const order = sql.join([...keys.map((key) => sql`${keySql[key].by} NULLS LAST`), sql`grp`], sql`, `);
  const others = sql.join([...keys.filter((key) => key !== 'YEAR').map((key) => keySql[key].by), sql`1`], sql`, `);
  const previous = keys.includes('YEAR')
    ? sql`lag(sums) OVER (PARTITION BY grp = '', ${others} ORDER BY year)`
    : sql`NULL`;
  const reason = sql`CASE WHEN ${claim.stage} <> ${stage()} THEN 'OTHER_STAGE' WHEN ${claim.scope} = 'CUMULATIVE' THEN 'CUMULATIVE' WHEN ${claim.scope} = 'SUBSET' THEN 'SUBSET' WHEN ${claim.status} <> 'FINAL' THEN 'NOT_FINAL' WHEN ${claim.standing} <> 'PREFERRED' THEN 'NOT_PREFERRED' WHEN ${claim.investmentCurrency} <> ${currency()} THEN 'OTHER_CURRENCY' END`;
  const sum = (of: SQL) =>
    sql`CASE WHEN count(${of}) > 0 THEN json_array(CAST(sum(${of} / 1000000000) AS TEXT), CAST(sum(${of} % 1000000000) AS TEXT), count(${of})) END`;
  const projects = sql`CASE ${claim.projectsUnit} WHEN 'PROJECTS' THEN ${claim.projectsValue} END`;

  return sql`totals_editions AS MATERIALIZED (
      SELECT id, convention_id, city_id, year, convention, country, city, ${group} AS grp FROM (
        SELECT ${edition.id} AS id, ${edition.conventionId} AS convention_id, ${edition.cityId} AS city_id, ${edition.year} AS year,
          (SELECT ${conventions.slug} FROM ${conventions} WHERE ${conventions.id} = ${edition.conventionId}) AS convention,
          (SELECT ${places.country} FROM ${places} WHERE ${places.id} = ${edition.cityId}) AS country,
          (SELECT ${places.slug} FROM ${places} WHERE ${places.id} = ${edition.cityId}) AS city
        FROM ${from} WHERE ${inTime}${filter ? sql` AND ${holds(filter, edition, true)}` : sql``})),
    totals_about AS MATERIALIZED (
      SELECT ${link.signedProjectStatisticId} AS claim_id, totals_editions.grp AS grp FROM totals_editions CROSS JOIN ${link} ON ${link.editionId} = totals_editions.id
      UNION SELECT ${claim.id}, totals_editions.grp FROM totals_editions CROSS JOIN ${claim} ON ${claim.reportedAtId} = totals_editions.id WHERE ${claim.scope} = 'CUMULATIVE'),
    totals_claims AS MATERIALIZED (
      SELECT about.claim_id, about.grp, ${reason} AS reason, ${claim.chronology} AS chronology, ${claim.position} AS position
      FROM (SELECT claim_id, grp FROM totals_about UNION SELECT claim_id, '' FROM totals_about) AS about CROSS JOIN ${claim} ON ${claim.id} = about.claim_id WHERE ${inTime}),
    totals_sums AS MATERIALIZED (
      SELECT totals_claims.grp AS grp, json_group_array(totals_claims.claim_id) AS counted, json_object('projects', ${sum(projects)}, 'investment', ${sum(sql`${claim.investmentAmount}`)}) AS sums,
        count(DISTINCT (SELECT ${link.editionId} FROM ${link} WHERE ${link.signedProjectStatisticId} = ${claim.id})) AS editions_counted,
        min(coalesce(${claim.projectsBound}, 'EXACT') = 'EXACT' AND coalesce(${claim.investmentBound}, 'EXACT') = 'EXACT') AS is_exact
      FROM totals_claims CROSS JOIN ${claim} ON ${claim.id} = totals_claims.claim_id
      WHERE totals_claims.reason IS NULL GROUP BY totals_claims.grp),
    totals_counts AS (
      SELECT grp, min(year) AS year, min(convention) AS convention, min(convention_id) AS convention_id, min(country) AS country, min(city) AS city, min(city_id) AS city_id, count(*) AS editions
      FROM totals_editions GROUP BY grp
      UNION ALL SELECT '', NULL, NULL, NULL, NULL, NULL, NULL, count(*) FROM totals_editions),
    totals_rows AS MATERIALIZED (
      SELECT grp, iif(grp = '', 0, row_number() OVER (ORDER BY grp = '', ${order})) AS position, iif(grp = '', '[]', json_array(${keyList})) AS keys,
        editions, coalesce(editions_counted, 0) AS editions_counted, coalesce(is_exact, 1) AS is_exact,
        counted, sums, iif(grp = '', NULL, ${previous}) AS previous
      FROM (SELECT totals_counts.*, totals_sums.editions_counted, totals_sums.is_exact, coalesce(totals_sums.counted, '[]') AS counted, json_set(coalesce(totals_sums.sums, '{"projects":null,"investment":null}'), '$.editions', totals_counts.editions) AS sums
        FROM totals_counts LEFT JOIN totals_sums ON totals_sums.grp = totals_counts.grp)${keys.length > 0 ? sql`` : sql` WHERE grp = ''`})`;
}

@Resolver()
export class SignedProjectTotalsQueries {
  @RootField(() => SignedProjectTotals, {
    description: 'What was signed altogether, as far as it may be summed up, and all that was left out.',
  })
  @Argument('input', () => TotalsInput, { description: 'What to sum up.' })
  @From(nested(undefined, { with: totals }))
  signedProjectTotals!: unknown;
}
