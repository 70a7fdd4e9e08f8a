/** A request line of the arXiv API with unencoded spaces, as some scripts send it. */
const REQUEST_LINE = /^(?:GET|HEAD) (\/api\/query\?[^\r\n]* [^\r\n]*) HTTP\/1\.[01]\r\n/;
/** Bytes that must be encoded in a URL (RFC 3986). */
const NOT_IN_URL = /[^A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]/g;

/**
 * The encoded URL of a request whose URL has spaces. Node's parser refuses such bytes, so they never become a request.
 * @param bytes what the client sent, from the beginning of its request.
 * @returns the path with every byte encoded; undefined for any other request.
 */
export function encodedUrl(bytes: Uint8Array | undefined): string | undefined {
  const [, target] = REQUEST_LINE.exec(Buffer.from(bytes ?? []).toString('latin1')) ?? [];
  return target?.replace(
    NOT_IN_URL,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}
