import ical, {
  escape as escaped,
  foldLines,
  type ICalEventData,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';
import type { CalendarEventsQuery } from '../client/operations.ts';
import { editionPage, uuidOf } from './addresses.ts';
import { ANNOUNCED, areAnnounced, datesInWords, placeInWords, readable, sentence, statusInWords } from './sentences.ts';
import type { Language } from './words.ts';

/** What a calendar tells of an edition. */
export type CalendarEvent = CalendarEventsQuery['editions']['nodes'][number];

const DAY = 86_400_000;

/** SEQUENCE counts seconds from here: from 1970 on, they would outgrow 31 bits in 2038 rather than in 2088. */
const COUNTED_FROM = Date.UTC(2020, 0, 1);

type DatedEvent = CalendarEvent & { startDate: string };

interface CalendarOptions {
  name: string;
  description: string;
  /** The address of the file, where it is to be looked at again. */
  url: string;
  language: Language;
  /** Where this service is found, with nothing behind. */
  baseUrl: string;
}

/** The library takes about a millisecond for each: so many are written without a break. */
const EVENTS_AT_ONCE = 25;

/**
 * Writes an iCalendar file (RFC 5545 and 7986) of all-day events, each with the same UID wherever it is published.
 * An edition whose first day is unknown is no event: the calendar's description names it. One whose last day is unknown
 * has no end, and its description says so.
 * @param events with names and texts in the language
 * @returns the file in pieces, so that whoever writes a long one can let others have their turn
 * @throws TypeError when `url` is not absolute
 */
export function* calendarPieces(events: readonly CalendarEvent[], options: CalendarOptions): Generator<string> {
  const { language } = options;
  const undated = events.filter(({ startDate }) => startDate === null).map(({ name }) => name);
  const description = written(
    [options.description, ...leftOut(undated, language)].filter((line) => line !== '').join('\n'),
  );
  const source = new URL(options.url).href;
  const empty = ical({
    prodId: { company: 'Expograph', product: 'Expograph', language },
    // The library escapes what stands in events, but neither of these.
    name: written(options.name),
    description,
    source,
    url: source.replace(/\/calendar\.ics(?=[?#]|$)/, '/').replace(/\.ics(?=[?#]|$)/, ''),
    ttl: DAY / 1000,
  });
  // The library writes the description by its former name only, and no line break behind the last line.
  const line = foldLines(`DESCRIPTION:${description}`);
  const text = empty.toString().replace('\r\nX-WR-CALDESC:', (former) => `\r\n${line}${former}`);
  yield text.slice(0, -END.length);
  const dated = events.filter((event): event is DatedEvent => event.startDate !== null);
  if (dated.length === 0) yield NO_EVENT;
  for (let from = 0; from < dated.length; from += EVENTS_AT_ONCE) {
    const part = ical();
    for (const event of dated.slice(from, from + EVENTS_AT_ONCE)) part.createEvent(eventOf(event, options));
    const whole = part.toString();
    yield whole.slice(whole.indexOf('BEGIN:VEVENT'), -END.length);
  }
  yield `${END}\r\n`;
}

const END = 'END:VCALENDAR';

/** What stands in a calendar without events: RFC 5545 (3.6) demands a component of each. */
const NO_EVENT = [
  'BEGIN:VTIMEZONE',
  'TZID:UTC',
  'BEGIN:STANDARD',
  'DTSTART:19700101T000000',
  'TZOFFSETFROM:+0000',
  'TZOFFSETTO:+0000',
  'END:STANDARD',
  'END:VTIMEZONE',
  '',
].join('\r\n');

function eventOf(
  event: DatedEvent,
  { language, baseUrl }: Pick<CalendarOptions, 'language' | 'baseUrl'>,
): ICalEventData {
  const page = editionPage(baseUrl, event.slug);
  const updatedAt = new Date(event.updatedAt);
  const place = placeInWords(event, language);
  return {
    id: uuidOf(event.id),
    sequence: Math.max(0, Math.floor((updatedAt.valueOf() - COUNTED_FROM) / 1000)),
    stamp: updatedAt,
    lastModified: updatedAt,
    allDay: true,
    start: event.startDate,
    // The day after the last one, for DTEND is exclusive.
    end: event.endDate === null ? null : new Date(Date.parse(event.endDate) + DAY),
    // Many calendars show no STATUS.
    summary: readable(`${WORDS[language].off[event.status] ?? ''}${event.name}`),
    description: descriptionOf(event, page, language),
    location: place === null ? null : readable(place),
    categories: [...new Set([...event.convention.industries, event.convention.acronym ?? ''].map(readable))]
      .filter((name) => name !== '')
      .map((name) => ({ name })),
    url: page,
    status: statusOf(event),
    // Whoever looks at what is on is not busy meanwhile.
    transparency: ICalEventTransparency.TRANSPARENT,
  };
}

/** A text as it stands in a property. */
const written = (text: string) => escaped(readable(text), false);

function leftOut(names: readonly string[], language: Language): string[] {
  if (names.length === 0) return [];
  return language === 'zh-Hans'
    ? [`因首日不详而未列入：${names.join('；')}。`]
    : [`Left out, since the first day is not known: ${names.join('; ')}.`];
}

function statusOf(event: CalendarEvent): ICalEventStatus {
  if (event.status === 'CANCELLED') return ICalEventStatus.CANCELLED;
  if (event.status === 'POSTPONED') return ICalEventStatus.TENTATIVE;
  return event.status !== 'HELD' && areAnnounced(event) ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED;
}

interface Words {
  /** Stands before the name of an edition that is not held when its dates say. */
  off: Partial<Record<CalendarEvent['status'], string>>;
  dates: string;
  mode: Record<NonNullable<CalendarEvent['attendanceMode']>, string>;
  theme: string;
  website: string;
}

const WORDS: Record<Language, Words> = {
  en: {
    off: { CANCELLED: 'Cancelled: ', POSTPONED: 'Postponed: ' },
    dates: 'Dates: ',
    mode: { IN_PERSON: 'On site', ONLINE: 'Online', HYBRID: 'On site and online' },
    theme: 'Theme: ',
    website: 'Website: ',
  },
  'zh-Hans': {
    off: { CANCELLED: '已取消：', POSTPONED: '已延期：' },
    dates: '日期：',
    mode: { IN_PERSON: '现场举办', ONLINE: '线上举办', HYBRID: '线上线下同步举办' },
    theme: '主题：',
    website: '网站：',
  },
};

function descriptionOf(event: CalendarEvent, page: string, language: Language): string {
  const { off, dates, mode, theme, website } = WORDS[language];
  const sentences = [
    ...(off[event.status] ? [statusInWords(event.status, language)] : []),
    `${dates}${datesInWords(event, language)}`,
    ...(areAnnounced(event) ? [ANNOUNCED[language]] : []),
    ...(event.attendanceMode ? [mode[event.attendanceMode]] : []),
  ];
  return [
    ...sentences.map((text) => sentence(text, language)),
    ...event.themes.map(({ text }) => `${theme}${text}`),
    ...(event.links.website ? [`${website}${event.links.website}`] : []),
    page,
  ]
    .map(readable)
    .join('\n');
}
