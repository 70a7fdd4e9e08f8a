import { holm, randomisationTest } from '../../../src/quality/evaluate/significance.ts';
import { type Measures, measuresOf } from '../../../src/review/simulate/measures.ts';
import { median, type Spread, spreadOf } from '../../../src/review/simulate/summary.ts';
import type { ScreenedReview } from './collection.ts';
import type { KeptRun } from './run-files.ts';

/** How many papers are known at the start of a run. */
export type KnownAtStart = 0 | 2;

/** The runs of one system. */
export interface SystemRuns {
  readonly name: string;
  readonly says: string;
  readonly known: KnownAtStart;
  readonly runs: readonly KeptRun[];
}

/** One system on one review: over seeds. */
export interface ReviewResult {
  readonly review: ScreenedReview;
  readonly seeds: number;
  /** Over seeds: the median, the least and the most of the share of the pool that was read to know 95 % of the includes. */
  readonly shareTo95: Spread;
  /** Means over seeds. */
  readonly mean: Measures;
}

/**
 * The results of a system by review.
 * @param like only seeds that this system has of a review, too, so that both are compared on the same known papers. A system
 *   without known papers has one run a review, and is compared with all seeds.
 */
export function resultsOf(
  { runs, known }: SystemRuns,
  reviews: readonly ScreenedReview[],
  like?: SystemRuns,
): Map<string, ReviewResult> {
  const keyOf = ({ review, seed }: KeptRun) => `${review} ${seed}`;
  const keys = like === undefined || like.known === 0 ? undefined : new Set(like.runs.map(keyOf));
  const results = new Map<string, ReviewResult>();
  for (const review of reviews) {
    const measured = runs
      .filter((run) => run.review === review.name && (keys?.has(keyOf(run)) ?? true))
      .map(({ order }) =>
        measuresOf({ known: order.slice(0, known), read: order.slice(known) }, review.truth),
      );
    if (measured.length === 0) continue;
    const shares = measured.map(({ shareTo95 }) => shareTo95);
    results.set(review.name, {
      review,
      seeds: measured.length,
      shareTo95: spreadOf(shares),
      mean: meanOf(measured),
    });
  }
  return results;
}

/** A system compared with another over the reviews that both have. */
export interface SystemComparison {
  readonly reviews: number;
  /** Medians over reviews of the shares to 95 %, of either system. */
  readonly ours: number;
  readonly theirs: number;
  /** Over reviews, of the ratios of the shares to 95 %: below 1, ours reads less. */
  readonly medianRatio: number;
  readonly worstRatio: number;
  readonly worstReview: string;
  readonly loss: Difference;
  readonly share: Difference;
}

interface Difference {
  /** Means over reviews of the means over seeds. */
  readonly ours: number;
  readonly theirs: number;
  readonly difference: number;
  /** Two-sided; `randomisationTest` over reviews, exact for up to 16 of them. */
  readonly p: number;
}

/** Compares by review, each review counting once however many seeds it has. */
export function compare(
  ours: ReadonlyMap<string, ReviewResult>,
  theirs: ReadonlyMap<string, ReviewResult>,
): SystemComparison {
  const names = [...ours.keys()].filter((name) => theirs.has(name));
  const pairs = names.map((name) => ({ name, a: ours.get(name)!, b: theirs.get(name)! }));
  const ratios = pairs.map(({ name, a, b }) => ({ name, ratio: a.shareTo95.median / b.shareTo95.median }));
  const worst = ratios.reduce((most, each) => (each.ratio > most.ratio ? each : most));
  const difference = (value: (result: ReviewResult) => number): Difference => {
    const [first, second] = [pairs.map(({ a }) => value(a)), pairs.map(({ b }) => value(b))];
    const { difference, p } = randomisationTest(first, second);
    return { ours: meanNumber(first), theirs: meanNumber(second), difference, p };
  };
  return {
    reviews: pairs.length,
    ours: median(pairs.map(({ a }) => a.shareTo95.median)),
    theirs: median(pairs.map(({ b }) => b.shareTo95.median)),
    medianRatio: median(ratios.map(({ ratio }) => ratio)),
    worstRatio: worst.ratio,
    worstReview: worst.name,
    loss: difference(({ mean }) => mean.loss),
    share: difference(({ mean }) => mean.shareTo95),
  };
}

/** The p-values of several comparisons, corrected for their number. */
export function corrected(pValues: readonly number[]): number[] {
  return holm(pValues);
}

function meanOf(measured: readonly Measures[]): Measures {
  const mean = (name: keyof Measures) => meanNumber(measured.map((each) => each[name]));
  return {
    papersTo95: mean('papersTo95'),
    shareTo95: mean('shareTo95'),
    wss95: mean('wss95'),
    rrf10: mean('rrf10'),
    atd: mean('atd'),
    loss: mean('loss'),
    ndcg: mean('ndcg'),
  };
}

function meanNumber(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
