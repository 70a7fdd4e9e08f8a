import { PaperSearchError } from '../../errors.ts';
import type { ClusterClient } from '../client/cluster-client.ts';

interface Page<T> {
  readonly _scroll_id?: string;
  readonly timed_out: boolean;
  readonly _shards: { readonly failed: number };
  readonly hits: { readonly hits: readonly { readonly _id: string; readonly _source: T }[] };
}

const KEEP = '10m';

/**
 * All documents of a query as the index is at its last refresh, page by page, whatever is changed meanwhile.
 * @throws PaperSearchError CLUSTER_UNAVAILABLE when a node that holds the state of this query has left.
 */
export async function* allDocuments<T>(
  client: ClusterClient,
  index: string,
  query: Readonly<Record<string, unknown>>,
  pageSize: number,
  source: readonly string[] | true = true,
  signal?: AbortSignal,
): AsyncGenerator<readonly { readonly id: string; readonly document: T }[]> {
  const body = { query, size: pageSize, sort: ['_doc'], _source: source };
  let page = await client.request<Page<T>>('POST', `/${index}/_search`, {
    query: { scroll: KEEP, allow_partial_search_results: false },
    body,
    signal,
    // Each attempt opens a state of its own; those that are not used end by themselves.
    idempotent: true,
  });
  try {
    while (true) {
      expectWhole(page, index);
      const { hits } = page.hits;
      if (hits.length === 0) return;
      yield hits.map(({ _id, _source }) => ({ id: _id, document: _source }));
      page = await client.request<Page<T>>('POST', '/_search/scroll', {
        body: { scroll: KEEP, scroll_id: page._scroll_id },
        signal,
        idempotent: false,
      });
    }
  } finally {
    // It also ends by itself.
    await client
      .request('DELETE', '/_search/scroll', { body: { scroll_id: [page._scroll_id] } })
      .catch(() => {});
  }
}

function expectWhole({ timed_out, _shards }: Page<unknown>, index: string): void {
  if (!timed_out && _shards.failed === 0) return;
  const message = `Not all documents of ${index} could be read: a node has left. Run this again; it continues where it stopped.`;
  throw new PaperSearchError('CLUSTER_UNAVAILABLE', message, { details: { index } });
}
