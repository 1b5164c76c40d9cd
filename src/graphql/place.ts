import { eq } from 'drizzle-orm';
import { Field, ObjectType } from 'type-graphql';
import { column, one } from '../select/origin.ts';
import { places, venues } from '../store/tables.ts';
import { PlaceKind } from './enums.ts';
import { From, LocaleArgument, StoredIn } from './field.ts';
import { LocalizedText, text, texts } from './localized-text.ts';
import { Node } from './node.ts';
import { CountryCode, TimeZone } from './scalar.ts';

@ObjectType('Place', { implements: Node, description: 'A city, a province or a country.' })
@StoredIn(places)
export class Place {
  @Field(() => String, { description: 'A readable name that never changes.' })
  @From(column(places.slug))
  slug!: string;

  @Field(() => String, { description: 'The name.' })
  @LocaleArgument()
  @From(text('name'))
  name!: string;

  @Field(() => PlaceKind, { description: 'City, province or country.' })
  @From(column(places.kind))
  kind!: string;

  @Field(() => Place, { nullable: true, description: 'The place that it is part of.' })
  @From(one(places, (parent, place: typeof places) => eq(parent.id, place.parentId)))
  parent!: Place | null;

  @Field(() => CountryCode, { description: 'The country that it is in, or is.' })
  @From(column(places.country))
  country!: string;

  @Field(() => TimeZone, {
    nullable: true,
    description: 'Its time zone; null for a place that has several, or where none is known.',
  })
  @From(column(places.timeZone))
  timeZone!: string | null;
}

@ObjectType('Venue', { implements: Node, description: 'A building or site where editions are held.' })
@StoredIn(venues)
export class Venue {
  @Field(() => String, { description: 'The name.' })
  @LocaleArgument()
  @From(text('name'))
  name!: string;

  @Field(() => [LocalizedText], { description: 'The name in all languages, the original first.' })
  @From(texts('name'))
  names!: LocalizedText[];

  @Field(() => Place, { description: 'The city that it is in.' })
  @From(one(places, (place, venue: typeof venues) => eq(place.id, venue.cityId)))
  city!: Place;
}
