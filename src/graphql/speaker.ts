import { eq, inArray, type SQL, sql } from 'drizzle-orm';
import { Field, ObjectType, Resolver } from 'type-graphql';
import { compares, hasSome, isOneOf } from '../select/filter.ts';
import { column, connection, many, one } from '../select/origin.ts';
import { appearances, conventions, editions, organizations, sessions, speakers } from '../store/tables.ts';
import { connectionOf } from './connection.ts';
import { Convention } from './convention.ts';
import { Edition } from './edition.ts';
import { EditionWhere, startOf } from './edition-where.ts';
import { AppearanceKind } from './enums.ts';
import { ArgumentsOf, From, LocaleArgument, Paged, RootField, StoredIn } from './field.ts';
import { IntFilter, Narrows, StringFilter, someText, WhereOf } from './filter.ts';
import { LocalizedText, text, texts } from './localized-text.ts';
import { Node, SlugOrId, slugOrId } from './node.ts';
import { orderOf } from './order.ts';
import { Organization } from './organization.ts';
import { Session } from './session.ts';
import { Cited } from './source.ts';

export const AppearanceConnection = connectionOf('Appearance', () => Appearance);
export const SpeakerConnection = connectionOf('Speaker', () => Speaker);

@WhereOf('Speaker', 'speakers')
export class SpeakerWhere {
  @Narrows(() => StringFilter, 'The slug.', compares(speakers.slug))
  slug?: StringFilter;

  @Narrows(
    () => StringFilter,
    'The name in any language.',
    someText('name', (node, speaker: typeof speakers) => eq(node, speaker.id)),
  )
  name?: StringFilter;

  @Narrows(
    () => StringFilter,
    'The name of any organisation that the person came from or spoke for, in any language.',
    someText('name', (node, speaker: typeof speakers, given) => {
      const { row, from } = given.input.alias(appearances);
      return sql`${node} IN (SELECT ${row.affiliationId} FROM ${from} WHERE ${eq(row.speakerId, speaker.id)})`;
    }),
  )
  affiliation?: StringFilter;

  @Narrows(
    () => EditionWhere,
    'At least one edition that the person took part in. It is true or false, never unknown.',
    hasSome(speakers, (given, matches: (edition: typeof editions) => SQL) => {
      const { row: appearance, from } = given.input.alias(appearances);
      const { row: edition, from: those } = given.input.alias(editions);
      return sql`SELECT ${appearance.speakerId} FROM ${from} WHERE ${appearance.editionId} IN (SELECT ${edition.id} FROM ${those} WHERE ${matches(edition)})`;
    }),
  )
  appearedAt?: EditionWhere;

  @Narrows(() => IntFilter, 'At how many editions the person took part.', compares(speakers.editionCount))
  editionCount?: IntFilter;

  @Narrows(
    () => IntFilter,
    'At the editions of how many conventions the person took part.',
    compares(
      (speaker: typeof speakers) =>
        sql`(SELECT count(DISTINCT ${editions.conventionId}) FROM ${appearances} JOIN ${editions} ON ${editions.id} = ${appearances.editionId} WHERE ${appearances.speakerId} = ${speaker.id})`,
    ),
  )
  conventionCount?: IntFilter;
}

@WhereOf('Appearance', 'appearances')
export class AppearanceWhere {
  @Narrows(
    () => StringFilter,
    'The name of the person in any language.',
    someText('name', (node, appearance: typeof appearances) => eq(node, appearance.speakerId)),
  )
  name?: StringFilter;

  @Narrows(
    () => [AppearanceKind],
    'How the person took part is one of these. An empty list is false.',
    isOneOf(appearances.kind),
  )
  kind?: string[];

  @Narrows(
    () => StringFilter,
    'The name, in any language, of the organisation that the person came from or spoke for.',
    someText('name', (node, appearance: typeof appearances) => eq(node, appearance.affiliationId)),
  )
  affiliation?: StringFilter;
}

const SpeakerOrder = orderOf<typeof speakers>('Speaker', 'ASC', {
  NAME: ['The name: in Latin script where one is known.', (speaker) => [{ by: speaker.sortName }]],
  APPEARANCE_COUNT: ['How many appearances there are.', (speaker) => [{ by: speaker.appearanceCount }]],
});

export const AppearanceOrder = orderOf<typeof appearances>('Appearance', 'ASC', {
  NAME: ['The name of the person: in Latin script where one is known.', (appearance) => [{ by: appearance.sortName }]],
  EDITION_START: ['The first day of the edition.', (appearance) => [startOf(appearance.editionId)]],
});

@ObjectType('Speaker', { implements: Node, description: 'A person who took part in one or more editions.' })
@StoredIn(speakers)
export class Speaker {
  @Field(() => String, { description: 'A readable name that never changes.' })
  @From(column(speakers.slug))
  slug!: string;

  @Field(() => String, { description: 'The name.' })
  @LocaleArgument()
  @From(text('name'))
  name!: string;

  @Field(() => [LocalizedText], { description: 'The name in all languages, the original first.' })
  @From(texts('name'))
  names!: LocalizedText[];

  @Field(() => AppearanceConnection, { description: 'Where the person took part. The newest edition first.' })
  @Paged({ orderBy: () => AppearanceOrder })
  @From(
    connection(
      appearances,
      (appearance, speaker: typeof speakers) => eq(appearance.speakerId, speaker.id),
      (appearance) => [{ by: appearance.chronology, descending: true }],
    ),
  )
  appearances!: unknown;

  @Field(() => [Convention], { description: 'The conventions at whose editions the person took part, by slug.' })
  @From(
    many(
      conventions,
      (convention, speaker: typeof speakers) =>
        inArray(
          convention.id,
          sql`(SELECT ${editions.conventionId} FROM ${editions} WHERE ${editions.id} IN (SELECT ${appearances.editionId} FROM ${appearances} WHERE ${appearances.speakerId} = ${speaker.id}))`,
        ),
      (convention) => [{ by: convention.slug }],
    ),
  )
  conventions!: Convention[];
}

@ObjectType('Appearance', {
  implements: [Node, Cited],
  description: 'A person at one edition, with the title held then.',
})
@StoredIn(appearances)
export class Appearance {
  @Field(() => Speaker, { description: 'The person.' })
  @From(one(speakers, (speaker, appearance: typeof appearances) => eq(speaker.id, appearance.speakerId)))
  speaker!: Speaker;

  @Field(() => Edition, { description: 'The edition.' })
  @From(one(editions, (edition, appearance: typeof appearances) => eq(edition.id, appearance.editionId)))
  edition!: Edition;

  @Field(() => Session, { nullable: true, description: 'The session; null when the source does not tell.' })
  @From(one(sessions, (session, appearance: typeof appearances) => eq(session.id, appearance.sessionId)))
  session!: Session | null;

  @Field(() => AppearanceKind, { description: 'How the person took part.' })
  @From(column(appearances.kind))
  kind!: string;

  @Field(() => String, { nullable: true, description: 'The title held then.' })
  @LocaleArgument()
  @From(text('title'))
  title!: string | null;

  @Field(() => Organization, {
    nullable: true,
    description: 'The organisation that the person came from or spoke for.',
  })
  @From(
    one(organizations, (organization, appearance: typeof appearances) => eq(organization.id, appearance.affiliationId)),
  )
  affiliation!: Organization | null;

  @Field(() => String, { nullable: true, description: 'What was said, paraphrased by the editors.' })
  @LocaleArgument()
  @From(text('remarks'))
  remarks!: string | null;
}

@Resolver()
export class SpeakerQueries {
  @RootField(() => Speaker, { nullable: true, description: 'One speaker by slug or by id; null when there is none.' })
  @From(one(speakers, slugOrId))
  @ArgumentsOf(() => SlugOrId)
  speaker!: unknown;

  @RootField(() => SpeakerConnection, { description: 'All speakers, by name: in Latin script where one is known.' })
  @Paged({ where: () => SpeakerWhere, orderBy: () => SpeakerOrder })
  @From(connection(speakers, undefined, (speaker) => [{ by: speaker.sortName }]))
  speakers!: unknown;
}
