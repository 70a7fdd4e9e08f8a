import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { PaperSearchError } from '../../errors.ts';

/** Requests a minute that suit a person at the page, who types fast, many times over. */
export const DEFAULT_RATE = 600;

const WINDOW_MS = 60_000;

/**
 * Limits what each client may ask, and tells it in headers what is left (draft-ietf-httpapi-ratelimit-headers-08).
 * Clients are told apart by the address that Express gives, which is the proxy's unless proxies are trusted; of an
 * IPv6 address, the /56 counts.
 * @param perMinute requests a minute, or undefined for any number.
 * @returns a handler that throws PaperSearchError RATE_LIMITED, with `Retry-After` set.
 */
export function limitRate(perMinute: number | undefined): RequestHandler {
  if (perMinute === undefined) return (_request, _response, next) => next();
  return rateLimit({
    windowMs: WINDOW_MS,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // Whoever sends a header that is not believed is no mistake of ours.
    validate: { xForwardedForHeader: false, forwardedHeader: false },
    handler: (_request, _response, next) =>
      next(
        new PaperSearchError(
          'RATE_LIMITED',
          `More than ${perMinute} requests a minute. The header Retry-After says when to go on.`,
        ),
      ),
  });
}
