import type { SearchMode } from '../../src/search/mode.ts';
import type { Growth, GrowthStep } from './record.ts';

/** What is assumed about the machines of a real cluster. Everything else is measured. */
export const ASSUMED = {
  /** Memory of a node, and its share for the heap of the JVM; the rest is for the files that searches read. */
  nodeMemoryGB: 64,
  heapShare: 0.4,
  /** Cores of a node, and how many times faster one is than one of the measuring machine's for a shard's part of a query. */
  nodeCores: 16,
  coreSpeed: 1,
  /** Copies of each shard beside the primary: one node may fail. */
  replicas: 1,
  /** Largest shard, in bytes: what OpenSearch recommends is 10 to 50 GB. */
  shardBytes: 30e9,
  /** Bytes of memory that a vector needs while it is searched: 384 floats, and the neighbours in the HNSW graph. */
  vectorBytes: 384 * 4 + 2 * 16 * 4 * 1.2,
  /** Bytes of postings that searches by keyword keep in memory, as a share of a paper's bytes on disk. */
  postingShare: 0.15,
  /** Disk that stays free: OpenSearch stops to allocate shards at 85 %. */
  diskShare: 0.75,
} as const;

/** What a corpus of some size needs. */
export interface Need {
  readonly papers: number;
  readonly primaryBytes: number;
  readonly diskBytes: number;
  readonly shards: number;
  readonly vectorMemoryBytes: number;
  readonly memoryBytes: number;
  readonly nodes: number;
  readonly buildHours: number;
  /** Milliseconds at p50, by mode. */
  readonly latency: Readonly<Record<SearchMode, number>>;
}

/** A line through measured points: `at0 + slope × x`, by least squares, with a slope that is not negative. */
interface Line {
  readonly at0: number;
  readonly slope: number;
}

/**
 * What a corpus of some size needs, on paper: bytes a paper and papers a second as measured in the largest step; shards no
 * larger than `ASSUMED.shardBytes`; memory for all vectors and a share of the postings, in every copy; and the latency of
 * the shard with the most papers, since all shards of a query work at once.
 * @param keysPerPaper bytes a paper of the index by which ingests find records of one paper.
 */
export function needOf(papers: number, { steps }: Growth, keysPerPaper: number): Need {
  const last = steps.at(-1)!;
  const bytesPerPaper = last.cost.snapshotBytes / last.papers + keysPerPaper;
  const primaryBytes = papers * bytesPerPaper;
  const copies = 1 + ASSUMED.replicas;
  const shards = Math.max(1, Math.ceil(primaryBytes / ASSUMED.shardBytes));
  const vectorMemoryBytes = papers * ASSUMED.vectorBytes * copies;
  const memoryBytes = vectorMemoryBytes + primaryBytes * ASSUMED.postingShare * copies;
  const forFiles = ASSUMED.nodeMemoryGB * 1e9 * (1 - ASSUMED.heapShare);
  const nodes = Math.max(3, Math.ceil(memoryBytes / forFiles));
  const perSecond = last.added / last.ingestSeconds;
  // Building takes the CPU of the measuring machine, which all its nodes and the ingest share.
  const buildHours = papers / perSecond / 3600 / ((nodes * ASSUMED.nodeCores) / 2);
  const inShard = papers / shards;
  const latency = (mode: SearchMode): number => {
    const { at0, slope } = lineThrough(steps, mode);
    // Shards of one node wait for each other when there are more than cores.
    const rounds = Math.ceil(shards / nodes / ASSUMED.nodeCores);
    return at0 + (slope * inShard * rounds) / ASSUMED.coreSpeed;
  };
  return {
    papers,
    primaryBytes,
    diskBytes: (primaryBytes * copies) / ASSUMED.diskShare,
    shards,
    vectorMemoryBytes,
    memoryBytes,
    nodes,
    buildHours,
    latency: { keyword: latency('keyword'), semantic: latency('semantic'), hybrid: latency('hybrid') },
  };
}

/** The median latency by the number of papers in a shard. On the measuring machine, all shards share two cores. */
function lineThrough(steps: readonly GrowthStep[], mode: SearchMode): Line {
  const points = steps.map(({ papers, latency }) => ({ x: papers, y: latency[mode].p50 }));
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const x0 = mean(points.map(({ x }) => x));
  const y0 = mean(points.map(({ y }) => y));
  const spread = points.reduce((sum, { x }) => sum + (x - x0) ** 2, 0);
  const slope =
    spread === 0 ? 0 : Math.max(0, points.reduce((sum, { x, y }) => sum + (x - x0) * (y - y0), 0) / spread);
  return { at0: y0 - slope * x0, slope };
}
