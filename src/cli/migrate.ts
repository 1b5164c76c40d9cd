import { Command } from 'commander';
import { addExamples } from './help.ts';

/** Brings the database to the schema of this version. */
export const migrateCommand = new Command('migrate')
  .description('Bring the database to the schema of this version. A copy is kept of one that holds data.')
  .action(async () => {
    const { environmentSettings } = await import('../settings.ts');
    const { migrate } = await import('../store/migrate.ts');
    const { databasePath } = environmentSettings();
    const { applied, backup } = migrate(databasePath);
    if (backup) console.error(`Kept a copy of the database as it was: ${backup}`);
    console.log(
      applied.length > 0 ? `Applied ${applied.join(', ')} to ${databasePath}.` : `${databasePath} is up to date.`,
    );
  });

addExamples(migrateCommand, [
  { says: 'Bring the database to this version, or make an empty one.', command: 'expograph migrate' },
  { says: 'Do it to another file.', command: 'DATABASE_PATH=other.db expograph migrate' },
]);
