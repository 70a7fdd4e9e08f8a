import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { weightedSum } from '../../src/fusion/weighted-sum.ts';

describe('weightedSum', () => {
  test('adds share × coverage × keyword score over the best one, and the rest × cosine', () => {
    const lexical = { scores: Float64Array.of(0, 6, 8), coverage: 0.5 };
    const dense = Float64Array.of(0.5, 0.25, -0.5);
    expect([...weightedSum(lexical, dense, 0.25)]).toEqual([
      0.75 * 0.5,
      0.25 * ((0.5 * 6) / 8) + 0.75 * 0.25,
      0.25 * ((0.5 * 8) / 8) + 0.75 * -0.5,
    ]);
  });

  test('without keyword matches it is the cosine, scaled', () => {
    expect([
      ...weightedSum({ scores: new Float64Array(2), coverage: 0 }, Float64Array.of(0.5, -0.5), 0.5),
    ]).toEqual([0.25, -0.25]);
  });

  test('is at most 1 and keeps every document', () => {
    const pair = fc.tuple(
      fc.double({ min: 0, max: 50, noNaN: true }),
      fc.double({ min: -1, max: 1, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(pair), fc.double({ min: 0, max: 1, noNaN: true }), (pairs, coverage) => {
        const fused = weightedSum(
          { scores: Float64Array.from(pairs, ([lexical]) => lexical), coverage },
          Float64Array.from(pairs, ([, dense]) => dense),
        );
        expect(fused).toHaveLength(pairs.length);
        for (const score of fused) expect(score).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });
});
