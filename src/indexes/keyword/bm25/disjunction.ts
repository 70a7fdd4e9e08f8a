import type { Scored } from '../../scores.ts';
import { TopDocuments } from '../../top-documents.ts';
import { BLOCK_SIZE, type TermBlocks } from './blocks.ts';
import { findPosting } from './postings.ts';
import { type FrequencyTables, termScore } from './scoring.ts';

/** What every posting is scored with. */
export interface ScoringData {
  readonly tables: FrequencyTables;
  /** k1 · B of every document. */
  readonly norms: Float64Array;
}

/** A query term that has postings. */
export interface ScoringTerm {
  /** weight · idf · (k1 + 1): the upper bound of what it adds to a score, its maxScore. */
  readonly weight: number;
  /** Its postings are `[start, end)` of these: document, and frequencies as `frequencies.ts` packs them. */
  readonly docs: Uint32Array;
  readonly frequencies: Uint16Array;
  readonly start: number;
  readonly end: number;
  readonly blocks: TermBlocks;
}

/** What the term adds to the score of a posting's document. */
export function contribution(
  { tables, norms }: ScoringData,
  { docs, frequencies, weight }: ScoringTerm,
  posting: number,
): number {
  const packed = frequencies[posting]!;
  return termScore(weight, tables.text[packed]!, tables.names[packed]!, norms[docs[posting]!]!);
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
      const packed = frequencies[i]!;
      scores[doc]! += termScore(weight, text[packed]!, names[packed]!, norms[doc]!);
    }
  }
}

/** Upper bounds are raised by this factor, so that rounding never excludes a document. */
const SLACK = 1 + 1e-9;

/** Postings that can be scanned in the time of one binary search. */
const LOOK_UP_COST = 8;

/**
 * The top k of a disjunction, exact, without scoring most other documents. MaxScore (Turtle and Flood, IP&M 1995),
 * block by block (block-max MaxScore: Ding and Suel, SIGIR 2011): in each block of documents, terms whose maximum
 * scores there cannot reach the threshold together are non-essential. Only postings of the essential terms are
 * scored; a non-essential term is looked up for the documents that the essential ones have found.
 */
export class Disjunction {
  readonly #data: ScoringData;
  readonly #scores = new Float64Array(BLOCK_SIZE);
  readonly #touched = new Uint16Array(BLOCK_SIZE);

  constructor(data: ScoringData) {
    this.#data = data;
  }

  /**
   * @param terms in the order in which their contributions are added up.
   * @param countAll whether to count all matching documents: then every term is essential.
   * @returns best first, ties by position; `matched`: all matching documents with `countAll`, else those scored.
   */
  top(terms: readonly ScoringTerm[], k: number, countAll: boolean): { hits: Scored[]; matched: number } {
    const best = new TopDocuments(Math.min(k, this.#data.norms.length));
    const state = new BlockState(terms);
    let matched = 0;
    const blocks = Math.ceil(this.#data.norms.length / BLOCK_SIZE);
    for (let block = 0; block < blocks; block++) {
      const nonEssential = state.enter(block, countAll ? Number.NEGATIVE_INFINITY : best.threshold);
      if (nonEssential === terms.length) continue;
      const touched = this.#scoreEssential(state, block * BLOCK_SIZE);
      matched += touched;
      this.#collect(state, nonEssential, block * BLOCK_SIZE, touched, best);
    }
    return { hits: best.ranked(), matched };
  }

  /** Scores the postings of the essential terms in the block. @returns how many documents they have. */
  #scoreEssential({ terms, starts, ends, isEssential }: BlockState, base: number): number {
    const { tables, norms } = this.#data;
    const { text, names } = tables;
    const scores = this.#scores;
    const touched = this.#touched;
    let count = 0;
    for (let t = 0; t < terms.length; t++) {
      if (isEssential[t] === 0) continue;
      const { weight, docs, frequencies } = terms[t]!;
      const end = ends[t]!;
      for (let i = starts[t]!; i < end; i++) {
        const doc = docs[i]!;
        const packed = frequencies[i]!;
        const score = termScore(weight, text[packed]!, names[packed]!, norms[doc]!);
        // Only in fields of weight 0: not a match.
        if (score === 0) continue;
        const slot = doc - base;
        const before = scores[slot]!;
        if (before === 0) touched[count++] = slot;
        scores[slot] = before + score;
      }
    }
    return count;
  }

  /** Completes the scores of the documents that may be among the top k, and clears all scores. */
  #collect(state: BlockState, nonEssential: number, base: number, touched: number, best: TopDocuments): void {
    const { order, bounds } = state;
    const scores = this.#scores;
    let left = touched;
    for (let rest = nonEssential - 1; rest >= 0 && left > 0; rest--) {
      left = this.#keep(left, bounds[rest]!, best.threshold);
      this.#addNonEssential(state, order[rest]!, base, left);
    }
    for (let n = 0; n < left; n++) {
      const slot = this.#touched[n]!;
      const score = scores[slot]!;
      scores[slot] = 0;
      if (score * SLACK < best.threshold) continue;
      const doc = base + slot;
      // With non-essential terms the order of the sum was another one: its last digits may differ.
      best.add(doc, nonEssential === 0 ? score : this.#exactScore(state, doc));
    }
  }

  /** Drops the documents that cannot reach the threshold with `bound` more. @returns how many are left. */
  #keep(count: number, bound: number, threshold: number): number {
    const scores = this.#scores;
    const touched = this.#touched;
    let left = 0;
    for (let n = 0; n < count; n++) {
      const slot = touched[n]!;
      if ((scores[slot]! + bound) * SLACK < threshold) scores[slot] = 0;
      else touched[left++] = slot;
    }
    return left;
  }

  /** Adds a non-essential term to the documents that are left: by binary search when they are few, else by a scan. */
  #addNonEssential(state: BlockState, t: number, base: number, left: number): void {
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
      const packed = frequencies[i]!;
      scores[doc - base] = before + termScore(weight, text[packed]!, names[packed]!, norms[doc]!);
    }
  }

  #exactScore(state: BlockState, doc: number): number {
    let score = 0;
    for (let t = 0; t < state.terms.length; t++) score += this.#lookUp(state, t, doc);
    return score;
  }

  /** What term `t` adds to the score of a document in the current block. */
  #lookUp({ terms, starts, ends }: BlockState, t: number, doc: number): number {
    const term = terms[t]!;
    const posting = findPosting(term.docs, starts[t]!, ends[t]!, doc);
    return posting === -1 ? 0 : contribution(this.#data, term, posting);
  }
}

/** The terms of a query in one block of documents: their postings there, their maximum scores, which are essential. */
class BlockState {
  readonly terms: readonly ScoringTerm[];
  /** Postings of each term in the block. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** The terms by maximum score, the smallest first; so the non-essential ones come first. */
  readonly order: Uint32Array;
  /** Sum of the maximum scores of the terms up to a place in `order`. */
  readonly bounds: Float64Array;
  /** 1 or 0 for each term. */
  readonly isEssential: Uint8Array;
  readonly #maxScores: Float64Array;

  constructor(terms: readonly ScoringTerm[]) {
    this.terms = terms;
    this.starts = new Uint32Array(terms.length);
    this.ends = new Uint32Array(terms.length);
    this.order = Uint32Array.from(terms.keys());
    this.bounds = new Float64Array(terms.length);
    this.isEssential = new Uint8Array(terms.length);
    this.#maxScores = new Float64Array(terms.length);
  }

  /** Moves to a block. @returns how many terms are non-essential: their maximum scores add up to less than the threshold. */
  enter(block: number, threshold: number): number {
    const { terms, starts, ends, order, bounds, isEssential } = this;
    const maxScores = this.#maxScores;
    for (let t = 0; t < terms.length; t++) {
      const { weight, start, blocks } = terms[t]!;
      starts[t] = start + blocks.offsets[block]!;
      ends[t] = start + blocks.offsets[block + 1]!;
      maxScores[t] = weight * blocks.maxScores[block]!;
    }
    // Insertion sort: from block to block the order changes little.
    for (let i = 1; i < order.length; i++) {
      const t = order[i]!;
      let j = i - 1;
      for (; j >= 0 && maxScores[order[j]!]! > maxScores[t]!; j--) order[j + 1] = order[j]!;
      order[j + 1] = t;
    }
    let nonEssential = 0;
    let sum = 0;
    for (let i = 0; i < order.length; i++) {
      sum += maxScores[order[i]!]!;
      bounds[i] = sum;
      if (sum * SLACK < threshold) nonEssential = i + 1;
    }
    for (let i = 0; i < order.length; i++) isEssential[order[i]!] = i < nonEssential ? 0 : 1;
    return nonEssential;
  }
}
