import type { SqlValue, Statement, Writer } from '../store/open.ts';
import { Batch, type BatchNode, closing, given, opening, surplus } from './batch.ts';
import { ChangeLog } from './change-log.ts';
import { changesOf } from './changes.ts';
import { Checks } from './checks.ts';
import { FactFinder } from './facts.ts';
import { NodeType } from './identity.ts';
import { DatasetError, sortProblems, type Warning } from './problems.ts';
import { countOf, type OnProgress } from './progress.ts';
import { type DatasetPieces, openDataset } from './read.ts';
import { knownTo } from './references.ts';
import { addConvention, addShared, type Facts } from './rows.ts';
import { Validation } from './validate.ts';

/** What an import did, in records; a record counts as updated when something that belongs to it changed, too. */
export interface ImportResult {
  created: number;
  updated: number;
  unchanged: number;
  removed: number;
}

/** What became of one record. */
export interface Verdict {
  verdict: keyof ImportResult;
  type: NodeType;
  /** A slug, or "<edition slug>/<key>". */
  path: string;
  id: string;
  /**
   * Of an updated one: the keys of the data file whose values differ, lists of records included. Besides these,
   * `position`: its place in its list; `convention`: the one that it belongs to;
   * `checksum`: no key, but an earlier version noted it otherwise.
   */
  changed?: readonly string[];
}

export interface ImportOptions {
  /** What a data file is called in problems and warnings; its path unless given. */
  name?: string | undefined;
  /** Tells the time that changed records are stamped with; a moment after the last import, where that was later. */
  now: () => Date;
  /** Finds everything out, and writes nothing. */
  isDryRun?: boolean;
  /** Removes whatever the data does not have, so that the database holds exactly that. */
  prune?: boolean;
  /** Is told of every record, removed ones last. */
  onVerdict?: (verdict: Verdict) => void;
  /** Is told what may be a mistake and is not explained in the data. */
  onWarnings?: (warnings: readonly Warning[]) => void;
  onProgress?: OnProgress;
}

/** The parts of a dataset besides conventions. */
const SHARED_DOCUMENTS = ['sources', 'places', 'venues', 'organizations', 'speakers'];

/** So many records are held at once, more or less: a convention is never divided. */
const RECORDS_AT_ONCE = 1_000;

/**
 * Imports a data file or a folder of them: all of it, or nothing. It is read twice: checked, then stored.
 * A convention replaces what is stored of it, with its editions and everything beneath; sources, places, venues,
 * organizations and speakers are added or updated, and stay when they are not given, unless `prune` is set.
 * What has not changed is not written.
 * What it does to editions and conventions is noted in the table of changes, with the rest or not at all.
 * A source that turns first hand, or ceases to be, ranks claims anew, so the conventions that cite it come along.
 * @param path a .yaml, .yml, .json or .jsonl file, or a folder
 * @param writer where it goes; everything is written in one transaction
 * @throws DatasetError with every problem, when there is any; nothing is written then
 * @throws StoreError when the database cannot be written
 */
export function importDataset(path: string, writer: Writer, options: ImportOptions): ImportResult {
  const { onVerdict, onProgress, onWarnings, prune = false, isDryRun = false } = options;
  const { dataset, facts, warnings, records } = checkToImport(path, writer, options);
  const unexplained = warnings.filter(({ explanation }) => explanation === undefined);
  if (unexplained.length > 0) onWarnings?.(unexplained);

  const counts: ImportResult = { created: 0, updated: 0, unchanged: 0, removed: 0 };
  const log = new ChangeLog();
  const tell = (verdict: Verdict) => {
    counts[verdict.verdict] += 1;
    log.note(verdict);
    onVerdict?.(verdict);
  };

  function* statements(): Generator<Statement> {
    const batch = new Batch();
    const now = stampAfter(writer, options.now());
    const replaced = new Set(prune ? [...SHARED_DOCUMENTS, ...storedConventions(writer)] : []);
    let waiting: string[] = [];
    let updatedAt: string | null = null;
    let stored = 0;
    function* flush(): Generator<Statement> {
      yield given(batch.nodes);
      judge(writer, batch.nodes, tell);
      yield* log.statements();
      yield* batch.statements(waiting, now);
      for (const document of waiting) replaced.add(document);
      waiting = [];
      onProgress?.('records stored', stored, records);
    }
    yield* opening();
    yield* log.opening();
    for (const files of dataset.pieces())
      for (const { data } of files) {
        if (!data) throw new TypeError('What was read the second time is not what was checked.');
        if (data.updatedAt && data.updatedAt > (updatedAt ?? '')) updatedAt = data.updatedAt;
        stored += countOf(data);
        addShared(batch, data);
        for (const convention of data.conventions) {
          waiting.push(addConvention(batch, convention, facts, data.updatedAt));
          if (batch.nodes.length >= RECORDS_AT_ONCE) yield* flush();
        }
        if (batch.nodes.length >= RECORDS_AT_ONCE) yield* flush();
      }
    yield* flush();
    const documents = [...replaced];
    const { sql, params } = surplus(documents);
    for (const row of writer.rows(sql, params)) tell({ verdict: 'removed', ...named(row) });
    yield* log.statements();
    yield* closing(documents, now, updatedAt);
    yield* log.closing();
  }
  writer.run(statements(), { isDryRun });
  return counts;
}

/**
 * Checks data files as an import does, and writes nothing.
 * @param path a data file or a folder of them
 * @param stored tells what is there besides; nothing unless given
 * @param options as those of an import
 * @returns how many records there are, and what may be a mistake, with its explanation where the data has one
 * @throws DatasetError with every problem, when there is any
 */
export function checkDataset(
  path: string,
  stored: Pick<Writer, 'rows'> = nothingStored,
  options: Pick<ImportOptions, 'name' | 'onProgress'> = {},
): { records: number; warnings: readonly Warning[] } {
  const { dataset, facts, warnings } = check(path, stored, options);
  let records = 0;
  const batch = new Batch();
  for (const files of dataset.pieces())
    for (const { data } of files) {
      if (!data) continue;
      addShared(batch, data);
      for (const convention of data.conventions) addConvention(batch, convention, facts);
      records += batch.nodes.length;
      batch.clear();
    }
  return { records, warnings };
}

const nothingStored = { rows: () => [] };

function checkToImport(path: string, writer: Writer, options: ImportOptions): ReturnType<typeof check> {
  try {
    return check(path, options.prune ? nothingStored : writer, options);
  } catch (error) {
    if (!(error instanceof DatasetError)) throw error;
    const lacks = options.prune && error.problems.some(({ code }) => code === 'DANGLING_REFERENCE');
    throw new DatasetError(
      error.problems,
      lacks
        ? 'Nothing was imported. With --prune, all that is referred to must be given: what only the database has would be removed.'
        : 'Nothing was imported.',
    );
  }
}

function check(
  path: string,
  stored: Pick<Writer, 'rows'>,
  { name, onProgress }: Pick<ImportOptions, 'name' | 'onProgress'>,
): { dataset: DatasetPieces; facts: Facts; warnings: readonly Warning[]; records: number } {
  const dataset = openDataset(path, name);
  const known = knownTo(stored);
  const validation = new Validation(known);
  const finder = new FactFinder();
  const checks = new Checks();
  let records = 0;
  for (const files of dataset.pieces()) {
    validation.add(files);
    for (const file of files) {
      if (!file.data) continue;
      finder.add(file.data);
      checks.add(file);
      records += countOf(file.data);
    }
    onProgress?.('records checked', records);
  }
  const problems = [...dataset.problems, ...validation.finish(dataset.isWhole)];
  if (problems.length > 0) throw new DatasetError(sortProblems(problems));
  return { dataset, facts: finder.finish(known), warnings: checks.finish(stored), records };
}

/** So that changes keep their order where the clock was put back. @returns the time that an import is stamped with */
function stampAfter(writer: Writer, now: Date): string {
  const [row] = writer.rows('SELECT updated_at FROM dataset', []);
  const last = Date.parse(String(row?.updated_at));
  return new Date(last > now.valueOf() ? last + 1 : now).toISOString();
}

function storedConventions(writer: Writer): string[] {
  return writer.rows('SELECT slug FROM conventions', []).map(({ slug }) => `convention:${slug}`);
}

/** Compares records with what is stored before they are. */
function judge(writer: Writer, nodes: readonly BatchNode[], tell: (verdict: Verdict) => void): void {
  const stored = new Map(
    writer
      .rows('SELECT id, document, checksum FROM nodes WHERE id IN (SELECT value FROM json_each(?))', [
        JSON.stringify(nodes.map(({ id }) => id)),
      ])
      .map((row) => [row.id, row]),
  );
  const verdictOf = ({ id, document, checksum }: BatchNode) => {
    const before = stored.get(id);
    if (before === undefined) return 'created';
    return before.checksum === checksum && before.document === document ? 'unchanged' : 'updated';
  };
  const verdicts = nodes.map((node) => ({ node, verdict: verdictOf(node) }) as const);
  const updated = verdicts.flatMap(({ node, verdict }) => (verdict === 'updated' ? [node] : []));
  const created = verdicts.flatMap(({ node, verdict }) => (verdict === 'created' ? [node] : []));
  const changes = updated.length > 0 ? changesOf(writer, updated, created) : new Map<string, string[]>();
  for (const { node, verdict } of verdicts) {
    const { id, type, path } = node;
    const changed = changes.get(id);
    tell({ verdict, type, path, id, ...(changed && { changed }) });
  }
}

function named({ id, type, path }: Record<string, SqlValue>): Omit<Verdict, 'verdict'> {
  return { id: String(id), type: NodeType.parse(type), path: String(path ?? id) };
}
