import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HighScores } from '../../../../src/indexes/keyword/bm25/high-scores.ts';
import { madeTerms } from './made-terms.ts';

/** More than one block. */
const DOCUMENTS = 33_000;

test('finds the documents whose score is high enough, those with exactly that score too', () => {
  fc.assert(
    fc.property(
      madeTerms(DOCUMENTS),
      fc.constantFrom(0.001, 0.19, 0.5, 0.99),
      fc.option(fc.nat(DOCUMENTS - 1)),
      ({ data, terms, scores }, share, like) => {
        const highest = terms.reduce((sum, { weight }) => sum + weight, 0);
        const given = like === null ? 0 : scores[like]!;
        // The score of a document itself is where rounding decides.
        const least = given > 0 ? given : share * Math.max(highest, 1);
        const found = new HighScores(data).find(terms, least, (score) => score >= least);
        const expected = Array.from(scores.keys()).filter((doc) => scores[doc]! >= least);
        expect(Array.from(found.sort())).toEqual(expected);
      },
    ),
    { numRuns: 40 },
  );
});
