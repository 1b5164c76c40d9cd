import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type FragmentDefinitionNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { compileCompletion, LeftToReference } from './complete.ts';
import type { RootField } from './plan.ts';
import { answerPlan, planFor, type SelectContext, select } from './select.ts';
import { formOf, lengthOf, selectedFields } from './selection.ts';

/** Which operations are compiled: those that recur, all of them, or none. */
export type ExecutorName = 'auto' | 'compiled' | 'graphql-js';

/** What is asked of an executor. The document fits the schema. */
export interface Asked {
  document: DocumentNode;
  /** The one that is meant; undefined where the document has several, or none of that name. */
  operation?: OperationDefinitionNode | undefined;
  operationName?: string | null | undefined;
  variables?: Record<string, unknown> | null | undefined;
  context: SelectContext;
}

export interface Executor {
  /** Answers as `execute` of graphql-js does. */
  execute(asked: Asked): Promise<ExecutionResult>;
  /** Answers at once, as the JSON that is sent, what is compiled and meets no error; undefined where `execute` has to be asked. */
  writeCompiled(asked: Asked): string | undefined;
}

/** As many errors of variables as graphql-js tells. */
const MOST_ERRORS = 50;

const KEPT_OPERATIONS = 1_000;

/** And of so many characters together: one of 30,000 takes 4 MB with what was parsed of it. */
const KEPT_CHARACTERS = 1_000_000;

/** A root field of a compiled operation. */
interface Compiled {
  responseKey: string;
  write: Write;
}

/** @returns the JSON of a value; throws where graphql-js has to answer */
type Write = (variableValues: Record<string, unknown>, context: SelectContext) => string;

/** What is known of an operation, as long as it is kept parsed. */
interface Known {
  runs: number;
  fragments: Record<string, FragmentDefinitionNode>;
}

/**
 * Makes an executor that answers as `execute` of graphql-js does, and faster what has been asked before: it knows only
 * answers without errors, and leaves any other, from its beginning, to graphql-js.
 * @param name which operations are compiled
 */
export function executorOf(schema: GraphQLSchema, name: ExecutorName): Executor {
  const operations = new WeakMap<OperationDefinitionNode, Known>();
  /** Without roots where graphql-js always answers. */
  const kept = new LRUCache<string, { roots?: readonly Compiled[] }>({
    max: KEPT_OPERATIONS,
    maxSize: KEPT_CHARACTERS,
  });
  const runsBefore = name === 'auto' ? 1 : 0;

  const knownOf = (operation: OperationDefinitionNode, document: DocumentNode): Known => {
    let known = operations.get(operation);
    if (!known) {
      const fragments = document.definitions.flatMap((one) =>
        one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
      );
      known = { runs: 0, fragments: Object.fromEntries(fragments) };
      operations.set(operation, known);
    }
    return known;
  };

  const compiledOf = (operation: OperationDefinitionNode, known: Known, variableValues: Record<string, unknown>) => {
    const form = formOf(schema, operation, variableValues);
    let compiled = kept.get(form);
    if (!compiled) {
      compiled = compile(schema, operation, known.fragments, variableValues);
      kept.set(form, compiled, { size: lengthOf(operation) });
    }
    return compiled.roots;
  };

  const answer = ({ document, operation, variables, context }: Asked): string | undefined => {
    if (name === 'graphql-js' || operation?.operation !== 'query') return undefined;
    const known = knownOf(operation, document);
    known.runs += 1;
    if (known.runs <= runsBefore) return undefined;
    const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables ?? {}, {
      maxErrors: MOST_ERRORS,
    });
    if (!coerced) return undefined;
    const roots = compiledOf(operation, known, coerced);
    if (!roots) return undefined;
    const data = roots.map(({ responseKey, write }) => `"${responseKey}":${write(coerced, context)}`);
    return `{"data":{${data}}}`;
  };

  const writeCompiled = (asked: Asked): string | undefined => {
    try {
      return answer(asked);
    } catch {
      // Whatever it is, graphql-js meets it too, and words it.
      return undefined;
    }
  };

  return {
    writeCompiled,
    async execute(asked) {
      const answered = writeCompiled(asked);
      if (answered !== undefined) return JSON.parse(answered);
      const { document, operationName, variables, context } = asked;
      return execute({
        schema,
        document,
        variableValues: variables,
        operationName,
        contextValue: context,
        options: { maxCoercionErrors: MOST_ERRORS },
      });
    },
  };
}

function compile(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: Record<string, FragmentDefinitionNode>,
  variableValues: Record<string, unknown>,
): { roots?: readonly Compiled[] } {
  const parentType = schema.getQueryType();
  const document = { schema, fragments, variableValues };
  const selected = parentType ? selectedFields(document, parentType, [operation]) : [];
  const roots: Compiled[] = [];
  for (const { name, responseKey, nodes } of selected) {
    const definition = parentType?.getFields()[name];
    if (!parentType) return {};
    if (name === '__typename') roots.push({ responseKey, write: () => JSON.stringify(parentType.name) });
    else if (!definition) return {};
    else {
      const path = { key: responseKey };
      const field = { fieldName: name, fieldNodes: nodes, fragments, operation, parentType, schema, path };
      try {
        roots.push({ responseKey, write: writerOf({ document, field, type: definition.type }) });
      } catch (error) {
        if (error instanceof LeftToReference) return {};
        throw error;
      }
    }
  }
  return { roots };
}

/** A root field of an operation. */
interface Root {
  document: Parameters<typeof compileCompletion>[0];
  /** What is selected, but for the variables. */
  field: Omit<RootField, 'variableValues'>;
  type: GraphQLOutputType;
}

/**
 * @param root its variables decide only what `formOf` tells apart
 * @throws LeftToReference where graphql-js has to answer
 */
function writerOf(root: Root): Write {
  const byStatement = answerPlan({ ...root.field, variableValues: root.document.variableValues });
  if (!byStatement) return completing(root);
  let completed: Write | undefined;
  return (variableValues, context) => {
    if (byStatement.dependsOnLocales && context.locales.length > 0) {
      completed ??= completing(root);
      return completed(variableValues, context);
    }
    const text = context.reader.value(byStatement.sql, byStatement.parameters(variableValues, context));
    return text === null ? 'null' : String(text);
  };
}

function completing({ document, field, type }: Root): Write {
  // What is too large is told by the planner, before as much is compiled.
  planFor({ ...field, variableValues: document.variableValues });
  const { argumentsOf, complete } = compileCompletion(document, type, field.fieldNodes);
  return (variableValues, context) => {
    const given = argumentsOf.map((coerce) => coerce(variableValues));
    return JSON.stringify(complete(select({ ...field, variableValues }, context), { context, given }));
  };
}
