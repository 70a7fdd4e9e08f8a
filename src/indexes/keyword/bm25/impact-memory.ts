import { KERNEL } from './kernel.ts';
import { termScore } from './scoring.ts';
import type { ScoringData, ScoringTerm } from './scoring-term.ts';

/** Documents of a block: their scores take 16 KB, half of a processor's first cache. */
export const BLOCK_SIZE = 4096;
/** An impact is this many times the score for weight 1, which is below 1; rounded, it differs by less than 1. */
export const IMPACT_ONE = 2 ** 16;
const MAX_IMPACT = IMPACT_ONE - 1;
/** A posting has 4 times the document's place in the block above its impact. */
const PLACE_SHIFT = 18;
/** Terms of a query. */
const MAX_TERMS = 4096;
/** Four bytes a posting: nearly all of an index of 500,000 papers, and the frequent terms of a larger one. */
const MAX_BYTES = 2 ** 28;
const PAGE = 2 ** 16;

/** Where things are in the memory (bytes): scores of a block, what is found in it, the terms of a query, postings. */
const SCORES = 0;
const FOUND = SCORES + 4 * BLOCK_SIZE;
const TERMS = FOUND + 8 * (BLOCK_SIZE + 1);
const POSTINGS = TERMS + 8 * MAX_TERMS;

/** The functions of kernel.wat; everything is given by its address in the memory. */
interface Kernel {
  score(terms: number, termsEnd: number, block: number, scores: number): void;
  collect(scores: number, bytes: number, least: number, found: number): number;
}

const MODULE = new WebAssembly.Module(Buffer.from(KERNEL, 'base64'));

/**
 * The postings of terms with their impacts, in a WebAssembly memory, by block of documents: the score of each for weight
 * 1, computed when a query first needs the term and rounded to 16 bits, so that scoring a posting is one
 * multiplication (quantised impacts: Anh and Moffat, SIGIR 2006; eager scores: Lù, "BM25S", 2024). The system gives
 * memory only to what is written.
 */
export class ImpactMemory {
  /** Blocks that the documents fill, the last one perhaps in part. */
  readonly blocks: number;
  /** Of each document found by `collect`, from `2 · n` on: 4 times its place in the block, and its score. */
  readonly foundPlaces: Uint32Array;
  readonly foundScores: Float32Array;
  readonly #data: ScoringData;
  readonly #words: Uint32Array;
  readonly #floats: Float32Array;
  readonly #kernel: Kernel;
  /** Where the addresses of a term's postings are (in words), by what identifies its postings. */
  readonly #known = new Map<unknown, number>();
  #next = POSTINGS / 4;
  #termsEnd = TERMS;

  /** @param postings of the index. @param maxBytes of the memory. */
  constructor(data: ScoringData, postings: number, maxBytes = MAX_BYTES) {
    this.#data = data;
    this.blocks = Math.ceil(data.norms.length / BLOCK_SIZE);
    // Bigrams and words that match several terms have further postings, and a term has an address a block.
    const bytes = Math.min(maxBytes, POSTINGS + 8 * postings + PAGE);
    const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) });
    this.#words = new Uint32Array(memory.buffer);
    this.#floats = new Float32Array(memory.buffer);
    this.foundPlaces = this.#words.subarray(FOUND / 4);
    this.foundScores = this.#floats.subarray(FOUND / 4);
    this.#kernel = new WebAssembly.Instance(MODULE, { keyword: { memory } }).exports as unknown as Kernel;
  }

  /**
   * Prepares a query. When the memory is full it is emptied first, which is less work than it seems: frequent terms
   * come back with the next queries, and most others never.
   * @param factors what an impact of each term adds to a score, for every unit of it.
   * @returns where the addresses of each term's postings are, for `find`; undefined when they do not fit.
   */
  load(terms: readonly ScoringTerm[], factors: Float64Array): Uint32Array | undefined {
    if (terms.length > MAX_TERMS) return undefined;
    let places = this.#placesOf(terms);
    if (!places) {
      this.#known.clear();
      this.#next = POSTINGS / 4;
      places = this.#placesOf(terms);
    }
    if (!places) return undefined;
    for (let t = 0; t < terms.length; t++) {
      this.#words[TERMS / 4 + 2 * t] = 4 * places[t]!;
      this.#floats[TERMS / 4 + 2 * t + 1] = factors[t]!;
    }
    this.#termsEnd = TERMS + 8 * terms.length;
    return places;
  }

  /**
   * Scores the documents of a block by the terms that were loaded last, and writes those with at least a score (above
   * 0) to `foundPlaces` and `foundScores`.
   * @returns how many documents match any term, times 65,536, plus how many were written.
   */
  scoreBlock(block: number, least: number): number {
    this.#kernel.score(TERMS, this.#termsEnd, 4 * block, SCORES);
    return this.#kernel.collect(SCORES, 4 * BLOCK_SIZE, least, FOUND);
  }

  /**
   * The posting of a document, counted from the term's first; -1 when it has none.
   * @param place of the term, from `load`. @param inBlock the document's place in the block.
   */
  find(place: number, block: number, inBlock: number): number {
    const words = this.#words;
    const first = words[place]! >>> 2;
    const end = words[place + block + 1]! >>> 2;
    let low = words[place + block]! >>> 2;
    let high = end;
    // The places are in the high bits, so the words are in their order.
    const wanted = inBlock << PLACE_SHIFT;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (words[middle]! < wanted) low = middle + 1;
      else high = middle;
    }
    return low < end && words[low]! >>> PLACE_SHIFT === inBlock ? low - first : -1;
  }

  #placesOf(terms: readonly ScoringTerm[]): Uint32Array | undefined {
    const places = new Uint32Array(terms.length);
    for (let t = 0; t < terms.length; t++) {
      const term = terms[t]!;
      let place = this.#known.get(term.key);
      if (place === undefined) {
        const size = this.blocks + 1 + term.end - term.start;
        if (this.#next + size > this.#words.length) return undefined;
        place = this.#next;
        this.#next += size;
        this.#write(term, place);
        this.#known.set(term.key, place);
      }
      places[t] = place;
    }
    return places;
  }

  /** Writes the addresses of a term's postings by block, and the postings. */
  #write({ docs, frequencies, start, end }: ScoringTerm, place: number): void {
    const { tables, norms } = this.#data;
    const { text, names } = tables;
    const words = this.#words;
    let at = place + this.blocks + 1;
    let i = start;
    for (let block = 0; block < this.blocks; block++) {
      words[place + block] = 4 * at;
      const blockEnd = (block + 1) * BLOCK_SIZE;
      for (; i < end; i++) {
        const doc = docs[i]!;
        if (doc >= blockEnd) break;
        const packed = frequencies[i]!;
        const score = termScore(1, text[packed]!, names[packed]!, norms[doc]!);
        // 0 for a posting only in fields of weight 0, which is not a match; the least that counts for any other.
        const impact = score > 0 ? Math.max(1, Math.min(MAX_IMPACT, Math.round(score * IMPACT_ONE))) : 0;
        words[at++] = ((doc & (BLOCK_SIZE - 1)) << PLACE_SHIFT) | impact;
      }
    }
    words[place + this.blocks] = 4 * at;
  }
}
