import fc from 'fast-check';
import { expect, test } from 'vitest';
import { topDocs } from '../../src/dense/top-docs.ts';

const top = (scores: Float32Array, k: number) =>
  topDocs(scores, k, (from, bound) => {
    const doc = scores.findIndex((score, index) => index >= from && score > bound);
    return doc < 0 ? scores.length : doc;
  });

test('keeps the best, ties in their order, and leaves out -Infinity', () => {
  const scores = Float32Array.of(1, Number.NEGATIVE_INFINITY, 5, 5, 5, 8);
  expect([...top(scores, 3)]).toEqual([5, 2, 3]);
  expect([...top(scores, 10)]).toEqual([5, 2, 3, 4, 0]);
  expect([...top(scores, 0)]).toEqual([]);
  expect([...top(new Float32Array(0), 3)]).toEqual([]);
});

test('agrees with sorting', () => {
  const score = fc.oneof(fc.integer({ min: 0, max: 6 }), fc.constant(Number.NEGATIVE_INFINITY));
  fc.assert(
    fc.property(fc.array(score, { maxLength: 60 }), fc.nat(70), (values, k) => {
      const scores = Float32Array.from(values);
      const sorted = [...scores.keys()]
        .filter((doc) => scores[doc]! > Number.NEGATIVE_INFINITY)
        .sort((a, b) => scores[b]! - scores[a]! || a - b);
      expect([...top(scores, k)]).toEqual(sorted.slice(0, k));
    }),
  );
});
