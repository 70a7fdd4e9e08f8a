import type { Fusion } from './fusion.ts';

/** The constant of reciprocal rank fusion: the larger, the less the first ranks differ from later ones. */
const RRF_K = 60;

/**
 * Reciprocal rank fusion: sum over runs of 1 / (k + rank), rank from 1.
 * Cormack, Clarke and Buettcher (SIGIR 2009), k = 60 as in the paper. A document without a match by keyword has no
 * keyword part. Ties within a run are broken by position.
 */
export function reciprocalRank(k = RRF_K): Fusion {
  return {
    lexicalShare: 0,
    denseShare: 0,
    highestScore: 2 / (k + 1),
    fuse: ({ scores }, dense, fused) => {
      fused.fill(0);
      addReciprocalRanks(scores, 0, dense, k, fused);
      addReciprocalRanks(dense, Number.NEGATIVE_INFINITY, dense, k, fused);
      for (let doc = 0; doc < fused.length; doc++) {
        if (dense[doc] === Number.NEGATIVE_INFINITY) fused[doc] = Number.NEGATIVE_INFINITY;
      }
    },
    explain: ({ keyword, semantic }) => [
      {
        name: 'keyword',
        formula: keyword.rank === undefined ? 'not found by keyword' : `1 / (${k} + ${keyword.rank})`,
        score: keyword.rank === undefined ? 0 : 1 / (k + keyword.rank),
      },
      { name: 'semantic', formula: `1 / (${k} + ${semantic.rank})`, score: 1 / (k + semantic.rank) },
    ],
  };
}

/** Ranks the documents that score above a bound. */
function addReciprocalRanks(
  scores: Float64Array | Float32Array,
  above: number,
  dense: Float32Array,
  k: number,
  fused: Float64Array,
): void {
  const ranked: number[] = [];
  for (let doc = 0; doc < scores.length; doc++) {
    if (scores[doc]! > above && dense[doc]! > Number.NEGATIVE_INFINITY) ranked.push(doc);
  }
  ranked.sort((a, b) => scores[b]! - scores[a]! || a - b);
  ranked.forEach((doc, index) => {
    fused[doc]! += 1 / (k + index + 1);
  });
}
