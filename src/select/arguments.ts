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

/*
 * How arguments are read and checked, beyond what their types say. What only one kind of list knows is refused there,
 * through `Given.refuse`: cursors in page.ts, spans of days and search queries beside their nouns.
 */

export const DEFAULT_PAGE_SIZE = 20;
export const MAX_PAGE_SIZE = 100;

/**
 * @param args the coerced arguments of a connection field
 * @param node the field, for the error's location
 * @returns how many rows the page holds
 * @throws GraphQLError when first and last are both given, or out of 1 to 100
 */
export function pageSize(args: Arguments, node: FieldNode): number {
  if (args.first != null && args.last != null)
    throw refusal('BAD_USER_INPUT', `${node.name.value}: give first or last, not both.`, [node], 'last');
  const name = args.last != null ? 'last' : 'first';
  const size = args[name] ?? DEFAULT_PAGE_SIZE;
  if (typeof size !== 'number' || size < 1 || size > MAX_PAGE_SIZE) {
    const code = typeof size === 'number' && size > MAX_PAGE_SIZE ? 'PAGE_SIZE_EXCEEDED' : 'BAD_USER_INPUT';
    throw refusal(
      code,
      `${node.name.value}: ${name} must be between 1 and ${MAX_PAGE_SIZE}; got ${size}.`,
      [node],
      name,
    );
  }
  return size;
}

/**
 * @param names of arguments, exactly one of which must be there and not null
 * @returns the one that is
 * @throws GraphQLError
 */
export function exactlyOne<Name extends string>(input: FieldInput, ...names: readonly Name[]): Name {
  const [found, other] = names.filter((name) => input.has(name));
  const wanted = `${input.field}: give exactly one of ${names.join(' and ')}`;
  if (found === undefined) throw refusal('BAD_USER_INPUT', `${wanted}; got none.`, undefined, names[0]);
  if (other !== undefined) throw refusal('BAD_USER_INPUT', `${wanted}; got both.`, undefined, other);
  return found;
}

/**
 * @param ids what a list argument of that name holds
 * @returns them as texts
 * @throws GraphQLError when there are more than a page may hold
 */
export function wantedIds({ ids }: Arguments): string[] {
  const wanted = Array.isArray(ids) ? ids.map(String) : [];
  if (wanted.length > MAX_PAGE_SIZE)
    throw refusal(
      'PAGE_SIZE_EXCEEDED',
      `nodes: ids must be ${MAX_PAGE_SIZE} at most; got ${wanted.length}.`,
      undefined,
      'ids',
    );
  return wanted;
}

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
  const refuse = (message: string, at = place): GraphQLError =>
    refusal('BAD_USER_INPUT', `${node.name.value}: ${message}`, [node], at);
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
          throw refuse(
            `${place}.${name} must not be null. Leave it out${knowsNull(known) || knowsNull(field.type) ? '; what is unknown is asked for by isNull' : ''}.`,
            `${place}.${name}`,
          );
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

/** Whether a filter can ask for what is unknown. */
function knowsNull(type: GraphQLInputType): boolean {
  const known = getNullableType(type);
  return isInputObjectType(known) && known.getFields().isNull !== undefined;
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce((within, key) => Object(within)[key], value);
}
