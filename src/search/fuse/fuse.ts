import type { KeywordScores, Scored } from '../../indexes/scores.ts';
import { topDocuments } from '../../indexes/top-documents.ts';
import { type CosineScale, hybridConfidence } from '../confidence.ts';
import type { Ranked, Ranking, TwoScores } from '../rank.ts';
import type { Fusion } from './fusion.ts';
import { breakTies, tieBreaker } from './ties.ts';

const NOT_RANKED = Number.NEGATIVE_INFINITY;

/**
 * The stage `fuse`: one ranking of the papers that the stage `rank` scored.
 * @param k papers wanted, from 0. @param fused buffer for a score of every paper; overwritten.
 */
export function fuse(ranked: Ranked, k: number, fusion: Fusion, fused: Float64Array): Ranking {
  return ranked.kind === 'ranking' ? ranked.ranking : fuseScores(ranked.scores, k, fusion, fused);
}

/**
 * Papers are fused by approximate cosines first; those whose error bounds reach the k-th best score get their exact
 * cosines. So the ranking is exact, except for a fusion of ranks, which uses the ranks by approximate cosines.
 */
function fuseScores(
  { keyword, semantic, cosineScale, total: known }: TwoScores,
  k: number,
  { fuse: fuseInto, denseShare }: Fusion,
  fused: Float64Array,
): Ranking {
  const { scores, boundOf, largestBound, cosineOf } = semantic;
  fuseInto(keyword, scores, fused);
  const total = known ?? countRanked(fused);
  const confidence = highestConfidence(keyword, scores, cosineScale);
  const likely = topDocuments(fused, Math.min(k, total));
  if (likely.length === 0) return { hits: likely, total, confidence };
  if (denseShare === 0) {
    return { hits: breakTies(likely, fused, tieBreaker(keyword, scores)), total, confidence };
  }

  const exact = (doc: number): Scored => {
    const error = cosineOf(doc) - scores[doc]!;
    return { doc, score: fused[doc]! + denseShare * error };
  };
  const found = likely.map(({ doc }) => exact(doc));
  const kth = found.reduce((least, { score }) => Math.min(least, score), Number.POSITIVE_INFINITY);
  const taken = new Set(likely.map(({ doc }) => doc));
  const least = kth - denseShare * largestBound;
  for (let doc = 0; doc < fused.length; doc++) {
    if (fused[doc]! < least || taken.has(doc)) continue;
    if (fused[doc]! + denseShare * boundOf(doc) >= kth) found.push(exact(doc));
  }
  found.sort((a, b) => b.score - a.score || a.doc - b.doc);
  return { hits: found.slice(0, k), total, confidence };
}

function countRanked(scores: Float64Array): number {
  let count = 0;
  for (let doc = 0; doc < scores.length; doc++) if (scores[doc]! > NOT_RANKED) count++;
  return count;
}

function highestConfidence(
  { scores, maxScore }: KeywordScores,
  cosines: Float32Array,
  { factor, offset }: CosineScale,
): number {
  const perPoint = maxScore > 0 ? 1 / maxScore : 0;
  let best = 0;
  for (let doc = 0; doc < scores.length; doc++) {
    if (cosines[doc] === NOT_RANKED) continue;
    const confidence = hybridConfidence(perPoint * scores[doc]!, factor * cosines[doc]! + offset);
    if (confidence > best) best = confidence;
  }
  return best;
}
