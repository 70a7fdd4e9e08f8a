import type { Decision, Label, Settlement, Stage } from '../../review.ts';
import type { WholePaper } from '../../service.ts';
import { currentLabels } from '../../state.ts';

/** What was decided about a paper at one stage, by all of its reviewers. */
export interface Outcome {
  /** `maybe` for a conflict; undefined where a decision is missing. */
  readonly decision: Decision | undefined;
  readonly reasons: readonly string[];
  /** Who decided: the settler, else the reviewers. */
  readonly by: readonly string[];
  /** When the last of them did, ISO 8601. */
  readonly at: string | undefined;
  /** Notes of reviewers and settlers, each once. */
  readonly notes: readonly string[];
}

/** What counts at a stage: the last label of each reviewer, and the settlement if these disagree. */
interface Counting {
  readonly labels: readonly Label[];
  readonly settlement: Settlement | undefined;
}

/** The labels and the settlement that count at a stage, without those that were replaced. */
export function countingAt({ labels: all, settled }: WholePaper, stage: Stage): Counting {
  const labels = [...currentLabels({ labels: all, settlements: settled }, stage).values()];
  const [first] = labels;
  const agree =
    first !== undefined &&
    first.decision !== 'maybe' &&
    labels.every(({ decision }) => decision === first.decision);
  return { labels, settlement: agree ? undefined : settled.findLast((each) => each.stage === stage) };
}

/** The outcome of a stage. Reasons are those of the settlement, else those of the labels with the final decision. */
export function outcomeOf(paper: WholePaper, stage: Stage): Outcome {
  const standing = stage === 'abstract' ? paper.abstract : paper.fullText;
  const decision =
    standing === 'include' || standing === 'exclude'
      ? standing
      : standing === 'conflict'
        ? 'maybe'
        : undefined;
  const { labels, settlement } = countingAt(paper, stage);
  const agreeing = labels.filter((label) => label.decision === decision);
  const deciding = settlement ? [settlement] : labels;
  return {
    decision,
    reasons: [...new Set(settlement ? settlement.reasons : agreeing.flatMap((label) => label.reasons))],
    by: [...new Set(deciding.map(({ by }) => by))],
    at: deciding
      .map(({ at }) => at)
      .sort()
      .at(-1),
    notes: [
      ...new Set([...labels, ...(settlement ? [settlement] : [])].map(({ note }) => note).filter(Boolean)),
    ],
  };
}

/** 1 for an include, 0 for an exclude, by title and abstract: what a learner learns from. Undefined for all others. */
export function labelOf({ abstract }: WholePaper): 0 | 1 | undefined {
  return abstract === 'include' ? 1 : abstract === 'exclude' ? 0 : undefined;
}

const ORDER = { include: 0, conflict: 1, partly: 2, unread: 3, exclude: 4 } as const;

/** Included papers first, then those without a decision, unread ones by rank, then excluded ones; ties as in the pool. */
export function inExportOrder(papers: readonly WholePaper[]): WholePaper[] {
  return [...papers].sort(
    (a, b) =>
      ORDER[a.abstract] - ORDER[b.abstract] ||
      (a.abstract === 'unread'
        ? (a.rank ?? Number.MAX_SAFE_INTEGER) - (b.rank ?? Number.MAX_SAFE_INTEGER)
        : 0),
  );
}
