import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RecentChangesDocument, type RecentChangesQuery } from '../../src/client/index.ts';
import { atomFeed } from '../../src/publications/feed.ts';
import { WMC } from '../support/one-series.ts';
import { BASE_URL, openShipped } from './asked.ts';
import { openXmlReader, textOf, within, type XmlElement } from './read-xml.ts';

const LANGUAGES = ['en', 'zh-Hans'] as const;
const license = {
  name: 'CC0',
  url: 'https://creativecommons.org/publicdomain/zero/1.0/',
  creditText: 'Data: Expograph',
};
const options = { baseUrl: BASE_URL, language: 'en', license } as const;

let reader: Awaited<ReturnType<typeof openXmlReader>>;
type Log = Parameters<typeof atomFeed>[0];
type Change = RecentChangesQuery['changes']['nodes'][number];
type Edition = NonNullable<Change['edition']>;

let shipped: Record<(typeof LANGUAGES)[number], Log>;
beforeAll(async () => {
  reader = await openXmlReader();
  const { client, close } = await openShipped(WMC);
  const logIn = async (locale: string): Promise<Log> => {
    const { changes, service } = await client.query(RecentChangesDocument, { locale });
    return { changes: changes.nodes, updatedAt: service.dataUpdatedAt };
  };
  shipped = { en: await logIn('en'), 'zh-Hans': await logIn('zh-Hans') };
  await close();
});
afterAll(() => reader.close());

const edition: Edition = {
  slug: 'some-expo-2031',
  year: 2031,
  startDate: null,
  endDate: null,
  dates: null,
  status: 'UPCOMING',
  city: null,
  venue: null,
  dateClaims: [],
};

const added: Change = {
  id: 'change_0000000000000001',
  at: '2026-11-23T12:00:00.000Z',
  kind: 'ADDED',
  type: 'Edition',
  slug: 'some-expo-2031',
  name: 'Some Expo 2031',
  summary: 'added to the data',
  edition,
  convention: { slug: 'some-expo', description: 'What it is.' },
};

const nothing: Log = { changes: [], updatedAt: null };

const ATOM = 'http://www.w3.org/2005/Atom';
const UUID = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** What RFC 4287 demands of feeds with entries such as these, as far as it is not seen in the texts themselves. */
function expectAtom(feed: XmlElement): void {
  const elements = (element: XmlElement): XmlElement[] => [
    element,
    ...element.content.flatMap((part) => (typeof part === 'string' ? [] : elements(part))),
  ];
  for (const { namespace } of elements(feed)) expect(namespace).toBe(ATOM);
  expect(feed.name).toBe('feed');
  const one = (element: XmlElement, name: string) => {
    const [found, ...others] = within(element, name);
    expect([found?.name, others], name).toEqual([name, []]);
    return textOf(found);
  };
  const atMostOne = (element: XmlElement, name: string) => expect(within(element, name).length).toBeLessThan(2);
  const entries = within(feed, 'entry');
  // 4.1.1: an author of the feed is one of each entry.
  expect(within(feed, 'author')).toHaveLength(1);
  for (const author of within(feed, 'author')) expect(one(author, 'name')).not.toBe('');
  for (const name of ['generator', 'icon', 'logo', 'rights', 'subtitle']) atMostOne(feed, name);
  for (const element of [feed, ...entries]) {
    expect(URL.canParse(one(element, 'id'))).toBe(true);
    expect(one(element, 'updated')).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
    one(element, 'title');
    const links = within(element, 'link').map(({ attributes }) => attributes);
    // 4.1.1 and 4.1.2: no two alternates of the same type and language.
    const alternates = links
      .filter(({ rel }) => rel === 'alternate')
      .map(({ type, hreflang }) => `${type} ${hreflang}`);
    expect(alternates).toHaveLength(1);
    for (const { href = '' } of links) expect(new URL(href).origin).toBe(BASE_URL);
    for (const { attributes } of within(element, 'category')) expect(attributes.term).toMatch(/^\w+$/);
  }
  for (const entry of entries) {
    for (const name of ['published', 'rights', 'source', 'summary', 'content']) atMostOne(entry, name);
    expect(one(entry, 'id')).toMatch(UUID);
  }
  const ids = entries.map((entry) => one(entry, 'id'));
  expect(new Set(ids).size).toBe(ids.length);
}

const ids = (text: string) => text.match(/urn:uuid:[-0-9a-f]+/g) ?? [];

/** A feed with each of its parts on a line. */
const lines = (text: string) => text.replaceAll(/(?<=>)(?=<(?:[a-z]|\/feed|\/entry))/g, '\n');

test('a feed as it is sent', async () => {
  const changes: Change[] = [
    { ...added, kind: 'CHANGED', summary: '3 figures added; 1 claim about what was signed changed (investment)' },
    { ...added, id: 'change_2', kind: 'REMOVED', name: 'Gone <Expo>', summary: 'removed from the data', edition: null },
    { ...added, id: 'change_3', type: 'Convention', name: 'Some Expo', slug: 'some-expo', edition: null },
    { ...added, id: 'change_4' },
  ];
  const text = atomFeed({ changes, updatedAt: '2026-11-23T12:00:00.000Z' }, options);
  expect(lines(text)).toBe(`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<id>https://expograph.example/feed.atom?lang=en</id>
<title>Expograph: what was added, changed and removed</title>
<subtitle>Each import of trade conventions and their editions, edition by edition, the newest first.</subtitle>
<updated>2026-11-23T12:00:00.000Z</updated>
<link rel="self" type="application/atom+xml" hreflang="en" href="https://expograph.example/feed.atom?lang=en"/>
<link rel="alternate" type="text/html" hreflang="en" href="https://expograph.example/?lang=en"/>
<author>
<name>Expograph</name>
<uri>https://expograph.example/</uri></author>
<generator>Expograph</generator>
<rights>CC0: https://creativecommons.org/publicdomain/zero/1.0/</rights>
${[
  [
    'Some Expo 2031: changed',
    '/editions/some-expo-2031',
    'edition',
    'changed',
    '3 figures added; 1 claim about what was signed changed (investment).',
  ],
  ['Gone &lt;Expo>: removed', '/conventions/some-expo', 'edition', 'removed', 'Removed from the data.'],
  ['Some Expo: added', '/conventions/some-expo', 'convention', 'added', 'Added to the data. What it is.'],
  [
    'Some Expo 2031: added',
    '/editions/some-expo-2031',
    'edition',
    'added',
    'Added to the data. 2031, dates not known. Upcoming.',
  ],
]
  .map(
    ([title, path, type = '', kind, summary], index) => `<entry>
<id>${ids(text)[index]}</id>
<title>${title}</title>
<updated>2026-11-23T12:00:00.000Z</updated>
<link rel="alternate" type="text/html" hreflang="en" href="https://expograph.example${path}?lang=en"/>
<category term="${type}" label="${type.charAt(0).toUpperCase()}${type.slice(1)}"></category>
<category term="${kind}" label="${kind}"></category>
<summary>${summary}</summary>
</entry>`,
  )
  .join('\n')}
</feed>
`);
  expectAtom(await reader.read(text));
});

test('a feed of one edition says so, and has an address of its own', async () => {
  const subject = { name: 'Some Expo 2031', path: '/editions/some-expo-2031' };
  const text = atomFeed({ changes: [added], updatedAt: null }, options, subject);
  expectAtom(await reader.read(text));
  expect(text).toContain('<title>Expograph: what was added, changed and removed: Some Expo 2031</title>');
  expect(text).toContain('href="https://expograph.example/editions/some-expo-2031/feed.atom?lang=en"');
});

describe.each(LANGUAGES)('in %s', (language) => {
  test('the shipped convention and editions are entries that are what RFC 4287 demands', async () => {
    const feed = await reader.read(atomFeed(shipped[language], { baseUrl: BASE_URL, language, license }));
    expectAtom(feed);
    expect(feed.attributes).toEqual({ xmlns: ATOM, 'xml:lang': language });
    const entries = within(feed, 'entry').map((entry) => ({
      title: textOf(within(entry, 'title')[0]),
      updated: textOf(within(entry, 'updated')[0]),
      page: within(entry, 'link')[0]?.attributes.href,
    }));
    const { changes } = shipped[language];
    expect(entries).toEqual(
      changes.map(({ name, at, type, slug }) => ({
        title: language === 'en' ? `${name}: added` : `${name}：新增`,
        updated: at,
        page: `${BASE_URL}/${type === 'Edition' ? 'editions' : 'conventions'}/${slug}?lang=${language}`,
      })),
    );
    // The convention first, then the latest edition.
    expect(changes.map(({ slug }) => slug.replace(/^.*-/, ''))).toEqual([
      'convention',
      ...Array.from({ length: 9 }, (_, index) => String(2026 - index)),
    ]);
  });
});

test('an entry has the same id in both languages and at every address', () => {
  const one = ids(atomFeed(shipped.en, options)).toSorted();
  expect(one).toHaveLength(10);
  const other = { baseUrl: 'http://other.example:4000', language: 'zh-Hans', license } as const;
  expect(ids(atomFeed(shipped['zh-Hans'], other)).toSorted()).toEqual(one);
});

test.each([
  ['en', {}, '2031, dates not known. Upcoming.'],
  ['zh-Hans', {}, '2031年，日期不详。即将举办。'],
  [
    'zh-Hans',
    { status: 'HELD', startDate: '2031-05-01', dates: '2031年5月1日起' },
    '2031年5月1日起，最后一天不详。已举办。',
  ],
  ['en', { status: 'CANCELLED' }, '2031, dates not known. Cancelled.'],
  ['en', { dateClaims: [{ standing: 'PREFERRED', status: 'EXPECTED' }] }, '2031, dates not known. Upcoming.'],
  [
    'en',
    {
      status: 'POSTPONED',
      startDate: '2031-05-01',
      endDate: '2031-05-02',
      dates: '1–2 May 2031',
      dateClaims: [{ standing: 'PREFERRED', status: 'EXPECTED' }],
    },
    '1–2 May 2031. The dates are as announced beforehand. Postponed: the dates given, if any, are not to be relied on.',
  ],
  [
    'zh-Hans',
    {
      startDate: '2031-05-01',
      endDate: '2031-05-02',
      dates: '2031年5月1日至2日',
      dateClaims: [{ standing: 'PREFERRED', status: 'TARGET' }],
      city: { name: '里昂', kind: 'CITY', country: 'FR', parent: null },
    },
    '2031年5月1日至2日。日期系事先公布。法国 里昂。即将举办。',
  ],
] as const)('in %s, an edition with %o is summed up as "%s"', (language, known, summary) => {
  const change = {
    ...added,
    summary: language === 'en' ? 'added to the data' : '新增至数据',
    edition: { ...edition, ...known },
  };
  const text = atomFeed({ changes: [change], updatedAt: null }, { baseUrl: BASE_URL, language, license });
  const start = language === 'en' ? 'Added to the data. ' : '新增至数据。';
  expect(/<summary>(.*)<\/summary>/.exec(text)?.[1]).toBe(start + summary);
});

test('a feed of no data is one all the same', async () => {
  const text = atomFeed(nothing, { ...options, language: 'zh-Hans' });
  expect(lines(text)).toBe(`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-Hans">
<id>https://expograph.example/feed.atom?lang=zh-Hans</id>
<title>Expograph：新增、更改与移除</title>
<subtitle>展会及其历届的每次导入，逐届列出，最新在前。</subtitle>
<updated>1970-01-01T00:00:00.000Z</updated>
<link rel="self" type="application/atom+xml" hreflang="zh-Hans" href="https://expograph.example/feed.atom?lang=zh-Hans"/>
<link rel="alternate" type="text/html" hreflang="zh-Hans" href="https://expograph.example/?lang=zh-Hans"/>
<author>
<name>Expograph</name>
<uri>https://expograph.example/</uri></author>
<generator>Expograph</generator>
<rights>CC0: https://creativecommons.org/publicdomain/zero/1.0/</rights>
</feed>
`);
  expectAtom(await reader.read(text));
  const emptied = { ...nothing, updatedAt: '2026-11-20T08:00:00.000Z' };
  expect(atomFeed(emptied, options)).toContain('<updated>2026-11-20T08:00:00.000Z</updated>');
});

test('whatever texts there are, the feed is well-formed and has them, but for what XML forbids', async () => {
  const part = fc.oneof(
    fc.constantFrom(
      '<',
      '>',
      '&',
      ']]>',
      '&lt;',
      '<![CDATA[',
      '<!--',
      '"',
      "'",
      '\0',
      '\x07',
      '\v',
      '\x7f',
      '\u0085',
      '\r',
    ),
    fc.constantFrom('\ud800', '\udfff', '\ufffe', '\uffff', '\ufeff', '\u2028', '世界制造业大会', '👩‍👩‍👧‍👦', '𠮷'),
    fc.string({ unit: 'binary', maxLength: 12 }),
  );
  const names = fc.sample(
    fc.array(part, { minLength: 1, maxLength: 8 }).map((parts) => parts.join('')),
    { numRuns: 50, seed: 4287 },
  );
  // As the data has them: with something to read.
  const changes = names.map((name, index) => ({
    ...added,
    id: `change_${index}`,
    name: `${name}x`,
    edition: { ...edition, venue: { name: `${name}x` } },
  }));
  const feed = await reader.read(atomFeed({ changes, updatedAt: null }, options));
  expectAtom(feed);
  const lasting = (text: string) =>
    [...text.replaceAll('\r\n', '\n')]
      .map((character) => (/[\r\v\f\u0085\u2028\u2029]/.test(character) ? '\n' : character))
      .filter((character) => {
        const code = character.codePointAt(0) ?? 0;
        const isControl = (code < 0x20 && code !== 0x09 && code !== 0x0a) || (code >= 0x7f && code <= 0x9f);
        return !isControl && !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff;
      })
      .join('');
  const summary = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  expect(within(feed, 'entry').map((entry) => textOf(within(entry, 'title')[0]))).toEqual(
    changes.map(({ name }) => `${lasting(name)}: added`),
  );
  expect(within(feed, 'entry').map((entry) => textOf(within(entry, 'summary')[0]))).toEqual(
    changes.map(({ name }) => `Added to the data. 2031, dates not known. ${lasting(summary(name))}. Upcoming.`),
  );
});

test('what is not well-formed is found by these tests', async () => {
  await expect(reader.read('<?xml version="1.0"?>\n<a>]]></a>')).rejects.toThrow();
  await expect(reader.read('<a>\u0007</a>')).rejects.toThrow();
  await expect(reader.read('<a><b></a>')).rejects.toThrow();
});
