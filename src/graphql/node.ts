import { eq, type SQL, sql } from 'drizzle-orm';
import type { AnySQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { ArgsType, Field, ID, InterfaceType, ObjectType, Resolver } from 'type-graphql';
import { exactlyOne, wantedIds } from '../select/arguments.ts';
import { column, expression, type FieldInput, listed, many, type Origin, one } from '../select/origin.ts';
import { knownConflicts, nodes } from '../store/tables.ts';
import { DataCheck } from './enums.ts';
import { Argument, From, LocaleArgument, RootField } from './field.ts';
import { textAt } from './localized-text.ts';

interface Typed {
  __typename: string;
}

@ObjectType('KnownConflict', {
  description:
    'Something that a check of the data finds in a record although it is right, or although nobody can tell what is.',
})
export class KnownConflict {
  @Field(() => DataCheck, { description: 'The check that finds it.' })
  @From(column(knownConflicts.check))
  check!: string;

  @Field(() => String, { description: 'Why it is so, or what is known of it.' })
  @LocaleArgument()
  @From(
    textAt((conflict: typeof knownConflicts) => ({
      node: conflict.nodeId,
      field: sql`'knownConflicts.' || ${conflict.position} || '.explanation'`,
    })),
  )
  explanation!: string;
}

@InterfaceType('Node', {
  description: 'A record with an id that never changes.',
  resolveType: (value: Typed) => value.__typename,
})
export abstract class Node {
  @Field(() => ID, {
    description: 'Opaque; begins with the type. The same after a re-import and on every installation of the same data.',
  })
  @From(column(nodes.id))
  id!: string;

  @Field(() => [KnownConflict], {
    description:
      'What the checks of the data find here, each with its explanation; whatever is not explained is mended.',
  })
  @From(
    many(
      knownConflicts,
      (conflict, record: typeof nodes) => eq(conflict.nodeId, record.id),
      (conflict) => [{ by: conflict.position }],
    ),
  )
  knownConflicts!: KnownConflict[];
}

@ArgsType()
export class SlugOrId {
  @Field(() => String, { nullable: true, description: 'The slug. Give either this or id.' })
  slug?: string | null;

  @Field(() => ID, { nullable: true, description: 'The id. Give either this or slug.' })
  id?: string | null;
}

/** When an import last changed a record or anything that belongs to it. */
export const updatedAt: Origin = expression(
  (record: SQLiteTable & { id: AnySQLiteColumn }) =>
    sql`(SELECT ${nodes.updatedAt} FROM ${nodes} WHERE ${nodes.id} = ${record.id})`,
);

/** Finds one record by the arguments slug or id, exactly one of which must be given. */
export function slugOrId(
  target: { id: AnySQLiteColumn; slug: AnySQLiteColumn },
  _parent: unknown,
  input: FieldInput,
): SQL {
  const name = exactlyOne(input, 'slug', 'id');
  return eq(
    target[name],
    input.value((args) => String(args[name])),
  );
}

@Resolver()
export class NodeQueries {
  @RootField(() => Node, { nullable: true, description: 'Any record by its id; null when there is none.' })
  @From(
    one(nodes, (node, _parent, input) =>
      eq(
        node.id,
        input.value(({ id }) => String(id)),
      ),
    ),
  )
  @Argument('id', () => ID, { description: 'The id.' })
  node!: unknown;

  @RootField(() => [Node], {
    nullable: 'items',
    description: 'Records by their ids, in the order asked for; null where there is none.',
  })
  @From(listed(nodes, wantedIds))
  @Argument('ids', () => [ID], { description: 'The ids; 100 at most.' })
  nodes!: unknown;
}
