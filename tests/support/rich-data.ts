import { createHash } from 'node:crypto';
import type { Statement } from '../../src/store/open.ts';
import * as tables from '../../src/store/tables.ts';
import { upserts } from '../../src/store/upsert.ts';
import { Bound, ProjectStage, type Word } from '../../src/store/vocabulary.ts';

/** The instant at which the rich world is looked at: in Asia the next day has begun. */
export const RICH_NOW = new Date('2026-06-30T20:00:00Z');

type Texts = Record<string, string>;

/**
 * A database of a few hundred rows in which every table has rows, every nullable column has nulls, and every list has
 * ties: equal dates, names and positions. Some of it no import would write; the planner must not care.
 * @param more how many conventions of some editions each to add to it
 * @returns the statements that fill an empty database; the same on each call
 */
export function richData(more = 0): Statement[] {
  const rows = {
    nodes: upserts(tables.nodes),
    localizedTexts: upserts(tables.localizedTexts),
    dataset: upserts(tables.dataset),
    sources: upserts(tables.sources),
    citations: upserts(tables.citations),
    knownConflicts: upserts(tables.knownConflicts),
    places: upserts(tables.places),
    venues: upserts(tables.venues),
    organizations: upserts(tables.organizations),
    speakers: upserts(tables.speakers),
    conventions: upserts(tables.conventions),
    editions: upserts(tables.editions),
    editionSubVenues: upserts(tables.editionSubVenues),
    editionFurtherPlaces: upserts(tables.editionFurtherPlaces),
    changes: upserts(tables.changes),
    dateClaims: upserts(tables.dateClaims),
    editionNotes: upserts(tables.editionNotes),
    themes: upserts(tables.themes),
    exhibitionAreas: upserts(tables.exhibitionAreas),
    sessions: upserts(tables.sessions),
    appearances: upserts(tables.appearances),
    participations: upserts(tables.participations),
    figures: upserts(tables.figures),
    figureEditions: upserts(tables.figureEditions),
    economicIndicators: upserts(tables.economicIndicators),
    signedProjectStatistics: upserts(tables.signedProjectStatistics),
    signedProjectStatisticEditions: upserts(tables.signedProjectStatisticEditions),
    conversions: upserts(tables.conversions),
  };
  const random = randomNumbers(20_211_119);
  const pick = <One>(list: readonly [One, ...One[]]): One => list[random(list.length)] ?? list[0];
  // Numbers of their own, so that what hangs on them leaves the rest of the data as it is.
  const others = randomNumbers(582_180);
  const vary = <One>(list: readonly [One, ...One[]]): One => list[others(list.length)] ?? list[0];
  const maybe = <One>(value: One): One | null => (random(3) === 0 ? null : value);
  const times = <One>(count: number, make: (index: number) => One): One[] =>
    Array.from({ length: count }, (_, index) => make(index));

  /** Adds a node with its texts. The first language of a text is the original. */
  const node = (type: string, name: string, texts: Record<string, Texts | null> = {}): string => {
    const id = `${type.toLowerCase()}_${createHash('sha256').update(`${type}:${name}`).digest('hex').slice(0, 10)}`;
    const updatedAt = `2026-05-${String(1 + random(28)).padStart(2, '0')}T08:00:00.000Z`;
    rows.nodes.add({ id, type, document: 'rich', checksum: 1, updatedAt });
    for (const [field, wordings] of Object.entries(texts)) addTexts(id, field, wordings);
    return id;
  };
  const addTexts = (nodeId: string, field: string, wordings: Texts | null) => {
    for (const [index, [locale, text]] of Object.entries(wordings ?? {}).entries())
      rows.localizedTexts.add({ nodeId, field, locale, text, isOriginal: index === 0 });
  };
  const wording = (text: string): Texts =>
    pick<Texts>([
      { en: text, 'zh-Hans': `${text}（中文）` },
      { 'zh-Hans': `${text}（原文）`, en: text },
      { en: `${text} \\ "quoted" 'twice' 😀\n` },
      { 'zh-Hans': `${text}（只有中文）` },
      { de: `${text} (deutsch)`, en: text, 'zh-Hans': `${text}（译文）` },
      { de: `MÜNCHEN ${text.toUpperCase()}`, 'zh-Hans': `${text}（译文）` },
      { fr: `100% Cafe\u0301_${text}`, de: `100 Kaffee ${text}` },
    ]);

  rows.dataset.add({ id: 1, version: '0123456789abcdef', updatedAt: '2026-05-28T08:00:00.000Z' });

  const china = node('Place', 'china', { name: { en: 'China', 'zh-Hans': '中国' } });
  const anhui = node('Place', 'anhui', { name: { 'zh-Hans': '安徽', en: 'Anhui' } });
  const india = node('Place', 'india', { name: { en: 'India' } });
  rows.places.add({ id: china, slug: 'china', kind: 'COUNTRY', country: 'CN', parentId: null, timeZone: null });
  rows.places.add({ id: anhui, slug: 'anhui', kind: 'PROVINCE', country: 'CN', parentId: china, timeZone: null });
  rows.places.add({
    id: india,
    slug: 'india',
    kind: 'COUNTRY',
    country: 'IN',
    parentId: null,
    timeZone: 'Asia/Kolkata',
  });
  const city = (slug: string, country: string, parentId: string | null, timeZone: string | null): string => {
    const id = node('Place', slug, { name: wording(slug) });
    rows.places.add({ id, slug, kind: 'CITY', country, parentId, timeZone });
    return id;
  };
  const cities: [string, ...string[]] = [
    city('hefei', 'CN', anhui, 'Asia/Shanghai'),
    city('hannover', 'DE', null, 'Europe/Berlin'),
    city('mumbai', 'IN', india, 'Asia/Kolkata'),
    city('nowhere', 'XX', null, null),
  ];
  const venue = (slug: string): string => {
    const id = node('Venue', slug, { name: wording(slug) });
    rows.venues.add({ id, slug, cityId: pick(cities) });
    return id;
  };
  const venues: [string, ...string[]] = [venue('halls'), venue('arena'), venue('park'), venue('old-mill')];
  const organization = (slug: string): string => {
    const id = node('Organization', slug, { name: wording(slug) });
    rows.organizations.add({ id, slug, websiteUrl: maybe(`https://${slug}.example/`) });
    return id;
  };
  const organizations: [string, ...string[]] = [
    organization('ministry'),
    organization('union'),
    organization('works'),
    organization('institute'),
  ];

  const published = ['2021-11-20', null, '2021-11-19', '2021-11-20', null, '2026-01-05', '2021-11-20', null];
  const sources: string[] = [];
  for (const index of times(31, (one) => one)) {
    const id = node('Source', `source-${index}`, { note: maybe(wording(`note on source ${index}`)) });
    rows.sources.add({
      id,
      slug: `source-${index}`,
      kind: pick(['NEWS_AGENCY', 'GOVERNMENT', 'TRADE_PRESS', 'OTHER']),
      title: vary([
        `Title {${index}} & 50% "off"`,
        `TITLE_${index % 3}`,
        `title_${index % 3}`,
        'Überblick',
        'überblick',
      ]),
      publisher: maybe(vary(['The Press', 'the press', 'Presse MÜNCHEN', '%_Press'])),
      url: maybe(`https://press.example/${index}`),
      publishedOn: published[index % published.length] ?? null,
      retrievedOn: maybe('2026-05-01'),
      language: maybe(pick(['en', 'zh-Hans'])),
      isRelay: random(2) === 0,
      access: maybe(pick(['FULL_TEXT', 'HEADLINE'])),
      derivedFromId: maybe(sources[random(sources.length)] ?? null),
    });
    sources.push(id);
  }
  const cite = (nodeId: string) => {
    for (const position of times(random(4), (one) => one)) {
      const sourceId = sources[random(sources.length)] ?? '';
      const basis = pick(['STATED', 'DERIVED', 'INFERRED'] as const);
      rows.citations.add({ nodeId, position, sourceId, field: maybe(pick(['startDate', 'name'])), basis });
      addTexts(nodeId, `citations.${position}.note`, maybe(wording(`note ${position}`)));
    }
    for (const [position, check] of (['BOUND', 'SCRIPT'] as const).slice(random(4)).entries()) {
      rows.knownConflicts.add({ nodeId, position, check });
      addTexts(nodeId, `knownConflicts.${position}.explanation`, wording(`explanation ${position}`));
    }
  };

  const sortNames = ['Chen', 'Adams', 'Chen', 'Zhao', 'adams', 'Ödön', 'Chen', 'Baker'];
  const speakers = times(27, (index) => {
    const sortName = sortNames[index % sortNames.length] ?? '';
    const id = node('Speaker', `speaker-${index}`, { name: wording(sortName) });
    rows.speakers.add({ id, slug: `speaker-${index}`, sortName });
    return { id, sortName };
  });

  const bound = () => pick(Object.keys(Bound) as [Word<typeof Bound>, ...Word<typeof Bound>[]]);
  const decimal = () => pick(['1', '0', '43000', '91.1', '0.4', '1800000000000', '-3.0001', '900719925474.0993']);
  const status = () => pick(['TARGET', 'EXPECTED', 'INTERIM', 'FINAL'] as const);
  const asOf = () => pick([null, '2021', '2021-11', '2021-11-22']);

  const measure = () => vary(['SQUARE_METRE', 'SQUARE_METRE', 'SQUARE_METRE', 'SQUARE_FOOT'] as const);

  interface Held {
    id: string;
    slug: string;
    chronology: string;
  }

  const addEdition = (
    conventionId: string,
    slug: string,
    year: number,
    startDate: string | null,
    timeZone: string | null,
  ) => {
    const id = node('Edition', slug, { name: wording(slug) });
    const endDate = startDate ? maybe(startDate.replace(/\d\d$/, '30')) : vary([null, null, `${year}-09-30`]);
    rows.editions.add({
      id,
      slug,
      conventionId,
      ordinal: maybe(1 + random(20)),
      ordinalIsStated: random(2) === 0,
      year,
      startDate,
      endDate,
      timeZone,
      eventStatus: random(6) === 0 ? pick(['POSTPONED', 'CANCELLED']) : null,
      attendanceMode: maybe(pick(['IN_PERSON', 'ONLINE', 'HYBRID'])),
      cityId: maybe(pick(cities)),
      venueId: maybe(pick(venues)),
      websiteUrl: maybe(`https://${slug}.example/`),
    });
    cite(id);
    const chronology = startDate ?? endDate ?? `${year}-13`;
    if (random(3) === 0)
      for (const position of [0, 1])
        rows.editionSubVenues.add({ editionId: id, venueId: venues[position * 2] ?? '', position });
    if (others(3) === 0)
      for (const [position, placeId] of [india, anhui].entries())
        rows.editionFurtherPlaces.add({ editionId: id, placeId, position });
    for (const index of times(random(3), (one) => one)) {
      const claim = node('DateClaim', `${slug}/${index}`, { note: maybe(wording('dates')) });
      const standing = pick(['PREFERRED', 'ALTERNATIVE', 'DISPUTED'] as const);
      const dates = { startDate: maybe(`${year}-05-01`), endDate: maybe(`${year}-05-04`), dayCount: maybe(4) };
      rows.dateClaims.add({ id: claim, editionId: id, ...dates, status: status(), standing, position: random(2) });
      cite(claim);
      const note = node('EditionNote', `${slug}/${index}`, { text: wording('a note') });
      rows.editionNotes.add({
        id: note,
        editionId: id,
        kind: pick(['PLAN', 'OUTCOME']),
        standing,
        position: random(2),
      });
    }
    for (const index of times(random(4), (one) => one)) {
      const theme = node('Theme', `${slug}/${index}`, { text: wording(`Theme ${index} of ${slug}`) });
      rows.themes.add({ id: theme, editionId: id, kind: pick(['MAIN', 'SUB']), position: random(2), chronology });
      cite(theme);
    }
    const areas = slug === 'annual-2010' ? 23 : random(5);
    for (const index of times(areas, (one) => one)) {
      const area = node('ExhibitionArea', `${slug}/${index}`, {
        name: wording(`Hall ${index}`),
        focus: maybe(wording('robots')),
      });
      const size = maybe({ sizeValue: decimal(), sizeUnit: measure(), sizeBound: bound() });
      rows.exhibitionAreas.add({
        id: area,
        editionId: id,
        kind: pick(['HALL', 'ZONE']),
        ...size,
        position: random(4),
        chronology,
      });
      cite(area);
    }
    const sessions = times(random(4), (index) => {
      const session = node('Session', `${slug}/${index}`, { title: wording(`Session ${index}`) });
      rows.sessions.add({
        id: session,
        editionId: id,
        kind: pick(['FORUM', 'SEMINAR']),
        date: maybe(startDate),
        endDate: startDate && vary([null, `${year}-12-31`]),
        position: random(2),
      });
      return session;
    });
    for (const index of times(random(8), (one) => one)) {
      const speaker = speakers[random(speakers.length)] ?? { id: '', sortName: '' };
      const appearance = node('Appearance', `${slug}/${index}`, {
        title: maybe(wording('Director')),
        remarks: maybe(wording('Said it')),
      });
      rows.appearances.add({
        id: appearance,
        editionId: id,
        speakerId: speaker.id,
        sessionId: maybe(sessions[random(4)] ?? null),
        kind: pick(['SPEECH', 'KEYNOTE', 'QUOTED']),
        affiliationId: maybe(pick(organizations)),
        sortName: speaker.sortName,
        chronology,
      });
      cite(appearance);
    }
    for (const index of times(random(5), (one) => one)) {
      const participation = node('Participation', `${slug}/${index}`);
      const participantId = pick([pick(organizations), pick(organizations), pick(cities), anhui, india]);
      const role = pick(['HOST', 'ORGANIZER', 'GUEST_OF_HONOUR', 'SUPPORTER'] as const);
      rows.participations.add({ id: participation, editionId: id, participantId, role, position: random(2) });
      cite(participation);
    }
    for (const index of times(random(3), (one) => one)) {
      const indicator = node('EconomicIndicator', `${slug}/${index}`, { name: wording('Added value') });
      const difference = maybe({ differenceValue: '0.4', differenceBound: bound() });
      const change = {
        changeValue: decimal(),
        changeBound: bound(),
        basis: pick(['YEAR_ON_YEAR', 'MONTH_ON_MONTH'] as const),
      };
      const reportedAtId = maybe(id);
      rows.economicIndicators.add({
        id: indicator,
        placeId: pick(cities),
        period: '2021-10',
        ...change,
        ...difference,
        reportedAtId,
        position: random(2),
      });
      cite(indicator);
    }
    return { id, slug, chronology };
  };

  /** Claims in groups about the same thing, of which the first is preferred at times. */
  const addFigures = (edition: Held, all: readonly Held[]) => {
    for (const group of times(random(7), (one) => one)) {
      const metric = group === 0 ? 'EXHIBITION_SPACE' : pick(['EXHIBITORS', 'VISITORS', 'OTHER'] as const);
      const scope = pick(['EDITION', 'EDITION', 'CUMULATIVE', 'SUBSET'] as const);
      for (const index of times(1 + random(3), (one) => one)) {
        const id = node('Figure', `${edition.slug}/${group}/${index}`, {
          label: maybe(wording('indoors')),
          note: maybe(wording('a note')),
        });
        rows.figures.add({
          id,
          editionId: edition.id,
          metric,
          value: decimal(),
          unit: group === 0 ? measure() : pick(['COUNT', 'PEOPLE', 'COMPANIES']),
          bound: bound(),
          spaceBasis: group === 0 ? vary(['NET', 'GROSS', null, null]) : null,
          scope,
          status: status(),
          asOf: asOf(),
          standing: index === 0 && random(4) > 0 ? 'PREFERRED' : pick(['ALTERNATIVE', 'SUPERSEDED']),
          subject: `${edition.slug}/${group}`,
          position: random(2),
        });
        for (const about of new Set([edition, ...all.slice(0, scope === 'CUMULATIVE' ? 3 : 0)]))
          rows.figureEditions.add({ figureId: id, editionId: about.id });
        cite(id);
      }
    }
  };
  const addStatistics = (conventionId: string, edition: Held, all: readonly Held[]) => {
    for (const group of times(random(4), (one) => one)) {
      const scope = pick(['EDITION', 'EDITION', 'CUMULATIVE', 'SUBSET'] as const);
      const stage =
        group === 0 ? 'SIGNED' : pick(Object.keys(ProjectStage) as ['SIGNED', ...Word<typeof ProjectStage>[]]);
      for (const index of times(1 + random(3), (one) => one)) {
        const isSlice = scope === 'SUBSET';
        const share = maybe({ shareValue: '80', shareBound: bound() });
        const id = node('SignedProjectStatistic', `${edition.slug}/${group}/${index}`, {
          note: maybe(wording('a note')),
          slice: isSlice ? wording('robotics') : null,
        });
        rows.signedProjectStatistics.add({
          id,
          conventionId,
          stage,
          status: status(),
          scope,
          reportedAtId: maybe(edition.id),
          ...(share && others(2) === 0
            ? null
            : { projectsValue: vary(['703', '703', '718', '99.5']), projectsUnit: 'PROJECTS', projectsBound: bound() }),
          ...maybe({
            investmentAmount: decimal(),
            investmentCurrency: pick(['CNY', 'USD', 'EUR']),
            investmentBound: bound(),
          }),
          ...share,
          sliceDimension: isSlice ? pick(['INDUSTRY', 'REGION']) : null,
          asOf: asOf(),
          standing: index === 0 && random(4) > 0 ? 'PREFERRED' : pick(['ALTERNATIVE', 'DISPUTED']),
          subject: `${edition.slug}/${group}`,
          chronology: edition.chronology,
          position: random(3),
        });
        for (const about of new Set([edition, ...all.slice(0, scope === 'CUMULATIVE' ? 3 : 0)]))
          rows.signedProjectStatisticEditions.add({ signedProjectStatisticId: id, editionId: about.id });
        for (const position of times(random(3), (one) => one))
          rows.conversions.add({
            signedProjectStatisticId: id,
            position,
            amount: decimal(),
            currency: pick(['USD', 'JPY']),
            bound: bound(),
          });
        cite(id);
      }
    }
  };

  const series: string[] = [];
  const addConvention = (
    slug: string,
    editions: [year: number, startDate: string | null, timeZone: string | null][],
  ) => {
    const id = node('Convention', slug, { name: wording(slug), description: maybe(wording('What it is.')) });
    const said = vary<Texts | null>([null, { en: `${slug} in short`, 'zh-Hans': '简称' }]);
    for (const field of ['alternateName', 'schedule', 'note']) addTexts(id, field, said);
    rows.conventions.add({
      id,
      slug,
      acronym: maybe('ABC'),
      cadence: maybe('ANNUAL'),
      websiteUrl: maybe(`https://${slug}.example/`),
      sameAs: random(2) === 0 ? [] : ['https://a.example/', 'https://b.example/?q="x"'],
      industries: random(2) === 0 ? [] : ['Robots', '机器人'],
      mergedIntoId: series.length > 0 ? vary([null, series[0] ?? null]) : null,
    });
    series.push(id);
    cite(id);
    const all = editions.map(([year, startDate, timeZone], index) =>
      addEdition(
        id,
        `${slug}-${year}${index > 0 && editions[index - 1]?.[0] === year ? `-${index}` : ''}`,
        year,
        startDate,
        timeZone,
      ),
    );
    for (const [index, { id: editionId, slug: editionSlug, chronology }] of all.slice(0, 5).entries())
      rows.changes.add({
        id: `change_${editionSlug}`,
        at: `2026-05-0${1 + others(3)}T08:00:00.000Z`,
        dataVersion: '0123456789abcdef',
        kind: vary(['ADDED', 'CHANGED', 'REMOVED']),
        editionId: vary([editionId, editionId, `edition_gone${index}`, null]),
        conventionId: id,
        slug: editionSlug,
        names: JSON.stringify([
          ['en', editionSlug, 0],
          ['zh-Hans', '届次', 1],
        ]),
        fields: vary([[], ['startDate', 'venue']]),
        parts: JSON.stringify(vary([[], [['Figure', 'guests', 'CHANGED', ['value', 'bound']]]])),
        partsLeftOut: others(3),
        chronology,
      });
    for (const edition of all) {
      addFigures(edition, all);
      addStatistics(id, edition, all);
    }
  };

  const shanghai = 'Asia/Shanghai';
  addConvention('annual', [
    ...times(16, (index): [number, string, string | null] => [2010 + index, `${2010 + index}-09-20`, maybe(shanghai)]),
    [2026, '2026-07-01', shanghai],
    [2027, null, null],
  ]);
  addConvention('indian', [
    [2020, null, 'Asia/Kolkata'],
    [2020, null, 'Asia/Kolkata'],
    [2021, '2021-09-20', 'Asia/Kolkata'],
    [2026, '2026-07-01', 'Asia/Kolkata'],
    [2026, '2026-07-01', 'Asia/Kolkata'],
    [2026, '2026-07-02', 'Asia/Kolkata'],
  ]);
  addConvention('crowded', [
    ...times(9, (): [number, string, null] => [2021, '2021-09-20', null]),
    ...times(5, (): [number, null, string] => [2022, null, 'America/Los_Angeles']),
    [2026, '2026-07-01', 'America/Los_Angeles'],
    [2026, '2026-06-30', 'Europe/Berlin'],
  ]);
  addConvention('idle', []);
  for (const index of times(7, (one) => one)) addConvention(`small-${index}`, [[2021, '2021-11-19', null]]);
  for (const index of times(more, (one) => one))
    addConvention(
      `more-${index}`,
      times(others(12), (past) => {
        const [year, month] = [2015 + past, vary(['03', '09', '11'])];
        return [year, vary([null, `${year}-${month}-15`, `${year}-${month}-19`]), vary([null, shanghai])];
      }),
    );

  return Object.values(rows).flatMap((one) => one.statements());
}

/** @returns a function that gives whole numbers below a limit; the same ones for the same seed */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}
