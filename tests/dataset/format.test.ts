import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { DataFile, datasetJsonSchema } from '../../src/dataset/format.ts';
import { linesOf, shared } from './world.ts';

const schema = datasetJsonSchema();
const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true, keywords: ['enumDescriptions'] }).compile(
  schema,
);

const edition = `${shared}
conventions:
  - slug: expo
    name: { en: Expo, zh-Hans: 世博 }
    language: zh-Hans
    editions:
      - slug: expo-2021
        year: 2021
        name: { original: en, en: Expo 2021, zh-Hans: 世博 }
        startDate: 2021-11-19
        citations: [paper, { source: agency, field: startDate, note: On page one, basis: DERIVED }]
        guestsOfHonour: [{ place: china, citations: [paper] }]
        figures:
          - { key: a, metric: GUESTS, value: 43.5 thousand, unit: PEOPLE, status: FINAL, asOf: 2021, citations: [paper] }
        signedProjectStatistics:
          - { key: s, stage: SIGNED, status: FINAL, reportedAt: null, projects: { value: 703 }, citations: [paper] }
        dateClaims:
          - { key: d, dayCount: 4, status: EXPECTED, citations: [paper] }
`;

test('the JSON Schema accepts what the import accepts', () => {
  expect(validate(parse(edition))).toBe(true);
  expect(linesOf({ 'a.yaml': edition })).toEqual([]);
});

test.each([
  ['an unknown key', 'year: 2021', 'year: 2021\n        yaer: 2021'],
  ['a missing key', 'year: 2021\n', '\n'],
  ['a wrong word', 'metric: GUESTS', 'metric: GESTS'],
  ['a wrong type', 'value: 43.5 thousand', 'value: [43]'],
  ['a number in words', 'value: 43.5 thousand', 'value: many'],
  ['a wrong date', 'startDate: 2021-11-19', 'startDate: 19 November'],
  ['a wrong language', 'zh-Hans: 世博 }\n    language', 'zh_Hans: 世博 }\n    language'],
  ['a claim without a source', 'asOf: 2021, citations: [paper]', 'asOf: 2021, citations: []'],
  ['neither an organization nor a place', 'place: china, citations', 'citations'],
  ['no date at all', 'dayCount: 4, ', ''],
  ['an empty text', 'note: On page one', 'note: ""'],
])('the JSON Schema and the import refuse %s', (_, good, bad) => {
  expect(edition).toContain(good);
  const text = edition.replace(good, bad);
  expect(validate(parse(text))).toBe(false);
  expect(linesOf({ 'a.yaml': text })).not.toEqual([]);
});

interface Part {
  properties?: Record<string, Part>;
  items?: Part;
  anyOf?: Part[];
  $ref?: string;
  description?: string;
  enum?: string[];
  enumDescriptions?: string[];
  $defs?: Record<string, Part>;
}

test('editors can say what each key and each word means', () => {
  const root: Part = JSON.parse(JSON.stringify(schema));
  const obvious = ['key', 'name', 'title', 'citations', 'value', 'currency', 'amount', 'themes'];
  const silent: string[] = [];
  const visit = (part: Part, path: string) => {
    for (const [name, property] of Object.entries(part.properties ?? {})) {
      if (!property.description && !property.$ref && !obvious.includes(name)) silent.push(`${path}.${name}`);
      visit(property, `${path}.${name}`);
    }
    for (const inner of part.anyOf ?? []) visit(inner, path);
    if (part.items) visit(part.items, `${path}[]`);
    if (part.enum) expect(part.enumDescriptions, path).toHaveLength(part.enum.length);
  };
  visit(root, '');
  for (const [name, part] of Object.entries(root.$defs ?? {})) visit(part, name);
  expect(silent).toEqual([]);
  expect(Object.keys(root.properties ?? {})).toEqual(Object.keys(DataFile.shape));
});
