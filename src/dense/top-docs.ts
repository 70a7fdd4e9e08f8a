/**
 * The k documents with the best scores, best first; ties by position, the smaller first.
 * Keeps a binary heap of k documents with the worst on top: one comparison for most documents, no allocation.
 * @param docs candidates, ascending. @param scores by document, not by place in `docs`.
 */
export function topDocs(docs: Uint32Array, scores: Float32Array, k: number): Uint32Array {
  const heap = docs.slice(0, k);
  if (heap.length === 0) return heap;
  for (let root = (heap.length >> 1) - 1; root >= 0; root--) siftDown(heap, root, scores);
  let worst = scores[heap[0]!]!;
  for (let i = heap.length; i < docs.length; i++) {
    const doc = docs[i]!;
    // An equal score comes later and ranks behind: only a better one gets in.
    if (!(scores[doc]! > worst)) continue;
    heap[0] = doc;
    siftDown(heap, 0, scores);
    worst = scores[heap[0]!]!;
  }
  return heap.sort((a, b) => scores[b]! - scores[a]! || a - b);
}

function siftDown(heap: Uint32Array, start: number, scores: Float32Array): void {
  const moved = heap[start]!;
  let parent = start;
  for (let child = 2 * parent + 1; child < heap.length; child = 2 * parent + 1) {
    if (child + 1 < heap.length && ranksBehind(heap[child + 1]!, heap[child]!, scores)) child++;
    if (!ranksBehind(heap[child]!, moved, scores)) break;
    heap[parent] = heap[child]!;
    parent = child;
  }
  heap[parent] = moved;
}

function ranksBehind(a: number, b: number, scores: Float32Array): boolean {
  const difference = scores[a]! - scores[b]!;
  return difference < 0 || (difference === 0 && a > b);
}
