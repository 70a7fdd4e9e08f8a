import type { Scored } from '../types.ts';
import type { CodeMemory } from './code-memory.ts';
import { innerProduct } from './inner-product.ts';
import { quantizeQuery } from './quantize.ts';
import { SignShortlist } from './sign-shortlist.ts';
import { topDocs } from './top-docs.ts';

/** More than the error of the 32-bit arithmetic that makes a score from codes, for unit vectors. */
const ROUNDING = 1e-6;
/** The share of the documents that the signs choose, and the least number. */
const SHORTLIST_SHARE = 0.01;
const SHORTLIST_LEAST = 1000;

/** Scores made from codes. */
export interface Approximation {
  /** One a document; -Infinity for those not allowed. A view, valid until the next call of the index. */
  readonly scores: Float32Array;
  /** How far a document's score may be from its cosine. */
  readonly boundOf: (doc: number) => number;
}

export interface NearestOptions {
  /** One byte a document, 0 for those that must not be found. Default: all may. */
  readonly allowed?: Uint8Array | undefined;
  /** The exact vector of a document, as it was encoded; valid until the next call. */
  readonly vectorAt: (doc: number) => Float32Array;
}

/**
 * Nearest neighbours over 8-bit codes. Vectors and queries are L2-normalised (or zero), so the inner product is
 * the cosine. One call at a time: they share the memory's room to work in.
 */
export class CodeIndex {
  readonly #memory: CodeMemory;
  readonly #approximateFrom: number;
  readonly #signs: SignShortlist | undefined;

  /** @param memory filled, and not changed from now on. */
  constructor(memory: CodeMemory) {
    this.#memory = memory;
    this.#approximateFrom = memory.approximateFrom;
    if (memory.count >= memory.approximateFrom) this.#signs = new SignShortlist(memory);
  }

  get size(): number {
    return this.#memory.count;
  }

  /**
   * The approximate cosine of every document to `query`: off by less than the norm of what quantisation lost,
   * about 0.007, and by 0.0004 as a rule. The codes of documents that are not allowed are not read.
   * @param allowed one byte a document, 0 for no.
   */
  score(query: Float32Array, allowed?: Uint8Array): Approximation {
    const { scores } = this.#memory;
    if (allowed) scores.fill(Number.NEGATIVE_INFINITY);
    return { scores, boundOf: this.#score(query, this.#docs(allowed)) };
  }

  /** The approximate cosines of these documents, in their order. @param docs no more than there are. */
  scoreOf(query: Float32Array, docs: ArrayLike<number>): Float32Array {
    const { list, scores } = this.#memory;
    list.set(docs);
    this.#score(query, list.subarray(0, docs.length));
    return Float32Array.from(docs, (doc) => scores[doc]!);
  }

  /**
   * The k nearest documents with their exact cosines, best first; ties by position, the smaller first.
   *
   * A score from codes is off by no more than |query| × error of the document + error of the query × |codes|, by
   * the inequality of Cauchy and Schwarz. A document whose score and bound together stay below the cosine of any
   * k others is not among the k nearest; all others, a dozen or two, are compared by their exact vectors. So the
   * answer is exact, except for an index so large that the signs choose first.
   */
  nearest(query: Float32Array, k: number, { allowed, vectorAt }: NearestOptions): Scored[] {
    const { scores } = this.#memory;
    const docs = this.#shortlist(query, k, this.#docs(allowed));
    const boundOf = this.#score(query, docs);
    const exact = (doc: number): Scored => ({ doc, score: innerProduct(query, vectorAt(doc)) });
    const likely = topDocs(docs, scores, k);
    const found = Array.from(likely, exact);
    const kth = found.reduce((least, { score }) => Math.min(least, score), Number.POSITIVE_INFINITY);
    const taken = new Set(likely);
    for (let i = 0; i < docs.length; i++) {
      const doc = docs[i]!;
      if (scores[doc]! + boundOf(doc) >= kth && !taken.has(doc)) found.push(exact(doc));
    }
    return found.sort((a, b) => b.score - a.score || a.doc - b.doc).slice(0, k);
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
    if (!this.#signs || docs.length < this.#approximateFrom) return docs;
    const size = Math.max(Math.ceil(SHORTLIST_SHARE * docs.length), SHORTLIST_LEAST + k);
    return size < docs.length ? this.#signs.choose(query, docs, size) : docs;
  }

  /** Scores the documents of a list in the memory. @returns how far a score may be from the cosine. */
  #score(query: Float32Array, docs: Uint32Array): (doc: number) => number {
    const { query: codes, stride, scales, scores, errors, kernel } = this.#memory;
    const { scale, error } = quantizeQuery(query, codes);
    if (docs.length > 0) {
      kernel.score(
        docs.byteOffset,
        docs.length,
        this.#memory.codes.byteOffset,
        stride,
        codes.byteOffset,
        scales.byteOffset,
        scale,
        scores.byteOffset,
      );
    }
    const norm = Math.sqrt(innerProduct(query, query));
    // A document is a unit vector, so its codes stand for one no longer than 1 + its error.
    return (doc) => norm * errors[doc]! + error * (1 + errors[doc]!) + ROUNDING;
  }
}
