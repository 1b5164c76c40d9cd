import { copyFileSync, existsSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scratchFolder } from '../store/scratch.ts';
import { expograph as run, serve } from '../support/command-line.ts';
import { look, shippedDatabase, tamper } from '../support/database-files.ts';

let shipped: ReturnType<typeof shippedDatabase>;
beforeAll(() => {
  shipped = shippedDatabase();
});
afterAll(() => shipped.remove());

/** A folder with the shipped dataset, in which commands run. */
function installation() {
  const folder = scratchFolder();
  const file = shipped.copyTo(join(folder, 'expo.db'));
  const place = { folder, environment: { PATH: process.env.PATH ?? '', DATABASE_PATH: file } };
  return {
    folder,
    file,
    records: Number(look(file, 'SELECT count(*) FROM nodes')),
    expograph: (...args: string[]) => run(place, args),
    /** Starts the service; `ask` counts the editions that it answers with. */
    async serve() {
      const { child, url, ended } = await serve(place);
      return {
        ask: async () => {
          const query = encodeURIComponent('{ editions { totalCount } }');
          return (await fetch(`${url}/graphql?query=${query}`)).json();
        },
        stop: () => {
          child.kill('SIGTERM');
          return ended;
        },
      };
    },
  };
}

const all = { data: { editions: { totalCount: 110 } } };

describe('a service that runs', () => {
  test('can be backed up and examined, not be replaced; stopped, it can', async () => {
    const { folder, file, records, expograph, serve } = installation();
    const service = await serve();
    expect(await service.ask()).toEqual(all);
    const copy = join(folder, 'copy.db');
    expect(await expograph('backup', 'copy.db')).toEqual({
      code: 0,
      out: expect.stringMatching(new RegExp(`^${copy}: \\d+ bytes, ${records} records\\.\n$`)),
      said: '',
    });
    expect(await expograph('doctor')).toMatchObject({ code: 0, said: '' });

    const refused = await expograph('restore', 'copy.db');
    expect(refused.code).toBe(3);
    expect(refused).toMatchObject({
      out: '',
      said: `${file} is open in another process, such as a running service. Stop it, and restore again; nothing was changed.\n`,
    });
    expect(await service.ask()).toEqual(all);

    expect(await expograph('import')).toMatchObject({ code: 0 });
    expect(await service.stop()).toBe(0);
    // All of it is in the one file, which may be copied.
    expect(readdirSync(folder).filter((name) => name.startsWith('expo.db-'))).toEqual([]);
    tamper(file, "UPDATE editions SET slug = 'x-' || slug");
    expect(await expograph('restore', 'copy.db')).toEqual({
      code: 0,
      out: `${file} is copy.db now: ${records} records.\n`,
      said: expect.stringMatching(/^Kept the database as it was: .*expo\.db\.before-restore-.*\.bak\n$/),
    });
    expect(look(file, "SELECT count(*) FROM editions WHERE slug GLOB 'x-*'")).toBe(0);
    const again = await serve();
    expect(await again.ask()).toEqual(all);
    expect(await again.stop()).toBe(0);
  });
});

describe('backup', () => {
  test('names a copy by the time in a folder, and replaces a file only when told to', async () => {
    const { folder, records, expograph } = installation();
    const { out } = await expograph('backup', '.');
    const [name] = readdirSync(folder).filter((one) => one.startsWith('expograph-'));
    expect(name).toMatch(/^expograph-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z\.db$/);
    expect(out).toContain(`${join(folder, String(name))}: `);
    expect(await expograph('backup', '')).toMatchObject({ code: 2, out: '' });
    const refused = await expograph('backup', String(name));
    expect(refused.code).toBe(2);
    expect(refused).toMatchObject({ out: '', said: expect.stringContaining('--force to replace it.') });
    expect(await expograph('backup', '--force', String(name))).toMatchObject({
      code: 0,
      out: expect.stringContaining(` ${records} records.`),
    });
  });
});

describe('restore', () => {
  test('makes a database where there is none, and refuses a broken backup', async () => {
    const { folder, file, records, expograph } = installation();
    const copy = join(folder, 'copy.db');
    copyFileSync(file, copy);
    rmSync(file);
    expect(await expograph('restore', copy)).toEqual({
      code: 0,
      out: `${file} is ${copy} now: ${records} records.\n`,
      said: '',
    });
    truncateSync(copy, 9_000);
    const refused = await expograph('restore', copy);
    expect(refused.code).toBe(3);
    expect(refused).toMatchObject({ out: '', said: expect.stringMatching(/cannot be restored, because .*damaged/) });
    expect(look(file, 'SELECT count(*) FROM nodes')).toBe(records);
  });
});

describe('doctor', () => {
  test('prints a line for each check, or all as JSON, and exits with 1 only where something is WRONG', async () => {
    const { file, expograph } = installation();
    tamper(file, 'CREATE TABLE notes (id text) STRICT');
    const fair = await expograph('doctor');
    expect(fair).toMatchObject({ code: 0, said: '' });
    expect(fair.out.trimEnd().split('\n')).toHaveLength(15);
    expect(fair.out).toMatch(/^ok {7}versions {4}Expograph \d/);
    expect(fair.out).toContain('\nWARNING  schema      extra: table notes. A migration may trip over it');
    tamper(file, "UPDATE dataset SET version = 'abc'");
    const { code, out, said } = await expograph('doctor', '--format', 'json');
    expect([code, said]).toEqual([1, '']);
    const findings: { check: string; verdict: string }[] = JSON.parse(out);
    expect(findings.filter(({ verdict }) => verdict !== 'ok')).toMatchObject([
      { check: 'schema', verdict: 'WARNING' },
      { check: 'dataset', verdict: 'WRONG', advice: 'Import the whole dataset again with "expograph import".' },
    ]);
    await expograph('import');
    expect(await expograph('doctor')).toMatchObject({ code: 0 });
  });

  test('says in a line why there is nothing to look at, and makes nothing', async () => {
    const { file, expograph } = installation();
    rmSync(file);
    const { code, out, said } = await expograph('doctor');
    expect(code).toBe(3);
    expect([out, said]).toEqual(['', expect.stringMatching(/expo\.db does not exist\. [^\n]*\n$/)]);
    expect(existsSync(file)).toBe(false);
    const scripted = await expograph('doctor', '--format', 'json');
    expect(scripted).toMatchObject({ code: 3, said });
    expect(JSON.parse(scripted.out)).toEqual([
      {
        check: 'file',
        verdict: 'WRONG',
        found: expect.stringMatching(/expo\.db does not exist$/),
        advice: 'Run "expograph migrate" to make it, or set DATABASE_PATH to another file.',
      },
    ]);
  });

  test('compares what is stored with what was imported', async () => {
    const { file, expograph } = installation();
    tamper(file, "UPDATE sources SET title = 'evil' WHERE slug = 'ce-20180419'");
    const { code, out } = await expograph('doctor');
    expect(code).toBe(1);
    expect(out).toMatch(
      /^WRONG {4}content {5}1 record not as imported: Source ce-20180419\. Import the whole dataset/m,
    );
    await expograph('import');
    expect(await expograph('doctor')).toMatchObject({ code: 0 });
  });

  test('refuses a format that it does not have', async () => {
    const { code, said } = await installation().expograph('doctor', '--format', 'xml');
    expect(code).toBe(2);
    expect(said).toContain('Allowed choices are text, json.');
  });
});
