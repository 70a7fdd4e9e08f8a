import { comparesSentences, LIKELY_SENTENCES, SENTENCES } from '../../encode/models/tasks.ts';
import { PaperSearchError } from '../../errors.ts';
import type { Scored } from '../../indexes/scores.ts';
import type { SearchRequest } from '../api.ts';
import { SharedCache } from '../shared-cache.ts';
import { byLikelySentence, bySentence } from './by-sentence.ts';
import { rerankedDepth } from './depth.ts';
import { type Comparisons, compareWithin, type DeadlineAfter } from './rerank.ts';
import type { Candidate, RerankedQuery, Reranker } from './reranker.ts';
import type { SentenceFinder } from './sentences.ts';

/** Rerankers by name, besides the comparison of sentences that every index has. */
export interface Rerankers {
  /** @throws PaperSearchError MODEL_UNAVAILABLE when there is one with this name that cannot be used. */
  find(name: string): Promise<Reranker | undefined>;
  /** Their names, sorted. */
  names(): Promise<readonly string[]>;
  /** Closes every one that was found. */
  close(): Promise<void>;
}

/** Rerankers that exist already. @throws PaperSearchError BAD_REQUEST for two of the same name, or one with a name for comparing sentences. */
export function rerankersOf(rerankers: readonly Reranker[]): Rerankers {
  const known = new Map<string, Reranker>();
  for (const reranker of rerankers) {
    if (comparesSentences(reranker.name) || known.has(reranker.name)) {
      throw new PaperSearchError('BAD_REQUEST', `There is more than one reranker called "${reranker.name}".`);
    }
    known.set(reranker.name, reranker);
  }
  return {
    find: async (name) => known.get(name),
    names: async () => [...known.keys()].sort(),
    close: async () => {
      await Promise.all(Array.from(known.values(), (reranker) => reranker.close?.()));
    },
  };
}

/** The rerankers that every index has. */
const OWN: ReadonlyMap<string, (sentences: SentenceFinder) => Reranker> = new Map([
  [SENTENCES, bySentence],
  [LIKELY_SENTENCES, byLikelySentence],
]);

/** Answers whose comparisons are kept. */
const MAX_ANSWERS = 500;
/** How long an answer keeps the order that it had when its time was up (milliseconds): pages that are read meanwhile fit. */
const OUT_OF_TIME_LIFETIME = 300_000;

/** How an answer is reranked. */
export interface RerankChoice {
  readonly reranker: Reranker;
  /** Papers, from 1. */
  readonly depth: number;
  readonly budgetMs: number | undefined;
  /** Aborts when the client no longer waits. */
  readonly signal: AbortSignal | undefined;
}

/** The rerankers of one snapshot, and what they said before. */
export class SnapshotRerankers {
  readonly #others: Rerankers;
  readonly #deadlineAfter: DeadlineAfter | undefined;
  readonly #comparisons = new SharedCache<Comparisons>(MAX_ANSWERS);

  /** @param others closed by the caller. */
  constructor(others: Rerankers, deadlineAfter?: DeadlineAfter) {
    this.#others = others;
    this.#deadlineAfter = deadlineAfter;
  }

  /**
   * How a request asks to be reranked; undefined if it does not.
   * @throws PaperSearchError BAD_REQUEST for an unknown name; the errors of `Rerankers.find`.
   */
  async choose(
    request: Pick<SearchRequest, 'rerank' | 'rerankBy' | 'rerankBudgetMs'>,
    { sentences, signal }: { readonly sentences: SentenceFinder; readonly signal: AbortSignal | undefined },
  ): Promise<RerankChoice | undefined> {
    const depth = rerankedDepth(request);
    if (depth === 0) return undefined;
    const { rerankBy: name = SENTENCES, rerankBudgetMs: budgetMs } = request;
    const reranker = OWN.get(name)?.(sentences) ?? (await this.#others.find(name));
    if (reranker) return { reranker, depth, budgetMs, signal };
    const problem = `There is no reranker "${name}". Known are: ${[...OWN.keys(), ...(await this.#others.names())].join(', ')}.`;
    throw new PaperSearchError('BAD_REQUEST', `rerankBy: ${problem}`, {
      details: { issues: [{ parameter: 'rerankBy', problem }] },
    });
  }

  /**
   * Compares hits with a query. All pages of an answer have the same comparisons, also if the time ended before all hits
   * were compared.
   * @param candidateOf reads a hit when it has to be compared.
   */
  compare(
    choice: RerankChoice,
    query: RerankedQuery,
    hits: readonly Scored[],
    candidateOf: (hit: Scored) => Candidate,
  ): Promise<Comparisons> {
    const { reranker, budgetMs, signal } = choice;
    const ranking = hits.map(({ doc, score }) => [doc, score]);
    const { text, vector } = query;
    const key = JSON.stringify([reranker.name, budgetMs ?? null, text, vector !== undefined, ranking]);
    const limits = { budgetMs, signal, deadlineAfter: this.#deadlineAfter };
    return this.#comparisons.get(
      key,
      () => compareWithin(reranker, query, hits.map(candidateOf), limits),
      ({ outOfTime }) => (outOfTime ? OUT_OF_TIME_LIFETIME : undefined),
    );
  }
}
