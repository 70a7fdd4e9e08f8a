import { z } from 'zod';
import { PaperSearchError } from '../../../errors.ts';
import { MAX_EXPORTED, MAX_ID_LENGTH, MAX_IDS } from '../../../limits.ts';
import type { Paper } from '../../../papers/paper.ts';
import { EXPORT_FORMAT_NAMES } from '../../../papers/write/formats.ts';
import type { Snapshot } from '../../../search/engine.ts';
import { withFilters } from '../../../search/match/filters.ts';
import { papersById } from '../../../search/papers-by-id.ts';
import { oneOf } from '../../../search/request.ts';
import { type Operation, operation } from '../operation.ts';
import { wholeNumber } from '../parameters.ts';
import { Paper as PaperSchema } from '../schemas/paper.ts';
import { fileResponse, LEFT_OUT, sendExport } from '../send-export.ts';
import { SearchParameters } from './search.ts';

/** Limit of a request in bytes: as many ids of the maximum length. */
const MAX_BODY = 2 * 1024 * 1024;

/** The body of `POST /v1/export`. */
const ExportBody = z
  .object({
    ids: z
      .array(z.string().min(1).max(MAX_ID_LENGTH), { error: 'Expected a list of ids.' })
      .min(1, 'Give at least one id.')
      .max(MAX_IDS, `Expected at most ${MAX_IDS} ids.`)
      .describe('Ids of papers in the order of the export. Duplicates are written once.'),
    format: oneOf(EXPORT_FORMAT_NAMES).describe('The format of the export.'),
    skipUnknown: z
      .boolean()
      .default(false)
      .describe('Whether unknown ids are skipped. Otherwise the request fails with a list of them.'),
  })
  .meta({ id: 'ExportRequest' });

/** The parameters of `GET /v1/export`: those of a search that decide which papers it finds, and in which order. */
const SearchExport = SearchParameters.omit({
  offset: true,
  relevantFirst: true,
  facets: true,
  explain: true,
  highlight: true,
  secondLook: true,
}).extend({
  limit: wholeNumber(1, MAX_EXPORTED).default(MAX_EXPORTED).describe('Maximum number of papers.'),
  format: oneOf(EXPORT_FORMAT_NAMES).describe('The format of the export.'),
});

/** Exports of papers by id, and of the relevant papers of a search. */
export function exportOperations(): Operation[] {
  return [
    operation({
      id: 'exportSearch',
      method: 'get',
      path: '/export',
      mount: 'v1',
      tag: 'Search',
      summary: 'Exports the relevant papers of a search as a file for other programs',
      parameters: SearchExport,
      responses: {
        200: fileResponse(
          `The relevant papers, in the order of the search, as a download. The header ${LEFT_OUT} counts those after the limit, and hidden rejected submissions: limit=204, rejected=3.`,
          z.array(PaperSchema),
        ),
      },
      errors: ['MODEL_UNAVAILABLE', 'ENCODER_FAILED'],
      handle: async (_request, response, { query, snapshot }) => {
        const { q, format, ...rest } = withFilters(query);
        const request = { query: q, ...rest, relevantFirst: true, highlight: false };
        const { hits, relevant = 0, rejectedHidden = 0 } = await snapshot.search(request);
        const papers = hits.slice(0, relevant).map(({ paper }) => paper);
        const leftOut = Object.entries({ limit: relevant - papers.length, rejected: rejectedHidden })
          .filter(([, count]) => count > 0)
          .map(([reason, count]) => `${reason}=${count}`);
        if (leftOut.length > 0) response.set(LEFT_OUT, leftOut.join(', '));
        sendExport(response, papers, format, 'papers');
      },
    }),
    operation({
      id: 'exportPapers',
      method: 'post',
      path: '/export',
      mount: 'v1',
      tag: 'Papers',
      summary: 'Exports papers as a file for other programs',
      body: {
        kind: 'json',
        schema: ExportBody,
        limit: MAX_BODY,
        example: { ids: ['doi:10.1000/182', 'arxiv:2101.11408'], format: 'bibtex' },
      },
      responses: {
        200: fileResponse('The papers as a download.', z.array(PaperSchema)),
      },
      errors: ['NOT_FOUND'],
      handle: async (_request, response, { body: { ids, format, skipUnknown }, snapshot }) => {
        sendExport(response, await papersOf(ids, snapshot, skipUnknown), format, 'papers');
      },
    }),
  ];
}

/** @throws PaperSearchError NOT_FOUND with all unknown ids, unless `skipUnknown` is set. */
async function papersOf(
  ids: readonly string[],
  snapshot: Snapshot,
  skipUnknown: boolean,
): Promise<readonly Paper[]> {
  const { papers, unknown } = await papersById(snapshot, ids);
  if (unknown.length === 0 || skipUnknown) return papers;
  const message = `No papers have these ids: ${unknown.slice(0, 5).join(', ')}${unknown.length > 5 ? ', …' : ''}. Remove them, or send "skipUnknown": true.`;
  throw new PaperSearchError('NOT_FOUND', message, { details: { ids: unknown } });
}
