import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { builtFile } from '../run.ts';
import { endWithUs } from '../server.ts';

/** A PostgreSQL that is there for one run. */
export interface Postgres {
  /** The folder of its socket. */
  folder: string;
  close(): Promise<void>;
}

/** Tells the marked place of the SQL where the rows come. */
const MARK = '-- data';

/**
 * Starts a PostgreSQL of its own and copies the data into it.
 * @param database the SQLite file
 * @returns undefined where PostgreSQL is not installed
 */
export async function startPostgres(database: string): Promise<Postgres | undefined> {
  const isInstalled = ['initdb', 'postgres', 'psql'].every((name) => !spawnSync(name, ['--version']).error);
  const user = isInstalled ? unprivileged() : undefined;
  if (!user) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'expograph-pg-'));
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
  const cluster = join(folder, 'data');
  execFileSync('initdb', ['-D', cluster, '-U', 'bench', '--auth=trust', '--locale=C', '--encoding=UTF8', '--no-sync'], {
    ...user,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const settings = ['listen_addresses=', 'fsync=off', 'shared_buffers=1GB', 'jit=off', 'log_min_messages=fatal'];
  const server = spawn('postgres', ['-D', cluster, '-k', folder, ...settings.flatMap((one) => ['-c', one])], {
    ...user,
    cwd: folder,
    stdio: 'ignore',
  });
  endWithUs(server);
  const ended = once(server, 'close');
  const close = async () => {
    server.kill('SIGINT');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await accepts(folder);
    execFileSync('createdb', ['-h', folder, '-U', 'bench', 'bench']);
    await copy(database, folder);
  } catch (error) {
    await close();
    throw error;
  }
  return { folder, close };
}

/** PostgreSQL refuses to be run by root. */
function unprivileged(): { uid?: number; gid?: number } | undefined {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((option) => spawnSync('id', [option, name], { encoding: 'utf8' }));
    if (uid?.status === 0 && gid?.status === 0) return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  }
  return undefined;
}

async function accepts(folder: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (spawnSync('psql', ['-h', folder, '-U', 'bench', '-c', 'SELECT 1', 'postgres']).status === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('PostgreSQL does not start.');
}

async function copy(database: string, folder: string): Promise<void> {
  const [tables = '', rest = ''] = readFileSync(builtFile('bench/peers/postgres.sql'), 'utf8').split(MARK);
  const psql = spawn('psql', ['-h', folder, '-U', 'bench', '-q', '-v', 'ON_ERROR_STOP=1', '-d', 'bench', '-f', '-'], {
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const ended = once(psql, 'close');
  const failed = new Promise<never>((_resolve, reject) => psql.stdin.once('error', reject));
  const write = async (text: string) => {
    if (!psql.stdin.write(text)) await Promise.race([once(psql.stdin, 'drain'), failed]);
  };
  await write(tables);
  const from = new Database(database, { readonly: true });
  for (const [, table = '', definition = ''] of tables.matchAll(/CREATE TABLE (\w+) \(([\s\S]*?)\n?\);/g)) {
    const columns = columnsOf(definition);
    await write(`COPY ${table} (${columns.join(', ')}) FROM STDIN;\n`);
    const rows = from.prepare<[], (string | number | bigint | null)[]>(`SELECT ${columns.join(', ')} FROM ${table}`);
    let waiting = '';
    for (const row of rows.raw().safeIntegers().iterate()) {
      waiting += `${row.map(field).join('\t')}\n`;
      if (waiting.length < 100_000) continue;
      await write(waiting);
      waiting = '';
    }
    await write(`${waiting}\\.\n`);
  }
  from.close();
  psql.stdin.end(rest);
  const [code] = await ended;
  if (code !== 0) throw new Error(`The copy into PostgreSQL ended with ${code}.`);
}

/** The names in a definition of columns; what begins with a capital is a constraint. */
function columnsOf(definition: string): string[] {
  const parts = definition.replace(/\([^)]*\)/g, '').split(',');
  return parts.flatMap((part) => /^\s*([a-z_]+) /.exec(part)?.[1] ?? []);
}

/** As COPY reads it. */
function field(value: string | number | bigint | null): string {
  if (value === null) return '\\N';
  return String(value).replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? character);
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
