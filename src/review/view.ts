import type { PooledPaper } from './pool/pool.ts';
import type { Label, ReviewedPaper, Stage, Standing } from './review.ts';
import { type Judged, judgedOf, type ReviewState, standingOf } from './state.ts';

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
 * What a reviewer may see of a paper: the own labels, and those of others where all have decided, or where one reviewer
 * per paper is enough.
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
function visibleLabels(
  { protocol }: ReviewState,
  judged: Judged,
  reviewer: string | undefined,
): readonly Label[] {
  if (reviewer === undefined || protocol.reviewersPerPaper === 1) return judged.labels;
  return judged.labels.filter(({ by, stage }) => {
    if (by === reviewer) return true;
    const standing = standingOf(judged, stage, protocol);
    return standing !== 'unread' && standing !== 'partly';
  });
}
