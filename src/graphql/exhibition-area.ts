import { eq } from 'drizzle-orm';
import type { GraphQLResolveInfo } from 'graphql';
import { Args, Ctx, Field, Info, ObjectType, Query, Resolver } from 'type-graphql';
import { column, computed, connection, one } from '../select/origin.ts';
import { type SelectContext, select } from '../select/select.ts';
import { editions, exhibitionAreas } from '../store/tables.ts';
import { connectionOf } from './connection.ts';
import { Edition } from './edition.ts';
import { ExhibitionAreaKind } from './enums.ts';
import { From, LocaleArgument, Page, StoredIn } from './field.ts';
import { LocalizedText, text, texts } from './localized-text.ts';
import { Node } from './node.ts';
import { Quantity, quantity } from './quantity.ts';
import { Cited } from './source.ts';

@ObjectType('ExhibitionArea', { implements: [Node, Cited], description: 'A hall, zone or pavilion of an edition.' })
@StoredIn(exhibitionAreas)
export class ExhibitionArea {
  @Field(() => String, { description: 'The name.' })
  @LocaleArgument()
  @From(text('name'))
  name!: string;

  @Field(() => [LocalizedText], { description: 'The name in all languages, the original first.' })
  @From(texts('name'))
  names!: LocalizedText[];

  @Field(() => ExhibitionAreaKind, { description: 'Hall, zone, pavilion or another.' })
  @From(column(exhibitionAreas.kind))
  kind!: string;

  @Field(() => String, { nullable: true, description: 'What it showed.' })
  @LocaleArgument()
  @From(text('focus'))
  focus!: string | null;

  @Field(() => Quantity, { nullable: true, description: 'Its size.' })
  @From(
    computed(
      { value: exhibitionAreas.sizeValue, unit: exhibitionAreas.sizeUnit, bound: exhibitionAreas.sizeBound },
      ({ value, unit, bound }) => quantity(value, unit, bound),
    ),
  )
  size!: Quantity | null;

  @Field(() => Edition, { description: 'The edition.' })
  @From(one(editions, (edition, area: typeof exhibitionAreas) => eq(edition.id, area.editionId)))
  edition!: Edition;
}

export const ExhibitionAreaConnection = connectionOf('ExhibitionArea', () => ExhibitionArea);

@Resolver()
export class ExhibitionAreaQueries {
  @Query(() => ExhibitionAreaConnection, {
    description: 'All exhibition areas. In order of their editions, the newest first.',
  })
  @From(connection(exhibitionAreas, undefined, (area) => [{ by: area.chronology, descending: true }]))
  exhibitionAreas(
    @Args(() => Page) _page: Page,
    @Info() info: GraphQLResolveInfo,
    @Ctx() context: SelectContext,
  ): unknown {
    return select(info, context);
  }
}
