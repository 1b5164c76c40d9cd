import { makeExecutableSchema } from '@graphql-tools/schema';
import type { GraphQLSchema } from 'graphql';
import { type Context, type Row, Store } from './store.ts';

/* The part of the schema that the questions need, for the servers that resolve field by field and batch by DataLoader. */

const typeDefs = `
  scalar Date
  scalar Decimal

  enum OrderDirection { ASC DESC }
  enum EditionOrderField { START_DATE }
  input IntFilter { gte: Int }
  input StringFilter { contains: String }
  input EditionWhere { year: IntFilter city: StringFilter }
  input EditionOrder { field: EditionOrderField! direction: OrderDirection! = ASC }

  type Query {
    edition(slug: String): Edition
    editions(first: Int, after: String, where: EditionWhere, orderBy: [EditionOrder!]): EditionConnection!
  }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type EditionConnection { nodes: [Edition!]! pageInfo: PageInfo! }
  type Edition {
    slug: String!
    name: String!
    year: Int!
    ordinal: Int
    startDate: Date
    endDate: Date
    timeZone: String
    links: EditionLinks!
    convention: Convention!
    city: Place
    venue: Venue
    citations: [Citation!]!
    themes: [Theme!]!
    exhibitionAreas(first: Int): ExhibitionAreaConnection!
    sessions: [Session!]!
    organizers: [Participation!]!
    speakers(first: Int): AppearanceConnection!
    figures: [Figure!]!
    signedProjectStatistics(first: Int): SignedProjectStatisticConnection!
    notes: [EditionNote!]!
    previousEdition: Edition
    followingEdition: Edition
  }
  type EditionLinks { website: String }
  type Convention { slug: String! name: String! acronym: String }
  type Place { slug: String! name: String! country: String! }
  type Venue { name: String! }
  type Citation { source: Source! }
  type Source { slug: String! title: String! url: String publisher: String publishedOn: Date }
  type Theme { text: String! kind: String! citations: [Citation!]! }
  type Quantity { value: Decimal! unit: String! bound: String! }
  type Money { amount: Decimal! currency: String! bound: String! }
  type ExhibitionAreaConnection { nodes: [ExhibitionArea!]! }
  type ExhibitionArea { name: String! kind: String! size: Quantity citations: [Citation!]! }
  type Session { title: String! kind: String! date: Date }
  union Participant = Organization | Place
  type Participation { role: String! participant: Participant! }
  type AppearanceConnection { nodes: [Appearance!]! }
  type Appearance { kind: String! title: String speaker: Speaker! affiliation: Organization citations: [Citation!]! }
  type Speaker { slug: String! name: String! }
  type Organization { slug: String! name: String! }
  type Figure { metric: String! quantity: Quantity! status: String! asOf: Date citations: [Citation!]! }
  type SignedProjectStatisticConnection { nodes: [SignedProjectStatistic!]! }
  type SignedProjectStatistic {
    scope: String!
    stage: String!
    status: String!
    asOf: Date
    note: String
    projects: Quantity
    investment: Money
    editions: [Edition!]!
    citations: [Citation!]!
  }
  type EditionNote { kind: String! text: String! }
`;

interface Page {
  first?: number | null;
}

interface EditionsArguments extends Page {
  after?: string | null;
  where?: { year?: { gte?: number | null } | null; city?: { contains?: string | null } | null } | null;
  orderBy?: { direction: 'ASC' | 'DESC' }[] | null;
}

const DEFAULT_PAGE = 20;

const text =
  (field: 'name' | 'text' | 'title' | 'note') =>
  (row: Row, _args: unknown, { texts }: Context) =>
    texts[field].load(row.id);
const citations = (row: Row, _args: unknown, context: Context) => context.citations.load(row.id);
const named = { name: text('name') };

const page = async (rows: Promise<Row[]>, { first }: Page) => ({ nodes: (await rows).slice(0, first ?? DEFAULT_PAGE) });

/** Decimals are stored in ten-thousandths. */
function decimal(stored: Row[string]): string {
  const digits = String(stored).padStart(5, '0');
  return `${digits.slice(0, -4)}.${digits.slice(-4)}`.replace(/\.?0+$/, '');
}

const quantity = (value: Row[string], unit: Row[string], bound: Row[string]) =>
  value === null ? null : { value: decimal(value), unit, bound };

/** Periods are no days. */
const day = (asOf: Row[string]) => (typeof asOf === 'string' && asOf.length >= 10 ? asOf.slice(0, 10) : null);

const resolvers = {
  Query: {
    edition: (_root: unknown, { slug }: { slug: string }, { store }: Context) => store.edition(slug),
    editions: (_root: unknown, { first, after, where, orderBy }: EditionsArguments, { store }: Context) => {
      const wanted = first ?? DEFAULT_PAGE;
      const isByStart = (orderBy?.length ?? 0) > 0;
      const rows = isByStart
        ? store.filteredEditions(wanted + 1, after ?? null, where?.year?.gte ?? 0, where?.city?.contains ?? '')
        : store.newestEditions(wanted + 1, after ?? null);
      const nodes = rows.slice(0, wanted);
      const last = nodes.at(-1);
      return {
        nodes,
        pageInfo: {
          hasNextPage: rows.length > wanted,
          endCursor: last ? store.cursorOf(last, isByStart) : null,
        },
      };
    },
  },
  Edition: {
    ...named,
    startDate: (edition: Row) => edition.start_date,
    endDate: (edition: Row) => edition.end_date,
    timeZone: (edition: Row) => edition.time_zone,
    links: (edition: Row) => ({ website: edition.website_url }),
    convention: (edition: Row, _args: unknown, { records }: Context) => records.conventions.load(edition.convention_id),
    city: (edition: Row, _args: unknown, { records }: Context) =>
      edition.city_id === null ? null : records.places.load(edition.city_id),
    venue: (edition: Row, _args: unknown, { records }: Context) =>
      edition.venue_id === null ? null : records.venues.load(edition.venue_id),
    citations,
    themes: (edition: Row, _args: unknown, { lists }: Context) => lists.themes.load(edition.id),
    exhibitionAreas: (edition: Row, args: Page, { lists }: Context) =>
      page(lists.exhibitionAreas.load(edition.id), args),
    sessions: (edition: Row, _args: unknown, { lists }: Context) => lists.sessions.load(edition.id),
    organizers: (edition: Row, _args: unknown, { lists }: Context) => lists.organizers.load(edition.id),
    speakers: (edition: Row, args: Page, { lists }: Context) => page(lists.appearances.load(edition.id), args),
    figures: (edition: Row, _args: unknown, { lists }: Context) => lists.figures.load(edition.id),
    signedProjectStatistics: (edition: Row, args: Page, { lists }: Context) =>
      page(lists.claims.load(edition.id), args),
    notes: (edition: Row, _args: unknown, { lists }: Context) => lists.notes.load(edition.id),
    previousEdition: (edition: Row, _args: unknown, context: Context) => context.previous.load(edition.id),
    followingEdition: (edition: Row, _args: unknown, context: Context) => context.following.load(edition.id),
  },
  Convention: named,
  Place: named,
  Venue: named,
  Speaker: named,
  Organization: named,
  Citation: {
    source: (citation: Row, _args: unknown, { records }: Context) => records.sources.load(citation.source_id),
  },
  Source: { publishedOn: (source: Row) => source.published_on },
  Theme: { text: text('text'), citations },
  ExhibitionArea: {
    ...named,
    size: (area: Row) => quantity(area.size_value ?? null, area.size_unit, area.size_bound),
    citations,
  },
  Session: { title: text('title') },
  Participant: { __resolveType: ({ id }: Row) => (String(id).startsWith('place') ? 'Place' : 'Organization') },
  Participation: {
    participant: (participation: Row, _args: unknown, { records }: Context) => {
      const id = participation.participant_id;
      return String(id).startsWith('place') ? records.places.load(id) : records.organizations.load(id);
    },
  },
  Appearance: {
    title: text('title'),
    speaker: (appearance: Row, _args: unknown, { records }: Context) => records.speakers.load(appearance.speaker_id),
    affiliation: (appearance: Row, _args: unknown, { records }: Context) =>
      appearance.affiliation_id === null ? null : records.organizations.load(appearance.affiliation_id),
    citations,
  },
  Figure: {
    quantity: ({ value = null, unit, bound }: Row) => quantity(value, unit, bound),
    asOf: (figure: Row) => day(figure.as_of),
    citations,
  },
  SignedProjectStatistic: {
    asOf: (claim: Row) => day(claim.as_of),
    note: text('note'),
    projects: (claim: Row) => quantity(claim.projects_value ?? null, claim.projects_unit, claim.projects_bound),
    investment: (claim: Row) =>
      claim.investment_amount === null
        ? null
        : {
            amount: decimal(claim.investment_amount),
            currency: claim.investment_currency,
            bound: claim.investment_bound,
          },
    editions: (claim: Row, _args: unknown, { lists }: Context) => lists.editionsOfClaim.load(claim.id),
    citations,
  },
  EditionNote: { text: text('text') },
};

/**
 * The graph over a database.
 * @returns the schema, and what makes the context of each request
 */
export function graphOver(database: string): { schema: GraphQLSchema; context: () => Context } {
  const store = new Store(database);
  return { schema: makeExecutableSchema({ typeDefs, resolvers }), context: () => store.context() };
}
