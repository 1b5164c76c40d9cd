import { Command, Option } from 'commander';
import type { Finding } from '../store/doctor.ts';
import type { Reader } from '../store/open.ts';
import { addExamples } from './help.ts';
import { Progress } from './progress.ts';

/** Looks whether all is well with the database. */
export const doctorCommand = new Command('doctor')
  .description('Look whether all is well with the database, also while it is served. Nothing is written.')
  .addOption(new Option('--format <format>', 'how to print the findings').choices(['text', 'json']).default('text'))
  .action(async ({ format }: { format: string }) => {
    const { environmentSettings } = await import('../settings.ts');
    const { StoreError } = await import('../store/connect.ts');
    const { wrongAs } = await import('../store/doctor.ts');
    const { databasePath } = environmentSettings();
    const print = (findings: readonly Finding[]) =>
      console.log(format === 'json' ? JSON.stringify(findings, null, 2) : findings.map(line).join('\n'));
    try {
      const findings = await examined(databasePath);
      print(findings);
      if (findings.some(({ verdict }) => verdict === 'WRONG')) process.exitCode = 1;
    } catch (error) {
      // A script reads what is wrong where it reads all else.
      if (format === 'json' && error instanceof StoreError) print([{ check: 'file', ...wrongAs(error) }]);
      throw error;
    }
  });

async function examined(path: string): Promise<Finding[]> {
  const { checkContent } = await import('../dataset/content.ts');
  const { VERSION } = await import('../graphql/version.ts');
  const { diagnose } = await import('../store/doctor.ts');
  const progress = new Progress(true);
  const content = (reader: Pick<Reader, 'rows'>) => checkContent(reader, { onProgress: progress.show });
  try {
    return diagnose(path, { version: VERSION, further: { content } });
  } finally {
    progress.clear();
  }
}

function line({ check, verdict, found, advice }: Finding): string {
  return `${verdict.padEnd(7)}  ${check.padEnd(10)}  ${found}${advice === null ? '' : `. ${advice}`}`;
}

addExamples(doctorCommand, [
  {
    says: 'Look at everything; exits with 1 where something is WRONG, while a WARNING can wait.',
    command: 'expograph doctor',
  },
  { says: 'Have it as JSON.', command: 'expograph doctor --format json' },
]);
