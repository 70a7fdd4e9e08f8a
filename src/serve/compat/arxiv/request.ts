import { z } from 'zod';
import { MAX_OFFSET, MAX_QUERY_LENGTH } from '../../../limits.ts';
import { refusal } from './errors.ts';

/** What is asked of the arXiv API. */
export interface ArxivRequest {
  /** `search_query`; empty for none. */
  readonly query: string;
  /** `id_list`; empty for none. */
  readonly ids: readonly string[];
  /** Papers to pass over, and papers wanted. */
  readonly start: number;
  readonly count: number;
  /** `lastUpdatedDate` is `date` too: one date is known of a paper. */
  readonly sort: 'relevance' | 'date';
  readonly isAscending: boolean;
}

/** Papers of one answer. More may be asked for: the client comes back for them. */
const MAX_PAPERS = 2000;
/** From here on, a request is refused as the service does. */
const MAX_WANTED = 30_000;

/** A parameter as it arrives; of one that is given several times, the first counts. */
const parameter = (description: string) =>
  z
    .union([z.string(), z.array(z.string()).transform(([first = '']) => first)])
    .optional()
    .meta({ json: { type: 'string' } })
    .describe(description);

/** The parameters, in the URL or in a form. */
export const ArxivParameters = z.object({
  search_query: parameter('A query: `ti:"neural networks" AND cat:cs.LG`.'),
  id_list: parameter(
    'Ids, parted by commas. Beside a query, papers must be in the list and fulfil the query.',
  ),
  start: parameter('Papers to pass over first. Default 0.'),
  max_results: parameter(`Papers wanted, ${MAX_PAPERS} at once. Default 10.`),
  sortBy: parameter('`relevance` (default), `lastUpdatedDate` or `submittedDate`.'),
  sortOrder: parameter('`descending` (default) or `ascending`.'),
});

const SORTS = { relevance: 'relevance', lastUpdatedDate: 'date', submittedDate: 'date' } as const;

/**
 * A request of its parameters. Empty ones are as if they were not there.
 * @throws PaperSearchError BAD_REQUEST, in the words of the service, for a value that is not allowed.
 */
export function arxivRequest(given: z.output<typeof ArxivParameters>): ArxivRequest {
  const { search_query: query = '', id_list: ids = '', sortBy, sortOrder } = given;
  if (query.length > MAX_QUERY_LENGTH)
    throw refusal(`search_query is longer than ${MAX_QUERY_LENGTH} characters`);
  const wanted = wholeNumber('max_results', given.max_results, 10);
  if (wanted > MAX_WANTED) throw refusal(`max_results must not exceed ${MAX_WANTED}`);
  const start = wholeNumber('start', given.start, 0);
  if (start > MAX_OFFSET) throw refusal(`start must not exceed ${MAX_OFFSET}`);
  const sorts = Object.keys(SORTS) as (keyof typeof SORTS)[];
  const sort = sorts.find((name) => name === (sortBy || 'relevance'));
  if (!sort) throw refusal(`sortBy must be in: ${sorts.join(', ')}`);
  if (!/^(?:ascending|descending)?$/.test(sortOrder ?? '')) {
    throw refusal('sortOrder must be in: ascending, descending');
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
  if (/^-\d+$/.test(clean)) throw refusal(`${name} must be non-negative`);
  if (!/^\d{1,15}$/.test(clean)) throw refusal(`${name} must be an integer`);
  return Number(clean);
}
