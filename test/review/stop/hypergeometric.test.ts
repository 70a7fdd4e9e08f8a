import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hypergeometricCdf } from '../../../src/review/stop/hypergeometric.ts';

/** n over k, exactly. */
function choose(n: number, k: number): bigint {
  if (k < 0 || k > n) return 0n;
  let result = 1n;
  for (let i = 1; i <= k; i++) result = (result * BigInt(n - k + i)) / BigInt(i);
  return result;
}

describe('hypergeometricCdf', () => {
  test('is the sum of exact probabilities', () => {
    // 3 of 10 papers are includes and 4 are drawn: C(7,4)/C(10,4) = 35/210, and 3·C(7,3)/210 = 105/210.
    expect(hypergeometricCdf(0, { papers: 10, includes: 3, drawn: 4 })).toBeCloseTo(35 / 210, 14);
    expect(hypergeometricCdf(1, { papers: 10, includes: 3, drawn: 4 })).toBeCloseTo(140 / 210, 14);
  });

  test('equals exact arithmetic for any urn', () => {
    fc.assert(
      fc.property(fc.nat(120), fc.nat(120), fc.nat(120), fc.nat(120), (papers, a, b, x) => {
        const includes = Math.min(a, papers);
        const drawn = Math.min(b, papers);
        let sum = 0n;
        for (let k = 0; k <= x; k++) sum += choose(includes, k) * choose(papers - includes, drawn - k);
        const exact = Number((sum * 10n ** 18n) / choose(papers, drawn)) / 1e18;
        expect(hypergeometricCdf(x, { papers, includes, drawn })).toBeCloseTo(exact, 12);
      }),
    );
  });
});
