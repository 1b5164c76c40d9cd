import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { checksumOf, nodeId } from '../../src/dataset/identity.ts';

test('an id is the type and a hash of what names the record', () => {
  const hash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16);
  expect(nodeId('Edition', 'expo-2021')).toBe(`edition_${hash('Edition:expo-2021')}`);
  expect(nodeId('SignedProjectStatistic', 'expo-2021/signed')).toBe(
    `signed_project_statistic_${hash('SignedProjectStatistic:expo-2021/signed')}`,
  );
});

test('published ids never change', () => {
  expect(nodeId('Convention', 'world-manufacturing-convention')).toBe('convention_96b8669c929b503b');
});

test('a checksum has 40 bits, and ignores the order of keys and keys without a value', () => {
  const checksum = checksumOf({ a: 1, b: [{ c: 'x', d: null }], e: undefined });
  expect(checksum).toBe(checksumOf({ b: [{ c: 'x' }], a: 1 }));
  expect(checksum).not.toBe(checksumOf({ b: [{ c: 'y' }], a: 1 }));
  expect(checksum).not.toBe(checksumOf({ b: [{ c: 'x' }, {}], a: 1 }));
  expect(Number.isSafeInteger(checksum) && checksum < 2 ** 40).toBe(true);
});
