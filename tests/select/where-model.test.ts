import { describe, expect, test } from 'vitest';
import { listModel } from '../support/list-model.ts';
import type { ClaimRecord, ConventionRecord, EditionRecord, Records, Text } from '../support/model-records.ts';
import { all, any, judge, not } from '../support/where-model.ts';

/* What the model itself says of a few records, so that what it is compared with is not all that vouches for it. */

const inEnglish = (text: string): Text => ({ locale: 'en', text, isOriginal: true });

function convention(slug: string, more: Partial<ConventionRecord> = {}): ConventionRecord {
  const names = [inEnglish(slug)];
  return {
    id: slug,
    slug,
    acronym: null,
    names,
    alternateNames: [],
    updatedAt: '',
    editions: [],
    claims: [],
    latestEdition: null,
    ...more,
  };
}

function edition(of: ConventionRecord, year: number, more: Partial<EditionRecord> = {}): EditionRecord {
  const slug = `${of.slug}-${year}`;
  const made: EditionRecord = {
    ...{ id: slug, slug, convention: of, year, chronology: `${year}-13`, updatedAt: '', names: [inEnglish(slug)] },
    ...{ ordinal: null, startDate: null, endDate: null, status: 'UNKNOWN', attendanceMode: null, city: null },
    ...{
      themes: [],
      areas: [],
      appearances: [],
      around: [],
      organizers: [],
      guestsOfHonour: [],
      claimsAbout: [],
      claims: [],
      signedProjects: null,
    },
    exhibitionSpace: null,
    known: [],
    ...more,
  };
  of.editions.push(made);
  return made;
}

function claim(about: EditionRecord, more: Partial<ClaimRecord> = {}): ClaimRecord {
  const made: ClaimRecord = {
    ...{ id: `${about.id}/${about.claims.length}`, convention: about.convention, editions: [about], reportedAt: null },
    ...{ stage: 'SIGNED', status: 'FINAL', scope: 'EDITION', standing: 'PREFERRED', projects: null, investment: null },
    ...{ asOf: null, chronology: about.chronology, position: 0 },
    ...more,
  };
  about.claimsAbout.push(made);
  about.claims.push(made);
  return made;
}

const known = edition(convention('known'), 2021, {
  startDate: '2021-11-19',
  endDate: '2021-11-22',
  attendanceMode: 'HYBRID',
  city: {
    slug: 'city',
    country: 'CN',
    names: [inEnglish('MÜNCHEN 100%'), { locale: 'de', text: 'Café', isOriginal: false }],
  },
  around: [inEnglish('Binhu Hall'), { locale: 'zh-Hans', text: '安徽', isOriginal: true }],
  exhibitionSpace: 430_000_000n,
  known: ['START_DATE', 'CITY'],
});
const unknown = edition(convention('unknown'), 2022);
const opened = edition(convention('opened'), 2020, { startDate: '2020-09-12' });

test('and, or and not are Kleene’s', () => {
  const values = [true, null, false];
  expect(values.map((one) => values.map((other) => all([one, other])))).toEqual([
    [true, null, false],
    [null, null, false],
    [false, false, false],
  ]);
  expect(values.map((one) => values.map((other) => any([one, other])))).toEqual([
    [true, true, true],
    [true, null, null],
    [true, null, false],
  ]);
  expect(values.map(not)).toEqual([false, null, true]);
});

describe('of an edition', () => {
  test.each<[where: object, ofKnown: boolean | null, ofUnknown: boolean | null]>([
    [{}, true, true],
    [{ and: [] }, true, true],
    [{ or: [] }, false, false],
    [{ not: {} }, false, false],
    [{ year: {} }, true, true],
    [{ startDate: { eq: '2021-11-19' } }, true, null],
    [{ not: { startDate: { eq: '2021-11-19' } } }, false, null],
    [{ or: [{ startDate: { gt: '2021-01-01' } }, { year: { eq: 2022 } }] }, true, true],
    [{ and: [{ startDate: { gt: '2021-01-01' } }, { year: { eq: 2022 } }] }, false, null],
    [{ startDate: { isNull: true } }, false, true],
    [{ not: { startDate: { isNull: true } } }, true, false],
    [{ startDate: { isNull: false, lt: '2021-11-19' } }, false, false],
    [{ ordinal: { in: [] } }, false, false],
    [{ ordinal: { ne: 4 } }, null, null],
    [{ year: { in: [2020, 2021] } }, true, false],
    [{ attendanceMode: ['HYBRID', 'ONLINE'] }, true, null],
    [{ attendanceMode: [] }, false, false],
    [{ country: { eq: 'CN' } }, true, null],
    [{ country: { notIn: ['CN'] } }, false, null],
    [{ country: { notIn: [] } }, true, true],
    [{ city: { eq: 'Café' } }, true, null],
    [{ city: { ne: 'Café' } }, false, null],
    [{ city: { ne: 'Hefei' } }, true, null],
    [{ city: { notIn: [] } }, true, true],
    [{ city: { contains: 'münchen' } }, true, null],
    [{ city: { contains: '' } }, true, null],
    [{ city: { contains: 'cafe\u0301' } }, true, null],
    [{ city: { contains: '1_0' } }, false, null],
    [{ city: { startsWith: '%' } }, false, null],
    [{ city: { startsWith: 'MÜN', eq: 'Café' } }, true, null],
    [{ city: { startsWith: 'mün' } }, false, null],
    [{ city: { isNull: true } }, false, true],
    [{ exhibitionSpace: { eq: '43000.0' } }, true, null],
    [{ exhibitionSpace: { gt: '42999.9999', lt: '43000.0001' } }, true, null],
    [{ lacks: ['CITY'] }, false, true],
    [{ lacks: ['CITY', 'VENUE'] }, true, true],
    [{ not: { lacks: [] } }, true, true],
    [{ search: 'CAFE binh' }, true, false],
    [{ search: 'cafe hefei' }, false, false],
    [{ search: 'al' }, false, false],
    [{ search: '2022' }, false, true],
    [{ search: '202' }, true, true],
    [{ search: '安徽省 known' }, true, false],
    [{ search: '' }, false, false],
    [{ not: { search: '*' } }, true, true],
    [{ status: { eq: 'UNKNOWN' } }, true, true],
    [{ status: { notIn: ['UNKNOWN'] } }, false, false],
    [{ convention: { slug: { eq: 'known' } } }, true, false],
    [{ convention: { editions: { some: { startDate: { lt: '2030-01-01' } } } } }, true, false],
    [{ convention: { editions: { every: { startDate: { lt: '2030-01-01' } } } } }, true, false],
    [{ convention: { editions: { none: { startDate: { lt: '2030-01-01' } } } } }, false, true],
    [{ signedProjects: { some: {} } }, false, false],
    [{ signedProjects: { none: {} } }, true, true],
  ])('%j is %s where all is known, %s where little is', (where, ofKnown, ofUnknown) => {
    expect([judge.edition(known, where), judge.edition(unknown, where)]).toEqual([ofKnown, ofUnknown]);
  });

  test.each<[from: string, to: string, ofKnown: boolean | null, ofOpened: boolean | null]>([
    ['2021-11-22', '2021-11-30', true, null],
    ['2021-11-01', '2021-11-19', true, null],
    ['2021-11-23', '2021-11-30', false, null],
    ['2020-09-12', '2020-09-12', false, true],
    ['2020-09-01', '2020-09-11', false, false],
    ['2020-09-13', '2020-09-14', false, null],
  ])('overlaps %s to %s is %s with both days known, %s with the first only', (from, to, ofKnown, ofOpened) => {
    const where = { overlaps: { from, to } };
    expect([judge.edition(known, where), judge.edition(opened, where)]).toEqual([ofKnown, ofOpened]);
    expect(judge.edition(unknown, where)).toBeNull();
  });

  test('a key that the model does not know is an error, not a condition that holds', () => {
    expect(() => judge.edition(known, { weather: { eq: 'fine' } })).toThrow('The model does not know "weather"');
    expect(() => judge.edition(known, { year: { near: 2021 } })).toThrow('The model does not know "near"');
  });
});

describe('a list', () => {
  const of = convention('c');
  const first = edition(of, 2020, { id: 'a', startDate: '2020-05-01' });
  const second = edition(of, 2021, { id: 'b' });
  const third = edition(of, 2021, { id: 'c' });
  first.signedProjects = claim(first, { investment: { currency: 'USD', amount: 1n } });
  second.signedProjects = claim(second, { investment: { currency: 'CNY', amount: 5n } });
  third.signedProjects = claim(third, { investment: { currency: 'CNY', amount: 9n } });
  const records: Records = {
    ...{ conventions: [of], editions: of.editions, claims: of.editions.flatMap(({ claims }) => claims) },
    ...{ themes: [], areas: [], speakers: [], appearances: [], sources: [] },
  };
  const model = listModel(records);
  const list = 'Query.editions';
  const whole = (orderBy: unknown) => model[list]?.whole({ parent: null, orderBy });
  const page = (given: object) => model[list]?.page({ list, parent: null, ...given });
  const place = (id: string) => ({ parent: null, id });

  test.each([
    [null, ['c', 'b', 'a']],
    [[], ['c', 'b', 'a']],
    [[{ field: 'YEAR' }], ['c', 'b', 'a']],
    [[{ field: 'YEAR', direction: 'ASC' }], ['a', 'b', 'c']],
    [[{ field: 'START_DATE', direction: 'ASC' }], ['a', 'b', 'c']],
    [[{ field: 'START_DATE', direction: 'ASC', nulls: 'FIRST' }], ['b', 'c', 'a']],
    [[{ field: 'START_DATE' }], ['a', 'c', 'b']],
    [
      [{ field: 'YEAR' }, { field: 'YEAR', direction: 'ASC' }],
      ['c', 'b', 'a'],
    ],
    [[{ field: 'SIGNED_INVESTMENT' }], ['c', 'b', 'a']],
    [[{ field: 'SIGNED_INVESTMENT', direction: 'ASC' }], ['b', 'c', 'a']],
  ])('ordered by %j is %j', (orderBy, ids) => {
    expect(whole(orderBy)).toEqual(ids);
  });

  test('is cut by cursors, then by its length', () => {
    const ends = { totalCount: 3, hasNextPage: true, hasPreviousPage: true };
    expect(page({ first: 1 })).toEqual({ ...ends, ids: ['c'], hasPreviousPage: false });
    expect(page({ last: 1 })).toEqual({ ...ends, ids: ['a'], hasNextPage: false });
    expect(page({ after: place('c'), first: 1 })).toEqual({ ...ends, ids: ['b'] });
    expect(page({ after: place('c'), before: place('a') })).toEqual({ ...ends, ids: ['b'] });
    expect(page({ after: place('a') })).toEqual({ ...ends, ids: [], hasNextPage: false });
    // A record that is left out still has its place.
    const where = { year: { eq: 2021 } };
    expect(page({ where, before: place('a'), last: 1 })).toEqual({
      ids: ['b'],
      totalCount: 2,
      hasNextPage: false,
      hasPreviousPage: true,
    });
  });

  test('by an order that the model does not know is an error', () => {
    expect(() => whole([{ field: 'WEATHER' }])).toThrow('The model does not know the order "WEATHER"');
  });
});
