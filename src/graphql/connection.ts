import { type ClassType, Field, Int, ObjectType } from 'type-graphql';
import { derived, part } from '../select/origin.ts';
import { encodeCursor } from '../select/page.ts';
import { From } from './field.ts';

@ObjectType('PageInfo', { description: 'Where a page of a list lies in it, as Relay defines it.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether more comes behind this page.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether something comes before this page.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'The cursor of the first on this page; null when it is empty.' })
  @From(derived<{ startCursor: unknown }>(({ startCursor }) => encodeCursor(startCursor)))
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'The cursor of the last on this page; null when it is empty.' })
  @From(derived<{ endCursor: unknown }>(({ endCursor }) => encodeCursor(endCursor)))
  endCursor!: string | null;
}

type Decorated = Record<string, readonly PropertyDecorator[]>;

function decorate(type: ClassType, fields: Decorated): void {
  for (const [field, decorators] of Object.entries(fields)) for (const one of decorators) one(type.prototype, field);
}

/**
 * The connection and edge types over a node type, as Relay defines them, with `nodes` and `totalCount`.
 * @param name of the node type
 * @param node a thunk, since types refer to each other in circles
 * @param more fields of the connection besides, each by its decorators
 * @param edge `noun`: what the nodes are called, the name unless told; `fields`: fields of the edge besides
 */
export function connectionOf(
  name: string,
  node: () => ClassType | object,
  more: Decorated = {},
  { noun = name, fields = {} }: { noun?: string; fields?: Decorated } = {},
): ClassType {
  @ObjectType(`${name}Edge`, { description: `One ${noun} in a list, with its cursor.` })
  class Edge {
    @Field(() => String, { description: 'Give it to `after` or `before` to go on from here.' })
    @From(derived<{ cursor: unknown }>(({ cursor }) => encodeCursor(cursor)))
    cursor!: string;

    @Field(() => node(), { description: `The ${noun}.` })
    @From(part)
    node!: unknown;
  }

  @ObjectType(`${name}Connection`, { description: `A page of a list of ${noun}.` })
  class Connection {
    @Field(() => [Edge], { description: 'The page, with cursors.' })
    @From(part)
    edges!: Edge[];

    @Field(() => [node()], { description: 'The page, without cursors.' })
    @From(part)
    nodes!: unknown[];

    @Field(() => PageInfo, { description: 'Where the page lies in the list.' })
    @From(part)
    pageInfo!: PageInfo;

    @Field(() => Int, { description: 'How many there are on all pages together. Counted only when asked for.' })
    @From(part)
    totalCount!: number;
  }
  decorate(Connection, more);
  decorate(Edge, fields);
  return Connection;
}
