import { and, eq, inArray, sql } from 'drizzle-orm';
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import { Field, Int, ObjectType, Resolver } from 'type-graphql';
import { column, computed, connection, many, nested, type Origin, one } from '../select/origin.ts';
import {
  appearances,
  changes,
  conventions,
  dateClaims,
  economicIndicators,
  editionFurtherPlaces,
  editionNotes,
  editionSubVenues,
  editions,
  exhibitionAreas,
  figures,
  fromStoredDecimal,
  participations,
  places,
  sessions,
  signedProjectStatisticEditions,
  signedProjectStatistics,
  themes,
  venues,
} from '../store/tables.ts';
import { dateIn, dayCount, statusOn } from './calendar.ts';
import { ChangeConnection, newestChangeFirst } from './change.ts';
import { connectionOf } from './connection.ts';
import { Convention } from './convention.ts';
import { EditionCoverage, editionCoverage } from './coverage.ts';
import { DateClaim } from './date-claim.ts';
import { EconomicIndicator } from './economic-indicator.ts';
import { facets } from './edition-facet.ts';
import { EditionNote } from './edition-note.ts';
import { EditionOrder, EditionWhere, isHeadline, preferredSpace } from './edition-where.ts';
import { AttendanceMode, type Bound, EditionStatus, Metric, type Unit, type Word } from './enums.ts';
import { ExhibitionAreaConnection } from './exhibition-area.ts';
import { Argument, ArgumentsOf, From, LocaleArgument, Paged, RootField, StoredIn } from './field.ts';
import { Figure } from './figure.ts';
import { LocalizedText, text, texts } from './localized-text.ts';
import { Node, SlugOrId, slugOrId, updatedAt } from './node.ts';
import { Participation } from './organization.ts';
import { Place, Venue } from './place.ts';
import { Quantity } from './quantity.ts';
import { DateScalar, DateTime, TimeZone, URLScalar } from './scalar.ts';
import { Session } from './session.ts';
import {
  newestClaimFirst,
  SignedProjectStatistic,
  SignedProjectStatisticConnection,
  SignedProjectStatisticOrder,
  SignedProjectStatisticWhere,
} from './signed-project-statistic.ts';
import { Cited } from './source.ts';
import { AppearanceConnection, AppearanceOrder, AppearanceWhere } from './speaker.ts';
import { formatDates, wantedLocales } from './text.ts';
import { Theme } from './theme.ts';

type ByEdition = { editionId: AnySQLiteColumn };
const ofEdition = (part: ByEdition, edition: typeof editions) => eq(part.editionId, edition.id);

const UNKNOWN_ADDRESS = '; null where its address is not known: asked on a command line without PUBLIC_URL.';

/** An address of this service that is about an edition. */
function here(ending: string): Origin {
  return computed({ slug: editions.slug }, ({ slug }, _args, { baseUrl }) =>
    baseUrl === null ? null : `${baseUrl}/editions/${slug}${ending}`,
  );
}

@ObjectType('EditionLinks', { description: 'Where an edition is found outside of this graph.' })
export class EditionLinks {
  @Field(() => URLScalar, { nullable: true, description: `Its page on this service${UNKNOWN_ADDRESS}` })
  @From(here(''))
  page!: string | null;

  @Field(() => URLScalar, {
    nullable: true,
    description: `Its iCalendar file on this service, fit to be subscribed to${UNKNOWN_ADDRESS}`,
  })
  @From(here('.ics'))
  calendar!: string | null;

  @Field(() => URLScalar, {
    nullable: true,
    description: `Its schema.org JSON-LD on this service${UNKNOWN_ADDRESS}`,
  })
  @From(here('.jsonld'))
  jsonLd!: string | null;

  @Field(() => URLScalar, { nullable: true, description: 'Its own site.' })
  @From(column(editions.websiteUrl))
  website!: string | null;
}

@ObjectType('Edition', {
  implements: [Node, Cited],
  description: 'One holding of a convention: its 2021 edition, say.',
})
@StoredIn(editions)
export class Edition {
  @Field(() => String, { description: 'A readable name that never changes: world-manufacturing-convention-2021.' })
  @From(column(editions.slug))
  slug!: string;

  @Field(() => Convention, { description: 'The convention.' })
  @From(one(conventions, (convention, edition: typeof editions) => eq(convention.id, edition.conventionId)))
  convention!: Convention;

  @Field(() => Int, { nullable: true, description: 'Which one it is, from 1; null when unknown.' })
  @From(column(editions.ordinal))
  ordinal!: number | null;

  @Field(() => Boolean, {
    description: 'True when a source prints the ordinal; false when it was counted, or is unknown.',
  })
  @From(column(editions.ordinalIsStated))
  ordinalIsStated!: boolean;

  @Field(() => Int, { description: 'The calendar year.' })
  @From(column(editions.year))
  year!: number;

  @Field(() => String, { description: 'The name.' })
  @LocaleArgument()
  @From(text('name'))
  name!: string;

  @Field(() => [LocalizedText], { description: 'The name in all languages, the original first.' })
  @From(texts('name'))
  names!: LocalizedText[];

  @Field(() => DateScalar, { nullable: true, description: 'The first day.' })
  @From(column(editions.startDate))
  startDate!: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The last day, inclusive; null when no source tells. It is never guessed.',
  })
  @From(column(editions.endDate))
  endDate!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many days, both ends included; null when the last day is unknown.',
  })
  @From(
    computed({ startDate: editions.startDate, endDate: editions.endDate }, ({ startDate, endDate }) =>
      dayCount(startDate, endDate),
    ),
  )
  dayCount!: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The dates written out: "19–22 November 2021", "2021年11月19日至22日"; "until 10 November 2018" where only the last day is known.',
  })
  @LocaleArgument()
  @From(
    computed(
      { startDate: editions.startDate, endDate: editions.endDate },
      ({ startDate, endDate }, { locale }: { locale?: string | null }, context) =>
        formatDates(startDate, endDate, wantedLocales(locale, context)),
    ),
  )
  dates!: string | null;

  @Field(() => [DateClaim], {
    description: 'The claims behind the dates, where sources differ or plans changed; the preferred one first.',
  })
  @From(many(dateClaims, ofEdition, (claim) => [{ by: sql`${claim.standing} <> 'PREFERRED'` }, { by: claim.position }]))
  dateClaims!: DateClaim[];

  @Field(() => TimeZone, { nullable: true, description: 'The time zone whose calendar the dates are in.' })
  @From(column(editions.timeZone))
  timeZone!: string | null;

  @Field(() => EditionStatus, { description: 'Where it stands on a day, by the calendar of its own time zone.' })
  @Argument('on', () => DateScalar, { nullable: true, description: 'The day; today without it.' })
  @From(
    computed(
      {
        startDate: editions.startDate,
        endDate: editions.endDate,
        year: editions.year,
        eventStatus: editions.eventStatus,
        timeZone: editions.timeZone,
      },
      (edition, { on }: { on?: string | null }, context) =>
        statusOn(on ?? dateIn(edition.timeZone, context.now()), edition),
    ),
  )
  status!: string;

  @Field(() => AttendanceMode, { nullable: true, description: 'On site, online or both; null when no source tells.' })
  @From(column(editions.attendanceMode))
  attendanceMode!: string | null;

  @Field(() => Place, { nullable: true, description: 'The city.' })
  @From(one(places, (place, edition: typeof editions) => eq(place.id, edition.cityId)))
  city!: Place | null;

  @Field(() => Venue, { nullable: true, description: 'The main venue; null when no source names it.' })
  @From(one(venues, (venue, edition: typeof editions) => eq(venue.id, edition.venueId)))
  venue!: Venue | null;

  @Field(() => [Venue], { description: 'Further venues, by slug.' })
  @From(
    many(
      venues,
      (venue, edition: typeof editions) =>
        inArray(
          venue.id,
          sql`(SELECT ${editionSubVenues.venueId} FROM ${editionSubVenues} WHERE ${editionSubVenues.editionId} = ${edition.id})`,
        ),
      (venue) => [{ by: venue.slug }],
    ),
  )
  subVenues!: Venue[];

  @Field(() => [Place], {
    description:
      'Further places where parts of it are held, by slug: a second city, another country, a whole province. Its city is not among them.',
  })
  @From(
    many(
      places,
      (place, edition: typeof editions) =>
        inArray(
          place.id,
          sql`(SELECT ${editionFurtherPlaces.placeId} FROM ${editionFurtherPlaces} WHERE ${editionFurtherPlaces.editionId} = ${edition.id})`,
        ),
      (place) => [{ by: place.slug }],
    ),
  )
  furtherPlaces!: Place[];

  @Field(() => [Theme], { description: 'Its themes, the main one first.' })
  @From(many(themes, ofEdition, (theme) => [{ by: theme.kind }, { by: theme.position }]))
  themes!: Theme[];

  @Field(() => ExhibitionAreaConnection, { description: 'Its halls, zones and pavilions, in the order of the source.' })
  @Paged()
  @From(connection(exhibitionAreas, ofEdition, (area) => [{ by: area.position }]))
  exhibitionAreas!: unknown;

  @Field(() => [Session], { description: 'The parts of its programme that sources name, in the order of the data.' })
  @From(many(sessions, ofEdition, (session) => [{ by: session.position }]))
  sessions!: Session[];

  @Field(() => AppearanceConnection, { description: 'Who spoke or took part, by name.' })
  @Paged({ where: () => AppearanceWhere, orderBy: () => AppearanceOrder })
  @From(connection(appearances, ofEdition, (appearance) => [{ by: appearance.sortName }]))
  speakers!: unknown;

  @Field(() => [Participation], {
    description: 'Hosts, organisers, co-organisers and supporters, in the order of the source.',
  })
  @From(
    many(
      participations,
      (participation, edition: typeof editions) =>
        and(ofEdition(participation, edition), sql`${participation.role} <> 'GUEST_OF_HONOUR'`),
      (participation) => [{ by: participation.position }],
    ),
  )
  organizers!: Participation[];

  @Field(() => [Participation], {
    description: 'Countries, provinces and bodies of honour, in the order of the source.',
  })
  @From(
    many(
      participations,
      (participation, edition: typeof editions) =>
        and(ofEdition(participation, edition), eq(participation.role, 'GUEST_OF_HONOUR')),
      (participation) => [{ by: participation.position }],
    ),
  )
  guestsOfHonour!: Participation[];

  @Field(() => Quantity, {
    nullable: true,
    description:
      'The preferred claim about its whole exhibition space, which may be a plan: the figures tell the status, what else was claimed, and what is counted apart. Never net space, which is no measure of the whole.',
  })
  @From(
    computed(
      {
        // json(), since what passes through the sorter is no longer JSON to SQLite but text.
        preferred: (edition: typeof editions) =>
          sql<
            [value: string, unit: Word<typeof Unit>, bound: Word<typeof Bound>] | null
          >`json(${preferredSpace(edition, sql`json_array(CAST(${figures.value} AS TEXT), ${figures.unit}, ${figures.bound})`)})`,
      },
      ({ preferred }) =>
        preferred && { value: fromStoredDecimal(preferred[0]), unit: preferred[1], bound: preferred[2] },
    ),
  )
  exhibitionSpace!: Quantity | null;

  @Field(() => [Figure], {
    description:
      'All claims about its size that its coverage carried: by metric; those about the whole edition first, then parts, then several editions together (read `scope`); the preferred ones first.',
  })
  @Argument('metric', () => [Metric], { nullable: true, description: 'Only these metrics.' })
  @From(
    many(
      figures,
      (figure, edition: typeof editions, input) =>
        and(
          ofEdition(figure, edition),
          input.has('metric')
            ? inArray(
                figure.metric,
                sql`(SELECT value FROM json_each(${input.value(({ metric }) => JSON.stringify(metric))}))`,
              )
            : undefined,
        ),
      (figure) => [
        { by: figure.metric },
        { by: sql`CASE ${figure.scope} WHEN 'EDITION' THEN 0 WHEN 'SUBSET' THEN 1 ELSE 2 END` },
        { by: sql`${figure.standing} <> 'PREFERRED'` },
        { by: figure.position },
      ],
    ),
  )
  figures!: Figure[];

  @Field(() => SignedProjectStatistic, {
    nullable: true,
    description:
      'The preferred claim about what was signed at THIS edition as a whole; look at its status, which may be EXPECTED. Cumulative and partial claims never show here.',
  })
  @From(
    one(
      signedProjectStatistics,
      (claim, edition: typeof editions) =>
        and(
          isHeadline(claim),
          inArray(
            claim.id,
            sql`(SELECT ${signedProjectStatisticEditions.signedProjectStatisticId} FROM ${signedProjectStatisticEditions} WHERE ${signedProjectStatisticEditions.editionId} = ${edition.id})`,
          ),
        ),
      newestClaimFirst,
    ),
  )
  signedProjects!: SignedProjectStatistic | null;

  @Field(() => SignedProjectStatisticConnection, {
    description:
      'All claims about signed projects that are about this edition, alone or with others, or were reported at it. First those about it as a whole, then what else was reported at it, then what later ones reported; each with the newest first.',
  })
  @Paged({ where: () => SignedProjectStatisticWhere, orderBy: () => SignedProjectStatisticOrder })
  @From(
    connection(
      signedProjectStatistics,
      (claim, edition: typeof editions) => {
        const link = signedProjectStatisticEditions;
        const reported = signedProjectStatistics;
        // One set of ids, each half found by an index: an OR would read every claim for every edition.
        return inArray(
          claim.id,
          sql`(SELECT ${link.signedProjectStatisticId} FROM ${link} WHERE ${link.editionId} = ${edition.id} UNION SELECT ${reported.id} FROM ${reported} WHERE ${reported.reportedAtId} = ${edition.id})`,
        );
      },
      (claim, edition: typeof editions) => {
        const link = signedProjectStatisticEditions;
        const about = sql`${claim.id} IN (SELECT ${link.signedProjectStatisticId} FROM ${link} WHERE ${link.editionId} = ${edition.id})`;
        return [
          {
            isRelative: true,
            by: sql`CASE WHEN ${claim.scope} = 'EDITION' AND ${about} THEN 0 WHEN ${claim.reportedAtId} = ${edition.id} THEN 1 ELSE 2 END`,
          },
          ...newestClaimFirst(claim),
        ];
      },
    ),
  )
  signedProjectStatistics!: unknown;

  @Field(() => [EconomicIndicator], {
    description: 'Figures about the economy that its coverage quoted, in the order of the source.',
  })
  @From(
    many(
      economicIndicators,
      (indicator, edition: typeof editions) => eq(indicator.reportedAtId, edition.id),
      (indicator) => [{ by: indicator.position }],
    ),
  )
  indicators!: EconomicIndicator[];

  @Field(() => [EditionNote], {
    description:
      'Sourced facts that are no numbers: outcomes, co-located events, earlier plans. In the order of the data.',
  })
  @From(many(editionNotes, ofEdition, (note) => [{ by: note.position }]))
  notes!: EditionNote[];

  @Field(() => Edition, { nullable: true, description: 'The edition before it in the series.' })
  @From(
    one(
      editions,
      (other, edition: typeof editions) =>
        and(
          eq(other.conventionId, edition.conventionId),
          sql`(${other.chronology}, ${other.id}) < (${edition.chronology}, ${edition.id})`,
        ),
      (other) => [{ by: other.chronology, descending: true }],
    ),
  )
  previousEdition!: Edition | null;

  @Field(() => Edition, { nullable: true, description: 'The edition after it in the series.' })
  @From(
    one(
      editions,
      (other, edition: typeof editions) =>
        and(
          eq(other.conventionId, edition.conventionId),
          sql`(${other.chronology}, ${other.id}) > (${edition.chronology}, ${edition.id})`,
        ),
      (other) => [{ by: other.chronology }],
    ),
  )
  followingEdition!: Edition | null;

  @Field(() => EditionCoverage, {
    description: 'Which fields are known, by how many independent sources, and when those were read last.',
  })
  @From(editionCoverage)
  coverage!: EditionCoverage;

  @Field(() => ChangeConnection, {
    description: 'What imports did to it and to anything that belongs to it. The newest first.',
  })
  @Paged()
  @From(connection(changes, ofEdition, (change) => newestChangeFirst(change)))
  changes!: unknown;

  @Field(() => EditionLinks, { description: 'Where it is found outside of this graph.' })
  @From(nested())
  links!: EditionLinks;

  @Field(() => DateTime, { description: 'When an import last changed it or anything that belongs to it.' })
  @From(updatedAt)
  updatedAt!: string;
}

export const EditionConnection = connectionOf('Edition', () => Edition, { facets });

@Resolver()
export class EditionQueries {
  @RootField(() => Edition, { nullable: true, description: 'One edition by slug or by id; null when there is none.' })
  @From(one(editions, slugOrId))
  @ArgumentsOf(() => SlugOrId)
  edition!: unknown;

  @RootField(() => EditionConnection, {
    description: 'All editions. The newest first; those without a date before the others of their year.',
  })
  @Paged({ where: () => EditionWhere, orderBy: () => EditionOrder })
  @From(connection(editions, undefined, (edition) => [{ by: edition.chronology, descending: true }]))
  editions!: unknown;
}
