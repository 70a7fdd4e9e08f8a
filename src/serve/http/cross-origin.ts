import cors from 'cors';
import type { RequestHandler } from 'express';

/** Headers of answers that a page of another origin may read besides the safelisted ones. */
const EXPOSED = ['ETag', 'RateLimit', 'RateLimit-Policy', 'Retry-After', 'X-Request-Id'];

/**
 * Allows web pages of other origins to read answers (CORS in the Fetch standard). Credentials are not enabled: the
 * server sets no cookies, and the page has to set the token's header itself.
 * @param origins as browsers send them; `*` for all. An empty list allows no origin.
 */
export function allowOrigins(origins: readonly string[] = []): RequestHandler {
  if (origins.length === 0) return (_request, _response, next) => next();
  return cors({
    origin: origins.includes('*') ? '*' : [...origins],
    methods: ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE'],
    allowedHeaders: ['Accept', 'Authorization', 'Content-Type', 'If-None-Match', 'X-Api-Key', 'X-Request-Id'],
    exposedHeaders: EXPOSED,
    maxAge: 3600,
  });
}
