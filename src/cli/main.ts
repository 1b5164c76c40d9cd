#!/usr/bin/env node
import { Command } from 'commander';
import { ExportError } from '../dataset/export.ts';
import { DatasetError } from '../dataset/problems.ts';
import { VERSION } from '../graphql/version.ts';
import { environmentSettings, SettingsError } from '../settings.ts';
import { StoreError } from '../store/open.ts';
import { exportCommand } from './export.ts';
import { importCommand } from './import.ts';
import { migrateCommand } from './migrate.ts';
import { searchCommand } from './search.ts';
import { serveCommand } from './serve.ts';

const program = new Command('expograph')
  .description('Trade conventions as one GraphQL graph, every number with its source.')
  .version(VERSION)
  .showHelpAfterError('Run "expograph --help" for what there is.')
  .addCommand(serveCommand)
  .addCommand(migrateCommand)
  .addCommand(importCommand)
  .addCommand(exportCommand)
  .addCommand(searchCommand)
  .addHelpText(
    'after',
    `
Settings are read from the environment:
  PORT           the port to serve on                (4000)
  HOST           the address to serve on             (127.0.0.1)
  DATABASE_PATH  the database file                   (var/expograph.db)
  LOG_LEVEL      fatal, error, warn, info, debug, trace or silent   (info)`,
  );

/** Errors that say all there is to say, without a stack. */
const plain = [SettingsError, StoreError, DatasetError, ExportError];

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    const { port, host } = environmentSettings();
    console.error(`PORT ${port} of ${host} is taken: stop what listens there, or set PORT to another.`);
  } else if (plain.some((kind) => error instanceof kind))
    console.error(String(error instanceof Error && error.message));
  else console.error(error);
  process.exitCode = 1;
}
