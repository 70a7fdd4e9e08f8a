import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { regionsOf } from '../../../src/indexes/map/regions.ts';
import { mulberry32 } from '../../../src/util/random.ts';

/** So many points around each centre. */
function islands(centres: readonly (readonly [number, number, number])[]) {
  const random = mulberry32(7);
  const around = (middle: number) => middle + 4000 * (random() + random() + random() - 1.5);
  const points = centres.flatMap(([x, y, count]) =>
    Array.from({ length: count }, () => [around(x), around(y)] as const),
  );
  return { xs: Uint16Array.from(points, ([x]) => x), ys: Uint16Array.from(points, ([, y]) => y) };
}

describe('regionsOf', () => {
  test('parts islands, the largest first, with peaks on them', () => {
    const { xs, ys } = islands([
      [15_000, 15_000, 100],
      [50_000, 15_000, 300],
      [30_000, 50_000, 200],
    ]);
    const { of, peaks } = regionsOf(xs, ys, 3);
    expect([...of]).toEqual([
      ...new Array(100).fill(2),
      ...new Array(300).fill(0),
      ...new Array(200).fill(1),
    ]);
    expect(Math.hypot(peaks[0]!.x - 50_000, peaks[0]!.y - 15_000)).toBeLessThan(4000);
    expect(Math.hypot(peaks[2]!.x - 15_000, peaks[2]!.y - 15_000)).toBeLessThan(4000);
  });

  test('joins islands to the nearest one where there are too many', () => {
    const { xs, ys } = islands([
      [10_000, 10_000, 100],
      [10_000, 25_000, 50],
      [55_000, 55_000, 120],
    ]);
    const { of } = regionsOf(xs, ys, 2);
    expect(new Set(of.subarray(0, 150)).size).toBe(1);
    expect(of[0]).not.toBe(of[200]);
  });

  test('puts each point into one region, of at most as many as asked for', () => {
    const point = fc.tuple(fc.nat(65_535), fc.nat(65_535));
    fc.assert(
      fc.property(
        fc.array(point, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 8 }),
        (points, most) => {
          const { of, peaks } = regionsOf(
            Uint16Array.from(points, ([x]) => x),
            Uint16Array.from(points, ([, y]) => y),
            most,
          );
          expect(peaks.length).toBeLessThanOrEqual(most);
          expect(of).toHaveLength(points.length);
          for (const [region] of peaks.entries()) expect(of).toContain(region);
          for (const region of of) expect(region).toBeLessThan(peaks.length);
        },
      ),
      { numRuns: 40 },
    );
  });
});
