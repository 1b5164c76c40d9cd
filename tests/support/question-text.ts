import {
  astFromValue,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNullableType,
  isInputObjectType,
  isListType,
  isObjectType,
  print,
} from 'graphql';

/* Writes a question about a list as an operation and its variables. */

/** How a question is put: its values in the text, each argument a variable, or some values here and some there. */
export type Style = { kind: 'literals' } | { kind: 'variables' } | { kind: 'mixed'; tape: readonly number[] };

export interface Written {
  query: string;
  variables: Record<string, unknown>;
}

type Fields = Map<string, GraphQLField<unknown, unknown>>;
const fieldsOfSchemas = new WeakMap<GraphQLSchema, Fields>();

/** The fields that can be filtered or ordered, as in "Query.editions", with their arguments. */
export function listFields(schema: GraphQLSchema): Fields {
  const known = fieldsOfSchemas.get(schema);
  if (known) return known;
  const found: Fields = new Map();
  fieldsOfSchemas.set(schema, found);
  for (const type of Object.values(schema.getTypeMap()))
    if (isObjectType(type))
      for (const field of Object.values(type.getFields()))
        if (field.args.some(({ name }) => name === 'where' || name === 'orderBy'))
          found.set(`${type.name}.${field.name}`, field);
  return found;
}

/** What a page is asked for: everything that the model tells, and the cursors. */
const PAGE =
  '{ edges { cursor node { id } } nodes { id } totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }';

/**
 * Writes a question as an operation.
 * @param given the arguments, cursors and all
 * @param parent the id of the record that the list hangs on; null at the root or where `all` asks for the lists of many
 */
export function write(
  schema: GraphQLSchema,
  list: string,
  given: Readonly<Record<string, unknown>>,
  { parent, all = false, style }: { parent: string | null; all?: boolean; style: Style },
): Written {
  const field = listFields(schema).get(list);
  if (!field) throw new TypeError(`There is no list ${list}.`);
  const declared: string[] = [];
  const variables: Record<string, unknown> = {};
  let position = 0;

  const variable = (name: string, type: GraphQLInputType, value: unknown): string => {
    declared.push(`$${name}: ${type}`);
    if (value !== undefined) variables[name] = value;
    return `$${name}`;
  };
  const isVariable = () => style.kind === 'mixed' && style.tape[position++ % style.tape.length] === 0;
  const literal = (type: GraphQLInputType, value: unknown): string => {
    if (isVariable()) return variable(`v${declared.length}`, type, value);
    const nullable = getNullableType(type);
    if (value === null) return 'null';
    if (isListType(nullable) && Array.isArray(value))
      return `[${value.map((one) => literal(nullable.ofType, one)).join(', ')}]`;
    if (isInputObjectType(nullable) && typeof value === 'object') {
      const fields = nullable.getFields();
      const pairs = Object.entries(value).map(([name, one]) => {
        const inner = fields[name];
        if (!inner) throw new TypeError(`${nullable} has no field ${name}.`);
        return `${name}: ${literal(inner.type, one)}`;
      });
      return `{ ${pairs.join(', ')} }`;
    }
    const node = astFromValue(value, nullable);
    if (!node) throw new TypeError(`${JSON.stringify(value)} is no ${type}.`);
    return print(node);
  };

  const written = field.args.flatMap(({ name, type }) => {
    const value = given[name];
    // As a client writes it once and for all: what is not wanted is not given a value.
    if (style.kind === 'variables') return `${name}: ${variable(name, type, value)}`;
    return value === undefined ? [] : `${name}: ${literal(type, value)}`;
  });
  const [owner = '', name = ''] = list.split('.');
  const page = `page: ${name}${written.length > 0 ? `(${written.join(', ')})` : ''} ${PAGE}`;
  const holder = owner.toLowerCase();
  const selection =
    owner === 'Query'
      ? page
      : all
        ? `${holder}s { nodes { id ${page} } }`
        : `${holder}(id: "${parent}") { id ${page} }`;
  return { query: `query${declared.length > 0 ? ` (${declared.join(', ')})` : ''} { ${selection} }`, variables };
}
