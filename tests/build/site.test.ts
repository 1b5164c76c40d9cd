import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bundleSite } from '../../src/build/site.ts';
import { siteAssets } from '../../src/http/site.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
let folder: string;
let target: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'expograph-site-'));
  target = join(folder, 'dist', 'site');
});

afterEach(() => rm(folder, { recursive: true }));

/** A copy of the sources that browsers get; the chart needs no library, so that it is bundled in no time. */
async function copySources(): Promise<void> {
  for (const path of ['src/web', 'src/client'])
    await cp(join(repository, path), join(folder, path), { recursive: true });
  await symlink(join(repository, 'node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'src/web/chart.ts'), 'export const signingsChart = () => document.title;\n');
  await writeFile(join(folder, 'src/web/pages/main.ts'), "import './style.css';\ndocument.title = 'a page';\n");
}

const text = (path: string) => readFile(join(target, path), 'utf8');

test('pages get files with a hash, other sites get embed.js and embed.css, each in three encodings', async () => {
  await copySources();
  expect(await bundleSite({ project: folder, target })).toMatch(/^Built what the pages load in [\d.]+ s\.$/);
  const { style, script } = siteAssets(target);
  expect([style, script]).toEqual([
    expect.stringMatching(/^\/assets\/pages-[\w-]+\.css$/),
    expect.stringMatching(/^\/assets\/pages-[\w-]+\.js$/),
  ]);
  expect(await text(script)).toContain('a page');
  const files = await readdir(target);
  for (const name of ['embed.js', 'embed.css'])
    expect(files).toEqual(expect.arrayContaining([name, `${name}.br`, `${name}.gz`]));
});

test('embed.js has all that it needs at first, and finds the rest beside itself, in the page of another site', async () => {
  await copySources();
  await bundleSite({ project: folder, target });
  const embed = await text('embed.js');
  expect(embed).toContain('expograph-editions');
  expect(embed).not.toMatch(/^import|\bfrom\s*["'`]/m);
  const [, chart = 'none'] = /import\([`"']\.\/(assets\/chart-[\w-]+\.js)[`"']\)/.exec(embed) ?? [];
  expect(await text(chart)).toContain('document.title');
  // By light-dark() an element is as light as the page around it, which the system's preference alone does not tell.
  expect(embed).toContain('light-dark(#');
});

test('a build happens when a source changed, a style among them, and only then', async () => {
  await copySources();
  await bundleSite({ project: folder, target });
  expect(await bundleSite({ project: folder, target })).toBeUndefined();
  for (const path of ['src/web/chart.css', 'src/web/embed/embed.css', 'src/client/error.ts', 'package-lock.json']) {
    const before = path === 'package-lock.json' ? '{}' : await readFile(join(folder, path), 'utf8');
    await writeFile(join(folder, path), `${before}\n`);
    expect(await bundleSite({ project: folder, target }), path).toBeDefined();
  }
  expect(await bundleSite({ project: folder, target })).toBeUndefined();
});

test('an installed package, which has no sources, is left alone', async () => {
  expect(await bundleSite({ project: folder, target })).toBeUndefined();
  expect(await readdir(folder)).toEqual([]);
});
