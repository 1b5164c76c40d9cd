import type {
  CreativeWork,
  DataDownload,
  Dataset,
  EventSeries,
  ExhibitionEvent,
  Graph,
  ItemList,
  Organization,
  Person,
  Place,
  Role,
  SearchAction,
  Thing,
  WebSite,
  WithActionConstraints,
  WithContext,
} from 'schema-dts';
import type {
  AppearanceKind,
  AttendanceMode,
  Cadence,
  ConventionPageQuery,
  EditionPageQuery,
  EditionStatus,
  ListedEditionsQuery,
  SpeakerPageQuery,
} from '../client/operations.ts';
import { conventionPage, editionPage, speakerPage } from './addresses.ts';
import type { License } from './layout.tsx';
import { addressOf, type City, summaryInWords } from './sentences.ts';
import { LANGUAGES, type Language } from './words.ts';

type Edition = NonNullable<EditionPageQuery['edition']>;
type Convention = NonNullable<ConventionPageQuery['convention']>;
type Speaker = NonNullable<SpeakerPageQuery['speaker']>;

export interface Published {
  /** Where the service is found, with nothing behind. */
  baseUrl: string;
  /** The one that texts were asked for in. */
  language: Language;
  /** The address of a picture of what the page is about; absolute, for crawlers do not complete it. */
  image?: string | undefined;
  /** On what terms the data may be used. */
  license: Pick<License, 'url' | 'creditText'>;
}

/**
 * Says of an edition in the words of schema.org what is known, and nothing else: they have none for numbers that are
 * claims. Whoever was only announced or quoted is nobody who performed.
 */
export function editionJsonLd(edition: Edition, published: Published): WithContext<ExhibitionEvent> {
  const { baseUrl, language, image } = published;
  const { convention, themes, subVenues, furtherPlaces, organizers } = edition;
  const takingPart = (kinds: readonly AppearanceKind[]) =>
    edition.speakers.nodes
      .filter(({ kind }) => kinds.includes(kind))
      .map((appearance) => {
        const { slug, name } = appearance.speaker;
        const page = speakerPage(baseUrl, slug);
        const person: Person = { '@type': 'Person', '@id': page, url: page, name };
        return { appearance, person };
      });
  const organizations = (roles: readonly string[]) =>
    organizers.flatMap(({ role, participant }): Organization[] =>
      participant.__typename === 'Organization' && roles.includes(role)
        ? [{ '@type': 'Organization', name: participant.name, url: participant.websiteUrl ?? undefined }]
        : [],
    );
  // The source of a claim about several editions, or told here about another, is not about this one.
  const isOfThisAlone = ({ editions }: { editions: readonly { slug: string }[] }) =>
    editions.length > 0 && editions.every(({ slug }) => slug === edition.slug);
  const page = conventionPage(baseUrl, convention.slug);
  const places = [
    ...present(placeOf(edition)),
    ...[...subVenues, ...furtherPlaces].map(({ name }): Place => ({ '@type': 'Place', name })),
  ];
  return {
    '@context': 'https://schema.org',
    ...eventOf(edition, baseUrl),
    identifier: edition.id,
    alternateName: listed(otherNames(edition)),
    description: summaryInWords(edition, language),
    image,
    eventAttendanceMode: edition.attendanceMode ? ATTENDANCE[edition.attendanceMode] : undefined,
    location: listed(places),
    superEvent: {
      '@type': 'EventSeries',
      '@id': page,
      url: page,
      name: convention.name,
      alternateName: convention.acronym ?? undefined,
    },
    about: listed(
      themes.map(({ texts }): Thing => {
        const own = texts.find(({ locale }) => locale === language) ?? texts[0];
        const others = texts.filter((text) => text !== own).map(({ text }) => text);
        return { '@type': 'Thing', name: own?.text, alternateName: listed(others) };
      }),
    ),
    keywords: listed(convention.industries),
    organizer: listed(organizations(['HOST', 'ORGANIZER', 'CO_ORGANIZER'])),
    performer: listed(
      takingPart(PERFORMING).map(
        ({ appearance, person }): Role<Person, 'performer'> => ({ ...roleOf(appearance, language), performer: person }),
      ),
    ),
    attendee: listed(
      takingPart(['ATTENDED']).map(
        ({ appearance, person }): Role<Person, 'attendee'> => ({ ...roleOf(appearance, language), attendee: person }),
      ),
    ),
    contributor: listed([
      ...organizations(['SUPPORTER']),
      ...takingPart(['WRITTEN_ADDRESS']).map(
        ({ appearance, person }): Role<Person, 'contributor'> => ({
          ...roleOf(appearance, language),
          contributor: person,
        }),
      ),
    ]),
    sameAs: edition.links.website ?? undefined,
    subjectOf: worksOf(published, [
      edition,
      ...edition.dateClaims,
      ...themes,
      ...edition.exhibitionAreas.nodes,
      ...edition.sessions,
      ...edition.speakers.nodes,
      ...organizers,
      ...edition.guestsOfHonour,
      ...edition.notes,
      ...[...edition.figures, ...edition.signedProjectStatistics.nodes].filter(isOfThisAlone),
    ]),
  };
}

/** Says of a convention in the words of schema.org what is known, with all of its editions. */
export function conventionJsonLd(convention: Convention, published: Published): WithContext<EventSeries> {
  const { baseUrl, image } = published;
  const page = conventionPage(baseUrl, convention.slug);
  const repeatFrequency = convention.cadence ? EVERY[convention.cadence] : undefined;
  return {
    '@context': 'https://schema.org',
    '@type': 'EventSeries',
    '@id': page,
    url: page,
    identifier: convention.id,
    name: convention.name,
    alternateName: listed([
      ...new Set([
        ...otherNames(convention),
        ...convention.alternateNames.map(({ text }) => text),
        ...present(convention.acronym),
      ]),
    ]),
    description: convention.description ?? undefined,
    image,
    keywords: listed(convention.industries),
    eventSchedule: repeatFrequency ? { '@type': 'Schedule', repeatFrequency } : undefined,
    sameAs: listed([...new Set([...present(convention.websiteUrl), ...convention.sameAs])]),
    subEvent: listed(
      convention.editions.nodes.map(
        (edition): ExhibitionEvent => ({
          ...eventOf(edition, baseUrl),
          eventAttendanceMode: edition.attendanceMode ? ATTENDANCE[edition.attendanceMode] : undefined,
          location: placeOf(edition) ?? undefined,
        }),
      ),
    ),
    subjectOf: worksOf(published, [convention]),
  };
}

/** Says of a person in the words of schema.org where they took part, with the title held then. */
export function speakerJsonLd(speaker: Speaker, published: Published): WithContext<Person> {
  const { baseUrl, language } = published;
  const page = speakerPage(baseUrl, speaker.slug);
  return {
    '@context': 'https://schema.org',
    '@type': 'Person',
    '@id': page,
    url: page,
    identifier: speaker.id,
    name: speaker.name,
    alternateName: listed(otherNames(speaker)),
    performerIn: listed(
      speaker.appearances.nodes
        .filter(({ kind }) => kind === 'ATTENDED' || PERFORMING.includes(kind))
        .map(
          (appearance): Role<ExhibitionEvent, 'performerIn'> => ({
            ...roleOf(appearance, language),
            performerIn: {
              ...eventOf(appearance.edition, baseUrl),
              location: placeOf(appearance.edition) ?? undefined,
            },
          }),
        ),
    ),
    subjectOf: worksOf(published, speaker.appearances.nodes),
  };
}

/**
 * Says in the words of schema.org what this service is, what data it gives away, and which editions a page of its list
 * holds.
 * @param options.dataUpdatedAt when the data was changed last; null while there is none
 */
export function editionListJsonLd(
  { nodes, totalCount, pageInfo }: ListedEditionsQuery['editions'],
  published: Published & { dataUpdatedAt: string | null },
): Graph {
  const { baseUrl, language, image, dataUpdatedAt } = published;
  const search: WithActionConstraints<SearchAction> = {
    '@type': 'SearchAction',
    target: { '@type': 'EntryPoint', urlTemplate: `${baseUrl}/?q={search_term_string}` },
    'query-input': 'required name=search_term_string',
  };
  const site: WebSite = {
    '@type': 'WebSite',
    '@id': `${baseUrl}/#website`,
    url: `${baseUrl}/`,
    name: 'Expograph',
    description: WORDS[language].site,
    image,
    inLanguage: LANGUAGES,
    potentialAction: search,
  };
  const file: DataDownload = {
    '@type': 'DataDownload',
    contentUrl: `${baseUrl}/data/export.jsonl`,
    encodingFormat: 'application/jsonl',
  };
  const data: Dataset = {
    ...datasetOf(published),
    dateModified: dataUpdatedAt ?? undefined,
    distribution: file,
  };
  const list: ItemList = {
    '@type': 'ItemList',
    '@id': `${baseUrl}/#editions`,
    name: WORDS[language].list,
    numberOfItems: totalCount,
    itemListElement: nodes.map((edition, index) => ({
      '@type': 'ListItem',
      // Of a later page, nobody knows how many go before it.
      position: pageInfo.hasPreviousPage ? undefined : index + 1,
      item: { ...eventOf(edition, baseUrl), location: placeOf(edition) ?? undefined },
    })),
  };
  return { '@context': 'https://schema.org', '@graph': [site, data, list] };
}

/** @returns the JSON-LD as it may stand in a script element: whatever texts hold, none ends the element */
export function jsonLdScript(value: WithContext<Thing> | Graph): string {
  return JSON.stringify(value).replace(
    /[<\u2028\u2029]/g,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** @returns the JSON-LD as a file of its own */
export function jsonLdFile(value: WithContext<Thing> | Graph): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

const ATTENDANCE = {
  IN_PERSON: 'https://schema.org/OfflineEventAttendanceMode',
  ONLINE: 'https://schema.org/OnlineEventAttendanceMode',
  HYBRID: 'https://schema.org/MixedEventAttendanceMode',
} as const satisfies Record<AttendanceMode, string>;

const EVERY: Partial<Record<Cadence, string>> = { ANNUAL: 'P1Y', BIENNIAL: 'P2Y', TRIENNIAL: 'P3Y' };

/** How those take part who are seen or heard. */
const PERFORMING: readonly AppearanceKind[] = ['SPEECH', 'KEYNOTE', 'PANEL', 'VIDEO_ADDRESS', 'CHAIR'];

const ROLES: Record<Language, Partial<Record<AppearanceKind, string>>> = {
  en: {
    SPEECH: 'Speaker',
    KEYNOTE: 'Keynote speaker',
    PANEL: 'Panellist',
    VIDEO_ADDRESS: 'Speaker by video',
    WRITTEN_ADDRESS: 'Author of a written address',
    CHAIR: 'Chair',
    ATTENDED: 'Attendee',
  },
  'zh-Hans': {
    SPEECH: '演讲人',
    KEYNOTE: '主旨演讲人',
    PANEL: '对话嘉宾',
    VIDEO_ADDRESS: '视频致辞人',
    WRITTEN_ADDRESS: '书面致辞人',
    CHAIR: '主持人',
    ATTENDED: '出席嘉宾',
  },
};

const WORDS: Record<Language, { site: string; dataset: string; data: string; list: string }> = {
  en: {
    site: 'Trade conventions, their editions and what was signed there, every number with its source.',
    dataset: 'Expograph: trade conventions as data',
    data: 'Conventions, their editions, themes, exhibition areas, speakers and what was signed. Every number is a claim with its scope, stage, status, bound and sources; claims that conflict stay side by side.',
    list: 'Editions of trade conventions',
  },
  'zh-Hans': {
    site: '展会及其历届、签约成果，每个数字都附来源。',
    dataset: 'Expograph：展会数据',
    data: '展会及其历届的主题、展区、嘉宾与签约成果。每个数字都是一条说法，附有口径、阶段、状态、界限与来源；相互矛盾的说法并列保留。',
    list: '历届展会',
  },
};

interface Dated {
  slug: string;
  name: string;
  startDate: string | null;
  endDate: string | null;
  status: EditionStatus;
}

/** What is said of an edition wherever it is mentioned. */
function eventOf({ slug, name, startDate, endDate, status }: Dated, baseUrl: string) {
  const page = editionPage(baseUrl, slug);
  return {
    '@type': 'ExhibitionEvent',
    '@id': page,
    url: page,
    name,
    startDate: startDate ?? undefined,
    endDate: endDate ?? undefined,
    previousStartDate: status === 'POSTPONED' ? (startDate ?? undefined) : undefined,
    eventStatus: eventStatusOf(status, startDate),
  } as const;
}

/** "As scheduled" is said of those only that have a day and are known to keep it. */
function eventStatusOf(status: EditionStatus, startDate: string | null) {
  if (status === 'CANCELLED') return 'https://schema.org/EventCancelled';
  if (status === 'POSTPONED') return 'https://schema.org/EventPostponed';
  return status === 'UNKNOWN' || startDate === null ? undefined : 'https://schema.org/EventScheduled';
}

function placeOf({ venue, city }: { venue: { name: string } | null; city: City | null }): Place | null {
  if (!venue && !city) return null;
  const { locality, region, country } = city ? addressOf(city) : { locality: null, region: null, country: null };
  return {
    '@type': 'Place',
    name: venue?.name,
    address: city
      ? {
          '@type': 'PostalAddress',
          addressLocality: locality ?? undefined,
          addressRegion: region ?? undefined,
          addressCountry: country ?? undefined,
        }
      : undefined,
  };
}

/**
 * How a person took part, and the title that they had then. Their organisation is left out: beside the title it would
 * read as what the title is of, and as an affiliation of the person it would hold for ever.
 */
function roleOf({ kind, title }: { kind: AppearanceKind; title: string | null }, language: Language) {
  return { '@type': 'Role', roleName: ROLES[language][kind], description: title ?? undefined } as const;
}

interface Cited {
  citations: readonly {
    source: {
      slug: string;
      title: string;
      publisher: string | null;
      publishedOn: string | null;
      language: string | null;
      url: string | null;
    };
  }[];
}

/** The whole of the data, with its licence: schema.org knows none of an event or a person. */
function datasetOf({ baseUrl, language, license }: Published) {
  return {
    '@type': 'Dataset',
    '@id': `${baseUrl}/#dataset`,
    url: `${baseUrl}/`,
    name: WORDS[language].dataset,
    description: WORDS[language].data,
    license: license.url,
    creditText: license.creditText,
  } as const;
}

/** The dataset that something is in, and the sources that can be read, each once. */
function worksOf(published: Published, records: readonly Cited[]): readonly CreativeWork[] {
  const sources = new Map(records.flatMap(({ citations }) => citations.map(({ source }) => [source.slug, source])));
  return [
    datasetOf(published),
    ...[...sources.values()].flatMap(({ title, publisher, publishedOn, language, url }): CreativeWork[] =>
      url === null
        ? []
        : [
            {
              '@type': 'CreativeWork',
              url,
              name: title,
              // Who published it via whom is a sentence, and no name of an organisation.
              creditText: publisher ?? undefined,
              datePublished: publishedOn ?? undefined,
              inLanguage: language ?? undefined,
            },
          ],
    ),
  ];
}

function otherNames({ name, names }: { name: string; names: readonly { text: string }[] }): string[] {
  return [...new Set(names.map(({ text }) => text))].filter((text) => text !== name);
}

/** Nothing to list is nothing said. */
function listed<Item>(items: readonly Item[]): readonly Item[] | undefined {
  return items.length > 0 ? items : undefined;
}

function present<Value>(value: Value | null): Value[] {
  return value === null ? [] : [value];
}
