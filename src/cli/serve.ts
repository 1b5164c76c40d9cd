import { Command } from 'commander';
import type { Settings } from '../settings.ts';
import { UnreachableError } from './failure.ts';
import { addExamples } from './help.ts';

/** With which code a process ends that a signal has ended. */
const SIGNALS = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const;

/** So long something that is forgotten may keep the process, in milliseconds. */
const LEFT_BEHIND = 2_000;

/** Migrates, imports the shipped dataset into an empty database, and serves until it is told to stop. */
export const serveCommand = new Command('serve')
  .description('Serve the graph. Migrates first, and fills an empty database with the shipped dataset.')
  .action(async () => {
    const { environmentSettings } = await import('../settings.ts');
    const settings = environmentSettings();
    let close: (() => Promise<void>) | undefined;
    for (const [signal, code] of SIGNALS)
      process.on(signal, () => {
        // Before there is anything to close, or when it is told so a second time, it ends as it is.
        if (!close) process.exit(code);
        stop(close);
        close = undefined;
      });
    const { createApp, prepare } = await import('../app.ts');
    const { migrated, imported } = prepare(settings.databasePath, () => new Date());
    if (migrated.backup) console.error(`Kept a copy of the database as it was: ${migrated.backup}`);
    if (imported && imported.created > 0) console.error(`Imported the shipped dataset: ${imported.created} records.`);
    const app = await createApp(settings);
    close = () => app.close();
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

function stop(close: () => Promise<void>): void {
  close()
    .catch((error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    })
    .finally(() => setTimeout(() => process.exit(), LEFT_BEHIND).unref());
}

function cannotListen(error: unknown, { port, host }: Settings): unknown {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return error;
  if (error.code === 'EADDRINUSE')
    return new UnreachableError(`PORT ${port} of ${host} is taken: stop what listens there, or set PORT to another.`);
  return new UnreachableError(
    `PORT ${port} of HOST ${host} cannot be served on (${error.code}): set PORT or HOST to another.`,
  );
}
