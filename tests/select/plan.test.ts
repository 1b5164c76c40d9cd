import fc from 'fast-check';
import {
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isLeafType,
  isObjectType,
} from 'graphql';
import { afterAll, expect, test } from 'vitest';
import { expectSame, type Reference, referenceOf } from '../support/reference.ts';
import { type Pool, writeQuestion } from '../support/selections.ts';
import { ask, richWorld, schema, shippedWorld, type World } from '../support/world.ts';

/**
 * Where each list is asked for its cursors. Not the claims of an edition: their order is each edition's own, so a cursor
 * of one means nothing in another.
 */
const lists: Record<string, string> = {
  'Query.conventions': 'conventions { edges { cursor } }',
  'Query.editions': 'editions(last: 60) { edges { cursor } }',
  'Query.themes': 'themes(first: 100) { edges { cursor } }',
  'Query.exhibitionAreas': 'exhibitionAreas(first: 100) { edges { cursor } }',
  'Query.speakers': 'speakers(first: 100) { edges { cursor } }',
  'Query.signedProjectStatistics': 'signedProjectStatistics(first: 100) { edges { cursor } }',
  'Query.sources': 'sources(first: 100) { edges { cursor } }',
  'Convention.editions': 'conventions { nodes { editions(first: 5) { edges { cursor } } } }',
  'Convention.signedProjectStatistics':
    'conventions { nodes { signedProjectStatistics(last: 5) { edges { cursor } } } }',
  'Edition.exhibitionAreas': 'editions { nodes { exhibitionAreas { edges { cursor } } } }',
  'Edition.speakers': 'editions { nodes { speakers { edges { cursor } } } }',
  'Speaker.appearances': 'speakers { nodes { appearances { edges { cursor } } } }',
};

async function poolOf(world: World): Promise<Pool> {
  const all = (sql: string) => world.reader.rows(sql, []).map((row) => String(Object.values(row)[0]));
  const cursors: Record<string, string[]> = {};
  for (const [list, selection] of Object.entries(lists)) {
    const { data, errors } = await ask(world, `{ ${selection} }`);
    expect(errors).toBeUndefined();
    cursors[list] = [...JSON.stringify(data).matchAll(/"cursor":"([^"]+)"/g)].map(([, cursor]) => cursor ?? '');
  }
  const slugs = {
    convention: all('SELECT slug FROM conventions'),
    edition: all('SELECT slug FROM editions'),
    speaker: all('SELECT slug FROM speakers'),
  };
  return { ids: all('SELECT min(id) FROM nodes GROUP BY type, substr(id, -1) ORDER BY type'), slugs, cursors };
}

interface Subject {
  world: World;
  reference: Reference;
  pool: Pool;
}
const makers: Record<string, () => World> = { rich: richWorld, shipped: shippedWorld };
const subjects = new Map<string, Subject>();

async function subject(name: string): Promise<Subject> {
  const known = subjects.get(name);
  if (known) return known;
  const world = (makers[name] ?? richWorld)();
  const made = { world, reference: referenceOf(world), pool: await poolOf(world) };
  subjects.set(name, made);
  return made;
}

afterAll(() => {
  for (const { world } of subjects.values()) world.close();
});

const tapes = fc.noBias(
  fc.oneof(
    fc.array(fc.nat(5039), { minLength: 10, maxLength: 80, size: 'max' }),
    fc.array(fc.nat(5039), { minLength: 80, maxLength: 400, size: 'max' }),
  ),
);

test.each([
  ['rich', 20_211_119, 700, 7],
  ['rich', 582_180, 100, 16],
  ['shipped', 1_752, 200, 7],
])(
  'random selections on the %s data (seed %i) are answered as the plain reference answers them, by one statement for each root field',
  async (name, seed, numRuns, depth) => {
    const asked = await subject(name);
    await fc.assert(
      fc.asyncProperty(tapes, async (tape) => {
        await expectSame(asked, writeQuestion(asked.reference.schema, asked.pool, tape, depth));
      }),
      { seed, numRuns },
    );
  },
);

/** Everything that can be asked of a type without arguments, down to some records within records. */
function everything(asked: GraphQLSchema, type: GraphQLObjectType, depth: number): string {
  const fields = Object.values(type.getFields()).flatMap(({ name, type: output }) => {
    const inner = getNamedType(output);
    if (isLeafType(inner)) return [name];
    const parts = (isAbstractType(inner) ? asked.getPossibleTypes(inner) : [inner]).flatMap((one) => {
      if (!isObjectType(one)) return [];
      const left = one.getFields().id ? depth - 1 : depth;
      return left < 0 ? [] : [`... on ${one.name} ${everything(asked, one, left)}`];
    });
    return parts.length > 0 ? [`${name} { ${parts.join(' ')} }`] : [];
  });
  return `{ __typename ${fields.join(' ')} }`;
}

test.each(['rich', 'shipped'])(
  'every field of every type on the %s data is answered as the plain reference answers it',
  async (name) => {
    const { world, reference } = await subject(name);
    const types = Object.values(reference.schema.getTypeMap()).filter(
      (type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'),
    );
    const askAbout = (query: string, variables = {}) =>
      expectSame({ world, reference }, { query, variables, acceptLanguage: 'en' });
    for (const type of types) {
      const ids = world.reader
        .rows('SELECT id FROM nodes WHERE type = ? ORDER BY id LIMIT 20', [type.name])
        .map(({ id }) => id);
      const published = schema().getType(type.name);
      const isNode = isObjectType(published) && published.getInterfaces().some((one) => one.name === 'Node');
      if (type.name === 'Change')
        await askAbout(`{ changes(first: 50) { nodes ${everything(reference.schema, type, 1)} } }`);
      else if (isNode && published.extensions.table)
        await askAbout(
          `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on ${type.name} ${everything(reference.schema, type, 1)} } }`,
          {
            ids,
          },
        );
    }
    const [root] = types.filter((type) => type === reference.schema.getQueryType());
    for (const { name: field, type, args } of Object.values(root?.getFields() ?? {})) {
      const inner = getNamedType(type);
      if (isObjectType(inner) && !args.some((one) => one.name === 'slug'))
        await askAbout(`{ ${field} ${everything(reference.schema, inner, 0)} }`);
    }
    const fields = types.flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`));
    // A first import adds, and changes no part of anything.
    const isThere = (field: string) => name === 'rich' || !field.startsWith('ChangedPart.');
    expect(fields.filter((field) => isThere(field) && !reference.answered.has(field))).toEqual([]);
  },
);
