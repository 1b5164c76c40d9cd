import { eq, sql } from 'drizzle-orm';
import { Field, InterfaceType, ObjectType, Resolver } from 'type-graphql';
import { compares, isOneOf } from '../select/filter.ts';
import { column, computed, connection, many, one } from '../select/origin.ts';
import { citations, sources } from '../store/tables.ts';
import { citeSource } from './citation-style.ts';
import { connectionOf } from './connection.ts';
import { CitationBasis, CitationStyle, SourceAccess, SourceKind, type Word } from './enums.ts';
import { Argument, From, LocaleArgument, Paged, RootField, StoredIn } from './field.ts';
import { DateFilter, Narrows, StringFilter, WhereOf } from './filter.ts';
import { text, textAt } from './localized-text.ts';
import { Node } from './node.ts';
import { orderOf } from './order.ts';
import { DateScalar, Locale, URLScalar } from './scalar.ts';

@ObjectType('Source', { implements: Node, description: 'A text that facts were taken from.' })
@StoredIn(sources)
export class Source {
  @Field(() => String, { description: 'A readable name that never changes.' })
  @From(column(sources.slug))
  slug!: string;

  @Field(() => SourceKind, { description: 'Who published it; for a copy, who published the original.' })
  @From(column(sources.kind))
  kind!: string;

  @Field(() => String, { description: 'The headline or title, in its own language.' })
  @From(column(sources.title))
  title!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The publisher, and the site that carries it when that is another.',
  })
  @From(column(sources.publisher))
  publisher!: string | null;

  @Field(() => URLScalar, {
    nullable: true,
    description: 'Where it is; null when unknown or when it is not fit to be linked to.',
  })
  @From(column(sources.url))
  url!: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'When it was published.' })
  @From(column(sources.publishedOn))
  publishedOn!: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'When the editors read it.' })
  @From(column(sources.retrievedOn))
  retrievedOn!: string | null;

  @Field(() => Locale, { nullable: true, description: 'Its language.' })
  @From(column(sources.language))
  language!: string | null;

  @Field(() => Boolean, { description: 'True for a copy, a mirror or a machine translation on another’s site.' })
  @From(column(sources.isRelay))
  isRelay!: boolean;

  @Field(() => SourceAccess, { nullable: true, description: 'How much of it the editors could read.' })
  @From(column(sources.access))
  access!: string | null;

  @Field(() => Source, {
    nullable: true,
    description: 'The source that it repeats, where that is known: the two are not independent.',
  })
  @From(one(sources, (original, source: typeof sources) => eq(original.id, source.derivedFromId)))
  derivedFrom!: Source | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Whose text it carries or retells: Xinhua for a report of the agency, wherever it was read; null for its publisher’s own. Sources of one origin are not independent.',
  })
  @From(column(sources.origin))
  origin!: string | null;

  @Field(() => String, { nullable: true, description: 'What to know before relying on it.' })
  @LocaleArgument()
  @From(text('note'))
  note!: string | null;

  @Field(() => String, { description: 'A reference ready to paste.' })
  @Argument('style', () => CitationStyle, { defaultValue: 'PLAIN', description: 'Plain text, BibTeX or CSL-JSON.' })
  @From(
    computed(
      {
        slug: sources.slug,
        title: sources.title,
        publisher: sources.publisher,
        url: sources.url,
        publishedOn: sources.publishedOn,
        retrievedOn: sources.retrievedOn,
        language: sources.language,
      },
      (source, { style }: { style: Word<typeof CitationStyle> }) => citeSource(source, style),
    ),
  )
  citation!: string;
}

@ObjectType('Citation', { description: 'That a source vouches for a record, or for one field of it.' })
export class Citation {
  @Field(() => Source, { description: 'The source.' })
  @From(one(sources, (source, citation: typeof citations) => eq(source.id, citation.sourceId)))
  source!: Source;

  @Field(() => String, { nullable: true, description: 'The field that it vouches for; null: the record as a whole.' })
  @From(column(citations.field))
  field!: string | null;

  @Field(() => String, { nullable: true, description: 'How the source puts it, or what to know about it.' })
  @LocaleArgument()
  @From(
    textAt((citation: typeof citations) => ({
      node: citation.nodeId,
      field: sql`'citations.' || ${citation.position} || '.note'`,
    })),
  )
  note!: string | null;

  @Field(() => CitationBasis, { description: 'Whether the source states it, or it was derived or inferred.' })
  @From(column(citations.basis))
  basis!: string;
}

@InterfaceType('Cited', {
  description: 'A record with sources.',
  resolveType: (value: { __typename: string }) => value.__typename,
})
export abstract class Cited {
  @Field(() => [Citation], { description: 'The sources, the main one first.' })
  @From(
    many(
      citations,
      (citation, record: typeof sources) => eq(citation.nodeId, record.id),
      (citation) => [{ by: citation.position }],
    ),
  )
  citations!: Citation[];
}

export const SourceConnection = connectionOf('Source', () => Source);

@WhereOf('Source', 'sources')
export class SourceWhere {
  @Narrows(() => [SourceKind], 'Its kind is one of these. An empty list is false.', isOneOf(sources.kind))
  kind?: string[];

  @Narrows(() => StringFilter, 'Its title.', compares(sources.title))
  title?: StringFilter;

  @Narrows(() => StringFilter, 'Its publisher.', compares(sources.publisher))
  publisher?: StringFilter;

  @Narrows(() => DateFilter, 'The day of its publication.', compares(sources.publishedOn))
  publishedOn?: DateFilter;
}

const SourceOrder = orderOf<typeof sources>('Source', 'DESC', {
  PUBLISHED_ON: ['The day of publication.', (source) => [{ by: source.publishedOn, nullable: true }]],
  TITLE: ['The title; capitals do not count.', (source) => [{ by: sql`lower(${source.title})` }]],
  PUBLISHER: [
    'The publisher; capitals do not count.',
    (source) => [{ by: sql`lower(${source.publisher})`, nullable: true }],
  ],
});

@Resolver()
export class SourceQueries {
  @RootField(() => SourceConnection, {
    description: 'All sources. In order of publication, the newest first; undated ones last.',
  })
  @Paged({ where: () => SourceWhere, orderBy: () => SourceOrder })
  @From(connection(sources, undefined, (source) => [{ by: source.chronology, descending: true }]))
  sources!: unknown;
}
