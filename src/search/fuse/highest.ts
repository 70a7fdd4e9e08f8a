import { type KeywordEstimates, MAX_ESTIMATED } from '../../indexes/scores.ts';

/** The highest keyword score of the papers of a mask; 0 for none. @param mask one byte a paper. Default: all papers. */
export function highestOf(keyword: KeywordEstimates, mask: Uint8Array | undefined): number {
  let highest = 0;
  for (const score of keyword.scoresOf(likeliest(keyword, mask))) if (score > highest) highest = score;
  return highest;
}

/** Papers of a mask among which is the one with the highest score, ascending. */
function likeliest(
  { best, shares, error }: KeywordEstimates,
  mask: Uint8Array | undefined,
): Uint32Array<ArrayBuffer> {
  const found = mask ? best.filter(({ doc }) => mask[doc] === 1) : best;
  const least = (found[0]?.score ?? 0) - 2 * error;
  // Where more papers may be as good as these, or where the mask leaves out these, all papers are compared.
  if (best.length < MAX_ESTIMATED || (found.length > 0 && best.at(-1)!.score < least))
    return Uint32Array.from(found.flatMap(({ doc, score }) => (score >= least ? [doc] : []))).sort();
  return allLikeliest(shares, error, mask);
}

/** The same by the shares of all papers. */
function allLikeliest(
  shares: Float32Array,
  error: number,
  mask: Uint8Array | undefined,
): Uint32Array<ArrayBuffer> {
  let highest = 0;
  for (let doc = 0; doc < shares.length; doc++)
    if (shares[doc]! > highest && mask?.[doc] !== 0) highest = shares[doc]!;
  const docs: number[] = [];
  const least = highest - 2 * error;
  for (let doc = 0; doc < shares.length; doc++)
    if (shares[doc]! >= least && shares[doc]! > 0 && mask?.[doc] !== 0) docs.push(doc);
  return Uint32Array.from(docs);
}
