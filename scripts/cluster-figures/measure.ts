import type { ClusterClient } from '../../src/cluster/client/cluster-client.ts';
import type { Snapshot } from '../../src/search/engine.ts';
import { SEARCH_MODES, type SearchMode } from '../../src/search/mode.ts';

/** Milliseconds of an answer. */
export interface Latency {
  readonly p50: number;
  readonly p95: number;
  readonly queries: number;
}

/** Queries that are asked before the clock starts. */
const WARM_UP = 5;

/**
 * How long one client waits for the first page, for each mode: different queries one after another, without highlights
 * and without fallbacks, so that each is one ranking.
 */
export async function measureLatency(
  snapshot: Snapshot,
  queries: readonly string[],
): Promise<Record<SearchMode, Latency>> {
  const measured = {} as Record<SearchMode, Latency>;
  for (const mode of SEARCH_MODES) {
    const times: number[] = [];
    for (const [i, query] of queries.entries()) {
      const started = performance.now();
      await snapshot.search({ query, mode, plain: true, fallback: false, highlight: false, limit: 10 });
      if (i >= WARM_UP) times.push(performance.now() - started);
    }
    times.sort((a, b) => a - b);
    const at = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))]!;
    measured[mode] = { p50: at(0.5), p95: at(0.95), queries: times.length };
  }
  return measured;
}

/** What the indices of a corpus take in a cluster. */
export interface ClusterCost {
  /** Bytes of primary shards: of the current snapshot, and of the keys of ingests. */
  readonly snapshotBytes: number;
  readonly keysBytes: number;
  readonly shards: number;
  /** Heap in use of the nodes together, the lowest of several looks: garbage is not counted twice. */
  readonly heapBytes: number;
}

interface Stats {
  readonly indices: Readonly<
    Record<string, { readonly primaries: { readonly store: { readonly size_in_bytes: number } } }>
  >;
  readonly _shards: { readonly total: number };
}

interface NodeStats {
  readonly nodes: Readonly<
    Record<string, { readonly jvm: { readonly mem: { readonly heap_used_in_bytes: number } } }>
  >;
}

const LOOKS = 5;

/** Measures what a corpus takes now. @param snapshot the index of its current snapshot. @param keys its other index, if it has one. */
export async function measureCost(
  client: ClusterClient,
  snapshot: string,
  keys?: string,
): Promise<ClusterCost> {
  const bytesOf = async (index: string) => {
    const { indices } = await client.request<Stats>('GET', `/${index}/_stats/store`);
    return indices[index]!.primaries.store.size_in_bytes;
  };
  let heapBytes = Number.POSITIVE_INFINITY;
  for (let look = 0; look < LOOKS; look++) {
    const { nodes } = await client.request<NodeStats>('GET', '/_nodes/stats/jvm');
    const used = Object.values(nodes).reduce((sum, { jvm }) => sum + jvm.mem.heap_used_in_bytes, 0);
    heapBytes = Math.min(heapBytes, used);
  }
  const settings = await client.request<
    Record<string, { settings: { index: { number_of_shards: string } } }>
  >('GET', `/${snapshot}/_settings`);
  return {
    snapshotBytes: await bytesOf(snapshot),
    keysBytes: keys === undefined ? 0 : await bytesOf(keys),
    shards: Number(settings[snapshot]!.settings.index.number_of_shards),
    heapBytes,
  };
}
