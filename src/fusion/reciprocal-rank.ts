/** The constant of reciprocal rank fusion: the larger, the less the first ranks stand out. */
const RRF_K = 60;

/**
 * Reciprocal rank fusion: sum over runs of 1 / (k + rank), rank from 1.
 * Cormack, Clarke and Buettcher (SIGIR 2009), k = 60 as there. A document that a keyword run does not match
 * adds 0 there. Ties within a run go by position.
 * @param lexical keyword scores, one a document, 0 for no match. @param dense cosines, one a document;
 *   -Infinity for one that is not to be ranked.
 * @param fused where the scores go, one a document.
 */
export function reciprocalRankFusion(
  lexical: Float64Array,
  dense: Float32Array,
  fused: Float64Array,
  k = RRF_K,
): void {
  fused.fill(0);
  addReciprocalRanks(lexical, 0, k, fused);
  addReciprocalRanks(dense, Number.NEGATIVE_INFINITY, k, fused);
  for (let doc = 0; doc < fused.length; doc++) {
    if (dense[doc] === Number.NEGATIVE_INFINITY) fused[doc] = Number.NEGATIVE_INFINITY;
  }
}

function addReciprocalRanks(
  scores: Float64Array | Float32Array,
  above: number,
  k: number,
  fused: Float64Array,
): void {
  const ranked: number[] = [];
  for (let doc = 0; doc < scores.length; doc++) if (scores[doc]! > above) ranked.push(doc);
  ranked.sort((a, b) => scores[b]! - scores[a]! || a - b);
  ranked.forEach((doc, index) => {
    fused[doc]! += 1 / (k + index + 1);
  });
}
