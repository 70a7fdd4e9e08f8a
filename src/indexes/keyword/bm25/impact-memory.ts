import { KERNEL } from './kernel.ts';
import { termScore } from './scoring.ts';
import type { ScoringData, ScoringTerm } from './scoring-term.ts';

/** Documents of a block: their scores take 16 KB, half of a processor's first cache. */
export const BLOCK_SIZE = 4096;
/** An impact is this many times the score for weight 1, which is below 1; rounded, it differs by less than 1. */
const IMPACT_ONE = 2 ** 16;
const MAX_IMPACT = IMPACT_ONE - 1;
/** The same in the row of a frequent term. */
const ROW_ONE = 255;
/**
 * A term has a row where at least one document in so many has it: reading a byte of every document takes a tenth of the
 * time of adding to the score of one, and the row is at most twice as large as the postings.
 */
const DOCUMENTS_PER_POSTING = 8;
/** A posting has 4 times the document's place in the block above its impact. */
const PLACE_SHIFT = 18;
/** Terms of a query. */
const MAX_TERMS = 4096;
/** Weights of rows are 16-bit integers, and weights times impacts of all rows stay below 2^31. */
const MAX_ROW_WEIGHT = 2 ** 15 - 1;
const MAX_ROW_WEIGHTS = 2 ** 22;
/** Four bytes a posting: nearly all of an index of 500,000 papers, and the frequent terms of a larger one. */
const MAX_BYTES = 2 ** 28;
const PAGE = 2 ** 16;

/** Where things are in the memory (bytes): scores of a block, what is found in it, the terms of a query, postings. */
const SCORES = 0;
const SCORES_END = SCORES + 4 * BLOCK_SIZE;
const FOUND = SCORES_END;
const TERMS = FOUND + 8 * (BLOCK_SIZE + 2);
const ROWS = TERMS + 8 * MAX_TERMS;
const POSTINGS = ROWS + 8 * (MAX_TERMS + 2);

/** The functions of kernel.wat; everything is given by its address in the memory. */
interface Kernel {
  score(terms: number, termsEnd: number, block: number, scores: number): void;
  scoreRows(
    pairs: number,
    pairsEnd: number,
    first: number,
    scale: number,
    scores: number,
    scoresEnd: number,
  ): void;
  collect(scores: number, bytes: number, least: number, found: number): number;
}

const MODULE = new WebAssembly.Module(Buffer.from(KERNEL, 'base64'));

/** The impacts of a term in the memory. */
interface Impacts {
  /** Where the addresses of its postings by block are (in words); of a row, where that is (in bytes). */
  readonly place: number;
  readonly isRow: boolean;
  /** How much the score of a document for weight 1 differs from its impact, at most. */
  readonly error: number;
}

/**
 * The postings of terms with their impacts, in a WebAssembly memory, by block of documents: the score of each for weight
 * 1, computed when a query first needs the term and rounded to 16 bits, so that scoring a posting is one
 * multiplication (quantised impacts: Anh and Moffat, SIGIR 2006; eager scores: Lù, "BM25S", 2024). A frequent term has a row
 * of 8-bit impacts, one for every document, which are added for many documents at a time. The system gives memory only to
 * what is written.
 */
export class ImpactMemory {
  /** Blocks that the documents fill, the last one perhaps in part. */
  readonly blocks: number;
  /** Of each document found by `collect`, from `2 · n` on: 4 times its place in the block, and its score. */
  readonly foundPlaces: Uint32Array;
  readonly foundScores: Float32Array;
  readonly #data: ScoringData;
  readonly #bytes: Uint8Array;
  readonly #words: Uint32Array;
  readonly #weights: Int16Array;
  readonly #floats: Float32Array;
  readonly #blockScores: Float32Array;
  readonly #kernel: Kernel;
  /** By what identifies the postings of a term. */
  readonly #known = new Map<unknown, Impacts>();
  #next = POSTINGS / 4;
  #loaded: readonly Impacts[] = [];
  #termsEnd = TERMS;
  #rowsEnd = ROWS;
  /** What a weight of 1 of a row, times an impact of 1, adds to a score. */
  #rowScale = 0;

  /** @param postings of the index. @param maxBytes of the memory. */
  constructor(data: ScoringData, postings: number, maxBytes = MAX_BYTES) {
    this.#data = data;
    this.blocks = Math.ceil(data.norms.length / BLOCK_SIZE);
    // Bigrams and words that match several terms have further postings, and a term has an address a block or a row.
    const bytes = Math.min(maxBytes, POSTINGS + 8 * postings + PAGE);
    const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) });
    this.#bytes = new Uint8Array(memory.buffer);
    this.#words = new Uint32Array(memory.buffer);
    this.#weights = new Int16Array(memory.buffer);
    this.#floats = new Float32Array(memory.buffer);
    this.#blockScores = this.#floats.subarray(SCORES / 4, SCORES_END / 4);
    this.foundPlaces = this.#words.subarray(FOUND / 4);
    this.foundScores = this.#floats.subarray(FOUND / 4);
    this.#kernel = new WebAssembly.Instance(MODULE, { keyword: { memory } }).exports as unknown as Kernel;
  }

  /**
   * Prepares a query. When the memory is full it is emptied first, which is less work than it seems: frequent terms
   * come back with the next queries, and most others never.
   * @param shares the weight of each term, as its part of a whole: they add up to 1.
   * @returns by how much a score by impacts and shares differs from the exact one, at most; undefined when the terms do not
   *   fit.
   */
  load(terms: readonly ScoringTerm[], shares: Float64Array): number | undefined {
    if (terms.length > MAX_TERMS) return undefined;
    let loaded = this.#impactsOf(terms);
    if (!loaded) {
      this.#known.clear();
      this.#next = POSTINGS / 4;
      loaded = this.#impactsOf(terms);
    }
    if (!loaded) return undefined;
    this.#loaded = loaded;
    this.#termsEnd = TERMS;
    let rows = 0;
    let largest = 0;
    let sum = 0;
    let error = 0;
    for (let t = 0; t < loaded.length; t++) {
      const impacts = loaded[t]!;
      error += shares[t]! * impacts.error;
      if (impacts.isRow) {
        rows++;
        sum += shares[t]!;
        if (shares[t]! > largest) largest = shares[t]!;
      } else {
        this.#words[this.#termsEnd / 4] = 4 * impacts.place;
        this.#floats[this.#termsEnd / 4 + 1] = shares[t]! / IMPACT_ONE;
        this.#termsEnd += 8;
      }
    }
    const unit = Math.max(largest / MAX_ROW_WEIGHT, sum / MAX_ROW_WEIGHTS);
    this.#loadRows(shares, unit);
    // Weights of rows are rounded to units; factor, product and each of the additions, to 24 bits.
    return error + rows * unit + (terms.length + 5) * 2 ** -24;
  }

  /**
   * Scores the documents of a block by the terms that were loaded last, and writes those with at least a score (above
   * 0) to `foundPlaces` and `foundScores`.
   * @param scores where to write those of all documents, too. Default: nowhere.
   * @returns how many documents match any term, times 65,536, plus how many were written.
   */
  scoreBlock(block: number, least: number, scores?: Float32Array): number {
    if (this.#rowsEnd > ROWS) {
      const first = block * BLOCK_SIZE;
      this.#kernel.scoreRows(ROWS, this.#rowsEnd, first, this.#rowScale, SCORES, SCORES_END);
    }
    if (this.#termsEnd > TERMS) this.#kernel.score(TERMS, this.#termsEnd, 4 * block, SCORES);
    if (scores) {
      const first = block * BLOCK_SIZE;
      scores.set(this.#blockScores.subarray(0, scores.length - first), first);
    }
    return this.#kernel.collect(SCORES, 4 * BLOCK_SIZE, least, FOUND);
  }

  /**
   * The posting of a document, counted from the term's first; -1 when it has none, or one that adds nothing to its score.
   * @param t place of the term among those that were loaded last. @param term the same.
   */
  find(t: number, { docs, start, end }: ScoringTerm, doc: number): number {
    const { place, isRow } = this.#loaded[t]!;
    if (isRow) {
      if (this.#bytes[place + doc] === 0) return -1;
      return findNear(docs, start, end, doc, doc / this.#data.norms.length) - start;
    }
    const words = this.#words;
    const block = Math.floor(doc / BLOCK_SIZE);
    const inBlock = doc % BLOCK_SIZE;
    const first = words[place]! >>> 2;
    const blockEnd = words[place + block + 1]! >>> 2;
    let low = words[place + block]! >>> 2;
    let high = blockEnd;
    // The places are in the high bits, so the words are in their order.
    const wanted = inBlock << PLACE_SHIFT;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (words[middle]! < wanted) low = middle + 1;
      else high = middle;
    }
    return low < blockEnd && words[low]! >>> PLACE_SHIFT === inBlock ? low - first : -1;
  }

  /** Writes where the rows of the loaded terms are, in pairs; the last is a pair with itself if there is none left. */
  #loadRows(shares: Float64Array, unit: number): void {
    let rows = 0;
    for (let t = 0; t < this.#loaded.length; t++) {
      const { place, isRow } = this.#loaded[t]!;
      if (!isRow) continue;
      const pair = ROWS + 16 * (rows >>> 1);
      const second = rows & 1;
      this.#words[pair / 4 + second] = place;
      // A term counts, however little it weighs.
      this.#weights[pair / 2 + 4 + second] = Math.max(1, Math.round(shares[t]! / unit));
      if (second === 0) {
        this.#words[pair / 4 + 1] = place;
        this.#weights[pair / 2 + 5] = 0;
      }
      rows++;
    }
    this.#rowsEnd = ROWS + 16 * ((rows + 1) >>> 1);
    this.#rowScale = unit / ROW_ONE;
  }

  #impactsOf(terms: readonly ScoringTerm[]): Impacts[] | undefined {
    const all: Impacts[] = [];
    for (const term of terms) {
      let impacts = this.#known.get(term.key);
      if (!impacts) {
        impacts = this.#write(term);
        if (!impacts) return undefined;
        this.#known.set(term.key, impacts);
      }
      all.push(impacts);
    }
    return all;
  }

  /** @returns undefined when there is no room. */
  #write(term: ScoringTerm): Impacts | undefined {
    const postings = term.end - term.start;
    const isRow = postings * DOCUMENTS_PER_POSTING >= this.#data.norms.length;
    // Rows begin at a multiple of 16 bytes.
    const place = isRow ? (this.#next + 3) & ~3 : this.#next;
    const next = place + (isRow ? (this.blocks * BLOCK_SIZE) / 4 : this.blocks + 1 + postings);
    if (next > this.#words.length) return undefined;
    this.#next = next;
    if (isRow) return { place: 4 * place, isRow, error: this.#writeRow(term, 4 * place) };
    this.#writePostings(term, place);
    return { place, isRow, error: 1 / IMPACT_ONE };
  }

  /** Writes the addresses of a term's postings by block, and the postings. */
  #writePostings({ docs, frequencies, start, end }: ScoringTerm, place: number): void {
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

  /** Writes the impact of a term for every document. @returns by how much one differs from the score, at most. */
  #writeRow({ docs, frequencies, start, end }: ScoringTerm, place: number): number {
    const { tables, norms } = this.#data;
    const { text, names } = tables;
    const row = this.#bytes.subarray(place, place + this.blocks * BLOCK_SIZE).fill(0);
    let error = 0;
    for (let i = start; i < end; i++) {
      const doc = docs[i]!;
      const packed = frequencies[i]!;
      const score = termScore(1, text[packed]!, names[packed]!, norms[doc]!);
      const impact = score > 0 ? Math.max(1, Math.round(score * ROW_ONE)) : 0;
      row[doc] = impact;
      const difference = Math.abs(score - impact / ROW_ONE);
      if (difference > error) error = difference;
    }
    return error;
  }
}

/**
 * The place of a document that is among `[start, end)`: looked for around where it would be if they were evenly distributed, in
 * steps that double (Bentley and Yao, Information Processing Letters, 1976).
 * @param share where in all documents it is, from 0 to 1.
 */
function findNear(docs: Uint32Array, start: number, end: number, doc: number, share: number): number {
  let low = start + Math.floor((end - start) * share);
  let high = low;
  for (let step = 8; low > start && docs[low]! > doc; step *= 2) {
    high = low;
    low = Math.max(start, low - step);
  }
  for (let step = 8; high < end && docs[high]! < doc; step *= 2) {
    low = high;
    high = Math.min(end, high + step);
  }
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (docs[middle]! < doc) low = middle + 1;
    else high = middle;
  }
  return low;
}
