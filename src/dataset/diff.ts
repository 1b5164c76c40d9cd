import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../store/migrate.ts';
import { openReader, openWriter } from '../store/open.ts';
import { exportDataset } from './export.ts';
import { type ImportOptions, type ImportResult, importDataset } from './import.ts';
import type { OnProgress } from './progress.ts';
import { writeDataset } from './write.ts';

/**
 * Tells what would change if one dataset took the place of another.
 * @param before a data file, a folder of them, or a database
 * @param after likewise
 * @param told `onVerdict` is told of every record, `onProgress` of how far each step is
 * @returns how many records are only in `after` (created), different, the same, and only in `before` (removed)
 * @throws DatasetError when the data of either has problems, StoreError when a database cannot be read
 */
export function diffDatasets(
  before: string,
  after: string,
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
      importDataset(first, writer, { now, onProgress });
      const second = dataFileOf(after, join(folder, 'after.jsonl'), onProgress);
      return importDataset(second, writer, { now, isDryRun: true, prune: true, onVerdict, onProgress });
    } finally {
      writer.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function dataFileOf(path: string, exported: string, onProgress: OnProgress | undefined): string {
  if (!isDatabase(path)) return path;
  const reader = openReader(path, { isSnapshot: true });
  const file = openSync(exported, 'w');
  try {
    for (const text of writeDataset(exportDataset(reader, { onProgress }), 'jsonl')) writeSync(file, text);
    return exported;
  } finally {
    closeSync(file);
    reader.close();
  }
}

function isDatabase(path: string): boolean {
  const start = Buffer.alloc(16);
  try {
    const file = openSync(path, 'r');
    try {
      readSync(file, start);
    } finally {
      closeSync(file);
    }
  } catch {
    // A folder, or nothing: what reads data files says what is wrong.
    return false;
  }
  return start.toString('latin1') === 'SQLite format 3\0';
}
