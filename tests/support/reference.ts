import {
  buildASTSchema,
  execute,
  type GraphQLFieldResolver,
  type GraphQLNamedType,
  GraphQLSchema,
  getNamedType,
  isAbstractType,
  isObjectType,
  parse,
  printSchema,
  visit,
} from 'graphql';
import { expect } from 'vitest';
import type { TextRow } from '../../src/graphql/text.ts';
import { preferredLocales } from '../../src/http/locales.ts';
import type { SqlValue } from '../../src/store/open.ts';
import { fieldsOf } from './reference-fields.ts';
import { ask, plain, schema, type World } from './world.ts';

/*
 * The same questions answered in the plainest way: each field runs SQL of its own, lists are read whole and cut in
 * JavaScript. It shares with the planner the schema's text and the pure functions that format; nothing else.
 */

export type Row = Record<string, SqlValue | undefined>;

/** The arguments that any field has. */
export interface Arguments {
  id?: string | null;
  ids?: string[];
  slug?: string | null;
  locale?: string | null;
  on?: string | null;
  metric?: string[] | null;
  style?: string;
  notation?: string;
  first?: number | null;
  last?: number | null;
  after?: string | null;
  before?: string | null;
}

export type Resolve = (row: Row, args: Arguments) => unknown;

/** A list that was read whole and cut. */
interface Page {
  rows: Row[];
  total: number;
  hasNextPage: boolean;
  hasPreviousPage: boolean;
}

/** How the fields of the reference read, each for itself. */
export interface Reading {
  all(sql: string, ...params: (SqlValue | undefined)[]): Row[];
  get(sql: string, ...params: (SqlValue | undefined)[]): Row | null;
  now(): Date;
  /** What the request prefers. */
  locales(): readonly string[];
  /** A list that has pages: of all rows of the table, or of those that the condition, over columns of the parent, picks. */
  connection(table: string, order: string, condition?: string, ...parentColumns: string[]): Resolve;
  node(id: SqlValue | undefined): Row | null;
}

export interface Reference {
  /** What it can answer. */
  schema: GraphQLSchema;
  /** Every field that was answered so far, as in "Edition.themes". */
  answered: ReadonlySet<string>;
  /** As `ask` of a world; `roots` is how many root fields were answered. */
  ask(
    query: string,
    variables?: Record<string, unknown>,
    acceptLanguage?: string,
  ): Promise<{ data: unknown; errors: readonly unknown[] | undefined; roots: number }>;
}

/** @returns the reference over the same database as the world's */
export function referenceOf(world: World): Reference {
  let locales: readonly string[] = [];
  let roots = 0;
  const answered = new Set<string>();
  const executable = executableSchema(
    reading(world, () => locales),
    (type, field) => {
      answered.add(`${type}.${field}`);
      if (type === 'Query') roots += 1;
    },
  );
  return {
    schema: executable,
    answered,
    async ask(query, variables, acceptLanguage) {
      locales = preferredLocales(acceptLanguage);
      roots = 0;
      const { data, errors } = await execute({ schema: executable, document: parse(query), variableValues: variables });
      return { data: plain(data), errors, roots };
    },
  };
}

/** Asks both, and expects the same data, no errors, and one statement for each root field. */
export async function expectSame(
  { world, reference }: { world: World; reference: Reference },
  { query, variables, acceptLanguage }: { query: string; variables?: Record<string, unknown>; acceptLanguage?: string },
): Promise<unknown> {
  const told = `${query}\nvariables: ${JSON.stringify(variables)}, accept-language: ${acceptLanguage}`;
  const expected = await reference.ask(query, variables, acceptLanguage);
  const { data, errors, statements } = await ask(world, query, variables, acceptLanguage);
  expect(expected.errors, told).toBeUndefined();
  expect(errors, told).toBeUndefined();
  expect(sameCursors(data), told).toEqual(expected.data);
  expect(statements.length, told).toBe(expected.roots);
  return data;
}

/** What the reference writes in place of a cursor; `sameCursors` writes the planner's so, too. */
const cursorTo = (id: SqlValue | undefined) => `cursor to ${id}`;

/** @returns an answer of the planner with each cursor written as the reference writes it */
function sameCursors(data: unknown): unknown {
  return JSON.parse(
    JSON.stringify(data, (_key, value: unknown) => {
      const id = typeof value === 'string' ? idInCursor(value) : undefined;
      return id === undefined ? value : cursorTo(id);
    }),
  );
}

function idInCursor(text: string): string | undefined {
  if (!/^Wy[IJ]/.test(text)) return undefined;
  const values: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
  return Array.isArray(values) ? String(values.at(-1)) : undefined;
}

const tables: Record<string, string> = {
  Convention: 'conventions',
  Edition: 'editions',
  Theme: 'themes',
  ExhibitionArea: 'exhibition_areas',
  Session: 'sessions',
  Speaker: 'speakers',
  Appearance: 'appearances',
  Organization: 'organizations',
  Place: 'places',
  Venue: 'venues',
  Figure: 'figures',
  EconomicIndicator: 'economic_indicators',
  SignedProjectStatistic: 'signed_project_statistics',
  Source: 'sources',
  DateClaim: 'date_claims',
  EditionNote: 'edition_notes',
};

function reading(world: World, locales: () => readonly string[]): Reading {
  const all: Reading['all'] = (sql, ...params) =>
    world.reader.rows(
      sql,
      params.map((value) => value ?? null),
    );
  const get: Reading['get'] = (sql, ...params) => all(sql, ...params)[0] ?? null;
  return {
    all,
    get,
    now: world.now,
    locales,
    node(id) {
      const found = get('SELECT type FROM nodes WHERE id = ?', id);
      const table = found && tables[String(found.type)];
      return table ? { ...get(`SELECT * FROM ${table} WHERE id = ?`, id), ...found } : null;
    },
    connection:
      (table, order, condition = '1', ...parentColumns) =>
      (parent, { first, last, after, before }): Page => {
        const params = parentColumns.map((column) => parent[column]);
        const whole = all(`SELECT * FROM ${table} AS own WHERE ${condition} ORDER BY ${order}`, ...params);
        // A cursor may point at a record of another parent: its place is that in the list of all.
        const everything = after || before ? all(`SELECT id FROM ${table} ORDER BY ${order}`) : [];
        const places = new Map(everything.map(({ id }, place) => [id, place]));
        const placeOf = (id: SqlValue | undefined) => places.get(id) ?? 0;
        const start = after ? placeOf(idInCursor(after)) : Number.NEGATIVE_INFINITY;
        const end = before ? placeOf(idInCursor(before)) : Number.POSITIVE_INFINITY;
        const between = whole.filter(({ id }) => placeOf(id) > start && placeOf(id) < end);
        const rows = last != null ? between.slice(-last) : between.slice(0, first ?? 20);
        const isCut = rows.length < between.length;
        return {
          rows,
          total: whole.length,
          hasNextPage: (last == null && isCut) || whole.some(({ id }) => placeOf(id) >= end),
          hasPreviousPage: (last != null && isCut) || whole.some(({ id }) => placeOf(id) <= start),
        };
      },
  };
}

// A method, not a function property: what it reads may be narrower than unknown.
type AnyResolve = { resolve(source: unknown, args: Arguments): unknown }['resolve'];

/** Fields whose source is no row. */
const pages: Record<string, Record<string, AnyResolve>> = {
  Connection: {
    nodes: ({ rows }: Page) => rows,
    edges: ({ rows }: Page) => rows,
    pageInfo: (page: Page) => page,
    totalCount: ({ total }: Page) => total,
  },
  Edge: { node: (row: Row) => row, cursor: (row: Row) => cursorTo(row.id) },
  PageInfo: {
    hasNextPage: ({ hasNextPage }: Page) => hasNextPage,
    hasPreviousPage: ({ hasPreviousPage }: Page) => hasPreviousPage,
    startCursor: ({ rows: [first] }: Page) => first && cursorTo(first.id),
    endCursor: ({ rows }: Page) => (rows.length > 0 ? cursorTo(rows.at(-1)?.id) : null),
  },
  LocalizedText: {
    locale: ([locale]: TextRow) => locale,
    text: ([, text]: TextRow) => text,
    isOriginal: ([, , isOriginal]: TextRow) => isOriginal === 1,
  },
};

/** Fields that have references of their own, in tests named after them. */
const elsewhere: Record<string, string[]> = {
  Query: ['search', 'signedProjectTotals'],
  EditionConnection: ['facets'],
  Edition: ['coverage'],
  Convention: ['coverage'],
};

/** The published schema, without the fields above and the types that only they lead to. */
function publishedSchema(): GraphQLSchema {
  const document = visit(parse(printSchema(schema())), {
    ObjectTypeDefinition: (type) => ({
      ...type,
      fields: type.fields?.filter((field) => !elsewhere[type.name.value]?.includes(field.name.value)),
    }),
  });
  const whole = buildASTSchema(document);
  const { query, ...config } = whole.toConfig();
  const led = (type: GraphQLNamedType): GraphQLNamedType[] =>
    isObjectType(type) ? Object.values(type.getFields()).map((field) => getNamedType(field.type)) : [...possible(type)];
  const possible = (type: GraphQLNamedType) => (isAbstractType(type) ? whole.getPossibleTypes(type) : []);
  const reached = new Set<GraphQLNamedType>(query ? [query] : []);
  for (const type of reached) for (const one of led(type)) reached.add(one);
  return new GraphQLSchema({ ...config, query, types: config.types.filter((type) => reached.has(type)) });
}

function executableSchema(read: Reading, onAnswer: (type: string, field: string) => void): GraphQLSchema {
  const known: Record<string, Record<string, AnyResolve>> = { ...fieldsOf(read), ...pages };
  const built = publishedSchema();
  for (const type of Object.values(built.getTypeMap())) {
    if (isAbstractType(type)) type.resolveType = (row: Row) => String(row.type);
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    const fields = known[/(?<=.)(Connection|Edge)$/.exec(type.name)?.[0] ?? type.name];
    for (const field of Object.values(type.getFields())) {
      const resolve = fields?.[field.name];
      if (!resolve) throw new TypeError(`The reference does not know ${type.name}.${field.name}.`);
      const answer: GraphQLFieldResolver<unknown, unknown> = (source, args) => {
        onAnswer(type.name, field.name);
        return resolve(source, args);
      };
      field.resolve = answer;
    }
  }
  return built;
}
