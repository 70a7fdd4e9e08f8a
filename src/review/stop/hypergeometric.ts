/** An urn: how many papers it contains, how many of them are includes, and how many are drawn without replacement. */
export interface Urn {
  readonly papers: number;
  readonly includes: number;
  readonly drawn: number;
}

/** Terms below this share of the largest one cannot change a probability of double precision. */
const NEGLIGIBLE = 1e-18;

/**
 * P(X ≤ x) for X, the includes among papers drawn from an urn without replacement (hypergeometric distribution).
 * The terms p(k) are computed from the mode outwards by their ratio,
 * p(k + 1) / p(k) = (includes − k)(drawn − k) / ((k + 1)(papers − includes − drawn + k + 1)), and divided by their sum.
 * So the result needs no logarithm and is the same on every machine.
 * @returns 0 to 1; absolute error about 1e-15.
 */
export function hypergeometricCdf(x: number, { papers, includes, drawn }: Urn): number {
  const least = Math.max(0, drawn + includes - papers);
  const most = Math.min(drawn, includes);
  if (x < least) return 0;
  if (x >= most) return 1;
  const mode = Math.min(most, Math.max(least, Math.floor(((drawn + 1) * (includes + 1)) / (papers + 2))));
  const others = papers - includes - drawn;
  let below = mode <= x ? 1 : 0;
  let above = 1 - below;
  for (let k = mode, term = 1; k > least && term > NEGLIGIBLE; k--) {
    term *= (k * (others + k)) / ((includes - k + 1) * (drawn - k + 1));
    if (k - 1 <= x) below += term;
    else above += term;
  }
  for (let k = mode, term = 1; k < most && term > NEGLIGIBLE; k++) {
    term *= ((includes - k) * (drawn - k)) / ((k + 1) * (others + k + 1));
    if (k + 1 <= x) below += term;
    else above += term;
  }
  return below / (below + above);
}
