import { Argument, Command, Option } from 'commander';
import { DatasetError, type Problem, severities, type Warning } from '../dataset/problems.ts';
import { SHIPPED_DATASET } from '../dataset/shipped.ts';
import { DataCheck, words } from '../store/vocabulary.ts';
import { addExamples } from './help.ts';
import { withInput } from './input.ts';
import { Progress } from './progress.ts';
import { printWarnings } from './verdicts.ts';

interface Options {
  alone?: true;
  listChecks?: true;
  format: 'text' | 'jsonl';
  quiet?: true;
}

/** Checks data files, and writes nothing. */
export const validateCommand = new Command('validate')
  .description(
    'Check a data file or a folder of them, and show every problem with its file, line and path, and the check that finds it. What it refers to beyond itself may be in the database, where there is one.',
  )
  .addArgument(
    new Argument('[path]', 'a YAML, JSON or JSONL file, a folder of them, or - for standard input').default(
      SHIPPED_DATASET,
      'the shipped dataset',
    ),
  )
  .option('--alone', 'look at no database: all that is referred to must be given')
  .addOption(
    new Option('--format <format>', 'lines to read, or an object per problem, warning and known conflict (jsonl)')
      .choices(['text', 'jsonl'])
      .default('text'),
  )
  .option('--list-checks', 'say what is looked for and how severe it is, and check nothing')
  .option('--quiet', 'show no progress')
  .action(async (path: string, { alone, format, listChecks, quiet }: Options) => {
    if (listChecks) return printChecks(format);
    await withInput(path, async (input, name) => {
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
        const known = warnings.filter(({ explanation }) => explanation !== undefined).length;
        const counts = [counted(warnings.length - known, 'warning'), counted(known, 'known conflict')];
        const summary = `${counted(records, 'record')}, no problem, ${counts.join(', ')}.`;
        if (format === 'jsonl') {
          printObjects(warnings);
          console.error(summary);
        } else {
          printWarnings(warnings);
          console.log(summary);
        }
      } catch (error) {
        if (format === 'jsonl' && error instanceof DatasetError) printObjects(error.problems);
        throw error;
      } finally {
        progress.clear();
        reader?.close();
      }
    });
  });

function counted(count: number, noun: string): string {
  return `${count} ${count === 1 ? noun : `${noun}s`}`;
}

function printObjects(problems: readonly (Problem | Warning)[]): void {
  for (const { file, line, path, code, message, check = null, ...rest } of problems) {
    const explanation = 'explanation' in rest ? rest.explanation : undefined;
    const severity = check && explanation !== undefined ? 'KNOWN' : check ? severities[check] : 'ERROR';
    const object = { severity, check, file, line, path, code, message, explanation };
    process.stdout.write(`${JSON.stringify(object)}\n`);
  }
}

function printChecks(format: Options['format']): void {
  for (const check of words(DataCheck)) {
    const [severity, description] = [severities[check], DataCheck[check]];
    const object = { check, severity, description };
    console.log(format === 'jsonl' ? JSON.stringify(object) : `${severity.padEnd(7)}  ${check}: ${description}`);
  }
}

addExamples(validateCommand, [
  { says: 'What is looked for.', command: 'expograph validate --list-checks' },
  { says: 'Check the shipped dataset.', command: 'expograph validate' },
  { says: 'Check a folder before it is published.', command: 'expograph validate data --alone' },
  {
    says: 'How many findings there are of each check, for a script.',
    command:
      "expograph validate data --format jsonl | jq -s 'group_by(.check) | map({ check: .[0].check, count: length })'",
  },
  { says: 'Check what another program makes.', command: 'expograph export | expograph validate -' },
]);
