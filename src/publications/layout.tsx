/** @jsxImportSource preact */
import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { languageOf } from '../web/language.ts';
import { dayInWords, LANGUAGES, type Language, type Words, words } from './words.ts';

/** What a page is made with besides the graph's answer. */
export interface PageContext {
  language: Language;
  /** Whether the address names the language; links then name it, too. */
  isLanguageGiven: boolean;
  /** Where the reader reaches the service, without a slash at the end. */
  baseUrl: string;
  /** The addresses of what every page loads. */
  style: string;
  script: string;
  license: License;
}

/** On what terms the data may be used. */
export interface License {
  name: string;
  url: string;
  /** The line that names the data, to be copied. */
  creditText: string;
}

export interface Page {
  title: string;
  description: string;
  /** The page's own address without origin and language: "/editions/…", "/?year=2021". */
  path: string;
  /** For <script type="application/ld+json">; empty where there is nothing to say. */
  jsonLd: string;
  /** schema.org's word for it, for those that make previews. */
  openGraphType: 'website' | 'article' | 'profile';
  /** Other forms of what the page says: media type, address without origin, name. */
  alternates?: readonly { type: string; path: string; title: string }[];
  /** Set where search engines shall not keep the page. */
  isUnlisted?: boolean;
  /** Set where there is nothing at the address that could have a name for good. */
  isRefusal?: boolean;
  main: ComponentChildren;
}

/** @returns the address with the language in it, as a link to that language has it */
export function inLanguage(path: string, language: Language): string {
  const [address = '', parameters = ''] = path.split('?');
  const all = new URLSearchParams(parameters);
  all.set('lang', language);
  return `${address}?${all}`;
}

/** @returns an address of this site as a link on the page has it */
export function linkTo(path: string, { language, isLanguageGiven }: PageContext): string {
  return isLanguageGiven ? inLanguage(path, language) : path;
}

/** @returns the whole HTML document */
export function htmlOf(page: Page, context: PageContext): string {
  return `<!doctype html>\n${renderToString(<Document page={page} context={context} />)}\n`;
}

/** The picture that those who make previews show. */
export const CARD = { path: '/card.png', width: 1200, height: 630 };

const OPEN_GRAPH_LOCALES: Record<Language, string> = { en: 'en_GB', 'zh-Hans': 'zh_CN' };

function Document({ page, context }: { page: Page; context: PageContext }): VNode {
  const { language, baseUrl, style, script } = context;
  const say = words[language];
  const title = page.title === say.site ? `${say.site} – ${say.tagline}` : `${page.title} – ${say.site}`;
  const canonical = `${baseUrl}${inLanguage(page.path, language)}`;
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <meta name="description" content={page.description} />
        <meta name="color-scheme" content="light dark" />
        {page.isUnlisted && <meta name="robots" content="noindex, follow" />}
        {!page.isRefusal && <Addresses page={page} canonical={canonical} context={context} />}
        <link rel="alternate" type="application/atom+xml" href={linkTo('/feed.atom', context)} title={say.feed} />
        {page.alternates?.map(({ type, path, title: name }) => (
          <link rel="alternate" type={type} href={linkTo(path, context)} title={name} />
        ))}
        <meta property="og:title" content={page.title} />
        <meta property="og:description" content={page.description} />
        <meta property="og:type" content={page.openGraphType} />
        <meta property="og:site_name" content={say.site} />
        <meta property="og:locale" content={OPEN_GRAPH_LOCALES[language]} />
        {LANGUAGES.filter((other) => other !== language).map((other) => (
          <meta property="og:locale:alternate" content={OPEN_GRAPH_LOCALES[other]} />
        ))}
        <meta property="og:image" content={`${baseUrl}${CARD.path}`} />
        <meta property="og:image:width" content={String(CARD.width)} />
        <meta property="og:image:height" content={String(CARD.height)} />
        <meta property="og:image:alt" content={`${say.site} – ${say.tagline}`} />
        <meta name="twitter:card" content="summary_large_image" />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href={style} />
        <script type="module" src={script} />
        {page.jsonLd && (
          // biome-ignore lint/security/noDangerouslySetInnerHtml: it is JSON, in which < is escaped.
          <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: page.jsonLd }} />
        )}
      </head>
      <body>
        <a class="skip" href="#content">
          {say.skip}
        </a>
        <Header page={page} context={context} />
        <main id="content" tabIndex={-1}>
          {page.main}
        </main>
        <Footer say={say} context={context} />
      </body>
    </html>
  );
}

/** The one address of the page, and that in each language. */
function Addresses({ page, canonical, context }: { page: Page; canonical: string; context: PageContext }): VNode {
  const { baseUrl } = context;
  return (
    <>
      <link rel="canonical" href={canonical} />
      {LANGUAGES.map((other) => (
        <link rel="alternate" hreflang={other} href={`${baseUrl}${inLanguage(page.path, other)}`} />
      ))}
      <link rel="alternate" hreflang="x-default" href={`${baseUrl}${page.path}`} />
      <meta property="og:url" content={canonical} />
    </>
  );
}

function Header({ page, context }: { page: Page; context: PageContext }): VNode {
  const say = words[context.language];
  return (
    <header class="site">
      <a class="wordmark" href={linkTo('/', context)} aria-current={page.path === '/' ? 'page' : undefined}>
        {say.site}
      </a>
      <nav aria-label={say.navigation}>
        <ul class="links">
          <li>
            <a href={linkTo('/', context)}>{say.whatIsOn}</a>
          </li>
          <li>
            <a href={linkTo('/coverage', context)} aria-current={page.path === '/coverage' ? 'page' : undefined}>
              {say.coverage.title}
            </a>
          </li>
          <li>
            <a href="/graphql">{say.playground}</a>
          </li>
        </ul>
      </nav>
      <nav class="languages" aria-label={say.languages}>
        <ul class="links">
          {LANGUAGES.map((language) => (
            <li>
              <a
                href={inLanguage(page.path, language)}
                lang={language}
                hreflang={language}
                aria-current={language === context.language ? 'true' : undefined}
              >
                {words[language].language}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  );
}

function Footer({ say, context }: { say: Words; context: PageContext }): VNode {
  const { license } = context;
  return (
    <footer class="site">
      <nav aria-label={say.forPrograms}>
        <ul class="links">
          <li>
            <a href={linkTo('/feed.atom', context)}>{say.feed}</a>
          </li>
          <li>
            <a href="/data/export.jsonl">{say.allData} (JSON Lines)</a>
          </li>
          <li>
            <a href="/schema.graphql">GraphQL SDL</a>
          </li>
          <li>
            <a href="/llms.txt">llms.txt</a>
          </li>
        </ul>
      </nav>
      <p class="licence">
        {say.dataLicence}
        {say.colon}
        <a rel="license" href={license.url}>
          {license.name}
        </a>
        {say.stop} {say.credit}
        {say.colon}
        <q class="credit">{license.creditText}</q>
      </p>
    </footer>
  );
}

/** How to get a calendar: once, or for good. */
export function CalendarLinks({ path, context }: { path: string; context: PageContext }): VNode {
  const say = words[context.language];
  const address = linkTo(path, context);
  return (
    <>
      <a href={`${context.baseUrl.replace(/^https?:/, 'webcal:')}${address}`}>{say.subscribe}</a>
      {say.comma}
      <a href={address}>{say.download}</a> <span class="kind">iCalendar</span>
    </>
  );
}

/** A text of the data, marked where it is in another language than the page. */
export function Said({ text, language }: { text: string; language: Language }): ComponentChildren {
  const own = languageOf(text);
  return own === language ? text : <span lang={own}>{text}</span>;
}

/** The names that a record has besides the one that the page calls it by, and who tells its names. */
export function OtherNames(props: {
  name: string;
  names: readonly { text: string; locale: string }[];
  toldBy?: ComponentChildren;
}): VNode | null {
  const { name, names, toldBy = null } = props;
  const others = names.filter(({ text }) => text !== name);
  if (others.length === 0 && toldBy === null) return null;
  return (
    <p class="other-names">
      {others.map(({ text, locale }) => (
        <>
          <span lang={locale}>{text}</span>{' '}
        </>
      ))}
      {toldBy}
    </p>
  );
}

/** A day that programs can read, in words. */
export function Day({ day, language }: { day: string; language: Language }): VNode {
  return <time dateTime={day}>{dayInWords(day, language)}</time>;
}

/** What is wider than a phone scrolls by itself. */
export function Scroll(props: { name: string; isTall?: boolean; children: ComponentChildren }): VNode {
  const { name, isTall, children } = props;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without it, what is out of sight cannot be reached by keyboard.
    <div class={isTall ? 'scroll tall' : 'scroll'} tabIndex={0} role="group" aria-label={name}>
      {children}
    </div>
  );
}

/** The ways to the pages before and behind that of a list. */
export function Paging({ previous, next, say }: { previous: string | null; next: string | null; say: Words }) {
  if (previous === null && next === null) return null;
  return (
    <nav class="paging" aria-label={say.pages}>
      {previous !== null && (
        <a rel="prev" href={previous}>
          {say.previousPage}
        </a>
      )}
      {next !== null && (
        <a rel="next" href={next}>
          {say.nextPage}
        </a>
      )}
    </nav>
  );
}

/** A page that says why there is none. */
export function refusal(title: string, text: string, { path, context }: { path: string; context: PageContext }): Page {
  return {
    title,
    description: text,
    path,
    jsonLd: '',
    openGraphType: 'website',
    isUnlisted: true,
    isRefusal: true,
    main: (
      <>
        <h1>{title}</h1>
        <p>{text}</p>
        <p>
          <a href={linkTo('/', context)}>{words[context.language].whatIsOn}</a>
        </p>
      </>
    ),
  };
}
