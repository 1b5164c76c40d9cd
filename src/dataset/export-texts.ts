import type { Reader } from '../store/open.ts';
import { compareLocales, originalLocale } from './values.ts';

/** A text in every language that it is stored in, English first. */
interface StoredText {
  original: string;
  texts: ReadonlyMap<string, string>;
}

interface StoredCitation {
  source: string;
  field: string | null;
  basis: string;
  kind: string;
  isRelay: boolean;
}

/** The texts, citations and known conflicts of some records, as data files write them. */
export class Attachments {
  readonly #texts = new Map<string, Map<string, StoredText>>();
  readonly #citations = new Map<string, StoredCitation[]>();
  readonly #knownConflicts = new Map<string, string[]>();
  /** The original language of texts in several that do not tell. */
  language = 'en';

  /** @param ids of the records */
  constructor(rows: Reader['rows'], ids: readonly string[]) {
    const wanted = [JSON.stringify(ids)];
    const texts = rows(
      `SELECT node_id, field, locale, text, is_original
       FROM json_each(?) AS wanted JOIN localized_texts ON node_id = wanted.value`,
      wanted,
    );
    texts.sort((a, b) => compareLocales(String(a.locale), String(b.locale)));
    const found = new Map<string, Map<string, { original: string; texts: Map<string, string> }>>();
    for (const { node_id, field, locale, text, is_original } of texts) {
      const fields = at(found, String(node_id), () => new Map());
      const one = at(fields, String(field), () => ({ original: '', texts: new Map() }));
      one.texts.set(String(locale), String(text));
      if (is_original === 1) one.original = String(locale);
    }
    this.#texts = found;
    const citations = rows(
      `SELECT node_id, slug, field, basis, kind, is_relay
       FROM json_each(?) AS wanted JOIN citations ON node_id = wanted.value JOIN sources ON sources.id = source_id
       ORDER BY node_id, position`,
      wanted,
    );
    for (const { node_id, slug, field, basis, kind, is_relay } of citations)
      at(this.#citations, String(node_id), () => []).push({
        source: String(slug),
        field: field === null || field === undefined ? null : String(field),
        basis: String(basis),
        kind: String(kind),
        isRelay: is_relay === 1,
      });
    const conflicts = rows(
      `SELECT node_id, "check" AS name FROM json_each(?) AS wanted JOIN known_conflicts ON node_id = wanted.value
       ORDER BY node_id, position`,
      wanted,
    );
    for (const { node_id, name } of conflicts) at(this.#knownConflicts, String(node_id), () => []).push(String(name));
  }

  /** Chooses the language that leaves the fewest texts to say which is their original; English where it is as good. */
  chooseLanguage(): void {
    const several = [...this.#texts.values()]
      .flatMap((fields) => [...fields.values()])
      .filter(({ texts }) => texts.size > 1);
    const exceptions = (language: string) => several.filter((text) => !isTold(text, language)).length;
    const candidates = new Set(['en', ...several.map(({ original }) => original).toSorted()]);
    const [best = 'en'] = [...candidates]
      .map((language) => ({ language, count: exceptions(language) }))
      .toSorted((a, b) => a.count - b.count)
      .map(({ language }) => language);
    this.language = best;
  }

  /** @returns the texts of a record by their fields */
  texts(id: string): Record<string, string | Record<string, string>> {
    const fields = [...(this.#texts.get(id) ?? [])];
    return Object.fromEntries(fields.map(([field, text]) => [field, this.#write(text)]));
  }

  /** @returns the citations of a record: a slug where there is no more to say */
  citations(id: string): unknown[] {
    return (this.#citations.get(id) ?? []).map(({ source, field, basis }, position) => {
      const note = this.#texts.get(id)?.get(`citations.${position}.note`);
      const said = {
        ...(field === null ? {} : { field }),
        ...(note ? { note: this.#write(note) } : {}),
        ...(basis === 'STATED' ? {} : { basis }),
      };
      return Object.keys(said).length > 0 ? { source, ...said } : source;
    });
  }

  /** @returns the known conflicts of a record; undefined where there is none */
  knownConflicts(id: string): unknown[] | undefined {
    return this.#knownConflicts.get(id)?.map((check, position) => {
      const explanation = this.#texts.get(id)?.get(`knownConflicts.${position}.explanation`);
      return { check, explanation: explanation && this.#write(explanation) };
    });
  }

  /** @returns the kinds of what a record cites */
  citedSources(id: string): readonly { kind: string; isRelay: boolean }[] {
    return this.#citations.get(id) ?? [];
  }

  #write(text: StoredText): string | Record<string, string> {
    const english = text.texts.get('en');
    if (english !== undefined && text.texts.size === 1 && text.original === 'en') return english;
    const texts = Object.fromEntries(text.texts);
    return isTold(text, this.language) ? texts : { original: text.original, ...texts };
  }
}

function isTold({ original, texts }: StoredText, language: string): boolean {
  return originalLocale(undefined, [...texts.keys()], language) === original;
}

/** @returns what the map has there, put there first where it has nothing */
export function at<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
