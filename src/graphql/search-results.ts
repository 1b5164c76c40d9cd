import { type SQL, sql } from 'drizzle-orm';
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { LRUCache } from 'lru-cache';
import { refusal } from '../select/errors.ts';
import type { FieldInput, Given } from '../select/origin.ts';
import { SEARCH_CODES, SEARCH_TEXT_BITS } from '../store/tables.ts';
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

type Match = readonly [term: number, phrase: string, factor: number, isWidest: boolean];

/**
 * What is asked of the index for a term: its number, the phrase, how much a hit counts, and whether no other phrase of the
 * term finds more. A whole word counts twice as much as the beginning of one. Words hold no quotes.
 */
function matchesOf({ words, isBeginning }: Term, index: number): Match[] {
  const phrase = `"${words.join(' ')}"`;
  const whole: Match = [index, phrase, 2, !isBeginning];
  return isBeginning ? [whole, [index, `${phrase} *`, 1, true]] : [whole];
}

/**
 * Terms that are looked for in everything. The others are looked for only where there are records in which all of these
 * were found: hardly ever, when they are many.
 */
const FIRST_TERMS = 4;

const { Convention, Edition, Place, Venue, Organization, Speaker, Theme, ExhibitionArea } = SEARCH_CODES;

/** What the number of a text begins with: that of the record which it finds. And its last four bits: what that is. */
const recordOf = (textId: string) => `${textId} >> ${SEARCH_TEXT_BITS}`;
const codeOf = (textId: string) => `${recordOf(textId)} & 15`;

/** How much a text counts for its own record, by `code` and `field`; null where it does not. */
const WEIGHT = `CASE code
    WHEN ${Convention} THEN CASE field WHEN 'description' THEN 2 WHEN 'name' THEN 25 WHEN 'alternateName' THEN 25 WHEN 'acronym' THEN 25 END
    WHEN ${Edition} THEN CASE field WHEN 'name' THEN 12 END
    WHEN ${Organization} THEN CASE field WHEN 'name' THEN 10 END
    WHEN ${Speaker} THEN CASE field WHEN 'name' THEN 10 WHEN 'title' THEN 4 END
    WHEN ${Theme} THEN CASE field WHEN 'text' THEN 8 END
    WHEN ${ExhibitionArea} THEN CASE field WHEN 'name' THEN 8 WHEN 'focus' THEN 3 END
  END`;

/** Where a record stands in time, by `code` and `record_id`; null where it is not stored. */
const CHRONOLOGY = `CASE code
    WHEN ${Edition} THEN (SELECT chronology FROM editions WHERE id = record_id)
    WHEN ${Theme} THEN (SELECT chronology FROM themes WHERE id = record_id)
    WHEN ${ExhibitionArea} THEN (SELECT chronology FROM exhibition_areas WHERE id = record_id)
    ELSE ''
  END`;

const POINTS = '(1000000 / (20 + length(text)))';

/** Where a table expression reads what the index finds for the terms of a stage. */
const foundBy = (stage: string) =>
  `matches_${stage} CROSS JOIN search_index WHERE search_index MATCH phrase AND in_time()`;

/**
 * Common table expressions that look for some of the terms: what is asked of the index, the texts that are `telling` of
 * other records than their own, and what is `told` of these, each with the field that it is found by, what that counts,
 * and where the record stands in time. The key of a record is its number, or its id where it has none.
 * @param stage a letter behind the names of the tables
 * @param matches as `matchesOf` gives them, in a JSON list
 */
function looking(stage: string, matches: SQL): SQL {
  const names = ['telling', 'tellers', 'lying', 'told'];
  const [telling, tellers, lying, told] = names.map((name) => `${name}_${stage}`);
  return sql`${sql.raw(`matches_${stage}(term, phrase, factor, is_widest)`)} AS MATERIALIZED (
      SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(${matches})),
    ${sql.raw(`${telling}(text_id, term, factor, is_widest) AS MATERIALIZED (
      SELECT search_index.rowid, term, factor, is_widest FROM ${foundBy(stage)}
        AND ${codeOf('search_index.rowid')} IN (${Convention}, ${Place}, ${Venue}, ${Organization})),
    ${tellers}(id, node_id, code, field, points) AS MATERIALIZED (
      SELECT search_texts.id, node_id, ${codeOf('search_texts.id')}, field, ${POINTS}
      FROM (SELECT DISTINCT text_id FROM ${telling}) CROSS JOIN search_texts ON search_texts.id = text_id),
    ${lying}(id, place_id, points) AS (
      SELECT id, node_id, points FROM ${tellers} WHERE code = ${Place} AND field = 'name'
      UNION SELECT lying.id, places.id, points FROM ${lying} AS lying CROSS JOIN places ON parent_id = place_id),
    ${told}(text_id, key, id, type, field, points, chronology) AS MATERIALIZED (
      SELECT text_id, coalesce((SELECT number FROM search_records WHERE record_id = told.id), id), id, type, field, points, chronology FROM (
        SELECT tellers.id AS text_id, editions.id AS id, 'Edition' AS type, 'convention' AS field, 5 * points AS points, chronology
          FROM ${tellers} AS tellers CROSS JOIN editions ON convention_id = node_id
          WHERE code = ${Convention} AND field IN ('name', 'alternateName', 'acronym')
        UNION ALL SELECT lying.id, editions.id, 'Edition', 'city', 4 * points, chronology
          FROM ${lying} AS lying CROSS JOIN editions ON city_id = place_id
        UNION ALL SELECT lying.id, editions.id, 'Edition', 'city', 3 * points, chronology
          FROM ${lying} AS lying CROSS JOIN edition_further_places AS further USING (place_id) CROSS JOIN editions ON editions.id = edition_id
        UNION ALL SELECT tellers.id, editions.id, 'Edition', 'venue', 3 * points, chronology
          FROM ${tellers} AS tellers CROSS JOIN editions ON venue_id = node_id WHERE code = ${Venue} AND field = 'name'
        UNION ALL SELECT tellers.id, editions.id, 'Edition', 'venue', 3 * points, chronology
          FROM ${tellers} AS tellers CROSS JOIN edition_sub_venues AS sub ON sub.venue_id = node_id CROSS JOIN editions ON editions.id = edition_id
          WHERE code = ${Venue} AND field = 'name'
        UNION ALL SELECT tellers.id, speaker_id, 'Speaker', 'affiliation', 3 * points, ''
          FROM ${tellers} AS tellers CROSS JOIN appearances ON affiliation_id = node_id WHERE code = ${Organization} AND field = 'name'
      ) AS told WHERE type IN (SELECT type FROM wanted))`)}`;
}

/**
 * Common table expressions with the keys of the records in which the first terms are found: each narrows what the one
 * before it left, so that words meet before any text is read.
 * @param count how many terms there are
 */
function meeting(count: SQL): SQL {
  const stages = Array.from({ length: FIRST_TERMS }, (_, term) => {
    const among = (key: string) => (term === 0 ? '' : `AND ${key} IN (SELECT key FROM meeting_${term - 1})`);
    const record = recordOf('search_index.rowid');
    const found = sql.raw(`SELECT ${record} AS key FROM ${foundBy('a')} AND term = ${term} AND is_widest
        AND ${codeOf('search_index.rowid')} IN (SELECT code FROM wanted) ${among(record)}
      UNION ALL SELECT key FROM told_a CROSS JOIN telling_a USING (text_id) WHERE term = ${term} AND is_widest ${among('key')}`);
    const beyond =
      term === 0
        ? sql``
        : sql`UNION ALL ${sql.raw(`SELECT key FROM meeting_${term - 1}`)} WHERE ${count} <= ${sql.raw(String(term))}`;
    return sql`${sql.raw(`meeting_${term}`)}(key) AS MATERIALIZED (SELECT DISTINCT key FROM (${found} ${beyond}))`;
  });
  return sql.join(
    [...stages, sql`candidates(key) AS (SELECT key FROM ${sql.raw(`meeting_${FIRST_TERMS - 1}`)})`],
    sql`, `,
  );
}

/** The texts that the candidates are found by in a stage, with the terms that are in them. */
const ownedIn = (stage: string) =>
  sql.raw(`SELECT text_id, term, record_id, (SELECT type FROM wanted WHERE wanted.code = own.code), field, weight * points, chronology FROM (
      SELECT *, ${WEIGHT} AS weight, ${CHRONOLOGY} AS chronology FROM (
        SELECT text_id, term, record_id, number & 15 AS code, field, factor * ${POINTS} AS points
        FROM (SELECT search_index.rowid AS text_id, term, factor FROM ${foundBy(stage)}
          AND ${recordOf('search_index.rowid')} IN (SELECT key FROM candidates))
        CROSS JOIN search_texts ON search_texts.id = text_id CROSS JOIN search_records ON number = ${recordOf('text_id')})
    ) AS own WHERE weight IS NOT NULL AND chronology IS NOT NULL
    UNION ALL SELECT text_id, term, id, type, field, factor * points, chronology
      FROM told_${stage} CROSS JOIN telling_${stage} USING (text_id) WHERE key IN (SELECT key FROM candidates)`);

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
  const isFirst = ([term]: Match) => term < FIRST_TERMS;
  const first = terms((all) => all.flatMap(matchesOf).filter(isFirst));
  const others = terms((all) => all.flatMap(matchesOf).filter((match) => !isFirst(match)));
  const types = input.value(({ types }) => JSON.stringify(typesOf(types)));
  return sql`asked(query) AS MATERIALIZED (SELECT ${input.value(({ query }) => String(query))}),
    wanted(type, code) AS MATERIALIZED (SELECT value ->> 0, value ->> 1 FROM json_each(${types})),
    ${looking('a', first)},
    ${meeting(input.value(({ query }) => wantedTerms(String(query)).length))},
    ${looking('b', sql`iif(EXISTS (SELECT 1 FROM candidates), ${others}, '[]')`)},
    owned(text_id, term, id, type, field, points, chronology) AS MATERIALIZED (${ownedIn('a')} UNION ALL ${ownedIn('b')}),
    search_results(id, type, score, rank, chronology) AS MATERIALIZED (
      SELECT id, type, sum(points), CASE type ${ranks} END, chronology FROM (
        SELECT id, type, chronology, max(points) AS points FROM owned GROUP BY id, term)
      GROUP BY id HAVING count(*) = ${input.value(({ query }) => wantedTerms(String(query)).length)})`;
}

/** The types that are wanted, each with the last four bits of its records' numbers. */
function typesOf(given: unknown): [type: string, code: number][] {
  const all = Object.entries(SEARCHED_TYPES);
  return (Array.isArray(given) ? all.filter(([word]) => given.includes(word)) : all).map(([, type]) => [
    type,
    SEARCH_CODES[type],
  ]);
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
      WHERE search_index MATCH phrase AND in_time() AND field IN ('name', 'alternateName', 'acronym', 'text') AND ${condition}`);

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
