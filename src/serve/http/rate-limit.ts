import type { RequestHandler, Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import { PaperSearchError } from '../../errors.ts';
import type { Grant } from '../access/access.ts';

/** Requests per minute; many times what a fast typist on the page causes. */
export const DEFAULT_RATE = 600;

/** What all limits share: the window of a minute, and headers that report what is left. */
const SHARED = { windowMs: 60_000, standardHeaders: 'draft-8', legacyHeaders: false } as const;

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
    ...SHARED,
    limit: perMinute,
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

/**
 * Limits the requests of each token. @param grantOf the grant of a request; one without `rate` is not limited.
 * @returns a handler that throws PaperSearchError RATE_LIMITED, with `Retry-After` set.
 */
export function limitRateOfTokens(grantOf: (response: Response) => Grant): RequestHandler {
  return rateLimit({
    ...SHARED,
    identifier: 'token',
    limit: (_request, response) => grantOf(response).rate!,
    keyGenerator: (_request, response) => grantOf(response).name,
    skip: (_request, response) => grantOf(response).rate === undefined,
    handler: (_request, response, next) => {
      const { name, rate } = grantOf(response);
      next(
        new PaperSearchError(
          'RATE_LIMITED',
          `The token "${name}" allows ${rate} requests in a minute. Wait as many seconds as the header Retry-After says.`,
        ),
      );
    },
  });
}
