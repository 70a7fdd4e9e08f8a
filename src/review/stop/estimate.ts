import { PaperSearchError } from '../../errors.ts';
import { checkHistory, type ScreenedHistory } from './history.ts';
import { largestPossible, rankedTest } from './ranked-test.ts';

/** The recall reached, how sure that is, and whether to stop. */
export interface RecallEstimate {
  readonly found: number;
  readonly screened: number;
  readonly poolSize: number;
  /** Estimated recall and its interval, 0 to 1. */
  readonly recall: number;
  readonly low: number;
  readonly high: number;
  /** Includes not yet seen: estimate and interval. */
  readonly unseen: { readonly estimate: number; readonly low: number; readonly high: number };
  /** Estimate of the papers that still have to be read, by rank, to reach the target; undefined while too little is known. */
  readonly workLeft?: number | undefined;
  readonly rules: readonly StoppingRule[];
  readonly target: number;
}

/** What one stopping rule says. */
interface StoppingRule {
  readonly name: string;
  readonly stop: boolean;
  /** Probability that recall is below the target, where the rule states one. */
  readonly risk?: number | undefined;
  /** The rule's answer and its assumption, in one sentence. */
  readonly says: string;
}

export interface EstimateOptions {
  /** Recall to reach, above 0, at most 1. Default 0.95. */
  readonly target?: number | undefined;
  /** Of the interval, and 1 − the risk at which a rule says stop; between 0 and 1. Default 0.95. */
  readonly confidence?: number | undefined;
  /** Scores of the unread papers by the learner, in any order. */
  readonly scores?: Float64Array | undefined;
}

/**
 * Estimates the recall that screening has reached so far.
 * @throws PaperSearchError BAD_INPUT for a history that contradicts itself, or an option out of range.
 */
export function estimateRecall(history: ScreenedHistory, options: EstimateOptions = {}): RecallEstimate {
  checkHistory(history);
  const { target = 0.95, confidence = 0.95 } = options;
  checkShare('target', target);
  checkShare('confidence', confidence);
  const { poolSize } = history;
  const screened = history.found.length;
  const found = history.found.reduce((sum, include) => sum + include, 0);
  const unread = poolSize - screened;
  const test = rankedTest(history);
  const most = largestPossible(test, unread, 1 - confidence);
  const estimate = largestPossible(test, unread, 0.5);
  // With this many unseen includes or more, recall is below the target.
  const tooMany = Math.floor(found / target - found) + 1;
  const risk = tooMany > unread ? 0 : test(tooMany);
  const stop = found > 0 && risk <= 1 - confidence;
  return {
    found,
    screened,
    poolSize,
    recall: recallOf(found, estimate),
    low: recallOf(found, most),
    high: recallOf(found, 0),
    unseen: { estimate, low: 0, high: most },
    workLeft: stop ? 0 : undefined,
    rules: [
      {
        name: 'hypergeometric',
        stop,
        risk,
        says: `The risk that recall is below ${percent(target)} is at most ${percent(risk)}, if the order of screening finds includes at least as fast as a random order.`,
      },
    ],
    target,
  };
}

/** Recall with this many includes found and unseen; 0 before anything was found, unless nothing is left. */
function recallOf(found: number, unseen: number): number {
  return found + unseen === 0 ? 1 : found / (found + unseen);
}

function checkShare(name: string, value: number): void {
  if (!(value > 0 && value <= 1)) {
    throw new PaperSearchError('BAD_INPUT', `${name} is ${value}: give a number above 0 and at most 1.`);
  }
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}
