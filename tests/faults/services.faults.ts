import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { checkContent } from '../../src/dataset/content.ts';
import { diagnose } from '../../src/store/doctor.ts';
import { built, scratchFolder } from '../store/scratch.ts';
import { expograph, type Served, serve } from '../support/command-line.ts';
import { look, shippedDatabase } from '../support/database-files.ts';
import { tellingTurns, turnOf } from '../support/turns.ts';

const operations = fileURLToPath(new URL('../../schema/operations', import.meta.url));

const wrongIn = (file: string) =>
  diagnose(file, { version: '', further: { content: checkContent } }).filter(({ verdict }) => verdict === 'WRONG');

function placeOf(folder: string) {
  const file = join(folder, 'expo.db');
  return { file, place: { folder, environment: { PATH: process.env.PATH ?? '', DATABASE_PATH: file } } };
}

async function ask({ url }: Served, query: string, variables = {}) {
  const body = JSON.stringify({ query, variables });
  const reply = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  return reply.json();
}

const COUNTS = '{ service { dataVersion counts { editions sources } } }';

test('eight services that start at once on an empty file serve the same data, which one of them imported', async () => {
  const { file, place } = placeOf(scratchFolder());
  writeFileSync(file, '');
  const services = await Promise.all(Array.from({ length: 8 }, () => serve(place)));
  const answers = await Promise.all(services.map((service) => ask(service, COUNTS)));
  const [first] = answers;
  expect(first).toEqual({
    data: { service: { dataVersion: expect.any(String), counts: { editions: 110, sources: 282 } } },
  });
  expect(answers).toEqual(answers.map(() => first));
  expect(services.filter(({ said }) => said().includes('Imported the shipped dataset'))).toHaveLength(1);
  // Each edition and convention came once.
  expect(
    look(
      file,
      'SELECT count(*) = count(DISTINCT edition_id) + count(DISTINCT convention_id) FILTER (WHERE edition_id IS NULL) FROM changes',
    ),
  ).toBe(1);
  expect(wrongIn(file)).toEqual([]);
  for (const { child } of services) child.kill('SIGTERM');
  expect(await Promise.all(services.map(({ ended }) => ended))).toEqual(services.map(() => 0));
  expect(wrongIn(file)).toEqual([]);
});

/** What the system says of the locks that a service has on its file: who loses them is taken for gone. */
function locksOf({ child }: Served, file: string): string[] {
  if (process.platform !== 'linux') return [];
  const { ino } = statSync(file);
  const lines = readFileSync('/proc/locks', 'utf8').split('\n');
  return lines
    .filter((line) => line.includes(` ${child.pid} `) && line.includes(`:${ino} `))
    .map((line) => line.replace(/^\d+: /, ''));
}

test('what another process imports is served at once, also after the service read all of it out', async () => {
  const { file, place } = placeOf(scratchFolder());
  const served = await serve(place);
  writeFileSync(`${file}.json`, tellingTurns());
  const turns = async () =>
    (await ask(served, '{ convention(slug: "fair") { editions { nodes { themes { text } } } } }')).data;
  expect(await turns()).toEqual({ convention: null });
  for (let turn = 1; turn <= 3; turn += 1) {
    // It opens the file besides, and closes it again.
    const held = locksOf(served, file);
    expect((await (await fetch(`${served.url}/data/export.jsonl`)).text()).length).toBeGreaterThan(100_000);
    expect(locksOf(served, file)).toEqual(held);
    expect(held.length).toBe(process.platform === 'linux' ? 1 : 0);
    const input = tellingTurns().replaceAll('Turn 0', `Turn ${turn}`);
    expect(await expograph(place, ['import', '-', '--quiet'], { input })).toMatchObject({ code: 0 });
    const { convention } = await turns();
    const said = convention.editions.nodes.map(({ themes: [theme] }: { themes: { text: string }[] }) => theme?.text);
    expect(said).toEqual(said.map(() => `Turn ${turn}`));
    expect(said.length).toBeGreaterThan(10);
  }
});

/** Imports turn after turn in a process of its own. */
function keepImporting(file: string) {
  const script = `
    import { writeFileSync } from 'node:fs';
    import { importDataset } from '${built('dataset/import.js')}';
    import { openWriter } from '${built('store/open.js')}';
    const [file, text] = process.argv.slice(1);
    const writer = openWriter(file);
    for (let turn = 1; ; turn++) {
      writeFileSync(file + '.json', text.replaceAll('Turn 0', 'Turn ' + turn));
      importDataset(file + '.json', writer, { now: () => new Date() });
      if (turn === 2) console.log('ready');
    }`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, file, tellingTurns()], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  return new Promise<{ stop(): Promise<unknown> }>((resolve, reject) => {
    child.stdout.once('data', () =>
      resolve({
        stop: () => {
          child.kill('SIGKILL');
          return ended;
        },
      }),
    );
    ended.then((code) => reject(new Error(`ended with ${code}`)));
  });
}

test('a drill: a backup made while another process imports is restored elsewhere, served, and answers', async () => {
  const shipped = shippedDatabase();
  const { file, place } = placeOf(scratchFolder());
  shipped.copyTo(file);
  shipped.remove();
  const { stop } = await keepImporting(file);
  const other = placeOf(scratchFolder());
  const copy = join(other.place.folder, 'copy.db');
  const before = turnOf(file);
  expect(await expograph(place, ['backup', copy])).toMatchObject({ code: 0 });
  const after = turnOf(file);
  await stop();
  // The source goes, as in the case that a drill is for.
  for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });

  expect(await expograph(other.place, ['restore', copy])).toMatchObject({ code: 0 });
  const turn = turnOf(other.file);
  expect(turn).toBeGreaterThanOrEqual(before);
  expect(turn).toBeLessThanOrEqual(after);
  expect(look(other.file, 'PRAGMA integrity_check')).toBe('ok');
  expect(look(other.file, 'SELECT count(*) FROM pragma_foreign_key_check')).toBe(0);
  expect(wrongIn(other.file)).toEqual([]);

  const served = await serve(other.place);
  const records = look(other.file, 'SELECT count(*) FROM editions');
  expect(await ask(served, COUNTS)).toMatchObject({ data: { service: { counts: { editions: records } } } });
  const asked = readdirSync(operations).filter((name) => name.endsWith('.graphql'));
  expect(asked.length).toBeGreaterThan(40);
  for (const name of asked) {
    const variables = readdirSync(operations).includes(name.replace('.graphql', '.json'))
      ? JSON.parse(readFileSync(join(operations, name.replace('.graphql', '.json')), 'utf8'))
      : {};
    const { data, errors } = await ask(served, readFileSync(join(operations, name), 'utf8'), variables);
    expect([name, errors, typeof data]).toEqual([name, undefined, 'object']);
  }
  for (const path of ['/readyz', '/', '/data/export.jsonl', '/feed.atom', '/sitemap.xml'])
    expect([path, (await fetch(served.url + path)).status]).toEqual([path, 200]);
});
