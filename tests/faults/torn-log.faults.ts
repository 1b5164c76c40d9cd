import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkContent } from '../../src/dataset/content.ts';
import { importDataset } from '../../src/dataset/import.ts';
import { diagnose } from '../../src/store/doctor.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openWriter } from '../../src/store/open.ts';
import { scratchFolder } from '../store/scratch.ts';
import { chance } from '../support/chance.ts';
import { tellingTurns, turnOf } from '../support/turns.ts';

const TURNS = 8;
const OFFSETS = 25;
const LOG_HEADER = 32;
const FRAME_HEADER = 24;

/** Of each write in a log: where its last frame ends. */
function endsOfWrites(log: Buffer): number[] {
  const frame = FRAME_HEADER + log.readUInt32BE(8);
  const ends = [];
  for (let at = LOG_HEADER; at + frame <= log.length; at += frame) {
    const isOfThisLog = log.compare(log, 16, 24, at + 8, at + 16) === 0;
    // The last frame of a write says how many pages the database has then.
    if (isOfThisLog && log.readUInt32BE(at + 4) > 0) ends.push(at + frame);
  }
  return ends;
}

/** A database whose imports are all in its log, as a machine that lost its power leaves it; where there are others open or not. */
function written() {
  const folder = scratchFolder();
  const file = join(folder, 'expo.db');
  migrate(file);
  const writer = openWriter(file);
  writer.rows('PRAGMA wal_autocheckpoint = 0', []);
  for (let turn = 1; turn <= TURNS; turn += 1) {
    writeFileSync(`${file}.json`, tellingTurns().replaceAll('Turn 0', `Turn ${turn}`));
    importDataset(`${file}.json`, writer, { now: () => new Date() });
  }
  const left = join(folder, 'left.db');
  for (const end of ['', '-wal', '-shm']) copyFileSync(file + end, left + end);
  writer.close();
  return { folder, left };
}

test.each(['cut short', 'flipped'] as const)(
  `a log that is %s at ${OFFSETS} random offsets opens with the writes that are whole in it, and no others`,
  (how) => {
    const below = chance(`a log that is ${how}`);
    const { folder, left } = written();
    const log = readFileSync(`${left}-wal`);
    const ends = endsOfWrites(log);
    expect(ends.length).toBe(TURNS);
    const seen = new Set<number>();
    for (let round = 0; round < OFFSETS; round += 1) {
      const file = join(folder, `${how}-${round}.db`);
      const offset = below(log.length);
      const torn = how === 'cut short' ? log.subarray(0, offset) : Buffer.from(log);
      // From one bit to more than a page of them.
      const length = how === 'cut short' ? 0 : Math.min(1 + below(2 ** (1 + below(13))), log.length - offset);
      for (let at = offset; at < offset + length; at += 1) torn[at] = (torn[at] ?? 0) ^ (1 << below(8));
      copyFileSync(left, file);
      writeFileSync(`${file}-wal`, torn);
      // What SQLite keeps in memory may have reached the disk, or not.
      if (round % 2 === 0) copyFileSync(`${left}-shm`, `${file}-shm`);

      const expected = ends.filter((end) => end <= offset).length;
      seen.add(expected);
      expect([offset, turnOf(file)]).toEqual([offset, expected]);
      const findings = diagnose(file, { version: '', further: { content: checkContent } });
      expect(findings.filter(({ verdict }) => verdict === 'WRONG')).toEqual([]);
      const writer = openWriter(file);
      writeFileSync(`${file}.json`, tellingTurns().replaceAll('Turn 0', `Turn ${expected + 1}`));
      importDataset(`${file}.json`, writer, { now: () => new Date() });
      writer.close();
      expect(turnOf(file)).toBe(expected + 1);
    }
    console.log(
      `A log of ${log.length} bytes and ${TURNS} writes, ${how}, kept ${[...seen].sort().join(', ')} of them.`,
    );
    expect(seen.size).toBeGreaterThan(4);
  },
);
