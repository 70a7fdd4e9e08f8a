import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { likeness, type Similarities, scaleOf, unlikeness } from '../../../src/search/related/combine.ts';

const seed = (of: number[], scale = 1) => ({ of: Float64Array.from(of), scale });

const combined = (near: Similarities[], far: Similarities[], doc: number) =>
  likeness(near, doc) - unlikeness(near, far, doc);

describe('the score', () => {
  test('is the similarity for one seed, less half of that to the nearest negative one', () => {
    expect(combined([seed([0.4])], [], 0)).toBe(0.4);
    expect(combined([seed([-0.4])], [], 0)).toBe(-0.4);
    expect(combined([seed([0.4])], [seed([0.1]), seed([0.3])], 0)).toBe(0.4 - 0.5 * 0.3);
    // A paper that is unlike a negative seed gains nothing.
    expect(combined([seed([0.4])], [seed([-0.3])], 0)).toBe(0.4);
  });

  test('is the power mean for several seeds, times the mean scale', () => {
    const near = [seed([0.2], 0.5), seed([0.3], 0.3)];
    expect(combined(near, [], 0)).toBeCloseTo(0.4 * ((0.4 ** 4 + 1 ** 4) / 2) ** (1 / 4), 12);
    expect(combined(near, [seed([0.1], 0.2)], 0)).toBeCloseTo(
      0.4 * (((0.4 ** 4 + 1) / 2) ** (1 / 4) - 0.5 * 0.5),
      12,
    );
  });

  test('ignores seeds that a paper is unlike, and keeps papers that are unlike all in order', () => {
    expect(combined([seed([0.2]), seed([-0.9])], [], 0)).toBeCloseTo(0.2 / 2 ** (1 / 4), 12);
    expect(combined([seed([-0.2]), seed([-0.9])], [], 0)).toBe(-0.2);
  });

  test('ranks a paper near all seeds above one that is as near to one of them only', () => {
    const near = [seed([0.3, 0.3]), seed([0.3, 0.1]), seed([0.3, 0.1])];
    expect(combined(near, [], 0)).toBeGreaterThan(combined(near, [], 1));
  });

  test('does not depend on the order of the seeds, and grows with each similarity', () => {
    const similarity = fc.double({ min: 0, max: 2, noNaN: true });
    const scale = fc.double({ min: 0.01, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(similarity, scale), { minLength: 1, maxLength: 6 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (seeds, more) => {
          const near = seeds.map(([value, own]) => seed([value, value + more], own));
          const score = combined(near, [], 0);
          expect(combined(near.toReversed(), [], 0)).toBeCloseTo(score, 9);
          expect(combined(near, [], 1)).toBeGreaterThanOrEqual(score - 1e-12);
        },
      ),
    );
  });
});

describe('scaleOf', () => {
  test('is the mean of the 30 most similar papers that are not seeds', () => {
    const similarities = Float64Array.from({ length: 100 }, (_, doc) => doc / 100);
    // Papers 69 to 98.
    expect(scaleOf(similarities, [99])).toBeCloseTo((0.69 + 0.98) / 2, 12);
  });

  test('counts similar papers only, and is 1 without any', () => {
    expect(scaleOf(Float64Array.of(1, 0.4, 0, -0.2, 0.2), [0])).toBeCloseTo(0.3, 12);
    expect(scaleOf(Float64Array.of(1, 0, -0.2), [0])).toBe(1);
  });
});
