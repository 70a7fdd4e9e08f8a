import type { NearestSeed } from '../search/api.ts';
import type { SnowballHit } from '../search/citations/api.ts';
import { linksText } from '../search/related/links-text.ts';
import type { LinkDirection } from './api.ts';
import { capitalised, counted, formatCount } from './format.ts';
import { webUrl } from './paths.ts';
import { NO_SEARCH, urlOf } from './search-state.ts';

/** What needs no quotation marks in a query, and what they cannot contain. */
const BARE = /^[\w:./-]*\w$/;
const MARKS = /["“”„«»]/;

/**
 * The search for the papers that a paper cites (`references`) or that cite it (`citations`), the most cited first.
 * @returns undefined for an id that the query language cannot express.
 */
export function linkedUrl(id: string, direction: LinkDirection): string | undefined {
  const name = direction === 'references' ? 'cited-by' : 'cites';
  if (!BARE.test(id) && MARKS.test(id)) return undefined;
  return urlOf({ ...NO_SEARCH, q: `${name}:${BARE.test(id) ? id : `"${id}"`}`, sort: 'citations' });
}

/** "31 references, 12 of them here." @param here papers of the index. @param elsewhere other works. */
export function referencesText(here: number, elsewhere: number): string {
  const all = here + elsewhere;
  if (all === 0) return 'No references are known.';
  if (all === 1) return `1 reference, which is ${here === 1 ? '' : 'not '}here.`;
  const part = elsewhere === 0 ? 'all' : here === 0 ? 'none' : formatCount(here);
  return `${formatCount(all)} references, ${part} of them here.`;
}

/** "Cited by 3 papers here." */
export function citationsText(count: number): string {
  return count === 0 ? 'No paper here cites it.' : `Cited by ${counted(count, 'paper')} here.`;
}

/** Why following citations found a paper: "Cites 2 of them, cited by 1 of them". */
export function reasonOf({ links, via }: Pick<SnowballHit, 'links' | 'via'>): string {
  // Only the first links are listed: of more, the kinds are not known.
  if (links > via.length) return `${counted(links, 'link')} to them`;
  const cites = via.filter(({ relation }) => relation === 'cites').length;
  return capitalised(
    [
      ...(cites > 0 ? [`cites ${formatCount(cites)} of them`] : []),
      ...(cites < links ? [`cited by ${formatCount(links - cites)} of them`] : []),
    ].join(', '),
  );
}

/**
 * Why a paper is related to a seed: how citations link them, and the words that they share. Empty if neither is known.
 * @param most shared words.
 */
export function relationText(
  { links, sharedTerms }: Pick<NearestSeed, 'links' | 'sharedTerms'>,
  most: number,
): string {
  const terms = sharedTerms.slice(0, most);
  return [...(links ? linksText(links) : []), ...(terms.length > 0 ? [`shares ${terms.join(', ')}`] : [])]
    .map(capitalised)
    .join(' · ');
}

/** Web addresses of works by the kind of their identifier. */
const ADDRESSES: Readonly<Record<string, string>> = {
  doi: 'https://doi.org/',
  arxiv: 'https://arxiv.org/abs/',
  pmid: 'https://pubmed.ncbi.nlm.nih.gov/',
  openalex: 'https://openalex.org/',
  acl: 'https://aclanthology.org/',
};

/** The web address of a work that is not in the index. @param reference see src/papers/references.ts. */
export function referenceUrl(reference: string): string | undefined {
  for (const part of reference.split(' ')) {
    const [, kind = '', id = ''] = /^([a-z]+):(.+)$/.exec(part) ?? [];
    if (Object.hasOwn(ADDRESSES, kind)) return webUrl(ADDRESSES[kind]! + encodeURI(id));
  }
  return undefined;
}
