import { firstFrom, scoresOf } from './scored-documents.ts';
import { contribution, type ScoringData, type ScoringTerm } from './scoring-term.ts';

/** Documents whose scores are added up at once: they take 256 KB, which a processor's second cache holds. */
const BLOCK_SIZE = 32_768;
/** Postings that are read in the time in which one document is looked up among them. */
const LOOK_UP_COST = 8;
/** Sums of the same numbers in two orders differ by less than this share. */
const ROUNDING = 1e-9;

/**
 * Finds the documents of a disjunction whose score is high enough, exactly, without reading all postings: the terms
 * with the lowest weights, whose sum is not enough, are looked up only for documents that have another term and are
 * still in doubt (the non-essential lists of MaxScore: Turtle and Flood, "Query evaluation", IP&M 31, 1995).
 */
export class HighScores {
  readonly #data: ScoringData;
  /** Of the documents of a block; 0 for those without a term, and for those that are settled. */
  readonly #sums = new Float64Array(BLOCK_SIZE);
  /** Places in the block of the documents that are not settled. */
  readonly #open = new Uint16Array(BLOCK_SIZE);

  /** Room for what is found. */
  readonly #found: Uint32Array;
  #size = 0;

  constructor(data: ScoringData) {
    this.#data = data;
    this.#found = new Uint32Array(data.norms.length);
  }

  /**
   * Documents with a score of at least `least`, in no order; valid until the next call.
   * @param terms in the order in which their contributions are added up to scores. @param least above 0.
   * @param isEnough whether a score is high enough; asked near `least`, where rounding counts.
   */
  find(terms: readonly ScoringTerm[], least: number, isEnough: (score: number) => boolean): Uint32Array {
    const byWeight = Array.from(terms).sort((a, b) => b.weight - a.weight);
    /** What the terms from a place on add to a score at most. */
    const rest = new Float64Array(byWeight.length + 1);
    for (let t = byWeight.length - 1; t >= 0; t--) rest[t] = rest[t + 1]! + byWeight[t]!.weight;
    // A document needs one of the terms before this place.
    const essential = rest.findIndex((sum) => sum < least * (1 - ROUNDING));
    const cursors = byWeight.map(({ start }) => start);
    this.#size = 0;
    const documents = this.#data.norms.length;
    for (let first = 0; first < documents && essential > 0; first += BLOCK_SIZE) {
      let open = 0;
      for (let t = 0; t < byWeight.length; t++) {
        const term = byWeight[t]!;
        const from = cursors[t]!;
        const to = firstFrom(first + BLOCK_SIZE, term.docs, from, term.end);
        cursors[t] = to;
        if (t < essential) open = this.#addAll(term, from, to, first, open);
        else {
          open = this.#settle(open, first, least, rest[t]!);
          this.#addToOpen(term, from, to, first, open);
        }
      }
      open = this.#settle(open, first, least, 0);
      for (let n = 0; n < open; n++) {
        const place = this.#open[n]!;
        this.#sums[place] = 0;
        if (isEnough(scoresOf(this.#data, terms, [first + place])[0]!))
          this.#found[this.#size++] = first + place;
      }
    }
    return this.#found.subarray(0, this.#size);
  }

  /** Adds the contributions of the postings `[from, to)`. @returns how many documents are open then. */
  #addAll(term: ScoringTerm, from: number, to: number, first: number, open: number): number {
    const sums = this.#sums;
    let next = open;
    for (let i = from; i < to; i++) {
      const added = contribution(this.#data, term, i);
      // 0 for a posting only in fields of weight 0.
      if (added === 0) continue;
      const place = term.docs[i]! - first;
      if (sums[place] === 0) this.#open[next++] = place;
      sums[place]! += added;
    }
    return next;
  }

  /** Adds the contributions of the postings `[from, to)` whose documents are open. */
  #addToOpen(term: ScoringTerm, from: number, to: number, first: number, open: number): void {
    const sums = this.#sums;
    if (to - from <= open * LOOK_UP_COST) {
      for (let i = from; i < to; i++) {
        const place = term.docs[i]! - first;
        if (sums[place]! > 0) sums[place]! += contribution(this.#data, term, i);
      }
      return;
    }
    for (let n = 0; n < open; n++) {
      const place = this.#open[n]!;
      const posting = firstFrom(first + place, term.docs, from, to);
      if (posting < to && term.docs[posting] === first + place)
        sums[place]! += contribution(this.#data, term, posting);
    }
  }

  /** Closes the documents whose score is surely enough, which are found, or surely not. @returns how many remain open. */
  #settle(open: number, first: number, least: number, rest: number): number {
    const sums = this.#sums;
    const enough = least * (1 + ROUNDING);
    const possible = least * (1 - ROUNDING) - rest;
    let left = 0;
    for (let n = 0; n < open; n++) {
      const place = this.#open[n]!;
      const sum = sums[place]!;
      if (sum < enough && sum >= possible) {
        this.#open[left++] = place;
        continue;
      }
      if (sum >= enough) this.#found[this.#size++] = first + place;
      sums[place] = 0;
    }
    return left;
  }
}
