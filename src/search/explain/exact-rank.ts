import { lowerBound } from '../../util/lower-bound.ts';

/** Scores of all papers by approximate cosines, and the data to make them exact. */
export interface ApproximateScores {
  /** One per paper; -Infinity for a paper that is not ranked. */
  readonly scores: ArrayLike<number>;
  /** The score of a paper with its exact cosine. */
  readonly exact: (doc: number) => number;
  /** The largest difference between a score and the exact one. */
  readonly largestBound: number;
  /** The score by which papers with equal scores are ranked. Default: the position. */
  readonly tieBreaker?: ((doc: number) => number) | undefined;
}

/** Ranks up to this one are exact: beyond it exact ranks matter little, and comparing many close scores takes long. */
const EXACT_RANKS = 200;

/**
 * The 1-based ranks of papers, ties by the tie breaker, then by position; undefined for a paper that is not ranked. Papers with close scores are
 * compared by exact cosines, as in the ranking itself; beyond rank 200 by approximate ones. Reads all scores twice,
 * however many ranks are asked for.
 */
export function exactRanks(
  { scores, exact, largestBound, tieBreaker = () => 0 }: ApproximateScores,
  docs: readonly number[],
): (number | undefined)[] {
  const ranks = ranksIn(scores, docs);
  const isNear = (i: number) => ranks[i] !== undefined && ranks[i]! <= EXACT_RANKS;
  if (!docs.some((_, i) => isNear(i))) return ranks;
  const known = new Map<number, number>();
  const exactOf = (doc: number) => {
    if (!known.has(doc)) known.set(doc, exact(doc));
    return known.get(doc)!;
  };
  const least = Math.min(...docs.filter((_, i) => isNear(i)).map(exactOf)) - largestBound;
  const rivals: number[] = [];
  for (let doc = 0; doc < scores.length; doc++) if (scores[doc]! >= least) rivals.push(doc);
  return docs.map((doc, i) => {
    if (!isNear(i)) return ranks[i];
    const score = exactOf(doc);
    const isBefore = (other: number) => {
      if (scores[other]! > score + largestBound) return true;
      if (other === doc || scores[other]! < score - largestBound) return false;
      const close = exactOf(other);
      if (close !== score) return close > score;
      const difference = tieBreaker(other) - tieBreaker(doc);
      return difference > 0 || (difference === 0 && other < doc);
    };
    return 1 + rivals.reduce((before, other) => before + (isBefore(other) ? 1 : 0), 0);
  });
}

/**
 * The 1-based ranks of papers by given scores, ties by position; undefined for -Infinity. Reads all scores once,
 * however many ranks are requested.
 */
export function ranksIn(scores: ArrayLike<number>, docs: readonly number[]): (number | undefined)[] {
  const ranked = docs
    .filter((doc) => scores[doc]! > Number.NEGATIVE_INFINITY)
    .sort((a, b) => scores[b]! - scores[a]! || a - b);
  /** For each sorted paper, how many papers come before it but not before its predecessor. */
  const arriving = new Uint32Array(ranked.length + 1);
  for (let doc = 0; doc < scores.length; doc++) arriving[placeOf(doc, scores, ranked)]!++;
  const ranks = new Map<number, number>();
  let before = 0;
  for (const [i, doc] of ranked.entries()) {
    before += arriving[i]!;
    ranks.set(doc, before + 1);
  }
  return docs.map((doc) => ranks.get(doc));
}

/** The index of the first sorted paper that comes after a paper, by binary search; their number if there is none. */
function placeOf(doc: number, scores: ArrayLike<number>, sorted: readonly number[]): number {
  const score = scores[doc]!;
  return lowerBound(0, sorted.length, (place) => {
    const other = sorted[place]!;
    return score < scores[other]! || (score === scores[other] && doc >= other);
  });
}
