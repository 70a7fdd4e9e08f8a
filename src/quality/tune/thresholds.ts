/** Cosines from which the nearest paper of a query is weakly and strongly relevant. */
export interface Thresholds {
  readonly weak: number;
  readonly strong: number;
}

/**
 * The shares of the queries whose best cosine is below a threshold. They give about the thresholds of the bundled model,
 * which were chosen with judged queries (scripts/measurements/models.md).
 */
const MADE_BELOW = { weak: 0.05, strong: 0.15 };
const OFF_TOPIC_BELOW_WEAK = 0.95;
/** Least distance of the two. */
const MIN_DISTANCE = 0.02;

/**
 * Thresholds by the best cosines of two sorts of queries: 95 in 100 queries whose paper is in the corpus have a paper
 * above the weak threshold, and 85 in 100 above the strong one. The weak one is raised until 95 in 100 everyday queries
 * are below.
 * @param made best cosine of each query made from the corpus. @param offTopic the same of everyday queries. Both have a
 *   value.
 */
export function thresholdsOf(made: readonly number[], offTopic: readonly number[]): Thresholds {
  const weak = rounded(Math.max(quantile(made, MADE_BELOW.weak), quantile(offTopic, OFF_TOPIC_BELOW_WEAK)));
  return { weak, strong: rounded(Math.max(quantile(made, MADE_BELOW.strong), weak + MIN_DISTANCE)) };
}

/** The value below which a share of the values is; between two values, interpolated. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)]!;
  const above = sorted[Math.ceil(place)]!;
  return below + (place - Math.floor(place)) * (above - below);
}

function rounded(value: number): number {
  return Number(value.toFixed(3));
}
