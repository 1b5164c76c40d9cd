import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLNamedOutputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  getNamedType,
  getOperationAST,
  getVariableValues,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  SchemaMetaFieldDef,
  type SelectionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  validate,
} from 'graphql';
import { LIMITS } from '../select/limits.ts';

/** What is asked, as GraphQL over HTTP has it. */
export interface Question {
  query: string;
  variables?: Record<string, unknown>;
  operationName?: string;
}

/** A selection set, and the type that it is of. */
export interface TypedSelection {
  type: GraphQLCompositeType;
  set: SelectionSetNode;
}

/** One response key of an answer, over all types that may stand there: known before there is an answer. */
export interface Part {
  /** The response key. */
  key: string;
  /** The response keys from the root down to this one. */
  keys: readonly string[];
  definition: GraphQLField<unknown, unknown>;
  /** The first of the field nodes: all of them have the same arguments. */
  node: FieldNode;
  type: GraphQLNamedOutputType;
  isList: boolean;
  isConnection: boolean;
  selections: readonly TypedSelection[];
  /** In the order in which they are selected; empty beneath a leaf. */
  parts: readonly Part[];
}

/** An operation, understood by its schema. */
export interface Operation {
  definition: OperationDefinitionNode;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** With defaults, of the types that the operation declares. */
  variables: Record<string, unknown>;
  selections: readonly TypedSelection[];
  parts: readonly Part[];
}

/**
 * Says what an operation's answer will look like: fragments opened, @include and @skip applied, response keys merged.
 * @returns undefined where it cannot be answered; whoever answers then says best why
 */
export function readOperation(question: Question, schema: GraphQLSchema): Operation | undefined {
  try {
    // What is larger is left to the service to refuse.
    const document = parse(question.query, { maxTokens: LIMITS.maxTokens });
    if (validate(schema, document).length > 0) return undefined;
    const definition = getOperationAST(document, question.operationName);
    const type = definition?.operation === 'query' && schema.getQueryType();
    if (!definition || !type) return undefined;
    const { coerced } = getVariableValues(schema, definition.variableDefinitions ?? [], question.variables ?? {});
    if (!coerced) return undefined;
    const operation = { definition, fragments: fragmentsOf(document), variables: coerced };
    const selections = [{ type, set: definition.selectionSet }];
    return { ...operation, selections, parts: partsOf({ ...operation, schema }, selections, []) };
  } catch {
    // No GraphQL, a value that is none of its type, or too deep for the engine.
    return undefined;
  }
}

function fragmentsOf(document: DocumentNode): Map<string, FragmentDefinitionNode> {
  return new Map(
    document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
  );
}

type Reading = Pick<Operation, 'fragments' | 'variables'> & { schema: GraphQLSchema };

function partsOf(reading: Reading, selections: readonly TypedSelection[], above: readonly string[]): Part[] {
  const found = new Map<string, { definition: Part['definition']; nodes: FieldNode[]; selections: TypedSelection[] }>();
  const opened = new Set<string>();
  const collect = ({ type, set }: TypedSelection): void => {
    for (const selection of set.selections.filter((one) => isIncluded(reading, one))) {
      if (selection.kind === Kind.FIELD) {
        const key = keyOf(selection);
        const definition = fieldOf(type, selection.name.value);
        const known = found.get(key) ?? { definition, nodes: [], selections: [] };
        found.set(key, known);
        known.nodes.push(selection);
        const below = getNamedType(definition.type);
        if (selection.selectionSet && isCompositeType(below))
          known.selections.push({ type: below, set: selection.selectionSet });
        continue;
      }
      const isSpread = selection.kind === Kind.FRAGMENT_SPREAD;
      if (isSpread && opened.has(selection.name.value)) continue;
      if (isSpread) opened.add(selection.name.value);
      const fragment = isSpread ? reading.fragments.get(selection.name.value) : selection;
      if (fragment) collect({ type: conditionOf(reading.schema, fragment, type), set: fragment.selectionSet });
    }
  };
  selections.forEach(collect);
  return [...found].map(([key, { definition, nodes, selections: below }]) => {
    const type = getNamedType(definition.type);
    const keys = [...above, key];
    return {
      key,
      keys,
      definition,
      node: nodes[0] ?? unknownField(key),
      type,
      isList: hasList(definition.type),
      isConnection: isObjectType(type) && ['pageInfo', 'edges'].every((name) => name in type.getFields()),
      selections: below,
      parts: partsOf(reading, below, keys),
    };
  });
}

/** @returns the name that a field has in the answer */
export function keyOf(node: FieldNode): string {
  return (node.alias ?? node.name).value;
}

/** @returns the type within a fragment that stands where `around` is */
function conditionOf(
  schema: GraphQLSchema,
  { typeCondition }: Pick<FragmentDefinitionNode, 'typeCondition'> | { typeCondition?: undefined },
  around: GraphQLCompositeType,
): GraphQLCompositeType {
  const type = typeCondition && schema.getType(typeCondition.name.value);
  return type && isCompositeType(type) ? type : around;
}

function isIncluded({ variables }: Reading, node: SelectionNode): boolean {
  return (
    getDirectiveValues(GraphQLSkipDirective, node, variables)?.if !== true &&
    getDirectiveValues(GraphQLIncludeDirective, node, variables)?.if !== false
  );
}

function fieldOf(type: GraphQLCompositeType, name: string): GraphQLField<unknown, unknown> {
  const meta = [SchemaMetaFieldDef, TypeMetaFieldDef, TypeNameMetaFieldDef].find((field) => field.name === name);
  const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
  return meta ?? field ?? unknownField(`${type.name}.${name}`);
}

function unknownField(name: string): never {
  throw new TypeError(`${name} is not in the schema.`);
}

function hasList(type: GraphQLOutputType): boolean {
  if (isNonNullType(type)) return hasList(type.ofType);
  return isListType(type);
}
