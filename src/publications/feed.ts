import { createElement as element } from 'preact';
import type { RecentChangesQuery } from '../client/operations.ts';
import { conventionPage, editionPage, uuidOf } from './addresses.ts';
import { readable, summaryInWords } from './sentences.ts';
import type { Language } from './words.ts';
import { xmlDocument } from './xml.ts';

/** More would be read by nobody, and sent to everybody. */
const MOST = 50;

/** What stands in a feed that has never been written to: Atom wants an instant. */
const NEVER = new Date(0).toISOString();

const WORDS = {
  en: {
    title: 'Expograph: what was added or changed',
    subtitle: 'Trade conventions and their editions, the newest change first.',
    edition: 'Edition',
    convention: 'Convention',
  },
  'zh-Hans': {
    title: 'Expograph：新增与更改',
    subtitle: '展会及其历届，最新更改在前。',
    edition: '届次',
    convention: '展会',
  },
} as const;

interface Entry {
  id: string;
  name: string;
  updatedAt: string;
  kind: 'edition' | 'convention';
  page: string;
  summary: string | null;
  /** Orders what an import changed all at once. */
  startDate: string | null;
}

/**
 * Writes an Atom feed (RFC 4287) of the conventions and editions that were added or changed last, 50 at most. The id of
 * an entry is made of the record's own, so that it is the same wherever and in whichever language it is published.
 * @param changes with names and texts in the language
 * @param options.baseUrl where this service is found, with nothing behind
 */
export function atomFeed(
  { conventions, editions, service }: RecentChangesQuery,
  { baseUrl, language }: { baseUrl: string; language: Language },
): string {
  const entries = [
    ...conventions.nodes.map(
      ({ slug, description, ...convention }): Entry => ({
        ...convention,
        kind: 'convention',
        page: conventionPage(baseUrl, slug),
        summary: description,
        startDate: null,
      }),
    ),
    ...editions.nodes.map(
      (edition): Entry => ({
        ...edition,
        kind: 'edition',
        page: editionPage(baseUrl, edition.slug),
        summary: summaryInWords(edition, language),
      }),
    ),
  ]
    .sort(
      (one, other) =>
        compare(other.updatedAt, one.updatedAt) || compare(other.startDate ?? '9999', one.startDate ?? '9999'),
    )
    .slice(0, MOST);

  const { title, subtitle, ...kinds } = WORDS[language];
  const inLanguage = (address: string) => `${address}?lang=${language}`;
  const self = inLanguage(`${baseUrl}/feed.atom`);
  const link = (rel: string, type: string, href: string) => element('link', { rel, type, hreflang: language, href });

  return xmlDocument(
    element(
      'feed',
      { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': language },
      element('id', null, self),
      element('title', null, title),
      element('subtitle', null, subtitle),
      element('updated', null, entries[0]?.updatedAt ?? service.dataUpdatedAt ?? NEVER),
      link('self', 'application/atom+xml', self),
      link('alternate', 'text/html', inLanguage(`${baseUrl}/`)),
      element('author', null, element('name', null, 'Expograph'), element('uri', null, `${baseUrl}/`)),
      element('generator', null, 'Expograph'),
      entries.map(({ id, name, updatedAt, kind, page, summary }) =>
        element(
          'entry',
          null,
          element('id', null, `urn:uuid:${uuidOf(id)}`),
          element('title', null, readable(name)),
          element('updated', null, updatedAt),
          link('alternate', 'text/html', inLanguage(page)),
          element('category', { term: kind, label: kinds[kind] }),
          summary === null ? null : element('summary', null, readable(summary)),
        ),
      ),
    ),
  );
}

/** Instants and dates of ISO 8601 are in the order of their texts. */
const compare = (one: string, other: string) => (one < other ? -1 : Number(one > other));
