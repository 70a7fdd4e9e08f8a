import type { ExternalIds } from '../paper.ts';

/** Addresses of papers by the identifier that they end in. */
const PAGES: readonly (readonly [keyof ExternalIds, RegExp])[] = [
  ['arxiv', /\barxiv\.org\/(?:abs|pdf)\/([^\s?#]+?)(?:v\d+)?(?:\.pdf)?(?:[?#].*)?$/i],
  ['openreview', /\bopenreview\.net\/(?:forum|pdf)\?id=([\w-]+)/i],
  ['acl', /\baclanthology\.org\/([A-Z]\d{2}-\d{4}|\d{4}\.[\w.-]+?)(?:\.pdf)?\/?(?:[?#].*)?$/i],
  ['doi', /\bdoi\.org\/(10\.\d{4,9}\/[^\s?#]+)/i],
];

/** Longer ones are none: looking through them takes a time that grows with the square of their length. */
const MAX_ADDRESS_LENGTH = 2000;

/** The identifiers that a paper's addresses tell. */
export function idsInUrls(...urls: readonly (string | undefined)[]): ExternalIds {
  const addresses = urls.map((url) => url?.trim() ?? '').filter(({ length }) => length <= MAX_ADDRESS_LENGTH);
  const found = PAGES.flatMap(([name, page]) => {
    const id = addresses.map((url) => page.exec(url)?.[1]).find((each) => each !== undefined);
    return id === undefined ? [] : [[name, id] as const];
  });
  return Object.fromEntries(found);
}
