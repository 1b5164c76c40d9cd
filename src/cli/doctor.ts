import { Command, Option } from 'commander';
import { VERSION } from '../graphql/version.ts';
import { environmentSettings } from '../settings.ts';
import { diagnose, type Finding } from '../store/doctor.ts';

/** Looks whether all is well with the database. */
export const doctorCommand = new Command('doctor')
  .description('Look whether all is well with the database, also while it is served. Nothing is written.')
  .addOption(new Option('--format <format>', 'how to print the findings').choices(['text', 'json']).default('text'))
  .addHelpText(
    'after',
    '\nExamples:\n  expograph doctor\n  expograph doctor --format json\n\nIt exits with 1 where anything is WRONG; a WARNING can wait.',
  )
  .action(({ format }: { format: string }) => {
    const findings = diagnose(environmentSettings().databasePath, { version: VERSION });
    console.log(format === 'json' ? JSON.stringify(findings, null, 2) : findings.map(line).join('\n'));
    if (findings.some(({ verdict }) => verdict === 'WRONG')) process.exitCode = 1;
  });

function line({ check, verdict, found, advice }: Finding): string {
  return `${verdict.padEnd(7)}  ${check.padEnd(10)}  ${found}${advice === null ? '' : `. ${advice}`}`;
}
