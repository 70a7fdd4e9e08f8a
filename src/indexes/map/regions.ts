/** Cells along a side of the grid on which density is computed. */
const SIDE = 256;
/** Two box blurs of this radius are nearly a Gaussian blur of 2 cells (Wells, 1986). */
const BLUR = { radius: 2, rounds: 2 };
/** The weight of a valley without depth, so that small regions join their neighbours before large ones do. */
const MIN_DEPTH = 0.2;

/** Parts of a map, by number from 0. */
export interface Regions {
  /** The region of each point. */
  readonly of: Uint8Array;
  /** The densest place of each region, in the coordinates of the points; the region with most points first. */
  readonly peaks: readonly { readonly x: number; readonly y: number }[];
}

/** A basin of the density: all cells from which the way up leads to the same peak, and what was joined to it. */
interface Basin {
  readonly peak: number;
  points: number;
  /** The highest saddle to each neighbour. */
  readonly saddles: Map<Basin, number>;
}

/**
 * Splits points into dense regions, with boundaries where they are sparse: a watershed of their density
 * (Vincent and Soille, 1991) on a grid, whose basins are joined two by two, the smaller ones and those with the
 * shallowest valley between them first, until there are at most `max`.
 * @param xs @param ys from 0 to 65535. @param max 1 to 255.
 */
export function regionsOf(xs: Uint16Array, ys: Uint16Array, max: number): Regions {
  const cells = Uint32Array.from(xs, (x, i) => cellAt(x, ys[i]!));
  const density = densityOf(cells);
  const { basinOf, basins } = flood(density);
  for (const cell of cells) basinOf[cell]!.points++;
  // An island without a neighbouring cell joins the nearest region across empty cells.
  const joined = new Map<Basin, Basin>();
  const open = new Set(basins);
  while (open.size > max) {
    const [small, large] = weakest(open, density);
    merge(small, large);
    joined.set(small, large);
    open.delete(small);
  }
  const ranked = [...open].sort((a, b) => b.points - a.points || a.peak - b.peak);
  const number = new Map(ranked.map((basin, i) => [basin, i]));
  const numberOf = (cell: number) => {
    let basin = basinOf[cell]!;
    for (let next = joined.get(basin); next; next = joined.get(basin)) basin = next;
    return number.get(basin)!;
  };
  return {
    of: Uint8Array.from(cells, numberOf),
    peaks: ranked.map(({ peak }) => ({ x: middle(peak % SIDE), y: middle(Math.floor(peak / SIDE)) })),
  };
}

function cellAt(x: number, y: number): number {
  return Math.floor((x * SIDE) / 65536) + SIDE * Math.floor((y * SIDE) / 65536);
}

/** The coordinate of the middle of a row or column of cells. */
function middle(at: number): number {
  return Math.round(((at + 0.5) * 65536) / SIDE);
}

/** The number of points in each cell, blurred. */
function densityOf(cells: Uint32Array): Float64Array {
  let density = new Float64Array(SIDE * SIDE);
  for (const cell of cells) density[cell]!++;
  for (let round = 0; round < BLUR.rounds; round++) {
    density = blurred(density, 1, SIDE);
    density = blurred(density, SIDE, 1);
  }
  return density;
}

/** The mean of the cells around each, along one axis. @param step between cells of a line. @param line between lines. */
function blurred(density: Float64Array, step: number, line: number): Float64Array<ArrayBuffer> {
  const { radius } = BLUR;
  const result = new Float64Array(density.length);
  for (let row = 0; row < SIDE; row++) {
    for (let at = 0; at < SIDE; at++) {
      let sum = 0;
      const last = Math.min(SIDE - 1, at + radius);
      for (let near = Math.max(0, at - radius); near <= last; near++)
        sum += density[row * line + near * step]!;
      result[row * line + at * step] = sum / (2 * radius + 1);
    }
  }
  return result;
}

/** Assigns every non-empty cell to the basin of its highest neighbour, and finds the saddles between basins. */
function flood(density: Float64Array) {
  const basinOf: (Basin | undefined)[] = new Array(density.length);
  const basins: Basin[] = [];
  const filled = Array.from(density.keys()).filter((cell) => density[cell]! > 0);
  for (const cell of filled.sort((a, b) => density[b]! - density[a]! || a - b)) {
    // Higher cells were here before, so those that have a basin are the higher ones.
    const above = neighboursOf(cell).filter((near) => basinOf[near]);
    const highest = above.reduce<number | undefined>(
      (best, near) => (best === undefined || density[near]! > density[best]! ? near : best),
      undefined,
    );
    const own = highest === undefined ? newBasin(cell, basins) : basinOf[highest]!;
    basinOf[cell] = own;
    for (const near of above) {
      const other = basinOf[near]!;
      if (other !== own && !own.saddles.has(other)) connect(own, other, density[cell]!);
    }
  }
  return { basinOf, basins };
}

function newBasin(peak: number, basins: Basin[]): Basin {
  const basin: Basin = { peak, points: 0, saddles: new Map() };
  basins.push(basin);
  return basin;
}

function connect(a: Basin, b: Basin, height: number): void {
  a.saddles.set(b, Math.max(height, a.saddles.get(b) ?? 0));
  b.saddles.set(a, Math.max(height, b.saddles.get(a) ?? 0));
}

/** The least significant basin, and the one that it should join. */
function weakest(basins: ReadonlySet<Basin>, density: Float64Array): [small: Basin, large: Basin] {
  let best: [Basin, Basin] | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const basin of basins) {
    for (const [other, saddle] of basin.saddles.size > 0 ? basin.saddles : nearestOf(basin, basins)) {
      if (other.points < basin.points) continue;
      const depth = 1 - saddle / Math.min(density[basin.peak]!, density[other.peak]!);
      const cost = basin.points * other.points * (MIN_DEPTH + depth);
      if (cost >= least) continue;
      least = cost;
      best = [basin, other];
    }
  }
  // Two islands of which each is nearest to a smaller one: the two largest are left.
  return best ?? ([...basins].sort((a, b) => a.points - b.points).slice(0, 2) as [Basin, Basin]);
}

/** The nearest other basin, as a neighbour across empty cells. */
function nearestOf(basin: Basin, basins: ReadonlySet<Basin>): [Basin, number][] {
  const distance = ({ peak }: Basin) =>
    Math.hypot((peak % SIDE) - (basin.peak % SIDE), Math.floor(peak / SIDE) - Math.floor(basin.peak / SIDE));
  const others = [...basins].filter((other) => other !== basin);
  const nearest = others.reduce((best, other) => (distance(other) < distance(best) ? other : best));
  return [[nearest, 0]];
}

/** Merges `small` into `large`. */
function merge(small: Basin, large: Basin): void {
  large.points += small.points;
  for (const [other, height] of small.saddles) {
    other.saddles.delete(small);
    if (other !== large) connect(large, other, height);
  }
}

function neighboursOf(cell: number): number[] {
  const x = cell % SIDE;
  const y = Math.floor(cell / SIDE);
  const near: number[] = [];
  for (let row = Math.max(0, y - 1); row <= Math.min(SIDE - 1, y + 1); row++) {
    for (let column = Math.max(0, x - 1); column <= Math.min(SIDE - 1, x + 1); column++) {
      if (column !== x || row !== y) near.push(row * SIDE + column);
    }
  }
  return near;
}
