import { createHmac } from 'node:crypto';

/** The headers of a webhook's request that its receiver checks. docs/watches.md shows how. */
export const SIGNATURE_HEADER = 'X-Paper-Search-Signature';
export const TIMESTAMP_HEADER = 'X-Paper-Search-Timestamp';
export const DELIVERY_HEADER = 'X-Paper-Search-Delivery';

/**
 * The signature of a body: `sha256=` and HMAC-SHA256 in hex, over the timestamp, a full stop and the body.
 * @param timestamp seconds since 1970: a receiver refuses an old one, which may be a copy.
 */
export function signatureOf(secret: string, timestamp: number, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
}
