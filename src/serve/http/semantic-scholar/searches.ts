import { z } from 'zod';
import { autocomplete } from '../../compat/semantic-scholar/autocomplete.ts';
import { bulkSearch } from '../../compat/semantic-scholar/bulk.ts';
import {
  BULK_PAPER_FIELDS,
  DEFAULT_PAPER_FIELDS,
  MATCH_FIELDS,
  PAPER_FIELDS,
  SNIPPET_FIELDS,
} from '../../compat/semantic-scholar/field-names.ts';
import { selectFields } from '../../compat/semantic-scholar/field-selection.ts';
import { relevanceSearch } from '../../compat/semantic-scholar/relevance.ts';
import { searchSnippets } from '../../compat/semantic-scholar/snippets.ts';
import { matchTitle } from '../../compat/semantic-scholar/title-match.ts';
import { type Operation, operation } from '../operation.ts';
import {
  AUTOCOMPLETE_EXAMPLE,
  BULK_EXAMPLE,
  MATCH_EXAMPLE,
  RELEVANCE_EXAMPLE,
  SNIPPET_EXAMPLE,
} from './examples.ts';
import { bulkQuery, fieldsParameter, filterParameters, pageParameters, requiredQuery } from './parameters.ts';
import { answers, COMMON, send } from './respond.ts';
import {
  AutocompleteResponse,
  BulkResponse,
  MatchResponse,
  RelevanceResponse,
  SnippetResponse,
} from './schemas.ts';

const text = z.string();

/** The search routes of Semantic Scholar's API. */
export function semanticScholarSearches(): Operation[] {
  return [
    operation({
      ...COMMON,
      id: 'semanticScholarSearch',
      method: 'get',
      path: '/graph/v1/paper/search',
      summary: 'Searches papers with plain text; returns at most the first 1,000',
      parameters: z.object({
        query: requiredQuery,
        fields: fieldsParameter,
        ...pageParameters(100, 100),
        ...filterParameters,
      }),
      responses: answers(RelevanceResponse, 'A page, best first.', RELEVANCE_EXAMPLE),
      handle: async (_request, response, { query: { fields, ...query }, snapshot }) => {
        const selection = selectFields(fields, PAPER_FIELDS, DEFAULT_PAPER_FIELDS);
        send(response, await relevanceSearch({ ...query, selection }, snapshot));
      },
    }),
    operation({
      ...COMMON,
      id: 'semanticScholarBulkSearch',
      method: 'get',
      path: '/graph/v1/paper/search/bulk',
      summary: 'Returns all papers that match a query, 1,000 per answer',
      description:
        'Negation binds tightest, then "and", then "or". A token is valid until the papers change.',
      parameters: z.object({
        query: bulkQuery,
        fields: fieldsParameter,
        token: text.optional(),
        sort: text
          .optional()
          .describe('`paperId`, `publicationDate` or `citationCount`, with `:asc` or `:desc`.'),
        ...filterParameters,
      }),
      responses: answers(BulkResponse, 'A page in a fixed order.', BULK_EXAMPLE),
      handle: async (_request, response, { query: { fields, ...query }, snapshot }) => {
        const selection = selectFields(fields, BULK_PAPER_FIELDS, DEFAULT_PAPER_FIELDS);
        send(response, await bulkSearch({ ...query, selection }, snapshot));
      },
    }),
    operation({
      ...COMMON,
      id: 'semanticScholarTitleMatch',
      method: 'get',
      path: '/graph/v1/paper/search/match',
      summary: 'Finds the paper with a title',
      parameters: z.object({ query: requiredQuery, fields: fieldsParameter, ...filterParameters }),
      responses: answers(
        MatchResponse,
        'The paper with `matchScore`: 100 for an equal title.',
        MATCH_EXAMPLE,
      ),
      handle: async (_request, response, { query: { fields, ...query }, snapshot }) => {
        const selection = selectFields(fields, MATCH_FIELDS, DEFAULT_PAPER_FIELDS);
        send(response, await matchTitle({ ...query, selection }, snapshot));
      },
    }),
    operation({
      ...COMMON,
      id: 'semanticScholarAutocomplete',
      method: 'get',
      path: '/graph/v1/paper/autocomplete',
      summary: 'Suggests titles that complete the typed text',
      parameters: z.object({ query: text.describe('The first 100 characters are used.') }),
      responses: answers(AutocompleteResponse, 'At most ten titles.', AUTOCOMPLETE_EXAMPLE),
      handle: async (_request, response, { query: { query }, snapshot }) => {
        send(response, await autocomplete(query, snapshot));
      },
    }),
    operation({
      ...COMMON,
      id: 'semanticScholarSnippets',
      method: 'get',
      path: '/graph/v1/snippet/search',
      summary: 'Finds sentences and titles that match plain text',
      parameters: z.object({
        query: requiredQuery,
        limit: pageParameters(1000, 10).limit,
        fields: fieldsParameter,
        paperIds: text.optional().describe('Comma-separated ids: the only papers to search. At most 100.'),
        authors: text
          .optional()
          .describe('Comma-separated names of authors that a paper must all have. At most 10.'),
        insertedBefore: text.optional().describe('A day. Accepted for compatibility; it excludes nothing.'),
        ...filterParameters,
      }),
      responses: answers(SnippetResponse, 'Best first.', SNIPPET_EXAMPLE),
      handle: async (_request, response, { query: { fields, ...query }, snapshot }) => {
        const selection = selectFields(fields, SNIPPET_FIELDS, ['snippet']);
        send(response, await searchSnippets({ ...query, selection }, snapshot));
      },
    }),
  ];
}
