import { contribution, type ScoringData, type ScoringTerm } from './scoring-term.ts';

/**
 * The scores of some documents, as `scoreAll` computes them.
 * @param terms in the order in which their contributions are added up. @param docs ascending.
 * @returns one score a document of `docs`.
 */
export function scoresOf(
  data: ScoringData,
  terms: readonly ScoringTerm[],
  docs: ArrayLike<number>,
): Float64Array {
  const scores = new Float64Array(docs.length);
  for (const term of terms) {
    let posting = term.start;
    for (let n = 0; n < docs.length && posting < term.end; n++) {
      const doc = docs[n]!;
      posting = firstFrom(doc, term.docs, posting, term.end);
      if (posting < term.end && term.docs[posting] === doc) scores[n]! += contribution(data, term, posting);
    }
  }
  return scores;
}

/**
 * The first posting of a document that is not before `doc`, or `end`: looked for at growing distances from `start`, then
 * by halves (galloping: Bentley and Yao, "An almost optimal algorithm for unbounded searching", 1976).
 */
export function firstFrom(doc: number, docs: Uint32Array, start: number, end: number): number {
  if (start >= end || docs[start]! >= doc) return start;
  let low = start;
  let step = 1;
  while (low + step < end && docs[low + step]! < doc) {
    low += step;
    step *= 2;
  }
  let high = Math.min(low + step, end);
  // The posting at `low` is before the document, that at `high` is not.
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (docs[middle]! < doc) low = middle;
    else high = middle;
  }
  return high;
}
