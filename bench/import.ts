import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { generateDataset } from './generate.ts';
import { type Figure, median, runScript } from './run.ts';

/** The two sides take turns, so that whatever else the machine does falls on both. */
const ROUNDS = 2;

const SEED = 4;

/**
 * Measures the import of a generated dataset beside a hand-written loop that inserts the same rows.
 * @param folder where files may be made
 * @param editions how many there are to import
 */
export async function measureImport(folder: string, editions: number): Promise<Figure[]> {
  const data = join(folder, 'dataset.jsonl');
  const imported = join(folder, 'imported.db');
  const inserted = join(folder, 'inserted.db');
  generateDataset(data, editions, SEED);
  const imports: number[] = [];
  const inserts: number[] = [];
  const peaks: number[] = [];
  let rows = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const file of [imported, inserted])
      for (const ending of ['', '-wal', '-shm']) rmSync(file + ending, { force: true });
    const ours = await runScript('import-run', ['import', data, imported]);
    const theirs = await runScript('import-run', ['insert', imported, inserted]);
    for (const kind of ['rows', 'triggered'])
      if (ours[kind] !== theirs[kind])
        throw new Error(`Of ${kind}, ${ours[kind]} were imported, but ${theirs[kind]} inserted.`);
    imports.push(rate(ours));
    inserts.push(rate(theirs));
    peaks.push(ours.peak ?? Number.NaN);
    rows = ours.rows ?? Number.NaN;
  }
  return [
    { name: `import of ${editions} editions: rows`, value: rows, unit: '', bar: undefined },
    { name: 'rows per second of the import', value: median(imports), unit: '', bar: undefined },
    { name: 'rows per second of a hand-written loop', value: median(inserts), unit: '', bar: undefined },
    { name: 'import / hand-written loop', value: median(imports) / median(inserts), unit: '', bar: { atLeast: 0.35 } },
    { name: 'peak memory of the import', value: Math.max(...peaks), unit: 'MB', bar: { atMost: 400 } },
  ];
}

const rate = ({ rows = Number.NaN, seconds = Number.NaN }: Record<string, number>) => rows / seconds;
