import { PaperSearchError } from '../errors.ts';
import type { Paper } from '../papers/paper.ts';
import type { SearchRequest, SearchResponse } from './api.ts';
import type { PaperSelection, Snapshot } from './engine.ts';

/**
 * The papers of an index on this machine by their positions (from 0, in the order of `papers`), for the tables that the
 * Semantic Scholar API keeps beside the index. It goes when those tables have become fields of the index: use the
 * methods of `Snapshot` instead. A mask has a byte for each paper, 1 for those that are meant.
 */
export interface Positions {
  /** The same object for everybody who holds the same snapshot. */
  readonly corpus: object;
  select(selection: PaperSelection): Promise<Uint8Array>;
  /** As `Snapshot.identify`. */
  positionsOf(identifier: string): Promise<readonly number[]>;
  papersAt(positions: readonly number[]): Promise<Paper[]>;
  /** As `Snapshot.search`. */
  search(request: SearchRequest, among: Uint8Array): Promise<SearchResponse>;
}

/** The positions of a snapshot. @throws PaperSearchError INTERNAL where papers have none. */
export function positionsIn(snapshot: Snapshot): Positions {
  if ('positions' in snapshot) return snapshot.positions as Positions;
  throw new PaperSearchError(
    'INTERNAL',
    'The Semantic Scholar API needs an index on this machine: the papers of this one have no positions.',
  );
}
