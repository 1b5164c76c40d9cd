import { createWriteStream, rmSync, type Stats } from 'node:fs';
import { chmod, realpath, rename, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exportDataset } from '../dataset/export.ts';
import { formats } from '../dataset/formats.ts';
import { writeDataset } from '../dataset/write.ts';
import { environmentSettings } from '../settings.ts';
import { isDatabase, isSameFile, ownerOf } from '../store/backup.ts';
import { explain } from '../store/connect.ts';
import { checkSchema } from '../store/migrate.ts';
import { openReader } from '../store/open.ts';
import { UsageError } from './failure.ts';
import { Progress } from './progress.ts';

/** The options of the command. */
export interface ExportOptions {
  format?: (typeof formats)[number];
  convention?: string;
  output?: string;
  quiet?: true;
}

/**
 * Exports to standard output, or to a file.
 * @throws UsageError, ExportError, SettingsError or StoreError
 */
export async function writeExport({ convention, output, quiet, ...options }: ExportOptions): Promise<void> {
  const { databasePath } = environmentSettings();
  const format = options.format ?? formats.find((one) => output?.toLowerCase().endsWith(`.${one}`)) ?? 'yaml';
  checkSchema(databasePath);
  if (output !== undefined) refuseDatabases(output, databasePath);
  const reader = openReader(databasePath, { isSnapshot: true });
  // On a terminal, what is exported shows itself how far it is.
  const progress = new Progress(!quiet && (output !== undefined || !process.stdout.isTTY));
  try {
    const pieces = exportDataset(reader, { convention, onProgress: progress.show });
    const text = Readable.from(writeDataset(pieces, format));
    await (output === undefined ? writeInto(text, process.stdout) : writeFile(text, output));
  } finally {
    progress.clear();
    reader.close();
  }
}

async function writeInto(text: Readable, target: NodeJS.WritableStream): Promise<void> {
  try {
    await pipeline(text, target, { end: target !== process.stdout });
  } catch (error) {
    // Whoever reads has had enough, as head does.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error;
  }
}

/** @throws UsageError where what is written would take the place of a database, or of what belongs to one */
function refuseDatabases(output: string, databasePath: string): void {
  const refuse = (what: string) => {
    throw new UsageError(`--output ${JSON.stringify(output)} is ${what}. Give another path.`);
  };
  if (output.trim() === '') refuse('no path');
  if (isSameFile(output, databasePath)) refuse('the database itself');
  if (ownerOf(output)) refuse(`part of the database ${ownerOf(output)}`);
  if (isDatabase(output)) refuse('a database, such as a backup; it is not replaced by data files');
}

/** A file is replaced once all is written, with the rights that it has; a pipe or a device is written to. */
async function writeFile(text: Readable, path: string): Promise<void> {
  try {
    const stats = await statsOf(path);
    if (stats?.isDirectory()) throw new UsageError(`--output ${path} is a folder; give a file in it.`);
    if (stats && !stats.isFile()) return await writeInto(text, createWriteStream(path));
    // A symbolic link stays one.
    const file = stats ? await realpath(path) : path;
    const unfinished = `${file}.${process.pid}.part`;
    const interrupted = (signal: NodeJS.Signals) => {
      rmSync(unfinished, { force: true });
      process.kill(process.pid, signal);
    };
    process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
    try {
      await pipeline(text, createWriteStream(unfinished, { flags: 'wx', mode: stats?.mode, flush: true }));
      if (stats) await chmod(unfinished, stats.mode);
      await rename(unfinished, file);
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    } finally {
      process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
    }
  } catch (error) {
    throw error instanceof Error && 'syscall' in error ? explain(error, path, 'or give another path.') : error;
  }
}

async function statsOf(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
