import { z } from 'zod';
import { PaperSearchError } from '../../../errors.ts';
import { MAX_ID_LENGTH, MAX_IDS } from '../../../limits.ts';
import type { Paper } from '../../../papers/paper.ts';
import { EXPORT_FORMAT_NAMES } from '../../../papers/write/formats.ts';
import type { Snapshot } from '../../../search/engine.ts';
import { papersById } from '../../../search/papers-by-id.ts';
import { oneOf } from '../../../search/request.ts';
import { type Operation, operation } from '../operation.ts';
import { Paper as PaperSchema } from '../schemas/paper.ts';
import { fileResponse, sendExport } from '../send-export.ts';

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

/** Exports of papers by id. */
export function exportOperations(): Operation[] {
  return [
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
