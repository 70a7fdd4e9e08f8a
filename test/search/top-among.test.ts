import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countAmong, scoresOf } from '../../src/indexes/keyword/all-scores.ts';
import { topDocuments } from '../../src/indexes/top-documents.ts';
import { Match } from '../../src/search/match/match.ts';
import { topAmong } from '../../src/search/top-among.ts';
import { mulberry32 } from '../../src/util/random.ts';

/** Enough for a match that is not scored paper by paper. */
const PAPERS = 60_000;
const TERM = { term: 'a', weight: 1 };

/** An index of one term, whose scores are given. */
function indexOf(all: Float64Array) {
  const score = () => ({ scores: all.slice(), maxScore: 10 });
  return {
    score,
    scoresOf: (_: unknown, docs: Uint32Array) => scoresOf(score(), docs),
    countAmong: (_: unknown, mask: Uint8Array) => countAmong(score(), mask),
    top: (_: unknown, k: number) => ({
      hits: topDocuments(
        all.map((each) => (each > 0 ? each : Number.NaN)),
        k,
      ),
      maxScore: 10,
    }),
  };
}

test('finds the best papers of a match as from the scores of all papers', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(0.001, 0.5, 0.99, 1),
      fc.constantFrom(0, 0.0001, 0.2, 1),
      fc.constantFrom('any', 'low', 'none'),
      fc.constantFrom(1, 10, 300),
      fc.integer(),
      (share, scored, allowed, k, seed) => {
        const random = mulberry32(seed);
        const scores = Float64Array.from({ length: PAPERS }, () =>
          random() < scored ? Math.ceil(random() * 10) : 0,
        );
        // Papers with low scores only, or with none: the best of all papers are not in the match.
        const mask = Uint8Array.from(scores, (score) => {
          if (allowed === 'none' && score > 0) return 0;
          if (allowed === 'low' && score > 2) return 0;
          return random() < share ? 1 : 0;
        });
        const ranked = scores.map((score, doc) => (score > 0 && mask[doc] === 1 ? score : Number.NaN));
        const expected = topDocuments(ranked, k).filter(({ score }) => score > 0);
        const total = ranked.filter((score) => score > 0).length;
        expect(topAmong([TERM], k, new Match(mask), indexOf(scores))).toEqual({
          hits: expected,
          maxScore: 10,
          total,
        });
      },
    ),
    { numRuns: 40 },
  );
});
