import type { Request } from 'express';
import { messageOf, PaperSearchError } from '../../errors.ts';
import type { Grant } from '../access/access.ts';
import { tooLargeFor } from './authorize.ts';

/**
 * The bytes of a body that is read in pieces.
 * @param limit in bytes. @param grant may allow less.
 * @throws PaperSearchError PAYLOAD_TOO_LARGE, or BAD_REQUEST when the body ends too early.
 */
export async function* bodyOf(
  request: Request,
  limit: number,
  grant: Grant | undefined,
): AsyncIterable<Uint8Array> {
  const { name = '', maxBytes = Infinity } = grant ?? {};
  const tooLarge = () =>
    new PaperSearchError(
      'PAYLOAD_TOO_LARGE',
      `The body is larger than ${limit / 2 ** 20} MB. Gzip it, send it in parts, or use the command line on the server.`,
    );
  if (Number(request.get('Content-Length') ?? 0) > limit) throw tooLarge();
  let bytes = 0;
  try {
    // The connection is still needed for the answer when the reader stops early.
    for await (const piece of request.iterator({ destroyOnReturn: false })) {
      bytes += piece.length;
      if (bytes > maxBytes) throw tooLargeFor(name, maxBytes);
      if (bytes > limit) throw tooLarge();
      yield piece;
    }
  } catch (cause) {
    if (cause instanceof PaperSearchError) throw cause;
    throw new PaperSearchError(
      'BAD_REQUEST',
      `The body ended before it was complete: ${messageOf(cause)}. Send it again.`,
      { cause },
    );
  } finally {
    // Drain the rest of a refused body; otherwise the next request on the connection would follow it.
    request.resume();
  }
}

/** A whole body. @throws PaperSearchError as `bodyOf` does. */
export async function readBody(request: Request, limit: number, grant: Grant | undefined): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of bodyOf(request, limit, grant)) pieces.push(piece);
  return Buffer.concat(pieces);
}
