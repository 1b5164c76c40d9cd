import type { Reader } from '../../src/store/open.ts';

/*
 * The rule of search once more, in plain JavaScript over the tables of the records: neither the index nor the ways of
 * src are used. It is meant for texts of our data: Latin letters, digits, East Asian scripts and what stands between them.
 */

export interface SearchModel {
  /** Every text that can be found. */
  texts: string[];
  types: readonly string[];
  /** @returns the records that have every term, each with its texts that have one of them, as "field: text" */
  find(query: string, types: readonly string[] | null): Map<string, Set<string>>;
}

interface Owned {
  id: string;
  type: string;
  field: string;
  text: string;
}

const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
const SPACELESS = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Bopomofo}\\p{Script=Hangul}ー]';
const spaceless = new RegExp(SPACELESS, 'u');
const everyCharacter = new RegExp(`(?<=${SPACELESS})|(?=${SPACELESS})`, 'u');
const border = new RegExp(`(?<=${SPACELESS})(?!${SPACELESS})|(?<!${SPACELESS})(?=${SPACELESS})`, 'u');

/** Words, and each character of a script without spaces by itself. */
const wordsOf = (text: string) =>
  [...text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)].flatMap(([run]) => run.split(everyCharacter).map(plain));

/** Words of the dictionary, and what stands between two of them. */
function cut(run: string): string[] {
  const segments = [...new Intl.Segmenter('zh', { granularity: 'word' }).segment(run)].map(({ segment }) => segment);
  const isSingle = (one: string | undefined) => one !== undefined && [...one].length === 1;
  const parts: string[] = [];
  for (const [index, segment] of segments.entries())
    if (isSingle(segment) && isSingle(segments[index - 1])) parts.push(`${parts.pop()}${segment}`);
    else parts.push(segment);
  return parts.map((part) => part.replace(/(?<=..)[省市]$/u, ''));
}

function termsOf(query: string): string[] {
  const runs = [...query.normalize('NFKC').matchAll(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu)].flatMap(([run]) =>
    run.split(border).filter((part) => part !== ''),
  );
  return runs.flatMap((run) => (spaceless.test(run) ? cut(run) : [run]));
}

/** A term as a test of a text's words. */
function testOf(term: string): (words: readonly string[]) => boolean {
  if (spaceless.test(term)) return (words) => ` ${words.join(' ')} `.includes(` ${[...term].map(plain).join(' ')} `);
  const word = plain(term);
  return [...term].length < 3
    ? (words) => words.includes(word)
    : (words) => words.some((one) => one.startsWith(word) && !spaceless.test(one));
}

const split = new Map<string, string[]>();
function wordsKept(text: string): string[] {
  const known = split.get(text) ?? wordsOf(text);
  split.set(text, known);
  return known;
}

/** @returns whether every term of a query is found in some text, or is the year; of a query without terms, false */
export function finder(query: string): (texts: readonly string[], year: number) => boolean {
  const terms = termsOf(query).map((term) => ({ term, test: testOf(term) }));
  return (texts, year) =>
    terms.length > 0 &&
    terms.every(({ term, test }) => term === String(year) || texts.some((text) => test(wordsKept(text))));
}

/** Reads everything once. */
export function searchModel(reader: Reader): SearchModel {
  const rows = (sql: string) =>
    reader.rows(sql, []).map((row) => Object.values(row).map((value) => String(value ?? '')));
  const textsOf = new Map<string, { field: string; text: string }[]>();
  const note = (id: string, field: string, text: string) =>
    textsOf.set(id, [...(textsOf.get(id) ?? []), { field, text }]);
  for (const [id = '', field = '', text = ''] of rows('SELECT node_id, field, text FROM localized_texts'))
    note(id, field, text);
  const owned: Owned[] = [];
  const own = (id: string, type: string, from: string, fields: Record<string, string>) => {
    for (const { field, text } of textsOf.get(from) ?? []) {
      const shown = fields[field];
      if (shown) owned.push({ id, type, field: shown, text });
    }
  };
  const names = { name: 'name' };
  const parents = new Map(rows('SELECT id, parent_id FROM places').map(([id = '', parent = '']) => [id, parent]));
  const held = (edition: string, city: string) => {
    for (let place = city; place !== ''; place = parents.get(place) ?? '')
      own(edition, 'EDITION', place, { name: 'city' });
  };
  for (const [id = '', acronym = ''] of rows('SELECT id, acronym FROM conventions')) {
    if (acronym) note(id, 'acronym', acronym);
    own(id, 'CONVENTION', id, {
      ...names,
      alternateName: 'alternateName',
      acronym: 'acronym',
      description: 'description',
    });
  }
  for (const [id = '', convention = '', city = '', venue = ''] of rows(
    'SELECT id, convention_id, city_id, venue_id FROM editions',
  )) {
    own(id, 'EDITION', id, names);
    own(id, 'EDITION', convention, { name: 'convention', alternateName: 'convention', acronym: 'convention' });
    held(id, city);
    own(id, 'EDITION', venue, { name: 'venue' });
  }
  for (const [id = '', place = ''] of rows('SELECT edition_id, place_id FROM edition_further_places')) held(id, place);
  for (const [id = '', venue = ''] of rows('SELECT edition_id, venue_id FROM edition_sub_venues'))
    own(id, 'EDITION', venue, { name: 'venue' });
  for (const [id = ''] of rows('SELECT id FROM themes')) own(id, 'THEME', id, { text: 'text' });
  for (const [id = ''] of rows('SELECT id FROM exhibition_areas'))
    own(id, 'EXHIBITION_AREA', id, { ...names, focus: 'focus' });
  for (const [id = ''] of rows('SELECT id FROM organizations')) own(id, 'ORGANIZATION', id, names);
  for (const [id = ''] of rows('SELECT id FROM speakers')) own(id, 'SPEAKER', id, names);
  for (const [id = '', speaker = '', organization = ''] of rows(
    'SELECT id, speaker_id, affiliation_id FROM appearances',
  )) {
    own(speaker, 'SPEAKER', id, { title: 'title' });
    own(speaker, 'SPEAKER', organization, { name: 'affiliation' });
  }

  return {
    texts: [...new Set(owned.map(({ text }) => text))],
    types: ['CONVENTION', 'EDITION', 'ORGANIZATION', 'SPEAKER', 'THEME', 'EXHIBITION_AREA'],
    find(query, types) {
      const tests = termsOf(query).map(testOf);
      const met = new Map<string, { texts: Set<string>; terms: Set<number> }>();
      for (const { id, type, field, text } of owned) {
        if (types && !types.includes(type)) continue;
        const words = wordsKept(text);
        for (const [index, test] of tests.entries()) {
          if (!test(words)) continue;
          const one = met.get(id) ?? { texts: new Set(), terms: new Set() };
          met.set(id, one);
          one.texts.add(`${field}: ${text}`);
          one.terms.add(index);
        }
      }
      return new Map([...met].flatMap(([id, { texts, terms }]) => (terms.size === tests.length ? [[id, texts]] : [])));
    },
  };
}
