import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { weightedSum } from '../../src/fusion/weighted-sum.ts';

describe('weightedSum', () => {
  test('adds share × keyword score over the best one, and the rest × cosine', () => {
    const lexical = Float64Array.of(0, 6, 8);
    const dense = Float64Array.of(0.5, 0.25, -0.5);
    expect([...weightedSum(lexical, dense, 0.25)]).toEqual([
      0.75 * 0.5,
      0.25 * (6 / 8) + 0.75 * 0.25,
      0.25 * (8 / 8) + 0.75 * -0.5,
    ]);
  });

  test('without keyword matches it is the cosine, scaled', () => {
    expect([...weightedSum(new Float64Array(2), Float64Array.of(0.5, -0.5), 0.5)]).toEqual([0.25, -0.25]);
  });

  test('is at most 1 and keeps every document', () => {
    const pair = fc.tuple(
      fc.double({ min: 0, max: 50, noNaN: true }),
      fc.double({ min: -1, max: 1, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(pair), (pairs) => {
        const fused = weightedSum(
          Float64Array.from(pairs, ([lexical]) => lexical),
          Float64Array.from(pairs, ([, dense]) => dense),
        );
        expect(fused).toHaveLength(pairs.length);
        for (const score of fused) expect(score).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });
});
