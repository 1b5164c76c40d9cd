import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Reader } from '../store/open.ts';
import { readRecords, type StoredRecord } from '../store/records.ts';
import * as tables from '../store/tables.ts';
import { ClaimStatus, Standing } from '../store/vocabulary.ts';
import { groupBySubject, isFirstHand, type RankedClaim, settleStandings } from './claims.ts';
import { Attachments, at } from './export-texts.ts';
import { type NodeType, nodeId } from './identity.ts';
import { documentOf } from './rows.ts';
import { word } from './values.ts';

/** A record as a data file writes it, before its keys are in order; what is no key of the format is dropped later. */
export type Draft = Record<string, unknown>;

/** Records beneath an edition, by its slug. */
type Beneath = ReadonlyMap<string, readonly StoredRecord[]>;

/**
 * Turns a stored convention back into what its data file says: what rows.ts takes apart.
 * @param header when the data last changed: what records say of that is left out where it is the same
 */
export function draftConvention(rows: Reader['rows'], convention: StoredRecord, header: string | undefined): Draft {
  const document = documentOf({ slug: convention.path });
  const ids = rows('SELECT id FROM nodes WHERE document = ?', [document]).map(({ id }) => String(id));
  const attachments = new Attachments(rows, ids);
  attachments.chooseLanguage();
  const read = (type: NodeType, table: SQLiteTable): Beneath => {
    const found = new Map<string, StoredRecord[]>();
    const condition = 'node.document = ? AND node.type = ? ORDER BY record.position';
    for (const record of readRecords(rows, table, condition, [document, type]))
      at(found, splitPath(record.path).edition, () => []).push(record);
    return found;
  };
  const editions = readRecords(rows, tables.editions, 'node.document = ? ORDER BY record.position', [document]);
  const lists = {
    themes: read('Theme', tables.themes),
    exhibitionAreas: read('ExhibitionArea', tables.exhibitionAreas),
    sessions: read('Session', tables.sessions),
    speakers: read('Appearance', tables.appearances),
    participations: read('Participation', tables.participations),
    figures: read('Figure', tables.figures),
    signedProjectStatistics: read('SignedProjectStatistic', tables.signedProjectStatistics),
    indicators: read('EconomicIndicator', tables.economicIndicators),
    dateClaims: read('DateClaim', tables.dateClaims),
    notes: read('EditionNote', tables.editionNotes),
  };
  const standings = draftStandings(
    editions.flatMap(({ path }) =>
      [lists.figures, lists.signedProjectStatistics, lists.dateClaims].flatMap((claims) => claims.get(path) ?? []),
    ),
    attachments,
  );
  const coverage = readCoverage(rows, document);
  const conversions = readConversions(rows, document);
  const subVenues = readListed(rows, convention.id, { table: 'edition_sub_venues', of: 'venues', by: 'venue_id' });
  const furtherPlaces = readListed(rows, convention.id, {
    table: 'edition_further_places',
    of: 'places',
    by: 'place_id',
  });
  const timeZones = readTimeZones(rows, convention.id);

  const draftEdition = (edition: StoredRecord): Draft => {
    const { path: slug, updatedAt } = edition;
    const draft = (record: StoredRecord): Draft => ({
      ...record,
      key: splitPath(record.path).key,
      ...attachments.texts(record.id),
      citations: attachments.citations(record.id),
      knownConflicts: attachments.knownConflicts(record.id),
      updatedAt: record.updatedAt === updatedAt ? undefined : record.updatedAt,
    });
    const draftClaim = (record: StoredRecord): Draft => {
      const editions = coverage.get(record.id) ?? [];
      return {
        ...draft(record),
        editions: editions.length === 1 && editions[0] === slug ? undefined : editions,
        asOf: yearAsNumber(record.asOf),
        standing: standings.get(record.id),
      };
    };
    const each = (beneath: Beneath, write: (record: StoredRecord) => Draft) => (beneath.get(slug) ?? []).map(write);
    return {
      ...edition,
      ...attachments.texts(edition.id),
      timeZone: edition.timeZone === timeZones.get(edition.id) ? undefined : edition.timeZone,
      subVenues: subVenues.get(edition.id),
      furtherPlaces: furtherPlaces.get(edition.id),
      themes: each(lists.themes, draft),
      exhibitionAreas: each(lists.exhibitionAreas, (record) => ({
        ...draft(record),
        size: quantity(record.sizeValue, { unit: record.sizeUnit, bound: record.sizeBound }),
      })),
      sessions: each(lists.sessions, draft),
      speakers: each(lists.speakers, (record) => {
        const { key } = splitPath(record.path);
        const session = record.session === null ? undefined : splitPath(String(record.session)).key;
        return { ...draft(record), key: key === record.speaker ? undefined : key, session };
      }),
      ...draftParticipations(lists.participations.get(slug) ?? [], draft),
      figures: each(lists.figures, (record) => ({ ...draftClaim(record), value: decimal(record.value) })),
      signedProjectStatistics: each(lists.signedProjectStatistics, (record) => {
        const { slice: value, ...rest } = draftClaim(record);
        return {
          ...rest,
          reportedAt: record.reportedAt === slug ? undefined : record.reportedAt,
          projects: quantity(record.projectsValue, { unit: record.projectsUnit, bound: record.projectsBound }),
          investment: money(record.investmentAmount, record.investmentCurrency, record.investmentBound),
          conversions: conversions.get(record.id),
          share: quantity(record.shareValue, { bound: record.shareBound }),
          slice: record.sliceDimension === null ? undefined : { dimension: record.sliceDimension, value },
        };
      }),
      indicators: each(lists.indicators, (record) => ({
        ...draft(record),
        period: yearAsNumber(record.period),
        change: quantity(record.changeValue, { bound: record.changeBound }),
        differenceFromPrevious: quantity(record.differenceValue, { bound: record.differenceBound }),
      })),
      dateClaims: each(lists.dateClaims, (record) => ({ ...draftClaim(record), editions: undefined })),
      notes: each(lists.notes, draft),
      citations: attachments.citations(edition.id),
      knownConflicts: attachments.knownConflicts(edition.id),
      updatedAt: updatedAt === convention.updatedAt ? undefined : updatedAt,
    };
  };

  return {
    ...convention,
    ...attachments.texts(convention.id),
    language: attachments.language,
    citations: attachments.citations(convention.id),
    knownConflicts: attachments.knownConflicts(convention.id),
    editions: editions.map(draftEdition),
    updatedAt: convention.updatedAt === header ? undefined : convention.updatedAt,
  };
}

/** @returns the two halves of "<edition slug>/<key>" */
function splitPath(path: string): { edition: string; key: string } {
  const end = path.indexOf('/');
  return { edition: path.slice(0, end), key: path.slice(end + 1) };
}

/** Both lists are numbered through: the guests are what stands last and has their role. */
function draftParticipations(
  participations: readonly StoredRecord[],
  draft: (record: StoredRecord) => Draft,
): { organizers: Draft[]; guestsOfHonour: Draft[] } {
  const last = participations.findLastIndex(({ role }) => role !== 'GUEST_OF_HONOUR') + 1;
  const write = (record: StoredRecord, usual: string): Draft => {
    const { participant, participantId, role } = record;
    const isOrganization = participantId === nodeId('Organization', String(participant));
    return {
      ...draft(record),
      ...(isOrganization ? { organization: participant } : { place: participant }),
      role: role === usual ? undefined : role,
    };
  };
  return {
    organizers: participations.slice(0, last).map((record) => write(record, 'ORGANIZER')),
    guestsOfHonour: participations.slice(last).map((record) => write(record, 'GUEST_OF_HONOUR')),
  };
}

const status = word(ClaimStatus);
const standing = word(Standing);

/**
 * Chooses what claims must say of their standing, so that the rule settles them as they are stored.
 * @returns the standing by id of those that must say any
 */
function draftStandings(claims: readonly StoredRecord[], attachments: Attachments) {
  const given = new Map<string, string>();
  // A date claim has no subject in its table: it is about the dates of its edition.
  const subjects = claims.map((record) => ({
    subject: `${String(record.subject ?? record.editionId)} ${record.id.replace(/_[0-9a-f]+$/, '')}`,
    record,
  }));
  for (const group of groupBySubject(subjects)) {
    const stored = group.map(({ record }) => standing.parse(record.standing));
    const ranked = group.map(({ record }, index): RankedClaim => {
      const bounds = [record.bound, record.projectsBound, record.investmentBound, record.shareBound];
      const isRanked = stored[index] === 'PREFERRED' || stored[index] === 'ALTERNATIVE';
      return {
        standing: isRanked ? undefined : stored[index],
        status: status.parse(record.status),
        isFirstHand: attachments.citedSources(record.id).some(isFirstHand),
        isExact: bounds.every((bound) => bound === undefined || bound === null || bound === 'EXACT'),
        asOf: typeof record.asOf === 'string' ? record.asOf : undefined,
      };
    });
    const preferred = stored.indexOf('PREFERRED');
    const hasNote = (record: StoredRecord | undefined) => record && 'note' in attachments.texts(record.id);
    for (;;) {
      const best = settleStandings(ranked).indexOf('PREFERRED');
      if (best === preferred || best < 0 || preferred < 0) break;
      const chosen = ranked[preferred];
      const rival = ranked[best];
      // PREFERRED wants a note that says why; without one, those that the rule ranks higher step back.
      if (chosen && hasNote(group[preferred]?.record)) chosen.standing = 'PREFERRED';
      else if (rival) rival.standing = 'ALTERNATIVE';
    }
    for (const [index, { standing }] of ranked.entries()) {
      const id = group[index]?.record.id;
      if (standing && id) given.set(id, standing);
    }
  }
  return given;
}

/** The editions that claims are about, in the order of the convention. */
function readCoverage(rows: Reader['rows'], document: string): Map<string, string[]> {
  const covered = (table: string, claim: string) =>
    `SELECT ${claim} AS id, editions.slug, editions.position FROM nodes JOIN ${table} ON ${claim} = nodes.id
     JOIN editions ON editions.id = ${table}.edition_id WHERE nodes.document = ?`;
  const sql = `${covered('figure_editions', 'figure_id')} UNION ALL
    ${covered('signed_project_statistic_editions', 'signed_project_statistic_id')} ORDER BY 1, 3`;
  const found = new Map<string, string[]>();
  for (const { id, slug } of rows(sql, [document, document])) at(found, String(id), () => []).push(String(slug));
  return found;
}

function readConversions(rows: Reader['rows'], document: string): Map<string, Draft[]> {
  const found = new Map<string, Draft[]>();
  const sql = `SELECT conversions.* FROM nodes JOIN conversions ON signed_project_statistic_id = nodes.id
    WHERE nodes.document = ? ORDER BY nodes.id, position`;
  for (const { signed_project_statistic_id: id, amount, currency, bound } of rows(sql, [document])) {
    const read = tables.conversions.amount.mapFromDriverValue(BigInt(amount ?? 0));
    at(found, String(id), () => []).push({ amount: decimal(read), currency, bound });
  }
  return found;
}

/** What the editions of a convention list in a table of its own, by slug. */
function readListed(
  rows: Reader['rows'],
  conventionId: string,
  { table, of, by }: { table: string; of: string; by: string },
): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const sql = `SELECT edition_id, ${of}.slug FROM editions JOIN ${table} AS listed ON listed.edition_id = editions.id
    JOIN ${of} ON ${of}.id = listed.${by} WHERE convention_id = ? ORDER BY edition_id, listed.position`;
  for (const { edition_id, slug } of rows(sql, [conventionId]))
    at(found, String(edition_id), () => []).push(String(slug));
  return found;
}

/** The time zones of the cities of editions. */
function readTimeZones(rows: Reader['rows'], conventionId: string): Map<string, unknown> {
  const sql = `SELECT editions.id, places.time_zone FROM editions JOIN places ON places.id = editions.city_id
    WHERE convention_id = ?`;
  return new Map(rows(sql, [conventionId]).map(({ id, time_zone }) => [String(id), time_zone]));
}

function quantity(value: unknown, rest: Draft): Draft | undefined {
  return value === null ? undefined : { value: decimal(value), ...rest };
}

function money(amount: unknown, currency: unknown, bound: unknown): Draft | undefined {
  return amount === null ? undefined : { amount: decimal(amount), currency, bound };
}

/** More digits than these make a reader of JSON look twice, as a number may not hold them. */
const MOST_DIGITS = 15;

/** @returns the decimal as a number where that holds it exactly */
function decimal(value: unknown): number | string {
  const digits = String(value);
  return digits.length <= MOST_DIGITS && String(Number(digits)) === digits ? Number(digits) : digits;
}

/** A year alone is a number in YAML. */
function yearAsNumber(period: unknown): unknown {
  return typeof period === 'string' && String(Number(period)) === period ? Number(period) : period;
}
