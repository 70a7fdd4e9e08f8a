import type { Paper } from '../../../papers/paper.ts';
import type { Condition } from '../../../query/ast.ts';
import type { SearchResponse } from '../../../search/api.ts';
import type { PaperSelection, Snapshot } from '../../../search/engine.ts';
import { analyze } from '../../../text/analyzer.ts';
import { unacceptable } from './errors.ts';
import type { FieldSelection } from './field-selection.ts';
import { type FilterParameters, selectionOf } from './filters.ts';
import { presentPapers } from './present-papers.ts';

/** Papers of a relevance ranking that can be had. */
const DEEPEST = 1000;

/** A page of the relevance search. */
export interface RelevanceRequest extends FilterParameters {
  /** Plain text, in which no sign is an operator. */
  readonly query: string;
  readonly offset: number;
  readonly limit: number;
  readonly selection: FieldSelection;
}

export interface RelevanceResponse {
  readonly total: number;
  readonly offset: number;
  /** offset + limit; absent where there is nothing more to be had. Clients end when it is anything else. */
  readonly next?: number;
  readonly data: readonly Record<string, unknown>[];
}

/**
 * The papers that answer a text best, by keyword and by meaning. Nothing when no paper has any of its words and none
 * is near it.
 * @throws PaperSearchError BAD_REQUEST for a parameter that is not allowed, and for an offset beyond 999.
 */
export async function relevanceSearch(
  request: RelevanceRequest,
  snapshot: Snapshot,
): Promise<RelevanceResponse> {
  const { query, offset, limit, selection } = request;
  if (offset >= DEEPEST) throw unacceptable('offset', offset);
  const page = { offset, limit: Math.min(limit, DEEPEST - offset) };
  const answer = await rank(query, snapshot, selectionOf(request), page);
  if (await isNothing(answer, snapshot)) return { total: 0, offset, data: [] };
  const next = offset + limit;
  return {
    total: answer.total,
    offset,
    ...(next < Math.min(answer.total, DEEPEST) && { next }),
    data: await presentPapers(snapshot, papersOf(answer), selection),
  };
}

/** A page of the hybrid ranking of a plain text. */
export function rank(
  query: string,
  snapshot: Snapshot,
  among: PaperSelection,
  page: { readonly offset: number; readonly limit: number; readonly highlight?: boolean },
): Promise<SearchResponse> {
  return snapshot.search({ query, plain: true, fallback: false, highlight: false, ...page }, among);
}

/** The papers of an answer, best first. */
function papersOf({ hits }: SearchResponse): Paper[] {
  return hits.map(({ paper }) => paper);
}

/** Whether an answer has nothing to do with its query. */
export async function isNothing({ confidence, query }: SearchResponse, snapshot: Snapshot): Promise<boolean> {
  if (confidence.level !== 'none') return false;
  const span = { start: 0, end: query.length };
  const words = new Set(analyze(query).map(({ surface }) => surface));
  const clauses = Array.from(words, (text): Condition => ({ kind: 'words', text, field: undefined, span }));
  if (clauses.length === 0) return true;
  return (await snapshot.count({ condition: { kind: 'or', clauses, span } })) === 0;
}
