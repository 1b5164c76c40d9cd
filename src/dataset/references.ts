import type { SqlValue, Writer } from '../store/open.ts';
import { didYouMean, formatPath, type Path, type Problem, type ProblemCode, quote } from './problems.ts';
import type { ReadFile } from './read.ts';
import { SLUG } from './values.ts';

/** A value, of whatever shape, and where it stands. */
export class Spot {
  readonly value: unknown;
  readonly #file: Pick<ReadFile, 'file' | 'locate' | 'stub'>;
  readonly #parent: Spot | undefined;
  readonly #steps: Path;

  constructor(
    file: Pick<ReadFile, 'file' | 'locate' | 'stub'>,
    value: unknown,
    parent: Spot | undefined = undefined,
    steps: Path = [],
  ) {
    this.#file = file;
    this.value = value;
    this.#parent = parent;
    this.#steps = steps;
  }

  /** The place with nothing but these keys, where the file is a line among many: the rest is not held any longer. */
  bare(keys: readonly string[] = []): Spot {
    const { stub } = this.#file;
    if (!stub) return this;
    const kept = Object.fromEntries(keys.map((key) => [key, this.at(key).value]));
    return new Spot(stub, keys.length > 0 ? kept : undefined, undefined, this.#path);
  }

  /** The value of a key; undefined when this is no record or has no such key. */
  at(key: string): Spot {
    const { value } = this;
    const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
    const field: unknown = isRecord ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined;
    return new Spot(this.#file, field, this, [key]);
  }

  /** What a list holds; nothing when this is no list. */
  get items(): Spot[] {
    return Array.isArray(this.value) ? this.value.map((item, index) => new Spot(this.#file, item, this, [index])) : [];
  }

  get text(): string | undefined {
    return typeof this.value === 'string' ? this.value : undefined;
  }

  get isGiven(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  /** @returns "data/places.yaml:12" */
  get place(): string {
    return `${this.#file.file}:${this.#file.locate(this.#path).line}`;
  }

  problem(code: ProblemCode, message: string, isAboutKey = false): Problem {
    const { file } = this.#file;
    return { file, ...this.#file.locate(this.#path, isAboutKey), path: formatPath(this.#path), code, message };
  }

  get #path(): Path {
    const chain: Path[] = [];
    for (let spot: Spot | undefined = this; spot; spot = spot.#parent) chain.push(spot.#steps);
    return chain.reverse().flat();
  }
}

/** What other records name by its slug. */
type Named = 'sources' | 'places' | 'venues' | 'organizations' | 'speakers' | 'conventions';

/** What has a slug, in a data file and in the database. */
export type Noun = Named | 'editions';

/** What is looked at again when all is read. */
const lookedAtAgain: Partial<Record<Noun, readonly string[]>> = {
  sources: ['slug', 'kind', 'isRelay', 'derivedFrom'],
  places: ['slug', 'parent'],
};

const singular: Record<Noun, string> = {
  sources: 'source',
  places: 'place',
  venues: 'venue',
  organizations: 'organization',
  speakers: 'speaker',
  conventions: 'convention',
  editions: 'edition',
};

/** Comparing every mistake with every slug of a large dataset would take longer than the import. */
const MOST_SUGGESTED_FROM = 5_000;

/** The slugs that a dataset gives and those that it names, to be compared when all is read. */
export class References {
  readonly #given = new Map<Noun, Map<string, Spot>>();
  readonly #named = new Map<Named, { slug: string; spot: Spot }[]>();
  readonly #problems: Problem[];

  constructor(problems: Problem[]) {
    this.#problems = problems;
  }

  /** Notes that a record has a slug; says so when another one has it. */
  give(noun: Noun, record: Spot): void {
    const spot = record.at('slug');
    const slug = slugAt(spot);
    if (slug === undefined) return;
    const first = this.given(noun).get(slug);
    if (first === undefined) this.given(noun).set(slug, record.bare(lookedAtAgain[noun]));
    else
      this.#problems.push(
        spot.problem(
          'DUPLICATE',
          `is given twice: ${quote(slug)} is already the ${singular[noun]} at ${first.at('slug').place}`,
        ),
      );
  }

  /** Notes that a record of a slug is needed. */
  name(noun: Named, spot: Spot): void {
    const slug = slugAt(spot);
    if (slug === undefined || this.given(noun).has(slug)) return;
    const named = this.#named.get(noun);
    if (named) named.push({ slug, spot: spot.bare() });
    else this.#named.set(noun, [{ slug, spot: spot.bare() }]);
  }

  /** The records of a noun, by slug. */
  given(noun: Noun): Map<string, Spot> {
    const given = this.#given.get(noun) ?? new Map<string, Spot>();
    this.#given.set(noun, given);
    return given;
  }

  /** Lets go of everything: of a large dataset it is more than an import needs besides. */
  forget(): void {
    this.#given.clear();
    this.#named.clear();
  }

  /** Says which slugs are needed but neither given nor known. */
  reportDangling(known: Known): void {
    for (const [noun, named] of this.#named) {
      const given = this.given(noun);
      const missing = named.filter(({ slug }) => !given.has(slug));
      const stored = find(known, noun, [...new Set(missing.map(({ slug }) => slug))]);
      for (const { slug, spot } of missing) {
        if (stored.has(slug)) continue;
        const meant = given.size <= MOST_SUGGESTED_FROM ? didYouMean(slug, likely(noun, slug, given.keys())) : '';
        this.#problems.push(
          spot.problem(
            'DANGLING_REFERENCE',
            `no ${singular[noun]} has the slug ${quote(slug)}${meant ? `${meant} If not, add` : '; correct it, or add'} it to ${noun}`,
          ),
        );
      }
    }
  }
}

/** @returns those that a slug may be a misspelling of: a source of another day or year is another one */
function likely(noun: Named, slug: string, known: Iterable<string>): Iterable<string> {
  if (noun !== 'sources') return known;
  const digits = slug.replaceAll(/\D/g, '');
  return [...known].filter((other) => other.replaceAll(/\D/g, '') === digits);
}

/** @returns the slug that stands there, or undefined when what stands there is none: its shape is told elsewhere */
export function slugAt(spot: Spot): string | undefined {
  return spot.text !== undefined && SLUG.test(spot.text) ? spot.text : undefined;
}

function find(known: Known, noun: Named, slugs: readonly string[]): { has(slug: string): boolean } {
  return noun === 'sources' || noun === 'places' ? known[noun](slugs) : known.others(noun, slugs);
}

/** What the database holds already, asked by slug. */
export interface Known {
  /** With every source that they derive from. */
  sources(slugs: readonly string[]): Map<string, { kind: string; isRelay: boolean; derivedFrom: string | undefined }>;
  /** With every place that they lie in. */
  places(slugs: readonly string[]): Map<string, { parent: string | undefined; timeZone: string | undefined }>;
  /** Editions, each with its convention's slug. */
  editions(slugs: readonly string[]): Map<string, string>;
  others(noun: 'venues' | 'organizations' | 'speakers' | 'conventions', slugs: readonly string[]): Set<string>;
  /** Pairs of a source and a convention one of whose claims cites it, by their slugs. */
  claimants(sources: readonly string[]): { source: string; convention: string }[];
}

/** @returns what the writer's database holds */
export function knownTo(writer: Pick<Writer, 'rows'>): Known {
  const ask = (sql: string, slugs: readonly string[]) =>
    slugs.length === 0 ? [] : writer.rows(sql, [JSON.stringify(slugs)]);
  const withAncestors = (table: 'sources' | 'places', link: string, slugs: readonly string[]) =>
    ask(
      `WITH RECURSIVE wanted(slug) AS (
         SELECT value FROM json_each(?)
         UNION SELECT above.slug FROM wanted JOIN ${table} USING (slug) JOIN ${table} AS above ON above.id = ${table}.${link})
       SELECT ${table}.*, above.slug AS above
       FROM wanted JOIN ${table} USING (slug) LEFT JOIN ${table} AS above ON above.id = ${table}.${link}`,
      slugs,
    );
  return {
    sources: (slugs) =>
      new Map(
        withAncestors('sources', 'derived_from_id', slugs).map((row) => [
          text(row.slug),
          { kind: text(row.kind), isRelay: row.is_relay === 1, derivedFrom: optional(row.above) },
        ]),
      ),
    places: (slugs) =>
      new Map(
        withAncestors('places', 'parent_id', slugs).map((row) => [
          text(row.slug),
          { parent: optional(row.above), timeZone: optional(row.time_zone) },
        ]),
      ),
    editions: (slugs) =>
      new Map(
        ask(
          `SELECT editions.slug, conventions.slug AS convention
           FROM json_each(?) AS wanted JOIN editions ON editions.slug = wanted.value
           JOIN conventions ON conventions.id = editions.convention_id`,
          slugs,
        ).map((row) => [text(row.slug), text(row.convention)]),
      ),
    others: (noun, slugs) =>
      new Set(
        ask(`SELECT slug FROM json_each(?) AS wanted JOIN ${noun} ON slug = wanted.value`, slugs).map((row) =>
          text(row.slug),
        ),
      ),
    claimants: (sources) =>
      ask(
        `SELECT DISTINCT sources.slug AS source, conventions.slug AS convention
         FROM json_each(?) AS wanted JOIN sources ON sources.slug = wanted.value
         JOIN citations ON citations.source_id = sources.id
         JOIN nodes ON nodes.id = citations.node_id AND nodes.type IN ('Figure', 'SignedProjectStatistic', 'DateClaim')
         JOIN conventions ON conventions.slug = substr(nodes.document, length('convention:') + 1)
         ORDER BY 1, 2`,
        sources,
      ).map((row) => ({ source: text(row.source), convention: text(row.convention) })),
  };
}

/** An empty database. */
export const nothingKnown = knownTo({ rows: () => [] });

function text(value: SqlValue | undefined): string {
  return String(value);
}

function optional(value: SqlValue | undefined): string | undefined {
  return value === null || value === undefined ? undefined : String(value);
}
