import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KeywordScores } from '../../../src/indexes/scores.ts';
import { weightedSum } from '../../../src/search/fuse/weighted-sum.ts';

function fuse(lexical: KeywordScores, dense: Float32Array, share?: number): Float64Array {
  const fused = new Float64Array(dense.length).fill(7);
  weightedSum(share).fuse(lexical, dense, fused);
  return fused;
}

describe('weightedSum', () => {
  test('adds share × keyword score over its maximum, and the rest × cosine', () => {
    const lexical = { scores: Float64Array.of(0, 6, 8), maxScore: 16 };
    const dense = Float32Array.of(0.5, 0.25, -0.5);
    expect([...fuse(lexical, dense, 0.25)]).toEqual([
      0.75 * 0.5,
      (0.25 * 6) / 16 + 0.75 * 0.25,
      (0.25 * 8) / 16 + 0.75 * -0.5,
    ]);
  });

  test('is the scaled cosine without keywords', () => {
    const lexical = { scores: new Float64Array(2), maxScore: 0 };
    expect([...fuse(lexical, Float32Array.of(0.5, -0.5), 0.5)]).toEqual([0.25, -0.25]);
  });

  test('is at most 1 and keeps every document', () => {
    const pair = fc.tuple(
      fc.double({ min: 0, max: 50, noNaN: true }),
      fc.float({ min: -1, max: 1, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(pair), (pairs) => {
        const fused = fuse(
          { scores: Float64Array.from(pairs, ([lexical]) => lexical), maxScore: 50 },
          Float32Array.from(pairs, ([, dense]) => dense),
        );
        expect(fused).toHaveLength(pairs.length);
        for (const score of fused) expect(score).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });
});
