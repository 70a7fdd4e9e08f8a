import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reciprocalRank } from '../../../src/search/fuse/reciprocal-rank.ts';

function fuse(lexical: Float64Array, dense: Float32Array): Float64Array {
  const fused = new Float64Array(dense.length).fill(7);
  reciprocalRank().fuse({ scores: lexical, maxScore: 1 }, dense, fused);
  return fused;
}

describe('reciprocalRank', () => {
  test('adds 1 / (60 + rank) over the runs, and nothing for a document without a keyword match', () => {
    const lexical = Float64Array.of(0, 7, 9);
    const dense = Float32Array.of(0.5, 0.9, -0.2);
    expect([...fuse(lexical, dense)]).toEqual([
      1 / (60 + 2),
      1 / (60 + 2) + 1 / (60 + 1),
      1 / (60 + 1) + 1 / (60 + 3),
    ]);
  });

  test('breaks ties within a run by position', () => {
    expect([...fuse(Float64Array.of(0, 0), Float32Array.of(0.5, 0.5))]).toEqual([1 / 61, 1 / 62]);
  });

  test('does not rank documents without a cosine', () => {
    const fused = fuse(Float64Array.of(3, 2), Float32Array.of(Number.NEGATIVE_INFINITY, 0.5));
    expect([...fused]).toEqual([Number.NEGATIVE_INFINITY, 1 / 61 + 1 / 61]);
  });

  test('returns no scores for no documents', () => {
    expect(fuse(new Float64Array(), new Float32Array())).toHaveLength(0);
  });

  test('keeps the order of two runs that agree', () => {
    const scores = fc.uniqueArray(fc.float({ min: Math.fround(0.01), max: 1, noNaN: true }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(scores, (values) => {
        const run = Float64Array.from(values);
        const order = (list: Float64Array) => [...list.keys()].sort((a, b) => list[b]! - list[a]!);
        expect(order(fuse(run, Float32Array.from(run)))).toEqual(order(run));
      }),
    );
  });
});
