import type { Paper } from '../../../papers/paper.ts';
import { rankingText } from '../../../query/ranking-text.ts';
import type { OneSnapshot, Searcher, SearchRequest } from '../../../search/searcher.ts';
import { refusal } from './errors.ts';
import { wantedConditions } from './expression.ts';
import { parseArxivQuery } from './parser.ts';
import type { ArxivRequest } from './request.ts';
import { selectPapers } from './selection.ts';

/** A page of papers. */
export interface ArxivAnswer {
  /** All papers that fulfil the request; every one can be paged to. */
  readonly total: number;
  readonly papers: readonly Paper[];
  /** When the papers were last changed, as RFC 3339 has it. */
  readonly updated: string;
}

const ARXIV_ID = /^(?:arxiv:)?(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?\/\d{7})(?:v\d+)?$/i;

/** As `paperPage` writes it. */
const PAPER_PAGE = /^https?:\/\/.+\/paper\/([^/?#]+)$/;

/**
 * Answers a request: the papers of the list in its order, or those that the query finds, the most relevant or newest
 * first; with both, those of the list that the query finds. What ranks is the words asked of title, abstract and any
 * field, by keyword; without such words, the date.
 * @throws PaperSearchError BAD_REQUEST for a query that is none, and for an id that neither we nor arXiv could have.
 */
export function answerArxiv(
  request: ArxivRequest,
  searcher: Pick<Searcher, 'onSnapshot'>,
): Promise<ArxivAnswer> {
  return searcher.onSnapshot(async (snapshot) => {
    const { createdAt: updated } = await snapshot.stats();
    const { query, ids } = request;
    if (query === '' && ids.length === 0) return { total: 0, papers: [], updated };
    const listed = ids.length > 0 ? await positionsOf(ids, snapshot) : undefined;
    if (query === '' && listed && request.sort === 'relevance') {
      return { ...(await pageOfList(listed, request, snapshot)), updated };
    }
    const expression = query === '' ? undefined : parseArxivQuery(query);
    const mask = expression ? await selectPapers(expression, snapshot) : (await snapshot.select({})).fill(1);
    if (listed) {
      const wanted = new Set(listed);
      for (let doc = 0; doc < mask.length; doc++) if (!wanted.has(doc)) mask[doc] = 0;
    }
    const conditions = expression ? wantedConditions(expression) : [];
    const span = { start: 0, end: 0 };
    const text = rankingText({
      plain: '',
      condition: { kind: 'or', clauses: conditions, span },
      notices: [],
    });
    return { ...(await pageOfRanking(text, mask, request, snapshot)), updated };
  });
}

/** The id that stands in the address of a paper's page here, as clients take it from our feeds; others as they are. */
function idInAddress(given: string): string {
  const encoded = PAPER_PAGE.exec(given)?.[1];
  if (encoded === undefined) return given;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return given;
  }
}

/** The positions of ids that there are, each once. */
async function positionsOf(ids: readonly string[], snapshot: OneSnapshot): Promise<number[]> {
  const positions = new Set<number>();
  for (const id of ids) {
    const found = await snapshot.positionsOf(idInAddress(id));
    if (found.length === 0 && !ARXIV_ID.test(id))
      throw refusal(`incorrect id format for ${id.slice(0, 100)}`);
    for (const position of found) positions.add(position);
  }
  return [...positions];
}

async function pageOfList(
  positions: readonly number[],
  { start, count, isAscending }: ArxivRequest,
  snapshot: OneSnapshot,
): Promise<Omit<ArxivAnswer, 'updated'>> {
  const ordered = isAscending ? positions.toReversed() : positions;
  const papers = await snapshot.papersAt(ordered.slice(start, start + count));
  return { total: positions.length, papers };
}

async function pageOfRanking(
  text: string,
  mask: Uint8Array,
  { start, count, sort, isAscending }: ArxivRequest,
  snapshot: OneSnapshot,
): Promise<Omit<ArxivAnswer, 'updated'>> {
  const total = mask.reduce((sum, bit) => sum + bit, 0);
  // From the other end, the page is one of the ranking too.
  const end = Math.min(start + count, total);
  const offset = isAscending ? total - end : start;
  const limit = Math.max(0, end - start);
  if (limit === 0) return { total, papers: [] };
  const request: SearchRequest = {
    query: sort === 'relevance' ? text : '',
    plain: true,
    mode: 'keyword',
    fallback: false,
    highlight: false,
    offset,
    limit,
  };
  const { hits } = await snapshot.search(request, mask);
  const papers = hits.map(({ paper }) => paper);
  return { total, papers: isAscending ? papers.reverse() : papers };
}
