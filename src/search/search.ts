import { elapsedMs } from '../util/elapsed-ms.ts';
import { DEFAULT_MODE, type SearchRequest, type SearchResponse } from './api.ts';
import { confidenceOf } from './confidence.ts';
import type { Corpus } from './corpus.ts';
import { encode } from './encode.ts';
import { explain } from './explain/explain.ts';
import { countFacets } from './facets.ts';
import { withFallback } from './fallback.ts';
import { prepareFields } from './match/fields-used.ts';
import type { Match } from './match/match.ts';
import { matchQuery } from './match/match-query.ts';
import { needsTitles } from './match/stop-words.ts';
import { order, orderOptions } from './order.ts';
import { type Answer, present } from './present.ts';
import { understand } from './understand.ts';

/**
 * Answers a query by the stages parse, match, encode, rank, fuse, rerank, explain and present; by some of them again
 * where the first answer is not strong.
 * @param request checked. @param among the only papers that may be in the answer. Default: every paper.
 * @throws PaperSearchError as `Snapshot.search` does.
 */
export async function search(request: SearchRequest, corpus: Corpus, among?: Match): Promise<SearchResponse> {
  const started = performance.now();
  const first = await answer(request, corpus, among);
  const best = await withFallback(request, first, corpus, (changed) => answer(changed, corpus, among));
  return { ...present(request, best), tookMs: elapsedMs(started) };
}

/** The stages before `present`, once. */
export async function answer(request: SearchRequest, corpus: Corpus, among?: Match): Promise<Answer> {
  const { mode = DEFAULT_MODE, facets = [] } = request;
  await prepareFields(corpus.fields, request);
  const parsed = await understand(request, corpus);
  const titles = needsTitles(parsed.query.condition) ? await corpus.titles.get() : undefined;
  const matched = matchQuery(parsed, request, corpus, among, titles);
  const query = await encode(matched, mode, corpus);
  const options = orderOptions(request, corpus);
  const { hits, total, confidence } = await order(query, options, corpus);
  const papers = hits.map(({ doc }) => corpus.paperAt(doc));
  return {
    query,
    page: options.page,
    confidence: confidenceOf(mode, confidence),
    total,
    facets: facets.length > 0 ? countFacets(facets, query, corpus) : undefined,
    hits,
    papers,
    explanations:
      request.explain && options.sort === 'relevance' && query.text !== ''
        ? await explain(query, hits, papers, options.fusion, corpus)
        : [],
  };
}
