import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { prepare } from '../../src/app.ts';
import type { Writer } from '../../src/store/open.ts';
import { built } from '../store/scratch.ts';
import { TODAY } from './app.ts';
import { importSeries } from './one-series.ts';

/** A database with the shipped dataset, made once; each call copies it to another name. */
export function shippedDatabase(only?: string) {
  const folder = mkdtempSync(join(tmpdir(), 'expograph-'));
  const original = join(folder, 'expo.db');
  const data = join(folder, 'data');
  if (only) importSeries(only, data, original, () => TODAY);
  else prepare(original, () => TODAY);
  return {
    /** The files of the one series. */
    data,
    copyTo(file: string): string {
      copyFileSync(original, file);
      return file;
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** Does to a database what no rule of ours allows. */
export function tamper(file: string, ...statements: string[]): void {
  const database = new Database(file);
  database.unsafeMode();
  for (const sql of ['PRAGMA foreign_keys = OFF', 'PRAGMA ignore_check_constraints = ON', ...statements])
    database.exec(sql);
  database.close();
}

/** What a plain SQLite reads from a file. It leaves nothing behind, which a read-only connection would. */
export function look(file: string, sql: string): unknown {
  const database = new Database(file, { fileMustExist: true });
  try {
    return database.prepare(sql).pluck().get();
  } finally {
    database.close();
  }
}

/** Runs a module in a process of its own until it prints "ready"; ends it after the test. */
export async function startChild(script: string, ...args: string[]) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, ...args]);
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += String(chunk);
  });
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  onTestFinished(() => void child.kill('SIGKILL'));
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    ended.then((code) => reject(new Error(`ended with ${code}: ${said}`)));
  });
  return { child, ended };
}

/** Opens a database in another process, as the service does or as an import does, and stays idle. */
export const holdOpen = (file: string, how: 'openReader' | 'openWriter') =>
  startChild(
    `import { ${how} } from '${built('store/open.js')}';
     const held = ${how}(process.argv[1]);
     console.log('ready');
     setInterval(() => held, 1000);`,
    file,
  );

/** Changes a database in another process, again and again. */
export const keepWriting = (file: string) =>
  startChild(
    `import { openWriter } from '${built('store/open.js')}';
     const writer = openWriter(process.argv[1], { patience: 60000 });
     let turn = 0;
     const write = () => {
       turn += 1;
       const id = 'turn' + (turn % 50);
       writer.run([
         { sql: 'DELETE FROM nodes WHERE id = ?', params: [id] },
         { sql: "INSERT INTO nodes (id, type, document, checksum, updated_at) VALUES (?, 'Organization', 'organizations', 1, '2026-11-23T00:00:00Z')", params: [id] },
         { sql: 'INSERT INTO organizations (id, slug) VALUES (?, ?)', params: [id, id] },
         { sql: "INSERT INTO localized_texts VALUES (?, 'name', 'en', ?, 1)", params: [id, 'Turn ' + turn] },
         { sql: "UPDATE dataset SET version = (SELECT printf('%016x', sum(checksum)) FROM nodes)", params: [] },
       ]);
       if (turn === 5) console.log('ready');
       setImmediate(write);
     };
     write();`,
    file,
  );

/**
 * How many bytes stand in the write-ahead log, which is emptied by that: a row that is written as it was counts, too.
 * @param writer has the file open, alone
 */
export function written(file: string, writer: Pick<Writer, 'rows'>): number {
  const { size } = statSync(`${file}-wal`);
  writer.rows('PRAGMA wal_checkpoint(TRUNCATE)', []);
  return size;
}
