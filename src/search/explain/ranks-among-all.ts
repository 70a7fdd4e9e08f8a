import { topDocuments } from '../../indexes/top-documents.ts';
import { ranksIn } from './exact-rank.ts';

/**
 * The ranks of papers in a ranking of papers with and without a vector (`withUnencoded`), where the latter have their ranks by
 * keyword: the r-th paper with a vector has the rank by keyword of the paper that is the r-th of these by keyword.
 * @param ranks 1-based, among the papers with a vector; not read for the others.
 * @param keyword one score a paper; -Infinity for those that are not ranked.
 * @param missing one byte a paper, 1 for those without a vector.
 * @returns 1-based; undefined for a paper that is not ranked.
 */
export function ranksAmongAll(
  ranks: readonly (number | undefined)[],
  docs: readonly number[],
  keyword: Float64Array,
  missing: Uint8Array,
): (number | undefined)[] {
  const deepest = ranks.reduce<number>((most, rank = 0) => Math.max(most, rank), 0);
  const encoded = keyword.map((score, doc) => (missing[doc] === 1 ? Number.NEGATIVE_INFINITY : score));
  const byKeyword = topDocuments(encoded, deepest);
  const taken = docs.map((doc, i) => {
    if (missing[doc] === 1) return doc;
    const rank = ranks[i];
    return rank === undefined ? undefined : byKeyword[rank - 1]!.doc;
  });
  const known = [...new Set(taken.filter((doc) => doc !== undefined))];
  const places = new Map(ranksIn(keyword, known).map((rank, i) => [known[i]!, rank]));
  return taken.map((doc) => (doc === undefined ? undefined : places.get(doc)));
}
