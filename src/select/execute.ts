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
import { OutOfTime } from '../store/open.ts';
import { compileCompletion, LeftToReference } from './complete.ts';
import { type Cost, costOf } from './cost.ts';
import { LIMITS, tooCostly } from './limits.ts';
import type { RootField } from './plan.ts';
import { answerPlan, planFor, type SelectContext, select } from './select.ts';
import { formOf, lengthOf, selectedFields, sizesOf } from './selection.ts';

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

/** An answer from elsewhere, and how many milliseconds it took there; Infinity where it was not answered. */
export interface Aside {
  result: ExecutionResult;
  milliseconds: number;
}

/**
 * Answers elsewhere what would keep everybody here waiting.
 * @param source the text of the operation
 */
export type AnswerAside = (asked: Asked, source: string) => Promise<Aside>;

const bodies = new WeakMap<object, Uint8Array>();

/** @returns a result whose data is not there but in the body that is sent: JSON, with a line's end behind it */
export function carrying(body: Uint8Array): ExecutionResult {
  const data = {};
  bodies.set(data, body);
  return { data };
}

/** @returns the body that a result came with, for who said that it takes bodies */
export function bodyOf({ data }: Pick<ExecutionResult, 'data'>): Uint8Array | undefined {
  return data ? bodies.get(data) : undefined;
}

export interface Executor {
  /** @returns what an operation asks for; undefined where it is no query, or its variables cannot be used */
  costOf(asked: Asked): Cost | undefined;
  /** Answers as `execute` of graphql-js does. `source` is the text of the operation. */
  execute(asked: Asked, source: string): Promise<ExecutionResult>;
  /**
   * Answers at once, as the JSON that is sent, what is compiled and meets no error, costs no more than is allowed, and
   * does not take long; undefined where `execute` has to be asked.
   * @param onCost is told what it costs, where it is answered
   */
  writeCompiled(asked: Asked, onCost?: (requested: number) => void): string | undefined;
}

/** As many errors of variables as graphql-js tells. */
const MOST_ERRORS = 50;

const KEPT_OPERATIONS = 300;

/** And of so many characters together: one of 30,000 takes 4 MB with what was parsed of it. */
const KEPT_CHARACTERS = 1_000_000;
const KEPT_COSTS = 1_000;

/** A statement that takes longer, in milliseconds, is answered aside: nobody else is served meanwhile. */
const PATIENCE_HERE = 25;

/**
 * Of so many values graphql-js answers here: where time is over, it goes on to the next field, with an error for each. What
 * is compiled stops at the first one.
 */
const VALUES_HERE = 2_000;

/** What took too long here once is answered aside for so long, in milliseconds. */
const REMEMBERED_AS_SLOW = 60_000;

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

const NOTHING: Cost = { requested: 0, values: 0, costliest: null, isLong: false };

/** A query whose variables can be used. */
interface Query {
  operation: OperationDefinitionNode;
  known: Known;
  coerced: Record<string, unknown>;
  /** As `formOf` has it. */
  form: string;
}

/**
 * Makes an executor that answers as `execute` of graphql-js does, and faster what has been asked before: it knows only
 * answers without errors, and leaves any other, from its beginning, to graphql-js.
 * @param name which operations are compiled
 * @param aside answers what takes long; without it all is answered here, however long it takes
 */
export function executorOf(schema: GraphQLSchema, name: ExecutorName, aside?: AnswerAside): Executor {
  const operations = new WeakMap<OperationDefinitionNode, Known>();
  /** Without roots where graphql-js always answers. */
  const kept = new LRUCache<string, { roots?: readonly Compiled[] }>({
    max: KEPT_OPERATIONS,
    maxSize: KEPT_CHARACTERS,
  });
  const costs = new LRUCache<string, Cost>({ max: KEPT_COSTS });
  const slow = new LRUCache<string, true>({ max: KEPT_OPERATIONS, ttl: REMEMBERED_AS_SLOW });
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

  const queryOf = ({ document, operation, variables }: Asked): Query | undefined => {
    if (operation?.operation !== 'query') return undefined;
    const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables ?? {}, {
      maxErrors: MOST_ERRORS,
    });
    if (!coerced) return undefined;
    return { operation, known: knownOf(operation, document), coerced, form: formOf(schema, operation, coerced) };
  };

  const costOfQuery = ({ operation, known, coerced, form }: Query): Cost => {
    const key = `${form}|${sizesOf(operation, coerced)}`;
    let cost = costs.get(key);
    if (!cost) {
      try {
        cost = costOf({ schema, operation, fragments: known.fragments, variableValues: coerced });
      } catch {
        // An argument is not what it must be: executed, it is refused by words.
        cost = NOTHING;
      }
      costs.set(key, cost);
    }
    return cost;
  };

  const goesAside = (query: Query): boolean => {
    if (!aside) return false;
    return slow.has(query.form) || costOfQuery(query).isLong;
  };

  /** Tells of what it takes too long for, so that it is not tried again. */
  const here = <Result>({ form }: Query, context: SelectContext, work: () => Result): Result => {
    if (!aside) return work();
    try {
      return context.reader.within({ milliseconds: PATIENCE_HERE }, work);
    } catch (error) {
      if (error instanceof OutOfTime) slow.set(form, true);
      throw error;
    }
  };

  const compiledOf = ({ operation, known, coerced, form }: Query) => {
    let compiled = kept.get(form);
    if (!compiled) {
      compiled = compile(schema, operation, known.fragments, coerced);
      kept.set(form, compiled, { size: lengthOf(operation) });
    }
    return compiled.roots;
  };

  const write = (query: Query, context: SelectContext): string | undefined => {
    if (name === 'graphql-js') return undefined;
    query.known.runs += 1;
    if (query.known.runs <= runsBefore && (!aside || costOfQuery(query).values <= VALUES_HERE)) return undefined;
    const roots = compiledOf(query);
    if (!roots) return undefined;
    const written = here(query, context, () => {
      const data = roots.map((root) => `"${root.responseKey}":${root.write(query.coerced, context)}`);
      return `{"data":{${data}}}`;
    });
    if (!aside || written.length <= LIMITS.maxMegabytes * 1_000_000) return written;
    // It is refused there, by the words that all are.
    slow.set(query.form, true);
    throw new OutOfTime('Left to a thread.');
  };

  const answerAside = async (answer: AnswerAside, asked: Asked, source: string, query: Query) => {
    const { result, milliseconds } = await answer(asked, source);
    // On a busy machine even what is quick takes long now and then.
    if (milliseconds < PATIENCE_HERE) slow.delete(query.form);
    return result;
  };

  const answerHere = async (asked: Asked, source: string, query: Query | undefined): Promise<ExecutionResult> => {
    const { document, operationName, variables, context } = asked;
    const work = () =>
      execute({
        schema,
        document,
        variableValues: variables,
        operationName,
        contextValue: context,
        options: { maxCoercionErrors: MOST_ERRORS },
      });
    if (!query || !aside) return work();
    if (costOfQuery(query).values > VALUES_HERE) return answerAside(aside, asked, source, query);
    const result = await here(query, context, work);
    if (!result.errors?.some(({ originalError }) => originalError instanceof OutOfTime)) return result;
    slow.set(query.form, true);
    return answerAside(aside, asked, source, query);
  };

  return {
    costOf(asked) {
      try {
        const query = queryOf(asked);
        return query && costOfQuery(query);
      } catch {
        // Its variables nest too deep: executed, it is refused by words.
        return undefined;
      }
    },
    writeCompiled(asked, onCost) {
      try {
        const query = queryOf(asked);
        if (!query || goesAside(query)) return undefined;
        const cost = costOfQuery(query);
        if (tooCostly(cost)) return undefined;
        onCost?.(cost.requested);
        return write(query, asked.context);
      } catch {
        // Whatever it is, graphql-js meets it too, and words it; what took too long is answered aside.
        return undefined;
      }
    },
    async execute(asked, source) {
      let query: Query | undefined;
      try {
        query = queryOf(asked);
        if (query && aside && goesAside(query)) return answerAside(aside, asked, source, query);
        const answered = query && write(query, asked.context);
        if (answered !== undefined) return JSON.parse(answered);
      } catch (error) {
        if (error instanceof OutOfTime && aside && query) return answerAside(aside, asked, source, query);
      }
      return answerHere(asked, source, query);
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
