import { eq, sql } from 'drizzle-orm';
import { Field, ID, Int, ObjectType, Resolver } from 'type-graphql';
import { column, computed, connection, derived, one } from '../select/origin.ts';
import { changes, conventions, editions } from '../store/tables.ts';
import { changeInWords } from './change-in-words.ts';
import { connectionOf } from './connection.ts';
import { Convention } from './convention.ts';
import { Edition } from './edition.ts';
import { ChangeKind, type Word } from './enums.ts';
import { From, LocaleArgument, Paged, RootField, StoredIn } from './field.ts';
import { textFrom } from './localized-text.ts';
import { DateTime } from './scalar.ts';
import { formatLocale, type TextRow, wantedLocales } from './text.ts';

/** A record beneath an edition, as a change keeps it. */
export type Part = readonly [type: string, key: string, kind: Word<typeof ChangeKind>, fields: readonly string[]];

const parts = (change: typeof changes) => sql<Part[]>`json(${change.parts})`;

@ObjectType('ChangedPart', { description: 'A record beneath an edition that an import added, changed or removed.' })
export class ChangedPart {
  @Field(() => String, { description: 'The name of its type in this schema: Figure, Theme, SignedProjectStatistic.' })
  @From(derived<Part>(([type]) => type))
  type!: string;

  @Field(() => String, {
    description:
      'What names it within its edition in the data files: its key, the slug of a speaker, or role and slug.',
  })
  @From(derived<Part>(([, key]) => key))
  key!: string;

  @Field(() => ChangeKind, { description: 'What became of it.' })
  @From(derived<Part>(([, , kind]) => kind))
  kind!: string;

  @Field(() => [String], {
    description:
      'Of a changed one: the keys of the data file whose values differ; `position` is its place in its list, `convention` the one that it belongs to.',
  })
  @From(derived<Part>(([, , , fields]) => fields))
  fields!: string[];
}

@ObjectType('Change', {
  description:
    'What one import did to one edition, with all beneath it, or to the record of a convention itself. Sources, places, venues, organizations and speakers are shared: where one of these changes, that is no change of the editions that refer to it. The log is one of this service, and not part of the data: an export does not carry it, and a database that was filled by an earlier version begins with its next import.',
})
@StoredIn(changes)
export class Change {
  @Field(() => ID, {
    description:
      'Opaque; never changes. Made of the edition or convention, the instant and the version of the data. It is no Node: node(id) does not find it.',
  })
  @From(column(changes.id))
  id!: string;

  @Field(() => DateTime, { description: 'When: what `service.dataUpdatedAt` was after the import.' })
  @From(column(changes.at))
  at!: string;

  @Field(() => String, { description: 'What `service.dataVersion` was after the import.' })
  @From(column(changes.dataVersion))
  dataVersion!: string;

  @Field(() => ChangeKind, { description: 'What became of the edition or convention.' })
  @From(column(changes.kind))
  kind!: string;

  @Field(() => String, { description: 'What it happened to: "Edition" or "Convention", a type of this schema.' })
  @From(computed({ editionId: changes.editionId }, ({ editionId }) => (editionId === null ? 'Convention' : 'Edition')))
  type!: string;

  @Field(() => String, { description: 'The slug of the edition or convention, which stays when that is gone.' })
  @From(column(changes.slug))
  slug!: string;

  @Field(() => String, { description: 'The name that the edition or convention had then.' })
  @LocaleArgument()
  @From(textFrom((change: typeof changes) => sql<TextRow[]>`json(${change.names})`))
  name!: string;

  @Field(() => Edition, {
    nullable: true,
    description: 'The edition; null when it is gone, and where the record of a convention itself has changed.',
  })
  @From(one(editions, (edition, change: typeof changes) => eq(edition.id, change.editionId)))
  edition!: Edition | null;

  @Field(() => Convention, {
    nullable: true,
    description: 'The convention, or the one that the edition belonged to then; null when it is gone.',
  })
  @From(one(conventions, (convention, change: typeof changes) => eq(convention.id, change.conventionId)))
  convention!: Convention | null;

  @Field(() => [String], {
    description:
      'Of a changed one: the keys of its own record in the data file whose values differ; lists of records are told by the parts.',
  })
  @From(column(changes.fields))
  fields!: string[];

  @Field(() => [ChangedPart], {
    description:
      'The records beneath a changed edition that were added, changed or removed, in the order of the data; 100 at most. None where the edition as a whole was added or removed.',
  })
  @From(computed({ parts }, ({ parts: all }) => all))
  parts!: ChangedPart[];

  @Field(() => Int, { description: 'How many more of them there were than `parts` lists.' })
  @From(column(changes.partsLeftOut))
  partsLeftOut!: number;

  @Field(() => String, {
    description: 'What happened, in words: "3 figures added; 1 claim about what was signed changed (investment)".',
  })
  @LocaleArgument()
  @From(
    computed(
      { kind: changes.kind, fields: changes.fields, parts, partsLeftOut: changes.partsLeftOut },
      (change, { locale }: { locale?: string | null }, context) =>
        changeInWords(change, formatLocale(wantedLocales(locale, context)).words),
    ),
  )
  summary!: string;
}

export const ChangeConnection = connectionOf('Change', () => Change);

/** Of what one import touched, conventions come first, then the latest edition. */
export const newestChangeFirst = (change: typeof changes) => [
  { by: change.at, descending: true },
  { by: change.chronology, descending: true },
];

@Resolver()
export class ChangeQueries {
  @RootField(() => ChangeConnection, {
    description:
      'What imports did to the data, edition by edition. The newest first; of one import, conventions and then the latest edition.',
  })
  @Paged()
  @From(connection(changes, undefined, newestChangeFirst))
  changes!: unknown;
}
