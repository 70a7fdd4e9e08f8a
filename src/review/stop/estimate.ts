import { drawsOf, type ScreenedHistory, total } from './history.ts';
import { intervalOf, opinionsOn, recallWith, type UnseenInterval } from './interval.ts';
import { checkOptions, type EstimateOptions } from './options.ts';
import { hypergeometricRule, modelRule, type StoppingRule, safeRule } from './rules.ts';
import { workToTarget } from './work-left.ts';

/** The recall reached, how sure that is, and whether to stop. */
export interface RecallEstimate {
  /** Includes found, known ones too. */
  readonly found: number;
  readonly screened: number;
  readonly poolSize: number;
  /** Estimated recall and its interval, 0 to 1. */
  readonly recall: number;
  readonly low: number;
  readonly high: number;
  /** Includes not yet seen: estimate and interval. */
  readonly unseen: UnseenInterval;
  /**
   * Papers that still have to be read by rank until the estimated recall reaches the target, if includes go on to be found as the
   * models expect; undefined before screening found an include.
   */
  readonly workLeft?: number | undefined;
  /** Each rule, the recommended one first. */
  readonly rules: readonly StoppingRule[];
  readonly target: number;
}

/**
 * Estimates the recall that screening has reached so far.
 * @throws PaperSearchError BAD_INPUT for a history that contradicts itself, or an option out of range.
 */
export function estimateRecall(history: ScreenedHistory, options: EstimateOptions = {}): RecallEstimate {
  const { target, confidence } = checkOptions(options);
  const draws = drawsOf(history);
  const opinions = opinionsOn(draws);
  const progress = { draws, target, maxRisk: 1 - confidence, opinions };
  const found = total(draws.found) + draws.knownIncludes;
  const unseen = intervalOf(opinions, confidence);
  return {
    found,
    screened: history.found.length,
    poolSize: history.poolSize,
    recall: recallWith(found, unseen.estimate),
    low: recallWith(found, unseen.high),
    high: recallWith(found, unseen.low),
    unseen,
    workLeft: workToTarget(progress, unseen.estimate),
    rules: [modelRule(progress), hypergeometricRule(progress), safeRule(progress)],
    target,
  };
}
