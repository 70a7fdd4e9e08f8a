import { PaperSearchError } from '../../../errors.ts';
import type { Snapshot } from '../../../search/engine.ts';
import type { FieldSelection } from './field-selection.ts';
import { ourIdOf } from './paper-lookup.ts';
import { presentPapers } from './present-papers.ts';

/** Limit of seeds of each kind: each takes some milliseconds. */
const MAX_SEEDS = 100;

export interface RecommendationRequest {
  /** Ids of any kind. */
  readonly positive: readonly string[];
  readonly negative: readonly string[];
  readonly limit: number;
  readonly selection: FieldSelection;
}

/**
 * Papers similar to some and unlike others, best first.
 * @throws PaperSearchError NOT_FOUND for an unknown id; BAD_REQUEST without a positive seed, for more than 100 seeds of
 *   a kind, and for a paper that is both.
 */
export async function recommend(
  { positive, negative, limit, selection }: RecommendationRequest,
  snapshot: Snapshot,
): Promise<{ recommendedPapers: Record<string, unknown>[] }> {
  if (positive.length === 0) {
    throw new PaperSearchError('BAD_REQUEST', 'Give at least one paper in positivePaperIds.');
  }
  if (Math.max(positive.length, negative.length) > MAX_SEEDS) {
    throw new PaperSearchError('BAD_REQUEST', `Give at most ${MAX_SEEDS} papers in each list.`);
  }
  const { hits } = await snapshot.related({
    positive: await ourIdsOf(positive, snapshot),
    negative: await ourIdsOf(negative, snapshot),
    limit,
  });
  const papers = hits.map(({ paper }) => paper);
  return { recommendedPapers: await presentPapers(snapshot, papers, selection) };
}

function ourIdsOf(ids: readonly string[], snapshot: Snapshot): Promise<string[]> {
  return Promise.all(ids.map((id) => ourIdOf(id, snapshot)));
}
