import { type Family, type Posterior, weighModels } from './discovery-model.ts';
import type { Draws } from './history.ts';
import { quantile, type UnseenDistribution, unseenDistribution } from './unseen.ts';

/** What one family of models says. */
export interface Opinion {
  readonly family: Family;
  readonly posterior: Posterior;
  readonly unseen: UnseenDistribution;
}

/** How many includes are unseen. */
export interface UnseenInterval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The two families of models, which differ in whether includes compete. Of several measured, these two together cover the truth
 * (scripts/measurements/screening-coverage.md).
 */
const FAMILIES: readonly Family[] = [
  { clock: 'papers', shapes: [1] },
  { clock: 'excludes', shapes: [0.7, 1, 1.5, 2] },
];

/** What each family says about the unseen includes. */
export function opinionsOn(draws: Draws): readonly Opinion[] {
  return FAMILIES.map((family) => {
    const posterior = weighModels(draws, family);
    return { family, posterior, unseen: unseenDistribution(draws, posterior) };
  });
}

/**
 * A family leaves out this part of what the interval may leave out: each states its 99 % interval, so that what both span covers the
 * truth in 95 % of reviews. With 95 % intervals, 88 % of stops were covered in reviews made of test collections, where some
 * includes are ranked far behind all others.
 */
const PART_LEFT_OUT = 1 / 5;

/** The interval spans those of all families; the estimate is the median of their mean. @param confidence 0 to 1. */
export function intervalOf(opinions: readonly Opinion[], confidence: number): UnseenInterval {
  const tail = (PART_LEFT_OUT * (1 - confidence)) / 2;
  return {
    estimate: quantile(meanOf(opinions), 0.5),
    low: Math.min(...opinions.map(({ unseen }) => quantile(unseen, tail))),
    high: Math.max(...opinions.map(({ unseen }) => quantile(unseen, 1 - tail))),
  };
}

function meanOf(opinions: readonly Opinion[]): UnseenDistribution {
  const mean = new Float64Array(Math.max(...opinions.map(({ unseen }) => unseen.length)));
  for (const { unseen } of opinions) {
    for (let u = 0; u < unseen.length; u++) mean[u]! += unseen[u]! / opinions.length;
  }
  return mean;
}

/** Recall with so many includes found and unseen, 0 to 1; 1 where there is none at all. */
export function recallWith(found: number, unseen: number): number {
  return found + unseen === 0 ? 1 : found / (found + unseen);
}
