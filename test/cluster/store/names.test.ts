import { expect, test } from 'vitest';
import {
  aliasOf,
  documentId,
  keysIndexOf,
  newIndexName,
  timeOfIndex,
} from '../../../src/cluster/store/names.ts';

test('names the index of a snapshot by its time, in lower case as OpenSearch requires', () => {
  const index = newIndexName('papers', new Date('2026-11-30T13:05:59.123Z'));
  expect(index).toMatch(/^paper-search-papers-20261130t130559-[0-9a-f]{6}$/);
  expect(timeOfIndex('papers', index)).toBe(Date.parse('2026-11-30T13:05:59Z'));
});

test('distinguishes the indices of one corpus from those of another', () => {
  expect(timeOfIndex('papers', newIndexName('papers-2'))).toBeUndefined();
  expect(timeOfIndex('papers', keysIndexOf('papers'))).toBeUndefined();
  expect(timeOfIndex('papers-2', newIndexName('papers-2'))).toBeDefined();
});

test.each([
  '',
  'Papers',
  'a b',
  '-papers',
  'a/b',
  'papers-keys',
  'papers-20261130t130559-abcdef',
  'ä',
  'a'.repeat(101),
])('refuses the name of a corpus: "%s"', (corpus) => {
  expect(() => aliasOf(corpus)).toThrow('--corpus');
});

test('keeps ids of papers, and makes digests of those that OpenSearch does not take', () => {
  expect(documentId('doi:10.1000/182')).toBe('doi:10.1000/182');
  expect(documentId('é'.repeat(256))).toBe('é'.repeat(256));
  expect(documentId('é'.repeat(257))).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(documentId('sha256:abc')).not.toBe('sha256:abc');
});
