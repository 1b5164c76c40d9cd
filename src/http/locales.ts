import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';

/** Few headers are ever sent, and each by many. */
const known = new LRUCache<string, readonly string[]>({ max: 500 });

/** @returns the languages of an Accept-Language header, best first, without those that are none */
export function preferredLocales(acceptLanguage = ''): readonly string[] {
  let locales = known.get(acceptLanguage);
  if (!locales) {
    const tags = new Negotiator({ headers: { 'accept-language': acceptLanguage } }).languages();
    locales = tags.filter(isLanguage);
    known.set(acceptLanguage, locales);
  }
  return locales;
}

function isLanguage(tag: string): boolean {
  try {
    return tag !== '*' && new Intl.Locale(tag).language !== '';
  } catch {
    return false;
  }
}
