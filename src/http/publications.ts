import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isRecord } from '../answer/rows.ts';
import {
  AboutThisServiceDocument,
  CalendarEventsDocument,
  type CalendarEventsQuery,
  ChangedLastDocument,
  ConventionChangesDocument,
  ConventionPageDocument,
  ConventionSigningsDocument,
  CoverageOfEditionsDocument,
  EditionChangesDocument,
  EditionPageDocument,
  type EditionWhere,
  ListedEditionsDocument,
  type ListedEditionsQuery,
  OverviewOfEditionsDocument,
  RecentChangesDocument,
  SpeakerPageDocument,
  TypedDocumentString,
} from '../client/index.ts';
import type { Address } from '../graphql/addresses.ts';
import type { Freshness } from '../graphql/freshness.ts';
import { creditText, DATA_LICENSE, licenseName } from '../graphql/license-text.ts';
import { formatLocale } from '../graphql/text.ts';
import { calendarPieces } from '../publications/calendar.ts';
import { conventionPage } from '../publications/convention.tsx';
import { coveragePage } from '../publications/coverage.tsx';
import { editionPage } from '../publications/edition.tsx';
import { atomFeed, type FeedSubject } from '../publications/feed.ts';
import {
  AddressError,
  addressOf,
  countsOf,
  type Filter,
  readFilter,
  readSeriesFilter,
  SHOWS,
  sectionOf,
  whereOf,
} from '../publications/filter.ts';
import { homePage, titleOf } from '../publications/home.tsx';
import {
  conventionJsonLd,
  editionJsonLd,
  editionListJsonLd,
  jsonLdFile,
  jsonLdScript,
  speakerJsonLd,
} from '../publications/json-ld.ts';
import { CARD, htmlOf, linkTo, type Page, type PageContext, refusal } from '../publications/layout.tsx';
import { llmsText } from '../publications/llms.ts';
import { MOST_ADDRESSES, robotsText, siteMap, siteMapIndex } from '../publications/site-map.ts';
import { speakerPage } from '../publications/speaker.tsx';
import { type Language, words } from '../publications/words.ts';
import type { ErrorCode } from '../select/errors.ts';
import type { Question } from '../web/questions.ts';
import { refused } from './errors.ts';
import { hasAlready, type Published, publish } from './fresh.ts';
import { preferredLocales } from './locales.ts';
import { prefersPage } from './playground.ts';

/** So many editions are on a page of one section, and in each section where all are shown. */
const ON_A_PAGE = 24;
const IN_A_SECTION = 12;

/** So many conventions are on a page of what is known, each with so many editions; one alone has more. */
const CONVENTIONS_ON_A_PAGE = 25;
const EDITIONS_OF_EACH = 12;
const EDITIONS_OF_ONE = 100;

/** The pages that are about no record of their own. */
const GENERAL_PAGES = ['/', '/coverage'];

/** The first one also has those. */
const IN_A_SITE_MAP = MOST_ADDRESSES - GENERAL_PAGES.length;

/** A calendar of more is of no use to anybody. */
const MOST_EVENTS = 2_000;

/** How long a reader of a file may take nothing, in milliseconds: so long the file's moment is kept for them. */
const LONGEST_PAUSE = 30_000;

/** Each takes a thread. */
const MOST_EXPORTS = 4;
const RETRY_EXPORT = '30';
const TOO_MANY_EXPORTS = `${MOST_EXPORTS} readers take all of the data already. Ask again in ${RETRY_EXPORT} seconds.`;

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
].join('; ');

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0b5c8a"/><path d="M9 8h14v4H13v2h8v4h-8v2h10v4H9z" fill="#fff"/></svg>`;

/** The whole of the data at one moment. */
export interface Snapshot {
  freshness: Freshness;
  /** As JSON Lines. Destroyed, it lets go of that moment. */
  text: Readable;
}

export interface PublicationsOptions {
  /**
   * Answers a worked question; throws an AddressError with what the graph refuses of what stands in an address.
   * `language` is that of what the question asks for in none; without it, what the request prefers.
   */
  ask<Result, Variables extends object>(
    request: FastifyRequest,
    document: TypedDocumentString<Result, Variables>,
    variables: Variables,
    language?: Language,
  ): Promise<Result>;
  /** Where the reader reaches the service, without a slash at the end. */
  baseUrlOf(request: FastifyRequest): string;
  freshness(): Freshness;
  /** The addresses of what every page loads. */
  assets: { style: string; script: string };
  openSnapshot(): Promise<Snapshot>;
  questionsOf(): readonly Question[];
  /** How many records have a page, and their addresses, by pages from 0. */
  countAddresses(): number;
  listAddresses(page: number, size: number): Address[];
}

type Query = Record<string, unknown>;

const NO_EDITIONS: ListedEditionsQuery['editions'] = {
  nodes: [],
  totalCount: 0,
  pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
};

/** Pages, calendars, feeds and files: what the graph says, for people, calendars and crawlers. A Fastify plugin. */
export async function publications(server: FastifyInstance, options: PublicationsOptions): Promise<void> {
  const { ask, freshness, questionsOf } = options;

  server.get<{ Querystring: Query }>('/', async (request, reply) => {
    const context = contextOf(request);
    const filter = readFilter(request.query);
    const where = whereOf(filter);
    const overview = await ask(request, OverviewOfEditionsDocument, { where, locale: context.language });
    const counts = countsOf(overview);
    const sections = [];
    for (const show of filter.show === null ? SHOWS : [filter.show]) {
      const variables = { ...sectionOf(where, show), ...pageOf(filter), locale: context.language };
      // A list that is known to be empty need not be asked for; a cursor shall be looked at anyway.
      const isEmpty = filter.show === null && counts[show] === 0;
      const list = isEmpty ? NO_EDITIONS : (await ask(request, ListedEditionsDocument, variables)).editions;
      sections.push({ show, list });
    }
    const [first] = sections;
    const listed = {
      nodes: sections.flatMap(({ list }) => list.nodes),
      totalCount: filter.show === null ? overview.found.totalCount : (first?.list.totalCount ?? 0),
      pageInfo: (filter.show === null ? NO_EDITIONS : (first?.list ?? NO_EDITIONS)).pageInfo,
    };
    const { dataUpdatedAt } = overview.service;
    return sendPage(reply, context, homePage({ filter, overview, sections }, context), {
      linked: editionListJsonLd(listed, { ...linkedFrom(context), dataUpdatedAt }),
    });
  });

  server.get<{ Params: { name: string } }>('/conventions/:name', async (request, reply) => {
    const { slug, ending } = partsOf(request.params.name);
    const context = contextOf(request);
    const { language } = context;
    const { convention } = await ask(request, ConventionPageDocument, { slug, locale: language });
    if (!convention) throw new NotFoundError(`There is no convention ${JSON.stringify(slug)}.`);
    switch (ending) {
      case '':
        break;
      case '.ics':
        return sendCalendar(request, reply, {
          name: convention.name,
          description: convention.description ?? '',
          where: { convention: { slug: { eq: slug } } },
          path: `/conventions/${slug}.ics`,
        });
      case '.jsonld':
        return sendJsonLd(reply, context, conventionJsonLd(convention, linkedFrom(context)));
      default:
        throw new NotFoundError(`A convention is there as a page, .ics and .jsonld, not ${JSON.stringify(ending)}.`);
    }
    const amounts = convention.editions.nodes.map(({ signedProjects }) => signedProjects?.investment);
    const currency = mostFrequent(amounts.flatMap((amount) => (amount ? [amount.currency] : []))) ?? 'CNY';
    const signings = await ask(request, ConventionSigningsDocument, { convention: slug, currency, locale: language });
    // Loaded when it is asked for: the library takes longer to load than all the rest.
    const { chartsOf } = await import('../publications/charts.ts');
    const charts = chartsOf(signings.convention?.editions.nodes ?? [], { language, currency });
    const page = conventionPage({ convention, signings, currency, charts }, context);
    return sendPage(reply, context, page, { linked: conventionJsonLd(convention, linkedFrom(context)) });
  });

  server.get<{ Params: { name: string } }>('/editions/:name', async (request, reply) => {
    const { slug, ending } = partsOf(request.params.name);
    const context = contextOf(request);
    const { edition } = await ask(request, EditionPageDocument, { slug, locale: context.language });
    if (!edition) throw new NotFoundError(`There is no edition ${JSON.stringify(slug)}.`);
    switch (ending) {
      case '':
        return sendPage(reply, context, editionPage(edition, context), {
          linked: editionJsonLd(edition, linkedFrom(context)),
        });
      case '.ics':
        return sendCalendar(request, reply, {
          name: edition.name,
          description: edition.convention.name,
          where: { slug: { eq: slug } },
          path: `/editions/${slug}.ics`,
        });
      case '.json':
        return send(
          reply,
          context,
          'application/json; charset=utf-8',
          `${JSON.stringify(edition, null, 2)}\n`,
          licensed,
        );
      case '.jsonld':
        return sendJsonLd(reply, context, editionJsonLd(edition, linkedFrom(context)));
      default:
        throw new NotFoundError(
          `An edition is there as a page, .ics, .json and .jsonld, not ${JSON.stringify(ending)}.`,
        );
    }
  });

  server.get<{ Querystring: Query }>('/coverage', async (request, reply) => {
    const context = contextOf(request);
    const { convention, after, before } = readSeriesFilter(request.query);
    const { conventions: list } = await ask(request, CoverageOfEditionsDocument, {
      ...(before === null
        ? { first: CONVENTIONS_ON_A_PAGE, after }
        : { first: null, last: CONVENTIONS_ON_A_PAGE, before }),
      ...(convention !== null && { where: { slug: { eq: convention } } }),
      editions: convention === null ? EDITIONS_OF_EACH : EDITIONS_OF_ONE,
      locale: context.language,
    });
    if (convention !== null && list.totalCount === 0) throw noSuchConvention(convention);
    const given = Object.entries({ convention, after, before }).flatMap(([name, value]) =>
      value === null ? [] : [[name, value]],
    );
    const path = given.length === 0 ? '/coverage' : `/coverage?${new URLSearchParams(given)}`;
    const page = coveragePage({ list, convention, isPaged: after !== null || before !== null }, context);
    return sendPage(reply, context, { ...page, path });
  });

  server.get<{ Params: { name: string } }>('/speakers/:name', async (request, reply) => {
    const { slug, ending } = partsOf(request.params.name);
    const context = contextOf(request);
    const { speaker } = await ask(request, SpeakerPageDocument, { slug, locale: context.language });
    if (!speaker) throw new NotFoundError(`There is no speaker ${JSON.stringify(slug)}.`);
    if (ending === '.jsonld') return sendJsonLd(reply, context, speakerJsonLd(speaker, context));
    if (ending !== '')
      throw new NotFoundError(`A speaker is there as a page and .jsonld, not ${JSON.stringify(ending)}.`);
    return sendPage(reply, context, speakerPage(speaker, context), { linked: speakerJsonLd(speaker, context) });
  });

  server.get<{ Querystring: Query }>('/calendar.ics', async (request, reply) => {
    const filter = readFilter(request.query);
    const { after, before } = filter;
    if (after !== null || before !== null)
      throw new AddressError('A calendar has no pages; leave after and before out.');
    const where = whereOf(filter);
    const strange = Object.keys(request.query).filter((name) => !(name in filter) && name !== 'lang');
    // Whoever subscribes to all, for a letter that is wrong, does not see it.
    if (strange.length > 0)
      throw new AddressError(
        `A calendar takes q, year, country, convention, show and lang; got ${strange.map((name) => JSON.stringify(name)).join(', ')}.`,
      );
    const { language } = contextOf(request);
    const overview = await ask(request, OverviewOfEditionsDocument, { where, locale: language });
    if (filter.convention !== null) {
      const { convention } = await ask(request, ConventionPageDocument, { slug: filter.convention, locale: language });
      if (!convention) throw noSuchConvention(filter.convention);
    }
    const say = words[language];
    const title = titleOf(filter, overview, say);
    return sendCalendar(request, reply, {
      name: title === say.site ? title : `${say.site}${say.colon}${title}`,
      description: say.tagline,
      where: filter.show === null ? where : sectionOf(where, filter.show).where,
      path: addressOf('/calendar.ics', filter),
    });
  });

  server.get('/feed.atom', async (request, reply) => {
    const context = contextOf(request);
    const { changes, service } = await ask(request, RecentChangesDocument, { locale: context.language });
    return sendFeed(reply, context, { changes: changes.nodes, updatedAt: service.dataUpdatedAt });
  });

  server.get<{ Params: { slug: string } }>('/conventions/:slug/feed.atom', async (request, reply) => {
    const { slug } = request.params;
    const context = contextOf(request);
    const { convention, service } = await ask(request, ConventionChangesDocument, { slug, locale: context.language });
    if (!convention) throw new NotFoundError(`There is no convention ${JSON.stringify(slug)}.`);
    const log = { changes: convention.changes.nodes, updatedAt: service.dataUpdatedAt };
    return sendFeed(reply, context, log, { name: convention.name, path: `/conventions/${slug}` });
  });

  server.get<{ Params: { slug: string } }>('/editions/:slug/feed.atom', async (request, reply) => {
    const { slug } = request.params;
    const context = contextOf(request);
    const { edition, service } = await ask(request, EditionChangesDocument, { slug, locale: context.language });
    if (!edition) throw new NotFoundError(`There is no edition ${JSON.stringify(slug)}.`);
    const log = { changes: edition.changes.nodes, updatedAt: service.dataUpdatedAt };
    return sendFeed(reply, context, log, { name: edition.name, path: `/editions/${slug}` });
  });

  server.get('/llms.txt', async (request, reply) => {
    const { service } = await ask(request, AboutThisServiceDocument, {});
    const { conventions, editions } = await ask(request, ChangedLastDocument, { locale: 'en' });
    const listed = { conventions: conventions.nodes, editions: editions.nodes, questions: questionsOf() };
    const baseUrl = options.baseUrlOf(request);
    const credit = creditText('en', baseUrl);
    const license = { ...DATA_LICENSE, name: licenseName('en'), creditText: credit };
    const text = llmsText({ ...service, ...listed, baseUrl, license });
    return publish(reply, { type: 'text/markdown; charset=utf-8', text, modified: freshness().changedAt });
  });

  server.get('/operations.json', (request, reply) => {
    const baseUrl = options.baseUrlOf(request);
    const operations = questionsOf().map((question) => ({
      operationName: question.name,
      headline: question.headline,
      subject: question.subject,
      documentId: question.documentId,
      variables: question.variables === '' ? {} : JSON.parse(question.variables),
      operation: `${baseUrl}/operations/${question.slug}.graphql`,
      answer: answerAddress(baseUrl, question),
    }));
    const text = `${JSON.stringify({ operations }, null, 2)}\n`;
    return publish(reply, { type: 'application/json; charset=utf-8', text, modified: null });
  });

  server.get<{ Params: { name: string } }>('/operations/:name', async (request, reply) => {
    const { slug, ending } = partsOf(request.params.name);
    const question = questionsOf().find((one) => one.slug === slug);
    if (!question) throw new NotFoundError(`There is no worked question ${JSON.stringify(slug)}.`);
    const { text: operation, variables } = question;
    if (ending === '.graphql')
      return publish(reply, { type: 'text/plain; charset=utf-8', text: operation, modified: null });
    if (ending !== '.json')
      throw new NotFoundError(`A worked question is there as .graphql and .json, not ${JSON.stringify(ending)}.`);
    const context = contextOf(request);
    // Without lang, it is what the graph itself answers.
    const language = context.isLanguageGiven ? context.language : undefined;
    const document = new TypedDocumentString<unknown, object>(operation);
    const answer = await ask(request, document, variables === '' ? {} : JSON.parse(variables), language);
    const text = `${JSON.stringify({ data: answer }, null, 2)}\n`;
    return send(reply, context, 'application/json; charset=utf-8', text);
  });

  server.get('/robots.txt', (request, reply) => {
    const text = robotsText(options.baseUrlOf(request));
    publish(reply, { type: 'text/plain; charset=utf-8', text, modified: freshness().changedAt });
  });

  server.get('/sitemap.xml', (request, reply) => {
    const parts = Math.ceil(options.countAddresses() / IN_A_SITE_MAP);
    if (parts <= 1) return sendSiteMap(request, reply, 0);
    const paths = Array.from({ length: parts }, (_, part) => `/sitemaps/${part + 1}.xml`);
    const text = siteMapIndex(paths, options.baseUrlOf(request));
    return publish(reply, { type: XML, text, modified: freshness().changedAt });
  });

  server.get<{ Params: { name: string } }>('/sitemaps/:name', (request, reply) => {
    const part = Number(/^([1-9]\d{0,5})\.xml$/.exec(request.params.name)?.[1]);
    if (!(part <= Math.ceil(options.countAddresses() / IN_A_SITE_MAP))) throw new NotFoundError(NOTHING_HERE);
    return sendSiteMap(request, reply, part - 1);
  });

  let exports = 0;
  const exported = ({ version, changedAt }: Freshness, text: () => Readable): Published => ({
    type: 'application/jsonl; charset=utf-8',
    identity: `${version} ${changedAt?.toISOString()}`,
    modified: changedAt,
    headers: { 'content-disposition': 'inline; filename="expograph.jsonl"', ...licensed },
    text,
  });
  server.get('/data/export.jsonl', async (request, reply) => {
    const current = exported(freshness(), () => Readable.from([]));
    if (request.method === 'HEAD' || hasAlready(request, current)) return publish(reply, current);
    if (exports >= MOST_EXPORTS)
      return reply.code(503).header('retry-after', RETRY_EXPORT).send(refused('OVERLOADED', TOO_MANY_EXPORTS));
    exports += 1;
    const { freshness: exportedAt, text } = await options.openSnapshot().catch((error: unknown) => {
      exports -= 1;
      throw error;
    });
    text.once('close', () => {
      exports -= 1;
    });
    reply.raw.setTimeout(LONGEST_PAUSE, () => reply.raw.destroy());
    publish(
      reply,
      exported(exportedAt, () => text),
    );
    // It may have become what the reader has.
    if (reply.statusCode === 304) text.destroy();
    return reply;
  });

  server.get('/favicon.svg', (_request, reply) => {
    publish(reply, { type: 'image/svg+xml', text: ICON, modified: null });
  });

  server.setErrorHandler((error, request, reply) => {
    if (error instanceof NotFoundError) return sendRefusal(request, reply.code(404), 'NOT_FOUND', error.message);
    if (error instanceof AddressError) return sendRefusal(request, reply.code(400), 'BAD_USER_INPUT', error.message);
    throw error;
  });
  server.setNotFoundHandler((request, reply) => {
    const [path = '', query] = request.url.split('?');
    // The same without the slash, and not another host's: "//elsewhere/".
    if (/^\/[^/].*\/$/.test(path)) return reply.redirect(path.slice(0, -1) + (query ? `?${query}` : ''), 308);
    return sendRefusal(request, reply.code(404), 'NOT_FOUND', NOTHING_HERE);
  });
  for (const [from, to] of Object.entries({
    '/editions': '/',
    '/conventions': '/#conventions',
    '/favicon.ico': '/favicon.svg',
  }))
    server.get(from, (_request, reply) => reply.redirect(to, 302));

  /** They are what the package ships, and change with it alone. */
  /** A page for whoever wants one, else the error that everything here gives. */
  function sendRefusal(
    request: FastifyRequest,
    reply: FastifyReply,
    code: keyof typeof ErrorCode,
    message: string,
  ): FastifyReply {
    reply.header('vary', 'accept, accept-language');
    if (!prefersPage(request.headers.accept)) return reply.send({ errors: [{ message, extensions: { code } }] });
    const context = contextOf(request, false);
    const say = words[context.language];
    const [title, text] = code === 'NOT_FOUND' ? [say.notFound, say.notFoundAbout] : [say.cannotShow, message];
    // In the other language it is refused as well.
    const [asked = '/', query] = request.url.split('?');
    const parameters = new URLSearchParams(query);
    parameters.delete('lang');
    const path = parameters.size > 0 ? `${asked}?${parameters}` : asked;
    return reply
      .headers({ ...pageHeaders, 'content-language': context.language })
      .type(HTML)
      .send(htmlOf(refusal(title, text, { path, context }), context));
  }

  function contextOf(request: FastifyRequest, canRefuse = true): PageContext {
    const given = languageIn(request, canRefuse);
    const preferred = preferredLocales(request.headers['accept-language']);
    const isOurs = given !== null && ['en', 'zh'].includes(new Intl.Locale(given).language);
    const language = formatLocale(isOurs ? [given] : preferred).words;
    const baseUrl = options.baseUrlOf(request);
    const license = {
      name: licenseName(language),
      url: DATA_LICENSE.url,
      creditText: creditText(language, baseUrl),
    };
    return { language, isLanguageGiven: isOurs, baseUrl, license, ...options.assets };
  }

  function sendPage(
    reply: FastifyReply,
    context: PageContext,
    page: Omit<Page, 'jsonLd'>,
    { linked }: { linked?: Parameters<typeof jsonLdScript>[0] } = {},
  ): FastifyReply {
    const jsonLd = linked ? jsonLdScript(linked) : '';
    return send(reply, context, HTML, htmlOf({ ...page, jsonLd }, context), pageHeaders);
  }

  /** Sends what is in one language, and may be another tomorrow though the data is the same. */
  function send(
    reply: FastifyReply,
    { language, isLanguageGiven }: PageContext,
    type: string,
    text: string,
    headers: Record<string, string> = {},
  ): FastifyReply {
    return publish(reply, {
      ...{ type, text, modified: freshness().statusChangedAt, isNegotiated: !isLanguageGiven },
      headers: { ...headers, 'content-language': language },
    });
  }

  function sendJsonLd(
    reply: FastifyReply,
    context: PageContext,
    linked: Parameters<typeof jsonLdFile>[0],
  ): FastifyReply {
    return send(reply, context, 'application/ld+json; charset=utf-8', jsonLdFile(linked), licensed);
  }

  function sendFeed(
    reply: FastifyReply,
    context: PageContext,
    log: Parameters<typeof atomFeed>[0],
    subject?: FeedSubject,
  ): FastifyReply {
    return send(reply, context, 'application/atom+xml; charset=utf-8', atomFeed(log, context, subject));
  }

  function sendSiteMap(request: FastifyRequest, reply: FastifyReply, part: number): FastifyReply {
    const { changedAt } = freshness();
    const listed = options.listAddresses(part, IN_A_SITE_MAP);
    const updatedAt = changedAt?.toISOString();
    const general = part === 0 && updatedAt ? GENERAL_PAGES.map((path) => ({ path, updatedAt })) : [];
    const text = siteMap([...general, ...listed], options.baseUrlOf(request));
    return publish(reply, { type: XML, text, modified: changedAt });
  }

  async function sendCalendar(
    request: FastifyRequest,
    reply: FastifyReply,
    calendar: { name: string; description: string; where: EditionWhere; path: string },
  ): Promise<FastifyReply> {
    const context = contextOf(request);
    const { language, baseUrl } = context;
    const { name, description, where, path } = calendar;
    const events = await eventsOf(request, where, language);
    const url = baseUrl + linkTo(path, context);
    let text = '';
    for (const piece of calendarPieces(events, { name, description, url, language, baseUrl })) {
      text += piece;
      await setImmediate();
    }
    return send(reply, context, 'text/calendar; charset=utf-8', text, licensed);
  }

  async function eventsOf(request: FastifyRequest, where: EditionWhere, language: Language) {
    const events: CalendarEventsQuery['editions']['nodes'][number][] = [];
    for (let after: string | null = null; ; ) {
      const { editions }: CalendarEventsQuery = await ask(request, CalendarEventsDocument, {
        where,
        after,
        locale: language,
      });
      if (editions.totalCount > MOST_EVENTS)
        throw new AddressError(
          `A calendar holds ${MOST_EVENTS} editions at most, and ${editions.totalCount} match: narrow them by q, year, country, convention or show.`,
        );
      events.push(...editions.nodes);
      if (!editions.pageInfo.hasNextPage) return events;
      after = editions.pageInfo.endCursor;
      // Other requests have their turn between two pages.
      await setImmediate();
    }
  }
}

/** What has no page. */
class NotFoundError extends Error {
  override readonly name = 'NotFoundError';
}

function noSuchConvention(slug: string): AddressError {
  return new AddressError(`convention must be the slug of a convention; there is none called ${JSON.stringify(slug)}.`);
}

const NOTHING_HERE =
  'There is nothing here. The graph is at /graphql, its schema at /schema.graphql, and what there is to read at /llms.txt.';

const XML = 'application/xml; charset=utf-8';
const HTML = 'text/html; charset=utf-8';
const pageHeaders = {
  'content-security-policy': policy,
  'referrer-policy': 'no-referrer-when-downgrade',
};

/** What is data alone has no other place to name its licence. */
const licensed = { link: `<${DATA_LICENSE.url}>; rel="license"` };

/** What JSON-LD is written with. */
function linkedFrom({ baseUrl, language, license }: PageContext): Parameters<typeof editionJsonLd>[1] {
  return { baseUrl, language, license, image: `${baseUrl}${CARD.path}` };
}

/** @returns the slug and what stands behind it: "" or ".ics" */
function partsOf(name: string): { slug: string; ending: string } {
  const [, slug = name, ending = ''] = /^([^.]*)(\..*)$/.exec(name) ?? [];
  return { slug, ending };
}

function pageOf({ show, after, before }: Filter): { first?: number; last?: number; after?: string; before?: string } {
  const size = show === null ? IN_A_SECTION : ON_A_PAGE;
  if (before !== null) return { last: size, before };
  return { first: size, ...(after !== null && { after }) };
}

/** @throws AddressError when it is no language tag */
function languageIn({ query }: FastifyRequest, canRefuse: boolean): string | null {
  const given = isRecord(query) ? query.lang : undefined;
  if (given === undefined || given === '') return null;
  try {
    return new Intl.Locale(String(given)).toString();
  } catch {
    if (!canRefuse) return null;
    throw new AddressError(`lang must be a language such as en or zh-Hans; got ${JSON.stringify(given)}.`);
  }
}

function mostFrequent(items: readonly string[]): string | undefined {
  const count = (item: string) => items.filter((other) => other === item).length;
  return [...new Set(items)].toSorted((one, other) => count(other) - count(one))[0];
}

/** Where the graph answers a worked question by a GET that a cache on the way can keep. */
function answerAddress(baseUrl: string, { documentId, variables }: Question): string {
  const parameters = new URLSearchParams({
    documentId,
    ...(variables !== '' && { variables: JSON.stringify(JSON.parse(variables)) }),
  });
  return `${baseUrl}/graphql?${parameters}`;
}
