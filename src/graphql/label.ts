import { LRUCache } from 'lru-cache';
import type { EditionStatus, Word } from './enums.ts';
import { formatLocale, pickText, type TextRow, wantedLocales } from './text.ts';

/** What a group or a bucket stands for: its value, null when unknown, and its names where it is a record. */
export interface Labelled {
  by: string;
  value: string | null;
  texts: readonly TextRow[];
}

const UNKNOWN = { en: 'unknown', 'zh-Hans': '未知' };

const STATUS: Record<'en' | 'zh-Hans', Record<Word<typeof EditionStatus>, string>> = {
  en: {
    UPCOMING: 'upcoming',
    RUNNING: 'running',
    HELD: 'held',
    POSTPONED: 'postponed',
    CANCELLED: 'cancelled',
    UNKNOWN: 'unknown',
  },
  'zh-Hans': {
    UPCOMING: '即将举办',
    RUNNING: '正在举办',
    HELD: '已举办',
    POSTPONED: '已延期',
    CANCELLED: '已取消',
    UNKNOWN: '未知',
  },
};

const isStatus = (word: string): word is Word<typeof EditionStatus> => Object.hasOwn(STATUS.en, word);

const regionNames = new LRUCache<string, Intl.DisplayNames>({ max: 200 });

/** The name of CLDR; a code without one stays as it is. Intl takes its time to make each list of names. */
function regionName(code: string, tag: string): string {
  let names = regionNames.get(tag);
  if (!names) {
    names = new Intl.DisplayNames([tag], { type: 'region' });
    regionNames.set(tag, names);
  }
  return names.of(code) ?? code;
}

/**
 * @param locale the argument of that name
 * @param request which languages it prefers
 * @returns what to call it; countries have the names of CLDR
 */
export function labelOf(
  { by, value, texts }: Labelled,
  locale: string | null | undefined,
  request: { readonly locales: readonly string[] },
): string {
  const wanted = wantedLocales(locale, request);
  const { words: language, tag } = formatLocale(wanted);
  if (value === null) return UNKNOWN[language];
  if (by === 'COUNTRY') return regionName(value, tag);
  if (by === 'STATUS' && isStatus(value)) return STATUS[language][value];
  return pickText(texts, wanted) ?? value;
}
