import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';
import { expect, test } from 'vitest';
import { buildExpographSchema, sdl } from '../../src/graphql/schema.ts';
import * as vocabulary from '../../src/store/vocabulary.ts';

const schema = buildExpographSchema();
const types = Object.values(schema.getTypeMap()).filter(
  (type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type),
);

/** Every element of a type that can be described, as "Type.field(argument)". */
function elements(type: GraphQLNamedType): { name: string; description: string | null | undefined }[] {
  const own = { name: type.name, description: type.description };
  if (isEnumType(type))
    return [own, ...type.getValues().map(({ name, description }) => ({ name: `${type.name}.${name}`, description }))];
  if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) return [own];
  return [
    own,
    ...Object.values(type.getFields()).flatMap((field) => [
      { name: `${type.name}.${field.name}`, description: field.description },
      ...(isInputObjectType(type) ? [] : (type.getFields()[field.name]?.args ?? [])).map((argument) => ({
        name: `${type.name}.${field.name}(${argument.name})`,
        description: argument.description,
      })),
    ]),
  ];
}

test('schema/schema.graphql is what the code says; "npm run generate" writes it', () => {
  const path = fileURLToPath(new URL('../../schema/schema.graphql', import.meta.url));
  expect(readFileSync(path, 'utf8')).toBe(sdl(schema));
});

test('every type, field, argument and enum value is described by a sentence', () => {
  const all = types.flatMap(elements);
  expect(all.filter(({ description }) => !description || !/^[A-Z0-9].*[.!"?)]$/s.test(description))).toEqual([]);
  expect(all.length).toBeGreaterThan(400);
});

test('the enums are the vocabulary, word for word', () => {
  for (const [name, list] of Object.entries(vocabulary)) {
    if (typeof list === 'function' || name === 'EventStatus') continue;
    const type = schema.getType(name);
    if (!isEnumType(type)) throw new TypeError(`${name} is not published.`);
    expect(Object.fromEntries(type.getValues().map((value) => [value.name, value.description]))).toEqual(list);
  }
});

test('every connection has the same shape and every list field that is paged the same arguments', () => {
  const connections = types.filter((type) => type.name.endsWith('Connection'));
  expect(connections.map(({ name }) => name).sort()).toEqual([
    'AppearanceConnection',
    'ChangeConnection',
    'ConventionConnection',
    'EditionConnection',
    'ExhibitionAreaConnection',
    'SearchConnection',
    'SignedProjectStatisticConnection',
    'SourceConnection',
    'SpeakerConnection',
    'ThemeConnection',
  ]);
  for (const connection of connections)
    expect(isObjectType(connection) && Object.keys(connection.getFields()).sort()).toEqual([
      'edges',
      ...(connection.name === 'EditionConnection' ? ['facets'] : []),
      'nodes',
      'pageInfo',
      'totalCount',
    ]);
  const lists = types.filter(isObjectType).flatMap((type) =>
    Object.values(type.getFields())
      .filter((field) => String(field.type).endsWith('Connection!'))
      .map((field) => [
        `${type.name}.${field.name}`,
        field.args.map((argument) => `${argument.name}: ${argument.type}`),
      ]),
  );
  const page = ['first: Int', 'after: String', 'last: Int', 'before: String'];
  const narrowed = (name: string) => [`where: ${name}Where`, `orderBy: [${name}Order!]`, ...page];
  expect(Object.fromEntries(lists)).toEqual({
    'Convention.changes': page,
    'Convention.editions': narrowed('Edition'),
    'Convention.signedProjectStatistics': narrowed('SignedProjectStatistic'),
    'Edition.changes': page,
    'Edition.exhibitionAreas': page,
    'Edition.signedProjectStatistics': narrowed('SignedProjectStatistic'),
    'Edition.speakers': narrowed('Appearance'),
    'Query.changes': page,
    'Query.conventions': narrowed('Convention'),
    'Query.editions': narrowed('Edition'),
    'Query.exhibitionAreas': narrowed('ExhibitionArea'),
    'Query.search': ['query: String!', 'types: [SearchType!]', 'first: Int', 'after: String'],
    'Query.signedProjectStatistics': narrowed('SignedProjectStatistic'),
    'Query.sources': narrowed('Source'),
    'Query.speakers': narrowed('Speaker'),
    'Query.themes': narrowed('Theme'),
    'Speaker.appearances': ['orderBy: [AppearanceOrder!]', ...page],
  });
});
