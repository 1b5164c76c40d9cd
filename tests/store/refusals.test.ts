import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { checkSchema, migrate } from '../../src/store/migrate.ts';
import { openReader, openWriter, StoreError } from '../../src/store/open.ts';
import { ask, built, fillPlaces, listFiles, scratchFolder, scratchMigrations, thrownBy } from './scratch.ts';

const ways: [string, (file: string) => unknown][] = [
  ['migrate', migrate],
  ['checkSchema', checkSchema],
  ['openReader', openReader],
  ['openWriter', openWriter],
];

/** Makes a file of another application. */
function someoneElses(file: string, mode: 'delete' | 'wal', id = 0): void {
  const database = new Database(file);
  database.pragma(`journal_mode = ${mode}`);
  database.pragma(`application_id = ${id}`);
  database.exec("CREATE TABLE nodes (id TEXT); INSERT INTO nodes VALUES ('theirs')");
  database.close();
}

function ours(file: string): void {
  migrate(file);
  fillPlaces(file);
}

describe('a file that is not ours is refused in one line, and neither it nor its folder changes:', () => {
  test.each<[string, (file: string) => void, string, string]>([
    [
      'a text',
      (file) => writeFileSync(file, 'slug,name\n'.repeat(1000)),
      'NOT_A_DATABASE',
      'is not a database; nothing in it was changed. Move it away,',
    ],
    [
      'a short text',
      (file) => writeFileSync(file, 'x'),
      'NOT_A_DATABASE',
      'is not a database; nothing in it was changed.',
    ],
    [
      'an encrypted file',
      (file) => writeFileSync(file, Buffer.alloc(8192, 0xa7)),
      'NOT_A_DATABASE',
      'is not a database;',
    ],
    [
      'a folder',
      (file) => mkdirSync(file),
      'NOT_A_DATABASE',
      'is a folder. Set DATABASE_PATH to a file in it, such as ',
    ],
    [
      'a device',
      (file) => symlinkSync('/dev/null', file),
      'NOT_A_DATABASE',
      'is not a regular file. Set DATABASE_PATH',
    ],
    [
      'a database of another application',
      (file) => someoneElses(file, 'delete'),
      'FOREIGN',
      'is the database of another application; nothing in it was changed.',
    ],
    [
      'one that names its application',
      (file) => someoneElses(file, 'delete', 0x0f055112),
      'FOREIGN',
      'is the database of another application;',
    ],
    [
      'one with a write-ahead log',
      (file) => someoneElses(file, 'wal'),
      'FOREIGN',
      'is the database of another application;',
    ],
    [
      'a database without tables',
      (file) => new Database(file).exec('VACUUM').close(),
      'FOREIGN',
      'is the database of another application;',
    ],
    [
      'the header of a database, cut short',
      (file) => {
        ours(file);
        truncateSync(file, 50);
      },
      'DAMAGED',
      'is damaged or cut short. Put a good copy in its place',
    ],
  ])('%s', (_what, make, code, message) => {
    for (const [way, open] of ways) {
      const folder = scratchFolder();
      const file = join(folder, 'expo.db');
      make(file);
      const files = listFiles(folder);
      const before = code === 'NOT_A_DATABASE' ? undefined : readFileSync(file);
      const error = thrownBy(() => open(file));
      expect(error, way).toBeInstanceOf(StoreError);
      expect(error, way).toMatchObject({ code, message: expect.stringContaining(`${file} ${message}`) });
      expect(String(error), way).toMatch(/^StoreError: .*DATABASE_PATH.*$/);
      expect(listFiles(folder), way).toEqual(files);
      if (before) expect(readFileSync(file).equals(before), way).toBe(true);
    }
  });

  test('one that another application has open, with what it wrote still in its log', () => {
    for (const [way, open] of ways) {
      const file = join(scratchFolder(), 'expo.db');
      const theirs = new Database(file);
      theirs.pragma('journal_mode = WAL');
      theirs.exec("CREATE TABLE nodes (id TEXT); INSERT INTO nodes VALUES ('theirs')");
      expect(
        thrownBy(() => open(file)),
        way,
      ).toMatchObject({ code: 'FOREIGN' });
      expect(theirs.prepare('SELECT id FROM nodes').all(), way).toEqual([{ id: 'theirs' }]);
      expect(theirs.pragma('application_id', { simple: true }), way).toBe(0);
      theirs.close();
    }
  });
});

describe('a damaged file of ours', () => {
  test.each(ways)('that lost its end is refused, and stays as it is: %s', (_way, open) => {
    const folder = scratchFolder();
    const file = join(folder, 'expo.db');
    ours(file);
    truncateSync(file, 3 * 4096);
    const before = readFileSync(file);
    expect(thrownBy(() => open(file))).toMatchObject({
      code: 'DAMAGED',
      message: expect.stringMatching(new RegExp(`^${file} is damaged or cut short\\. .*DATABASE_PATH.*$`)),
    });
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(listFiles(folder)).toEqual(['expo.db']);
  });

  test('is not migrated, and not copied', () => {
    const folder = scratchFolder();
    const file = join(folder, 'expo.db');
    ours(file);
    const [root] = ask(
      file,
      "SELECT rootpage, (SELECT page_size FROM pragma_page_size) AS size FROM sqlite_schema WHERE name = 'venues'",
    );
    const bytes = readFileSync(file);
    bytes.fill(0x5a, (Number(root?.rootpage) - 1) * Number(root?.size), Number(root?.rootpage) * Number(root?.size));
    writeFileSync(file, bytes);
    const migrations = scratchMigrations();
    migrations.add('0009_notes', 'CREATE TABLE notes (id TEXT) STRICT;');
    expect(thrownBy(() => migrate(file, { folder: migrations.folder }))).toMatchObject({ code: 'DAMAGED' });
    expect(readFileSync(file).equals(bytes)).toBe(true);
    expect(listFiles(folder)).toEqual(['expo.db']);
  });
});

describe('a path where nothing can be made', () => {
  test('below a file', () => {
    const folder = scratchFolder();
    writeFileSync(join(folder, 'notes.txt'), 'precious');
    const file = join(folder, 'notes.txt', 'var', 'expo.db');
    expect(thrownBy(() => migrate(file))).toMatchObject({
      code: 'UNREACHABLE',
      message: `${file} cannot be made, because its folder cannot (ENOTDIR). Make ${dirname(file)} yourself, or set DATABASE_PATH to another file.`,
    });
    expect(readFileSync(join(folder, 'notes.txt'), 'utf8')).toBe('precious');
    for (const [way, open] of ways.slice(1))
      expect(
        thrownBy(() => open(file)),
        way,
      ).toMatchObject({ code: 'UNREACHABLE' });
  });

  test.runIf(process.platform === 'linux')('in a file system that takes no files', () => {
    expect(thrownBy(() => migrate('/proc/expo.db'))).toMatchObject({
      code: expect.stringMatching(/UNREACHABLE|NOT_WRITABLE/),
      message: expect.stringMatching(/^\/proc\/expo\.db .*DATABASE_PATH.*$/),
    });
    expect(thrownBy(() => migrate('/proc/expo/expo.db'))).toMatchObject({ code: 'UNREACHABLE' });
  });

  test('with a name that is too long', () => {
    const file = join(scratchFolder(), 'x'.repeat(300));
    expect(thrownBy(() => migrate(file))).toMatchObject({ code: 'UNREACHABLE' });
  });

  test('with a lock that cannot be taken', () => {
    const file = join(scratchFolder(), 'expo.db');
    writeFileSync(`${file}.migrate.lock`, 'not a lock '.repeat(1000));
    expect(() => migrate(file)).toThrow(`${file}.migrate.lock is not a database`);
  });
});

describe('without the right to write', () => {
  /** Permission bits do not bind root, so the child gives its rights up before the last call. */
  const script = `
    import { migrate, checkSchema } from '${built('store/migrate.js')}';
    import { openReader, openWriter } from '${built('store/open.js')}';
    const [way, file, folder, warmUp] = process.argv.slice(1);
    migrate(warmUp, { folder });
    if (process.getuid() === 0) { process.setgroups([]); process.setgid(65534); process.setuid(65534); }
    const ways = { migrate: () => migrate(file, { folder }), openWriter: () => openWriter(file), openReader: () => openReader(file).value('SELECT count(*) FROM nodes', []), checkSchema: () => checkSchema(file, folder) };
    try {
      console.log(JSON.stringify({ result: ways[way]() }));
    } catch (error) {
      console.log(JSON.stringify({ name: error.name, code: error.code, message: error.message }));
    }`;

  async function withoutRights(way: string, file: string, pending?: string) {
    const migrations = scratchMigrations();
    if (pending) migrations.add('0009_pending', pending);
    chmodSync(dirname(migrations.folder), 0o755);
    const warmUp = join(scratchFolder(), 'warm-up.db');
    const args = ['--input-type=module', '-e', script, way, file, migrations.folder, warmUp];
    return JSON.parse((await promisify(execFile)(process.execPath, args)).stdout);
  }

  /** A database whose file and folder have these permission bits. */
  function database(fileMode: number, folderMode: number): string {
    const folder = join(scratchFolder(), 'var');
    mkdirSync(folder);
    chmodSync(dirname(folder), 0o755);
    const file = join(folder, 'expo.db');
    ours(file);
    chmodSync(file, fileMode);
    chmodSync(`${file}.migrate.lock`, 0o666);
    chmodSync(folder, folderMode);
    return file;
  }

  const refusal = (file: string) => ({
    name: 'StoreError',
    code: 'NOT_WRITABLE',
    message: expect.stringMatching(
      new RegExp(
        `^${file} may not be read and written by this user\\. Grant both, for the file and its folder, or set DATABASE_PATH to another file\\. \\(.*\\)$`,
      ),
    ),
  });

  test.each([
    ['openWriter', 'a read-only file', 0o444, 0o777],
    ['openWriter', 'a read-only folder', 0o666, 0o555],
    ['openWriter', 'a file of others', 0o600, 0o777],
    ['openReader', 'a file of others', 0o600, 0o777],
    ['checkSchema', 'a file of others', 0o600, 0o777],
    ['migrate', 'a file of others', 0o600, 0o777],
    ['migrate', 'a read-only file that is up to date', 0o444, 0o777],
    ['migrate', 'a folder of others', 0o600, 0o700],
  ])('%s refuses %s', async (way, _what, fileMode, folderMode) => {
    const file = database(fileMode, folderMode);
    const before = readFileSync(file);
    expect(await withoutRights(way, file)).toEqual(refusal(file));
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(listFiles(dirname(file))).toEqual(['expo.db']);
  });

  test.each([
    ['a read-only file', 0o444, 0o777],
    ['a read-only folder', 0o666, 0o555],
  ])('a pending migration is not applied to %s', async (_what, fileMode, folderMode) => {
    const file = database(fileMode, folderMode);
    const before = readFileSync(file);
    expect(await withoutRights('migrate', file, 'CREATE TABLE notes (id TEXT) STRICT;')).toEqual(refusal(file));
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(listFiles(dirname(file))).toEqual(['expo.db']);
  });

  test('a new file in a read-only folder is refused', async () => {
    const folder = scratchFolder();
    chmodSync(folder, 0o555);
    const file = join(folder, 'expo.db');
    expect(await withoutRights('migrate', file)).toEqual(refusal(file));
    expect(listFiles(folder)).toEqual([]);
  });

  test('a file that may only be read can be read', async () => {
    expect(await withoutRights('openReader', database(0o444, 0o777))).toEqual({ result: 3 });
  });
});
