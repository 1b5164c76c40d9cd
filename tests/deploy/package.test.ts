import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { start } from '../support/started.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');

let folder: string;
/** Where the package lies, in a project that has nothing else. */
let place: string;
/** The paths of what is in the package. */
let packed: string[];

/**
 * What is compiled for this machine takes a minute, so that it is taken from the clone; all else comes from the
 * registry, or from npm's cache.
 */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'expograph-package-'));
  const said = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const packs: { filename: string; files: { path: string }[] }[] = Object.values(JSON.parse(said));
  packed = packs.flatMap(({ files }) => files.map(({ path }) => path));
  const project = join(folder, 'project');
  mkdirSync(project);
  const options = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'];
  execFileSync('npm', ['install', '--prefix', project, ...options, ...packs.map(({ filename }) => `./${filename}`)], {
    cwd: folder,
    stdio: 'pipe',
  });
  const built = 'better-sqlite3/build/Release/better_sqlite3.node';
  cpSync(join(root, 'node_modules', built), join(project, 'node_modules', built));
  place = join(project, 'node_modules/expograph');
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the README installs it as it is installed here', () => {
  const { version }: { version: string } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(readme).toContain(`npm pack\nnpm install --prefix /opt/expograph ./expograph-${version}.tgz\n`);
});

test('installed, it serves its dataset, pages and playground elsewhere, and ends at SIGTERM', async () => {
  const elsewhere = join(folder, 'elsewhere');
  mkdirSync(elsewhere);
  const { child, url, pid, ended } = await start('npx', ['--prefix', join(place, '../..'), 'expograph', 'serve'], {
    cwd: elsewhere,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, PORT: '0' },
    detached: true,
  });
  onTestFinished(() => {
    if (child.exitCode === null && child.pid) process.kill(-child.pid, 'SIGKILL');
  });
  const asked = await fetch(`${url}/graphql?query=${encodeURIComponent('{ editions { totalCount } }')}`, {
    headers: { accept: 'application/json' },
  });
  expect(await asked.json()).toEqual({ data: { editions: { totalCount: 110 } } });

  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(`${url}/editions/world-manufacturing-convention-2021`);
    expect(await page.title()).toContain('2021 World Manufacturing Convention');
    await page.goto(`${url}/graphql`);
    await page.locator('.graphiql-container').waitFor();
  } finally {
    await browser.close();
  }
  expect(readdirSync(join(elsewhere, 'var')).sort()).toContain('expograph.db');

  // npx passes no signal on, so that it goes to the service.
  process.kill(pid, 'SIGTERM');
  expect(await ended).toBe(0);
  expect(readdirSync(join(elsewhere, 'var')).sort()).toEqual(['expograph.db', 'expograph.db.migrate.lock']);
}, 90_000);

test('it holds what runs, what is read and the papers, and nothing else', () => {
  const rooms = new Set(packed.map((path) => path.split('/')[0]));
  expect([...rooms].sort()).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'SECURITY.md',
    'bench',
    'completion',
    'data',
    'deploy',
    'dist',
    'docs',
    'migrations',
    'package.json',
    'schema',
  ]);
  const built = new Set(packed.filter((path) => path.startsWith('dist/')).map((path) => path.split('/')[1]));
  expect([...built].sort()).toEqual(['client', 'command', 'web']);
  expect(packed.filter((path) => path.startsWith('bench/'))).toEqual(['bench/RESULTS.md']);

  // All that git has in the rooms that are shipped as they are.
  const shipped = ['completion', 'data', 'deploy', 'docs', 'migrations', 'schema'];
  const kept = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...shipped], {
    cwd: root,
    encoding: 'utf8',
  });
  const expected = kept.split('\0').filter((path) => path !== '');
  expect(expected.length).toBeGreaterThan(100);
  const isShipped = (path: string) => shipped.includes(path.split('/')[0] ?? '');
  expect(packed.filter(isShipped).sort()).toEqual(expected.sort());

  // The licences of what was put into the built files lie beside them.
  for (const path of ['data/LICENSE', 'dist/command/LICENCES.txt', 'dist/web/playground/LICENCES.txt'])
    expect(packed).toContain(path);
  expect(packed).toContain('dist/web/site/embed-licences.txt');
});

test('it tells nothing of the machine that it was built on, and no secret', () => {
  const suspicious = [root.replace(/\/$/, ''), homedir(), '-----BEGIN', '_authToken', 'npm_config_'].filter(
    // As root, or in a folder of one letter, a path says nothing.
    (text) => text.length > 3,
  );
  const found = packed.flatMap((path) => {
    const text = readFileSync(join(place, path), 'latin1');
    return suspicious.filter((one) => text.includes(one)).map((one) => `${path}: ${one}`);
  });
  expect(found).toEqual([]);
});
