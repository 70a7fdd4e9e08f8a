import type { QueryTerm, Vocabulary } from '../../indexes/keyword/keyword-index.ts';
import { queryTerms } from '../../indexes/keyword/query-terms.ts';
import type { Scored } from '../../indexes/scores.ts';
import type { Paper } from '../../papers/paper.ts';
import { pause } from '../../util/pause.ts';
import type { Indexes } from '../corpus.ts';
import type { SearchMode } from '../mode.ts';
import { surfacesOf } from '../surfaces.ts';
import { likeness, type Similarities, scaleOf, unlikeness } from './combine.ts';
import { cosineOfKeyword, levelsOf } from './levels.ts';
import type { LinkKnowledge, LinkWeights, SharedLinks } from './link-similarity.ts';
import { placeUnencoded } from './unencoded.ts';

/** A paper or a text whose related papers are wanted, or not wanted. */
export interface Seed {
  /** Id of the paper; undefined for a text. */
  readonly id: string | undefined;
  /** Its position in the index; undefined for a text. */
  readonly doc: number | undefined;
  readonly text: string;
  readonly terms: readonly QueryTerm[];
  /** L2-normalised; zero for a paper that has none yet. */
  readonly vector: Float32Array;
}

const MAX_SHARED_TERMS = 5;

/**
 * The terms of a paper's title and abstract: one in both counts twice, however often each has it
 * (scripts/measurements/related.md).
 */
export function seedTerms(texts: readonly string[], vocabulary: Vocabulary): QueryTerm[] {
  const terms = new Map<string, QueryTerm>();
  for (const text of texts) {
    for (const asked of queryTerms(text, vocabulary, { repeated: false })) {
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
  readonly knowledge: LinkKnowledge;
  readonly weights: LinkWeights;
}

/** What the similarities of papers to a seed are computed from. */
type SimilarityIndexes = Pick<Indexes, 'lexical' | 'dense' | 'cosineScale' | 'relatedKeywordShare'>;

/** The similarity of all papers to seeds. */
export interface SeedSimilarity {
  /** By position; -Infinity for the seeds, and for papers that are not in the ranking. */
  readonly scores: Float64Array;
  /** What was subtracted from each score for the negative seeds; undefined without any. */
  readonly subtracted: Float64Array | undefined;
  /** What explains the place of a paper. */
  present(doc: number): RelatedPaper;
}

/**
 * Scores all papers by their similarity to seeds: near one seed is good, near several is better, and near a negative one
 * worse (`likeness` − `unlikeness`).
 *
 * The similarity of a paper and a seed is the cosine and the keyword score of the seed's words, divided by the score of
 * the seed itself, in shares that depend on the model (half and half for the bundled one). Cosines are those of the 8-bit
 * codes, so that all pages come from one ranking. In hybrid mode, where a seed has links,
 *
 *   0.4 × link similarity (`linkSimilarities`) + 0.4 × cosine to the papers that the seed is linked with (`vicinityOf`)
 *
 * is added; the other modes rank by words or by meaning alone.
 *
 * Texts of some seeds are similar to more papers than those of others, and the keyword score of a text, which has no score
 * of its own, is divided by the highest score possible. So the similarities to each of several positive seeds are
 * divided by the seed's scale (`scaleOf`).
 *
 * In keyword mode, papers without a word of any positive seed are left out, and in semantic mode those that have no vector yet.
 * Lets other work run after each seed.
 * @param keepAll whether those papers are kept, and come last.
 */
export async function similarityToSeeds(
  indexes: Indexes,
  links: Links,
  positive: readonly Seed[],
  negative: readonly Seed[],
  mode: SearchMode,
  keepAll = false,
): Promise<SeedSimilarity> {
  const seeds = [...positive, ...negative];
  const docs = seeds.flatMap(({ doc }) => (doc === undefined ? [] : [doc]));
  const isScaled = positive.length > 1 || (seeds.length > 1 && positive[0]!.doc === undefined);
  const all: Similarities[] = [];
  for (const seed of seeds) {
    const of = similaritiesTo(seed, indexes, links, mode);
    all.push({ of, scale: isScaled ? scaleOf(of, docs) : 1 });
    await pause();
  }
  const near = all.slice(0, positive.length);
  const far = all.slice(positive.length);
  const scores = new Float64Array(indexes.dense.size).fill(Number.NEGATIVE_INFINITY);
  const subtracted = far.length > 0 ? new Float64Array(scores.length) : undefined;
  for (let doc = 0; doc < scores.length; doc++) {
    if (mode === 'keyword' && !keepAll && near.every((seed) => seed.of[doc] === 0)) continue;
    if (mode === 'semantic' && !keepAll && indexes.dense.missing?.[doc] === 1) continue;
    scores[doc] = likeness(near, doc);
    if (!subtracted) continue;
    subtracted[doc] = unlikeness(near, far, doc);
    scores[doc]! -= subtracted[doc]!;
  }
  for (const doc of docs) scores[doc] = Number.NEGATIVE_INFINITY;
  return {
    scores,
    subtracted,
    present: (doc) => {
      const scaled = near.map(({ of, scale }) => of[doc]! / scale);
      const best = scaled.indexOf(Math.max(...scaled));
      const seed = positive[best]!;
      const sharedTerms = mode === 'semantic' ? [] : shared(indexes, seed, doc);
      const shownLinks =
        mode === 'hybrid' && seed.doc !== undefined ? links.knowledge.shared(doc, seed.doc) : undefined;
      const nearest = {
        id: seed.id,
        score: near[best]!.of[doc]!,
        sharedTerms,
        ...(shownLinks && { links: shownLinks }),
      };
      return { doc, score: scores[doc]!, nearest };
    },
  };
}

/**
 * The similarity of every paper to a seed: of their texts, 1 for the seed itself, and of their links. Where one of both has
 * no vector yet, words alone count.
 */
export function similaritiesTo(
  seed: Seed,
  { lexical, dense, cosineScale, relatedKeywordShare }: SimilarityIndexes,
  { knowledge, weights }: Links,
  mode: SearchMode,
): Float64Array {
  const share = keywordShare(mode, { relatedKeywordShare });
  const similarities = new Float64Array(dense.size);
  const isLinked = mode === 'hybrid' && seed.doc !== undefined;
  const vicinity = isLinked ? knowledge.vicinityOf(seed.doc) : undefined;
  if (share < 1 || vicinity) {
    const { vector, weight } = vectorOfSeed(seed, share, vicinity, weights);
    const { scores } = dense.score(vector);
    for (let doc = 0; doc < similarities.length; doc++) similarities[doc] = weight * scores[doc]!;
  }
  const { missing } = dense;
  if (share > 0 || missing) {
    const { scores, maxScore } = lexical.score(seed.terms);
    const own = seed.doc === undefined ? maxScore : scores[seed.doc]!;
    if (own > 0) {
      if (share > 0)
        for (let doc = 0; doc < similarities.length; doc++)
          similarities[doc]! += (share * scores[doc]!) / own;
      if (missing)
        estimateUnencoded(
          similarities,
          seed,
          scores.map((score) => score / own),
          1 - share,
          {
            missing,
            cosineScale,
          },
        );
    }
  }
  const links = isLinked ? knowledge.similaritiesTo(seed.doc) : undefined;
  for (const [doc, similarity] of links ?? []) similarities[doc]! += weights.link * similarity;
  return similarities;
}

/**
 * Completes similarities where a seed or a paper has no vector: the cosine is replaced by the one that means the same as the
 * keyword similarity. Papers keep their ranks by keyword among the others.
 * @param keyword the keyword similarity of every paper. @param cosineShare weight of the cosine.
 */
function estimateUnencoded(
  similarities: Float64Array,
  seed: Seed,
  keyword: Float64Array,
  cosineShare: number,
  { missing, cosineScale }: Pick<Indexes, 'cosineScale'> & { readonly missing: Uint8Array },
): void {
  if (cosineShare === 0) return;
  const hasOthers = missing.includes(0);
  const isMissing = seed.doc !== undefined && missing[seed.doc] === 1;
  if (isMissing || !hasOthers) {
    const cosineOf = cosineOfKeyword(levelsOf(seed, { cosineScale }));
    for (let doc = 0; doc < similarities.length; doc++)
      similarities[doc]! += cosineShare * cosineOf(keyword[doc]!);
  }
  if (hasOthers) placeUnencoded(similarities, keyword, missing);
}

/** The vector that papers are compared with for a seed, and what its cosine is multiplied by. @param share of the keyword score. */
export function vectorOfSeed(
  { vector }: Pick<Seed, 'vector'>,
  share: number,
  vicinity: Float32Array | undefined,
  weights: LinkWeights,
): { readonly vector: Float32Array; readonly weight: number } {
  return weighted(vector, 1 - share, vicinity, weights.vicinity);
}

/** The share of the keyword score in a similarity. */
export function keywordShare(
  mode: SearchMode,
  { relatedKeywordShare }: Pick<Indexes, 'relatedKeywordShare'>,
): number {
  return mode === 'keyword' ? 1 : mode === 'semantic' ? 0 : relatedKeywordShare;
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
