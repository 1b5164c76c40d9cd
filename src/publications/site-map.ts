import { createElement as element } from 'preact';
import { LANGUAGES, type Language } from './words.ts';
import { xmlDocument } from './xml.ts';

/**
 * How many addresses a site map may hold here. Its limits are 50,000 entries and 50 MB. One address takes two entries,
 * one for each language, and at most 4 kB: it stands there eight times, with a host name of 253 characters and a slug
 * of 100 at the longest.
 */
export const MOST_ADDRESSES = 12_000;

const NAMESPACE = 'http://www.sitemaps.org/schemas/sitemap/0.9';

/**
 * Writes a site map of pages that come in every language. Each language of a page is an entry, by the address that the
 * page itself names as canonical.
 * @param addresses `path` begins with a slash and has no language; `updatedAt` is an instant in ISO 8601
 * @param baseUrl where this service is found, with nothing behind
 * @throws RangeError for more addresses than MOST_ADDRESSES: give each part a file of its own, and list them in an index
 */
export function siteMap(addresses: readonly { path: string; updatedAt: string }[], baseUrl: string): string {
  refuseTooMany(addresses.length);
  const alternate = (hreflang: string, href: string) => element('xhtml:link', { rel: 'alternate', hreflang, href });
  return xmlDocument(
    element(
      'urlset',
      { xmlns: NAMESPACE, 'xmlns:xhtml': 'http://www.w3.org/1999/xhtml' },
      addresses.flatMap(({ path, updatedAt }) => {
        const page = `${baseUrl}${path}`;
        const inLanguage = (language: Language) => `${page}?lang=${language}`;
        return LANGUAGES.map((own) =>
          element(
            'url',
            null,
            element('loc', null, inLanguage(own)),
            element('lastmod', null, updatedAt),
            LANGUAGES.map((language) => alternate(language, inLanguage(language))),
            alternate('x-default', page),
          ),
        );
      }),
    ),
  );
}

/**
 * Writes an index of site maps.
 * @param paths of the site maps, each with a slash in front
 * @param baseUrl where this service is found, with nothing behind
 * @throws RangeError for more site maps than MOST_ADDRESSES
 */
export function siteMapIndex(paths: readonly string[], baseUrl: string): string {
  refuseTooMany(paths.length);
  return xmlDocument(
    element(
      'sitemapindex',
      { xmlns: NAMESPACE },
      paths.map((path) => element('sitemap', null, element('loc', null, `${baseUrl}${path}`))),
    ),
  );
}

/** @returns what robots.txt says: everything may be read */
export function robotsText(baseUrl: string): string {
  return `# All of this is public, for people and programs alike: ${baseUrl}/llms.txt tells what there is.
User-agent: *
Allow: /

Sitemap: ${baseUrl}/sitemap.xml
`;
}

function refuseTooMany(count: number): void {
  if (count > MOST_ADDRESSES)
    throw new RangeError(`A site map holds ${MOST_ADDRESSES} addresses at most; got ${count}.`);
}
