import fc from 'fast-check';
import { fromStoredDecimal } from '../../src/store/tables.ts';
import { type EditionRecord, type Records, searchedTexts, type Text } from './model-records.ts';

/* What a condition may be given: values of the data, values beside them, and values that mean something elsewhere. */

/** Values by the input field that takes them, as in "EditionWhere.year". */
export type Values = Readonly<Record<string, fc.Arbitrary<unknown>>>;

/** Texts that would mean something to SQL, to a pattern or to a reader of JSON, and texts that fold in odd ways. */
const odd = ['', '%', '_', '%%', "'", '"', '\\', '\\%', '*', '😀', 'zzz', ' ', '\u0000', 'ß', 'ẞ', 'İ', 'ı', 'ｅ'];
/** Letters that can be written in two ways, and capitals beyond ASCII. */
const composed = ['é', 'e\u0301', 'CAFE\u0301', 'café', 'mu\u0308nchen', 'MÜNCHEN', 'ö', 'O\u0308'];

function oneOf<One>(values: readonly One[]): fc.Arbitrary<One> {
  return fc.constantFrom(...new Set(values));
}

/** Text as it stands, a piece of it, and the same in other letters. */
function textsLike(values: readonly string[]): fc.Arbitrary<string> {
  const known = oneOf([...values, 'of no record']);
  // By code points: half of a pair of surrogates is no text.
  const piece = fc.tuple(known, fc.nat(), fc.integer({ min: 1, max: 6 })).map(([text, from, length]) => {
    const letters = Array.from(text);
    const start = letters.length > 0 ? from % letters.length : 0;
    return letters.slice(start, start + length).join('');
  });
  const beginning = fc
    .tuple(known, fc.integer({ min: 1, max: 8 }))
    .map(([text, length]) => Array.from(text).slice(0, length).join(''));
  const [base, shown] = [fc.oneof(known, piece, beginning), (change: (text: string) => string) => base.map(change)];
  return fc.oneof(
    { weight: 12, arbitrary: base },
    { weight: 1, arbitrary: shown((text) => text.toUpperCase()) },
    { weight: 1, arbitrary: shown((text) => text.toLowerCase()) },
    { weight: 1, arbitrary: shown((text) => text.normalize('NFD')) },
    { weight: 1, arbitrary: shown((text) => text.replace(/\p{L}/u, '_')) },
    { weight: 1, arbitrary: shown((text) => `%${text}%`) },
    { weight: 2, arbitrary: fc.constantFrom(...odd) },
    { weight: 3, arbitrary: fc.constantFrom(...composed) },
  );
}

function numbersLike(values: readonly (number | null)[]): fc.Arbitrary<number> {
  const known = values.filter((value) => value !== null);
  return fc.oneof(
    { weight: 7, arbitrary: oneOf([0, ...known]) },
    { weight: 1, arbitrary: oneOf([0, ...known]).chain((value) => fc.constantFrom(value - 1, value + 1)) },
    { weight: 1, arbitrary: fc.constantFrom(-1, 2_147_483_647, -2_147_483_648) },
  );
}

/** @param values in ten-thousandths */
function decimalsLike(values: readonly (bigint | null)[]): fc.Arbitrary<string> {
  const known = oneOf([0n, ...values.filter((value) => value !== null)]);
  const beside = fc.tuple(known, fc.constantFrom(-1n, 1n, 5_000n)).map(([value, difference]) => value + difference);
  const padded = known.map((value) => `${value < 0n ? '-' : ''}0${fromStoredDecimal(String(value)).replace('-', '')}`);
  return fc.oneof(
    { weight: 6, arbitrary: known.map((value) => fromStoredDecimal(String(value))) },
    { weight: 2, arbitrary: beside.map((value) => fromStoredDecimal(String(value))) },
    { weight: 1, arbitrary: padded },
    { weight: 1, arbitrary: fc.constantFrom('-0', '0.0000', '900000000000000', '-900000000000000.9999') },
  );
}

function datesLike(values: readonly (string | null)[]): fc.Arbitrary<string> {
  const known = oneOf(['2021-11-19', ...values.filter((value) => value !== null && value.length === 10)]).map(String);
  const beside = fc
    .tuple(known, fc.constantFrom(-1, 1, 40))
    .map(([date, days]) => new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10));
  return fc.oneof(
    { weight: 6, arbitrary: known },
    { weight: 2, arbitrary: beside },
    { weight: 1, arbitrary: fc.constantFrom('0001-01-01', '9999-12-31', '2024-02-29') },
  );
}

const spoken = (texts: readonly (readonly Text[])[]) => textsLike(texts.flat().map(({ text }) => text));

/** Words of one edition and of others, in any mixture. */
function queriesAbout(editions: readonly EditionRecord[]): fc.Arbitrary<string> {
  const every = editions.map((edition) => [...searchedTexts(edition), String(edition.year)]);
  const wordIn = (texts: readonly string[]) =>
    fc.tuple(fc.constantFrom(...texts), fc.nat()).map(([text, index]) => {
      const words = text.split(/\s+/);
      return words[index % words.length] ?? '';
    });
  const together = fc.constantFrom(...every).chain((texts) => fc.array(wordIn(texts), { minLength: 1, maxLength: 3 }));
  const texts = every.flat();
  return fc.oneof(
    { weight: 6, arbitrary: together.map((words) => words.join(' ')) },
    { weight: 2, arbitrary: fc.tuple(wordIn(texts), textsLike(texts)).map((words) => words.join(' ')) },
    { weight: 3, arbitrary: textsLike(texts) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('China', '安徽省', '中国合肥', '2021', '202', '02021', '"theme" AND', 'NEAR(a b'),
    },
  );
}

/** @returns for each input field that takes more than words of a closed list, what to give it */
export function valuesOf(records: Records): Values {
  const { conventions, editions, themes, areas, speakers, appearances, claims, sources } = records;
  const slugs = (all: readonly { slug: string }[]) => textsLike(all.map(({ slug }) => slug));
  const days = datesLike(editions.flatMap(({ startDate, endDate }) => [startDate, endDate]));
  const cities = editions.flatMap(({ city }) => (city ? [city] : []));
  const affiliations = spoken(appearances.map(({ affiliation }) => affiliation));
  const people = spoken(speakers.map(({ names }) => names));
  const halls = spoken(areas.map(({ names }) => names));
  const sayings = spoken(themes.map(({ texts }) => texts));
  return {
    'ConventionWhere.slug': slugs(conventions),
    'ConventionWhere.acronym': textsLike(conventions.flatMap(({ acronym }) => acronym ?? [])),
    'ConventionWhere.name': spoken(conventions.map(({ names }) => names)),
    'EditionWhere.search': queriesAbout(editions),
    'EditionWhere.slug': slugs(editions),
    'EditionWhere.name': spoken(editions.map(({ names }) => names)),
    'EditionWhere.theme': sayings,
    'EditionWhere.ordinal': numbersLike(editions.map(({ ordinal }) => ordinal)),
    'EditionWhere.year': numbersLike(editions.map(({ year }) => year)),
    'EditionWhere.startDate': days,
    'EditionWhere.endDate': days,
    'EditionWhere.overlaps': days,
    'EditionWhere.country': oneOf(['CN', 'FR', ...cities.map(({ country }) => country)]),
    'EditionWhere.city': spoken(
      cities.map(({ names, slug }) => [...names, { locale: 'und', text: slug, isOriginal: false }]),
    ),
    'EditionWhere.exhibitionArea': halls,
    'EditionWhere.speaker': people,
    'EditionWhere.organizer': spoken(editions.map(({ organizers }) => organizers)),
    'EditionWhere.guestOfHonour': spoken(editions.map(({ guestsOfHonour }) => guestsOfHonour)),
    'EditionWhere.exhibitionSpace': decimalsLike(editions.map(({ exhibitionSpace }) => exhibitionSpace)),
    'SignedProjectStatisticWhere.projects': decimalsLike(claims.map(({ projects }) => projects)),
    'SignedProjectStatisticWhere.investment': decimalsLike(claims.map(({ investment }) => investment?.amount ?? null)),
    'SignedProjectStatisticWhere.currency': oneOf([
      'CNY',
      'GBP',
      ...claims.flatMap(({ investment }) => (investment ? [investment.currency] : [])),
    ]),
    'SignedProjectStatisticWhere.asOf': datesLike(claims.map(({ asOf }) => asOf)),
    'ThemeWhere.text': sayings,
    'ExhibitionAreaWhere.name': halls,
    'SpeakerWhere.slug': slugs(speakers),
    'SpeakerWhere.name': people,
    'SpeakerWhere.affiliation': affiliations,
    'SpeakerWhere.editionCount': fc.integer({ min: -1, max: 7 }),
    'SpeakerWhere.conventionCount': fc.integer({ min: -1, max: 4 }),
    'AppearanceWhere.name': people,
    'AppearanceWhere.affiliation': affiliations,
    'SourceWhere.title': textsLike(sources.map(({ title }) => title)),
    'SourceWhere.publisher': textsLike(sources.flatMap(({ publisher }) => publisher ?? [])),
    'SourceWhere.publishedOn': datesLike(sources.map(({ publishedOn }) => publishedOn)),
  };
}
