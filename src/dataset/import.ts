import type { SqlValue, Statement, Writer } from '../store/open.ts';
import { Batch, type BatchNode, closing, surplus } from './batch.ts';
import { FactFinder } from './facts.ts';
import { NodeType } from './identity.ts';
import { DatasetError, sortProblems } from './problems.ts';
import { openDataset } from './read.ts';
import { knownTo, nothingKnown } from './references.ts';
import { addConvention, addShared } from './rows.ts';
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
}

export interface ImportOptions {
  /** Tells the time that changed records are stamped with. */
  now: () => Date;
  /** Finds everything out, and writes nothing. */
  isDryRun?: boolean;
  /** Removes whatever the data does not have, so that the database holds exactly that. */
  prune?: boolean;
  /** Is told of every record, removed ones last. */
  onVerdict?: (verdict: Verdict) => void;
  /** Is told how many records were read, first to be checked, then to be stored. */
  onProgress?: (phase: 'checked' | 'stored', records: number) => void;
}

/** The parts of a dataset besides conventions. */
const SHARED_DOCUMENTS = ['sources', 'places', 'venues', 'organizations', 'speakers'];

/** So many records are held at once, more or less: a convention is never divided. */
const RECORDS_AT_ONCE = 2_000;

/**
 * Imports a data file or a folder of them: all of it, or nothing. It is read twice: checked, then stored.
 * A convention replaces what is stored of it, with its editions and everything beneath; sources, places, venues,
 * organizations and speakers are added or updated, and stay when they are not given, unless `prune` is set.
 * What has not changed is not written.
 * A source that turns first hand, or ceases to be, ranks claims anew, so the conventions that cite it come along.
 * @param path a .yaml, .yml, .json or .jsonl file, or a folder
 * @param writer where it goes; everything is written in one transaction
 * @throws DatasetError with every problem, when there is any; nothing is written then
 * @throws StoreError when the database cannot be written
 */
export function importDataset(path: string, writer: Writer, options: ImportOptions): ImportResult {
  const { onVerdict, onProgress, prune = false, isDryRun = false } = options;
  const now = options.now().toISOString();
  const dataset = openDataset(path);
  const known = prune ? nothingKnown : knownTo(writer);
  const validation = new Validation(known);
  const finder = new FactFinder();
  let records = 0;
  for (const files of dataset.pieces()) {
    validation.add(files);
    for (const { data } of files) {
      if (!data) continue;
      finder.add(data);
      records += data.conventions.length;
    }
    onProgress?.('checked', records);
  }
  const problems = [...dataset.problems, ...validation.finish(dataset.isWhole)];
  if (problems.length > 0) throw new DatasetError(sortProblems(problems));
  const facts = finder.finish(known);

  const counts: ImportResult = { created: 0, updated: 0, unchanged: 0, removed: 0 };
  const tell = (verdict: Verdict) => {
    counts[verdict.verdict] += 1;
    onVerdict?.(verdict);
  };

  function* statements(): Generator<Statement> {
    const batch = new Batch();
    const ids: string[] = [];
    const replaced = new Set(prune ? [...SHARED_DOCUMENTS, ...storedConventions(writer)] : []);
    let waiting: string[] = [];
    let updatedAt: string | null = null;
    function* flush(): Generator<Statement> {
      judge(writer, batch.nodes, tell);
      for (const { id } of batch.nodes) ids.push(id);
      yield* batch.statements(waiting, now);
      for (const document of waiting) replaced.add(document);
      waiting = [];
      onProgress?.('stored', ids.length);
    }
    for (const files of dataset.pieces())
      for (const { data } of files) {
        if (!data) throw new TypeError('What was read the second time is not what was checked.');
        if (data.updatedAt && data.updatedAt > (updatedAt ?? '')) updatedAt = data.updatedAt;
        addShared(batch, data);
        for (const convention of data.conventions) {
          waiting.push(addConvention(batch, convention, facts, data.updatedAt));
          if (batch.nodes.length >= RECORDS_AT_ONCE) yield* flush();
        }
        if (batch.nodes.length >= RECORDS_AT_ONCE) yield* flush();
      }
    yield* flush();
    const documents = [...replaced];
    const { sql, params } = surplus(documents, ids);
    for (const row of writer.rows(sql, params)) tell({ verdict: 'removed', ...named(row) });
    yield* closing(documents, ids, now, updatedAt);
  }
  writer.run(statements(), { isDryRun });
  return counts;
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
  for (const { id, type, path, document, checksum } of nodes) {
    const before = stored.get(id);
    const isSame = before?.checksum === checksum && before.document === document;
    tell({ verdict: before === undefined ? 'created' : isSame ? 'unchanged' : 'updated', type, path, id });
  }
}

function named({ id, type, path }: Record<string, SqlValue>): Omit<Verdict, 'verdict'> {
  return { id: String(id), type: NodeType.parse(type), path: String(path ?? id) };
}
