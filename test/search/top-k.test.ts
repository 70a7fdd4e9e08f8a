import fc from 'fast-check';
import { expect, test } from 'vitest';
import { topK } from '../../src/search/top-k.ts';

/** Plain and slow: sort everything, then cut. */
function reference(scores: Float64Array, k: number, above: number) {
  return Array.from(scores, (score, doc) => ({ doc, score }))
    .filter(({ score }) => score > above)
    .sort((a, b) => b.score - a.score || a.doc - b.doc)
    .slice(0, k);
}

test('is what sorting everything gives, ties and bounds included', () => {
  // Few different values, so that ties are common.
  const score = fc.oneof(fc.integer({ min: -2, max: 3 }), fc.double({ min: -1, max: 1, noNaN: true }));
  fc.assert(
    fc.property(
      fc.array(score),
      fc.nat(20),
      fc.constantFrom(0, Number.NEGATIVE_INFINITY),
      (values, k, above) => {
        const scores = Float64Array.from(values);
        expect(topK(scores, k, above)).toEqual(reference(scores, k, above));
      },
    ),
    { numRuns: 500 },
  );
});

test('leaves out what is no number', () => {
  expect(topK(Float64Array.of(Number.NaN, 1), 5, Number.NEGATIVE_INFINITY)).toEqual([{ doc: 1, score: 1 }]);
});
