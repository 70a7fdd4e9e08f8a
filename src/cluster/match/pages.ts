import type { EverySortName } from '../../papers/internal-fields.ts';
import type { SearchHit } from '../client/cluster-client.ts';
import type { ClusterCorpus } from '../cluster-corpus.ts';
import type { ClusterQuery } from '../search/lookups.ts';
import type { StoredSource } from '../store/document.ts';
import { type SortStep, sortSteps } from '../store/paths.ts';
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

/** Which papers of an order are read. */
interface Stretch {
  /** Papers before the first one. Default: 0. */
  readonly offset?: number | undefined;
  /** Default: all. */
  readonly limit?: number | undefined;
  /** The most papers that one request may skip and return. Default: what a cluster allows. */
  readonly window?: number | undefined;
}

/**
 * A page of the papers of a query, in a declared order with its ties, papers without a value last. However far the page
 * is from the first paper.
 * @param read members of documents that hits have. Default: none.
 */
export async function pageInOrder(
  order: PageOrder,
  query: ClusterQuery,
  { offset, limit, window = MAX_WINDOW }: Stretch & { readonly offset: number; readonly limit: number },
  source: PageSource,
  read: readonly string[] = [],
): Promise<FixedPage> {
  const { client, index, signal } = source;
  const isNear = offset + limit <= window;
  const place = isNear ? { from: offset, size: limit } : { size: 0 };
  const body = { ...bodyOf(order, query, read), ...place, track_total_hits: true };
  const first = await client.search<StoredSource>(index, body, { signal });
  const total = first.hits.total!.value;
  if (isNear || offset >= total) return { total, hits: first.hits.hits };
  const hits: SearchHit<StoredSource>[] = [];
  const wanted = { offset, limit: Math.min(limit, total - offset), window };
  for await (const hit of hitsInOrder(order, query, wanted, source, read)) hits.push(hit);
  return { total, hits };
}

/** The papers of a query in a declared order, read page by page: a snapshot never changes, so pages fit together. */
export async function* hitsInOrder(
  order: PageOrder,
  query: ClusterQuery,
  { offset = 0, limit = Number.POSITIVE_INFINITY, window = MAX_WINDOW }: Stretch,
  { client, index, signal }: PageSource,
  read: readonly string[],
): AsyncGenerator<SearchHit<StoredSource>> {
  const atOnce = Math.min(window, read.length === 0 ? MAX_WINDOW : READ_AT_ONCE);
  let after: readonly unknown[] | undefined;
  // The cluster skips few papers by itself; more are read without their contents.
  if (offset + atOnce > window) {
    for (let skipped = 0; skipped < offset; ) {
      const size = Math.min(window, offset - skipped);
      const body = pageOf(bodyOf(order, query, []), { size, after });
      const { hits } = await client.search(index, body, { signal });
      if (hits.hits.length < size) return;
      skipped += size;
      after = hits.hits.at(-1)!.sort;
    }
  }
  let from = after ? 0 : offset;
  for (let left = limit; left > 0; ) {
    const size = Math.min(atOnce, left);
    const body = pageOf(bodyOf(order, query, read), { size, after, from });
    const { hits } = await client.search<StoredSource>(index, body, { signal });
    yield* hits.hits;
    if (hits.hits.length < size) return;
    left -= size;
    after = hits.hits.at(-1)!.sort;
    from = 0;
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
  return { ...body, size, ...(after && { search_after: after }), ...(from ? { from } : {}) };
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
