import { intersect } from '../../util/mask.ts';
import type { PaperSelection } from '../engine.ts';
import { matchFilters } from './filters.ts';
import { type MatchSources, matchCondition } from './match-condition.ts';

/** The indexes that papers are selected with. */
export interface SelectionSources extends MatchSources {
  /** The position of a paper; -1 for an unknown id. */
  readonly docOfId: (id: string) => number;
}

/**
 * The papers that match a whole selection: one byte per paper, 1 for those that match.
 * @throws PaperSearchError BAD_REQUEST for a condition or a filter that the index cannot answer.
 */
export function selectPapers(
  { condition, filters, ids }: PaperSelection,
  sources: SelectionSources,
): Uint8Array {
  // The match is kept for other requests.
  const mask = matchFilters(filters ?? {}, sources).mask.slice();
  if (condition) intersect(mask, matchCondition(condition, sources).mask);
  if (ids) intersect(mask, maskOfIds(ids, mask.length, sources));
  return mask;
}

function maskOfIds(ids: readonly string[], size: number, { docOfId }: SelectionSources): Uint8Array {
  const mask = new Uint8Array(size);
  for (const id of ids) {
    const doc = docOfId(id);
    if (doc !== -1) mask[doc] = 1;
  }
  return mask;
}
