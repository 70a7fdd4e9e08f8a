import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exactRanks, ranksIn } from '../../../src/search/explain/exact-rank.ts';

test('ranks by exact scores, however wrong the approximate ones are within the bound', () => {
  const paper = fc.record({
    // Few different scores, so that there are ties.
    exact: fc.integer({ min: 0, max: 8 }).map((n) => n / 8),
    error: fc.double({ min: -0.3, max: 0.3, noNaN: true }),
    isRanked: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(paper, { maxLength: 30 }), (papers) => {
      const scores = papers.map(({ exact, error, isRanked }) =>
        isRanked ? exact + error : Number.NEGATIVE_INFINITY,
      );
      const exact = (doc: number) => papers[doc]!.exact;
      const order = [...papers.keys()]
        .filter((doc) => papers[doc]!.isRanked)
        .sort((a, b) => exact(b) - exact(a) || a - b);
      const docs = [...papers.keys()];
      const places = docs.map((doc) => order.indexOf(doc));
      expect(exactRanks({ scores, exact, largestBound: 0.3 }, docs)).toEqual(
        places.map((place) => (place === -1 ? undefined : place + 1)),
      );
    }),
  );
});

test('does not ask for exact scores far down', () => {
  const scores = Array.from({ length: 400 }, (_, doc) => -doc);
  const exact = () => {
    throw new Error('asked for');
  };
  expect(exactRanks({ scores, exact, largestBound: 1 }, [399, 300])).toEqual([400, 301]);
});

test('asks for each exact score once, however many papers there are', () => {
  const asked: number[] = [];
  const exact = (doc: number) => {
    asked.push(doc);
    return -doc;
  };
  const scores = Array.from({ length: 50 }, (_, doc) => -doc);
  expect(exactRanks({ scores, exact, largestBound: 3 }, [4, 2, 4])).toEqual([5, 3, 5]);
  expect(asked.length).toBe(new Set(asked).size);
});

test('orders ties by position, and returns ranks in the order of the request', () => {
  const scores = [1, 2, 2, Number.NEGATIVE_INFINITY];
  expect(ranksIn(scores, [0, 1, 2, 3])).toEqual([3, 1, 2, undefined]);
  expect(ranksIn(scores, [3, 2, 2, 0])).toEqual([undefined, 2, 2, 3]);
  expect(ranksIn(scores, [])).toEqual([]);
});
