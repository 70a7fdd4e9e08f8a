import type { Scored } from './scores.ts';

/**
 * The k best documents so far: a binary heap with the worst on top, so that most documents cost one comparison and
 * none allocates. Ties by position, the smaller first.
 */
export class TopDocuments {
  /** A document that scores less is not among the best; -Infinity while there is room. */
  threshold = Number.NEGATIVE_INFINITY;
  readonly #docs: Uint32Array;
  readonly #scores: Float64Array;
  #size = 0;

  constructor(k: number) {
    this.#docs = new Uint32Array(k);
    this.#scores = new Float64Array(k);
  }

  /** Takes a document in if it is among the best. */
  add(doc: number, score: number): void {
    const capacity = this.#docs.length;
    if (this.#size < capacity) {
      this.#siftUp(this.#size++, doc, score);
    } else {
      if (capacity === 0 || this.#ranksBehind(doc, score, 0)) return;
      this.#siftDown(doc, score);
    }
    if (this.#size === capacity) this.threshold = this.#scores[0]!;
  }

  /** Best first. */
  ranked(): Scored[] {
    const hits = Array.from({ length: this.#size }, (_, i) => ({
      doc: this.#docs[i]!,
      score: this.#scores[i]!,
    }));
    return hits.sort((a, b) => b.score - a.score || a.doc - b.doc);
  }

  /** Whether a document ranks behind the one at `place`. */
  #ranksBehind(doc: number, score: number, place: number): boolean {
    const difference = score - this.#scores[place]!;
    return difference < 0 || (difference === 0 && doc > this.#docs[place]!);
  }

  #siftUp(start: number, doc: number, score: number): void {
    let place = start;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.#ranksBehind(doc, score, parent)) break;
      this.#move(parent, place);
      place = parent;
    }
    this.#put(place, doc, score);
  }

  /** Replaces the worst. */
  #siftDown(doc: number, score: number): void {
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= this.#size) break;
      const right = child + 1;
      if (right < this.#size && this.#ranksBehind(this.#docs[right]!, this.#scores[right]!, child))
        child = right;
      if (this.#ranksBehind(doc, score, child)) break;
      this.#move(child, place);
      place = child;
    }
    this.#put(place, doc, score);
  }

  #move(from: number, to: number): void {
    this.#docs[to] = this.#docs[from]!;
    this.#scores[to] = this.#scores[from]!;
  }

  #put(place: number, doc: number, score: number): void {
    this.#docs[place] = doc;
    this.#scores[place] = score;
  }
}

/**
 * The k best documents, best first; ties by position, the smaller first.
 * @param scores one a document, -Infinity or NaN for those to leave out.
 */
export function topDocuments(scores: Float64Array, k: number): Scored[] {
  const best = new TopDocuments(Math.min(k, scores.length));
  // Documents come in order: one that equals the worst ranks behind it.
  for (let doc = 0; doc < scores.length; doc++) {
    if (scores[doc]! > best.threshold) best.add(doc, scores[doc]!);
  }
  return best.ranked();
}
