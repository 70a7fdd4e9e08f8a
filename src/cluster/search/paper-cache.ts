import { LRUCache } from 'lru-cache';
import { type PaperSegment, paperSegment } from '../../indexes/keyword/bm25/selected-terms.ts';
import type { Paper } from '../../papers/paper.ts';
import type { ClusterClient, SearchBody } from '../client/cluster-client.ts';
import { type StoredSource, segmentOf, shownPaperOf, vectorOf } from '../store/document.ts';

/** Papers whose segments and vectors are kept: about 70 MB. */
const MAX_INDEXED = 10_000;
/** Papers that are kept: about 10 MB. */
const MAX_PAPERS = 2_000;
/** Documents that are read by one request: some megabytes. */
const AT_ONCE = 1_000;

/** What papers are ranked by. */
export interface IndexedPaper {
  readonly id: string;
  readonly segment: PaperSegment;
  /** L2-normalised, or zero for a paper without text. */
  readonly vector: Float32Array;
}

/** The papers of one snapshot by the ids of their documents, those that were read last. They never change. */
export class PaperCache {
  readonly #client: Pick<ClusterClient, 'search'>;
  readonly #index: string;
  readonly #dimension: number;
  readonly #indexed = new LRUCache<string, IndexedPaper>({ max: MAX_INDEXED });
  readonly #papers = new LRUCache<string, Paper>({ max: MAX_PAPERS });

  /** @param dimension of the vectors. */
  constructor(client: Pick<ClusterClient, 'search'>, index: string, dimension: number) {
    this.#client = client;
    this.#index = index;
    this.#dimension = dimension;
  }

  /** What papers are ranked by, in the order of the ids. @param documents ids that the snapshot has. */
  indexed(documents: readonly string[], signal?: AbortSignal): Promise<IndexedPaper[]> {
    return this.#read(documents, this.#indexed, ['paper.id', 'segment', 'vectorBytes'], signal, (source) => ({
      id: source.paper!.id,
      segment: paperSegment(segmentOf(source)),
      vector: source.vectorBytes === undefined ? new Float32Array(this.#dimension) : vectorOf(source),
    }));
  }

  /** Papers as readers see them, in the order of the ids. @param documents ids that the snapshot has. */
  papers(documents: readonly string[], signal?: AbortSignal): Promise<Paper[]> {
    return this.#read(documents, this.#papers, ['paper', 'numbers'], signal, shownPaperOf);
  }

  async #read<T extends object>(
    documents: readonly string[],
    cache: LRUCache<string, T>,
    members: readonly string[],
    signal: AbortSignal | undefined,
    decode: (source: StoredSource) => T,
  ): Promise<T[]> {
    const found = new Map<string, T>();
    const missing: string[] = [];
    for (const document of new Set(documents)) {
      const known = cache.get(document);
      if (known) found.set(document, known);
      else missing.push(document);
    }
    for (let at = 0; at < missing.length; at += AT_ONCE) {
      const values = missing.slice(at, at + AT_ONCE);
      const body: SearchBody = {
        query: { constant_score: { filter: { ids: { values } } } },
        size: values.length,
        track_total_hits: false,
        _source: members,
      };
      const { hits } = await this.#client.search<StoredSource>(this.#index, body, { signal });
      for (const { _id, _source } of hits.hits) {
        const value = decode(_source);
        found.set(_id, value);
        cache.set(_id, value);
      }
    }
    return documents.map((document) => {
      const value = found.get(document);
      if (!value) throw new Error(`The snapshot ${this.#index} has no document "${document}".`);
      return value;
    });
  }
}
