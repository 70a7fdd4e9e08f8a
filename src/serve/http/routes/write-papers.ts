import type { Request } from 'express';
import { z } from 'zod';
import { type ErrorCode, messageOf, PaperSearchError } from '../../../errors.ts';
import { type Engine, withSnapshot } from '../../../search/engine.ts';
import type { PaperWriter } from '../../live/paper-writer.ts';
import { requireToken } from '../authorize.ts';
import { json, type Operation, operation } from '../operation.ts';
import { idInPath, wholeNumber } from '../parameters.ts';
import { IngestReport, RemovalReport } from '../schemas/writing.ts';

/** What allows a server to change its index. */
export interface Writing {
  readonly writer: PaperWriter;
  /** Whoever sends it may write. */
  readonly token: string;
}

/** Most bytes of papers in one request, gzipped or not. */
const MAX_UPLOAD = 64 * 1024 * 1024;

const WRITE_ERRORS: readonly ErrorCode[] = ['UNAUTHORIZED', 'FORBIDDEN', 'INDEX_LOCKED', 'STOPPED'];

const Parameters = z.object({
  venue: z
    .string({ error: 'Expected a venue.' })
    .regex(/^\P{Cc}{1,500}$/u, 'Expected at most 500 characters, none of them a control character.')
    .optional()
    .describe('Of papers whose record names none.'),
  year: wholeNumber(1000, 9999).optional().describe('Of papers whose record names none.'),
});

/**
 * Changes of the papers, for those who have the token.
 * @param writing without it, all are refused.
 */
export function writeOperations(engine: Engine, writing: Writing | undefined): Operation[] {
  const authorize = requireToken(writing?.token);
  return [
    operation({
      id: 'addPapers',
      method: 'post',
      path: '/papers',
      mount: 'both',
      tag: 'Changes',
      summary: 'Adds or replaces papers, in any format that is known',
      authorize,
      needs: 'nothing',
      parameters: Parameters,
      body: {
        kind: 'stream',
        description: `A file as it is, plain or gzipped, at most ${MAX_UPLOAD / 2 ** 20} MB. Its format is found out.`,
        mediaTypes: ['application/octet-stream', 'application/json', 'text/plain'],
      },
      responses: {
        200: json(IngestReport, 'What became of each record. Requests are answered with them now.'),
      },
      errors: [...WRITE_ERRORS, 'BAD_INPUT', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'],
      handle: async (request, response, { query }) => {
        expectPlainFile(request);
        response.json(await writing!.writer.add(bodyOf(request), query));
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
      responses: { 200: json(RemovalReport, 'What was taken out.') },
      errors: [...WRITE_ERRORS, 'NOT_FOUND'],
      handle: async (_request, response, { path }) => {
        const { id } = await withSnapshot(engine, (snapshot) => snapshot.paper(path.id));
        response.json(await writing!.writer.remove([id]));
      },
    }),
  ];
}

/** What a reader would take for a file of another format, or of none. */
function expectPlainFile(request: Request): void {
  const problem = request.is('multipart')
    ? 'The body is a form'
    : /^(?:|identity|(?:x-)?gzip)$/i.test(request.get('Content-Encoding') ?? '')
      ? undefined
      : 'The body is compressed in a way that is not read';
  if (problem === undefined) return;
  throw new PaperSearchError(
    'UNSUPPORTED_MEDIA_TYPE',
    `${problem}. Send the file itself, plain or gzipped: curl --data-binary @FILE`,
  );
}

/** The bytes of a body. @throws PaperSearchError PAYLOAD_TOO_LARGE, or BAD_REQUEST when it breaks off. */
async function* bodyOf(request: Request): AsyncIterable<Uint8Array> {
  const tooLarge = () =>
    new PaperSearchError(
      'PAYLOAD_TOO_LARGE',
      `A body may have ${MAX_UPLOAD / 2 ** 20} MB. Gzip it, send it in parts, or use "paper-search ingest".`,
    );
  if (Number(request.get('Content-Length') ?? 0) > MAX_UPLOAD) throw tooLarge();
  let bytes = 0;
  try {
    // Whoever stops early still has an answer to send over the same connection.
    for await (const piece of request.iterator({ destroyOnReturn: false })) {
      bytes += piece.length;
      if (bytes > MAX_UPLOAD) throw tooLarge();
      yield piece;
    }
  } catch (cause) {
    if (cause instanceof PaperSearchError) throw cause;
    throw new PaperSearchError('BAD_REQUEST', `The body broke off: ${messageOf(cause)}.`, { cause });
  } finally {
    // The rest of a refused body stands before the next request of the connection.
    request.resume();
  }
}
