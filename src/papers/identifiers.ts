import type { Paper } from './paper.ts';

const PREFIX = /^(?:doi|arxiv|openreview|acl|s2):\s*/;
const ADDRESS =
  /^https?:\/\/(?:(?:dx\.)?doi\.org|(?:www\.)?arxiv\.org\/(?:abs|pdf)|(?:www\.)?aclanthology\.org)\//;
/** A version of an arXiv paper: "2101.11408v2", "hep-th/9901001v1". */
const VERSION = /^(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?\/\d{7})v\d+$/;

/** An identifier as it is compared: in small letters, without the prefix that tells its kind or its web address. */
export function identifierKey(id: string): string {
  const small = id.trim().toLowerCase();
  return small.replace(ADDRESS, '').replace(PREFIX, '') || small;
}

/** An arXiv identifier's key without its version; undefined for any other. */
export function withoutVersion(key: string): string | undefined {
  return VERSION.exec(key)?.[1];
}

/** Every key that a paper is found by, each once: of its ids and external ids, arXiv's with and without version. */
export function identifierKeys({
  id,
  aliases = [],
  externalIds,
}: Pick<Paper, 'id' | 'aliases' | 'externalIds'>): string[] {
  const { doi, arxiv, openreview, acl, s2 } = externalIds;
  const keys = [id, ...aliases, doi, arxiv, openreview, acl, s2].flatMap((given) => {
    if (!given) return [];
    const key = identifierKey(given);
    return [key, withoutVersion(key) ?? key];
  });
  return [...new Set(keys)];
}
