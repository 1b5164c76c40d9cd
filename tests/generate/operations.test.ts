import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { buildSchema } from 'graphql';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clientOperations } from '../../src/generate/operations.ts';
import { buildExpographSchema } from '../../src/graphql/schema.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'expograph-operations-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const schema = buildSchema(`
  "How it is." enum Mood { "Good." GOOD "Bad." BAD }
  "A number, exact */ or not." scalar Decimal
  "A day." scalar Date
  type Query { mood(of: String, at: [Decimal!]!): Mood, sum: Decimal!, day: Date }
`);

test('what is kept is what is generated now', async () => {
  const text = readFileSync(join(root, 'src/client/operations.ts'), 'utf8');
  expect(await clientOperations(buildExpographSchema(), join(root, 'schema/operations'))).toBe(text);
});

test('scalars, enums, variables, results and documents are written, whatever a text holds', async () => {
  // In parts, as the linter takes it for a template that lost its backticks.
  const placeholder = ['$', '{x}'].join('');
  const text = `# Is \`it\` */ good?\nquery Mood($at: [Decimal!]!, $of: String) {\n  mood(of: "\\\\ ${placeholder}\`", at: $at)\n  sum\n  day\n}`;
  writeFileSync(join(folder, 'mood.graphql'), `# Subject: Search\n${text}\n`);
  const written = await clientOperations(schema, folder);
  const [before = '', literal = ''] = written.split(/(?=`# Is)/);
  expect(before.split(/\n+/)).toEqual([
    '/* Written by "npm run generate" from schema/; not edited by hand. */',
    "import { TypedDocumentString } from './document.ts';",
    '/** A day. */',
    'export type DateString = string;',
    '/** A number, exact *\\/ or not. */',
    'export type Decimal = string;',
    '/** Internal type. DO NOT USE DIRECTLY. */',
    'type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };',
    '/** How it is. */',
    'export type Mood =',
    '  /** Good. */',
    "  | 'GOOD'",
    '  /** Bad. */',
    "  | 'BAD';",
    'export type MoodQueryVariables = Exact<{',
    '  at: ReadonlyArray<Decimal> | Decimal;',
    '  of?: string | null | undefined;',
    '}>;',
    'export type MoodQuery = { readonly mood: Mood | null, readonly sum: Decimal, readonly day: DateString | null };',
    '/** Is `it` *\\/ good? */',
    'export const MoodDocument = /* #__PURE__ */ new TypedDocumentString<MoodQuery, MoodQueryVariables>(',
  ]);
  expect(literal.endsWith('`);\n')).toBe(true);
  expect(runInNewContext(literal.slice(0, -3))).toBe(text);
});

test('a question that does not fit the schema is refused by name', async () => {
  writeFileSync(join(folder, 'mood.graphql'), '# Subject: Search\nquery Mood { moood }\n');
  await expect(clientOperations(schema, folder)).rejects.toThrow(/"moood".*at Mood:1:14/s);
});
