import { clusterTerms } from '../indexes/map/cluster-terms.ts';
import { type EarlierMap, packMap, unpackEarlierMap, unpackMap } from '../indexes/map/corpus-map.ts';
import { keepsClusters } from '../indexes/map/lay-out.ts';
import { layOutInThread } from '../indexes/map/lay-out-in-thread.ts';
import type { PaperSequence } from '../papers/paper.ts';
import { count } from '../util/mask.ts';
import type { Previous } from './previous.ts';
import type { IngestProgress } from './report.ts';

/** Fewer papers have no neighbourhoods to show. */
export const MIN_MAPPED = 10;

/** The snapshot whose map the new map continues. */
export interface MapBasis {
  readonly previous: Previous;
  /** Position there of each paper whose text is unchanged; -1 for the others. */
  readonly positions: Int32Array;
}

/**
 * The map of papers as the parts of a file: a function of their codes, their titles and the previous map.
 * @param codes see `CodeMemory.image`. @param dimension of the vectors.
 */
export async function mapOf(
  papers: PaperSequence,
  codes: Uint8Array,
  dimension: number,
  basis: MapBasis | undefined,
  onProgress: (progress: IngestProgress) => void,
  signal: AbortSignal,
): Promise<Uint8Array[]> {
  const before = basis && earlierMap(basis);
  const task = { image: codes, count: papers.length, dimension, earlier: before?.layout };
  const report = (done: number, total: number) => onProgress({ stage: 'mapping', done, total });
  report(0, 1);
  const layout = await layOutInThread(task, report, signal);
  const terms =
    before && keepsClusters(layout)
      ? before.terms
      : await clusterTerms(papers, layout.clusterOf, layout.peaks.length, signal);
  return packMap(layout, terms);
}

/** The previous map, rearranged to the positions of the new snapshot; undefined where no paper of it is left. */
export function earlierMap({ previous, positions }: MapBasis): EarlierMap | undefined {
  const before = mapBefore(previous);
  if (!before || !positions.some((position) => position >= 0)) return undefined;
  const { layout, terms } = before;
  const taken = <T extends Uint8Array | Uint16Array>(values: T) => {
    const array = new (values.constructor as new (length: number) => T)(positions.length);
    positions.forEach((position, doc) => {
      if (position >= 0) array[doc] = values[position]!;
    });
    return array;
  };
  const known = taken(layout.known);
  const { peaks, extent, changes } = layout;
  return {
    layout: {
      xs: taken(layout.xs),
      ys: taken(layout.ys),
      clusterOf: taken(layout.clusterOf),
      peaks: peaks.map(({ x, y }) => ({ x, y })),
      extent,
      changes,
      known,
      gone: layout.gone + count(layout.known) - count(known),
    },
    terms,
  };
}

/** The map of the previous snapshot, or the one that it would have continued. */
function mapBefore(previous: Previous): EarlierMap | undefined {
  const { size } = previous.papers;
  const bytes = previous.readMap();
  if (!bytes) {
    const earlier = previous.readEarlierMap();
    return earlier && unpackEarlierMap(earlier, size);
  }
  const { clusters, ...layout } = unpackMap(bytes, size);
  const known = new Uint8Array(size).fill(1);
  return { layout: { ...layout, known, gone: 0 }, terms: clusters.map(({ terms }) => terms) };
}
