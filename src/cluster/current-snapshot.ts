import type { ModelInfo } from '../encode/model-info.ts';
import { PaperSearchError } from '../errors.ts';
import type { CitationCounts } from '../indexes/citations/citation-graph.ts';
import type { Language } from '../text/languages.ts';
import type { ClusterClient } from './client/cluster-client.ts';
import { isAnswer } from './client/response-error.ts';

/** What a snapshot says of itself: `_meta.paperSearch` in the mapping of its index. */
export interface SnapshotMeta {
  /** Version of the mapping and the documents. */
  readonly format: number;
  readonly state: 'building' | 'complete';
  readonly model: ModelInfo;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly corpusDigest: string;
  readonly counts: { readonly papers: number; readonly withoutAbstract: number };
  readonly citations: CitationCounts;
  /** The mean length of the texts, weighted by field, as BM25 needs it. */
  readonly meanLength: number;
  /** The languages that the papers were analysed in, the most frequent first. */
  readonly languages: readonly Language[];
}

/** The snapshot that an alias points to. */
export interface CurrentSnapshot {
  /** The concrete index. */
  readonly index: string;
  readonly meta: SnapshotMeta;
}

/**
 * The current snapshot of a corpus.
 * @throws PaperSearchError INDEX_MISSING where nothing was published, INDEX_INCOMPATIBLE for what this program did not write.
 */
export async function currentSnapshot(client: ClusterClient, corpus: string): Promise<CurrentSnapshot> {
  const alias = `paper-search-${corpus}`;
  let found: Record<
    string,
    { readonly mappings: { readonly _meta?: { readonly paperSearch?: SnapshotMeta } } }
  >;
  try {
    found = await client.request('GET', `/${encodeURIComponent(alias)}/_mapping`, {
      query: { filter_path: '*.mappings._meta' },
    });
  } catch (error) {
    if (!isAnswer(error, 404)) throw error;
    throw missing(corpus, error);
  }
  const [entry, ...others] = Object.entries(found);
  if (!entry) throw missing(corpus);
  const meta = entry[1].mappings._meta?.paperSearch;
  if (others.length > 0 || !meta) {
    const message = `The alias ${alias} is not of a corpus that this program has published.`;
    throw new PaperSearchError('INDEX_INCOMPATIBLE', message, { details: { alias } });
  }
  return { index: entry[0], meta };
}

function missing(corpus: string, cause?: unknown): PaperSearchError {
  return new PaperSearchError(
    'INDEX_MISSING',
    `The cluster has no corpus "${corpus}". Run: paper-search ingest --engine opensearch --corpus ${corpus} PATH`,
    { details: { corpus }, cause },
  );
}
