import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MatchedDocuments } from '../../../../src/indexes/keyword/bm25/matched-documents.ts';
import { mulberry32 } from '../../../../src/util/random.ts';
import { madeTerms } from './made-terms.ts';

const DOCUMENTS = 333;

test('counts the documents of a mask that have a score', () => {
  fc.assert(
    fc.property(
      madeTerms(DOCUMENTS),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer(),
      (made, share, seed) => {
        const { data, terms, scores } = made;
        const random = mulberry32(seed);
        const mask = Uint8Array.from({ length: DOCUMENTS }, () => (random() < share ? 1 : 0));
        const expected = scores.filter((score, doc) => score > 0 && mask[doc] === 1).length;
        const matched = new MatchedDocuments(data);
        expect(matched.count(terms, mask)).toBe(expected);
        // From the bits of frequent terms, which are kept.
        expect(matched.count(terms, mask)).toBe(expected);
      },
    ),
    { numRuns: 30 },
  );
});
