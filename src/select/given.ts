import {
  type FieldNode,
  type GraphQLError,
  type GraphQLField,
  type GraphQLInputType,
  getNullableType,
  isInputObjectType,
  isListType,
} from 'graphql';
import { refusal } from './errors.ts';
import type { Arguments, Bindable, FieldInput, Filter, Given, Orderings, SelectContext } from './origin.ts';

/** An argument and where in it one is. */
interface Position {
  node: FieldNode;
  input: FieldInput;
  argument: string;
  path: readonly (string | number)[];
}

/**
 * @param definition of the field
 * @param args its coerced arguments
 * @returns the argument, or undefined when it is not there or null
 */
export function givenArgument(
  definition: GraphQLField<unknown, unknown>,
  node: FieldNode,
  args: Arguments,
  argument: string,
  input: FieldInput,
): Given | undefined {
  const type = definition.args.find(({ name }) => name === argument)?.type;
  if (!type || args[argument] == null) return undefined;
  return given(args[argument], type, { node, input, argument, path: [] });
}

function given(form: unknown, type: GraphQLInputType, position: Position): Given {
  const { node, input, argument, path } = position;
  const place = [argument, ...path].join('.');
  const known = getNullableType(type);
  const refuse = (message: string): GraphQLError =>
    refusal('BAD_USER_INPUT', `${node.name.value}: ${message}`, [node], place);
  const at = (key: string | number, of: unknown, ofType: GraphQLInputType): Given =>
    given(of, ofType, { ...position, path: [...path, key] });

  return {
    form,
    place,
    input,
    refuse,
    parts() {
      if (!isInputObjectType(known)) throw new TypeError(`${place} is no object.`);
      const fields = known.getFields();
      return Object.entries(Object(form)).flatMap(([name, value]) => {
        const field = fields[name];
        if (!field) return [];
        if (value === null)
          throw refuse(`${place}.${name} must not be null. Leave it out; what is unknown is asked for by isNull.`);
        const filter: Filter | undefined = field.extensions.filter;
        return [{ name, given: at(name, value, field.type), filter }];
      });
    },
    part(name) {
      const value = Object(form)[name];
      const type = isInputObjectType(known) ? known.getFields()[name]?.type : undefined;
      return type && value != null ? at(name, value, type) : undefined;
    },
    items() {
      if (!isListType(known)) throw new TypeError(`${place} is no list.`);
      const list: unknown[] = Array.isArray(form) ? form : [];
      return list.map((value, index) => at(index, value, known.ofType));
    },
    bound: (make: (value: unknown, context: SelectContext) => Bindable) =>
      input.value((args, context) => make(valueAt(args[argument], path), context)),
    orderings() {
      const declared: Orderings | undefined = isInputObjectType(known) ? known.extensions.orderings : undefined;
      if (!declared) throw new TypeError(`${String(known)} declares no orders.`);
      return declared;
    },
  };
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce((within, key) => Object(within)[key], value);
}
