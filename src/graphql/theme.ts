import { eq } from 'drizzle-orm';
import type { GraphQLResolveInfo } from 'graphql';
import { Args, Ctx, Field, Info, ObjectType, Query, Resolver } from 'type-graphql';
import { column, connection, one } from '../select/origin.ts';
import { type SelectContext, select } from '../select/select.ts';
import { editions, themes } from '../store/tables.ts';
import { connectionOf } from './connection.ts';
import { Edition } from './edition.ts';
import { ThemeKind } from './enums.ts';
import { From, LocaleArgument, Page, StoredIn } from './field.ts';
import { LocalizedText, text, texts } from './localized-text.ts';
import { Node } from './node.ts';
import { Cited } from './source.ts';

@ObjectType('Theme', { implements: [Node, Cited], description: 'What an edition gave itself as its theme.' })
@StoredIn(themes)
export class Theme {
  @Field(() => String, { description: 'The theme.' })
  @LocaleArgument()
  @From(text('text'))
  text!: string;

  @Field(() => [LocalizedText], { description: 'The theme in all languages, the original first.' })
  @From(texts('text'))
  texts!: LocalizedText[];

  @Field(() => ThemeKind, { description: 'Main theme or secondary theme.' })
  @From(column(themes.kind))
  kind!: string;

  @Field(() => Edition, { description: 'The edition.' })
  @From(one(editions, (edition, theme: typeof themes) => eq(edition.id, theme.editionId)))
  edition!: Edition;
}

export const ThemeConnection = connectionOf('Theme', () => Theme);

@Resolver()
export class ThemeQueries {
  @Query(() => ThemeConnection, { description: 'All themes. In order of their editions, the newest first.' })
  @From(connection(themes, undefined, (theme) => [{ by: theme.chronology, descending: true }]))
  themes(@Args(() => Page) _page: Page, @Info() info: GraphQLResolveInfo, @Ctx() context: SelectContext): unknown {
    return select(info, context);
  }
}
