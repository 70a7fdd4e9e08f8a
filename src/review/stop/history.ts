import { PaperSearchError } from '../../errors.ts';

/** What was screened, in order. */
export interface ScreenedHistory {
  /** Papers of the pool, screened or not. */
  readonly poolSize: number;
  /** 1 for an include, 0 for an exclude, in the order of screening. */
  readonly found: Uint8Array;
  /** For each screened paper: 1 if it was drawn at random from the unread papers, 0 if it was chosen by its rank. Default: all by rank. */
  readonly random?: Uint8Array | undefined;
}

/** @throws PaperSearchError BAD_INPUT when the lists have different lengths, or more papers were screened than the pool contains. */
export function checkHistory({ poolSize, found, random }: ScreenedHistory): void {
  if (random !== undefined && random.length !== found.length) {
    throw new PaperSearchError(
      'BAD_INPUT',
      `found has ${found.length} papers and random has ${random.length}: give one value a screened paper in both.`,
    );
  }
  if (!Number.isSafeInteger(poolSize) || poolSize < found.length) {
    throw new PaperSearchError(
      'BAD_INPUT',
      `The pool has ${poolSize} papers, but ${found.length} were screened: count each paper once, and the screened ones as part of the pool.`,
    );
  }
}
