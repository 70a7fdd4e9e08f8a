import { TopDocuments } from '../top-documents.ts';

/** A sum of two estimates: shareFactor × share of the keyword score + cosineFactor × cosine. */
interface Sum {
  readonly shareFactor: number;
  readonly cosineFactor: number;
}

const NOTHING = { shareFactor: 0, cosineFactor: 0, shareError: 0 };

interface ScoredQuestion extends Sum {
  readonly keyword: { readonly shares: Float32Array } | undefined;
  readonly k: number;
  /** How far a sum may be off, at most. */
  readonly error: number;
  /** One byte a document, 0 for those that must not be found. Default: all may. */
  readonly allowed?: Uint8Array | undefined;
  /** One byte a document, 1 for those that have no vector. */
  readonly missing: Uint8Array | undefined;
  /** Whether every document is known to have a score. */
  readonly isAll: boolean;
  /** A second sum of which only the maximum is wanted, if it reaches the floor, and how far off that sum may be. */
  readonly peak?: (Sum & { readonly shareError: number; readonly floor?: number | undefined }) | undefined;
}

/** Scores of all documents, -Infinity where one was left out, and room for a list of them. */
interface ScoredDocuments {
  readonly scores: Float32Array;
  readonly list: Uint32Array;
}

/**
 * Documents among which those with the k largest sums are, and the one with the largest second sum. Left out is what is below the
 * sums of k documents before it by more than both may be off. Ascending; a view of the list.
 * @returns undefined if a document that may be found has no score.
 */
export function likelyByScores(
  { scores, list }: ScoredDocuments,
  { keyword, k, error, allowed, missing, isAll, peak, ...first }: ScoredQuestion,
): Uint32Array | undefined {
  if (!isAll && !areScored(scores, allowed)) return undefined;
  const { length: count } = scores;
  const best = new TopDocuments(Math.min(k, count));
  const shares = keyword?.shares;
  const second = peak ?? NOTHING;
  const { shareError } = second;
  let least = k === 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  let leastSecond = peak ? (peak.floor ?? Number.NEGATIVE_INFINITY) - shareError : Number.POSITIVE_INFINITY;
  let length = 0;
  for (let doc = 0; ; doc++) {
    doc = shares
      ? next(doc, shares, scores, first, second, least, leastSecond)
      : nextByCosine(doc, scores, first.cosineFactor, second.cosineFactor, least, leastSecond);
    if (doc >= count) return list.subarray(0, length);
    if (allowed?.[doc] === 0 || missing?.[doc] === 1) continue;
    list[length++] = doc;
    const share = shares ? shares[doc]! : 0;
    const highest = second.shareFactor * share + second.cosineFactor * scores[doc]!;
    if (peak) leastSecond = Math.max(leastSecond, highest - 2 * shareError);
    const sum = first.shareFactor * share + first.cosineFactor * scores[doc]!;
    if (k === 0 || sum <= best.threshold) continue;
    best.add(doc, sum);
    least = best.threshold - 2 * error;
  }
}

/** The first document from one on with a sum that is `least` or more, or a second one that is `leastSecond` or more. */
function next(
  from: number,
  shares: Float32Array,
  scores: Float32Array,
  { shareFactor, cosineFactor }: Sum,
  second: Sum,
  least: number,
  leastSecond: number,
): number {
  const { shareFactor: secondShare, cosineFactor: secondCosine } = second;
  let doc = from;
  while (
    doc < scores.length &&
    // Not "less": it is not a number where -Infinity is multiplied by 0.
    !(shareFactor * shares[doc]! + cosineFactor * scores[doc]! >= least) &&
    !(secondShare * shares[doc]! + secondCosine * scores[doc]! >= leastSecond)
  )
    doc++;
  return doc;
}

/** The same without keyword scores. */
function nextByCosine(
  from: number,
  scores: Float32Array,
  factor: number,
  secondFactor: number,
  least: number,
  leastSecond: number,
): number {
  let doc = from;
  while (
    doc < scores.length &&
    !(factor * scores[doc]! >= least) &&
    !(secondFactor * scores[doc]! >= leastSecond)
  )
    doc++;
  return doc;
}

/** Whether all documents that may be found have a score. */
function areScored(scores: Float32Array, allowed: Uint8Array | undefined): boolean {
  for (let doc = 0; doc < scores.length; doc++)
    if (scores[doc] === Number.NEGATIVE_INFINITY && allowed?.[doc] !== 0) return false;
  return true;
}
