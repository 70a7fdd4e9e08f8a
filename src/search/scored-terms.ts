import type { KeywordIndex, QueryTerm } from '../indexes/keyword/keyword-index.ts';
import type { KeywordEstimates } from '../indexes/scores.ts';

/** Estimates of the keyword scores of a query, which stay as they are while others are computed. */
export interface ScoredTerms {
  /** Only for this list, not for one like it. */
  readonly terms: readonly QueryTerm[];
  readonly estimates: KeywordEstimates;
}

/**
 * Estimates of the keyword scores of a query; valid until the next call of the index.
 * @param query its `scored` is used if it is that of its terms.
 */
export function keywordEstimates(
  { terms, scored }: { readonly terms: readonly QueryTerm[]; readonly scored?: ScoredTerms | undefined },
  lexical: Pick<KeywordIndex, 'estimate'>,
): KeywordEstimates {
  return scored?.terms === terms ? scored.estimates : lexical.estimate(terms);
}

/** Memory for the estimates of requests that are being encoded (bytes). */
const MAX_BYTES = 32 * 2 ** 20;
/** Requests whose estimates are kept at once: more wait in a queue before the model. */
const MAX_KEPT = 8;

/**
 * Keeps the estimates of a few requests at a time. The indexes overwrite theirs at the next call, which may be
 * that of another request while this one waits for its vector.
 */
export class ScoreKeeper {
  readonly #free: Float32Array<ArrayBuffer>[] = [];
  readonly #papers: number;
  #left: number;

  /** @param papers of the index. */
  constructor(papers: number) {
    this.#papers = papers;
    this.#left = Math.min(MAX_KEPT, Math.floor(MAX_BYTES / (4 * Math.max(1, papers))));
  }

  /** Estimates the scores of terms, and keeps the estimates until they are dropped. @returns undefined if others take up the room. */
  keep(terms: readonly QueryTerm[], lexical: Pick<KeywordIndex, 'estimate'>): ScoredTerms | undefined {
    if (this.#left === 0) return undefined;
    const room = this.#free.pop() ?? new Float32Array(this.#papers);
    const estimates = lexical.estimate(terms, room);
    this.#left--;
    return { terms, estimates };
  }

  /** Makes room for others. @param kept not used from now on. */
  drop({ estimates }: ScoredTerms): void {
    this.#left++;
    this.#free.push(estimates.shares);
  }
}
