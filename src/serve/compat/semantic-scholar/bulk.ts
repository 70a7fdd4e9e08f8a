import { PaperSearchError } from '../../../errors.ts';
import { parseBulkQuery } from './bulk-query.ts';
import type { Catalogue } from './catalogue.ts';
import { type Corpus, tellPapers } from './corpus.ts';
import { unacceptable } from './errors.ts';
import type { FieldSelection } from './field-selection.ts';
import { type FilterParameters, passingPapers } from './filters.ts';

/** Papers of one answer of the bulk search. */
const BULK_PAGE = 1000;

const SORTS = ['paperId', 'publicationDate', 'citationCount'] as const;
type BulkSort = (typeof SORTS)[number];

/** A page of the bulk search. */
export interface BulkRequest extends FilterParameters {
  /** See `parseBulkQuery`. One that asks for nothing finds all papers that pass the filters. */
  readonly query: string;
  /** `paperId`, `publicationDate` or `citationCount`, with `:asc` or `:desc`. Default `paperId:asc`. */
  readonly sort?: string | undefined;
  /** That of the page before. Default: the first page. */
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
 * Every paper that fulfils a query, page by page, in a fixed order: papers without a value to sort by come last,
 * ties by `paperId`.
 * @throws PaperSearchError BAD_REQUEST for a parameter that is not allowed, and for a token of another snapshot.
 */
export async function bulkSearch(request: BulkRequest, corpus: Corpus): Promise<BulkResponse> {
  const { id: snapshot } = corpus.snapshot;
  const start = startOf(request.token, snapshot);
  const condition = parseBulkQuery(request.query);
  const passing = await passingPapers(request, corpus);
  const matching = condition ? await corpus.positions.select({ condition }) : passing;
  const found = inOrder(
    request.sort,
    await corpus.catalogue(),
    (doc) => passing[doc] === 1 && matching[doc] === 1,
  );
  const end = start + BULK_PAGE;
  return {
    total: found.length,
    ...(end < found.length && { token: tokenOf(end, snapshot) }),
    data: await tellPapers(corpus, Array.from(found.subarray(start, end)), request.selection),
  };
}

function inOrder(
  sort: string | undefined,
  catalogue: Catalogue,
  isFound: (doc: number) => boolean,
): Uint32Array {
  const { by, descending } = sortOf(sort);
  const found = catalogue.byPaperId.filter(isFound);
  const { days, hasDay, placeByPaperId } = catalogue;
  if (by === 'paperId') return descending ? found.reverse() : found;
  // Citations are not known, so that all papers are ties there.
  if (by === 'citationCount') return found;
  const direction = descending ? -1 : 1;
  return found.sort(
    (a, b) =>
      hasDay[b]! - hasDay[a]! ||
      hasDay[a]! * direction * (days[a]! - days[b]!) ||
      placeByPaperId[a]! - placeByPaperId[b]!,
  );
}

function sortOf(sort = ''): { by: BulkSort; descending: boolean } {
  const [name = '', direction = 'asc', ...others] = (sort.trim() || 'paperId:asc').split(':');
  const by = SORTS.find((known) => known.toLowerCase() === name.toLowerCase());
  const isDirection = /^(?:asc|desc)$/i.test(direction);
  if (!by || !isDirection || others.length > 0) throw unacceptable('sort', sort);
  return { by, descending: direction.toLowerCase() === 'desc' };
}

/** A place in the papers of a snapshot, as text that means nothing to others. */
function tokenOf(start: number, snapshot: string): string {
  return Buffer.from(`${start}.${snapshot}`).toString('base64url');
}

function startOf(token: string | undefined, snapshot: string): number {
  if (!token) return 0;
  const [, start, of] = /^(\d{1,9})\.(.+)$/s.exec(Buffer.from(token, 'base64url').toString()) ?? [];
  if (start !== undefined && of === snapshot) return Number(start);
  throw new PaperSearchError(
    'BAD_REQUEST',
    'The token is of another state of the papers, which have changed since: begin again without a token.',
    { details: { parameter: 'token' } },
  );
}
