import { intersect } from '../util/mask.ts';
import { hybridConfidence, hybridOfKeyword, isRelevant, weakest } from './confidence.ts';
import type { Corpus, Indexes } from './corpus.ts';
import type { EncodedQuery } from './encode.ts';
import { Match } from './match/match.ts';
import { papersOfNamed } from './named-authors.ts';
import type { NamedPapers } from './named-papers.ts';

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
  const scoreOf = relevanceScores(query, { indexes });
  const mask = new Uint8Array(fields.size);
  for (let doc = 0; doc < mask.length; doc++) {
    if (match?.mask[doc] === 0) continue;
    if (named?.papers[doc] === 1 || isRelevant(mode, scoreOf(doc))) mask[doc] = 1;
  }
  return new Match(mask);
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
  const docs = lexical.withShare(terms, weakest('keyword'));
  for (let n = 0; n < docs.length; n++) mask[docs[n]!] = match ? match.mask[docs[n]!]! : 1;
  return new Match(mask);
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
  return (doc) => {
    const coverage = perPoint * scores[doc]!;
    if (mode === 'hybrid' && dense.missing?.[doc] === 1) return hybridOfKeyword(coverage);
    const cosine = cosines ? cosineScale.factor * cosines[doc]! + cosineScale.offset : 0;
    return mode === 'keyword' ? coverage : mode === 'semantic' ? cosine : hybridConfidence(coverage, cosine);
  };
}
