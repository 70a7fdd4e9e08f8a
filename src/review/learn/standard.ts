/** Scores as standard deviations from their mean: z = (score - mean) · scale. */
export interface Standard {
  readonly mean: number;
  /** 1 / standard deviation; 0 if all scores are equal. */
  readonly scale: number;
}

/** The mean and the spread of the scores of these rows, at least one. */
export function standardOf(scores: Float64Array, rows: Uint32Array): Standard {
  let sum = 0;
  for (const row of rows) sum += scores[row]!;
  const mean = sum / rows.length;
  let squares = 0;
  for (const row of rows) squares += (scores[row]! - mean) * (scores[row]! - mean);
  const deviation = Math.sqrt(squares / rows.length);
  return { mean, scale: deviation > 1e-12 ? 1 / deviation : 0 };
}
