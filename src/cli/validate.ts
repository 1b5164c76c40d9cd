import { Argument, Command, Option } from 'commander';
import { DatasetError, type Problem } from '../dataset/problems.ts';
import { SHIPPED_DATASET } from '../dataset/shipped.ts';
import { addExamples } from './help.ts';
import { withInput } from './input.ts';
import { Progress } from './progress.ts';
import { printWarnings } from './verdicts.ts';

interface Options {
  alone?: true;
  format: 'text' | 'jsonl';
  quiet?: true;
}

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
  .addOption(
    new Option('--format <format>', 'lines to read, or an object per problem and warning (jsonl)')
      .choices(['text', 'jsonl'])
      .default('text'),
  )
  .option('--quiet', 'show no progress')
  .action((path: string, { alone, format, quiet }: Options) =>
    withInput(path, async (input, name) => {
      const { checkDataset } = await import('../dataset/import.ts');
      const { environmentSettings } = await import('../settings.ts');
      const { examine } = await import('../store/connect.ts');
      const { checkSchema } = await import('../store/migrate.ts');
      const { openReader } = await import('../store/open.ts');
      const { databasePath } = environmentSettings();
      const isKnown = !alone && examine(databasePath) === 'present';
      if (isKnown) checkSchema(databasePath);
      const reader = isKnown ? openReader(databasePath) : undefined;
      const progress = new Progress(!quiet);
      try {
        const { records, warnings } = checkDataset(input, reader, { name, onProgress: progress.show });
        progress.clear();
        const found = warnings.length === 1 ? '1 warning' : `${warnings.length} warnings`;
        const summary = `${records} ${records === 1 ? 'record' : 'records'}, no problem, ${found}.`;
        if (format === 'jsonl') {
          printObjects('WARNING', warnings);
          console.error(summary);
        } else {
          printWarnings(warnings);
          console.log(summary);
        }
      } catch (error) {
        if (format === 'jsonl' && error instanceof DatasetError) printObjects('ERROR', error.problems);
        throw error;
      } finally {
        progress.clear();
        reader?.close();
      }
    }),
  );

function printObjects(severity: 'ERROR' | 'WARNING', problems: readonly Problem[]): void {
  for (const { file, line, path, code, message } of problems)
    process.stdout.write(`${JSON.stringify({ severity, file, line, path, code, message })}\n`);
}

addExamples(validateCommand, [
  { says: 'Check the shipped dataset.', command: 'expograph validate' },
  { says: 'Check a folder before it is published.', command: 'expograph validate data --alone' },
  {
    says: 'How many warnings there are of each kind, for a script.',
    command:
      "expograph validate data --format jsonl | jq -s 'group_by(.code) | map({ code: .[0].code, count: length })'",
  },
  { says: 'Check what another program makes.', command: 'expograph export | expograph validate -' },
]);
