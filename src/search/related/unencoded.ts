import { lowerBound } from '../../util/lower-bound.ts';

/**
 * Gives papers without a vector the similarities that keep their ranks by keyword: as many papers with a vector are more
 * similar as have a higher keyword score, and in between they are in the order of their words. As in a search
 * (`withUnencoded`), a paper gains and loses nothing by having no vector yet.
 * @param similarities to a seed, one a paper; those of papers without a vector are overwritten. @param keyword one score a paper.
 * @param missing one byte a paper, 1 for those without a vector; at least one paper has one.
 */
export function placeUnencoded(similarities: Float64Array, keyword: Float64Array, missing: Uint8Array): void {
  const hasVector = (_: number, doc: number) => missing[doc] !== 1;
  const sorted = similarities.filter(hasVector).sort();
  const words = keyword.filter(hasVector).sort();
  const last = words.length - 1;
  for (let doc = 0; doc < similarities.length; doc++) {
    if (missing[doc] !== 1) continue;
    const own = keyword[doc]!;
    // Papers with a vector and fewer of the words.
    const below = lowerBound(0, words.length, (place) => words[place]! < own);
    if (below === 0) similarities[doc] = sorted[0]! - (words[0]! - own);
    else if (below > last) similarities[doc] = sorted[last]! + (own - words[last]!);
    else {
      const share = (own - words[below - 1]!) / (words[below]! - words[below - 1]!);
      similarities[doc] = sorted[below - 1]! + share * (sorted[below]! - sorted[below - 1]!);
    }
  }
}
