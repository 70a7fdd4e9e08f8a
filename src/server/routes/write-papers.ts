import { type Request, Router } from 'express';
import { z } from 'zod';
import { messageOf, PaperSearchError } from '../../errors.ts';
import type { PaperWriter } from '../../live/paper-writer.ts';
import type { Searcher } from '../../search/searcher.ts';
import { requireToken } from '../authorize.ts';
import { methodNotAllowed } from '../errors.ts';
import { noParameters, parseParameters, wholeNumber } from '../validate.ts';

/** What allows a server to change its index. */
export interface Writing {
  readonly writer: PaperWriter;
  /** Whoever sends it may write. */
  readonly token: string;
}

/** Most bytes of papers in one request, gzipped or not. */
const LARGEST_UPLOAD = 64 * 1024 * 1024;

const Parameters = z.object({
  venue: z
    .string({ error: 'Expected a venue.' })
    .regex(/^\P{Cc}{1,500}$/u, 'Expected at most 500 characters, none of them a control character.')
    .optional(),
  year: wholeNumber(1000, 9999).optional(),
});

/**
 * `POST /papers` and `DELETE /papers/:id`, for those who have the token. A slash in an id is written %2F.
 * @param writing without it, both are refused.
 */
export function writeRoutes(searcher: Searcher, writing: Writing | undefined): Router {
  const router = Router();
  const authorized = requireToken(writing?.token);
  router
    .route('/papers')
    .post(authorized, async (request, response) => {
      const defaults = parseParameters(Parameters, request.query);
      expectPlainFile(request);
      response.json(await writing!.writer.add(bodyOf(request), defaults));
    })
    .all(methodNotAllowed(['POST']));
  router.delete('/papers/:id', authorized, async (request, response) => {
    parseParameters(noParameters, request.query);
    const { id } = await searcher.paper(String(request.params.id));
    response.json(await writing!.writer.remove([id]));
  });
  return router;
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
    'BAD_REQUEST',
    `${problem}. Send the file itself, plain or gzipped: curl --data-binary @FILE`,
  );
}

/** The bytes of a body. @throws PaperSearchError PAYLOAD_TOO_LARGE, or BAD_REQUEST when it breaks off. */
async function* bodyOf(request: Request): AsyncIterable<Uint8Array> {
  const tooLarge = () =>
    new PaperSearchError(
      'PAYLOAD_TOO_LARGE',
      `A body may have ${LARGEST_UPLOAD / 2 ** 20} MB. Gzip it, send it in parts, or use "paper-search ingest".`,
    );
  if (Number(request.get('Content-Length') ?? 0) > LARGEST_UPLOAD) throw tooLarge();
  let bytes = 0;
  try {
    // Whoever stops early still has an answer to send over the same connection.
    for await (const piece of request.iterator({ destroyOnReturn: false })) {
      bytes += piece.length;
      if (bytes > LARGEST_UPLOAD) throw tooLarge();
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
