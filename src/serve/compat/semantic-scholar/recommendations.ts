import { PaperSearchError } from '../../../errors.ts';
import { type Corpus, tellPapers } from './corpus.ts';
import type { FieldSelection } from './field-selection.ts';
import { positionOf } from './paper-lookup.ts';

/** Papers that others are compared with, of each kind: each takes some milliseconds. */
const MAX_SEEDS = 100;

export interface RecommendationRequest {
  /** Ids of any kind. */
  readonly positive: readonly string[];
  readonly negative: readonly string[];
  readonly limit: number;
  readonly selection: FieldSelection;
}

/**
 * Papers near to some and away from others, best first.
 * @throws PaperSearchError NOT_FOUND for an unknown id; BAD_REQUEST without a positive one, for more than 100 of a
 *   kind, and for a paper that is both.
 */
export async function recommend(
  { positive, negative, limit, selection }: RecommendationRequest,
  corpus: Corpus,
): Promise<{ recommendedPapers: Record<string, unknown>[] }> {
  if (positive.length === 0) {
    throw new PaperSearchError('BAD_REQUEST', 'Give at least one paper in positivePaperIds.');
  }
  if (Math.max(positive.length, negative.length) > MAX_SEEDS) {
    throw new PaperSearchError('BAD_REQUEST', `Give at most ${MAX_SEEDS} papers of a kind.`);
  }
  const { hits } = await corpus.snapshot.related({
    positive: await ownIds(positive, corpus),
    negative: await ownIds(negative, corpus),
    limit,
  });
  const positions = await Promise.all(hits.map(({ paper }) => corpus.positions.positionsOf(paper.id)));
  return {
    recommendedPapers: await tellPapers(
      corpus,
      positions.map(([position]) => position!),
      selection,
    ),
  };
}

async function ownIds(ids: readonly string[], corpus: Corpus): Promise<string[]> {
  const positions = await Promise.all(ids.map((id) => positionOf(id, corpus)));
  return (await corpus.positions.papersAt(positions)).map(({ id }) => id);
}
