import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { backup } from '../../src/store/backup.ts';
import { openWriter } from '../../src/store/open.ts';
import { scratchFolder } from '../store/scratch.ts';
import { expograph, serve } from '../support/command-line.ts';
import { look, shippedDatabase } from '../support/database-files.ts';
import { isSkipped, readOnlyView, whyNoMount } from '../support/media.ts';
import { makeReleased, released } from '../support/released.ts';

const main = fileURLToPath(new URL('../../dist/command/main.js', import.meta.url));

/** Somebody whom permission bits bind: they do not bind root. */
const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

/** Why nobody but root can run the command here; undefined where others can. */
const whyNotAnother = ((): string | undefined => {
  if (process.platform === 'win32') return 'there are no permission bits';
  try {
    execFileSync(process.execPath, [main, '--version'], { stdio: 'pipe', ...user });
    return undefined;
  } catch (error) {
    return `another user than root cannot run the command: ${String(error).split('\n')[0]}`;
  }
})();

let shipped: ReturnType<typeof shippedDatabase>;
beforeAll(() => {
  shipped = shippedDatabase();
});
afterAll(() => shipped.remove());

const question = '{ service { counts { editions } } editions(where: { search: "合肥" }, first: 1) { nodes { slug } } }';

async function ask(url: string): Promise<unknown> {
  const reply = await fetch(`${url}/graphql?query=${encodeURIComponent(question)}`);
  return reply.json();
}
const answered = {
  data: {
    service: { counts: { editions: 110 } },
    editions: { nodes: [{ slug: expect.stringMatching(/^world-manufacturing-convention/) }] },
  },
};

/** Where a database is put, and how it comes to be there. */
const ways: [string, (file: string) => void][] = [
  ['as the service leaves it', (file) => void shipped.copyTo(file)],
  [
    'as a backup',
    (file) => {
      const original = shipped.copyTo(join(scratchFolder(), 'expo.db'));
      backup(original, file);
    },
  ],
  [
    'as a crash left it, with a log',
    (file) => {
      const original = shipped.copyTo(join(scratchFolder(), 'expo.db'));
      const writer = openWriter(original);
      writer.run([{ sql: 'PRAGMA user_version = 7', params: [] }]);
      for (const end of ['', '-wal', '-shm']) copyFileSync(original + end, file + end);
      writer.close();
    },
  ],
];

describe.skipIf(isSkipped('a file system that cannot be written', whyNoMount))(
  'a file system that cannot be written',
  () => {
    function placed(make: (file: string) => void) {
      const folder = scratchFolder();
      make(join(folder, 'expo.db'));
      const view = readOnlyView(folder);
      const elsewhere = scratchFolder();
      const environment = { PATH: process.env.PATH ?? '', DATABASE_PATH: join(view, 'expo.db') };
      return { folder, view, elsewhere, place: { folder: elsewhere, environment } };
    }

    test.each(ways)(
      'serves a database %s: answers, pages, an export, a backup, and what the doctor says',
      async (_how, make) => {
        const { folder, elsewhere, place } = placed(make);
        const before = readdirSync(folder);
        const { url, child, ended } = await serve(place);
        expect(await ask(url)).toEqual(answered);
        for (const path of ['/readyz', '/', '/conventions/world-manufacturing-convention', '/schema.graphql'])
          expect([path, (await fetch(url + path)).status]).toEqual([path, 200]);
        const lines = (await (await fetch(`${url}/data/export.jsonl`)).text()).trim().split('\n');
        expect(lines.length).toBeGreaterThan(400);
        expect(await expograph(place, ['query', question])).toMatchObject({ code: 0, said: '' });
        expect(await expograph(place, ['backup', join(elsewhere, 'copy.db')])).toMatchObject({ code: 0 });
        expect(look(join(elsewhere, 'copy.db'), 'PRAGMA integrity_check')).toBe('ok');
        expect((await expograph(place, ['doctor', '--format', 'json'])).code).toBe(0);
        child.kill('SIGTERM');
        expect(await ended).toBe(0);
        expect(readdirSync(folder)).toEqual(before);
      },
    );

    test.each([['import'], ['migrate'], ['search', 'rebuild'], ['restore', 'copy.db']])(
      'refuses %s in one line',
      async (...args) => {
        const { elsewhere, place } = placed((file) => void shipped.copyTo(file));
        shipped.copyTo(join(elsewhere, 'copy.db'));
        const { code, out, said } = await expograph(place, args);
        expect({ code, out }).toEqual({ code: 3, out: '' });
        expect(said).toMatch(/^\S*expo\.db may not be read and written by this user\. Grant both[^\n]*\n$/);
      },
    );

    test('shows what another writes by a way that can be written, at once and whole', async () => {
      const { folder, place } = placed((file) => void shipped.copyTo(file));
      const { url } = await serve(place);
      expect(await ask(url)).toEqual(answered);
      const environment = { ...place.environment, DATABASE_PATH: join(folder, 'expo.db') };
      const series = join(
        fileURLToPath(new URL('../../data', import.meta.url)),
        'conventions/world-manufacturing-convention.yaml',
      );
      const changed = readFileSync(series, 'utf8').replace('acronym: WMC', 'acronym: CHANGED');
      const query = '{ convention(slug: "world-manufacturing-convention") { acronym } }';
      const acronym = async () => (await fetch(`${url}/graphql?query=${encodeURIComponent(query)}`)).json();
      expect(await acronym()).toEqual({ data: { convention: { acronym: 'WMC' } } });
      const writing = await expograph({ folder, environment }, ['import', '-', '--quiet'], { input: changed });
      expect(writing).toMatchObject({ code: 0 });
      expect(await acronym()).toEqual({ data: { convention: { acronym: 'CHANGED' } } });
      expect((await fetch(`${url}/readyz`)).status).toBe(200);
    });

    test('does not serve an older database, and says what is to be done', async () => {
      const { place, view } = placed((file) =>
        makeReleased(5, shipped.copyTo(join(scratchFolder(), 'today.db')), file),
      );
      expect(await expograph(place, ['serve'])).toEqual({
        code: 3,
        out: '',
        said: `${view}/expo.db lacks ${released.length - 5} of ${released.length} migrations, from ${released[5]} on. It or its folder may not be written by this user: grant that, or copy it to where it may be, and run "expograph migrate".\n`,
      });
    });

    test('does not leave out what is in a log that it cannot read', async () => {
      const { place, view } = placed((file) => {
        ways[2]?.[1](file);
        rmSync(`${file}-shm`);
      });
      expect(await expograph(place, ['serve'])).toEqual({
        code: 3,
        out: '',
        said: `${view}/expo.db lies where nothing can be written, and what was written to it last is still in a file beside it. Copy both to where they may be written, and run "expograph migrate" there.\n`,
      });
    });

    test('says that there is no database, where there is none', async () => {
      const { place } = placed(() => {});
      const { code, said } = await expograph(place, ['serve']);
      expect([code, said]).toEqual([
        3,
        expect.stringMatching(/^\S*expo\.db may not be read and written by this user\.[^\n]*\n$/),
      ]);
    });
  },
);

describe.skipIf(isSkipped('a user without the right to write', whyNotAnother))(
  'a user without the right to write',
  () => {
    test.each([
      ['the folder', 0o666, 0o555],
      ['the file', 0o444, 0o777],
      ['either', 0o444, 0o555],
    ])('to %s is served', async (_what, fileMode, folderMode) => {
      const folder = join(scratchFolder(), 'var');
      mkdirSync(folder);
      chmodSync(dirname(folder), 0o755);
      const file = shipped.copyTo(join(folder, 'expo.db'));
      chmodSync(file, fileMode);
      chmodSync(folder, folderMode);
      onTestFinished(() => chmodSync(folder, 0o755));
      const env = { PATH: process.env.PATH, DATABASE_PATH: file, PORT: '0', LOG_LEVEL: 'silent' };
      const child = spawn(process.execPath, [main, 'serve'], { env, cwd: '/', ...user });
      onTestFinished(() => void child.kill('SIGKILL'));
      const ended = new Promise((resolve) => child.once('exit', resolve));
      const url = await new Promise<string>((resolve, reject) => {
        let said = '';
        child.stderr.on('data', (chunk) => {
          said += String(chunk);
          const found = /on (http:\S+)\/graphql/.exec(said)?.[1];
          if (found) resolve(found);
        });
        ended.then((code) => reject(new Error(`ended with ${code}: ${said}`)));
      });
      expect(await ask(url)).toEqual(answered);
      expect((await fetch(`${url}/data/export.jsonl`)).status).toBe(200);
      child.kill('SIGTERM');
      expect(await ended).toBe(0);
      expect(look(file, 'PRAGMA integrity_check')).toBe('ok');
    });
  },
);
