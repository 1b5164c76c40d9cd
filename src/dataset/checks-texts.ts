import { quote } from './problems.ts';

/** A web address: with its scheme, or as it begins without. */
const LINK = /(?<![\w.])(?:https?:\/\/|www\.)\S+/i;

/** @returns what is wrong with a text that holds a web address, or undefined */
export function problemWithLinks(text: string): string | undefined {
  const link = LINK.exec(text)?.[0];
  return link === undefined
    ? undefined
    : `holds the address ${quote(link)}; leave it out: it would be published without anybody having said that it may be linked to`;
}

/** The scripts that a language is written in, by the code of its main one. */
const written: Record<string, string> = {
  Hans: 'Han',
  Hant: 'Han',
  Jpan: 'Han Hira Kana',
  Kore: 'Hang Han',
};

/** What is quoted as it is: in brackets, in quotation marks, in marks of titles. */
const QUOTED =
  /\([^()]*\)|\uFF08[^\uFF08\uFF09]*\uFF09|\[[^\]]*\]|【[^】]*】|"[^"]*"|“[^”]*”|‘[^’]*’|«[^»]*»|「[^」]*」|『[^』]*』|《[^》]*》/g;

/** A name or an acronym may stand in Latin letters in any language; so long, it is a sentence. */
const LONGEST_NAME = 24;

/** What was found out already: a large dataset asks of half a million texts. */
const scriptsByLocale = new Map<string, readonly string[]>();
const expressions = new Map<string, RegExp>();

/** @returns the scripts of a language, by their ISO 15924 codes */
function scriptsOf(locale: string): readonly string[] {
  const known = scriptsByLocale.get(locale);
  if (known) return known;
  const main = new Intl.Locale(locale).maximize().script ?? 'Latn';
  const scripts = (written[main] ?? main).split(' ');
  scriptsByLocale.set(locale, scripts);
  return scripts;
}

const letters = (text: string, scripts: readonly string[]): number => {
  const classes = scripts.map((script) => `\\p{Script=${script}}`).join('');
  const expression = expressions.get(classes) ?? new RegExp(`[${classes}]`, 'gu');
  expressions.set(classes, expression);
  return text.match(expression)?.length ?? 0;
};

/**
 * @param locale the language that the text is said to be in
 * @returns what is wrong with the script of the text, or undefined.
 *   In Latin script, at most half of its letters outside brackets and quotation marks are of another script.
 *   In another script, it has letters of that script, and more of them than words in small Latin letters; a text
 *   in Latin letters alone is taken for a name when it is short. Kana is in no Chinese text.
 */
export function problemWithScript(text: string, locale: string): string | undefined {
  const scripts = scriptsOf(locale);
  if (scripts.includes('Latn') && /^\p{ASCII}*$/u.test(text)) return undefined;
  const bare = text.replace(QUOTED, ' ');
  const own = letters(text, scripts);
  const all = text.match(/\p{L}/gu)?.length ?? 0;
  const latin = letters(text, ['Latn']);
  const wrong = (saying: string) => `is no text in ${quote(locale)}: ${saying}; name its language, or translate it`;
  if (scripts.includes('Latn')) {
    const [ownBare, allBare] = [letters(bare, scripts), bare.match(/\p{L}/gu)?.length ?? 0];
    const foreign = allBare - ownBare;
    if (own === 0 && all > 0) return wrong('it has no Latin letters');
    return foreign * 2 > allBare ? wrong('it is written in another script') : undefined;
  }
  if (scripts.join() === 'Han' && letters(bare, ['Hira', 'Kana']) > 0) return wrong('it has Japanese letters');
  if (all - own - latin > own) return wrong('it is written in another script');
  if (own === 0) return latin > LONGEST_NAME ? wrong('it is written in Latin letters') : undefined;
  const words =
    bare.match(/(?<!\p{L})\p{Ll}{2,}(?!\p{L})/gu)?.filter((word) => letters(word, ['Latn']) > 0).length ?? 0;
  return words > own ? wrong('most of it is written in Latin letters') : undefined;
}
