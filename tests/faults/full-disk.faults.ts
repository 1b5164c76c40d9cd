import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { importDataset } from '../../src/dataset/import.ts';
import { SHIPPED_DATASET } from '../../src/dataset/shipped.ts';
import { diagnose } from '../../src/store/doctor.ts';
import { checkSchema } from '../../src/store/migrate.ts';
import { openWriter } from '../../src/store/open.ts';
import { listFiles, scratchFolder, thrownBy } from '../store/scratch.ts';
import { expograph } from '../support/command-line.ts';
import { shippedDatabase } from '../support/database-files.ts';
import { isSkipped, smallDisk, whyNoMount } from '../support/media.ts';
import { WMC } from '../support/one-series.ts';
import { contentOf, digestOf, makeReleased, released } from '../support/released.ts';

const KIBIBYTE = 1024;
const DISK = 16 * KIBIBYTE * KIBIBYTE;
/** So little that each work gives up at another place. */
const ROOM = [0, 48, 128, 900].map((free) => free * KIBIBYTE);

let shipped: ReturnType<typeof shippedDatabase>;
let series: ReturnType<typeof shippedDatabase>;
beforeAll(() => {
  shipped = shippedDatabase();
  series = shippedDatabase(WMC);
});
afterAll(() => {
  shipped.remove();
  series.remove();
});

const wrongIn = (file: string) => diagnose(file, { version: '' }).filter(({ verdict }) => verdict === 'WRONG');

/** The database of one series on a disk of its own, and the command. */
function onSmallDisk() {
  const disk = smallDisk(DISK);
  const file = join(disk.folder, 'expo.db');
  const elsewhere = scratchFolder();
  const run = (...args: string[]) =>
    expograph({ folder: elsewhere, environment: { PATH: process.env.PATH ?? '', DATABASE_PATH: file } }, args);
  return { ...disk, file, elsewhere, run };
}

/** What a work says that did not find room, in one line. */
const fullDisk = {
  code: 3,
  out: '',
  said: expect.stringMatching(/^[^\n]* does not fit: the disk is full\. [^\n]*Make room[^\n]*\n$/),
};

describe.skipIf(isSkipped('a disk that is full', whyNoMount))('a disk that is full', () => {
  test.each(ROOM)('keeps an import out, with %i bytes free, and takes all of it when there is room', async (free) => {
    const { leave, file, run } = onSmallDisk();
    series.copyTo(file);
    const before = digestOf(contentOf(file));
    leave(free);
    expect(await run('import', SHIPPED_DATASET, '--quiet')).toEqual(fullDisk);
    leave(DISK);
    expect(digestOf(contentOf(file))).toBe(before);
    expect(wrongIn(file)).toEqual([]);
    expect(await run('import', SHIPPED_DATASET, '--quiet')).toMatchObject({ code: 0 });
    expect(wrongIn(file)).toEqual([]);
  });

  test.each(ROOM)(
    'keeps a migration out, with %i bytes free, and no copy, and lets it in when there is room',
    async (free) => {
      const { leave, folder, file, elsewhere, run } = onSmallDisk();
      makeReleased(4, shipped.copyTo(join(elsewhere, 'today.db')), file);
      const before = digestOf(contentOf(file));
      leave(free);
      expect(await run('migrate')).toEqual(fullDisk);
      expect(listFiles(folder).filter((name) => /\.(bak|part)/.test(name))).toEqual([]);
      leave(DISK);
      expect(digestOf(contentOf(file))).toBe(before);
      expect(await run('migrate')).toMatchObject({ code: 0 });
      expect(digestOf(contentOf(`${file}.before-${released[4]}.bak`))).toBe(before);
      expect(() => checkSchema(file)).not.toThrow();
      expect(wrongIn(file)).toEqual([]);
    },
  );

  test.each(ROOM)('takes no part of a backup, with %i bytes free, and all of it when there is room', async (free) => {
    const { leave, folder, elsewhere } = onSmallDisk();
    const database = shipped.copyTo(join(elsewhere, 'expo.db'));
    const copy = join(folder, 'copy.db');
    const place = { folder: elsewhere, environment: { PATH: process.env.PATH ?? '', DATABASE_PATH: database } };
    leave(free);
    expect(await expograph(place, ['backup', copy])).toEqual(fullDisk);
    expect(listFiles(folder)).toEqual(['ballast']);
    expect(wrongIn(database)).toEqual([]);
    leave(DISK);
    expect(await expograph(place, ['backup', copy])).toMatchObject({ code: 0 });
    expect(digestOf(contentOf(copy))).toBe(digestOf(contentOf(database)));
  });

  test.each(ROOM)(
    'leaves the database as it was in a restore, with %i bytes free, and takes it when there is room',
    async (free) => {
      const { leave, folder, file, elsewhere, run } = onSmallDisk();
      series.copyTo(file);
      const before = digestOf(contentOf(file));
      const source = shipped.copyTo(join(elsewhere, 'backup.db'));
      leave(free);
      expect(await run('restore', source)).toEqual(fullDisk);
      expect(listFiles(folder).filter((name) => /\.(bak|part)/.test(name))).toEqual([]);
      leave(DISK);
      expect(digestOf(contentOf(file))).toBe(before);
      expect(await run('restore', source)).toMatchObject({ code: 0 });
      expect(digestOf(contentOf(file))).toBe(digestOf(contentOf(source)));
      expect(wrongIn(file)).toEqual([]);
    },
  );

  test('is told by a start of the service, too', async () => {
    const { leave, file, run } = onSmallDisk();
    shipped.copyTo(file);
    leave(0);
    expect(await run('serve')).toEqual(fullDisk);
  });
});

test('a database that may not grow, as on a disk that is full, is as it was before the import', () => {
  const folder = scratchFolder();
  const file = series.copyTo(join(folder, 'expo.db'));
  const before = digestOf(contentOf(file));
  const writer = openWriter(file);
  onTestFinished(() => writer.close());
  const pages = (more: number) => writer.rows(`PRAGMA max_page_count = ${more}`, []);
  pages(Number(writer.rows('PRAGMA page_count', [])[0]?.page_count) + 20);
  const importing = () => importDataset(SHIPPED_DATASET, writer, { now: () => new Date() });
  expect(thrownBy(importing)).toMatchObject({ code: 'DISK_FULL' });
  expect(digestOf(contentOf(file))).toBe(before);
  expect(wrongIn(file)).toEqual([]);
  pages(1_000_000);
  expect(importing().created).toBeGreaterThan(700);
  expect(wrongIn(file)).toEqual([]);
});
