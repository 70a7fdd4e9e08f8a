import type { QueryTerm } from '../indexes/keyword/keyword-index.ts';
import { queryTerms } from '../indexes/keyword/query-terms.ts';
import type { Scored } from '../indexes/scores.ts';
import { topDocuments } from '../indexes/top-documents.ts';
import type { Paper } from '../papers/paper.ts';
import { pause } from '../util/pause.ts';
import type { SearchMode } from './mode.ts';
import type { Allowed, Indexes } from './rankings.ts';
import { surfacesOf } from './surfaces.ts';

/** Something whose kin are looked for, or not wanted. */
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
 * Share of the keyword score in kinship; the rest is the cosine's. scripts/measurements/related.md has the figures
 * behind the numbers here.
 */
const KEYWORD_SHARE = 0.5;
/** How much the mean over all seeds counts beside the nearest seed: who is near to several comes first. */
const MEAN_WEIGHT = 0.1;
/** How much nearness to a seed that is not wanted takes away. */
const NEGATIVE_WEIGHT = 0.5;
const MAX_SHARED_TERMS = 5;
/** Nearest papers by which a seed's scale is measured. */
const SCALE_PAPERS = 10;

/** The terms of a paper's title and abstract: one in both counts twice. */
export function seedTerms(texts: readonly string[], { lexical }: Pick<Indexes, 'lexical'>): QueryTerm[] {
  const weights = new Map<string, number>();
  for (const text of texts) {
    for (const { term, weight, followedBy } of queryTerms(text, lexical)) {
      if (!followedBy) weights.set(term, (weights.get(term) ?? 0) + weight);
    }
  }
  return Array.from(weights, ([term, weight]) => ({ term, weight }));
}

/** A hit of a kinship ranking. */
export interface Kin extends Scored {
  readonly nearest: {
    readonly id: string | undefined;
    readonly score: number;
    readonly sharedTerms: readonly SharedTerm[];
  };
}

/** A term that a paper shares with a seed. */
interface SharedTerm {
  readonly term: string;
  /** As the seed has it. */
  readonly text: string;
}

/**
 * Ranks papers by the seed each is nearest to, so that several seeds keep their several interests; a little by all
 * of them, and away from the negative ones:
 *
 *   max over positive seeds + 0.1 × mean over them − 0.5 × max over negative seeds,
 *
 * each the nearness of paper and seed: half the cosine, half the keyword score of the seed's words over what the
 * seed itself has. Cosines are those of the 8-bit codes, so that all pages come from one ranking.
 *
 * A text has no score of its own, so that its keyword score is divided by the most it can be. A paper of good kin has
 * most words of a short text, but 10 to 20 % of what a paper's own abstract has. Where a text is one of several
 * seeds, each nearness is therefore divided by the mean of the seed's ten nearest papers. Papers alone are not
 * scaled: that ranks worse (scripts/measurements/related.md).
 *
 * In keyword mode, papers with no word of any positive seed are left out. Lets other work through after each seed.
 */
export async function kinshipRanking(
  indexes: Indexes,
  positive: readonly Seed[],
  negative: readonly Seed[],
  mode: SearchMode,
  k: number,
  allowed: Allowed,
): Promise<{ hits: Kin[]; total: number }> {
  const size = indexes.dense.size;
  const seeds = [...positive, ...negative];
  const candidates = new Uint8Array(size).fill(1);
  if (allowed) candidates.set(allowed.mask);
  for (const { doc } of seeds) if (doc !== undefined) candidates[doc] = 0;

  const isScaled = seeds.length > 1 && seeds.some(({ doc }) => doc === undefined);
  const all: Nearness[] = [];
  for (const seed of seeds) {
    const near = nearness(indexes, seed, mode, allowed);
    all.push({ near, scale: isScaled ? scaleOf(near, candidates) : 1 });
    await pause();
  }
  const near = all.slice(0, positive.length);
  const far = all.slice(positive.length);
  const scores = new Float64Array(size).fill(Number.NEGATIVE_INFINITY);
  let total = 0;
  for (let doc = 0; doc < size; doc++) {
    if (candidates[doc] === 0) continue;
    if (mode === 'keyword' && near.every((list) => list.near[doc] === 0)) continue;
    total++;
    scores[doc] = combined(near, far, doc);
  }
  const hits = topDocuments(scores, Math.min(k, total)).map(({ doc, score }): Kin => {
    const scaled = near.map((list) => list.near[doc]! / list.scale);
    const best = scaled.indexOf(Math.max(...scaled));
    const seed = positive[best]!;
    const sharedTerms = mode === 'semantic' ? [] : shared(indexes, seed, doc);
    return { doc, score, nearest: { id: seed.id, score: near[best]!.near[doc]!, sharedTerms } };
  });
  return { hits, total };
}

/** How near every paper is to a seed, and what that is divided by to compare it with other seeds. */
interface Nearness {
  readonly near: Float64Array;
  readonly scale: number;
}

/** The mean over the nearest candidates; 1 where none is near at all. */
function scaleOf(near: Float64Array, candidates: Uint8Array): number {
  const nearest = topDocuments(
    near.map((value, doc) => (candidates[doc] === 1 ? value : Number.NEGATIVE_INFINITY)),
    SCALE_PAPERS,
  ).filter(({ score }) => score > 0);
  return nearest.length === 0 ? 1 : nearest.reduce((sum, { score }) => sum + score, 0) / nearest.length;
}

function combined(near: readonly Nearness[], far: readonly Nearness[], doc: number): number {
  let best = Number.NEGATIVE_INFINITY;
  let sum = 0;
  for (const list of near) {
    const value = list.near[doc]! / list.scale;
    sum += value;
    if (value > best) best = value;
  }
  let worst = 0;
  for (const list of far) {
    const value = list.near[doc]! / list.scale;
    if (value > worst) worst = value;
  }
  const mean = near.length > 1 ? (MEAN_WEIGHT * sum) / near.length : 0;
  return best + mean - NEGATIVE_WEIGHT * worst;
}

/** How near every paper is to a seed; 1 for the seed itself. */
function nearness({ lexical, dense }: Indexes, seed: Seed, mode: SearchMode, allowed: Allowed): Float64Array {
  const share = mode === 'keyword' ? 1 : mode === 'semantic' ? 0 : KEYWORD_SHARE;
  const near = new Float64Array(dense.size);
  if (share < 1) {
    const { scores } = dense.score(seed.vector, allowed?.mask);
    for (let doc = 0; doc < near.length; doc++) near[doc] = (1 - share) * scores[doc]!;
  }
  if (share > 0) {
    const { scores, maxScore } = lexical.score(seed.terms);
    const own = seed.doc === undefined ? maxScore : scores[seed.doc]!;
    if (own > 0) for (let doc = 0; doc < near.length; doc++) near[doc]! += (share * scores[doc]!) / own;
  }
  return near;
}

/** The words that add most to the keyword score, as the seed has them. */
function shared({ lexical }: Indexes, seed: Seed, doc: number): SharedTerm[] {
  const surfaces = surfacesOf(seed.text);
  return lexical
    .explain(seed.terms, doc)
    .sort((a, b) => b.score - a.score)
    .slice(0, MAX_SHARED_TERMS)
    .map(({ term: { term } }) => ({ term, text: surfaces.get(term) ?? term }));
}

/** The text of a paper that its kinship is read from. */
export function seedTexts({ title, abstract }: Paper): string[] {
  return [title, abstract].filter((text) => text !== '');
}
