import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { Arg, Args, ArgsType, type ClassType, Extensions, Field, Int, Query } from 'type-graphql';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '../select/arguments.ts';
import type { Origin } from '../select/origin.ts';
import { Locale } from './scalar.ts';

/** Says where a field's value comes from; the planner reads it. */
export function From(origin: Origin): PropertyDecorator & MethodDecorator {
  return Extensions({ origin });
}

/** The table whose rows a type is read from; its `id` names the record in `nodes`. */
export const StoredIn = (table: SQLiteTable): ClassDecorator => Extensions({ table });

/** A root field. The planner answers it by its origin; there is no method. */
export function RootField(
  type: Parameters<typeof Query>[0],
  options: { description: string; nullable?: boolean | 'items' },
): PropertyDecorator {
  return (prototype, property) => Query(type, options)(prototype, property, {});
}

type ArgumentType = Parameters<typeof Arg>[1];

/** An argument of a field: the planner reads it, no method does. */
export function Argument(
  name: string,
  type: ArgumentType,
  options: { description: string; nullable?: boolean; defaultValue?: unknown },
): PropertyDecorator {
  return (prototype, property) => {
    const index = nextIndex(prototype, property);
    Arg(name, type, options)(prototype, property, index);
  };
}

const argumentCounts = new WeakMap<object, Map<string | symbol, number>>();

function nextIndex(prototype: object, property: string | symbol): number {
  const counts = argumentCounts.get(prototype) ?? new Map<string | symbol, number>();
  argumentCounts.set(prototype, counts);
  const index = counts.get(property) ?? 0;
  counts.set(property, index + 1);
  return index;
}

/** All arguments of a class. */
export function ArgumentsOf(type: () => ClassType): PropertyDecorator {
  return (prototype, property) => Args(type)(prototype, property, nextIndex(prototype, property));
}

/** The argument `locale`. */
export function LocaleArgument(): PropertyDecorator {
  return Argument('locale', () => Locale, {
    nullable: true,
    description:
      'The language wanted, as a BCP 47 tag. Without it, what the Accept-Language header prefers; where there is neither, or no such text, the original.',
  });
}

@ArgsType()
export class Page {
  @Field(() => Int, {
    nullable: true,
    description: `How many from the start of the list, or behind \`after\`: 1 to ${MAX_PAGE_SIZE}. ${DEFAULT_PAGE_SIZE} when neither first nor last is given.`,
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'A cursor of this list: only what comes behind it.' })
  after?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: `How many from the end of the list, or before \`before\`: 1 to ${MAX_PAGE_SIZE}. The order stays the same.`,
  })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'A cursor of this list: only what comes before it.' })
  before?: string | null;
}

/** The arguments of a connection: first, after, last and before, and with their types also where and orderBy. */
export function Paged({
  where,
  orderBy,
}: {
  where?: () => ClassType;
  orderBy?: () => ClassType;
} = {}): PropertyDecorator {
  return (prototype, property) => {
    if (where)
      Argument('where', where, { nullable: true, description: 'Only those of which this is true.' })(
        prototype,
        property,
      );
    if (orderBy)
      Argument('orderBy', () => [orderBy()], {
        nullable: true,
        description: 'By what to order, the first key first; the id breaks ties. Empty: as without it.',
      })(prototype, property);
    ArgumentsOf(() => Page)(prototype, property);
  };
}
