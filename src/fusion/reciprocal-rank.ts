/** The constant of reciprocal rank fusion: the larger, the less the first ranks stand out. */
const RRF_K = 60;

/**
 * Reciprocal rank fusion: sum over runs of 1 / (k + rank), rank from 1.
 * Cormack, Clarke and Buettcher (SIGIR 2009), k = 60 as there. A document that a keyword run does not match
 * adds 0 there. Ties within a run go by position.
 * @param lexical keyword scores, one a document, 0 for no match. @param dense cosines, one a document.
 * @returns one score a document.
 */
export function reciprocalRankFusion(lexical: Float64Array, dense: Float64Array, k = RRF_K): Float64Array {
  const fused = new Float64Array(dense.length);
  addReciprocalRanks(lexical, 0, k, fused);
  addReciprocalRanks(dense, Number.NEGATIVE_INFINITY, k, fused);
  return fused;
}

function addReciprocalRanks(scores: Float64Array, above: number, k: number, fused: Float64Array): void {
  const ranked: number[] = [];
  for (let doc = 0; doc < scores.length; doc++) if (scores[doc]! > above) ranked.push(doc);
  ranked.sort((a, b) => scores[b]! - scores[a]! || a - b);
  ranked.forEach((doc, index) => {
    fused[doc]! += 1 / (k + index + 1);
  });
}
