import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RecentChangesDocument, type RecentChangesQuery } from '../../src/client/index.ts';
import { atomFeed } from '../../src/publications/feed.ts';
import { BASE_URL, openShipped } from './asked.ts';
import { openXmlReader, textOf, within, type XmlElement } from './read-xml.ts';

const LANGUAGES = ['en', 'zh-Hans'] as const;
const options = { baseUrl: BASE_URL, language: 'en' } as const;

let reader: Awaited<ReturnType<typeof openXmlReader>>;
let shipped: Record<(typeof LANGUAGES)[number], RecentChangesQuery>;
beforeAll(async () => {
  reader = await openXmlReader();
  const { client, close } = await openShipped();
  shipped = {
    en: await client.query(RecentChangesDocument, { locale: 'en' }),
    'zh-Hans': await client.query(RecentChangesDocument, { locale: 'zh-Hans' }),
  };
  await close();
});
afterAll(() => reader.close());

type Edition = RecentChangesQuery['editions']['nodes'][number];

const edition: Edition = {
  id: 'edition_0000000000000001',
  slug: 'some-expo-2031',
  name: 'Some Expo 2031',
  year: 2031,
  startDate: null,
  endDate: null,
  dates: null,
  status: 'UPCOMING',
  updatedAt: '2026-11-23T12:00:00.000Z',
  city: null,
  venue: null,
  dateClaims: [],
  convention: { slug: 'some-expo', name: 'Some Expo' },
};

const nothing: RecentChangesQuery = {
  conventions: { nodes: [] },
  editions: { nodes: [] },
  service: { dataVersion: '0', dataUpdatedAt: null },
};

const changes = (editions: readonly Edition[]): RecentChangesQuery => ({ ...nothing, editions: { nodes: editions } });

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

/** A feed with each of its parts on a line. */
const lines = (text: string) => text.replaceAll(/(?<=>)(?=<(?:[a-z]|\/feed|\/entry))/g, '\n');

test('a feed as it is sent', async () => {
  const { conventions, editions, service } = shipped.en;
  const nodes = editions.nodes.filter(({ slug }) => /2018|2026/.test(slug));
  const text = atomFeed({ conventions, editions: { nodes }, service }, options);
  expect(lines(text)).toBe(`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<id>https://expograph.example/feed.atom?lang=en</id>
<title>Expograph: what was added or changed</title>
<subtitle>Trade conventions and their editions, the newest change first.</subtitle>
<updated>2026-11-23T12:00:00.000Z</updated>
<link rel="self" type="application/atom+xml" hreflang="en" href="https://expograph.example/feed.atom?lang=en"/>
<link rel="alternate" type="text/html" hreflang="en" href="https://expograph.example/?lang=en"/>
<author>
<name>Expograph</name>
<uri>https://expograph.example/</uri></author>
<generator>Expograph</generator>
<entry>
<id>urn:uuid:8654825a-2120-5cd6-bbd9-f4e6ad0aacbe</id>
<title>World Manufacturing Convention</title>
<updated>2026-11-23T12:00:00.000Z</updated>
<link rel="alternate" type="text/html" hreflang="en" href="https://expograph.example/conventions/world-manufacturing-convention?lang=en"/>
<category term="convention" label="Convention"></category>
<summary>A yearly convention of the manufacturing industry in Hefei, Anhui, since May 2018: forums, exhibitions, matchmaking, and the signing of investment projects.</summary>
</entry>
<entry>
<id>urn:uuid:092bb85e-8cfb-5df0-9b84-e916f201f47d</id>
<title>2026 World Manufacturing Convention</title>
<updated>2026-11-23T12:00:00.000Z</updated>
<link rel="alternate" type="text/html" hreflang="en" href="https://expograph.example/editions/world-manufacturing-convention-2026?lang=en"/>
<category term="edition" label="Edition"></category>
<summary>From 20 September 2026; the last day is not known. The dates are as announced beforehand. Hefei, Anhui, China. Not known whether it is over.</summary>
</entry>
<entry>
<id>urn:uuid:c443f29a-16cd-51d8-960d-ef71a23351a8</id>
<title>World Manufacturing Convention 2018</title>
<updated>2026-11-23T12:00:00.000Z</updated>
<link rel="alternate" type="text/html" hreflang="en" href="https://expograph.example/editions/world-manufacturing-convention-2018?lang=en"/>
<category term="edition" label="Edition"></category>
<summary>25–27 May 2018. Hefei Binhu International Convention and Exhibition Center, Hefei, Anhui, China. Held.</summary>
</entry>
</feed>
`);
  expectAtom(await reader.read(text));
});

describe.each(LANGUAGES)('in %s', (language) => {
  test('the shipped convention and editions are entries that are what RFC 4287 demands', async () => {
    const feed = await reader.read(atomFeed(shipped[language], { baseUrl: BASE_URL, language }));
    expectAtom(feed);
    expect(feed.attributes).toEqual({ xmlns: ATOM, 'xml:lang': language });
    const { conventions, editions } = shipped[language];
    const entries = within(feed, 'entry').map((entry) => ({
      title: textOf(within(entry, 'title')[0]),
      updated: textOf(within(entry, 'updated')[0]),
      page: within(entry, 'link')[0]?.attributes.href,
    }));
    const newestFirst = editions.nodes.toSorted((a, b) => (String(a.startDate) < String(b.startDate) ? 1 : -1));
    expect(entries).toEqual([
      ...conventions.nodes.map(({ name, updatedAt, slug }) => ({
        title: name,
        updated: updatedAt,
        page: `${BASE_URL}/conventions/${slug}?lang=${language}`,
      })),
      ...newestFirst.map(({ name, updatedAt, slug }) => ({
        title: name,
        updated: updatedAt,
        page: `${BASE_URL}/editions/${slug}?lang=${language}`,
      })),
    ]);
    expect(entries).toHaveLength(10);
  });
});

test('an entry has the same id in both languages and at every address', () => {
  const idsOf = (text: string) => text.match(/urn:uuid:[-0-9a-f]+/g)?.sort();
  const ids = idsOf(atomFeed(shipped.en, options));
  expect(ids).toHaveLength(10);
  expect(idsOf(atomFeed(shipped['zh-Hans'], { baseUrl: 'http://other.example:4000', language: 'zh-Hans' }))).toEqual(
    ids,
  );
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
  const text = atomFeed(changes([{ ...edition, ...known }]), { baseUrl: BASE_URL, language });
  expect(/<summary>(.*)<\/summary>/.exec(text)?.[1]).toBe(summary);
});

test('a convention that says nothing of itself has no summary', async () => {
  const { id, slug, name, updatedAt } = edition;
  const convention = { id, slug, name, updatedAt, description: null };
  const text = atomFeed({ ...nothing, conventions: { nodes: [convention] } }, options);
  expect(text).not.toContain('summary');
  expectAtom(await reader.read(text));
});

test('a feed of no data is one all the same', async () => {
  const text = atomFeed(nothing, { ...options, language: 'zh-Hans' });
  expect(lines(text)).toBe(`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-Hans">
<id>https://expograph.example/feed.atom?lang=zh-Hans</id>
<title>Expograph：新增与更改</title>
<subtitle>展会及其历届，最新更改在前。</subtitle>
<updated>1970-01-01T00:00:00.000Z</updated>
<link rel="self" type="application/atom+xml" hreflang="zh-Hans" href="https://expograph.example/feed.atom?lang=zh-Hans"/>
<link rel="alternate" type="text/html" hreflang="zh-Hans" href="https://expograph.example/?lang=zh-Hans"/>
<author>
<name>Expograph</name>
<uri>https://expograph.example/</uri></author>
<generator>Expograph</generator>
</feed>
`);
  expectAtom(await reader.read(text));
  const emptied = { ...nothing, service: { dataVersion: '1', dataUpdatedAt: '2026-11-20T08:00:00.000Z' } };
  expect(atomFeed(emptied, options)).toContain('<updated>2026-11-20T08:00:00.000Z</updated>');
});

test('fifty entries at most, the newest change first, whatever it was made to', () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 12, minute)).toISOString();
  const editions = Array.from({ length: 40 }, (_, index) => ({
    ...edition,
    id: `edition_${index}`,
    name: `e${2 * index}`,
    updatedAt: at(2 * index),
  }));
  const conventions = Array.from({ length: 40 }, (_, index) => ({
    id: `convention_${index}`,
    slug: `c${index}`,
    name: `e${2 * index + 1}`,
    description: null,
    updatedAt: at(2 * index + 1),
  }));
  const text = atomFeed({ ...nothing, conventions: { nodes: conventions }, editions: { nodes: editions } }, options);
  const titles = [...text.matchAll(/<title>(e\d+)<\/title>/g)].map(([, title]) => title);
  expect(titles).toEqual(Array.from({ length: 50 }, (_, index) => `e${79 - index}`));
  expect(/<updated>(.*?)<\/updated>/.exec(text)?.[1]).toBe(at(79));
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
  const editions = names.map((name, index) => ({
    ...edition,
    id: `edition_${index}`,
    name: `${name}x`,
    venue: { name: `${name}x` },
    updatedAt: new Date(Date.UTC(2026, 10, 23, 12, 59 - index)).toISOString(),
  }));
  const feed = await reader.read(atomFeed(changes(editions), options));
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
    editions.map(({ name }) => lasting(name)),
  );
  expect(within(feed, 'entry').map((entry) => textOf(within(entry, 'summary')[0]))).toEqual(
    editions.map(({ name }) => `2031, dates not known. ${lasting(summary(name))}. Upcoming.`),
  );
});

test('what is not well-formed is found by these tests', async () => {
  await expect(reader.read('<?xml version="1.0"?>\n<a>]]></a>')).rejects.toThrow();
  await expect(reader.read('<a>\u0007</a>')).rejects.toThrow();
  await expect(reader.read('<a><b></a>')).rejects.toThrow();
});
