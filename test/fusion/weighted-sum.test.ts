import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { weightedSum } from '../../src/fusion/weighted-sum.ts';

describe('weightedSum', () => {
  test('adds share × keyword score over the best one, and the rest × cosine', () => {
    const lexical = [
      { doc: 4, score: 8 },
      { doc: 2, score: 6 },
    ];
    const dense = [
      { doc: 2, score: 0.5 },
      { doc: 7, score: 0.2 },
    ];
    expect(weightedSum(lexical, dense, 0.25)).toEqual([
      { doc: 2, score: 0.75 * 0.5 + (0.25 * 6) / 8 },
      { doc: 4, score: (0.25 * 8) / 8 },
      { doc: 7, score: 0.75 * 0.2 },
    ]);
  });

  test('without keyword matches the semantic order stays, and the other way round', () => {
    const run = [
      { doc: 3, score: 0.9 },
      { doc: 1, score: 0.4 },
    ];
    const docs = (fused: { doc: number }[]) => fused.map(({ doc }) => doc);
    expect(docs(weightedSum([], run))).toEqual([3, 1]);
    expect(docs(weightedSum(run, []))).toEqual([3, 1]);
    expect(weightedSum([], [])).toEqual([]);
  });

  test('is at most 1, holds every paper once, ties by position', () => {
    const scored = (score: fc.Arbitrary<number>) =>
      fc
        .uniqueArray(fc.nat(30))
        .chain((docs) => fc.tuple(...docs.map((doc) => score.map((value) => ({ doc, score: value })))))
        .map((list) => list.sort((a, b) => b.score - a.score));
    const lexical = scored(fc.double({ min: 0.01, max: 50, noNaN: true }));
    const dense = scored(fc.double({ min: -1, max: 1, noNaN: true }));
    fc.assert(
      fc.property(lexical, dense, (l, d) => {
        const fused = weightedSum(l, d);
        expect(fused.map(({ doc }) => doc).sort()).toEqual(
          [...new Set([...l, ...d].map(({ doc }) => doc))].sort(),
        );
        fused.forEach(({ doc, score }, i) => {
          expect(score).toBeLessThanOrEqual(1 + 1e-12);
          const next = fused[i + 1];
          if (next) expect(score > next.score || (score === next.score && doc < next.doc)).toBe(true);
        });
      }),
    );
  });
});
