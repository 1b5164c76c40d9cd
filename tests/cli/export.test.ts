import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expograph as run } from '../support/command-line.ts';

const main = fileURLToPath(new URL('../../dist/command/main.js', import.meta.url));

let folder: string;
const env = () => ({ PATH: process.env.PATH ?? '', DATABASE_PATH: join(folder, 'expograph.db') });

const expograph = (...args: string[]) => run({ folder, environment: env() }, args);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'expograph-export-'));
  const sources = Array.from({ length: 1_000 }, (_, index) => ({
    slug: `s${index}`,
    kind: 'OTHER',
    title: 'A report of some length, so that all of them do not fit into a pipe',
  }));
  writeFileSync(join(folder, 'data.json'), JSON.stringify({ sources, conventions: [{ slug: 'expo', name: 'Expo' }] }));
  expect(await expograph('import', 'data.json')).toMatchObject({ code: 0 });
});
afterAll(() => rmSync(folder, { recursive: true }));

test('an export is YAML on standard output, unless told', async () => {
  const { code, out, said } = await expograph('export', '--convention', 'expo');
  expect({ code, said }).toEqual({ code: 0, said: '' });
  expect(out).toMatch(/^updatedAt: \S+\n\nconventions:\n {2}- slug: expo\n {4}name: Expo\n$/);
});

test('an export into a file is complete or not there', async () => {
  expect(await expograph('export', '--format', 'json', '--output', 'all.json')).toEqual({ code: 0, out: '', said: '' });
  expect(JSON.parse(readFileSync(join(folder, 'all.json'), 'utf8')).sources).toHaveLength(1_000);
  expect(await expograph('import', 'all.json')).toMatchObject({
    code: 0,
    out: '0 created, 0 updated, 1001 unchanged, 0 removed.\n',
  });
  const refused = await expograph('export', '--convention', 'exop', '--output', 'exop.yaml');
  expect(refused.said).toBe('no convention has the slug "exop"; did you mean expo?\n');
  expect(refused.code).not.toBe(0);
  expect(existsSync(join(folder, 'exop.yaml'))).toBe(false);
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('an export keeps what leads to a file, and its rights', async () => {
  const [file, link] = [join(folder, 'private.yaml'), join(folder, 'link.yaml')];
  writeFileSync(file, 'old');
  chmodSync(file, 0o600);
  symlinkSync(file, link);
  expect(await expograph('export', '--output', 'link.yaml')).toEqual({ code: 0, out: '', said: '' });
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, 'utf8')).toMatch(/^updatedAt: /);
});

test('an export into what is no file is written to it, and it stays', async () => {
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  const reader = spawn('cat', [join(folder, 'pipe')]);
  let read = '';
  reader.stdout.on('data', (chunk) => {
    read += String(chunk);
  });
  const done = new Promise((resolve) => reader.on('close', resolve));
  expect(await expograph('export', '--format', 'jsonl', '--output', 'pipe')).toEqual({ code: 0, out: '', said: '' });
  await done;
  expect(read.trimEnd().split('\n')).toHaveLength(1_001);
  expect(statSync(join(folder, 'pipe')).isFIFO()).toBe(true);
});

test('an export takes the place of no database', async () => {
  const [file, backup] = [join(folder, 'expograph.db'), join(folder, 'backup.db')];
  expect(await expograph('backup', 'backup.db')).toMatchObject({ code: 0 });
  linkSync(file, join(folder, 'same.yaml'));
  const outputs = ['expograph.db', 'same.yaml', 'expograph.db.migrate.lock', 'backup.db-wal', 'backup.db', ''];
  const all = await Promise.all(outputs.map((output) => expograph('export', '--output', output)));
  rmSync(join(folder, 'same.yaml'));
  expect(all.map(({ code, out, said }) => [code, out, said.replace(/^--output ".*?" is /, '')])).toEqual([
    [2, '', 'the database itself. Give another path.\n'],
    [2, '', 'the database itself. Give another path.\n'],
    [2, '', 'part of the database expograph.db. Give another path.\n'],
    [2, '', 'part of the database backup.db. Give another path.\n'],
    [2, '', 'a database, such as a backup; it is not replaced by data files. Give another path.\n'],
    [2, '', 'no path. Give another path.\n'],
  ]);
  for (const one of [file, backup]) expect(readFileSync(one).toString('latin1', 0, 15)).toBe('SQLite format 3');
});

test('a name that only looks like that of a part of a database is taken', async () => {
  writeFileSync(join(folder, 'trade'), 'notes');
  expect(await expograph('export', '--output', 'trade-journal')).toEqual({ code: 0, out: '', said: '' });
});

test('the name of the output says the format, unless another is told', async () => {
  const outputs = ['a.jsonl', 'a.json', 'a.yaml', 'a.txt'];
  await Promise.all(outputs.map((output) => expograph('export', '--output', output)));
  await expograph('export', '--output', 'b.json', '--format', 'yaml');
  const starts = [...outputs, 'b.json'].map((output) => readFileSync(join(folder, output), 'utf8').slice(0, 12));
  expect(starts).toEqual(['{"updatedAt"', '{\n  "updated', 'updatedAt: 2', 'updatedAt: 2', 'updatedAt: 2']);
});

test('an export that is interrupted leaves what was there, and nothing else', async () => {
  writeFileSync(join(folder, 'kept.yaml'), 'kept');
  let signal: unknown = null;
  // On a busy machine it may be done before the signal comes.
  while (signal === null) {
    writeFileSync(join(folder, 'kept.yaml'), 'kept');
    const child = spawn(process.execPath, [main, 'export', '--output', 'kept.yaml'], { env: env(), cwd: folder });
    const ended = new Promise((resolve) => child.on('exit', (_code, one) => resolve(one)));
    while (child.exitCode === null && !readdirSync(folder).some((name) => name.endsWith('.part'))) await setTimeout(1);
    child.kill('SIGINT');
    signal = await ended;
  }
  expect(signal).toBe('SIGINT');
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  expect(readFileSync(join(folder, 'kept.yaml'), 'utf8')).toBe('kept');
});

test('a path that cannot be written is told in one line', async () => {
  mkdirSync(join(folder, 'results'));
  const [inFolder, nowhere] = await Promise.all([
    expograph('export', '--output', 'results'),
    expograph('export', '--output', 'gone/all.yaml'),
  ]);
  expect(inFolder).toEqual({ code: 2, out: '', said: '--output results is a folder; give a file in it.\n' });
  expect(nowhere).toEqual({
    code: 3,
    out: '',
    said: 'gone/all.yaml cannot be opened. Check the path and the rights, or give another path. (ENOENT)\n',
  });
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('a format that is not known is refused, with those that are', async () => {
  const { code, out, said } = await expograph('export', '--format', 'xml');
  expect(said).toContain("argument 'xml' is invalid. Allowed choices are yaml, json, jsonl.");
  expect({ isRefused: code !== 0, out }).toEqual({ isRefused: true, out: '' });
});

test('a reader that has had enough ends the export quietly', async () => {
  const child = spawn(process.execPath, [main, 'export', '--format', 'jsonl'], { env: env(), cwd: folder });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += String(chunk);
  });
  child.stdout.once('data', () => child.stdout.destroy());
  const code = await new Promise((resolve) => child.on('exit', resolve));
  expect({ code, said }).toEqual({ code: 0, said: '' });
});
