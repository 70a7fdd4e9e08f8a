import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TopDocuments, topDocuments } from '../../src/indexes/top-documents.ts';

/** Plain and slow: sort everything, then cut. */
function reference(scores: readonly number[], k: number) {
  return scores
    .map((score, doc) => ({ doc, score }))
    .filter(({ score }) => score > Number.NEGATIVE_INFINITY)
    .sort((a, b) => b.score - a.score || a.doc - b.doc)
    .slice(0, k);
}

// Few different values, so that ties are common.
const SCORE = fc.oneof(
  fc.integer({ min: -2, max: 3 }),
  fc.double({ min: -1, max: 1, noNaN: true }),
  fc.constant(Number.NEGATIVE_INFINITY),
);

test('are the same as by sorting everything, ties included', () => {
  fc.assert(
    fc.property(fc.array(SCORE), fc.nat(20), (scores, k) => {
      expect(topDocuments(Float64Array.from(scores), k)).toEqual(reference(scores, k));
    }),
    { numRuns: 500 },
  );
});

test('are the same for every order of documents, with the worst of them as threshold', () => {
  fc.assert(
    fc.property(
      fc.array(SCORE),
      fc.integer({ min: 1, max: 20 }),
      fc.infiniteStream(fc.nat()),
      (values, k, order) => {
        const scores = values.filter((score) => score > Number.NEGATIVE_INFINITY);
        const docs = [...scores.keys()]
          .map((doc) => ({ doc, key: order.next().value }))
          .sort((a, b) => a.key - b.key);
        const best = new TopDocuments(k);
        for (const { doc } of docs) best.add(doc, scores[doc]!);
        expect(best.ranked()).toEqual(reference(scores, k));
        const worst = best.ranked()[k - 1]?.score ?? Number.NEGATIVE_INFINITY;
        expect(best.threshold).toBe(worst);
      },
    ),
  );
});

test('do not contain scores that are not numbers', () => {
  expect(topDocuments(Float64Array.of(Number.NaN, 1), 5)).toEqual([{ doc: 1, score: 1 }]);
});
