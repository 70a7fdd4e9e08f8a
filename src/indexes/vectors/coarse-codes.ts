import { type KeywordEstimates, MAX_ESTIMATED } from '../scores.ts';
import { TopDocuments } from '../top-documents.ts';
import { SQUARE_ROUNDING } from './coarse-encoding.ts';
import { BLOCK, type CoarseMemory, MAX_CODE, ROUNDING } from './coarse-memory.ts';
import type { CodeMemory } from './code-memory.ts';
import { innerProduct } from './inner-product.ts';
import { SharedWork } from './shared-work.ts';
import type { Combination } from './vector-index.ts';

/** Below any score, and a number of 32 bits, unlike -Infinity, which documents have that must not be found. */
const LOWEST = -1e30;
const NOTHING: Combination = { keywordFactor: 0, cosineFactor: 0 };
/** Documents with the highest keyword scores, from which a scan has its first lower bounds. */
const FIRST_BY_KEYWORD = 32;
/** Where the first part excludes all but a smaller share of these blocks, one of so many, the second part is not read. */
const FEW_BLOCKS = 0.5;
const TRIED_OF = 16;
/** Blocks that documents for a lower bound of the first sum, and of the peak, are taken from after the scan. */
const SEED_BLOCKS = 32;
const PEAK_BLOCKS = 8;

/** What documents are scanned for. */
interface CoarseQuestion extends Combination {
  /** In the combinations, a keyword score is the share that is known of it. */
  readonly keyword?: Pick<KeywordEstimates, 'shares' | 'best'> | undefined;
  readonly allowed?: Uint8Array | undefined;
  readonly peak?: Combination | undefined;
}

/** Of the sums by the first combination and by that of the peak: how much they are at least, and how far off a cosine may be. */
export interface SumBounds {
  /** Infinity for a sum that is not wanted. */
  readonly least: { readonly first: number; readonly peak: number };
  /** How far the cosine by which a sum is computed may be from that of the vector that the 8-bit codes represent. */
  readonly error: { readonly first: number; readonly peak: number };
}

/**
 * Codes of about a quarter of the bytes of the 8-bit codes, from which follows an upper bound of the cosine of every document,
 * so that most documents need no other code to be excluded.
 *
 * A vector is x = Σ c_i v_i + z: its coefficients in the orthonormal directions v_i in which all vectors vary most
 * (`principalDirections`), 8 bits each, and the rest z. With the query in the same directions, q = Σ d_i v_i + q', the
 * cosine is Σ c_i d_i + <q', z>, and by the inequality of Cauchy and Schwarz <q', z> is at most |q'| |z|.
 *
 * The first directions exclude most blocks of documents where the sums that are wanted are known to be high; the further ones are
 * read only of the other blocks, where they are many (partial distances: Bei and Gray, IEEE Transactions on Communications 33, 1985).
 */
export class CoarseCodes {
  readonly #source: CodeMemory;
  readonly #memory: CoarseMemory;
  readonly #mostLost: number;
  /** Of the last query: more than what rounding changed of a bound, and the weights of cosines. */
  #slack = 0;
  #cosineFactor = 0;
  #peakFactor = 0;

  /** @param memory filled with the codes of `source`; neither is changed from now on. */
  constructor(memory: CoarseMemory, source: CodeMemory) {
    this.#memory = memory;
    this.#source = source;
    this.#mostLost = memory.mostLost();
  }

  /** Starts a thread that shares the work on these codes and those of the source; undefined without a processor for it. */
  share(): SharedWork | undefined {
    const work = SharedWork.start({ scan: this.#memory.workKernel, score: this.#source.workKernel });
    this.#memory.work = work;
    this.#source.work = work;
    return work;
  }

  /** To be called before that thread ends. */
  stopSharing(): void {
    this.#memory.work = undefined;
    this.#source.work = undefined;
  }

  /**
   * Asks a question, which `scan` and all after it are about.
   * @returns documents with the highest keyword scores of those that may be found; none if the question has no such scores. A view,
   *   valid until the next call.
   */
  ask(query: Float32Array, { keyword, allowed, peak, ...first }: CoarseQuestion): Uint32Array {
    const { unit, norms } = this.#prepare(query);
    this.#cosineFactor = first.cosineFactor;
    this.#peakFactor = peak?.cosineFactor ?? 0;
    if (allowed) this.#memory.allowed.set(allowed);
    const likely = keyword ? this.#copyKeyword(keyword, allowed) : [];
    const { keywordFactor, cosineFactor } = peak ?? NOTHING;
    this.#memory.ask({
      ...{ unit, norms, isAllowed: allowed !== undefined, hasKeyword: keyword !== undefined },
      factors: [first.keywordFactor, first.cosineFactor, keywordFactor, cosineFactor],
    });
    this.#memory.list.set(likely);
    return this.#memory.list.subarray(0, likely.length);
  }

  /**
   * Bounds the sums of all documents.
   * @param bounds of documents that may matter: others may be excluded from all that follows.
   */
  scan(bounds: SumBounds): void {
    const least = this.#reached(bounds);
    const { blocks } = this.#memory;
    const tried = least[0] > LOWEST ? Math.ceil(blocks / TRIED_OF) : 0;
    // Of few blocks, 8-bit codes of the few documents that may matter cost less than the second part.
    const isDeep = this.#memory.scan(0, tried, false, least) >= FEW_BLOCKS * tried;
    this.#memory.scan(tried, blocks - tried, isDeep, least);
  }

  /**
   * Documents that were not excluded, with sums that are likely the largest: those of some blocks. A view, valid until the next call.
   * @param k as many are wanted, at least.
   */
  seeds(k: number): Uint32Array {
    // Halfway between estimate and bound: documents with the highest bounds are often those that codes represent worst.
    const blocks = new Set(highest(this.#memory.maxima, Math.max(k, SEED_BLOCKS), 2, 4));
    if (this.#peakFactor > 0)
      for (const block of highest(this.#memory.maxima, PEAK_BLOCKS, 3, 4)) blocks.add(block);
    let length = 0;
    for (const block of blocks) {
      for (let doc = block * BLOCK; doc < (block + 1) * BLOCK; doc++) {
        if (this.#memory.uppers[doc]! > Number.NEGATIVE_INFINITY) this.#memory.list[length++] = doc;
      }
    }
    return this.#memory.list.subarray(0, length);
  }

  /**
   * Every document with one of the sums that are the least, or more, ascending, and some with less. A view, valid until the
   * next call. @param bounds no less than those of the scan.
   */
  collect(bounds: SumBounds): Uint32Array {
    const length = this.#memory.collect(this.#reached(bounds));
    return this.#memory.list.subarray(0, length);
  }

  /** What the combinations of the upper bounds of documents with such sums reach. */
  #reached({ least, error }: SumBounds): readonly [number, number] {
    const reached = (wanted: number, factor: number, off: number) => {
      if (wanted === Number.POSITIVE_INFINITY) return wanted;
      // Sums of 32 bits round by their size, which is near that of the bound.
      const rounding = 1e-6 * (Math.abs(wanted) + 2 * factor);
      return Math.max(LOWEST, wanted - factor * (this.#slack + off) - rounding);
    };
    return [
      reached(least.first, this.#cosineFactor, error.first),
      reached(least.peak, this.#peakFactor, error.peak),
    ];
  }

  /** Copies keyword scores, and finds documents with the highest ones, of those that may be found. */
  #copyKeyword(
    { shares, best: known }: Pick<KeywordEstimates, 'shares' | 'best'>,
    allowed: Uint8Array | undefined,
  ): number[] {
    const { scales } = this.#source;
    this.#memory.keyword.set(shares);
    const mayBeFound = (doc: number) => scales[doc]! !== 0 && allowed?.[doc] !== 0;
    const first = known.map(({ doc }) => doc).filter(mayBeFound);
    if (first.length >= FIRST_BY_KEYWORD || known.length < MAX_ESTIMATED)
      return first.slice(0, FIRST_BY_KEYWORD);
    const best = new TopDocuments(FIRST_BY_KEYWORD);
    for (let doc = 0; doc < shares.length; doc++)
      if (shares[doc]! > best.threshold && shares[doc]! > 0 && mayBeFound(doc)) best.add(doc, shares[doc]!);
    return best.ranked().map(({ doc }) => doc);
  }

  /** Writes the coefficients of a query. @returns the value of a step of a product, and what each part leaves of the query. */
  #prepare(query: Float32Array): { readonly unit: number; readonly norms: readonly [number, number] } {
    this.#memory.row.fill(0);
    this.#memory.row.set(query);
    this.#memory.project();
    const norm = innerProduct(query, query);
    let left = norm;
    const weights: number[] = [];
    const norms = this.#memory.parts.map(({ coefficients, steps }) => {
      for (const [i, coefficient] of coefficients.entries()) weights.push(coefficient * steps[i]!);
      left -= innerProduct(coefficients, coefficients);
      // Not 0, so that the bound of a document without a vector is -Infinity.
      return Math.sqrt(Math.max(0, left) + SQUARE_ROUNDING);
    });
    const unit = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 1e-30) / 32767;
    let lost = 0;
    for (const [i, weight] of weights.entries()) {
      const code = Math.round(weight / unit);
      this.#memory.query[i] = code;
      lost += MAX_CODE * Math.abs(weight - code * unit);
    }
    this.#slack =
      Math.sqrt(norm - left + SQUARE_ROUNDING) * this.#mostLost + lost + ROUNDING * Math.sqrt(norm);
    return { unit, norms: [norms[0]!, norms[1]!] };
  }
}

/** The places of the k highest of every `step`-th value from `first` on, best first; none that is infinite. */
function highest(values: Float32Array, k: number, first = 0, step = 1): number[] {
  const best = new TopDocuments(Math.min(k, values.length));
  for (let place = 0, i = first; i < values.length; place++, i += step) {
    const value = values[i]!;
    // Infinite where a document may not be excluded.
    if (value > best.threshold && value < Number.POSITIVE_INFINITY) best.add(place, value);
  }
  return best.ranked().map(({ doc }) => doc);
}
