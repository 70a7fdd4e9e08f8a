import { PaperSearchError } from '../errors.ts';
import type { Recorded } from './events.ts';
import { poolOf } from './open-pools.ts';
import type { Pool } from './pool/pool.ts';
import { reviewersOf } from './progress.ts';
import type { Ranked } from './ranking.ts';
import { STAGES } from './review.ts';
import type { LoggedEvent, PoolChange, Review, ReviewSummary, WholePaper, WholeReview } from './service.ts';
import { type RecordedPool, type ReviewState, standingOf } from './state.ts';
import { reviewedPaper, standingsOf } from './view.ts';

/** What a list says of a review; needs only its log. */
export function summaryOf(state: ReviewState): ReviewSummary {
  let decided = 0;
  let included = 0;
  let conflicts = 0;
  for (const judged of state.judged.values()) {
    const { abstract, fullText } = standingsOf(judged, state);
    if (abstract === 'include' || abstract === 'exclude') decided++;
    if (abstract === 'include') included++;
    if (abstract === 'conflict' || fullText === 'conflict') conflicts++;
  }
  const { id, name, protocol, createdAt, createdBy, changedAt, version } = state;
  return {
    id,
    name,
    question: protocol.question,
    createdAt,
    createdBy,
    changedAt,
    version,
    papers: poolOf(state).size,
    decided,
    included,
    conflicts,
    reviewers: reviewersOf(state),
  };
}

/** @param poolOutdated whether the index has changed since the pool was taken from it. */
export function reviewFrom(state: ReviewState, poolOutdated: boolean): Review {
  return {
    ...summaryOf(state),
    protocol: state.protocol,
    pool: state.pools.map(poolChange),
    poolOutdated,
  };
}

/**
 * All that a review knows, not blind.
 * @param ranked the ranking by what is decided.
 * @throws PaperSearchError FORBIDDEN while a paper is decided by some of its reviewers only, unless `unblind`.
 */
export function wholeOf(
  state: ReviewState,
  log: readonly Recorded[],
  pool: Pool,
  ranked: Ranked,
  poolOutdated: boolean,
  options: { readonly unblind?: boolean | undefined },
): WholeReview {
  expectShowable(state, options);
  return {
    ...reviewFrom(state, poolOutdated),
    all: pool.papers.map((pooled, row): WholePaper => {
      const rank = ranked.rankOf[row]!;
      return {
        ...reviewedPaper(state, pooled, undefined),
        records: pooled.records,
        ...(rank > 0 && { rank }),
      };
    }),
    log: log.map(loggedEvent),
  };
}

function loggedEvent({ number, at, value }: Recorded): LoggedEvent {
  return { number, at, by: value.by, agent: value.agent ?? false, type: value.type, value };
}

function poolChange(pool: RecordedPool): PoolChange {
  const records = pool.records.reduce((sum, each) => sum + each.records, 0);
  return {
    number: pool.number,
    at: pool.at,
    by: pool.by,
    request: pool.request,
    snapshot: pool.snapshot,
    added: pool.added,
    removed: pool.removed,
    papers: pool.size,
    records: pool.records,
    duplicates: records - pool.size,
    vectors: pool.vectors !== undefined,
  };
}

/** @throws PaperSearchError FORBIDDEN while a paper is decided by some of its reviewers only, unless `unblind`. */
export function expectShowable(
  state: ReviewState,
  { unblind = false }: { readonly unblind?: boolean | undefined },
): void {
  if (!unblind) expectFinished(state, 'Finish these, or ask for an unblinded answer, which shows them.');
}

/**
 * @param advice what to do, as a sentence.
 * @throws PaperSearchError FORBIDDEN while a paper is decided by some of its reviewers only.
 */
export function expectFinished(state: ReviewState, advice: string): void {
  let partly = 0;
  for (const judged of state.judged.values()) {
    // Also a full text of a paper that is no longer included: its labels are still there.
    if (STAGES.some((stage) => standingOf(judged, stage, state.protocol) === 'partly')) partly++;
  }
  if (partly === 0) return;
  const message = `${partly} ${partly === 1 ? 'paper is' : 'papers are'} decided by one of two reviewers, who must not see each other's decisions yet. ${advice}`;
  throw new PaperSearchError('FORBIDDEN', message, { details: { review: state.id, papers: partly } });
}
