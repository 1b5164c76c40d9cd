import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SHIPPED_QUESTIONS } from '../../src/web/headlines.ts';
import { bySubject, readQuestions } from '../../src/web/questions.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'expograph-questions-'));
});

afterEach(() => rm(folder, { recursive: true }));

test('questions come in the order of their files, with headline, subject and variables', async () => {
  await writeFile(join(folder, 'b.graphql'), '## Subject:  Search \nquery Plain { a } # not a headline\n');
  await writeFile(
    join(folder, 'a.graphql'),
    '\n#  What was signed?  \n# Subject: Signed projects\n# More words.\nquery Signed($year: Int) { a }\n# Subject: no more\n',
  );
  await writeFile(join(folder, 'a.variables.json'), '{ "year": 2021 }\n');
  await writeFile(join(folder, 'notes.txt'), 'not a question');
  const textOf = (slug: string) => readFileSync(join(folder, `${slug}.graphql`), 'utf8');
  const idOf = (text: string) => createHash('sha256').update(text).digest('hex');
  expect(readQuestions(folder)).toEqual([
    {
      slug: 'a',
      text: textOf('a'),
      documentId: idOf(textOf('a')),
      name: 'Signed',
      headline: 'What was signed?',
      subject: 'Signed projects',
      query: '#  What was signed?  \n# More words.\nquery Signed($year: Int) { a }\n# Subject: no more\n',
      variables: '{ "year": 2021 }',
    },
    {
      slug: 'b',
      text: textOf('b'),
      documentId: idOf(textOf('b')),
      name: 'Plain',
      headline: 'Plain',
      subject: 'Search',
      query: 'query Plain { a } # not a headline\n',
      variables: '',
    },
  ]);
});

test('the brief question about an edition comes first', async () => {
  for (const name of ['about', 'edition-in-brief', 'themes']) {
    const text = `# Subject: Editions\nquery ${name.replaceAll('-', '_')} { a }`;
    await writeFile(join(folder, `${name}.graphql`), text);
  }
  expect(readQuestions(folder).map((question) => question.name)).toEqual(['edition_in_brief', 'about', 'themes']);
});

test('subjects come in their own order, each with its questions in the order of their files', async () => {
  for (const [name, subject] of Object.entries({ a: 'Search', b: 'Editions', c: 'People', d: 'Editions' })) {
    await writeFile(join(folder, `${name}.graphql`), `# Subject: ${subject}\nquery ${name} { a }`);
  }
  const groups = bySubject(readQuestions(folder));
  expect(groups.map(({ subject, questions }) => [subject, ...questions.map(({ name }) => name)])).toEqual([
    ['Editions', 'b', 'd'],
    ['People', 'c'],
    ['Search', 'a'],
  ]);
});

test('the questions that are shipped begin with what an edition is, and every subject has some', () => {
  const groups = bySubject(readQuestions(SHIPPED_QUESTIONS));
  expect(groups[0]?.questions[0]?.name).toBe('EditionInBrief');
  expect(groups.map(({ subject }) => subject)).toEqual([
    'Editions',
    'Signed projects',
    'Size and visitors',
    'People',
    'Search',
    'Sources and service',
    'Pages and embedding',
  ]);
});

test.each([
  [
    'no subject',
    '# A?\nquery A { a }',
    'it tells no subject; write "# Subject: …" below the question, one of Editions, ',
  ],
  ['an empty subject', '# A?\n# Subject:\nquery A { a }', 'it tells no subject; write'],
  ['a subject that comes too late', 'query A { a }\n# Subject: Editions\n', 'it tells no subject; write'],
  ['an unknown subject', '# Subject: editions\nquery A { a }', 'the subject must be one of Editions, '],
])('a file with %s is refused by its name', async (_what, text, message) => {
  await writeFile(join(folder, 'wrong.graphql'), text);
  expect(() => readQuestions(folder)).toThrow(`${join(folder, 'wrong.graphql')}: ${message}`);
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
  await writeFile(join(folder, 'a.graphql'), '# Subject: Search\nquery A { a }');
  await writeFile(join(folder, 'b.graphql'), '# Subject: Search\nquery A { b }');
  expect(() => readQuestions(folder)).toThrow(/b\.graphql: the operation A is also in .*a\.graphql/);
});

test.each([
  ['[1]', 'must be a JSON object'],
  ['null', 'must be a JSON object'],
  ['{ year: 2021 }', 'not JSON'],
])('variables that are %s are refused', async (text, message) => {
  await writeFile(join(folder, 'a.graphql'), '# Subject: Search\nquery A { a }');
  await writeFile(join(folder, 'a.variables.json'), text);
  expect(() => readQuestions(folder)).toThrow(message);
  expect(() => readQuestions(folder)).toThrow(join(folder, 'a.variables.json'));
});
