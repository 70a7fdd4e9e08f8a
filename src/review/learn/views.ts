import { denseFeatures, type Features, sparseFeatures } from './features.ts';
import type { PoolVectors } from './types.ts';
import type { WordFeatures } from './word-features.ts';

/** One way to see the papers of a pool, from which a model is learned. */
export interface View {
  readonly name: 'words' | 'vectors';
  readonly features: Features;
  /** Of each row, the squared length of features that no other paper has, and which `features` leaves out. */
  readonly unshared: Float64Array;
}

export function wordsView(words: WordFeatures): View {
  return { name: 'words', features: sparseFeatures(words), unshared: words.unshared };
}

export function vectorsView(vectors: PoolVectors, size: number): View {
  return { name: 'vectors', features: denseFeatures(vectors), unshared: new Float64Array(size) };
}
