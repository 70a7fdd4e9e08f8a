/** The summary of a list of times, in the unit of the list. */
export interface Summary {
  readonly min: number;
  readonly median: number;
  readonly p99: number;
}

/** Minimum, median and 99th percentile. @param values at least one. */
export function summarize(values: readonly number[]): Summary {
  const sorted = Array.from(values).sort((a, b) => a - b);
  return { min: sorted[0]!, median: percentile(sorted, 50), p99: percentile(sorted, 99) };
}

/** The smallest value that `percent` of the values do not exceed (nearest rank). @param sorted ascending, not empty. */
export function percentile(sorted: readonly number[], percent: number): number {
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)]!;
}

/** The middle value. @param values at least one. */
export function median(values: readonly number[]): number {
  return summarize(values).median;
}

/**
 * Mean share of the expected papers among the found ones, over the queries with expected papers, from 0 to 1: recall@k
 * for lists of k.
 * @param found @param expected one list of papers per query.
 */
export function meanRecall(
  found: readonly (readonly number[])[],
  expected: readonly (readonly number[])[],
): number {
  const shares = found.flatMap((papers, query) => {
    const wanted = expected[query] ?? [];
    if (wanted.length === 0) return [];
    const there = new Set(papers);
    return [wanted.filter((paper) => there.has(paper)).length / wanted.length];
  });
  return shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length);
}

/** The largest value over the smallest, 1 when all are equal. @param values positive, at least one. */
export function spread(values: readonly number[]): number {
  return (
    values.reduce((max, value) => Math.max(max, value)) / values.reduce((min, value) => Math.min(min, value))
  );
}
