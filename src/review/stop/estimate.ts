/** The recall that was reached, as far as what was screened tells it. */
export interface RecallEstimate {
  readonly found: number;
  readonly screened: number;
  readonly poolSize: number;
  /** Share of the includes to find, 0 to 1. */
  readonly target: number;
  /** Estimate and 95 % interval, 0 to 1. */
  readonly recall: number;
  readonly low: number;
  readonly high: number;
  /** Includes that were not seen yet. */
  readonly unseen: { readonly estimate: number; readonly low: number; readonly high: number };
  /** Papers still to read by rank until the target; absent where nothing can be said. */
  readonly workLeft?: number | undefined;
  readonly rules: readonly StoppingRule[];
}

/** What a stopping rule says now. */
export interface StoppingRule {
  readonly name: string;
  readonly stop: boolean;
  /** Probability that the recall is below the target, if the assumption of the rule holds. */
  readonly risk?: number | undefined;
  /** In words, with the assumption. */
  readonly says: string;
}
