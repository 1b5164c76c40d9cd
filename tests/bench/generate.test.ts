import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { generateDataset } from '../../bench/generate.ts';
import { importDataset } from '../../src/dataset/import.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openWriter } from '../../src/store/open.ts';

const folder = mkdtempSync(join(tmpdir(), 'expograph-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a generated dataset imports without a problem, with all that it should have', () => {
  const [data, database] = [join(folder, 'data.jsonl'), join(folder, 'generated.db')];
  expect(generateDataset(data, 23, 4)).toBe(3);
  migrate(database);
  const writer = openWriter(database);
  importDataset(data, writer, { now: () => new Date('2026-11-23T12:00:00Z') });
  const counted = writer.rows(
    `SELECT type, count(*) AS records FROM nodes
     WHERE type NOT IN ('Source', 'Place', 'Venue', 'Organization', 'Speaker') GROUP BY type ORDER BY type`,
    [],
  );
  const cumulative = writer.rows(
    `SELECT count(*) AS records FROM signed_project_statistics WHERE scope = 'CUMULATIVE'`,
    [],
  );
  const locales = writer.rows('SELECT DISTINCT locale FROM localized_texts ORDER BY locale', []);
  writer.close();
  expect(Object.fromEntries(counted.map(({ type, records }) => [type, records]))).toEqual({
    Appearance: 92,
    Convention: 3,
    Edition: 23,
    EditionNote: 23,
    ExhibitionArea: 69,
    Figure: 69,
    Participation: 46,
    Session: 23,
    SignedProjectStatistic: 69,
    Theme: 46,
  });
  expect(cumulative).toEqual([{ records: 20 }]);
  expect(locales).toEqual([{ locale: 'en' }, { locale: 'zh-Hans' }]);
});

test('the same seed gives the same bytes, and another seed gives others', () => {
  const bytes = (seed: number) => {
    const path = join(folder, `${seed}.jsonl`);
    generateDataset(path, 10, seed);
    return readFileSync(path, 'utf8');
  };
  expect(bytes(7)).toBe(bytes(7));
  expect(bytes(7)).not.toBe(bytes(8));
});
