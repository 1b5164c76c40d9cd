import { spawn } from 'node:child_process';
import { appendFileSync, copyFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { diagnose } from '../../src/store/doctor.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openReader, openWriter } from '../../src/store/open.ts';
import { scratchMigrations } from '../store/scratch.ts';
import { copyOf, expograph, openWorkplace, type Workplace } from '../support/command-line.ts';
import { tamper } from '../support/database-files.ts';
import { WMC } from '../support/one-series.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const main = join(root, 'dist/command/main.js');
const workplace = openWorkplace(WMC);
const places: Workplace[] = [workplace];

afterAll(() => {
  for (const { folder } of places) rmSync(folder, { recursive: true, force: true });
});

function furnished(): Workplace & {
  file: (name: string) => string;
  edit: (name: string, from: string, to: string) => void;
} {
  const place = copyOf(workplace);
  places.push(place);
  const file = (name: string) => join(place.folder, name);
  return {
    ...place,
    file,
    edit: (name, from, to) => {
      const text = readFileSync(file(name), 'utf8');
      expect(text).toContain(from);
      writeFileSync(file(name), text.replace(from, to));
    },
  };
}

const wmc = 'data/conventions/world-manufacturing-convention.yaml';
const edition = 'Edition world-manufacturing-convention-2018';

describe('import', () => {
  test('says of each record what became of it, and a dry run says the same before', async () => {
    const place = furnished();
    place.edit(wmc, 'endDate: 2018-05-27', 'endDate: 2018-05-28');
    place.edit(wmc, 'focus: The newest achievements of manufacturing worldwide', 'focus: New things');
    place.edit('data/speakers.yaml', 'name: Ban Ki-moon', 'name: Ban Kimoon');
    place.edit('data/places.yaml', 'places:', 'places:\n  - { slug: oslo, kind: CITY, name: Oslo, country: "NO" }');
    const lines = [
      'updated    Speaker ban-ki-moon: name',
      'created    Place oslo',
      'updated    Convention world-manufacturing-convention: editions',
      expect.stringMatching(new RegExp(`^updated    ${edition}: .*endDate.*exhibitionAreas`)),
      'updated    ExhibitionArea world-manufacturing-convention-2018/comprehensive-exhibition: focus',
    ];
    const dry = await expograph(place, ['import', 'data', '--dry-run']);
    expect(dry).toMatchObject({ code: 0, said: 'Nothing was written.\n' });
    expect(dry.out.split('\n')).toEqual(expect.arrayContaining(lines));
    const wet = await expograph(place, ['import', 'data']);
    expect(wet).toEqual({ code: 0, out: dry.out, said: '' });
    expect((await expograph(place, ['import', 'data'])).out).toMatch(
      /^0 created, 0 updated, \d+ unchanged, 0 removed\.\n$/,
    );
  });

  test('gives a script one object for each record, unchanged ones included', async () => {
    const place = furnished();
    place.edit(wmc, 'endDate: 2018-05-27', 'endDate: 2018-05-28');
    const { out, said } = await expograph(place, ['import', 'data', '--format', 'jsonl']);
    const verdicts = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(verdicts).toContainEqual({
      verdict: 'updated',
      type: 'Edition',
      path: 'world-manufacturing-convention-2018',
      id: expect.stringMatching(/^edition_/),
      changed: expect.arrayContaining(['endDate']),
    });
    const [, created, updated, unchanged] =
      /^(\d+) created, (\d+) updated, (\d+) unchanged, 0 removed\.\n$/.exec(said) ?? [];
    expect(verdicts).toHaveLength(Number(created) + Number(updated) + Number(unchanged));
    // More than is held at once.
    expect(out.length).toBeGreaterThan(1 << 16);
  });

  test('says what --prune wants where it is not given', async () => {
    const place = furnished();
    const pruned = await expograph(place, ['import', 'data/conventions', '--prune']);
    expect(pruned).toMatchObject({ code: 1, out: '' });
    expect(pruned.said).toMatch(
      /\d+ problems\. Nothing was imported\. With --prune, all that is referred to must be given: what only the database has would be removed\.\n$/,
    );
    const checked = await expograph(place, ['validate', 'data/conventions', '--alone']);
    expect(checked.said).toMatch(/\d+ problems\.\n$/);
  });

  test('removes what a convention no longer has, and with --prune whatever else is not given', async () => {
    const place = furnished();
    writeFileSync(place.file('extra.yaml'), 'places:\n  - { slug: oslo, kind: CITY, name: Oslo, country: "NO" }\n');
    await expograph(place, ['import', 'extra.yaml']);
    expect((await expograph(place, ['import', 'data'])).out).toContain(', 0 removed.');
    const pruned = await expograph(place, ['import', 'data', '--prune']);
    expect(pruned).toMatchObject({ code: 0, out: expect.stringMatching(/^removed {4}Place oslo\n.* 1 removed\.\n$/) });
    writeFileSync(place.file('extra.yaml'), 'speakers:\n  - { slug: nobody, name: No Body }\n');
    expect((await expograph(place, ['import', 'extra.yaml', '--prune', '--quiet'])).out).toMatch(
      /^1 created, 0 updated, 0 unchanged, \d{3} removed\.\n$/,
    );
  });

  test('writes nothing when a record is wrong, also where others would have been written before', async () => {
    const place = furnished();
    const before = readFileSync(place.file('expograph.db'));
    const lines = [
      '{"places":[{"slug":"oslo","kind":"CITY","name":"Oslo","country":"NO"}]}',
      '',
      '{"venues":[{"slug":"hall","name":"Hall","city":"bergen"}]}',
      '{"speakers":[{"slug":"A"}]}',
    ];
    writeFileSync(place.file('wrong.jsonl'), `${lines.join('\n')}\n`);
    const { code, out, said } = await expograph(place, ['import', 'wrong.jsonl']);
    expect([code, out]).toEqual([1, '']);
    expect(said).toContain('wrong.jsonl:3: venues[0].city: no place has the slug "bergen"');
    expect(said).toContain('wrong.jsonl:4: speakers[0].name: is missing');
    expect(said).toContain('Nothing was imported.');
    expect(readFileSync(place.file('expograph.db')).equals(before)).toBe(true);
  });

  test('takes a file with nothing in it for a mistake, and not for a database with nothing in it', async () => {
    const place = furnished();
    for (const text of ['', ' \n\n']) {
      writeFileSync(place.file('empty.jsonl'), text);
      const { code, out, said } = await expograph(place, ['import', 'empty.jsonl', '--prune']);
      expect([code, out]).toEqual([1, '']);
      expect(said).toContain('empty.jsonl:1: holds nothing; where nothing is meant, write {}');
    }
  });

  test('warns of what may be one record under two slugs, in the data and in the database', async () => {
    const place = furnished();
    appendFileSync(
      place.file('data/speakers.yaml'),
      '  - { slug: ki-moon-ban, name: Ki-moon Ban }\n  - { slug: magarinos, name: Carlos Magarinos }\n  - { slug: christian-wulf, name: Christian Wulf }\n',
    );
    const { code, said } = await expograph(place, ['validate', 'data', '--alone']);
    expect(code).toBe(0);
    const pairs = [...said.matchAll(/^Warning: .*: "([\w-]+)" has the name of "([\w-]+)" at /gm)].map(
      ([, one, other]) => [one, other],
    );
    expect(pairs).toEqual([
      ['ki-moon-ban', 'ban-ki-moon'],
      ['magarinos', 'carlos-magarinos'],
      ['christian-wulf', 'christian-wulff'],
    ]);
    const extra = 'speakers:\n  - { slug: wulff, name: WULFF Christian }\n';
    const stored = await expograph(place, ['import', '-'], { input: extra });
    expect(stored.said).toMatch(
      /^Warning: standard input:2: speakers\[0\]\.slug: "wulff" has the name of "christian-wulff" in the database/,
    );
    expect(stored.out).toContain('1 created');
  });

  test('says the first twenty warnings, and how many there are besides', async () => {
    const place = furnished();
    const twins = Array.from({ length: 25 }, (_, index) => `  - { slug: twin-${index}, name: Twin Brother }\n`);
    writeFileSync(place.file('twins.yaml'), `speakers:\n${twins.join('')}`);
    const { said } = await expograph(place, ['import', 'twins.yaml', '--dry-run']);
    expect(said.match(/^Warning: /gm)).toHaveLength(20);
    expect(said).toMatch(/^4 more warnings; "validate" shows all of them\.$/m);
    const all = await expograph(place, ['validate', 'twins.yaml']);
    expect(all.said.match(/^Warning: /gm)).toHaveLength(24);
  });

  test('a check gives a script one object for each problem, or else for each warning', async () => {
    const place = furnished();
    const check = async (text: string) => {
      writeFileSync(place.file('checked.jsonl'), text);
      const { code, out, said } = await expograph(place, ['validate', 'checked.jsonl', '--format', 'jsonl']);
      return { code, found: out.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)])), said };
    };
    const twins = '{"speakers":[{"slug":"a","name":"Twin"}]}\n{"speakers":[{"slug":"b","name":"Twin"}]}\n';
    const at = { file: 'checked.jsonl', line: 2, message: expect.any(String) };
    expect(await check(twins)).toEqual({
      code: 0,
      found: [{ ...at, severity: 'WARNING', check: 'DUPLICATE_PERSON', path: 'speakers[0].slug', code: 'DUPLICATE' }],
      said: '2 records, no problem, 1 warning, 0 known conflicts.\n',
    });
    expect(await check(`${twins}{"venues":[{"slug":"hall","city":"x"}]}\n`)).toEqual({
      code: 1,
      found: [
        { ...at, severity: 'ERROR', check: null, line: 3, path: 'venues[0].city', code: 'DANGLING_REFERENCE' },
        { ...at, severity: 'ERROR', check: null, line: 3, path: 'venues[0].name', code: 'MISSING' },
      ],
      said: expect.stringContaining('2 problems.'),
    });
  });

  test('what the data explains is told apart, and warned of by no import', async () => {
    const place = furnished();
    const twins = `speakers:
  - { slug: a, name: Twin }
  - { slug: b, name: Twin, knownConflicts: [{ check: DUPLICATE_PERSON, explanation: Brothers of one name. }] }
`;
    writeFileSync(place.file('twins.yaml'), twins);
    expect(await expograph(place, ['validate', 'twins.yaml', '--quiet'])).toEqual({
      code: 0,
      out: '2 records, no problem, 0 warnings, 1 known conflict.\n',
      said: expect.stringMatching(
        /^Known: twins\.yaml:3: speakers\[1\]\.slug: "b" has the name of "a" .* \[DUPLICATE_PERSON\]: Brothers of one name\.\n$/,
      ),
    });
    const { out } = await expograph(place, ['validate', 'twins.yaml', '--format', 'jsonl']);
    expect(JSON.parse(out)).toMatchObject({
      severity: 'KNOWN',
      check: 'DUPLICATE_PERSON',
      explanation: 'Brothers of one name.',
    });
    expect((await expograph(place, ['import', 'twins.yaml', '--quiet'])).said).toBe('');
    const query = '{ speaker(slug: "b") { knownConflicts { check explanation } } }';
    expect(JSON.parse((await expograph(place, ['query', query])).out).data).toEqual({
      speaker: { knownConflicts: [{ check: 'DUPLICATE_PERSON', explanation: 'Brothers of one name.' }] },
    });
  });

  test('lists what is looked for, each with its severity', async () => {
    const { code, out } = await expograph(furnished(), ['validate', '--list-checks']);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^ERROR {4}DATE_ORDER: A last day is not before the first one, and no source was read before it was published\.$/m,
    );
    expect(out.match(/^(ERROR|WARNING) +[A-Z_]+: \S.*\.$/gm)).toHaveLength(out.trim().split('\n').length);
  });

  test('warns of two editions on the same days in one city', async () => {
    const place = furnished();
    const twin = `conventions:
  - slug: twin
    name: Twin
    editions:
      - { slug: twin-2018, year: 2018, name: Twin 2018, startDate: 2018-05-25, endDate: 2018-05-27, city: hefei, citations: [cns-20180521] }
`;
    expect((await expograph(place, ['validate', '-'], { input: twin })).said).toMatch(
      /"twin-2018" is on the days and in the city of "world-manufacturing-convention-2018" in the database/,
    );
  });

  test('of a database that is not there, a dry run makes none', async () => {
    const place = furnished();
    rmSync(place.file('expograph.db'));
    expect(await expograph(place, ['import', 'data', '--dry-run', '--quiet'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\d{3} created, 0 updated, 0 unchanged, 0 removed\.\n$/),
    });
    expect(() => readFileSync(place.file('expograph.db'))).toThrow('ENOENT');
  });
});

describe('diff', () => {
  test('compares a database with data files, both ways, and with itself', async () => {
    const place = furnished();
    place.edit(wmc, 'endDate: 2018-05-27', 'endDate: 2018-05-28');
    const { code, out } = await expograph(place, ['diff', 'expograph.db', 'data', '--exit-code']);
    expect(code).toBe(1);
    expect(out).toMatch(new RegExp(`^updated    ${edition}: .*endDate`, 'm'));
    expect(out).toMatch(/0 created, \d updated, \d+ unchanged, 0 removed\.\n$/);
    const same = await expograph(place, ['diff', 'expograph.db', 'expograph.db', '--exit-code']);
    expect(same).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^0 created, 0 updated, \d+ unchanged, 0 removed\.\n$/),
    });
    const gone = await expograph(place, ['diff', 'data', 'data/places.yaml', '--quiet']);
    expect(gone.out).toMatch(/^0 created, 0 updated, \d+ unchanged, \d+ removed\.\n$/);
  });

  test('reads standard input for one of the two', async () => {
    const place = furnished();
    const input = (await expograph(place, ['export', '--format', 'jsonl'])).out.replaceAll('Ban Ki-moon', 'Ban Kimoon');
    const diff = await expograph(place, ['diff', '-', 'expograph.db'], { input });
    expect(diff.out).toMatch(/^updated {4}Speaker ban-ki-moon: name$/m);
    expect(await expograph(place, ['diff', '-', '-'])).toEqual({
      code: 2,
      out: '',
      said: 'Only one of the two can be standard input.\n',
    });
  });

  test('ends otherwise where two cannot be compared than where they differ, and names the one that is to blame', async () => {
    const place = furnished();
    const diff = async (...paths: string[]) => expograph(place, ['diff', ...paths, '--exit-code']);
    expect(await diff('data', 'nowhere')).toEqual({
      code: 2,
      out: '',
      said: 'nowhere:1: does not exist; name a data file or a folder of them\n1 problem.\n',
    });
    tamper(place.file('expograph.db'), "UPDATE sources SET derived_from_id = id WHERE slug = 'ce-20180419'");
    expect(await diff('expograph.db', 'data')).toEqual({
      code: 2,
      out: '',
      said: expect.stringMatching(
        /^expograph\.db:\d+: sources\[0\]\.derivedFrom: derives from itself.*\n1 problem\.\n$/,
      ),
    });
    tamper(place.file('expograph.db'), "UPDATE sources SET title = ' ' WHERE slug = 'ce-20180419'");
    expect(await diff('data', 'expograph.db')).toEqual({
      code: 2,
      out: '',
      said: expect.stringMatching(
        /^expograph\.db: The database holds what no data file can say, at sources\[\d+\]\.title: .*\n$/,
      ),
    });
  });
});

describe('a database that is not at the schema of this version', () => {
  const oneLine = (said: RegExp) => ({ code: 3, out: '', said: expect.stringMatching(said) });

  test('is neither compared nor tried out, be it older or newer', async () => {
    const place = furnished();
    const commands = [
      ['import', 'data', '--dry-run'],
      ['diff', 'expograph.db', 'data'],
      ['diff', 'data', 'expograph.db'],
    ];
    tamper(place.file('expograph.db'), "INSERT INTO __drizzle_migrations (hash) VALUES ('later')");
    for (const command of commands)
      expect(await expograph(place, command)).toEqual(
        oneLine(/^\S*expograph\.db is newer than this version [^\n]*\n$/),
      );
    rmSync(place.file('expograph.db'));
    const migrations = scratchMigrations();
    migrations.removeFrom('0005_data_file_paths');
    migrate(place.file('expograph.db'), { folder: migrations.folder });
    for (const command of commands)
      expect(await expograph(place, command)).toEqual(
        oneLine(/^\S*expograph\.db lacks \d of [^\n]*"expograph migrate"[^\n]*\n$/),
      );
  });

  test('is told in a line to be damaged where a table or a column of it is gone', async () => {
    const gone = oneLine(/^\S*expograph\.db is not as it was made: no such [^\n]*"expograph doctor"[^\n]*\n$/);
    for (const damage of [
      'DROP TABLE venues',
      'DROP TABLE search_texts',
      'ALTER TABLE citations RENAME basis TO bases',
    ]) {
      const place = furnished();
      place.edit('data/speakers.yaml', 'name: Ban Ki-moon', 'name: Ban Kimoon');
      place.edit(wmc, 'endDate: 2018-05-27', 'endDate: 2018-05-28');
      tamper(place.file('expograph.db'), damage);
      expect(await expograph(place, ['import', 'data'])).toEqual(gone);
      expect(await expograph(place, ['import', 'data', '--dry-run'])).toEqual(gone);
      if (damage.includes('search')) continue;
      expect(await expograph(place, ['diff', 'expograph.db', 'data'])).toEqual(gone);
    }
  });
});

describe('killed in the middle of an import', () => {
  const KILLS = 20;
  let place: ReturnType<typeof furnished>;

  beforeAll(() => {
    place = furnished();
    const lines = Array.from({ length: 200 }, (_, index) => {
      const editions = [2021, 2022, 2023, 2024].map((year) => ({
        slug: `fair-${index}-${year}`,
        year,
        name: { en: `Fair ${index} of ${year}`, 'zh-Hans': `博览会${index}` },
        themes: [{ key: 'main', text: `Theme ${index}`, citations: ['cns-20180521'] }],
        citations: ['cns-20180521'],
      }));
      return JSON.stringify({ conventions: [{ slug: `fair-${index}`, name: `Fair ${index}`, editions }] });
    });
    writeFileSync(place.file('fairs.jsonl'), `${lines.join('\n')}\n`);
  });

  const stateOf = (file: string) => {
    const reader = openReader(file);
    try {
      return reader.rows(
        'SELECT version, (SELECT count(*) FROM nodes) AS nodes, (SELECT count(*) FROM localized_texts) AS texts, (SELECT count(*) FROM search_index) AS found FROM dataset',
        [],
      );
    } finally {
      reader.close();
    }
  };

  /**
   * Starts an import; tells how it ended.
   * @param kill says of every look, a millisecond apart, whether to kill it now: by the milliseconds since it started,
   *   and since the log of the database holds something
   */
  function importing(
    database: string,
    kill: (since: { start: number; log: number }) => boolean = () => false,
  ): Promise<{ signal: string | null; took: number }> {
    const start = performance.now();
    const child = spawn(process.execPath, [main, 'import', 'fairs.jsonl', '--quiet'], {
      cwd: place.folder,
      env: { ...place.environment, DATABASE_PATH: database },
      stdio: 'ignore',
    });
    let logged = Number.POSITIVE_INFINITY;
    const looking = setInterval(() => {
      const now = performance.now();
      const log = statSync(place.file(`${database}-wal`), { throwIfNoEntry: false })?.size ?? 0;
      if (log > 0) logged = Math.min(logged, now);
      if (kill({ start: now - start, log: now - logged })) child.kill('SIGKILL');
    }, 1);
    return new Promise((resolve) =>
      child.on('exit', (_code, signal) => {
        clearInterval(looking);
        resolve({ signal, took: performance.now() - start });
      }),
    );
  }

  test(`at ${KILLS} random moments, the database is as before`, async () => {
    const before = stateOf(place.file('expograph.db'));
    copyFileSync(place.file('expograph.db'), place.file('whole.db'));
    let { took } = await importing('whole.db');
    const after = stateOf(place.file('whole.db'));
    expect(after).not.toEqual(before);
    let [killed, whileWriting] = [0, 0];
    for (let round = 0; killed < KILLS && round < 4 * KILLS; round += 1) {
      // All is written in a moment at the end, which a moment in the whole would seldom hit.
      const isAtEnd = round % 2 === 1;
      const moment = isAtEnd ? 10 * Math.random() : took * (0.2 + 0.75 * Math.random());
      const ended = await importing('expograph.db', ({ start, log }) => (isAtEnd ? log : start) >= moment);
      const left = statSync(place.file('expograph.db-wal'), { throwIfNoEntry: false })?.size ?? 0;
      const state = stateOf(place.file('expograph.db'));
      if (ended.signal !== null && !isDeepStrictEqual(state, after)) {
        killed += 1;
        if (left > 0) whileWriting += 1;
        expect(state).toEqual(before);
        // The last to leave puts the log away, so that the next one is seen to begin.
        openWriter(place.file('expograph.db')).close();
        continue;
      }
      // It was done before it was killed.
      expect(state).toEqual(after);
      if (ended.signal === null) ({ took } = ended);
      for (const end of ['-wal', '-shm']) rmSync(place.file(`expograph.db${end}`), { force: true });
      copyFileSync(join(workplace.folder, 'expograph.db'), place.file('expograph.db'));
    }
    expect(killed).toBe(KILLS);
    expect(whileWriting).toBeGreaterThan(0);
    expect(killed).toBe(KILLS);
    expect(diagnose(place.file('expograph.db'), { version: '' }).filter(({ verdict }) => verdict === 'WRONG')).toEqual(
      [],
    );
    expect((await importing('expograph.db')).signal).toBeNull();
  }, 240_000);
});
