import { Argument, Command } from 'commander';
import { SHIPPED_DATASET } from '../app.ts';
import { importDataset } from '../dataset/import.ts';
import { environmentSettings } from '../settings.ts';
import { migrate } from '../store/migrate.ts';
import { openWriter } from '../store/open.ts';
import { addExamples } from './help.ts';

/** Reads data files and writes all of them, or nothing. */
export const importCommand = new Command('import')
  .description('Import a data file or a folder of them. All of it is checked before any of it is written.')
  .addArgument(
    new Argument('[path]', 'a YAML or JSON file, or a folder').default(SHIPPED_DATASET, 'the shipped dataset'),
  )
  .action((path: string) => {
    const { databasePath } = environmentSettings();
    migrate(databasePath);
    const writer = openWriter(databasePath);
    try {
      const { created, updated, unchanged, removed } = importDataset(path, writer, { now: () => new Date() });
      console.log(`${created} created, ${updated} updated, ${unchanged} unchanged, ${removed} removed.`);
    } finally {
      writer.close();
    }
  });

addExamples(importCommand, [
  { says: 'Import the shipped dataset.', command: 'expograph import' },
  { says: 'Import one file.', command: 'expograph import data/conventions/world-manufacturing-convention.yaml' },
]);
