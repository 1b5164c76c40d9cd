import { Command } from 'commander';
import { addExamples } from './help.ts';

/** Puts a backup in the place of the database. */
export const restoreCommand = new Command('restore')
  .description('Put a backup in the place of the database, which is kept beside it. Stop the service before.')
  .argument('<path>', 'the backup: a file that "backup" made, or one named .bak')
  .action(async (path: string) => {
    const { environmentSettings } = await import('../settings.ts');
    const { restore } = await import('../store/restore.ts');
    const { databasePath } = environmentSettings();
    const { records, applied, replaced } = restore(databasePath, path);
    if (replaced) console.error(`Kept the database as it was: ${replaced}`);
    if (applied.length > 0) console.error(`Applied ${applied.join(', ')} to what was restored.`);
    console.log(`${databasePath} is ${path} now: ${records} ${records === 1 ? 'record' : 'records'}.`);
  });

addExamples(restoreCommand, [
  { says: 'Make a backup to go back to.', command: 'expograph backup expograph-backup.db' },
  {
    says: 'Go back to a backup; what is replaced is kept beside it.',
    command: 'expograph restore expograph-backup.db',
  },
]);
