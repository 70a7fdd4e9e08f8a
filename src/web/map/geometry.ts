/** The position of the map in its window: screen = scale × map + d, in CSS pixels. */
export interface Placement {
  readonly scale: number;
  readonly dx: number;
  readonly dy: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A box in map coordinates. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export type Point = readonly [x: number, y: number];

/** Most corners of a drawn outline, so that it fits in a URL. */
const MAX_CORNERS = 120;
/** Share of points that may be beyond each edge of the first view. */
const FAR_SHARE = 0.002;
/** A corner closer than this to the line between its neighbours is dropped. In map coordinates. */
const FLAT = 40;

/** The bounding box of points. @param wanted which points. Default: all. */
export function boxAround(
  { xs, ys }: { readonly xs: Uint16Array; readonly ys: Uint16Array },
  wanted: (doc: number) => boolean = () => true,
): Box {
  let [left, top, right, bottom] = [65_535, 65_535, 0, 0];
  for (let doc = 0; doc < xs.length; doc++) {
    if (!wanted(doc)) continue;
    left = Math.min(left, xs[doc]!);
    right = Math.max(right, xs[doc]!);
    top = Math.min(top, ys[doc]!);
    bottom = Math.max(bottom, ys[doc]!);
  }
  return left > right ? { left: 0, top: 0, right: 65_535, bottom: 65_535 } : { left, top, right, bottom };
}

/** The bounding box of nearly all points: a few outliers do not make the others small. */
export function mainBox({ xs, ys }: { readonly xs: Uint16Array; readonly ys: Uint16Array }): Box {
  const [left, right] = mainRange(xs);
  const [top, bottom] = mainRange(ys);
  return { left, top, right, bottom };
}

function mainRange(values: Uint16Array): readonly [least: number, most: number] {
  const sorted = values.toSorted();
  const beyond = Math.floor(FAR_SHARE * sorted.length);
  return [sorted[beyond] ?? 0, sorted.at(-1 - beyond) ?? 65_535];
}

/** The placement that shows a box as large as possible, centred. @param padding CSS pixels. */
export function fitInto(
  { left, top, right, bottom }: Box,
  { width, height }: Size,
  padding: number,
): Placement {
  const across = Math.max(1, width - 2 * padding) / Math.max(1, right - left);
  const down = Math.max(1, height - 2 * padding) / Math.max(1, bottom - top);
  const scale = Math.min(across, down);
  return {
    scale,
    dx: width / 2 - (scale * (left + right)) / 2,
    dy: height / 2 - (scale * (top + bottom)) / 2,
  };
}

/** A point of the map in window coordinates. */
export function toScreen({ scale, dx, dy }: Placement, [x, y]: Point): Point {
  return [scale * x + dx, scale * y + dy];
}

/** A point of the window in map coordinates. */
export function toMap({ scale, dx, dy }: Placement, [x, y]: Point): Point {
  return [(x - dx) / scale, (y - dy) / scale];
}

/**
 * An outline simplified to few corners (Douglas and Peucker, 1973), in whole numbers.
 * @returns at most 120 corners; undefined if they enclose no area.
 */
export function outlineOf(drawn: readonly Point[]): Point[] | undefined {
  // Adding 0 makes 0 of -0.
  const rounded = drawn.map(([x, y]): Point => [Math.round(x) + 0, Math.round(y) + 0]);
  let corners = rounded;
  for (let tolerance = FLAT; corners === rounded || corners.length > MAX_CORNERS; tolerance *= 2) {
    corners = simplified(rounded, tolerance);
  }
  return corners.length >= 3 && area(corners) > 0 ? corners : undefined;
}

/** The polygon as a parameter `within`. */
export function writePolygon(corners: readonly Point[]): string {
  return corners.flat().join(',');
}

/** The corners of a parameter `within`; empty if it is not a polygon. */
export function readPolygon(text: string): Point[] {
  const numbers = text.split(',').map(Number);
  if (numbers.length < 6 || numbers.length % 2 !== 0 || !numbers.every(Number.isFinite)) return [];
  return Array.from({ length: numbers.length / 2 }, (_, i): Point => [numbers[2 * i]!, numbers[2 * i + 1]!]);
}

function simplified(line: readonly Point[], tolerance: number): Point[] {
  const [first, last] = [line[0], line.at(-1)];
  if (!first || !last || line.length < 3) return [...line];
  let farthest = 0;
  let largest = -1;
  for (let i = 1; i < line.length - 1; i++) {
    const distance = distanceTo(line[i]!, first, last);
    if (distance > largest) [largest, farthest] = [distance, i];
  }
  if (largest <= tolerance) return [first, last];
  const head = simplified(line.slice(0, farthest + 1), tolerance);
  return [...head.slice(0, -1), ...simplified(line.slice(farthest), tolerance)];
}

/** Distance of a point to the line through two others; to the first if they are equal. */
function distanceTo([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const length = Math.hypot(bx - ax, by - ay);
  if (length === 0) return Math.hypot(x - ax, y - ay);
  return Math.abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length;
}

function area(corners: readonly Point[]): number {
  const twice = corners.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = corners[(i + 1) % corners.length]!;
    return sum + x * nextY - nextX * y;
  }, 0);
  return Math.abs(twice) / 2;
}
