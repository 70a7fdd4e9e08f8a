import type { Scored } from '../scores.ts';
import { TopDocuments } from '../top-documents.ts';
import { CoarseCodes } from './coarse-codes.ts';
import type { CodeMemory } from './code-memory.ts';
import { innerProduct } from './inner-product.ts';
import { quantizeQuery } from './quantize.ts';
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
/** From this many documents on, coarse codes save more than the 0.1 ms that preparing a query for them takes. */
const COARSE_FROM = 5000;
const COSINE: Combination = { keywordFactor: 0, cosineFactor: 1 };

/**
 * Nearest neighbours over 8-bit codes. Vectors and queries are L2-normalised, so the inner product is the cosine. A
 * document whose vector is zero has none yet. One call at a time: they share the memory's room to work in.
 */
export class CodeIndex implements VectorIndex {
  readonly missing: Uint8Array | undefined;
  readonly #memory: CodeMemory;
  readonly #coarseFrom: number;
  readonly #largestError: number;
  /** Undefined until they are derived. */
  #coarse: CoarseCodes | undefined;

  /** @param memory filled, and not changed from now on. @param coarseFrom documents from which `prepare` does something. */
  constructor(memory: CodeMemory, coarseFrom = COARSE_FROM) {
    this.#memory = memory;
    this.#coarseFrom = coarseFrom;
    this.missing = memory.missing();
    this.#largestError = memory.errors.reduce((largest, error) => Math.max(largest, error), 0);
  }

  get size(): number {
    return this.#memory.count;
  }

  /**
   * Derives coarse codes, with which answers are the same and faster: about 3 µs a document, a few milliseconds between
   * two yields, between which the index can be used.
   */
  *prepare(): Generator<void> {
    if (this.#coarse || this.size < Math.max(1, this.#coarseFrom)) return;
    const coarse = new CoarseCodes(this.#memory);
    yield* coarse.derive();
    this.#coarse = coarse;
  }

  /**
   * The approximate cosine of every document to `query`: off by less than the norm of what quantisation lost,
   * about 0.007, and by 0.0004 as a rule. The codes of documents that are not allowed are not read.
   * @param allowed one byte a document, 0 for no.
   */
  score(query: Float32Array, allowed?: Uint8Array): Approximation {
    const { scores, errors, count } = this.#memory;
    const docs = this.#docs(allowed);
    if (docs.length < count) scores.fill(Number.NEGATIVE_INFINITY);
    const boundFor = this.#score(query, docs);
    return { scores, boundOf: (doc) => boundFor(errors[doc]!), largestBound: boundFor(this.#largestError) };
  }

  /** The k nearest documents with their exact cosines, best first; ties by position, the smaller first. */
  nearest(query: Float32Array, k: number, { allowed, vectorAt }: NearestOptions): Scored[] {
    return this.#best(query, { ...COSINE, keyword: undefined, k, allowed, vectorAt }).hits;
  }

  nearestCombined(query: Float32Array, options: CombinedOptions): CombinedHits {
    return this.#best(query, options);
  }

  /**
   * A score from codes is off by no more than |query| × error of the document + error of the query × |codes|, by the
   * inequality of Cauchy and Schwarz. A document whose sum and bound together stay below the sums of any k others is not
   * among the best; all others, a dozen or two, are compared by their exact vectors. So the answer is exact.
   */
  #best(query: Float32Array, question: Question): CombinedHits {
    const { scores, errors } = this.#memory;
    const { keyword, k, vectorAt, peak } = question;
    const { docs, boundFor } = this.#likely(query, question);
    const isZero = query.every((value) => value === 0);
    const cosines = new Map<number, number>();
    const cosineOf = (doc: number): number => {
      const known = cosines.get(doc);
      if (known !== undefined) return known;
      const cosine = isZero ? 0 : innerProduct(query, vectorAt(doc));
      cosines.set(doc, cosine);
      return cosine;
    };
    const best = ({ keywordFactor, cosineFactor }: Combination, wanted: number): Scored[] => {
      const sum = (doc: number, cosine: number) =>
        (keyword ? keywordFactor * keyword[doc]! : 0) + cosineFactor * cosine;
      const first = new TopDocuments(Math.min(wanted, docs.length));
      for (let i = 0; i < docs.length; i++) {
        const approximate = sum(docs[i]!, scores[docs[i]!]!);
        // Documents come in order: one that equals the worst ranks behind it.
        if (approximate > first.threshold) first.add(docs[i]!, approximate);
      }
      const found = first.ranked().map(({ doc }) => ({ doc, score: sum(doc, cosineOf(doc)) }));
      const last = found.reduce((least, { score }) => Math.min(least, score), Number.POSITIVE_INFINITY);
      const taken = new Set(found.map(({ doc }) => doc));
      const least = last - cosineFactor * boundFor(this.#largestError);
      for (let i = 0; i < docs.length; i++) {
        const doc = docs[i]!;
        const approximate = sum(doc, scores[doc]!);
        if (approximate < least || taken.has(doc)) continue;
        if (approximate + cosineFactor * boundFor(errors[doc]!) >= last) {
          found.push({ doc, score: sum(doc, cosineOf(doc)) });
        }
      }
      return found.sort((a, b) => b.score - a.score || a.doc - b.doc).slice(0, wanted);
    };
    let highest = Number.NEGATIVE_INFINITY;
    for (let i = 0; peak && i < docs.length; i++) {
      const doc = docs[i]!;
      const sum = (keyword ? peak.keywordFactor * keyword[doc]! : 0) + peak.cosineFactor * scores[doc]!;
      if (sum > highest) highest = sum;
    }
    return { hits: k > 0 ? best(question, k) : [], peak: highest };
  }

  /** Documents among which the best are, with their scores in the memory. */
  #likely(query: Float32Array, question: Question): Likely {
    const { k, peak, cosineFactor, keywordFactor, keyword, allowed } = question;
    const coarse = this.#coarse;
    const isExcluding = cosineFactor > 0 && (!peak || peak.cosineFactor > 0) && k < this.size;
    if (!coarse || !isExcluding) {
      const docs = this.#docs(this.#findable(allowed));
      return { docs, boundFor: this.#score(query, docs) };
    }
    coarse.scan(query, { keywordFactor, cosineFactor, keyword, allowed, peak });
    const seeds = coarse.seeds(k, peak !== undefined);
    const boundFor = this.#score(query, this.#listed(seeds));
    // The sums that k documents have at least: no document with less is among the best.
    const least = (combination: Combination, wanted: number) =>
      wanted === 0 ? Number.MAX_VALUE : this.#leastOf(seeds, combination, wanted, keyword, boundFor);
    const docs = this.#listed(
      coarse.collect(
        { least: least(question, k), cosineFactor },
        // The peak is by the scores themselves, so this is less than it needs to be, and safe.
        peak && { least: least(peak, 1), cosineFactor: peak.cosineFactor },
        this.#largestError,
      ),
    );
    return { docs, boundFor: this.#score(query, docs) };
  }

  /** The lower bound of the `wanted`-th best sum of these documents, whose scores are in the memory; -Infinity if fewer. */
  #leastOf(
    docs: Uint32Array,
    { keywordFactor, cosineFactor }: Combination,
    wanted: number,
    keyword: Float64Array | undefined,
    boundFor: (lost: number) => number,
  ): number {
    const { scores, errors } = this.#memory;
    const best = new TopDocuments(wanted);
    for (const doc of docs) {
      const cosine = scores[doc]! - boundFor(errors[doc]!);
      best.add(doc, (keyword ? keywordFactor * keyword[doc]! : 0) + cosineFactor * cosine);
    }
    return best.threshold;
  }

  /** The documents that a filter leaves, without those that have no vector. */
  #findable(allowed: Uint8Array | undefined): Uint8Array | undefined {
    const { missing } = this;
    if (!missing) return allowed;
    return missing.map((none, doc) => (none === 1 || allowed?.[doc] === 0 ? 0 : 1));
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

  /** A copy of a list where the kernel reads it. */
  #listed(docs: Uint32Array): Uint32Array {
    const { list } = this.#memory;
    list.set(docs);
    return list.subarray(0, docs.length);
  }

  /** Scores the documents of a list in the memory. @returns how far a score may be from the cosine, by what quantisation lost. */
  #score(query: Float32Array, docs: Uint32Array): (lost: number) => number {
    const { scale, error } = quantizeQuery(query, this.#memory.query);
    this.#memory.score(docs, scale);
    return errorBound(query, error);
  }
}

type Question = Omit<CombinedOptions, 'keyword'> & { readonly keyword: Float64Array | undefined };

interface Likely {
  /** Ascending. */
  readonly docs: Uint32Array;
  readonly boundFor: (lost: number) => number;
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
