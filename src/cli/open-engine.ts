import type { ClusterEngine } from '../cluster/cluster-engine.ts';
import type { Engine, Snapshot } from '../search/engine.ts';
import type { OpenIndexOptions } from '../search/open-index.ts';
import type { ClusterPlace, Place } from './place.ts';

// What only a cluster needs is imported when papers are in one, and what only an index needs when they are in an index.

/**
 * Opens the papers of a place: the one decision between an index and a cluster.
 * @throws PaperSearchError what `openIndex` and `openCluster` throw.
 */
export async function openEngine({ index, cluster }: Place, options: OpenIndexOptions = {}): Promise<Engine> {
  if (!cluster) {
    const { openIndex } = await import('../search/open-index.ts');
    return openIndex(index, options);
  }
  return openCorpus(cluster, options);
}

/** Opens a corpus of a cluster. @throws PaperSearchError what `openCluster` throws. */
export async function openCorpus(
  { corpus, ...place }: ClusterPlace,
  options: OpenIndexOptions = {},
): Promise<ClusterEngine> {
  const { openCluster } = await import('../cluster/open-cluster.ts');
  return openCluster({ ...place, corpus, ...options });
}

/** Opens the papers of a place for one command, and closes them afterwards. */
export async function withSnapshot<T>(place: Place, use: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  const engine = await openEngine(place);
  try {
    return await use(await engine.acquire());
  } finally {
    await engine.close();
  }
}

/**
 * Expects an index before something is kept beside it: a mistyped folder must not become one with collections or tokens that
 * no server uses. Beside a cluster there is no index.
 * @throws PaperSearchError INDEX_MISSING.
 */
export async function expectIndex({ index, cluster }: Place): Promise<void> {
  if (cluster) return;
  const { currentSnapshot, missingIndex } = await import('../indexes/store/snapshot-reader.ts');
  if ((await currentSnapshot(index)) === undefined) throw missingIndex(index);
}
