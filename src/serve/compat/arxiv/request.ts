import { z } from 'zod';
import { MAX_OFFSET, MAX_QUERY_LENGTH } from '../../../limits.ts';
import { badRequest } from './errors.ts';

/** A request of the arXiv API. */
export interface ArxivRequest {
  /** `search_query`; empty for none. */
  readonly query: string;
  /** `id_list`; empty for none. */
  readonly ids: readonly string[];
  /** Papers to skip, and maximum number of papers. */
  readonly start: number;
  readonly count: number;
  /** `lastUpdatedDate` and `submittedDate` are both `date`: a paper has one date. */
  readonly sort: 'relevance' | 'date';
  readonly isAscending: boolean;
}

/** Limit of papers in one answer. Clients page for the others. */
const MAX_PAPERS = 2000;
/** Above this, requests are refused as arXiv does. */
const MAX_WANTED = 30_000;

/** A parameter as a string; when it is repeated, the first value counts. */
const parameter = (description: string) =>
  z
    .union([z.string(), z.array(z.string()).transform(([first = '']) => first)])
    .optional()
    .meta({ json: { type: 'string' } })
    .describe(description);

/** The parameters, in the URL or in a form. */
export const ArxivParameters = z.object({
  search_query: parameter('A query: `ti:"neural networks" AND cat:cs.LG`.'),
  id_list: parameter('Comma-separated ids. With a query, only listed papers that match it are returned.'),
  start: parameter('Papers to skip. Default 0.'),
  max_results: parameter(`Maximum number of papers, at most ${MAX_PAPERS} per answer. Default 10.`),
  sortBy: parameter('`relevance` (default), `lastUpdatedDate` or `submittedDate`.'),
  sortOrder: parameter('`descending` (default) or `ascending`.'),
});

const SORTS = { relevance: 'relevance', lastUpdatedDate: 'date', submittedDate: 'date' } as const;

/**
 * Parses the parameters of a request. Empty ones are treated as missing.
 * @throws PaperSearchError BAD_REQUEST, in arXiv's words, for a value that is not allowed.
 */
export function arxivRequest(given: z.output<typeof ArxivParameters>): ArxivRequest {
  const { search_query: query = '', id_list: ids = '', sortBy, sortOrder } = given;
  if (query.length > MAX_QUERY_LENGTH)
    throw badRequest(`search_query is longer than ${MAX_QUERY_LENGTH} characters`);
  const wanted = wholeNumber('max_results', given.max_results, 10);
  if (wanted > MAX_WANTED) throw badRequest(`max_results must not exceed ${MAX_WANTED}`);
  const start = wholeNumber('start', given.start, 0);
  if (start > MAX_OFFSET) throw badRequest(`start must not exceed ${MAX_OFFSET}`);
  const sorts = Object.keys(SORTS) as (keyof typeof SORTS)[];
  const sort = sorts.find((name) => name === (sortBy || 'relevance'));
  if (!sort) throw badRequest(`sortBy must be in: ${sorts.join(', ')}`);
  if (!/^(?:ascending|descending)?$/.test(sortOrder ?? '')) {
    throw badRequest('sortOrder must be in: ascending, descending');
  }
  return {
    query: query.trim(),
    ids: ids.split(/[,\s]+/).filter((id) => id !== ''),
    start,
    count: Math.min(wanted, MAX_PAPERS),
    sort: SORTS[sort],
    isAscending: sortOrder === 'ascending',
  };
}

function wholeNumber(name: string, text: string | undefined, otherwise: number): number {
  const clean = text?.trim() ?? '';
  if (clean === '') return otherwise;
  if (/^-\d+$/.test(clean)) throw badRequest(`${name} must be non-negative`);
  if (!/^\d{1,15}$/.test(clean)) throw badRequest(`${name} must be an integer`);
  return Number(clean);
}
