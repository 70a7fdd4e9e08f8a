import { Growable } from '../indexes/binary/growable.ts';
import type { QueryTerm } from '../indexes/keyword/keyword-index.ts';
import type { KeywordEstimates } from '../indexes/scores.ts';
import { intersect } from '../util/mask.ts';
import {
  type CosineScale,
  evidenceOf,
  hybridConfidence,
  hybridOfKeyword,
  isRelevant,
  LITERAL_COVERAGE,
  weakest,
} from './confidence.ts';
import type { Corpus, Indexes } from './corpus.ts';
import type { EncodedQuery } from './encode.ts';
import { Match } from './match/match.ts';
import type { SearchMode } from './mode.ts';
import { papersOfNamed } from './named-authors.ts';
import type { NamedPapers } from './named-papers.ts';
import { keywordEstimates } from './scored-terms.ts';

/**
 * The relevant papers of a query, which facets count and other orders than relevance sort: if every paper of the match
 * is relevant, all of them; otherwise those with at least weak confidence.
 */
export function relevantPapers(
  query: EncodedQuery,
  { indexes, fields, named: find }: Pick<Corpus, 'indexes' | 'fields' | 'named'>,
): Match {
  const { mode, text, match, requiresText } = query;
  if (match && (requiresText || text === '')) return match;
  const named = papersOfNamed(query, { fields, named: find });
  if (mode === 'keyword') return relevantByKeyword(query, named, fields.size, indexes);
  const mask = named?.papers.slice() ?? new Uint8Array(fields.size);
  if (named && match) intersect(mask, match.mask);
  markRelevant(query, indexes, mask);
  return new Match(mask);
}

/** More than what the order of sums and products changes of a relevance score, which is about 1. */
const ROUNDING = 1e-9;

/** Marks the papers of a match whose score (`relevanceScores`) is high enough. @param mask one byte a paper. */
function markRelevant(query: EncodedQuery, { lexical, dense, cosineScale }: Indexes, mask: Uint8Array): void {
  const { mode, vector, match } = query;
  const cosines = vector && dense.score(vector, match?.mask).scores;
  const keyword = mode === 'hybrid' ? keywordEstimates(query, lexical) : undefined;
  const docs = mayBeRelevant(mode, keyword, cosines, { dense, cosineScale, match });
  const points = keyword?.scoresOf(docs);
  const perPoint = keyword && keyword.maxScore > 0 ? 1 / keyword.maxScore : 0;
  for (let n = 0; n < docs.length; n++) {
    const doc = docs[n]!;
    const coverage = points ? perPoint * points[n]! : 0;
    if (isRelevant(mode, scoreOf(mode, coverage, cosines?.[doc], dense.missing?.[doc] === 1, cosineScale)))
      mask[doc] = 1;
  }
}

/**
 * The papers of a match that may be relevant by estimates of their keyword scores, ascending: two comparisons a paper, where
 * nearly all are far from it. @param cosines not scaled.
 */
function mayBeRelevant(
  mode: SearchMode,
  keyword: Pick<KeywordEstimates, 'shares' | 'error'> | undefined,
  cosines: Float32Array | undefined,
  { dense, cosineScale, match }: Pick<Indexes, 'dense' | 'cosineScale'> & Pick<EncodedQuery, 'match'>,
): Uint32Array {
  const { keywordFactor, cosineFactor, offset } = evidenceOf(1, cosineScale);
  const error = (keyword?.error ?? 0) + ROUNDING;
  const least = weakest(mode) - offset - keywordFactor * error - ROUNDING;
  // Whatever the cosine is.
  const leastShare = (dense.missing ? weakest('keyword') : LITERAL_COVERAGE) - error;
  const shares = keyword?.shares;
  const allowed = match?.mask;
  const documents = new Growable(Uint32Array);
  for (let doc = 0; doc < dense.size; doc++) {
    const share = shares ? shares[doc]! : 0;
    const cosine = cosines ? cosines[doc]! : 0;
    if (keywordFactor * share + cosineFactor * cosine < least && share < leastShare) continue;
    if (allowed?.[doc] !== 0) documents.push(doc);
  }
  return documents.view();
}

/** @param coverage of the query. @param cosine not scaled; undefined for a query without a vector. */
function scoreOf(
  mode: SearchMode,
  coverage: number,
  cosine: number | undefined,
  isMissing: boolean,
  { factor, offset }: CosineScale,
): number {
  if (mode === 'keyword') return coverage;
  if (mode === 'hybrid' && isMissing) return hybridOfKeyword(coverage);
  const scaled = cosine === undefined ? 0 : factor * cosine + offset;
  return mode === 'semantic' ? scaled : hybridConfidence(coverage, scaled);
}

/** The papers of a match whose keyword score is high enough, or that are of named people. */
function relevantByKeyword(
  { terms, match }: EncodedQuery,
  named: NamedPapers | undefined,
  size: number,
  { lexical }: Pick<Indexes, 'lexical'>,
): Match {
  const mask = named?.papers.slice() ?? new Uint8Array(size);
  if (named && match) intersect(mask, match.mask);
  const docs = highEnough(terms, lexical);
  for (let n = 0; n < docs.length; n++) mask[docs[n]!] = match ? match.mask[docs[n]!]! : 1;
  return new Match(mask);
}

/** By the terms of a request, which asks a second time where some of these papers are hidden. */
const found = new WeakMap<
  readonly QueryTerm[],
  { readonly lexical: Indexes['lexical']; readonly docs: Uint32Array }
>();

/** The papers whose keyword score is high enough to be relevant, in no order. */
function highEnough(terms: readonly QueryTerm[], lexical: Indexes['lexical']): Uint32Array {
  const known = found.get(terms);
  if (known?.lexical === lexical) return known.docs;
  // A copy: the next call of the index overwrites them.
  const docs = new Uint32Array(lexical.withShare(terms, weakest('keyword')));
  found.set(terms, { lexical, docs });
  return docs;
}

/**
 * The score of each paper of the match by itself, by its position: how likely it is relevant, on the scale of
 * `confidenceOf`. Valid until the indexes are asked for other scores.
 */
export function relevanceScores(
  { mode, terms, match, vector }: EncodedQuery,
  { indexes: { lexical, dense, cosineScale } }: Pick<Corpus, 'indexes'>,
): (doc: number) => number {
  const cosines = vector && dense.score(vector, match?.mask).scores;
  const { scores, maxScore } = lexical.score(mode === 'semantic' ? [] : terms);
  const perPoint = maxScore > 0 ? 1 / maxScore : 0;
  return (doc) =>
    scoreOf(mode, perPoint * scores[doc]!, cosines?.[doc], dense.missing?.[doc] === 1, cosineScale);
}
