import { rankedFor } from './labelling.ts';
import type { OpenPool } from './open-pools.ts';
import type { Ranked } from './ranking.ts';
import { reasonsOf } from './reasons.ts';
import type { Stage, Suggestion } from './review.ts';
import type { ShownPapers } from './shown-papers.ts';
import { currentLabels, judgedOf, type ReviewState } from './state.ts';
import { type Chosen, fullTextOrder, nextToScreen } from './suggest.ts';

/**
 * The next papers for a reviewer, with the reasons of their ranks.
 * @param count most papers wanted.
 * @param shown who reads what. Where one reviewer decides a paper, those that others are reading come last.
 */
export function suggestionsFor(
  state: ReviewState,
  open: OpenPool,
  reviewer: string,
  stage: Stage,
  count: number,
  shown: ShownPapers,
): readonly Suggestion[] {
  const { pool, rankings } = open;
  const ranked = rankedFor(state, open, reviewer);
  const chosen =
    stage === 'abstract'
      ? toScreen(state, open, ranked, reviewer, count, shown)
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

function toScreen(
  state: ReviewState,
  { pool }: OpenPool,
  ranked: Ranked,
  reviewer: string,
  count: number,
  shown: ShownPapers,
): readonly Chosen[] {
  // Two reviewers are both to read every paper, and must not notice each other.
  if (state.protocol.reviewersPerPaper > 1) return nextToScreen(state, ranked, reviewer, count);
  const others = shown.toOthers(state.id, reviewer, pool);
  const free = nextToScreen(state, ranked, reviewer, count, others);
  const rows = new Set(free.map(({ row }) => row));
  const rest = free.length < count ? nextToScreen(state, ranked, reviewer, ranked.order.length) : [];
  const chosen = [...free, ...rest.filter(({ row }) => !rows.has(row))].slice(0, count);
  shown.add(
    state.id,
    reviewer,
    chosen.map(({ row }) => pool.papers[row]!.paper.id),
  );
  return chosen;
}
