import { PaperSearchError } from '../../errors.ts';
import type { SearchRequest } from '../../search/api.ts';
import type { Corpus } from '../../search/corpus.ts';
import type { EncodedQuery } from '../../search/encode.ts';
import { addFeedback } from '../../search/feedback.ts';
import { Match } from '../../search/match/match.ts';
import { orderOptions } from '../../search/order.ts';
import { PREFERRED_AMONG } from '../../search/prefer-years.ts';
import type { Answer } from '../../search/present.ts';
import { relevantPapers } from '../../search/relevant.ts';
import { pageOf } from '../../search/request.ts';
import { rerankedDepth } from '../../search/rerank/depth.ts';
import type { Reranked } from '../../search/rerank/rerank.ts';
import type { RerankChoice } from '../../search/rerank/rerankers.ts';
import { answerEncoded } from '../../search/search.ts';
import type { CandidateSize, ClusterCorpus } from '../cluster-corpus.ts';
import { EVERY_PAPER, ids as withIds } from '../match/queries.ts';
import {
  type CandidateLists,
  type Candidates,
  candidatesThatMatch,
  chooseCandidates,
  MAX_NEAREST,
} from './candidates.ts';
import type { ClusterQuery, Known } from './lookups.ts';
import type { PreparedQuery } from './prepare.ts';

/** Papers of each list where the relevant ones are counted. */
export const FOR_RELEVANT = 1000;
/**
 * All pages that one of these is enough for come from the same candidates, so they fit together; those after them begin with
 * the papers before (`Corpus.ahead`). Papers that are low in one list may be high in the other, so there are more candidates
 * than places.
 */
const CANDIDATE_SIZES: readonly CandidateSize[] = [
  { size: 250, places: 50 },
  { size: 500, places: 300 },
  { size: FOR_RELEVANT, places: 800 },
  { size: 2500, places: 2300 },
  { size: 5000, places: 4800 },
  { size: MAX_NEAREST, places: MAX_NEAREST },
];

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
  const moving = Math.max(encoded.parsed.years ? PREFERRED_AMONG : 0, rerankedDepth(request));
  const last = page.offset >= total ? 0 : Math.min(page.offset + page.limit, total);
  const least = { places: moving, size: countsRelevant ? FOR_RELEVANT : 0 };
  const { size, before } = sizeOf(last, least, cluster);
  const isInParts = before > 0 && matched > size && !FUSES_RANKS.has(request.fusion);
  const ahead = isInParts ? await firstIds(before, request, prepared, vector, cluster) : undefined;
  const found = await candidatesOf(prepared, vector, size, cluster, ahead);
  const rerankers = { ...request, facets: [] };
  const { answer, relevantIds } = await cluster.lookups.resolve(async (known) => {
    const { query, corpus: all } = await queryOver(found, prepared, vector, known);
    const corpus = ahead ? { ...all, ahead: maskOf(ahead, found.candidates) } : all;
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
    relevant: async () => (relevantIds ? withIds(relevantIds) : (match ?? EVERY_PAPER)),
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
  return { query: withIds(relevant), count: relevant.length };
}

/** Nothing was reranked, though it was asked for: the order is not by relevance, or there is nothing to compare. */
export function reranked({ reranker }: RerankChoice): Reranked {
  return { by: reranker.name, papers: 0, outOfTime: false };
}

/** Candidates, and which of them are of the people that the query names. */
export interface Found {
  readonly candidates: Candidates;
  readonly named: ReadonlySet<number> | undefined;
}

/** Candidates for a query. @param size papers of each list. @param ids of papers that are candidates anyway. */
export async function candidatesOf(
  { encoded, match, matched, named, scored }: PreparedQuery,
  vector: Float32Array | undefined,
  size: number,
  cluster: ClusterCorpus,
  ids: readonly string[] = [],
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
    ids,
  };
  const first = await chooseCandidates(lists, cluster);
  const moved = vector && (await feedbackVector(first, encoded, vector, cluster));
  const candidates = moved
    ? await chooseCandidates(
        { ...lists, byVectors: [{ vector: moved, size }], ids: first.papers.map((paper) => paper.id) },
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
  const docs = await candidatesThatMatch(named.query, candidates, cluster);
  return { candidates, named: new Set(docs) };
}

/** The query over candidates, and their corpus. */
export async function queryOver(
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
    named: (text) => (names && text === encoded.text ? names : undefined),
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

/** Ids of the first papers of a ranking, from the candidates of the pages before. */
async function firstIds(
  count: number,
  request: SearchRequest,
  prepared: PreparedQuery,
  vector: Float32Array | undefined,
  cluster: ClusterCorpus,
): Promise<readonly string[]> {
  const first = { ...request, offset: 0, limit: count, explain: false, highlight: false };
  const { answer } = await rankCandidates(first, prepared, vector, cluster);
  return answer.papers.map(({ id }) => id);
}

function maskOf(wanted: readonly string[], { papers }: Candidates): Uint8Array {
  const own = new Set(wanted);
  return Uint8Array.from(papers, ({ id }) => (own.has(id) ? 1 : 0));
}

/** Ways to fuse by ranks: a ranking in parts would begin again with the first rank. */
const FUSES_RANKS: ReadonlySet<SearchRequest['fusion']> = new Set(['reciprocal-rank']);

/**
 * How many papers of each list are candidates, and how many of the first places come from fewer candidates.
 * @param last the last place of the ranking that is wanted. @param least what all pages of the ranking need.
 */
function sizeOf(
  last: number,
  least: CandidateSize,
  { candidateSizes: sizes = CANDIDATE_SIZES }: Pick<ClusterCorpus, 'candidateSizes'>,
): { readonly size: number; readonly before: number } {
  const end = sizes.length - 1;
  const most = sizes[end]!.places;
  if (last > most) {
    throw new PaperSearchError(
      'BAD_REQUEST',
      `offset: a cluster ranks the first ${most} papers of an answer by relevance, but this page ends at ${last}. Sort by date or title, or narrow the query by filters.`,
      { details: { parameter: 'offset', last, most } },
    );
  }
  const needed = sizes.findIndex(({ size, places }) => size >= least.size && places >= least.places);
  const first = needed === -1 ? end : needed;
  const at = Math.max(
    first,
    sizes.findIndex(({ places }) => places >= last),
  );
  return { size: sizes[at]!.size, before: at > first ? sizes[at - 1]!.places : 0 };
}
