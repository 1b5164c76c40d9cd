import { Command } from 'commander';
import { createApp, prepare } from '../app.ts';
import { environmentSettings } from '../settings.ts';

/** Migrates, imports the shipped dataset into an empty database, and serves until it is told to stop. */
export const serveCommand = new Command('serve')
  .description('Serve the graph. Migrates first, and fills an empty database with the shipped dataset.')
  .action(async () => {
    const settings = environmentSettings();
    const { migrated, imported } = prepare(settings.databasePath, () => new Date());
    if (migrated.backup) console.error(`Kept a copy of the database as it was: ${migrated.backup}`);
    if (imported && imported.created > 0) console.error(`Imported the shipped dataset: ${imported.created} records.`);
    const app = await createApp(settings);
    const stop = () => {
      process.once('SIGINT', () => process.exit(130));
      app.close().catch((error) => {
        console.error(error);
        process.exitCode = 1;
      });
    };
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
    const { url } = await app.listen().catch(async (error: unknown) => {
      await app.close();
      throw error;
    });
    console.error(
      `Expograph serves ${settings.databasePath} on ${url}/graphql (open it in a browser). Ctrl+C stops it.`,
    );
  });
