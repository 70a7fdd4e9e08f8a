import type { KeywordEstimates, Scored } from '../scores.ts';
import { TopDocuments } from '../top-documents.ts';
import { CoarseCodes, type SumBounds } from './coarse-codes.ts';
import { deriveCoarse } from './coarse-encoding.ts';
import { COARSE_FROM, CoarseMemory } from './coarse-memory.ts';
import type { CodeMemory } from './code-memory.ts';
import { innerProduct } from './inner-product.ts';
import { likelyByScores } from './likely-by-scores.ts';
import { quantizeQuery } from './quantize.ts';
import type { SharedWork } from './shared-work.ts';
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
/** The nearest documents alone need more: 1.28 against 1.02 ms at 40,000, and 16 against 21 at 300,000. */
const NEAREST_FACTOR = 5;
/** A second thread pays from so many times as many. */
const SHARED_FACTOR = 5;
/** A filter that leaves no larger share of all documents than this costs less without coarse codes, which are read whole. */
const FEW = 0.15;
const COSINE: Shared = { keywordFactor: 0, shareFactor: 0, shareError: 0, cosineFactor: 1 };
const NOTHING: Shared = { ...COSINE, cosineFactor: 0 };

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
  #work: SharedWork | undefined;
  /** The query of the scores in the memory; undefined where only a few documents that a question needed have them. */
  #scored: (Pick<Likely, 'boundFor'> & { readonly query: Float32Array; readonly isAll: boolean }) | undefined;
  /** Room for the sums of the documents of a list. */
  #sums = new Float64Array(0);

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
    const memory = new CoarseMemory(this.size, this.#memory.stride);
    yield* deriveCoarse(memory, this.#memory);
    this.#coarse = new CoarseCodes(memory, this.#memory);
  }

  /**
   * Starts a second thread that shares the work of each question, where there are a processor for it, coarse codes, and enough
   * documents. Answers are the same. It ends with `close`.
   */
  share(): void {
    if (this.#work || !this.#coarse || this.size < SHARED_FACTOR * this.#coarseFrom) return;
    this.#work = this.#coarse.share();
  }

  async close(): Promise<void> {
    const work = this.#work;
    this.#work = undefined;
    this.#coarse?.stopSharing();
    await work?.close();
  }

  /**
   * Takes coarse codes that were derived before, where they pay.
   * @param read fills an image (`CoarseMemory`); false if the stored one has another size, or is absent.
   */
  async restore(read: (image: Uint8Array) => boolean | Promise<boolean>): Promise<void> {
    if (this.size < Math.max(1, this.#coarseFrom)) return;
    const memory = new CoarseMemory(this.size, this.#memory.stride);
    if ((await read(memory.image)) && memory.isOfThese) this.#coarse = new CoarseCodes(memory, this.#memory);
  }

  /**
   * The approximate cosine of every document to `query`: off by less than the norm of what quantisation lost,
   * about 0.007, and by 0.0004 as a rule. The codes of documents that are not allowed are not read. What is asked next about the
   * same query and some of these documents is answered by their scores.
   * @param allowed one byte a document, 0 for no.
   */
  score(query: Float32Array, allowed?: Uint8Array): Approximation {
    const { scores, errors, count } = this.#memory;
    const docs = this.#docs(allowed);
    if (docs.length < count) scores.fill(Number.NEGATIVE_INFINITY);
    const boundFor = this.#score(query, docs);
    this.#scored = { query: query.slice(), boundFor, isAll: docs.length === count };
    return { scores, boundOf: (doc) => boundFor(errors[doc]!), largestBound: boundFor(this.#largestError) };
  }

  /** The k nearest documents with their exact cosines, best first; ties by position, the smaller first. */
  nearest(query: Float32Array, k: number, { allowed, vectorAt }: NearestOptions): Scored[] {
    return this.#best(query, { ...COSINE, keyword: undefined, k, allowed, vectorAt }).hits;
  }

  nearestCombined(query: Float32Array, options: CombinedOptions): CombinedHits {
    const { maxScore, error } = options.keyword;
    const { keywordFactor, peak } = options;
    const shareFactor = keywordFactor * maxScore;
    const peakFactor = peak ? peak.keywordFactor * maxScore : 0;
    return this.#best(query, {
      ...{ ...options, shareFactor, shareError: shareFactor * error },
      peak: peak && { ...peak, shareFactor: peakFactor, shareError: peakFactor * error },
    });
  }

  /**
   * A score from codes is off by no more than |query| × error of the document + error of the query × |codes|, by the
   * inequality of Cauchy and Schwarz. A document whose sum and bound together stay below the sums of any k others is not
   * among the best; all others, a dozen or two, are compared by their exact vectors. So the answer is exact. Of the keyword scores
   * only estimates are known, with a bound of their error: the scores themselves are computed where the estimates are not enough.
   */
  #best(query: Float32Array, question: Question): CombinedHits {
    const { errors, scores } = this.#memory;
    const { keyword, keywordFactor, shareError, cosineFactor, k, vectorAt } = question;
    const { docs, boundFor } = this.#likely(query, question);
    const isZero = query.every((value) => value === 0);
    const cosineOf = (doc: number) => (isZero ? 0 : innerProduct(query, vectorAt(doc)));
    const { sums, next, peak } = this.#combined(docs, question);
    if (k === 0) return { hits: [], peak };
    const pointsOf = (some: Uint32Array) => keyword?.scoresOf(some).map((score) => keywordFactor * score);
    const first = new TopDocuments(Math.min(k, docs.length));
    // They come in order: one that equals the worst ranks behind it.
    for (let i = next(0, first.threshold); i < docs.length; i = next(i + 1, first.threshold)) {
      first.add(i, sums[i]!);
    }
    const taken = Uint32Array.from(first.ranked(), ({ doc: i }) => docs[i]!).sort();
    const points = pointsOf(taken);
    const found = Array.from(taken, (doc, n) => ({
      doc,
      score: (points?.[n] ?? 0) + cosineFactor * cosineOf(doc),
    }));
    const last = found.reduce((worst, { score }) => Math.min(worst, score), Number.POSITIVE_INFINITY);
    const isTaken = new Set(taken);
    const possible: number[] = [];
    const least = last - cosineFactor * boundFor(this.#largestError) - shareError;
    for (let i = next(0, least); i < docs.length; i = next(i + 1, least)) {
      const doc = docs[i]!;
      if (!isTaken.has(doc) && sums[i]! + cosineFactor * boundFor(errors[doc]!) + shareError >= last)
        possible.push(doc);
    }
    const others = Uint32Array.from(possible);
    const otherPoints = pointsOf(others);
    for (const [n, doc] of others.entries()) {
      const own = otherPoints?.[n] ?? 0;
      // Reading an exact vector takes the longest.
      if (own + cosineFactor * (scores[doc]! + boundFor(errors[doc]!)) >= last)
        found.push({ doc, score: own + cosineFactor * cosineOf(doc) });
    }
    return { hits: found.sort((a, b) => b.score - a.score || a.doc - b.doc).slice(0, k), peak };
  }

  /** The sums of the documents of a list by the scores in the memory, and the maximum of the second combination. */
  #combined(docs: Uint32Array, question: Question): Combined {
    const { keyword, shareFactor, cosineFactor, peak } = question;
    const { scores } = this.#memory;
    const { length } = docs;
    if (!keyword && !peak && cosineFactor === 1 && length === this.size) {
      const next = (from: number, bound: number) => this.#memory.nextAbove(from, bound);
      return { sums: scores, next, peak: Number.NEGATIVE_INFINITY };
    }
    const shares = keyword?.shares;
    if (this.#sums.length < length) this.#sums = new Float64Array(length);
    const sums = this.#sums;
    const { shareFactor: peakShare, cosineFactor: peakCosine } = peak ?? NOTHING;
    let highest = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < length; i++) {
      const doc = docs[i]!;
      const share = shares ? shares[doc]! : 0;
      const cosine = scores[doc]!;
      sums[i] = shareFactor * share + cosineFactor * cosine;
      const second = peakShare * share + peakCosine * cosine;
      if (second > highest) highest = second;
    }
    const next = (from: number, bound: number) => {
      let i = from;
      while (i < length && sums[i]! <= bound) i++;
      return i;
    };
    return { sums, next, peak: this.#peak(docs, question, highest) };
  }

  /** The maximum of the second combination. @param highest the same by estimates of keyword scores. */
  #peak(docs: Uint32Array, { keyword, peak }: Question, highest: number): number {
    if (!peak) return Number.NEGATIVE_INFINITY;
    const { keywordFactor, shareFactor, shareError, cosineFactor, floor } = peak;
    if (!keyword || (floor !== undefined && highest + shareError < floor)) return highest;
    const { scores } = this.#memory;
    const least = highest - 2 * shareError;
    const likely = docs.filter(
      (doc) => shareFactor * keyword.shares[doc]! + cosineFactor * scores[doc]! >= least,
    );
    return keyword
      .scoresOf(likely)
      .reduce(
        (most, points, n) => Math.max(most, keywordFactor * points + cosineFactor * scores[likely[n]!]!),
        Number.NEGATIVE_INFINITY,
      );
  }

  /** Documents among which the best are, with their scores in the memory. */
  #likely(query: Float32Array, question: Question): Likely {
    const known = this.#likelyOfScored(query, question);
    if (known) return known;
    const { k, peak, cosineFactor, keyword, allowed } = question;
    const coarse = this.#coarse;
    const isLarge = keyword !== undefined || this.size >= NEAREST_FACTOR * this.#coarseFrom;
    const isExcluding = isLarge && cosineFactor > 0 && (!peak || peak.cosineFactor > 0) && k < this.size;
    if (!coarse || !isExcluding || (allowed && areFew(allowed))) {
      const docs = this.#docs(this.#findable(allowed));
      return { docs, boundFor: this.#score(query, docs) };
    }
    const ofShares = ({ shareFactor, cosineFactor: ofCosine }: Shared): Combination => ({
      keywordFactor: shareFactor,
      cosineFactor: ofCosine,
    });
    const asked = { ...ofShares(question), keyword, allowed, peak: peak && ofShares(peak) };
    const before = this.#leastOf(query, coarse.ask(query, asked), question);
    coarse.scan(before);
    const after = this.#leastOf(query, coarse.seeds(k), question);
    const least = {
      first: Math.max(before.least.first, after.least.first),
      peak: Math.max(before.least.peak, after.least.peak),
    };
    const docs = this.#listed(coarse.collect({ ...before, least }));
    return { docs, boundFor: this.#score(query, docs) };
  }

  /** The same by the scores in the memory; undefined if they are of another query, or not of all documents that may be found. */
  #likelyOfScored(query: Float32Array, question: Question): Likely | undefined {
    const { boundFor, query: scoredQuery, isAll = false } = this.#scored ?? {};
    const { cosineFactor, peak, shareError } = question;
    const isExcluding = cosineFactor > 0 && (!peak || peak.cosineFactor > 0);
    if (!boundFor || !isExcluding || !scoredQuery?.every((value, i) => value === query[i])) return undefined;
    const error = cosineFactor * boundFor(this.#largestError) + shareError;
    const docs = likelyByScores(this.#memory, { ...question, error, missing: this.missing, isAll });
    return docs && { docs, boundFor };
  }

  /**
   * The sums that k documents have at least, and one for the peak, by what some documents have: by estimates of keyword scores none with
   * less matters.
   */
  #leastOf(query: Float32Array, some: Uint32Array, question: Question): SumBounds {
    const { keyword, shareFactor, shareError, cosineFactor, k, peak } = question;
    const { scores, errors } = this.#memory;
    const docs = this.#listed(some);
    const boundFor = this.#score(query, docs);
    const best = new TopDocuments(k);
    const peakError = peak?.shareError ?? 0;
    let highest = (peak?.floor ?? Number.NEGATIVE_INFINITY) + peakError;
    for (const doc of docs) {
      const share = keyword ? keyword.shares[doc]! : 0;
      const cosine = scores[doc]! - boundFor(errors[doc]!);
      best.add(doc, shareFactor * share + cosineFactor * cosine);
      if (peak) highest = Math.max(highest, peak.shareFactor * share + peak.cosineFactor * scores[doc]!);
    }
    return {
      // A sum by estimates is off by an error, and so is the one that it is compared with.
      least: {
        first: k === 0 ? Number.POSITIVE_INFINITY : best.threshold - 2 * shareError,
        peak: peak ? highest - 2 * peakError : Number.POSITIVE_INFINITY,
      },
      // The peak is by the scores from codes themselves: only what rounding the query lost, and twice that to be safe.
      error: { first: this.#largestError, peak: 2 * boundFor(0) },
    };
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
    this.#scored = undefined;
    const { scale, error } = quantizeQuery(query, this.#memory.query);
    this.#memory.score(docs, scale);
    return errorBound(query, error);
  }
}

/** A combination of which the keyword score is known as a share, whose factor and error in a sum these are. */
interface Shared extends Combination {
  readonly shareFactor: number;
  readonly shareError: number;
}

interface Question extends NearestOptions, Shared {
  readonly keyword: KeywordEstimates | undefined;
  readonly k: number;
  readonly peak?: (Shared & { readonly floor?: number | undefined }) | undefined;
}

/** Sums of listed documents, by their places in the list. */
interface Combined {
  /** Valid until the next call. */
  readonly sums: Float32Array | Float64Array;
  /** The first place from `from` on with a sum of more than `bound`; the length of the list if there is none. */
  readonly next: (from: number, bound: number) => number;
  readonly peak: number;
}

interface Likely {
  /** Ascending. */
  readonly docs: Uint32Array;
  readonly boundFor: (lost: number) => number;
}

/** Whether a filter leaves so few documents that coarse codes do not pay. */
function areFew(allowed: Uint8Array): boolean {
  const most = FEW * allowed.length;
  let count = 0;
  for (let doc = 0; doc < allowed.length && count <= most; doc++) count += allowed[doc] === 0 ? 0 : 1;
  return count <= most;
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
