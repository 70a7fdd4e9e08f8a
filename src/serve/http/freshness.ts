import { createHash } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { VERSION } from '../../version.ts';

/**
 * Makes Express compare ETags whenever the client sends one. Clients that follow the Fetch standard send `no-cache`
 * with their own `If-None-Match`, which asks caches to revalidate with the origin (RFC 9111, section 5.2.1.4), and
 * Express would send the whole answer again.
 */
export const alwaysRevalidate: RequestHandler = ({ headers }, _response, next) => {
  if (headers['if-none-match'] !== undefined) delete headers['cache-control'];
  next();
};

/**
 * Sets the ETag of an answer, which is valid until another snapshot is served, and sends 304 when the client has it
 * already. The tag is computed from snapshot, version, URL and `Accept`, so a request with the tag needs no search (RFC
 * 9110, section 13). It is weak, since answers differ in `tookMs`.
 * @param snapshot the one that the answer is made from.
 * @returns whether 304 was sent.
 */
export function sendNotModified(request: Request, response: Response, snapshot: string): boolean {
  response.set('ETag', tagOf(request, snapshot)).set('Cache-Control', 'no-cache').vary('Accept');
  // `*` asks whether the resource exists, which only the answer shows; Express compares that one.
  if (request.get('If-None-Match')?.trim() === '*' || !request.fresh) return false;
  response.status(304).end();
  return true;
}

function tagOf(request: Request, snapshot: string): string {
  const { protocol, originalUrl } = request;
  const host = request.get('Host') ?? '';
  const accept = request.get('Accept') ?? '';
  const parts = [VERSION, snapshot, protocol, host, originalUrl, accept];
  return `W/"${createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22)}"`;
}
