import type { SearchRequest } from './api.ts';
import type { Corpus } from './corpus.ts';
import { proposeSpelling, withFallback } from './fallback.ts';
import { order, orderOptions } from './order.ts';
import { relevantPapers } from './relevant.ts';
import { answer } from './search.ts';

/**
 * The relevant papers of an answer, which facets count, as positions and scores, best first. If the answer is that to
 * the corrected query, its papers.
 * @param request checked. @param max most papers wanted.
 */
export async function relevantHits(
  request: SearchRequest,
  max: number,
  corpus: Corpus,
): Promise<{ docs: number[]; scores: number[]; total: number }> {
  const asked = {
    ...request,
    limit: 1,
    offset: 0,
    rerank: 0,
    rerankBudgetMs: undefined,
    explain: false,
    facets: [],
  };
  const first = await answer(asked, corpus);
  const best = await withFallback(
    asked,
    first,
    (text) => proposeSpelling(text, corpus),
    (changed) => answer(changed, corpus),
    // Sentences change only the order, which is not used.
    async () => first,
  );
  const { query } = best.answer;
  const { mask, count } = relevantPapers(query, corpus);
  const wanted = await orderOptions({ fusion: request.fusion, limit: max, offset: 0 }, corpus);
  const { hits } = await order(query, wanted, corpus);
  const relevant = hits.filter(({ doc }) => mask[doc] === 1);
  return {
    docs: relevant.map(({ doc }) => doc),
    scores: relevant.map(({ score }) => score),
    total: count,
  };
}
