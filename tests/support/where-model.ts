import {
  type AppearanceRecord,
  type AreaRecord,
  type ClaimRecord,
  type ConventionRecord,
  type EditionRecord,
  type SourceRecord,
  type SpeakerRecord,
  searchedTexts,
  type Text,
  type ThemeRecord,
} from './model-records.ts';
import { finder } from './search-model.ts';

/*
 * What `where` means, in the plainest way: a condition about one record is true, false or unknown (null), and each
 * key of each input object is a function that says which.
 */

export type Truth = boolean | null;

/** What a condition that is a value is given: whatever a client can write, checked where it is read. */
type Given = unknown;
type Conditions<One> = Record<string, (record: One, given: Given) => Truth>;

export const all = (truths: readonly Truth[]): Truth =>
  truths.includes(false) ? false : truths.includes(null) ? null : true;
export const any = (truths: readonly Truth[]): Truth =>
  truths.includes(true) ? true : truths.includes(null) ? null : false;
export const not = (truth: Truth): Truth => (truth === null ? null : !truth);

function keysOf(given: Given): [name: string, given: Given][] {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new TypeError(`${JSON.stringify(given)} is no input object.`);
  return Object.entries(given);
}

function listOf(given: Given): unknown[] {
  if (!Array.isArray(given)) throw new TypeError(`${JSON.stringify(given)} is no list.`);
  return given;
}

function named<Found>(known: Readonly<Record<string, Found>>, name: string): Found {
  const one = known[name];
  if (one === undefined) throw new TypeError(`The model does not know "${name}", only ${Object.keys(known)}.`);
  return one;
}

/** Whether a where object holds for a record: all of its keys must. */
function holds<One>(conditions: Conditions<One>, record: One, where: Given): Truth {
  return all(
    keysOf(where).map(([name, given]) => {
      if (name === 'and') return all(listOf(given).map((one) => holds(conditions, record, one)));
      if (name === 'or') return any(listOf(given).map((one) => holds(conditions, record, one)));
      if (name === 'not') return not(holds(conditions, record, given));
      return named(conditions, name)(record, given);
    }),
  );
}

const isEmptyList = (given: Given) => Array.isArray(given) && given.length === 0;

type Operators<Value> = Record<string, (value: Value, given: Given) => boolean>;

/** The operators about one value: unknown without it, save those that ask nothing of it. */
function compared<Value>(operators: Operators<Value>, value: Value | null, filter: Given): Truth {
  return all(
    keysOf(filter).map(([name, given]) => {
      const operator = name === 'isNull' ? undefined : named(operators, name);
      if (!operator) return (value === null) === given;
      if (isEmptyList(given)) return name === 'notIn';
      return value === null ? null : operator(value, given);
    }),
  );
}

/** The operators of a value that can only be equal to others. */
function equality<Value>(read: (given: Given) => unknown): Operators<Value> {
  return {
    eq: (value, given) => value === read(given),
    ne: (value, given) => value !== read(given),
    in: (value, given) => listOf(given).map(read).includes(value),
    notIn: (value, given) => !listOf(given).map(read).includes(value),
  };
}

function comparison<Value extends number | bigint | string>(read: (given: Given) => Value): Operators<Value> {
  return {
    ...equality(read),
    lt: (value, given) => value < read(given),
    lte: (value, given) => value <= read(given),
    gt: (value, given) => value > read(given),
    gte: (value, given) => value >= read(given),
  };
}

/** @returns a decimal in ten-thousandths, as the tables hold it */
export function tenThousandths(decimal: Given): bigint {
  const [whole = '', fraction = ''] = String(decimal).split('.');
  return BigInt(whole + fraction.padEnd(4, '0'));
}

const integers = comparison(Number);
const decimals = comparison(tenThousandths);
const dates = comparison(String);
const words = equality<string>(String);

const folded = new Map<string, string>();
/** How `contains` sees a text. */
function fold(text: string): string {
  let known = folded.get(text);
  if (known === undefined) {
    known = text.normalize('NFC').toLowerCase();
    folded.set(text, known);
  }
  return known;
}

const strings: Operators<string> = {
  ...words,
  startsWith: (text, given) => text.startsWith(String(given)),
  contains: (text, given) => fold(text).includes(fold(String(given))),
};

/** A text filter about all texts in all languages that are reached: each operator asks for one that satisfies it. */
function texts(reached: readonly Text[], filter: Given): Truth {
  return all(
    keysOf(filter).map(([name, given]) => {
      if (name === 'isNull') return (reached.length === 0) === given;
      if (isEmptyList(given)) return name === 'notIn';
      if (reached.length === 0) return null;
      const some = (operator: string) => reached.some(({ text }) => named(strings, operator)(text, given));
      if (name === 'ne') return !some('eq');
      if (name === 'notIn') return !some('in');
      return some(name);
    }),
  );
}

/** A list of words, one of which the value must be. */
function oneOf(value: string | null, list: Given): Truth {
  if (isEmptyList(list)) return false;
  return value === null ? null : listOf(list).includes(value);
}

/** Never unknown: what is unknown about a related record does not count as found, nor as true of every one. */
function related<One>(conditions: Conditions<One>, records: readonly One[], quantifiers: Given): Truth {
  const isTrue = (where: Given) => (record: One) => holds(conditions, record, where) === true;
  return all(
    keysOf(quantifiers).map(([name, where]) => {
      if (name === 'some') return records.some(isTrue(where));
      if (name === 'every') return records.every(isTrue(where));
      if (name === 'none') return !records.some(isTrue(where));
      throw new TypeError(`The model does not know "${name}".`);
    }),
  );
}

function overlaps({ startDate, endDate }: EditionRecord, span: Given): Truth {
  const { from, to } = Object.fromEntries(keysOf(span).map(([name, date]) => [name, String(date)]));
  if (from === undefined || to === undefined) throw new TypeError('A span has two ends.');
  if (startDate !== null && endDate !== null) return startDate <= to && endDate >= from;
  const known = startDate ?? endDate;
  if (known === null) return null;
  if (known >= from && known <= to) return true;
  const isBeside = startDate !== null ? startDate > to : known < from;
  return isBeside ? false : null;
}

const convention: Conditions<ConventionRecord> = {
  slug: ({ slug }, given) => compared(strings, slug, given),
  acronym: ({ acronym }, given) => compared(strings, acronym, given),
  name: ({ names }, given) => texts(names, given),
  editions: ({ editions }, given) => related(edition, editions, given),
};

const edition: Conditions<EditionRecord> = {
  search: (one, given) => finder(String(given))(searchedTexts(one), one.year),
  slug: ({ slug }, given) => compared(strings, slug, given),
  name: ({ names }, given) => texts(names, given),
  theme: ({ themes }, given) =>
    texts(
      themes.flatMap((one) => one.texts),
      given,
    ),
  convention: (one, given) => holds(convention, one.convention, given),
  ordinal: ({ ordinal }, given) => compared(integers, ordinal, given),
  year: ({ year }, given) => compared(integers, year, given),
  startDate: ({ startDate }, given) => compared(dates, startDate, given),
  endDate: ({ endDate }, given) => compared(dates, endDate, given),
  overlaps,
  status: ({ status }, given) => compared<string>(words, status, given),
  attendanceMode: ({ attendanceMode }, given) => oneOf(attendanceMode, given),
  country: ({ city }, given) => compared(words, city?.country ?? null, given),
  city: ({ city }, given) =>
    texts(city ? [...city.names, { locale: 'und', text: city.slug, isOriginal: false }] : [], given),
  exhibitionArea: ({ areas }, given) =>
    texts(
      areas.flatMap(({ names }) => names),
      given,
    ),
  speaker: ({ appearances }, given) =>
    texts(
      appearances.flatMap(({ speaker }) => speaker.names),
      given,
    ),
  organizer: ({ organizers }, given) => texts(organizers, given),
  guestOfHonour: ({ guestsOfHonour }, given) => texts(guestsOfHonour, given),
  signedProjects: ({ claimsAbout }, given) => related(claim, claimsAbout, given),
  exhibitionSpace: ({ exhibitionSpace }, given) => compared(decimals, exhibitionSpace, given),
  lacks: ({ known }, given) => listOf(given).some((field) => !known.includes(String(field))),
};

const claim: Conditions<ClaimRecord> = {
  stage: ({ stage }, given) => oneOf(stage, given),
  status: ({ status }, given) => oneOf(status, given),
  scope: ({ scope }, given) => oneOf(scope, given),
  standing: ({ standing }, given) => oneOf(standing, given),
  projects: ({ projects }, given) => compared(decimals, projects, given),
  investment: ({ investment }, given) => compared(decimals, investment?.amount ?? null, given),
  currency: ({ investment }, given) => oneOf(investment?.currency ?? null, given),
  asOf: ({ asOf }, given) => compared(dates, asOf && asOf.length >= 10 ? asOf.slice(0, 10) : null, given),
  convention: (one, given) => holds(convention, one.convention, given),
  edition: ({ editions }, given) => related(edition, editions, { some: given }),
};

const theme: Conditions<ThemeRecord> = {
  text: (one, given) => texts(one.texts, given),
  kind: ({ kind }, given) => oneOf(kind, given),
  edition: (one, given) => holds(edition, one.edition, given),
};

const area: Conditions<AreaRecord> = {
  name: ({ names }, given) => texts(names, given),
  kind: ({ kind }, given) => oneOf(kind, given),
  edition: (one, given) => holds(edition, one.edition, given),
};

const speaker: Conditions<SpeakerRecord> = {
  slug: ({ slug }, given) => compared(strings, slug, given),
  name: ({ names }, given) => texts(names, given),
  affiliation: ({ appearances }, given) =>
    texts(
      appearances.flatMap(({ affiliation }) => affiliation),
      given,
    ),
  appearedAt: ({ appearances }, given) =>
    related(
      edition,
      appearances.map((one) => one.edition),
      { some: given },
    ),
  editionCount: ({ appearances }, given) =>
    compared(integers, new Set(appearances.map((one) => one.edition)).size, given),
  conventionCount: ({ appearances }, given) =>
    compared(integers, new Set(appearances.map((one) => one.edition.convention)).size, given),
};

const appearance: Conditions<AppearanceRecord> = {
  name: (one, given) => texts(one.speaker.names, given),
  kind: ({ kind }, given) => oneOf(kind, given),
  affiliation: ({ affiliation }, given) => texts(affiliation, given),
};

const source: Conditions<SourceRecord> = {
  kind: ({ kind }, given) => oneOf(kind, given),
  title: ({ title }, given) => compared(strings, title, given),
  publisher: ({ publisher }, given) => compared(strings, publisher, given),
  publishedOn: ({ publishedOn }, given) => compared(dates, publishedOn, given),
};

const judging =
  <One>(conditions: Conditions<One>) =>
  (record: One, where: Given): Truth =>
    holds(conditions, record, where);

/** For each kind of record: what a where object is of it. */
export const judge = {
  convention: judging(convention),
  edition: judging(edition),
  theme: judging(theme),
  area: judging(area),
  speaker: judging(speaker),
  appearance: judging(appearance),
  claim: judging(claim),
  source: judging(source),
};
