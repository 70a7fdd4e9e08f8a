import { randomisationTest } from '../evaluate/significance.ts';
import { TUNING_KINDS, type TuningKind } from './queries.ts';

/** Mean reciprocal ranks (MRR@10) of the queries of one kind. */
interface KindFigures {
  readonly kind: TuningKind;
  readonly queries: number;
  readonly default: number;
  readonly tuned: number;
  /** Whether the parameters that differ can be fitted on this kind. */
  readonly counts: boolean;
}

/** Means over the kinds that count, all with the same weight, whatever their number of queries. */
export interface PartFigures {
  readonly kinds: readonly KindFigures[];
  /** Queries of the kinds that count. */
  readonly queries: number;
  readonly default: number;
  readonly tuned: number;
  /** tuned - default. */
  readonly gain: number;
  /** How likely a difference as large, in either direction, is by chance alone. */
  readonly p: number;
}

/**
 * The mean over kinds of the mean over their queries.
 * @param values one a query. @param queries in the same order. @param kinds the kinds that count; at least one has a
 *   query.
 */
export function meanOverKinds(
  values: readonly number[],
  queries: readonly { readonly kind: TuningKind }[],
  kinds: readonly TuningKind[],
): number {
  return mean(
    kinds.flatMap((kind) => {
      const own = values.filter((_, query) => queries[query]!.kind === kind);
      return own.length === 0 ? [] : [mean(own)];
    }),
  );
}

/**
 * Compares two settings over the same queries, by the paired randomisation test on values that are weighted so that
 * their mean is the mean over kinds.
 * @param byDefault @param tuned a reciprocal rank a query. @param queries in the same order.
 * @param informative the kinds that count; at least one has a query.
 */
export function compareParts(
  byDefault: readonly number[],
  tuned: readonly number[],
  queries: readonly { readonly kind: TuningKind }[],
  informative: readonly TuningKind[],
): PartFigures {
  const kinds = TUNING_KINDS.flatMap((kind): KindFigures[] => {
    const own = (values: readonly number[]) => values.filter((_, query) => queries[query]!.kind === kind);
    const count = own(byDefault).length;
    const means = { default: mean(own(byDefault)), tuned: mean(own(tuned)) };
    return count === 0 ? [] : [{ kind, queries: count, ...means, counts: informative.includes(kind) }];
  });
  const counting = kinds.filter(({ counts }) => counts);
  const total = counting.reduce((sum, kind) => sum + kind.queries, 0);
  const weightOf = new Map(
    counting.map((kind) => [kind.kind, total / (counting.length * kind.queries)] as const),
  );
  const weighted = (values: readonly number[]) =>
    values.flatMap((value, query) => {
      const weight = weightOf.get(queries[query]!.kind);
      return weight === undefined ? [] : [value * weight];
    });
  const { difference, p } = randomisationTest(weighted(tuned), weighted(byDefault));
  return {
    kinds,
    queries: total,
    default: mean(counting.map((kind) => kind.default)),
    tuned: mean(counting.map((kind) => kind.tuned)),
    gain: difference,
    p,
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
