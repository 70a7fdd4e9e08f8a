import { PaperSearchError } from '../errors.ts';
import type { Paper } from '../papers/paper.ts';
import type { SearchRequest, SearchResponse } from './api.ts';
import type { PaperSelection, Snapshot } from './engine.ts';

/**
 * The papers of an index on this machine by their positions (from 0, in the order of `papers`), for the tables of the
 * Semantic Scholar API, which are separate from the index. This class will be removed when those tables have become
 * fields of the index: use the methods of `Snapshot` instead. A mask has one byte per paper, 1 for selected papers.
 */
export interface Positions {
  /** The same object for all holders of a snapshot. */
  readonly corpus: object;
  select(selection: PaperSelection): Promise<Uint8Array>;
  /** As `Snapshot.identify`. */
  positionsOf(identifier: string): Promise<readonly number[]>;
  papersAt(positions: readonly number[]): Promise<Paper[]>;
  /** As `Snapshot.search`. */
  search(request: SearchRequest, among: Uint8Array): Promise<SearchResponse>;
}

/** The positions of a snapshot. @throws PaperSearchError INTERNAL if papers have no positions. */
export function positionsIn(snapshot: Snapshot): Positions {
  if ('positions' in snapshot) return snapshot.positions as Positions;
  throw new PaperSearchError(
    'INTERNAL',
    'The Semantic Scholar API needs an index on this machine: the papers of this one have no positions.',
  );
}
