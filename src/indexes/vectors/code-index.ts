import type { Scored } from '../scores.ts';
import { TopDocuments } from '../top-documents.ts';
import { BinaryShortlist } from './binary-shortlist.ts';
import type { CodeMemory } from './code-memory.ts';
import { innerProduct } from './inner-product.ts';
import { type Quantized, quantizeQuery } from './quantize.ts';
import type {
  Approximation,
  Combination,
  CombinedHits,
  CombinedOptions,
  NearestOptions,
  VectorIndex,
} from './vector-index.ts';

/** More than the error of the 32-bit arithmetic that makes a score from codes, for unit vectors. */
const ROUNDING = 1e-6;
/** Binary codes choose this share of the documents, and at least so many for each one to be found. */
const SHORTLIST_SHARE = 0.01;
const SHORTLIST_PER_HIT = 100;

/**
 * Nearest neighbours over 8-bit codes. Vectors and queries are L2-normalised, so the inner product is the cosine. A
 * document whose vector is zero has none yet. One call at a time: they share the memory's room to work in.
 */
export class CodeIndex implements VectorIndex {
  readonly missing: Uint8Array | undefined;
  readonly #memory: CodeMemory;
  readonly #approximateFrom: number;
  readonly #binary: BinaryShortlist | undefined;
  readonly #largestError: number;

  /** @param memory filled, and not changed from now on. */
  constructor(memory: CodeMemory) {
    this.#memory = memory;
    this.#approximateFrom = memory.approximateFrom;
    this.missing = memory.missing();
    this.#largestError = memory.errors.reduce((largest, error) => Math.max(largest, error), 0);
    if (memory.count >= memory.approximateFrom) this.#binary = new BinaryShortlist(memory);
  }

  get size(): number {
    return this.#memory.count;
  }

  /** Whether there are so many documents that binary codes choose which are compared. */
  get isApproximate(): boolean {
    return this.#binary !== undefined;
  }

  /**
   * The approximate cosine of every document to `query`: off by less than the norm of what quantisation lost,
   * about 0.007, and by 0.0004 as a rule. The codes of documents that are not allowed are not read.
   * @param allowed one byte a document, 0 for no.
   */
  score(query: Float32Array, allowed?: Uint8Array): Approximation {
    return this.#approximation(query, this.#docs(allowed));
  }

  /**
   * As `score`, of the documents that may be among the k nearest and of those in `also`. All documents, except in an
   * index so large that binary codes choose.
   * @param also positions of documents, ascending or not, each once. @param allowed those in `also` are.
   */
  scoreLikely(query: Float32Array, k: number, also: ArrayLike<number>, allowed?: Uint8Array): Approximation {
    const { list } = this.#memory;
    const near = this.#shortlist(query, k, this.#docs(allowed));
    if (near.length + also.length >= this.size) return this.score(query, allowed);
    // A document in both is scored twice, to the same.
    list.set(near);
    list.set(also, near.length);
    return this.#approximation(query, list.subarray(0, near.length + also.length));
  }

  /**
   * The k nearest documents with their exact cosines, best first; ties by position, the smaller first.
   *
   * A score from codes is off by no more than |query| × error of the document + error of the query × |codes|, by
   * the inequality of Cauchy and Schwarz. A document whose score and bound together stay below the cosine of any
   * k others is not among the k nearest; all others, a dozen or two, are compared by their exact vectors. So the
   * answer is exact, except in an index so large that binary codes choose first.
   */
  nearest(query: Float32Array, k: number, { allowed, vectorAt }: NearestOptions): Scored[] {
    const memory = this.#memory;
    const { scores, errors, count } = memory;
    const nextAbove = (from: number, bound: number) => memory.nextAbove(from, bound);
    const exact = (doc: number): Scored => ({ doc, score: innerProduct(query, vectorAt(doc)) });
    const { error } = this.#score(query, this.#shortlist(query, k, this.#docs(this.#findable(allowed))));
    const boundFor = errorBound(query, error);
    const likely = this.#best(k);
    const found = likely.map(({ doc }) => exact(doc));
    const kth = found.reduce((least, { score }) => Math.min(least, score), Number.POSITIVE_INFINITY);
    const taken = new Set(likely.map(({ doc }) => doc));
    const least = kth - boundFor(this.#largestError);
    for (let doc = nextAbove(0, least); doc < count; doc = nextAbove(doc + 1, least)) {
      if (scores[doc]! + boundFor(errors[doc]!) >= kth && !taken.has(doc)) found.push(exact(doc));
    }
    return found.sort((a, b) => b.score - a.score || a.doc - b.doc).slice(0, k);
  }

  nearestCombined(query: Float32Array, options: CombinedOptions): CombinedHits {
    const { keyword, keywordFactor, cosineFactor, k, allowed, vectorAt, peak } = options;
    const { scores, boundOf } = this.#approximation(query, this.#docs(this.#findable(allowed)));
    const exact = (doc: number) => innerProduct(query, vectorAt(doc));
    const best = ({ keywordFactor, cosineFactor }: Combination, wanted: number): Scored[] => {
      const least = new TopDocuments(Math.min(wanted, scores.length));
      const bounds = new Float64Array(scores.length).fill(Number.NEGATIVE_INFINITY);
      for (let doc = 0; doc < scores.length; doc++) {
        if (scores[doc] === Number.NEGATIVE_INFINITY) continue;
        const sum = keywordFactor * keyword[doc]! + cosineFactor * scores[doc]!;
        // A sum of 64 bits may round to the other side of the bound.
        const bound = cosineFactor * boundOf(doc) + ROUNDING;
        least.add(doc, sum - bound);
        bounds[doc] = sum + bound;
      }
      const found: Scored[] = [];
      for (let doc = 0; doc < bounds.length; doc++) {
        if (bounds[doc]! === Number.NEGATIVE_INFINITY || bounds[doc]! < least.threshold) continue;
        found.push({ doc, score: keywordFactor * keyword[doc]! + cosineFactor * exact(doc) });
      }
      return found.sort((a, b) => b.score - a.score || a.doc - b.doc).slice(0, wanted);
    };
    let highest = Number.NEGATIVE_INFINITY;
    for (let doc = 0; peak && doc < scores.length; doc++) {
      const sum = peak.keywordFactor * keyword[doc]! + peak.cosineFactor * scores[doc]!;
      if (sum > highest) highest = sum;
    }
    return { hits: k > 0 ? best({ keywordFactor, cosineFactor }, k) : [], peak: highest };
  }

  /** The documents that a filter leaves, without those that have no vector. */
  #findable(allowed: Uint8Array | undefined): Uint8Array | undefined {
    const { missing } = this;
    if (!missing) return allowed;
    return missing.map((none, doc) => (none === 1 || allowed?.[doc] === 0 ? 0 : 1));
  }

  /** The k documents with the best scores. */
  #best(k: number): Scored[] {
    const { scores, count } = this.#memory;
    const best = new TopDocuments(Math.min(k, count));
    let doc = this.#memory.nextAbove(0, best.threshold);
    for (; doc < count; doc = this.#memory.nextAbove(doc + 1, best.threshold)) best.add(doc, scores[doc]!);
    return best.ranked();
  }

  /** The documents that a filter leaves, ascending. */
  #docs(allowed: Uint8Array | undefined): Uint32Array {
    const { count, everyDoc, list } = this.#memory;
    if (!allowed) return everyDoc;
    let length = 0;
    for (let doc = 0; doc < count; doc++) {
      // Written every time and kept when allowed: no branch to mispredict.
      list[length] = doc;
      length += allowed[doc] === 0 ? 0 : 1;
    }
    return list.subarray(0, length);
  }

  #shortlist(query: Float32Array, k: number, docs: Uint32Array): Uint32Array {
    if (!this.#binary || docs.length < this.#approximateFrom) return docs;
    const size = Math.max(Math.ceil(SHORTLIST_SHARE * docs.length), SHORTLIST_PER_HIT * k);
    return size < docs.length ? this.#binary.choose(query, docs, size) : docs;
  }

  #approximation(query: Float32Array, docs: Uint32Array): Approximation {
    const { scores, errors } = this.#memory;
    const { error } = this.#score(query, docs);
    const boundFor = errorBound(query, error);
    const boundOf = (doc: number) => boundFor(errors[doc]!);
    return { scores, boundOf, largestBound: boundFor(this.#largestError) };
  }

  /** Scores the documents of a list in the memory; all others get -Infinity. */
  #score(query: Float32Array, docs: Uint32Array): Quantized {
    const { scores, count } = this.#memory;
    if (docs.length < count) scores.fill(Number.NEGATIVE_INFINITY);
    const quantized = quantizeQuery(query, this.#memory.query);
    this.#memory.score(docs, quantized.scale);
    return quantized;
  }
}

/**
 * How far a score may be from the cosine, by what quantisation lost of the document.
 * @param error what it lost of the query.
 */
function errorBound(query: Float32Array, error: number): (lost: number) => number {
  const norm = Math.sqrt(innerProduct(query, query));
  // A document is a unit vector, so its codes represent one no longer than 1 + what was lost.
  return (lost) => norm * lost + error * (1 + lost) + ROUNDING;
}
