import { PaperSearchError } from '../../errors.ts';

/** What was screened, in order. */
export interface ScreenedHistory {
  /** Papers of the pool, screened or not. */
  readonly poolSize: number;
  /** 1 for an include, 0 for an exclude, in the order of screening. */
  readonly found: Uint8Array;
  /** For each screened paper: 1 if it was drawn at random from the unread papers, else 0. Default: none was. */
  readonly random?: Uint8Array | undefined;
  /**
   * For each screened paper: 1 if neither its rank nor a random draw chose it (it was known before, or a file or a search
   * brought it), else 0. Default: none. Such includes count as found, but say nothing about the order of screening.
   */
  readonly known?: Uint8Array | undefined;
}

/** The part of a history that says something about the order of screening: without the papers that were known. */
export interface Draws {
  /** Papers of the pool that were not known. */
  readonly poolSize: number;
  /** 1 for an include, 0 for an exclude, in the order of screening. */
  readonly found: Uint8Array;
  /** 1 for a paper drawn at random, 0 for one chosen by its rank. */
  readonly random: Uint8Array;
  /** Includes that were known. */
  readonly knownIncludes: number;
}

/** @throws PaperSearchError BAD_INPUT when the lists have different lengths, or more papers were screened than the pool contains. */
export function drawsOf(history: ScreenedHistory): Draws {
  const { poolSize, found, random = new Uint8Array(found.length), known } = history;
  for (const [name, list] of Object.entries({ random, known })) {
    if (list !== undefined && list.length !== found.length) {
      throw new PaperSearchError(
        'BAD_INPUT',
        `found has ${found.length} papers and ${name} has ${list.length}: give one value a screened paper in both.`,
      );
    }
  }
  if (!Number.isSafeInteger(poolSize) || poolSize < found.length) {
    throw new PaperSearchError(
      'BAD_INPUT',
      `The pool has ${poolSize} papers, but ${found.length} were screened: count each paper once, and the screened ones as part of the pool.`,
    );
  }
  if (known === undefined) return { poolSize, found, random, knownIncludes: 0 };
  const drawn = (_: number, at: number) => known[at] !== 1;
  const kept = found.filter(drawn);
  return {
    poolSize: poolSize - (found.length - kept.length),
    found: kept,
    random: random.filter(drawn),
    knownIncludes: total(found) - total(kept),
  };
}

/** The sum of a list. */
export function total(values: Uint8Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
