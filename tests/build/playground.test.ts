import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bundlePlayground, type PlaygroundFolders } from '../../src/build/playground.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
let folder: string;
let folders: PlaygroundFolders;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'expograph-bundle-'));
  folders = { project: folder, operations: join(folder, 'operations'), target: join(folder, 'dist', 'playground') };
  await mkdir(folders.operations);
  await writeFile(
    join(folders.operations, 'a.graphql'),
    '# What is it?\n# Subject: Search\nquery FirstQuestion { __typename }\n',
  );
});

afterEach(() => rm(folder, { recursive: true }));

/** A copy of the sources whose page is small, so that it is bundled in no time. */
async function copySources(): Promise<void> {
  const source = join(folder, 'src', 'web');
  await cp(join(repository, 'src', 'web'), source, { recursive: true });
  await symlink(join(repository, 'node_modules'), join(folder, 'node_modules'));
  const main = "import subjects from 'virtual:questions';\ndocument.title = JSON.stringify(subjects);\n";
  await writeFile(join(source, 'playground', 'main.tsx'), main);
}

test('a build happens when a source or a question changed, and only then', async () => {
  await copySources();
  expect(await bundlePlayground(folders)).toMatch(/^Built the playground in [\d.]+ s: 1 ready questions?, /);
  const first = await readFile(join(folders.target, 'index.html'), 'utf8');
  const script = /\/playground\/assets\/(index-[\w-]+\.js)/.exec(first)?.[1] ?? 'none';
  expect(await readFile(join(folders.target, 'assets', script), 'utf8')).toContain('FirstQuestion');
  expect(await readdir(join(folders.target, 'assets'))).toEqual(
    expect.arrayContaining([script, `${script}.br`, `${script}.gz`]),
  );

  expect(await bundlePlayground(folders)).toBeUndefined();

  await writeFile(join(folders.operations, 'b.graphql'), '# Subject: Editions\nquery SecondQuestion { __typename }\n');
  expect(await bundlePlayground(folders)).toMatch(/2 ready questions/);
  expect(await readFile(join(folders.target, 'index.html'), 'utf8')).not.toBe(first);

  await writeFile(join(folders.project, 'package-lock.json'), '{}');
  expect(await bundlePlayground(folders)).toBeDefined();
  expect(await bundlePlayground(folders)).toBeUndefined();
  expect(await readdir(join(folder, 'dist'))).toEqual(['playground']);
});

test('two builds at once both succeed and leave one whole playground', async () => {
  await copySources();
  await Promise.all([bundlePlayground(folders), bundlePlayground({ ...folders })]);
  expect(await readdir(join(folder, 'dist'))).toEqual(['playground']);
  expect(await bundlePlayground(folders)).toBeUndefined();
});

test('an installed package, which has no sources, is left alone', async () => {
  expect(await bundlePlayground(folders)).toBeUndefined();
  expect(await readdir(folder)).toEqual(['operations']);
});

test('a question that cannot be used stops the build and leaves the former playground whole', async () => {
  await copySources();
  await bundlePlayground(folders);
  const page = await readFile(join(folders.target, 'index.html'), 'utf8');
  await writeFile(join(folders.operations, 'b.graphql'), '# Subject: Search\n{ __typename }');
  await expect(bundlePlayground(folders)).rejects.toThrow(/b\.graphql: the operation has no name/);
  expect(await readFile(join(folders.target, 'index.html'), 'utf8')).toBe(page);
  expect(await readdir(join(folder, 'dist'))).toEqual(['playground']);
  await expect(bundlePlayground(folders)).rejects.toThrow(/b\.graphql/);
});

test('a question about a subject that has no place in the order stops the build', async () => {
  await copySources();
  await writeFile(join(folders.operations, 'b.graphql'), '# Subject: Weather\nquery Rain { __typename }\n');
  await expect(bundlePlayground(folders)).rejects.toThrow(/b\.graphql: the subject must be one of .*; got Weather\.$/);
});
