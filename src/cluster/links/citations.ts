import type { Paper } from '../../papers/paper.ts';
import type { CitationsRequest, CitationsResponse, LinkCounts } from '../../search/citations/api.ts';
import { outsideOf } from '../../search/citations/citations.ts';
import type { Snapshot } from '../../search/engine.ts';
import { pageOf } from '../../search/request.ts';
import { LinkNeighbourhood, type LinkSource } from './link-neighbourhood.ts';

/** Reads whole papers, by ids and in the declared orders. */
export type PaperReader = Pick<Snapshot, 'paper' | 'papers'>;

/**
 * The papers that a paper cites, or that cite it. See `Snapshot.citations`.
 * @param request checked.
 */
export async function citationsIn(
  id: string,
  { direction, sort = 'date', ...request }: CitationsRequest,
  source: LinkSource,
  reader: PaperReader,
): Promise<Omit<CitationsResponse, 'tookMs'>> {
  const paper = await reader.paper(id);
  const neighbourhood = new LinkNeighbourhood(source);
  await neighbourhood.expand([paper]);
  const { graph, papers, docOf } = neighbourhood.graph();
  const doc = docOf(paper.id)!;
  const linked = Array.from(graph.linked(doc, direction), (other) => papers[other]!.id);
  const page = pageOf(request);
  const found: Paper[] = [];
  if (linked.length > 0)
    for await (const each of reader.papers({ ids: linked, order: sort, ...page })) found.push(each);
  const counts = await linkCountsOf(found, source);
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

/** Whole papers in the order of their ids. */
export async function wholePapers(ids: readonly string[], reader: PaperReader): Promise<Map<string, Paper>> {
  const papers = new Map<string, Paper>();
  if (ids.length > 0) for await (const paper of reader.papers({ ids })) papers.set(paper.id, paper);
  return papers;
}
