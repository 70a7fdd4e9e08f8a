import type { Request } from 'express';
import { z } from 'zod';
import { type ErrorCode, PaperSearchError } from '../../../errors.ts';
import { type Engine, withSnapshot } from '../../../search/engine.ts';
import type { PaperFetcher, PaperWriter } from '../../live/paper-writer.ts';
import { type Authorize, grantOf } from '../authorize.ts';
import { bodyOf } from '../body.ts';
import { notesOf } from '../exchange.ts';
import { json, type Operation, operation } from '../operation.ts';
import { idInPath, wholeNumber } from '../parameters.ts';
import { IngestReport, RemovalReport } from '../schemas/writing.ts';

/** What a server needs to change its index. */
export interface Writing {
  readonly writer: PaperWriter;
  /** Fetches papers from services. Default: fetching is refused. */
  readonly fetch?: PaperFetcher | undefined;
}

/** Limit of one request in bytes, gzipped or not. */
const MAX_UPLOAD = 64 * 1024 * 1024;

const WRITE_ERRORS: readonly ErrorCode[] = ['UNAUTHORIZED', 'FORBIDDEN', 'INDEX_LOCKED', 'STOPPED'];

const Parameters = z.object({
  venue: z
    .string({ error: 'Expected a venue.' })
    .regex(/^\P{Cc}{1,500}$/u, 'Expected at most 500 characters without control characters.')
    .optional()
    .describe('Venue of papers whose record has none.'),
  year: wholeNumber(1000, 9999).optional().describe('Year of papers whose record has none.'),
});

/** Changes of the papers, for clients whose token has the scope `add`. @param writing undefined refuses changes. */
export function writeOperations(
  engine: Engine,
  writing: Writing | undefined,
  authorized: Authorize,
): Operation[] {
  const authorize = authorized('add');
  return [
    operation({
      id: 'addPapers',
      method: 'post',
      path: '/papers',
      mount: 'both',
      tag: 'Changes',
      summary: 'Adds or replaces papers from a file in any supported format',
      authorize,
      needs: 'nothing',
      parameters: Parameters,
      body: {
        kind: 'stream',
        description: `A file, plain or gzipped, of at most ${MAX_UPLOAD / 2 ** 20} MB. Its format is detected.`,
        mediaTypes: ['application/octet-stream'],
      },
      responses: {
        200: json(IngestReport, 'The report of the ingest. New requests already see the changes.'),
      },
      errors: [...WRITE_ERRORS, 'BAD_INPUT', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'],
      handle: async (request, response, { query }) => {
        expectPlainFile(request);
        const report = await writing!.writer.add(bodyOf(request, MAX_UPLOAD, grantOf(response)), query);
        notesOf(response).papers = report.added + report.updated + report.removed;
        response.json(report);
      },
    }),
    operation({
      id: 'removePaper',
      method: 'delete',
      path: '/papers/{id}',
      mount: 'both',
      tag: 'Changes',
      summary: 'Removes a paper',
      authorize,
      needs: 'nothing',
      pathParameters: idInPath,
      responses: { 200: json(RemovalReport, 'What was removed.') },
      errors: [...WRITE_ERRORS, 'NOT_FOUND'],
      handle: async (_request, response, { path }) => {
        const { id } = await withSnapshot(engine, (snapshot) => snapshot.paper(path.id));
        const report = await writing!.writer.remove([id]);
        notesOf(response).papers = 1;
        response.json(report);
      },
    }),
  ];
}

/** Refuses bodies that a reader would mistake for a file of another format. */
function expectPlainFile(request: Request): void {
  const problem = request.is('multipart')
    ? 'The body is a form'
    : /^(?:|identity|(?:x-)?gzip)$/i.test(request.get('Content-Encoding') ?? '')
      ? undefined
      : 'The Content-Encoding of the body is not supported';
  if (problem === undefined) return;
  throw new PaperSearchError(
    'UNSUPPORTED_MEDIA_TYPE',
    `${problem}. Send the file itself, plain or gzipped: curl --data-binary @FILE`,
  );
}
