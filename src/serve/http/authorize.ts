import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { PaperSearchError } from '../../errors.ts';

/**
 * Accepts only requests with the bearer token (RFC 6750).
 * @param token undefined refuses every request.
 * @returns a handler that throws PaperSearchError FORBIDDEN when the server has no token, UNAUTHORIZED for a request
 *   without the token or with a wrong one.
 */
export function requireToken(token: string | undefined): RequestHandler {
  if (token === undefined) return refuse;
  const expected = digestOf(token);
  return (request, response, next) => {
    const [, given] = /^Bearer +(\S+)$/i.exec(request.get('Authorization') ?? '') ?? [];
    // Digests have the same length and are compared in constant time.
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
    'Changes are disabled on this server. Start it with PAPER_SEARCH_TOKEN or --token-file to allow them.',
  );
};

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
