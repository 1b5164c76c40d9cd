import { IMPORT_AGAIN, type Opinion, ok, warning, wrong } from '../store/doctor.ts';
import type { Reader, SqlValue } from '../store/open.ts';
import { Batch, type BatchNode } from './batch.ts';
import { exportDataset } from './export.ts';
import { FactFinder } from './facts.ts';
import { DataFile, type DataFileText } from './format.ts';
import { type Problem, quote } from './problems.ts';
import type { OnProgress } from './progress.ts';
import type { ReadFile } from './read.ts';
import { nothingKnown } from './references.ts';
import { addConvention, addShared, type Facts } from './rows.ts';
import { Validation } from './validate.ts';

/** So many records are named of those that are wrong in one way. */
const MOST_NAMED = 3;

/**
 * Looks whether the records still say what was imported: turns the database back into data, makes records of it as an
 * import does, and compares them with those that the last import noted. It holds as little of them as an import.
 * @param reader reads one snapshot
 * @param options `onProgress` is told how far it is
 */
export function checkContent(
  reader: Pick<Reader, 'rows'>,
  { onProgress }: { onProgress?: OnProgress | undefined } = {},
): Opinion {
  const [counts] = reader.rows('SELECT count(*) AS records, count(path) AS named FROM nodes', []);
  const [records, named] = [Number(counts?.records), Number(counts?.named)];
  if (named < records)
    return warning(
      `not looked at, because of ${records - named} of ${records} records it is not known what they are called in the data files: an earlier version imported them`,
      IMPORT_AGAIN,
    );
  const comparison = new Comparison(reader);
  let failure: string | undefined;
  try {
    for (const piece of exportDataset(reader, { onProgress })) comparison.add(piece);
  } catch (error) {
    // What cannot be read is another's to tell.
    if (!(error instanceof Error) || error.name === 'SqliteError') throw error;
    failure = error.message.replaceAll(/\s*\n\s*/g, ' ').replace(/\.$/, '');
  }
  const misfits = failure === undefined ? comparison.finish() : [failure, ...comparison.misfits()];
  return misfits.length > 0
    ? wrong(misfits.join('; '), IMPORT_AGAIN)
    : ok(`${records} ${records === 1 ? 'record' : 'records'}, each as it was imported`);
}

/** The type of the records in each list. */
const types = {
  sources: 'Source',
  places: 'Place',
  venues: 'Venue',
  organizations: 'Organization',
  speakers: 'Speaker',
  conventions: 'Convention',
} as const;

/** The lists that conventions share, each also the document that owns what is in it. */
const shared = ['sources', 'places', 'venues', 'organizations', 'speakers'] as const;

/** Records that are wrong in one way: how many, and the first of them. */
class Misfits {
  #count = 0;
  readonly #named: string[] = [];
  readonly #saying: string;

  /** @param saying what is wrong with them, after their number */
  constructor(saying: string) {
    this.#saying = saying;
  }

  add(name: string): void {
    this.#count += 1;
    if (this.#named.length < MOST_NAMED) this.#named.push(name);
  }

  get told(): string[] {
    if (this.#count === 0) return [];
    const others = this.#count - this.#named.length;
    const names = `${this.#named.join(', ')}${others > 0 ? ` and ${others} more` : ''}`;
    return [`${this.#count} ${this.#count === 1 ? 'record' : 'records'} ${this.#saying}: ${names}`];
  }
}

/** Compares data with the records that are noted of it. */
class Comparison {
  readonly #rows: Reader['rows'];
  readonly #batch = new Batch();
  readonly #validation = new Validation();
  readonly #finder = new FactFinder();
  #facts: Facts | undefined;
  /** The ids of what conventions share. */
  readonly #shared: string[] = [];
  readonly #documents: string[] = [...shared];
  readonly #different = new Misfits('not as imported');
  readonly #missing = new Misfits('not noted as imported');
  readonly #surplus = new Misfits('noted as imported, but not there');

  constructor(reader: Pick<Reader, 'rows'>) {
    this.#rows = (sql, params) => reader.rows(sql, params);
  }

  /** @param piece of an export, which begins with what conventions share */
  add(piece: DataFileText): void {
    this.#validation.add(recordsOf(piece));
    const data = DataFile.parse(piece);
    this.#finder.add(data);
    addShared(this.#batch, data);
    this.#compare((nodes) => {
      for (const { id } of nodes) this.#shared.push(id);
    });
    for (const convention of data.conventions) {
      this.#facts ??= this.#finder.finish(nothingKnown);
      const document = addConvention(this.#batch, convention, this.#facts);
      this.#documents.push(document);
      this.#compare((nodes) =>
        this.#noteSurplus(
          'document = ?',
          document,
          nodes.map(({ id }) => id),
        ),
      );
    }
  }

  /** @returns what is wrong, once all is added */
  finish(): string[] {
    const isShared = 'document IN (SELECT value FROM json_each(?))';
    this.#noteSurplus(isShared, JSON.stringify(shared), this.#shared);
    this.#noteSurplus(`NOT ${isShared}`, JSON.stringify(this.#documents), []);
    const [first, ...others] = this.#validation.finish(true);
    return [...this.misfits(), ...(first ? [told(first, others.length)] : [])];
  }

  /** @returns the records that are not as they were noted, among those that were added */
  misfits(): string[] {
    return [this.#different, this.#missing, this.#surplus].flatMap(({ told }) => told);
  }

  #compare(note: (nodes: readonly BatchNode[]) => void): void {
    const { nodes } = this.#batch;
    const sql = 'SELECT id, path, document, checksum FROM nodes WHERE id IN (SELECT value FROM json_each(?))';
    const noted = new Map(this.#rows(sql, [JSON.stringify(nodes.map(({ id }) => id))]).map((row) => [row.id, row]));
    const differing = new Set<unknown>();
    for (const { sql, params } of this.#batch.differences())
      for (const { key } of this.#rows(sql, params)) differing.add(key);
    for (const { id, type, path, document, checksum } of nodes) {
      const before = noted.get(id);
      const isSame = before?.path === path && before.document === document && before.checksum === checksum;
      if (!isSame || differing.has(id)) (before ? this.#different : this.#missing).add(`${type} ${path}`);
    }
    note(nodes);
    this.#batch.clear();
  }

  #noteSurplus(condition: string, given: SqlValue, ids: readonly string[]): void {
    const sql = `SELECT type, path FROM nodes WHERE ${condition} AND id NOT IN (SELECT value FROM json_each(?))`;
    for (const { type, path } of this.#rows(sql, [given, JSON.stringify(ids)])) this.#surplus.add(`${type} ${path}`);
  }
}

/** Each record as a file of its own, which nothing holds on to and whose name tells it. */
function recordsOf(piece: DataFileText): ReadFile[] {
  return [...shared, 'conventions' as const].flatMap((noun) =>
    (piece[noun] ?? []).map((record) => {
      const stub = { file: `${types[noun]} ${quote(record.slug)}`, locate: nowhere };
      return { ...stub, stub, value: { [noun]: [record] }, isWhole: true, data: undefined };
    }),
  );
}

function nowhere(): { line: number; column: number } {
  return { line: 1, column: 1 };
}

function told({ file, path, message }: Problem, others: number): string {
  const more = others === 0 ? '' : ` (and ${others} more ${others === 1 ? 'problem' : 'problems'})`;
  return `${file} holds what no import takes, at ${path}: ${message}${more}`;
}
