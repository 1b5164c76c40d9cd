import { eq } from 'drizzle-orm';
import type { GraphQLResolveInfo } from 'graphql';
import { Args, Ctx, Field, Info, ObjectType, Query, Resolver } from 'type-graphql';
import { column, connection, one } from '../select/origin.ts';
import { type SelectContext, select } from '../select/select.ts';
import { appearances, editions, organizations, sessions, speakers } from '../store/tables.ts';
import { connectionOf } from './connection.ts';
import { Edition } from './edition.ts';
import { AppearanceKind } from './enums.ts';
import { From, LocaleArgument, Page, Paged, StoredIn } from './field.ts';
import { LocalizedText, text, texts } from './localized-text.ts';
import { Node, SlugOrId, slugOrId } from './node.ts';
import { Organization } from './organization.ts';
import { Session } from './session.ts';
import { Cited } from './source.ts';

export const AppearanceConnection = connectionOf('Appearance', () => Appearance);
export const SpeakerConnection = connectionOf('Speaker', () => Speaker);

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
  @Paged()
  @From(
    connection(
      appearances,
      (appearance, speaker: typeof speakers) => eq(appearance.speakerId, speaker.id),
      (appearance) => [{ by: appearance.chronology, descending: true }],
    ),
  )
  appearances!: unknown;
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
  @Query(() => Speaker, { nullable: true, description: 'One speaker by slug or by id; null when there is none.' })
  @From(one(speakers, slugOrId))
  speaker(
    @Args(() => SlugOrId) _record: SlugOrId,
    @Info() info: GraphQLResolveInfo,
    @Ctx() context: SelectContext,
  ): unknown {
    return select(info, context);
  }

  @Query(() => SpeakerConnection, { description: 'All speakers, by name: in Latin script where one is known.' })
  @From(connection(speakers, undefined, (speaker) => [{ by: speaker.sortName }]))
  speakers(@Args(() => Page) _page: Page, @Info() info: GraphQLResolveInfo, @Ctx() context: SelectContext): unknown {
    return select(info, context);
  }
}
