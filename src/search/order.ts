import type { SortName } from '../papers/fields.ts';
import type { Page, SearchRequest, Sort } from './api.ts';
import { MATCHED, NAMED } from './confidence.ts';
import type { Corpus, Indexes } from './corpus.ts';
import type { EncodedQuery } from './encode.ts';
import { TITLED_AMONG, titledFirst } from './exact-title.ts';
import { fuse } from './fuse/fuse.ts';
import type { Fusion } from './fuse/fusion.ts';
import { DEFAULT_FUSION, FUSIONS } from './fuse/methods.ts';
import { Match } from './match/match.ts';
import { type NamedPapers, papersOfNamed } from './named-authors.ts';
import { PREFERRED_AMONG, preferYears } from './prefer-years.ts';
import { type Ranking, rank } from './rank.ts';
import { relevantPapers } from './relevant.ts';
import { pageOf } from './request.ts';
import { bySentence } from './rerank/by-sentence.ts';
import { type RankedHit, rerank } from './rerank/rerank.ts';

/** The order and the page of papers that are requested. */
export interface OrderOptions {
  readonly fusion: Fusion;
  readonly sort: Sort;
  /** See `SearchRequest.rerank`. */
  readonly rerank: number;
  readonly page: Page;
}

/** A page of the papers that answer a query. */
export interface OrderedPage {
  readonly hits: readonly RankedHit[];
  /** Papers in the whole order. */
  readonly total: number;
  /** The confidence score of the most relevant paper. */
  readonly confidence: number;
}

/** The order of a checked request. */
export function orderOptions(
  {
    fusion = DEFAULT_FUSION,
    sort = 'relevance',
    rerank: depth = 0,
    ...request
  }: Omit<SearchRequest, 'query'>,
  { fusionWeights }: Corpus,
): OrderOptions {
  return { fusion: FUSIONS[fusion](fusionWeights), sort, rerank: depth, page: pageOf(request) };
}

/** Runs the stages `rank`, `fuse` and `rerank`, or sorts by date or title if the request says so. */
export async function order(
  query: EncodedQuery,
  { page, sort, fusion, rerank: wanted }: OrderOptions,
  corpus: Corpus,
): Promise<OrderedPage> {
  const { indexes, fields } = corpus;
  if (query.text === '') {
    const match = query.match ?? Match.all(fields.size);
    return confident(
      inFixedOrder(match, sort === 'relevance' ? 'date' : sort, page, 0, corpus),
      query,
      undefined,
    );
  }
  const named = papersOfNamed(query, corpus);
  const depth = query.mode === 'keyword' ? 0 : wanted;
  const { years } = query.parsed;
  const last = lastOf(page, fields.size);
  // Of every page as many, so that all pages come from one ranking.
  const moving = last > 0 ? Math.min(years ? PREFERRED_AMONG : TITLED_AMONG, fields.size) : 0;
  const k = sort === 'relevance' ? Math.max(last, depth, moving) : 1;
  // One after the other, without a pause: the scores are views of the indexes.
  const ranking = fuse(rank(query, k, indexes), k, fusion, indexes.fused);
  const { hits, total, confidence } =
    named && (named.inSentence || isOtherSpelling(query, indexes))
      ? namedFirst(named.papers, query, k, fusion, indexes)
      : ranking;
  if (sort !== 'relevance') {
    const ordered = inFixedOrder(relevantPapers(query, corpus), sort, page, confidence, corpus);
    return confident(ordered, query, named);
  }
  const highest = query.mode === 'hybrid' ? fusion.highestScore : 1;
  const reranked = await rerank(query, hits, depth, bySentence(corpus), highest);
  const preferring = years ? preferYears(reranked, years, corpus) : reranked;
  const shown = titledFirst(preferring, query, corpus).slice(page.offset, page.offset + page.limit);
  return confident({ hits: shown, total, confidence }, query, named);
}

/** Raises the confidence score where papers match a query of conditions alone, or have the authors that it names. */
function confident(ordered: OrderedPage, query: EncodedQuery, named: NamedPapers | undefined): OrderedPage {
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

/** A ranking with the papers of some authors before all others, each part in its own order. */
function namedFirst(
  named: Uint8Array,
  query: EncodedQuery,
  k: number,
  fusion: Fusion,
  indexes: Indexes,
): Ranking {
  const others = Uint8Array.from(named, (is, doc) => (is === 1 || query.match?.mask[doc] === 0 ? 0 : 1));
  const rankOf = (part: EncodedQuery) => {
    const wanted = Math.min(k, part.match!.count);
    return fuse(rank(part, wanted, indexes), wanted, fusion, indexes.fused);
  };
  const first = rankOf({ ...query, match: new Match(named), requiresText: true });
  const rest = rankOf({ ...query, match: new Match(others) });
  return {
    hits: [...first.hits, ...rest.hits].slice(0, k),
    total: first.total + rest.total,
    confidence: Math.max(first.confidence, rest.confidence),
  };
}

/** A page in an order that does not depend on the query. */
function inFixedOrder(
  { mask, count }: Match,
  sort: SortName,
  { offset, limit }: Page,
  confidence: number,
  { fields }: Corpus,
): OrderedPage {
  const docs = fields.order(sort, mask, offset, limit);
  const hits = docs.map((doc, i) => {
    const place = offset + i + 1;
    return { doc, score: 0, rank: place, firstRank: place, bonus: 0 };
  });
  return { hits, total: count, confidence };
}

/** How many papers of a ranking are needed for a page: 0 for a page that begins after the last paper. */
function lastOf({ limit, offset }: Page, size: number): number {
  return limit === 0 || offset >= size ? 0 : Math.min(offset + limit, size);
}
