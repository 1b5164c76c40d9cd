import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleCommand } from '../../src/build/command.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'expograph-command-'));
  for (const part of ['dist/command', 'data', 'migrations', 'schema', 'package.json'])
    cpSync(join(root, part), join(folder, part), { recursive: true });
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(join(root, 'node_modules/better-sqlite3'), join(folder, 'node_modules/better-sqlite3'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const expograph = (...args: string[]) =>
  execFileSync(process.execPath, ['dist/command/main.js', ...args], { cwd: folder, encoding: 'utf8' });

test('the command needs no library but SQLite', () => {
  expect(expograph('import', '--quiet')).toMatch(/^\d{4} created, /);
  expect(JSON.parse(expograph('query', '{ editions { totalCount } }'))).toEqual({
    data: { editions: { totalCount: 110 } },
  });
  expect(expograph('doctor')).not.toContain('WRONG');
});

test('where SQLite is not built, one line says how it is', () => {
  const bare = join(folder, 'bare');
  for (const part of ['dist/command', 'migrations', 'data', 'schema', 'package.json'])
    cpSync(join(folder, part), join(bare, part), { recursive: true });
  for (const name of ['better-sqlite3/package.json', 'better-sqlite3/lib', 'bindings', 'file-uri-to-path'])
    cpSync(join(root, 'node_modules', name), join(bare, 'node_modules', name), { recursive: true });
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['dist/command/main.js', ...args], { cwd: bare, encoding: 'utf8' });
  cpSync(join(folder, 'var'), join(bare, 'var'), { recursive: true });
  for (const args of [['import'], ['query', '{ service { version } }'], ['doctor'], ['backup', 'copy.db']]) {
    const { status, stdout, stderr } = run(...args);
    expect([args, status, stdout, stderr]).toEqual([
      args,
      3,
      '',
      'SQLite is not built for this machine. Run "npm rebuild better-sqlite3".\n',
    ]);
  }
});

test('its files are few, and the licences of what is in them lie beside', () => {
  const files = readdirSync(join(root, 'dist/command'));
  expect(files.filter((file) => file.endsWith('.js')).length).toBeLessThan(120);
  const licences = readFileSync(join(root, 'dist/command/LICENCES.txt'), 'utf8');
  for (const name of ['graphql', 'type-graphql', 'zod', '@apollo/server', 'fastify', 'commander'])
    expect(licences).toMatch(new RegExp(`^${name}\\n\\n`, 'm'));
});

test('it is put together only when something changed, and not in an installed package', async () => {
  expect(await bundleCommand(root)).toBe(false);
  expect(await bundleCommand(folder)).toBe(false);
});
