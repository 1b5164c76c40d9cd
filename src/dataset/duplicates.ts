import type { Writer } from '../store/open.ts';
import { formatPath, type Problem, quote } from './problems.ts';
import type { ReadFile } from './read.ts';

/** Where a record that may be a duplicate stands. */
interface Place {
  slug: string;
  file: Pick<ReadFile, 'file' | 'locate'>;
  path: readonly (string | number)[];
}

/** Finds records that may be one and the same under two slugs; people decide. */
export class DuplicateFinder {
  readonly #editions = new Map<string, Place>();
  readonly #speakers = new Map<string, Place>();
  readonly #given = { editions: new Set<string>(), speakers: new Set<string>() };
  /** By their message: two records may have several names in common. */
  readonly #warnings = new Map<string, Problem>();

  add(read: ReadFile): void {
    const { data } = read;
    if (!data) return;
    const file = read.stub ?? read;
    for (const [index, { slug, name }] of data.speakers.entries()) {
      this.#given.speakers.add(slug);
      const place: Place = { slug, file, path: ['speakers', index, 'slug'] };
      for (const key of namesOf([...name.texts.values()])) this.#note(this.#speakers, key, place, samePerson);
    }
    for (const [at, { editions }] of data.conventions.entries())
      for (const [index, { slug, startDate, endDate, city }] of editions.entries()) {
        this.#given.editions.add(slug);
        if (startDate && city)
          this.#note(
            this.#editions,
            [startDate, endDate, city].join(' '),
            { slug, file, path: ['conventions', at, 'editions', index, 'slug'] },
            sameDays,
          );
      }
  }

  /**
   * @param writer tells what is stored besides
   * @returns the warnings, in the order in which they were found; they keep nothing from being imported
   */
  finish(writer: Pick<Writer, 'rows'>): Problem[] {
    const against = (
      noun: 'speakers' | 'editions',
      key: string,
      slug: string,
      say: (slug: string, other: string) => string,
    ) => {
      const place = (noun === 'speakers' ? this.#speakers : this.#editions).get(key);
      if (place && place.slug !== slug && !this.#given[noun].has(slug))
        this.#warn(place, say(place.slug, `${quote(slug)} in the database`));
    };
    for (const { slug, text } of writer.rows(STORED_SPEAKERS, []))
      for (const key of namesOf([String(text)])) against('speakers', key, String(slug), samePerson);
    for (const { slug, key } of writer.rows(STORED_EDITIONS, []))
      against('editions', String(key), String(slug), sameDays);
    return [...this.#warnings.values()];
  }

  #note(places: Map<string, Place>, key: string, place: Place, say: (slug: string, other: string) => string): void {
    const first = places.get(key);
    if (!first) places.set(key, place);
    else if (first.slug !== place.slug) {
      const { line } = first.file.locate(first.path);
      this.#warn(place, say(place.slug, `${quote(first.slug)} at ${first.file.file}:${line}`));
    }
  }

  #warn({ file, path }: Place, message: string): void {
    if (this.#warnings.has(message)) return;
    this.#warnings.set(message, {
      file: file.file,
      ...file.locate(path),
      path: formatPath(path),
      code: 'DUPLICATE',
      message,
    });
  }
}

const samePerson = (slug: string, other: string) =>
  `${quote(slug)} has the name of ${other}, but for its spelling: if it is one person, keep one of them`;

const sameDays = (slug: string, other: string) =>
  `${quote(slug)} is on the days and in the city of ${other}: if it is one event, keep one of them`;

const STORED_SPEAKERS = `SELECT slug, text FROM speakers
  JOIN localized_texts ON node_id = speakers.id AND field = 'name'`;

const STORED_EDITIONS = `SELECT editions.slug, start_date || ' ' || coalesce(end_date, '') || ' ' || places.slug AS key
  FROM editions JOIN places ON places.id = city_id WHERE start_date IS NOT NULL`;

/** From how many letters on a name that differs by one of them is more likely misspelt than another's. */
const LONG_NAME = 10;

/** What names have in common that are spelt otherwise: without case, accents and signs, in whatever order, one letter off. */
function namesOf(texts: readonly string[]): Set<string> {
  const keys = new Set<string>();
  for (const text of texts) {
    const plain = text.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '');
    const words = plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
    const letters = words.join('');
    keys.add(letters).add(words.toSorted().join(' '));
    if (letters.length < LONG_NAME || !/^[a-z]+$/.test(letters)) continue;
    // Two words that differ by one letter are the same without it.
    for (let at = 0; at < letters.length; at += 1) keys.add(letters.slice(0, at) + letters.slice(at + 1));
  }
  return keys;
}
