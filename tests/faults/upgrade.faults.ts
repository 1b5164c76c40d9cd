import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkContent } from '../../src/dataset/content.ts';
import { importDataset } from '../../src/dataset/import.ts';
import { SHIPPED_DATASET } from '../../src/dataset/shipped.ts';
import { openGraph } from '../../src/graph.ts';
import { diagnose } from '../../src/store/doctor.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openWriter } from '../../src/store/open.ts';
import { checkSearch } from '../../src/store/search.ts';
import { scratchFolder } from '../store/scratch.ts';
import { SETTINGS, TODAY } from '../support/app.ts';
import { look, shippedDatabase } from '../support/database-files.ts';
import { contentOf, makeReleased, released } from '../support/released.ts';

let shipped: ReturnType<typeof shippedDatabase>;
beforeAll(() => {
  shipped = shippedDatabase();
});
afterAll(() => shipped.remove());

const wrongIn = (file: string, further = {}) =>
  diagnose(file, { version: '', further }).filter(({ verdict }) => verdict === 'WRONG');

const countsOf = (file: string) =>
  Object.fromEntries(Object.entries(contentOf(file)).map(([table, rows]) => [table, rows.length]));

async function answerOf(file: string) {
  const graph = openGraph({ ...SETTINGS, databasePath: file, now: () => TODAY });
  const { data, errors } = await graph.query({
    query: '{ editions(where: { search: "合肥" }) { totalCount } service { counts { editions } } }',
  });
  await graph.close();
  expect(errors).toBeUndefined();
  return JSON.parse(JSON.stringify(data));
}

test.each(released.map((_tag, index) => [index + 1, released[index]] as const))(
  'a database of %i migrations (up to %s) that holds data comes to this version with all of it, and goes on',
  async (count) => {
    const folder = scratchFolder();
    const file = join(folder, 'expo.db');
    const today = shipped.copyTo(join(folder, 'today.db'));
    makeReleased(count, today, file);
    const before = contentOf(file);
    // Nothing is shown by an upgrade of nothing.
    expect(before.editions?.length).toBeGreaterThan(90);
    expect(before.appearances?.length).toBe(countsOf(today).appearances);
    expect(before.localized_texts?.length).toBeGreaterThan(1_300);
    copyFileSync(file, join(folder, 'before.db'));

    expect(migrate(file)).toEqual({
      applied: released.slice(count),
      backup: count < released.length ? `${file}.before-${released[count]}.bak` : null,
    });
    expect(contentOf(file, before)).toEqual(before);
    expect(look(file, 'PRAGMA integrity_check')).toBe('ok');
    expect(look(file, 'SELECT count(*) FROM pragma_foreign_key_check')).toBe(0);
    expect(() => checkSearch(file, { thorough: true })).not.toThrow();
    if (count < released.length) expect(contentOf(`${file}.before-${released[count]}.bak`)).toEqual(before);

    const writer = openWriter(file);
    importDataset(SHIPPED_DATASET, writer, { now: () => TODAY });
    writer.close();
    expect(countsOf(file)).toEqual({ ...countsOf(today), changes: expect.any(Number) });
    expect(look(file, 'SELECT version FROM dataset')).toBe(look(today, 'SELECT version FROM dataset'));
    expect(wrongIn(file, { content: checkContent })).toEqual([]);
    expect(await answerOf(file)).toEqual(await answerOf(today));
  },
);
