import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import type * as app from '../src/app.ts';
import { builtFile } from './run.ts';

type Value = string | number;

/** The methods of statements that are watched. */
interface Statements {
  get(...parameters: Value[]): unknown;
  all(...parameters: Value[]): unknown;
}

/**
 * What the planner of the service writes to find something, with the columns of bench/questions/search.graphql written by
 * hand: nobody would write the search itself anew.
 * @param words to search for
 * @returns a statement whose one column is the data as JSON
 */
export async function plannedSearch(database: string, words: string): Promise<{ sql: string; parameters: Value[] }> {
  const { sql, parameters } = await captured(database, words);
  const start = sql.indexOf('WITH ');
  const finding = sql.slice(start, endOfTables(sql, start));
  const skipped = placesIn(sql.slice(0, start));
  return { sql: `${finding} ${RESULTS}`, parameters: parameters.slice(skipped, skipped + placesIn(finding)) };
}

const text = (field: string) =>
  `(SELECT text FROM localized_texts WHERE node_id = r.id AND field = '${field}' AND is_original)`;

const named = (type: string, table: string) =>
  `WHEN '${type}' THEN (SELECT json_object('__typename', '${type}', 'slug', slug, 'name', ${text('name')}) FROM ${table} WHERE id = r.id)`;

const RESULTS = `SELECT json_object('search', json_object('nodes', json_group_array(CASE type
    ${named('Edition', 'editions')} ${named('Convention', 'conventions')}
    ${named('Speaker', 'speakers')} ${named('Organization', 'organizations')}
    WHEN 'Theme' THEN json_object('__typename', type, 'id', id, 'text', ${text('text')})
    ELSE json_object('__typename', type, 'id', id, 'name', ${text('name')}) END)))
  FROM (SELECT id, type FROM search_results ORDER BY score DESC, rank, chronology DESC, id DESC LIMIT 20) AS r`;

/** Lets the service answer in this process, and listens to what SQLite is asked. */
async function captured(databasePath: string, words: string): Promise<{ sql: string; parameters: Value[] }> {
  const { createApp }: typeof app = await import(pathToFileURL(builtFile('dist/app.js')).href);
  const memory = new Database(':memory:');
  const statements: Statements = Object.getPrototypeOf(memory.prepare('SELECT 1'));
  const { get, all } = statements;
  const asked: { sql: string; parameters: Value[] }[] = [];
  const watched = (execute: Statements['get']) =>
    function (this: Database.Statement, ...parameters: Value[]): unknown {
      asked.push({ sql: this.source, parameters });
      return execute.apply(this, parameters);
    };
  Object.assign(statements, { get: watched(get), all: watched(all) });
  try {
    const service = await createApp({
      port: 0,
      host: '127.0.0.1',
      databasePath,
      publicUrl: null,
      logLevel: 'error',
      answerCacheMegabytes: 0,
      cacheMaxAge: 0,
      executor: 'auto',
      traces: false,
      rateLimit: 0,
      overloadDelay: 0,
      trustProxy: null,
    });
    await service.query({
      query: 'query ($query: String!) { search(query: $query, first: 20) { nodes { __typename } } }',
      variables: { query: words },
    });
    await service.close();
  } finally {
    Object.assign(statements, { get, all });
    memory.close();
  }
  const found = asked.findLast(({ sql }) => sql.includes('search_results'));
  if (!found) throw new Error('The service searched by no statement that is known.');
  return found;
}

/** Where the SELECT begins that reads the tables of a WITH. */
function endOfTables(sql: string, start: number): number {
  let depth = 0;
  for (let place = start; place < sql.length; place += 1) {
    if (sql[place] === '(') depth += 1;
    if (sql[place] === ')') depth -= 1;
    if (depth === 0 && sql.startsWith(' SELECT ', place)) return place;
  }
  throw new Error('The statement of the search is another than this knows.');
}

const placesIn = (sql: string) => sql.split('?').length - 1;
