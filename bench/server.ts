import { type ChildProcess, spawn } from 'node:child_process';
import { builtFile, scriptFile } from './run.ts';

/** A server in a process of its own. */
export interface Server {
  /** Where it answers, with nothing behind: "http://127.0.0.1:40123". */
  origin: string;
  pid: number;
  close(): Promise<void>;
}

/** What runs, so that nothing is left behind when the benchmarks are stopped. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

/** Ends a program when this process ends before it does. */
export function endWithUs(child: ChildProcess): void {
  running.add(child);
  child.once('close', () => running.delete(child));
}

/**
 * Starts a program that prints where it serves.
 * @param file a JavaScript file
 * @param environment what is set besides the environment of this process
 * @throws Error with what it said, when it ends before it serves
 */
export async function startServer(
  file: string,
  parameters: readonly string[],
  environment: Record<string, string> = {},
): Promise<Server> {
  const child = spawn(process.execPath, [file, ...parameters], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: '0',
      LOG_LEVEL: 'warn',
      RATE_LIMIT: '0',
      OVERLOAD_DELAY: '0',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  endWithUs(child);
  const ended = new Promise<string>((resolve) =>
    child.once('close', (code, signal) => resolve(`with ${signal ?? code}`)),
  );
  let isWanted = true;
  let said = '';
  const origin = await new Promise<string>((resolve, reject) => {
    const listen = (text: string) => {
      said = (said + text).slice(-10_000);
      const url = /http:\/\/[\w.:[\]]+:\d+/.exec(said)?.[0];
      if (url) resolve(url);
    };
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', listen);
    child.once('error', reject);
    ended.then((how) => {
      const error = new Error(`${file} ended ${how}: ${said}`);
      if (isWanted) console.error(error.message);
      reject(error);
    });
  });
  return {
    origin,
    pid: child.pid ?? 0,
    async close() {
      isWanted = false;
      child.kill('SIGTERM');
      const impatience = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await ended;
      clearTimeout(impatience);
    },
  };
}

/**
 * Starts the service as it is shipped.
 * @param isCached whether it may answer from its answer cache
 */
export function startService(database: string, { isCached }: { isCached: boolean }): Promise<Server> {
  return startServer(builtFile('dist/command/main.js'), ['serve'], {
    DATABASE_PATH: database,
    ...(isCached ? {} : { ANSWER_CACHE_MEGABYTES: '0' }),
  });
}

/** Starts a server of this folder: "limit", "peers/yoga". */
export function startScript(name: string, ...parameters: string[]): Promise<Server> {
  return startServer(scriptFile(name), parameters);
}
