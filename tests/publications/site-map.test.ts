import { afterAll, beforeAll, expect, test } from 'vitest';
import { MOST_ADDRESSES, robotsText, siteMap, siteMapIndex } from '../../src/publications/site-map.ts';
import { openApp } from '../support/app.ts';
import { BASE_URL } from './asked.ts';
import { openXmlReader, textOf, within } from './read-xml.ts';

let reader: Awaited<ReturnType<typeof openXmlReader>>;
beforeAll(async () => {
  reader = await openXmlReader();
});
afterAll(() => reader.close());

const updatedAt = '2026-11-23T12:00:00.000Z';

test('a site map has each page in each language, with the others, and when it was changed', async () => {
  const text = siteMap(
    [
      { path: '/', updatedAt },
      { path: '/editions/some-expo-2031', updatedAt: '2026-11-20T08:00:00.000Z' },
    ],
    BASE_URL,
  );
  expect(text.replaceAll(/(?<=>)(?=<(?:[a-z]|\/url))/g, '\n')).toBe(`<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
<url>
<loc>https://expograph.example/?lang=en</loc>
<lastmod>2026-11-23T12:00:00.000Z</lastmod>
<xhtml:link rel="alternate" hreflang="en" href="https://expograph.example/?lang=en"></xhtml:link>
<xhtml:link rel="alternate" hreflang="zh-Hans" href="https://expograph.example/?lang=zh-Hans"></xhtml:link>
<xhtml:link rel="alternate" hreflang="x-default" href="https://expograph.example/"></xhtml:link>
</url>
<url>
<loc>https://expograph.example/?lang=zh-Hans</loc>
<lastmod>2026-11-23T12:00:00.000Z</lastmod>
<xhtml:link rel="alternate" hreflang="en" href="https://expograph.example/?lang=en"></xhtml:link>
<xhtml:link rel="alternate" hreflang="zh-Hans" href="https://expograph.example/?lang=zh-Hans"></xhtml:link>
<xhtml:link rel="alternate" hreflang="x-default" href="https://expograph.example/"></xhtml:link>
</url>
<url>
<loc>https://expograph.example/editions/some-expo-2031?lang=en</loc>
<lastmod>2026-11-20T08:00:00.000Z</lastmod>
<xhtml:link rel="alternate" hreflang="en" href="https://expograph.example/editions/some-expo-2031?lang=en"></xhtml:link>
<xhtml:link rel="alternate" hreflang="zh-Hans" href="https://expograph.example/editions/some-expo-2031?lang=zh-Hans"></xhtml:link>
<xhtml:link rel="alternate" hreflang="x-default" href="https://expograph.example/editions/some-expo-2031"></xhtml:link>
</url>
<url>
<loc>https://expograph.example/editions/some-expo-2031?lang=zh-Hans</loc>
<lastmod>2026-11-20T08:00:00.000Z</lastmod>
<xhtml:link rel="alternate" hreflang="en" href="https://expograph.example/editions/some-expo-2031?lang=en"></xhtml:link>
<xhtml:link rel="alternate" hreflang="zh-Hans" href="https://expograph.example/editions/some-expo-2031?lang=zh-Hans"></xhtml:link>
<xhtml:link rel="alternate" hreflang="x-default" href="https://expograph.example/editions/some-expo-2031"></xhtml:link>
</url>
</urlset>
`);
  const { namespace, content } = await reader.read(text);
  expect([namespace, content.length]).toEqual(['http://www.sitemaps.org/schemas/sitemap/0.9', 4]);
});

test('what is listed is what the page there names as canonical', async () => {
  const app = await openApp({ publicUrl: BASE_URL });
  const bodyOf = async (url: string) => (await app.server.inject({ url, headers: { accept: 'text/html' } })).body;
  try {
    const urls = within(await reader.read(await bodyOf('/sitemap.xml')), 'url');
    const listed = urls.map((url) => textOf(within(url, 'loc')[0]));
    expect(new Set(listed).size).toBe(listed.length);
    const kinds = [/example\/\?/, /\/coverage/, /\/conventions\//, /\/editions\//, /\/speakers\//];
    // One of each kind in each language: the others are made the same way.
    const some = kinds.flatMap((kind) => listed.filter((address) => kind.test(address)).slice(0, 2));
    expect(some).toHaveLength(10);
    for (const address of some) {
      const page = await bodyOf(address.replace(BASE_URL, ''));
      expect(/<link rel="canonical" href="([^"]*)"/.exec(page)?.[1]).toBe(address);
    }
  } finally {
    await app.close();
  }
});

test('marks of XML in an address are escaped', async () => {
  const [url] = within(await reader.read(siteMap([{ path: '/a&b<c>"]]>', updatedAt }], BASE_URL)), 'url');
  expect(url && textOf(within(url, 'loc')[0])).toBe(`${BASE_URL}/a&b<c>"]]>?lang=en`);
  expect(url && within(url, 'xhtml:link').map(({ attributes, namespace }) => [attributes.href, namespace])).toEqual([
    [`${BASE_URL}/a&b<c>"]]>?lang=en`, 'http://www.w3.org/1999/xhtml'],
    [`${BASE_URL}/a&b<c>"]]>?lang=zh-Hans`, 'http://www.w3.org/1999/xhtml'],
    [`${BASE_URL}/a&b<c>"]]>`, 'http://www.w3.org/1999/xhtml'],
  ]);
});

test('as many of the longest addresses as it takes keep within 50 MB, and one more is refused', () => {
  const host = `https://${'a'.repeat(253)}:65535`;
  const longest = { path: `/conventions/${'a'.repeat(100)}`, updatedAt };
  const text = siteMap(
    Array.from({ length: MOST_ADDRESSES }, () => longest),
    host,
  );

  expect(Buffer.byteLength(text)).toBeLessThan(50_000_000);
  expect(text.split('<url>').length - 1).toBe(MOST_ADDRESSES * 2);
  expect(MOST_ADDRESSES * 2).toBeLessThanOrEqual(50_000);
  const more = Array.from({ length: MOST_ADDRESSES + 1 }, () => longest);
  expect(() => siteMap(more, host)).toThrow(new RangeError('A site map holds 12000 addresses at most; got 12001.'));
  expect(() =>
    siteMapIndex(
      more.map(({ path }) => path),
      host,
    ),
  ).toThrow(RangeError);
});

test('an index lists site maps, and either may be empty', async () => {
  const text = siteMapIndex(['/sitemap-1.xml', '/sitemap-2.xml'], BASE_URL);
  expect(text).toBe(
    '<?xml version="1.0" encoding="utf-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://expograph.example/sitemap-1.xml</loc></sitemap><sitemap><loc>https://expograph.example/sitemap-2.xml</loc></sitemap></sitemapindex>\n',
  );
  expect((await reader.read(text)).content).toHaveLength(2);
  for (const empty of [siteMap([], BASE_URL), siteMapIndex([], BASE_URL)])
    expect((await reader.read(empty)).content).toEqual([]);
});

test('robots may read everything, and are told where the site map is', () => {
  expect(
    robotsText(BASE_URL),
  ).toBe(`# All of this is public, for people and programs alike: https://expograph.example/llms.txt tells what there is.
User-agent: *
Allow: /

Sitemap: https://expograph.example/sitemap.xml
`);
});
