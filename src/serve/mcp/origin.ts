/** Host names that a browser on this machine uses for a server on loopback. */
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * Whether a request with this Origin is allowed: no Origin (not sent by a browser), or a page on this machine. A page
 * of another host must not reach the server through a browser, even if its name resolves to this machine (Model Context
 * Protocol, Transports, "Security Warning").
 */
export function isAllowedOrigin(origin: string | undefined): boolean {
  if (origin === undefined) return true;
  return URL.canParse(origin) && LOOPBACK.test(new URL(origin).hostname);
}
