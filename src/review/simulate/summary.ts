/** The median: of an even number of values, the mean of the two in the middle. @param values at least one. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** A measure over runs with different seeds. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** The median and the range of values. @param values at least one. */
export function spreadOf(values: readonly number[]): Spread {
  return { median: median(values), least: Math.min(...values), most: Math.max(...values) };
}

/** A point of the recall curve over several runs. */
export interface CurvePoint {
  /** Share of the papers that were read, 0 to 1. */
  readonly read: number;
  /** Share of the includes that were found by then, 0 to 1. */
  readonly recall: Spread;
}

/**
 * The recall curve over several runs on the same pool, at evenly spaced shares of the papers.
 * @param curves recall after each paper, one array a run, all as long as the pool without known papers.
 * @param points how many after the first, at which nothing was read.
 */
export function curveOver(curves: readonly Float64Array[], points: number): CurvePoint[] {
  return Array.from({ length: points + 1 }, (_, point) => {
    const read = point / points;
    const recall = curves.map((curve) => {
      const papers = Math.round(read * curve.length);
      return papers === 0 ? 0 : curve[papers - 1]!;
    });
    return { read, recall: spreadOf(recall) };
  });
}
