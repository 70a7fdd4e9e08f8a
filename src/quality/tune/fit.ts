import type { Progress } from '../../util/progress.ts';
import { meanOverKinds } from './figures.ts';
import type { TuningKind } from './queries.ts';
import { informativeKinds, type Parameter, type TunedWeights } from './weights.ts';

/** How good weights are: for each setting, a value a query, in the order of the queries. */
export type Measure = (settings: readonly TunedWeights[]) => Promise<readonly (readonly number[])[]>;

/** How often every parameter is fitted: its best value depends on the others. */
const ROUNDS = 2;
/** A smaller gain of the mean is chance: a query or two. */
const MIN_GAIN = 0.002;

/**
 * Fits weights to queries by coordinate ascent: one parameter after another takes its best value, if that is better than
 * its current value. Only the kinds of queries count that this parameter and all parameters changed before can be fitted
 * on; without such a kind, the parameter keeps its value.
 * @param queries whose values `measure` returns. @param onProgress counts settings.
 */
export async function fitWeights(
  start: TunedWeights,
  parameters: readonly Parameter[],
  queries: readonly { readonly kind: TuningKind }[],
  measure: Measure,
  onProgress: Progress = () => {},
): Promise<TunedWeights> {
  const total = ROUNDS * parameters.reduce((sum, { values }) => sum + values.length, 0);
  let best = start;
  let done = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const before = best;
    for (const parameter of parameters) {
      const informative = informativeKinds(start, best, parameters);
      const kinds = parameter.kinds.filter((kind) => informative.includes(kind));
      best = await bestOf(parameter, best, queries, kinds, measure);
      done += parameter.values.length;
      onProgress(done, total);
    }
    if (best === before) break;
  }
  if (done < total) onProgress(total, total);
  return best;
}

async function bestOf(
  parameter: Parameter,
  current: TunedWeights,
  queries: readonly { readonly kind: TuningKind }[],
  kinds: readonly TuningKind[],
  measure: Measure,
): Promise<TunedWeights> {
  if (!queries.some(({ kind }) => kinds.includes(kind))) return current;
  const others = parameter.values.filter((value) => value !== parameter.get(current));
  const settings = [current, ...others.map((value) => parameter.set(current, value))];
  const means = (await measure(settings)).map((values) => meanOverKinds(values, queries, kinds));
  let best = 0;
  let least = means[0]! + MIN_GAIN;
  for (const [setting, mean] of means.entries()) {
    if (setting === 0 || mean < least) continue;
    best = setting;
    least = mean;
  }
  return settings[best]!;
}
