import { PaperSearchError } from '../../errors.ts';
import { MAX_FACET_VALUES, MAX_FACET_YEARS } from '../../limits.ts';
import type { Facet, FacetCount } from '../../papers/fields.ts';
import { EVERY_FIELD } from '../../papers/internal-fields.ts';
import type { FacetCounts } from '../../search/api.ts';
import type { SearchBody, SearchResult } from '../client/cluster-client.ts';
import type { ClusterQuery } from '../search/lookups.ts';
import { numberPath, shownPath, valuesPath } from '../store/paths.ts';
import { isDigest, PART } from '../store/stored-texts.ts';
import type { PageSource } from './pages.ts';
import { term, terms } from './queries.ts';

/** Each next one only where the first values are not certain. */
const SHARD_SIZES = [1_000, 10_000, 60_000] as const;
/** Spellings of one value. */
const MAX_SPELLINGS = 1_000;
/** Characters of a value that the cluster compares: its regular expressions end at 1,000, and signs are escaped. */
const MAX_COMPARED = 400;

interface Bucket {
  readonly key: string | number;
  readonly doc_count: number;
  /** The most papers that shards may have which did not return this value. */
  readonly doc_count_error_upper_bound?: number;
}

interface TermsAnswer {
  readonly buckets: readonly Bucket[];
  readonly doc_count_error_upper_bound: number;
}

/**
 * The values of facets over the papers of a query: the most frequent first, ties by folded value (years: the latest
 * first), each as most papers of the corpus write it. Counts are exact.
 * @param shardSizes how many values each shard is asked for, one request after another.
 * @throws PaperSearchError BAD_REQUEST where there are so many equally frequent values that the first ones are uncertain.
 */
export async function countFacets(
  facets: readonly Facet[],
  query: ClusterQuery,
  source: PageSource,
  shardSizes: readonly number[] = SHARD_SIZES,
): Promise<FacetCounts> {
  const { client, index, signal } = source;
  const counted = await client.search(
    index,
    { query: { constant_score: { filter: query } }, size: 0, track_total_hits: true },
    { signal },
  );
  const values = await Promise.all(
    facets.map(async (facet) => [facet, await valuesOf(facet, query, source, shardSizes)] as const),
  );
  return { papers: counted.hits.total!.value, values: Object.fromEntries(values) };
}

async function valuesOf(
  facet: Facet,
  query: ClusterQuery,
  source: PageSource,
  shardSizes: readonly number[],
): Promise<readonly FacetCount[]> {
  const isNumber = EVERY_FIELD.find(({ name }) => name === facet)!.kind === 'number';
  const path = isNumber ? numberPath(facet) : valuesPath(facet);
  const limit = isNumber ? MAX_FACET_YEARS : MAX_FACET_VALUES;
  for (const shardSize of shardSizes) {
    const found = await mostFrequent({ path, limit, shardSize, isNumber }, query, source);
    if (!found) continue;
    if (isNumber) return found.map(({ key, doc_count }) => ({ value: String(key), count: doc_count }));
    const shown = await spellingsOf(
      facet,
      found.map(({ key }) => String(key)),
      source,
    );
    return found.map(({ key, doc_count }) => ({ value: shown.get(String(key))!, count: doc_count }));
  }
  throw new PaperSearchError(
    'BAD_REQUEST',
    `facets: the papers of this answer have so many values of ${facet} that the most frequent ones are not certain. Leave this facet out, or ask for fewer papers.`,
    { details: { parameter: 'facets', facet } },
  );
}

interface Counting {
  readonly path: string;
  readonly limit: number;
  readonly shardSize: number;
  /** Ties: the largest number first, texts in their order. */
  readonly isNumber: boolean;
}

/** The most frequent values with exact counts; undefined where another one may be among them. */
async function mostFrequent(
  { path, limit, shardSize, isNumber }: Counting,
  query: ClusterQuery,
  source: PageSource,
): Promise<readonly Bucket[] | undefined> {
  const order = [{ _count: 'desc' }, { _key: isNumber ? 'desc' : 'asc' }];
  const counted = {
    field: path,
    size: shardSize,
    shard_size: shardSize,
    order,
    show_term_doc_count_error: true,
  };
  const { buckets, doc_count_error_upper_bound: unseen } = await termsOf(counted, query, source);
  // Keys are compared as the embedded index does, by UTF-16 code units.
  const exact = buckets.filter(({ doc_count_error_upper_bound: error = 0 }) => error === 0);
  const first = exact.toSorted((a, b) => compare(a, b, isNumber)).slice(0, limit);
  const least = first.length < limit ? 0 : first.at(-1)!.doc_count;
  const doubtful = buckets.filter(
    ({ doc_count, doc_count_error_upper_bound: error = 0 }) => error > 0 && doc_count + error >= least,
  );
  // Shards that were not asked for more may have values that are as frequent.
  if (unseen > 0 && unseen >= least) return undefined;
  if (doubtful.length === 0) return first;
  const include = [...first, ...doubtful].map(({ key }) => key);
  const again = await termsOf(
    { field: path, size: include.length, shard_size: include.length, include },
    query,
    source,
  );
  return again.buckets.toSorted((a, b) => compare(a, b, isNumber)).slice(0, limit);
}

function compare(a: Bucket, b: Bucket, isNumber: boolean): number {
  const order = a.key < b.key ? -1 : 1;
  return b.doc_count - a.doc_count || (isNumber ? -order : order);
}

async function termsOf(
  counted: Readonly<Record<string, unknown>>,
  query: ClusterQuery,
  { client, index, signal }: PageSource,
): Promise<TermsAnswer> {
  const body: SearchBody = {
    query: { constant_score: { filter: query } },
    size: 0,
    track_total_hits: false,
    aggs: { values: { terms: counted } },
  };
  const { aggregations } = (await client.search(index, body, { signal })) as SearchResult<unknown>;
  return aggregations!.values as TermsAnswer;
}

/** How most papers of the corpus write values; of several spellings, the first in order. */
async function spellingsOf(
  facet: Facet,
  keys: readonly string[],
  source: PageSource,
): Promise<ReadonlyMap<string, string>> {
  const best = new Map<string, { readonly text: string; readonly papers: number }>();
  if (keys.length === 0) return new Map();
  const counted = {
    field: shownPath(facet),
    size: MAX_SPELLINGS,
    shard_size: MAX_SPELLINGS,
    execution_hint: 'map',
  };
  const { client, index, signal } = source;
  const aggs = keys.map((key, at) => [
    at,
    {
      filter: term(valuesPath(facet), key),
      aggs: { spellings: { terms: { ...counted, include: `${escaped(key.slice(0, MAX_COMPARED))}.*` } } },
    },
  ]);
  const body = {
    query: { constant_score: { filter: terms(valuesPath(facet), keys) } },
    size: 0,
    track_total_hits: false,
    aggs: Object.fromEntries(aggs),
  };
  const { aggregations } = await client.search(index, body, { signal });
  const buckets = keys.flatMap((key, at) => {
    const { spellings } = aggregations![at] as { readonly spellings: TermsAnswer };
    return spellings.buckets.filter(({ key: entry }) => String(entry).startsWith(key + PART));
  });
  for (const { key: entry, doc_count: papers } of buckets) {
    const [key, text] = String(entry).split(PART) as [string, string];
    const before = best.get(key);
    if (!before || papers > before.papers || (papers === before.papers && text < before.text)) {
      best.set(key, { text, papers });
    }
  }
  return new Map(
    Array.from(best, ([key, { text }]) => [key, isDigest(text) ? `${text.slice(0, 200)}…` : text]),
  );
}

function escaped(text: string): string {
  return text.replace(/[^\p{L}\p{M}\p{N} ]/gu, '\\$&');
}
