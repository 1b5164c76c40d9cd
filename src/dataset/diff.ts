import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDatabase } from '../store/backup.ts';
import { checkSchema, migrate } from '../store/migrate.ts';
import { openReader, openWriter } from '../store/open.ts';
import { ExportError, exportDataset } from './export.ts';
import { type ImportOptions, type ImportResult, importDataset } from './import.ts';
import { DatasetError } from './problems.ts';
import type { OnProgress } from './progress.ts';
import { writeDataset } from './write.ts';

interface Side {
  path: string;
  name?: string | undefined;
}

/**
 * Tells what would change if one dataset took the place of another.
 * @param before a data file, a folder of them, or a database; and what it is called, its path unless given
 * @param after likewise
 * @param told `onVerdict` is told of every record, `onProgress` of how far each step is
 * @returns how many records are only in `after` (created), different, the same, and only in `before` (removed)
 * @throws DatasetError when the data of either has problems, StoreError when a database cannot be read, ExportError when
 *   one holds what no data file can say
 */
export function diffDatasets(
  before: Side,
  after: Side,
  { onVerdict, onProgress }: Pick<ImportOptions, 'onVerdict' | 'onProgress'>,
): ImportResult {
  const folder = mkdtempSync(join(tmpdir(), 'expograph-diff-'));
  try {
    const database = join(folder, 'before.db');
    migrate(database);
    const writer = openWriter(database);
    try {
      const now = () => new Date();
      const first = dataFileOf(before, join(folder, 'before.jsonl'), onProgress);
      importDataset(first, writer, { name: nameOf(before), now, onProgress });
      const second = dataFileOf(after, join(folder, 'after.jsonl'), onProgress);
      const name = nameOf(after);
      return importDataset(second, writer, { name, now, isDryRun: true, prune: true, onVerdict, onProgress });
    } catch (error) {
      // That nothing was imported goes without saying here.
      throw error instanceof DatasetError ? new DatasetError(error.problems) : error;
    } finally {
      writer.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const nameOf = ({ path, name = path }: Side) => name;

function dataFileOf(side: Side, exported: string, onProgress: OnProgress | undefined): string {
  const { path } = side;
  if (!isDatabase(path)) return path;
  checkSchema(path);
  const reader = openReader(path, { isSnapshot: true });
  const file = openSync(exported, 'w');
  try {
    for (const text of writeDataset(exportDataset(reader, { onProgress }), 'jsonl')) writeSync(file, text);
    return exported;
  } catch (error) {
    throw error instanceof ExportError ? new ExportError(`${nameOf(side)}: ${error.message}`) : error;
  } finally {
    closeSync(file);
    reader.close();
  }
}
