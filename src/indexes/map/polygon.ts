import { polygonContains } from 'd3-polygon';
import type { MapLayout } from './lay-out.ts';

/** Corners in map coordinates, one after another, at least three; the last is joined to the first. */
export type Polygon = readonly (readonly [x: number, y: number])[];

/**
 * The papers in a polygon: one byte a paper, 1 for those inside. Where its lines cross, what they enclose twice is
 * outside (even-odd rule); a paper on a line may be either.
 */
export function inPolygon({ xs, ys }: Pick<MapLayout, 'xs' | 'ys'>, polygon: Polygon): Uint8Array {
  const corners = polygon.map(([x, y]): [number, number] => [x, y]);
  const [left, right] = boundsOf(corners.map(([x]) => x));
  const [top, bottom] = boundsOf(corners.map(([, y]) => y));
  return Uint8Array.from(xs, (x, doc) => {
    const y = ys[doc]!;
    // Most papers are far away, and known to be outside by four comparisons.
    const isNear = x >= left && x <= right && y >= top && y <= bottom;
    return isNear && polygonContains(corners, [x, y]) ? 1 : 0;
  });
}

function boundsOf(values: readonly number[]): readonly [least: number, most: number] {
  return [Math.min(...values), Math.max(...values)];
}
