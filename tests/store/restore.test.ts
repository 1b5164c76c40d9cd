import { spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { backup } from '../../src/store/backup.ts';
import { checkSchema, migrate } from '../../src/store/migrate.ts';
import { openReader, openWriter } from '../../src/store/open.ts';
import { restore } from '../../src/store/restore.ts';
import { holdOpen, keepWriting, look, shippedDatabase, tamper } from '../support/database-files.ts';
import { built, fillPlaces, listFiles, scratchFolder, scratchMigrations, thrownBy } from './scratch.ts';

let shipped: ReturnType<typeof shippedDatabase>;
beforeAll(() => {
  shipped = shippedDatabase();
});
afterAll(() => shipped.remove());

const now = () => new Date('2026-11-24T10:00:00Z');
const STEM = 'expo.db.before-restore-2026-11-24T10-00-00.000Z.bak';
const FIRST_SLUG = 'SELECT slug FROM places ORDER BY id LIMIT 1';

/** A database with three places in it, and a backup of the shipped dataset. */
function databaseAndBackup() {
  const folder = scratchFolder();
  const file = join(folder, 'expo.db');
  migrate(file);
  fillPlaces(file);
  const copy = join(folder, 'copy.db');
  backup(shipped.copyTo(join(folder, 'other.db')), copy);
  rmSync(join(folder, 'other.db'));
  return { folder, file, copy };
}

const places = (file: string) => look(file, 'SELECT group_concat(slug) FROM places');

describe('a backup takes the place of the database', () => {
  test('whole and ready to serve, and the database is kept as it was', () => {
    const { folder, file, copy } = databaseAndBackup();
    const before = readFileSync(copy);
    const records = look(copy, 'SELECT count(*) FROM nodes');
    const replaced = join(folder, STEM);
    expect(restore(file, copy, { now })).toEqual({ records, applied: [], replaced });
    expect(listFiles(folder)).toEqual(['copy.db', 'expo.db', STEM]);
    expect(places(replaced)).toBe('anhui,hefei');
    expect(look(replaced, 'PRAGMA integrity_check')).toBe('ok');
    expect(places(file)).toBe(places(copy));
    expect(look(file, 'PRAGMA integrity_check')).toBe('ok');
    expect(look(file, 'PRAGMA journal_mode')).toBe('wal');
    expect(() => checkSchema(file)).not.toThrow();
    expect(readFileSync(copy).equals(before)).toBe(true);
    expect(statSync(replaced).nlink).toBe(1);
  });

  test('also where there is none yet, in a folder that is made', () => {
    const { folder, copy } = databaseAndBackup();
    const file = join(folder, 'new', 'expo.db');
    expect(restore(file, copy)).toMatchObject({ replaced: null });
    expect(places(file)).toBe(places(copy));
    expect(listFiles(join(folder, 'new'))).toEqual(['expo.db']);
  });

  test('also of an empty file, of which nothing is kept', () => {
    const { file, copy } = databaseAndBackup();
    truncateSync(file, 0);
    expect(restore(file, copy)).toMatchObject({ replaced: null });
    expect(places(file)).toBe(places(copy));
  });

  test('with the rights and the owner that the database had', () => {
    const { file, copy } = databaseAndBackup();
    chmodSync(file, 0o640);
    // Only root may give a file away.
    if (process.getuid?.() === 0) chownSync(file, 1234, 5678);
    const { uid, gid, mode } = statSync(file);
    restore(file, copy);
    expect(statSync(file)).toMatchObject({ uid, gid, mode });
  });

  test('of a database that is reached by a symbolic link, which stays one', () => {
    const { folder, file, copy } = databaseAndBackup();
    symlinkSync(file, join(folder, 'link.db'));
    restore(join(folder, 'link.db'), copy);
    expect(lstatSync(join(folder, 'link.db')).isSymbolicLink()).toBe(true);
    expect(places(file)).toBe(places(copy));
  });

  test('and is migrated, where it is older', () => {
    const { folder, file } = databaseAndBackup();
    const migrations = scratchMigrations();
    const missing = migrations.removeFrom('0003_ways_to_find');
    const old = join(folder, 'old.db');
    migrate(old, { folder: migrations.folder });
    const before = readFileSync(old);
    expect(restore(file, old, { now })).toEqual({
      records: 0,
      applied: missing,
      replaced: join(folder, STEM),
    });
    expect(() => checkSchema(file)).not.toThrow();
    expect(readFileSync(old).equals(before)).toBe(true);
    expect(listFiles(folder)).toEqual(['copy.db', 'expo.db', STEM, 'old.db']);
  });

  test('with what is only in its own log', () => {
    const { folder, file } = databaseAndBackup();
    const other = shipped.copyTo(join(folder, 'other.db'));
    const writer = openWriter(other);
    onTestFinished(() => writer.close());
    writer.run([
      { sql: "UPDATE speakers SET slug = 'only-in-the-log' WHERE id = (SELECT min(id) FROM speakers)", params: [] },
    ]);
    restore(file, other);
    expect(look(file, "SELECT count(*) FROM speakers WHERE slug = 'only-in-the-log'")).toBe(1);
  });
});

describe('what the database left behind is not applied to the backup', () => {
  test('a log that a crash left goes into the copy that is kept', async () => {
    const { folder, file, copy } = databaseAndBackup();
    shipped.copyTo(file);
    const { child, ended } = await keepWriting(file);
    child.kill('SIGKILL');
    await ended;
    expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);
    restore(file, copy, { now });
    expect(listFiles(folder)).toEqual(['copy.db', 'expo.db', STEM]);
    const written = "SELECT count(*) FROM nodes WHERE id GLOB 'turn*'";
    expect(Number(look(join(folder, STEM), written))).toBeGreaterThanOrEqual(5);
    expect(look(file, written)).toBe(0);
    expect(look(file, 'PRAGMA integrity_check')).toBe('ok');
  });

  test('a log whose database is gone is named', () => {
    const { file, copy } = databaseAndBackup();
    rmSync(file);
    writeFileSync(`${file}-wal`, 'log');
    expect(thrownBy(() => restore(file, copy))).toMatchObject({
      code: 'REFUSED',
      message: `${file}-wal is left of a database that is gone. Move it away, and restore again.`,
    });
    expect(existsSync(file)).toBe(false);
    expect(readFileSync(`${file}-wal`, 'utf8')).toBe('log');
  });
});

describe('a damaged database can be replaced, and what is left of it is kept', () => {
  test.each<[string, (bytes: Buffer) => Buffer]>([
    ['cut short', (bytes) => bytes.subarray(0, 50_000)],
    ['with pages overwritten', (bytes) => bytes.fill(0xff, 8192, 80_000)],
    ['with its schema overwritten', (bytes) => bytes.fill(0xff, 100, 4096)],
  ])('%s', (_how, damage) => {
    const { folder, file, copy } = databaseAndBackup();
    const bytes = damage(readFileSync(file));
    writeFileSync(file, bytes);
    restore(file, copy, { now });
    // Switching the log off is noted on the first page, and only whole pages are kept.
    const pages = (from: Buffer) => from.subarray(4096, Math.floor(bytes.length / 4096) * 4096);
    expect(pages(readFileSync(join(folder, STEM))).equals(pages(bytes))).toBe(true);
    expect(places(file)).toBe(places(copy));
    expect(look(file, 'PRAGMA integrity_check')).toBe('ok');
    expect(listFiles(folder)).toEqual(['copy.db', 'expo.db', STEM]);
  });
});

describe('a database that is open in another process is not replaced', () => {
  test.each<['openReader' | 'openWriter']>([['openReader'], ['openWriter']])('not by an idle %s', async (how) => {
    const { folder, file, copy } = databaseAndBackup();
    const { child, ended } = await holdOpen(file, how);
    const files = listFiles(folder);
    expect(thrownBy(() => restore(file, copy, { patience: 100 }))).toMatchObject({
      code: 'BUSY',
      message: `${file} is open in another process, such as a running service. Stop it, and restore again; nothing was changed.`,
    });
    expect(listFiles(folder)).toEqual(files);
    expect(places(file)).toBe('anhui,hefei');
    child.kill('SIGTERM');
    await ended;
    restore(file, copy);
    expect(places(file)).toBe(places(copy));
  });

  test('nor by a plain SQLite that only reads', async () => {
    const { file, copy } = databaseAndBackup();
    const plain = new Database(file, { readonly: true });
    onTestFinished(() => void plain.close());
    plain.prepare(FIRST_SLUG).get();
    expect(thrownBy(() => restore(file, copy, { patience: 50 }))).toMatchObject({ code: 'BUSY' });
    plain.close();
    restore(file, copy);
  });

  test('while another process migrates or restores, it waits', async () => {
    const { file, copy } = databaseAndBackup();
    const script = `
      import { restore } from '${built('store/restore.js')}';
      restore(process.argv[1], process.argv[2], { patience: 10000 });`;
    const codes = await Promise.all(
      [1, 2, 3].map(
        () =>
          new Promise((resolve) =>
            spawn(process.execPath, ['--input-type=module', '-e', script, file, copy]).on('exit', resolve),
          ),
      ),
    );
    expect(codes).toEqual([0, 0, 0]);
    expect(places(file)).toBe(places(copy));
    expect(look(file, 'PRAGMA integrity_check')).toBe('ok');
  });
});

describe('a backup is refused', () => {
  const cut = (file: string) => truncateSync(file, 100_000);
  test.each<[string, (copy: string) => void, string, string]>([
    ['that is cut short', cut, 'DAMAGED', 'is damaged or cut short'],
    [
      'whose pages are damaged',
      (copy) => writeFileSync(copy, readFileSync(copy).fill(0xff, 200_000, 300_000)),
      'DAMAGED',
      'damaged',
    ],
    [
      'that breaks a rule of a table',
      (copy) => tamper(copy, "UPDATE places SET kind = 'MOON'"),
      'DAMAGED',
      'it is damaged: CHECK constraint failed in places',
    ],
    [
      'with references to nothing',
      (copy) => tamper(copy, 'DELETE FROM conventions'),
      'DAMAGED',
      'without their row of conventions',
    ],
    [
      'that is no database',
      (copy) => writeFileSync(copy, 'a shopping list '.repeat(99)),
      'NOT_A_DATABASE',
      'it is not a database',
    ],
    ['that is empty', (copy) => truncateSync(copy, 0), 'MISSING', 'it does not exist or is empty'],
    ['that is not there', (copy) => rmSync(copy), 'MISSING', 'it does not exist or is empty'],
    [
      'of another application',
      (copy) => tamper(copy, 'PRAGMA application_id = 7'),
      'FOREIGN',
      'it is the database of another application',
    ],
    [
      'that a later version made',
      (copy) => tamper(copy, "INSERT INTO __drizzle_migrations (hash) VALUES ('later')"),
      'NEWER',
      'is newer than this version of Expograph',
    ],
    [
      'that went another way',
      (copy) => tamper(copy, "UPDATE __drizzle_migrations SET hash = 'edited'"),
      'DRIFTED',
      'cannot be migrated',
    ],
  ])('%s, and the database stays as it was', (_what, damage, code, reason) => {
    const { folder, file, copy } = databaseAndBackup();
    damage(copy);
    const files = listFiles(folder);
    const before = readFileSync(file);
    const error = thrownBy(() => restore(file, copy));
    expect(error).toMatchObject({
      code,
      message: expect.stringMatching(
        new RegExp(`^${copy} cannot be restored, because .*The database is as it was\\. Give a whole backup`),
      ),
    });
    expect(String(error)).toContain(reason);
    expect(String(error)).not.toMatch(/DATABASE_PATH|"expograph restore"/);
    expect(listFiles(folder)).toEqual(files);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('before anything is made for it', () => {
    const { folder, copy } = databaseAndBackup();
    for (const damage of [
      () => tamper(copy, "INSERT INTO __drizzle_migrations (hash) VALUES ('later')"),
      () => rmSync(copy),
    ]) {
      damage();
      expect(thrownBy(() => restore(join(folder, 'new/expo.db'), copy))).toMatchObject({ name: 'StoreError' });
      expect(existsSync(join(folder, 'new'))).toBe(false);
    }
  });

  test('that is the database itself, also by a link', () => {
    const { folder, file } = databaseAndBackup();
    symlinkSync(file, join(folder, 'link.db'));
    linkSync(file, join(folder, 'hard.db'));
    for (const name of ['expo.db', 'link.db', 'hard.db'])
      expect(thrownBy(() => restore(file, join(folder, name)))).toMatchObject({ code: 'WRONG_PATH' });
  });

  test.each<[string, (file: string) => void, string]>([
    ['in the place of another application’s database', (file) => tamper(file, 'PRAGMA application_id = 7'), 'FOREIGN'],
    [
      'in the place of what is no database',
      (file) => writeFileSync(file, 'a shopping list '.repeat(99)),
      'NOT_A_DATABASE',
    ],
  ])('%s', (_what, make, code) => {
    const { folder, file, copy } = databaseAndBackup();
    make(file);
    const before = readFileSync(file);
    expect(thrownBy(() => restore(file, copy))).toMatchObject({ code });
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(listFiles(folder)).toEqual(['copy.db', 'expo.db']);
  });
});

test('killed at any moment, a restore leaves the old database or the new one, whole', { timeout: 60_000 }, async () => {
  const { folder, copy } = databaseAndBackup();
  const file = join(folder, 'expo.db');
  const script = `
    import { restore } from '${built('store/restore.js')}';
    process.stdout.write('ready');
    setImmediate(() => { restore(process.argv[1], process.argv[2]); process.stdout.write('done'); });`;
  // The old one has something in its log, too, which a crash left there.
  const before = shipped.copyTo(join(folder, 'before.db'));
  const writer = openWriter(before);
  writer.run([{ sql: "UPDATE places SET slug = 'old-' || slug", params: [] }]);
  const leave = () => {
    rmSync(file, { force: true });
    rmSync(`${file}-shm`, { force: true });
    copyFileSync(before, file);
    copyFileSync(`${before}-wal`, `${file}-wal`);
  };
  onTestFinished(() => writer.close());

  /** @returns how long the restore took, where it was not killed */
  const run = async (killAfter: number | null) => {
    leave();
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, file, copy]);
    const ended = new Promise((resolve) => child.on('exit', resolve));
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const start = performance.now();
    if (killAfter !== null) {
      await wait(killAfter);
      child.kill('SIGKILL');
    }
    await ended;
    return performance.now() - start;
  };
  const duration = await run(null);
  const outcomes = { old: 0, new: 0 };
  const kills = 12;
  for (let round = 0; round <= kills; round++) {
    // The first kill comes before anything is done; the last round is none, so that each outcome is seen.
    await run(round === 0 ? 0 : round === kills ? null : (duration * (round + Math.random())) / kills);
    // As whoever comes next opens it.
    const reader = openReader(file);
    const [first] = reader.rows(FIRST_SLUG, []);
    reader.close();
    outcomes[String(first?.slug).startsWith('old-') ? 'old' : 'new'] += 1;
    const expected = String(first?.slug).startsWith('old-') ? before : copy;
    expect(places(file)).toBe(places(expected));
    expect(look(file, 'SELECT count(*) FROM nodes')).toBe(look(copy, 'SELECT count(*) FROM nodes'));
    expect(look(file, 'PRAGMA integrity_check')).toBe('ok');
    expect(() => checkSchema(file)).not.toThrow();
  }
  expect(outcomes.old).toBeGreaterThan(0);
  expect(outcomes.new).toBeGreaterThan(0);
});
