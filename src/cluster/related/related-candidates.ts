import { DEFAULT_MODE, type RelatedRequest } from '../../search/api.ts';
import { Match } from '../../search/match/match.ts';
import type { KnownParts } from '../../search/related/related.ts';
import type { SearchHit, SearchResult } from '../client/cluster-client.ts';
import type { CandidateSize, ClusterCorpus } from '../cluster-corpus.ts';
import { EVERY_PAPER } from '../match/queries.ts';
import {
  type CandidateLists,
  type Candidates,
  candidatesThatMatch,
  chooseCandidates,
  MAX_NEAREST,
} from '../search/candidates.ts';
import type { ClusterQuery } from '../search/lookups.ts';
import type { StoredSource } from '../store/document.ts';
import type { ClusterSeeds } from './seeds.ts';

/**
 * Papers of each list, and the places of the ranking that so many are enough for: papers that are low in one list may be high
 * in another. The relevant papers are counted among the candidates.
 */
const SIZES: readonly CandidateSize[] = [
  { size: 1000, places: 800 },
  { size: 2500, places: 2300 },
  { size: 5000, places: 4800 },
  { size: MAX_NEAREST, places: MAX_NEAREST },
];
/** Papers of the lists of all seeds, each of which has two. */
const ALL_LISTS = 4000;
/** Papers of each list that the scale of a seed is computed from, whatever the filters: 30 besides the seeds. */
const FOR_SCALE = 60;
/** Papers at random that say by how much negative seeds lower the score of the average paper. */
const SAMPLE = 300;

/** The papers that may be in an answer. */
export interface RelatedMatch {
  /** Those that pass the filters; undefined for every paper. */
  readonly allowed: ClusterQuery | undefined;
  /** Rejected submissions among them that are hidden. */
  readonly hidden: ClusterQuery | undefined;
}

/** Candidates, and what is known of them. */
export interface RelatedCandidates {
  readonly candidates: Candidates;
  readonly known: KnownParts;
}

/**
 * The papers that may be related to seeds: of every seed, the nearest, the best by its words and those with the most links.
 * @param last the last place that is wanted.
 */
export async function relatedCandidates(
  { mode = DEFAULT_MODE }: Pick<RelatedRequest, 'mode'>,
  seeds: ClusterSeeds,
  { allowed = EVERY_PAPER, hidden }: RelatedMatch,
  last: number,
  cluster: ClusterCorpus,
): Promise<RelatedCandidates> {
  const count = seeds.positive.length + seeds.negative.length;
  const size = sizeOf(last, count, cluster);
  const isWhole = cluster.meta.counts.papers <= size;
  const sampled = isWhole || seeds.negative.length === 0 ? [] : await sampleOf(cluster);
  const own = [...seeds.ids, ...seeds.links.ids, ...sampled];
  const others = isWhole || allowed === EVERY_PAPER ? [] : await forScale(seeds, own, cluster);
  const candidates = await chooseCandidates(
    isWhole
      ? { byWords: [{ query: { constant_score: { filter: EVERY_PAPER } }, size }] }
      : { ...listsOf(seeds, size), filter: allowed, ids: [...own, ...others] },
    cluster,
  );
  const [passing, left] = await Promise.all([
    allowed === EVERY_PAPER ? undefined : amongThem(allowed, candidates, cluster),
    hidden && amongThem(hidden, candidates, cluster),
  ]);
  const isSampled = new Set(sampled);
  const places = [...candidates.papers.keys()];
  return {
    candidates,
    known: {
      filtered: passing,
      hidden: left,
      links: mode === 'hybrid' ? seeds.links.over(candidates.papers) : undefined,
      sample:
        sampled.length === 0 ? undefined : places.filter((doc) => isSampled.has(candidates.papers[doc]!.id)),
    },
  };
}

/** Papers of each list. @param seeds how many there are. */
function sizeOf(
  last: number,
  seeds: number,
  { candidateSizes: sizes = SIZES }: Pick<ClusterCorpus, 'candidateSizes'>,
): number {
  const { size } = sizes.find(({ places }) => places >= last) ?? sizes.at(-1)!;
  return Math.min(size, Math.max(Math.ceil(ALL_LISTS / seeds), last));
}

/** The papers that are nearest to each seed, whether or not they pass the filters. */
async function forScale(
  seeds: ClusterSeeds,
  own: readonly string[],
  cluster: ClusterCorpus,
): Promise<readonly string[]> {
  const lists = listsOf(seeds, FOR_SCALE + seeds.ids.length);
  return (await chooseCandidates({ ...lists, ids: own }, cluster)).papers.map(({ id }) => id);
}

function listsOf({ positive, negative }: ClusterSeeds, size: number): CandidateLists {
  const seeds = [...positive, ...negative];
  return {
    byWords: seeds.flatMap(({ scored }) => (scored ? [{ query: scored, size }] : [])),
    byVectors: seeds.flatMap(({ vector }) => (vector ? [{ vector, size }] : [])),
  };
}

/** The candidates that match a query. */
async function amongThem(
  query: ClusterQuery,
  candidates: Candidates,
  cluster: ClusterCorpus,
): Promise<Match> {
  return Match.of(await candidatesThatMatch(query, candidates, cluster), candidates.papers.length);
}

/** Papers at random, the same ones for every request. */
function sampleOf({ lookups }: ClusterCorpus): Promise<readonly string[]> {
  return lookups.resolve((known) =>
    known.search({
      body: {
        query: { function_score: { query: EVERY_PAPER, random_score: { seed: 1, field: '_seq_no' } } },
        size: SAMPLE,
        _source: ['paper.id'],
        track_total_hits: false,
      },
      read: ({ hits }: SearchResult<unknown>) =>
        (hits.hits as readonly SearchHit<StoredSource>[]).map(({ _source }) => _source.paper!.id),
      unknown: [] as readonly string[],
    }),
  );
}
