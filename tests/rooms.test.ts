import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const src = fileURLToPath(new URL('../src', import.meta.url));

/** Which rooms a room may import, besides itself. `cli` starts things and may open the store for that. */
const allowed: Record<string, string[]> = {
  answer: ['select'],
  build: ['web'],
  cli: ['answer', 'app', 'dataset', 'graph', 'settings', 'store', 'graphql', 'web'],
  app: ['answer', 'http', 'dataset', 'graphql', 'store', 'settings', 'threads'],
  graph: ['app', 'graphql', 'http', 'select', 'store'],
  http: ['answer', 'client', 'graphql', 'publications', 'select', 'web'],
  graphql: ['select', 'store'],
  select: ['store'],
  dataset: ['store'],
  generate: ['cli', 'graphql', 'dataset', 'store', 'web'],
  client: [],
  settings: [],
  store: [],
  threads: ['dataset', 'graphql', 'select', 'store'],
  publications: ['client', 'web'],
  web: ['client'],
};

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => {
    const text = readFileSync(join(src, file), 'utf8');
    const imports = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');
    return { file, text, imports };
  });

const roomOf = (file: string) => file.split('/')[0]?.replace(/\.ts$/, '') ?? '';

function imports(of: (name: string) => boolean): string[] {
  return [...new Set(files.filter((file) => file.imports.some(of)).map(({ file }) => roomOf(file)))].sort();
}

test('imports between rooms go one way', () => {
  const wrong = files.flatMap(({ file, imports: names }) =>
    names
      .filter((name) => name.startsWith('.'))
      .map((name) => roomOf(relative(src, join(src, dirname(file), name))))
      .filter((room) => room !== roomOf(file) && !room.startsWith('..') && !allowed[roomOf(file)]?.includes(room))
      .map((room) => `${file} imports ${room}`),
  );
  expect(wrong).toEqual([]);
  expect(files.length).toBeGreaterThan(30);
});

test('each technology stays in its room', () => {
  expect(imports((name) => name === 'better-sqlite3')).toEqual(['store']);
  expect(imports((name) => name === 'type-graphql')).toEqual(['graphql']);
  expect(imports((name) => name.startsWith('fastify') || name.startsWith('@apollo'))).not.toContain('graphql');
  expect(['dataset', 'graphql', 'select', 'store']).toEqual(
    expect.arrayContaining(imports((name) => name.startsWith('drizzle-orm'))),
  );
});

/** The packages that are loaded with these files, before anything runs. */
function packagesOf(names: readonly string[]): string[] {
  const reached = new Set(names);
  const packages = new Set<string>();
  // A set that grows meanwhile is walked to its end.
  for (const name of reached) {
    const { text = '' } = files.find(({ file }) => file === name) ?? {};
    for (const [, imported = ''] of text.matchAll(/^(?:import|export) (?!type )(?:[^;]*? from )?'([^']+)'/gm))
      if (imported.startsWith('.')) reached.add(join(dirname(name), imported));
      else if (!imported.startsWith('node:')) packages.add(imported);
  }
  return [...packages].sort();
}

test('the command line shows its help, and completes, before it loads what commands work with', () => {
  const { imports: commands } = files.find(({ file }) => file === 'cli/program.ts') ?? { imports: [] };
  const names = commands.filter((name) => name.startsWith('./')).map((name) => join('cli', name));
  expect(names.length).toBeGreaterThan(10);
  expect(packagesOf(['cli/main.ts', ...names])).toEqual(['cli-progress', 'commander']);
  expect(packagesOf(['cli/ask.ts'])).toContain('graphql');
});

test('only the settings read the environment', () => {
  expect(files.filter(({ text }) => /(?<!')process\.env/.test(text)).map(({ file }) => file)).toEqual(['settings.ts']);
});
