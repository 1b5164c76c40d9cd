import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import jsonld from 'jsonld';
import { expect } from 'vitest';

const context = readFileSync(fileURLToPath(new URL('schema-org-context.json', import.meta.url)), 'utf8');

/** The classes and properties of schema.org, as schema-dts declares them. */
const declared = readFileSync(
  createRequire(import.meta.url)
    .resolve('schema-dts')
    .replace(/\.js$/, '.d.ts'),
  'utf8',
);

/** What each interface holds itself, and what it extends. */
const interfaces = new Map(
  [...declared.matchAll(/^interface (\w+Base) extends ([^\n]+) \{\n(.*?)^\}/gms)].map(
    ([, name = '', bases = '', body = '']) => [
      name,
      {
        bases: bases.split(', '),
        properties: [...body.matchAll(/^ {4}"(\w+)"\?:/gm)].map(([, property = '']) => property),
      },
    ],
  ),
);

/** The interface of each class. */
const classes = new Map(
  [
    ...declared.matchAll(
      /^export (?:interface|type) \w+Leaf(?:<.*?>)? (?:extends |= Omit<)(\w+Base).*\{\n {4}"@type": "(\w+)";/gm,
    ),
  ].map(([, base = '', name = '']) => [name, base]),
);

const individuals = new Set([...declared.matchAll(/"(https:\/\/schema\.org\/\w+)"/g)].map(([, name]) => name));

function propertiesOf(base: string): string[] {
  const { bases, properties } = interfaces.get(base) ?? { bases: [], properties: [] };
  return [...properties, ...bases.flatMap(propertiesOf)];
}

const SCHEMA = 'http://schema.org/';

/** The properties whose values schema.org has a closed list of. */
const CLOSED = new Set(['eventStatus', 'eventAttendanceMode']);

type Expanded = Record<string, unknown>;
const isObject = (value: unknown): value is Expanded =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

/**
 * Expands JSON-LD, offline, and expects that schema.org has every class and property in it, that nothing was dropped,
 * and that whatever refers to something does so by an absolute address.
 * @returns the types that were met
 */
export async function expectSchemaOrg(text: string): Promise<Set<string>> {
  const source: unknown = JSON.parse(text);
  if (!isObject(source)) throw new Error('A JSON-LD document is an object.');
  // `safe` refuses what would be dropped; the types do not know it yet.
  const options = {
    safe: true,
    documentLoader: async (url: string) => {
      expect(url).toBe('https://schema.org');
      return { documentUrl: url, document: JSON.parse(context) };
    },
  };
  const expanded = await jsonld.expand(source, options);
  const met = new Set<string>();
  for (const node of expanded) expectNode(node, [], met);
  const { '@context': _, ...rest } = source;
  expect(valuesIn(expanded).sort()).toEqual(valuesIn(rest).sort());
  return met;
}

/** All that is said, without by which words: strings, numbers, and names of classes. */
function valuesIn(value: unknown, key?: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesIn(item, key));
  if (!isObject(value)) return [String(value).replace(key === '@type' ? SCHEMA : '', '')];
  if ('@value' in value) return [String(value['@value'])];
  return Object.entries(value).flatMap(([name, item]) => valuesIn(item, name));
}

function expectNode(node: unknown, above: readonly string[], met: Set<string>): void {
  if (!isObject(node)) throw new Error(`${above.join(' ')}: ${JSON.stringify(node)} is no node.`);
  const [type = '', ...others] = listOf(node['@type']).map((name) => String(name).replace(SCHEMA, ''));
  expect(others).toEqual([]);
  met.add(type);
  const base = classes.get(type);
  const path = [...above, type];
  if (base === undefined) throw new Error(`schema.org has no class ${path.join(' ')}.`);
  const known = new Set(propertiesOf(base));
  if (type === 'SearchAction') known.add('query-input');
  // A role has the property again that it stands in.
  if (type === 'Role') known.add(above.at(-1) ?? '');
  for (const [name, value] of Object.entries(node)) {
    if (name === '@type') continue;
    if (name === '@id') {
      expect(String(value), path.join(' ')).toMatch(/^https?:\/\//);
      continue;
    }
    const property = name.replace(SCHEMA, '');
    if (!known.has(property)) throw new Error(`schema.org has no ${property} in ${path.join(' ')}.`);
    for (const item of listOf(value)) {
      if (!isObject(item)) throw new Error(`${path.join(' ')} ${property} is ${JSON.stringify(item)}.`);
      if ('@value' in item) expectLiteral(item, property);
      else if ('@id' in item && !('@type' in item)) expect(String(item['@id'])).toMatch(/^https?:\/\/\S+$/);
      else expectNode(item, [...path, property], met);
    }
  }
}

function expectLiteral(item: Expanded, property: string): void {
  const value = String(item['@value']);
  expect(value, property).not.toBe('');
  if (item['@type'] === `${SCHEMA}Date`) expect(value).toMatch(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}\.\d{3}Z)?$/);
  if (CLOSED.has(property)) expect(individuals).toContain(value);
  if (property === 'addressCountry') expect(value).toMatch(/^[A-Z]{2}$/);
}
