/*
 * What is looked for, and where it stands in a text. The rules are those of the index (migration 0002): a word is a run
 * of letters, marks and digits; in scripts written without spaces each character is a word of its own.
 */

/** Han, kana, bopomofo and Hangul, in the ranges of the index. */
const SPACELESS =
  '[\\u{1100}-\\u{11FF}\\u{2E80}-\\u{2FDF}\\u{3005}-\\u{3007}\\u{3021}-\\u{3029}\\u{3031}-\\u{303C}\\u{3040}-\\u{31FF}\\u{3400}-\\u{9FFF}\\u{A960}-\\u{A97F}\\u{AC00}-\\u{D7FF}\\u{F900}-\\u{FAFF}\\u{FF66}-\\u{FFDC}\\u{1AFF0}-\\u{1B16F}\\u{20000}-\\u{3FFFF}]';
const isSpaceless = new RegExp(`^${SPACELESS}`, 'u');
/** A character of those, or a run of all other letters, marks and digits. */
const pieces = new RegExp(`${SPACELESS}|(?:(?!${SPACELESS})[\\p{L}\\p{M}\\p{N}])+`, 'gu');

/** Shorter words are found as whole words only, so that EV does not find "every". */
const SHORTEST_BEGINNING = 3;

/** SQLite takes time by the square of these to match a phrase. */
const LONGEST_PHRASE = 64;

/** One thing that must be found: a word, or words in a row of one character each. */
export interface Term {
  words: readonly string[];
  /** Whether words that go on behind it are found, too. */
  isBeginning: boolean;
}

/** A piece of a text. */
export interface Fragment {
  text: string;
  isMatch: boolean;
}

/**
 * @param query what a user typed: anything
 * @returns what must be found of it, each once, what is probably rarest first; nothing when there is neither letter nor digit in it
 */
export function searchTerms(query: string): Term[] {
  const text = query
    .normalize('NFC')
    .replaceAll(/[\u{FF01}-\u{FF5E}]/gu, (wide) => String.fromCodePoint(wide.charCodeAt(0) - 0xfee0))
    .replaceAll(/\p{Variation_Selector}/gu, '');
  const terms = new Map<string, Term>();
  const add = (words: string[], isBeginning: boolean) =>
    terms.set(words.join(' ').toLowerCase(), { words, isBeginning });
  let phrase: string[] = [];
  let end = 0;
  const close = () => {
    for (const words of phrasesIn(phrase))
      for (let from = 0; from < words.length; from += LONGEST_PHRASE)
        add(words.slice(from, from + LONGEST_PHRASE), false);
    phrase = [];
  };
  for (const { 0: piece, index } of text.matchAll(pieces)) {
    if (index !== end) close();
    end = index + piece.length;
    // The index drops a mark that stands alone.
    if (!/[\p{L}\p{N}]/u.test(piece)) continue;
    if (isSpaceless.test(piece)) phrase.push(piece);
    else {
      close();
      add([piece], [...piece].length >= SHORTEST_BEGINNING);
    }
  }
  close();
  return [...terms.values()].sort((one, other) => rarity(other) - rarity(one));
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/**
 * The words of a text that is written without spaces, by Unicode's dictionary (UAX 29): 合肥世界制造业大会 is typed in
 * one go, and stands in one go in no record. Characters that are no word of it stay together, as names do.
 */
function phrasesIn(characters: readonly string[]): string[][] {
  const phrases: string[][] = [];
  let single: string[] | undefined;
  for (const { segment } of segmenter.segment(characters.join(''))) {
    const whole = segment.match(pieces) ?? [];
    // A province and a city are named with 省 and 市, or without.
    const word = whole.length > 2 && /[省市]$/u.test(segment) ? whole.slice(0, -1) : whole;
    if (word.length > 1) {
      phrases.push(word);
      single = undefined;
    } else if (single) single.push(...word);
    else {
      single = [...word];
      phrases.push(single);
    }
  }
  return phrases;
}

/** The longer, the rarer; a character of a word by itself tells more. */
const rarity = ({ words }: Term) => words.join('').length + 2 * words.length;

/**
 * Looks for terms in a text.
 * @returns a function that cuts a text into pieces, which together are the text: words that were looked for, or that
 *   begin so, are marked as a whole, and everything between them is not
 */
export function highlighter(terms: readonly Term[]): (text: string) => Fragment[] {
  const whole = new Set<string>();
  const beginnings = new Set<string>();
  const phrases = new Map<string, string[][]>();
  for (const { words, isBeginning } of terms) {
    const [first = '', ...rest] = words.map(folded);
    if (isSpaceless.test(words[0] ?? '')) phrases.set(first, [...(phrases.get(first) ?? []), rest]);
    else (isBeginning ? beginnings : whole).add(first);
  }
  const isWanted = (word: string) => {
    if (whole.has(word)) return true;
    for (let length = word.length; length > 0; length--) if (beginnings.has(word.slice(0, length))) return true;
    return false;
  };

  return (text) => {
    const words = [...text.matchAll(pieces)].map(({ 0: word, index }) => ({ word, index, key: folded(word) }));
    const marked = words.map(({ word, key }) => !isSpaceless.test(word) && isWanted(key));
    for (const [position, { key }] of words.entries())
      for (const rest of phrases.get(key) ?? [])
        if (rest.every((next, step) => words[position + 1 + step]?.key === next))
          marked.fill(true, position, position + 1 + rest.length);

    const fragments: Fragment[] = [];
    const add = (piece: string, isMatch: boolean) => {
      const last = fragments.at(-1);
      if (last?.isMatch === isMatch) last.text += piece;
      else if (piece !== '') fragments.push({ text: piece, isMatch });
    };
    let end = 0;
    for (const [position, { word, index }] of words.entries()) {
      add(text.slice(end, index), false);
      add(word, marked[position] ?? false);
      end = index + word.length;
    }
    add(text.slice(end), false);
    return fragments;
  };
}

/** Equal where the index takes words for equal, and in some cases more: it tells ß from ss, and й from и. */
function folded(word: string): string {
  const bare = (text: string) => text.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  return bare(bare(word).toLowerCase().toUpperCase().toLowerCase()).replaceAll('ς', 'σ');
}
