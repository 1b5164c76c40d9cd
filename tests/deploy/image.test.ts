import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { start } from '../support/started.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Step {
  word: string;
  rest: string;
}

/** The steps of each stage of the Dockerfile. */
const stages = readFileSync(join(root, 'Dockerfile'), 'utf8')
  .replace(/^#.*\n/gm, '')
  .replace(/\\\n\s*/g, '')
  .split('\n')
  .filter((line) => line !== '')
  .map((line): Step => {
    const [, word = '', rest = ''] = /^([A-Z]+) (.+)$/.exec(line) ?? [];
    return { word, rest };
  })
  .reduce<Step[][]>((all, step) => {
    if (step.word === 'FROM') all.push([step]);
    else all.at(-1)?.push(step);
    return all;
  }, []);
const [libraries = [], building = [], serving = []] = stages;

const restOf = (word: string, steps = serving) => steps.filter((step) => step.word === word).map(({ rest }) => rest);
const listOf = (word: string): string[] => restOf(word).flatMap((rest) => JSON.parse(rest));

/** Pairs of a step such as ENV and LABEL. */
const pairsOf = (word: string) =>
  Object.fromEntries(
    restOf(word)
      .flatMap((rest) => [...rest.matchAll(/(\S+?)=(?:"([^"]*)"|(\S+))/g)])
      .map(([, key = '', quoted, plain = '']) => [key, quoted ?? plain]),
  );

/** What a COPY takes from the folder that the image is made of. */
const takenBy = (steps: Step[]) =>
  restOf('COPY', steps)
    .filter((rest) => !rest.startsWith('--from='))
    .flatMap((rest) => rest.split(' ').slice(0, -1));

let folder: string;
const at = (stage: string, path: string) => join(folder, stage, path);
/** Whom the service runs as: another user where this one may be another, since nothing binds root. */
let stranger: { uid?: number; gid?: number } = {};

/**
 * Does the steps of a stage in a folder of its own: all but to get the base image, to install once more what only the
 * build needs, and to compile SQLite, which takes a minute. Those are taken from the clone.
 */
function perform(stage: string, steps: readonly Step[]): void {
  let working = '/';
  for (const { word, rest } of steps) {
    if (word === 'WORKDIR') {
      working = rest;
      mkdirSync(at(stage, working), { recursive: true });
    } else if (word === 'COPY') copy(rest, at(stage, working));
    else if (word === 'RUN') run(JSON.parse(rest), stage, at(stage, working));
  }
}

function copy(rest: string, target: string): void {
  const [, from, paths = ''] = /^(?:--from=(\S+) )?(.*)$/.exec(rest) ?? [];
  const parts = paths.split(' ');
  const place = parts.pop() ?? '';
  for (const part of parts) {
    const to = join(target, place.endsWith('/') ? join(place, part) : place);
    mkdirSync(dirname(to), { recursive: true });
    // A stage that is done is asked for each of its parts once.
    if (from) renameSync(at(from, part), to);
    else cpSync(join(root, part), to, { recursive: true });
  }
}

function run([command = '', ...args]: string[], stage: string, cwd: string): void {
  if (command === 'install') mkdirSync(at(stage, args.at(-1) ?? ''), { recursive: true });
  else if (args[0] !== 'ci') execFileSync(command, args, { cwd, stdio: 'pipe' });
  else if (!args.includes('--omit=dev')) symlinkSync(join(root, 'node_modules'), join(cwd, 'node_modules'));
  else {
    execFileSync(command, [...args, '--prefer-offline', '--ignore-scripts'], { cwd, stdio: 'pipe' });
    const compiled = 'node_modules/better-sqlite3/build/Release/better_sqlite3.node';
    cpSync(join(root, compiled), join(cwd, compiled));
  }
}

/** Every file of a folder, with its size and when it was written to. */
const filesOf = (path: string) =>
  readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => {
    const { size, mtimeMs } = statSync(join(path, name));
    return `${name} ${size} ${mtimeMs}`;
  });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'expograph-image-'));
  execFileSync('chmod', ['755', folder]);
  perform('libraries', libraries);
  perform('build', building);
  perform('last', serving);
  const state = listOf('VOLUME').map((path) => at('last', path));
  const other = { uid: 1000, gid: 1000 };
  if (process.getuid?.() === 0 && spawnSync(process.execPath, ['--version'], other).status === 0) {
    stranger = other;
    execFileSync('chown', ['1000:1000', ...state]);
  }
  execFileSync('chmod', ['-R', 'a-w', at('last', '/expograph')]);
}, 180_000);

afterAll(() => {
  execFileSync('chmod', ['-R', 'u+w', folder]);
  rmSync(folder, { recursive: true, force: true });
});

/** A command of the image, with its paths in this folder. */
const here = (parts: readonly string[]) => parts.map((part) => part.replace(/^\/expograph\//, at('last', '$&')));

test('it is made for one major version of Node that the package supports, of what git keeps and is let through', () => {
  expect(stages.map((steps) => restOf('FROM', steps))).toEqual([
    ['node:22-bookworm AS libraries'],
    ['node:22-bookworm AS build'],
    ['node:22-bookworm-slim'],
  ]);
  const { engines }: { engines: { node: string } } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(engines.node).toContain('^22.');

  const taken = [...new Set(stages.flatMap(takenBy))].sort();
  const lines = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n');
  expect(lines.filter((line) => line !== '' && !/^[#!]/.test(line))).toEqual(['*']);
  expect(lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1))).toEqual(taken);
  const kept = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--', ...taken], {
    cwd: root,
    encoding: 'utf8',
  });
  const names = new Set(kept.split('\n').map((path) => path.split('/')[0]));
  expect(taken.filter((name) => !names.has(name))).toEqual([]);
});

test('it runs as a user without rights, with no shell between, and stops at SIGTERM', () => {
  expect([restOf('USER'), restOf('STOPSIGNAL')]).toEqual([['node'], ['SIGTERM']]);
  expect([...listOf('ENTRYPOINT'), ...listOf('CMD')]).toEqual(['node', '/expograph/dist/command/main.js', 'serve']);
  const { HOST, PORT, DATABASE_PATH } = pairsOf('ENV');
  expect([HOST, restOf('EXPOSE'), listOf('VOLUME')]).toEqual(['0.0.0.0', [PORT], [dirname(DATABASE_PATH ?? '')]]);
});

test('the README runs it with the volume, the port and the command that it has', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const [, run = ''] = /^docker run (.*)$/m.exec(readme) ?? [];
  const { PORT } = pairsOf('ENV');
  expect(run).toContain('--read-only --tmpfs /tmp ');
  expect(run).toContain(`--publish 127.0.0.1:${PORT}:${PORT} --volume expograph:${listOf('VOLUME')[0]} expograph`);
  // A process that is the first of its container ignores signals until it asks for them.
  expect(run).toContain('--init ');
  expect(readme).toContain(
    `docker exec expograph ${listOf('ENTRYPOINT').join(' ')} backup --force ${listOf('VOLUME')[0]}/`,
  );
});

test('its labels say what the package says', () => {
  const { description, license, version }: Record<string, unknown> = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  expect(pairsOf('LABEL')).toEqual({
    'org.opencontainers.image.title': 'Expograph',
    'org.opencontainers.image.description': description,
    'org.opencontainers.image.licenses': license,
    'org.opencontainers.image.version': version,
  });
});

test('its last stage has every package that production needs, and none for development alone', () => {
  const { dependencies }: { dependencies: object } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { packages }: { packages: Record<string, { dev?: boolean }> } = JSON.parse(
    readFileSync(at('last', '/expograph/node_modules/.package-lock.json'), 'utf8'),
  );
  const needed = Object.keys(dependencies).map((name) => `node_modules/${name}`);
  expect(Object.keys(packages)).toEqual(expect.arrayContaining(needed));
  expect(Object.keys(packages).filter((path) => packages[path]?.dev)).toEqual([]);
  expect(readdirSync(at('last', '/expograph/node_modules'))).not.toContain('typescript');
});

test('it serves from a folder that it cannot write to, writes nothing but its database, and tells its health', async () => {
  const application = at('last', '/expograph');
  const before = filesOf(application);
  const [state = ''] = listOf('VOLUME').map((path) => at('last', path));
  const given = pairsOf('ENV');
  const env = {
    ...given,
    PATH: process.env.PATH,
    PORT: '0',
    DATABASE_PATH: at('last', given.DATABASE_PATH ?? ''),
  };
  const [, ...args] = here([...listOf('ENTRYPOINT'), ...listOf('CMD')]);
  const { child, url, ended } = await start(process.execPath, args, { cwd: application, env, ...stranger });
  onTestFinished(() => void child.kill('SIGKILL'));
  for (const path of ['/readyz', '/editions/world-manufacturing-convention-2021', '/graphql', '/embed.js'])
    expect([path, (await fetch(url + path, { headers: { accept: 'text/html, */*' } })).status]).toEqual([path, 200]);
  const asked = await fetch(`${url}/graphql?query=${encodeURIComponent('{ editions { totalCount } }')}`, {
    headers: { accept: 'application/json' },
  });
  expect(await asked.json()).toEqual({ data: { editions: { totalCount: 110 } } });

  const [, check = '[]'] =
    /^--interval=\S+ --timeout=\S+ --start-period=\S+ CMD (.*)$/.exec(restOf('HEALTHCHECK')[0] ?? '') ?? [];
  const [, ...checking]: string[] = JSON.parse(check);
  const health = () =>
    spawnSync(process.execPath, checking, { env: { ...env, PORT: new URL(url).port }, timeout: 10_000 }).status;
  expect(checking).toHaveLength(2);
  const healthy = health();
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect([healthy, health()]).toEqual([0, 1]);

  expect(filesOf(application)).toEqual(before);
  expect(readdirSync(state).sort()).toEqual(['expograph.db', 'expograph.db.migrate.lock']);
  if (stranger.uid || process.getuid?.() !== 0) {
    const write = `require('fs').writeFileSync(${JSON.stringify(join(application, 'written'))}, '')`;
    expect(spawnSync(process.execPath, ['-e', write], { ...stranger, encoding: 'utf8' }).stderr).toContain('EACCES');
  }
}, 60_000);
