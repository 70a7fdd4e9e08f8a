import { type Agreement, agreementOf } from './agreement.ts';
import type { Recorded } from './events.ts';
import { reviewersOf } from './progress.ts';
import { type Decision, type Label, STAGES, type Stage } from './review.ts';
import { currentLabels, judgedOf, type ReviewState, reviewOf, standingOf } from './state.ts';

/** How far two reviewers agree at a stage. */
export interface PairAgreement {
  readonly stage: Stage;
  readonly reviewers: readonly [string, string];
  readonly agreement: Agreement;
}

/**
 * The agreement of each pair of reviewers who have decided the same papers, by what each said before the other's
 * decision was first shown. What was said after that does not count, also where a label was undone in between. Papers that
 * not all have decided do not count, because one half of a pair must not be seen.
 */
export function agreementsOf(state: ReviewState, log: readonly Recorded[]): readonly PairAgreement[] {
  return STAGES.flatMap((stage) => {
    const blind = blindDecisions(state, log, stage);
    const reviewers = reviewersOf(state, stage);
    return reviewers.flatMap((first, i) =>
      reviewers.slice(i + 1).flatMap((second) => {
        const pairs = blind.flatMap((decisions): (readonly [Decision, Decision])[] => {
          const [a, b] = [decisions.get(first), decisions.get(second)];
          return a && b ? [[a, b]] : [];
        });
        return pairs.length === 0
          ? []
          : [{ stage, reviewers: [first, second] as const, agreement: agreementOf(pairs) }];
      }),
    );
  });
}

/** For each paper that all have decided, what each of its present reviewers said when the decisions were first shown. */
function blindDecisions(
  state: ReviewState,
  log: readonly Recorded[],
  stage: Stage,
): readonly ReadonlyMap<string, Decision>[] {
  const undoneAt = new Map<number, number>();
  for (const { number, value } of log) {
    if (value.type === 'undone' && !undoneAt.has(value.label)) undoneAt.set(value.label, number);
  }
  const everSaid = reviewOf(
    state.id,
    log.filter(({ value }) => value.type !== 'undone'),
  );
  const reviewersAt = reviewersPerPaperAt(log);
  return [...state.judged].flatMap(([paper, judged]) => {
    const standing = standingOf(judged, stage, state.protocol);
    if (!everSaid || standing === 'unread' || standing === 'partly') return [];
    const labels = judgedOf(everSaid, paper).labels.filter((label) => label.stage === stage);
    const present = currentLabels(judged, stage);
    const shown = firstShown(labels, undoneAt, reviewersAt);
    return [new Map([...shown].filter(([name]) => present.has(name)))];
  });
}

/** The decisions on a paper when its last required reviewer had decided: before that, each was blind. */
function firstShown(
  labels: readonly Label[],
  undoneAt: ReadonlyMap<number, number>,
  reviewersAt: (number: number) => number,
): ReadonlyMap<string, Decision> {
  for (const [i, { number: now }] of labels.entries()) {
    const decisions = new Map<string, Decision>();
    for (const { number, by, decision } of labels.slice(0, i + 1)) {
      if ((undoneAt.get(number) ?? Number.POSITIVE_INFINITY) > now) decisions.set(by, decision);
    }
    if (decisions.size >= reviewersAt(now)) return decisions;
  }
  return new Map();
}

/** Reviewers per paper that the protocol required at the time of an event, by its number. */
function reviewersPerPaperAt(log: readonly Recorded[]): (number: number) => number {
  const changes = log.flatMap(({ number, value }) => {
    if (value.type !== 'created' && value.type !== 'amended') return [];
    const { reviewersPerPaper: reviewers } = value.protocol;
    return reviewers === undefined ? [] : [{ number, reviewers }];
  });
  return (number) => changes.findLast((change) => change.number <= number)?.reviewers ?? 1;
}
