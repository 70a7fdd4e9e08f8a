import type { KeywordScores } from '../scores.ts';

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
