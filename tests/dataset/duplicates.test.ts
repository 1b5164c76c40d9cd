import { expect, test } from 'vitest';
import { checkDataset } from '../../src/dataset/import.ts';
import { dataFolder, importWorld, shared } from './world.ts';

/** The warnings about data files, given what was imported before them. */
function warningsOf(text: string, stored = shared): string[] {
  const world = importWorld({ 'a.yaml': stored });
  world.import();
  const { folder } = dataFolder({ 'b.yaml': text });
  const rows = (sql: string, params: readonly (string | number | bigint | null)[]) => world.rows(sql, ...params);
  const { warnings } = checkDataset(folder, { rows });
  return warnings.map(({ message }) => message.replaceAll(`${folder}/`, ''));
}

const speakers = (...names: string[]) =>
  `speakers:\n${names.map((name, index) => `  - { slug: person-${index}, name: ${name} }\n`).join('')}`;

test.each([
  ['De Wang Cao', 'Cao Dewang'],
  ['Dr. Christian Wulffen', 'Christian Wulffen'],
  ['Prof. Sir Ian Wilmut', 'Wilmut Ian'],
  ['Zoë Ångström', 'angstrom zoe'],
  ['Christian Wulffen', 'Christian Wulfen'],
  ['{ en: Wang Yong, zh-Hans: 王勇 }', '{ en: WANG Yong, zh-Hans: 王勇 }'],
  ['{ en: Wang Yong, zh-Hans: 王勇 }', 'Yong Wang'],
])('%s and %s may be one person', (one, other) => {
  const found = /^"person-1" has the name of "person-0" at b\.yaml:2.*: if it is one person, keep one of them$/;
  expect(warningsOf(speakers(one, other))).toEqual([expect.stringMatching(found)]);
});

test.each([
  ['{ en: Wang Yong, zh-Hans: 王勇 }', '{ en: Wang Yong, zh-Hans: 汪涌 }'],
  ['{ en: Sergei Ivanov, ru: Сергей Иванов }', '{ en: Sergey Ivanov, ru: Сергий Иванов }'],
  ['Li Na', 'La Ni'],
  ['Sir', 'Dr.'],
])('%s and %s are two', (one, other) => {
  expect(warningsOf(speakers(one, other))).toEqual([]);
});

test('only a name that is spelt otherwise is said to be so', () => {
  expect(
    warningsOf('speakers: [{ slug: again, name: Christian Wulff }, { slug: turned, name: Wulff Christian }]'),
  ).toEqual([
    '"again" has the name of "wulff" in the database: if it is one person, keep one of them',
    '"turned" has the name of "again" at b.yaml:1, but for its spelling: if it is one person, keep one of them',
  ]);
  const other = 'speakers: [{ slug: wang, name: { en: Christian Wulff, zh-Hans: 王勇 } }]';
  expect(warningsOf(other, `${shared}  - { slug: yong, name: { en: Christian Wulff, zh-Hans: 汪涌 } }\n`)).toEqual([
    '"wang" has the name of "wulff" in the database: if it is one person, keep one of them',
  ]);
});

const convention = (slug: string, ...editions: string[]) =>
  `  - slug: ${slug}\n    name: ${slug}\n    editions:\n${editions
    .map((edition) => `      - { name: Fair, citations: [paper], ${edition} }\n`)
    .join('')}`;
const days = (year: number) => `year: ${year}, startDate: ${year}-05-25, endDate: ${year}-05-27`;

test('an edition under another slug in the file of its convention is no duplicate of the one that it replaces', () => {
  const [before, after] = ['fair-21', 'fair-2021'].map(
    (slug) => `conventions:\n${convention('fair', `slug: ${slug}, ${days(2021)}, city: hefei`)}`,
  );
  expect(warningsOf(String(after), `${shared}${before}`)).toEqual([]);
});

test('a venue tells the city, too, whether it is given or stored', () => {
  const stored = `${shared}conventions:\n${convention('fair', `slug: fair-21, ${days(2021)}, venue: binhu`)}`;
  const here = `venues: [{ slug: hall, name: Hall, city: hefei }]
conventions:
${convention('expo', `slug: expo-21, ${days(2021)}, venue: hall`)}${convention('other', `slug: other-21, ${days(2021)}, city: hefei`)}`;
  expect(warningsOf(here, stored)).toEqual([
    '"expo-21" is on the days and in the city of "other-21" at b.yaml:10: if it is one event, keep one of them',
    '"other-21" is on the days and in the city of "fair-21" in the database: if it is one event, keep one of them',
  ]);
  const there = `conventions:\n${convention('expo', `slug: expo-21, ${days(2021)}, venue: binhu`)}`;
  expect(warningsOf(there, stored)).toEqual([expect.stringContaining('in the city of "fair-21" in the database')]);
});

test('two conventions are told of once, with how many of their editions are on the same days', () => {
  const editions = (slug: string, ...years: number[]) =>
    convention(slug, ...years.map((year) => `slug: ${slug}-${year}, ${days(year)}, city: hefei`));
  const both = `conventions:\n${editions('fair', 2020, 2021, 2022)}${editions('expo', 2020, 2021, 2022)}`;
  expect(warningsOf(both)).toEqual([
    '"expo-2020" is on the days and in the city of "fair-2020" at b.yaml:5: if it is one event, keep one of them; so are 2 more editions of these two conventions',
  ]);
  expect(
    warningsOf(
      `conventions:\n${editions('expo', 2021, 2022)}`,
      `${shared}conventions:\n${editions('fair', 2020, 2021, 2022)}`,
    ),
  ).toEqual([
    '"expo-2021" is on the days and in the city of "fair-2021" in the database: if it is one event, keep one of them; so is 1 more edition of these two conventions',
  ]);
});
