import type { Scored } from '../indexes/scores.ts';
import type { Corpus } from './corpus.ts';
import type { EncodedQuery } from './encode.ts';
import { fuse } from './fuse/fuse.ts';
import type { Fusion } from './fuse/fusion.ts';
import { type Rank, withUnencoded } from './fuse/without-vectors.ts';
import { encodedPapers } from './match/encoded-papers.ts';
import { papersOfNamed } from './named-authors.ts';
import { rank } from './rank.ts';

/** The papers that a query gets feedback from. More are less often relevant. */
export const FEEDBACK_PAPERS = 3;

/**
 * The stage `feedback`: for a model that it helps, the query moves towards the papers that a first hybrid ranking has
 * on top, and papers are compared with it again. They may use other words and still be near to each other. Costs a second
 * scan, and encodes nothing. The ranking of a model with feedback 0, of queries that name people, and of the other modes
 * does not change.
 *
 * Pseudo-relevance feedback of dense vectors, after Rocchio ("Relevance feedback in information retrieval", 1971) and Li
 * et al. ("Pseudo relevance feedback with deep language models and dense retrievers", TOIS 2023). They use the first
 * papers by cosine; those of the fused ranking are better.
 * @param query its match is the one that is ranked: papers outside of it give no feedback.
 */
export function addFeedback(
  query: EncodedQuery,
  fusion: Fusion,
  { indexes, fields, named }: Pick<Corpus, 'indexes' | 'fields' | 'named'>,
): EncodedQuery {
  const { mode, vector } = query;
  if (indexes.feedback === 0 || mode !== 'hybrid' || !vector || papersOfNamed(query, { fields, named }))
    return query;
  // As many papers for every page, so that the pages are those of one ranking.
  const asked = { ...query, match: encodedPapers(query.match, indexes.dense.missing) };
  const wanted = Math.min(FEEDBACK_PAPERS, asked.match?.count ?? fields.size);
  const ranked: Rank = (each, k) => fuse(rank(each, k, indexes), k, fusion);
  const first = ranked(asked, wanted);
  const moved = feedbackVector(vector, first.hits, indexes.feedback, indexes.vectorAt);
  if (!moved) return query;
  const docs = first.hits.map(({ doc }) => doc);
  // Papers without a vector give no feedback, but the answer may be one of them.
  const { confidence } = asked.match === query.match ? first : withUnencoded(ranked, indexes.dense)(query, 1);
  return { ...query, feedback: { docs, vector: moved, confidence } };
}

/**
 * normalise(query + weight × Σ score · paper / Σ score).
 * @param query L2-normalised. @param best the first papers; those with a score of 0 or less are ignored.
 * @param weight from 0. @param vectorAt L2-normalised vectors of papers; each is read before the next call.
 * @returns L2-normalised; undefined if no paper has a score above 0.
 */
export function feedbackVector(
  query: Float32Array,
  best: readonly Scored[],
  weight: number,
  vectorAt: (doc: number) => Float32Array,
): Float32Array | undefined {
  const scored = best.filter(({ score }) => score > 0);
  const total = scored.reduce((sum, { score }) => sum + score, 0);
  if (total === 0) return undefined;
  const moved = query.slice();
  for (const { doc, score } of scored) {
    const paper = vectorAt(doc);
    const share = (weight * score) / total;
    for (let i = 0; i < moved.length; i++) moved[i]! += share * paper[i]!;
  }
  const norm = Math.sqrt(moved.reduce((sum, value) => sum + value * value, 0));
  return norm > 0 ? moved.map((value) => value / norm) : undefined;
}
