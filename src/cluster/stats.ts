import type { IndexStats } from '../search/api.ts';
import type { ClusterCorpus } from './cluster-corpus.ts';

/** What a snapshot consists of: as publication counted it, and the bytes that it takes in the cluster now, replicas included. */
export async function statsOf({ client, index, meta, signal }: ClusterCorpus): Promise<IndexStats> {
  const stored = await client.request<StoreAnswer>('GET', `/${encodeURIComponent(index)}/_stats/store`, {
    signal,
  });
  const { createdAt, corpusDigest, format, counts, model, citations } = meta;
  return {
    snapshot: index,
    createdAt,
    corpusDigest,
    formatVersion: format,
    papers: counts.papers,
    withoutAbstract: counts.withoutAbstract,
    model,
    lexicalEngine: 'opensearch',
    citations,
    bytes: stored._all.total.store.size_in_bytes,
  };
}

interface StoreAnswer {
  readonly _all: { readonly total: { readonly store: { readonly size_in_bytes: number } } };
}
