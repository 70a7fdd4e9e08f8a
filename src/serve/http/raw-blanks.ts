/** A request line of the arXiv API in which blanks are not encoded, as scripts write it. */
const REQUEST_LINE = /^(?:GET|HEAD) (\/api\/query\?[^\r\n]* [^\r\n]*) HTTP\/1\.[01]\r\n/;
/** The characters that a URL may have as they are (RFC 3986). */
const NOT_IN_URL = /[^A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]/g;

/**
 * Where a client meant to go that sent blanks in its address: such bytes are no HTTP, and never become a request.
 * @param bytes what it sent, from the beginning of its request.
 * @returns the path with everything encoded; undefined for whatever is no such request.
 */
export function addressWithoutBlanks(bytes: Uint8Array | undefined): string | undefined {
  const [, target] = REQUEST_LINE.exec(Buffer.from(bytes ?? []).toString('latin1')) ?? [];
  return target?.replace(
    NOT_IN_URL,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}
