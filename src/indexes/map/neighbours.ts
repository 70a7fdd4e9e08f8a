import type { Progress } from '../../util/progress.ts';
import { TopDocuments } from '../top-documents.ts';
import type { CodeMemory } from '../vectors/code-memory.ts';

/** The nearest of some documents to others. Row i of both tables belongs to document `of[i]`, the nearest first. */
export interface Neighbours {
  readonly of: Uint32Array;
  /** Neighbours of each. */
  readonly k: number;
  /** of.length × k. */
  readonly docs: Uint32Array;
  /** Cosine distances, 1 - cosine, as the codes have them: off by less than 0.001 as a rule. */
  readonly distances: Float32Array;
}

/**
 * The k nearest neighbours of documents by the cosine of their 8-bit codes; every pair is compared. A document is not its
 * own neighbour; ties by position, the smaller first.
 * @param of whose neighbours are looked for. @param among what may be a neighbour, ascending.
 * @param k no more than there are other documents in `among`. @param onProgress called after each hundred.
 */
export function nearestNeighbours(
  memory: CodeMemory,
  of: Uint32Array,
  among: Uint32Array,
  k: number,
  onProgress?: Progress,
): Neighbours {
  const docs = new Uint32Array(of.length * k);
  const distances = new Float32Array(of.length * k);
  const { list, scores, scales, query } = memory;
  const candidates = list.subarray(0, among.length);
  candidates.set(among);
  // The kernel writes the scores of candidates only.
  scores.fill(Number.NEGATIVE_INFINITY);
  for (let i = 0; i < of.length; i++) {
    const doc = of[i]!;
    query.set(memory.codes.subarray(doc * memory.stride, (doc + 1) * memory.stride));
    memory.score(candidates, scales[doc]!);
    scores[doc] = Number.NEGATIVE_INFINITY;
    const best = new TopDocuments(k);
    let at = memory.nextAbove(0, best.threshold);
    for (; at < memory.count; at = memory.nextAbove(at + 1, best.threshold)) best.add(at, scores[at]!);
    best.ranked().forEach((near, rank) => {
      docs[i * k + rank] = near.doc;
      distances[i * k + rank] = Math.max(0, 1 - near.score);
    });
    if (i % 100 === 99) onProgress?.(i + 1, of.length);
  }
  return { of, k, docs, distances };
}
