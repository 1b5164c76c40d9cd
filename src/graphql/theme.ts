import { eq } from 'drizzle-orm';
import { Field, ObjectType, Resolver } from 'type-graphql';
import { isOneOf, refers } from '../select/filter.ts';
import { column, connection, one } from '../select/origin.ts';
import { editions, themes } from '../store/tables.ts';
import { connectionOf } from './connection.ts';
import { Edition } from './edition.ts';
import { EditionWhere, startOf } from './edition-where.ts';
import { ThemeKind } from './enums.ts';
import { From, LocaleArgument, Paged, RootField, StoredIn } from './field.ts';
import { Narrows, StringFilter, someText, WhereOf } from './filter.ts';
import { LocalizedText, text, texts } from './localized-text.ts';
import { Node } from './node.ts';
import { byText, orderOf } from './order.ts';
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

@WhereOf('Theme', 'themes')
export class ThemeWhere {
  @Narrows(
    () => StringFilter,
    'The theme in any language.',
    someText('text', (node, theme: typeof themes) => eq(node, theme.id)),
  )
  text?: StringFilter;

  @Narrows(() => [ThemeKind], 'Its kind is one of these. An empty list is false.', isOneOf(themes.kind))
  kind?: string[];

  @Narrows(() => EditionWhere, 'The edition.', refers(themes.editionId, editions))
  edition?: EditionWhere;
}

const ThemeOrder = orderOf<typeof themes>('Theme', 'ASC', {
  TEXT: [
    'The theme: in English where there is such a text, else in its own language.',
    (theme) => [byText(theme.id, 'text')],
  ],
  EDITION_START: ['The first day of the edition.', (theme) => [startOf(theme.editionId)]],
});

@Resolver()
export class ThemeQueries {
  @RootField(() => ThemeConnection, { description: 'All themes. In order of their editions, the newest first.' })
  @Paged({ where: () => ThemeWhere, orderBy: () => ThemeOrder })
  @From(connection(themes, undefined, (theme) => [{ by: theme.chronology, descending: true }]))
  themes!: unknown;
}
