import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { formatProblem } from '../../src/dataset/problems.ts';
import { readDataset } from '../../src/dataset/read.ts';
import { dataFolder, linesOf, problemsOf, shared } from './world.ts';

test('a folder is read in depth and by name; hidden files and other endings are left out', () => {
  const { folder } = dataFolder({
    'b.yml': 'places: []',
    'a/z.json': '{ "sources": [] }',
    'a/b/c.yaml': 'speakers: []',
    '.hidden.yaml': 'oops: 1',
    '.git/x.yaml': 'oops: 1',
    'README.md': '# no data',
  });
  const { files, problems, isWhole } = readDataset(folder);
  expect(files.map(({ file }) => file.slice(folder.length + 1))).toEqual(['a/b/c.yaml', 'a/z.json', 'b.yml']);
  expect({ problems, isWhole }).toEqual({ problems: [], isWhole: true });
});

test('a path that leads to no data says what to name instead', () => {
  const { folder } = dataFolder({ 'notes.txt': 'x' });
  const lines = (path: string) => readDataset(path).problems.map(formatProblem);
  expect(lines(join(folder, 'none'))).toEqual([
    `${folder}/none:1: does not exist; name a data file or a folder of them`,
  ]);
  expect(lines(folder)).toEqual([`${folder}:1: holds no data file; their names end in .yaml, .yml, .json or .jsonl`]);
  expect(lines(join(folder, 'notes.txt'))).toEqual([
    `${folder}/notes.txt:1: is no data file; its name must end in .yaml, .yml, .json or .jsonl`,
  ]);
});

test('a link that leads nowhere is named, and one that leads back into its own folder is not followed', () => {
  const { folder } = dataFolder({ 'a/places.yaml': 'places: []', 'b/speakers.yaml': 'speakers: []' });
  symlinkSync('..', join(folder, 'a', 'back'));
  symlinkSync(join(folder, 'b'), join(folder, 'a', 'beside'));
  const read = () => readDataset(folder);
  expect(read().files.map(({ file }) => file.slice(folder.length))).toEqual([
    '/a/beside/speakers.yaml',
    '/a/places.yaml',
    '/b/speakers.yaml',
  ]);
  expect(read().problems).toEqual([]);
  symlinkSync('nowhere', join(folder, 'b', 'gone'));
  symlinkSync('itself', join(folder, 'b', 'itself'));
  expect(read().problems.map(formatProblem)).toEqual([
    `${folder}/a/beside/gone:1: is a link that leads nowhere; mend it, or remove it`,
    `${folder}/a/beside/itself:1: is a link that leads nowhere; mend it, or remove it`,
    `${folder}/b/gone:1: is a link that leads nowhere; mend it, or remove it`,
    `${folder}/b/itself:1: is a link that leads nowhere; mend it, or remove it`,
  ]);
  expect(read().isWhole).toBe(false);
});

test('what is called JSON and is none is told so, with its place and without the words of YAML', () => {
  const line = '{"speakers":[{"slug":"a","name":"A"}]}';
  expect(linesOf({ 'a.json': '{\n  "speakers": [\n    { "slug": "a" "name": "A" }\n  ]\n}' })).toEqual([
    'a.json:3: is not JSON: something is wrong at or behind column 15, "\\"a\\" \\"name\\": \\"A\\" }"',
  ]);
  expect(linesOf({ 'a.json': '{ "speakers": [' })).toEqual(['a.json:1: is not JSON: it ends before it is complete']);
  expect(linesOf({ 'a.jsonl': `${line}\n${line.slice(0, -1).replace('"a"', '"b"')}\n` })).toEqual([
    'a.jsonl:2: is not JSON: it ends before it is complete',
  ]);
});

test('a file whose name ends as that of the other JSON is told its right name, once', () => {
  const line = '{"speakers":[{"slug":"a","name":"A"}]}';
  const pretty = JSON.stringify({ speakers: [{ slug: 'a', name: 'A' }] }, null, 2);
  expect(linesOf({ 'a.jsonl': pretty })).toEqual([
    'a.jsonl:1: is no data file in itself; if all lines are one document, name the file .json',
  ]);
  expect(linesOf({ 'a.json': `${line}\n${line}\n` })).toEqual([
    'a.json:2: is a document in each line; name the file .jsonl',
  ]);
});

test('a second document in a file is refused', () => {
  expect(linesOf({ 'a.yaml': 'speakers: []\n---\nplaces: []\n' })).toEqual([
    'a.yaml:2: begins a second document (---), and a data file is one; make a file of each',
  ]);
});

test('a folder named like a data file is read as a folder', () => {
  const { folder } = dataFolder({});
  mkdirSync(join(folder, 'x.yaml'));
  writeFileSync(join(folder, 'x.yaml', 'y.yaml'), 'places: []');
  expect(readDataset(folder).files.map(({ file }) => file)).toEqual([join(folder, 'x.yaml', 'y.yaml')]);
});

test('a file that is not UTF-8 is refused with the first line that is not', () => {
  expect(linesOf({ 'a.yaml': Buffer.from('places: []\nspeakers: []\n# caf\xe9\n', 'latin1') })).toEqual([
    'a.yaml:3: is not UTF-8; save the file as UTF-8',
  ]);
});

test('a byte order mark is no problem', () => {
  expect(linesOf({ 'a.yaml': '\uFEFFplaces: []\n' })).toEqual([]);
});

test('broken YAML is reported with its line, and raises no alarm about what may stand behind it', () => {
  const broken = ['speakers:', '  - { slug: wulff, name: Wulff }', '  - { slug: ma, name: [', ''].join('\n');
  const lines = linesOf({
    'a.yaml': broken,
    'b.yaml': 'conventions:\n  - { slug: c, name: C, citations: [unknown-source] }\n',
  });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^a\.yaml:4: is not the YAML of a data file: Flow /);
});

test('a key given twice is named, and the rest of the file is checked all the same', () => {
  const text = ['places:', '  - slug: hefei', '    kind: CITY', '    slug: wuhu', '    name: 5', '    country: CN'];
  expect(linesOf({ 'a.yaml': text.join('\n') })).toEqual([
    'a.yaml:4: the key "slug" is given twice in one record; keep one of them',
    'a.yaml:5: places[0].name: must be a text, or texts by language like { en: …, zh-Hans: … }; got the number 5',
  ]);
  expect(linesOf({ 'a.json': '{ "places": [],\n  "places": [] }' })).toEqual([
    'a.json:2: the key "places" is given twice in one record; keep one of them',
  ]);
});

test('an alias repeats what its anchor names', () => {
  const text = 'speakers:\n  - { slug: a, name: &name { en: A } }\n  - { slug: b, name: *name }\n';
  expect(linesOf({ 'a.yaml': text })).toEqual([]);
  expect(readDataset(dataFolder({ 'a.yaml': text }).folder).files[0]?.value).toEqual({
    speakers: [
      { slug: 'a', name: { en: 'A' } },
      { slug: 'b', name: { en: 'A' } },
    ],
  });
});

test('aliases that would grow without bound are stopped where they pass the limit', () => {
  const bomb = ['speakers: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level <= 9; level += 1)
    bomb.push(
      `b${level}: &a${level} [${Array(10)
        .fill(`*a${level - 1}`)
        .join(', ')}]`,
    );
  const faults = problemsOf({ 'bomb.yaml': bomb.join('\n') }).filter(({ code }) => code === 'SYNTAX');
  expect(faults.map(formatProblem)).toEqual(['bomb.yaml:5: *a3 makes the file too large; write the values out']);
});

test('an alias of something that does not come before it is reported', () => {
  expect(linesOf({ 'a.yaml': 'places: *later\n' })[0]).toBe('a.yaml:1: *later stands for nothing that comes before it');
});

test('nesting beyond the stack is reported, not fatal', () => {
  const lines = linesOf({ 'deep.yaml': `sources: ${'['.repeat(20_000)}` });
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.every((line) => line.startsWith('deep.yaml:1: '))).toBe(true);
});

test('a file with nothing in it is reported', () => {
  expect(linesOf({ 'a.yaml': '# to be written\n' })).toEqual(['a.yaml:1: must be keys and values; got nothing']);
});

test('wrong types say what was wanted and what was got', () => {
  const text = `${shared}
conventions:
  - slug: expo
    name: Expo
    editions:
      - slug: expo-2021
        year: "2021"
        ordinal: 2.5
        ordinalIsStated: yes
        name: [Expo]
        citations: paper
        figures:
          - key: space
            metric: EXHIBITION_SPACE
            value: [43000]
            unit: SQUARE_METRE
            status: FINAL
            citations: [{ paper: 1 }, 5]
`;
  const first = shared.split('\n').length;
  expect(linesOf({ 'a.yaml': text })).toEqual([
    `a.yaml:${first + 6}: conventions[0].editions[0].year: must be a whole number; got "2021"`,
    `a.yaml:${first + 7}: conventions[0].editions[0].ordinal: must be a whole number; got the number 2.5`,
    `a.yaml:${first + 8}: conventions[0].editions[0].ordinalIsStated: must be true or false; got "yes"`,
    `a.yaml:${first + 9}: conventions[0].editions[0].name: must be a text, or texts by language like { en: …, zh-Hans: … }; got a list`,
    `a.yaml:${first + 10}: conventions[0].editions[0].citations: must be a list of sources; got "paper"`,
    `a.yaml:${first + 14}: conventions[0].editions[0].figures[0].value: must be a number like 582.18 billion; got a list`,
    `a.yaml:${first + 17}: conventions[0].editions[0].figures[0].citations[0].source: is missing; it must be a text`,
    `a.yaml:${first + 17}: conventions[0].editions[0].figures[0].citations[0].paper: is not a key here; the keys are source, field, note, basis`,
    `a.yaml:${first + 17}: conventions[0].editions[0].figures[0].citations[1]: must be the slug of a source, or { source, field, note, basis }; got the number 5`,
  ]);
});

test('an unknown key is named at its own line, with the nearest key', () => {
  const text = ['sources:', '  - slug: paper', '    kind: NEWSPAPER', '    title: T', '    publishdOn: 2021-11-21'];
  expect(problemsOf({ 'a.yaml': text.join('\n') })).toEqual([
    {
      file: 'a.yaml',
      line: 5,
      column: 5,
      path: 'sources[0].publishdOn',
      code: 'UNKNOWN_KEY',
      message: 'is not a key here; did you mean publishedOn?',
    },
  ]);
  expect(linesOf({ 'a.yaml': 'conventons: []' })).toEqual([
    'a.yaml:1: conventons: is not a key here; did you mean conventions?',
  ]);
  expect(linesOf({ 'a.json': '{ "__proto__": [] }' })).toEqual([
    'a.json:1: __proto__: is not a key here; the keys are sources, places, venues, organizations, speakers, conventions, updatedAt',
  ]);
});

test('a missing key is reported at the record that lacks it', () => {
  expect(problemsOf({ 'a.yaml': 'venues:\n  - name: Binhu\n    slug: binhu\n' })).toEqual([
    {
      file: 'a.yaml',
      line: 2,
      column: 5,
      path: 'venues[0].city',
      code: 'MISSING',
      message: 'is missing; it must be a text',
    },
  ]);
});

test('a word that is not on the list is reported with the list, and with the nearest word where it looks like a slip', () => {
  const place = (kind: string) => `places:\n  - { slug: a, kind: ${kind}, name: A, country: CN }\n`;
  const line = 'a.yaml:2: places[0].kind: must be one of CITY, PROVINCE, COUNTRY; got';
  expect(linesOf({ 'a.yaml': place('CTIY') })).toEqual([`${line} "CTIY"; did you mean CITY?`]);
  expect(linesOf({ 'a.yaml': place('city') })).toEqual([`${line} "city"; did you mean CITY?`]);
  expect(linesOf({ 'a.yaml': place('VILLAGE') })).toEqual([`${line} "VILLAGE"`]);
  expect(linesOf({ 'a.yaml': place('3') })).toEqual([`${line} the number 3`]);
});

test('dates, addresses, slugs, languages and numbers are reported with an example', () => {
  const text = `sources:
  - slug: Bad Slug
    kind: OTHER
    title: " "
    url: ftp://example.org
    publishedOn: 2021-02-30
    retrievedOn: 21 November
    language: english
speakers:
  - { slug: wulff, name: { zh_Hans: 武尔夫 } }
  - { slug: ma, name: { original: zh, en: Ma } }
  - { slug: xin, name: {} }
  - { slug: bell, name: "a\\u0007b" }
`;
  expect(linesOf({ 'a.yaml': text })).toEqual([
    'a.yaml:2: sources[0].slug: must be lower-case words joined by hyphens, like world-manufacturing-convention; got "Bad Slug"',
    'a.yaml:4: sources[0].title: must not be empty; got " "',
    'a.yaml:5: sources[0].url: must be an http or https address; got "ftp://example.org"',
    'a.yaml:6: sources[0].publishedOn: must be a day that exists; got "2021-02-30"',
    'a.yaml:7: sources[0].retrievedOn: must be a date like 2021-11-19; got "21 November"',
    'a.yaml:8: sources[0].language: must be a language tag like en or zh-Hans; got "english"',
    'a.yaml:10: speakers[0].name.zh_Hans: is not a language tag like en or zh-Hans',
    'a.yaml:11: speakers[1].name.original: must be a language given here; got "zh"',
    'a.yaml:12: speakers[2].name: must give the text in at least one language',
    'a.yaml:13: speakers[3].name: must not hold control characters or halves of characters; got "a\\u0007b"',
  ]);
});

test('a hundred mistakes at once are a hundred lines, by file and line', () => {
  const bad = (count: number) =>
    ['speakers:', ...Array.from({ length: count }, (_, index) => `  - { slug: s-${index}, name: ${index} }`)].join(
      '\n',
    );
  const lines = linesOf({ 'b.yaml': bad(40), 'a.yaml': bad(60).replaceAll('s-', 't-') });
  const expected = (file: string, count: number) =>
    Array.from(
      { length: count },
      (_, index) =>
        `${file}:${index + 2}: speakers[${index}].name: must be a text, or texts by language like { en: …, zh-Hans: … }; got the number ${index}`,
    );
  expect(lines).toEqual([...expected('a.yaml', 60), ...expected('b.yaml', 40)]);
});

test('JSON is read as YAML is, with the same places', () => {
  const text = '{\n\t"places": [\n\t\t{ "slug": "hefei", "kind": "CITY", "name": "Hefei", "country": 86 }\n\t]\n}';
  expect(linesOf({ 'a.json': text })).toEqual(['a.json:3: places[0].country: must be a text; got the number 86']);
});
