import type { KeywordIndex, QueryTerm } from '../indexes/keyword/keyword-index.ts';
import type { KeywordScores } from '../indexes/scores.ts';

/** The keyword scores of the terms of a query, which stay as they are while others are computed. */
export interface ScoredTerms {
  /** Only for this list, not for one like it. */
  readonly terms: readonly QueryTerm[];
  readonly scores: KeywordScores;
}

/**
 * The keyword scores of a query; valid until the next call of the index.
 * @param query its `scored` is used if it is that of its terms.
 */
export function keywordScores(
  { terms, scored }: { readonly terms: readonly QueryTerm[]; readonly scored?: ScoredTerms | undefined },
  lexical: Pick<KeywordIndex, 'score'>,
): KeywordScores {
  return scored?.terms === terms ? scored.scores : lexical.score(terms);
}

/** Memory for the scores of requests that are being encoded (bytes). */
const MAX_BYTES = 32 * 2 ** 20;
/** Requests whose scores are kept at once: more wait in a queue before the model. */
const MAX_KEPT = 8;

/**
 * Keeps the keyword scores of a few requests at a time. The indexes overwrite their scores at the next call, which may be
 * that of another request while this one waits for its vector.
 */
export class ScoreKeeper {
  readonly #free: Float64Array[] = [];
  readonly #papers: number;
  #left: number;

  /** @param papers of the index. */
  constructor(papers: number) {
    this.#papers = papers;
    this.#left = Math.min(MAX_KEPT, Math.floor(MAX_BYTES / (8 * Math.max(1, papers))));
  }

  /** Scores terms, and keeps the scores until they are dropped. @returns undefined if others take up the room. */
  keep(terms: readonly QueryTerm[], lexical: Pick<KeywordIndex, 'score'>): ScoredTerms | undefined {
    if (this.#left === 0) return undefined;
    this.#left--;
    const room = this.#free.pop() ?? new Float64Array(this.#papers);
    const { scores, maxScore } = lexical.score(terms);
    let highest = 0;
    for (let doc = 0; doc < room.length; doc++) {
      const score = scores[doc]!;
      room[doc] = score;
      if (score > highest) highest = score;
    }
    return { terms, scores: { scores: room, maxScore, highest } };
  }

  /** Makes room for others. @param kept not used from now on. */
  drop({ scores }: ScoredTerms): void {
    this.#left++;
    this.#free.push(scores.scores);
  }
}
