import type { CitationGraph } from '../../indexes/citations/citation-graph.ts';
import type { QueryTerm } from '../../indexes/keyword/keyword-index.ts';
import { queryTerms } from '../../indexes/keyword/query-terms.ts';
import type { Scored } from '../../indexes/scores.ts';
import { topDocuments } from '../../indexes/top-documents.ts';
import type { Paper } from '../../papers/paper.ts';
import { pause } from '../../util/pause.ts';
import type { Indexes } from '../corpus.ts';
import type { Match } from '../match/match.ts';
import type { SearchMode } from '../mode.ts';
import { surfacesOf } from '../surfaces.ts';
import {
  type LinkWeights,
  linkSimilarities,
  type SharedLinks,
  sharedLinks,
  vicinityOf,
} from './link-similarity.ts';

/** A paper or a text whose related papers are wanted, or not wanted. */
export interface Seed {
  /** Id of the paper; undefined for a text. */
  readonly id: string | undefined;
  /** Its position in the index; undefined for a text. */
  readonly doc: number | undefined;
  readonly text: string;
  readonly terms: readonly QueryTerm[];
  /** L2-normalised. */
  readonly vector: Float32Array;
}

/**
 * How much the mean over all seeds counts beside the nearest seed: papers near several seeds rank first.
 * scripts/measurements/related.md has the figures behind the numbers here.
 */
const MEAN_WEIGHT = 0.1;
/** How much the similarity to the nearest negative seed is subtracted. */
const NEGATIVE_WEIGHT = 0.5;
const MAX_SHARED_TERMS = 5;
/** How many of a seed's most similar papers its scale is the mean of. */
const SCALE_PAPERS = 10;

/**
 * The terms of a paper's title and abstract: one in both counts twice, however often each has it
 * (scripts/measurements/related.md).
 */
export function seedTerms(texts: readonly string[], { lexical }: Pick<Indexes, 'lexical'>): QueryTerm[] {
  const terms = new Map<string, QueryTerm>();
  for (const text of texts) {
    for (const asked of queryTerms(text, lexical, { repeated: false })) {
      if (asked.followedBy) continue;
      const { term, weight } = asked;
      terms.set(term, { ...asked, weight: weight + (terms.get(term)?.weight ?? 0) });
    }
  }
  return [...terms.values()];
}

/** A related paper. */
export interface RelatedPaper extends Scored {
  readonly nearest: {
    readonly id: string | undefined;
    readonly score: number;
    readonly sharedTerms: readonly SharedTerm[];
    /** In hybrid mode, where there are any. */
    readonly links?: SharedLinks | undefined;
  };
}

/** A term that a paper shares with a seed. */
interface SharedTerm {
  readonly term: string;
  /** The word in the seed. */
  readonly text: string;
}

/** The links between papers, and what they add to a similarity. */
export interface Links {
  readonly graph: CitationGraph;
  readonly weights: LinkWeights;
}

/**
 * Ranks papers by their similarity to the nearest seed, so that each result is close to at least one of them; a little
 * by all of them; and papers similar to a negative seed lower:
 *
 *   max over positive seeds + 0.1 × mean over positive seeds − 0.5 × max over negative seeds,
 *
 * each of the similarity of paper and seed: the cosine and the keyword score of the seed's words, divided by the score of
 * the seed itself, in shares that depend on the model (half and half for the bundled one). Cosines are those of the 8-bit
 * codes, so that all pages come from one ranking. In hybrid mode, where a seed has links,
 *
 *   0.4 × link similarity (`linkSimilarities`) + 0.4 × cosine to the papers that the seed is linked with (`vicinityOf`)
 *
 * is added; the other modes rank by words or by meaning alone.
 *
 * A text has no score of its own, so its keyword score is divided by the highest score possible. A related paper has
 * most words of a short text, but scores 10 to 20 % of what a seed paper's own abstract does. Where a text is one of
 * several seeds, each similarity is therefore divided by the mean over the seed's ten most similar papers. Seeds that
 * are all papers are not scaled: that ranks worse (scripts/measurements/related.md).
 *
 * In keyword mode, papers without a word of any positive seed are left out. Lets other work run after each seed.
 * @param keepAll whether those papers are kept, and come last.
 */
export async function rankBySimilarity(
  indexes: Indexes,
  links: Links,
  positive: readonly Seed[],
  negative: readonly Seed[],
  mode: SearchMode,
  k: number,
  match: Match | undefined,
  keepAll = false,
): Promise<{ hits: RelatedPaper[]; total: number }> {
  const size = indexes.dense.size;
  const seeds = [...positive, ...negative];
  const candidates = new Uint8Array(size).fill(1);
  if (match) candidates.set(match.mask);
  for (const { doc } of seeds) if (doc !== undefined) candidates[doc] = 0;

  const isScaled = seeds.length > 1 && seeds.some(({ doc }) => doc === undefined);
  const all: Similarities[] = [];
  for (const seed of seeds) {
    const similarities = similaritiesTo(seed, indexes, links, mode, match);
    all.push({ of: similarities, scale: isScaled ? scaleOf(similarities, candidates) : 1 });
    await pause();
  }
  const near = all.slice(0, positive.length);
  const far = all.slice(positive.length);
  const scores = new Float64Array(size).fill(Number.NEGATIVE_INFINITY);
  let total = 0;
  for (let doc = 0; doc < size; doc++) {
    if (candidates[doc] === 0) continue;
    if (mode === 'keyword' && !keepAll && near.every((seed) => seed.of[doc] === 0)) continue;
    total++;
    scores[doc] = combined(near, far, doc);
  }
  const hits = topDocuments(scores, Math.min(k, total)).map(({ doc, score }): RelatedPaper => {
    const scaled = near.map((each) => each.of[doc]! / each.scale);
    const best = scaled.indexOf(Math.max(...scaled));
    const seed = positive[best]!;
    const sharedTerms = mode === 'semantic' ? [] : shared(indexes, seed, doc);
    const shownLinks =
      mode === 'hybrid' && seed.doc !== undefined ? sharedLinks(doc, seed.doc, links.graph) : undefined;
    return {
      doc,
      score,
      nearest: {
        id: seed.id,
        score: near[best]!.of[doc]!,
        sharedTerms,
        ...(shownLinks && { links: shownLinks }),
      },
    };
  });
  return { hits, total };
}

/** The similarity of every paper to a seed, and what it is divided by to compare it with other seeds. */
interface Similarities {
  readonly of: Float64Array;
  readonly scale: number;
}

/** The mean over the most similar candidates; 1 where no candidate is similar. */
function scaleOf(similarities: Float64Array, candidates: Uint8Array): number {
  const nearest = topDocuments(
    similarities.map((value, doc) => (candidates[doc] === 1 ? value : Number.NEGATIVE_INFINITY)),
    SCALE_PAPERS,
  ).filter(({ score }) => score > 0);
  return nearest.length === 0 ? 1 : nearest.reduce((sum, { score }) => sum + score, 0) / nearest.length;
}

function combined(near: readonly Similarities[], far: readonly Similarities[], doc: number): number {
  let best = Number.NEGATIVE_INFINITY;
  let sum = 0;
  for (const seed of near) {
    const value = seed.of[doc]! / seed.scale;
    sum += value;
    if (value > best) best = value;
  }
  let worst = 0;
  for (const seed of far) {
    const value = seed.of[doc]! / seed.scale;
    if (value > worst) worst = value;
  }
  const mean = near.length > 1 ? (MEAN_WEIGHT * sum) / near.length : 0;
  return best + mean - NEGATIVE_WEIGHT * worst;
}

/** The similarity of every paper to a seed: of their texts, 1 for the seed itself, and of their links. */
function similaritiesTo(
  seed: Seed,
  { lexical, dense, vectorAt, relatedKeywordShare }: Indexes,
  { graph, weights }: Links,
  mode: SearchMode,
  match: Match | undefined,
): Float64Array {
  const share = mode === 'keyword' ? 1 : mode === 'semantic' ? 0 : relatedKeywordShare;
  const similarities = new Float64Array(dense.size);
  const isLinked = mode === 'hybrid' && seed.doc !== undefined;
  const vicinity = isLinked ? vicinityOf(seed.doc, graph, vectorAt) : undefined;
  if (share < 1 || vicinity) {
    const { vector, weight } = weighted(seed.vector, 1 - share, vicinity, weights.vicinity);
    const { scores } = dense.score(vector, match?.mask);
    for (let doc = 0; doc < similarities.length; doc++) similarities[doc] = weight * scores[doc]!;
  }
  if (share > 0) {
    const { scores, maxScore } = lexical.score(seed.terms);
    const own = seed.doc === undefined ? maxScore : scores[seed.doc]!;
    if (own > 0) {
      for (let doc = 0; doc < similarities.length; doc++) similarities[doc]! += (share * scores[doc]!) / own;
    }
  }
  const links = isLinked ? linkSimilarities(seed.doc, graph) : undefined;
  for (const [doc, similarity] of links ?? []) similarities[doc]! += weights.link * similarity;
  return similarities;
}

/** One vector for the weighted sum of two cosines, which takes one scan: L2-normalised, and what its cosine is multiplied by. */
function weighted(
  own: Float32Array,
  share: number,
  vicinity: Float32Array | undefined,
  vicinityWeight: number,
): { readonly vector: Float32Array; readonly weight: number } {
  if (!vicinity) return { vector: own, weight: share };
  const sum = own.map((value, i) => share * value + vicinityWeight * vicinity[i]!);
  const norm = Math.hypot(...sum);
  return norm === 0 ? { vector: own, weight: 0 } : { vector: sum.map((value) => value / norm), weight: norm };
}

/** The shared words that add most to the keyword score, as the seed has them. */
function shared({ lexical }: Indexes, seed: Seed, doc: number): SharedTerm[] {
  const surfaces = surfacesOf(seed.text, lexical.languages);
  return lexical
    .explain(seed.terms, doc)
    .sort((a, b) => b.score - a.score)
    .slice(0, MAX_SHARED_TERMS)
    .map(({ term: { term } }) => ({ term, text: surfaces.get(term) ?? term }));
}

/** The texts of a paper that its terms as a seed come from. */
export function seedTexts({ title, abstract }: Paper): string[] {
  return [title, abstract].filter((text) => text !== '');
}
