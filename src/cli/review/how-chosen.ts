import type { Stage } from '../../review/review.ts';
import type { LabelRequest, Reviewer, ReviewService } from '../../review/service.ts';

/**
 * How a paper that a reviewer names was chosen: as suggested, with its rank, if it is the next one for the reviewer; else it was
 * looked for.
 * @param given any identifier of the paper.
 * @throws PaperSearchError as `ReviewService.paper` does.
 */
export async function howChosen(
  service: Pick<ReviewService, 'next' | 'paper'>,
  id: string,
  given: string,
  stage: Stage,
  by: Reviewer,
): Promise<Pick<LabelRequest, 'chosenBy' | 'rank' | 'model'>> {
  const { paper } = await service.paper(id, given, by);
  const [next] = await service.next(id, by, { stage });
  if (next?.paper.id !== paper.id) return { chosenBy: 'search' };
  const { chosenBy, rank, model } = next;
  return { chosenBy, rank, model };
}
