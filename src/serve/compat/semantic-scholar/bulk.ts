import { PaperSearchError } from '../../../errors.ts';
import type { PaperOrder, Snapshot } from '../../../search/engine.ts';
import { parseBulkQuery } from './bulk-query.ts';
import { unacceptable } from './errors.ts';
import type { FieldSelection } from './field-selection.ts';
import { type FilterParameters, selectionOf } from './filters.ts';
import { presentPapers } from './present-papers.ts';

/** Papers per answer of the bulk search. */
const BULK_PAGE = 1000;

const SORTS = ['paperId', 'publicationDate', 'citationCount'] as const;

/** A request of the bulk search. */
export interface BulkRequest extends FilterParameters {
  /** See `parseBulkQuery`. An empty query matches all papers that pass the filters. */
  readonly query: string;
  /** `paperId`, `publicationDate` or `citationCount`, with `:asc` or `:desc`. Default `paperId:asc`. */
  readonly sort?: string | undefined;
  /** The token of the page before. Default: the first page. */
  readonly token?: string | undefined;
  readonly selection: FieldSelection;
}

export interface BulkResponse {
  readonly total: number;
  /** For the next page; absent on the last one. */
  readonly token?: string;
  readonly data: readonly Record<string, unknown>[];
}

/**
 * All papers that match a query, page by page, in a fixed order: papers without the sort key come last, ties are in
 * order of `paperId`.
 * @throws PaperSearchError BAD_REQUEST for a parameter that is not allowed, and for a token of another snapshot.
 */
export async function bulkSearch(request: BulkRequest, snapshot: Snapshot): Promise<BulkResponse> {
  const start = startOf(request.token, snapshot.id);
  const condition = parseBulkQuery(request.query);
  const papers = { ...selectionOf(request), condition };
  const { order, isReversed } = orderOf(request.sort);
  const total = await snapshot.count(papers);
  const end = Math.min(start + BULK_PAGE, total);
  const page = { offset: isReversed ? total - end : start, limit: Math.max(end - start, 0) };
  const data = await presentPapers(
    snapshot,
    snapshot.papers({ ...papers, order, ...page }),
    request.selection,
  );
  return {
    total,
    ...(end < total && { token: tokenOf(end, snapshot.id) }),
    data: isReversed ? data.reverse() : data,
  };
}

/** The order of papers that is requested, or the one that it reverses. */
function orderOf(sort = ''): { order: PaperOrder; isReversed: boolean } {
  const [name = '', direction = 'asc', ...others] = (sort.trim() || 'paperId:asc').split(':');
  const by = SORTS.find((known) => known.toLowerCase() === name.toLowerCase());
  const isDirection = /^(?:asc|desc)$/i.test(direction);
  if (!by || !isDirection || others.length > 0) throw unacceptable('sort', sort);
  const isDescending = direction.toLowerCase() === 'desc';
  if (by === 'paperId') return { order: 's2PaperId', isReversed: isDescending };
  if (by === 'citationCount') return { order: isDescending ? 'mostCited' : 'leastCited', isReversed: false };
  // Where only the year or month is known, its first day counts; papers without a date come last either way.
  return { order: isDescending ? 'day' : 'oldestDay', isReversed: false };
}

/** A position in the papers of a snapshot as an opaque token. */
function tokenOf(start: number, snapshot: string): string {
  return Buffer.from(`${start}.${snapshot}`).toString('base64url');
}

function startOf(token: string | undefined, snapshot: string): number {
  if (!token) return 0;
  const [, start, of] = /^(\d{1,9})\.(.+)$/s.exec(Buffer.from(token, 'base64url').toString()) ?? [];
  if (start !== undefined && of === snapshot) return Number(start);
  throw new PaperSearchError(
    'BAD_REQUEST',
    'The papers have changed since this token was issued. Start again without a token.',
    { details: { parameter: 'token' } },
  );
}
