import { Command } from 'commander';
import type { Settings } from '../settings.ts';
import { UnreachableError } from './failure.ts';
import { addExamples } from './help.ts';

/** Migrates, imports the shipped dataset into an empty database, and serves until it is told to stop. */
export const serveCommand = new Command('serve')
  .description('Serve the graph. Migrates first, and fills an empty database with the shipped dataset.')
  .action(async () => {
    const { environmentSettings } = await import('../settings.ts');
    const settings = environmentSettings();
    const { createApp, prepare } = await import('../app.ts');
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
      throw cannotListen(error, settings);
    });
    console.error(
      `Expograph serves ${settings.databasePath} on ${url}/graphql (open it in a browser). Ctrl+C stops it.`,
    );
  });

addExamples(serveCommand, [
  { says: 'Serve until Ctrl+C is pressed; the playground is at /graphql.', command: 'expograph serve' },
  {
    says: 'Serve another database on a port that is free, and log errors only.',
    command: 'PORT=0 DATABASE_PATH=other.db LOG_LEVEL=error expograph serve',
  },
]);

function cannotListen(error: unknown, { port, host }: Settings): unknown {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return error;
  if (error.code === 'EADDRINUSE')
    return new UnreachableError(`PORT ${port} of ${host} is taken: stop what listens there, or set PORT to another.`);
  return new UnreachableError(
    `PORT ${port} of HOST ${host} cannot be served on (${error.code}): set PORT or HOST to another.`,
  );
}
