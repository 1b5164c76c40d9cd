import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLAbstractType,
  GraphQLID,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLString,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { Arguments, SelectContext } from './origin.ts';
import { firstOf, originOf } from './plan.ts';
import { resolverOf } from './resolve.ts';
import { argumentsReader, type Selected, type Selection, selectedFields } from './selection.ts';

/*
 * What the specification calls CompleteValue (6.4.3), compiled: which fields an object has, what each is read from and
 * what it must be is decided once for an operation, not once for each value. It knows only answers without a flaw. What is
 * out of the ordinary, such as a null where none may be, it leaves to graphql-js, whose words and rules for errors stay the only ones.
 */

/** Thrown where graphql-js has to answer. */
export class LeftToReference extends Error {}

/** What one run of an operation has for all of its values. */
export interface Run {
  context: SelectContext;
  /** The coerced arguments of each field, by the order in which `Completion.argumentsOf` has them. */
  given: readonly Arguments[];
}

type Complete = (value: unknown, run: Run) => unknown;
type Source = Readonly<Record<string, unknown>>;

/** How the value of a field becomes its part of the answer. */
export interface Completion {
  complete(value: unknown, run: Run): unknown;
  /** The arguments of the fields beneath that have any, coerced from the variables of a run: its `given`. */
  argumentsOf: ((variables: Record<string, unknown>) => Arguments)[];
}

interface Document {
  schema: GraphQLSchema;
  fragments: Record<string, FragmentDefinitionNode>;
  variableValues: Record<string, unknown>;
}

const NO_ARGUMENTS: Arguments = {};

/**
 * @param document what the operation is made of; its variables decide only what `formOf` tells apart
 * @param type of a field
 * @param nodes of that field
 * @returns how its value is completed; that throws, LeftToReference or anything else, where graphql-js has to answer
 * @throws LeftToReference where graphql-js has to answer whatever the value is
 */
export function compileCompletion(
  document: Document,
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
): Completion {
  const argumentsOf: Completion['argumentsOf'] = [];

  const completion = (output: GraphQLOutputType, selections: readonly Selection[]): Complete => {
    if (isNonNullType(output)) {
      const inner = completion(output.ofType, selections);
      return (value, run) => {
        const completed = inner(value, run);
        if (completed === null) throw new LeftToReference();
        return completed;
      };
    }
    if (isListType(output)) return list(completion(output.ofType, selections));
    if (isLeafType(output)) return leaf(output);
    return isObjectType(output) ? object(output, selections) : anyObject(output, selections);
  };

  const object = (output: GraphQLObjectType, selections: readonly Selection[]): Complete => {
    const fields = selectedFields(document, output, selections).map((selected) => field(output, selected));
    // An object takes that name for what it inherits from, and a type may look at its objects.
    if (output.isTypeOf || fields.some(({ responseKey }) => responseKey === '__proto__')) throw new LeftToReference();
    return objectOf(fields);
  };

  const anyObject = (output: GraphQLAbstractType, selections: readonly Selection[]): Complete => {
    const possible = document.schema.getPossibleTypes(output);
    const byName = new Map(possible.map((one) => [one.name, object(one, selections)]));
    return (value, run) => {
      if (value === null || value === undefined) return null;
      const complete = byName.get(Object(value).__typename);
      if (!complete) throw new LeftToReference();
      return complete(value, run);
    };
  };

  const field = (parent: GraphQLObjectType, { name, responseKey, nodes: own }: Selected): Property => {
    if (name === '__typename') return { responseKey, read: () => parent.name };
    const definition = parent.getFields()[name];
    if (!definition) throw new LeftToReference();
    const complete = completion(definition.type, own);
    const origin = originOf(parent, name);
    const resolve = origin && resolverOf(origin, name);
    if (!resolve) return { responseKey, name, complete };
    if (definition.args.length === 0)
      return {
        responseKey,
        read: (source, run) => complete(resolve(source, NO_ARGUMENTS, run.context, responseKey, own), run),
      };
    argumentsOf.push(argumentsReader(definition, firstOf(own)));
    const place = argumentsOf.length - 1;
    return {
      responseKey,
      read: (source, run) =>
        complete(resolve(source, run.given[place] ?? NO_ARGUMENTS, run.context, responseKey, own), run),
    };
  };

  return { complete: completion(type, nodes), argumentsOf };
}

/** A property of an object: read from the property `name` of its source, or else from the source itself. */
type Property =
  | { responseKey: string; name: string; complete: Complete }
  | { responseKey: string; read(source: Source, run: Run): unknown };

/**
 * Writes a function that makes objects of one form: the engine reads and writes these many times faster than objects that
 * get one property after the other.
 * @param properties whose names are those of GraphQL, which cannot be anything else to the engine
 */
function objectOf(properties: readonly Property[]): Complete {
  const reads = properties.map((_property, index) => `read${index}`);
  const written = properties.map((property, index) => {
    const from = 'name' in property ? `source.${property.name}` : 'source';
    return `${property.responseKey}: ${reads[index]}(${from}, run)`;
  });
  const make = new Function(
    'reads',
    `"use strict";
    const [${reads}] = reads;
    return (source, run) => {
      if (source === null || source === undefined) return null;
      run.context.reader.checkTime();
      return { ${written} };
    };`,
  );
  return make(properties.map((property) => ('name' in property ? property.complete : property.read)));
}

function list(complete: Complete): Complete {
  return (value, run) => {
    if (value === null || value === undefined) return null;
    if (!Array.isArray(value)) throw new LeftToReference();
    return value.map((one) => complete(one, run));
  };
}

function leaf(type: GraphQLLeafType): Complete {
  const keepsTexts = type === GraphQLString || type === GraphQLID || type.serialize === String;
  return (value) => {
    if (value === null || value === undefined) return null;
    if (keepsTexts && typeof value === 'string') return value;
    const serialized = type.serialize(value);
    if (serialized === null || serialized === undefined) throw new LeftToReference();
    return serialized;
  };
}
