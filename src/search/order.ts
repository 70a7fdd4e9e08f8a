import type { Scored } from '../indexes/scores.ts';
import type { SortName } from '../papers/fields.ts';
import { intersect, remove } from '../util/mask.ts';
import type { Page, SearchRequest, Sort } from './api.ts';
import { MATCHED, NAMED } from './confidence.ts';
import type { Corpus, Indexes } from './corpus.ts';
import type { EncodedQuery } from './encode.ts';
import { TITLED_AMONG, titledFirst } from './exact-title.ts';
import { fuse } from './fuse/fuse.ts';
import type { Fusion } from './fuse/fusion.ts';
import { DEFAULT_FUSION, FUSIONS } from './fuse/methods.ts';
import { type Rank, withUnencoded } from './fuse/without-vectors.ts';
import { Match } from './match/match.ts';
import { papersOfNamed } from './named-authors.ts';
import type { NamedPapers } from './named-papers.ts';
import { offsetAfter } from './offset-after.ts';
import type { PageAfter } from './page-after.ts';
import { PREFERRED_AMONG, preferYears } from './prefer-years.ts';
import { type Ranking, rank } from './rank.ts';
import { relevantPapers } from './relevant.ts';
import { pageOf } from './request.ts';
import { type Comparisons, type RankedHit, type Reranked, rerank, unreranked } from './rerank/rerank.ts';
import type { RerankChoice } from './rerank/rerankers.ts';

/** The order and the page of papers that are requested. */
export interface OrderOptions {
  readonly fusion: Fusion;
  readonly sort: Sort;
  /** Whether the relevant papers come before all others. */
  readonly relevantFirst: boolean;
  /** Undefined if nothing is reranked. */
  readonly rerank: RerankChoice | undefined;
  readonly page: Page;
  /** Where the page begins instead of at its offset. Only in the order by arrival. */
  readonly after: PageAfter | undefined;
}

/** A page of the papers that answer a query. */
export interface OrderedPage {
  readonly hits: readonly RankedHit[];
  /** The page where it begins after a paper. Default: the page that was requested. */
  readonly page?: Page | undefined;
  /** Papers in the whole order. */
  readonly total: number;
  /** How many of the first papers of the order are relevant; undefined if relevant papers were not asked for first. */
  readonly relevant?: number | undefined;
  /** The confidence score of the most relevant paper. */
  readonly confidence: number;
  /** Present if the options say how to rerank. */
  readonly reranked?: Reranked | undefined;
  /** What was ranked; undefined in an order that does not depend on the query. */
  readonly ranking?: FirstRanking | undefined;
}

/** The ranking of a query before anything in it is reranked or moved. */
export interface FirstRanking extends Ranking {
  /** How many papers were asked for. */
  readonly k: number;
}

/**
 * The order of a checked request.
 * @throws PaperSearchError BAD_REQUEST for an unknown reranker, MODEL_UNAVAILABLE for one that cannot be used.
 */
export async function orderOptions(
  {
    fusion = DEFAULT_FUSION,
    sort = 'relevance',
    relevantFirst = false,
    ...request
  }: Omit<SearchRequest, 'query'>,
  corpus: Corpus,
): Promise<OrderOptions> {
  const choice = await corpus.rerankers.choose(request, corpus);
  const fusing = FUSIONS[fusion](corpus.fusionWeights);
  const { after } = request;
  return { fusion: fusing, sort, relevantFirst, rerank: choice, page: pageOf(request), after };
}

/**
 * Runs the stages `rank`, `fuse` and `rerank`, or sorts by date or title if the request says so.
 * @param relevant returns the relevant papers of the query. Default: computes them.
 * @param known the ranking of this query with the same fusion and relevant papers, which is used if it has enough papers.
 *   Default: none.
 */
export async function order(
  query: EncodedQuery,
  options: OrderOptions,
  corpus: Corpus,
  relevant: () => Match = () => relevantPapers(query, corpus),
  known?: FirstRanking,
): Promise<OrderedPage> {
  const ordered = await orderPage(query, options, corpus, relevant, known);
  if (!options.rerank || ordered.reranked) return ordered;
  return { ...ordered, reranked: { by: options.rerank.reranker.name, papers: 0, outOfTime: false } };
}

async function orderPage(
  query: EncodedQuery,
  { page, after, sort, relevantFirst, fusion, rerank: choice }: OrderOptions,
  corpus: Corpus,
  relevantOf: () => Match,
  known: FirstRanking | undefined,
): Promise<OrderedPage> {
  const { indexes, fields } = corpus;
  if (query.text === '') {
    const match = query.match ?? Match.all(fields.size);
    const sorted = inFixedOrder(match, sort === 'relevance' ? 'date' : sort, page, after, 0, corpus);
    return confident(relevantFirst ? { ...sorted, relevant: sorted.total } : sorted, query, undefined);
  }
  const named = papersOfNamed(query, corpus);
  const wanted = choice && !(choice.reranker.needsVector && !query.vector) ? choice : undefined;
  const { years } = query.parsed;
  const last = lastOf(page, fields.size);
  // Of every page as many, so that all pages come from one ranking.
  const moving = last > 0 ? Math.min(years ? PREFERRED_AMONG : TITLED_AMONG, fields.size) : 0;
  const k = sort === 'relevance' ? Math.max(last, wanted?.depth ?? 0, moving) : 1;
  // One after the other, without a pause: the scores are views of the indexes.
  const first = named && (named.inSentence || isOtherSpelling(query, indexes)) ? [named.papers] : [];
  if (sort !== 'relevance') {
    // Before the ranking, which then needs no scan of the vectors.
    const relevant = relevantOf();
    const { confidence } = rankInParts(first, query, k, fusion, indexes);
    const sorted = inFixedOrder(relevant, sort, page, after, confidence, corpus);
    return confident(relevantFirst ? { ...sorted, relevant: sorted.total } : sorted, query, named);
  }
  const relevant = relevantFirst ? relevantOf() : undefined;
  const ownParts = relevant ? [...first, relevant.mask] : first;
  const { ahead } = corpus;
  const parts = ahead ? [...ownParts.map((part) => both(part, ahead)), ahead, ...ownParts] : ownParts;
  const ranking = known && known.k >= k ? known : { ...rankInParts(parts, query, k, fusion, indexes), k };
  const { hits, total, confidence } = ranking;
  await corpus.load?.(hits.slice(0, Math.max(wanted?.depth ?? 0, moving)).map(({ doc }) => doc));
  const compared = wanted && (await compareFirst(query, hits, wanted, corpus));
  const ranked = compared
    ? rerank(hits, compared.comparisons, wanted.reranker.bonusName, highestScore(query, fusion, indexes))
    : unreranked(hits);
  const preferring = years ? preferYears(ranked, years, corpus) : ranked;
  const titled = titledFirst(preferring, query, corpus);
  const all = relevant ? relevantBeforeOthers(titled, relevant) : titled;
  const shown = all.slice(page.offset, page.offset + page.limit);
  const reranked = compared && {
    by: wanted.reranker.name,
    papers: compared.comparisons.length,
    outOfTime: compared.outOfTime,
  };
  const ordered = { hits: shown, total, relevant: relevant?.count, confidence, reranked, ranking };
  return confident(ordered, query, named);
}

/** The papers of two masks. */
function both(a: Uint8Array, b: Uint8Array): Uint8Array {
  const mask = a.slice();
  intersect(mask, b);
  return mask;
}

/** The relevant hits before the others, each part in the order that it has: reranking may have mixed them. */
function relevantBeforeOthers(hits: readonly RankedHit[], { mask }: Match): readonly RankedHit[] {
  const isRelevant = ({ doc }: RankedHit) => mask[doc] === 1;
  return [...hits.filter(isRelevant), ...hits.filter((hit) => !isRelevant(hit))].map((hit, i) => ({
    ...hit,
    rank: i + 1,
  }));
}

/** Compares the first hits of a ranking with the query. */
function compareFirst(
  query: EncodedQuery,
  hits: readonly Scored[],
  choice: RerankChoice,
  { indexes: { dense }, rerankers, paperAt }: Corpus,
): Promise<Comparisons> {
  const candidates = hits.slice(0, choice.depth);
  let cosines: ArrayLike<number> | undefined;
  return rerankers.compare(choice, query, candidates, ({ doc, score }) => {
    cosines ??= query.vector && dense.score(query.vector, maskOf(candidates, dense.size)).scores;
    return { paper: paperAt(doc), score, cosine: dense.missing?.[doc] === 1 ? undefined : cosines?.[doc] };
  });
}

function maskOf(hits: readonly Scored[], size: number): Uint8Array {
  const mask = new Uint8Array(size);
  for (const { doc } of hits) mask[doc] = 1;
  return mask;
}

/** The maximum score of a hit of a query. */
function highestScore({ mode, terms }: EncodedQuery, fusion: Fusion, { lexical }: Indexes): number {
  if (mode === 'keyword') return lexical.top(terms, 1, false).maxScore;
  return mode === 'hybrid' ? fusion.highestScore : 1;
}

/**
 * The confidence score: before feedback, and raised where papers match a query of conditions alone, or have the authors
 * that it names.
 */
function confident(page: OrderedPage, query: EncodedQuery, named: NamedPapers | undefined): OrderedPage {
  const ordered = query.feedback ? { ...page, confidence: query.feedback.confidence } : page;
  if (query.onlyConditions && ordered.total > 0) return { ...ordered, confidence: MATCHED };
  // Papers of the authors are what is asked for only if nothing else is.
  return named && !named.inSentence && ordered.confidence < NAMED
    ? { ...ordered, confidence: NAMED }
    : ordered;
}

/** Whether names are written as the keyword index does not know them: in another spelling, with initials, family first. */
function isOtherSpelling({ text, terms }: EncodedQuery, { lexical }: Indexes): boolean {
  return /,|(?<!\p{L})\p{L}(?!\p{L})/u.test(text) || terms.some(({ term }) => !lexical.hasTerm(term));
}

/**
 * A ranking with some papers before all others, each part in its own order.
 * @param first masks of the parts that come first, the first one before the second; a paper belongs to the first that has it.
 */
function rankInParts(
  first: readonly Uint8Array[],
  query: EncodedQuery,
  k: number,
  fusion: Fusion,
  indexes: Indexes,
): Ranking {
  const ranked: Rank = (asked, wanted) => fuse(rank(asked, wanted, indexes), wanted, fusion);
  const rankPart = withUnencoded(ranked, indexes.dense);
  if (first.length === 0) return rankPart(query, k);
  const left = query.match?.mask.slice() ?? new Uint8Array(first[0]!.length).fill(1);
  const rankings = [...first, undefined].map((mask) => {
    const part = mask ? both(left, mask) : left;
    if (mask) remove(left, part);
    const match = new Match(part);
    const wanted = Math.min(k, match.count);
    return rankPart({ ...query, match, ...(mask && { requiresText: true }) }, wanted);
  });
  return {
    hits: rankings.flatMap(({ hits }) => hits).slice(0, k),
    total: rankings.reduce((sum, { total }) => sum + total, 0),
    confidence: Math.max(...rankings.map(({ confidence }) => confidence)),
  };
}

/** A page in an order that does not depend on the query. */
function inFixedOrder(
  match: Match,
  sort: SortName,
  { offset: given, limit }: Page,
  after: PageAfter | undefined,
  confidence: number,
  corpus: Corpus,
): OrderedPage {
  const offset = after ? offsetAfter(after, match, corpus) : given;
  const docs = corpus.fields.order(sort, match.mask, offset, limit);
  const hits = docs.map((doc, i) => {
    const place = offset + i + 1;
    return { doc, score: 0, rank: place, firstRank: place, bonus: 0 };
  });
  return { hits, page: { offset, limit }, total: match.count, confidence };
}

/** How many papers of a ranking are needed for a page: 0 for a page that begins after the last paper. */
function lastOf({ limit, offset }: Page, size: number): number {
  return limit === 0 || offset >= size ? 0 : Math.min(offset + limit, size);
}
