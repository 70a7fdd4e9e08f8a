import type { Scored } from '../../scores.ts';
import { TopDocuments } from '../../top-documents.ts';
import { RANGE, type TermRanges } from './ranges.ts';
import type { FrequencyTables } from './scoring.ts';

/** What every posting is scored with. */
export interface ScoringData {
  readonly tables: FrequencyTables;
  /** k1 · B of every document. */
  readonly norms: Float64Array;
}

/** A query term that has postings. */
export interface ScoringTerm {
  /** weight · idf · (k1 + 1): the bound of what it adds to a score. */
  readonly weight: number;
  /** Its postings are `[start, end)` of these: document, and frequencies as `frequencies.ts` packs them. */
  readonly docs: Uint32Array;
  readonly frequencies: Uint16Array;
  readonly start: number;
  readonly end: number;
  readonly ranges: TermRanges;
}

/** What the term adds to the score of a posting's document. */
export function contribution(
  { tables, norms }: ScoringData,
  { docs, frequencies, weight }: ScoringTerm,
  posting: number,
): number {
  const norm = norms[docs[posting]!]!;
  const packed = frequencies[posting]!;
  const x = tables.text[packed]! + tables.names[packed]! * norm;
  return (weight * x) / (x + norm);
}

/** Adds the scores of all terms, one after another, to `scores`, one a document. */
export function scoreAll(
  { tables, norms }: ScoringData,
  terms: readonly ScoringTerm[],
  scores: Float64Array,
): void {
  const { text, names } = tables;
  for (const { weight, docs, frequencies, start, end } of terms) {
    for (let i = start; i < end; i++) {
      const doc = docs[i]!;
      const norm = norms[doc]!;
      const packed = frequencies[i]!;
      const x = text[packed]! + names[packed]! * norm;
      scores[doc]! += (weight * x) / (x + norm);
    }
  }
}

/** Bounds are compared with this much room, so that rounding never leaves a document out. */
const ROOM = 1 + 1e-9;

/** Postings that are gone through in the time of one binary search. */
const LOOK_UP_COST = 8;

/**
 * The best documents of a disjunction, exactly, without scoring most of the others: documents go by in ranges;
 * in each, terms whose bounds there cannot lift a document into the result by themselves are only looked up for
 * documents that other terms have brought up (MaxScore: Turtle and Flood, IP&M 1995; by ranges as in block-max
 * MaxScore: Ding and Suel, SIGIR 2011).
 */
export class Disjunction {
  readonly #data: ScoringData;
  readonly #scores = new Float64Array(RANGE);
  readonly #touched = new Uint16Array(RANGE);

  constructor(data: ScoringData) {
    this.#data = data;
  }

  /**
   * @param terms in the order in which their contributions are added up.
   * @param countAll whether all matching documents are counted; none is passed over then.
   * @returns best first, ties by position; `matched` counts the matching documents if asked to, else those seen.
   */
  top(terms: readonly ScoringTerm[], k: number, countAll: boolean): { hits: Scored[]; matched: number } {
    const best = new TopDocuments(Math.min(k, this.#data.norms.length));
    const state = new RangeState(terms);
    let matched = 0;
    const ranges = Math.ceil(this.#data.norms.length / RANGE);
    for (let range = 0; range < ranges; range++) {
      const optional = state.enter(range, countAll ? Number.NEGATIVE_INFINITY : best.threshold);
      if (optional === terms.length) continue;
      const touched = this.#scoreEssential(state, range * RANGE);
      matched += touched;
      this.#collect(state, optional, range * RANGE, touched, best);
    }
    return { hits: best.ranked(), matched };
  }

  /** Scores the postings of the essential terms in the range. @returns how many documents they have. */
  #scoreEssential({ terms, starts, ends, isOptional }: RangeState, base: number): number {
    const { tables, norms } = this.#data;
    const { text, names } = tables;
    const scores = this.#scores;
    const touched = this.#touched;
    let count = 0;
    for (let t = 0; t < terms.length; t++) {
      if (isOptional[t] !== 0) continue;
      const { weight, docs, frequencies } = terms[t]!;
      const end = ends[t]!;
      for (let i = starts[t]!; i < end; i++) {
        const doc = docs[i]!;
        const norm = norms[doc]!;
        const packed = frequencies[i]!;
        const x = text[packed]! + names[packed]! * norm;
        // In fields that do not count only: no match.
        if (x === 0) continue;
        const slot = doc - base;
        const before = scores[slot]!;
        if (before === 0) touched[count++] = slot;
        scores[slot] = before + (weight * x) / (x + norm);
      }
    }
    return count;
  }

  /** Completes the scores of the documents that may be among the best, and clears all. */
  #collect(state: RangeState, optional: number, base: number, touched: number, best: TopDocuments): void {
    const { order, bounds } = state;
    const scores = this.#scores;
    let left = touched;
    for (let rest = optional - 1; rest >= 0 && left > 0; rest--) {
      left = this.#keep(left, bounds[rest]!, best.threshold);
      this.#addOptional(state, order[rest]!, base, left);
    }
    for (let n = 0; n < left; n++) {
      const slot = this.#touched[n]!;
      const score = scores[slot]!;
      scores[slot] = 0;
      if (score * ROOM < best.threshold) continue;
      const doc = base + slot;
      // With optional terms the sum was in another order: its last digits may differ.
      best.add(doc, optional === 0 ? score : this.#exactScore(state, doc));
    }
  }

  /** Drops the documents that cannot reach the threshold with `bound` more. @returns how many are left. */
  #keep(count: number, bound: number, threshold: number): number {
    const scores = this.#scores;
    const touched = this.#touched;
    let left = 0;
    for (let n = 0; n < count; n++) {
      const slot = touched[n]!;
      if ((scores[slot]! + bound) * ROOM < threshold) scores[slot] = 0;
      else touched[left++] = slot;
    }
    return left;
  }

  /** Adds an optional term to the documents that are left: one by one when they are few, else in passing. */
  #addOptional(state: RangeState, t: number, base: number, left: number): void {
    const scores = this.#scores;
    const start = state.starts[t]!;
    const end = state.ends[t]!;
    if (end - start > left * LOOK_UP_COST) {
      for (let n = 0; n < left; n++) {
        const slot = this.#touched[n]!;
        scores[slot]! += this.#lookUp(state, t, base + slot);
      }
      return;
    }
    const { tables, norms } = this.#data;
    const { text, names } = tables;
    const { weight, docs, frequencies } = state.terms[t]!;
    for (let i = start; i < end; i++) {
      const doc = docs[i]!;
      const before = scores[doc - base]!;
      if (before === 0) continue;
      const norm = norms[doc]!;
      const packed = frequencies[i]!;
      const x = text[packed]! + names[packed]! * norm;
      scores[doc - base] = before + (weight * x) / (x + norm);
    }
  }

  #exactScore(state: RangeState, doc: number): number {
    let score = 0;
    for (let t = 0; t < state.terms.length; t++) score += this.#lookUp(state, t, doc);
    return score;
  }

  /** What term `t` adds to a document of the present range. */
  #lookUp({ terms, starts, ends }: RangeState, t: number, doc: number): number {
    const { docs } = terms[t]!;
    let low = starts[t]!;
    let high = ends[t]!;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (docs[middle]! < doc) low = middle + 1;
      else high = middle;
    }
    return low < ends[t]! && docs[low] === doc ? contribution(this.#data, terms[t]!, low) : 0;
  }
}

/** The terms of a query in one range of documents: their postings there, their bounds, which are optional. */
class RangeState {
  readonly terms: readonly ScoringTerm[];
  /** Postings of each term in the range. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** The terms by bound, the smallest first; the optional ones come first. */
  readonly order: Uint32Array;
  /** Sum of the bounds of the terms up to a place in `order`. */
  readonly bounds: Float64Array;
  readonly isOptional: Uint8Array;
  readonly #bound: Float64Array;

  constructor(terms: readonly ScoringTerm[]) {
    this.terms = terms;
    this.starts = new Uint32Array(terms.length);
    this.ends = new Uint32Array(terms.length);
    this.order = Uint32Array.from(terms.keys());
    this.bounds = new Float64Array(terms.length);
    this.isOptional = new Uint8Array(terms.length);
    this.#bound = new Float64Array(terms.length);
  }

  /** Goes to a range. @returns how many terms are optional there: together they cannot reach the threshold. */
  enter(range: number, threshold: number): number {
    const { terms, starts, ends, order, bounds, isOptional } = this;
    const bound = this.#bound;
    for (let t = 0; t < terms.length; t++) {
      const { weight, start, ranges } = terms[t]!;
      starts[t] = start + ranges.offsets[range]!;
      ends[t] = start + ranges.offsets[range + 1]!;
      bound[t] = weight * ranges.maxima[range]!;
    }
    // Insertion sort: from range to range the order changes little.
    for (let i = 1; i < order.length; i++) {
      const t = order[i]!;
      let j = i - 1;
      for (; j >= 0 && bound[order[j]!]! > bound[t]!; j--) order[j + 1] = order[j]!;
      order[j + 1] = t;
    }
    let optional = 0;
    let sum = 0;
    for (let i = 0; i < order.length; i++) {
      sum += bound[order[i]!]!;
      bounds[i] = sum;
      if (sum * ROOM < threshold) optional = i + 1;
    }
    for (let i = 0; i < order.length; i++) isOptional[order[i]!] = i < optional ? 1 : 0;
    return optional;
  }
}
