import {
  type AppearanceRecord,
  type AreaRecord,
  byCodePoint,
  type ClaimRecord,
  type ConventionRecord,
  type EditionRecord,
  type Records,
  type SourceRecord,
  type SpeakerRecord,
  type Text,
  type ThemeRecord,
} from './model-records.ts';
import { type Field, type Key, type List, listsOf, type Value } from './page-model.ts';
import { judge } from './where-model.ts';

/* Every list of the contract: what it holds and in which order. */

/** As SQLite's lower(): only the letters of ASCII. */
const lower = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** The text that a record is ordered by: the English one, or the original, or else the first by its language. */
function orderText(texts: readonly Text[]): string | null {
  const [first] = [...texts].sort((one, other) => byCodePoint(one.locale, other.locale));
  const chosen = texts.find(({ locale }) => locale === 'en') ?? texts.find(({ isOriginal }) => isOriginal) ?? first;
  return chosen ? lower(chosen.text) : null;
}

const ascending = <One>(of: (record: One) => Value): Key<One> => ({ of, direction: 'ASC', nulls: 'LAST' });
const descending = <One>(of: (record: One) => Value): Key<One> => ({ of, direction: 'DESC', nulls: 'LAST' });
const newestFirst = descending<{ chronology: string }>(({ chronology }) => chronology);
const byName = ascending<{ sortName: string }>(({ sortName }) => sortName);
const byPosition = ascending<{ position: number }>(({ position }) => position);
const newestClaimFirst: Key<ClaimRecord>[] = [newestFirst, byPosition];

function money<One>(of: (record: One) => ClaimRecord | null): Field<One> {
  return [
    { of: (record) => of(record)?.investment?.currency ?? null, always: 'ASC' },
    { of: (record) => of(record)?.investment?.amount ?? null },
  ];
}

const conventionFields: Record<string, Field<ConventionRecord>> = {
  NAME: [{ of: ({ names }) => orderText(names) }],
  EDITION_COUNT: [{ of: ({ editions }) => editions.length }],
  LATEST_EDITION: [{ of: ({ latestEdition }) => latestEdition?.chronology ?? null }],
  UPDATED_AT: [{ of: ({ updatedAt }) => updatedAt }],
};
const editionFields: Record<string, Field<EditionRecord>> = {
  START_DATE: [{ of: ({ startDate }) => startDate }],
  YEAR: [{ of: ({ year }) => year }],
  NAME: [{ of: ({ names }) => orderText(names) }],
  SIGNED_PROJECTS: [{ of: ({ signedProjects }) => signedProjects?.projects ?? null }],
  SIGNED_INVESTMENT: money(({ signedProjects }) => signedProjects),
  EXHIBITION_SPACE: [{ of: ({ exhibitionSpace }) => exhibitionSpace }],
  UPDATED_AT: [{ of: ({ updatedAt }) => updatedAt }],
};
const themeFields: Record<string, Field<ThemeRecord>> = {
  TEXT: [{ of: ({ texts }) => orderText(texts) }],
  EDITION_START: [{ of: ({ edition }) => edition.startDate }],
};
const areaFields: Record<string, Field<AreaRecord>> = {
  NAME: [{ of: ({ names }) => orderText(names) }],
  SIZE: [{ of: ({ size }) => size }],
  EDITION_START: [{ of: ({ edition }) => edition.startDate }],
};
const speakerFields: Record<string, Field<SpeakerRecord>> = {
  NAME: [{ of: ({ sortName }) => sortName }],
  APPEARANCE_COUNT: [{ of: ({ appearances }) => appearances.length }],
};
const appearanceFields: Record<string, Field<AppearanceRecord>> = {
  NAME: [{ of: ({ sortName }) => sortName }],
  EDITION_START: [{ of: ({ edition }) => edition.startDate }],
};
const claimFields: Record<string, Field<ClaimRecord>> = {
  EDITION_START: [{ of: (claim) => (claim.reportedAt ?? latestAbout(claim))?.startDate ?? null }],
  PROJECTS: [{ of: ({ projects }) => projects }],
  INVESTMENT: money((claim) => claim),
  AS_OF: [{ of: ({ asOf }) => asOf }],
};
const sourceFields: Record<string, Field<SourceRecord>> = {
  PUBLISHED_ON: [{ of: ({ publishedOn }) => publishedOn }],
  TITLE: [{ of: ({ title }) => lower(title) }],
  PUBLISHER: [{ of: ({ publisher }) => (publisher === null ? null : lower(publisher)) }],
};

function latestAbout({ editions }: ClaimRecord): EditionRecord | undefined {
  return [...editions].sort((one, other) => byCodePoint(one.chronology, other.chronology)).at(-1);
}

/** First the claims about the edition as a whole, then what was reported at it, then what others say of it. */
const rankAt = ({ id }: EditionRecord) =>
  ascending<ClaimRecord>(({ scope, editions, reportedAt }) =>
    scope === 'EDITION' && editions.some((one) => one.id === id) ? 0 : reportedAt?.id === id ? 1 : 2,
  );

const conventions = listsOf({ judge: judge.convention, fields: conventionFields, direction: 'ASC' });
const editions = listsOf({ judge: judge.edition, fields: editionFields, direction: 'DESC' });
const themes = listsOf({ judge: judge.theme, fields: themeFields, direction: 'ASC' });
const areas = listsOf({ judge: judge.area, fields: areaFields, direction: 'ASC' });
const speakers = listsOf({ judge: judge.speaker, fields: speakerFields, direction: 'ASC' });
const appearances = listsOf({ judge: judge.appearance, fields: appearanceFields, direction: 'ASC' });
const claims = listsOf({ judge: judge.claim, fields: claimFields, direction: 'DESC' });
const sources = listsOf({ judge: judge.source, fields: sourceFields, direction: 'DESC' });

const byId = <Parent extends { id: string }>(all: readonly Parent[]): Map<string | null, Parent> =>
  new Map(all.map((one) => [one.id, one]));

/** The lists of the contract by the fields that give them, as in "Query.editions". */
export type ListModel = Readonly<Record<string, List>>;

/** @returns every list, over these records */
export function listModel(records: Records): ListModel {
  const root = new Map([[null, records]]);
  const ofConvention = byId(records.conventions);
  const ofEdition = byId(records.editions);
  const ofSpeaker = byId(records.speakers);
  return {
    'Query.conventions': conventions(
      root,
      (all) => all.conventions,
      () => [ascending(({ slug }) => slug)],
    ),
    'Query.editions': editions(
      root,
      (all) => all.editions,
      () => [newestFirst],
    ),
    'Query.themes': themes(
      root,
      (all) => all.themes,
      () => [newestFirst],
    ),
    'Query.exhibitionAreas': areas(
      root,
      (all) => all.areas,
      () => [newestFirst],
    ),
    'Query.speakers': speakers(
      root,
      (all) => all.speakers,
      () => [byName],
    ),
    'Query.signedProjectStatistics': claims(
      root,
      (all) => all.claims,
      () => newestClaimFirst,
    ),
    'Query.sources': sources(
      root,
      (all) => all.sources,
      () => [descending(({ publishedOn }) => publishedOn)],
    ),
    'Convention.editions': editions(
      ofConvention,
      (convention) => convention.editions,
      () => [newestFirst],
    ),
    'Convention.signedProjectStatistics': claims(
      ofConvention,
      (convention) => convention.claims,
      () => newestClaimFirst,
    ),
    'Edition.exhibitionAreas': areas(
      ofEdition,
      (edition) => edition.areas,
      () => [byPosition],
    ),
    'Edition.speakers': appearances(
      ofEdition,
      (edition) => edition.appearances,
      () => [byName],
    ),
    'Edition.signedProjectStatistics': claims(
      ofEdition,
      (edition) => edition.claims,
      (edition) => [rankAt(edition), ...newestClaimFirst],
    ),
    'Speaker.appearances': appearances(
      ofSpeaker,
      (speaker) => speaker.appearances,
      () => [newestFirst],
    ),
  };
}
