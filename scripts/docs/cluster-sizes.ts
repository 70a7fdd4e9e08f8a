import { readFileSync } from 'node:fs';

/** What scripts/cluster/bytes.ts measured. */
const RECORD = new URL('../measurements/cluster-bytes.md', import.meta.url);
const DIMENSION = 384;
/** Neighbours of a vector in the graph: the default of OpenSearch. */
const NEIGHBOURS = 16;
/** One more copy of each shard, so that a node can be lost. */
const COPIES = 2;
const SHARD_BYTES = 30e9;
/** Of a node with 64 GB of memory: half of it is for Java. */
const CACHE_BYTES = 30e9;
const DISK_BYTES = 1e12;
const MIN_NODES = 3;
const PAPERS = [100_000, 1_000_000, 10_000_000, 50_000_000, 250_000_000];

/** What corpora of several sizes need, computed from the measured bytes of a paper. */
export function clusterSizesTable(): string {
  const [, bytes = ''] = /One paper takes \*\*([\d,]+) bytes\*\*/.exec(readFileSync(RECORD, 'utf8')) ?? [];
  const paperBytes = Number(bytes.replaceAll(',', ''));
  if (!(paperBytes > 0)) throw new Error(`${RECORD.pathname} does not say how many bytes a paper takes.`);
  // The estimate for graphs of neighbours (HNSW) in the documentation of the k-NN plugin.
  const vectorBytes = 1.1 * (4 * DIMENSION + 8 * NEIGHBOURS);
  const rows = PAPERS.map((papers) => {
    const disk = papers * paperBytes * COPIES;
    const memory = papers * vectorBytes * COPIES;
    const shards = Math.max(3, Math.ceil((papers * paperBytes) / SHARD_BYTES));
    const nodes = Math.max(MIN_NODES, Math.ceil(memory / CACHE_BYTES), Math.ceil(disk / DISK_BYTES));
    return `| ${papers.toLocaleString('en')} | ${gigabytes(disk)} | ${gigabytes(memory)} | ${shards} | ${nodes} |`;
  });
  return [
    `A paper takes ${bytes} bytes for each copy ([measured by part](../scripts/measurements/cluster-bytes.md)). Computed from that:`,
    '',
    '| papers | disk, GB | vectors in memory, GB | primary shards | nodes |',
    '|---:|---:|---:|---:|---:|',
    ...rows,
  ].join('\n');
}

function gigabytes(bytes: number): string {
  const value = bytes / 1e9;
  return value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en');
}
