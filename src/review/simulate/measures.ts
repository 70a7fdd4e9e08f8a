/**
 * The measures of simulated screening as ASReview computes them (asreview 3 and asreview-insights 1.6). All read `found`: for each
 * paper in the order of reading 1 for an include and 0 for an exclude; papers known before are left out, and papers never read come
 * last (`foundInOrder`). `found` needs at least one include.
 */

import type { Simulation } from './simulate.ts';

/**
 * For each paper of the pool that was not known before, in the order of reading, 1 for an include and 0 for an exclude. Papers that
 * were not read follow as excludes, as in ASReview, and includes among them at the very end: no order could be worse, so that a run
 * that stopped early never looks better than it was.
 */
export function foundInOrder({ known, read }: Simulation, truth: Uint8Array): Uint8Array {
  const found = new Uint8Array(truth.length - known.length);
  read.forEach((row, place) => {
    found[place] = truth[row]!;
  });
  const includes = total(truth) - known.reduce((sum, row) => sum + truth[row]!, 0);
  found.fill(1, found.length - (includes - total(found)));
  return found;
}

/**
 * The recall curve: after each paper, the share of the includes that were found, 0 to 1.
 * `_recall_values` of asreview-insights.
 */
export function recallCurveOf(found: Uint8Array): Float64Array {
  const includes = total(found);
  let sum = 0;
  return Float64Array.from(found, (value) => {
    sum += value;
    return sum / includes;
  });
}

/**
 * Relevant records found (RRF): the share of the includes that were found in a first share of the papers; `RRF@10` is that of the
 * first tenth. `_recall` of asreview-insights; van de Schoot et al., Nature Machine Intelligence 3 (2021).
 * @param share 0 to 1. @returns 0 to 1.
 */
export function relevantFoundAt(found: Uint8Array, share: number): number {
  let papers = 0;
  while (papers < found.length && (papers + 1) / found.length <= share) papers++;
  return total(found.subarray(0, papers)) / total(found);
}

/**
 * Work saved over sampling (WSS): how much earlier, as a share of all papers, the last include of a share of them was found than by
 * reading evenly. `_wss` of asreview-insights: for k includes, the largest number with k / includes ≤ `recall`, the place at which
 * round(linspace(0, includes, papers)) reaches k minus the place at which k were found, divided by the papers. Cohen et al.,
 * JAMIA 13 (2006), define it by the same idea as (TN + FN) / N − (1 − recall).
 * @param recall 0 to 1. @returns below 1; negative when reading evenly is better.
 */
export function workSaved(found: Uint8Array, recall: number): number {
  const includes = total(found);
  let wanted = includes;
  for (let k = 1; k <= includes && k / includes <= recall; k++) wanted = k;
  const evenly = (place: number) => {
    if (place === 0) return 0;
    const last = found.length - 1;
    return roundHalfToEven(place === last ? includes : place * (includes / last));
  };
  let random = 0;
  while (random < found.length && evenly(random) < wanted) random++;
  return (random - placeOf(found, wanted)) / found.length;
}

/**
 * Average time to discovery (ATD): the mean place, from 1, of the includes in the order of reading, in papers.
 * `_average_time_to_discovery` of asreview-insights; Ferdinands et al., Systematic Reviews 12 (2023).
 */
export function averageTimeToDiscovery(found: Uint8Array): number {
  let sum = 0;
  found.forEach((value, place) => {
    sum += value * (place + 1);
  });
  return sum / total(found);
}

/**
 * The loss of ASReview: the area between the recall curve and that of a perfect order, divided by the area between a perfect order
 * and the worst one. `loss` of asreview.metrics: (Ny (Nx − (Ny − 1) / 2) − Σ cumulated) / (Ny (Nx − Ny)) for Nx papers and Ny includes.
 * @returns 0 (perfect) to 1 (worst); NaN when all papers are includes, where ASReview throws an error.
 */
export function lossOf(found: Uint8Array): number {
  const papers = found.length;
  const includes = total(found);
  let area = 0;
  let sum = 0;
  for (const value of found) {
    sum += value;
    area += sum;
  }
  return (includes * (papers - (includes - 1) / 2) - area) / (includes * (papers - includes));
}

/**
 * Normalised discounted cumulative gain of the whole order. `ndcg` of asreview.metrics: Σ found / log2(place + 1), place from 1,
 * divided by that of a perfect order (Wang et al., COLT 2013).
 * @returns above 0, at most 1.
 */
export function ndcgOf(found: Uint8Array): number {
  let gain = 0;
  let ideal = 0;
  let includes = 0;
  found.forEach((value, place) => {
    if (value === 0) return;
    gain += 1 / Math.log2(place + 2);
    ideal += 1 / Math.log2(includes + 2);
    includes++;
  });
  return gain / ideal;
}

/**
 * How many papers had to be read, the known ones counted, until a share of all includes was known: the least number with known
 * includes ≥ ⌈recall × includes⌉. Not a measure of ASReview, whose measures leave the known papers out.
 * @param recall above 0, at most 1.
 * @returns the size of the pool when the run stopped before.
 */
export function papersToRecall({ known, read }: Simulation, truth: Uint8Array, recall: number): number {
  // The product can be above a whole number by a rounding error.
  const wanted = Math.ceil(recall * total(truth) - 1e-9);
  let includes = 0;
  let papers = 0;
  for (const row of [...known, ...read]) {
    if (includes >= wanted) break;
    includes += truth[row]!;
    papers++;
  }
  return includes >= wanted ? Math.max(papers, known.length) : truth.length;
}

/** The measures of one run, by the names they have in reports. */
export interface Measures {
  /** Papers read, known ones counted, to know 95 % of the includes; and the same as a share of the pool. */
  readonly papersTo95: number;
  readonly shareTo95: number;
  readonly wss95: number;
  readonly rrf10: number;
  /** In papers. */
  readonly atd: number;
  readonly loss: number;
  readonly ndcg: number;
}

/** All measures of a run. @param truth has at least one include that was not known before. */
export function measuresOf(simulation: Simulation, truth: Uint8Array): Measures {
  const found = foundInOrder(simulation, truth);
  const papersTo95 = papersToRecall(simulation, truth, 0.95);
  return {
    papersTo95,
    shareTo95: papersTo95 / truth.length,
    wss95: workSaved(found, 0.95),
    rrf10: relevantFoundAt(found, 0.1),
    atd: averageTimeToDiscovery(found),
    loss: lossOf(found),
    ndcg: ndcgOf(found),
  };
}

function total(values: Uint8Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** The place, from 0, at which so many includes were found. */
function placeOf(found: Uint8Array, wanted: number): number {
  let includes = 0;
  return found.findIndex((value) => {
    includes += value;
    return includes === wanted;
  });
}

/** As NumPy rounds: halves to the even neighbour. */
function roundHalfToEven(value: number): number {
  const below = Math.floor(value);
  const over = value - below;
  if (over !== 0.5) return over < 0.5 ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}
