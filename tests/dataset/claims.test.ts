import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type RankedClaim, settleStandings } from '../../src/dataset/claims.ts';

const claim = (over: Partial<RankedClaim> = {}): RankedClaim => ({
  status: 'FINAL',
  isFirstHand: true,
  isExact: true,
  asOf: '2021-11-24',
  ...over,
});

const winner = (...claims: RankedClaim[]) => settleStandings(claims).indexOf('PREFERRED');

test('final goes over interim over expected over target', () => {
  const inOrder = (['TARGET', 'EXPECTED', 'INTERIM', 'FINAL'] as const).map((status) => claim({ status }));
  expect(winner(...inOrder)).toBe(3);
  expect(winner(...inOrder.slice(0, 3))).toBe(2);
  expect(winner(...inOrder.slice(0, 2))).toBe(1);
});

test('each criterion counts only when those before it are equal', () => {
  expect(winner(claim({ status: 'INTERIM' }), claim({ isFirstHand: false, isExact: false, asOf: undefined }))).toBe(1);
  expect(winner(claim({ isFirstHand: false }), claim({ isExact: false, asOf: undefined }))).toBe(1);
  expect(winner(claim({ isExact: false }), claim({ asOf: undefined }))).toBe(1);
  expect(winner(claim({ asOf: undefined }), claim({ asOf: '2019' }))).toBe(1);
  expect(winner(claim({ asOf: '2021-10' }), claim({ asOf: '2021-10-31' }))).toBe(1);
  expect(winner(claim(), claim(), claim())).toBe(0);
});

test('what the file says is kept, and the rule chooses among the others', () => {
  expect(settleStandings([claim({ standing: 'DISPUTED' }), claim({ status: 'TARGET' })])).toEqual([
    'DISPUTED',
    'PREFERRED',
  ]);
  expect(settleStandings([claim(), claim({ standing: 'PREFERRED', status: 'TARGET' })])).toEqual([
    'ALTERNATIVE',
    'PREFERRED',
  ]);
  expect(settleStandings([claim({ standing: 'ALTERNATIVE' }), claim({ status: 'TARGET' })])).toEqual([
    'ALTERNATIVE',
    'PREFERRED',
  ]);
  expect(settleStandings([claim({ standing: 'DISPUTED' }), claim({ standing: 'SUPERSEDED' })])).toEqual([
    'DISPUTED',
    'SUPERSEDED',
  ]);
  expect(settleStandings([])).toEqual([]);
});

const ranked = fc.record({
  status: fc.constantFrom('TARGET', 'EXPECTED', 'INTERIM', 'FINAL'),
  isFirstHand: fc.boolean(),
  isExact: fc.boolean(),
  asOf: fc.constantFrom(undefined, '2019', '2019-01', '2021-10-31'),
  standing: fc.constantFrom(undefined, undefined, undefined, 'DISPUTED', 'SUPERSEDED'),
}) satisfies fc.Arbitrary<RankedClaim>;

test('exactly one claim is preferred, unless all are disputed or superseded', () => {
  fc.assert(
    fc.property(fc.array(ranked, { minLength: 1, maxLength: 8 }), (claims) => {
      const standings = settleStandings(claims);
      const preferred = standings.filter((standing) => standing === 'PREFERRED').length;
      expect(standings).toHaveLength(claims.length);
      expect(preferred).toBe(claims.some(({ standing }) => standing === undefined) ? 1 : 0);
      for (const [index, { standing }] of claims.entries()) if (standing) expect(standings[index]).toBe(standing);
    }),
  );
});

test('the order of the file decides only between claims that are equal in everything else', () => {
  fc.assert(
    fc.property(
      fc
        .array(ranked, { minLength: 1, maxLength: 8 })
        .chain((claims) => fc.tuple(fc.constant(claims), fc.shuffledSubarray(claims, { minLength: claims.length }))),
      ([claims, shuffled]) => {
        const best = (list: readonly RankedClaim[]) => list[settleStandings(list).indexOf('PREFERRED')];
        expect(best(shuffled)).toEqual(best(claims));
      },
    ),
  );
});
