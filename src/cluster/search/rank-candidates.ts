import { PaperSearchError } from '../../errors.ts';
import type { SearchRequest } from '../../search/api.ts';
import type { Corpus } from '../../search/corpus.ts';
import type { EncodedQuery } from '../../search/encode.ts';
import { addFeedback } from '../../search/feedback.ts';
import { Match } from '../../search/match/match.ts';
import { orderOptions } from '../../search/order.ts';
import type { Answer } from '../../search/present.ts';
import { relevantPapers } from '../../search/relevant.ts';
import { pageOf } from '../../search/request.ts';
import type { Reranked } from '../../search/rerank/rerank.ts';
import type { RerankChoice } from '../../search/rerank/rerankers.ts';
import { answerEncoded } from '../../search/search.ts';
import type { ClusterCorpus } from '../cluster-corpus.ts';
import { allOf, EVERY_PAPER, ids } from '../match/queries.ts';
import { type CandidateLists, type Candidates, chooseCandidates, MAX_NEAREST } from './candidates.ts';
import type { ClusterQuery, Known } from './lookups.ts';
import type { PreparedQuery } from './prepare.ts';

/** Papers of each list of candidates beyond those of the page: papers that are low in one list may be high in the other. */
const MARGIN = 200;
/** Papers of each list where the relevant ones are counted. */
const FOR_RELEVANT = 1000;
/** Sizes of the lists: pages of one ranking come from the same candidates as far as can be. */
const CANDIDATE_SIZES: readonly number[] = [250, 500, FOR_RELEVANT, 2500, 5000, MAX_NEAREST];

/** An answer in the order of relevance, and the query for its relevant papers. */
export interface RankedAnswer {
  readonly answer: Answer;
  readonly relevant: () => Promise<ClusterQuery>;
}

/**
 * The stages from `feedback` to `explain` over candidates. Totals are those of the whole corpus.
 * @param vector of the text; undefined in keyword mode.
 * @throws PaperSearchError BAD_REQUEST for a page after the last paper that can be a candidate.
 */
export async function rankCandidates(
  request: SearchRequest,
  prepared: PreparedQuery,
  vector: Float32Array | undefined,
  cluster: ClusterCorpus,
): Promise<RankedAnswer> {
  const { encoded, match, matched, hidden, rankedByKeyword, hiddenByKeyword } = prepared;
  const { mode, requiresText } = encoded;
  const allRelevant = match !== undefined && requiresText;
  const total = mode === 'keyword' ? rankedByKeyword : matched;
  const page = pageOf(request);
  const countsRelevant =
    !allRelevant && ((request.facets?.length ?? 0) > 0 || request.relevantFirst === true);
  const size = sizeOf(Math.min(page.offset + page.limit, total), countsRelevant, cluster);
  const found = await candidatesOf(prepared, vector, size, cluster);
  const rerankers = { ...request, facets: [] };
  const { answer, relevantIds } = await cluster.lookups.resolve(async (known) => {
    const { query, corpus } = await queryOver(found, prepared, vector, known);
    const options = await orderOptions(rerankers, corpus);
    const answered = await answerEncoded(query, rerankers, options, corpus);
    const relevant = allRelevant || !countsRelevant ? undefined : relevantPapers(query, corpus);
    return {
      answer: answered,
      relevantIds: relevant && idsOf(relevant, found.candidates),
    };
  });
  return {
    answer: {
      ...answer,
      total,
      relevant: allRelevant && answer.relevant !== undefined ? matched : answer.relevant,
      hidden: hidden ? (mode === 'keyword' && !requiresText ? hiddenByKeyword : hidden.count) : 0,
    },
    relevant: async () => (relevantIds ? ids(relevantIds) : (match ?? EVERY_PAPER)),
  };
}

/** The relevant papers among some papers of the corpus, and how many. */
export async function relevantQuery(
  papers: ClusterQuery,
  { mode }: Pick<SearchRequest, 'mode'>,
  prepared: PreparedQuery,
  vector: Float32Array | undefined,
  cluster: ClusterCorpus,
): Promise<{ readonly query: ClusterQuery; readonly count: number }> {
  const count = await cluster.lookups.resolve((known) => known.count(papers));
  if (prepared.encoded.requiresText) return { query: papers, count };
  const narrowed: PreparedQuery = { ...prepared, match: papers, matched: count, named: undefined };
  const found = await candidatesOf(narrowed, vector, FOR_RELEVANT, cluster);
  const relevant = await cluster.lookups.resolve(async (known) => {
    const { query, corpus } = await queryOver(found, narrowed, vector, known);
    return idsOf(relevantPapers({ ...query, mode: mode ?? query.mode }, corpus), found.candidates);
  });
  return { query: ids(relevant), count: relevant.length };
}

/** Nothing was reranked, though it was asked for: the order is not by relevance, or there is nothing to compare. */
export function reranked({ reranker }: RerankChoice): Reranked {
  return { by: reranker.name, papers: 0, outOfTime: false };
}

/** Candidates, and which of them are of the people that the query names. */
interface Found {
  readonly candidates: Candidates;
  readonly named: ReadonlySet<number> | undefined;
}

async function candidatesOf(
  { encoded, match, matched, named, scored }: PreparedQuery,
  vector: Float32Array | undefined,
  size: number,
  cluster: ClusterCorpus,
): Promise<Found> {
  const filter = match ?? EVERY_PAPER;
  const byNames = named ? [{ query: among(named.query, scored), size }] : [];
  if (matched <= size) {
    const every = { query: { constant_score: { filter: EVERY_PAPER } }, size };
    const lists = { filter, byWords: [...byNames, every] };
    return withNames(await chooseCandidates(lists, cluster), named, size, cluster);
  }
  const words = encoded.requiresText && match ? among(EVERY_PAPER, scored) : scored;
  const lists: CandidateLists = {
    filter,
    byWords: [...byNames, ...(words ? [{ query: words, size }] : [])],
    byVectors: vector ? [{ vector, size }] : [],
  };
  const first = await chooseCandidates(lists, cluster);
  const moved = vector && (await feedbackVector(first, encoded, vector, cluster));
  const candidates = moved
    ? await chooseCandidates(
        { ...lists, byVectors: [{ vector: moved, size }], ids: first.papers.map(({ id }) => id) },
        cluster,
      )
    : first;
  return withNames(candidates, named, size, cluster);
}

/** Papers of a query, the best by words first. */
function among(papers: ClusterQuery, scored: ClusterQuery | undefined): ClusterQuery {
  return { bool: { filter: [papers], ...(scored && { should: [scored], minimum_should_match: 0 }) } };
}

/** The vector of a query with feedback; undefined where the model needs none. */
function feedbackVector(
  candidates: Candidates,
  encoded: PreparedQuery['encoded'],
  vector: Float32Array,
  cluster: ClusterCorpus,
): Promise<Float32Array | undefined> | undefined {
  if (cluster.ranking.feedback === 0 || encoded.mode !== 'hybrid') return undefined;
  return cluster.lookups.resolve(async (known) => {
    const corpus = { ...candidates.corpus(known), named: () => undefined };
    const { fusion } = await orderOptions({}, corpus);
    return addFeedback({ ...encoded, vector, match: undefined }, fusion, corpus).feedback?.vector;
  });
}

async function withNames(
  candidates: Candidates,
  named: PreparedQuery['named'],
  size: number,
  cluster: ClusterCorpus,
): Promise<Found> {
  if (!named) return { candidates, named: undefined };
  // The list of named papers comes first.
  if (named.count <= size) return { candidates, named: new Set(candidates.byWords[0]) };
  const { client, index, signal } = cluster;
  const body = {
    query: { constant_score: { filter: allOf([named.query, ids(candidates.papers.map(({ id }) => id))]) } },
    size: candidates.papers.length,
    _source: ['paper.id'],
    track_total_hits: false,
  };
  const { hits } = await client.search<{ readonly paper: { readonly id: string } }>(index, body, { signal });
  const own = new Set(hits.hits.map(({ _source }) => _source.paper.id));
  const docs = [...candidates.papers.keys()].filter((doc) => own.has(candidates.papers[doc]!.id));
  return { candidates, named: new Set(docs) };
}

/** The query over candidates, and their corpus. */
async function queryOver(
  { candidates, named }: Found,
  { encoded, match, named: asked }: PreparedQuery,
  vector: Float32Array | undefined,
  known: Known,
): Promise<{ readonly query: EncodedQuery; readonly corpus: Corpus }> {
  const { length } = candidates.papers;
  const names = named &&
    named.size > 0 && {
      papers: Match.of(named, length).mask,
      inSentence: asked!.inSentence,
    };
  const corpus: Corpus = {
    ...candidates.corpus(known),
    named: ({ text }) => (names && text === encoded.text ? names : undefined),
  };
  if (encoded.parsed.years) {
    await candidates.load();
    await corpus.fields.prepare(['year'], []);
  }
  return { query: { ...encoded, vector, match: match && Match.all(length) }, corpus };
}

function idsOf({ mask }: Match, { papers }: Candidates): string[] {
  return papers.flatMap(({ id }, doc) => (mask[doc] === 1 ? [id] : []));
}

/**
 * Papers of each list of candidates.
 * @param last the last place of the ranking that is wanted. @param countsRelevant whether the relevant papers are counted.
 */
function sizeOf(
  last: number,
  countsRelevant: boolean,
  { candidateSizes: sizes = CANDIDATE_SIZES }: Pick<ClusterCorpus, 'candidateSizes'>,
): number {
  const needed = Math.max(last + MARGIN, countsRelevant ? FOR_RELEVANT : 0);
  const most = sizes.at(-1)!;
  if (last <= most) return sizes.find((size) => size >= needed) ?? most;
  throw new PaperSearchError(
    'BAD_REQUEST',
    `offset: a cluster ranks the first ${most} papers of an answer by relevance, but this page ends at ${last}. Sort by date or title, or narrow the query by filters.`,
    { details: { parameter: 'offset', last, most } },
  );
}
