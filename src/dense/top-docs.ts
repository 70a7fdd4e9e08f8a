/**
 * The k documents with the best scores, best first; ties by position, the smaller first. Keeps a binary heap of
 * k documents with the worst on top: only those that beat it are looked at.
 * @param scores one a document, -Infinity for those to leave out.
 * @param nextAbove the first document from `from` on that scores more than `bound`, or the number of documents.
 */
export function topDocs(
  scores: Float32Array,
  k: number,
  nextAbove: (from: number, bound: number) => number,
): Uint32Array {
  const heap = new Uint32Array(Math.min(k, scores.length));
  let size = 0;
  let doc = nextAbove(0, Number.NEGATIVE_INFINITY);
  for (; size < heap.length && doc < scores.length; doc = nextAbove(doc + 1, Number.NEGATIVE_INFINITY))
    heap[size++] = doc;
  const docs = heap.subarray(0, size);
  for (let root = (size >> 1) - 1; root >= 0; root--) siftDown(docs, root, scores);
  while (size > 0) {
    // An equal score comes later and ranks behind: only a better one gets in.
    doc = nextAbove(doc, scores[docs[0]!]!);
    if (doc >= scores.length) break;
    docs[0] = doc++;
    siftDown(docs, 0, scores);
  }
  return docs.sort((a, b) => scores[b]! - scores[a]! || a - b);
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
