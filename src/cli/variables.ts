import { text as readAll } from 'node:stream/consumers';
import {
  GraphQLError,
  type GraphQLInputType,
  GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  parse,
  specifiedScalarTypes,
  typeFromAST,
  type VariableDefinitionNode,
  visit,
} from 'graphql';

import { didYouMean } from '../dataset/problems.ts';
import { UsageError } from './failure.ts';
import { readText } from './operation.ts';

/** GraphQL’s Int ends here. */
const MAX_INT = 2_147_483_647;

/** "key=value" of -f (typed by the operation) or of -F (a text, whatever it looks like). */
export interface Field {
  flag: '-f' | '-F';
  name: string;
  value: string;
}

/** What the command line says of variables. */
export interface Given {
  /** JSON, or "@" and the path of a file that holds it. */
  json: string | undefined;
  /** They win over the JSON. */
  fields: readonly Field[];
}

/**
 * Makes the variables of an operation from what is given.
 * @param schema tells of types that GraphQL itself does not know; asked only where there are some
 * @throws UsageError for a variable that the operation does not have, or a value that is none of its type
 */
export async function readVariables(
  given: Given,
  question: { query: string; operationName: string | undefined },
  schema: () => Promise<GraphQLSchema>,
): Promise<Record<string, unknown> | undefined> {
  const variables = given.json === undefined ? {} : await fromJson(given.json);
  const names = [...Object.keys(variables), ...given.fields.map(({ name }) => name)];
  const item = given.fields.find(({ name }) => name.endsWith('[]'));
  if (item)
    throw new UsageError(
      `${item.flag} ${item.name}: a list is one value, such as ${item.flag} '${item.name.slice(0, -2)}=[1, 2]'.`,
    );
  const twice = given.fields.find(({ name }, index) => given.fields.some((one, at) => at < index && one.name === name));
  if (twice) throw new UsageError(`${twice.flag} ${twice.name} is given twice; leave out one of them.`);
  if (names.length === 0) return undefined;

  const definitions = definitionsOf(question);
  // The service says what is wrong with an operation that cannot be read.
  if (!definitions) return variables;
  const typeSystem = await typesOf(definitions, given.fields, schema);
  for (const name of names) requireKnown(name, definitions);
  for (const field of given.fields) {
    const definition = definitions.find(({ variable }) => variable.name.value === field.name);
    const type = definition && typeFromAST(typeSystem, definition.type);
    variables[field.name] = field.flag === '-f' && isInputType(type) ? typed(field.value, type, field) : field.value;
  }
  return variables;
}

async function fromJson(json: string): Promise<Record<string, unknown>> {
  const path = json.startsWith('@') ? json.slice(1) : undefined;
  // Editors on Windows begin a file with a byte order mark.
  const text =
    path === undefined
      ? json
      : (path === '-' ? await readAll(process.stdin) : readText(path, '--variables')).replace(/^\uFEFF/, '');
  const value = parsed(text, '--variables');
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UsageError('--variables must be a JSON object, such as {"slug": "world-manufacturing-convention"}.');
  return { ...value };
}

function parsed(text: string, origin: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${origin} must be JSON: ${error instanceof Error ? error.message : error}`);
  }
}

function definitionsOf(question: {
  query: string;
  operationName: string | undefined;
}): readonly VariableDefinitionNode[] | undefined {
  const operations: OperationDefinitionNode[] = [];
  try {
    visit(parse(question.query), { OperationDefinition: (node) => void operations.push(node) });
  } catch (error) {
    if (error instanceof GraphQLError) return undefined;
    throw error;
  }
  const { operationName } = question;
  const chosen = operationName ? operations.filter(({ name }) => name?.value === operationName) : operations;
  const [operation] = chosen;
  return chosen.length === 1 ? (operation?.variableDefinitions ?? []) : undefined;
}

function requireKnown(name: string, definitions: readonly VariableDefinitionNode[]): void {
  const known = definitions.map(({ variable }) => variable.name.value);
  if (known.includes(name)) return;
  const hint = didYouMean(name, known) || (known.length > 0 ? `; it has ${known.join(', ')}.` : '; it has none.');
  throw new UsageError(`${JSON.stringify(name)} is no variable of the operation${hint}`);
}

/** A schema that knows the types of the fields' variables. */
async function typesOf(
  definitions: readonly VariableDefinitionNode[],
  fields: readonly Field[],
  schema: () => Promise<GraphQLSchema>,
): Promise<GraphQLSchema> {
  const own = new GraphQLSchema({ types: specifiedScalarTypes });
  const asked = definitions.filter(({ variable }) =>
    fields.some(({ flag, name }) => flag === '-f' && name === variable.name.value),
  );
  return asked.every(({ type }) => isKnown(own, type)) ? own : schema();
}

function isKnown(schema: GraphQLSchema, type: VariableDefinitionNode['type']): boolean {
  if (type.kind !== Kind.NAMED_TYPE) return isKnown(schema, type.type);
  return schema.getType(type.name.value) !== undefined;
}

function typed(text: string, type: GraphQLInputType, field: Field): unknown {
  if (text === 'null' && !isNonNullType(type)) return null;
  const nullable = getNullableType(type);
  const wrong = (wanted: string) => new UsageError(`-f ${field.name} must be ${wanted}; got ${JSON.stringify(text)}.`);
  if (isListType(nullable)) {
    if (text.trimStart().startsWith('[')) return parsed(text, `-f ${field.name}`);
    return [typed(text, nullable.ofType, field)];
  }
  if (isInputObjectType(nullable)) return parsed(text, `-f ${field.name} (${getNamedType(type).name})`);
  if (isEnumType(nullable)) {
    const words = nullable.getValues().map(({ name }) => name);
    if (!words.includes(text)) throw wrong(`one of ${words.join(', ')}`);
    return text;
  }
  switch (nullable.name) {
    case 'Boolean':
      if (text !== 'true' && text !== 'false') throw wrong('true or false');
      return text === 'true';
    case 'Int':
      if (!/^-?\d+$/.test(text) || Math.abs(Number(text)) > MAX_INT) throw wrong('a whole number of 32 bits');
      return Number(text);
    case 'Float':
      if (text.trim() === '' || !Number.isFinite(Number(text))) throw wrong('a number');
      return Number(text);
    default:
      return text;
  }
}
