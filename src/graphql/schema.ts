import 'reflect-metadata';
import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { attachOrigins } from '../select/select.ts';
import { ChangeQueries } from './change.ts';
import { ConventionQueries } from './convention.ts';
import { EditionQueries } from './edition.ts';
import { ExhibitionAreaQueries } from './exhibition-area.ts';
import { NodeQueries } from './node.ts';
import { SearchQueries } from './search.ts';
import { ServiceQueries } from './service.ts';
import { SignedProjectStatisticQueries } from './signed-project-statistic.ts';
import { SignedProjectTotalsQueries } from './signed-project-totals.ts';
import { SourceQueries } from './source.ts';
import { SpeakerQueries } from './speaker.ts';
import { ThemeQueries } from './theme.ts';

/** @returns the executable schema; build it once per process */
export function buildExpographSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [
      ChangeQueries,
      ConventionQueries,
      EditionQueries,
      ExhibitionAreaQueries,
      NodeQueries,
      SearchQueries,
      ServiceQueries,
      SignedProjectStatisticQueries,
      SignedProjectTotalsQueries,
      SourceQueries,
      SpeakerQueries,
      ThemeQueries,
    ],
    // Arguments are checked where the planner reads them.
    validate: false,
    // Whoever serves the schema asserts it; here it would be done by asking for all of it.
    skipCheck: true,
  });
  attachOrigins(schema);
  const query = schema.getQueryType();
  if (query)
    query.description = 'What can be asked. Each field is answered by one statement, however deep it is selected.';
  return schema;
}

/** @returns the SDL as published: sorted and described */
export function sdl(schema: GraphQLSchema): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
