import { drawsOf, type ScreenedHistory, total } from './history.ts';
import { intervalOf, opinionsOn, recallWith } from './interval.ts';
import { checkOptions, type EstimateOptions } from './options.ts';

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
 * @param points how many moments, 1 or more; fewer when fewer papers were screened. Default 50.
 * @throws PaperSearchError BAD_INPUT for a history that contradicts itself, or an option out of range.
 */
export function recallCurve(
  { poolSize, found, random, known }: ScreenedHistory,
  points = 50,
  options: EstimateOptions = {},
): readonly CurvePoint[] {
  const { confidence } = checkOptions(options);
  const count = Math.min(points, found.length);
  return Array.from({ length: count }, (_, at) => {
    const screened = Math.round(((at + 1) * found.length) / count);
    const draws = drawsOf({
      poolSize,
      found: found.subarray(0, screened),
      random: random?.subarray(0, screened),
      known: known?.subarray(0, screened),
    });
    const unseen = intervalOf(opinionsOn(draws), confidence);
    const includes = total(draws.found) + draws.knownIncludes;
    return {
      screened,
      found: includes,
      recall: recallWith(includes, unseen.estimate),
      low: recallWith(includes, unseen.high),
      high: recallWith(includes, unseen.low),
    };
  });
}
