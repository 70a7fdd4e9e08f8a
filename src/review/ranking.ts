import { inSteps } from '../util/pause.ts';
import type { Basis } from './basis.ts';
import {
  type Explanation,
  explainRow,
  type LearnerInput,
  type PreparedPool,
  preparePool,
  preparePoolInSteps,
  type Ranking,
  rankPool,
  withoutVectors,
} from './learn/learner.ts';
import type { Pool } from './pool/pool.ts';

/** Rankings that are remembered: what a label moved needs the one before it. */
const MAX_CACHED = 8;

/** The papers of a pool in the order in which a reviewer should read them. */
export interface Ranked {
  readonly basis: Basis;
  /** Number of the last event that it knows. Later events may have changed nothing for it. */
  readonly version: number;
  /** Score of each row, labelled ones too. */
  readonly scores: Float64Array;
  /** The rows to read, the next one first. */
  readonly order: Uint32Array;
  /** The rank of a row, from 1; 0 for one that is not to be read. */
  readonly rankOf: Uint32Array;
}

/** The rankings of one pool: the only user of the learner. */
export class Rankings {
  readonly #pool: Pool;
  #prepared: PreparedPool | undefined;
  #preparing: Promise<void> | undefined;
  /** The pool as the last ranking used it. */
  #used: { readonly keywordOnly: boolean; readonly pool: PreparedPool } | undefined;
  readonly #cached = new Map<string, Ranked>();

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Whether the texts are analysed. */
  get isPrepared(): boolean {
    return this.#prepared !== undefined;
  }

  /** Analyses the texts, unless that is done; other work runs now and then. Callers meanwhile wait for the same analysis. */
  async prepare(): Promise<void> {
    if (this.isPrepared) return;
    this.#preparing ??= this.#prepareInSteps();
    await this.#preparing;
  }

  async #prepareInSteps(): Promise<void> {
    try {
      this.#prepared = await inSteps(preparePoolInSteps(learnerInputOf(this.#pool, false)));
    } finally {
      this.#preparing = undefined;
    }
  }

  /**
   * The ranking of a basis, after `prepare`, which is otherwise done at once. Takes up to a second with 20,000 papers, unless it is remembered.
   * @param version number of the last event that the basis knows.
   */
  rank(basis: Basis, version: number): Ranked {
    const ranked = this.#cached.get(basis.model) ?? this.#ranked(basis, version);
    this.#cached.delete(basis.model);
    this.#cached.set(basis.model, ranked);
    if (this.#cached.size > MAX_CACHED) this.#cached.delete(this.#cached.keys().next().value!);
    return ranked;
  }

  /** A ranking that is remembered, by its model. */
  known(model: string): Ranked | undefined {
    return this.#cached.get(model);
  }

  /** The reasons of the score of a row. */
  explain({ basis }: Ranked, row: number): Explanation {
    return explainRow(this.#preparedFor(basis), basis.labels, row);
  }

  #ranked(basis: Basis, version: number): Ranked {
    const { scores, order: unread }: Ranking = rankPool(this.#preparedFor(basis), basis.labels);
    const hidden = new Uint8Array(scores.length);
    for (const row of basis.hidden) hidden[row] = 1;
    const order = unread.filter((row) => hidden[row] === 0);
    const rankOf = new Uint32Array(scores.length);
    for (const [place, row] of order.entries()) rankOf[row] = place + 1;
    return { basis, version, scores, order, rankOf };
  }

  #preparedFor({ keywordOnly }: Basis): PreparedPool {
    this.#prepared ??= preparePool(learnerInputOf(this.#pool, false));
    if (this.#used?.keywordOnly !== keywordOnly) {
      this.#used = { keywordOnly, pool: keywordOnly ? withoutVectors(this.#prepared) : this.#prepared };
    }
    return this.#used.pool;
  }
}

/** What the learner knows about the papers of a pool. */
export function learnerInputOf(
  { papers, vectors }: Pick<Pool, 'papers' | 'vectors'>,
  keywordOnly: boolean,
): LearnerInput {
  const scored = papers.some(({ prior }) => prior !== undefined);
  const least = papers.reduce((least, { prior = 0 }) => Math.min(least, prior), 0);
  return {
    texts: {
      titles: papers.map(({ paper }) => paper.title),
      abstracts: papers.map(({ paper }) => paper.abstract),
      keywords: papers.map(({ paper }) => paper.keywords),
    },
    ...(vectors && !keywordOnly && { vectors }),
    // A removed paper has no score, and is not read.
    ...(scored && { prior: Float64Array.from(papers, ({ prior = least }) => prior) }),
  };
}
