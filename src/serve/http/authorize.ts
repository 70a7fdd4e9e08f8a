import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { PaperSearchError } from '../../errors.ts';

/**
 * Lets requests through that bear the token (RFC 6750).
 * @param token undefined lets nothing through.
 * @returns a handler that throws PaperSearchError FORBIDDEN without a token to compare with, UNAUTHORIZED for a
 *   request without it or with another.
 */
export function requireToken(token: string | undefined): RequestHandler {
  if (token === undefined) return refuse;
  const expected = digestOf(token);
  return (request, response, next) => {
    const [, given] = /^Bearer +(\S+)$/i.exec(request.get('Authorization') ?? '') ?? [];
    // Digests are of one length, and compared in a time that does not tell how much of them agrees.
    if (given !== undefined && timingSafeEqual(digestOf(given), expected)) return next();
    response.set(
      'WWW-Authenticate',
      given === undefined
        ? 'Bearer realm="paper-search"'
        : 'Bearer realm="paper-search", error="invalid_token"',
    );
    throw new PaperSearchError(
      'UNAUTHORIZED',
      'Send the header "Authorization: Bearer TOKEN" with the token that the server was started with.',
    );
  };
}

const refuse: RequestHandler = () => {
  throw new PaperSearchError(
    'FORBIDDEN',
    'This server takes no changes. Start it with PAPER_SEARCH_TOKEN or --token-file to allow them.',
  );
};

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
