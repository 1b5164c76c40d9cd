import { mkdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scratchFolder } from '../store/scratch.ts';
import { chance } from '../support/chance.ts';
import { expograph, type Served, serve } from '../support/command-line.ts';
import { shippedDatabase, tamper } from '../support/database-files.ts';
import { makeReleased } from '../support/released.ts';

let shipped: ReturnType<typeof shippedDatabase>;
beforeAll(() => {
  shipped = shippedDatabase();
});
afterAll(() => shipped.remove());

const PAGE = 4096;

function database() {
  const folder = scratchFolder();
  const file = shipped.copyTo(join(folder, 'expo.db'));
  return { folder, file, place: { folder, environment: { PATH: process.env.PATH ?? '', DATABASE_PATH: file } } };
}

function foreign(file: string): void {
  rmSync(file, { force: true });
  const theirs = new Database(file);
  theirs.exec("CREATE TABLE dataset (id TEXT); INSERT INTO dataset VALUES ('theirs')");
  theirs.close();
}

/** Overwrites pages with noise. */
function damage(file: string, pages: readonly number[]): void {
  const bytes = readFileSync(file);
  for (const page of pages) bytes.fill(0xa5, page * PAGE, (page + 1) * PAGE);
  writeFileSync(file, bytes);
}

const everyPage = (file: string) => Array.from({ length: readFileSync(file).length / PAGE }, (_, page) => page);

describe('a start of the service', () => {
  test.each<[string, (file: string) => void, RegExp]>([
    [
      'a text',
      (file) => writeFileSync(file, 'slug,name\n'.repeat(1_000)),
      /is not a database; nothing in it was changed/,
    ],
    ['noise', (file) => damage(file, everyPage(file)), /is not a database; nothing in it was changed/],
    ['a file cut short', (file) => truncateSync(file, 100 * PAGE), /is damaged or cut short/],
    ['a header alone', (file) => truncateSync(file, 60), /is damaged or cut short/],
    [
      'a damaged schema',
      (file) => damage(file, [1, 2, 3, 4, 5, 6, 7, 8]),
      /is damaged or cut short|is not as it was made/,
    ],
    ['the database of another application', foreign, /is the database of another application/],
    [
      'a folder',
      (file) => {
        rmSync(file);
        mkdirSync(file);
      },
      /is a folder\. Set DATABASE_PATH to a file in it/,
    ],
    [
      'a database of a later version',
      (file) => tamper(file, "INSERT INTO __drizzle_migrations (hash) VALUES ('later')"),
      /is newer than this version of Expograph/,
    ],
    [
      'a database that went another way',
      (file) => tamper(file, "UPDATE __drizzle_migrations SET hash = 'edited' WHERE rowid = 3"),
      /cannot be migrated, because migration .* was edited/,
    ],
    [
      'a database that cannot be searched',
      (file) =>
        tamper(
          file,
          'DELETE FROM search_texts WHERE id = (SELECT max(id) FROM search_texts)',
          'DROP TRIGGER search_index_added',
        ),
      /cannot be searched, because .*Run "expograph search rebuild"/,
    ],
  ])('that meets %s says so in one line, exits with 3 and changes nothing', async (what, make, said) => {
    const { file, place } = database();
    make(file);
    const before = what === 'a folder' ? undefined : readFileSync(file);
    const ended = await expograph(place, ['serve']);
    expect(ended).toEqual({ code: 3, out: '', said: expect.stringMatching(/^[^\n]+\n$/) });
    expect(ended.said).toMatch(said);
    expect(ended.said).toContain(file);
    if (before) expect(readFileSync(file).equals(before)).toBe(true);
  });
});

describe('while it serves', () => {
  /** All kinds of reads: what the graph answers, pages, feeds, an export. */
  const questions = [
    '{ editions(first: 20) { nodes { slug name city { name } themes { text } } } }',
    '{ speakers(first: 50) { nodes { slug name } } sources(first: 100) { nodes { slug title publisher } } }',
    '{ editions(where: { search: "合肥" }) { totalCount } signedProjectStatistics(first: 100) { nodes { id } } }',
  ];
  let asked = 0;

  /** Asks everything once, anew. @returns the status of each and what was said */
  async function askAll({ url }: Served) {
    asked += 1;
    const paths = [
      // A comment, so that no answer is one that was kept.
      ...questions.map((query) => `/graphql?query=${encodeURIComponent(`${query} # ${asked}`)}`),
      ...['/', '/conventions/world-manufacturing-convention', '/data/export.jsonl', '/feed.atom', '/sitemap.xml'],
    ];
    const answers = [];
    for (const path of paths) {
      try {
        const reply = await fetch(url + path);
        answers.push({ status: reply.status, text: await reply.text() });
      } catch (error) {
        // An export that had begun can only be broken off.
        answers.push({ status: 0, text: String(error) });
      }
    }
    return answers;
  }

  const ready = async ({ url }: Served) => (await fetch(`${url}/readyz`)).status;

  /** GraphQL over HTTP tells most errors with a status of 200. */
  const isError = (status: number, text: string) => status >= 500 || text.startsWith('{"errors":');

  /** Nothing of the machine or of the store is told to strangers. */
  function expectMasked(answers: { status: number; text: string }[], file: string) {
    for (const { status, text } of answers) {
      expect(text).not.toContain(file);
      expect(text).not.toMatch(/SQLITE_|SqliteError|StoreError|SELECT |at .*\.js:\d/);
      if (isError(status, text))
        for (const { message } of JSON.parse(text).errors) expect(message).toBe('Internal error');
    }
  }

  test.each<[string, (file: string, spare: string) => void]>([
    ['removed', (file) => rmSync(file)],
    ['renamed', (file) => renameSync(file, `${file}.away`)],
    ['replaced by a text', (file) => writeFileSync(file, 'slug,name\n'.repeat(1_000))],
    [
      'replaced by the database of another application',
      (file, spare) => {
        foreign(spare);
        renameSync(spare, file);
      },
    ],
    [
      'replaced by an older one of ours',
      (file, spare) => {
        makeReleased(4, shipped.copyTo(`${spare}.today`), spare);
        renameSync(spare, file);
      },
    ],
    ['cut short', (file) => truncateSync(file, 30 * PAGE)],
    ['emptied', (file) => truncateSync(file, 0)],
    ['overwritten with noise', (file) => damage(file, everyPage(file))],
  ])(
    'a file that is %s is told by /readyz, and no more than that to who asks; a good file is served again',
    async (_what, change) => {
      const { folder, file, place } = database();
      const served = await serve(place);
      const before = await askAll(served);
      expect(before.map(({ status }) => status)).toEqual(before.map(() => 200));
      expect(await ready(served)).toBe(200);

      change(file, join(folder, 'spare.db'));
      expectMasked(await askAll(served), file);
      await wait(1_100);
      const answers = await askAll(served);
      expectMasked(answers, file);
      expect(await ready(served)).toBe(503);
      expect(await (await fetch(`${served.url}/readyz`)).text()).not.toContain(folder);
      expect((await fetch(`${served.url}/livez`)).status).toBe(200);
      expect(served.child.exitCode).toBe(null);

      shipped.copyTo(join(folder, 'good.db'));
      renameSync(join(folder, 'good.db'), file);
      await wait(1_100);
      expect(await ready(served)).toBe(200);
      expect((await askAll(served)).map(({ status, text }) => [status, text.length])).toEqual(
        before.map(({ status }) => [status, expect.any(Number)]),
      );
      served.child.kill('SIGTERM');
      expect(await served.ended).toBe(0);
    },
  );

  test('a service that ended over a damaged file starts again once a backup is restored', async () => {
    const { folder, file, place } = database();
    const backup = shipped.copyTo(join(folder, 'backup.db'));
    const served = await serve(place);
    truncateSync(file, 30 * PAGE);
    served.child.kill('SIGTERM');
    expect(await served.ended).toBe(0);
    expect(await expograph(place, ['serve'])).toMatchObject({ code: 3 });
    expect(await expograph(place, ['restore', backup])).toMatchObject({ code: 0 });
    const again = await serve(place);
    const answers = await askAll(again);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  });

  test('pages that are damaged at random give right answers or masked errors, and never end the process', async () => {
    const below = chance('damaged pages');
    const { file, place } = database();
    const whole = readFileSync(file);
    const served = await serve(place);
    const right = new Map((await askAll(served)).map(({ text }, index) => [index, text]));
    const seen = { right: 0, masked: 0, 'broken off': 0 };
    for (let round = 0; round < 6; round += 1) {
      damage(
        file,
        Array.from({ length: 1 + below(200) }, () => 1 + below(whole.length / PAGE - 1)),
      );
      const answers = await askAll(served);
      expectMasked(answers, file);
      for (const [index, { status, text }] of answers.entries()) {
        if (status === 0) seen['broken off'] += 1;
        else if (isError(status, text)) seen.masked += 1;
        else {
          expect([index, text]).toEqual([index, right.get(index)]);
          seen.right += 1;
        }
      }
      expect(served.child.exitCode).toBe(null);
      const good = `${file}.good`;
      writeFileSync(good, whole);
      renameSync(good, file);
      await wait(1_050);
    }
    expect(await ready(served)).toBe(200);
    console.log(`Answers while pages were damaged: ${JSON.stringify(seen)}`);
    expect(seen.masked).toBeGreaterThan(0);
  });
});
