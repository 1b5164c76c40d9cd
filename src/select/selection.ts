import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getArgumentValues,
  getDirectiveValues,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  typeFromAST,
  type ValueNode,
} from 'graphql';

/** One response key of a selection, with every field node that contributes to it. */
export interface Selected {
  name: string;
  responseKey: string;
  nodes: readonly FieldNode[];
}

/** What selects fields: a field, or an operation for the root. */
export interface Selection {
  readonly selectionSet?: SelectionSetNode | undefined;
}

interface Document {
  schema: GraphQLSchema;
  fragments: Record<string, FragmentDefinitionNode>;
  variableValues: Record<string, unknown>;
}

/**
 * What is selected on a concrete type: fragments opened, @include and @skip applied, response keys merged.
 * The rules are those of the GraphQL specification, section 6.3.2 CollectFields.
 */
export function selectedFields(document: Document, type: GraphQLObjectType, nodes: readonly Selection[]): Selected[] {
  const found = new Map<string, Selected & { nodes: FieldNode[] }>();
  const opened = new Set<string>();

  const applies = (condition: string | undefined): boolean => {
    if (condition === undefined || condition === type.name) return true;
    const other = document.schema.getType(condition);
    return isAbstractType(other) && document.schema.isSubType(other, type);
  };
  const included = (node: SelectionNode): boolean =>
    getDirectiveValues(GraphQLSkipDirective, node, document.variableValues)?.if !== true &&
    getDirectiveValues(GraphQLIncludeDirective, node, document.variableValues)?.if !== false;

  const collect = (set: SelectionSetNode | undefined): void => {
    for (const selection of set?.selections ?? []) {
      if (!included(selection)) continue;
      if (selection.kind === 'Field') {
        const responseKey = selection.alias?.value ?? selection.name.value;
        const known = found.get(responseKey);
        if (known) known.nodes.push(selection);
        else found.set(responseKey, { name: selection.name.value, responseKey, nodes: [selection] });
      } else if (selection.kind === 'InlineFragment') {
        if (applies(selection.typeCondition?.name.value)) collect(selection.selectionSet);
      } else if (!opened.has(selection.name.value)) {
        opened.add(selection.name.value);
        const fragment = document.fragments[selection.name.value];
        if (fragment && applies(fragment.typeCondition.name.value)) collect(fragment.selectionSet);
      }
    }
  };
  for (const node of nodes) collect(node.selectionSet);
  return [...found.values()];
}

const numbers = new WeakMap<OperationDefinitionNode, number>();
let latest = 0;

/**
 * Names an operation together with what of its variables may change the SQL.
 * @returns the same text for requests that share a plan, and for no others
 */
export function formOf(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): string {
  let number = numbers.get(operation);
  if (number === undefined) {
    latest += 1;
    number = latest;
    numbers.set(operation, number);
  }
  return `${number}|${shapeOf(schema, operation, variables)}`;
}

/**
 * What of the variables may change the SQL: which are null, which way a flag or a word points, how an input object nests.
 * Two requests with the same operation and shape share a plan.
 */
function shapeOf(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): string {
  const shapes = (operation.variableDefinitions ?? []).map(({ variable, type }) => {
    const declared = typeFromAST(schema, type);
    return shapeOfValue(declared, variables[variable.name.value]);
  });
  return shapes.join(';');
}

function shapeOfValue(type: ReturnType<typeof typeFromAST>, value: unknown): string {
  if (value === undefined) return 'u';
  if (value === null || type === undefined) return 'n';
  const named: GraphQLInputType | unknown = isNonNullType(type) ? type.ofType : type;
  if (isListType(named)) {
    if (!Array.isArray(value)) return 'l';
    const scalar = isScalarType(isNonNullType(named.ofType) ? named.ofType.ofType : named.ofType);
    return scalar ? 'l' : `[${value.map((one) => shapeOfValue(named.ofType, one)).join(',')}]`;
  }
  if (isEnumType(named) || typeof value === 'boolean') return String(value);
  if (isInputObjectType(named) && typeof value === 'object') {
    const fields = named.getFields();
    const shapes = Object.entries(value).map(([name, one]) => `${name}:${shapeOfValue(fields[name]?.type, one)}`);
    return `{${shapes.join(',')}}`;
  }
  return 's';
}

/**
 * Reads the arguments of a field, coerced as the specification has it (6.4.1). Where no variable stands in them they are
 * read once.
 * @returns throws GraphQLError for a variable that may not be what it is there
 */
export function argumentsReader(
  definition: GraphQLField<unknown, unknown>,
  node: FieldNode,
): (variables: Record<string, unknown>) => Record<string, unknown> {
  if (node.arguments?.some(({ value }) => hasVariable(value)))
    return (variables) => getArgumentValues(definition, node, variables);
  let constant: Record<string, unknown> | undefined;
  return () => {
    constant ??= getArgumentValues(definition, node);
    return constant;
  };
}

function hasVariable(value: ValueNode): boolean {
  if (value.kind === Kind.LIST) return value.values.some(hasVariable);
  if (value.kind === Kind.OBJECT) return value.fields.some((field) => hasVariable(field.value));
  return value.kind === Kind.VARIABLE;
}

/** How long the text is that an operation stands in: what was parsed of it is kept as long as anything made of it. */
export function lengthOf({ loc }: OperationDefinitionNode): number {
  return loc?.source.body.length || 1;
}
