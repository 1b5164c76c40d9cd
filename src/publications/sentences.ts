import type { ClaimStatus, EditionStatus, PlaceKind, Standing } from '../client/operations.ts';
import { LANGUAGES, type Language } from './words.ts';

const STATUS: Record<Language, Record<EditionStatus, string>> = {
  en: {
    UPCOMING: 'Upcoming',
    RUNNING: 'Running',
    HELD: 'Held',
    POSTPONED: 'Postponed: the dates given, if any, are not to be relied on',
    CANCELLED: 'Cancelled',
    UNKNOWN: 'Not known whether it is over',
  },
  'zh-Hans': {
    UPCOMING: '即将举办',
    RUNNING: '正在举办',
    HELD: '已举办',
    POSTPONED: '已延期：所列日期（如有）不可作为依据',
    CANCELLED: '已取消',
    UNKNOWN: '是否已结束不详',
  },
};

/** @returns where an edition stands, without a full stop */
export function statusInWords(status: EditionStatus, language: Language): string {
  return STATUS[language][status];
}

/**
 * @param edition `dates` in the language
 * @returns the dates of an edition with what is not known of them, without a full stop
 */
export function datesInWords(
  { dates, startDate, endDate }: { dates: string | null; startDate: string | null; endDate: string | null },
  language: Language,
): string {
  const chinese = language === 'zh-Hans';
  if (dates === null || startDate === null) return chinese ? '日期不详' : 'dates not known';
  if (endDate !== null) return dates;
  return chinese ? `${dates}，最后一天不详` : `${dates}; the last day is not known`;
}

/** @returns true when the dates of an edition are as they were announced beforehand */
export function areAnnounced({
  startDate,
  dateClaims,
}: {
  startDate: string | null;
  dateClaims: readonly { standing: Standing; status: ClaimStatus }[];
}): boolean {
  if (startDate === null) return false;
  const preferred = dateClaims.find(({ standing }) => standing === 'PREFERRED');
  return preferred?.status === 'EXPECTED' || preferred?.status === 'TARGET';
}

/** What to say of such dates, without a full stop. */
export const ANNOUNCED: Record<Language, string> = {
  en: 'The dates are as announced beforehand',
  'zh-Hans': '日期系事先公布',
};

/** @returns a text with a capital, where the language has any, and a full stop */
export function sentence(text: string, language: Language): string {
  return language === 'zh-Hans' ? `${text}。` : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

export interface City {
  name: string;
  kind: PlaceKind;
  country: string;
  parent: { name: string; kind: PlaceKind } | null;
}

/** @returns the parts of an address; a country is one only by its code, so that it has one name everywhere */
export function addressOf(city: City): { locality: string | null; region: string | null; country: string } {
  const named = (kind: PlaceKind) => [city, city.parent].find((place) => place?.kind === kind)?.name ?? null;
  return { locality: named('CITY'), region: named('PROVINCE'), country: city.country };
}

const regionNames = new Map(LANGUAGES.map((tag) => [tag, new Intl.DisplayNames([tag], { type: 'region' })]));

/** @returns where an edition is held, the larger behind the smaller as English has it, or the other way round; null when unknown */
export function placeInWords(
  { venue, city }: { venue: { name: string } | null; city: City | null },
  language: Language,
): string | null {
  const { locality, region, country } = city ? addressOf(city) : { locality: null, region: null, country: null };
  const parts = [venue?.name, locality, region, country && regionNames.get(language)?.of(country)].filter(
    (part) => typeof part === 'string' && part !== '',
  );
  if (parts.length === 0) return null;
  return language === 'zh-Hans' ? parts.reverse().join(' ') : parts.join(', ');
}

type Summed = Parameters<typeof datesInWords>[0] &
  Parameters<typeof areAnnounced>[0] &
  Parameters<typeof placeInWords>[0] & { year: number; status: EditionStatus };

/**
 * @param edition `dates` and names in the language
 * @returns when and where an edition is held, and whether: a sentence for each
 */
export function summaryInWords(edition: Summed, language: Language): string {
  const dates = datesInWords(edition, language);
  const year = language === 'zh-Hans' ? `${edition.year}年，` : `${edition.year}, `;
  return [
    edition.startDate === null ? `${year}${dates}` : dates,
    areAnnounced(edition) ? ANNOUNCED[language] : null,
    placeInWords(edition, language),
    statusInWords(edition.status, language),
  ]
    .flatMap((part) => (part === null ? [] : [sentence(part, language)]))
    .join(language === 'zh-Hans' ? '' : ' ');
}

/** @returns a text without what no calendar and no XML may hold; line breaks of all kinds are `\n` */
export function readable(text: string): string {
  return text.replace(/\r\n|[\r\v\f\u0085\u2028\u2029]/g, '\n').replace(/(?![\n\t])[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, '');
}
