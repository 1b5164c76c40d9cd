import { LRUCache } from 'lru-cache';
import { ArgsType, createUnionType, Field, Int, ObjectType, Resolver } from 'type-graphql';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '../select/arguments.ts';
import { computed, connection } from '../select/origin.ts';
import { connectionOf } from './connection.ts';
import { Convention } from './convention.ts';
import { Edition } from './edition.ts';
import { published, type Word } from './enums.ts';
import { ExhibitionArea } from './exhibition-area.ts';
import { ArgumentsOf, From, RootField } from './field.ts';
import { Organization } from './organization.ts';
import { Locale } from './scalar.ts';
import { askedQuery, foundTexts, searching, searchResults, wantedTerms } from './search-results.ts';
import { highlighter } from './search-terms.ts';
import { Speaker } from './speaker.ts';
import { Theme } from './theme.ts';

const SearchType = published(
  'SearchType',
  {
    CONVENTION: 'Conventions, by name, alternate name, acronym and description.',
    EDITION:
      'Editions, by their own name, those of the convention, its acronym, the city, further places and what they lie in, and the venue.',
    THEME: 'Themes.',
    EXHIBITION_AREA: 'Exhibition areas, by name and by what they showed.',
    SPEAKER: 'Speakers, by name, by the titles that they held and by the organisations that they spoke for.',
    ORGANIZATION: 'Organisations, by name.',
  },
  'What can be searched for.',
);

const SearchResult = createUnionType({
  name: 'SearchResult',
  description: 'What a search can find.',
  types: () => [Convention, Edition, Theme, ExhibitionArea, Speaker, Organization] as const,
  resolveType: (value: unknown) => Object(value).__typename,
});

@ObjectType('Fragment', { description: 'A piece of a text in which something was found.' })
export class Fragment {
  @Field(() => String, { description: 'The piece, as plain text. All pieces together are the whole text.' })
  text!: string;

  @Field(() => Boolean, {
    description: 'Whether this was searched for. A word that begins with what was searched for is marked as a whole.',
  })
  isMatch!: boolean;
}

@ObjectType('Highlight', { description: 'A text by which a result was found.' })
export class Highlight {
  @Field(() => String, {
    description:
      'What the text is to the result: name, acronym, alternateName, description, text, focus or title; of an edition also convention, city or venue, of a speaker also affiliation.',
  })
  field!: string;

  @Field(() => Locale, { nullable: true, description: 'Its language; null where it has none: an acronym.' })
  locale!: string | null;

  @Field(() => [Fragment], { description: 'The text in pieces, in their order.' })
  fragments!: Fragment[];
}

/** The same for all results of a query. */
const highlighters = new LRUCache<string, ReturnType<typeof highlighter>>({ max: 100 });

function highlighterOf(query: string): ReturnType<typeof highlighter> {
  let known = highlighters.get(query);
  if (!known) {
    known = highlighter(wantedTerms(query));
    highlighters.set(query, known);
  }
  return known;
}

const highlights = [
  Field(() => [Highlight], {
    description: 'The texts by which it was found, each in every language that it was found in; the weightiest first.',
  }),
  From(
    computed({ query: () => askedQuery, texts: foundTexts }, ({ query, texts }): Highlight[] => {
      const cut = highlighterOf(query);
      return texts.map(([field, locale, text]) => ({
        field,
        locale: locale === 'und' ? null : locale,
        fragments: cut(text),
      }));
    }),
  ),
];

const SearchConnection = connectionOf(
  'Search',
  () => SearchResult,
  {},
  { noun: 'search result', fields: { highlights } },
);

@ArgsType()
export class SearchArguments {
  @Field(() => String, { description: 'What to look for; 10,000 characters at most.' })
  query!: string;

  @Field(() => [SearchType], {
    nullable: true,
    description: 'Only results of these types. Of an empty list: none. Left out or null: all.',
  })
  types?: Word<typeof SearchType>[] | null;

  @Field(() => Int, {
    nullable: true,
    description: `How many from the best on, or behind \`after\`: 1 to ${MAX_PAGE_SIZE}. ${DEFAULT_PAGE_SIZE} when it is not given.`,
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'A cursor of a search for the same: only what comes behind it.' })
  after?: string | null;
}

@Resolver()
export class SearchQueries {
  @RootField(() => SearchConnection, {
    description:
      'Whatever every word of a query is found in, in any language, the best first. Capitals and accents do not matter. A word of three letters or more is also found as the beginning of a longer one, a shorter one only as a whole. What is written without spaces, as in Chinese, is cut into words, each of which is found wherever it stands. A query with neither letters nor digits finds nothing.',
  })
  @ArgumentsOf(() => SearchArguments)
  @From(
    connection(
      searchResults,
      undefined,
      (result) => [
        { by: result.score, descending: true },
        { by: result.rank },
        { by: result.chronology, descending: true },
      ],
      // What was found by other words was scored by them.
      { with: searching, identity: ({ query }) => JSON.stringify(wantedTerms(String(query))).toLowerCase() },
    ),
  )
  search!: unknown;
}
