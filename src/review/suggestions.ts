import { rankedFor } from './labelling.ts';
import type { OpenPool } from './open-pools.ts';
import { reasonsOf } from './reasons.ts';
import type { Stage, Suggestion } from './review.ts';
import { currentLabels, judgedOf, type ReviewState } from './state.ts';
import { type Chosen, fullTextOrder, nextToScreen } from './suggest.ts';

/** The next papers for a reviewer, with the reasons of their ranks. @param count most papers wanted. */
export function suggestionsFor(
  state: ReviewState,
  open: OpenPool,
  reviewer: string,
  stage: Stage,
  count: number,
): readonly Suggestion[] {
  const { pool, rankings } = open;
  const ranked = rankedFor(state, open, reviewer);
  const chosen =
    stage === 'abstract'
      ? nextToScreen(state, ranked, reviewer, count)
      : fullTextOrder(state, pool, ranked, reviewer)
          .slice(0, count)
          .map((row, place): Chosen => ({ row, rank: place + 1, chosenBy: 'rank' }));
  return chosen.map(({ row, ...choice }) => {
    const { paper } = pool.papers[row]!;
    const label = currentLabels(judgedOf(state, paper.id), stage).get(reviewer);
    return {
      paper,
      stage,
      ...choice,
      model: ranked.basis.model,
      reasons: reasonsOf(pool, rankings, ranked, row),
      ...(label && { label }),
    };
  });
}
