import { ID_KINDS, type IdKind } from './id-kinds.ts';
import { arxivIdIn } from './identifiers/arxiv.ts';
import { doisIn } from './identifiers/doi.ts';
import { idsIn } from './identifiers/ids-in.ts';
import type { Paper } from './paper.ts';

export { ID_KINDS, ID_NAMES, ID_SHAPES, type IdKind } from './id-kinds.ts';
export { idsIn } from './identifiers/ids-in.ts';

/** Kinds whose prefix is dropped from a key: their identifiers cannot be taken for those of another kind. */
const PREFIX = /^(?:doi|arxiv|openreview|acl|s2|dblp|openalex|pmcid|isbn):\s*/;
const ADDRESS =
  /^https?:\/\/(?:(?:(?:dx|www)\.)?doi\.org|(?:(?:www|export)\.)?arxiv\.org\/(?:abs|pdf)|(?:www\.)?aclanthology\.org|openalex\.org)\//;
/** A version of an arXiv paper: "2101.11408v2", "hep-th/9901001v1". */
const VERSION = /^(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?\/\d{7})v\d+$/;
/** What the id of an arXiv paper and nothing else looks like, with all that is written around it. */
const ARXIV =
  /^(?:(?:https?:\/\/)?(?:[\w-]+\.)?arxiv\.org\/\w+\/|oai:arxiv\.org:|arxiv:\s*|abs\/|(?:doi:\s*)?10\.48550\/arxiv\.)\S+(?:\s*\[[\w.-]+\])?$/;
/** A DOI and nothing else, with all that is written around it. */
const DOI =
  /^(?:https?:\/\/\S+?\/|doi[:\s]\s*|info:doi\/|urn:doi:|(?:[\w-]+\.)*doi\.org\/)?10\.\d{4,9}(?:\.\d+)*(?:\/|%2f)\S+$/;
/** Numbers that would be taken for others without the name of their kind. */
const NUMBERED: readonly (readonly [IdKind, RegExp])[] = [
  [
    'pmid',
    /^(?:pmid|pubmed)[:\s]\s*\d+$|^https?:\/\/(?:www\.)?(?:pubmed\.ncbi|ncbi)\.nlm\.nih\.gov\/(?:pubmed\/)?\d+\/?$/,
  ],
  ['mag', /^mag[:\s]\s*\d+$/],
];

/** Addresses of services whose pages are found by an identifier of one kind, without `https://` and `www.`. */
const PAGES: readonly (readonly [IdKind, RegExp])[] = [
  ['openreview', /^(?:api2?\.)?openreview\.net\//],
  ['acl', /^(?:aclanthology\.(?:org|info)|aclweb\.org\/anthology)\//],
  ['s2', /^(?:api\.)?semanticscholar\.org\//],
  [
    'pmcid',
    /^(?:pmc\.)?ncbi\.nlm\.nih\.gov\/(?:pmc\/)?articles\/|^europepmc\.org\/(?:article\/pmc|articles)\//,
  ],
  ['pmid', /^(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov\/pubmed)\//],
  ['dblp', /^dblp\.(?:org|uni-trier\.de)\//],
  ['openalex', /^(?:api\.)?openalex\.org\//],
];

/** The kind of identifier that pages of a service have, by an address in lower case; undefined for other texts. */
export function kindOfPage(small: string): IdKind | undefined {
  const address = /^(?:https?:\/\/)?(?:www\.)?(\S+)$/.exec(small)?.[1];
  return address === undefined ? undefined : PAGES.find(([, host]) => host.test(address))?.[0];
}

/** The kind and key of the identifier that an address of a service contains; undefined for other texts. */
function onPage(small: string): string | undefined {
  const kind = kindOfPage(small);
  if (!kind) return undefined;
  const address = small.replace(/^(?:https?:\/\/)?(?:www\.)?/, '');
  const [id] = idsIn(kind, `https://${address.replace(/\.pdf(?=$|[?#])/, '')}`);
  return id && (kind === 'pmid' ? `pmid:${id}` : id.toLowerCase());
}

/**
 * An identifier as it is compared, however it is written: in lower case, without the prefix of its kind, a web
 * address, or the version of an arXiv paper that is part of an address. PubMed's and MAG's numbers keep their prefix.
 */
export function identifierKey(id: string): string {
  const small = id.trim().toLowerCase();
  if (ARXIV.test(small)) {
    const arxiv = arxivIdIn(small);
    // Keep the version: `withoutVersion` removes it to find the paper under its id without a version.
    if (arxiv !== undefined)
      return `${arxiv.toLowerCase()}${/v\d+(?=(?:\.pdf)?(?:\s|$))/.exec(small)?.[0] ?? ''}`;
  }
  if (DOI.test(small)) {
    const [doi] = doisIn(small);
    if (doi !== undefined) return doi;
  }
  for (const [kind, shape] of NUMBERED) {
    if (shape.test(small)) return `${kind}:${idsIn(kind, small)[0] ?? small}`;
  }
  if (/^isbn[:\s]/.test(small)) return idsIn('isbn', small)[0] ?? small;
  const page = onPage(small);
  if (page !== undefined) return page;
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
  const external = ID_KINDS.flatMap((kind) => {
    const value = externalIds[kind];
    return value ? [kind === 'pmid' || kind === 'mag' ? `${kind}:${value}` : value] : [];
  });
  const keys = [id, ...aliases, ...external].flatMap((given) => {
    const key = identifierKey(given);
    return [key, withoutVersion(key) ?? key];
  });
  return [...new Set(keys)];
}
