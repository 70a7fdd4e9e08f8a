import type { PooledPaper } from './pool/pool.ts';
import { type Label, type ReviewedPaper, STAGES, type Stage, type Standing } from './review.ts';
import { haveOneOwner } from './signed-by.ts';
import { currentLabels, type Judged, judgedOf, type ReviewState, standingOf } from './state.ts';

/** Where a paper is at each stage. The full-text stage has the papers that the abstract stage included. */
export interface Standings {
  readonly abstract: Standing;
  readonly fullText?: Standing | undefined;
}

/** Where a paper is at each stage. */
export function standingsOf(judged: Judged, { protocol }: Pick<ReviewState, 'protocol'>): Standings {
  const abstract = standingOf(judged, 'abstract', protocol);
  return {
    abstract,
    ...(abstract === 'include' && { fullText: standingOf(judged, 'full-text', protocol) }),
  };
}

/** Where a paper is at one stage; undefined for one that has not come to it. */
export function standingAt({ abstract, fullText }: Standings, stage: Stage): Standing | undefined {
  return stage === 'abstract' ? abstract : fullText;
}

/**
 * What a reviewer may see of a paper: the own labels, and those of others where all have decided (see `seesOthers`), or
 * where one reviewer per paper is enough.
 * @param reviewer undefined: everything.
 */
export function reviewedPaper(
  state: ReviewState,
  { paper, removed }: PooledPaper,
  reviewer: string | undefined,
): ReviewedPaper {
  const judged = judgedOf(state, paper.id);
  return {
    paper,
    removed,
    ...standingsOf(judged, state),
    ...(judged.retrieved !== undefined && { retrieved: judged.retrieved }),
    labels: visibleLabels(state, judged, reviewer),
    settled: judged.settlements,
  };
}

/** The labels of a paper that a reviewer may see. @param reviewer undefined: all. */
function visibleLabels(state: ReviewState, judged: Judged, reviewer: string | undefined): readonly Label[] {
  if (reviewer === undefined || state.protocol.reviewersPerPaper === 1) return judged.labels;
  const open = STAGES.filter((stage) => seesOthers(state, judged, stage, reviewer));
  return judged.labels.filter(({ by, stage }) => by === reviewer || open.includes(stage));
}

/**
 * Whether a reviewer may see the labels of others: all have decided the paper, and the reviewer is one of them, or has no
 * part in it. Whose agent has decided has a part: the agent could take its label back and leave the place to its owner.
 */
function seesOthers({ protocol }: ReviewState, judged: Judged, stage: Stage, reviewer: string): boolean {
  const standing = standingOf(judged, stage, protocol);
  if (standing === 'unread' || standing === 'partly') return false;
  // A label cannot be taken back after a settlement.
  if (judged.settlements.some((each) => each.stage === stage)) return true;
  const names = [...currentLabels(judged, stage).keys()];
  return names.includes(reviewer) || !names.some((name) => haveOneOwner(name, reviewer));
}
