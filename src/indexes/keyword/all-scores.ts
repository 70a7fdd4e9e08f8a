import { type KeywordEstimates, type KeywordScores, MAX_ESTIMATED } from '../scores.ts';
import { TopDocuments } from '../top-documents.ts';

/** More than what rounding to 32 bits changes of a number from 0 to 1. */
export const SHARE_ROUNDING = 2 ** -24;
/** In place of a share that is so small that 32 bits have it as 0. */
export const MIN_ESTIMATE = 2 ** -126;

/**
 * `KeywordIndex.estimate` by the scores of all papers.
 * @param all not changed as long as the estimates are used. @param shares one a paper.
 */
export function estimatesOf(
  { scores, maxScore }: KeywordScores,
  shares = new Float32Array(scores.length),
): KeywordEstimates {
  const best = new TopDocuments(Math.min(MAX_ESTIMATED, scores.length));
  for (let doc = 0; doc < scores.length; doc++) {
    const score = scores[doc]!;
    shares[doc] = score > 0 ? Math.max(score / maxScore, MIN_ESTIMATE) : 0;
    if (score > 0 && shares[doc]! > best.threshold) best.add(doc, shares[doc]!);
  }
  return {
    shares,
    error: SHARE_ROUNDING,
    maxScore,
    best: best.ranked(),
    scoresOf: (docs) => Float64Array.from(docs, (doc) => scores[doc]!),
  };
}

/** `KeywordIndex.scoresOf` by the scores of all papers, for an engine that knows no faster way. */
export function scoresOf({ scores, maxScore }: KeywordScores, docs: Uint32Array): KeywordScores {
  return { scores: Float64Array.from(docs, (doc) => scores[doc]!), maxScore };
}

/** `KeywordIndex.countAmong` by the scores of all papers. */
export function countAmong({ scores }: KeywordScores, mask: Uint8Array): number {
  let count = 0;
  for (let doc = 0; doc < mask.length; doc++) if (scores[doc]! > 0) count += mask[doc]!;
  return count;
}

/** `KeywordIndex.withShare` by the scores of all papers. */
export function withShare({ scores, maxScore }: KeywordScores, share: number): number[] {
  const isEnough = shareIsAtLeast(share, maxScore);
  const found: number[] = [];
  for (let doc = 0; doc < scores.length; doc++) if (isEnough(scores[doc]!)) found.push(doc);
  return found;
}

/** Whether a score is at least a share of the highest possible one; of 0, none is. */
export function shareIsAtLeast(share: number, maxScore: number): (score: number) => boolean {
  const perPoint = maxScore > 0 ? 1 / maxScore : 0;
  return (score) => perPoint * score >= share;
}
