import type { EverySortName } from '../../papers/internal-fields.ts';
import type { SearchHit } from '../client/cluster-client.ts';
import type { ClusterCorpus } from '../cluster-corpus.ts';
import type { ClusterQuery } from '../search/lookups.ts';
import type { StoredSource } from '../store/document.ts';
import { ID, type SortStep, sortSteps } from '../store/paths.ts';
import { allOf, anyOf, noneOf, term } from './queries.ts';

/** What a page is read from. */
export type PageSource = Pick<ClusterCorpus, 'client' | 'index' | 'signal'>;

/** `index`: by id. */
export type PageOrder = 'index' | EverySortName;

/** A page of papers in a fixed order. */
export interface FixedPage {
  /** How many papers match in all, exactly. */
  readonly total: number;
  readonly hits: readonly SearchHit<StoredSource>[];
}

/** The cluster skips no more papers than this at once. */
const MAX_WINDOW = 10_000;
/** Papers of one request that reads whole papers: some megabytes. */
const READ_AT_ONCE = 500;

/**
 * A page of the papers of a query, in a declared order with its ties, papers without a value last. However far the page
 * is from the first paper.
 * @param read members of documents that hits have. Default: none.
 */
export async function pageInOrder(
  order: PageOrder,
  query: ClusterQuery,
  { offset, limit }: { readonly offset: number; readonly limit: number },
  source: PageSource,
  read: readonly string[] = [],
): Promise<FixedPage> {
  const { client, index, signal } = source;
  const first = await client.search<StoredSource>(
    index,
    { ...bodyOf(order, query, read), from: 0, size: 0, sort: undefined, track_total_hits: true },
    { signal },
  );
  const total = first.hits.total!.value;
  if (limit === 0 || offset >= total) return { total, hits: [] };
  const hits: SearchHit<StoredSource>[] = [];
  const wanted = { offset, limit: Math.min(limit, total - offset) };
  for await (const hit of hitsInOrder(order, query, wanted, source, read)) hits.push(hit);
  return { total, hits };
}

/** The papers of a query in a declared order, read page by page: a snapshot never changes, so pages fit together. */
export async function* hitsInOrder(
  order: PageOrder,
  query: ClusterQuery,
  { offset = 0, limit = Number.POSITIVE_INFINITY }: { readonly offset?: number; readonly limit?: number },
  { client, index, signal }: PageSource,
  read: readonly string[],
): AsyncGenerator<SearchHit<StoredSource>> {
  const atOnce = read.length === 0 ? MAX_WINDOW : READ_AT_ONCE;
  let after: readonly unknown[] | undefined;
  // The cluster skips some papers by itself; the rest are read without their contents.
  let skipped = Math.min(offset, MAX_WINDOW - atOnce);
  if (skipped < offset) {
    skipped = 0;
    while (skipped < offset) {
      const size = Math.min(MAX_WINDOW, offset - skipped);
      const { hits } = await client.search(index, pageOf(bodyOf(order, query, []), { size, after }), {
        signal,
      });
      skipped += hits.hits.length;
      if (hits.hits.length < size) return;
      after = hits.hits.at(-1)!.sort;
    }
  }
  let from = after ? undefined : skipped;
  for (let left = limit; left > 0; ) {
    const size = Math.min(atOnce, left);
    const body = pageOf(bodyOf(order, query, read), { size, after, from });
    const { hits } = await client.search<StoredSource>(index, body, { signal });
    yield* hits.hits;
    if (hits.hits.length < size) return;
    left -= size;
    after = hits.hits.at(-1)!.sort;
    from = undefined;
  }
}

function bodyOf(order: PageOrder, query: ClusterQuery, read: readonly string[]) {
  return {
    query: { constant_score: { filter: query } },
    sort: sortSteps(order).map(({ path, order: direction, missing }) => ({
      [path]: { order: direction, missing },
    })),
    _source: read.length === 0 ? false : read,
    track_total_hits: false,
  };
}

function pageOf(
  body: ReturnType<typeof bodyOf>,
  {
    size,
    after,
    from,
  }: {
    readonly size: number;
    readonly after: readonly unknown[] | undefined;
    readonly from?: number | undefined;
  },
) {
  return { ...body, size, ...(after && { search_after: after }), ...(from && { from }) };
}

/**
 * How many papers of a query come up to and including one of them in a declared order; undefined where the paper is not
 * among them.
 * @param paper a query for it alone.
 */
export async function countUpTo(
  order: PageOrder,
  query: ClusterQuery,
  paper: ClusterQuery,
  { client, index, signal }: PageSource,
): Promise<number | undefined> {
  const place = await client.search(
    index,
    { ...bodyOf(order, allOf([query, paper]), []), size: 1, docvalue_fields: placePaths(order) },
    { signal },
  );
  const [hit] = place.hits.hits;
  if (!hit) return undefined;
  const before = upTo(
    sortSteps(order).map((step) => ({
      step,
      value: hit.fields?.[step.path]?.[0] as string | number | undefined,
    })),
  );
  const counted = await client.search(
    index,
    { query: allOf([query, before]), size: 0, track_total_hits: true },
    { signal },
  );
  return counted.hits.total!.value;
}

function placePaths(order: PageOrder): string[] {
  return sortSteps(order).map(({ path }) => path);
}

/** Papers that are at or before a place in an order. @param keys of the place, the most significant first. */
function upTo(
  keys: readonly { readonly step: SortStep; readonly value: string | number | undefined }[],
): ClusterQuery {
  const alternatives: ClusterQuery[] = [];
  const equal: ClusterQuery[] = [];
  for (const { step, value } of keys) {
    const { path, order } = step;
    if (value === undefined) {
      // Papers without a value come last.
      alternatives.push(allOf([...equal, { exists: { field: path } }]));
      equal.push(noneOf({ exists: { field: path } }));
      continue;
    }
    const before = { range: { [path]: { [order === 'asc' ? 'lt' : 'gt']: value } } };
    alternatives.push(allOf([...equal, before]));
    equal.push(term(path, value));
  }
  return anyOf([...alternatives, allOf(equal)]);
}

/** The order of the index. */
export const ORDER_OF_IDS = [{ [ID]: 'asc' }] as const;
