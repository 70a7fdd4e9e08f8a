import type { Encoder } from '../encode/encoder.ts';
import { encoderOfIndex } from '../encode/encoder-of-index.ts';
import type { ModelInfo } from '../encode/model-info.ts';
import { addedRerankers } from '../search/rerank/added-rerankers.ts';
import type { DeadlineAfter } from '../search/rerank/rerank.ts';
import type { Rerankers } from '../search/rerank/rerankers.ts';
import { connect } from './client/connect.ts';
import type { ClusterOptions } from './client/options.ts';
import { ClusterEngine } from './cluster-engine.ts';
import { currentSnapshot } from './current-snapshot.ts';

export interface OpenClusterOptions extends ClusterOptions {
  /** The name of the corpus in the cluster. */
  readonly corpus: string;
  /** Makes the encoder of the model of the corpus; it is closed with the engine. Default: in a separate process. */
  readonly encoderOf?: ((model: ModelInfo) => Promise<Encoder>) | undefined;
  /** As in `OpenIndexOptions`. */
  readonly rerankers?: Rerankers | undefined;
  /** As in `OpenIndexOptions`. */
  readonly deadlineAfter?: DeadlineAfter | undefined;
  /** Called at every search with whether its answer was cached. */
  readonly onCacheLookup?: ((found: boolean) => void) | undefined;
}

/**
 * Opens a corpus in an OpenSearch cluster for search. The engine follows the corpus: a snapshot that is acquired later is
 * of what was published by then.
 * @returns an engine, which is closed by the caller.
 * @throws PaperSearchError INDEX_MISSING for a corpus that does not exist, INDEX_INCOMPATIBLE for one of another version,
 *   CLUSTER_UNAVAILABLE or CLUSTER_REFUSED; the message says what to do.
 * @example
 * const engine = await openCluster({ nodes: ['http://127.0.0.1:9200'], corpus: 'papers' });
 */
export async function openCluster(options: OpenClusterOptions): Promise<ClusterEngine> {
  const { corpus, encoderOf = encoderOfIndex, deadlineAfter, onCacheLookup } = options;
  const client = await connect(options);
  try {
    await currentSnapshot(client, corpus);
    const rerankers = options.rerankers ?? addedRerankers();
    return new ClusterEngine({ client, corpus, encoderOf, rerankers, deadlineAfter, onCacheLookup });
  } catch (error) {
    await client.close();
    throw error;
  }
}
