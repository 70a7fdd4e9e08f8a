import type { Draws } from './history.ts';
import { hypergeometricCdf } from './hypergeometric.ts';

/**
 * The test of Callaghan and Müller-Hansen (Systematic Reviews 9:273, 2020, "Ranked quasi-sampling") for one number of unseen
 * includes: the smallest probability, over all runs of papers that end with the newest one, of finding as few includes in the
 * run if it had been drawn at random and `unseen` includes were left. It assumes that the order of screening finds includes at least
 * as fast as a random order, and does not correct for the number of runs and looks: the paper measures that the first outweighs
 * the second.
 * @returns 0 to 1; never larger for a larger number of unseen includes.
 */
export function rankedTest({ poolSize, found }: Pick<Draws, 'poolSize' | 'found'>, unseen: number): number {
  const unread = poolSize - found.length;
  if (unseen > unread) return 0;
  let least = 1;
  let includes = 0;
  // Of the runs with equally many includes, the longest is the strongest evidence: it begins after an include.
  for (let from = found.length; from >= 0; from--) {
    if (from > 0 && found[from - 1] === 0) continue;
    const drawn = found.length - from;
    const urn = { papers: unread + drawn, includes: includes + unseen, drawn };
    least = Math.min(least, hypergeometricCdf(includes, urn));
    includes++;
  }
  return least;
}
