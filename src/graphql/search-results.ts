import { type SQL, sql } from 'drizzle-orm';
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { LRUCache } from 'lru-cache';
import { refusal } from '../select/errors.ts';
import type { FieldInput, Given } from '../select/origin.ts';
import { searchTerms, type Term } from './search-terms.ts';

/*
 * A hit on a text is a result for its record, and for others that the text says something about: a city's name for the
 * editions held there. Who these are is found when it is asked: nothing of it is stored, so nothing of it grows stale.
 * The tables below are common table expressions of one statement.
 */

const LONGEST_QUERY = 10_000;

/** What can be found, in the order in which equals stand. */
const SEARCHED_TYPES = {
  CONVENTION: 'Convention',
  EDITION: 'Edition',
  ORGANIZATION: 'Organization',
  SPEAKER: 'Speaker',
  THEME: 'Theme',
  EXHIBITION_AREA: 'ExhibitionArea',
} as const;

/** A record in which every term was found. */
export const searchResults = sqliteTable('search_results', {
  id: text('id').notNull(),
  type: text('type').notNull(),
  /** Made of the texts that it was found by alone, so that a cursor stays right when other records come and go. */
  score: integer('score').notNull(),
  rank: integer('rank').notNull(),
  chronology: text('chronology').notNull(),
});

/** A text of a result in which something was found: the field that it stands for, its language and itself. */
export type FoundText = readonly [field: string, locale: string, text: string];

const termsOf = new LRUCache<string, readonly Term[]>({ max: 100 });

/**
 * @param query as the user typed it
 * @param refuse makes the error from what is wrong with the query
 * @returns what must be found of it
 * @throws GraphQLError when it is too long
 */
export function wantedTerms(query: string, refuse: (message: string) => Error = refuseQuery): readonly Term[] {
  let terms = termsOf.get(query);
  if (!terms) {
    // A character takes at most two units.
    const length = query.length > LONGEST_QUERY ? [...query].length : 0;
    if (length > LONGEST_QUERY) throw refuse(`must have ${LONGEST_QUERY} characters at most; got ${length}.`);
    terms = searchTerms(query);
    termsOf.set(query, terms);
  }
  return terms;
}

const refuseQuery = (message: string) => refusal('BAD_USER_INPUT', `search: query ${message}`, undefined, 'query');

/**
 * What is asked of the index for a term: its number, the MATCH and how much a hit counts. A whole word counts twice as
 * much as the beginning of one. Words hold no quotes.
 */
function matchesOf({ words, isBeginning }: Term, index: number): [term: number, match: string, factor: number][] {
  const match = `"${words.join(' ')}"`;
  const whole: [number, string, number] = [index, match, 2];
  return isBeginning ? [whole, [index, `${match} *`, 1]] : [whole];
}

/**
 * Terms that are looked for in everything. The others are looked for only where there are records in which all of these
 * were found: hardly ever, when they are many.
 */
const FIRST_TERMS = 4;

/**
 * Common table expressions that look for some of the terms: `hits` on texts, the texts `found`, and the records that they
 * are `owned` by, each with the field that it is found by, what that counts, and where the record stands in time.
 * @param stage a letter behind the names of the tables
 * @param matches as `matchesOf` gives them, in a JSON list
 * @param condition what must be true of a record, or of anything, for it to be looked for
 */
function looking(stage: string, matches: SQL, condition: string): SQL {
  const [hits, found, lying, owned] = ['hits', 'found', 'lying', 'owned'].map((name) => `${name}_${stage}`);
  return sql`${sql.raw(`${hits}(text_id, term, factor)`)} AS MATERIALIZED (
      SELECT search_index.rowid, value ->> 0, value ->> 2 FROM json_each(${matches}) CROSS JOIN search_index
      WHERE search_index MATCH value ->> 1),
    ${sql.raw(`${found}(id, node_id, type, field, points) AS MATERIALIZED (
      SELECT search_texts.id, node_id, type, field, 1000000 / (20 + length(text))
      FROM (SELECT DISTINCT text_id FROM ${hits}) CROSS JOIN search_texts ON search_texts.id = text_id CROSS JOIN nodes ON nodes.id = node_id),
    ${lying}(id, place_id, points) AS (
      SELECT id, node_id, points FROM ${found} WHERE type = 'Place' AND field = 'name'
      UNION SELECT lying.id, places.id, points FROM ${lying} AS lying CROSS JOIN places ON parent_id = place_id),
    ${owned}(text_id, id, type, field, points, chronology) AS MATERIALIZED (SELECT * FROM (
      SELECT found.id AS text_id, node_id AS id, type, field, iif(field = 'description', 2, 25) * points, '' FROM ${found} AS found
        WHERE type = 'Convention' AND field IN ('name', 'alternateName', 'acronym', 'description')
      UNION ALL SELECT found.id, editions.id, 'Edition', 'convention', 5 * points, chronology
        FROM ${found} AS found CROSS JOIN editions ON convention_id = node_id WHERE type = 'Convention' AND field IN ('name', 'alternateName', 'acronym')
      UNION ALL SELECT found.id, node_id, type, field, 12 * points, chronology
        FROM ${found} AS found CROSS JOIN editions ON editions.id = node_id WHERE type = 'Edition' AND field = 'name'
      UNION ALL SELECT lying.id, editions.id, 'Edition', 'city', 4 * points, chronology
        FROM ${lying} AS lying CROSS JOIN editions ON city_id = place_id
      UNION ALL SELECT lying.id, editions.id, 'Edition', 'city', 3 * points, chronology
        FROM ${lying} AS lying CROSS JOIN edition_further_places AS further USING (place_id) CROSS JOIN editions ON editions.id = edition_id
      UNION ALL SELECT found.id, editions.id, 'Edition', 'venue', 3 * points, chronology
        FROM ${found} AS found CROSS JOIN editions ON venue_id = node_id WHERE type = 'Venue' AND field = 'name'
      UNION ALL SELECT found.id, editions.id, 'Edition', 'venue', 3 * points, chronology
        FROM ${found} AS found CROSS JOIN edition_sub_venues AS sub ON sub.venue_id = node_id CROSS JOIN editions ON editions.id = edition_id
        WHERE type = 'Venue' AND field = 'name'
      UNION ALL SELECT found.id, node_id, type, field, 10 * points, '' FROM ${found} AS found
        WHERE type IN ('Organization', 'Speaker') AND field = 'name'
      UNION ALL SELECT found.id, speaker_id, 'Speaker', 'title', 4 * points, ''
        FROM ${found} AS found CROSS JOIN appearances ON appearances.id = node_id WHERE type = 'Appearance' AND field = 'title'
      UNION ALL SELECT found.id, speaker_id, 'Speaker', 'affiliation', 3 * points, ''
        FROM ${found} AS found CROSS JOIN appearances ON affiliation_id = node_id WHERE type = 'Organization' AND field = 'name'
      UNION ALL SELECT found.id, node_id, type, field, 8 * points, chronology
        FROM ${found} AS found CROSS JOIN themes ON themes.id = node_id WHERE type = 'Theme' AND field = 'text'
      UNION ALL SELECT found.id, node_id, type, field, iif(field = 'focus', 3, 8) * points, chronology
        FROM ${found} AS found CROSS JOIN exhibition_areas ON exhibition_areas.id = node_id
        WHERE type = 'ExhibitionArea' AND field IN ('name', 'focus')) WHERE ${condition})`)}`;
}

/** Fields as they stand among the highlights of a record: the weightiest first. */
const FIELDS = 'name acronym alternateName text convention city title venue affiliation focus description';

const ranks = sql.raw(
  Object.values(SEARCHED_TYPES)
    .map((type, rank) => `WHEN '${type}' THEN ${rank}`)
    .join(' '),
);

/**
 * The common table expressions that `searchResults` and `foundTexts` are read from.
 * @param input of a field with the arguments `query` and `types`
 */
export function searching(input: FieldInput): SQL {
  const terms = (of: (terms: readonly Term[]) => unknown) =>
    input.value(({ query }) => JSON.stringify(of(wantedTerms(String(query)))));
  const first = terms((all) => all.slice(0, FIRST_TERMS).flatMap(matchesOf));
  const others = terms((all) => all.slice(FIRST_TERMS).flatMap(matchesOf));
  const types = input.value(({ types }) => JSON.stringify(typesOf(types)));
  return sql`asked(query) AS MATERIALIZED (SELECT ${input.value(({ query }) => String(query))}),
    wanted(type) AS MATERIALIZED (SELECT value FROM json_each(${types})),
    ${looking('a', first, 'type IN (SELECT type FROM wanted)')},
    candidates(id) AS MATERIALIZED (
      SELECT id FROM owned_a JOIN hits_a USING (text_id) GROUP BY id
      HAVING count(DISTINCT term) = ${input.value(({ query }) => Math.min(FIRST_TERMS, wantedTerms(String(query)).length))}),
    ${looking('b', sql`iif(EXISTS (SELECT 1 FROM candidates), ${others}, '[]')`, 'id IN (SELECT id FROM candidates)')},
    owned AS (SELECT * FROM owned_a UNION ALL SELECT * FROM owned_b),
    search_results(id, type, score, rank, chronology) AS MATERIALIZED (
      SELECT id, type, sum(points), CASE type ${ranks} END, chronology FROM (
        SELECT id, type, chronology, max(points * factor) AS points FROM owned_a JOIN hits_a USING (text_id)
        WHERE id IN (SELECT id FROM candidates) GROUP BY id, term
        UNION ALL SELECT id, type, chronology, max(points * factor) FROM owned_b JOIN hits_b USING (text_id) GROUP BY id, term)
      GROUP BY id HAVING count(*) = ${input.value(({ query }) => wantedTerms(String(query)).length)})`;
}

function typesOf(given: unknown): string[] {
  const all = Object.entries(SEARCHED_TYPES);
  return (Array.isArray(given) ? all.filter(([word]) => given.includes(word)) : all).map(([, type]) => type);
}

/** @returns the texts of a result in which something was found, those of the weightiest fields first */
export function foundTexts(result: typeof searchResults): SQL<FoundText[]> {
  return sql`(SELECT json_group_array(json_array(field, locale, text)) FROM (
    SELECT DISTINCT owned.field AS field, locale, text FROM owned CROSS JOIN search_texts ON search_texts.id = text_id
    WHERE owned.id = ${result.id} ORDER BY instr(${FIELDS}, owned.field), locale, text))`;
}

/** The query that was asked, beneath `searching`. */
export const askedQuery = sql<string>`(SELECT query FROM asked)`;

/** The year that a term may be, for those editions whose name does not say it. */
function yearOf({ words }: Term): number | null {
  const [word = ''] = words;
  return words.length === 1 && /^[1-9]\d{0,8}$/.test(word) ? Number(word) : null;
}

/** Each takes SQLite some milliseconds to prepare, and more the more there are. */
const MOST_SEARCHES = 30;

/** How often a `where` searches. */
function countSearches(form: unknown): number {
  if (Array.isArray(form)) return form.reduce((sum: number, one) => sum + countSearches(one), 0);
  if (typeof form !== 'object' || form === null) return 0;
  return Object.entries(form).reduce((sum, [name, part]) => sum + (name === 'search' ? 1 : countSearches(part)), 0);
}

/** The texts in which terms are found, as rows of a common table expression. */
const hitsOf = (condition: string) =>
  sql.raw(`SELECT term, node_id, field FROM terms CROSS JOIN search_index CROSS JOIN search_texts ON search_texts.id = search_index.rowid
      WHERE search_index MATCH phrase AND field IN ('name', 'alternateName', 'acronym', 'text') AND ${condition}`);

/**
 * The ids of the editions of which every term is found in something that belongs to them, as a subquery. It reads nothing
 * of the statement around it, so that SQLite asks it once.
 * @param given a query within an argument
 * @throws GraphQLError when the argument has too many of them
 */
export function editionsFound(given: Given): SQL {
  const [argument = ''] = given.place.split('.');
  const count = countSearches(given.input.given(argument)?.form);
  if (count > MOST_SEARCHES)
    throw given.refuse(`${argument} may search ${MOST_SEARCHES} times at most; got ${count} searches.`);
  const refuse = (message: string) => given.refuse(`${given.place} ${message}`);
  const terms = given.bound((query) =>
    JSON.stringify(
      wantedTerms(String(query), refuse).map((term, index) => [matchesOf(term, index).at(-1)?.[1], yearOf(term)]),
    ),
  );
  // Of the fields, acronyms and alternate names are of conventions alone, and texts of themes, save those that are of nothing that is looked for.
  return sql`WITH RECURSIVE terms(term, phrase, year) AS MATERIALIZED (
      SELECT key, value ->> 0, value ->> 1 FROM json_each(${terms})),
    first(term, node_id, field) AS MATERIALIZED (${hitsOf(`term < ${FIRST_TERMS}`)}),
    hits(term, node_id, field) AS MATERIALIZED (SELECT * FROM first UNION ALL ${hitsOf(`term >= ${FIRST_TERMS} AND NOT EXISTS (
      SELECT 1 FROM terms WHERE term < ${FIRST_TERMS} AND year IS NULL AND term NOT IN (SELECT term FROM first))`)}),
    named(term, node_id, type) AS MATERIALIZED (
      SELECT term, node_id, type FROM hits CROSS JOIN nodes ON nodes.id = node_id WHERE field = 'name'),
    lying(term, place_id) AS (
      SELECT term, node_id FROM named WHERE type = 'Place'
      UNION SELECT term, places.id FROM lying CROSS JOIN places ON parent_id = place_id),
    found(term, id) AS (
      SELECT term, node_id FROM named WHERE type = 'Edition'
      UNION ALL SELECT term, editions.id FROM named CROSS JOIN editions ON convention_id = node_id WHERE type = 'Convention'
      UNION ALL SELECT term, editions.id FROM hits CROSS JOIN editions ON convention_id = node_id WHERE field IN ('acronym', 'alternateName')
      UNION ALL SELECT term, editions.id FROM terms CROSS JOIN editions ON editions.year = terms.year
      UNION ALL SELECT term, editions.id FROM lying CROSS JOIN editions ON city_id = place_id
      UNION ALL SELECT term, edition_id FROM lying CROSS JOIN edition_further_places USING (place_id)
      UNION ALL SELECT term, editions.id FROM named CROSS JOIN editions ON venue_id = node_id WHERE type = 'Venue'
      UNION ALL SELECT term, edition_id FROM named CROSS JOIN edition_sub_venues ON venue_id = node_id WHERE type = 'Venue'
      UNION ALL SELECT term, edition_id FROM hits CROSS JOIN themes ON themes.id = node_id WHERE field = 'text'
      UNION ALL SELECT term, edition_id FROM named CROSS JOIN exhibition_areas ON exhibition_areas.id = node_id WHERE type = 'ExhibitionArea'
      UNION ALL SELECT term, edition_id FROM named CROSS JOIN appearances ON speaker_id = node_id WHERE type = 'Speaker'
      UNION ALL SELECT term, edition_id FROM named CROSS JOIN participations ON participant_id = node_id WHERE type IN ('Organization', 'Place'))
    SELECT id FROM found GROUP BY id HAVING count(DISTINCT term) = (SELECT count(*) FROM terms)`;
}
