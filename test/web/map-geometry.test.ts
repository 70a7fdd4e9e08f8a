import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  boxAround,
  fitInto,
  mainBox,
  outlineOf,
  type Point,
  readPolygon,
  toMap,
  toScreen,
  writePolygon,
} from '../../src/web/map/geometry.ts';
import { type LabelBox, placeLabels } from '../../src/web/map/labels.ts';
import { readColumns } from '../../src/web/map/map-data.ts';

const points = (...list: Point[]) => ({
  xs: Uint16Array.from(list, ([x]) => x),
  ys: Uint16Array.from(list, ([, y]) => y),
});

describe('boxes', () => {
  test('contain all points, or the selected ones', () => {
    const map = points([10, 500], [20, 100], [40, 300]);
    expect(boxAround(map)).toEqual({ left: 10, top: 100, right: 40, bottom: 500 });
    expect(boxAround(map, (doc) => doc > 0)).toEqual({ left: 20, top: 100, right: 40, bottom: 300 });
    expect(boxAround(points())).toEqual({ left: 0, top: 0, right: 65_535, bottom: 65_535 });
  });

  test('are not enlarged by a few distant points', () => {
    const near = Array.from({ length: 1000 }, (_, i): Point => [20_000 + i, 30_000 + i]);
    expect(mainBox(points(...near, [0, 65_535]))).toMatchObject({ left: 20_001, bottom: 30_998 });
    expect(mainBox(points([7, 9]))).toEqual({ left: 7, top: 9, right: 7, bottom: 9 });
  });

  test('fit a window: in the middle, as large as possible, with margins', () => {
    const box = fc.tuple(
      fc.nat(60_000),
      fc.nat(60_000),
      fc.integer({ min: 1, max: 5000 }),
      fc.integer({ min: 1, max: 5000 }),
    );
    const side = fc.integer({ min: 100, max: 3000 });
    fc.assert(
      fc.property(box, side, side, ([left, top, across, down], width, height) => {
        const placement = fitInto(
          { left, top, right: left + across, bottom: top + down },
          { width, height },
          20,
        );
        const [x0, y0] = toScreen(placement, [left, top]);
        const [x1, y1] = toScreen(placement, [left + across, top + down]);
        expect((x0 + x1) / 2).toBeCloseTo(width / 2, 3);
        expect((y0 + y1) / 2).toBeCloseTo(height / 2, 3);
        expect(Math.min(x0, width - x1, y0, height - y1)).toBeCloseTo(20, 3);
      }),
    );
  });

  test('convert a position to the window and back', () => {
    const number = fc.double({ min: -1e4, max: 1e4, noNaN: true });
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 100, noNaN: true }),
        number,
        number,
        number,
        number,
        (scale, dx, dy, x, y) => {
          const [backX, backY] = toMap({ scale, dx, dy }, toScreen({ scale, dx, dy }, [x, y]));
          expect(backX).toBeCloseTo(x, 2);
          expect(backY).toBeCloseTo(y, 2);
        },
      ),
    );
  });
});

describe('an outline', () => {
  test('keeps its shape with few corners', () => {
    const circle = Array.from({ length: 400 }, (_, i): Point => {
      const angle = (2 * Math.PI * i) / 400;
      return [30_000 + 9000 * Math.cos(angle), 30_000 + 9000 * Math.sin(angle)];
    });
    const corners = outlineOf(circle)!;
    expect(corners.length).toBeLessThan(80);
    expect(corners.length).toBeGreaterThan(12);
    for (const [x, y] of corners) expect(Math.hypot(x - 30_000, y - 30_000)).toBeCloseTo(9000, -1);
  });

  test('is a polygon of at most 120 integer corners, or undefined', () => {
    const corner = fc.tuple(
      fc.double({ min: -9e4, max: 9e4, noNaN: true }),
      fc.double({ min: -9e4, max: 9e4, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(corner, { maxLength: 400 }), (drawn) => {
        const corners = outlineOf(drawn);
        if (!corners) return;
        expect(corners.length).toBeGreaterThanOrEqual(3);
        expect(corners.length).toBeLessThanOrEqual(120);
        expect(readPolygon(writePolygon(corners))).toEqual(corners);
      }),
    );
  });

  test.each([
    ['a click', [[5, 5]]],
    [
      'a line',
      [
        [0, 0],
        [500, 500],
        [1000, 1000],
      ],
    ],
    ['nothing', []],
  ] as [string, Point[]][])('%s encloses nothing', (_, drawn) => expect(outlineOf(drawn)).toBeUndefined());

  test.each(['', 'a', '1,2,3,4', '1,2,3,4,5', '1,2,3,4,5,x'])('is not read from "%s"', (text) =>
    expect(readPolygon(text)).toEqual([]),
  );
});

test('places labels without overlaps inside the window, the first ones first', () => {
  const box = fc.record({
    x: fc.integer({ min: -50, max: 550 }),
    y: fc.integer({ min: -50, max: 450 }),
    width: fc.integer({ min: 10, max: 200 }),
    height: fc.constant(16),
  });
  fc.assert(
    fc.property(fc.array(box, { maxLength: 25 }), (boxes) => {
      const window = { width: 500, height: 400 };
      const labels = placeLabels(boxes, window);
      const placed = labels.filter((label) => label !== undefined);
      const clash = (a: LabelBox, b: LabelBox) =>
        Math.abs(a.x - b.x) < (a.width + b.width) / 2 && Math.abs(a.y - b.y) < 16;
      const inside = ({ x, y, width }: LabelBox) =>
        x >= width / 2 && x <= 500 - width / 2 && y >= 8 && y <= 392;
      for (const [i, a] of placed.entries()) {
        expect(inside(a)).toBe(true);
        for (const b of placed.slice(i + 1)) expect(clash(a, b)).toBe(false);
      }
      for (const [i, label] of labels.entries()) {
        // Moved only up or down, and at most to the line after the next.
        if (label) expect(label).toMatchObject({ x: boxes[i]!.x, width: boxes[i]!.width });
        if (label) expect(Math.abs(label.y - boxes[i]!.y)).toBeLessThanOrEqual(40);
      }
      if (boxes[0] && inside(boxes[0])) expect(labels[0]).toEqual(boxes[0]);
    }),
  );
});

test('places labels around boxes in the window', () => {
  const box = { x: 100, y: 100, width: 50, height: 16 };
  const taken = { x: 100, y: 95, width: 30, height: 30 };
  expect(placeLabels([box], { width: 200, height: 200 }, [taken])).toEqual([{ ...box, y: 61.6 }]);
});

test('reads columns, and rejects another number of papers', () => {
  const bytes = new ArrayBuffer(16);
  new Uint16Array(bytes).set([1, 2, 3, 4, 2020, 0]);
  new Uint8Array(bytes).set([7, 8, 255, 0], 12);
  expect(readColumns(bytes, 2)).toEqual({
    xs: Uint16Array.of(1, 2),
    ys: Uint16Array.of(3, 4),
    years: Uint16Array.of(2020, 0),
    clusterOf: Uint8Array.of(7, 8),
    venueOf: Uint8Array.of(255, 0),
  });
  expect(() => readColumns(bytes, 3)).toThrow('changed');
});
