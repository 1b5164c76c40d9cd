import { Command, Option } from 'commander';
import { formats } from '../dataset/formats.ts';
import { addExamples } from './help.ts';
import type { ExportOptions } from './output.ts';

/** Writes what is stored as a data file. */
export const exportCommand = new Command('export')
  .description('Write the database as a data file, which an import turns into the same database.')
  .addOption(
    new Option(
      '--format <format>',
      'one document, or a record per line (jsonl); unless told, what the name of the output says, else yaml',
    ).choices(formats),
  )
  .option('--convention <slug>', 'only this convention, with all that it refers to')
  .option('--output <path>', 'write to a file, which is replaced once all is written')
  .option('--quiet', 'show no progress')
  .action(async (options: ExportOptions) => {
    const { writeExport } = await import('./output.ts');
    await writeExport(options);
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
