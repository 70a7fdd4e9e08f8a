import { type EstimateOptions, estimateRecall } from './estimate.ts';
import type { ScreenedHistory } from './history.ts';

/** One point of the curve: the estimate after that many papers. */
export interface CurvePoint {
  readonly screened: number;
  readonly found: number;
  readonly recall: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The estimate as it was at evenly spaced moments of screening, the newest last.
 * @param points how many moments, 1 or more; fewer when fewer papers were screened. Default 100.
 */
export function recallCurve(
  history: ScreenedHistory,
  points = 100,
  options: EstimateOptions = {},
): readonly CurvePoint[] {
  const screened = history.found.length;
  const count = Math.min(points, screened);
  return Array.from({ length: count }, (_, at) => {
    const length = Math.round(((at + 1) * screened) / count);
    const { found, recall, low, high } = estimateRecall(
      {
        poolSize: history.poolSize,
        found: history.found.subarray(0, length),
        random: history.random?.subarray(0, length),
      },
      options,
    );
    return { screened: length, found, recall, low, high };
  });
}
