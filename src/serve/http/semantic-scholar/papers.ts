import { z } from 'zod';
import type { LinkDirection } from '../../../indexes/citations/citation-graph.ts';
import { authorsOfPaper } from '../../compat/semantic-scholar/authors.ts';
import { paperBatch } from '../../compat/semantic-scholar/batch.ts';
import {
  AUTHOR_FIELDS,
  CITATION_FIELDS,
  DEFAULT_AUTHOR_FIELDS,
  DEFAULT_PAPER_FIELDS,
  PAPER_FIELDS,
} from '../../compat/semantic-scholar/field-names.ts';
import { selectFields } from '../../compat/semantic-scholar/field-selection.ts';
import { linksOf } from '../../compat/semantic-scholar/links.ts';
import { ourIdOf } from '../../compat/semantic-scholar/paper-lookup.ts';
import { presentPapers } from '../../compat/semantic-scholar/present-papers.ts';
import { type Operation, operation } from '../operation.ts';
import { AUTHOR_LIST_EXAMPLE, LINK_LIST_EXAMPLES, PAPER_BATCH_EXAMPLE, PAPER_EXAMPLE } from './examples.ts';
import { fieldsParameter, pageParameters } from './parameters.ts';
import { answers, COMMON, send } from './respond.ts';
import { AuthorListing, LINK_LISTINGS, PaperBatchResponse, SemanticScholarPaper } from './schemas.ts';

/** Limits of a batch: ids, and bytes of its body. */
const MAX_IDS = 500;
const MAX_BATCH = 512 * 1024;

const id = z
  .string()
  .describe(
    'A `paperId`, `CorpusId:`, `DOI:`, `ARXIV:`, `ACL:`, `MAG:`, `PMID:`, `PMCID:`, `URL:` (slashes unencoded), or an id of this server.',
  );
const pathParameters = z.object({ id });

/** The paper routes of Semantic Scholar's API. Declared after its searches, whose paths look like ids. */
export function semanticScholarPapers(): Operation[] {
  return [
    operation({
      ...COMMON,
      id: 'semanticScholarPaperBatch',
      method: 'post',
      path: '/graph/v1/paper/batch',
      expressPath: /^\/graph\/v1\/paper\/batch\/?$/,
      summary: 'Returns up to 500 papers by id',
      parameters: z.object({ fields: fieldsParameter }),
      body: {
        kind: 'json',
        schema: z.object({ ids: z.array(z.string()).max(MAX_IDS, `Expected at most ${MAX_IDS} ids.`) }),
        example: { ids: ['DOI:10.1000/182', 'ARXIV:2101.11408'] },
        limit: MAX_BATCH,
      },
      responses: answers(
        PaperBatchResponse,
        'In the order of the ids; null for an unknown id.',
        PAPER_BATCH_EXAMPLE,
      ),
      handle: async (_request, response, { query, body, snapshot }) => {
        const selection = selectFields(query.fields, PAPER_FIELDS, DEFAULT_PAPER_FIELDS);
        send(response, await paperBatch(body.ids, selection, snapshot));
      },
    }),
    operation({
      ...COMMON,
      id: 'semanticScholarPaperAuthors',
      method: 'get',
      path: '/graph/v1/paper/{id}/authors',
      expressPath: /^\/graph\/v1\/paper\/(?<id>.+)\/authors\/?$/,
      summary: 'Returns the authors of a paper',
      pathParameters,
      parameters: z.object({ fields: fieldsParameter, ...pageParameters(1000, 100) }),
      responses: answers(AuthorListing, "In the paper's order.", AUTHOR_LIST_EXAMPLE),
      handle: async (_request, response, { path, query: { fields, ...page }, snapshot }) => {
        const selection = selectFields(fields, AUTHOR_FIELDS, DEFAULT_AUTHOR_FIELDS);
        const id = await ourIdOf(path.id, snapshot);
        send(response, await authorsOfPaper(id, page, selection, snapshot));
      },
    }),
    links('citations', 'semanticScholarCitations', 'Returns the papers that cite a paper'),
    links('references', 'semanticScholarReferences', 'Returns the papers that a paper cites'),
    operation({
      ...COMMON,
      id: 'semanticScholarPaper',
      method: 'get',
      path: '/graph/v1/paper/{id}',
      expressPath: /^\/graph\/v1\/paper\/(?<id>.+)$/,
      summary: 'Returns a paper by an id of any kind',
      pathParameters,
      parameters: z.object({ fields: fieldsParameter }),
      responses: answers(SemanticScholarPaper, 'The paper.', PAPER_EXAMPLE),
      handle: async (_request, response, { path, query, snapshot }) => {
        const selection = selectFields(query.fields, PAPER_FIELDS, DEFAULT_PAPER_FIELDS);
        const paper = await snapshot.paper(await ourIdOf(path.id, snapshot));
        const [presented] = await presentPapers(snapshot, [paper], selection);
        send(response, presented);
      },
    }),
  ];
}

/** The route of the links of a paper in a direction. */
function links(kind: LinkDirection, operationId: string, summary: string): Operation {
  return operation({
    ...COMMON,
    id: operationId,
    method: 'get',
    path: `/graph/v1/paper/{id}/${kind}`,
    expressPath: new RegExp(`^/graph/v1/paper/(?<id>.+)/${kind}/?$`),
    summary,
    description:
      'Only papers of this server are in the list. Where and why a paper is cited is not known: `contexts` and `intents` are empty.',
    pathParameters,
    parameters: z.object({ fields: fieldsParameter, ...pageParameters(1000, 100) }),
    responses: answers(LINK_LISTINGS[kind], 'The newest first.', LINK_LIST_EXAMPLES[kind]),
    handle: async (_request, response, { path, query: { fields, ...page }, snapshot }) => {
      const selection = selectFields(fields, CITATION_FIELDS, DEFAULT_PAPER_FIELDS);
      send(response, await linksOf(await ourIdOf(path.id, snapshot), kind, page, selection, snapshot));
    },
  });
}
