import type { Paper } from '../../../papers/paper.ts';
import type { Condition } from '../../../query/ast.ts';
import type { SearchRequest, SearchResponse } from '../../../search/api.ts';
import type { PaperSelection, Snapshot } from '../../../search/engine.ts';
import { analyze } from '../../../text/analyzer.ts';
import { unacceptable } from './errors.ts';
import type { FieldSelection } from './field-selection.ts';
import { type FilterParameters, selectionOf } from './filters.ts';
import { presentPapers } from './present-papers.ts';

/** Maximum number of papers of a relevance ranking. */
const DEEPEST = 1000;
/** A query is text without operators, and nothing else is answered instead. */
const AS_TEXT = { plain: true, fallback: false, highlight: false } as const;

/** A request of the relevance search. */
export interface RelevanceRequest extends FilterParameters {
  /** Plain text without operators. */
  readonly query: string;
  readonly offset: number;
  readonly limit: number;
  readonly selection: FieldSelection;
}

export interface RelevanceResponse {
  readonly total: number;
  readonly offset: number;
  /** offset + limit; absent on the last page. Clients stop when it is anything else. */
  readonly next?: number;
  readonly data: readonly Record<string, unknown>[];
}

/**
 * The papers that match a text best, by keyword and by meaning. Empty when no paper contains any of its words and none
 * is similar to it.
 * @throws PaperSearchError BAD_REQUEST for a parameter that is not allowed, and for an offset above 999.
 */
export async function relevanceSearch(
  request: RelevanceRequest,
  snapshot: Snapshot,
): Promise<RelevanceResponse> {
  const { query, offset, limit, selection } = request;
  if (offset >= DEEPEST) throw unacceptable('offset', offset);
  const page = { offset, limit: Math.min(limit, DEEPEST - offset) };
  const among = selectionOf(request);
  const answer = await rank(query, snapshot, among, page);
  if (await isNothing(answer, snapshot)) return { total: 0, offset, data: [] };
  const total = await matchingPapers(query, snapshot, among);
  const next = offset + limit;
  return {
    total,
    offset,
    ...(next < Math.min(total, DEEPEST) && { next }),
    data: await presentPapers(snapshot, papersOf(answer).slice(0, Math.max(0, total - offset)), selection),
  };
}

/**
 * How many papers match: a hybrid ranking contains every paper, and clients read it to its end. These are as many as
 * are at least weakly relevant or contain all words, whichever is more; else those with any of the words.
 */
async function matchingPapers(query: string, snapshot: Snapshot, among: PaperSelection): Promise<number> {
  const relevant = await relevantPapers(query, snapshot, among);
  const clauses = wordsOf(query);
  if (clauses.length === 0) return relevant;
  const span = { start: 0, end: query.length };
  const countOf = (kind: 'and' | 'or') => snapshot.count({ ...among, condition: { kind, clauses, span } });
  return Math.max(relevant, await countOf('and')) || countOf('or');
}

/** How many papers are at least weakly relevant; with filters, how many of the first 1000 of them pass. */
async function relevantPapers(query: string, snapshot: Snapshot, among: PaperSelection): Promise<number> {
  const request = { query, ...AS_TEXT };
  const { facets } = await snapshot.search({ ...request, limit: 0, facets: ['year'] });
  const relevant = facets?.papers ?? 0;
  if (relevant === 0 || !isFiltered(among)) return relevant;
  const { hits } = await snapshot.search({ ...request, limit: Math.min(relevant, DEEPEST) });
  return snapshot.count({ ...among, ids: hits.map(({ paper }) => paper.id) });
}

function isFiltered({ filters = {}, ids }: PaperSelection): boolean {
  const isGiven = (value: unknown) => (Array.isArray(value) ? value.length > 0 : value !== undefined);
  return ids !== undefined || Object.values(filters).some(isGiven);
}

/** A page of the hybrid ranking of a plain text. */
export function rank(
  query: string,
  snapshot: Snapshot,
  among: PaperSelection,
  page: Pick<SearchRequest, 'offset' | 'limit' | 'highlight'>,
): Promise<SearchResponse> {
  return snapshot.search({ query, ...AS_TEXT, ...page }, among);
}

/** The papers of an answer, best first. */
function papersOf({ hits }: SearchResponse): Paper[] {
  return hits.map(({ paper }) => paper);
}

/** Whether an answer is unrelated to its query. */
export async function isNothing({ confidence, query }: SearchResponse, snapshot: Snapshot): Promise<boolean> {
  if (confidence.level !== 'none') return false;
  const clauses = wordsOf(query);
  if (clauses.length === 0) return true;
  const span = { start: 0, end: query.length };
  return (await snapshot.count({ condition: { kind: 'or', clauses, span } })) === 0;
}

/** A condition for each word of a text that is indexed. */
function wordsOf(query: string): Condition[] {
  const span = { start: 0, end: query.length };
  const words = new Set(analyze(query).map(({ surface }) => surface));
  return Array.from(words, (text): Condition => ({ kind: 'words', text, field: undefined, span }));
}
