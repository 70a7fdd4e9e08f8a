import { expect, test } from 'vitest';
import { compareParts, meanOverKinds } from '../../../src/quality/tune/figures.ts';

const ALL = ['title', 'sentence', 'key-phrase'] as const;
const queries = [{ kind: 'title' }, { kind: 'title' }, { kind: 'title' }, { kind: 'sentence' }] as const;

test('gives every kind the same weight in the mean', () => {
  expect(meanOverKinds([1, 1, 0.5, 0], queries, ALL)).toBeCloseTo((2.5 / 3 + 0) / 2, 12);
  expect(meanOverKinds([1, 1, 0.5, 0], queries, ['title'])).toBeCloseTo(2.5 / 3, 12);
  expect(meanOverKinds([1, 1, 0.5, 0], queries, ['key-phrase', 'sentence'])).toBe(0);
});

test('compares parts kind by kind and as a whole', () => {
  const { kinds, ...all } = compareParts([0.5, 0.5, 0.5, 0.25], [1, 0.5, 0.5, 0.5], queries, ALL);
  expect(kinds).toEqual([
    { kind: 'title', queries: 3, default: 0.5, tuned: 2 / 3, counts: true },
    { kind: 'sentence', queries: 1, default: 0.25, tuned: 0.5, counts: true },
  ]);
  expect(all.queries).toBe(4);
  expect(all.default).toBeCloseTo((0.5 + 0.25) / 2, 12);
  expect(all.tuned).toBeCloseTo((2 / 3 + 0.5) / 2, 12);
  expect(all.gain).toBeCloseTo((2 / 3 + 0.5) / 2 - 0.375, 12);
  // Of the four exchanges of the two queries that differ, two give a difference as large.
  expect(all.p).toBe(0.5);
});

test('gives a query of a small kind more weight', () => {
  // The three titles lose less together than the one sentence gains.
  expect(compareParts([0.5, 0.5, 0.5, 0.2], [0.4, 0.4, 0.4, 0.4], queries, ALL).gain).toBeCloseTo(0.05, 12);
});

test('shows a kind that does not count', () => {
  const compared = compareParts([0.5, 0.5, 0.5, 0.25], [1, 1, 1, 0.2], queries, ['sentence', 'key-phrase']);
  expect(compared.kinds.map(({ kind, counts }) => [kind, counts])).toEqual([
    ['title', false],
    ['sentence', true],
  ]);
  expect(compared).toMatchObject({ queries: 1, default: 0.25, tuned: 0.2, p: 1 });
  expect(compared.gain).toBeCloseTo(-0.05, 12);
});
