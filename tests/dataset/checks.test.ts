import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Checks } from '../../src/dataset/checks.ts';
import { problemWithScript } from '../../src/dataset/checks-texts.ts';
import { checkDataset } from '../../src/dataset/import.ts';
import { type Problem, severities, sortProblems, type Warning } from '../../src/dataset/problems.ts';
import { readDataset } from '../../src/dataset/read.ts';
import { validateDataset } from '../../src/dataset/validate.ts';
import { DataCheck, type Word, words } from '../../src/store/vocabulary.ts';
import { dataFolder, importWorld, shared } from './world.ts';

const DATA = join(import.meta.dirname, '../../data');
const shipped = readDataset(DATA);

/** A copy of the shipped data with one file changed: what is wrong with it, or else what may be. */
function findingsIn(
  name: string,
  change: (text: string) => string,
): { findings: (Problem | Warning)[]; isRefused: boolean } {
  const folder = mkdtempSync(join(tmpdir(), 'expograph-corrupted-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(DATA, name);
  const file = join(folder, 'file.yaml');
  writeFileSync(file, change(readFileSync(path, 'utf8')));
  const corrupted = readDataset(file);
  const files = shipped.files.flatMap((one) => (one.file === path ? corrupted.files : one));
  const problems = [...corrupted.problems, ...validateDataset({ files, problems: [], isWhole: true })];
  const checks = new Checks();
  for (const one of files) checks.add(one);
  const found = problems.length > 0 ? sortProblems(problems) : checks.finish({ rows: () => [] });
  const findings = found.map((one) => ({ ...one, file: one.file === file ? name : one.file }));
  return { findings, isRefused: problems.length > 0 };
}

const unexplained = (findings: readonly (Problem | Warning)[]) =>
  findings.filter((finding) => !('explanation' in finding));

/** Replaces one place, the first behind another; nothing is replaced at the end. */
function replace(text: string, [old, put]: readonly [string, string], behind = ''): string {
  if (old === '') return text + put;
  const start = text.indexOf(behind);
  const at = text.indexOf(old, start);
  if (start < 0 || at < 0) throw new Error(`There is no ${JSON.stringify(old)} behind ${JSON.stringify(behind)}.`);
  return text.slice(0, at) + put + text.slice(at + old.length);
}

interface Planted {
  file: string;
  behind?: string;
  /** What stands there, and what is put in its place. */
  error: readonly [string, string];
  /** What is found: its path, and a text that begins on its line. */
  found: readonly (readonly [path: string, line: string])[];
}

const wmc = 'conventions/world-manufacturing-convention.yaml';
const in2018 = '      - slug: world-manufacturing-convention-2018\n';
const in2021 = '      - slug: world-manufacturing-convention-2021\n';
const editions = 'conventions[0].editions';

const planted: Record<Word<typeof DataCheck>, Planted> = {
  DATE_ORDER: {
    ...{ file: wmc, behind: in2018, error: ['endDate: 2018-05-27', 'endDate: 2018-05-24'] },
    found: [[`${editions}[0].endDate`, 'endDate: 2018-05-24']],
  },
  YEAR: {
    ...{ file: wmc, behind: in2018, error: ['startDate: 2018-05-25', 'startDate: 2017-05-25'] },
    found: [[`${editions}[0].startDate`, 'startDate: 2017-05-25']],
  },
  DATE_NEAR_EDITION: {
    ...{ file: wmc, behind: in2018, error: ['date: 2018-05-28', 'date: 2028-05-28'] },
    found: [[`${editions}[0].sessions[3].date`, 'date: 2028-05-28']],
  },
  ORDINAL_ORDER: {
    ...{ file: wmc, behind: 'convention-2020\n', error: ['ordinal: 3', 'ordinal: 13'] },
    found: [[`${editions}[2].ordinal`, 'ordinal: 13']],
  },
  ONE_PREFERRED: {
    ...{
      file: wmc,
      behind: 'key: government-site',
      error: ['status: FINAL', 'status: FINAL\n            standing: PREFERRED'],
    },
    found: [[`${editions}[2].dateClaims[1].standing`, 'standing: PREFERRED\n            note: Says that']],
  },
  CUMULATIVE_SUM: {
    ...{ file: wmc, behind: in2021, error: ['projects: { value: 1752 }', 'projects: { value: 1725 }'] },
    found: [[`${editions}[3].signedProjectStatistics[6].projects.value`, 'projects: { value: 1725 }']],
  },
  BOUND: {
    ...{ file: 'conventions/automatica.yaml', error: ['            standing: DISPUTED\n', ''] },
    found: [[`${editions}[0].figures[0].value`, 'value: 46000']],
  },
  CONVERSION_RATE: {
    ...{ file: wmc, behind: in2018, error: ['amount: 70.19 billion', 'amount: 701.9 billion'] },
    found: [
      [`${editions}[0].signedProjectStatistics[1].conversions[0].amount`, 'conversions: [{ amount: 701.9 billion'],
    ],
  },
  MAGNITUDE: {
    ...{ file: wmc, behind: in2021, error: ['amount: 582.18 billion', 'amount: 58.218 million'] },
    found: [[`${editions}[3].signedProjectStatistics[0].investment.amount`, 'investment: { amount: 58.218 million']],
  },
  CONFLICTING_CLAIMS: {
    file: 'conventions/automatica.yaml',
    behind: 'value: 890\n',
    error: [
      'citations: [pt-aut18]\n',
      'citations: [pt-aut18]\n          - { key: more, metric: EXHIBITORS, value: 980, unit: COMPANIES, status: FINAL, citations: [pt-aut18] }\n',
    ],
    found: [[`${editions}[0].figures[3].value`, '- { key: more']],
  },
  UNIT: {
    ...{ file: 'conventions/emo.yaml', behind: 'key: exhibitors-expected', error: ['unit: COMPANIES', 'unit: PEOPLE'] },
    found: [[`${editions}[4].figures[0].unit`, 'unit: PEOPLE']],
  },
  UNSOURCED_FIELD: {
    ...{ file: wmc, behind: in2018, error: ['          - { source: anhuinews-20180528, field: city }\n', ''] },
    found: [[`${editions}[0].city`, 'city: hefei']],
  },
  UNSOURCED: {
    ...{
      file: wmc,
      behind: 'key: results-press-conference',
      error: ['citations: [anhuinews-20180528]', 'citations: []'],
    },
    found: [[`${editions}[0].sessions[3].citations`, 'citations: []']],
  },
  UNUSED_SOURCE: {
    file: 'sources/emo.yaml',
    error: ['sources:\n', 'sources:\n  - { slug: uncited, kind: OTHER, title: Uncited }\n'],
    found: [['sources[0].slug', '- { slug: uncited']],
  },
  NOT_LINKABLE: {
    ...{ file: 'sources/world-manufacturing-convention.yaml', behind: 'cri-20170408' },
    error: ['linkable: false', 'linkable: false\n    url: https://copy.example/'],
    found: [['sources[0].url', 'url: https://copy.example/']],
  },
  LINK_IN_TEXT: {
    ...{ file: wmc, behind: in2018, error: ['Seven kinds of exhibition', 'See http://copy.example/1'] },
    found: [[`${editions}[0].figures[1].note`, 'note: See http']],
  },
  SCRIPT: {
    ...{ file: wmc, behind: in2018 },
    error: [
      '{ en: World Manufacturing Convention 2018, zh-Hans: 2018世界制造业大会 }',
      '{ zh-Hans: World Manufacturing Convention 2018, en: 2018世界制造业大会 }',
    ],
    found: [
      [`${editions}[0].name.zh-Hans`, 'name: { zh-Hans'],
      [`${editions}[0].name.en`, 'name: { zh-Hans'],
    ],
  },
  DUPLICATE_SOURCE: {
    file: 'sources/world-intelligence-congress.yaml',
    behind: 'slug: cctv-20200623\n',
    error: [
      'https://tv.cctv.com/2020/06/23/VIDEnSY17i2ASyqYtls3vyGW200623.shtml',
      'https://tv.cctv.com/2021/05/20/VIDE8PXrzSXLJhVLIYKLUPLf210520.shtml',
    ],
    found: [['sources[3].slug', 'slug: cctv-20210520']],
  },
  DUPLICATE_EDITION: {
    ...{ file: 'conventions/hannover-messe.yaml', behind: 'slug: hannover-messe-2025\n' },
    error: ['startDate: 2025-03-31\n        endDate: 2025-04-04', 'startDate: 2025-09-22\n        endDate: 2025-09-26'],
    found: [[`${editions}[3].slug`, 'slug: hannover-messe-2025\n']],
  },
  DUPLICATE_PERSON: {
    ...{ file: 'speakers.yaml', error: ['', '  - { slug: wulff, name: Dr Christian Wulff }\n'] },
    found: [['speakers[#].slug', '- { slug: wulff']],
  },
  DUPLICATE_PLACE: {
    file: 'places.yaml',
    error: ['\nvenues:\n', '  - { slug: hefei-2, kind: CITY, name: HEFEI, country: CN }\n\nvenues:\n'],
    found: [['places[#].slug', '- { slug: hefei-2']],
  },
  DUPLICATE_VENUE: {
    ...{
      file: 'places.yaml',
      error: ['', '  - { slug: binhu, name: { zh-Hans: 合肥滨湖国际会展中心 }, city: hefei }\n'],
    },
    found: [['venues[#].slug', '- { slug: binhu']],
  },
  DUPLICATE_ORGANIZATION: {
    ...{ file: 'organizations.yaml', error: ['', '  - { slug: byd-auto, name: Byd }\n'] },
    found: [['organizations[#].slug', '- { slug: byd-auto']],
  },
  STALE_EXPLANATION: {
    ...{ file: 'conventions/emo.yaml', behind: 'slug: emo-2023\n', error: ['value: 130\n', 'value: 140\n'] },
    found: [[`${editions}[3].figures[2].knownConflicts[0]`, '- check: BOUND']],
  },
};

describe('an error that is planted in the shipped data is found, and nothing else', () => {
  test.each(words(DataCheck))('%s', (check) => {
    const { file, behind = '', error, found } = planted[check];
    let text = '';
    const { findings, isRefused } = findingsIn(file, (whole) => {
      text = replace(whole, error, behind);
      return text;
    });
    const lineOf = (begin: string) => text.slice(0, text.indexOf(begin, text.indexOf(behind))).split('\n').length;
    expect(
      unexplained(findings).map(({ file, line, path, check }) => ({
        file,
        line,
        check,
        path: path.replace(/[0-9]{2,}/, '#'),
      })),
    ).toEqual(found.map(([path, begin]) => ({ file, line: lineOf(begin), check, path })));
    expect(isRefused).toBe(severities[check] === 'ERROR');
  });
});

test('nothing in the shipped data is unexplained, and what is explained is still there', () => {
  const { warnings } = checkDataset(DATA);
  expect(unexplained(warnings)).toEqual([]);
  expect(warnings.length).toBeGreaterThan(0);
  for (const { explanation } of warnings) expect(explanation).toMatch(/\w{3}/);
});

test('an error keeps all of the data out, a warning none of it', () => {
  const fair = (dates: string, ordinal: number) => `${shared}conventions:
  - slug: fair
    name: Fair
    citations: [agency]
    editions:
      - { slug: fair-21, year: 2021, name: Fair, ordinal: ${ordinal}, ${dates}, citations: [paper] }
      - { slug: fair-22, year: 2022, name: Fair, ordinal: 2, citations: [paper] }
`;
  const world = importWorld({ 'a.yaml': fair('startDate: 2021-05-02, endDate: 2021-05-01', 1) });
  const before = world.dump();
  expect(world.refusal()).toEqual([
    'a.yaml:20: conventions[0].editions[0].endDate: must not be before startDate, 2021-05-02; got "2021-05-01" [DATE_ORDER]',
    '1 problem. Nothing was imported.',
  ]);
  expect(world.dump()).toEqual(before);
  world.write('a.yaml', fair('startDate: 2021-05-01', 3));
  const told = world.warnings();
  expect(told).toEqual([
    'a.yaml:20: conventions[0].editions[0].ordinal: is 3, and "fair-22", which is later, has 2; correct it, or explain it in knownConflicts [ORDINAL_ORDER]',
  ]);
  expect(world.rows('SELECT slug FROM editions ORDER BY slug')).toHaveLength(2);
});

test('a source cannot have been read before it was published', () => {
  const source = (retrievedOn: string) =>
    `sources: [{ slug: late, kind: OTHER, title: Late, publishedOn: 2022-05-02, retrievedOn: ${retrievedOn} }]`;
  const world = importWorld({ 'a.yaml': source('2022-05-01') });
  expect(world.refusal()).toEqual([
    'a.yaml:1: sources[0].retrievedOn: must not be before publishedOn, 2022-05-02; got "2022-05-01" [DATE_ORDER]',
    '1 problem. Nothing was imported.',
  ]);
  world.write('a.yaml', source('2022-05-02'));
  expect(world.warnings()).toHaveLength(1);
});

test('a source that only the database cites is used, unless what cites it there is replaced', () => {
  const citing = (slug: string, source: string) =>
    `conventions: [{ slug: ${slug}, name: Fair, citations: [${source}] }]`;
  const world = importWorld({
    'a.yaml': shared,
    'b.yaml': citing('fair', 'agency'),
    'c.yaml': citing('expo', 'paper'),
  });
  world.import();
  expect(world.warnings('a.yaml')).toEqual([]);
  world.remove('c.yaml');
  world.write('b.yaml', citing('fair', 'paper'));
  expect(world.warnings()).toEqual([
    'a.yaml:3: sources[0].slug: nothing cites "agency"; cite it, or leave it out [UNUSED_SOURCE]',
  ]);
});

/** What is found among the figures of two editions; each figure is a value and further keys. */
function findingsAmong(first: readonly string[], second: readonly string[]): string[] {
  const usual = (keys: string) =>
    ['status: FINAL', 'unit: EVENTS', keys.includes('COMPANIES') ? 'metric: EXHIBITORS' : 'metric: EVENTS']
      .filter((pair) => !keys.includes(pair.slice(0, 5)))
      .join(', ');
  const figures = (own: readonly string[]) =>
    own.map((keys, at) => `{ key: f-${at}, citations: [paper], ${usual(keys)}, ${keys} }`);
  const edition = (year: number, own: readonly string[]) =>
    `{ slug: e-${year}, year: ${year}, name: E, citations: [agency], figures: [${figures(own).join(', ')}] }`;
  const { folder } = dataFolder({
    'a.yaml': `${shared}conventions:\n  - { slug: e, name: E, editions: [${edition(2021, first)}, ${edition(2022, second)}] }\n`,
  });
  return checkDataset(folder).warnings.map(({ check, path }) => `${check} ${path.replace(/^.*editions/, '')}`);
}

const both = 'scope: CUMULATIVE, editions: [e-2021, e-2022]';
const SUM = ['CUMULATIVE_SUM [1].figures[1].value'];
const BOUND = ['BOUND [1].figures[1].value'];

test.each<[says: string, first: string[], second: string[], found: string[]]>([
  ['a sum', ['value: 30'], ['value: 12', `value: 42, ${both}`], []],
  ['one more', ['value: 30'], ['value: 12', `value: 43, ${both}`], SUM],
  [
    'the sum of another claim of the same',
    ['value: 31, standing: ALTERNATIVE', 'value: 30'],
    ['value: 12', `value: 43, ${both}`],
    ['CONFLICTING_CLAIMS [0].figures[1].value'],
  ],
  ['more than what is at least there', ['value: 30, bound: MORE_THAN'], ['value: 12', `value: 50, ${both}`], []],
  ['not more than what is at least there', ['value: 30, bound: MORE_THAN'], ['value: 12', `value: 42, ${both}`], SUM],
  ['more than less than the sum', ['value: 30'], ['value: 12', `value: 40, bound: MORE_THAN, ${both}`], []],
  ['more than the sum itself', ['value: 30'], ['value: 12', `value: 42, bound: MORE_THAN, ${both}`], SUM],
  ['about the sum', ['value: 300'], ['value: 120', `value: 425, bound: ABOUT, ${both}`], []],
  ['nowhere near the sum', ['value: 300'], ['value: 120', `value: 440, bound: ABOUT, ${both}`], SUM],
  ['one edition unknown', [], ['value: 12', `value: 42, ${both}`], []],
  ['less than the one that is known', [], ['value: 12', `value: 11, ${both}`], SUM],
  ['a plan is nothing known', ['value: 50, status: EXPECTED'], ['value: 12', `value: 42, ${both}`], []],
  [
    'companies that may be the same',
    ['value: 30, unit: COMPANIES'],
    ['value: 12, unit: COMPANIES', `value: 31, unit: COMPANIES, ${both}`],
    [],
  ],
  [
    'fewer companies than at one',
    ['value: 30, unit: COMPANIES'],
    ['value: 12, unit: COMPANIES', `value: 29, unit: COMPANIES, ${both}`],
    SUM,
  ],
  ['an exact number above its bound', [], ['value: 43', 'value: 42, bound: MORE_THAN'], []],
  ['an exact number at its bound', [], ['value: 42', 'value: 42, bound: MORE_THAN'], BOUND],
  ['an exact number at a bound that includes it', [], ['value: 42', 'value: 42, bound: AT_LEAST'], []],
  ['an exact number above at most', [], ['value: 43', 'value: 42, bound: AT_MOST'], BOUND],
  ['far less than nearly', [], ['value: 30', 'value: 40, bound: NEARLY'], BOUND],
  ['a plan that failed', [], ['value: 30', 'value: 40, bound: MORE_THAN, status: TARGET'], []],
  ['a count on the opening day that rose', [], ['value: 50', 'value: 40, bound: NEARLY, status: INTERIM'], []],
  ['two exact numbers', [], ['value: 42', 'value: 43'], ['CONFLICTING_CLAIMS [1].figures[1].value']],
  ['the same exact number', [], ['value: 42', 'value: 42'], []],
  ['an exact number of a later day', [], ['value: 42, asOf: 2022-05-01', 'value: 43, asOf: 2022-05-02'], []],
  ['an exact number of the opening day', [], ['value: 42, status: INTERIM', 'value: 43'], []],
  ['an exact number that is disputed', [], ['value: 42', 'value: 43, standing: DISPUTED, note: No'], []],
  ['499 times as many as at the other', ['value: 3'], ['value: 1497'], []],
  ['500 times as many as at the other', ['value: 3'], ['value: 1500'], ['MAGNITUDE [1].figures[0].value']],
  ['a 500th of what the other has', ['value: 1500'], ['value: 3'], ['MAGNITUDE [0].figures[0].value']],
  ['as many events as no fair has', [], ['value: 100001'], ['MAGNITUDE [1].figures[0].value']],
  ['events that are persons', [], ['value: 4, unit: PEOPLE'], ['UNIT [1].figures[0].unit']],
  ['events that are per cent', [], ['value: 4, unit: PERCENT'], []],
  ['another standing', [], ['value: 30', 'value: 40, bound: MORE_THAN, standing: DISPUTED, note: No'], []],
])('%s', (_, first, second, found) => {
  expect(findingsAmong(first, second)).toEqual(found);
});

test.each([
  ['BYD 与 ABB', 'zh-Hans', true],
  ['iFLYTEK', 'zh-Hans', true],
  ['A sentence in English that was put there', 'zh-Hans', false],
  ['Mostly English words with one term 大会 in them, as it were', 'zh-Hans', false],
  ['マシンツール見本市', 'zh-Hans', false],
  ['マシンツール見本市', 'ja', true],
  ['工作機械', 'ja', true],
  ['The slogan is 智造世界·创造美好, and so on', 'en', true],
  ['Closed (原文:智造世界·创造美好,引领世界制造业)', 'en', true],
  ['中国进出口商品交易会 fair', 'en', false],
  ['Выставка', 'ru', true],
  ['Выставка', 'en', false],
  ['제조업', 'ko', true],
  ['制造业', 'ko', true],
  ['2 + 3', 'zh-Hans', true],
])('%s under %s', (text, locale, isRight) => {
  expect(problemWithScript(text, locale) === undefined).toBe(isRight);
});
