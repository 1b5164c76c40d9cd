import type { Batch } from './batch.ts';
import { type Claim, type Settled, settleClaims } from './claims.ts';
import type { Convention, DataFile, Edition, Figure, SignedProjectStatistic } from './format.ts';
import { type NodeType, nodeId } from './identity.ts';
import { type Citation, compareLocales, type Localized, originalLocale } from './values.ts';

/** What a convention needs to know beyond its own file, by slug. */
export interface Facts {
  /** Sources that are first hand. */
  firstHand: ReadonlySet<string>;
  /** The time zones of places. */
  timeZones: ReadonlyMap<string, string | undefined>;
  /** The names that speakers are ordered by; the batch finds those that are not here. */
  sortNames: ReadonlyMap<string, string>;
}

/** Where a record is added. */
interface Context {
  batch: Batch;
  convention: Convention;
  edition: Edition;
  editionId: string;
  /** Orders the edition in time: the first day, or else the last, or else the end of its year. */
  chronology: string;
  /** The same of every edition of the convention, by slug. */
  chronologies: ReadonlyMap<string, string>;
  settled: (claim: Claim) => Settled;
  /** When the records beneath the edition last changed, unless they tell. */
  updatedAt: string | undefined;
  timeZones: ReadonlyMap<string, string | undefined>;
  sortNames: ReadonlyMap<string, string>;
}

/** The original language of a text in several, where no convention tells. */
const LANGUAGE = 'en';

/** Adds the records that conventions share. */
export function addShared(batch: Batch, file: DataFile): void {
  const add = (
    type: NodeType,
    document: string,
    content: Parameters<Batch['node']>[0]['content'] & { slug: string; updatedAt?: string | undefined },
    texts: Record<string, Localized | undefined>,
  ) =>
    note(batch, {
      type,
      path: content.slug,
      document,
      content: { ...content },
      texts,
      language: LANGUAGE,
      updatedAt: file.updatedAt,
    }).id;
  for (const { linkable, derivedFrom, note, url, ...plain } of file.sources) {
    const derivedFromId = derivedFrom && nodeId('Source', derivedFrom);
    const content = {
      ...plain,
      url: linkable ? url : undefined,
      linkable: linkable ? undefined : false,
      derivedFromId,
    };
    batch.sources.add({ id: add('Source', 'sources', content, { note }), ...content });
  }
  for (const { name, parent, ...plain } of file.places) {
    const content = { ...plain, parentId: parent && nodeId('Place', parent) };
    const id = add('Place', 'places', content, { name });
    batch.places.add({ id, ...content });
    batch.timeZone(id, plain.timeZone ?? null);
  }
  for (const { name, city, ...plain } of file.venues) {
    const content = { ...plain, cityId: nodeId('Place', city) };
    batch.venues.add({ id: add('Venue', 'venues', content, { name }), ...content });
  }
  for (const { name, ...content } of file.organizations)
    batch.organizations.add({ id: add('Organization', 'organizations', content, { name }), ...content });
  for (const { name, ...plain } of file.speakers) {
    const content = { ...plain, sortName: sortName(name) };
    batch.speakers.add({ id: add('Speaker', 'speakers', content, { name }), ...content });
  }
}

/** @returns what a person is ordered by: in Latin script where there is an English name; without accents and capitals, so that Ö stands by O. */
export function sortName({ original, texts }: Localized): string {
  const [first = ''] = texts.values();
  const name = texts.get('en') ?? texts.get(original ?? '') ?? first;
  return name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase();
}

/**
 * Adds a convention, its editions and everything beneath them.
 * @returns the name of the document that owns them
 */
export function addConvention(
  batch: Batch,
  convention: Convention,
  { firstHand, timeZones, sortNames }: Facts,
  updatedAt = convention.updatedAt,
): string {
  const chronologies = new Map(convention.editions.map((edition) => [edition.slug, chronologyOf(edition)]));
  const settled = settleClaims(convention, firstHand);
  const checksums = convention.editions.map((edition, position) =>
    addEdition(position, {
      batch,
      convention,
      edition,
      editionId: nodeId('Edition', edition.slug),
      chronology: chronologyOf(edition),
      chronologies,
      settled,
      updatedAt: edition.updatedAt ?? convention.updatedAt ?? updatedAt,
      timeZones,
      sortNames,
    }),
  );
  const { slug, name, alternateName, description, schedule, note: remark, mergedInto, language, ...rest } = convention;
  const { citations, editions, ...others } = rest;
  const plain = { ...others, mergedIntoId: mergedInto && nodeId('Convention', mergedInto) };
  const document = documentOf(convention);
  const { id } = note(batch, {
    type: 'Convention',
    path: slug,
    document,
    content: { slug, ...plain },
    texts: { name, alternateName, description, schedule, note: remark },
    language,
    citations,
    beneath: checksums,
    updatedAt,
  });
  batch.conventions.add({ id, slug, ...plain });
  return document;
}

/** Like those below, returns checksums of what it added. */
function addEdition(position: number, context: Context): number {
  const { batch, convention, edition, editionId, timeZones, updatedAt } = context;
  const beneath = [
    ...addProgramme(context),
    ...addPeople(context),
    ...edition.figures.map((figure, position) => addFigure(context, figure, position)),
    ...edition.signedProjectStatistics.map((statistic, position) => addStatistic(context, statistic, position)),
    ...addIndicators(context),
    ...edition.dateClaims.map((claim, position) => addDateClaim(context, claim, position)),
  ];
  // What is left at the end goes into columns of the same names: a new one needs no line here.
  const { name, city, venue, subVenues, furtherPlaces, citations, timeZone, figures, ...some } = edition;
  const { signedProjectStatistics, ...others } = some;
  const { themes, exhibitionAreas, sessions, speakers, organizers, guestsOfHonour, ...rest } = others;
  const { indicators, dateClaims, notes, ...plain } = rest;
  const cityZone = timeZones.get(city ?? '');
  const content = {
    conventionId: nodeId('Convention', convention.slug),
    cityId: city && nodeId('Place', city),
    venueId: venue && nodeId('Venue', venue),
    ...plain,
    // One that repeats its city's says nothing of its own.
    timeZone: timeZone === cityZone ? undefined : timeZone,
  };
  const { checksum } = note(batch, {
    type: 'Edition',
    path: edition.slug,
    document: documentOf(convention),
    content: { ...content, subVenues, ...(furtherPlaces.length > 0 && { furtherPlaces }) },
    texts: { name },
    language: convention.language,
    citations,
    beneath,
    updatedAt,
  });
  batch.editions.add({ id: editionId, ...content, timeZone: timeZone ?? cityZone, position });
  batch.subVenues.replace(
    editionId,
    subVenues.map((slug, position) => ({ editionId, venueId: nodeId('Venue', slug), position })),
  );
  batch.furtherPlaces.replace(
    editionId,
    furtherPlaces.map((slug, position) => ({ editionId, placeId: nodeId('Place', slug), position })),
  );
  return checksum;
}

function addProgramme(context: Context): number[] {
  const { batch, edition, editionId, chronology } = context;
  const themes = edition.themes.map(({ key, text, citations, ...plain }, position) => {
    const content = { editionId, ...plain, position };
    const { id, checksum } = addNode(context, 'Theme', key, content, { text }, citations);
    batch.themes.add({ id, ...content, chronology });
    return checksum;
  });
  const areas = edition.exhibitionAreas.map(({ key, name, focus, size, citations, ...plain }, position) => {
    const sized = { sizeValue: size?.value, sizeUnit: size?.unit, sizeBound: size?.bound };
    const content = { editionId, ...plain, ...sized, position };
    const { id, checksum } = addNode(context, 'ExhibitionArea', key, content, { name, focus }, citations);
    batch.exhibitionAreas.add({ id, ...content, chronology });
    return checksum;
  });
  const sessions = edition.sessions.map(({ key, title, citations, ...plain }, position) => {
    const content = { editionId, ...plain, position };
    const { id, checksum } = addNode(context, 'Session', key, content, { title }, citations);
    batch.sessions.add({ id, ...content });
    return checksum;
  });
  const notes = edition.notes.map(({ key, text, citations, ...plain }, position) => {
    const content = { editionId, ...plain, position };
    const { id, checksum } = addNode(context, 'EditionNote', key, content, { text }, citations);
    batch.editionNotes.add({ id, ...content });
    return checksum;
  });
  return [...themes, ...areas, ...sessions, ...notes];
}

function addPeople(context: Context): number[] {
  const { batch, edition, editionId, chronology, sortNames } = context;
  const appearances = edition.speakers.map(
    ({ key, speaker, session, affiliation, title, remarks, citations, ...plain }, position) => {
      const content = {
        editionId,
        speakerId: nodeId('Speaker', speaker),
        sessionId: session && nodeId('Session', `${edition.slug}/${session}`),
        ...plain,
        affiliationId: affiliation && nodeId('Organization', affiliation),
      };
      const { id, checksum } = addNode(context, 'Appearance', key ?? speaker, content, { title, remarks }, citations);
      batch.appearances.add({ id, ...content, position, sortName: sortNames.get(speaker) ?? '', chronology });
      return checksum;
    },
  );
  const organizers = edition.organizers.map((one) => ({ ...one, role: one.role ?? 'ORGANIZER' }));
  const guests = edition.guestsOfHonour.map((one) => ({ ...one, role: one.role ?? 'GUEST_OF_HONOUR' }));
  const participations = [...organizers, ...guests].map(({ organization, place, citations, ...plain }, position) => {
    const slug = organization ?? place ?? '';
    const participantId = nodeId(organization ? 'Organization' : 'Place', slug);
    const content = { editionId, participantId, ...plain, position };
    const { id, checksum } = addNode(context, 'Participation', `${plain.role}/${slug}`, content, {}, citations);
    batch.participations.add({ id, ...content });
    return checksum;
  });
  return [...appearances, ...participations];
}

function addIndicators(context: Context): number[] {
  const { batch, edition, editionId } = context;
  return edition.indicators.map((indicator, position) => {
    const { key, name, place, change, differenceFromPrevious: difference, citations, ...plain } = indicator;
    const content = {
      placeId: nodeId('Place', place),
      ...plain,
      position,
      changeValue: change.value,
      changeBound: change.bound,
      differenceValue: difference?.value,
      differenceBound: difference?.bound,
      reportedAtId: editionId,
    };
    const { id, checksum } = addNode(context, 'EconomicIndicator', key, content, { name }, citations);
    batch.economicIndicators.add({ id, ...content });
    return checksum;
  });
}

function addFigure(context: Context, figure: Figure, position: number): number {
  const { batch, edition, editionId, settled } = context;
  const { key, label, note, citations, editions = [edition.slug], ...plain } = figure;
  const { subject, standing } = settled(figure);
  const content = { editionId, ...plain, standing, position };
  const { id, checksum } = addNode(
    context,
    'Figure',
    key,
    { ...content, editions: editions.toSorted() },
    { label, note },
    citations,
  );
  batch.figures.add({ id, ...content, subject });
  batch.figureEditions.replace(
    id,
    editions.map((slug) => ({ figureId: id, editionId: nodeId('Edition', slug) })),
  );
  if (standing === 'PREFERRED') batch.preferred.figures.push([id, subject]);
  return checksum;
}

function addStatistic(context: Context, statistic: SignedProjectStatistic, position: number): number {
  const { batch, convention, edition, chronologies, settled } = context;
  const { key, projects, investment, conversions, share, slice, note, citations, ...others } = statistic;
  const { editions = [edition.slug], reportedAt = edition.slug, ...plain } = others;
  const { subject, standing } = settled(statistic);
  const content = {
    conventionId: nodeId('Convention', convention.slug),
    ...plain,
    standing,
    position,
    reportedAtId: reportedAt && nodeId('Edition', reportedAt),
    projectsValue: projects?.value,
    projectsUnit: projects?.unit,
    projectsBound: projects?.bound,
    investmentAmount: investment?.amount,
    investmentCurrency: investment?.currency,
    investmentBound: investment?.bound,
    shareValue: share?.value,
    shareBound: share?.bound,
    sliceDimension: slice?.dimension,
  };
  const { id, checksum } = addNode(
    context,
    'SignedProjectStatistic',
    key,
    { ...content, conversions, editions: editions.toSorted() },
    { note, slice: slice?.value },
    citations,
  );
  const about = reportedAt === null ? editions : [reportedAt];
  const chronology =
    about
      .map((slug) => chronologies.get(slug) ?? '')
      .toSorted()
      .at(-1) ?? '';
  batch.statistics.add({ id, ...content, subject, chronology });
  batch.statisticEditions.replace(
    id,
    editions.map((slug) => ({ signedProjectStatisticId: id, editionId: nodeId('Edition', slug) })),
  );
  batch.conversions.replace(
    id,
    conversions.map((money, index) => ({ signedProjectStatisticId: id, position: index, ...money })),
  );
  if (standing === 'PREFERRED') batch.preferred.signed_project_statistics.push([id, subject]);
  return checksum;
}

function addDateClaim(context: Context, claim: Edition['dateClaims'][number], position: number): number {
  const { batch, editionId, settled } = context;
  const { key, note, citations, ...plain } = claim;
  const { standing } = settled(claim);
  const content = { editionId, ...plain, standing, position };
  const { id, checksum } = addNode(context, 'DateClaim', key, content, { note }, citations);
  batch.dateClaims.add({ id, ...content });
  return checksum;
}

/** @returns the name of the document that owns a convention and everything beneath it */
export function documentOf({ slug }: { slug: string }): string {
  return `convention:${slug}`;
}

/** @returns what orders an edition in time, as in its table */
function chronologyOf({ startDate, endDate, year }: Edition): string {
  return startDate ?? endDate ?? `${year}-13`;
}

/** Notes a record beneath the edition. */
function addNode(
  { batch, convention, edition, updatedAt }: Context,
  type: NodeType,
  key: string,
  content: Parameters<Batch['node']>[0]['content'],
  texts: Record<string, Localized | undefined>,
  citations: readonly Citation[],
): { id: string; checksum: number } {
  return note(batch, {
    type,
    path: `${edition.slug}/${key}`,
    document: documentOf(convention),
    content,
    texts,
    language: convention.language,
    citations,
    updatedAt,
  });
}

/** Notes a record whose languages may stand in any order: the order is not stored, so no checksum may hang on it. */
function note(batch: Batch, record: Parameters<Batch['node']>[0]): { id: string; checksum: number } {
  const inOrder = ({ original, texts }: Localized): Localized => ({
    original: originalLocale(original, [...texts.keys()], record.language),
    texts: new Map([...texts].toSorted(([a], [b]) => compareLocales(a, b))),
  });
  const texts = Object.entries(record.texts).map(([field, text]) => [field, text && inOrder(text)] as const);
  const citations = record.citations?.map((citation) => ({
    ...citation,
    note: citation.note && inOrder(citation.note),
  }));
  const knownConflicts = record.content.knownConflicts?.map((conflict) => ({
    ...conflict,
    explanation: inOrder(conflict.explanation),
  }));
  const content = { ...record.content, knownConflicts };
  return batch.node({ ...record, content, texts: Object.fromEntries(texts), ...(citations && { citations }) });
}
