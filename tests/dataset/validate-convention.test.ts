import { expect, test } from 'vitest';
import { linesOf, shared } from './world.ts';

/** The lines for one convention with one edition, whose lines are numbered from 1. */
function linesOfEdition(edition: string, more: Record<string, string> = {}): string[] {
  const head =
    '{ conventions: [{ slug: expo, name: Expo, editions: [{ slug: expo-2021, year: 2021, name: Expo 2021, citations: [paper],';
  return linesOf({ 'shared.yaml': shared, 'expo.yaml': `${head}\n${edition}\n}]}]}`, ...more }).map((line) =>
    line.replace(/^expo\.yaml:(\d+): conventions\[0\]\.editions\[0\]\.?/, (_, number) => `${Number(number) - 1}: `),
  );
}

/** The lines for figures and statistics of one edition, one per line. */
const linesOfFigures = (...figures: string[]) =>
  linesOfEdition(
    `figures: [\n${figures
      .map(
        (figure, index) =>
          `{ key: f${index}, metric: GUESTS, value: 800, unit: PEOPLE, citations: [paper], ${figure} },`,
      )
      .join('\n')}]`,
  );
const linesOfStatistics = (...statistics: string[]) =>
  linesOfEdition(
    `signedProjectStatistics: [\n${statistics
      .map((statistic, index) => `{ key: s${index}, stage: SIGNED, status: FINAL, citations: [paper], ${statistic} },`)
      .join('\n')}]`,
  );

test('references within and between files that all lead somewhere are no problem', () => {
  expect(
    linesOfEdition(`
      city: hefei, venue: binhu, subVenues: [binhu], startDate: 2021-11-19, endDate: 2021-11-22,
      sessions: [{ key: opening, title: Opening, kind: OPENING_CEREMONY, citations: [paper] }],
      speakers: [{ speaker: wulff, kind: SPEECH, session: opening, affiliation: alliance, citations: [{ source: agency }] }],
      organizers: [{ organization: alliance, citations: [paper] }, { place: china, citations: [paper] }],
      indicators: [{ key: output, name: Output, place: china, period: 2021-10, change: { value: 3.5 }, basis: YEAR_ON_YEAR, citations: [paper] }]`),
  ).toEqual([]);
});

test('every reference that leads nowhere is reported, with the nearest slug', () => {
  expect(
    linesOfEdition(`
      city: hefie,
      venue: nowhere,
      subVenues: [binhui],
      sessions: [{ key: opening, title: Opening, kind: OTHER, citations: [agenci] }],
      speakers: [
        { speaker: wulf, kind: SPEECH,
          session: openning,
          affiliation: unknown,
          citations: [{ source: papier }] }],
      organizers: [{ organization: aliance, citations: [paper] }],
      guestsOfHonour: [{ place: chian, citations: [paper] }],
      indicators: [{ key: output, name: Output,
        place: utopia, period: 2021, change: { value: 1 }, basis: YEAR_ON_YEAR, citations: [paper] }]`),
  ).toEqual([
    '2: city: no place has the slug "hefie"; did you mean hefei? If not, add it to places',
    '3: venue: no venue has the slug "nowhere"; correct it, or add it to venues',
    '4: subVenues[0]: no venue has the slug "binhui"; did you mean binhu? If not, add it to venues',
    '5: sessions[0].citations[0]: no source has the slug "agenci"; did you mean agency? If not, add it to sources',
    '7: speakers[0].speaker: no speaker has the slug "wulf"; did you mean wulff? If not, add it to speakers',
    '8: speakers[0].session: no session of this edition has the key "openning"; did you mean opening?',
    '9: speakers[0].affiliation: no organization has the slug "unknown"; correct it, or add it to organizations',
    '10: speakers[0].citations[0].source: no source has the slug "papier"; did you mean paper? If not, add it to sources',
    '11: organizers[0].organization: no organization has the slug "aliance"; did you mean alliance? If not, add it to organizations',
    '12: guestsOfHonour[0].place: no place has the slug "chian"; did you mean china? If not, add it to places',
    '14: indicators[0].place: no place has the slug "utopia"; correct it, or add it to places',
  ]);
});

test('a key used twice in one list of an edition is reported', () => {
  expect(
    linesOfEdition(`
      themes: [{ key: main, text: A, citations: [paper] },
               { key: main, text: B, citations: [paper] }],
      notes: [{ key: main, kind: OTHER, text: The same key in another list, citations: [paper] }],
      speakers: [{ speaker: wulff, kind: SPEECH, citations: [paper] },
                 { speaker: wulff, kind: QUOTED, citations: [paper] },
                 { speaker: wulff, key: again, kind: QUOTED, citations: [paper] }],
      organizers: [{ organization: alliance, role: GUEST_OF_HONOUR, citations: [paper] }],
      guestsOfHonour: [
        { organization: alliance, citations: [paper] }],
      subVenues: [binhu, binhu]`),
  ).toEqual([
    '3: themes[1].key: "main" is also the key of expo.yaml:3',
    '6: speakers[1].speaker: "wulff" is also at expo.yaml:6; give each appearance of one person a key of its own',
    '10: guestsOfHonour[0].organization: "alliance" is already GUEST_OF_HONOUR of this edition at expo.yaml:9',
    '11: subVenues[1]: "binhu" is listed twice, also at expo.yaml:12',
  ]);
});

test('an end before its start is reported, and so is a start in another year', () => {
  expect(
    linesOfEdition(`
      startDate: 2020-11-19,
      endDate: 2020-11-18,
      dateClaims: [{ key: d, status: FINAL, citations: [paper], startDate: 2021-11-20,
        endDate: 2021-11-19 }]`),
  ).toEqual([
    '2: startDate: must lie in the edition’s year, 2021; got "2020-11-19" [YEAR]',
    '3: endDate: must lie in the edition’s year, 2021, or in the next; got "2020-11-18" [YEAR]',
    '3: endDate: must not be before startDate, 2020-11-19; got "2020-11-18" [DATE_ORDER]',
    '5: dateClaims[0].endDate: must not be before startDate, 2021-11-20; got "2021-11-19" [DATE_ORDER]',
  ]);
  expect(linesOfEdition('startDate: 2021-12-30, endDate: 2022-01-02')).toEqual([]);
  expect(linesOfEdition('startDate: 2021-03-01, endDate: 2021-02-30')).toEqual([
    '1: endDate: must be a day that exists; got "2021-02-30"',
  ]);
});

test('a year that cannot be is told the years that can', () => {
  const year = (value: string) =>
    linesOf({
      'a.yaml': `${shared}conventions: [{ slug: c, name: C, editions: [{ slug: e, name: E, citations: [paper], year: ${value} }] }]`,
    });
  expect(year('3000')).toEqual([expect.stringMatching(/year: must be a year from 1800 to 2200; got the number 3000$/)]);
  expect(year('2021.5')).toEqual([expect.stringMatching(/year: must be a whole number; got the number 2021.5$/)]);
});

test('a scope must fit the number of editions', () => {
  const more = ' status: FINAL, scope:';
  expect(
    linesOfFigures(
      `${more} CUMULATIVE`,
      `${more} CUMULATIVE, editions: [expo-2021]`,
      `${more} EDITION, editions: []`,
      `${more} SUBSET, editions: []`,
      `${more} CUMULATIVE, editions: [expo-2021, expo-2021]`,
    ),
  ).toEqual([
    '2: figures[0].scope: CUMULATIVE is about two or more editions; got 1: list all of them in editions',
    '3: figures[1].editions: CUMULATIVE is about two or more editions; got 1: list all of them in editions',
    '4: figures[2].editions: EDITION is about exactly one edition; got 0: name one, or write scope: CUMULATIVE',
    '5: figures[3].editions: SUBSET is about a part of at least one edition; name it, or leave editions out for this one',
    '6: figures[4].editions[1]: "expo-2021" is listed twice, also at expo.yaml:7',
  ]);
});

test('the editions of a claim are of its own convention', () => {
  expect(
    linesOfEdition(
      `signedProjectStatistics: [{ key: s, stage: SIGNED, status: FINAL, projects: { value: 1 }, scope: CUMULATIVE, citations: [paper],
         editions: [expo-2021, fair-2020, expo-2012],
         reportedAt: expo-1851 }]`,
      {
        'fair.yaml':
          'conventions:\n  - slug: fair\n    name: Fair\n    editions:\n      - { slug: fair-2020, year: 2020, name: F, citations: [paper] }',
      },
    ),
  ).toEqual([
    '2: signedProjectStatistics[0].editions[1]: must be an edition of the same convention; "fair-2020" is one of another, at fair.yaml:5',
    '2: signedProjectStatistics[0].editions[2]: no edition of this convention has the slug "expo-2012"; did you mean expo-2021?',
    '3: signedProjectStatistics[0].reportedAt: no edition of this convention has the slug "expo-1851"; did you mean expo-2021?',
  ]);
});

test('a statistic says how many, and a slice exactly when it is about a part', () => {
  const slice = 'slice: { dimension: INDUSTRY, value: Cars }';
  expect(
    linesOfStatistics(
      'conversions: [{ amount: 1, currency: USD }]',
      'projects: { value: 7 }, scope: SUBSET',
      `projects: { value: 7 }, ${slice}`,
      `projects: { value: 7 }, scope: SUBSET, ${slice}`,
      'investment: { amount: 1.8 trillion, currency: RMB }, conversions: [{ amount: 282 billion, currency: QQQ }]',
      'share: { value: 80, bound: MORE_THAN }, stage: STARTED',
    ).filter((line) => !line.includes('given twice')),
  ).toEqual([
    '2: signedProjectStatistics[0]: must say projects, investment or share',
    '3: signedProjectStatistics[1].slice: is missing; a SUBSET claim says which part it is about',
    '4: signedProjectStatistics[2].slice: is for SUBSET only; write scope: SUBSET, or leave it out (scope is EDITION)',
    '6: signedProjectStatistics[4].investment.currency: must be an ISO 4217 code like CNY; no currency has "RMB"',
    '6: signedProjectStatistics[4].conversions[0].currency: must be an ISO 4217 code like CNY; no currency has "QQQ"',
  ]);
});

test('a claim without a source is refused', () => {
  expect(
    linesOfEdition(`
      figures: [
        { key: a, metric: GUESTS, value: 800, unit: PEOPLE, status: FINAL, citations: [] },
        { key: b, metric: EVENTS, value: 43, unit: EVENTS, status: FINAL }]`),
  ).toEqual([
    '3: figures[0].citations: must name at least one source; got an empty list [UNSOURCED]',
    '4: figures[1].citations: is missing; it must be a list of sources [UNSOURCED]',
  ]);
});

test('overruling the rule takes a note, and only one claim about a thing can be preferred', () => {
  expect(
    linesOfFigures(
      'status: FINAL, standing: PREFERRED, note: The organiser says so.',
      'status: FINAL, standing: PREFERRED',
      'status: FINAL, standing: DISPUTED',
      'status: FINAL, standing: ALTERNATIVE',
      'status: FINAL, standing: PREFERRED, note: It is about something else., label: Diplomats',
      'status: FINAL, standing: ALTERNATIVE, label: Ministers',
    ),
  ).toEqual([
    '3: figures[1].standing: PREFERRED overrules the rule; add a note that says why',
    '3: figures[1].standing: is PREFERRED, but so is the claim about the same thing at expo.yaml:3 [ONE_PREFERRED]',
    '4: figures[2].standing: DISPUTED overrules the rule; add a note that says why',
    '7: figures[5].standing: is ALTERNATIVE to nothing that could be preferred; leave it out',
  ]);
});

test('a participation names an organization or a place, also when more is wrong with it', () => {
  expect(
    linesOfEdition(
      '\norganizers: [\n{ organization: alliance, place: china, rol: HOST, citations: [paper] },\n{ citations: [paper] }]',
    ),
  ).toEqual([
    '3: organizers[0]: must name either an organization or a place',
    '3: organizers[0].rol: is not a key here; did you mean role?',
    '4: organizers[1]: must name either an organization or a place',
  ]);
});

test('mistakes of shape do not hide mistakes of sense', () => {
  expect(
    linesOfEdition(`
      bogus: 1,
      startDate: 2021-11-19, endDate: 2021-11-01,
      figures: [{ key: a, metric: GESTS, value: many, unit: PEOPLE, scope: CUMULATIVE, citations: [agenzy] }]`),
  ).toEqual([
    expect.stringMatching(/^2: bogus: is not a key here; the keys are slug, /),
    '3: endDate: must not be before startDate, 2021-11-19; got "2021-11-01" [DATE_ORDER]',
    '4: figures[0].status: is missing; it must be one of TARGET, EXPECTED, INTERIM, FINAL',
    expect.stringMatching(/^4: figures\[0\]\.metric: must be one of .*; got "GESTS"; did you mean GUESTS\?$/),
    '4: figures[0].value: must be a number, with thousand, million, billion or trillion behind it if you like: 582.18 billion; got "many"',
    '4: figures[0].scope: CUMULATIVE is about two or more editions; got 1: list all of them in editions',
    '4: figures[0].citations[0]: no source has the slug "agenzy"; did you mean agency? If not, add it to sources',
  ]);
});

test('a number that cannot be is refused: negative, half a project, or a share of more than all', () => {
  expect(
    linesOfStatistics(
      'projects: { value: -703 }',
      'projects: { value: 436.5 }',
      'share: { value: 911 }',
      'investment: { amount: -1 billion, currency: CNY }',
      'projects: { value: 436 }, share: { value: 91.1 }, investment: { amount: 1.5, currency: CNY }',
    ),
  ).toEqual([
    '2: signedProjectStatistics[0].projects.value: must not be negative; got "-703"',
    '3: signedProjectStatistics[1].projects.value: must be a whole number, because its unit is counted',
    '4: signedProjectStatistics[2].share.value: must be 100 per cent at most; got "911"',
    '5: signedProjectStatistics[3].investment.amount: must not be negative; got "-1000000000"',
  ]);
});

test('two editions with one ordinal are reported, with both places', () => {
  const edition = (year: number, ordinal: number) =>
    `{ slug: fair-${year}, year: ${year}, ordinal: ${ordinal}, name: Fair ${year}, citations: [paper] }`;
  expect(
    linesOf({
      'shared.yaml': shared,
      'fair.yaml': `conventions:\n- slug: fair\n  name: Fair\n  editions:\n  - ${edition(2021, 4)}\n  - ${edition(2022, 4)}\n  - ${edition(2023, 5)}\n`,
    }),
  ).toEqual(['fair.yaml:6: conventions[0].editions[1].ordinal: "4" is also the ordinal of the edition at fair.yaml:5']);
});

test('a source that is cited twice for the same is reported; for two fields it is not', () => {
  expect(
    linesOfEdition(
      'themes: [\n{ key: a, text: A, citations: [paper, { source: paper }] },\n{ key: b, text: B, citations: [{ source: paper, field: text }, { source: paper, field: kind }] }]',
    ),
  ).toEqual(['2: themes[0].citations[1].source: "paper" is cited twice for the same, also at expo.yaml:3']);
});
