import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readDataset } from '../../src/dataset/read.ts';
import { checkShape } from '../../src/dataset/shape.ts';
import { asOf, citations, decimal, localized, originalLocale, url } from '../../src/dataset/values.ts';
import { toStoredDecimal } from '../../src/store/tables.ts';
import { dataFolder } from './world.ts';

const zeros = { '': 0, ' thousand': 3, ' million': 6, ' billion': 9, ' trillion': 12 } as const;

test('a number with a magnitude is exactly what integers make of it', () => {
  const magnitude = fc.constantFrom(...(Object.keys(zeros) as (keyof typeof zeros)[]));
  const digits = (most: number) => fc.nat(10 ** most - 1).map(String);
  fc.assert(
    fc.property(fc.boolean(), fc.nat(900), digits(6), fc.nat(6), magnitude, (isNegative, whole, rest, length, unit) => {
      const fraction = rest.padStart(length, '0');
      const written = `${isNegative ? '-' : ''}${whole}.${fraction}${unit}`;
      // In units of 10^-20, so that nothing is lost before it is known to fit.
      const exact = BigInt(`${isNegative ? '-' : ''}${whole}${fraction.padEnd(20, '0')}`) * 10n ** BigInt(zeros[unit]);
      const { data } = checkShape(decimal, written);
      const tenThousandths = 10n ** 16n;
      if (exact % tenThousandths === 0n)
        expect(data === undefined ? data : toStoredDecimal(data)).toBe(exact / tenThousandths);
      else expect(data).toBeUndefined();
    }),
  );
});

test('numbers keep every digit of the file', () => {
  const read = (written: string) => {
    const { folder } = dataFolder({ 'a.yaml': `value: ${written}` });
    const value = readDataset(folder).files[0]?.value;
    return checkShape(
      decimal,
      typeof value === 'object' && value !== null && 'value' in value ? value.value : undefined,
    ).data;
  };
  expect(read('582.18 billion')).toBe('582180000000');
  expect(read('1.8 trillion')).toBe('1800000000000');
  expect(read('1800000000000')).toBe('1800000000000');
  expect(read('123456789012345.6789')).toBe('123456789012345.6789');
  expect(read('91.10')).toBe('91.1');
  expect(read('0.0001')).toBe('0.0001');
  expect(read('-0.4')).toBe('-0.4');
  expect(read('-0')).toBe('0');
  expect(read('007')).toBe('7');
});

test('what is no number, too fine or too large is refused with a way out', () => {
  const message = (value: unknown) => checkShape(decimal, value).findings.map((finding) => finding.message);
  const shape =
    'must be a number, with thousand, million, billion or trillion behind it if you like: 582.18 billion; got';
  expect(message('1,752')).toEqual([`${shape} "1,752"`]);
  expect(message('over 800')).toEqual([`${shape} "over 800"`]);
  expect(message('1e3')).toEqual([`${shape} "1e3"`]);
  expect(message('5  billion')).toEqual([`${shape} "5  billion"`]);
  expect(message('')).toEqual([`${shape} ""`]);
  expect(message(Number.NaN)).toEqual(['must be a number like 582.18 billion; got the number NaN']);
  expect(message(true)).toEqual(['must be a number like 582.18 billion; got true']);
  expect(message(1.23456)).toEqual(['must have at most four decimal places; got "1.23456"']);
  for (const huge of ['1234567890123456', '1e+21', '-12345678901234567.5 billion'])
    expect(message(huge)).toEqual([`is too large: 922 trillion is the most; got "${huge}"`]);
  expect(message('922.4 trillion')).toEqual(['is too large: 922 trillion is the most; got "922.4 trillion"']);
});

test('the day of a claim may be a month or a year, with or without quotes', () => {
  const read = (value: unknown) => checkShape(asOf, value);
  expect([2019, '2019', '2019-01', '2021-10-31'].map((value) => read(value).data)).toEqual([
    '2019',
    '2019',
    '2019-01',
    '2021-10-31',
  ]);
  expect(read('2019-13').findings[0]?.message).toBe('must be a day that exists; got "2019-13"');
  expect(read('end of October').findings[0]?.message).toBe(
    'must be a date like 2021-10-31, with the local time behind it where the source tells it, or a month or year where the source is no closer; got "end of October"',
  );
});

test('a text alone is English', () => {
  expect(checkShape(localized, 'Opening').data).toEqual({ original: undefined, texts: new Map([['en', 'Opening']]) });
});

test('the original of a text is what it says, its only language, that of the convention, or else the first', () => {
  expect(originalLocale('fr', ['en', 'fr'], 'zh-Hans')).toBe('fr');
  expect(originalLocale(undefined, ['en'], 'zh-Hans')).toBe('en');
  expect(originalLocale(undefined, ['en', 'zh-Hans'], 'zh-Hans')).toBe('zh-Hans');
  expect(originalLocale(undefined, ['de', 'en'], 'zh-Hans')).toBe('de');
});

test.each(['\u0000', '\u0007', '\ud800'])(
  'what the database could not give back is refused wherever it stands: %j',
  (bad) => {
    const findings = [
      ...checkShape(citations, [{ source: 'agency', field: `name${bad}` }]).findings,
      ...checkShape(url, `https://example.org/${bad}`).findings,
      ...checkShape(localized, { en: `Hefei${bad}` }).findings,
    ];
    expect(findings.map(({ message }) => message)).toEqual(
      Array(3).fill(expect.stringContaining('must not hold control characters or halves of characters')),
    );
  },
);
