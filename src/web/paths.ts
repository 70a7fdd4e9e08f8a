/** The page's own URLs, which are opened without reloading. All other URLs belong to the server. */
export const OWN_PATHS =
  /^\/(?:\?|$|(?:collection|map|schedule|watches|reviews)(?:\?|$)|(?:paper|shared|reviews)\/)/;

/** Path of a paper's page. An id may contain any character, including slashes. */
export function paperPath(id: string): string {
  return `/paper/${encodeURIComponent(id)}`;
}

/** Path of a paper in a citation format, relative to the API. */
export function exportPath(id: string, extension: string): string {
  return `/papers/${encodeURIComponent(id)}.${extension}`;
}

/** A link from a paper, if it is http or https: never `javascript:` or `data:`. */
export function webUrl(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { protocol, href } = new URL(url);
  return protocol === 'https:' || protocol === 'http:' ? href : undefined;
}
