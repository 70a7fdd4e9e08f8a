import type { ScreenedHistory } from './history.ts';
import { hypergeometricCdf } from './hypergeometric.ts';

/**
 * The runs that end with the newest screened paper, one for each number of includes: `papers[j]` is the length of the longest run with
 * j includes. A shorter run with as many includes is weaker evidence, so these are all that the test needs.
 */
function longestRuns(found: Uint8Array): number[] {
  const papers: number[] = [];
  for (let at = found.length - 1; at >= 0; at--) if (found[at] === 1) papers.push(found.length - 1 - at);
  papers.push(found.length);
  return papers;
}

/**
 * The test of Callaghan and Müller-Hansen (Systematic Reviews 9:273, 2020, section "Ranked quasi-sampling") for one number of unseen
 * includes: the smallest probability, over all runs that end with the newest paper, of finding as few includes in the
 * run if it had been drawn at random and `unseen` includes were left. It assumes that the order of screening finds includes at least
 * as fast as a random order, and does not correct for the number of runs and looks: the paper measures that the first outweighs the second.
 * @returns a function of the number of unseen includes (0 or more), that falls as the number grows.
 */
export function rankedTest({ poolSize, found }: ScreenedHistory): (unseen: number) => number {
  const runs = longestRuns(found);
  const unread = poolSize - found.length;
  return (unseen) => {
    if (unseen > unread) return 0;
    let least = 1;
    for (let includes = 0; includes < runs.length; includes++) {
      const drawn = runs[includes]!;
      least = Math.min(
        least,
        hypergeometricCdf(includes, { papers: unread + drawn, includes: includes + unseen, drawn }),
      );
    }
    return least;
  };
}

/** The largest number of unseen includes from 0 to `most` whose probability is above `alpha`; `test` must fall as the number grows. */
export function largestPossible(test: (unseen: number) => number, most: number, alpha: number): number {
  let possible = 0;
  let excluded = most + 1;
  while (excluded - possible > 1) {
    const middle = Math.floor((possible + excluded) / 2);
    if (test(middle) > alpha) possible = middle;
    else excluded = middle;
  }
  return possible;
}
