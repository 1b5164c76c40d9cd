import { Command } from 'commander';
import { environmentSettings } from '../settings.ts';
import { restore } from '../store/restore.ts';

/** Puts a backup in the place of the database. */
export const restoreCommand = new Command('restore')
  .description('Put a backup in the place of the database, which is kept beside it. Stop the service before.')
  .argument('<path>', 'the backup: a file that "backup" made, or one named .bak')
  .addHelpText('after', '\nExamples:\n  expograph restore expograph-backup.db')
  .action((path: string) => {
    const { databasePath } = environmentSettings();
    const { records, applied, replaced } = restore(databasePath, path);
    if (replaced) console.error(`Kept the database as it was: ${replaced}`);
    if (applied.length > 0) console.error(`Applied ${applied.join(', ')} to what was restored.`);
    console.log(`${databasePath} is ${path} now: ${records} ${records === 1 ? 'record' : 'records'}.`);
  });
