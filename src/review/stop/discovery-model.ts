import type { Draws } from './history.ts';

/**
 * What the clock of a model counts. `papers`: an include's chance to be next does not depend on how many includes are left.
 * `excludes`: papers are drawn from an urn in which includes weigh more than excludes (Wallenius 1963), so that includes compete with one
 * another; time passes only with the excludes drawn.
 */
type Clock = 'papers' | 'excludes';

/**
 * A family of models of when includes are found. An include that is still unseen at time s is found with the rate
 * h(s) = 1 + a c x / (s (1 + x)), x = (s / b)^c, so it is unseen at time s with the probability
 * S(s) = exp(−s) (1 + x)^(−a).
 *
 * Time is s = −ln(1 − read / size), in which a random order has the rate 1 everywhere; the 1 in h is the assumption that no include is
 * harder to find than in a random order (that of Callaghan and Müller-Hansen 2020). The second factor describes includes that are
 * unequally easy to find: exponential times whose rates follow a gamma distribution with the shape a (Lomax distribution;
 * Littlewood, IEEE Trans. Reliability R-30, 1981), where c is 1; with c above 1, the learner gets better while it learns (Burr
 * distribution of type XII). As rates of finds, these are the hyperbolic and similar rates of the point processes in Stevenson and
 * Bin-Hezam, ACM TOIS 42(3), 2023. Here a, b and c are not fitted: all values are weighed by their likelihood.
 */
export interface Family {
  readonly clock: Clock;
  /** Values of c. */
  readonly shapes: readonly number[];
}

/** Values of a, powers of 2: from includes that differ widely to includes that are almost equal. */
const UNIFORMITIES = [0.25, 0.5, 1, 2, 4, 8, 16, 32];
/** Logarithms to the base 2 of the values of b: all for which a / b, the rate at the start beyond that of a random order, is in range. */
const SCALES = { from: -10, to: 11 };
/** From almost a random order to 256 times as fast. */
const START_RATES = { from: 2 ** -6, to: 2 ** 8 };
/** Finds are put into so many groups of equal size at most, so that the time of a fit is bounded. */
const MAX_GROUPS = 64;
/** Added to the number of finds: Jeffreys' prior for the rate of a Poisson process. */
export const PRIOR_FINDS = 0.5;
/** Models less likely than this share of the likeliest are left out. */
const NEGLIGIBLE = 1e-7;

/** One model of a family. */
interface Model {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  /** ln S now: the logarithm of the probability that an include is still unseen. */
  readonly logUnseen: number;
  /** Its probability among the models of the family. */
  readonly weight: number;
}

/** The models of a family, weighed by what was screened. */
export interface Posterior {
  /** Includes found, those that were known left out. */
  readonly finds: number;
  readonly models: readonly Model[];
}

/** Times of the finds by rank, in groups, and of those by a random draw, which only say that the rank had not found them yet. */
interface Times {
  readonly found: readonly { readonly time: number; readonly weight: number }[];
  readonly drawn: readonly number[];
  readonly now: number;
}

/**
 * Weighs all models of a family by what was screened. The prior is uniform over the values of c, and over those of a and a / b on a
 * logarithmic scale.
 */
export function weighModels(draws: Draws, { clock, shapes }: Family): Posterior {
  const times = timesOf(draws, clock);
  const finds = times.drawn.length + times.found.reduce((sum, { weight }) => sum + weight, 0);
  const timeSum =
    times.found.reduce((sum, { time, weight }) => sum + weight * time, 0) +
    times.drawn.reduce((sum, time) => sum + time, 0);
  const models: (Omit<Model, 'weight'> & { likelihood: number })[] = [];
  for (const c of shapes) {
    const power = times.found.map(({ time }) => time ** c);
    for (let scale = SCALES.from; scale <= SCALES.to; scale++) {
      const b = 2 ** scale;
      const slopes: number[] = [];
      let late = 0;
      for (const [at, { time, weight }] of times.found.entries()) {
        const x = power[at]! / b ** c;
        slopes.push((c * x) / (time * (1 + x)));
        late += weight * Math.log1p(x);
      }
      for (const time of times.drawn) late += Math.log1p((time / b) ** c);
      const lateNow = Math.log1p((times.now / b) ** c);
      for (const a of UNIFORMITIES) {
        if (a / b < START_RATES.from || a / b > START_RATES.to) continue;
        const logUnseen = -times.now - a * lateNow;
        let likelihood = -timeSum - a * late - (finds + PRIOR_FINDS) * Math.log(-Math.expm1(logUnseen));
        for (let at = 0; at < slopes.length; at++) {
          likelihood += times.found[at]!.weight * Math.log(1 + a * slopes[at]!);
        }
        models.push({ a, b, c, logUnseen, likelihood });
      }
    }
  }
  const best = models.reduce((most, { likelihood }) => Math.max(most, likelihood), -Infinity);
  const relative = models.map(({ likelihood }) => Math.exp(likelihood - best));
  const sum = relative.reduce((before, value) => before + value, 0);
  return {
    finds,
    models: models.flatMap(({ a, b, c, logUnseen }, at) =>
      relative[at]! < NEGLIGIBLE ? [] : [{ a, b, c, logUnseen, weight: relative[at]! / sum }],
    ),
  };
}

/**
 * The share of the includes unseen now that are expected to be unseen still after so many more papers, if `unseen` are left now.
 * @param posterior of a family whose clock counts papers. @returns a function of the number of papers, 0 to that of unread ones; its
 * values are 0 to 1.
 */
export function shareStillUnseen(
  { finds, models }: Posterior,
  { poolSize, found }: Pick<Draws, 'poolSize' | 'found'>,
  unseen: number,
): (more: number) => number {
  // The models are weighed again by the probability that they give to this number.
  const logs = models.map(
    ({ logUnseen, weight }) =>
      Math.log(weight) + unseen * logUnseen + (finds + PRIOR_FINDS) * Math.log(-Math.expm1(logUnseen)),
  );
  const best = logs.reduce((most, value) => Math.max(most, value), -Infinity);
  const weights = logs.map((value) => Math.exp(value - best));
  const sum = weights.reduce((before, value) => before + value, 0);
  return (more) => {
    const time = timeAfter(found.length + more, poolSize);
    return models.reduce((share, { a, b, c, logUnseen }, at) => {
      const ratio = Math.exp(-time - a * Math.log1p((time / b) ** c) - logUnseen);
      return share + (weights[at]! / sum) * ratio;
    }, 0);
  };
}

/** The times of all finds, in the unit of `Family`. */
function timesOf({ poolSize, found, random }: Draws, clock: Clock): Times {
  const includes = found.reduce((sum, include) => sum + include, 0);
  const size = clock === 'papers' ? poolSize : poolSize - includes;
  const byRank: number[] = [];
  const drawn: number[] = [];
  let excludes = 0;
  for (let at = 0; at < found.length; at++) {
    if (found[at] === 1) {
      const time = timeAfter(clock === 'papers' ? at : excludes, size);
      if (random[at] === 1) drawn.push(time);
      else byRank.push(time);
    } else excludes++;
  }
  const groupSize = Math.ceil(byRank.length / MAX_GROUPS);
  const groups: { time: number; weight: number }[] = [];
  for (let at = 0; at < byRank.length; at += groupSize) {
    const group = byRank.slice(at, at + groupSize);
    groups.push({ time: group.reduce((sum, time) => sum + time, 0) / group.length, weight: group.length });
  }
  return { found: groups, drawn, now: timeAfter(clock === 'papers' ? found.length : excludes, size) };
}

/** The time when so many of `size` papers were read. Half a paper is added, so that no time is 0 or infinite. */
function timeAfter(read: number, size: number): number {
  return -Math.log1p(-(read + 0.5) / (size + 1));
}
