import { createHash } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { VERSION } from '../../version.ts';

/**
 * Has tags compared whatever else is asked. Clients that follow the Fetch standard send `no-cache` along with a tag of
 * their own: it asks caches to have the origin compare (RFC 9111, section 5.2.1.4), and Express would make all anew.
 */
export const compareAlways: RequestHandler = ({ headers }, _response, next) => {
  if (headers['if-none-match'] !== undefined) delete headers['cache-control'];
  next();
};

/**
 * Marks an answer as good until other papers are served, and answers with 304 at once when the client has it already.
 * The tag is weak: answers differ in the time that they took. It stands for this URL as this client wants it, so that
 * one that comes back was given by an answer of ours, and nothing has to be looked up for it (RFC 9110, section 13).
 * @param snapshot the one that the answer is made from.
 * @returns whether that was the answer.
 */
export function answeredByTag(request: Request, response: Response, snapshot: string): boolean {
  response.set('ETag', tagOf(request, snapshot)).set('Cache-Control', 'no-cache').vary('Accept');
  // `*` asks whether there is anything, which only the answer can tell; Express compares that one.
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
