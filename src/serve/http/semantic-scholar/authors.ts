import { z } from 'zod';
import { author, papersOfAuthor, searchAuthors } from '../../compat/semantic-scholar/authors.ts';
import { authorBatch } from '../../compat/semantic-scholar/batch.ts';
import {
  AUTHOR_FIELDS,
  DEFAULT_AUTHOR_FIELDS,
  DEFAULT_PAPER_FIELDS,
  PAPER_FIELDS,
} from '../../compat/semantic-scholar/field-names.ts';
import { selectFields } from '../../compat/semantic-scholar/field-selection.ts';
import { type Operation, operation } from '../operation.ts';
import {
  AUTHOR_BATCH_EXAMPLE,
  AUTHOR_EXAMPLE,
  AUTHOR_SEARCH_EXAMPLE,
  PAPER_LIST_EXAMPLE,
} from './examples.ts';
import { fieldsParameter, pageParameters, requiredQuery } from './parameters.ts';
import { answers, COMMON, send } from './respond.ts';
import { AuthorBatchResponse, AuthorListing, PaperListing, SemanticScholarAuthor } from './schemas.ts';

const MAX_IDS = 1000;
const pathParameters = z.object({ id: z.string() });

/** The author routes of Semantic Scholar's API. Authors with the same name are one author here. */
export function semanticScholarAuthors(): Operation[] {
  return [
    operation({
      ...COMMON,
      id: 'semanticScholarAuthorSearch',
      method: 'get',
      path: '/graph/v1/author/search',
      summary: 'Searches authors by name',
      parameters: z.object({ query: requiredQuery, fields: fieldsParameter, ...pageParameters(1000, 100) }),
      responses: answers(AuthorListing, 'Authors with the most papers first.', AUTHOR_SEARCH_EXAMPLE),
      handle: async (_request, response, { query: { query, fields, ...page }, snapshot }) => {
        const selection = selectFields(fields, AUTHOR_FIELDS, DEFAULT_AUTHOR_FIELDS);
        send(response, await searchAuthors(query, page, selection, snapshot));
      },
    }),
    operation({
      ...COMMON,
      id: 'semanticScholarAuthorBatch',
      method: 'post',
      path: '/graph/v1/author/batch',
      expressPath: /^\/graph\/v1\/author\/batch\/?$/,
      summary: 'Returns up to 1,000 authors by id',
      parameters: z.object({ fields: fieldsParameter }),
      body: {
        kind: 'json',
        schema: z.object({ ids: z.array(z.string()).max(MAX_IDS, `Expected at most ${MAX_IDS} ids.`) }),
        example: { ids: ['143894872134012'] },
      },
      responses: answers(
        AuthorBatchResponse,
        'In the order of the ids; null for an unknown id.',
        AUTHOR_BATCH_EXAMPLE,
      ),
      handle: async (_request, response, { query, body, snapshot }) => {
        const selection = selectFields(query.fields, AUTHOR_FIELDS, DEFAULT_AUTHOR_FIELDS);
        send(response, await authorBatch(body.ids, selection, snapshot));
      },
    }),
    operation({
      ...COMMON,
      id: 'semanticScholarAuthorPapers',
      method: 'get',
      path: '/graph/v1/author/{id}/papers',
      summary: 'Returns the papers of an author',
      pathParameters,
      parameters: z.object({ fields: fieldsParameter, ...pageParameters(1000, 100) }),
      responses: answers(PaperListing, 'Newest first.', PAPER_LIST_EXAMPLE),
      handle: async (_request, response, { path, query: { fields, ...page }, snapshot }) => {
        const selection = selectFields(fields, PAPER_FIELDS, DEFAULT_PAPER_FIELDS);
        send(response, await papersOfAuthor(path.id, page, selection, snapshot));
      },
    }),
    operation({
      ...COMMON,
      id: 'semanticScholarAuthor',
      method: 'get',
      path: '/graph/v1/author/{id}',
      summary: 'Returns an author',
      pathParameters,
      parameters: z.object({ fields: fieldsParameter }),
      responses: answers(SemanticScholarAuthor, 'The author.', AUTHOR_EXAMPLE),
      handle: async (_request, response, { path, query, snapshot }) => {
        const selection = selectFields(query.fields, AUTHOR_FIELDS, DEFAULT_AUTHOR_FIELDS);
        send(response, await author(path.id, selection, snapshot));
      },
    }),
  ];
}
