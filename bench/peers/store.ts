import Database from 'better-sqlite3';
import DataLoader from 'dataloader';

/** Integers are read as numbers: the generated decimals are small enough. */
export type Value = string | number | null | undefined;

export interface Row {
  [column: string]: Value;
}

type Statement = Database.Statement<[string], Row>;
type Loader<Loaded> = DataLoader<Value, Loaded>;

/** What the resolvers of one request read by. */
export interface Context {
  store: Store;
  texts: Record<'name' | 'text' | 'title' | 'note', Loader<Value>>;
  records: Record<'conventions' | 'places' | 'venues' | 'organizations' | 'speakers' | 'sources', Loader<Row | null>>;
  lists: Record<
    | 'themes'
    | 'exhibitionAreas'
    | 'sessions'
    | 'organizers'
    | 'appearances'
    | 'figures'
    | 'claims'
    | 'notes'
    | 'editionsOfClaim',
    Loader<Row[]>
  >;
  citations: Loader<Row[]>;
  previous: Loader<Row | null>;
  following: Loader<Row | null>;
}

/** The ids of a batch are one parameter, so that each loader has one statement for batches of any size. */
const IDS = '(SELECT value FROM json_each(?))';
const EDITION =
  'id, slug, year, ordinal, start_date, end_date, time_zone, website_url, convention_id, city_id, venue_id, chronology';

/** The statements, each prepared once. The column `batch_key` tells to what of a batch a row belongs. */
export class Store {
  readonly #database: Database.Database;
  readonly #newest: Database.Statement<[string, string, number], Row>;
  readonly #filtered: Database.Statement<[string, string, string, string, number, number], Row>;
  readonly #edition: Statement;
  readonly #texts: Record<keyof Context['texts'], Statement>;
  readonly #records: Record<keyof Context['records'], Statement>;
  readonly #lists: Record<keyof Context['lists'], Statement>;
  readonly #citations: Statement;
  readonly #previous: Statement;
  readonly #following: Statement;

  constructor(file: string) {
    const database = new Database(file, { readonly: true, fileMustExist: true });
    for (const pragma of ['mmap_size = 8589934592', 'cache_size = -65536', 'temp_store = MEMORY'])
      database.pragma(pragma);
    database.function('casefold', { deterministic: true }, (text) => String(text).normalize('NFC').toLowerCase());
    this.#database = database;
    const of = (sql: string): Statement => database.prepare<[string], Row>(sql);
    const text = (field: string) =>
      of(
        `SELECT node_id AS batch_key, text FROM localized_texts WHERE node_id IN ${IDS} AND field = '${field}' AND is_original`,
      );
    const records = (table: string, columns: string) =>
      of(`SELECT id AS batch_key, id, slug${columns} FROM ${table} WHERE id IN ${IDS}`);
    const ofEdition = (table: string, columns: string, order: string, condition = '') =>
      of(
        `SELECT edition_id AS batch_key, id, ${columns} FROM ${table} WHERE edition_id IN ${IDS} ${condition} ORDER BY ${order}`,
      );
    const neighbour = (comparison: string, direction: string) =>
      of(`SELECT e.id AS batch_key, ${EDITION.replaceAll(/\w+/g, 'other.$&')} FROM editions AS e JOIN editions AS other ON other.id = (
            SELECT id FROM editions AS one WHERE one.convention_id = e.convention_id
              AND (one.chronology, one.id) ${comparison} (e.chronology, e.id)
            ORDER BY one.chronology ${direction}, one.id ${direction} LIMIT 1)
          WHERE e.id IN ${IDS}`);
    this.#newest = database.prepare(
      `SELECT ${EDITION} FROM editions WHERE (chronology, id) < (?, ?) ORDER BY chronology DESC, id DESC LIMIT ?`,
    );
    this.#filtered = database.prepare(
      `WITH cities AS MATERIALIZED (
         SELECT id FROM places WHERE instr(casefold(slug), casefold(?)) > 0 OR EXISTS (
           SELECT 1 FROM localized_texts WHERE node_id = places.id AND field = 'name' AND instr(casefold(text), casefold(?)) > 0))
       SELECT ${EDITION} FROM editions WHERE (start_date, id) > (?, ?) AND year >= ? AND city_id IN cities
       ORDER BY start_date, id LIMIT ?`,
    );
    this.#edition = of(`SELECT ${EDITION} FROM editions WHERE slug = ?`);
    this.#texts = { name: text('name'), text: text('text'), title: text('title'), note: text('note') };
    this.#records = {
      conventions: records('conventions', ', acronym'),
      places: records('places', ', country'),
      venues: records('venues', ''),
      organizations: records('organizations', ''),
      speakers: records('speakers', ''),
      sources: records('sources', ', title, url, publisher, published_on'),
    };
    this.#lists = {
      themes: ofEdition('themes', 'kind', 'kind, position, id'),
      exhibitionAreas: ofEdition('exhibition_areas', 'kind, size_value, size_unit, size_bound', 'position, id'),
      sessions: ofEdition('sessions', 'kind, date', 'position, id'),
      organizers: ofEdition('participations', 'role, participant_id', 'position, id', `AND role <> 'GUEST_OF_HONOUR'`),
      appearances: ofEdition('appearances', 'kind, speaker_id, affiliation_id', 'sort_name, id'),
      figures: ofEdition(
        'figures',
        'metric, value, unit, bound, status, as_of',
        `metric, CASE scope WHEN 'EDITION' THEN 0 WHEN 'SUBSET' THEN 1 ELSE 2 END, standing <> 'PREFERRED', position, id`,
      ),
      notes: ofEdition('edition_notes', 'kind', 'position, id'),
      editionsOfClaim: of(
        `SELECT signed_project_statistic_id AS batch_key, ${EDITION.replaceAll(/\w+/g, 'editions.$&')}
         FROM signed_project_statistic_editions JOIN editions ON editions.id = edition_id
         WHERE signed_project_statistic_id IN ${IDS} ORDER BY editions.chronology, editions.id`,
      ),
      claims: of(
        `WITH wanted(edition_id) AS MATERIALIZED ${IDS}
         SELECT edition_id AS batch_key, s.id, stage, status, scope, projects_value, projects_unit, projects_bound,
           investment_amount, investment_currency, investment_bound, as_of, min(about) AS about
         FROM (
           SELECT edition_id, signed_project_statistic_id AS id, 0 AS about
             FROM wanted CROSS JOIN signed_project_statistic_editions USING (edition_id)
           UNION ALL SELECT edition_id, id, 1 FROM wanted CROSS JOIN signed_project_statistics ON reported_at_id = edition_id
         ) AS found CROSS JOIN signed_project_statistics AS s ON s.id = found.id
         GROUP BY edition_id, s.id
         ORDER BY CASE WHEN scope = 'EDITION' AND min(about) = 0 THEN 0 WHEN reported_at_id = edition_id THEN 1 ELSE 2 END,
           chronology DESC, position, s.id`,
      ),
    };
    this.#citations = of(
      `SELECT node_id AS batch_key, source_id FROM citations WHERE node_id IN ${IDS} ORDER BY node_id, position`,
    );
    this.#previous = neighbour('<', 'DESC');
    this.#following = neighbour('>', 'ASC');
  }

  edition(slug: string): Row | undefined {
    return this.#edition.get(slug);
  }

  /** @param after a cursor */
  newestEditions(first: number, after: string | null): Row[] {
    const [chronology = '~', id = ''] = after?.split(' ') ?? [];
    return this.#newest.all(chronology, id, first);
  }

  /** @param after a cursor */
  filteredEditions(first: number, after: string | null, fromYear: number, city: string): Row[] {
    const [date = '', id = ''] = after?.split(' ') ?? [];
    return this.#filtered.all(city, city, date, id, fromYear, first);
  }

  cursorOf(edition: Row, isByStart: boolean): string {
    return `${isByStart ? edition.start_date : edition.chronology} ${edition.id}`;
  }

  /** The loaders of one request. */
  context(): Context {
    const { conventions, places, venues, organizations, speakers, sources } = this.#records;
    const lists = this.#lists;
    return {
      store: this,
      texts: {
        name: textLoader(this.#texts.name),
        text: textLoader(this.#texts.text),
        title: textLoader(this.#texts.title),
        note: textLoader(this.#texts.note),
      },
      records: {
        conventions: oneLoader(conventions),
        places: oneLoader(places),
        venues: oneLoader(venues),
        organizations: oneLoader(organizations),
        speakers: oneLoader(speakers),
        sources: oneLoader(sources),
      },
      lists: {
        themes: manyLoader(lists.themes),
        exhibitionAreas: manyLoader(lists.exhibitionAreas),
        sessions: manyLoader(lists.sessions),
        organizers: manyLoader(lists.organizers),
        appearances: manyLoader(lists.appearances),
        figures: manyLoader(lists.figures),
        claims: manyLoader(lists.claims),
        notes: manyLoader(lists.notes),
        editionsOfClaim: manyLoader(lists.editionsOfClaim),
      },
      citations: manyLoader(this.#citations),
      previous: oneLoader(this.#previous),
      following: oneLoader(this.#following),
    };
  }

  close(): void {
    this.#database.close();
  }
}

function oneLoader(statement: Statement): Loader<Row | null> {
  return new DataLoader(async (keys) => {
    const found = new Map<Value, Row>();
    for (const row of statement.all(JSON.stringify(keys))) found.set(row.batch_key, row);
    return keys.map((key) => found.get(key) ?? null);
  });
}

function textLoader(statement: Statement): Loader<Value> {
  return new DataLoader(async (keys) => {
    const found = new Map<Value, Value>();
    for (const row of statement.all(JSON.stringify(keys))) found.set(row.batch_key, row.text);
    return keys.map((key) => found.get(key) ?? null);
  });
}

function manyLoader(statement: Statement): Loader<Row[]> {
  return new DataLoader(async (keys) => {
    const found = new Map<Value, Row[]>(keys.map((key) => [key, []]));
    for (const row of statement.all(JSON.stringify(keys))) found.get(row.batch_key)?.push(row);
    return keys.map((key) => found.get(key) ?? []);
  });
}
