import { PaperSearchError } from '../../errors.ts';
import type { Query, QueryNotice } from '../../query/ast.ts';
import { rankingText } from '../../query/ranking-text.ts';
import type { SearchRequest } from '../api.ts';
import type { Corpus } from '../corpus.ts';
import type { ParsedQuery } from '../parse.ts';
import { type Filters, matchFilters } from './filters.ts';
import { Match } from './match.ts';
import { matchCondition } from './match-condition.ts';
import { hiddenSubmissions } from './rejected.ts';
import type { Titles } from './titles.ts';

/** A query and the papers that may be in its answer. */
export interface MatchedQuery {
  readonly parsed: ParsedQuery;
  /** The papers that match all conditions and filters; undefined for every paper. */
  readonly match: Match | undefined;
  /** Rejected submissions that match and are hidden; undefined when there are none. */
  readonly hidden?: Match | undefined;
  /** Remarks on how the query was understood. */
  readonly notices: readonly QueryNotice[];
  /**
   * Whether every paper of the match has what was asked for, so that all of them are relevant: the conditions contain
   * words to rank by, or the caller chose the papers.
   */
  readonly requiresText: boolean;
  /** Whether the query has only conditions, all of which count: a paper that matches is relevant. */
  readonly onlyConditions: boolean;
}

/**
 * The stage `match`: which papers may be in the answer.
 * @param among the only papers that may be in the answer, chosen by the caller. Default: every paper.
 * @param titles for conditions that need them (`needsTitles`).
 * @throws PaperSearchError BAD_REQUEST for a query that is empty, without filters and sorted by relevance, a year that
 *   is not one, and a condition that the index cannot match.
 */
export function matchQuery(
  parsed: ParsedQuery,
  { filters, sort, rejected }: Pick<SearchRequest, 'filters' | 'sort' | 'rejected'>,
  { indexes: { lexical }, fields, map, paperAt }: Corpus,
  among?: Match,
  titles?: Titles,
): MatchedQuery {
  const { query } = parsed;
  const sources = { lexical, fields, map, paperAt, titles };
  const filtered = both(hasFilters(filters) ? matchFilters(filters, sources) : undefined, among);
  const isEmpty = query.plain.trim() === '' && !query.condition && !filtered;
  if (isEmpty) expectFixedOrder(sort);
  const matched = query.condition && matchCondition(query.condition, sources);
  const match = isEmpty ? Match.all(fields.size) : both(matched, filtered);
  const hidden = hiddenSubmissions({ rejected, filters }, query.condition, match, fields);
  return {
    parsed,
    match: hidden ? withoutHidden(match, hidden, fields) : match,
    hidden,
    notices: [...query.notices, ...(matched?.notices ?? [])],
    ...askedOf(query, among !== undefined, matched?.ignoresPart ?? false),
  };
}

/** The papers that are not hidden, by all papers of a request; by what is hidden where that is every paper. */
const shownOf = new WeakMap<Match, Match>();

/** @param hidden of the match, always the same. */
function withoutHidden(match: Match | undefined, hidden: Match, { size }: Corpus['fields']): Match {
  const key = match ?? hidden;
  const shown = shownOf.get(key) ?? (match ?? Match.all(size)).without(hidden);
  shownOf.set(key, shown);
  return shown;
}

/** What a query asks of the papers of its match. @param isChosen whether the caller chose the papers. */
export function askedOf(
  query: Query,
  isChosen: boolean,
  ignoresPart: boolean,
): Pick<MatchedQuery, 'requiresText' | 'onlyConditions'> {
  return {
    requiresText: isChosen || rankingText({ ...query, plain: '' }) !== '',
    onlyConditions: query.plain.trim() === '' && !ignoresPart,
  };
}

/** @throws PaperSearchError BAD_REQUEST for an order by relevance: all papers have only a fixed one. */
export function expectFixedOrder(sort: SearchRequest['sort']): void {
  if (sort !== undefined && sort !== 'relevance') return;
  const message = 'The query is empty: say what to look for, or sort by date or title to see all papers.';
  throw new PaperSearchError('BAD_REQUEST', message, { details: { parameter: 'q' } });
}

function both(a: Match | undefined, b: Match | undefined): Match | undefined {
  return a ? a.and(b) : b;
}

/** Whether there is any filter. */
export function hasFilters(filters: Filters | undefined): filters is Filters {
  return (
    filters !== undefined &&
    Object.values(filters).some((value) => (Array.isArray(value) ? value.length > 0 : value !== undefined))
  );
}
