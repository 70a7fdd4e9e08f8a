import cors from 'cors';
import type { RequestHandler } from 'express';

/** Headers of answers that a page of another origin may read beside those that it always may. */
const EXPOSED = ['ETag', 'RateLimit', 'RateLimit-Policy', 'Retry-After', 'X-Request-Id'];

/**
 * Lets web pages of other origins read answers (the Fetch standard, CORS). Nothing is sent along that a browser would
 * add by itself: there are no cookies here, and the token is a header that the page must know.
 * @param origins exactly as browsers send them; `*` for all, none for nobody.
 */
export function allowOrigins(origins: readonly string[] = []): RequestHandler {
  if (origins.length === 0) return (_request, _response, next) => next();
  return cors({
    origin: origins.includes('*') ? '*' : [...origins],
    methods: ['GET', 'HEAD', 'POST', 'DELETE'],
    allowedHeaders: ['Accept', 'Authorization', 'Content-Type', 'If-None-Match', 'X-Api-Key', 'X-Request-Id'],
    exposedHeaders: EXPOSED,
    maxAge: 3600,
  });
}
