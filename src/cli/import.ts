import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Argument, Command } from 'commander';
import { SHIPPED_DATASET } from '../dataset/shipped.ts';
import { addExamples } from './help.ts';
import { withInput } from './input.ts';
import { Progress } from './progress.ts';
import { printWarnings, VerdictList, type VerdictOptions, verdictOptions } from './verdicts.ts';

interface Options extends VerdictOptions {
  dryRun?: true;
  prune?: true;
}

/** More would hide what became of the records. */
const MOST_WARNINGS = 20;

/** Reads data files and writes all of them, or nothing. */
export const importCommand = new Command('import')
  .description(
    'Import a data file or a folder of them, and say what became of each record. All of it is checked before any of it is written.',
  )
  .addArgument(
    new Argument('[path]', 'a YAML, JSON or JSONL file, a folder of them, or - for standard input').default(
      SHIPPED_DATASET,
      'the shipped dataset',
    ),
  )
  .option('--dry-run', 'say what would become of each record, and write nothing')
  .option('--prune', 'also remove conventions, sources, places, organizations and speakers that are not given')
  .action(async (path: string, options: Options) => {
    const { importDataset } = await import('../dataset/import.ts');
    const { environmentSettings } = await import('../settings.ts');
    const { examine } = await import('../store/connect.ts');
    const { checkSchema, migrate } = await import('../store/migrate.ts');
    const { openWriter } = await import('../store/open.ts');
    const { databasePath } = environmentSettings();
    const { dryRun: isDryRun = false, prune = false, quiet } = options;
    const verdicts = new VerdictList(options);
    await withInput(path, async (input, name) => {
      // Where there is no database yet, one that is thrown away shows what would be in it.
      const scratch =
        isDryRun && examine(databasePath) !== 'present' ? mkdtempSync(join(tmpdir(), 'expograph-')) : null;
      const file = scratch === null ? databasePath : join(scratch, 'expograph.db');
      const progress = new Progress(!quiet);
      try {
        if (!isDryRun || scratch !== null) migrate(file);
        else checkSchema(file);
        const writer = openWriter(file);
        try {
          const result = importDataset(input, writer, {
            name,
            now: () => new Date(),
            isDryRun,
            prune,
            onVerdict: verdicts.add,
            onWarnings: (warnings) => {
              progress.clear();
              printWarnings(warnings, MOST_WARNINGS);
            },
            onProgress: progress.show,
          });
          progress.clear();
          await verdicts.print(result);
        } finally {
          progress.clear();
          writer.close();
        }
      } finally {
        if (scratch !== null) rmSync(scratch, { recursive: true, force: true });
      }
    });
    if (isDryRun) console.error('Nothing was written.');
  });
for (const option of verdictOptions) importCommand.addOption(option);

addExamples(importCommand, [
  { says: 'Import the shipped dataset.', command: 'expograph import' },
  { says: 'See what a folder would change, and change nothing.', command: 'expograph import data --dry-run' },
  { says: 'Make the database hold exactly what a folder has.', command: 'expograph import data --prune --quiet' },
  { says: 'Import one file.', command: 'expograph import data/conventions/world-manufacturing-convention.yaml' },
  {
    says: 'Which records are updated, for a script.',
    command: 'expograph import data --format jsonl | jq -r \'select(.verdict == "updated") | .path\'',
  },
]);
