import { eq } from 'drizzle-orm';
import { createUnionType, Field, ObjectType } from 'type-graphql';
import { column, one } from '../select/origin.ts';
import { nodes, organizations, participations } from '../store/tables.ts';
import { ParticipationRole } from './enums.ts';
import { From, LocaleArgument, StoredIn } from './field.ts';
import { LocalizedText, text, texts } from './localized-text.ts';
import { Node } from './node.ts';
import { Place } from './place.ts';
import { URLScalar } from './scalar.ts';
import { Cited } from './source.ts';

@ObjectType('Organization', { implements: Node, description: 'A company, an authority or an association.' })
@StoredIn(organizations)
export class Organization {
  @Field(() => String, { description: 'A readable name that never changes.' })
  @From(column(organizations.slug))
  slug!: string;

  @Field(() => String, { description: 'The name.' })
  @LocaleArgument()
  @From(text('name'))
  name!: string;

  @Field(() => [LocalizedText], { description: 'The name in all languages, the original first.' })
  @From(texts('name'))
  names!: LocalizedText[];

  @Field(() => URLScalar, { nullable: true, description: 'Its own site.' })
  @From(column(organizations.websiteUrl))
  websiteUrl!: string | null;
}

export const Participant = createUnionType({
  name: 'Participant',
  description: 'Who takes part: an organisation, or a country or province of honour.',
  types: () => [Organization, Place] as const,
  resolveType: (value: unknown) => Object(value).__typename,
});

@ObjectType('Participation', {
  implements: Cited,
  description: 'The part that an organisation or a place takes in an edition.',
})
export class Participation {
  @Field(() => Participant, { description: 'Who takes part.' })
  @From(one(nodes, (node, participation: typeof participations) => eq(node.id, participation.participantId)))
  participant!: typeof Participant;

  @Field(() => ParticipationRole, { description: 'In which part.' })
  @From(column(participations.role))
  role!: string;
}
