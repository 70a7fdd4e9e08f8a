import type { Paper } from '../../papers/paper.ts';
import type { CitationsRequest, CitationsResponse, LinkCounts } from '../../search/citations/api.ts';
import { outsideOf } from '../../search/citations/citations.ts';
import { pageOf } from '../../search/request.ts';
import type { ClusterCorpus } from '../cluster-corpus.ts';
import { listPapers, readPaper } from '../match/listing.ts';
import { LinkNeighbourhood, type LinkSource } from './link-neighbourhood.ts';

/**
 * The papers that a paper cites, or that cite it. See `Snapshot.citations`.
 * @param request checked.
 */
export async function citationsIn(
  id: string,
  { direction, sort = 'date', ...request }: CitationsRequest,
  cluster: ClusterCorpus,
): Promise<Omit<CitationsResponse, 'tookMs'>> {
  const paper = await readPaper(id, cluster);
  const neighbourhood = new LinkNeighbourhood(cluster);
  await neighbourhood.expand([paper]);
  const { graph, papers, docOf } = neighbourhood.graph();
  const doc = docOf(paper.id)!;
  const linked = Array.from(graph.linked(doc, direction), (other) => papers[other]!.id);
  const page = pageOf(request);
  const found: Paper[] = [];
  if (linked.length > 0)
    for await (const each of listPapers({ ids: linked, order: sort, ...page }, cluster)) found.push(each);
  const counts = await linkCountsOf(found, cluster);
  return {
    paper,
    direction,
    sort,
    total: linked.length,
    outside: direction === 'references' ? outsideOf(doc, paper, graph).map(({ reference }) => reference) : [],
    ...page,
    hits: found.map((each, i) => ({
      rank: page.offset + i + 1,
      paper: each,
      citations: counts[i]!.citations,
    })),
  };
}

/** The numbers of links of papers, in their order. */
export async function linkCountsOf(papers: readonly Paper[], source: LinkSource): Promise<LinkCounts[]> {
  if (papers.length === 0) return [];
  const neighbourhood = new LinkNeighbourhood(source);
  await neighbourhood.expand(papers);
  const { graph, docOf } = neighbourhood.graph();
  return papers.map(({ id }) => {
    const doc = docOf(id)!;
    return { references: graph.count(doc, 'references'), citations: graph.count(doc, 'citations') };
  });
}
