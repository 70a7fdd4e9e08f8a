import type { RunMeasures } from './evaluate.ts';
import { MEASURES, type MeasureName } from './measures.ts';
import { type Comparison, randomisationTest } from './significance.ts';

/**
 * The difference of two runs in every measure, with its p-value. The p-values are not corrected for the number of
 * measures.
 * @param first @param second of the same queries in the same order.
 */
export function compareRuns(first: RunMeasures, second: RunMeasures): Record<MeasureName, Comparison> {
  const values = (run: RunMeasures, name: MeasureName) => run.perQuery.map((query) => query[name]);
  return Object.fromEntries(
    MEASURES.map((name) => [name, randomisationTest(values(first, name), values(second, name))]),
  ) as Record<MeasureName, Comparison>;
}
