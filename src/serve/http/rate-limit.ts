import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { PaperSearchError } from '../../errors.ts';

/** Requests per minute; many times what a fast typist on the page causes. */
export const DEFAULT_RATE = 600;

const WINDOW_MS = 60_000;

/**
 * Limits the requests of each client and reports what is left in headers (draft-ietf-httpapi-ratelimit-headers-08). A
 * client is identified by the address from Express, which is the proxy's unless proxies are trusted; IPv6 addresses
 * count by /56 network.
 * @param perMinute requests per minute, or undefined for no limit.
 * @returns a handler that throws PaperSearchError RATE_LIMITED, with `Retry-After` set.
 */
export function limitRate(perMinute: number | undefined): RequestHandler {
  if (perMinute === undefined) return (_request, _response, next) => next();
  return rateLimit({
    windowMs: WINDOW_MS,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // An untrusted forwarding header is not a mistake of ours.
    validate: { xForwardedForHeader: false, forwardedHeader: false },
    handler: (_request, _response, next) =>
      next(
        new PaperSearchError(
          'RATE_LIMITED',
          `This client sent more than ${perMinute} requests in a minute. Wait as many seconds as the header Retry-After says.`,
        ),
      ),
  });
}
