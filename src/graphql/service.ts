import { count, sql } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { Field, Int, ObjectType, Resolver } from 'type-graphql';
import { MAX_PAGE_SIZE } from '../select/arguments.ts';
import { ASSUMED_LENGTH } from '../select/cost.ts';
import { LIMITS } from '../select/limits.ts';
import { derived, expression, nested, type Origin } from '../select/origin.ts';
import * as tables from '../store/tables.ts';
import { DataLicense } from './data-license.ts';
import { From, RootField } from './field.ts';
import { DateTime, Locale } from './scalar.ts';
import { FORMAT_LOCALES } from './text.ts';
import { VERSION } from './version.ts';

const counted = (table: SQLiteTable): Origin => expression(() => sql`(SELECT ${count()} FROM ${table})`);

@ObjectType('ServiceCounts', { description: 'How many records there are.' })
export class ServiceCounts {
  @Field(() => Int, { description: 'Conventions.' })
  @From(counted(tables.conventions))
  conventions!: number;

  @Field(() => Int, { description: 'Editions.' })
  @From(counted(tables.editions))
  editions!: number;

  @Field(() => Int, { description: 'Themes.' })
  @From(counted(tables.themes))
  themes!: number;

  @Field(() => Int, { description: 'Exhibition areas.' })
  @From(counted(tables.exhibitionAreas))
  exhibitionAreas!: number;

  @Field(() => Int, { description: 'Speakers.' })
  @From(counted(tables.speakers))
  speakers!: number;

  @Field(() => Int, { description: 'Claims about signed projects.' })
  @From(counted(tables.signedProjectStatistics))
  signedProjectStatistics!: number;

  @Field(() => Int, { description: 'Sources.' })
  @From(counted(tables.sources))
  sources!: number;
}

@ObjectType('ServiceLimits', {
  description:
    'What a request may ask at most. What exceeds a limit is refused with its name, what was asked and what is allowed.',
})
export class ServiceLimits {
  @Field(() => Int, { description: 'The most that first or last may ask for.' })
  @From(derived(() => MAX_PAGE_SIZE))
  maxPageSize!: number;

  @Field(() => Int, {
    description: 'How many fields deep an operation may nest, but for one that only asks for the schema.',
  })
  @From(derived(() => LIMITS.maxDepth))
  maxDepth!: number;

  @Field(() => Int, {
    description: `How many objects an operation may ask for: a page counts as long as first or last say, a list without pages ${ASSUMED_LENGTH}; connections, edges and page infos do not count.`,
  })
  @From(derived(() => LIMITS.maxCost))
  maxCost!: number;

  @Field(() => Int, {
    description: 'The most aliases that an operation may have, fragments opened wherever they are spread.',
  })
  @From(derived(() => LIMITS.maxAliases))
  maxAliases!: number;

  @Field(() => Int, {
    description:
      'The most fields and fragments that an operation may select, fragments opened wherever they are spread.',
  })
  @From(derived(() => LIMITS.maxFields))
  maxFields!: number;

  @Field(() => Int, { description: 'The most root fields that an operation may have.' })
  @From(derived(() => LIMITS.maxRootFields))
  maxRootFields!: number;

  @Field(() => Int, { description: 'The most tokens that an operation may have.' })
  @From(derived(() => LIMITS.maxTokens))
  maxTokens!: number;

  @Field(() => Int, { description: 'After how many seconds an operation is broken off.' })
  @From(derived(() => LIMITS.maxSeconds))
  maxSeconds!: number;

  @Field(() => Int, {
    description:
      'How many values an operation may ask for: fields that are no objects, of each object that counts as cost.',
  })
  @From(derived(() => LIMITS.maxValues))
  maxValues!: number;

  @Field(() => Int, { description: 'The most that an answer may have, in millions of bytes.' })
  @From(derived(() => LIMITS.maxMegabytes))
  maxMegabytes!: number;
}

@ObjectType('Service', { description: 'About this service and the data that it serves.' })
export class Service {
  @Field(() => String, { description: 'The name of the software.' })
  @From(derived(() => 'Expograph'))
  name!: string;

  @Field(() => String, { description: 'The version of the software.' })
  @From(derived(() => VERSION))
  version!: string;

  @Field(() => String, {
    description: 'Changes with every change of the data, and is the same wherever the data is the same.',
  })
  @From(expression(() => sql`coalesce((SELECT ${tables.dataset.version} FROM ${tables.dataset}), '0')`))
  dataVersion!: string;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When an import last changed the data; null while there is none.',
  })
  @From(expression(() => sql`(SELECT ${tables.dataset.updatedAt} FROM ${tables.dataset})`))
  dataUpdatedAt!: string | null;

  @Field(() => DataLicense, { description: 'On what terms the data may be used.' })
  @From(nested())
  dataLicense!: DataLicense;

  @Field(() => [Locale], { description: 'The languages that dates, numbers and money are written in.' })
  @From(derived(() => FORMAT_LOCALES))
  locales!: string[];

  @Field(() => ServiceCounts, { description: 'How many records there are.' })
  @From(nested())
  counts!: ServiceCounts;

  @Field(() => ServiceLimits, { description: 'What a request may ask at most.' })
  @From(nested())
  limits!: ServiceLimits;
}

@Resolver()
export class ServiceQueries {
  @RootField(() => Service, { description: 'About this service and its data.' })
  @From(nested())
  service!: unknown;
}
