import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exactRank, rankIn } from '../../src/search/exact-rank.ts';

test('the exact rank is that by exact scores, however wrong the others are within the bound', () => {
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
      for (const doc of papers.keys()) {
        const place = order.indexOf(doc);
        expect(exactRank({ scores, exact, largestBound: 0.3 }, doc)).toBe(
          place === -1 ? undefined : place + 1,
        );
      }
    }),
  );
});

test('far down, exact scores are not asked for', () => {
  const scores = Array.from({ length: 400 }, (_, doc) => -doc);
  const exact = () => {
    throw new Error('asked for');
  };
  expect(exactRank({ scores, exact, largestBound: 1 }, 399)).toBe(400);
});

test('ties of scores as they are go by position', () => {
  expect([0, 1, 2, 3].map((doc) => rankIn([1, 2, 2, Number.NEGATIVE_INFINITY], doc))).toEqual([
    3,
    1,
    2,
    undefined,
  ]);
});
