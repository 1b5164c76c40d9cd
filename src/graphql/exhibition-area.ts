import { eq, sql } from 'drizzle-orm';
import { Field, ObjectType, Resolver } from 'type-graphql';
import { isOneOf, refers } from '../select/filter.ts';
import { column, composed, connection, one } from '../select/origin.ts';
import { editions, exhibitionAreas } from '../store/tables.ts';
import { connectionOf } from './connection.ts';
import { Edition } from './edition.ts';
import { EditionWhere, startOf } from './edition-where.ts';
import { ExhibitionAreaKind } from './enums.ts';
import { From, LocaleArgument, Paged, RootField, StoredIn } from './field.ts';
import { Narrows, StringFilter, someText, WhereOf } from './filter.ts';
import { LocalizedText, text, texts } from './localized-text.ts';
import { Node } from './node.ts';
import { byText, orderOf } from './order.ts';
import { Quantity } from './quantity.ts';
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
    composed({ value: exhibitionAreas.sizeValue, unit: exhibitionAreas.sizeUnit, bound: exhibitionAreas.sizeBound }),
  )
  size!: Quantity | null;

  @Field(() => Edition, { description: 'The edition.' })
  @From(one(editions, (edition, area: typeof exhibitionAreas) => eq(edition.id, area.editionId)))
  edition!: Edition;
}

export const ExhibitionAreaConnection = connectionOf('ExhibitionArea', () => ExhibitionArea);

@WhereOf('ExhibitionArea', 'exhibition areas')
export class ExhibitionAreaWhere {
  @Narrows(
    () => StringFilter,
    'Its name in any language.',
    someText('name', (node, area: typeof exhibitionAreas) => eq(node, area.id)),
  )
  name?: StringFilter;

  @Narrows(
    () => [ExhibitionAreaKind],
    'Its kind is one of these. An empty list is false.',
    isOneOf(exhibitionAreas.kind),
  )
  kind?: string[];

  @Narrows(() => EditionWhere, 'The edition.', refers(exhibitionAreas.editionId, editions))
  edition?: EditionWhere;
}

const ExhibitionAreaOrder = orderOf<typeof exhibitionAreas>('ExhibitionArea', 'ASC', {
  NAME: ['The name: in English where there is one, else in its own language.', (area) => [byText(area.id, 'name')]],
  SIZE: [
    'Its size in square metres; unknown where it is published in another unit.',
    (area) => [
      {
        by: sql`CASE ${area.sizeUnit} WHEN 'SQUARE_METRE' THEN ${area.sizeValue} END`,
        nullable: true,
        isWide: true,
      },
    ],
  ],
  EDITION_START: ['The first day of the edition.', (area) => [startOf(area.editionId)]],
});

@Resolver()
export class ExhibitionAreaQueries {
  @RootField(() => ExhibitionAreaConnection, {
    description: 'All exhibition areas. In order of their editions, the newest first.',
  })
  @Paged({ where: () => ExhibitionAreaWhere, orderBy: () => ExhibitionAreaOrder })
  @From(connection(exhibitionAreas, undefined, (area) => [{ by: area.chronology, descending: true }]))
  exhibitionAreas!: unknown;
}
