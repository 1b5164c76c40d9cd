import { type SQL, sql } from 'drizzle-orm';
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import { Field, ObjectType } from 'type-graphql';
import { failure } from '../select/leaf.ts';
import { computed, derived, type FieldInput, type Origin } from '../select/origin.ts';
import { localizedTexts } from '../store/tables.ts';
import { From } from './field.ts';
import { Locale } from './scalar.ts';
import { pickText, type TextRow, wantedLocales } from './text.ts';

@ObjectType('LocalizedText', { description: 'A text in one language.' })
export class LocalizedText {
  @Field(() => String, { description: 'The text.' })
  @From(derived<TextRow>(([, text]) => text))
  text!: string;

  @Field(() => Locale, { description: 'Its language.' })
  @From(derived<TextRow>(([locale]) => locale))
  locale!: string;

  @Field(() => Boolean, { description: 'True in the language of the source; false for a translation.' })
  @From(derived<TextRow>(([, , isOriginal]) => isOriginal === 1))
  isOriginal!: boolean;
}

interface Identified {
  id: AnySQLiteColumn;
}

/** Where the texts of one field are, in all languages. */
interface Place {
  node: AnySQLiteColumn | SQL;
  field: string | SQL;
}

/** The texts of one field in all languages. */
export function textsOf(node: AnySQLiteColumn | SQL, field: string | SQL): SQL<TextRow[]> {
  const { nodeId, field: name, locale, text, isOriginal } = localizedTexts;
  return sql<
    TextRow[]
  >`(SELECT json_group_array(json_array(${locale}, ${text}, ${isOriginal})) FROM ${localizedTexts} WHERE ${nodeId} = ${node} AND ${name} = ${field})`;
}

/** A field with all its languages: the original first, the others by their tags, as the primary key has them. */
export function texts(field: string): Origin {
  return computed({ texts: (record: Identified & object) => textsOf(record.id, field) }, ({ texts: all }) =>
    [...all].sort(([, , first], [, , second]) => second - first),
  );
}

/** A field in the language that the argument `locale` or the request asks for. */
export function text(field: string): Origin {
  return textAt((record: Identified & object) => ({ node: record.id, field }));
}

/** The same where the texts hang on another record, or under a name of their own. */
export function textAt(place: (record: never) => Place): Origin {
  return textFrom(
    (record: never) => {
      const { node, field } = place(record);
      return textsOf(node, field);
    },
    // Which language suits best, SQL cannot tell.
    (record: never, input) => (input.has('locale') ? undefined : original(place(record))),
  );
}

/**
 * The same where the texts are come by in another way.
 * @param texts in all languages
 * @param written SQL that gives the one text, where it knows to
 */
export function textFrom(
  texts: (record: never) => SQL<TextRow[]>,
  written?: (record: never, input: FieldInput) => SQL | undefined,
): Origin {
  return computed(
    { texts },
    ({ texts: all }, { locale }: { locale?: string | null }, context) => pickText(all, wantedLocales(locale, context)),
    { written },
  );
}

/** The text that `pickText` takes where no language is wanted; fails where there are texts, but no original. */
function original({ node, field }: Place): SQL {
  const { nodeId, field: name, text: value, isOriginal } = localizedTexts;
  const found = sql`FROM ${localizedTexts} WHERE ${nodeId} = ${node} AND ${name} = ${field}`;
  return sql`coalesce((SELECT ${value} ${found} AND ${isOriginal}), (SELECT ${failure} ${found} LIMIT 1))`;
}
