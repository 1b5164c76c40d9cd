import { and, eq, isNotNull, type SQL, sql } from 'drizzle-orm';
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import { Field, Int, ObjectType } from 'type-graphql';
import { all } from '../select/filter.ts';
import { columnOf, literal } from '../select/json.ts';
import { computed, type Filter, type Origin } from '../select/origin.ts';
import {
  appearances,
  citations,
  type conventions,
  dateClaims,
  economicIndicators,
  editionNotes,
  editions,
  exhibitionAreas,
  figureEditions,
  figures,
  participations,
  sessions,
  signedProjectStatisticEditions,
  signedProjectStatistics,
  sources,
  themes,
} from '../store/tables.ts';
import { CoverageField, type Metric, type ProjectStage, type Word } from './enums.ts';
import { DateScalar } from './scalar.ts';

const INDEPENDENT =
  'How many of the sources are independent: those that repeat one another (`derivedFrom`, to the end of the chain) or carry the text of one origin (`origin`) count once. A copy of which neither is known counts for itself.';
const LAST_CHECKED = 'The latest day on which the editors read one of the sources; null where none tells.';

@ObjectType('FieldCoverage', { description: 'What is known of one field of an edition, and by whom.' })
export class FieldCoverage {
  @Field(() => CoverageField, { description: 'The field.' })
  field!: Word<typeof CoverageField>;

  @Field(() => Boolean, {
    description:
      'Whether it is known. What was only announced or expected counts: the claims tell the status. No number is known by claims that are disputed or superseded.',
  })
  isKnown!: boolean;

  @Field(() => Int, {
    description:
      'How many sources tell of it, those of competing claims included, disputed and superseded ones left out: the sources of the records that it is made of, and those that the edition cites for it by name. For a day, a city, a venue or a way of taking part that is cited by none of these, the sources of the edition as a whole. 0 where it is unknown.',
  })
  sources!: number;

  @Field(() => Int, { description: INDEPENDENT })
  independentSources!: number;

  @Field(() => DateScalar, { nullable: true, description: LAST_CHECKED })
  lastCheckedOn!: string | null;
}

@ObjectType('EditionCoverage', { description: 'What is known of an edition, and by how many sources.' })
export class EditionCoverage {
  @Field(() => [FieldCoverage], { description: 'Every field, known or not, in the order of the enum.' })
  fields!: FieldCoverage[];

  @Field(() => Int, { description: 'How many of the fields are known.' })
  known!: number;

  @Field(() => Int, { description: 'How many fields there are.' })
  total!: number;

  @Field(() => Int, {
    description:
      'How many sources there are of the edition and of all its records, those of claims about it together with other editions included, although these tell none of the fields.',
  })
  sources!: number;

  @Field(() => Int, { description: INDEPENDENT })
  independentSources!: number;

  @Field(() => DateScalar, { nullable: true, description: LAST_CHECKED })
  lastCheckedOn!: string | null;
}

@ObjectType('ConventionFieldCoverage', {
  description: 'At how many editions of a convention a field is known, and by whom.',
})
export class ConventionFieldCoverage {
  @Field(() => CoverageField, { description: 'The field.' })
  field!: Word<typeof CoverageField>;

  @Field(() => Int, { description: 'Of how many editions it is known.' })
  editions!: number;

  @Field(() => Int, { description: 'How many sources tell of it, at any of the editions.' })
  sources!: number;

  @Field(() => Int, { description: INDEPENDENT })
  independentSources!: number;

  @Field(() => DateScalar, { nullable: true, description: LAST_CHECKED })
  lastCheckedOn!: string | null;
}

@ObjectType('ConventionCoverage', {
  description: 'What is known of the editions of a convention, and by how many sources.',
})
export class ConventionCoverage {
  @Field(() => [ConventionFieldCoverage], { description: 'Every field, known or not, in the order of the enum.' })
  fields!: ConventionFieldCoverage[];

  @Field(() => Int, { description: 'How many editions there are.' })
  editions!: number;

  @Field(() => Int, { description: 'How many fields are known, those of all editions added up.' })
  known!: number;

  @Field(() => Int, { description: 'How many fields there are, those of all editions added up.' })
  total!: number;

  @Field(() => Int, { description: 'How many sources there are of the editions and of all their records.' })
  sources!: number;

  @Field(() => Int, { description: INDEPENDENT })
  independentSources!: number;

  @Field(() => DateScalar, { nullable: true, description: LAST_CHECKED })
  lastCheckedOn!: string | null;
}

/** Whether a column holds the id of an edition that is asked about. */
type IsOf = (editionId: AnySQLiteColumn) => SQL;

/** Records of editions that tell of something. */
interface Records {
  id: AnySQLiteColumn;
  editionId: AnySQLiteColumn;
  from: SQL;
  /** Which of them tell of the field at all. */
  tells?: SQL;
  /** Which of those make it known; all, without it. */
  shows?: SQL;
  /** The fields of the record whose citations count besides those of the record as a whole; all, without it. */
  cited?: readonly string[];
}

/** How a field is known, and where its sources stand. */
interface Known {
  /** What citations of the edition call it. */
  names: readonly string[];
  /** It is known where this is not null; by its records, where there is none. */
  column?: AnySQLiteColumn;
  records?: Records;
}

const anyOf = (words: readonly string[]) => sql.raw(`(${words.map((word) => `'${word}'`).join(', ')})`);

// The + keeps SQLite from looking through all claims of a kind for each edition.
const stands = (standing: AnySQLiteColumn) => sql`+${standing} IN ('PREFERRED', 'ALTERNATIVE')`;
const isPreferred = (standing: AnySQLiteColumn) => sql`${standing} = 'PREFERRED'`;

type Part = { id: AnySQLiteColumn; editionId: AnySQLiteColumn };
const partsIn = ({ id, editionId }: Part, from: SQL, tells?: SQL): Records => ({ id, editionId, from, tells });

const daysTold = (day: AnySQLiteColumn, name: string): Records => ({
  ...partsIn(dateClaims, sql`${dateClaims}`, sql`${day} IS NOT NULL AND ${stands(dateClaims.standing)}`),
  cited: [name],
});

const counted = (metrics: readonly Word<typeof Metric>[], also = sql``): Records => ({
  id: figures.id,
  editionId: figureEditions.editionId,
  from: sql`${figureEditions} JOIN ${figures} ON ${figures.id} = ${figureEditions.figureId}`,
  tells: sql`+${figures.metric} IN ${anyOf(metrics)} AND +${figures.scope} = 'EDITION' AND ${stands(figures.standing)}${also}`,
  shows: isPreferred(figures.standing),
  cited: ['value', 'quantity'],
});

const claimsAbout = sql`${signedProjectStatisticEditions} JOIN ${signedProjectStatistics} ON ${signedProjectStatistics.id} = ${signedProjectStatisticEditions.signedProjectStatisticId}`;

const signed = (stages: readonly Word<typeof ProjectStage>[], cited: readonly string[], value?: AnySQLiteColumn) => {
  const { id, stage, scope, standing } = signedProjectStatistics;
  const hasValue = value ? sql` AND ${value} IS NOT NULL` : sql``;
  return {
    ...{ id, editionId: signedProjectStatisticEditions.editionId, from: claimsAbout, cited },
    tells: sql`+${stage} IN ${anyOf(stages)} AND +${scope} = 'EDITION' AND ${stands(standing)}${hasValue}`,
    shows: isPreferred(standing),
  };
};

const KNOWN: Record<Word<typeof CoverageField>, Known> = {
  START_DATE: {
    names: ['startDate', 'dates'],
    column: editions.startDate,
    records: daysTold(dateClaims.startDate, 'startDate'),
  },
  END_DATE: {
    names: ['endDate', 'dates'],
    column: editions.endDate,
    records: daysTold(dateClaims.endDate, 'endDate'),
  },
  CITY: { names: ['city'], column: editions.cityId },
  VENUE: { names: ['venue'], column: editions.venueId },
  ATTENDANCE_MODE: { names: ['attendanceMode'], column: editions.attendanceMode },
  ORGANIZERS: {
    names: ['organizers'],
    records: partsIn(participations, sql`${participations}`, sql`${participations.role} <> 'GUEST_OF_HONOUR'`),
  },
  GUESTS_OF_HONOUR: {
    names: ['guestsOfHonour'],
    records: partsIn(participations, sql`${participations}`, sql`${participations.role} = 'GUEST_OF_HONOUR'`),
  },
  THEMES: { names: ['themes'], records: partsIn(themes, sql`${themes}`) },
  EXHIBITION_AREAS: { names: ['exhibitionAreas'], records: partsIn(exhibitionAreas, sql`${exhibitionAreas}`) },
  SESSIONS: { names: ['sessions'], records: partsIn(sessions, sql`${sessions}`) },
  SPEAKERS: { names: ['speakers'], records: partsIn(appearances, sql`${appearances}`) },
  EXHIBITION_SPACE: {
    names: ['exhibitionSpace'],
    records: counted(['EXHIBITION_SPACE'], sql` AND ${figures.spaceBasis} IS NOT 'NET'`),
  },
  EXHIBITORS: { names: [], records: counted(['EXHIBITORS']) },
  VISITORS: {
    names: [],
    records: counted(['VISITORS', 'VISITS', 'TRADE_VISITORS', 'REGISTRATIONS', 'BUYERS', 'FOREIGN_BUYERS', 'GUESTS']),
  },
  COUNTRIES: { names: [], records: counted(['COUNTRIES']) },
  SIGNED_PROJECTS: {
    names: [],
    records: signed(['SIGNED'], ['projects'], signedProjectStatistics.projectsValue),
  },
  SIGNED_INVESTMENT: {
    names: [],
    records: signed(['SIGNED'], ['investment'], signedProjectStatistics.investmentAmount),
  },
  DEALS: { names: [], records: signed(['INTENDED', 'AGREED', 'ONSITE_SALES'], ['projects', 'investment']) },
};

const isField = (word: unknown): word is Word<typeof CoverageField> =>
  typeof word === 'string' && Object.hasOwn(KNOWN, word);
const FIELDS = Object.keys(KNOWN).filter(isField);

/** Which fields a citation of an edition vouches for, by what it names. */
const NAMED = new Map(
  FIELDS.flatMap((field) => KNOWN[field].names).map((name) => [
    name,
    FIELDS.filter((field) => KNOWN[field].names.includes(name)),
  ]),
);

/** Records whose sources are sources of the edition, whatever they tell of. */
const allRecords: readonly Records[] = [
  partsIn(dateClaims, sql`${dateClaims}`),
  partsIn(editionNotes, sql`${editionNotes}`),
  partsIn(figures, sql`${figures}`),
  {
    id: signedProjectStatisticEditions.signedProjectStatisticId,
    editionId: signedProjectStatisticEditions.editionId,
    from: sql`${signedProjectStatisticEditions}`,
  },
  ...[signedProjectStatistics, economicIndicators].map((table) => ({
    ...{ id: table.id, editionId: table.reportedAtId, from: sql`${table}` },
  })),
];

/** What a source carries, as JSON: itself and all that it repeats, each by whose text it is where that is known. */
const TRACES = sql`CASE WHEN ${sources.derivedFromId} IS NULL THEN json_array(coalesce('origin ' || ${sources.origin}, ${sources.id})) ELSE (WITH RECURSIVE chain(id, above, origin) AS (SELECT ${sources.id}, ${sources.derivedFromId}, ${sources.origin} UNION SELECT ${sources.id}, ${sources.derivedFromId}, ${sources.origin} FROM chain JOIN ${sources} ON ${sources.id} = chain.above) SELECT json_group_array(coalesce('origin ' || chain.origin, chain.id)) FROM chain) END`;

interface Source {
  id: string;
  /** Sources that have one in common are not independent. */
  traces: Traces;
  retrievedOn: string | null;
}

type Traces = readonly [string, ...string[]];

/** By what: a field, a name that the edition gave with a dot before it, or nothing. Without a source: it is known. */
type Told = [
  edition: string,
  by: string,
  isShown: 0 | 1,
  source: string | null,
  traces: Traces,
  retrievedOn: string | null,
];

/** All that is told of some editions, found by indexes: each of their records is read once for each thing it tells of. */
function told(isOf: IsOf): SQL<Told[]> {
  const recordsBy = (by: string, { id, editionId, from, tells, shows, cited }: Records) => {
    const fits = cited && sql`(${citations.field} IS NULL OR ${citations.field} IN ${anyOf(cited)})`;
    return sql`SELECT ${editionId}, ${literal(by)}, ${shows ?? sql`1`}, ${citations.sourceId} FROM ${from} LEFT JOIN ${citations} ON ${and(eq(citations.nodeId, id), fits)} WHERE ${and(isOf(editionId), tells)}`;
  };
  const arms = [
    sql`SELECT ${citations.nodeId} AS edition, '.' || coalesce(${citations.field}, '') AS told, 0 AS shown, ${citations.sourceId} AS source FROM ${citations} WHERE ${isOf(citations.nodeId)}`,
    ...allRecords.map((records) => recordsBy('', records)),
    ...FIELDS.flatMap((field) => {
      const { column, records } = KNOWN[field];
      const known =
        column &&
        sql`SELECT ${editions.id}, ${literal(field)}, 1, NULL FROM ${editions} WHERE ${and(isOf(editions.id), isNotNull(column))}`;
      // Where a column makes it known, its records only tell of it.
      const by = records && recordsBy(field, column ? { ...records, shows: sql`0` } : records);
      return [known, by].filter((arm) => arm !== undefined);
    }),
  ];
  return sql`(SELECT json_group_array(json_array(edition, told, shown, id, json(traces), retrieved_on)) FROM (SELECT edition, told, max(shown) AS shown, ${sources.id} AS id, ${TRACES} AS traces, ${sources.retrievedOn} AS retrieved_on FROM (${sql.join(arms, sql` UNION ALL `)}) LEFT JOIN ${sources} ON ${sources.id} = source GROUP BY edition, told, source))`;
}

interface Tally {
  sources: number;
  independentSources: number;
  lastCheckedOn: string | null;
}

function tallyOf(found: readonly Source[]): Tally {
  const days = found.map(({ retrievedOn }) => retrievedOn ?? '').toSorted();
  return {
    sources: new Set(found.map(({ id }) => id)).size,
    independentSources: countApart(found),
    lastCheckedOn: days.at(-1) || null,
  };
}

/** Counts sources that repeat one another, directly or by way of others that are counted, once. */
function countApart(found: readonly Source[]): number {
  const above = new Map<string, string>();
  const top = (trace: string): string => {
    let at = trace;
    for (let next = above.get(at); next !== undefined; next = above.get(at)) at = next;
    return at;
  };
  for (const { traces } of found)
    for (const trace of traces) if (top(trace) !== top(traces[0])) above.set(top(trace), top(traces[0]));
  return new Set(found.map(({ traces }) => top(traces[0]))).size;
}

/** What is known of one edition: for each field that is, its sources. */
function knownOf(rows: readonly Told[]): Map<Word<typeof CoverageField>, Source[]> {
  const shown = new Set<string>();
  const by = new Map<string, Source[]>();
  for (const [, name, isShown, id, traces, retrievedOn] of rows) {
    if (isShown) shown.add(name);
    if (id === null) continue;
    const fields = name.startsWith('.') ? (NAMED.get(name.slice(1)) ?? []) : [];
    for (const one of [name, ...fields]) putTo(by, one, { id, traces, retrievedOn });
  }
  const known = FIELDS.filter((field) => shown.has(field));
  return new Map(known.map((field) => [field, by.get(field) ?? (KNOWN[field].column && by.get('.')) ?? []]));
}

function putTo<Item>(groups: Map<string, Item[]>, name: string, item: Item): void {
  const group = groups.get(name);
  if (group) group.push(item);
  else groups.set(name, [item]);
}

function sourcesIn(rows: readonly Told[]): Source[] {
  return rows.flatMap(([, , , id, traces, retrievedOn]) => (id === null ? [] : [{ id, traces, retrievedOn }]));
}

/** The coverage of an edition. */
export const editionCoverage: Origin = computed(
  { rows: ({ id }: typeof editions) => told((edition) => sql`${edition} = ${id}`) },
  ({ rows }): EditionCoverage => {
    const known = knownOf(rows);
    return {
      fields: FIELDS.map((field) => ({ field, isKnown: known.has(field), ...tallyOf(known.get(field) ?? []) })),
      known: known.size,
      total: FIELDS.length,
      ...tallyOf(sourcesIn(rows)),
    };
  },
);

/** The coverage of all editions of a convention. */
export const conventionCoverage: Origin = computed(
  {
    rows: ({ id }: typeof conventions) =>
      told(
        (edition) => sql`${edition} IN (SELECT ${editions.id} FROM ${editions} WHERE ${editions.conventionId} = ${id})`,
      ),
    editions: ({ id }: typeof conventions) =>
      sql<number>`(SELECT count(*) FROM ${editions} WHERE ${editions.conventionId} = ${id})`,
  },
  ({ rows, editions: count }): ConventionCoverage => {
    const byEdition = new Map<string, Told[]>();
    for (const row of rows) putTo(byEdition, row[0], row);
    const editionsKnown = [...byEdition.values()].map(knownOf);
    return {
      fields: FIELDS.map((field) => {
        const found = editionsKnown.map((known) => known.get(field)).filter((known) => known !== undefined);
        return { field, editions: found.length, ...tallyOf(found.flat()) };
      }),
      editions: count,
      known: editionsKnown.reduce((sum, { size }) => sum + size, 0),
      total: count * FIELDS.length,
      ...tallyOf(sourcesIn(rows)),
    };
  },
);

/** Holds for editions of which at least one of some fields is not known. */
export const lacks: Filter = {
  holds: (edition: typeof editions, given, truth) => {
    const fields = Array.isArray(given.form) ? given.form.filter(isField) : [];
    const conditions = fields.map((field) => {
      const { column, records } = KNOWN[field];
      const is = sql.raw(truth ? 'IS NULL' : 'IS NOT NULL');
      if (column) return sql`${columnOf(edition, column)} ${is}`;
      if (!records) throw new TypeError(`Nothing makes ${field} known.`);
      const { editionId, from, tells, shows } = records;
      return sql`(SELECT 1 FROM ${from} WHERE ${and(eq(editionId, edition.id), tells, shows)} LIMIT 1) ${is}`;
    });
    return all(conditions, !truth);
  },
};
