import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { citeSource } from '../../src/graphql/citation-style.ts';
import { formatDates, formatMoney, formatQuantity, pickText, type TextRow } from '../../src/graphql/text.ts';

describe('dates', () => {
  test.each([
    ['2021-11-19', '2021-11-22', 'en', '19–22 November 2021'],
    ['2021-11-19', '2021-11-22', 'zh-Hans', '2021年11月19日至22日'],
    ['2021-11-19', '2021-11-22', 'zh-CN', '2021年11月19日至22日'],
    ['2021-11-19', '2021-11-22', 'en-US', 'November 19–22, 2021'],
    ['2021-11-19', '2021-11-22', 'fr', '19–22 November 2021'],
    ['2021-11-19', '2021-11-22', 'zh-Hant-TW', '2021年11月19日至22日'],
    ['2021-11-30', '2021-12-02', 'en', '30 November – 2 December 2021'],
    ['2021-11-30', '2021-12-02', 'zh-Hans', '2021年11月30日至12月2日'],
    ['2021-12-30', '2022-01-02', 'en', '30 December 2021 – 2 January 2022'],
    ['2021-12-30', '2022-01-02', 'zh-Hans', '2021年12月30日至2022年1月2日'],
    ['2021-11-19', '2021-11-19', 'en', '19 November 2021'],
    ['2020-09-12', null, 'en', 'from 12 September 2020'],
    ['2020-09-12', null, 'zh-Hans', '2020年9月12日起'],
    [null, null, 'en', null],
  ])('%s to %s in %s', (start, end, locale, expected) => {
    expect(formatDates(start, end, [locale])).toBe(expected);
  });
});

describe('quantities', () => {
  test.each([
    ['43000', 'SQUARE_METRE', 'MORE_THAN', 'more than 43,000 m²', '超过4.3万平方米'],
    ['800', 'PEOPLE', 'EXACT', '800 people', '800人'],
    ['1400', 'PEOPLE', 'NEARLY', 'nearly 1,400 people', '近1,400人'],
    ['14824', 'PEOPLE', 'EXACT', '14,824 people', '14,824人'],
    ['350000', 'PEOPLE', 'MORE_THAN', 'more than 350,000 people', '超过35万人'],
    ['1', 'PROJECTS', 'EXACT', '1 project', '1个项目'],
    ['1752', 'PROJECTS', 'EXACT', '1,752 projects', '1,752个项目'],
    ['80', 'PERCENT', 'MORE_THAN', 'more than 80%', '超过80%'],
    ['0.4', 'PERCENTAGE_POINT', 'EXACT', '0.4 percentage points', '0.4个百分点'],
    ['7', 'COUNT', 'ABOUT', 'about 7', '约7'],
    ['600', 'PROJECTS', 'AT_LEAST', 'at least 600 projects', '至少600个项目'],
  ] as const)('%s %s %s', (value, unit, bound, english, chinese) => {
    expect(formatQuantity({ value, unit, bound }, ['en'])).toBe(english);
    expect(formatQuantity({ value, unit, bound }, ['zh-Hans'])).toBe(chinese);
  });
});

describe('money', () => {
  test.each([
    ['1800000000000', 'CNY', 'EXACT', '1.8 trillion yuan', '1.8万亿元'],
    ['582180000000', 'CNY', 'EXACT', '582.18 billion yuan', '5821.8亿元'],
    ['282000000000', 'USD', 'ABOUT', 'about 282 billion US dollars', '约2820亿美元'],
    ['350000000000', 'CNY', 'NEARLY', 'nearly 350 billion yuan', '近3500亿元'],
    ['52480000000', 'USD', 'ABOUT', 'about 52.48 billion US dollars', '约524.8亿美元'],
  ] as const)('%s %s %s', (amount, currency, bound, english, chinese) => {
    expect(formatMoney({ amount, currency, bound }, 'COMPACT', ['en'])).toBe(english);
    expect(formatMoney({ amount, currency, bound }, 'COMPACT', ['zh-Hans'])).toBe(chinese);
  });

  test('all digits are written when asked for', () => {
    expect(formatMoney({ amount: '582180000000', currency: 'CNY', bound: 'EXACT' }, 'STANDARD', ['en'])).toBe(
      '582,180,000,000 yuan',
    );
  });

  test('no digit is lost in any notation, however many there are', () => {
    const powers: Record<string, bigint> = { thousand: 3n, million: 6n, billion: 9n, trillion: 12n };
    const decimals = fc.tuple(fc.bigInt({ min: 0n, max: 999_999_999_999_999n }), fc.integer({ min: 0, max: 9999 }));
    fc.assert(
      fc.property(decimals, fc.constantFrom('COMPACT' as const, 'STANDARD' as const), ([whole, part], notation) => {
        const places = String(part).padStart(4, '0').replace(/0+$/, '');
        const amount = places ? `${whole}.${places}` : String(whole);
        const [number = '', word = ''] = formatMoney({ amount, currency: 'CNY', bound: 'EXACT' }, notation, [
          'en',
        ]).split(' ');
        const [digits = '', fraction = ''] = number.replaceAll(',', '').split('.');
        const shift = Number(powers[word] ?? 0n);
        const read = BigInt(digits + fraction.padEnd(shift + 4, '0'));
        expect(read).toBe(BigInt(String(whole) + places.padEnd(4, '0')));
      }),
    );
  });
});

describe('the language of a text', () => {
  const texts: TextRow[] = [
    ['zh-Hans', '合肥', 1],
    ['en', 'Hefei', 0],
  ];
  test.each([
    [['en'], 'Hefei'],
    [['en-GB'], 'Hefei'],
    [['zh-CN'], '合肥'],
    [['zh'], '合肥'],
    [['zh-TW'], '合肥'],
    [['fr', 'en'], 'Hefei'],
    [['fr'], '合肥'],
    [[], '合肥'],
  ])('%j gives %s', (wanted, expected) => {
    expect(pickText(texts, wanted)).toBe(expected);
  });
  test('a field without any text is null', () => {
    expect(pickText([], ['en'])).toBeNull();
  });
});

describe('a reference', () => {
  const source = {
    slug: 'x-2021',
    title: '50% of {all} & more_\\',
    publisher: 'Xinhua',
    url: 'https://example.org/a',
    publishedOn: '2021-11-21',
    retrievedOn: '2026-11-23',
    language: 'en',
  };
  test('is one line in plain text', () => {
    expect(citeSource(source, 'PLAIN')).toBe(
      'Xinhua, “50% of {all} & more_\\”, 2021-11-21. https://example.org/a (retrieved 2026-11-23).',
    );
  });
  test('leaves out what is not known', () => {
    const bare = { ...source, publisher: null, url: null, publishedOn: null };
    expect(citeSource({ ...bare, title: 'Title' }, 'PLAIN')).toBe('“Title”.');
    expect(JSON.parse(citeSource(bare, 'CSL_JSON'))).toEqual({
      id: 'x-2021',
      type: 'webpage',
      title: source.title,
      language: 'en',
    });
  });
  test('escapes what BibTeX would read as commands', () => {
    expect(citeSource(source, 'BIBTEX')).toBe(
      [
        '@online{x-2021,',
        '  title = {{50\\% of \\{all\\} \\& more\\_\\textbackslash{}}},',
        '  publisher = {Xinhua},',
        '  date = {2021-11-21},',
        '  url = {https://example.org/a},',
        '  urldate = {2026-11-23},',
        '  langid = {en},',
        '}',
      ].join('\n'),
    );
  });
  test('is an item of CSL-JSON', () => {
    expect(JSON.parse(citeSource(source, 'CSL_JSON'))).toMatchObject({
      URL: 'https://example.org/a',
      issued: { 'date-parts': [[2021, 11, 21]] },
      accessed: { 'date-parts': [[2026, 11, 23]] },
    });
  });
});
