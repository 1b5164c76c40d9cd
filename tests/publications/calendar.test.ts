import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import ICAL from 'ical.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { CalendarEventsDocument } from '../../src/client/index.ts';
import { type CalendarEvent, calendarPieces } from '../../src/publications/calendar.ts';
import { WMC } from '../support/one-series.ts';
import { BASE_URL, openShipped } from './asked.ts';

const LANGUAGES = ['en', 'zh-Hans'] as const;

const options = {
  name: 'Trade conventions',
  description: 'Every edition.',
  url: `${BASE_URL}/calendar.ics`,
  language: 'en',
  baseUrl: BASE_URL,
} as const;

const calendarText = (...given: Parameters<typeof calendarPieces>) => [...calendarPieces(...given)].join('');

let shipped: Record<(typeof LANGUAGES)[number], readonly CalendarEvent[]>;
beforeAll(async () => {
  const { client, close } = await openShipped(WMC);
  const [en, chinese] = await Promise.all(
    LANGUAGES.map(async (locale) => (await client.query(CalendarEventsDocument, { locale })).editions.nodes),
  );
  shipped = { en: en ?? [], 'zh-Hans': chinese ?? [] };
  await close();

  // ical.js knows the properties of RFC 5545; these are of RFC 7986, or older than it.
  for (const name of ['name', 'x-wr-calname', 'x-wr-caldesc'])
    Object.assign(ICAL.design.icalendar.property, { [name]: { defaultType: 'text' } });
});

/** What ical.js reads in a calendar. */
function read(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const property = (component: ICAL.Component, name: string) => {
    const all = component.getAllProperties(name);
    expect(all.length, name).toBeLessThan(2);
    return all[0];
  };
  const value = (component: ICAL.Component, name: string) => property(component, name)?.getFirstValue()?.toString();
  const date = (component: ICAL.Component, name: string) => {
    const found = property(component, name);
    return found && { value: found.getFirstValue()?.toString(), type: found.type };
  };
  return {
    version: value(calendar, 'version'),
    prodid: value(calendar, 'prodid'),
    name: value(calendar, 'name'),
    formerName: value(calendar, 'x-wr-calname'),
    description: value(calendar, 'description'),
    formerDescription: value(calendar, 'x-wr-caldesc'),
    url: value(calendar, 'url'),
    source: value(calendar, 'source'),
    refresh: date(calendar, 'refresh-interval'),
    method: value(calendar, 'method'),
    events: calendar.getAllSubcomponents('vevent').map((event) => ({
      uid: value(event, 'uid'),
      sequence: value(event, 'sequence'),
      stamp: value(event, 'dtstamp'),
      lastModified: value(event, 'last-modified'),
      start: date(event, 'dtstart'),
      end: date(event, 'dtend'),
      duration: value(event, 'duration'),
      summary: value(event, 'summary'),
      location: value(event, 'location'),
      description: value(event, 'description'),
      categories: property(event, 'categories')?.getValues(),
      url: value(event, 'url'),
      status: value(event, 'status'),
      transparency: value(event, 'transp'),
    })),
  };
}

/** The next day, by the calendar of JavaScript. */
function dayAfter(date: string): string {
  const day = new Date(`${date}T12:00:00Z`);
  day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
}

/** An edition of which no more is known than that it is one. */
const unknown: CalendarEvent = {
  id: 'edition_0000000000000001',
  slug: 'some-expo-2031',
  name: 'Some Expo 2031',
  startDate: null,
  endDate: null,
  dates: null,
  status: 'UPCOMING',
  attendanceMode: null,
  updatedAt: '2026-11-23T12:00:00.000Z',
  venue: null,
  city: null,
  convention: { name: 'Some Expo', acronym: null, industries: [] },
  themes: [],
  dateClaims: [],
  links: { page: null, website: null },
};

const dated: CalendarEvent = { ...unknown, startDate: '2031-05-01', endDate: '2031-05-02', dates: '1–2 May 2031' };

test('a calendar as it is sent', () => {
  const events = shipped.en.filter(({ slug }) => /2018|2026/.test(slug));
  const url = `${BASE_URL}/conventions/world-manufacturing-convention.ics?lang=en`;
  const text = `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Expograph//Expograph//EN
URL:https://expograph.example/conventions/world-manufacturing-convention?l
 ang=en
SOURCE;VALUE=URI:https://expograph.example/conventions/world-manufacturing
 -convention.ics?lang=en
NAME:World Manufacturing Convention
X-WR-CALNAME:World Manufacturing Convention
DESCRIPTION:Every edition.
X-WR-CALDESC:Every edition.
REFRESH-INTERVAL;VALUE=DURATION:P1D
X-PUBLISHED-TTL:P1D
BEGIN:VEVENT
UID:c443f29a-16cd-51d8-960d-ef71a23351a8
SEQUENCE:217598400
DTSTAMP:20261123T120000Z
DTSTART;VALUE=DATE:20180525
DTEND;VALUE=DATE:20180528
X-MICROSOFT-CDO-ALLDAYEVENT:TRUE
X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT:TRUE
SUMMARY:World Manufacturing Convention 2018
TRANSP:TRANSPARENT
LOCATION:Hefei Binhu International Convention and Exhibition Center\\, Hefe
 i\\, Anhui\\, China
DESCRIPTION:Dates: 25–27 May 2018.\\nTheme: 创新驱动 制造引领 拥
 抱世界新工业革命\\nhttps://expograph.example/editions/world-manufac
 turing-convention-2018
CATEGORIES:manufacturing,WMC
URL;VALUE=URI:https://expograph.example/editions/world-manufacturing-conve
 ntion-2018
STATUS:CONFIRMED
LAST-MODIFIED:20261123T120000Z
END:VEVENT
BEGIN:VEVENT
UID:092bb85e-8cfb-5df0-9b84-e916f201f47d
SEQUENCE:217598400
DTSTAMP:20261123T120000Z
DTSTART;VALUE=DATE:20260920
X-MICROSOFT-CDO-ALLDAYEVENT:TRUE
X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT:TRUE
SUMMARY:2026 World Manufacturing Convention
TRANSP:TRANSPARENT
LOCATION:Hefei\\, Anhui\\, China
DESCRIPTION:Dates: from 20 September 2026\\; the last day is not known.\\nTh
 e dates are as announced beforehand.\\nhttps://expograph.example/editions/w
 orld-manufacturing-convention-2026
CATEGORIES:manufacturing,WMC
URL;VALUE=URI:https://expograph.example/editions/world-manufacturing-conve
 ntion-2026
STATUS:TENTATIVE
LAST-MODIFIED:20261123T120000Z
END:VEVENT
END:VCALENDAR
`;
  expect(calendarText(events, { ...options, name: 'World Manufacturing Convention', url })).toBe(
    text.replaceAll('\n', '\r\n'),
  );
});

/** Its dates were announced, and no source has told of it since. */
const tentative = new Set(['world-manufacturing-convention-2026']);

describe.each(LANGUAGES)('in %s', (language) => {
  test('every shipped edition is read back as the data has it', () => {
    const events = shipped[language];
    expect(events).toHaveLength(9);
    const back = read(calendarText(events, { ...options, language }));
    expect({ ...back, events: back.events.map(({ description: _, location: __, ...event }) => event) }).toEqual({
      version: '2.0',
      prodid: `-//Expograph//Expograph//${language.toUpperCase()}`,
      name: 'Trade conventions',
      formerName: 'Trade conventions',
      description: 'Every edition.',
      formerDescription: 'Every edition.',
      url: `${BASE_URL}/`,
      source: `${BASE_URL}/calendar.ics`,
      refresh: { value: 'P1D', type: 'duration' },
      method: undefined,
      events: events.map((event) => ({
        uid: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
        sequence: String((Date.parse(event.updatedAt) - Date.parse('2020-01-01')) / 1000),
        stamp: event.updatedAt.replace('.000Z', 'Z'),
        lastModified: event.updatedAt.replace('.000Z', 'Z'),
        start: { value: event.startDate, type: 'date' },
        end: event.endDate ? { value: dayAfter(event.endDate), type: 'date' } : undefined,
        duration: undefined,
        summary: event.name,
        categories: ['manufacturing', 'WMC'],
        url: event.links.page,
        status: tentative.has(event.slug) ? 'TENTATIVE' : 'CONFIRMED',
        transparency: 'TRANSPARENT',
      })),
    });
    expect(new Set(back.events.map(({ uid }) => uid)).size).toBe(9);
    for (const [index, { dates, themes, venue, city, endDate }] of events.entries()) {
      const { description = '', location = '' } = back.events[index] ?? {};
      for (const part of [dates, ...themes.map(({ text }) => text)]) expect(description).toContain(part);
      expect(/not known|不详/.test(description)).toBe(endDate === null);
      const place = [venue?.name, city?.name, city?.parent?.name, language === 'en' ? 'China' : '中国'];
      const parts = place.filter((part) => part !== undefined);
      expect(location).toBe(language === 'en' ? parts.join(', ') : parts.reverse().join(' '));
    }
  });

  test('the file is the same, and its days are read as the data has them, in every time zone', () => {
    const events = shipped[language];
    const text = calendarText(events, { ...options, language });
    // What a calendar does with a day: it lays it at midnight of where it runs.
    const script = `
      import { calendarPieces } from './dist/publications/calendar.js';
      import ICAL from 'ical.js';
      const { events, options } = JSON.parse(await new Response(process.stdin).text());
      const text = [...calendarPieces(events, options)].join('');
      const local = (day) => [day.getFullYear(), day.getMonth() + 1, day.getDate()];
      const days = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((event) => {
        const start = event.getFirstPropertyValue('dtstart').toJSDate();
        const end = event.getFirstPropertyValue('dtend')?.toJSDate();
        return { start: local(start), end: end && local(end), hours: start.getHours() };
      });
      console.log(JSON.stringify({ zone: Intl.DateTimeFormat().resolvedOptions().timeZone, text, days }));
    `;
    const numbers = (date: string) => date.split('-').map(Number);
    for (const zone of ['Pacific/Auckland', 'America/Los_Angeles', 'Asia/Shanghai']) {
      const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
        encoding: 'utf8',
        env: { ...process.env, TZ: zone },
        input: JSON.stringify({ events, options: { ...options, language } }),
      });
      expect(stderr).toBe('');
      expect(JSON.parse(stdout)).toEqual({
        zone,
        text,
        days: events.map(({ startDate, endDate }) => ({
          start: numbers(startDate ?? ''),
          ...(endDate && { end: numbers(dayAfter(endDate)) }),
          hours: 0,
        })),
      });
    }
  });
});

test('every edition of every series with a first day is an event, and the others are named', async () => {
  const { client, close } = await openShipped();
  const events: CalendarEvent[] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const { editions } = await client.query(CalendarEventsDocument, { after });
    events.push(...editions.nodes);
    after = editions.pageInfo.hasNextPage ? editions.pageInfo.endCursor : null;
  }
  await close();
  const dated = events.filter(({ startDate }) => startDate !== null);
  expect(dated.length).toBeGreaterThan(80);
  const back = read(calendarText(events, options));
  expect(back.events).toMatchObject(
    dated.map(({ startDate, endDate, status, convention }) => ({
      start: { value: startDate, type: 'date' },
      end: endDate ? { value: dayAfter(endDate), type: 'date' } : undefined,
      categories: [...new Set([...convention.industries, convention.acronym])].filter((one) => one !== null),
      status: status === 'CANCELLED' ? 'CANCELLED' : expect.stringMatching(/^(CONFIRMED|TENTATIVE)$/),
    })),
  );
  const called = back.events.filter(({ status }) => status === 'CANCELLED');
  expect(called.map(({ summary }) => summary)).toEqual(
    dated.filter(({ status }) => status === 'CANCELLED').map(({ name }) => `Cancelled: ${name}`),
  );
  for (const { name, startDate } of events) if (startDate === null) expect(back.description).toContain(name);
});

test('an edition without a first day is no event, and the calendar says so', () => {
  const { events, description } = read(
    calendarText([unknown, dated, { ...unknown, name: 'Other, Expo; 2032', endDate: '2032-05-01' }], options),
  );
  expect(events).toHaveLength(1);
  expect(description).toBe(
    'Every edition.\nLeft out, since the first day is not known: Some Expo 2031; Other, Expo; 2032.',
  );
  expect(read(calendarText([unknown], { ...options, description: '', language: 'zh-Hans' })).description).toBe(
    '因首日不详而未列入：Some Expo 2031。',
  );
  expect(calendarText([unknown], options)).toContain('BEGIN:VTIMEZONE');
  expect(calendarText([unknown, dated], options)).not.toContain('VTIMEZONE');
});

test('an edition of which nothing but the first day is known says so, and no more', () => {
  expect(read(calendarText([{ ...dated, endDate: null, dates: 'from 1 May 2031' }], options)).events).toEqual([
    {
      uid: '2c652714-ab29-56ec-a9be-4068efcfcf43',
      sequence: '217598400',
      stamp: '2026-11-23T12:00:00Z',
      lastModified: '2026-11-23T12:00:00Z',
      start: { value: '2031-05-01', type: 'date' },
      end: undefined,
      duration: undefined,
      summary: 'Some Expo 2031',
      location: undefined,
      description:
        'Dates: from 1 May 2031; the last day is not known.\nhttps://expograph.example/editions/some-expo-2031',
      categories: undefined,
      url: 'https://expograph.example/editions/some-expo-2031',
      status: 'CONFIRMED',
      transparency: 'TRANSPARENT',
    },
  ]);
});

test.each([
  ['UPCOMING', 'FINAL', 'CONFIRMED', /^Dates: 1–2 May 2031\.\nhttps/],
  ['UPCOMING', 'EXPECTED', 'TENTATIVE', /^Dates: 1–2 May 2031\.\nThe dates are as announced beforehand\.\nhttps/],
  ['RUNNING', 'TARGET', 'TENTATIVE', /^Dates: 1–2 May 2031\.\nThe dates are as announced beforehand\.\nhttps/],
  ['HELD', 'EXPECTED', 'CONFIRMED', /^Dates: 1–2 May 2031\.\nThe dates are as announced beforehand\.\nhttps/],
  ['UNKNOWN', 'INTERIM', 'CONFIRMED', /^Dates: 1–2 May 2031\.\nhttps/],
  ['POSTPONED', 'FINAL', 'TENTATIVE', /^Postponed: the dates given, if any, are not to be relied on\.\nDates: 1–2 /],
  ['CANCELLED', 'EXPECTED', 'CANCELLED', /^Cancelled\.\nDates: 1–2 May 2031\.\nThe dates are as /],
] as const)('an edition that is %s by a claim that is %s is %s', (status, claim, expected, description) => {
  const event = { ...dated, status, dateClaims: [{ standing: 'PREFERRED', status: claim }] } as const;
  expect(read(calendarText([event], options)).events[0]).toMatchObject({ status: expected });
  expect(read(calendarText([event], options)).events[0]?.description).toMatch(description);
});

test.each([
  ['en', 'CANCELLED', 'Cancelled: Some Expo 2031'],
  ['en', 'POSTPONED', 'Postponed: Some Expo 2031'],
  ['zh-Hans', 'CANCELLED', '已取消：Some Expo 2031'],
  ['zh-Hans', 'POSTPONED', '已延期：Some Expo 2031'],
  ['en', 'HELD', 'Some Expo 2031'],
  ['zh-Hans', 'UNKNOWN', 'Some Expo 2031'],
] as const)('in %s, what is %s is called "%s"', (language, status, summary) => {
  expect(read(calendarText([{ ...dated, status }], { ...options, language })).events[0]?.summary).toBe(summary);
});

test('only the preferred claim decides whether an edition is tentative', () => {
  const dateClaims = [
    { standing: 'ALTERNATIVE', status: 'EXPECTED' },
    { standing: 'PREFERRED', status: 'FINAL' },
  ] as const;
  expect(read(calendarText([{ ...dated, dateClaims }], options)).events[0]).toMatchObject({ status: 'CONFIRMED' });
});

test('a calendar of nothing is one all the same: it has a component, as each must', () => {
  const text = calendarText([], { ...options, description: '' });
  const components = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents();
  expect(components.map(({ name }) => name)).toEqual(['vtimezone']);
  const zone = new ICAL.Timezone({ component: components[0] });
  expect([zone.tzid, zone.utcOffset(ICAL.Time.fromDateString('2031-05-01'))]).toEqual(['UTC', 0]);

  expect(text).toBe(
    `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Expograph//Expograph//EN
URL:https://expograph.example/
SOURCE;VALUE=URI:https://expograph.example/calendar.ics
NAME:Trade conventions
X-WR-CALNAME:Trade conventions
REFRESH-INTERVAL;VALUE=DURATION:P1D
X-PUBLISHED-TTL:P1D
BEGIN:VTIMEZONE
TZID:UTC
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0000
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
END:VCALENDAR
`.replaceAll('\n', '\r\n'),
  );
});

test('the page of a filtered calendar has the filter, whose marks stay as they are', () => {
  const url = `${BASE_URL}/calendar.ics?text=a,b;c d\r\n.ics&lang=zh-Hans`;
  expect(read(calendarText([], { ...options, url }))).toMatchObject({
    url: `${BASE_URL}/?text=a,b;c%20d.ics&lang=zh-Hans`,
    source: `${BASE_URL}/calendar.ics?text=a,b;c%20d.ics&lang=zh-Hans`,
  });
});

test('a calendar that is found nowhere is refused', () => {
  expect(() => calendarText([], { ...options, url: '/calendar.ics' })).toThrow(TypeError);
});

test('SEQUENCE grows with every change for decades, and never shrinks below nothing', () => {
  const sequenceOf = (updatedAt: string) =>
    Number(read(calendarText([{ ...dated, updatedAt }], options)).events[0]?.sequence);
  expect(sequenceOf('2087-12-31T23:59:59.999Z')).toBe(2_145_916_799);
  expect(sequenceOf('2087-12-31T23:59:59.999Z')).toBeLessThan(2 ** 31);
  expect(sequenceOf('2026-11-23T12:00:01.000Z')).toBe(sequenceOf('2026-11-23T12:00:00.999Z') + 1);
  expect(sequenceOf('2019-06-01T00:00:00.000Z')).toBe(0);
});

/** A text with whatever calendars stumble over. */
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ',',
        ';',
        ':',
        '\\',
        '\\n',
        '\\,',
        '"',
        '\n',
        '\r\n',
        '\r',
        '\t',
        ' ',
        '\v',
        '\f',
        '\0',
        '\u0085',
      ),
      fc.constantFrom(
        '\u2028',
        '\u2029',
        '\ud800',
        '\ufeff',
        '世界制造业大会',
        '👩‍👩‍👧‍👦',
        '🇨🇳',
        'e\u0301',
        '𠮷',
        '\r\nEND:VEVENT\r\n',
      ),
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.integer({ min: 60, max: 90 }).map((length) => 'x'.repeat(length)),
      fc.integer({ min: 20, max: 80 }).map((length) => '会'.repeat(length)),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

/** What is left of a text, told character by character. */
function lasting(given: string): string {
  let left = '';
  for (const character of given.replaceAll('\r\n', '\n')) {
    const code = character.codePointAt(0) ?? 0;
    if ([0x0b, 0x0c, 0x0d, 0x85, 0x2028, 0x2029].includes(code)) left += '\n';
    else if (code === 0x09 || code === 0x0a) left += character;
    else if (code < 0x20 || (code >= 0x7f && code <= 0x9f) || (code >= 0xd800 && code <= 0xdfff)) continue;
    else if (code !== 0xfffe && code !== 0xffff) left += character;
  }
  return left;
}

const days = fc.constantFrom(
  '1999-12-31',
  '2020-02-28',
  '2024-02-28',
  '2024-02-29',
  '2025-02-28',
  '2026-12-31',
  '2100-02-28',
);

/** ical.js takes a comma behind a backslash for a part of the category, though that backslash is itself escaped. */
const anyCategory = anyText.filter((name) => !lasting(name).endsWith('\\'));

const anyEvent = fc.record({
  name: anyText,
  themes: fc.array(
    anyText.map((theme) => ({ text: theme })),
    { maxLength: 3 },
  ),
  venue: fc.option(anyText.map((name) => ({ name }))),
  acronym: fc.option(anyCategory),
  industries: fc.array(anyCategory, { maxLength: 3 }),
  startDate: days,
  length: fc.option(fc.integer({ min: 0, max: 400 })),
  updatedAt: fc.date({ min: new Date('2020-01-01'), max: new Date('2080-01-01'), noInvalidDate: true }),
});

test('whatever texts and days there are, they are read back, and each line is short and whole', () => {
  fc.assert(
    fc.property(
      fc.array(anyEvent, { maxLength: 3 }),
      anyText,
      anyText,
      fc.constantFrom(...LANGUAGES),
      (given, name, about, language) => {
        const events = given.map((one, index): CalendarEvent => {
          const last = one.length === null ? null : new Date(Date.parse(one.startDate) + one.length * 86_400_000);
          return {
            ...dated,
            id: `edition_${index}`,
            name: one.name,
            themes: one.themes,
            venue: one.venue,
            convention: { name: '', acronym: one.acronym, industries: one.industries },
            startDate: one.startDate,
            endDate: last?.toISOString().slice(0, 10) ?? null,
            dates: 'some days',
            updatedAt: one.updatedAt.toISOString(),
          };
        });
        const written = calendarText(events, { ...options, name, description: about, language });

        expect(written.endsWith('END:VCALENDAR\r\n')).toBe(true);
        for (const line of written.split('\r\n')) {
          expect(line).not.toMatch(/[\r\n\v\f\0\u0085\u2028\u2029]|\p{Cs}/u);
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        }
        const bytes = Buffer.from(written);
        // Octet by octet: what is cut at the folds is whole UTF-8, each piece by itself.
        for (const line of bytes.toString('latin1').split('\r\n'))
          new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(line, 'latin1'));

        const back = read(written);
        expect(back.name ?? '').toBe(lasting(name));
        expect(back.formerName ?? '').toBe(lasting(name));
        expect(back.description ?? '').toBe(lasting(about));
        expect(back.events).toEqual(
          events.map((one) => {
            const seconds = Math.floor(Date.parse(one.updatedAt) / 1000);
            const stamp = new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
            const names = [...one.convention.industries, one.convention.acronym ?? ''].map(lasting);
            const categories = [...new Set(names.filter((category) => category !== ''))];
            const page = `${BASE_URL}/editions/some-expo-2031`;
            const chinese = language === 'zh-Hans';
            const told = chinese
              ? `日期：some days${one.endDate ? '' : '，最后一天不详'}。`
              : `Dates: some days${one.endDate ? '' : '; the last day is not known'}.`;
            return {
              uid: expect.stringMatching(/^[-0-9a-f]{36}$/),
              sequence: String(seconds - Date.parse('2020-01-01') / 1000),
              stamp,
              lastModified: stamp,
              start: { value: one.startDate, type: 'date' },
              end: one.endDate ? { value: dayAfter(one.endDate), type: 'date' } : undefined,
              duration: undefined,
              summary: lasting(one.name),
              location: lasting(one.venue?.name ?? '') || undefined,
              description: [
                told,
                ...one.themes.map((theme) => lasting(`${chinese ? '主题：' : 'Theme: '}${theme.text}`)),
                page,
              ].join('\n'),
              categories: categories.length > 0 ? categories : undefined,
              url: page,
              status: 'CONFIRMED',
              transparency: 'TRANSPARENT',
            };
          }),
        );
      },
    ),
    { numRuns: 200 },
  );
});
