import type { KeptPaper } from '../../collections/collection.ts';

/** A paper of a pool, as its file has it. */
export interface PooledPaper {
  readonly paper: KeptPaper;
  /** How many records of the sources it was merged from. */
  readonly records: number;
  /** How well it answers the question, by a search when the pool was taken; higher is better. Absent without one. */
  readonly prior?: number | undefined;
  /** Whether it was in an earlier pool and is no longer. */
  readonly removed: boolean;
}

/** The papers of a review. A paper keeps its row when the pool is taken again; new ones come after it. */
export interface Pool {
  /** SHA-256 of the files, in hex. */
  readonly digest: string;
  readonly papers: readonly PooledPaper[];
  /** L2-normalised, row by row; zeros for a paper without a vector. */
  readonly vectors?:
    | { readonly values: Float32Array; readonly dimensions: number; readonly model: string }
    | undefined;
  /** The row of a paper by its id. */
  readonly rows: ReadonlyMap<string, number>;
}

/** The rows of papers by their ids. */
export function rowsOf(papers: readonly PooledPaper[]): ReadonlyMap<string, number> {
  return new Map(papers.map(({ paper }, row) => [paper.id, row]));
}
