import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importDataset } from '../../src/dataset/import.ts';
import { openWriter } from '../../src/store/open.ts';
import type { TestApp } from './app.ts';

/** Fifty years behind and thirty ahead of the tests' day, so that lists have pages; and one that runs on it. */
const held = Array.from({ length: 50 }, (_, index) => 1976 + index);
const planned = Array.from({ length: 30 }, (_, index) => 2027 + index);

const dated = (year: number) => ({ startDate: `${year}-03-10`, endDate: `${year}-03-12` });
const cited = { citations: ['fair-report'] };

/** A made-up fair in Lyon, the same data each time; its 2026 edition runs on the day of the tests. */
export function fair({ name = 'Fair of <b>Fairs</b> & "More"' } = {}) {
  const edition = (year: number, more: object) => ({
    ...{ slug: `fair-of-fairs-${year}`, year, name: { en: `Fair of Fairs ${year}` }, city: 'lyon', ...cited },
    ...more,
  });
  return {
    sources: [{ slug: 'fair-report', kind: 'NEWSPAPER', title: 'A report' }],
    places: [
      { slug: 'france', kind: 'COUNTRY', name: { en: 'France' }, country: 'FR' },
      { slug: 'lyon', kind: 'CITY', name: { en: 'Lyon' }, parent: 'france', country: 'FR', timeZone: 'Europe/Paris' },
    ],
    conventions: [
      {
        ...{ slug: 'fair-of-fairs', name: { en: name }, acronym: 'FoF', ...cited },
        editions: [
          ...held.map((year) => edition(year, dated(year))),
          edition(2026, { startDate: '2026-11-22', endDate: '2026-11-24' }),
          ...planned.map((year) => edition(year, year === 2056 ? {} : dated(year))),
          edition(2060, { ...dated(2060), eventStatus: 'CANCELLED' }),
          edition(2061, { eventStatus: 'POSTPONED' }),
        ],
      },
    ],
  };
}

/** Imports more data into the database of an app, as another process would. */
export function importInto(app: TestApp, data: object, now: Date): void {
  const file = join(app.folder, 'more.json');
  writeFileSync(file, JSON.stringify(data));
  const writer = openWriter(join(app.folder, 'expograph.db'));
  try {
    importDataset(file, writer, { now: () => now });
  } finally {
    writer.close();
    rmSync(file);
  }
}
