import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { importDataset, type Verdict } from '../../src/dataset/import.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openWriter } from '../../src/store/open.ts';
import { scratchFolder } from '../store/scratch.ts';
import { DataFiles } from '../support/data-files.ts';
import { dataFolder, shared } from './world.ts';

/** Imports one dataset after the other into one database, each as all there is. */
function importEach(...texts: string[]): Verdict[][] {
  const file = join(scratchFolder(), 'expo.db');
  migrate(file);
  const writer = openWriter(file);
  try {
    return texts.map((text) => {
      const { folder } = dataFolder({ 'a.yaml': text });
      const verdicts: Verdict[] = [];
      importDataset(folder, writer, {
        now: () => new Date(),
        prune: true,
        onVerdict: (verdict) => verdicts.push(verdict),
      });
      return verdicts;
    });
  } finally {
    writer.close();
  }
}

/** What was updated, and by which keys. */
const updated = (verdicts: readonly Verdict[] = []) =>
  verdicts
    .filter(({ verdict }) => verdict === 'updated')
    .map(({ type, path, changed = [] }) => `${type} ${path}: ${changed.join(', ')}`);

const fair = `${shared}conventions:
  - slug: fair
    name: Fair
    editions:
      - slug: fair-2021
        year: 2021
        name: Fair 2021
        citations: [paper]
        themes: [{ key: main, text: Steel, citations: [paper] }]
        figures:
          - { key: guests, metric: GUESTS, value: 800, unit: PEOPLE, status: FINAL, citations: [paper] }
          - { key: visitors, metric: VISITORS, value: 9000, unit: PEOPLE, status: FINAL, citations: [paper] }
`;
const second = '      - { slug: fair-2022, year: 2022, name: Fair 2022, citations: [paper] }\n';

test('an edition that goes, also the last, is a change of the editions of its convention', () => {
  const none = `${fair.slice(0, fair.indexOf('    editions:'))}    editions: []\n`;
  const [, without, empty] = importEach(fair + second, fair, none);
  expect(updated(without)).toEqual(['Convention fair: editions']);
  expect(updated(empty)).toEqual(['Convention fair: editions']);
});

test('an edition goes also where it had further venues', () => {
  const [, without] = importEach(fair + second.replace('citations', 'subVenues: [binhu], citations'), fair);
  expect(without?.filter(({ verdict }) => verdict === 'removed').map(({ path }) => path)).toEqual(['fair-2022']);
});

test('a convention under another slug changes the convention of all that belonged to it', () => {
  const [, renamed] = importEach(fair, fair.replace('slug: fair\n', 'slug: expo\n'));
  expect(updated(renamed)).toEqual([
    'Theme fair-2021/main: convention',
    'Figure fair-2021/guests: convention',
    'Figure fair-2021/visitors: convention',
    'Edition fair-2021: convention, figures, themes',
  ]);
});

test('an edition that goes to another convention is a change of both, whichever comes first', () => {
  const expo = (slug: string, editions: string) =>
    `  - slug: ${slug}\n    name: ${slug}\n    editions:${editions ? `\n${editions}` : ' []\n'}`;
  const data = (a: string, b: string) => `${shared}conventions:\n${expo('a', a)}${expo('b', b)}`;
  const [, there, back] = importEach(data(second, ''), data('', second), data(second, ''));
  for (const verdicts of [there, back])
    expect(updated(verdicts).toSorted()).toEqual([
      'Convention a: editions',
      'Convention b: editions',
      'Edition fair-2022: convention',
    ]);
});

test('the place in a list counts where the order of a list means something, as position', () => {
  const [first = '', last = ''] = fair.split('\n').filter((line) => line.includes('metric'));
  const swapped = fair.replace(first, 'x').replace(last, first).replace(/^x$/m, last);
  const [, verdicts] = importEach(fair, swapped);
  expect(updated(verdicts)).toEqual([
    'Figure fair-2021/visitors: position',
    'Figure fair-2021/guests: position',
    'Edition fair-2021: figures',
    'Convention fair: editions',
  ]);
});

test('whatever changes, each record that is updated tells a key that did', { timeout: 120_000 }, () => {
  let updates = 0;
  fc.assert(
    fc.property(fc.gen(), (g) => {
      const texts = [new DataFiles(g).dataset(), new DataFiles(g).dataset()].map((data) => JSON.stringify(data));
      const renamed = texts.map((text) => text.replaceAll('"convention-0"', '"renamed"'));
      for (const verdict of importEach(...texts, ...renamed).flat()) {
        if (verdict.verdict !== 'updated') continue;
        updates += 1;
        expect(verdict).toMatchObject({ changed: expect.arrayContaining([expect.any(String)]) });
        expect(verdict.changed).not.toContain('checksum');
      }
    }),
    { numRuns: 30, seed: 7, endOnFailure: true },
  );
  expect(updates).toBeGreaterThan(500);
});
