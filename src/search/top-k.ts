import type { Scored } from '../types.ts';

/**
 * The k best documents, best first; ties by position, the smaller first.
 * Keeps a binary heap of k documents with the worst on top: one comparison for most documents, no allocation.
 * @param scores one a document. @param above documents with this score or less are left out.
 */
export function topK(scores: Float64Array, k: number, above: number): Scored[] {
  const heap = new Uint32Array(Math.min(k, scores.length));
  if (heap.length === 0) return [];
  let size = 0;
  for (let doc = 0; doc < scores.length; doc++) {
    const score = scores[doc]!;
    if (!(score > above)) continue;
    if (size < heap.length) {
      heap[size] = doc;
      siftUp(heap, size++, scores);
    } else if (score > scores[heap[0]!]!) {
      // An equal score comes later and ranks behind: only a better one gets in.
      heap[0] = doc;
      siftDown(heap, size, scores);
    }
  }
  const docs = Array.from(heap.subarray(0, size)).sort((a, b) => (ranksBehind(a, b, scores) ? 1 : -1));
  return docs.map((doc) => ({ doc, score: scores[doc]! }));
}

function ranksBehind(a: number, b: number, scores: Float64Array): boolean {
  const difference = scores[a]! - scores[b]!;
  return difference < 0 || (difference === 0 && a > b);
}

function siftUp(heap: Uint32Array, start: number, scores: Float64Array): void {
  let child = start;
  while (child > 0) {
    const parent = (child - 1) >> 1;
    if (!ranksBehind(heap[child]!, heap[parent]!, scores)) return;
    swap(heap, child, parent);
    child = parent;
  }
}

function siftDown(heap: Uint32Array, size: number, scores: Float64Array): void {
  let parent = 0;
  for (;;) {
    const left = 2 * parent + 1;
    const right = left + 1;
    let worst = parent;
    if (left < size && ranksBehind(heap[left]!, heap[worst]!, scores)) worst = left;
    if (right < size && ranksBehind(heap[right]!, heap[worst]!, scores)) worst = right;
    if (worst === parent) return;
    swap(heap, parent, worst);
    parent = worst;
  }
}

function swap(heap: Uint32Array, i: number, j: number): void {
  const held = heap[i]!;
  heap[i] = heap[j]!;
  heap[j] = held;
}
