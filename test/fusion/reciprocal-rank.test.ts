import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reciprocalRankFusion } from '../../src/fusion/reciprocal-rank.ts';

const run = (...docs: number[]) => docs.map((doc, i) => ({ doc, score: 100 - i }));

describe('reciprocalRankFusion', () => {
  test('adds 1 / (60 + rank) over the runs', () => {
    expect(reciprocalRankFusion([run(7, 3), run(3, 9)])).toEqual([
      { doc: 3, score: 1 / (60 + 2) + 1 / (60 + 1) },
      { doc: 7, score: 1 / (60 + 1) },
      { doc: 9, score: 1 / (60 + 2) },
    ]);
  });

  test('ties go by position', () => {
    expect(reciprocalRankFusion([run(5, 2), run(2, 5)]).map(({ doc }) => doc)).toEqual([2, 5]);
  });

  test('no runs, no papers', () => {
    expect(reciprocalRankFusion([])).toEqual([]);
    expect(reciprocalRankFusion([[], []])).toEqual([]);
  });

  test('holds every paper of any run once, whatever their order; a single run keeps its order', () => {
    const ranking = fc.uniqueArray(fc.nat(50)).map((docs) => run(...docs));
    fc.assert(
      fc.property(ranking, ranking, (a, b) => {
        const fused = reciprocalRankFusion([a, b]);
        expect(fused).toEqual(reciprocalRankFusion([b, a]));
        expect(fused.map(({ doc }) => doc).sort()).toEqual(
          [...new Set([...a, ...b].map(({ doc }) => doc))].sort(),
        );
        expect(reciprocalRankFusion([a]).map(({ doc }) => doc)).toEqual(a.map(({ doc }) => doc));
      }),
    );
  });
});
