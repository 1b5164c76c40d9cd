import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EditionInBriefDocument } from '../../src/client/index.ts';
import { openApp, type TestApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { makeProject, type Project } from '../support/project.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

let app: TestApp;
let url: string;
let project: Project;
/** The paths of what is in the package. */
let packed: string[];
const modules = readdirSync(join(root, 'src/client')).map((file) => file.replace(/\.ts$/, ''));
beforeAll(async () => {
  app = await openApp();
  ({ url } = await app.listen());
  project = makeProject();
  packed = installPacked(project);
});
afterAll(async () => {
  await app?.close();
  project?.remove();
});

/**
 * Puts what is published in the place of what is built. What the service depends on is left out: the client needs none.
 * @returns the paths of what is in the package
 */
function installPacked({ folder }: Project): string[] {
  const options = ['--json', '--ignore-scripts', '--pack-destination', folder];
  const said = execFileSync('npm', ['pack', ...options], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const packs: { filename: string; files: { path: string }[] }[] = Object.values(JSON.parse(said));
  const place = join(folder, 'node_modules/expograph');
  rmSync(place);
  mkdirSync(place);
  for (const { filename } of packs)
    execFileSync('tar', ['-xzf', join(folder, filename), '-C', place, '--strip-components=1']);
  return packs.flatMap(({ files }) => files.map(({ path }) => path));
}

const using = `
import { createClient, type Decimal, EditionInBriefDocument, type EditionStatus, ExpographError, LargestSigningsDocument,
  type LargestSigningsQuery, SpeakersAndTheirTitlesDocument, TypedDocumentString, WhatIsOnDocument } from 'expograph/client';

const client = createClient({ url: process.argv[2] ?? '', fetch: globalThis.fetch });
const OfYear = new TypedDocumentString<{ editions: { totalCount: number } }, { year: number; slug?: string }>(
  'query OfYear($year: Int!) { editions(where: { year: { eq: $year } }) { totalCount } }',
);
const amount: Decimal = '1';
const status: EditionStatus = 'HELD';

const absent = createClient({ url: new URL('http://x/'), fetch: undefined, headers: undefined, language: undefined });
createClient({ url: '/', headers: new Headers() });
createClient({ url: '/', headers: async () => ({ authorization: 'x' }) });

const brief = await client.query(EditionInBriefDocument);
const largest: LargestSigningsQuery = await client.query(LargestSigningsDocument, {}, { signal: AbortSignal.timeout(9_000) });
const ofYear = await client.query(OfYear, { year: 2021 });
const untyped: unknown = await client.query('{ service { name } }', { any: 1 });
const refused = await client.query(SpeakersAndTheirTitlesDocument, { first: 500 }).catch((error: unknown) =>
  error instanceof ExpographError ? [error.status, error.errors[0]?.extensions?.code] : error);
console.log(JSON.stringify({ name: brief.edition?.name, count: largest.editions.totalCount, ofYear, untyped, refused, amount, status }));

export async function neverRun(): Promise<void> {
  await absent.query(EditionInBriefDocument, undefined, { signal: undefined });
  await absent.query(EditionInBriefDocument, undefined, undefined);
  // @ts-expect-error There is no such variable.
  await client.query(LargestSigningsDocument, { afterwards: 'x' });
  // @ts-expect-error A cursor is a string.
  await client.query(LargestSigningsDocument, { after: 1 });
  // @ts-expect-error It takes no variables.
  await client.query(EditionInBriefDocument, { slug: 'x' });
  // @ts-expect-error There is no such variable, though the other one is right.
  await client.query(WhatIsOnDocument, { from: '2018-01-01', untl: '2018-12-31' });
  // @ts-expect-error There is no such variable besides.
  await client.query(OfYear, { year: 2021, slugg: 'x' });
  // @ts-expect-error It requires one.
  await client.query(OfYear);
  // @ts-expect-error It requires another.
  await client.query(OfYear, { slug: 'x' });
  // @ts-expect-error Its options are no variables.
  await client.query(WhatIsOnDocument, { signal: AbortSignal.timeout(1) });
  // @ts-expect-error There is no such field.
  brief.edition?.title;
  // @ts-expect-error It may be null.
  brief.edition.name;
  // @ts-expect-error What plain text asks is not known.
  (await client.query('{ service { name } }')).service;
  // @ts-expect-error A parsed document is none that can be sent.
  await client.query({ kind: 'Document', definitions: [] });
  // @ts-expect-error There is no such status.
  const other: EditionStatus = 'OVER';
  // @ts-expect-error A decimal is a string.
  const number: Decimal = 1;
  // @ts-expect-error A client needs an address.
  createClient({});
  // @ts-expect-error A header is a text.
  createClient({ url: '/', headers: { age: 1 } });
  // @ts-expect-error A signal is none without its state.
  await absent.query(EditionInBriefDocument, {}, { signal: {} });
}
`;

test('it is imported by name, with types that hold, by Node’s rules and by those of bundlers', async () => {
  project.write('src/using.ts', using);
  expect(await project.compile()).toEqual([]);
  expect(JSON.parse(await project.node('out/using.js', `${url}/graphql`))).toEqual({
    name: '2021 World Manufacturing Convention',
    count: expect.any(Number),
    ofYear: { editions: { totalCount: 12 } },
    untyped: { service: { name: 'Expograph' } },
    refused: [200, 'PAGE_SIZE_EXCEEDED'],
    amount: '1',
    status: 'HELD',
  });

  project.write('src/using.ts', `declare const process: { argv: string[] };${using}`);
  const bundler = { module: 'esnext', moduleResolution: 'bundler', noEmit: true };
  expect(await project.compile({ ...bundler, lib: ['es2023', 'dom'], types: [] })).toEqual([]);
});

test('its types need those of no platform', async () => {
  project.write(
    'src/using.ts',
    `import { createClient, EditionInBriefDocument, type EditionInBriefQuery, type QueryOptions } from 'expograph/client';
    const signal: Required<QueryOptions>['signal'] = { aborted: false, reason: undefined };
    const asked = createClient({ url: '/' }).query(EditionInBriefDocument, {}, { signal });
    export const name = asked.then((brief: EditionInBriefQuery) => brief.edition?.name);`,
  );
  expect(await project.compile({ lib: ['es2022'], types: [] })).toEqual([]);
});

test('a page asks with it, in a bundle of its own question and no other', async () => {
  project.write(
    'page.js',
    `import { createClient, EditionInBriefDocument } from 'expograph/client';
    globalThis.asked = createClient({ url: '/graphql', language: 'en' }).query(EditionInBriefDocument);`,
  );
  const entry = join(project.folder, 'page.js');
  const lib = { entry, formats: ['iife' as const], name: 'page' };
  const built = await build({
    configFile: false,
    root: project.folder,
    logLevel: 'error',
    build: { lib, write: false },
  });
  const [bundle] = Array.isArray(built) ? built.flatMap(({ output }) => output) : [];
  const content = bundle?.type === 'chunk' ? bundle.code : '';
  expect(content).toContain('EditionInBrief');
  expect(content).not.toContain('SignedByYear');
  expect(content.length).toBeLessThan(4_000);

  const browser = await launchBrowser();
  try {
    // The service's own policy forbids scripts of others.
    const page = await browser.newPage({ bypassCSP: true });
    await page.goto(`${url}/livez`);
    await page.addScriptTag({ content });
    const asked = await page.evaluate(() => Reflect.get(globalThis, 'asked'));
    expect(asked).toEqual((await app.query({ query: String(EditionInBriefDocument) })).data);
  } finally {
    await browser.close();
  }
}, 60_000);

test('CommonJS requires it, and types come along', async () => {
  project.write(
    'src/using.cts',
    `import client = require('expograph/client');\nconsole.log(client.EditionInBriefDocument.length);`,
  );
  project.write('src/using.ts', '');
  expect(await project.compile()).toEqual([]);
  expect(await project.node('out/using.cjs')).toBe(`${EditionInBriefDocument.length}\n`);
});

test('a question is found by name in the package', async () => {
  project.write('find.js', "console.log(import.meta.resolve('expograph/schema/operations/find-hefei.graphql'));");
  const found = new URL(await project.node('find.js'));
  expect(readFileSync(found, 'utf8')).toBe(readFileSync(join(root, 'schema/operations/find-hefei.graphql'), 'utf8'));
});

test('its source maps bring their sources along', () => {
  const folder = join(project.folder, 'node_modules/expograph/dist/client');
  const maps = readdirSync(folder).filter((file) => file.endsWith('.map'));
  expect(maps).toHaveLength(modules.length);
  for (const file of maps) {
    const map: { sources: string[]; sourcesContent?: string[] } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    expect(map.sourcesContent).toEqual(
      map.sources.map((path) => readFileSync(join(root, 'dist/client', path), 'utf8')),
    );
  }
});

test('it holds what it exports and what its README links to, the client’s types, and nothing of the build and the tests', () => {
  const { exports }: { exports: Record<string, unknown> } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  expect(Object.keys(exports)).toEqual([
    './client',
    './schema.graphql',
    './schema/operations/*.graphql',
    './package.json',
  ]);
  const targets = [...JSON.stringify(exports).matchAll(/:"\.\/([^"]+)"/g)].map(([, path = '']) => path);
  expect(targets).toHaveLength(5);
  for (const target of targets) {
    const [before = '', after = ''] = target.split('*');
    expect(packed.filter((path) => path.startsWith(before) && path.endsWith(after))).not.toEqual([]);
  }
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const links = [...readme.matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target);
  // The rooms of the source are for those who have a clone.
  const needed = links.filter((target) => !/^(src|tests|bench$)/.test(target));
  expect(needed).toContain('docs/command-line.md');
  expect(needed.filter((target) => !packed.some((path) => `${path}/`.startsWith(`${target}/`)))).toEqual([]);

  expect(packed.filter((path) => path.endsWith('.d.ts')).sort()).toEqual(
    modules.map((name) => `dist/client/${name}.d.ts`).sort(),
  );
  expect(packed.filter((path) => /test|generate|stamp|tsbuildinfo|dist\/build/.test(path))).toEqual([]);
});
