import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Client,
  ConventionPageDocument,
  type ConventionPageQuery,
  EditionPageDocument,
  type EditionPageQuery,
  ListedEditionsDocument,
  type ListedEditionsQuery,
  SpeakerPageDocument,
  type SpeakerPageQuery,
  TypedDocumentString,
} from '../../src/client/index.ts';
import {
  conventionJsonLd,
  editionJsonLd,
  editionListJsonLd,
  jsonLdFile,
  jsonLdScript,
  speakerJsonLd,
} from '../../src/publications/json-ld.ts';
import { summaryInWords } from '../../src/publications/sentences.ts';
import { BASE_URL, openShipped } from './asked.ts';
import { expectSchemaOrg } from './schema-org.ts';

const LANGUAGES = ['en', 'zh-Hans'] as const;
const license = { url: 'https://creativecommons.org/publicdomain/zero/1.0/', creditText: 'Data: Expograph' };
const options = { baseUrl: BASE_URL, language: 'en', license } as const;

let client: Client;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ client, close } = await openShipped());
});
afterAll(() => close());

type Edition = NonNullable<EditionPageQuery['edition']>;
type Convention = NonNullable<ConventionPageQuery['convention']>;
type Speaker = NonNullable<SpeakerPageQuery['speaker']>;
type Listed = ListedEditionsQuery['editions'];

/** Fails where there is none. */
function there<Value>(value: Value | null): Value {
  return value ?? expect.fail('There is none.');
}

const none = { totalCount: 0, nodes: [] };

/** An edition of which no more is known than that it is one. */
const unknown: Edition = {
  id: 'edition_0000000000000001',
  slug: 'some-expo-2031',
  name: 'Some Expo 2031',
  names: [{ text: 'Some Expo 2031', locale: 'en' }],
  ordinal: null,
  ordinalIsStated: false,
  year: 2031,
  startDate: null,
  endDate: null,
  dates: null,
  dayCount: null,
  timeZone: null,
  status: 'UPCOMING',
  attendanceMode: null,
  updatedAt: '2026-11-23T12:00:00.000Z',
  convention: {
    slug: 'some-expo',
    name: 'Some Expo',
    acronym: null,
    description: null,
    websiteUrl: null,
    sameAs: [],
    industries: [],
  },
  previousEdition: null,
  followingEdition: null,
  city: null,
  venue: null,
  subVenues: [],
  furtherPlaces: [],
  dateClaims: [],
  themes: [],
  exhibitionAreas: none,
  sessions: [],
  speakers: none,
  organizers: [],
  guestsOfHonour: [],
  exhibitionSpace: null,
  signedProjects: null,
  figures: [],
  signedProjectStatistics: none,
  indicators: [],
  notes: [],
  citations: [],
  coverage: { known: 0, total: 0, sources: 0, independentSources: 0, lastCheckedOn: null, fields: [] },
  changes: { nodes: [] },
  links: { page: null, calendar: null, jsonLd: null, website: null },
};

const unknownConvention: Convention = {
  id: 'convention_0000000000000001',
  slug: 'some-expo',
  name: 'Some Expo',
  names: [],
  alternateNames: [],
  acronym: null,
  description: null,
  cadence: null,
  schedule: null,
  note: null,
  cities: [],
  mergedInto: null,
  predecessors: [],
  websiteUrl: null,
  sameAs: [],
  industries: [],
  updatedAt: '2026-11-23T12:00:00.000Z',
  latestEdition: null,
  nextEdition: null,
  editions: none,
  deals: none,
  citations: [],
};

const unknownSpeaker: Speaker = {
  id: 'speaker_0000000000000001',
  slug: 'somebody',
  name: 'Somebody',
  names: [],
  appearances: none,
};

const page = { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null };
const nothing: Listed = { totalCount: 0, pageInfo: page, nodes: [] };

const source = (slug: string, url: string | null) => ({
  slug,
  title: `About ${slug}`,
  publisher: 'A paper, via another',
  publishedOn: '2031-05-03',
  language: 'en',
  url,
  isRelay: false,
});
const cited = (slug: string, url: string | null = `https://news.example/${slug}`) => [
  { basis: 'STATED' as const, note: null, source: source(slug, url) },
];

const appearance = (kind: Edition['speakers']['nodes'][number]['kind'], slug: string) => ({
  kind,
  title: 'Chairman',
  remarks: null,
  speaker: { slug, name: `The ${slug}` },
  affiliation: { name: 'Some Works' },
  session: null,
  citations: [],
});

/** What JSON has of it. */
const plain = (value: Parameters<typeof jsonLdFile>[0]): unknown => JSON.parse(jsonLdFile(value));

/** Where the licence stands: schema.org has none for an event. */
const DATASET = {
  '@type': 'Dataset',
  '@id': `${BASE_URL}/#dataset`,
  license: license.url,
  creditText: license.creditText,
  url: `${BASE_URL}/`,
  name: 'Expograph: trade conventions as data',
  description:
    'Conventions, their editions, themes, exhibition areas, speakers and what was signed. Every number is a claim with its scope, stage, status, bound and sources; claims that conflict stay side by side.',
};

const OFFERED = {
  '@context': 'https://schema.org',
  '@type': 'ExhibitionEvent',
  '@id': `${BASE_URL}/editions/some-expo-2031`,
  url: `${BASE_URL}/editions/some-expo-2031`,
  identifier: 'edition_0000000000000001',
  name: 'Some Expo 2031',
  description: '2031, dates not known. Upcoming.',
  superEvent: {
    '@type': 'EventSeries',
    '@id': `${BASE_URL}/conventions/some-expo`,
    url: `${BASE_URL}/conventions/some-expo`,
    name: 'Some Expo',
  },
  subjectOf: [DATASET],
};

describe('an edition', () => {
  test('of which nothing is known says so', async () => {
    expect(plain(editionJsonLd(unknown, options))).toEqual(OFFERED);
    await expectSchemaOrg(jsonLdFile(editionJsonLd(unknown, options)));
  });

  test('of which all is known says all that schema.org has words for', async () => {
    const full: Edition = {
      ...unknown,
      names: [
        { text: '某博览会2031', locale: 'zh-Hans' },
        { text: 'Some Expo 2031', locale: 'en' },
      ],
      startDate: '2031-05-01',
      endDate: '2031-05-02',
      dates: '1–2 May 2031',
      dateClaims: [
        {
          ...{ id: 'date_1', startDate: '2031-05-01', endDate: '2031-05-02', dayCount: null, note: null },
          ...{ status: 'EXPECTED', standing: 'PREFERRED', citations: cited('dates') },
        },
      ],
      attendanceMode: 'HYBRID',
      convention: { ...unknown.convention, acronym: 'SE', industries: ['manufacturing'] },
      city: { slug: 'lyon', name: 'Lyon', kind: 'CITY', country: 'FR', parent: { name: 'Rhône', kind: 'PROVINCE' } },
      venue: { name: 'Main Hall' },
      subVenues: [{ name: 'Old Hall' }],
      themes: [
        {
          kind: 'MAIN',
          texts: [
            { text: '制造', locale: 'zh-Hans', isOriginal: true },
            { text: 'Making', locale: 'en', isOriginal: false },
          ],
          citations: cited('theme'),
        },
        { kind: 'SUB', texts: [{ text: '数字', locale: 'zh-Hans', isOriginal: true }], citations: [] },
      ],
      speakers: {
        totalCount: 9,
        nodes: [
          appearance('KEYNOTE', 'first'),
          { ...appearance('SPEECH', 'second'), affiliation: null },
          { ...appearance('PANEL', 'third'), title: null },
          { ...appearance('VIDEO_ADDRESS', 'fourth'), title: null, affiliation: null },
          appearance('CHAIR', 'first'),
          appearance('WRITTEN_ADDRESS', 'sixth'),
          appearance('ATTENDED', 'seventh'),
          appearance('QUOTED', 'eighth'),
          appearance('ANNOUNCED', 'ninth'),
        ],
      },
      organizers: (['HOST', 'ORGANIZER', 'CO_ORGANIZER', 'SUPPORTER'] as const)
        .map((role, index): Edition['organizers'][number] => ({
          role,
          participant: {
            __typename: 'Organization',
            name: `Body ${index}`,
            websiteUrl: index === 0 ? 'https://body.example/' : null,
          },
          citations: cited('bodies'),
        }))
        .concat({ role: 'HOST', participant: { __typename: 'Place', placeName: 'Rhône' }, citations: [] }),
      guestsOfHonour: [
        { participant: { __typename: 'Place', placeName: 'Slovakia' }, citations: cited('nowhere', null) },
      ],
      citations: [...cited('bodies'), ...cited('edition')].map((citation) => ({ ...citation, field: null })),
      links: { ...unknown.links, website: 'https://expo.example/2031' },
    };
    const person = (slug: string) => ({
      '@type': 'Person',
      '@id': `${BASE_URL}/speakers/${slug}`,
      url: `${BASE_URL}/speakers/${slug}`,
      name: `The ${slug}`,
    });
    const work = (slug: string) => ({
      '@type': 'CreativeWork',
      url: `https://news.example/${slug}`,
      name: `About ${slug}`,
      creditText: 'A paper, via another',
      datePublished: '2031-05-03',
      inLanguage: 'en',
    });
    const pictured = editionJsonLd(full, { ...options, image: 'https://pictures.example/expo.png' });
    expect(plain(pictured)).toEqual({
      ...OFFERED,
      alternateName: ['某博览会2031'],
      description: '1–2 May 2031. The dates are as announced beforehand. Main Hall, Lyon, Rhône, France. Upcoming.',
      image: 'https://pictures.example/expo.png',
      startDate: '2031-05-01',
      endDate: '2031-05-02',
      eventStatus: 'https://schema.org/EventScheduled',
      eventAttendanceMode: 'https://schema.org/MixedEventAttendanceMode',
      location: [
        {
          '@type': 'Place',
          name: 'Main Hall',
          address: {
            '@type': 'PostalAddress',
            addressLocality: 'Lyon',
            addressRegion: 'Rhône',
            addressCountry: 'FR',
          },
        },
        { '@type': 'Place', name: 'Old Hall' },
      ],
      superEvent: { ...OFFERED.superEvent, alternateName: 'SE' },
      about: [
        { '@type': 'Thing', name: 'Making', alternateName: ['制造'] },
        { '@type': 'Thing', name: '数字' },
      ],
      keywords: ['manufacturing'],
      organizer: [
        { '@type': 'Organization', name: 'Body 0', url: 'https://body.example/' },
        { '@type': 'Organization', name: 'Body 1' },
        { '@type': 'Organization', name: 'Body 2' },
      ],
      performer: [
        {
          '@type': 'Role',
          roleName: 'Keynote speaker',
          description: 'Chairman',
          performer: person('first'),
        },
        { '@type': 'Role', roleName: 'Speaker', description: 'Chairman', performer: person('second') },
        { '@type': 'Role', roleName: 'Panellist', performer: person('third') },
        { '@type': 'Role', roleName: 'Speaker by video', performer: person('fourth') },
        { '@type': 'Role', roleName: 'Chair', description: 'Chairman', performer: person('first') },
      ],
      attendee: [{ '@type': 'Role', roleName: 'Attendee', description: 'Chairman', attendee: person('seventh') }],
      contributor: [
        { '@type': 'Organization', name: 'Body 3' },
        {
          '@type': 'Role',
          roleName: 'Author of a written address',
          description: 'Chairman',
          contributor: person('sixth'),
        },
      ],
      sameAs: 'https://expo.example/2031',
      subjectOf: [DATASET, work('bodies'), work('edition'), work('dates'), work('theme')],
    });
    await expectSchemaOrg(jsonLdFile(pictured));

    const chinese = editionJsonLd({ ...full, name: '某博览会2031' }, { ...options, language: 'zh-Hans' });
    expect(plain(chinese)).toMatchObject({
      '@id': OFFERED['@id'],
      name: '某博览会2031',
      alternateName: ['Some Expo 2031'],
      description: '1–2 May 2031。日期系事先公布。法国 Rhône Lyon Main Hall。即将举办。',
      about: [{ name: '制造', alternateName: ['Making'] }, { name: '数字' }],
      performer: [
        { roleName: '主旨演讲人', description: 'Chairman' },
        { roleName: '演讲人' },
        { roleName: '对话嘉宾' },
        { roleName: '视频致辞人' },
        { roleName: '主持人' },
      ],
      attendee: [{ roleName: '出席嘉宾' }],
      contributor: [{ name: 'Body 3' }, { roleName: '书面致辞人' }],
    });
  });

  test('names the sources of what is about it alone, and no others', () => {
    const edition = (year: number) => ({ slug: `some-expo-${year}`, year });
    const figure = (slug: string, years: readonly number[]): Edition['figures'][number] => ({
      ...{
        id: slug,
        metric: 'EXHIBITORS',
        label: 'Exhibitors',
        spaceBasis: null,
        note: null,
        asOf: null,
        asOfPeriod: null,
      },
      ...{ scope: 'EDITION', status: 'FINAL', standing: 'PREFERRED' },
      quantity: { value: '3', unit: 'COUNT', bound: 'EXACT', text: '3' },
      editions: years.map(edition),
      citations: cited(slug),
    });
    const statistic = (
      slug: string,
      years: readonly number[],
      reportedAt: number,
    ): Edition['signedProjectStatistics']['nodes'][number] => ({
      ...{ id: slug, stage: 'SIGNED', note: null, asOf: null, asOfPeriod: null, slice: null },
      ...{ scope: 'EDITION', status: 'FINAL', standing: 'PREFERRED' },
      ...{ projects: null, investment: null, conversions: [], share: null },
      editions: years.map(edition),
      reportedAt: edition(reportedAt),
      citations: cited(slug),
    });
    const value = editionJsonLd(
      {
        ...unknown,
        figures: [
          figure('own-figure', [2031]),
          figure('figure-of-both', [2030, 2031]),
          figure('figure-of-another', [2030]),
          figure('figure-of-none', []),
        ],
        signedProjectStatistics: {
          totalCount: 4,
          nodes: [
            statistic('own-statistic', [2031], 2031),
            statistic('own-statistic-told-later', [2031], 2032),
            statistic('statistic-of-both', [2031, 2030], 2031),
            statistic('statistic-of-another', [2030], 2031),
          ],
        },
        indicators: [
          {
            ...{ name: 'Output', period: '2030', basis: 'YEAR_ON_YEAR', place: { name: 'Rhône' } },
            change: { value: '3', unit: 'PERCENT', bound: 'EXACT', text: '3%' },
            differenceFromPrevious: null,
            citations: cited('economy'),
          },
        ],
        notes: [{ kind: 'OTHER', standing: 'PREFERRED', text: 'It rained.', citations: cited('note') }],
      },
      options,
    );
    expect(Object(plain(value)).subjectOf.map(({ url }: { url: string }) => url)).toEqual([
      DATASET.url,
      'https://news.example/note',
      'https://news.example/own-figure',
      'https://news.example/own-statistic',
      'https://news.example/own-statistic-told-later',
    ]);
  });

  const day = { startDate: '2031-05-01' };
  test.each([
    ['UPCOMING', day, { ...day, eventStatus: 'https://schema.org/EventScheduled' }],
    ['RUNNING', day, { ...day, eventStatus: 'https://schema.org/EventScheduled' }],
    ['HELD', day, { ...day, eventStatus: 'https://schema.org/EventScheduled' }],
    ['HELD', { startDate: null }, {}],
    ['UNKNOWN', day, day],
    ['CANCELLED', day, { ...day, eventStatus: 'https://schema.org/EventCancelled' }],
    ['CANCELLED', { startDate: null }, { eventStatus: 'https://schema.org/EventCancelled' }],
    ['POSTPONED', { startDate: null }, { eventStatus: 'https://schema.org/EventPostponed' }],
    ['POSTPONED', day, { ...day, previousStartDate: '2031-05-01', eventStatus: 'https://schema.org/EventPostponed' }],
  ] as const)('that is %s with %o says %o', async (status, dates, said) => {
    const edition = { ...unknown, ...dates, status };
    const value = editionJsonLd(edition, options);
    // What a feed says of it is told in its own tests.
    expect(plain(value)).toEqual({ ...OFFERED, description: summaryInWords(edition, 'en'), ...said });
    await expectSchemaOrg(jsonLdFile(value));
  });

  test.each([
    ['IN_PERSON', 'https://schema.org/OfflineEventAttendanceMode'],
    ['ONLINE', 'https://schema.org/OnlineEventAttendanceMode'],
  ] as const)('that is held %s says so', (attendanceMode, eventAttendanceMode) => {
    expect(plain(editionJsonLd({ ...unknown, attendanceMode }, options))).toEqual({ ...OFFERED, eventAttendanceMode });
  });

  test.each([
    [{ kind: 'PROVINCE', parent: { name: 'Some Land', kind: 'COUNTRY' } }, { addressRegion: 'There' }, 'There, France'],
    [{ kind: 'COUNTRY', parent: null }, {}, 'France'],
    [{ kind: 'CITY', parent: { name: 'Some Land', kind: 'COUNTRY' } }, { addressLocality: 'There' }, 'There, France'],
  ] as const)('in %o has the address %o and is said to be in "%s"', (place, address, words) => {
    const city = { slug: 'there', name: 'There', country: 'FR', ...place };
    expect(plain(editionJsonLd({ ...unknown, city }, options))).toEqual({
      ...OFFERED,
      description: `2031, dates not known. ${words}. Upcoming.`,
      location: [{ '@type': 'Place', address: { '@type': 'PostalAddress', ...address, addressCountry: 'FR' } }],
    });
  });
});

test('a convention and a person of whom nothing is known say nothing, and a list without editions has none', async () => {
  const convention = conventionJsonLd(unknownConvention, options);
  expect(plain(convention)).toEqual({
    '@context': 'https://schema.org',
    ...OFFERED.superEvent,
    identifier: 'convention_0000000000000001',
    subjectOf: [DATASET],
  });
  const speaker = speakerJsonLd(unknownSpeaker, options);
  expect(plain(speaker)).toEqual({
    '@context': 'https://schema.org',
    '@type': 'Person',
    '@id': `${BASE_URL}/speakers/somebody`,
    url: `${BASE_URL}/speakers/somebody`,
    identifier: 'speaker_0000000000000001',
    name: 'Somebody',
    subjectOf: [DATASET],
  });
  const list = editionListJsonLd(nothing, { ...options, dataUpdatedAt: null });
  expect(plain(list)).toEqual({
    '@context': 'https://schema.org',
    '@graph': [
      {
        '@type': 'WebSite',
        '@id': `${BASE_URL}/#website`,
        url: `${BASE_URL}/`,
        name: 'Expograph',
        description: 'Trade conventions, their editions and what was signed there, every number with its source.',
        inLanguage: ['en', 'zh-Hans'],
        potentialAction: {
          '@type': 'SearchAction',
          target: { '@type': 'EntryPoint', urlTemplate: `${BASE_URL}/?q={search_term_string}` },
          'query-input': 'required name=search_term_string',
        },
      },
      {
        ...DATASET,
        distribution: {
          '@type': 'DataDownload',
          contentUrl: `${BASE_URL}/data/export.jsonl`,
          encodingFormat: 'application/jsonl',
        },
      },
      {
        '@type': 'ItemList',
        '@id': `${BASE_URL}/#editions`,
        name: 'Editions of trade conventions',
        numberOfItems: 0,
        itemListElement: [],
      },
    ],
  });
  for (const value of [convention, speaker, list]) await expectSchemaOrg(jsonLdFile(value));
});

test('a convention and this service have a picture where one is given, and a person has none', async () => {
  const pictured = { ...options, image: 'https://pictures.example/expo.png' };
  const convention = conventionJsonLd(unknownConvention, pictured);
  expect(plain(convention)).toMatchObject({ '@type': 'EventSeries', image: pictured.image });
  const list = editionListJsonLd(nothing, { ...pictured, dataUpdatedAt: null });
  expect(Object(plain(list))['@graph'].map((node: { image?: string }) => node.image)).toEqual([
    pictured.image,
    undefined,
    undefined,
  ]);
  const speaker = speakerJsonLd(unknownSpeaker, pictured);
  expect(jsonLdFile(speaker)).not.toContain('image');
  for (const value of [convention, list, speaker]) await expectSchemaOrg(jsonLdFile(value));
  const relative = conventionJsonLd(unknownConvention, { ...options, image: '/expo.png' });
  await expect(expectSchemaOrg(jsonLdFile(relative))).rejects.toThrow();
});

test('a convention says how often it is held only where that is a rhythm', () => {
  const said = (cadence: Convention['cadence']) =>
    Object(plain(conventionJsonLd({ ...unknownConvention, cadence }, options))).eventSchedule;
  const every = (repeatFrequency: string) => ({ '@type': 'Schedule', repeatFrequency });
  expect([said('ANNUAL'), said('BIENNIAL'), said('TRIENNIAL')]).toEqual([every('P1Y'), every('P2Y'), every('P3Y')]);
  expect([said('TWICE_A_YEAR'), said('IRREGULAR'), said(null)]).toEqual([undefined, undefined, undefined]);
});

const Speakers = new TypedDocumentString<{ speakers: { nodes: { slug: string }[] } }>(
  '{ speakers(first: 100) { nodes { slug } } }',
);

describe.each(LANGUAGES)('in %s', (locale) => {
  const published = { baseUrl: BASE_URL, language: locale, license };

  test('each shipped edition is said as the data has it, in words that schema.org has', async () => {
    const slugs: string[] = [];
    for (let after: string | null | undefined; after !== null; ) {
      const { editions } = await client.query(ListedEditionsDocument, { first: 100, after });
      slugs.push(...editions.nodes.map(({ slug }) => slug));
      after = editions.pageInfo.hasNextPage ? editions.pageInfo.endCursor : null;
    }
    expect(slugs.length).toBeGreaterThan(100);
    const met = new Set<string>();
    for (const slug of slugs) {
      const edition = there((await client.query(EditionPageDocument, { slug, locale })).edition);
      const value = editionJsonLd(edition, published);
      for (const type of await expectSchemaOrg(jsonLdFile(value))) met.add(type);
      const said = Object(plain(value));
      expect([said['@id'], said.url, said.name]).toEqual([edition.links.page, edition.links.page, edition.name]);
      expect([said.startDate ?? null, said.endDate ?? null]).toEqual([edition.startDate, edition.endDate]);
      expect([said.name, ...(said.alternateName ?? [])].sort()).toEqual(edition.names.map(({ text }) => text).sort());
      const seen = edition.speakers.nodes.filter(({ kind }) => kind !== 'QUOTED' && kind !== 'ANNOUNCED');
      const roles = [...(said.performer ?? []), ...(said.attendee ?? []), ...(said.contributor ?? [])];
      // The title held then, and nothing of which it might seem to be.
      const titles = roles.filter((role) => role['@type'] === 'Role').map(({ description }) => description ?? null);
      expect(titles.sort()).toEqual(seen.map(({ title }) => title).sort());
      const [dataset, ...works] = said.subjectOf;
      expect(dataset).toMatchObject({ '@type': 'Dataset', license: license.url });
      const shown = works.map(({ url }: { url: string }) => url);
      const { indicators: _, figures, signedProjectStatistics, ...others } = edition;
      const claims = [...figures, ...signedProjectStatistics.nodes];
      const alone = claims.filter(({ editions: of }) => of.map((one) => one.slug).join() === slug);
      const sources = JSON.stringify([others, alone]).match(/(?<="url":")[^"]+/g);
      expect(new Set(shown)).toEqual(new Set(sources));
      expect(new Set(shown).size).toBe(shown.length);
    }
    expect([...met].sort()).toEqual([
      'CreativeWork',
      'Dataset',
      'EventSeries',
      'ExhibitionEvent',
      'Organization',
      'Person',
      'Place',
      'PostalAddress',
      'Role',
      'Thing',
    ]);
  });

  test('the shipped convention is said with all of its editions', async () => {
    const convention = there((await client.query(ConventionPageDocument, { locale })).convention);
    const value = conventionJsonLd(convention, published);
    await expectSchemaOrg(jsonLdFile(value));
    expect(plain(value)).toMatchObject({
      '@type': 'EventSeries',
      '@id': `${BASE_URL}/conventions/world-manufacturing-convention`,
      name: locale === 'en' ? 'World Manufacturing Convention' : '世界制造业大会',
      alternateName: [locale === 'en' ? '世界制造业大会' : 'World Manufacturing Convention', 'WMC'],
      description: convention.description,
      eventSchedule: { repeatFrequency: 'P1Y' },
      subEvent: convention.editions.nodes.map(({ name, startDate, links }) => ({ '@id': links.page, name, startDate })),
    });
    expect(convention.editions.nodes).toHaveLength(9);
  });

  test('each shipped speaker is said with where they took part', async () => {
    const { speakers } = await client.query(Speakers);
    expect(speakers.nodes.length).toBeGreaterThan(20);
    for (const { slug } of speakers.nodes) {
      const speaker = there((await client.query(SpeakerPageDocument, { slug, locale })).speaker);
      const value = speakerJsonLd(speaker, published);
      await expectSchemaOrg(jsonLdFile(value));
      const part = speaker.appearances.nodes.filter(({ kind }) =>
        /SPEECH|KEYNOTE|PANEL|VIDEO|CHAIR|ATTENDED/.test(kind),
      );
      const said = Object(plain(value));
      expect(said.name).toBe(speaker.name);
      expect(said.performerIn ?? []).toMatchObject(
        part.map(({ title, edition }) => ({
          ...(title !== null && { description: title }),
          performerIn: { '@id': edition.links.page, ...(edition.startDate && { startDate: edition.startDate }) },
        })),
      );
    }
  });

  test('the list says what this service is, which data there is, and what a page holds', async () => {
    const { editions } = await client.query(ListedEditionsDocument, { first: 4, locale });
    const first = editionListJsonLd(editions, { ...published, dataUpdatedAt: '2026-11-23T12:00:00.000Z' });
    expect([...(await expectSchemaOrg(jsonLdFile(first)))].sort()).toEqual([
      'DataDownload',
      'Dataset',
      'EntryPoint',
      'ExhibitionEvent',
      'ItemList',
      'ListItem',
      'Place',
      'PostalAddress',
      'SearchAction',
      'WebSite',
    ]);
    expect(plain(first)).toMatchObject({
      '@graph': [
        { '@type': 'WebSite' },
        { '@type': 'Dataset', dateModified: '2026-11-23T12:00:00.000Z' },
        {
          numberOfItems: editions.totalCount,
          itemListElement: editions.nodes.map(({ name, links }, index) => ({
            position: index + 1,
            item: { '@id': links.page, name },
          })),
        },
      ],
    });
    const after = { first: 4, after: editions.pageInfo.endCursor, locale };
    const second = editionListJsonLd((await client.query(ListedEditionsDocument, after)).editions, {
      ...published,
      dataUpdatedAt: null,
    });
    expect(jsonLdFile(second)).not.toContain('"position"');
    await expectSchemaOrg(jsonLdFile(second));
  });
});

test('no text ends the script that it stands in, and each is read back', () => {
  const name = '</script><script>alert(1)</script><!-- <SCRIPT \u2028 \u2029 & "quoted" \\ 制造';
  const value = editionJsonLd({ ...unknown, name, names: [] }, options);
  const written = jsonLdScript(value);
  expect(written).not.toMatch(/[<\u2028\u2029\n]/);
  expect(JSON.parse(written)).toEqual({ ...OFFERED, name });
  expect(JSON.parse(jsonLdFile(value))).toEqual({ ...OFFERED, name });
  expect(jsonLdFile(value)).toMatch(/^\{\n {2}"@context": "https:\/\/schema\.org",\n.*\}\n$/s);
});

describe('what is no schema.org', () => {
  const event = { '@context': 'https://schema.org', '@type': 'ExhibitionEvent', '@id': 'https://a.example/' };
  test.each([
    ['a property that there is not', { ...event, exhibitors: 3 }],
    ['a property of another class', { ...event, jobTitle: 'Chairman' }],
    ['a class that there is not', { ...event, '@type': 'Convention' }],
    ['an address that is none', { ...event, '@id': '/editions/a' }],
    ['a status that there is not', { ...event, eventStatus: 'https://schema.org/EventHeld' }],
    ['a date that is none', { ...event, startDate: 'May 2031' }],
    ['a text that says nothing', { ...event, name: '' }],
    ['another vocabulary', { ...event, '@context': 'https://example.org' }],
  ])('%s is found by these tests', async (_what, value) => {
    await expect(expectSchemaOrg(JSON.stringify(value))).rejects.toThrow();
  });
});
