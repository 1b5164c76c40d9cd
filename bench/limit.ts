import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { plannedSearch } from './planned-search.ts';

/*
 * What one would write by hand if the questions were known beforehand: no framework, no GraphQL, one prepared statement
 * per question whose text is the body.
 *   limit.js <database> <words to search for>
 */

const [file = '', words = ''] = process.argv.slice(2);

const database = new Database(file, { readonly: true, fileMustExist: true });
for (const pragma of ['mmap_size = 8589934592', 'cache_size = -65536', 'temp_store = MEMORY']) database.pragma(pragma);
database.function('casefold', { deterministic: true }, (text) => String(text).normalize('NFC').toLowerCase());

/** The original of a text. */
const text = (node: string, field: string) =>
  `(SELECT text FROM localized_texts WHERE node_id = ${node} AND field = '${field}' AND is_original)`;

/** A decimal, stored in ten-thousandths. */
const decimal = (column: string) =>
  `iif(${column} % 10000 = 0, CAST(${column} / 10000 AS TEXT),
    rtrim(printf('%s%d.%04d', iif(${column} < 0, '-', ''), abs(${column}) / 10000, abs(${column}) % 10000), '0'))`;

const quantity = (value: string, parts: string) =>
  `iif(${value} IS NULL, NULL, json_object('value', ${decimal(value)}, ${parts}))`;

/** A day; periods are no days. */
const day = (column: string) => `iif(length(${column}) >= 10, substr(${column}, 1, 10), NULL)`;

const citations = (node: string, source: string) =>
  `(SELECT json_group_array(json_object('source', json_object(${source}))) FROM (
     SELECT source_id FROM citations WHERE node_id = ${node} ORDER BY position
   ) CROSS JOIN sources ON sources.id = source_id)`;
const cited = (node: string) => citations(node, `'slug', sources.slug`);

const themes = (parts: string) =>
  `(SELECT json_group_array(json_object('text', ${text('t.id', 'text')}, 'kind', t.kind${parts})) FROM (
     SELECT id, kind FROM themes WHERE edition_id = e.id ORDER BY kind, position, id) AS t)`;

const areas = (limit: number, parts: string) =>
  `json_object('nodes', (SELECT json_group_array(json_object('name', ${text('a.id', 'name')}, 'kind', a.kind${parts})) FROM (
     SELECT id, kind, size_value, size_unit, size_bound FROM exhibition_areas
     WHERE edition_id = e.id ORDER BY position, id LIMIT ${limit}) AS a))`;

const speakers = (limit: number, parts: string) =>
  `json_object('nodes', (SELECT json_group_array(json_object(
     'kind', a.kind,
     'title', ${text('a.id', 'title')},
     'speaker', (SELECT json_object('slug', slug, 'name', ${text('speakers.id', 'name')}) FROM speakers WHERE id = a.speaker_id),
     'affiliation', (SELECT json_object('slug', slug, 'name', ${text('organizations.id', 'name')})
       FROM organizations WHERE id = a.affiliation_id)${parts}))
   FROM (SELECT id, kind, speaker_id, affiliation_id FROM appearances
     WHERE edition_id = e.id ORDER BY sort_name, id LIMIT ${limit}) AS a))`;

const claims = (limit: number, before: string, parts: string) =>
  `json_object('nodes', (SELECT json_group_array(json_object(
     'scope', c.scope, 'stage', c.stage, 'status', c.status, 'asOf', ${day('c.as_of')}${before},
     'projects', ${quantity('c.projects_value', `'bound', c.projects_bound`)},
     'investment', iif(c.investment_amount IS NULL, NULL, json_object('amount', ${decimal('c.investment_amount')},
       'currency', c.investment_currency, 'bound', c.investment_bound))${parts}))
   FROM (SELECT s.* FROM (
       SELECT signed_project_statistic_id AS id, 0 AS about FROM signed_project_statistic_editions WHERE edition_id = e.id
       UNION ALL SELECT id, 1 FROM signed_project_statistics AS reported WHERE reported_at_id = e.id AND NOT EXISTS (
         SELECT 1 FROM signed_project_statistic_editions
         WHERE signed_project_statistic_id = reported.id AND edition_id = e.id)
     ) AS found CROSS JOIN signed_project_statistics AS s ON s.id = found.id
     ORDER BY CASE WHEN s.scope = 'EDITION' AND about = 0 THEN 0 WHEN s.reported_at_id = e.id THEN 1 ELSE 2 END,
       s.chronology DESC, s.position, s.id LIMIT ${limit}) AS c))`;

const neighbour = (comparison: string, direction: string) =>
  `(SELECT json_object('slug', slug, 'year', year) FROM editions AS other
    WHERE other.convention_id = e.convention_id AND (other.chronology, other.id) ${comparison} (e.chronology, e.id)
    ORDER BY other.chronology ${direction}, other.id ${direction} LIMIT 1)`;

const newest = (columns: string) => `(SELECT ${columns} FROM editions ORDER BY chronology DESC, id DESC LIMIT ?) AS e`;

const fairs = `SELECT json_object('editions', json_object('nodes', json_group_array(json_object(
    'slug', e.slug, 'name', ${text('e.id', 'name')}, 'year', e.year, 'startDate', e.start_date, 'endDate', e.end_date,
    'themes', ${themes('')},
    'exhibitionAreas', ${areas(20, '')},
    'speakers', ${speakers(20, '')},
    'signedProjectStatistics', ${claims(20, '', '')}))))
  FROM ${newest('id, slug, year, start_date, end_date')}`;

const fair = `SELECT json_object('edition', json_object(
    'slug', e.slug, 'name', ${text('e.id', 'name')}, 'year', e.year, 'ordinal', e.ordinal,
    'startDate', e.start_date, 'endDate', e.end_date, 'timeZone', e.time_zone,
    'links', json_object('website', e.website_url),
    'convention', (SELECT json_object('slug', slug, 'name', ${text('conventions.id', 'name')}, 'acronym', acronym)
      FROM conventions WHERE id = e.convention_id),
    'city', (SELECT json_object('slug', slug, 'name', ${text('places.id', 'name')}, 'country', country)
      FROM places WHERE id = e.city_id),
    'venue', (SELECT json_object('name', ${text('venues.id', 'name')}) FROM venues WHERE id = e.venue_id),
    'citations', ${citations('e.id', `'slug', slug, 'title', title, 'url', url, 'publisher', publisher, 'publishedOn', published_on`)},
    'themes', ${themes(`, 'citations', ${cited('t.id')}`)},
    'exhibitionAreas', ${areas(50, `, 'size', ${quantity('a.size_value', `'unit', a.size_unit, 'bound', a.size_bound`)}, 'citations', ${cited('a.id')}`)},
    'sessions', (SELECT json_group_array(json_object('title', ${text('s.id', 'title')}, 'kind', s.kind, 'date', s.date))
      FROM (SELECT id, kind, date FROM sessions WHERE edition_id = e.id ORDER BY position, id) AS s),
    'organizers', (SELECT json_group_array(json_object('role', p.role, 'participant', coalesce(
        (SELECT json_object('slug', slug, 'name', ${text('organizations.id', 'name')}) FROM organizations WHERE id = p.participant_id),
        (SELECT json_object('slug', slug, 'name', ${text('places.id', 'name')}) FROM places WHERE id = p.participant_id)) -> '$'))
      FROM (SELECT role, participant_id FROM participations
        WHERE edition_id = e.id AND role <> 'GUEST_OF_HONOUR' ORDER BY position, id) AS p),
    'speakers', ${speakers(50, `, 'citations', ${cited('a.id')}`)},
    'figures', (SELECT json_group_array(json_object('metric', f.metric,
        'quantity', ${quantity('f.value', `'unit', f.unit, 'bound', f.bound`)},
        'status', f.status, 'asOf', ${day('f.as_of')}, 'citations', ${cited('f.id')}))
      FROM (SELECT * FROM figures WHERE edition_id = e.id
        ORDER BY metric, CASE scope WHEN 'EDITION' THEN 0 WHEN 'SUBSET' THEN 1 ELSE 2 END, standing <> 'PREFERRED', position, id) AS f),
    'signedProjectStatistics', ${claims(
      50,
      `, 'note', ${text('c.id', 'note')}`,
      `, 'editions', (SELECT json_group_array(json_object('slug', slug)) FROM (
           SELECT slug FROM signed_project_statistic_editions CROSS JOIN editions AS about ON about.id = edition_id
           WHERE signed_project_statistic_id = c.id ORDER BY about.chronology, about.id)),
         'citations', ${cited('c.id')}`,
    )},
    'notes', (SELECT json_group_array(json_object('kind', n.kind, 'text', ${text('n.id', 'text')}))
      FROM (SELECT id, kind FROM edition_notes WHERE edition_id = e.id ORDER BY position, id) AS n),
    'previousEdition', ${neighbour('<', 'DESC')},
    'followingEdition', ${neighbour('>', 'ASC')}))
  FROM editions AS e WHERE slug = ?`;

const names = `SELECT json_object('editions', json_object('nodes', json_group_array(json_object('name', ${text('e.id', 'name')}))))
  FROM ${newest('id')}`;

/** The cursor is the last day and id; behind no date come those without one. One row more than the page tells whether there is another. */
const filtered = `WITH cities AS MATERIALIZED (
    SELECT id FROM places WHERE instr(casefold(slug), casefold(:city)) > 0 OR EXISTS (
      SELECT 1 FROM localized_texts WHERE node_id = places.id AND field = 'name' AND instr(casefold(text), casefold(:city)) > 0)),
  page AS MATERIALIZED (
    SELECT id, slug, start_date, city_id FROM editions
    WHERE (start_date, id) > (:date, :id) AND year >= 2015 AND city_id IN cities
    ORDER BY start_date, id LIMIT 21)
  SELECT json_object('editions', json_object('nodes', json_group_array(json_object(
      'slug', e.slug, 'name', ${text('e.id', 'name')}, 'startDate', e.start_date,
      'city', (SELECT json_object('slug', slug, 'name', ${text('places.id', 'name')}) FROM places WHERE id = e.city_id))),
    'pageInfo', json_object('hasNextPage', json(iif((SELECT count(*) FROM page) > 20, 'true', 'false')),
      'endCursor', max(e.start_date || ' ' || e.id))))
  FROM (SELECT * FROM page ORDER BY start_date, id LIMIT 20) AS e`;

/** The one column is the text. */
const statements = {
  fairs: database.prepare<[number], string>(fairs).pluck(),
  fair: database.prepare<[string], string>(fair).pluck(),
  names: database.prepare<[number], string>(names).pluck(),
  filtered: database.prepare<{ city: string; date: string; id: string }, string>(filtered).pluck(),
};
const planned = words ? await plannedSearch(file, words) : undefined;
const search = planned && database.prepare<(string | number)[], string>(planned.sql).pluck();

const body = z.object({
  variables: z
    .object({ first: z.number(), slug: z.string(), city: z.string(), after: z.string().nullable(), query: z.string() })
    .partial()
    .default({}),
});

const routes: Record<string, (variables: z.infer<typeof body>['variables']) => string | undefined> = {
  '/fairs': ({ first = 20 }) => statements.fairs.get(first),
  '/fair': ({ slug = '' }) => statements.fair.get(slug),
  '/names': () => statements.names.get(20),
  '/filtered': ({ city = '', after }) => {
    const [date = '', id = ''] = after?.split(' ') ?? [];
    return statements.filtered.get({ city, date, id });
  },
  '/search': () => search?.get(...(planned?.parameters ?? [])),
};

const server = createServer((request, response) => {
  const pieces: Buffer[] = [];
  request.on('data', (piece: Buffer) => pieces.push(piece));
  request.once('end', () => respond(request, response, Buffer.concat(pieces).toString()));
});

function respond({ url = '' }: IncomingMessage, response: ServerResponse, sent: string): void {
  const data = routes[url]?.(body.parse(JSON.parse(sent)).variables);
  const text = data === undefined ? '{"errors":[{"message":"Not found"}]}' : `{"data":${data}}`;
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address && typeof address === 'object') console.log(`http://127.0.0.1:${address.port}`);
});
