import { CommanderError } from 'commander';
import { AnswerError } from '../answer/answer.ts';
import { ExportError } from '../dataset/export.ts';
import { DatasetError } from '../dataset/problems.ts';
import { SettingsError } from '../settings.ts';
import { StoreError } from '../store/connect.ts';

/** Something on the command line that cannot be used; the message names it and the way out. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A service that cannot be reached, or that does not answer as one of GraphQL. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}

const codes = [
  [UsageError, 2],
  [AnswerError, 2],
  [SettingsError, 2],
  [ExportError, 2],
  [DatasetError, 1],
  [UnreachableError, 3],
] as const;

/**
 * What the command line says of an error, and how it ends.
 * @returns the exit code (see `exitCodes`), and the text for standard error, if it has not been said yet
 */
export function failure(error: unknown): { code: 0 | 1 | 2 | 3; text?: string } {
  if (!(error instanceof Error)) return { code: 1, text: String(error) };
  // commander has said it already, also where it was asked for help.
  if (error instanceof CommanderError) return { code: error.exitCode === 0 ? 0 : 2 };
  // A batch that is refused is the data's fault; all else is about opening the file.
  if (error instanceof StoreError) return { code: error.code === 'REFUSED' ? 1 : 3, text: error.message };
  const [, code] = codes.find(([kind]) => error instanceof kind) ?? [];
  return code === undefined ? { code: 1, text: error.stack ?? error.message } : { code, text: error.message };
}
