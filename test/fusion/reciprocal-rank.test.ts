import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reciprocalRankFusion } from '../../src/fusion/reciprocal-rank.ts';

describe('reciprocalRankFusion', () => {
  test('adds 1 / (60 + rank) over the runs; what a keyword run does not match adds nothing', () => {
    const lexical = Float64Array.of(0, 7, 9);
    const dense = Float64Array.of(0.5, 0.9, -0.2);
    expect([...reciprocalRankFusion(lexical, dense)]).toEqual([
      1 / (60 + 2),
      1 / (60 + 2) + 1 / (60 + 1),
      1 / (60 + 1) + 1 / (60 + 3),
    ]);
  });

  test('ties within a run go by position', () => {
    expect([...reciprocalRankFusion(Float64Array.of(0, 0), Float64Array.of(0.5, 0.5))]).toEqual([
      1 / 61,
      1 / 62,
    ]);
  });

  test('no documents, no scores', () => {
    expect(reciprocalRankFusion(new Float64Array(), new Float64Array())).toHaveLength(0);
  });

  test('keeps the order of two runs that agree', () => {
    const scores = fc.uniqueArray(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(scores, (values) => {
        const run = Float64Array.from(values);
        const order = (list: Float64Array) => [...list.keys()].sort((a, b) => list[b]! - list[a]!);
        expect(order(reciprocalRankFusion(run, run))).toEqual(order(run));
      }),
    );
  });
});
