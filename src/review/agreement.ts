/** How far two reviewers agree on the papers that both have decided. */
export interface Agreement {
  readonly papers: number;
  /** Rows: the first reviewer's include, exclude, maybe; columns: the second's. */
  readonly table: readonly (readonly number[])[];
  /** Share of papers with the same decision, 0 to 1. */
  readonly observed: number;
  /** Cohen's kappa (Cohen 1960) with its 95 % interval; absent where it is not defined. */
  readonly kappa?: number | undefined;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
}
