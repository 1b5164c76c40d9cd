import { createWriteStream, type Stats } from 'node:fs';
import { chmod, realpath, rename, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command, Option } from 'commander';
import { formats } from '../dataset/formats.ts';
import { UsageError } from './failure.ts';
import { addExamples } from './help.ts';
import { Progress } from './progress.ts';

interface Options {
  format: (typeof formats)[number];
  convention?: string;
  output?: string;
  quiet?: true;
}

/** Writes what is stored as a data file. */
export const exportCommand = new Command('export')
  .description('Write the database as a data file, which an import turns into the same database.')
  .addOption(
    new Option('--format <format>', 'one document, or a record per line (jsonl)').choices(formats).default('yaml'),
  )
  .option('--convention <slug>', 'only this convention, with all that it refers to')
  .option('--output <path>', 'write to a file, which is replaced once all is written')
  .option('--quiet', 'show no progress')
  .action(async ({ format, convention, output, quiet }: Options) => {
    const { exportDataset } = await import('../dataset/export.ts');
    const { writeDataset } = await import('../dataset/write.ts');
    const { environmentSettings } = await import('../settings.ts');
    const { openReader } = await import('../store/open.ts');
    const reader = openReader(environmentSettings().databasePath, { isSnapshot: true });
    // On a terminal, what is exported shows itself how far it is.
    const progress = new Progress(!quiet && (output !== undefined || !process.stdout.isTTY));
    try {
      const pieces = exportDataset(reader, { convention, onProgress: progress.show });
      const text = Readable.from(writeDataset(pieces, format));
      await (output === undefined ? writeOut(text) : writeFile(text, output));
    } finally {
      progress.clear();
      reader.close();
    }
  });

addExamples(exportCommand, [
  { says: 'All of it, as YAML.', command: 'expograph export > everything.yaml' },
  {
    says: 'A record per line, for another database.',
    command: 'expograph export --format jsonl --output everything.jsonl',
  },
  {
    says: 'Make another database of the same data.',
    command: 'expograph export --format jsonl | DATABASE_PATH=mirror.db expograph import -',
  },
  {
    says: 'One convention with all that it refers to.',
    command: 'expograph export --convention world-manufacturing-convention --output wmc.yaml',
  },
]);

async function writeOut(text: Readable): Promise<void> {
  try {
    await pipeline(text, process.stdout, { end: false });
  } catch (error) {
    // Whoever reads has had enough, as head does.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error;
  }
}

/** A file is replaced once all is written, with the rights that it has; a pipe or a device is written to. */
async function writeFile(text: Readable, path: string): Promise<void> {
  try {
    const stats = await statsOf(path);
    if (stats?.isDirectory()) throw new UsageError(`--output ${path} is a folder; give a file in it.`);
    if (stats && !stats.isFile()) return await pipeline(text, createWriteStream(path));
    // A symbolic link stays one.
    const file = stats ? await realpath(path) : path;
    const unfinished = `${file}.${process.pid}.part`;
    try {
      await pipeline(text, createWriteStream(unfinished, { flags: 'wx', mode: stats?.mode, flush: true }));
      if (stats) await chmod(unfinished, stats.mode);
      await rename(unfinished, file);
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
  } catch (error) {
    const { explain } = await import('../store/connect.ts');
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
