import { count } from '../../util/mask.ts';
import type { Progress } from '../../util/progress.ts';
import type { CodeMemory } from '../vectors/code-memory.ts';
import { place, project } from './project.ts';
import { regionsOf } from './regions.ts';

/** Map coordinates are whole numbers from 0 to this. */
export const MAX_COORDINATE = 65_535;
/** The margin around the papers, as a share of the map. */
const MARGIN = 0.02;
/** A map is arranged again when more than this share of its papers was added or removed since it last was. */
const MAX_CHANGES = 0.1;
/** Clusters of a map, at most; one for each `PAPERS_PER_CLUSTER` papers of a small one. */
const MAX_CLUSTERS = 32;
const PAPERS_PER_CLUSTER = 20;

/** Where the papers of an index are on its map, and in which cluster. */
export interface MapLayout {
  /** Coordinates of each paper. */
  readonly xs: Uint16Array;
  readonly ys: Uint16Array;
  /** The cluster of each paper, from 0. */
  readonly clusterOf: Uint8Array;
  /** The point of highest density of each cluster. */
  readonly peaks: readonly { readonly x: number; readonly y: number }[];
  /** How wide the map is in the units of the layout. */
  readonly extent: number;
  /** Papers that were added or removed since all were arranged together. */
  readonly changes: number;
}

/** The map before, by the positions that papers have now. */
export interface EarlierLayout extends MapLayout {
  /** One byte a paper, 0 for one that is not on the map before; its coordinates are ignored. */
  readonly known: Uint8Array;
  /** Papers of the map before that are no longer in the index. */
  readonly gone: number;
}

/**
 * Lays papers out on a map. When few were added or removed since the earlier map was arranged, the others stay where they
 * are, and so do the clusters; otherwise all are arranged, starting from where they were. The same input gives the same map.
 * @param memory codes of at least two papers.
 */
export function layOut(memory: CodeMemory, earlier?: EarlierLayout, onProgress?: Progress): MapLayout {
  if (!earlier) return framed(project(memory, undefined, onProgress));
  const { known } = earlier;
  const fresh = known.length - count(known);
  const changes = earlier.changes + Math.max(fresh, earlier.gone);
  const placement = { positions: unframed(earlier), known };
  if (changes > MAX_CHANGES * memory.count) return framed(project(memory, placement, onProgress));
  const positions = place(memory, placement);
  const layout = {
    xs: earlier.xs.map((x, doc) => (known[doc] === 1 ? x : coordinate(positions[2 * doc]!, earlier.extent))),
    ys: earlier.ys.map((y, doc) =>
      known[doc] === 1 ? y : coordinate(positions[2 * doc + 1]!, earlier.extent),
    ),
    peaks: earlier.peaks,
    extent: earlier.extent,
    changes,
  };
  return { ...layout, clusterOf: clustersOf(earlier, layout) };
}

/** Whether the clusters of a layout are those of the map before, with their names. */
export function keepsClusters({ changes }: MapLayout): boolean {
  return changes > 0;
}

/** Positions as a map: the middle of what they cover is in its middle. */
function framed(positions: Float32Array): MapLayout {
  const bounds = [0, 1].map((axis) => {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let at = axis; at < positions.length; at += 2) {
      low = Math.min(low, positions[at]!);
      high = Math.max(high, positions[at]!);
    }
    return { middle: (low + high) / 2, size: high - low };
  });
  const [x, y] = bounds as [(typeof bounds)[0], (typeof bounds)[0]];
  const extent = Math.fround(Math.max(x.size, y.size, 1e-6) / (1 - 2 * MARGIN));
  const count = positions.length / 2;
  const xs = Uint16Array.from({ length: count }, (_, doc) =>
    coordinate(positions[2 * doc]! - x.middle, extent),
  );
  const ys = Uint16Array.from({ length: count }, (_, doc) =>
    coordinate(positions[2 * doc + 1]! - y.middle, extent),
  );
  const most = Math.min(MAX_CLUSTERS, Math.ceil(count / PAPERS_PER_CLUSTER));
  const { of: clusterOf, peaks } = regionsOf(xs, ys, most);
  return { xs, ys, clusterOf, peaks, extent, changes: 0 };
}

function coordinate(position: number, extent: number): number {
  const on = Math.round((position / extent + 0.5) * MAX_COORDINATE);
  return Math.min(MAX_COORDINATE, Math.max(0, on));
}

/** The positions that a map has, in the units of the layout, with 0 in the middle. */
function unframed({ xs, ys, extent }: MapLayout): Float32Array {
  const positions = new Float32Array(2 * xs.length);
  for (let doc = 0; doc < xs.length; doc++) {
    positions[2 * doc] = (xs[doc]! / MAX_COORDINATE - 0.5) * extent;
    positions[2 * doc + 1] = (ys[doc]! / MAX_COORDINATE - 0.5) * extent;
  }
  return positions;
}

/** The clusters of all papers: for a new one, that of the nearest on the map. */
function clustersOf(
  { clusterOf, known }: EarlierLayout,
  { xs, ys }: Pick<MapLayout, 'xs' | 'ys'>,
): Uint8Array {
  return clusterOf.map((cluster, doc) => {
    if (known[doc] === 1) return cluster;
    let nearest = cluster;
    let least = Number.POSITIVE_INFINITY;
    for (let other = 0; other < xs.length; other++) {
      if (known[other] === 0) continue;
      const distance = (xs[other]! - xs[doc]!) ** 2 + (ys[other]! - ys[doc]!) ** 2;
      if (distance >= least) continue;
      least = distance;
      nearest = clusterOf[other]!;
    }
    return nearest;
  });
}
