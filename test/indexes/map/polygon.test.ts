import { polygonHull } from 'd3-polygon';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inPolygon } from '../../../src/indexes/map/polygon.ts';

const at = (...points: [number, number][]) => ({
  xs: Uint16Array.from(points, ([x]) => x),
  ys: Uint16Array.from(points, ([, y]) => y),
});
const inside = (polygon: [number, number][], ...points: [number, number][]) => [
  ...inPolygon(at(...points), polygon),
];
const corner = fc.tuple(fc.nat(65_535), fc.nat(65_535));
const corners = fc.array(corner, { minLength: 3, maxLength: 12 });

/** By the side of every edge: what is inside a convex polygon is on one side of all. */
function sides(hull: [number, number][], [x, y]: [number, number]): number[] {
  return hull.map(([ax, ay], i) => {
    const [bx, by] = hull[(i + 1) % hull.length]!;
    return Math.sign((bx - ax) * (y - ay) - (by - ay) * (x - ax));
  });
}

describe('inPolygon', () => {
  test.each([
    [
      'a square',
      [
        [10, 10],
        [90, 10],
        [90, 90],
        [10, 90],
      ],
      [50, 50],
      1,
    ],
    [
      'a square, beside it',
      [
        [10, 10],
        [90, 10],
        [90, 90],
        [10, 90],
      ],
      [95, 50],
      0,
    ],
    [
      'the hollow of a U',
      [
        [0, 0],
        [30, 0],
        [30, 70],
        [60, 70],
        [60, 0],
        [90, 0],
        [90, 90],
        [0, 90],
      ],
      [45, 30],
      0,
    ],
    [
      'the arm of a U',
      [
        [0, 0],
        [30, 0],
        [30, 70],
        [60, 70],
        [60, 0],
        [90, 0],
        [90, 90],
        [0, 90],
      ],
      [15, 30],
      1,
    ],
    [
      'a star crossing itself, its middle',
      [
        [50, 0],
        [80, 90],
        [0, 35],
        [100, 35],
        [20, 90],
      ],
      [50, 50],
      0,
    ],
    [
      'a star crossing itself, an arm',
      [
        [50, 0],
        [80, 90],
        [0, 35],
        [100, 35],
        [20, 90],
      ],
      [50, 20],
      1,
    ],
    [
      'a line there and back',
      [
        [0, 0],
        [90, 90],
        [0, 0],
      ],
      [50, 40],
      0,
    ],
    [
      'corners off the map',
      [
        [-500, -500],
        [90_000, -500],
        [90_000, 90_000],
        [-500, 90_000],
      ],
      [50, 50],
      1,
    ],
  ] as [string, [number, number][], [number, number], number][])('%s', (_, polygon, point, expected) => {
    expect(inside(polygon, point)).toEqual([expected]);
  });

  test('agrees with the sides of the edges of a convex polygon', () => {
    fc.assert(
      fc.property(corners, fc.array(corner, { maxLength: 30 }), (points, asked) => {
        const hull = polygonHull(points.map(([x, y]) => [x, y]));
        fc.pre(hull !== null);
        asked.forEach((point, i) => {
          const signs = sides(hull!, point);
          // On an edge or its continuation: either will do.
          if (signs.includes(0)) return;
          expect(inside(hull!, ...asked)[i]).toBe(new Set(signs).size === 1 ? 1 : 0);
        });
      }),
      { numRuns: 60 },
    );
  });

  test('does not depend on where a polygon begins, nor on its direction', () => {
    fc.assert(
      fc.property(corners, fc.nat(11), fc.array(corner, { maxLength: 30 }), (polygon, start, points) => {
        const n = start % polygon.length;
        const turned = [...polygon.slice(n), ...polygon.slice(0, n)];
        const onEdge = (point: [number, number]) => sides(polygon, point).includes(0);
        const free = points.filter((point) => !onEdge(point));
        expect(inside(turned, ...free)).toEqual(inside(polygon, ...free));
        expect(inside(polygon.toReversed(), ...free)).toEqual(inside(polygon, ...free));
      }),
      { numRuns: 60 },
    );
  });

  test('moves with what it encloses', () => {
    const small = fc.tuple(fc.nat(1000), fc.nat(1000));
    fc.assert(
      fc.property(
        fc.array(small, { minLength: 3, maxLength: 9 }),
        fc.array(small),
        fc.nat(60_000),
        (polygon, points, by) => {
          const moved = (list: [number, number][]) => list.map(([x, y]): [number, number] => [x + by, y]);
          expect(inside(moved(polygon), ...moved(points))).toEqual(inside(polygon, ...points));
        },
      ),
      { numRuns: 60 },
    );
  });
});
