import type { CitationGraph } from '../../indexes/citations/citation-graph.ts';
import type { Paper } from '../../papers/paper.ts';
import { keyDigest, workKey } from '../../papers/references.ts';
import type { Corpus } from '../corpus.ts';
import { Match } from '../match/match.ts';
import { pageOf } from '../request.ts';
import type { CitationsRequest, CitationsResponse } from './api.ts';

/**
 * The papers that a paper cites, or that cite it. See `Snapshot.citations`.
 * @param request checked.
 */
export async function findCitations(
  id: string,
  { direction, sort = 'date', ...request }: CitationsRequest,
  { fields, docOf, paperAt }: Corpus,
): Promise<Omit<CitationsResponse, 'tookMs'>> {
  const doc = docOf(id);
  const page = pageOf(request);
  await fields.prepare([], [sort]);
  const { links } = fields;
  const { mask, count } = Match.of(links.linked(doc, direction), fields.size);
  const docs = fields.order(sort, mask, page.offset, page.limit);
  const paper = paperAt(doc);
  return {
    paper,
    direction,
    sort,
    total: count,
    outside: direction === 'references' ? outsideOf(doc, paper, links).map(({ reference }) => reference) : [],
    ...page,
    hits: docs.map((each, i) => ({
      rank: page.offset + i + 1,
      paper: paperAt(each),
      citations: links.count(each, 'citations'),
    })),
  };
}

/**
 * The references of a paper to works that are not in the index, each with the number of the work.
 * @param doc position of the paper.
 */
export function outsideOf(
  doc: number,
  { references = [] }: Paper,
  links: CitationGraph,
): { readonly reference: string; readonly work: number }[] {
  const cited = new Set(links.worksOf(doc));
  return references.flatMap((reference) => {
    const work = links.workWith(keyDigest(workKey(reference)));
    // Another paper may name the same work without the identifier that leads to a paper of the index.
    return cited.has(work) ? [{ reference, work }] : [];
  });
}
