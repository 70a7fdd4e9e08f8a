import type { KeywordEstimates } from '../../indexes/scores.ts';
import { topDocuments } from '../../indexes/top-documents.ts';
import { evidenceOf, literalConfidence } from '../confidence.ts';
import type { BothScores, Ranked, Ranking } from '../rank.ts';
import type { Fusion } from './fusion.ts';
import { highestOf } from './highest.ts';
import { breakTies, tieBreaker } from './ties.ts';

/** The stage `fuse`: one ranking of the papers that the stage `rank` scored. @param k papers wanted, from 0. */
export function fuse(ranked: Ranked, k: number, fusion: Fusion): Ranking {
  if (ranked.kind === 'ranking') return ranked.ranking;
  const { both } = ranked;
  return fusion.denseShare === 0 ? fuseRanks(both, k, fusion) : fuseScores(both, k, fusion);
}

/** A fusion of scores: the exact one, found in one scan of all vectors. */
function fuseScores(both: BothScores, k: number, { lexicalShare, denseShare }: Fusion): Ranking {
  const perPoint = sharePerPoint(both.keyword);
  const factors = { keywordFactor: lexicalShare * perPoint, cosineFactor: denseShare };
  return nearest(both, k, factors);
}

/** A fusion of ranks, which are those by approximate cosines. */
function fuseRanks(both: BothScores, k: number, fusion: Fusion): Ranking {
  const { allScores, vector, match, dense } = both;
  const { total, confidence } = nearest(both, 0, { keywordFactor: 0, cosineFactor: 1 });
  const { scores: cosines } = dense.score(vector, match?.mask);
  const fused = new Float64Array(dense.size);
  const keyword = allScores();
  fusion.fuse(keyword, cosines, fused);
  const likely = topDocuments(fused, Math.min(k, total));
  const hits = likely.length > 0 ? breakTies(likely, fused, tieBreaker(keyword, cosines)) : likely;
  return { hits, total, confidence };
}

/** The papers with the largest sums of both scores, and the confidence in all papers that may be found. */
function nearest(
  { keyword, vector, match, dense, vectorAt, cosineScale }: BothScores,
  k: number,
  factors: { readonly keywordFactor: number; readonly cosineFactor: number },
): Ranking {
  const total = match?.count ?? dense.size;
  const perPoint = sharePerPoint(keyword);
  const evidence = evidenceOf(perPoint, cosineScale);
  const literal = literalConfidence(perPoint * highestOf(keyword, match?.mask));
  const { hits, peak } = dense.nearestCombined(vector, {
    ...factors,
    keyword,
    k: Math.min(k, total),
    allowed: match?.mask,
    vectorAt,
    peak: { ...evidence, floor: literal - evidence.offset },
  });
  return { hits, total, confidence: Math.max(0, peak + evidence.offset, literal) };
}

/** What one point of a keyword score is, as a share of the highest score possible. */
function sharePerPoint({ maxScore }: KeywordEstimates): number {
  return maxScore > 0 ? 1 / maxScore : 0;
}
