import { DEFAULT_MODE } from '../../search/api.ts';
import { type Confidence, confidenceOf, MATCHED } from '../../search/confidence.ts';
import type { PaperSelection } from '../../search/engine.ts';
import type { PaperRelevance, RelevanceRequest } from '../../search/relevance/api.ts';
import { confidenceIn } from '../../search/relevance/relevance.ts';
import type { ClusterCorpus } from '../cluster-corpus.ts';
import { hitsInOrder } from '../match/pages.ts';
import { allOf, EVERY_PAPER } from '../match/queries.ts';
import { resolveSelection } from '../match/selection-query.ts';
import type { ClusterQuery } from '../search/lookups.ts';
import { type PreparedQuery, prepare } from '../search/prepare.ts';
import { candidatesOf, FOR_RELEVANT, queryOver } from '../search/rank-candidates.ts';
import { scoreCandidates } from './related.ts';
import { relatedCandidates } from './related-candidates.ts';
import { readSeeds } from './seeds.ts';

/**
 * The papers that are at least weakly relevant, the most relevant first, ties by id. See `Snapshot.relevance`. Of very many,
 * those among the candidates: papers that match conditions are all there.
 * @param request checked. @param among the only papers that are asked about.
 */
export async function relevanceIn(
  request: RelevanceRequest,
  cluster: ClusterCorpus,
  among: PaperSelection | undefined,
): Promise<PaperRelevance[]> {
  const { query = '', mode = DEFAULT_MODE, positive = [], negative = [], filters, rejected } = request;
  const asked = { query, mode, filters, rejected, sort: 'date' } as const;
  const prepared = await cluster.lookups.resolve((known) => prepare(asked, undefined, cluster, known));
  const match = allOf([
    prepared.match ?? EVERY_PAPER,
    among ? await resolveSelection(among, cluster) : EVERY_PAPER,
  ]);
  const { text } = prepared.encoded;
  const found =
    positive.length > 0 || negative.length > 0
      ? await relatedTo({ positive, negative, text, mode }, match, cluster)
      : await relevantTo(prepared, match, cluster);
  return found.sort((a, b) => b.confidence.score - a.confidence.score || (a.id < b.id ? -1 : 1));
}

async function relatedTo(
  request: Pick<RelevanceRequest, 'positive' | 'negative' | 'mode'> & { readonly text: string },
  match: ClusterQuery,
  cluster: ClusterCorpus,
): Promise<PaperRelevance[]> {
  const seeds = await readSeeds(request, cluster);
  const allowed = match === EVERY_PAPER ? undefined : match;
  const found = await relatedCandidates(request, seeds, { allowed, hidden: undefined }, 0, cluster);
  const { candidates, known } = found;
  // The relevance of a paper does not depend on the others that are asked about.
  const all = { candidates, known: { ...known, filtered: undefined } };
  const { related } = await scoreCandidates(request, seeds, all, false, cluster);
  return candidates.papers.flatMap(({ id }, doc): PaperRelevance[] => {
    const confidence = related.confidence(doc);
    if (known.filtered?.mask[doc] === 0 || confidence.level === 'none') return [];
    const nearest = related.present(doc).nearest.id;
    return [{ id, confidence, ...(nearest !== undefined && { nearest }) }];
  });
}

async function relevantTo(
  prepared: PreparedQuery,
  match: ClusterQuery,
  cluster: ClusterCorpus,
): Promise<PaperRelevance[]> {
  const { mode, text, onlyConditions } = prepared.encoded;
  if (text === '' || onlyConditions) {
    return matching(match, confidenceOf(mode, MATCHED), cluster);
  }
  const vector = mode === 'keyword' ? undefined : await cluster.encode(text);
  const matched = await cluster.lookups.resolve((known) => known.count(match));
  const narrowed: PreparedQuery = { ...prepared, match, matched };
  const found = await candidatesOf(narrowed, vector, FOR_RELEVANT, cluster);
  return cluster.lookups.resolve(async (known) => {
    const { query, corpus } = await queryOver(found, narrowed, vector, known);
    const judge = confidenceIn(query, corpus);
    return found.candidates.papers.flatMap(({ id }, doc): PaperRelevance[] => {
      const confidence = judge(doc);
      return confidence.level === 'none' ? [] : [{ id, confidence }];
    });
  });
}

async function matching(
  match: ClusterQuery,
  confidence: Confidence,
  cluster: ClusterCorpus,
): Promise<PaperRelevance[]> {
  const found: PaperRelevance[] = [];
  for await (const { _source } of hitsInOrder('index', match, {}, cluster, ['paper.id'])) {
    found.push({ id: _source.paper!.id, confidence });
  }
  return found;
}
