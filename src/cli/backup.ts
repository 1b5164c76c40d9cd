import { Command } from 'commander';
import { UsageError } from './failure.ts';
import { addExamples } from './help.ts';

/** Copies the database, also while it is served. */
export const backupCommand = new Command('backup')
  .description('Make a copy of the database, also while it is served. The copy is checked before it gets its name.')
  .argument('<path>', 'the file to make; or a folder, in which it is named by the time')
  .option('--force', 'replace a file of that name')
  .action(async (path: string, { force }: { force?: boolean }) => {
    // As from a variable that is not set.
    if (path.trim() === '')
      throw new UsageError('The path of the copy is empty. Give a file, or a folder such as ".".');
    const { environmentSettings } = await import('../settings.ts');
    const { backup } = await import('../store/backup.ts');
    const copy = backup(environmentSettings().databasePath, path, { force });
    if (copy.pending.length > 0)
      console.error(`The database lacks ${copy.pending.join(', ')}; a restore of this copy applies that.`);
    console.log(`${copy.path}: ${copy.bytes} bytes, ${copy.records} ${copy.records === 1 ? 'record' : 'records'}.`);
  });

addExamples(backupCommand, [
  { says: 'Copy the database while it is served.', command: 'expograph backup expograph-backup.db' },
  { says: 'Make a copy every night, replacing the last one.', command: 'expograph backup --force expograph-backup.db' },
]);
