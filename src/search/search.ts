import type { Paper } from '../papers/paper.ts';
import { elapsedMs } from '../util/elapsed-ms.ts';
import { DEFAULT_MODE, type SearchRequest, type SearchResponse, type Sort } from './api.ts';
import { confidenceOf } from './confidence.ts';
import type { Corpus } from './corpus.ts';
import { type EncodedQuery, encode } from './encode.ts';
import { explain } from './explain/explain.ts';
import { countFacets } from './facets.ts';
import { proposeSpelling, withFallback } from './fallback.ts';
import { addFeedback } from './feedback.ts';
import { prepareFields } from './match/fields-used.ts';
import type { Match } from './match/match.ts';
import { matchQuery } from './match/match-query.ts';
import { needsTitles } from './match/stop-words.ts';
import { type OrderedPage, type OrderOptions, order, orderOptions } from './order.ts';
import { type Answer, present } from './present.ts';
import { relevantPapers } from './relevant.ts';
import { knowledgeOf, understand } from './understand.ts';

/**
 * Answers a query by the stages parse, match, encode, feedback, rank, fuse, rerank, explain and present; some of them run again if
 * the first answer is not strong.
 * @param request checked. @param among the only papers that may be in the answer. Default: every paper.
 * @throws PaperSearchError as `Snapshot.search` does.
 */
export async function search(request: SearchRequest, corpus: Corpus, among?: Match): Promise<SearchResponse> {
  const started = performance.now();
  const first = await answer(request, corpus, among);
  const best = await withFallback(
    request,
    first,
    (text) => proposeSpelling(text, corpus),
    (changed) => answer(changed, corpus, among),
    (changed) => answerAgain(first, changed, corpus),
  );
  const { encoded } = corpus;
  return { ...present(request, best), ...(encoded && { encoded }), tookMs: elapsedMs(started) };
}

/** The stages before `present`, once. */
export async function answer(request: SearchRequest, given: Corpus, among?: Match): Promise<Answer> {
  const corpus = { ...given, paperAt: readOnce(given.paperAt) };
  const options = await orderOptions(request, corpus);
  await prepareFields(corpus.fields, request);
  const parsed = await understand(request, knowledgeOf(corpus));
  const titles = needsTitles(parsed.query.condition, corpus.indexes.lexical.languages)
    ? await corpus.titles.get()
    : undefined;
  const matched = matchQuery(parsed, request, corpus, among, titles);
  const { scoreKeeper } = corpus;
  const { scored, ...encoded } = await encode(matched, request.mode ?? DEFAULT_MODE, corpus, scoreKeeper);
  if (!scored) return answerEncoded(encoded, request, options, corpus);
  try {
    const complete = await answerEncoded({ ...encoded, scored }, request, options, corpus);
    return { ...complete, query: { ...complete.query, scored: undefined } };
  } finally {
    scoreKeeper!.drop(scored);
  }
}

/**
 * The answer to a query in another order: the stages from `rerank` on, over the ranking that is known.
 * @param first the answer to the same query. @param request differs from that of the first answer only in how it is reranked.
 */
async function answerAgain(first: Answer, request: SearchRequest, given: Corpus): Promise<Answer> {
  const corpus = { ...given, paperAt: readOnce(given.paperAt) };
  const options = await orderOptions(request, corpus);
  const { query, ranking } = first;
  const ordered = await order(query, options, corpus, undefined, ranking);
  return { ...first, ...(await shown(query, ordered, request, options, corpus)) };
}

/** The stages from `feedback` to `explain`. @param options those of the request. */
export async function answerEncoded(
  encoded: EncodedQuery,
  { facets = [], ...request }: SearchRequest,
  options: OrderOptions,
  corpus: Corpus,
): Promise<Answer> {
  const query = options.sort === 'relevance' ? addFeedback(encoded, options.fusion, corpus) : encoded;
  let known: Match | undefined;
  const relevant = () => {
    known ??= relevantPapers(query, corpus);
    return known;
  };
  // First, since it compares every paper with the query, and the ranking then needs no scan.
  if (facets.length > 0 && query.text !== '') relevant();
  const ordered = await order(query, options, corpus, relevant);
  return {
    query,
    page: ordered.page ?? options.page,
    confidence: confidenceOf(query.mode, ordered.confidence),
    total: ordered.total,
    relevant: ordered.relevant,
    ranking: ordered.ranking,
    ...(await shown(query, ordered, request, options, corpus)),
    hidden: countHidden(query, options.sort, corpus),
    facets: facets.length > 0 ? countFacets(facets, relevant(), corpus) : undefined,
  };
}

/** What of an answer depends on the order of its page: its hits, their papers and explanations. */
async function shown(
  query: EncodedQuery,
  { hits, reranked }: OrderedPage,
  { explain: explains }: SearchRequest,
  options: OrderOptions,
  corpus: Corpus,
): Promise<Pick<Answer, 'hits' | 'papers' | 'explanations' | 'reranked'>> {
  await corpus.load?.([...hits.map(({ doc }) => doc), ...(query.feedback?.docs ?? [])]);
  const papers = hits.map(({ doc }) => corpus.paperAt(doc));
  const explained = explains && options.sort === 'relevance' && query.text !== '';
  const explanations = explained ? await explain(query, hits, papers, options, corpus) : [];
  return { hits, papers, explanations, reranked };
}

/** Reads each paper once, since several stages need those of the page. */
function readOnce(paperAt: Corpus['paperAt']): Corpus['paperAt'] {
  const known = new Map<number, Paper>();
  return (doc) => {
    const paper = known.get(doc) ?? paperAt(doc);
    known.set(doc, paper);
    return paper;
  };
}

/** How many more papers the order would contain if no rejected submission was hidden. */
function countHidden(query: EncodedQuery, sort: Sort, corpus: Corpus): number {
  const { hidden, text, mode, requiresText } = query;
  if (!hidden) return 0;
  if (text === '' || requiresText) return hidden.count;
  if (sort !== 'relevance') return relevantPapers({ ...query, match: hidden }, corpus).count;
  if (mode !== 'keyword') return hidden.count;
  // By keyword, papers without a word of the query are not in the ranking.
  return corpus.indexes.lexical.countAmong(query.terms, hidden.mask);
}
