import { total } from '../../../src/review/stop/history.ts';
import { intervalOf, type Opinion } from '../../../src/review/stop/interval.ts';
import { rankedTest } from '../../../src/review/stop/ranked-test.ts';
import { hypergeometricRule, modelRule, type Progress, safeRule } from '../../../src/review/stop/rules.ts';
import { quantile } from '../../../src/review/stop/unseen.ts';

/** What a method says at one moment of screening. */
export interface Answer {
  readonly stop: boolean;
  /** Smallest and largest plausible number of unseen includes, for a method that states an interval. */
  readonly unseen?: { readonly low: number; readonly high: number };
}

export type Method = (progress: Progress) => Answer;

/** The methods that are compared, by the name in the report. */
export const METHODS: Readonly<Record<string, Method>> = {
  'both families (the rule "model")': (progress) => ({
    stop: modelRule(progress).stop,
    unseen: intervalOf(progress.opinions, 1 - progress.maxRisk),
  }),
  'its family by papers alone': (progress) => oneFamily(progress, progress.opinions[0]!),
  'its family by excludes alone': (progress) => oneFamily(progress, progress.opinions[1]!),
  'hypergeometric test': (progress) => ({
    stop: hypergeometricRule(progress).stop,
    unseen: { low: 0, high: largestPossible(progress) },
  }),
  'Poisson process, power rate': poisson((at, p) => at ** -p, range(0.1, 3, 30)),
  'Poisson process, hyperbolic rate': poisson((at, b) => 1 / (1 + b * at) ** 2, powers(-12, 3)),
  'Poisson process, exponential rate': poisson((at, b) => Math.exp(-b * at), powers(-14, 1)),
  'SAFE, 50 excludes in a row': (progress) => ({ stop: safeRule(progress).stop }),
  'a tenth of the pool excluded in a row': ({ draws: { poolSize, found } }) => ({
    stop: found.length - 1 - found.lastIndexOf(1) >= 0.1 * poolSize,
  }),
  knee: ({ draws }) => ({ stop: knee(draws.found) }),
};

function oneFamily(progress: Progress, opinion: Opinion): Answer {
  const alone = { ...progress, opinions: [opinion] };
  const low = quantile(opinion.unseen, progress.maxRisk / 2);
  return {
    stop: modelRule(alone).stop,
    unseen: { low, high: quantile(opinion.unseen, 1 - progress.maxRisk / 2) },
  };
}

/** The largest number of unseen includes that the test of Callaghan and Müller-Hansen does not reject. */
function largestPossible({ draws, maxRisk }: Progress): number {
  let possible = 0;
  let rejected = draws.poolSize - draws.found.length + 1;
  while (rejected - possible > 1) {
    const middle = Math.floor((possible + rejected) / 2);
    if (rankedTest(draws, middle) > maxRisk) possible = middle;
    else rejected = middle;
  }
  return possible;
}

/**
 * An inhomogeneous Poisson process over the papers in the order of screening, as in Stevenson and Bin-Hezam (ACM TOIS 42(3), 2023), whose
 * rate has one parameter and a factor. Both are fitted by maximum likelihood, where the paper fits rates in windows by least
 * squares. The includes that are left are Poisson distributed around the rate's sum over the unread papers.
 */
function poisson(rate: (at: number, parameter: number) => number, parameters: readonly number[]): Method {
  /** For each parameter the sums of rates over the first papers; of the pool of the last call. */
  let sums: Float64Array[] = [];
  return ({ draws: { poolSize, found, knownIncludes }, target, maxRisk }) => {
    const finds = total(found);
    const unread = poolSize - found.length;
    if (finds === 0) return { stop: unread === 0, unseen: { low: 0, high: unread } };
    if (sums[0]?.length !== poolSize + 1) {
      sums = parameters.map((parameter) => sumsOf(poolSize, (at) => rate(at, parameter)));
    }
    let best = { likelihood: -Infinity, left: 0 };
    for (const [index, parameter] of parameters.entries()) {
      const read = sums[index]![found.length]!;
      const rest = sums[index]![poolSize]! - read;
      let likelihood = -finds * Math.log(read);
      for (let at = 0; at < found.length; at++) {
        if (found[at] === 1) likelihood += Math.log(rate(at + 1, parameter));
      }
      if (likelihood > best.likelihood) best = { likelihood, left: (finds * rest) / read };
    }
    const tooMany = Math.floor((finds + knownIncludes) / target - finds - knownIncludes + 1e-9) + 1;
    const low = poissonQuantile(best.left, maxRisk / 2);
    const high = poissonQuantile(best.left, 1 - maxRisk / 2);
    return {
      stop: poissonQuantile(best.left, 1 - maxRisk) < tooMany,
      unseen: { low: Math.min(low, unread), high: Math.min(high, unread) },
    };
  };
}

function sumsOf(poolSize: number, rate: (at: number) => number): Float64Array {
  const sums = new Float64Array(poolSize + 1);
  for (let at = 1; at <= poolSize; at++) sums[at] = sums[at - 1]! + rate(at);
  return sums;
}

/** The smallest number whose cumulative Poisson probability reaches `share`. */
function poissonQuantile(mean: number, share: number): number {
  let log = -mean;
  let sum = Math.exp(log);
  let count = 0;
  while (sum < share && count < 100_000) {
    count++;
    log += Math.log(mean / count);
    sum += Math.exp(log);
  }
  return count;
}

/** Cormack and Grossman (SIGIR 2016), section 5.3, with 100 papers at least instead of 1,000, because pools are small. */
function knee(found: Uint8Array): boolean {
  const sums = [0];
  for (const include of found) sums.push(sums.at(-1)! + include);
  const read = found.length;
  const finds = sums[read]!;
  if (read < 100 || finds === 0) return false;
  let bend = 1;
  let furthest = -Infinity;
  for (let at = 1; at < read; at++) {
    const above = sums[at]! - (finds * at) / read;
    if (above > furthest) [furthest, bend] = [above, at];
  }
  const before = sums[bend]! / bend;
  const after = (1 + finds - sums[bend]!) / (read - bend);
  return before / after >= 156 - Math.min(finds, 150);
}

function range(from: number, to: number, steps: number): number[] {
  return Array.from({ length: steps }, (_, at) => from + ((to - from) * at) / (steps - 1));
}

function powers(from: number, to: number): number[] {
  return range(from, to, 2 * (to - from) + 1).map((exponent) => 2 ** exponent);
}
