import type { EverySortName } from '../../papers/internal-fields.ts';
import type { Page, SearchRequest, SearchResponse } from '../../search/api.ts';
import { confidenceOf, MATCHED } from '../../search/confidence.ts';
import type { PaperSelection } from '../../search/engine.ts';
import { withFallback } from '../../search/fallback.ts';
import { type Answer, present } from '../../search/present.ts';
import { pageOf } from '../../search/request.ts';
import type { SpellingProposal } from '../../search/suggest/speller.ts';
import { elapsedMs } from '../../util/elapsed-ms.ts';
import type { ClusterCorpus } from '../cluster-corpus.ts';
import { countFacets } from '../match/facets.ts';
import { EVERY_PAPER } from '../match/queries.ts';
import { type AfterSource, fixedPage } from './fixed-page.ts';
import type { ClusterQuery } from './lookups.ts';
import { type PreparedQuery, prepare } from './prepare.ts';
import { rankCandidates, relevantQuery, reranked } from './rank-candidates.ts';

/** Corrects the spelling of a query; undefined where there is nothing to correct. */
export type ProposeSpelling = (
  query: string,
  cluster: ClusterCorpus,
) => Promise<SpellingProposal | undefined>;

/**
 * Answers a query as `search` of `src/search/` does: the cluster chooses candidates, and the same stages rank them.
 * @param request checked. @param among the only papers that may be in the answer. Default: every paper.
 * @throws PaperSearchError as `Snapshot.search` does; BAD_REQUEST for a page too far down a ranking.
 */
export async function searchCluster(
  request: SearchRequest,
  cluster: ClusterCorpus,
  propose: ProposeSpelling,
  among?: PaperSelection,
): Promise<SearchResponse> {
  const started = performance.now();
  const first = await answer(request, cluster, among);
  const best = await withFallback(
    request,
    first,
    (text) => propose(text, cluster),
    (changed) => answer(changed, cluster, among),
  );
  return { ...present(request, best), tookMs: elapsedMs(started) };
}

/** The stages before `present`, once. */
async function answer(
  request: SearchRequest,
  cluster: ClusterCorpus,
  among: PaperSelection | undefined,
): Promise<Answer> {
  // Refuses an unknown reranker before anything is asked.
  const choice = await cluster.rerankers.choose(request, cluster);
  const prepared = await cluster.lookups.resolve((known) => prepare(request, among, cluster, known));
  const answered = await inOrder(request, prepared, cluster);
  const { facets = [] } = request;
  return {
    ...answered.answer,
    ...(choice && !answered.answer.reranked && { reranked: reranked(choice) }),
    facets: facets.length > 0 ? await countFacets(facets, await answered.relevant(), cluster) : undefined,
  };
}

/** An answer without its facets. */
interface Answered {
  readonly answer: Answer;
  /** The relevant papers of the query, which facets count. */
  readonly relevant: () => Promise<ClusterQuery>;
}

async function inOrder(
  request: SearchRequest,
  prepared: PreparedQuery,
  cluster: ClusterCorpus,
): Promise<Answered> {
  const { sort = 'relevance', relevantFirst = false } = request;
  const { encoded, match = EVERY_PAPER, hidden } = prepared;
  const { mode, text, onlyConditions } = encoded;
  const all = async () => match;
  if (text === '') {
    const page = await fixedAnswer(sort === 'relevance' ? 'date' : sort, match, request, cluster);
    const confidence = onlyConditions && page.total > 0 ? MATCHED : 0;
    return {
      relevant: all,
      answer: {
        ...page,
        query: { ...encoded, vector: undefined, match: undefined },
        confidence: confidenceOf(mode, confidence),
        relevant: relevantFirst ? page.total : undefined,
        hidden: hidden?.count ?? 0,
      },
    };
  }
  const vector = mode === 'keyword' ? undefined : await cluster.encode(text);
  if (sort === 'relevance') return rankCandidates(request, prepared, vector, cluster);
  // The confidence of the ranking, and its relevant papers in another order.
  const asked = { ...request, ...FIRST_OF_RANKING };
  const ranked = await rankCandidates(asked, prepared, vector, cluster);
  const relevant = await ranked.relevant();
  const page = await fixedAnswer(sort, relevant, request, cluster);
  const hiddenRelevant = hidden && (await relevantQuery(hidden.query, request, prepared, vector, cluster));
  return {
    relevant: async () => relevant,
    answer: {
      ...ranked.answer,
      ...page,
      relevant: relevantFirst ? page.total : undefined,
      hidden: hiddenRelevant?.count ?? 0,
      reranked: undefined,
      explanations: [],
    },
  };
}

const FIRST_OF_RANKING = {
  sort: 'relevance',
  after: undefined,
  offset: 0,
  limit: 1,
  explain: false,
  rerank: 0,
  rerankBy: undefined,
  relevantFirst: false,
  // So that as many candidates are chosen as for the relevant papers.
  facets: ['year'],
} as const satisfies Partial<SearchRequest>;

/** A page in an order that does not depend on the query. */
async function fixedAnswer(
  order: EverySortName,
  match: ClusterQuery,
  request: SearchRequest,
  cluster: ClusterCorpus,
): Promise<Pick<Answer, 'page' | 'total' | 'hits' | 'papers' | 'explanations' | 'reranked' | 'facets'>> {
  const { limit, offset: given } = pageOf(request);
  const after: AfterSource | undefined = request.after && { ...request.after, match };
  const { total, offset, papers } = await fixedPage(order, match, { limit, offset: given }, after, cluster);
  const page: Page = { offset, limit };
  const hits = papers.map((_, doc) => {
    const place = offset + doc + 1;
    return { doc, score: 0, rank: place, firstRank: place, bonus: 0 };
  });
  return { page, total, hits, papers, explanations: [], reranked: undefined, facets: undefined };
}
