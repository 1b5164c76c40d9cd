import type { Writer } from '../store/open.ts';
import type { Finding } from './checks.ts';
import { quote } from './problems.ts';
import type { ReadFile } from './read.ts';

/** A record that may be a duplicate, and where it stands. */
interface Place {
  slug: string;
  file: Pick<ReadFile, 'file' | 'locate'>;
  path: readonly (string | number)[];
}

interface Person extends Place {
  names: readonly string[];
}

interface Event extends Place {
  convention: string;
}

/** What has names, and stands in only one place of the world: two are one when name and kind are the same. */
interface Thing extends Person {
  /** What tells two of one name apart, such as the city of a venue; what is not known tells nothing. */
  within: string | undefined;
}

type Check =
  | 'DUPLICATE_SOURCE'
  | 'DUPLICATE_EDITION'
  | 'DUPLICATE_PERSON'
  | 'DUPLICATE_PLACE'
  | 'DUPLICATE_VENUE'
  | 'DUPLICATE_ORGANIZATION';

/** The lists of such things, each with its check and with what is stored: the key of their names begins with `kind`. */
const things = {
  places: {
    check: 'DUPLICATE_PLACE',
    sql: `SELECT places.slug, places.country || ' ' || places.kind AS kind, above.slug AS within, group_concat(text, char(31)) AS names
      FROM places LEFT JOIN places AS above ON above.id = places.parent_id
      JOIN localized_texts ON node_id = places.id AND field = 'name' GROUP BY places.id`,
  },
  venues: {
    check: 'DUPLICATE_VENUE',
    sql: `SELECT venues.slug, '' AS kind, places.slug AS within, group_concat(text, char(31)) AS names
      FROM venues JOIN places ON places.id = venues.city_id
      JOIN localized_texts ON node_id = venues.id AND field = 'name' GROUP BY venues.id`,
  },
  organizations: {
    check: 'DUPLICATE_ORGANIZATION',
    sql: `SELECT slug, '' AS kind, NULL AS within, group_concat(text, char(31)) AS names
      FROM organizations JOIN localized_texts ON node_id = organizations.id AND field = 'name' GROUP BY organizations.id`,
  },
} as const;

/** Finds records that may be one and the same under two slugs; people decide. */
export class DuplicateFinder {
  readonly #editions = new Map<string, Event>();
  readonly #speakers = new Map<string, Person>();
  readonly #given = {
    conventions: new Set<string>(),
    editions: new Set<string>(),
    speakers: new Set<string>(),
    places: new Set<string>(),
    venues: new Set<string>(),
    organizations: new Set<string>(),
  };
  readonly #things = {
    places: new Map<string, Thing[]>(),
    venues: new Map<string, Thing[]>(),
    organizations: new Map<string, Thing[]>(),
  };
  /** By their address, and by their title, publisher and day. */
  readonly #sources = new Map<string, Place>();
  readonly #cities = new Map<string, string>();
  /** Editions that tell their venue only, whose city may come later. */
  readonly #atVenue: { days: string; venue: string; event: Event }[] = [];
  /** By what they are about: two records may have several names in common, and two conventions several days. */
  readonly #warnings = new Map<string, { check: Check; place: Place; message: string; others: Set<string> }>();

  add(read: ReadFile): void {
    const { data } = read;
    if (!data) return;
    const file = read.stub ?? read;
    for (const [index, { slug, url, title, publisher, publishedOn }] of data.sources.entries()) {
      const source: Place = { slug, file, path: ['sources', index, 'slug'] };
      if (url !== undefined) this.#noteSource(url, source);
      if (publishedOn !== undefined) this.#noteSource(JSON.stringify([title, publisher, publishedOn]), source);
    }
    for (const { slug, city } of data.venues) this.#cities.set(slug, city);
    for (const [index, { slug, name }] of data.speakers.entries()) {
      this.#given.speakers.add(slug);
      const names = [...name.texts.values()];
      const person: Person = { slug, names, file, path: ['speakers', index, 'slug'] };
      for (const key of keysOf(names)) this.#notePerson(key, person);
    }
    for (const noun of ['places', 'venues', 'organizations'] as const)
      for (const [index, thing] of data[noun].entries()) {
        const { slug, name } = thing;
        this.#given[noun].add(slug);
        const kind = 'country' in thing ? `${thing.country} ${thing.kind}` : '';
        const within = 'parent' in thing ? thing.parent : 'city' in thing ? thing.city : undefined;
        const one = { slug, names: [...name.texts.values()], within, file, path: [noun, index, 'slug'] };
        this.#noteThing(noun, kind, one);
      }
    for (const [at, { slug: convention, editions }] of data.conventions.entries()) {
      this.#given.conventions.add(convention);
      for (const [index, { slug, startDate, endDate = '', city, venue }] of editions.entries()) {
        this.#given.editions.add(slug);
        const days = `${startDate} ${endDate}`;
        const event: Event = { slug, convention, file, path: ['conventions', at, 'editions', index, 'slug'] };
        if (startDate && city) this.#noteEvent(`${days} ${city}`, event);
        else if (startDate && venue) this.#atVenue.push({ days, venue, event });
      }
    }
  }

  /**
   * @param writer tells what is stored besides
   * @returns what was found, in the order in which it was
   */
  finish(writer: Pick<Writer, 'rows'>): Finding[] {
    this.#noteAtVenues(writer);
    for (const { slug, names } of writer.rows(STORED_SPEAKERS, [])) {
      if (this.#given.speakers.has(String(slug))) continue;
      const stored = { slug: String(slug), names: String(names).split('\x1f') };
      for (const key of keysOf(stored.names)) {
        const person = this.#speakers.get(key);
        if (person) this.#warnOfPerson(person, stored, 'in the database');
      }
    }
    for (const row of writer.rows(STORED_EDITIONS, [])) {
      const stored = { slug: String(row.slug), convention: String(row.convention) };
      const event = this.#editions.get(String(row.key));
      // What the import replaces is not there besides.
      const isReplaced = this.#given.conventions.has(stored.convention) || this.#given.editions.has(stored.slug);
      if (event && !isReplaced) this.#warnOfEvent(event, stored, 'in the database');
    }
    for (const noun of ['places', 'venues', 'organizations'] as const) this.#noteStored(noun, writer);
    return [...this.#warnings.values()].map(({ check, place: { file, path }, message, others }) => ({
      ...{ check, file, path },
      code: 'DUPLICATE',
      message: others.size === 0 ? message : `${message}; so ${counted(others.size)} of these two conventions`,
    }));
  }

  #noteAtVenues(writer: Pick<Writer, 'rows'>): void {
    const venues = [...new Set(this.#atVenue.map(({ venue }) => venue))].filter((venue) => !this.#cities.has(venue));
    if (venues.length > 0)
      for (const { slug, city } of writer.rows(STORED_VENUES, [JSON.stringify(venues)]))
        this.#cities.set(String(slug), String(city));
    for (const { days, venue, event } of this.#atVenue) this.#noteEvent(`${days} ${this.#cities.get(venue)}`, event);
  }

  #noteSource(key: string, source: Place): void {
    const first = this.#sources.get(key);
    if (!first) this.#sources.set(key, source);
    else if (first.slug !== source.slug)
      this.#warn(
        'DUPLICATE_SOURCE',
        [first.slug, source.slug],
        source,
        `${quote(source.slug)} has the address, or the title, publisher and day, of ${quote(first.slug)} ${placeOf(first)}: if it is one text, keep one of them`,
      );
  }

  #noteThing(noun: keyof typeof things, kind: string, thing: Thing): void {
    const [{ check }, known] = [things[noun], this.#things[noun]];
    for (const key of new Set(thing.names.map((name) => `${kind} ${plainly(name)}`))) {
      const others = known.get(key) ?? [];
      known.set(key, [...others, thing]);
      for (const other of others) if (isSame(thing, other)) this.#warnOfThing(check, thing, other, placeOf(other));
    }
  }

  #noteStored(noun: keyof typeof things, writer: Pick<Writer, 'rows'>): void {
    const [{ check, sql }, known] = [things[noun], this.#things[noun]];
    if (known.size === 0) return;
    for (const { slug, kind, within, names } of writer.rows(sql, [])) {
      if (this.#given[noun].has(String(slug))) continue;
      const stored = {
        ...{ slug: String(slug), names: String(names).split('\x1f') },
        within: within === null ? undefined : String(within),
      };
      for (const name of stored.names)
        for (const thing of known.get(`${kind} ${plainly(name)}`) ?? [])
          if (isSame(thing, stored)) this.#warnOfThing(check, thing, stored, 'in the database');
    }
  }

  #warnOfThing(check: Check, thing: Thing, other: Pick<Thing, 'slug'>, where: string): void {
    const message = `${quote(thing.slug)} has the name of ${quote(other.slug)} ${where}: if they are one and the same, keep one of them`;
    this.#warn(check, [thing.slug, other.slug], thing, message);
  }

  #notePerson(key: string, person: Person): void {
    const first = this.#speakers.get(key);
    if (!first) this.#speakers.set(key, person);
    else if (first.slug !== person.slug) this.#warnOfPerson(person, first, placeOf(first));
  }

  #noteEvent(key: string, event: Event): void {
    const first = this.#editions.get(key);
    if (!first) this.#editions.set(key, event);
    else if (first.slug !== event.slug) this.#warnOfEvent(event, first, placeOf(first));
  }

  #warnOfPerson(person: Person, other: Pick<Person, 'slug' | 'names'>, where: string): void {
    const [one, two] = [person.names, other.names];
    if (areApart(one, two)) return;
    const spelling = one.some((name) => two.includes(name)) ? '' : ', but for its spelling';
    const message = `${quote(person.slug)} has the name of ${quote(other.slug)} ${where}${spelling}: if it is one person, keep one of them`;
    this.#warn('DUPLICATE_PERSON', [person.slug, other.slug], person, message);
  }

  #warnOfEvent(event: Event, other: Pick<Event, 'slug' | 'convention'>, where: string): void {
    const message = `${quote(event.slug)} is on the days and in the city of ${quote(other.slug)} ${where}: if it is one event, keep one of them`;
    const conventions = [event.convention, other.convention];
    const isOne = event.convention === other.convention;
    const about = isOne ? [event.slug, other.slug] : ['of', ...conventions.toSorted()];
    this.#warn('DUPLICATE_EDITION', about, event, message);
  }

  #warn(check: Check, about: readonly string[], place: Place, message: string): void {
    const key = JSON.stringify([check, ...about]);
    const warning = this.#warnings.get(key);
    if (!warning) this.#warnings.set(key, { check, place, message, others: new Set() });
    else if (warning.place.slug !== place.slug) warning.others.add(place.slug);
  }
}

/** Whether two of one name and kind may be one: nothing that both tell is different. */
function isSame(
  one: Pick<Thing, 'slug' | 'names' | 'within'>,
  other: Pick<Thing, 'slug' | 'names' | 'within'>,
): boolean {
  const isElsewhere = one.within !== undefined && other.within !== undefined && one.within !== other.within;
  return one.slug !== other.slug && !isElsewhere && !areApart(one.names, other.names);
}

const counted = (count: number) => (count === 1 ? 'is 1 more edition' : `are ${count} more editions`);

/** @returns "at data/speakers.yaml:12" */
function placeOf({ file, path }: Place): string {
  return `at ${file.file}:${file.locate(path).line}`;
}

const STORED_SPEAKERS = `SELECT slug, group_concat(text, char(31)) AS names FROM speakers
  JOIN localized_texts ON node_id = speakers.id AND field = 'name' GROUP BY speakers.id`;

const STORED_VENUES = `SELECT venues.slug, places.slug AS city FROM json_each(?) AS wanted
  JOIN venues ON venues.slug = wanted.value JOIN places ON places.id = venues.city_id`;

const STORED_EDITIONS = `SELECT editions.slug, conventions.slug AS convention,
    start_date || ' ' || coalesce(end_date, '') || ' ' || places.slug AS key
  FROM editions JOIN conventions ON conventions.id = convention_id LEFT JOIN venues ON venues.id = venue_id
  JOIN places ON places.id = coalesce(editions.city_id, venues.city_id) WHERE start_date IS NOT NULL`;

/** From how many letters on a name that differs by one of them is more likely misspelt than another's. */
const LONG_NAME = 10;

/** What stands before a name and is none. */
const TITLES: ReadonlySet<string> = new Set([
  ...['dr', 'prof', 'professor', 'mr', 'mrs', 'ms', 'miss', 'sir', 'dame', 'lord', 'lady'],
]);

/**
 * What names have in common that are spelt otherwise: without case, accents, signs and titles, in whatever order and
 * however divided into words, one letter off.
 */
function keysOf(names: readonly string[]): Set<string> {
  const keys = new Set<string>();
  for (const name of names) {
    const words = wordsOf(name);
    keys.add(words.toSorted().join(' '));
    for (const at of words.keys()) keys.add([...words.slice(at), ...words.slice(0, at)].join(''));
    const letters = words.join('');
    if (letters.length < LONG_NAME || !/^[a-z]+$/.test(letters)) continue;
    // Two words that differ by one letter are the same without it.
    for (let at = 0; at < letters.length; at += 1) keys.add(letters.slice(0, at) + letters.slice(at + 1));
  }
  return keys;
}

function wordsOf(name: string): string[] {
  const plain = name.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '');
  const words = plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const start = words.findIndex((word) => !TITLES.has(word));
  return start < 0 ? words : words.slice(start);
}

const scripts = [
  'Han',
  'Hangul',
  'Hiragana',
  'Katakana',
  'Cyrillic',
  'Greek',
  'Arabic',
  'Hebrew',
  'Thai',
  'Devanagari',
];
const inScript = scripts.map((script) => new RegExp(`\\p{Script=${script}}`, 'u'));

/** Whether both have names in a script that tells people apart whom the Latin one does not, and these differ. */
function areApart(one: readonly string[], two: readonly string[]): boolean {
  return inScript.some((script) => {
    const [some, others] = [one, two].map((names) => names.filter((name) => script.test(name)).map(plainly));
    if (!some || !others || some.length === 0 || others.length === 0) return false;
    return !some.some((name) => others.includes(name));
  });
}

const plainly = (name: string) => wordsOf(name).join('');
