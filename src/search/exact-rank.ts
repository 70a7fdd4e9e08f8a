/** Scores of all papers that were made with approximate cosines, and what the exact ones need. */
export interface ApproximateScores {
  /** One a paper; -Infinity for one that is not ranked. */
  readonly scores: ArrayLike<number>;
  /** The score of a paper with its exact cosine. */
  readonly exact: (doc: number) => number;
  /** How far a score may be from the exact one. */
  readonly largestBound: number;
}

/** Places up to which ranks are exact: farther down, nobody counts, and the many near scores take long to compare. */
const EXACT_RANKS = 200;

/**
 * The 1-based place of a paper, ties by position; undefined when it is not ranked. Papers whose scores may be on
 * the other side of its own are compared by exact cosines, as the ranking itself does it; behind the 200th place
 * by approximate ones.
 */
export function exactRank(
  { scores, exact, largestBound }: ApproximateScores,
  doc: number,
): number | undefined {
  const rank = rankIn(scores, doc);
  if (rank === undefined || rank > EXACT_RANKS) return rank;
  const score = exact(doc);
  let before = 0;
  for (let other = 0; other < scores.length; other++) {
    if (scores[other]! > score + largestBound) before++;
    else if (other !== doc && scores[other]! >= score - largestBound) {
      const close = exact(other);
      if (close > score || (close === score && other < doc)) before++;
    }
  }
  return before + 1;
}

/** The 1-based place of a paper by scores as they are, ties by position; undefined for -Infinity. */
export function rankIn(scores: ArrayLike<number>, doc: number): number | undefined {
  const score = scores[doc]!;
  if (score === Number.NEGATIVE_INFINITY) return undefined;
  let before = 0;
  for (let other = 0; other < scores.length; other++) {
    if (scores[other]! > score || (scores[other] === score && other < doc)) before++;
  }
  return before + 1;
}
