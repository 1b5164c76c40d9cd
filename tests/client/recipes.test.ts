import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { preset } from '@graphql-codegen/client-preset';
import { codegen } from '@graphql-codegen/core';
import { buildSchema, parse, printSchema } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApp, type TestApp } from '../support/app.ts';
import { makeProject, type Project } from '../support/project.ts';

const readme = readFileSync(fileURLToPath(new URL('../../README.md', import.meta.url)), 'utf8');
const [, section = ''] = /^### From TypeScript$(.*?)^##/ms.exec(readme) ?? [];
const blocks = [...section.matchAll(/^```ts\n(.*?)^```/gms)].map(([, text = '']) => text);

/** The block that imports a package or a module. */
function recipe(name: string): string {
  const found = blocks.filter((text) => text.includes(`from '${name}'`));
  expect(found, name).toHaveLength(1);
  return found[0] ?? '';
}

/** What the README says is to be installed besides, where it names a package. */
function installed(name: string): string[] {
  const lines = [...section.matchAll(/`npm install (?:-D )?([^`]+)`/g)].map(([, names = '']) => names.split(' '));
  return lines.find((names) => names.includes(name)) ?? expect.fail(`Nothing is said of ${name}.`);
}

const ownClient = blocks.find((text) => text.includes('EditionInBriefDocument')) ?? '';
const configuration = blocks.find((text) => text.startsWith('export default')) ?? '';

let app: TestApp;
let url: string;
let project: Project;
let configured: Project;

beforeAll(async () => {
  app = await openApp();
  ({ url } = await app.listen());
  project = makeProject([...installed('@apollo/client'), ...installed('@urql/core')]);
  // Its command line is none of ours: what that does is done below, with the types of its configuration.
  const others = installed('@graphql-codegen/cli').filter((name) => name !== '@graphql-codegen/cli');
  configured = makeProject([...others, '@graphql-codegen/plugin-helpers']);
});
afterAll(async () => {
  await app?.close();
  project?.remove();
  configured?.remove();
});

/** What a recipe says that it prints. */
const promised = (text: string) =>
  [...text.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map(([, line]) => `${line}\n`).join('');

const hereAndNow = (text: string) => text.replaceAll('http://127.0.0.1:4000', url);

test('the client, Apollo Client and urql are used as it says, and print what it says', async () => {
  const recipes = { client: ownClient, apollo: recipe('@apollo/client'), urql: recipe('@urql/core') };
  for (const [name, text] of Object.entries(recipes)) project.write(`src/${name}.ts`, hereAndNow(text));
  // rxjs and Apollo Client want the DOM's types, and have errors of their own in their declarations.
  expect(await project.compile({ lib: ['es2023', 'dom', 'esnext.disposable'], skipLibCheck: true })).toEqual([]);
  for (const [name, text] of Object.entries(recipes)) {
    expect(promised(text), name).not.toBe('');
    expect(await project.node(`out/${name}.js`), name).toBe(promised(text));
  }
});

test('graphql-codegen writes types for a question of one’s own as it says, and the client asks it', async () => {
  const text = recipe('./graphql/index.js');
  configured.write('src/signed.ts', hereAndNow(text));
  configured.write(
    'src/codegen.ts',
    `import type { Types } from '@graphql-codegen/plugin-helpers';\n${configuration.replace(/;\n$/, ' satisfies Types.Config;\n')}`,
  );
  await generate(configured);
  expect(await configured.compile({ skipLibCheck: true })).toEqual([]);
  expect(await configured.node('out/signed.js')).toBe(promised(text));

  const wrong = text
    .replace('{ year: 2021 }', "{ year: '2021' }")
    .replace(/amount\);.*/, 'amount.toFixed(), editions.size);');
  configured.write('src/signed.ts', wrong);
  expect(await configured.compile({ skipLibCheck: true })).toEqual([
    expect.stringMatching(/^src\/signed\.ts.* Type 'string' is not assignable to type 'number'/),
    expect.stringMatching(/^src\/signed\.ts.* Property 'toFixed' does not exist on type 'string'/),
    expect.stringMatching(/^src\/signed\.ts.* Property 'size' does not exist/),
  ]);
});

test('every block has been compiled and run', () => {
  expect(
    new Set([ownClient, configuration, recipe('@apollo/client'), recipe('@urql/core'), recipe('./graphql/index.js')]),
  ).toEqual(new Set(blocks));
  expect(blocks).toHaveLength(5);
});

/** The parts of a configuration that are used here. */
interface Configuration {
  schema: string;
  documents: string[];
  importExtension: '' | `.${string}`;
  generates: Record<string, { preset: string; presetConfig: object; config: object }>;
}

/** Does what the command line of graphql-codegen does: finds the files that the configuration names, and hands them on. */
async function generate({ folder, write }: Project): Promise<void> {
  write('codegen.mjs', configuration);
  const { default: config }: { default: Configuration } = await import(join(folder, 'codegen.mjs'));
  expect(config.documents).toEqual(['src/**/*.ts']);
  const [[baseOutputDir, output] = ['', undefined], ...others] = Object.entries(config.generates);
  expect([output?.preset, others]).toEqual(['client', []]);
  const source = /graphql\(`(.*?)`\)/s.exec(readFileSync(join(folder, 'src/signed.ts'), 'utf8'))?.[1] ?? '';
  const schemaAst = buildSchema(readFileSync(join(folder, config.schema), 'utf8'));
  const sections = await preset.buildGeneratesSection({
    baseOutputDir,
    schema: parse(printSchema(schemaAst)),
    schemaAst,
    documents: [{ location: join(folder, 'src/signed.ts'), rawSDL: source, document: parse(source) }],
    config: { ...output?.config, importExtension: config.importExtension },
    presetConfig: output?.presetConfig ?? {},
    plugins: [],
    pluginMap: {},
  });
  for (const section of sections) write(section.filename, await codegen(section));
}
