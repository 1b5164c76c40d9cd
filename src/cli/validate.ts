import { Argument, Command } from 'commander';
import { checkDataset } from '../dataset/import.ts';
import { SHIPPED_DATASET } from '../dataset/shipped.ts';
import { environmentSettings } from '../settings.ts';
import { examine } from '../store/connect.ts';
import { checkSchema } from '../store/migrate.ts';
import { openReader } from '../store/open.ts';
import { addExamples } from './help.ts';
import { withInput } from './input.ts';
import { Progress } from './progress.ts';
import { printWarnings } from './verdicts.ts';

/** Checks data files, and writes nothing. */
export const validateCommand = new Command('validate')
  .description(
    'Check a data file or a folder of them, and show every problem with its file, line and path. What it refers to beyond itself may be in the database, where there is one.',
  )
  .addArgument(
    new Argument('[path]', 'a YAML, JSON or JSONL file, a folder of them, or - for standard input').default(
      SHIPPED_DATASET,
      'the shipped dataset',
    ),
  )
  .option('--alone', 'look at no database: all that is referred to must be given')
  .option('--quiet', 'show no progress')
  .action((path: string, { alone, quiet }: { alone?: true; quiet?: true }) =>
    withInput(path, (input) => {
      const { databasePath } = environmentSettings();
      const isKnown = !alone && examine(databasePath) === 'present';
      if (isKnown) checkSchema(databasePath);
      const reader = isKnown ? openReader(databasePath) : undefined;
      const progress = new Progress(!quiet);
      try {
        const { records, warnings } = checkDataset(input, reader, progress.show);
        progress.clear();
        printWarnings(warnings);
        const found = warnings.length === 1 ? '1 warning' : `${warnings.length} warnings`;
        console.log(`${records} records, no problem, ${found}.`);
      } finally {
        progress.clear();
        reader?.close();
      }
    }),
  );

addExamples(validateCommand, [
  { says: 'Check the shipped dataset.', command: 'expograph validate' },
  { says: 'Check a folder before it is published.', command: 'expograph validate data --alone' },
  { says: 'Check what another program makes.', command: 'expograph export | expograph validate -' },
]);
