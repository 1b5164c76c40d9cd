import { join } from 'node:path';
import { expect, test } from 'vitest';
import { migrate } from '../../src/store/migrate.ts';
import { openWriter, type SqlValue, type Writer } from '../../src/store/open.ts';
import { scratchFolder, scratchMigrations } from './scratch.ts';

const NODE = "INSERT INTO nodes (id, type, document, checksum, updated_at) VALUES (?, ?, 'tests', 1, '2026-11-23')";
const APPEARANCE =
  "INSERT INTO appearances (id, edition_id, speaker_id, kind, sort_name, chronology) VALUES (?, ?, ?, 'SPEECH', '', '')";

/** A convention with two editions, two people, and three appearances of the first of them: two at one edition. */
function fill(writer: Writer): void {
  const add = (type: string, id: string, sql: string, ...params: SqlValue[]) => [
    { sql: NODE, params: [id, type] },
    { sql, params: [id, ...params] },
  ];
  const speaker = 'INSERT INTO speakers (id, slug, sort_name) VALUES (?, ?, ?)';
  const edition =
    "INSERT INTO editions (id, slug, convention_id, ordinal_is_stated, year) VALUES (?, ?, 'fair', 0, 2021)";
  writer.run([
    ...add(
      'Convention',
      'fair',
      "INSERT INTO conventions (id, slug, same_as, industries) VALUES (?, 'fair', '[]', '[]')",
    ),
    ...add('Edition', 'first', edition, 'first'),
    ...add('Edition', 'second', edition, 'second'),
    // An appearance may come before its speaker: references are checked at the end.
    ...add('Appearance', 'a', APPEARANCE, 'first', 'zoe'),
    ...add('Speaker', 'zoe', speaker, 'zoe', 'zoe'),
    ...add('Speaker', 'adam', speaker, 'adam', 'adam'),
    ...add('Appearance', 'b', APPEARANCE, 'first', 'zoe'),
    ...add('Appearance', 'c', APPEARANCE, 'second', 'zoe'),
  ]);
}

/** By speaker: how many appearances, and at how many editions. */
function counts(writer: Writer) {
  const rows = writer.rows('SELECT id, appearance_count, edition_count FROM speakers', []);
  return Object.fromEntries(rows.map((row) => [row.id, [row.appearance_count, row.edition_count]]));
}

test('appearances are counted as they come, move and go', () => {
  const file = join(scratchFolder(), 'expo.db');
  migrate(file);
  const writer = openWriter(file);
  fill(writer);
  expect(counts(writer)).toEqual({ zoe: [3, 2], adam: [0, 0] });
  writer.run([{ sql: "UPDATE appearances SET edition_id = 'second' WHERE id = 'b'", params: [] }]);
  expect(counts(writer)).toEqual({ zoe: [3, 2], adam: [0, 0] });
  writer.run([{ sql: "UPDATE appearances SET speaker_id = 'adam' WHERE id = 'a'", params: [] }]);
  expect(counts(writer)).toEqual({ zoe: [2, 1], adam: [1, 1] });
  writer.run([{ sql: "DELETE FROM appearances WHERE id = 'b'", params: [] }]);
  expect(counts(writer)).toEqual({ zoe: [1, 1], adam: [1, 1] });
  writer.run([{ sql: "DELETE FROM nodes WHERE id = 'c'", params: [] }]);
  expect(counts(writer)).toEqual({ zoe: [0, 0], adam: [1, 1] });
  writer.close();
});

test('appearances of a database from before they were counted are', () => {
  const file = join(scratchFolder(), 'expo.db');
  const old = scratchMigrations();
  old.removeFrom('0001_search_texts');
  migrate(file, { folder: old.folder });
  const filling = openWriter(file);
  fill(filling);
  filling.close();
  migrate(file);
  const writer = openWriter(file);
  expect(counts(writer)).toEqual({ zoe: [3, 2], adam: [0, 0] });
  writer.close();
});
