import type { ChosenBy, Suggestion } from '../../review/review.ts';

/** A paper to judge. One that was not suggested, but is shown again, may have no rank. */
export type PaperToJudge = Pick<Suggestion, 'paper' | 'stage' | 'reasons' | 'label'> & {
  readonly rank?: number | undefined;
  readonly model?: string | undefined;
  readonly chosenBy?: ChosenBy | undefined;
  /** Whether the server may have a label of this reviewer that is not known here, because its answer was lost. */
  readonly mayBeLabelled?: boolean | undefined;
};

/** The paper on the screen, and those that were fetched to follow it. */
export interface Queue {
  readonly shown: PaperToJudge | undefined;
  readonly ahead: readonly PaperToJudge[];
}

export const NO_PAPERS: Queue = { shown: undefined, ahead: [] };

/** Papers that are kept ahead, so that a reviewer can go on for a while without a connection. */
export const MAX_AHEAD = 20;

/**
 * The queue with what the server suggests now. The paper on the screen stays; the suggestions come next, and papers that were
 * fetched before follow them.
 * @param fetched the next papers by the present rank, the best first.
 * @param judged ids of papers that were judged here: the server may not have known that yet.
 * @param isAll whether no other papers are left: then those that were fetched before are dropped.
 */
export function withSuggestions(
  { shown, ahead }: Queue,
  fetched: readonly PaperToJudge[],
  judged: ReadonlySet<string>,
  isAll = false,
): Queue {
  const seen = new Set(judged);
  if (shown) seen.add(shown.paper.id);
  const next = [...fetched, ...(isAll ? [] : ahead)].filter(({ paper }) => {
    if (seen.has(paper.id)) return false;
    seen.add(paper.id);
    return true;
  });
  return shown ? { shown, ahead: next.slice(0, MAX_AHEAD) } : moveOn({ shown, ahead: next });
}

/** The queue after the paper on the screen was judged. */
export function moveOn({ ahead }: Queue): Queue {
  return { shown: ahead[0], ahead: ahead.slice(1, MAX_AHEAD + 1) };
}

/** The queue with a paper shown again; the paper on the screen follows it. */
export function goBack({ shown, ahead }: Queue, to: PaperToJudge): Queue {
  const after = (shown ? [shown, ...ahead] : ahead).filter(({ paper }) => paper.id !== to.paper.id);
  return { shown: to, ahead: after.slice(0, MAX_AHEAD) };
}
