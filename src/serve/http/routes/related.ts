import type { Response } from 'express';
import { z } from 'zod';
import { MAX_EXPORTED, MAX_ID_LENGTH, MAX_SEEDS } from '../../../limits.ts';
import { EXPORT_FORMAT_NAMES, type ExportFormatName } from '../../../papers/write/formats.ts';
import { type RelatedRequest, SORTS } from '../../../search/api.ts';
import type { Snapshot } from '../../../search/engine.ts';
import { withFilters } from '../../../search/match/filters.ts';
import { oneOf } from '../../../search/request.ts';
import { json, type Operation, operation } from '../operation.ts';
import {
  facetsParameter,
  filterParameters,
  limitParameter,
  modeParameter,
  offsetParameter,
  optionalQueryParameter,
  rejectedParameter,
  severalTimes,
  wholeNumber,
} from '../parameters.ts';
import { Paper } from '../schemas/paper.ts';
import { RELATED_FACETS, RELATED_SORT, RelatedBody, RelatedResponse } from '../schemas/related.ts';
import { fileResponse, LEFT_OUT, sendExport } from '../send-export.ts';

const SEEDS = { values: MAX_SEEDS, length: MAX_ID_LENGTH };

/** The parameters of related papers, besides the seeds. */
export const RelatedParameters = z.object({
  mode: modeParameter,
  limit: limitParameter,
  offset: offsetParameter,
  sort: oneOf(SORTS).default('relevance').describe(RELATED_SORT),
  facets: facetsParameter.describe(RELATED_FACETS).optional(),
  rejected: rejectedParameter,
  ...filterParameters,
});

/** The seeds of a request in a URL. */
export const SeedParameters = RelatedParameters.extend({
  like: severalTimes('Expected the id of a paper.', 'Ids of papers to find related papers for.', SEEDS),
  unlike: severalTimes(
    'Expected the id of a paper.',
    'Ids of papers; papers similar to them rank lower.',
    SEEDS,
  ),
  q: optionalQueryParameter.describe('What else the hits should be about.'),
});

const PAGE_OF_JSON = { offset: true, facets: true } as const;
const format = oneOf(EXPORT_FORMAT_NAMES).describe('The format of the export.');
const MAX_PAPERS = 'Maximum number of papers.';
const ExportParameters = SeedParameters.omit(PAGE_OF_JSON).extend({
  limit: wholeNumber(1, MAX_EXPORTED).default(MAX_EXPORTED).describe(MAX_PAPERS),
  format,
});
const ExportBody = RelatedBody.omit(PAGE_OF_JSON)
  .extend({
    limit: z.number().int().min(1).max(MAX_EXPORTED).default(MAX_EXPORTED).describe(MAX_PAPERS),
    format,
  })
  .meta({ id: 'RelatedExportRequest' });

const EXAMPLE_BODY = { positive: ['doi:10.1000/182'], negative: [], text: 'without a teacher' };
const RANKING = json(RelatedResponse, 'Related papers, the most similar first, without the seeds.');
const FILE = fileResponse(
  `The relevant papers, in the order of the request, as a download. The header ${LEFT_OUT} counts those after the limit, and hidden rejected submissions: limit=204, rejected=3.`,
  z.array(Paper),
);

/** Papers related to several papers and unlike others, as an answer or as a file. */
export function relatedOperations(): Operation[] {
  return [
    operation({
      id: 'findRelatedPapers',
      method: 'post',
      path: '/related',
      mount: 'both',
      tag: 'Search',
      summary: 'Finds papers related to several papers and unlike others',
      body: { kind: 'json', schema: RelatedBody, example: { ...EXAMPLE_BODY, limit: 5, facets: ['year'] } },
      responses: { 200: RANKING },
      errors: ['NOT_FOUND', 'MODEL_UNAVAILABLE', 'ENCODER_FAILED'],
      handle: async (_request, response, { body, snapshot }) => {
        response.json(await snapshot.related(body));
      },
    }),
    operation({
      id: 'listRelatedPapers',
      method: 'get',
      path: '/related',
      mount: 'v1',
      tag: 'Search',
      summary: 'Finds papers related to several papers, by a link',
      parameters: SeedParameters,
      responses: { 200: RANKING },
      errors: ['NOT_FOUND', 'MODEL_UNAVAILABLE', 'ENCODER_FAILED'],
      handle: async (_request, response, { query, snapshot }) => {
        response.json(await snapshot.related(relatedRequestOf(query)));
      },
    }),
    operation({
      id: 'exportRelatedPapers',
      method: 'post',
      path: '/related/export',
      mount: 'v1',
      tag: 'Search',
      summary: 'Exports relevant related papers as a file for other programs',
      body: { kind: 'json', schema: ExportBody, example: { ...EXAMPLE_BODY, format: 'bibtex' } },
      responses: { 200: FILE },
      errors: ['NOT_FOUND', 'MODEL_UNAVAILABLE', 'ENCODER_FAILED'],
      handle: async (_request, response, { body: { format, ...request }, snapshot }) => {
        await sendRelevant(response, request, format, snapshot);
      },
    }),
    operation({
      id: 'downloadRelatedPapers',
      method: 'get',
      path: '/related/export',
      mount: 'v1',
      tag: 'Search',
      summary: 'Exports relevant related papers as a file, by a link',
      parameters: ExportParameters,
      responses: { 200: FILE },
      errors: ['NOT_FOUND', 'MODEL_UNAVAILABLE', 'ENCODER_FAILED'],
      handle: async (_request, response, { query: { format, ...query }, snapshot }) => {
        await sendRelevant(response, relatedRequestOf(query), format, snapshot);
      },
    }),
  ];
}

/** The parameters of a URL as a request. */
export function relatedRequestOf({
  like,
  unlike,
  q,
  ...rest
}: z.output<typeof SeedParameters> | Omit<z.output<typeof ExportParameters>, 'format'>): RelatedRequest {
  return { positive: like, negative: unlike, text: q, ...withFilters(rest) };
}

/** Sends the relevant papers of a request as a download. */
async function sendRelevant(
  response: Response,
  request: RelatedRequest,
  format: ExportFormatName,
  snapshot: Snapshot,
): Promise<void> {
  const { hits, relevant, rejectedHidden = 0 } = await snapshot.related(request);
  const papers = hits.filter(({ confidence }) => confidence.level !== 'none').map(({ paper }) => paper);
  const leftOut = Object.entries({ limit: relevant - papers.length, rejected: rejectedHidden })
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => `${reason}=${count}`);
  if (leftOut.length > 0) response.set(LEFT_OUT, leftOut.join(', '));
  sendExport(response, papers, format, 'related-papers');
}
