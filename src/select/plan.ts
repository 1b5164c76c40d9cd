import { aliasedTable, and, getTableName, is, Placeholder, type SQL, sql } from 'drizzle-orm';
import { SQLiteSyncDialect, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import {
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  getNamedType,
  getNullableType,
  isAbstractType,
  isListType,
  isObjectType,
} from 'graphql';
import type { SqlValue } from '../store/open.ts';
import { givenArgument, pageSize } from './arguments.ts';
import { tooLarge, within } from './errors.ts';
import { holds } from './filter.ts';
import { columnNamed, columnOf, inTime, jsonObject, literal, nowhere, read, where } from './json.ts';
import { NotInSql, required, writtenFlag, writtenLeaf } from './leaf.ts';
import { beyond, orderClause, totalOrder, wantedOrder } from './order.ts';
import type { Arguments, Bindable, FieldInput, Listing, OrderKey, Origin, SelectContext } from './origin.ts';
import { cursorOf, decodeCursor, listSignature, type PageShape, pageShape } from './page.ts';
import { argumentsReader, type Selected, selectedFields } from './selection.ts';

const dialect = new SQLiteSyncDialect();

/** SQLite takes 1000 levels of expressions: with an expression for each so many relations, 80 of them nest. */
const LEVELS_PER_EXPRESSION = 3;

/** So many relations nest in one expression before others are begun: hardly any operation has more. */
const LEVELS_IN_FIRST = 6;

/** SQLite takes time by the square of these to prepare a statement: a second for 1,000 of them. */
const TABLES_PER_STATEMENT = 400;

/** What a statement gives: values, from which those of the answer are then made, or the text of the answer itself. */
export type Purpose = 'values' | 'answer';

/** One compiled statement, and how its parameters are made from a request. */
export interface Plan {
  sql: string;
  /** Whether it serves only requests that prefer no language. */
  dependsOnLocales: boolean;
  parameters(variables: Record<string, unknown>, context: SelectContext): SqlValue[];
}

/** The place of one field with arguments: they are coerced once a run, and bound wherever the SQL needs them. */
interface Site {
  /** The response keys down to it. */
  path: readonly string[];
  argumentsFrom(variables: Record<string, unknown>): Arguments;
}

type Bind = (args: Arguments, context: SelectContext) => Bindable;

/** @returns the key under which a relation's value lies in its parent: the field's name, or with the alias behind it */
export function relationKey(fieldName: string, responseKey: string | number): string {
  return fieldName === responseKey ? fieldName : `${fieldName}@${responseKey}`;
}

/** @returns the key under which a list says that a cursor was made for another parent */
export function foreignKey(end: 'after' | 'before'): string {
  return `${end}@foreign`;
}

export function originOf(type: GraphQLObjectType, fieldName: string): Origin | undefined {
  const own = type.getFields()[fieldName]?.extensions.origin;
  if (own) return own;
  for (const face of type.getInterfaces()) {
    const inherited = face.getFields()[fieldName]?.extensions.origin;
    if (inherited) return inherited;
  }
  return undefined;
}

/** A table under a name of its own within the statement. */
interface Named<Table extends SQLiteTable = SQLiteTable> {
  name: string;
  row: Table;
  from: SQL;
}

/** A root field as an operation selects it. */
export interface RootField
  extends Pick<
    GraphQLResolveInfo,
    'fieldName' | 'fieldNodes' | 'fragments' | 'operation' | 'parentType' | 'schema' | 'variableValues'
  > {
  path: { key: string | number };
}

/**
 * Compiles a root field and everything selected beneath it into one statement.
 * @param info of the root field; variables decide only what `formOf` tells apart
 * @param purpose what the statement gives: an object that holds the root field, or the text of its value in the answer;
 *   an error in the answer makes the statement fail
 * @throws NotInSql where a statement cannot give the text
 */
export function compile(info: RootField, purpose: Purpose = 'values'): Plan {
  const isAnswer = purpose !== 'values';
  let dependsOnLocales = false;
  const binders: { bind: Bind; site: number }[] = [];
  const sites: Site[] = [];
  const trail: string[] = [];
  let tables = 0;
  let depth = 0;

  /** Writes what lies beneath a response key. */
  const beneath = <Result>(responseKey: string, write: () => Result): Result => {
    // The root field is written under its own name, whatever its alias.
    trail.push(trail.length > 0 ? responseKey : String(info.path.key));
    const written = within([...trail], write);
    trail.pop();
    return written;
  };

  const named = <Table extends SQLiteTable>(table: Table): Named<Table> => {
    tables += 1;
    if (tables > TABLES_PER_STATEMENT) throw tooLarge(info);
    const name = `t${tables}`;
    return {
      name,
      row: aliasedTable(table, name),
      from: sql`${sql.identifier(getTableName(table))} AS ${sql.identifier(name)}`,
    };
  };

  const bound = (site: number, bind: Bind): SQL => {
    binders.push({ site, bind });
    return sql`${sql.placeholder(String(binders.length - 1))}`;
  };

  const siteOf = (definition: GraphQLField<unknown, unknown>, node: FieldNode) => {
    const argumentsFrom = argumentsReader(definition, node);
    sites.push({ path: [...trail], argumentsFrom });
    const site = sites.length - 1;
    const args = argumentsFrom(info.variableValues);
    const input: FieldInput = {
      field: node.name.value,
      has: (argument) => args[argument] != null,
      given: (argument) => givenArgument(definition, node, args, argument, input),
      value: (make) => bound(site, make),
      alias: named,
    };
    return { site, args, input };
  };

  /** What a field's value has to go through to stand in the answer. */
  const completed = (type: GraphQLOutputType, value: SQL): SQL => (isAnswer ? required(type, value) : value);
  const keyOf = ({ name, responseKey }: Selected): string => (isAnswer ? responseKey : relationKey(name, responseKey));

  const object = (
    type: GraphQLObjectType,
    table: SQLiteTable | undefined,
    selected: Selected[],
    pairs = new Map<string, SQL>(),
  ): SQL => {
    for (const field of selected)
      beneath(field.responseKey, () => {
        const [key, value] = isAnswer ? [field.responseKey, written(type, table, field)] : given(type, table, field);
        if (value) pairs.set(key, value);
      });
    return jsonObject(pairs);
  };

  /** The value of a field, and the key under which a resolver finds it; no value where it needs none. */
  const given = (type: GraphQLObjectType, table: SQLiteTable | undefined, field: Selected): [string, SQL?] => {
    const { name } = field;
    const origin = originOf(type, name);
    const definition = type.getFields()[name];
    if (!origin || !definition) return [name];
    switch (origin.kind) {
      case 'column':
        return [name, read(columnOf(table, origin.column))];
      case 'expression':
        return [name, origin.build(table ?? nowhere)];
      case 'composed':
        return [name, inputs(origin.parts, table)];
      case 'computed':
        return [name, inputs(origin.inputs, table)];
      default:
        return [keyOf(field), beyondRow(type, table, field, origin, definition)];
    }
  };

  /** The value of a field as it stands in the answer. */
  const written = (type: GraphQLObjectType, table: SQLiteTable | undefined, field: Selected): SQL => {
    if (field.name === '__typename') return literal(type.name);
    const origin = originOf(type, field.name);
    const definition = type.getFields()[field.name];
    if (!origin || !definition) throw new NotInSql();
    switch (origin.kind) {
      case 'column':
        return writtenLeaf(definition.type, columnOf(table, origin.column));
      case 'expression':
        return writtenLeaf(definition.type, origin.build(table ?? nowhere));
      case 'composed':
        return required(definition.type, composedObject(definition.type, origin.parts, table, field.nodes));
      case 'computed': {
        const value = origin.written?.(table ?? nowhere, siteOf(definition, firstOf(field.nodes)).input);
        if (!value) throw new NotInSql();
        dependsOnLocales = true;
        return writtenLeaf(definition.type, value);
      }
      default: {
        const value = beyondRow(type, table, field, origin, definition);
        if (!value) throw new NotInSql();
        const mayBeNull = origin.kind === 'one' || (origin.kind === 'nested' && origin.given);
        return mayBeNull ? required(definition.type, value) : value;
      }
    }
  };

  /** The value of a field that is more than what a row of its table has. */
  const beyondRow = (
    type: GraphQLObjectType,
    table: SQLiteTable | undefined,
    { name, nodes }: Selected,
    origin: Origin,
    definition: GraphQLField<unknown, unknown>,
  ): SQL | undefined => {
    if (origin.kind === 'nested') {
      const value = prepared(
        origin.with?.(siteOf(definition, firstOf(nodes)).input),
        sameRow(definition.type, table, nodes),
      );
      const condition = table && origin.given?.(table);
      return condition ? sql`CASE WHEN ${condition} THEN ${value} END` : value;
    }
    if (origin.kind === 'listed') return records(origin, definition, nodes);
    if (origin.kind === 'one' || origin.kind === 'many' || origin.kind === 'connection')
      return relation(origin, `${type.name}.${name}`, definition, nodes, table);
    return undefined;
  };

  const composedObject = (
    output: GraphQLOutputType,
    parts: Extract<Origin, { kind: 'composed' }>['parts'],
    table: SQLiteTable | undefined,
    nodes: readonly FieldNode[],
  ): SQL => {
    const type = getNamedType(output);
    if (!isObjectType(type)) throw new TypeError(`${String(type)} is no object.`);
    const pairs = new Map<string, SQL>();
    for (const { name, responseKey } of selectedFields(info, type, nodes)) {
      const of = parts[name];
      const fieldType = type.getFields()[name]?.type;
      if (name === '__typename') pairs.set(responseKey, literal(type.name));
      else if (of === undefined || !fieldType) throw new NotInSql();
      else pairs.set(responseKey, typeof of === 'string' ? literal(of) : writtenLeaf(fieldType, columnOf(table, of)));
    }
    const known = Object.values(parts).flatMap((of) =>
      typeof of === 'string' || of.notNull ? [] : [sql`${columnOf(table, of)} IS NOT NULL`],
    );
    return known.length === 0 ? jsonObject(pairs) : sql`CASE WHEN ${and(...known)} THEN ${jsonObject(pairs)} END`;
  };

  const inputs = (
    wanted: Extract<Origin, { kind: 'computed' }>['inputs'] | Extract<Origin, { kind: 'composed' }>['parts'],
    table: SQLiteTable | undefined,
  ): SQL => {
    const values = Object.values(wanted).map((input) => {
      if (typeof input === 'string') return literal(input);
      return typeof input === 'function' ? sql`${input(table ?? nowhere)}` : read(columnOf(table, input));
    });
    return sql`json_array(${sql.join(values, sql`, `)})`;
  };

  const sameRow = (output: GraphQLOutputType, table: SQLiteTable | undefined, nodes: readonly FieldNode[]): SQL => {
    const type = getNamedType(output);
    if (!isObjectType(type)) throw new TypeError(`${String(type)} is no object.`);
    return object(type, table, selectedFields(info, type, nodes));
  };

  const records = (
    origin: Extract<Origin, { kind: 'listed' }>,
    definition: GraphQLField<unknown, unknown>,
    nodes: readonly FieldNode[],
  ): SQL => {
    const { site } = siteOf(definition, firstOf(nodes));
    const target = named(origin.table);
    const ids = bound(site, (args) => JSON.stringify(origin.ids(args)));
    const found = sql`SELECT ${anyObject(definition.type, target.row, nodes)} FROM ${target.from} WHERE ${columnNamed(target.row, 'id')} = wanted.value`;
    return sql`(SELECT json_group_array(${item(definition.type, sql`(${found})`)}) FROM (SELECT value FROM json_each(${ids}) ORDER BY key) AS wanted)`;
  };

  type Related = Extract<Origin, { kind: 'one' | 'many' | 'connection' }>;
  type RelatedField = GraphQLField<unknown, unknown>;

  /** SQLite adds up the heights of expressions within each other, but not of what a FROM holds: so some begin anew there. */
  const relation = (
    origin: Related,
    name: string,
    of: RelatedField,
    nodes: readonly FieldNode[],
    parent: SQLiteTable | undefined,
  ) => {
    depth += 1;
    const isAnew = depth >= LEVELS_IN_FIRST && depth % LEVELS_PER_EXPRESSION === 0;
    const value = related(origin, name, of, nodes, parent);
    depth -= 1;
    return isAnew ? sql`(SELECT json(value) FROM (SELECT ${value} AS value))` : value;
  };

  const related = (
    origin: Related,
    name: string,
    definition: RelatedField,
    nodes: readonly FieldNode[],
    parent: SQLiteTable | undefined,
  ): SQL => {
    const node = firstOf(nodes);
    const { site, args, input } = siteOf(definition, node);
    const target = named(origin.table);
    const on = origin.on?.(target.row, parent ?? target.row, input);
    if (origin.kind === 'connection') {
      const ctes = origin.with?.(input);
      const filter = input.given('where');
      const condition = filter && holds(filter, target.row, true);
      // The + keeps SQLite from finding all records that match, once for every parent, to then pick those of the parent.
      const filtered = and(on, on && condition ? sql`+${condition}` : condition);
      const order = wantedOrder(input.given('orderBy'), target.row);
      const keys = totalOrder(target.row, order ?? origin.orderBy?.(target.row, parent ?? target.row));
      const { identity } = origin;
      const isRelative = keys.some((key) => key.isRelative);
      const owner = isRelative && parent ? sql`${columnNamed(parent, 'id')}` : undefined;
      const shape = pageShape(args);
      const list = { name, definition, nodes, node, site, shape, target, on: filtered, keys, identity, owner };
      return prepared(ctes, page(list));
    }
    const keys = totalOrder(target.row, origin.orderBy?.(target.row, parent ?? target.row));
    const value = anyObject(definition.type, target.row, nodes);
    if (keys.length === 0) return sql`(SELECT ${value} FROM ${target.from}${where(on)} LIMIT 1)`;
    // Sorted beneath, since a value that passes through the sorter is no longer JSON to SQLite but text.
    const rows = sql`SELECT ${target.row}.* FROM ${target.from}${where(and(inTime, on))} ORDER BY ${orderClause(keys, false)}`;
    if (origin.kind === 'one') return sql`(SELECT ${value} FROM (${rows} LIMIT 1) AS ${target.row})`;
    return sql`(SELECT json_group_array(${item(definition.type, value)}) FROM (${rows}) AS ${target.row})`;
  };

  /** What the value of one object of a list has to go through to stand in the answer. */
  const item = (list: GraphQLOutputType, value: SQL): SQL => {
    const type = getNullableType(list);
    return isListType(type) && isAbstractType(getNamedType(type)) ? completed(type.ofType, value) : value;
  };

  /** A value that may read common table expressions. */
  const prepared = (ctes: SQL | undefined, value: SQL): SQL =>
    ctes ? sql`(WITH ${ctes} SELECT json(value) FROM (SELECT ${value} AS value))` : value;

  /** A JSON object of a concrete type, or of whichever type a row of `nodes` has. */
  const anyObject = (output: GraphQLOutputType, table: SQLiteTable, nodes: readonly FieldNode[]): SQL => {
    const type = getNamedType(output);
    if (isObjectType(type)) return object(type, table, selectedFields(info, type, nodes));
    if (!isAbstractType(type)) throw new TypeError(`${String(type)} cannot be selected from a table.`);
    const branches = info.schema.getPossibleTypes(type).flatMap((possible) => {
      const own = possible.extensions.table;
      if (!own) return [];
      const target = named(own);
      const name = literal(possible.name);
      const fields = object(
        possible,
        target.row,
        selectedFields(info, possible, nodes),
        isAnswer ? undefined : new Map([['__typename', name]]),
      );
      const sameId = sql`${columnNamed(target.row, 'id')} = ${columnNamed(table, 'id')}`;
      return [sql`WHEN ${name} THEN (SELECT ${fields} FROM ${target.from} WHERE ${sameId})`];
    });
    return sql`CASE ${columnNamed(table, 'type')} ${sql.join(branches, sql` `)} END`;
  };

  const page = (list: {
    /** The type and the field: "Edition.speakers". */
    name: string;
    definition: GraphQLField<unknown, unknown>;
    nodes: readonly FieldNode[];
    node: FieldNode;
    site: number;
    shape: PageShape;
    target: Named;
    on: SQL | undefined;
    keys: OrderKey[];
    identity: Listing['identity'];
    /** The id of the parent, where the order depends on it. */
    owner: SQL | undefined;
  }): SQL => {
    const { name, node, site, shape, target, on, keys, identity, owner } = list;
    const type = getNamedType(list.definition.type);
    if (!isObjectType(type)) throw new TypeError(`${String(type)} is no connection.`);
    const selected = selectedFields(info, type, list.nodes);

    const order = dialect.sqlToQuery(orderClause(keys, false)).sql.replaceAll(/"t\d+"/g, '');
    const signature = (args: Arguments) => listSignature(name, order, identity?.(args));
    const decoded = (end: 'after' | 'before', args: Arguments) =>
      decodeCursor(args[end], signature(args), keys, end, node);
    const position = (end: 'after' | 'before') =>
      keys.map((_key, index) => bound(site, (args) => decoded(end, args).position[index] ?? null));
    const size = bound(site, (args) => pageSize(args, node));
    const start = shape.after ? position('after') : undefined;
    const end = shape.before ? position('before') : undefined;
    const between = where(
      and(inTime, on, start && beyond(keys, start, { before: false }), end && beyond(keys, end, { before: true })),
    );

    const cursor = cursorOf(bound(site, signature), keys, owner);
    const { row, from } = target;
    const listed = selected.some((field) => field.name === 'nodes' || field.name === 'edges');
    const peeks =
      listed &&
      selected.some((field) => {
        const pageInfoType = field.name === 'pageInfo' ? type.getFields().pageInfo?.type : undefined;
        return (
          pageInfoType &&
          fieldsOf(pageInfoType, field.nodes).some(
            ({ name: told }) => told === (shape.backward ? 'hasPreviousPage' : 'hasNextPage'),
          )
        );
      });
    // The rows of the page and one more, which tells that there is more: so the list need not be walked again for it.
    const peeked = sql.identifier(`${target.name}_and_one`);
    // SQLite prepares a statement anew whenever a bare LIMIT is bound; a sum it leaves alone.
    const pageOf = (of: SQL, beyond: '0' | '1') =>
      sql`SELECT ${row}.* FROM ${of} ORDER BY ${orderClause(keys, shape.backward)} LIMIT ${size} + ${sql.raw(beyond)}`;
    const walked = peeks ? pageOf(sql`${peeked} AS ${row}`, '0') : pageOf(sql`${from}${between}`, '0');
    const rows = shape.backward
      ? sql`(SELECT ${row}.* FROM (${walked}) AS ${row} ORDER BY ${orderClause(keys, false)}) AS ${row}`
      : sql`(${walked}) AS ${row}`;

    const counted = peeks ? sql`${peeked}` : sql`(SELECT 1 FROM ${from}${between} LIMIT ${size} + 1)`;
    const more = sql`(SELECT count(*) FROM ${counted}) > ${size}`;
    const outside = (cut: SQL[] | undefined, before: boolean) =>
      cut ? sql`EXISTS (SELECT 1 FROM ${from}${where(and(on, beyond(keys, cut, { before, orAt: true })))})` : sql`0`;
    const flag = (condition: SQL) => (isAnswer ? writtenFlag(condition) : condition);
    const pageInfo: Record<string, SQL> = {
      hasNextPage: flag(shape.backward ? outside(end, false) : sql`(${more} OR ${outside(end, false)})`),
      hasPreviousPage: flag(shape.backward ? sql`(${more} OR ${outside(start, true)})` : outside(start, true)),
      startCursor: opaque(sql`json_group_array(${cursor}) -> '$[0]'`),
      endCursor: opaque(sql`json_group_array(${cursor}) -> '$[#-1]'`),
    };

    const pairs = new Map<string, SQL>();
    for (const end of ['after', 'before'] as const)
      if (owner && shape[end]) {
        // Whose cursor it is, a resolver looks at.
        if (isAnswer) throw new NotInSql();
        pairs.set(foreignKey(end), sql`${bound(site, (args) => decoded(end, args).parent)} <> ${owner}`);
      }
    let readsRows = false;
    for (const field of selected) {
      const key = keyOf(field);
      const fieldDefinition = type.getFields()[field.name];
      const fieldType = fieldDefinition?.type;
      const summed = originOf(type, field.name);
      if (field.name === '__typename' && isAnswer) pairs.set(key, literal(type.name));
      if (summed?.kind === 'summary' && fieldDefinition) {
        if (isAnswer) throw new NotInSql();
        const { input } = beneath(field.responseKey, () => siteOf(fieldDefinition, firstOf(field.nodes)));
        pairs.set(key, summed.of(row, sql`FROM ${from}${where(and(inTime, on))}`, input));
      }
      if (field.name === 'nodes' || field.name === 'edges') readsRows = true;
      // Where nothing narrows it, SQLite knows how long a list is without walking it.
      if (field.name === 'totalCount')
        pairs.set(key, sql`(SELECT count(*) FROM ${from}${where(on && and(inTime, on))})`);
      else if (field.name === 'nodes' && fieldType) {
        const nodes = beneath(field.responseKey, () => anyObject(fieldType, row, field.nodes));
        pairs.set(key, sql`json_group_array(${item(fieldType, nodes)})`);
      } else if (field.name === 'edges' && fieldType) {
        const edges = beneath(field.responseKey, () => edge(fieldType, field.nodes, row, cursor));
        pairs.set(key, sql`json_group_array(${edges})`);
      } else if (field.name === 'pageInfo' && fieldType) {
        const parts = fieldsOf(fieldType, field.nodes).flatMap((one): [string, SQL][] => {
          const value = one.name === '__typename' && isAnswer ? literal('PageInfo') : pageInfo[one.name];
          if (one.name === 'startCursor' || one.name === 'endCursor') readsRows = true;
          return value ? [[isAnswer ? one.responseKey : one.name, value]] : [];
        });
        pairs.set(key, jsonObject(new Map(parts)));
      }
    }
    // Without an aggregate over them, the rows would give one object each: none for an empty page.
    if (!readsRows) return jsonObject(pairs);
    const ctes = peeks ? sql`WITH ${peeked} AS MATERIALIZED (${pageOf(sql`${from}${between}`, '1')}) ` : sql``;
    return sql`(${ctes}SELECT ${jsonObject(pairs)} FROM ${rows})`;
  };

  const edge = (output: GraphQLOutputType, nodes: readonly FieldNode[], row: SQLiteTable, cursor: SQL): SQL => {
    const type = getNamedType(output);
    if (!isObjectType(type)) throw new TypeError(`${String(type)} is no edge.`);
    const pairs = new Map<string, SQL>();
    for (const field of fieldsOf(output, nodes)) {
      const fieldType = type.getFields()[field.name]?.type;
      const own = originOf(type, field.name);
      if (own?.kind === 'computed') {
        if (isAnswer) throw new NotInSql();
        pairs.set(field.name, inputs(own.inputs, row));
      } else if (field.name === '__typename' && isAnswer) pairs.set(field.responseKey, literal(type.name));
      else if (field.name === 'cursor') pairs.set(isAnswer ? field.responseKey : 'cursor', opaque(cursor));
      else if (field.name === 'node' && fieldType)
        pairs.set(
          keyOf(field),
          completed(
            fieldType,
            beneath(field.responseKey, () => anyObject(fieldType, row, field.nodes)),
          ),
        );
    }
    return jsonObject(pairs);
  };

  /** A cursor, encoded where no resolver does it. */
  const opaque = (cursor: SQL): SQL => (isAnswer ? sql`base64url(${cursor})` : cursor);

  const fieldsOf = (output: GraphQLOutputType, nodes: readonly FieldNode[]): Selected[] => {
    const type = getNamedType(output);
    return isObjectType(type) ? selectedFields(info, type, nodes) : [];
  };

  const definition = info.parentType.getFields()[info.fieldName];
  const origin = originOf(info.parentType, info.fieldName);
  if (!definition || !origin)
    throw new TypeError(`${info.parentType.name}.${info.fieldName} does not say where it comes from.`);
  const field = { name: info.fieldName, responseKey: info.fieldName, nodes: info.fieldNodes };
  const root = isAnswer
    ? beneath(field.responseKey, () => written(info.parentType, undefined, field))
    : object(info.parentType, undefined, [field]);
  const query = dialect.sqlToQuery(sql`SELECT ${root}`);

  // Each parameter is a value itself, or the number of the binder that makes it.
  const sources = query.params.map((given) =>
    is(given, Placeholder) ? Number(given.name) : { value: sqlValue(given) },
  );
  return {
    sql: query.sql,
    dependsOnLocales,
    parameters(variables, context) {
      const given = sites.map(({ path, argumentsFrom }) => within(path, () => argumentsFrom(variables)));
      const values = binders.map(({ bind, site }) =>
        within(sites[site]?.path ?? [], () => sqlValue(bind(given[site] ?? {}, context))),
      );
      return sources.map((source) => (typeof source === 'number' ? (values[source] ?? null) : source.value));
    },
  };
}

export function firstOf(nodes: readonly FieldNode[]): FieldNode {
  const [node] = nodes;
  if (!node) throw new TypeError('A field was selected by no node.');
  return node;
}

function sqlValue(value: unknown): SqlValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')
    return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  throw new TypeError(`${typeof value} cannot be bound.`);
}
