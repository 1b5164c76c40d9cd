import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { prepare } from '../../src/app.ts';
import { TODAY } from './app.ts';

const main = fileURLToPath(new URL('../../dist/command/main.js', import.meta.url));

/** Is loaded before the service, and tells how it fares when it is asked. */
const watch = `
let longest = 0;
let last = performance.now();
setInterval(() => {
  const now = performance.now();
  longest = Math.max(longest, now - last - 5);
  last = now;
}, 5).unref();
process.on('message', () => {
  const worst = Math.max(longest, performance.now() - last - 5);
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, rss } = process.memoryUsage();
  process.send({ heapUsed, rss, worst });
  // The collection itself does not count.
  longest = 0;
  last = performance.now();
});
// Its threads load this as well, and have none.
process.channel?.unref();
`;

const state = z.object({ heapUsed: z.number(), rss: z.number(), worst: z.number() });

/** The built service in a process of its own, which tells of its memory and of its event loop. */
export interface WatchedService {
  child: ChildProcess;
  url: string;
  /**
   * How it fares, after its garbage was collected: its memory in bytes, and for how many milliseconds it looked at
   * nothing else at the most since it was asked before.
   */
  state(): Promise<z.infer<typeof state>>;
  /** What it has said so far. */
  said(): string;
  close(): Promise<void>;
}

/**
 * Starts it on a free port, with the shipped dataset, and waits until it listens.
 * @param settings variables of its environment
 */
export async function watchedService(settings: Record<string, string> = {}): Promise<WatchedService> {
  const folder = mkdtempSync(join(tmpdir(), 'expograph-watched-'));
  const file = join(folder, 'expograph.db');
  prepare(file, () => TODAY);
  const preload = `data:text/javascript,${encodeURIComponent(watch)}`;
  const child = spawn(process.execPath, ['--expose-gc', '--import', preload, main, 'serve'], {
    env: { PORT: '0', LOG_LEVEL: 'error', RATE_LIMIT: '0', OVERLOAD_DELAY: '0', DATABASE_PATH: file, ...settings },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const ended = once(child, 'exit');
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr?.on('data', (chunk) => {
      said += String(chunk);
      const found = /on (http:\S+)\/graphql/.exec(said)?.[1];
      if (found) resolve(found);
    });
    ended.then(([code]) => reject(new Error(`ended with ${code}: ${said}`)));
  });
  return {
    child,
    url,
    said: () => said,
    async state() {
      const told = once(child, 'message');
      child.send('state');
      const [message] = await told;
      return state.parse(message);
    },
    async close() {
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}
