/** Web addresses of services that name their papers, and the identifier in them. */
const SERVICES: readonly RegExp[] = [
  /^(?:export\.)?arxiv\.org\/(?:abs|pdf|html)\/(.+?)(?:\.pdf)?$/i,
  /^aclanthology\.org\/(.+?)(?:\.pdf)?$/i,
  /^(?:dx\.)?doi\.org\/(.+)$/i,
  /^openreview\.net\/(?:forum|pdf)\?id=([^&]+)/i,
  /^semanticscholar\.org\/(?:reader|paper(?:\/[^/]+)?)\/([0-9a-f]{40})$/i,
  /^api\.semanticscholar\.org\/(CorpusID:\d+)$/i,
];

/** The identifier that a web address of a known service has; undefined for any other address. */
export function identifierInUrl(url: string): string | undefined {
  const address = urlKey(url);
  for (const service of SERVICES) {
    const found = service.exec(address)?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A web address as it is compared: without protocol, `www.`, fragment and final slash, with the host in lower case. */
export function urlKey(url: string): string {
  const bare = url
    .trim()
    .replace(/^https?:\/+/i, '')
    .replace(/^www\./i, '')
    .replace(/#.*$/s, '');
  const slash = bare.indexOf('/');
  const host = slash === -1 ? bare : bare.slice(0, slash);
  const path = slash === -1 ? '' : bare.slice(slash);
  return host.toLowerCase() + (path.endsWith('/') ? path.slice(0, -1) : path);
}
