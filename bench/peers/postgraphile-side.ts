import type { Json, Operation } from '../ask.ts';
import type { Side } from '../questions.ts';
import { startScript } from '../server.ts';
import { startPostgres } from './postgres.ts';

/*
 * What PostGraphile is asked, and how its data becomes that of the service: "list_x" is a list without a connection,
 * "x__y" a field of a nested object, "or_x" stands for x where that is null.
 */

const CLAIM = `scope stage status asOf projects__value: projectsValue projects__bound: projectsBound
  investment__amount: investmentAmount investment__currency: investmentCurrency investment__bound: investmentBound`;
const CITED = 'list_citations: citations { nodes { source: sourceBySourceId { slug } } }';
const SPEAKER =
  'kind title speaker: speakerBySpeakerId { slug name } affiliation: organizationByAffiliationId { slug name }';

const QUERIES: Record<string, string> = {
  fairs: `query Fairs($first: Int!) {
    editions: allEditions(first: $first, orderBy: [CHRONOLOGY_DESC, ROW_ID_DESC]) {
      nodes {
        slug name year startDate endDate
        list_themes: themesByEditionId(orderBy: [KIND_ASC, POSITION_ASC]) { nodes { text kind } }
        exhibitionAreas: exhibitionAreasByEditionId(first: 20, orderBy: POSITION_ASC) { nodes { name kind } }
        speakers: appearancesByEditionId(first: 20, orderBy: SORT_NAME_ASC) { nodes { ${SPEAKER} } }
        signedProjectStatistics: claims(first: 20) { nodes { ${CLAIM} } }
      }
    }
  }`,
  fair: `query Fair($slug: String!) {
    edition: editionBySlug(slug: $slug) {
      slug name year ordinal startDate endDate timeZone
      links__website: websiteUrl
      convention: conventionByConventionId { slug name acronym }
      city: placeByCityId { slug name country }
      venue: venueByVenueId { name }
      list_citations: citations { nodes { source: sourceBySourceId { slug title url publisher publishedOn } } }
      list_themes: themesByEditionId(orderBy: [KIND_ASC, POSITION_ASC]) { nodes { text kind ${CITED} } }
      exhibitionAreas: exhibitionAreasByEditionId(first: 50, orderBy: POSITION_ASC) {
        nodes { name kind size__value: sizeValue size__unit: sizeUnit size__bound: sizeBound ${CITED} }
      }
      list_sessions: sessionsByEditionId(orderBy: POSITION_ASC) { nodes { title kind date } }
      list_organizers: organizers {
        nodes { role participant: organization { slug name } or_participant: place { slug name } }
      }
      speakers: appearancesByEditionId(first: 50, orderBy: SORT_NAME_ASC) { nodes { ${SPEAKER} ${CITED} } }
      list_figures: preferredFigures {
        nodes { metric quantity__value: value quantity__unit: unit quantity__bound: bound status asOf ${CITED} }
      }
      signedProjectStatistics: claims(first: 50) {
        nodes { ${CLAIM} note list_editions: about { nodes { slug } } ${CITED} }
      }
      list_notes: editionNotesByEditionId(orderBy: POSITION_ASC) { nodes { kind text } }
      previousEdition: previous { slug year }
      followingEdition: following { slug year }
    }
  }`,
  names: '{ editions: allEditions(first: 20, orderBy: [CHRONOLOGY_DESC, ROW_ID_DESC]) { nodes { name } } }',
  filtered: `query Filtered($city: String!, $after: Cursor) {
    editions: editionsIn(city: $city, fromYear: 2015, first: 20, after: $after) {
      nodes { slug name startDate city: placeByCityId { slug name } }
      pageInfo { hasNextPage endCursor }
    }
  }`,
};

/**
 * Starts PostgreSQL with the same data, and PostGraphile over it.
 * @param database the SQLite file
 * @returns undefined where PostgreSQL is not installed
 */
export async function startPostGraphile(database: string): Promise<Side | undefined> {
  const postgres = await startPostgres(database);
  if (!postgres) return undefined;
  const server = await startScript('peers/postgraphile', postgres.folder);
  return {
    name: 'PostGraphile',
    url: () => `${server.origin}/graphql`,
    operation: (question: string, { variables = {} }: Operation) => ({ query: QUERIES[question] ?? '', variables }),
    data: (_question: string, data: Json) => shaped(data),
    async close() {
      await server.close();
      await postgres.close();
    },
  };
}

function shaped(data: Json): Json {
  if (Array.isArray(data)) return data.map(shaped);
  if (typeof data !== 'object' || data === null) return data;
  const record: Record<string, Json> = {};
  const nested: Record<string, Record<string, Json>> = {};
  for (const [key, value] of Object.entries(data)) {
    const [, parent, child = ''] = /^(\w+)__(\w+)$/.exec(key) ?? [];
    if (parent) nested[parent] = { ...nested[parent], [child]: isDecimal(child) ? decimal(value) : value };
    else if (key.startsWith('list_')) record[key.slice('list_'.length)] = shaped(nodesOf(value));
    else if (key.startsWith('or_')) record[key.slice('or_'.length)] ??= shaped(value);
    else record[key] = key === 'asOf' ? day(value) : shaped(value);
  }
  for (const [key, parts] of Object.entries(nested))
    record[key] = Object.entries(parts).some(([name, value]) => isDecimal(name) && value === null) ? null : parts;
  return record;
}

const isDecimal = (name: string) => name === 'value' || name === 'amount';

function nodesOf(connection: Json): Json {
  if (typeof connection !== 'object' || connection === null || Array.isArray(connection)) return connection;
  return connection.nodes ?? null;
}

/** Decimals are stored in ten-thousandths. */
function decimal(stored: Json): Json {
  if (stored === null) return null;
  const digits = String(stored).padStart(5, '0');
  return `${digits.slice(0, -4)}.${digits.slice(-4)}`.replace(/\.?0+$/, '');
}

/** Periods are no days. */
const day = (asOf: Json) => (typeof asOf === 'string' && asOf.length >= 10 ? asOf.slice(0, 10) : null);
