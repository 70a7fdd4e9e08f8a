import type { Paper } from '../../../papers/paper.ts';
import type { Condition } from '../../../query/ast.ts';
import { rankingText } from '../../../query/ranking-text.ts';
import type { SearchRequest } from '../../../search/api.ts';
import type { PaperSelection, Snapshot } from '../../../search/engine.ts';
import { badRequest } from './errors.ts';
import { parseArxivQuery } from './parser.ts';
import type { ArxivRequest } from './request.ts';

/** A page of papers. */
export interface ArxivAnswer {
  /** Number of papers that match; every one can be reached by paging. */
  readonly total: number;
  readonly papers: readonly Paper[];
  /** When the papers were last changed (RFC 3339). */
  readonly updated: string;
}

const ARXIV_ID = /^(?:arxiv:)?(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?\/\d{7})(?:v\d+)?$/i;

/** A URL from `paperPage`. */
const PAPER_PAGE = /^https?:\/\/.+\/paper\/([^/?#]+)$/;

/**
 * Answers a request: the papers of the id list in its order, or those that match the query, the most relevant or newest
 * first; with both, the listed papers that match the query. Papers are ranked by keyword with the words that the query
 * requires in title, abstract or any field; without such words, by date.
 * @throws PaperSearchError BAD_REQUEST for an invalid query, and for an id that is neither ours nor arXiv's.
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

/** The words of a condition that rank papers: those required in title, abstract or any field. */
function textToRankBy(condition: Condition): string {
  return rankingText({ plain: '', condition, notices: [] });
}

/** The id in the URL of a paper's page here, which clients copy from our feeds; other ids unchanged. */
function idInAddress(given: string): string {
  const encoded = PAPER_PAGE.exec(given)?.[1];
  if (encoded === undefined) return given;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return given;
  }
}

/** The papers' own ids without duplicates. */
async function idsOf(given: readonly string[], snapshot: Snapshot): Promise<string[]> {
  const ids = new Set<string>();
  for (const id of given) {
    const found = await snapshot.identify(idInAddress(id));
    if (found.length === 0 && !ARXIV_ID.test(id))
      throw badRequest(`incorrect id format for ${id.slice(0, 100)}`);
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
  // Read from the other end, the page is a page of the same ranking.
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
