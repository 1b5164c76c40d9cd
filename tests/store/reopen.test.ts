import { copyFileSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '../../src/store/migrate.ts';
import { openReader, openWriter } from '../../src/store/open.ts';
import { fillPlaces, scratchFolder, scratchMigrations, thrownBy } from './scratch.ts';

/** Longer than it takes until a reader looks again. */
const A_WHILE = 1_100;
const COUNT = 'SELECT count(*) FROM places';

/** A database of two places, and a reader that has it open. */
function opened() {
  const folder = scratchFolder();
  const file = join(folder, 'expo.db');
  migrate(file);
  fillPlaces(file);
  const reader = openReader(file);
  onTestFinished(() => reader.close());
  return { folder, file, reader };
}

function another(file: string): void {
  rmSync(file, { force: true });
  migrate(file);
}

test('a reader goes over to the file that took the place of its own, as to another generation', async () => {
  const { folder, file, reader } = opened();
  expect(reader.value(COUNT, [])).toBe(2);
  const before = reader.generation();
  another(join(folder, 'other.db'));
  renameSync(join(folder, 'other.db'), file);
  await wait(A_WHILE);
  expect(reader.value(COUNT, [])).toBe(0);
  expect(reader.generation()).not.toBe(before);
  fillPlaces(file);
  expect(reader.value(COUNT, [])).toBe(2);
});

test('a reader tells that its file is gone, is another’s, or is older, until there is a good one', async () => {
  const { folder, file, reader } = opened();
  const asked = () => thrownBy(() => reader.value(COUNT, []));
  renameSync(file, join(folder, 'away.db'));
  await wait(A_WHILE);
  const isGone = {
    name: 'StoreError',
    code: 'MISSING',
    message: `${file} is gone. Put it back, or a backup with "expograph restore".`,
  };
  // Not only to the first who asks.
  expect([asked(), asked()]).toEqual([expect.objectContaining(isGone), expect.objectContaining(isGone)]);
  expect(thrownBy(() => reader.generation())).toMatchObject(isGone);

  writeFileSync(file, 'slug,name\n'.repeat(1000));
  expect(asked()).toMatchObject({ code: 'NOT_A_DATABASE' });

  rmSync(file);
  const migrations = scratchMigrations();
  migrations.removeFrom('0008_changes');
  migrate(file, { folder: migrations.folder });
  expect(asked()).toMatchObject({ code: 'NOT_MIGRATED' });

  renameSync(join(folder, 'away.db'), file);
  expect(reader.value(COUNT, [])).toBe(2);
});

test('a reader that met a damaged page answers nothing more, until the file is another', async () => {
  const { folder, file } = opened();
  const whole = readFileSync(file);
  const size = 4096;
  const reader = openReader(file);
  onTestFinished(() => reader.close());
  const root = Number(reader.value("SELECT rootpage FROM sqlite_schema WHERE name = 'venues'", []));
  const bytes = Buffer.from(whole);
  bytes.fill(0x5a, (root - 1) * size, root * size);
  writeFileSync(file, bytes);
  expect(reader.value(COUNT, [])).toBe(2);
  expect(thrownBy(() => reader.rows('SELECT * FROM venues', []))).toMatchObject({ code: 'DAMAGED' });
  expect(thrownBy(() => reader.value(COUNT, []))).toMatchObject({ code: 'DAMAGED' });
  writeFileSync(join(folder, 'whole.db'), whole);
  renameSync(join(folder, 'whole.db'), file);
  expect(reader.rows('SELECT id FROM venues', [])).toEqual([{ id: 'venue' }]);
});

test('what is open already is opened again without looking into the file, which would release its locks', () => {
  const { file, reader } = opened();
  expect(reader.value(COUNT, [])).toBe(2);
  const { ino } = statSync(file);
  const locks = () => (process.platform === 'linux' ? readFileSync('/proc/locks', 'utf8').split('\n') : []);
  const held = () => locks().filter((line) => line.includes(`${process.pid} `) && line.includes(`:${ino} `)).length;
  const before = held();
  expect(before).toBe(process.platform === 'linux' ? 1 : 0);
  openReader(file, { isSnapshot: true, isOpen: true }).close();
  expect(held()).toBe(before);
});

test('a snapshot stays what it was, whatever takes the place of its file', async () => {
  const { folder, file, reader } = opened();
  const snapshot = openReader(file, { isSnapshot: true, isOpen: true });
  onTestFinished(() => snapshot.close());
  expect(snapshot.value(COUNT, [])).toBe(2);
  copyFileSync(file, join(folder, 'kept.db'));
  another(join(folder, 'other.db'));
  renameSync(join(folder, 'other.db'), file);
  const writer = openWriter(file);
  onTestFinished(() => writer.close());
  await wait(A_WHILE);
  expect(snapshot.value(COUNT, [])).toBe(2);
  expect(reader.value(COUNT, [])).toBe(0);
});
