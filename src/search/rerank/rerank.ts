import { PaperSearchError } from '../../errors.ts';
import type { Scored } from '../../indexes/scores.ts';
import type { BonusName, Candidate, Comparison, RerankedQuery, Reranker } from './reranker.ts';

/** A hit with its rank in the answer. */
export interface RankedHit extends Scored {
  /** 1-based. */
  readonly rank: number;
  /** The rank before reranking. */
  readonly firstRank: number;
  /** What reranking added to the score: 0 for a hit that was not reranked. */
  readonly bonus: number;
  /** Why the hit does not rank by its score alone, where it does not. */
  readonly movedBy?: 'title' | 'years' | 'relevance' | undefined;
  /** What a reranker says about the hit; undefined for a hit that was not reranked. */
  readonly comparison?: { readonly name: BonusName; readonly formula: string } | undefined;
}

/** What was reranked of an answer. */
export interface Reranked {
  /** The name of the reranker. */
  readonly by: string;
  /**
   * Papers that were reranked: the first ones. 0 if the request cannot be reranked: it is sorted by date or title, has no
   * words to rank by, or its mode is `keyword` and the reranker compares vectors.
   */
  readonly papers: number;
  /** Whether the time budget ended before all papers of the depth were compared. Later ones keep their order. */
  readonly outOfTime: boolean;
}

/** The comparisons of a reranker with the first candidates; fewer than there are if its time was up. */
export interface Comparisons {
  readonly comparisons: readonly Comparison[];
  readonly outOfTime: boolean;
}

/** A signal that aborts when a number of milliseconds have passed. */
export type DeadlineAfter = (ms: number) => AbortSignal;

/** The ranking before it is reranked. */
export function unreranked(hits: readonly Scored[]): readonly RankedHit[] {
  return hits.map((hit, i) => ({ ...hit, rank: i + 1, firstRank: i + 1, bonus: 0 }));
}

export interface CompareLimits {
  /** The time (milliseconds); undefined for as long as it takes, in one batch. */
  readonly budgetMs?: number | undefined;
  /** Aborts when the client no longer waits: comparing then fails. */
  readonly signal?: AbortSignal | undefined;
  /** Default: by the clock. */
  readonly deadlineAfter?: DeadlineAfter | undefined;
}

/**
 * Compares candidates with a query, batch by batch, until all are compared or the time is up. The batch that is then
 * being compared is abandoned.
 * @param candidates best first. @throws the errors of the reranker.
 */
export async function compareWithin(
  reranker: Reranker,
  query: RerankedQuery,
  candidates: readonly Candidate[],
  { budgetMs, signal, deadlineAfter = (ms) => AbortSignal.timeout(ms) }: CompareLimits = {},
): Promise<Comparisons> {
  if (budgetMs === undefined) {
    const unlimited = signal ?? new AbortController().signal;
    return { comparisons: await compareAll(reranker, query, candidates, unlimited), outOfTime: false };
  }
  const deadline = deadlineAfter(budgetMs);
  const either = signal ? AbortSignal.any([signal, deadline]) : deadline;
  const comparisons: Comparison[] = [];
  while (comparisons.length < candidates.length) {
    const batch = candidates.slice(comparisons.length, comparisons.length + reranker.batchSize);
    const compared = await unlessAborted(() => compareAll(reranker, query, batch, either), deadline);
    if (!compared) return { comparisons, outOfTime: true };
    comparisons.push(...compared);
  }
  return { comparisons, outOfTime: false };
}

/** The comparisons of a reranker, whoever wrote it: one per candidate, each with a bonus from 0 to 1. */
async function compareAll(
  reranker: Reranker,
  query: RerankedQuery,
  candidates: readonly Candidate[],
  signal: AbortSignal,
): Promise<readonly Comparison[]> {
  const comparisons = await reranker.compare(query, candidates, signal);
  const wrong = comparisons.find(({ bonus }) => !(bonus >= 0 && bonus <= 1));
  if (comparisons.length === candidates.length && !wrong) return comparisons;
  const problem = wrong
    ? `gave a bonus of ${wrong.bonus}, which is not from 0 to 1`
    : `compared ${comparisons.length} of ${candidates.length} papers`;
  throw new PaperSearchError('ENCODER_FAILED', `The reranker "${reranker.name}" ${problem}.`);
}

/** What a task returns; undefined as soon as the signal aborts. A task that ends later, or fails by the signal, is ignored. */
async function unlessAborted<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  if (signal.aborted) return undefined;
  let stop = () => {};
  const aborted = new Promise<undefined>((resolve) => {
    stop = () => resolve(undefined);
    signal.addEventListener('abort', stop, { once: true });
  });
  const working = task().catch((error) => (signal.aborted ? undefined : Promise.reject(error)));
  try {
    return await Promise.race([working, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/**
 * The stage `rerank`: puts the first hits of a ranking in the order of their scores with the bonuses of a reranker. Only
 * scores with a bonus are compared with each other: the hits after them keep their places.
 * @param hits best first. @param comparisons of the first hits, in their order.
 * @param highestScore the maximum score of a hit: 1, but 0.033 for reciprocal ranks. Bonuses are scaled by it.
 */
export function rerank(
  hits: readonly Scored[],
  comparisons: readonly Comparison[],
  name: BonusName,
  highestScore = 1,
): readonly RankedHit[] {
  const ranked = unreranked(hits);
  const reranked = comparisons
    .map(({ bonus: share, formula }, i) => {
      const hit = ranked[i]!;
      const bonus = share * highestScore;
      return {
        ...hit,
        score: hit.score + bonus,
        bonus,
        ...(formula !== undefined && { comparison: { name, formula } }),
      };
    })
    .sort((a, b) => b.score - a.score || a.doc - b.doc)
    .map((hit, i) => ({ ...hit, rank: i + 1 }));
  return [...reranked, ...ranked.slice(comparisons.length)];
}
