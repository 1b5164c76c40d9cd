import { Command, Option } from 'commander';
import type { Finding } from '../store/doctor.ts';
import { addExamples } from './help.ts';

/** Looks whether all is well with the database. */
export const doctorCommand = new Command('doctor')
  .description('Look whether all is well with the database, also while it is served. Nothing is written.')
  .addOption(new Option('--format <format>', 'how to print the findings').choices(['text', 'json']).default('text'))
  .action(async ({ format }: { format: string }) => {
    const { VERSION } = await import('../graphql/version.ts');
    const { environmentSettings } = await import('../settings.ts');
    const { diagnose } = await import('../store/doctor.ts');
    const findings = diagnose(environmentSettings().databasePath, { version: VERSION });
    console.log(format === 'json' ? JSON.stringify(findings, null, 2) : findings.map(line).join('\n'));
    if (findings.some(({ verdict }) => verdict === 'WRONG')) process.exitCode = 1;
  });

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
