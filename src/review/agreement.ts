import { DECISIONS, type Decision } from './review.ts';

/** How far two reviewers agree on the papers that both have decided. */
export interface Agreement {
  readonly papers: number;
  /** Rows: the first reviewer's include, exclude, maybe; columns: the second's. */
  readonly table: readonly (readonly number[])[];
  /** Share of papers with the same decision, 0 to 1; 0 without a paper. */
  readonly observed: number;
  /** Cohen's kappa (Cohen 1960) with its 95 % interval; absent where it is not defined. */
  readonly kappa?: number | undefined;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
}

/** Half of a 95 % interval in standard errors, by the normal distribution. */
const STANDARD_ERRORS = 1.959964;

/**
 * The agreement of two reviewers. A `maybe` is a third category, because an include and a maybe are a disagreement that has to be
 * settled; without a maybe, kappa is that of includes and excludes.
 * @param pairs for each paper that both have decided, the first reviewer's decision and the second's.
 */
export function agreementOf(pairs: readonly (readonly [Decision, Decision])[]): Agreement {
  const table = DECISIONS.map(() => DECISIONS.map(() => 0));
  for (const [first, second] of pairs) table[DECISIONS.indexOf(first)]![DECISIONS.indexOf(second)]!++;
  const same = table.reduce((sum, row, category) => sum + row[category]!, 0);
  return {
    papers: pairs.length,
    table,
    observed: pairs.length === 0 ? 0 : same / pairs.length,
    ...cohensKappa(table),
  };
}

/**
 * Cohen's kappa, (observed − expected) / (1 − expected), where `expected` is the agreement of reviewers who decide as often in each
 * category, but independently (Cohen, Educational and Psychological Measurement 20, 1960), with its 95 % interval by the standard error
 * of Fleiss, Cohen and Everitt (Psychological Bulletin 72, 1969, eq. 13), cut at −1 and 1. The interval is approximate, and too
 * narrow for few papers.
 * @param table counts; the first reviewer's categories are the rows, the second's the columns, in the same order.
 * @returns nothing where kappa is not defined: without a paper, or when both always chose the same category.
 */
export function cohensKappa(
  table: readonly (readonly number[])[],
): { readonly kappa: number; readonly low: number; readonly high: number } | undefined {
  const papers = table.flat().reduce((sum, count) => sum + count, 0);
  if (papers === 0) return undefined;
  const share = table.map((row) => row.map((count) => count / papers));
  const rows = share.map((row) => row.reduce((sum, value) => sum + value, 0));
  const columns = share.map((_, column) => share.reduce((sum, row) => sum + row[column]!, 0));
  const observed = share.reduce((sum, row, category) => sum + row[category]!, 0);
  const expected = rows.reduce((sum, row, category) => sum + row * columns[category]!, 0);
  // All shares are multiples of 1 / papers, so a smaller distance from 1 is a rounding error.
  if (1 - expected < 1 / (2 * papers * papers)) return undefined;
  const kappa = (observed - expected) / (1 - expected);
  let spread = -((kappa - expected * (1 - kappa)) ** 2);
  share.forEach((row, first) => {
    row.forEach((value, second) => {
      spread +=
        first === second
          ? value * (1 - (rows[first]! + columns[first]!) * (1 - kappa)) ** 2
          : value * ((1 - kappa) * (columns[first]! + rows[second]!)) ** 2;
    });
  });
  const margin = (STANDARD_ERRORS * Math.sqrt(Math.max(0, spread) / papers)) / (1 - expected);
  return { kappa, low: Math.max(-1, kappa - margin), high: Math.min(1, kappa + margin) };
}
