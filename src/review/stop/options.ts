import { PaperSearchError } from '../../errors.ts';

export interface EstimateOptions {
  /** Recall to reach, above 0, at most 1. Default 0.95. */
  readonly target?: number | undefined;
  /** Of the interval, and 1 − the risk at which a rule says stop; above 0, below 1. Default 0.95. */
  readonly confidence?: number | undefined;
}

/** The options with their defaults. @throws PaperSearchError BAD_INPUT for a value out of range. */
export function checkOptions({ target = 0.95, confidence = 0.95 }: EstimateOptions): {
  target: number;
  confidence: number;
} {
  if (!(target > 0 && target <= 1)) {
    throw new PaperSearchError('BAD_INPUT', `target is ${target}: give a number above 0 and at most 1.`);
  }
  if (!(confidence > 0 && confidence < 1)) {
    throw new PaperSearchError('BAD_INPUT', `confidence is ${confidence}: give a number between 0 and 1.`);
  }
  return { target, confidence };
}
