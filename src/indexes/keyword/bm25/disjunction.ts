import { type KeywordEstimates, MAX_ESTIMATED, type Scored } from '../../scores.ts';
import { TopDocuments } from '../../top-documents.ts';
import { MIN_ESTIMATE, SHARE_ROUNDING } from '../all-scores.ts';
import { BLOCK_SIZE, ImpactMemory } from './impact-memory.ts';
import { contribution, type ScoringData, type ScoringTerm, scoreAll } from './scoring-term.ts';

/** With fewer postings than one in so many documents, scoring them exactly takes less time than reading all blocks. */
const DOCUMENTS_PER_POSTING = 16;
/** Postings that can be scored exactly in the time in which one term is looked up for one of the k best. */
const LOOK_UP_COST = 8;
/** The least share of a term, so that any match adds to a score; it changes no score by as much as rounding does. */
const MIN_SHARE = 2 ** -60;
/** The best documents of a disjunction. */
interface Top {
  /** Best first, ties by position. */
  readonly hits: Scored[];
  /** How many documents match any term. */
  readonly matched: number;
}

/**
 * The top k of a disjunction, exact. All postings are scored by their impacts in single precision, block by block; a bound
 * of the error shows which few documents may be among the best, and those are scored exactly.
 *
 * Scores by impacts are parts of the terms' weights W = Σ weight. The impact of a posting differs from its score for weight 1 by less
 * than 2^-16, that of a frequent term by about 2^-9; weights, factor, product and each of n additions are rounded
 * (`ImpactMemory.load` adds it up). So a score differs from the exact one by less than `error`, and a document of the exact top k is at most 2 · `error`
 * below the k-th best score by impacts. Reading all postings one after another is faster than skipping some (block-max
 * MaxScore: Ding and Suel, SIGIR 2011), and it counts the documents that match (scripts/measurements/keyword.md has the figures).
 */
export class Disjunction {
  readonly #data: ScoringData;
  readonly #postings: number;
  #memory: ImpactMemory | undefined;
  #scores: Float64Array | undefined;

  /** @param postings of the index. */
  constructor(data: ScoringData, postings: number) {
    this.#data = data;
    this.#postings = postings;
  }

  /** @param terms in the order in which their contributions are added up. */
  top(terms: readonly ScoringTerm[], k: number): Top {
    const documents = this.#data.norms.length;
    const best = Math.min(k, documents);
    const postings = terms.reduce((sum, { start, end }) => sum + end - start, 0);
    const isSmall =
      documents <= BLOCK_SIZE ||
      postings * DOCUMENTS_PER_POSTING < documents ||
      postings < best * terms.length * LOOK_UP_COST;
    return (isSmall ? undefined : this.#topByImpacts(terms, best)) ?? this.#topOfAll(terms, best);
  }

  /**
   * Estimates the scores of all documents: by impacts, or where there are few postings by their exact scores.
   * @param maxScore at least the sum of the terms' weights. @param shares one a document, which are written.
   */
  estimate(
    terms: readonly ScoringTerm[],
    maxScore: number,
    shares: Float32Array,
  ): Pick<KeywordEstimates, 'error' | 'best'> {
    const documents = this.#data.norms.length;
    const postings = terms.reduce((sum, { start, end }) => sum + end - start, 0);
    const isSmall = documents <= BLOCK_SIZE || postings * DOCUMENTS_PER_POSTING < documents;
    const best = new TopDocuments(Math.min(MAX_ESTIMATED, documents));
    const memory = isSmall ? undefined : this.#impacts();
    const error = memory?.load(terms, sharesOf(terms, maxScore));
    if (!memory || error === undefined) {
      shares.fill(0);
      this.#eachScore(terms, (doc, score) => {
        shares[doc] = Math.max(score / maxScore, MIN_ESTIMATE);
        if (shares[doc]! >= best.threshold) best.add(doc, shares[doc]!);
      });
      return { error: SHARE_ROUNDING, best: best.ranked() };
    }
    for (let block = 0; block < memory.blocks; block++) {
      const found = memory.scoreBlock(block, Math.max(best.threshold, MIN_ESTIMATE), shares) & 0xffff;
      for (let n = 0; n < found; n++)
        best.add(block * BLOCK_SIZE + memory.foundPlaces[2 * n]! / 4, memory.foundScores[2 * n + 1]!);
    }
    return { error, best: best.ranked() };
  }

  /** Scores every posting exactly: for terms with few, and for a large k. */
  #topOfAll(terms: readonly ScoringTerm[], k: number): Top {
    const best = new TopDocuments(k);
    let matched = 0;
    this.#eachScore(terms, (doc, score) => {
      matched++;
      if (score >= best.threshold) best.add(doc, score);
    });
    return { hits: best.ranked(), matched };
  }

  /** Calls `visit` for each document with a score above 0, in no order. */
  #eachScore(terms: readonly ScoringTerm[], visit: (doc: number, score: number) => void): void {
    this.#scores ??= new Float64Array(this.#data.norms.length);
    const scores = this.#scores;
    scoreAll(this.#data, terms, scores);
    for (const { docs, start, end } of terms) {
      for (let i = start; i < end; i++) {
        const doc = docs[i]!;
        const score = scores[doc]!;
        // Already seen with an earlier term, or only in fields of weight 0.
        if (score === 0) continue;
        scores[doc] = 0;
        visit(doc, score);
      }
    }
  }

  /** @returns undefined when the postings do not fit into the memory. */
  #topByImpacts(terms: readonly ScoringTerm[], k: number): Top | undefined {
    const memory = this.#impacts();
    let sum = 0;
    for (const { weight } of terms) sum += weight;
    const error = memory.load(terms, sharesOf(terms, sum));
    if (error === undefined) return undefined;
    const margin = 2 * error;
    const best = new TopDocuments(k);
    const candidates: Scored[] = [];
    let matched = 0;
    for (let block = 0; block < memory.blocks; block++) {
      const counts = memory.scoreBlock(block, Math.max(best.threshold - margin, MIN_ESTIMATE));
      matched += counts >>> 16;
      const found = counts & 0xffff;
      for (let n = 0; n < found; n++) {
        const score = memory.foundScores[2 * n + 1]!;
        if (score < best.threshold - margin) continue;
        const doc = block * BLOCK_SIZE + memory.foundPlaces[2 * n]! / 4;
        candidates.push({ doc, score });
        best.add(doc, score);
      }
    }
    // The best first: so the rest can be compared with the k-th best exact score, which is nearer to theirs.
    const near = candidates.filter(({ score }) => score >= best.threshold - margin);
    near.sort((a, b) => b.score - a.score);
    const exact = new TopDocuments(k);
    for (const { doc, score } of near) {
      if ((score + error) * sum < exact.threshold) break;
      exact.add(doc, this.#exactScore(memory, terms, doc));
    }
    return { hits: exact.ranked(), matched };
  }

  #impacts(): ImpactMemory {
    this.#memory ??= new ImpactMemory(this.#data, this.#postings);
    return this.#memory;
  }

  /** What all terms add to the score of a document, one after another. */
  #exactScore(memory: ImpactMemory, terms: readonly ScoringTerm[], doc: number): number {
    let score = 0;
    for (let t = 0; t < terms.length; t++) {
      const term = terms[t]!;
      const posting = memory.find(t, term, doc);
      if (posting !== -1) score += contribution(this.#data, term, term.start + posting);
    }
    return score;
  }
}

/** The weights of terms as parts of a whole. */
function sharesOf(terms: readonly ScoringTerm[], whole: number): Float64Array {
  return Float64Array.from(terms, ({ weight }) => Math.max(weight / whole, MIN_SHARE));
}
