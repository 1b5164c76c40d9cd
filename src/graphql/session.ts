import { eq } from 'drizzle-orm';
import { Field, ObjectType } from 'type-graphql';
import { column, many, one } from '../select/origin.ts';
import { appearances, editions, sessions } from '../store/tables.ts';
import { Edition } from './edition.ts';
import { SessionKind } from './enums.ts';
import { From, LocaleArgument, StoredIn } from './field.ts';
import { text } from './localized-text.ts';
import { Node } from './node.ts';
import { DateScalar } from './scalar.ts';
import { Cited } from './source.ts';
import { Appearance } from './speaker.ts';

@ObjectType('Session', {
  implements: [Node, Cited],
  description: 'A part of an edition’s programme, or a kind of part where the source does not name each.',
})
@StoredIn(sessions)
export class Session {
  @Field(() => String, { description: 'The title, or what it was.' })
  @LocaleArgument()
  @From(text('title'))
  title!: string;

  @Field(() => SessionKind, { description: 'Opening ceremony, forum, seminar or another.' })
  @From(column(sessions.kind))
  kind!: string;

  @Field(() => DateScalar, { nullable: true, description: 'The day, or the first of several.' })
  @From(column(sessions.date))
  date!: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description:
      'The last day, inclusive, of what lasts several, such as an exhibition that stays open after the conference.',
  })
  @From(column(sessions.endDate))
  endDate!: string | null;

  @Field(() => Edition, { description: 'The edition.' })
  @From(one(editions, (edition, session: typeof sessions) => eq(edition.id, session.editionId)))
  edition!: Edition;

  @Field(() => [Appearance], { description: 'Who took part, by name.' })
  @From(
    many(
      appearances,
      (appearance, session: typeof sessions) => eq(appearance.sessionId, session.id),
      (appearance) => [{ by: appearance.sortName }],
    ),
  )
  appearances!: Appearance[];
}
