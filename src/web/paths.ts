/** The page's own URLs, which it opens without loading itself anew. Everything else is the server's. */
export const OWN_PATHS = /^\/(?:\?|$|(?:tray|map|programme)(?:\?|$)|paper\/)/;

/** Where a paper is shown. An id may have any sign in it, slashes too. */
export function paperPath(id: string): string {
  return `/paper/${encodeURIComponent(id)}`;
}

/** Where the server gives a paper in a citation format, within its API. */
export function exportPath(id: string, extension: string): string {
  return `/papers/${encodeURIComponent(id)}.${extension}`;
}

/** A link that was found in a paper, if it is one of the web: never `javascript:` or `data:`. */
export function webUrl(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { protocol, href } = new URL(url);
  return protocol === 'https:' || protocol === 'http:' ? href : undefined;
}
