import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openWriter } from '../../src/store/open.ts';
import { expograph as run, serve } from '../support/command-line.ts';

const shipped = fileURLToPath(new URL('../../data', import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'expograph-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const database = () => join(folder, 'expograph.db');

const environment = () => ({ PATH: process.env.PATH ?? '', DATABASE_PATH: database() });

const expograph = (args: string[], settings: Record<string, string> = {}) =>
  run({ folder, environment: environment() }, args, { settings });

describe('serve', () => {
  test('fills an empty database, serves it, and ends well when told to', async () => {
    const first = await serve({ folder, environment: environment() });
    expect(first.said()).toMatch(/Imported the shipped dataset: \d+ records\./);
    const reply = await fetch(
      `${first.url}/graphql?query=${encodeURIComponent('{ service { counts { editions } } }')}`,
    );
    expect(await reply.json()).toEqual({ data: { service: { counts: { editions: 110 } } } });
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);

    const second = await serve({ folder, environment: environment() });
    expect(second.said()).not.toContain('Imported');
    second.child.kill('SIGINT');
    expect(await second.ended).toBe(0);
  });

  test('ends although connections stand open that ask nothing, or not to the end', async () => {
    await expograph(['import']);
    const { child, ended, url } = await serve({ folder, environment: environment() });
    const { port } = new URL(url);
    const closed = ['', 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{'].map((text) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.write(text));
      socket.on('error', () => {}).resume();
      return new Promise((resolve) => socket.on('close', resolve));
    });
    expect((await fetch(`${url}/livez`)).status).toBe(200);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    await Promise.all(closed);
  });

  test('names each wrong setting in a line and does not start', async () => {
    const { code, said } = await expograph(['serve'], { PORT: 'http', LOG_LEVEL: 'loud' });
    expect(code).toBe(2);
    expect(said).toBe(
      'PORT must be a whole number from 0 to 65535; got "http".\n' +
        'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent; got "loud".\n',
    );
  });

  test('says so when the port is taken', async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) =>
      other.listen(0, '127.0.0.1', () => {
        const address = other.address();
        resolve(typeof address === 'object' && address ? address.port : 0);
      }),
    );
    const { code, said } = await expograph(['serve'], { PORT: String(port), LOG_LEVEL: 'silent' });
    other.close();
    expect(code).toBe(3);
    expect(said).toContain(`PORT ${port} of 127.0.0.1 is taken: stop what listens there, or set PORT to another.`);
    expect(said).not.toContain('    at ');
  });

  test.each([
    ['is not a database', () => writeFileSync(database(), 'this is a shopping list, not a database\n'.repeat(100))],
    ['is a folder', () => mkdirSync(database())],
  ])('refuses a file that %s, in one line that names it, and leaves it as it is', async (_what, make) => {
    make();
    const { code, said } = await expograph(['serve']);
    expect(code).toBe(3);
    expect(said.trimEnd().split('\n')).toHaveLength(1);
    expect(said).toContain(database());
  });
});

describe('search rebuild', () => {
  test('makes the index anew and says of how many texts; where there is no database it makes none', async () => {
    expect(await expograph(['search', 'rebuild'])).toMatchObject({
      code: 3,
      out: '',
      said: expect.stringContaining('does not exist. Run "expograph migrate" to make it'),
    });
    await expograph(['import']);
    expect(await expograph(['search', 'rebuild'])).toEqual({
      code: 0,
      out: expect.stringMatching(/^Indexed [1-9]\d+ texts of .*expograph\.db\.\n$/),
      said: '',
    });
  });
});

describe('search check', () => {
  test('finds a text that is not as the data has it, which a rebuild mends', async () => {
    await expograph(['import']);
    const sound = { code: 0, out: `The search index of ${database()} is in step.\n`, said: '' };
    expect(await expograph(['search', 'check'])).toEqual(sound);
    const writer = openWriter(database());
    writer.run([{ sql: "UPDATE search_texts SET text = 'gone' WHERE text = 'WMC'", params: [] }]);
    writer.close();
    expect(await expograph(['search', 'check'])).toMatchObject({
      code: 1,
      out: '',
      said: expect.stringMatching(/search.*Run "expograph search rebuild"/s),
    });
    await expograph(['search', 'rebuild']);
    expect(await expograph(['search', 'check'])).toEqual(sound);
  });
});

describe('migrate', () => {
  test('says what it did, then that there is nothing to do', async () => {
    expect(await expograph(['migrate'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Applied 0000_initial.* to .*expograph\.db\.\n$/),
    });
    expect(await expograph(['migrate'])).toMatchObject({ code: 0, out: `${database()} is up to date.\n` });
  });
});

describe('import', () => {
  test('imports the shipped dataset, and again changes nothing', async () => {
    const first = await expograph(['import']);
    expect(first).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\d{4} created, 0 updated, 0 unchanged, 0 removed\.\n$/m),
    });
    const records = first.out.split('\n').length - 2;
    expect((await expograph(['import', shipped])).out).toBe(`0 created, 0 updated, ${records} unchanged, 0 removed.\n`);
  });

  test('shows every error with file, line and path, writes nothing, and exits with 1', async () => {
    const file = join(folder, 'bad.yaml');
    writeFileSync(file, 'places:\n  - slug: Bad Slug\n    kind: TOWN\n    name: X\n    country: CN\n');
    const { code, out, said } = await expograph(['import', file]);
    expect([code, out]).toEqual([1, '']);
    expect(said).toContain('bad.yaml:2: places[0].slug: ');
    expect(said).toContain('bad.yaml:3: places[0].kind: ');
    expect(said).toContain('Nothing was imported.');
    expect((await expograph(['import'])).out).toContain(' 0 unchanged');
  });

  test('names a path that is not there', async () => {
    const { code, said } = await expograph(['import', 'no-such-folder']);
    expect(code).toBe(1);
    expect(said).toContain('no-such-folder');
    expect(said).not.toContain('    at ');
  });
});

test('--version is that of the package, and an unknown command is pointed to the help', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect((await expograph(['--version'])).out).toBe(`${version}\n`);
  const { code, said } = await expograph(['serv']);
  expect(code).toBe(2);
  expect(said).toContain("unknown command 'serv'; did you mean serve?\n");
});
