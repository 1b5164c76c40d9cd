import Negotiator from 'negotiator';

/** @returns the languages of an Accept-Language header, best first, without those that are none */
export function preferredLocales(acceptLanguage: string | undefined): string[] {
  const tags = new Negotiator({ headers: { 'accept-language': acceptLanguage ?? '' } }).languages();
  return tags.filter((tag) => {
    try {
      return tag !== '*' && new Intl.Locale(tag).language !== '';
    } catch {
      return false;
    }
  });
}
