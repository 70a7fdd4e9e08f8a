import type { Paper } from '../../../papers/paper.ts';
import type { Condition } from '../../../query/ast.ts';
import { rankingText } from '../../../query/ranking-text.ts';
import type { SearchRequest } from '../../../search/api.ts';
import type { PaperSelection, Snapshot } from '../../../search/engine.ts';
import { refusal } from './errors.ts';
import { parseArxivQuery } from './parser.ts';
import type { ArxivRequest } from './request.ts';

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
export async function answerArxiv(request: ArxivRequest, snapshot: Snapshot): Promise<ArxivAnswer> {
  const { createdAt: updated } = await snapshot.stats();
  const { query, ids: listed } = request;
  if (query === '' && listed.length === 0) return { total: 0, papers: [], updated };
  const ids = listed.length > 0 ? await idsOf(listed, snapshot) : undefined;
  if (query === '' && ids && request.sort === 'relevance') {
    return { ...(await pageOfList(ids, request, snapshot)), updated };
  }
  const condition = query === '' ? undefined : parseArxivQuery(query);
  const text = condition ? textToRankBy(condition) : '';
  return { ...(await pageOfRanking(text, { condition, ids }, request, snapshot)), updated };
}

/** What a condition asks of title, abstract and any field, and does not exclude. */
function textToRankBy(condition: Condition): string {
  return rankingText({ plain: '', condition, notices: [] });
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

/** The papers' own ids, each once. */
async function idsOf(given: readonly string[], snapshot: Snapshot): Promise<string[]> {
  const ids = new Set<string>();
  for (const id of given) {
    const found = await snapshot.identify(idInAddress(id));
    if (found.length === 0 && !ARXIV_ID.test(id))
      throw refusal(`incorrect id format for ${id.slice(0, 100)}`);
    for (const own of found) ids.add(own);
  }
  return [...ids];
}

async function pageOfList(
  ids: readonly string[],
  { start, count, isAscending }: ArxivRequest,
  snapshot: Snapshot,
): Promise<Omit<ArxivAnswer, 'updated'>> {
  const ordered = isAscending ? ids.toReversed() : ids;
  const papers: Paper[] = [];
  for await (const paper of snapshot.papers({ ids: ordered.slice(start, start + count) })) papers.push(paper);
  return { total: ids.length, papers };
}

async function pageOfRanking(
  text: string,
  among: PaperSelection,
  { start, count, sort, isAscending }: ArxivRequest,
  snapshot: Snapshot,
): Promise<Omit<ArxivAnswer, 'updated'>> {
  const total = await snapshot.count(among);
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
  const { hits } = await snapshot.search(request, among);
  const papers = hits.map(({ paper }) => paper);
  return { total, papers: isAscending ? papers.reverse() : papers };
}
