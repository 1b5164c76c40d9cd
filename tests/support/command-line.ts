import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { prepare } from '../../src/app.ts';
import { TODAY } from './app.ts';
import { importSeries } from './one-series.ts';

const main = fileURLToPath(new URL('../../dist/command/main.js', import.meta.url));

export interface Ended {
  code: number | null;
  out: string;
  said: string;
}

/** A folder to work in, with a database of the shipped dataset, and in its bin/ the built command. */
export interface Workplace {
  folder: string;
  environment: Record<string, string>;
}

/**
 * Makes one; whoever asks for it removes it.
 * @param only of the shipped dataset, this series alone; its files are then in data/
 */
export function openWorkplace(only?: string): Workplace {
  const folder = mkdtempSync(join(tmpdir(), 'expograph-command-line-'));
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'expograph'), `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`);
  chmodSync(join(bin, 'expograph'), 0o755);
  const file = join(folder, 'expograph.db');
  if (only) importSeries(only, join(folder, 'data'), file, () => TODAY);
  else prepare(file, () => TODAY);
  return { folder, environment: { PATH: `${bin}:${process.env.PATH}`, DATABASE_PATH: 'expograph.db' } };
}

/** Makes another with the same things in it. */
export function copyOf({ folder, environment }: Workplace): Workplace {
  const copy = mkdtempSync(join(tmpdir(), 'expograph-command-line-'));
  cpSync(folder, copy, { recursive: true });
  return { folder: copy, environment };
}

/** Runs the built command to its end. */
export function expograph(
  { folder, environment }: Workplace,
  args: readonly string[],
  { input = '', settings = {} }: { input?: string; settings?: Record<string, string> } = {},
): Promise<Ended> {
  return ended(process.execPath, [main, ...args], folder, { ...environment, ...settings }, input);
}

/** A service in a process of its own, which is gone when the test is done. */
export interface Served {
  child: ChildProcess;
  url: string;
  /** The exit code, once it has ended. */
  ended: Promise<number | null>;
  /** What it has said so far. */
  said: () => string;
}

/** Starts the built service on a free port, and waits until it listens. */
export async function serve(
  { folder, environment }: Workplace,
  settings: Record<string, string> = {},
): Promise<Served> {
  const quiet = { PORT: '0', LOG_LEVEL: 'silent', RATE_LIMIT: '0', OVERLOAD_DELAY: '0' };
  const env = { ...environment, ...quiet, ...settings };
  const child = spawn(process.execPath, [main, 'serve'], { env, cwd: folder });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr.on('data', (chunk) => {
      said += String(chunk);
      const found = /on (http:\S+)\/graphql/.exec(said)?.[1];
      if (found) resolve(found);
    });
    ended.then((code) => reject(new Error(`ended with ${code}: ${said}`)));
  });
  return { child, url, ended, said: () => said };
}

/** Runs a line of bash to its end; it fails where any part of it does. */
export function bash({ folder, environment }: Workplace, line: string): Promise<Ended> {
  return ended('bash', ['--norc', '-o', 'pipefail', '-c', line], folder, environment, '');
}

function ended(file: string, args: string[], cwd: string, env: Record<string, string>, input: string): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(file, args, { cwd, env, timeout: 60_000 }, (_error, out, said) =>
      resolve({ code: child.exitCode, out, said }),
    );
    // Not every command reads to the end what it is given.
    child.stdin?.on('error', () => {}).end(input);
  });
}
