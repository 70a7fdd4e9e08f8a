import type { Response } from 'express';

/** Allows only our own style sheet. */
const POLICY =
  "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Sends a page without scripts, whose style sheet is `docs.css`. */
export function sendPlainPage(response: Response, html: string): void {
  response.set('Content-Security-Policy', POLICY).type('html').send(html);
}
