import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command, Option } from 'commander';
import { exportDataset } from '../dataset/export.ts';
import { formats, writeDataset } from '../dataset/write.ts';
import { environmentSettings } from '../settings.ts';
import { openReader } from '../store/open.ts';
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

async function writeFile(text: Readable, path: string): Promise<void> {
  const unfinished = `${path}.${process.pid}.part`;
  try {
    await pipeline(text, createWriteStream(unfinished, { flags: 'wx' }));
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}
