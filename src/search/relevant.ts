import { hybridConfidence, isRelevant } from './confidence.ts';
import type { Corpus } from './corpus.ts';
import type { EncodedQuery } from './encode.ts';
import { Match } from './match/match.ts';
import { papersOfNamed } from './named-authors.ts';

/**
 * The relevant papers of a query, which facets count and other orders than relevance sort: if every paper of the match
 * is relevant, all of them; otherwise those with at least weak confidence.
 */
export function relevantPapers(
  query: EncodedQuery,
  { indexes, fields }: Pick<Corpus, 'indexes' | 'fields'>,
): Match {
  const { mode, text, terms, match, requiresText, vector } = query;
  const { lexical, dense, cosineScale } = indexes;
  if (match && (requiresText || text === '')) return match;
  const cosines = vector && dense.score(vector, match?.mask).scores;
  const { scores, maxScore } = lexical.score(mode === 'semantic' ? [] : terms);
  const perPoint = maxScore > 0 ? 1 / maxScore : 0;
  const named = papersOfNamed(query, { fields });
  const mask = new Uint8Array(scores.length);
  for (let doc = 0; doc < mask.length; doc++) {
    if (match?.mask[doc] === 0) continue;
    const coverage = perPoint * scores[doc]!;
    const cosine = cosines ? cosineScale.factor * cosines[doc]! + cosineScale.offset : 0;
    const score =
      mode === 'keyword' ? coverage : mode === 'semantic' ? cosine : hybridConfidence(coverage, cosine);
    if (named?.papers[doc] === 1 || isRelevant(mode, score)) mask[doc] = 1;
  }
  return new Match(mask);
}
