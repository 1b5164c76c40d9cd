import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readQuestions } from '../../src/web/questions.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'expograph-questions-'));
});

afterEach(() => rm(folder, { recursive: true }));

test('questions come in the order of their files, with headline and variables', async () => {
  await writeFile(join(folder, 'b.graphql'), 'query Plain { a } # not a headline\n');
  await writeFile(
    join(folder, 'a.graphql'),
    '\n#  What was signed?  \n# More words.\nquery Signed($year: Int) { a }\n',
  );
  await writeFile(join(folder, 'a.variables.json'), '{ "year": 2021 }\n');
  await writeFile(join(folder, 'notes.txt'), 'not a question');
  expect(readQuestions(folder)).toEqual([
    {
      slug: 'a',
      name: 'Signed',
      headline: 'What was signed?',
      query: '#  What was signed?  \n# More words.\nquery Signed($year: Int) { a }\n',
      variables: '{ "year": 2021 }',
    },
    { slug: 'b', name: 'Plain', headline: 'Plain', query: 'query Plain { a } # not a headline\n', variables: '' },
  ]);
});

test('the brief question about an edition comes first', async () => {
  for (const name of ['about', 'edition-in-brief', 'themes']) {
    await writeFile(join(folder, `${name}.graphql`), `query ${name.replaceAll('-', '_')} { a }`);
  }
  expect(readQuestions(folder).map((question) => question.name)).toEqual(['edition_in_brief', 'about', 'themes']);
});

test.each([
  ['nothing but a fragment', 'fragment F on Query { a }', 'one operation is expected, 0 were found'],
  ['two operations', 'query A { a }\nquery B { b }', 'one operation is expected, 2 were found'],
  ['an operation without a name', '{ a }', 'the operation has no name'],
  ['a mistake in its fifth line', '\n# A\nquery A {\n  a(\n}', 'wrong.graphql:5: Syntax Error'],
  ['nothing', '', 'wrong.graphql:1: Syntax Error'],
])('a file with %s is refused by its name', async (_what, text, message) => {
  await writeFile(join(folder, 'wrong.graphql'), text);
  expect(() => readQuestions(folder)).toThrow(join(folder, 'wrong.graphql'));
  expect(() => readQuestions(folder)).toThrow(message);
});

test('two files with one operation name are refused, both named', async () => {
  await writeFile(join(folder, 'a.graphql'), 'query A { a }');
  await writeFile(join(folder, 'b.graphql'), 'query A { b }');
  expect(() => readQuestions(folder)).toThrow(/b\.graphql: the operation A is also in .*a\.graphql/);
});

test.each([
  ['[1]', 'must be a JSON object'],
  ['null', 'must be a JSON object'],
  ['{ year: 2021 }', 'not JSON'],
])('variables that are %s are refused', async (text, message) => {
  await writeFile(join(folder, 'a.graphql'), 'query A { a }');
  await writeFile(join(folder, 'a.variables.json'), text);
  expect(() => readQuestions(folder)).toThrow(message);
  expect(() => readQuestions(folder)).toThrow(join(folder, 'a.variables.json'));
});
