import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';

/** A service that some command has started. */
export interface Started {
  child: ChildProcess;
  url: string;
  /** Of the process that serves, which need not be the one that was started. */
  pid: number;
  /** The exit code of the process that was started, once it has ended. */
  ended: Promise<number | null>;
}

/** Starts a service, and waits until it has said where it listens. */
export async function start(command: string, args: readonly string[], options: SpawnOptions): Promise<Started> {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  let said = '';
  const { pid, url } = await new Promise<{ pid: number; url: string }>((resolve, reject) => {
    child.on('error', reject);
    child.stderr?.on('data', (chunk) => {
      said += String(chunk);
      const [, pid] = /"pid":(\d+)/.exec(said) ?? [];
      const [, port] = /on http:\/\/\S+:(\d+)\/graphql/.exec(said) ?? [];
      if (pid && port) resolve({ pid: Number(pid), url: `http://127.0.0.1:${port}` });
    });
    ended.then((code) => reject(new Error(`ended with ${code}: ${said}`)));
  });
  return { child, url, pid, ended };
}
