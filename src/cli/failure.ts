import { CommanderError } from 'commander';

/** Something on the command line that cannot be used; the message names it and the way out. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A service that cannot be reached, or that does not answer as one of GraphQL. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}

/** By name: to load the classes takes longer than to show the help, which ends as an error, too. */
const codes = new Map<string, 1 | 2 | 3>([
  ['UsageError', 2],
  ['AnswerError', 2],
  ['SettingsError', 2],
  ['ExportError', 2],
  ['DatasetError', 1],
  ['UnreachableError', 3],
  ['StoreError', 3],
]);

/**
 * What the command line says of an error, and how it ends.
 * @returns the exit code (see `exitCodes`), and the text for standard error, if it has not been said yet
 */
export function failure(error: unknown): { code: 0 | 1 | 2 | 3; text?: string } {
  if (!(error instanceof Error)) return { code: 1, text: String(error) };
  // commander has said it already, also where it was asked for help.
  if (error instanceof CommanderError) return { code: error.exitCode === 0 ? 0 : 2 };
  const code = codes.get(error.name);
  if (code === undefined) return { code: 1, text: error.stack ?? error.message };
  // A batch that is refused is the data's fault; all else but a path is about opening the file.
  const told = 'code' in error ? error.code : undefined;
  return { code: told === 'REFUSED' ? 1 : told === 'WRONG_PATH' ? 2 : code, text: error.message };
}
