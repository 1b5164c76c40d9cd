import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApp } from './support/app.ts';
import { WMC } from './support/one-series.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** The fenced blocks of a language, in order. */
function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, text = '']) => text);
}

const commands = blocks('sh').flatMap((block) => block.trim().split('\n'));

let clone: string;
let service: ChildProcess;
let origin: string;

/** Waits until the service says where it listens. */
function listening(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (chunk) => {
      said += String(chunk);
      const url = /on (http:\S+)\/graphql/.exec(said)?.[1];
      if (url) resolve(url);
    });
    child.on('exit', (code) => reject(new Error(`npm start ended with ${code}: ${said}`)));
  });
}

beforeAll(async () => {
  clone = mkdtempSync(join(tmpdir(), 'expograph-readme-'));
  const tracked = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root });
  for (const file of String(tracked).split('\0')) {
    if (!file || !existsSync(join(root, file))) continue;
    cpSync(join(root, file), join(clone, file), { recursive: true, preserveTimestamps: true });
  }
  cpSync(join(root, 'dist'), join(clone, 'dist'), { recursive: true, preserveTimestamps: true });
  symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'));
  // npm ci itself is run by the CI script; see the test below.
  service = spawn('npm', ['start'], {
    cwd: clone,
    env: { ...process.env, PORT: '0', DATABASE_PATH: '' },
    detached: true,
  });
  origin = await listening(service);
}, 120_000);

afterAll(async () => {
  if (service?.pid && service.exitCode === null) {
    const ended = new Promise((resolve) => service.on('exit', resolve));
    process.kill(-service.pid, 'SIGTERM');
    await ended;
  }
  rmSync(clone, { recursive: true, force: true });
});

test('a newcomer finds the two ways to begin, and CI runs the same', () => {
  expect(commands).toContain('npm ci && npm start');
  expect(commands).toContain('npm ci && npm test');
  expect(commands).toContain('npm run check');
  const ci = readFileSync(join(root, '.ci/run'), 'utf8');
  for (const step of ['npm ci', 'npm test', 'npm run check']) expect(ci).toContain(step);
});

test('every question has the answer that stands below it', async () => {
  const questions = blocks('graphql');
  const answers = blocks('json');
  expect(questions.length).toBeGreaterThan(1);
  expect(answers).toHaveLength(questions.length);
  for (const [index, query] of questions.entries()) {
    const reply = await fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    expect(await reply.json()).toEqual(JSON.parse(answers[index] ?? ''));
  }
});

/** Its codes, each with its example. */
const [, errorSection = ''] = /^### Errors$(.*?)^## /ms.exec(readme) ?? [];
const errorRows = [...errorSection.matchAll(/^\| ([A-Z_]+) +\|[^|]*\| (.*?) +\|$/gm)].map(
  ([, code = '', example = '']) => ({
    code,
    example: example.replaceAll('`', ''),
  }),
);

test('every error code has an example that gives it', async () => {
  const { ErrorCode } = await import('../src/select/errors.ts');
  expect(errorRows.map(({ code }) => code).sort()).toEqual(Object.keys(ErrorCode).sort());
  const graphql = (body: string) =>
    fetch(`${origin}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const deep = `{"query": "query ($where: EditionWhere) { editions(where: $where) { totalCount } }", "variables": {"where": ${'{"not":'.repeat(5000)}{}${'}'.repeat(5000)}}}`;
  for (const { code, example } of errorRows) {
    // They depend on how busy the service is, or broken.
    if (/^(INTERNAL_SERVER_ERROR|OPERATION_TIMEOUT|OVERLOADED)$/.test(code)) continue;
    if (code === 'RATE_LIMITED') {
      const limited = await openApp({ only: WMC, rateLimit: 600 });
      const asked = {
        method: 'POST',
        url: '/graphql',
        payload: { query: example.replace(/ for the .*/, '') },
      } as const;
      const codes: unknown[] = [];
      for (let time = 1; time <= 601; time += 1)
        codes.push((await limited.server.inject(asked)).json().errors?.[0].extensions.code);
      await limited.close();
      expect(codes).toEqual([...Array(600).fill(undefined), code]);
      continue;
    }
    const [, method, path] = /^(GET|PUT) (\S+)$/.exec(example) ?? [];
    const reply = path
      ? await fetch(origin + path, { method: method ?? 'GET' })
      : await graphql(code === 'OPERATION_TOO_LARGE' ? deep : JSON.stringify({ query: example }));
    const { errors } = await reply.json();
    expect([example, errors[0].extensions.code]).toEqual([example, code]);
  }
});

test('every curl command is answered', () => {
  const curls = commands.filter((command) => command.startsWith('curl '));
  expect(curls).toHaveLength(12);
  const said = curls.map((command) =>
    execFileSync('bash', ['-c', command.replaceAll('http://127.0.0.1:4000', origin)], {
      encoding: 'utf8',
      stdio: 'pipe',
    }),
  );
  const { counts } = JSON.parse(said[0] ?? '').data.service;
  expect(counts).toEqual({ editions: expect.any(Number), sources: expect.any(Number) });
  expect(JSON.parse(said[1] ?? '')).toEqual({ data: { editions: { totalCount: counts.editions } } });
  expect(said[2]).toBe(readFileSync(join(root, 'schema/schema.graphql'), 'utf8'));
  expect(said[3]?.match(/^BEGIN:VEVENT/gm)).toHaveLength(9);
  expect(JSON.parse(said[4] ?? '').name).toBe('2021世界制造业大会');
  expect(said[5]).toMatch(/^\{"updatedAt":.*\}\n$/s);
  expect(said[6]).toMatch(/^year,city.name,exhibitionSpace.value,exhibitionSpace.unit\r\n2026,/);
  expect(said[7]?.trim().split('\n')).toHaveLength(counts.sources);
  expect(said[8]).toMatch(/^\uFEFFyear,themes.text\r\n/);
  expect(said[9]).toMatch(/^HTTP\/1\.1 200 .*^cache-status: Expograph; .*^\{"data":\{"service":\{"dataVersion":/ms);
  expect(said[10]).toMatch(/^HTTP\/1\.1 200 .*^etag: ".*^\{"data":\{"edition":\{/ms);
  expect(JSON.parse(said[11] ?? '').operations.length).toBeGreaterThan(40);
});

/** @returns what a line of the README prints in the clone, with the database that the service has by default */
const runInClone = (command: string) =>
  execFileSync('bash', ['-c', command], {
    cwd: clone,
    env: { ...process.env, DATABASE_PATH: '' },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });

test('an edition is added as it says, and the running service shows it', async () => {
  const [source = '', edition = ''] = blocks('yaml');
  appendFileSync(join(clone, 'data/sources/world-manufacturing-convention.yaml'), source);
  appendFileSync(join(clone, 'data/conventions/world-manufacturing-convention.yaml'), edition);
  const [steps = ''] = blocks('sh').filter((block) => block.includes('expograph import'));
  const [validated, said] = steps.trim().split('\n').map(runInClone);
  expect(validated).toMatch(/no problem, 0 warnings, \d+ known conflicts\.$/m);
  // The edition, its two claims and its source; the convention's own checksum covers its editions.
  expect(said).toMatch(/^4 created, 1 updated, \d+ unchanged, 0 removed\.$/m);

  const query =
    '{ editions(first: 1) { nodes { slug dates(locale: "en") signedProjects { status projects { text(locale: "en") } } figures { status quantity { text(locale: "en") } } } } }';
  const reply = await fetch(`${origin}/graphql?query=${encodeURIComponent(query)}`);
  expect(await reply.json()).toEqual({
    data: {
      editions: {
        nodes: [
          {
            slug: 'world-manufacturing-convention-2027',
            dates: 'from 20 September 2027',
            signedProjects: { status: 'EXPECTED', projects: { text: 'more than 700 projects' } },
            figures: [{ status: 'EXPECTED', quantity: { text: 'at least 800 companies' } }],
          },
        ],
      },
    },
  });
}, 60_000);

test('search is checked and made anew as it says', () => {
  const said = commands.filter((one) => one.includes('expograph search')).map(runInClone);
  expect(said).toEqual([
    expect.stringMatching(/is in step\.\n$/),
    expect.stringMatching(/^Indexed \d+ texts of var\/expograph\.db\.\n$/),
  ]);
}, 60_000);

test('every command of expograph works as it stands', () => {
  const others = commands.filter(
    (one) => /expograph (?!import data$|search)/.test(one) && !one.includes('npm run build'),
  );
  expect(others.length).toBeGreaterThan(12);
  for (const command of others) {
    // The service has the other one open.
    const isRestore = command.includes('restore');
    const line = command
      .replaceAll('http://127.0.0.1:4000', origin)
      .replace(/ \| jq .*$/, '')
      // What npx finds in a clone; the tests above have it look for that.
      .replaceAll('npx expograph', 'node dist/command/main.js');
    execFileSync('bash', ['-c', line], {
      cwd: clone,
      env: { ...process.env, DATABASE_PATH: isRestore ? 'restored.db' : '' },
      stdio: 'pipe',
    });
  }
}, 120_000);

test('every file and folder that it names is there', () => {
  const links = [...readme.matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target);
  expect(links.length).toBeGreaterThan(10);
  expect(links.filter((target) => !existsSync(join(dirname(join(root, 'README.md')), target)))).toEqual([]);
});

test('every command has been run', () => {
  // The benchmark takes minutes, and is for people to run.
  const run = ['npm ci && npm start', 'npm ci && npm test', 'npm run check', 'npm run bench'];
  expect(commands.filter((one) => !run.includes(one) && !one.startsWith('curl ') && !/expograph /.test(one))).toEqual(
    [],
  );
});

test('every setting and error code is named', async () => {
  const { ErrorCode } = await import('../src/select/errors.ts');
  const [, environment = ''] =
    /^const environment = z\.object\(\{$(.*?)^\}\);$/ms.exec(readFileSync(join(root, 'src/settings.ts'), 'utf8')) ?? [];
  const settings = [...environment.matchAll(/^ {2}([A-Z_]+): /gm)].map(([, name]) => name);
  expect(settings.length).toBe(11);
  for (const name of [...settings, ...Object.keys(ErrorCode)]) expect(readme).toContain(name);
  const commandLine = readFileSync(join(root, 'docs/command-line.md'), 'utf8');
  expect(settings.filter((name) => !commandLine.includes(`| \`${name}\` |`))).toEqual([]);
});

test('every dependency has its reason, and nothing else has', () => {
  const {
    dependencies,
    devDependencies,
  }: Record<string, Record<string, string>> = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const [, section = ''] = /^### Dependencies$(.*?)^## /ms.exec(readme) ?? [];
  const tables = section
    .split('For development alone:')
    .map((text) =>
      [...text.matchAll(/^\| ([@a-z].*?) +\| (.+?) +\|$/gm)]
        .filter(([, name, reason]) => name !== 'package' && reason)
        .flatMap(([, names = '']) => names.split(', ')),
    );
  expect(tables.map((names) => names.sort())).toEqual([
    Object.keys(dependencies ?? {}).sort(),
    Object.keys(devDependencies ?? {}).sort(),
  ]);
});
