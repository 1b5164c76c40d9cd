import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { commandLinePage } from './cli/help.ts';
import { openProgram } from './cli/program.ts';
import { datasetJsonSchema } from './dataset/format.ts';
import { clientOperations } from './generate/operations.ts';
import { buildExpographSchema, sdl } from './graphql/schema.ts';
import { correctMigration } from './store/correct.ts';

/*
 * Brings what is generated up to date; with --check it only says what is stale, and fails.
 * drizzle-kit has written the migrations before: `npm run generate` runs both.
 */

const check = process.argv.includes('--check');
const root = fileURLToPath(new URL('..', import.meta.url));

function correctMigrations(): Map<string, string> {
  const names = readdirSync(`${root}migrations`).filter((name) => name.endsWith('.sql'));
  return new Map(
    names.map((name) => [`migrations/${name}`, correctMigration(readFileSync(`${root}migrations/${name}`, 'utf8'))]),
  );
}

function read(path: string): string | undefined {
  try {
    return readFileSync(root + path, 'utf8');
  } catch {
    return undefined;
  }
}

const schema = buildExpographSchema();

/** Every generated file: its path within the project, and what it must hold. */
const files = new Map([
  ...correctMigrations(),
  ['schema/schema.graphql', sdl(schema)],
  ['src/client/operations.ts', await clientOperations(schema, `${root}schema/operations`)],
  ['schema/dataset.schema.json', `${JSON.stringify(datasetJsonSchema(), null, 2)}\n`],
  ['docs/command-line.md', commandLinePage(await openProgram())],
]);

for (const [path, text] of files) {
  if (read(path) === text) continue;
  if (check) {
    console.error(`${path} is stale. Run "npm run generate".`);
    process.exitCode = 1;
  } else {
    writeFileSync(root + path, text);
    console.error(`Wrote ${path}`);
  }
}
