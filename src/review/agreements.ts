import { type Agreement, agreementOf } from './agreement.ts';
import { reviewersOf } from './progress.ts';
import { type Decision, STAGES, type Stage } from './review.ts';
import { type ReviewState, standingOf } from './state.ts';

/** How far two reviewers agree at a stage. */
export interface PairAgreement {
  readonly stage: Stage;
  readonly reviewers: readonly [string, string];
  readonly agreement: Agreement;
}

/**
 * The agreement of each pair of reviewers who have decided the same papers, by what each said before the other's
 * decision was shown. Papers that not all have decided do not count, because one half of a pair must not be seen.
 */
export function agreementsOf(state: ReviewState): readonly PairAgreement[] {
  return STAGES.flatMap((stage) => {
    const reviewers = reviewersOf(state, stage);
    return reviewers.flatMap((first, i) =>
      reviewers.slice(i + 1).flatMap((second) => {
        const pairs = pairsOf(state, stage, first, second);
        return pairs.length === 0
          ? []
          : [{ stage, reviewers: [first, second] as const, agreement: agreementOf(pairs) }];
      }),
    );
  });
}

type Pair = readonly [Decision, Decision];

function pairsOf(state: ReviewState, stage: Stage, first: string, second: string): Pair[] {
  const pairs: Pair[] = [];
  for (const judged of state.judged.values()) {
    if (standingOf(judged, stage, state.protocol) === 'partly') continue;
    const labels = judged.labels.filter((label) => label.stage === stage);
    const firstOf = (name: string) => labels.find(({ by }) => by === name)?.number ?? Number.NaN;
    // After this label, both know what the other said.
    const known = Math.max(firstOf(first), firstOf(second));
    const blindOf = (name: string) => labels.findLast(({ by, number }) => by === name && number <= known);
    const a = blindOf(first);
    const b = blindOf(second);
    if (a && b) pairs.push([a.decision, b.decision]);
  }
  return pairs;
}
