import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { z } from 'zod';
import type { Reader, SqlValue } from '../store/open.ts';
import { readRecords, type StoredRecord } from '../store/records.ts';
import * as tables from '../store/tables.ts';
import { type Draft, draftConvention } from './export-convention.ts';
import { Attachments } from './export-texts.ts';
import { DataFile, type DataFileText } from './format.ts';
import { didYouMean, formatPath, quote } from './problems.ts';
import { COUNTED, countOf, type OnProgress } from './progress.ts';
import { documentOf } from './rows.ts';
import { checkShape } from './shape.ts';

/** An export that is not possible; its message is fit to be shown as it is. */
export class ExportError extends Error {
  override readonly name = 'ExportError';
}

const RECORDS_AT_ONCE = 500;

/**
 * Turns a database back into data files. Imported into an empty database, they make the same one.
 * @param reader reads one snapshot, so that the pieces fit each other
 * @param options `convention`: the slug of the only one that is wanted; it comes with all that it refers to and no more.
 *   `onProgress` is told how far it is
 * @returns pieces, each a data file that may refer to those before it: what conventions share, then one convention after
 *   the other. There is at least one piece; all say when the data last changed
 * @throws ExportError when there is no such convention, or the database holds what no data file can say
 */
export function* exportDataset(
  reader: Pick<Reader, 'rows'>,
  options: { convention?: string | undefined; onProgress?: OnProgress | undefined } = {},
): Generator<DataFileText> {
  const rows: Reader['rows'] = (sql, params) => reader.rows(sql, params);
  refuseUnnamed(rows);
  const { convention, onProgress } = options;
  const total = onProgress && convention === undefined ? recordsIn(rows) : undefined;
  let records = 0;
  if (convention !== undefined) refuseUnknown(rows, convention);
  const [stamp] = rows('SELECT updated_at FROM dataset', []);
  const header = stamp && String(stamp.updated_at);
  let isEmpty = true;
  for (const piece of drafts(rows, header, convention)) {
    isEmpty = false;
    const file = written({ updatedAt: header, ...piece });
    yield file;
    records += countOf(file);
    onProgress?.('records exported', records, total);
  }
  if (isEmpty) yield written({ updatedAt: header });
}

function* drafts(rows: Reader['rows'], header: string | undefined, convention: string | undefined): Generator<Draft> {
  const only = convention === undefined ? undefined : withSuccessors(rows, convention);
  for (const { noun, table, referred } of shared) {
    const ids = only && referredIds(rows, referred, only);
    for (const page of pages(rows, table, ids)) {
      const attachments = new Attachments(
        rows,
        page.map(({ id }) => id),
      );
      const records = page.map((record) => ({
        ...record,
        ...attachments.texts(record.id),
        knownConflicts: attachments.knownConflicts(record.id),
        updatedAt: record.updatedAt === header ? undefined : record.updatedAt,
      }));
      yield { [noun]: records };
    }
  }
  const left = only?.slice();
  for (let last = ''; ; ) {
    const [next] = left
      ? readRecords(rows, tables.conventions, 'record.slug = ?', [left.pop() ?? ''])
      : readRecords(rows, tables.conventions, 'record.slug > ? ORDER BY record.slug LIMIT 1', [last]);
    if (!next) return;
    yield { conventions: [draftConvention(rows, next, header)] };
    last = next.path;
  }
}

/** The records of a table by slug, some at a time. */
function* pages(rows: Reader['rows'], table: SQLiteTable, ids: string | undefined): Generator<StoredRecord[]> {
  const among = ids === undefined ? '' : 'AND record.id IN (SELECT value FROM json_each(?))';
  const condition = `record.slug > ? ${among} ORDER BY record.slug LIMIT ${RECORDS_AT_ONCE}`;
  for (let last = ''; ; ) {
    const page = readRecords(rows, table, condition, ids === undefined ? [last] : [last, ids]);
    if (page.length > 0) yield page;
    if (page.length < RECORDS_AT_ONCE) return;
    last = page.at(-1)?.path ?? '';
  }
}

/** What conventions share, and how to find what one of them refers to, given the ids of its own records. */
const shared: {
  noun: string;
  table: SQLiteTable;
  referred: string;
}[] = [
  {
    noun: 'sources',
    table: tables.sources,
    referred: `SELECT source_id FROM own JOIN citations ON node_id = own.id
      UNION SELECT derived_from_id FROM referred JOIN sources USING (id)`,
  },
  {
    noun: 'places',
    table: tables.places,
    referred: `SELECT city_id FROM own JOIN editions USING (id)
      UNION SELECT venues.city_id FROM own JOIN editions USING (id) JOIN venues ON venues.id = venue_id
      UNION SELECT city_id FROM own JOIN edition_sub_venues ON edition_id = own.id JOIN venues ON venues.id = venue_id
      UNION SELECT place_id FROM own JOIN edition_further_places ON edition_id = own.id
      UNION SELECT participant_id FROM own JOIN participations USING (id)
      UNION SELECT place_id FROM own JOIN economic_indicators USING (id)
      UNION SELECT parent_id FROM referred JOIN places USING (id)`,
  },
  {
    noun: 'venues',
    table: tables.venues,
    referred: `SELECT venue_id FROM own JOIN editions USING (id)
      UNION SELECT venue_id FROM own JOIN edition_sub_venues ON edition_id = own.id`,
  },
  {
    noun: 'organizations',
    table: tables.organizations,
    referred: `SELECT participant_id FROM own JOIN participations USING (id)
      UNION SELECT affiliation_id FROM own JOIN appearances USING (id)`,
  },
  {
    noun: 'speakers',
    table: tables.speakers,
    referred: 'SELECT speaker_id FROM own JOIN appearances USING (id)',
  },
];

/** @returns the slug, behind those of the conventions that it has become a part of */
function withSuccessors(rows: Reader['rows'], convention: string): string[] {
  const sql = `WITH RECURSIVE merged(id, steps) AS (
      SELECT id, 0 FROM conventions WHERE slug = ?
      UNION SELECT merged_into_id, steps + 1 FROM merged JOIN conventions USING (id)
      WHERE merged_into_id IS NOT NULL AND steps < 100)
    SELECT slug FROM merged JOIN conventions USING (id) GROUP BY id ORDER BY min(steps)`;
  return rows(sql, [convention]).map(({ slug }) => String(slug));
}

/** @returns the ids of what conventions refer to, as JSON */
function referredIds(rows: Reader['rows'], referred: string, conventions: readonly string[]): string {
  const sql = `WITH RECURSIVE own(id) AS (SELECT id FROM nodes WHERE document IN (SELECT value FROM json_each(?))), referred(id) AS (${referred})
    SELECT id FROM referred WHERE id IS NOT NULL`;
  const params: SqlValue[] = [JSON.stringify(conventions.map((slug) => documentOf({ slug })))];
  return JSON.stringify(rows(sql, params).map(({ id }) => id));
}

/** @throws ExportError when it is not known what some records are called in data files */
function refuseUnnamed(rows: Reader['rows']): void {
  const [unnamed] = rows('SELECT id FROM nodes WHERE path IS NULL LIMIT 1', []);
  if (unnamed)
    throw new ExportError(
      `The database does not know yet what ${String(unnamed.id)} is called in the data files, because it was imported by an earlier version. Import the data files again, with --prune where they have it no longer, then export.`,
    );
}

function recordsIn(rows: Reader['rows']): number {
  const [found] = rows('SELECT count(*) AS records FROM nodes WHERE type IN (SELECT value FROM json_each(?))', [
    JSON.stringify(COUNTED),
  ]);
  return Number(found?.records);
}

function refuseUnknown(rows: Reader['rows'], slug: string): void {
  const known = rows('SELECT slug FROM conventions ORDER BY slug', []).map((row) => String(row.slug));
  if (known.includes(slug)) return;
  const meant = didYouMean(slug, known) || '; leave it out to export all of them';
  throw new ExportError(`no convention has the slug ${quote(slug)}${meant}`);
}

/**
 * Brings a piece into the form of a data file: keys in its order, and nothing that goes without saying.
 * @throws ExportError when something other than an import has written what no data file can say
 */
function written(piece: Draft): DataFileText {
  const value = inShape(DataFile, piece);
  if (isDataFile(value)) return value;
  const [finding] = checkShape(DataFile, value).findings;
  throw new ExportError(
    `The database holds what no data file can say, at ${formatPath(finding?.path ?? [])}: ${finding?.message}`,
  );
}

function isDataFile(value: unknown): value is DataFileText {
  return DataFile.safeParse(value).success;
}

function inShape(schema: z.core.$ZodType, value: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return inShape(schema.unwrap(), value);
  if (schema instanceof z.ZodArray && Array.isArray(value)) return value.map((item) => inShape(schema.element, item));
  if (!(schema instanceof z.ZodObject) || typeof value !== 'object' || value === null) return value;
  const given = new Map<string, unknown>(Object.entries(value));
  return Object.fromEntries(
    Object.entries(schema.shape).flatMap(([key, part]) => {
      const one = inShape(part, given.get(key));
      return isImplied(part, one) ? [] : [[key, one]];
    }),
  );
}

function isImplied(schema: z.core.$ZodType, value: unknown): boolean {
  if (value === undefined || (value === null && !mayBeNull(schema))) return true;
  if (!(schema instanceof z.ZodDefault)) return false;
  return Array.isArray(value) ? value.length === 0 : value === schema.def.defaultValue;
}

function mayBeNull(schema: z.core.$ZodType): boolean {
  if (schema instanceof z.ZodOptional) return mayBeNull(schema.unwrap());
  return schema instanceof z.ZodNullable;
}
