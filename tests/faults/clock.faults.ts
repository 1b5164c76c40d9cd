import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { checkContent } from '../../src/dataset/content.ts';
import { importDataset } from '../../src/dataset/import.ts';
import { backup } from '../../src/store/backup.ts';
import { diagnose } from '../../src/store/doctor.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openWriter } from '../../src/store/open.ts';
import { restore } from '../../src/store/restore.ts';
import { scratchFolder, scratchMigrations } from '../store/scratch.ts';
import { SETTINGS } from '../support/app.ts';
import { look } from '../support/database-files.ts';
import { tellingTurns, turnOf } from '../support/turns.ts';

/** Imports turns of a made-up fair, each at a moment of a clock that jumps. */
function importAt(file: string, turn: number, time: string): void {
  const text = tellingTurns().replaceAll('Turn 0', `Turn ${turn}`);
  writeFileSync(`${file}.json`, text);
  const writer = openWriter(file);
  importDataset(`${file}.json`, writer, { now: () => new Date(time) });
  writer.close();
}

const stamps = (file: string) => [
  look(file, 'SELECT updated_at FROM dataset'),
  look(file, 'SELECT max(updated_at) FROM nodes'),
  look(file, 'SELECT max(at) FROM changes'),
];

test('imports on a clock that is put back keep their order, and each is logged', () => {
  const file = join(scratchFolder(), 'expo.db');
  migrate(file);
  importAt(file, 1, '2026-11-23T12:00:00.000Z');
  expect(stamps(file)).toEqual(Array(3).fill('2026-11-23T12:00:00.000Z'));
  // An hour back, as summer time by mistake; then years, as a machine without a battery.
  importAt(file, 2, '2026-11-23T11:00:00.000Z');
  expect(stamps(file)).toEqual(Array(3).fill('2026-11-23T12:00:00.001Z'));
  importAt(file, 3, '1970-01-01T00:00:00.000Z');
  expect(stamps(file)).toEqual(Array(3).fill('2026-11-23T12:00:00.002Z'));
  // What was there before comes again: of the same version, at another time.
  importAt(file, 2, '1970-01-01T00:00:00.000Z');
  expect(stamps(file)).toEqual(Array(3).fill('2026-11-23T12:00:00.003Z'));
  const perImport = Number(look(file, 'SELECT count(*) FROM changes WHERE at = (SELECT min(at) FROM changes)'));
  expect(look(file, 'SELECT count(DISTINCT at) FROM changes')).toBe(4);
  expect(look(file, 'SELECT count(*) FROM changes')).toBe(4 * perImport - 3);
  // Set right again, it goes on from there.
  importAt(file, 4, '2026-11-24T12:00:00.000Z');
  expect(stamps(file)).toEqual(Array(3).fill('2026-11-24T12:00:00.000Z'));
  // Nothing that changed, nothing to stamp.
  importAt(file, 4, '2026-11-25T12:00:00.000Z');
  importAt(file, 4, '2026-11-20T12:00:00.000Z');
  expect(stamps(file)).toEqual(Array(3).fill('2026-11-24T12:00:00.000Z'));
  expect(
    diagnose(file, { version: '', further: { content: checkContent } }).filter(({ verdict }) => verdict === 'WRONG'),
  ).toEqual([]);
});

test('backups, migrations and restores on a clock that stands still or is put back replace no copy', () => {
  const folder = scratchFolder();
  const file = join(folder, 'expo.db');
  migrate(file);
  for (const [turn, time] of [
    [1, '2026-11-23T12:00:00Z'],
    [2, '2026-11-23T12:00:00Z'],
  ] as const)
    importAt(file, turn, time);
  const now = () => new Date('2026-11-23T12:00:00.000Z');
  const first = backup(file, folder, { now });
  importAt(file, 3, '2026-11-22T12:00:00Z');
  expect(() => backup(file, folder, { now })).toThrow('exists already');
  const earlier = backup(file, folder, { now: () => new Date('2026-11-22T12:00:00.000Z') });
  expect([turnOf(first.path), turnOf(earlier.path)]).toEqual([2, 3]);
  const replaced = [first.path, earlier.path, first.path].map((path) => restore(file, path, { now }).replaced);
  expect(new Set(replaced).size).toBe(3);
  expect(replaced.map((path) => turnOf(String(path)))).toEqual([3, 2, 3]);
  const copies = ['0012_one', '0013_two'].map((tag, index) => {
    const migrations = scratchMigrations();
    for (const [more, name] of ['0012_one', '0013_two'].slice(0, index + 1).entries())
      migrations.add(name, `CREATE TABLE more_${more} (id TEXT) STRICT;`);
    return [tag, migrate(file, { folder: migrations.folder, now }).backup];
  });
  expect(copies).toEqual([
    ['0012_one', `${file}.before-0012_one.bak`],
    ['0013_two', `${file}.before-0013_two.bak`],
  ]);
});

test('what is today follows the clock of the service, in both directions', async () => {
  const folder = scratchFolder();
  const databasePath = join(folder, 'expo.db');
  migrate(databasePath);
  const days = { startDate: '2026-11-22', endDate: '2026-11-24' };
  writeFileSync(
    `${databasePath}.json`,
    JSON.stringify({
      sources: [{ slug: 'report', kind: 'NEWSPAPER', title: 'A report' }],
      conventions: [
        {
          ...{ slug: 'fair', name: 'Fair', citations: ['report'] },
          editions: [{ slug: 'fair-2026', year: 2026, name: 'Fair 2026', ...days, citations: ['report'] }],
        },
      ],
    }),
  );
  const writer = openWriter(databasePath);
  importDataset(`${databasePath}.json`, writer, { now: () => new Date('2026-11-23T12:00:00Z') });
  writer.close();
  let clock = new Date('2026-11-23T12:00:00Z');
  const app = await createApp({ ...SETTINGS, databasePath, now: () => clock });
  onTestFinished(() => app.close());
  const url = `/graphql?query=${encodeURIComponent('{ edition(slug: "fair-2026") { status } }')}`;
  const said = [];
  for (const time of [
    '2026-11-23',
    '2026-11-20',
    '2026-11-26',
    '2026-11-23',
    '1971-01-01',
    '2099-01-01',
    '2026-11-20',
  ]) {
    clock = new Date(`${time}T12:00:00Z`);
    // For a millisecond the service does not look again.
    await wait(5);
    const reply = await app.server.inject({ url });
    said.push([time, reply.json().data.edition.status]);
  }
  expect(said).toEqual([
    ['2026-11-23', 'RUNNING'],
    ['2026-11-20', 'UPCOMING'],
    ['2026-11-26', 'HELD'],
    ['2026-11-23', 'RUNNING'],
    ['1971-01-01', 'UPCOMING'],
    ['2099-01-01', 'HELD'],
    ['2026-11-20', 'UPCOMING'],
  ]);
});
