import {
  chmodSync,
  linkSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { backup } from '../../src/store/backup.ts';
import { migrate } from '../../src/store/migrate.ts';
import { holdOpen, keepWriting, look, shippedDatabase, tamper } from '../support/database-files.ts';
import { listFiles, scratchFolder, scratchMigrations, thrownBy } from './scratch.ts';

let shipped: ReturnType<typeof shippedDatabase>;
beforeAll(() => {
  shipped = shippedDatabase();
});
afterAll(() => shipped.remove());

const now = () => new Date('2026-11-24T10:00:00Z');

function database() {
  const folder = scratchFolder();
  return { folder, file: shipped.copyTo(join(folder, 'expo.db')) };
}

test('a backup holds all that is stored, opens by itself, and has the rights of the database', () => {
  const { folder, file } = database();
  chmodSync(file, 0o640);
  const before = readFileSync(file);
  const path = join(folder, 'copy.db');
  const records = look(file, 'SELECT count(*) FROM nodes');
  expect(backup(file, path)).toEqual({ path, bytes: statSync(path).size, records, pending: [] });
  expect(statSync(path).mode & 0o777).toBe(0o640);
  expect(listFiles(folder)).toEqual(['copy.db', 'expo.db']);
  expect(readFileSync(file).equals(before)).toBe(true);
  const dump = (name: string) => look(name, 'SELECT group_concat(id || checksum) FROM nodes');
  expect(dump(path)).toBe(dump(file));
  expect(look(path, 'PRAGMA integrity_check')).toBe('ok');
});

test('a folder gets a file that is named by the time, and never two of one name', () => {
  const { folder, file } = database();
  mkdirSync(join(folder, 'backups'));
  const path = join(folder, 'backups', 'expograph-2026-11-24T10-00-00.000Z.db');
  expect(backup(file, join(folder, 'backups'), { now }).path).toBe(path);
  expect(thrownBy(() => backup(file, `${folder}/backups/`, { now }))).toMatchObject({
    code: 'WRONG_PATH',
    message: `${path} exists already. Give another path, or --force to replace it.`,
  });
});

test('what is only in the log is in the backup, and the log of a crash is not lost', async () => {
  const { folder, file } = database();
  const { child, ended } = await keepWriting(file);
  child.kill('SIGKILL');
  await ended;
  expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);
  backup(file, join(folder, 'copy.db'));
  expect(look(join(folder, 'copy.db'), "SELECT count(*) FROM nodes WHERE id GLOB 'turn*'")).toBe(
    look(file, "SELECT count(*) FROM nodes WHERE id GLOB 'turn*'"),
  );
});

test('while others read and write, each backup is of one moment', async () => {
  const { folder, file } = database();
  await holdOpen(file, 'openReader');
  const { child } = await keepWriting(file);
  const seen = new Set<unknown>();
  for (let round = 0; round < 4; round++) {
    const path = join(folder, `copy-${round}.db`);
    backup(file, path);
    expect(look(path, 'PRAGMA integrity_check')).toBe('ok');
    // The writer keeps the two in step in each of its transactions.
    expect(look(path, "SELECT version = (SELECT printf('%016x', sum(checksum)) FROM nodes) FROM dataset")).toBe(1);
    seen.add(look(path, "SELECT group_concat(text) FROM localized_texts WHERE node_id GLOB 'turn*'"));
  }
  expect(seen.size).toBe(4);
  expect(child.exitCode).toBe(null);
});

test('an older database is copied as it is, and its missing migrations are named', () => {
  const { folder } = database();
  const migrations = scratchMigrations();
  const missing = migrations.removeFrom('0003_ways_to_find');
  const old = join(folder, 'old.db');
  migrate(old, { folder: migrations.folder });
  expect(backup(old, join(folder, 'copy.db'))).toMatchObject({
    records: 0,
    pending: missing,
  });
});

describe('a target is refused', () => {
  test('that exists, unless it may be replaced', () => {
    const { folder, file } = database();
    const path = join(folder, 'copy.db');
    writeFileSync(path, 'precious');
    expect(thrownBy(() => backup(file, path))).toMatchObject({ code: 'WRONG_PATH' });
    expect(readFileSync(path, 'utf8')).toBe('precious');
    backup(file, path, { force: true });
    expect(look(path, 'PRAGMA quick_check')).toBe('ok');
    expect(listFiles(folder)).toEqual(['copy.db', 'expo.db']);
  });

  test('that is named as a folder and is none', () => {
    const { folder, file } = database();
    expect(thrownBy(() => backup(file, `${folder}/nightly/`))).toMatchObject({
      code: 'MISSING',
      message: `${folder}/nightly/ is no folder. Make it, or give another path.`,
    });
    expect(listFiles(folder)).toEqual(['expo.db']);
  });

  test.each<[string, (folder: string, file: string) => string, string]>([
    ['the database itself', (_folder, file) => file, 'is the database itself'],
    [
      'a symbolic link to it',
      (folder, file) => {
        symlinkSync(file, join(folder, 'link.db'));
        return join(folder, 'link.db');
      },
      'is the database itself',
    ],
    [
      'a hard link to it',
      (folder, file) => {
        linkSync(file, join(folder, 'link.db'));
        return join(folder, 'link.db');
      },
      'is the database itself',
    ],
    ['its log', (_folder, file) => `${file}-wal`, 'belongs to the database'],
    ['its lock', (_folder, file) => `${file}.migrate.lock`, 'belongs to the database'],
    ['in a folder that is not there', (folder) => join(folder, 'none', 'copy.db'), 'is no folder. Make it'],
    ['that is no file', () => '/dev/null', 'is not a regular file'],
    [
      'beside the log of another database',
      (folder) => {
        writeFileSync(join(folder, 'copy.db-wal'), 'log');
        return join(folder, 'copy.db');
      },
      'would be mixed up with',
    ],
  ])('%s, also where it may replace one', (_what, make, message) => {
    const { folder, file } = database();
    const target = make(folder, file);
    const before = readFileSync(file);
    const files = listFiles(folder);
    expect(thrownBy(() => backup(file, target, { force: true }))).toMatchObject({
      name: 'StoreError',
      message: expect.stringContaining(message),
    });
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(listFiles(folder)).toEqual(files);
  });
});

describe('a database is not copied', () => {
  test.each<[string, (file: string) => void, string]>([
    ['that is cut short', (file) => truncateSync(file, 100_000), 'DAMAGED'],
    ['whose pages are damaged', (file) => writeFileSync(file, readFileSync(file).fill(0xff, 4096, 400_000)), 'DAMAGED'],
    ['that is another application’s', (file) => tamper(file, 'PRAGMA application_id = 7'), 'FOREIGN'],
    ['that is empty', (file) => truncateSync(file, 0), 'MISSING'],
    [
      'that a later version made',
      (file) => tamper(file, "INSERT INTO __drizzle_migrations (hash) VALUES ('x')"),
      'NEWER',
    ],
  ])('%s, and no copy is left', (_what, damage, code) => {
    const { folder, file } = database();
    damage(file);
    expect(thrownBy(() => backup(file, join(folder, 'copy.db')))).toMatchObject({ name: 'StoreError', code });
    expect(listFiles(folder)).toEqual(['expo.db']);
  });
});

test('a name that the disk does not take is told of the copy, not of the database', () => {
  const { folder, file } = database();
  const path = join(folder, 'x'.repeat(250));
  expect(thrownBy(() => backup(file, path))).toMatchObject({
    code: 'UNREACHABLE',
    message: `${path} cannot be opened. Check the path and the rights, or give another path. (ENAMETOOLONG)`,
  });
});
