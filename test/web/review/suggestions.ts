import type { Suggestion } from '../../../src/review/review.ts';
import { titleOnly } from '../../../src/web/shelf/kept.ts';

/** A suggestion of a paper. */
export function suggestion(id: string, rank = 1): Suggestion {
  return {
    paper: titleOnly({ id, title: `Paper ${id}` }),
    stage: 'abstract',
    rank,
    chosenBy: 'rank',
    model: 'm',
    reasons: { terms: [], spans: [], nearest: [] },
  };
}
