import { createElement as element } from 'preact';
import type { ConventionChangesQuery, EditionChangesQuery, RecentChangesQuery } from '../client/operations.ts';
import { conventionPage, editionPage, uuidOf } from './addresses.ts';
import type { PageContext } from './layout.tsx';
import { readable, sentence, summaryInWords } from './sentences.ts';
import type { Language } from './words.ts';
import { xmlDocument } from './xml.ts';

/** What stands in a feed that has never been written to: Atom wants an instant. */
const NEVER = new Date(0).toISOString();

const WORDS = {
  en: {
    title: 'Expograph: what was added, changed and removed',
    subtitle: 'Each import of trade conventions and their editions, edition by edition, the newest first.',
    of: (title: string, name: string) => `${title}: ${name}`,
    entry: (name: string, kind: string) => `${name}: ${kind}`,
    kinds: { ADDED: 'added', CHANGED: 'changed', REMOVED: 'removed' },
    types: { Edition: 'Edition', Convention: 'Convention' },
  },
  'zh-Hans': {
    title: 'Expograph：新增、更改与移除',
    subtitle: '展会及其历届的每次导入，逐届列出，最新在前。',
    of: (title: string, name: string) => `${title}：${name}`,
    entry: (name: string, kind: string) => `${name}：${kind}`,
    kinds: { ADDED: '新增', CHANGED: '更改', REMOVED: '移除' },
    types: { Edition: '届次', Convention: '展会' },
  },
} as const;

type Change =
  | RecentChangesQuery['changes']['nodes'][number]
  | NonNullable<ConventionChangesQuery['convention']>['changes']['nodes'][number]
  | NonNullable<EditionChangesQuery['edition']>['changes']['nodes'][number];

/** What the feed is a log of; all there is, without it. */
export interface FeedSubject {
  name: string;
  /** The path of its page, without an ending: "/editions/…". */
  path: string;
}

/**
 * Writes an Atom feed (RFC 4287) of what imports did, an entry for each change. The id of an entry is made of that of the
 * change, so that it is the same in whichever language and at whatever address it is published.
 * @param log.changes the newest first, with names and texts in the language
 * @param log.updatedAt when the data was changed last; null while there is none
 * @param subject what they are changes of
 */
export function atomFeed(
  { changes, updatedAt }: { changes: readonly Change[]; updatedAt: string | null },
  { baseUrl, language, license }: Pick<PageContext, 'baseUrl' | 'language' | 'license'>,
  subject?: FeedSubject,
): string {
  const say = WORDS[language];
  const inLanguage = (address: string) => `${address}?lang=${language}`;
  const self = inLanguage(`${baseUrl}${subject?.path ?? ''}/feed.atom`);
  const link = (rel: string, type: string, href: string) => element('link', { rel, type, hreflang: language, href });

  return xmlDocument(
    element(
      'feed',
      { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': language },
      element('id', null, self),
      element('title', null, readable(subject ? say.of(say.title, subject.name) : say.title)),
      element('subtitle', null, say.subtitle),
      element('updated', null, changes[0]?.at ?? updatedAt ?? NEVER),
      link('self', 'application/atom+xml', self),
      link('alternate', 'text/html', inLanguage(`${baseUrl}${subject?.path ?? '/'}`)),
      element('author', null, element('name', null, 'Expograph'), element('uri', null, `${baseUrl}/`)),
      element('generator', null, 'Expograph'),
      element('rights', null, `${license.name}: ${license.url}`),
      changes.map((change) =>
        element(
          'entry',
          null,
          element('id', null, `urn:uuid:${uuidOf(change.id)}`),
          element('title', null, readable(say.entry(change.name, say.kinds[change.kind]))),
          element('updated', null, change.at),
          link('alternate', 'text/html', inLanguage(pageOf(change, baseUrl))),
          element('category', {
            term: change.type.toLowerCase(),
            label: change.type === 'Edition' ? say.types.Edition : say.types.Convention,
          }),
          element('category', { term: change.kind.toLowerCase(), label: say.kinds[change.kind] }),
          element('summary', null, readable(toldOf(change, language))),
        ),
      ),
    ),
  );
}

/** The page of what has changed, or of what is left where that is gone. */
function pageOf({ edition, convention }: Change, baseUrl: string): string {
  if (edition) return editionPage(baseUrl, edition.slug);
  return convention ? conventionPage(baseUrl, convention.slug) : `${baseUrl}/`;
}

/** What happened; and of what is new, what it is. */
function toldOf({ kind, type, summary, edition, convention }: Change, language: Language): string {
  const about = edition ? summaryInWords(edition, language) : type === 'Convention' ? convention?.description : null;
  return [sentence(summary, language), kind === 'ADDED' && about]
    .filter(Boolean)
    .join(language === 'zh-Hans' ? '' : ' ');
}
