import { PaperSearchError } from '../../errors.ts';
import { DEFAULT_MODE, type RelatedRequest, type RelatedResponse } from '../../search/api.ts';
import type { Corpus } from '../../search/corpus.ts';
import type { PaperSelection } from '../../search/engine.ts';
import { Match } from '../../search/match/match.ts';
import {
  bestOf,
  papersThat,
  presentHit,
  type RelatedScores,
  scoreRelated,
} from '../../search/related/related.ts';
import { pageOf } from '../../search/request.ts';
import type { ClusterCorpus } from '../cluster-corpus.ts';
import { countFacets } from '../match/facets.ts';
import { filterQuery } from '../match/filter-query.ts';
import { matchTools } from '../match/match-tools.ts';
import { allOf, EVERY_PAPER, ids, noneOf } from '../match/queries.ts';
import { hiddenQuery, selectionQuery } from '../match/selection-query.ts';
import { type Candidates, MAX_NEAREST } from '../search/candidates.ts';
import { fixedPage } from '../search/fixed-page.ts';
import { withAnyOf } from '../search/term-queries.ts';
import { type RelatedCandidates, type RelatedMatch, relatedCandidates } from './related-candidates.ts';
import { type ClusterSeeds, readSeeds } from './seeds.ts';

/** Papers that may be in the answer, and how many it has in all. */
interface Counted extends RelatedMatch {
  readonly total: number;
  /** Hidden submissions that would be among them. */
  readonly left: number;
}

/**
 * Papers related to seeds: the cluster chooses candidates, which are scored as in an index on this machine. See
 * `Snapshot.related`.
 * @param request checked. @param among the only papers that are ranked.
 */
export async function relatedIn(
  request: RelatedRequest,
  cluster: ClusterCorpus,
  among: PaperSelection | undefined,
): Promise<Omit<RelatedResponse, 'tookMs'>> {
  const { mode = DEFAULT_MODE, sort = 'relevance', facets = [] } = request;
  const page = pageOf(request);
  const seeds = await readSeeds(request, cluster);
  const match = await countedMatch(request, seeds, among, cluster);
  const found = await relatedCandidates(request, seeds, match, lastOf(request, match), cluster);
  const { candidates } = found;
  const { related, corpus } = await scoreCandidates(request, seeds, found, among !== undefined, cluster);
  const { scores, confidence } = related;
  const { length } = candidates.papers;
  const isRanked = (doc: number) => scores[doc]! > Number.NEGATIVE_INFINITY;
  const isRelevant = (doc: number) => isRanked(doc) && confidence(doc).level !== 'none';
  const ranked = papersThat(isRanked, related.match, length);
  const relevant = papersThat(isRelevant, related.match, length);
  const relevantPapers = ids(idsIn(relevant, candidates));
  const ordered =
    sort === 'relevance'
      ? undefined
      : await fixedPage(
          sort,
          relevantPapers,
          page,
          request.after && { ...request.after, match: relevantPapers },
          cluster,
        );
  const places = new Map(candidates.papers.map(({ id }, doc) => [id, doc]));
  const docs =
    ordered?.papers.map(({ id }) => places.get(id)!) ??
    bestOf(scores, ranked, page.offset + page.limit).slice(page.offset);
  const offset = ordered?.offset ?? page.offset;
  await candidates.load(docs);
  const [best] = bestOf(scores, ranked, 1);
  const left = ordered && related.hidden ? papersThat(isRelevant, related.hidden, length).count : match.left;
  return {
    seeds: { positive: related.positive, negative: related.negative, text: related.text },
    mode,
    confidence: best === undefined ? { level: 'none', score: 0 } : confidence(best),
    total: ordered ? relevant.count : match.total,
    relevant: relevant.count,
    ...(left > 0 && { rejectedHidden: left }),
    limit: page.limit,
    offset,
    ...(facets.length > 0 && { facets: await countFacets(facets, relevantPapers, cluster) }),
    hits: docs.map((doc, i) => presentHit(related.present(doc), offset + i + 1, confidence(doc), corpus)),
  };
}

/**
 * Scores candidates with the formulas of `src/search/related/`.
 * @param keepAll as for `similarityToSeeds`.
 */
export async function scoreCandidates(
  { text, mode }: Pick<RelatedRequest, 'text' | 'mode'>,
  seeds: ClusterSeeds,
  { candidates, known: parts }: RelatedCandidates,
  keepAll: boolean,
  { lookups }: Pick<ClusterCorpus, 'lookups'>,
): Promise<{ readonly related: RelatedScores; readonly corpus: Corpus }> {
  const idsOf = (list: ClusterSeeds['positive']) => list.flatMap(({ id }) => (id === undefined ? [] : [id]));
  const asked = { positive: idsOf(seeds.positive), negative: idsOf(seeds.negative), text, mode };
  const isSeed = new Set(seeds.ids);
  const { papers } = candidates;
  await candidates.load([...papers.keys()].filter((doc) => isSeed.has(papers[doc]!.id)));
  const only = keepAll ? (parts.filtered ?? Match.all(papers.length)) : undefined;
  return lookups.resolve(async (known) => {
    const corpus = candidates.corpus(known);
    return { corpus, related: await scoreRelated(asked, corpus, only, parts) };
  });
}

/** The last place of the ranking that is wanted. @throws PaperSearchError BAD_REQUEST for one too far down. */
function lastOf(request: RelatedRequest, { total }: Counted): number {
  const { offset, limit } = pageOf(request);
  const last = (request.sort ?? 'relevance') === 'relevance' ? Math.min(offset + limit, total) : 0;
  if (last <= MAX_NEAREST) return last;
  throw new PaperSearchError(
    'BAD_REQUEST',
    `offset: a cluster ranks the first ${MAX_NEAREST} related papers, but this page ends at ${last}. Narrow the request by filters.`,
    { details: { parameter: 'offset', last, most: MAX_NEAREST } },
  );
}

/** Which papers the answer is made of, and how many they are. */
async function countedMatch(
  request: RelatedRequest,
  { positive, ids: seeds }: ClusterSeeds,
  among: PaperSelection | undefined,
  cluster: ClusterCorpus,
): Promise<Counted> {
  const { mode = DEFAULT_MODE, filters } = request;
  return cluster.lookups.resolve((known): Counted => {
    const tools = matchTools(cluster, known);
    const allowed = allOf([
      filters ? filterQuery(filters, tools) : EVERY_PAPER,
      among ? selectionQuery(among, tools) : EVERY_PAPER,
    ]);
    const hidden = hiddenQuery(request, undefined, allowed, tools);
    // By keyword, papers without a word of any positive seed are not in the ranking.
    const withWords =
      mode === 'keyword' && !among ? withAnyOf(positive.flatMap(({ terms }) => terms)) : EVERY_PAPER;
    const others = noneOf(ids(seeds));
    const shown = allOf([allowed, hidden ? noneOf(hidden) : EVERY_PAPER, withWords, others]);
    return {
      allowed: allowed === EVERY_PAPER ? undefined : allowed,
      hidden,
      total: shown === EVERY_PAPER ? cluster.meta.counts.papers : known.count(shown),
      left: hidden ? known.count(allOf([hidden, withWords, others])) : 0,
    };
  });
}

function idsIn({ mask }: Match, { papers }: Candidates): string[] {
  return papers.flatMap(({ id }, doc) => (mask[doc] === 1 ? [id] : []));
}
