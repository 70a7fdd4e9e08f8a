import { type IdKind, idsIn } from '../identifiers.ts';
import type { ExternalIds } from '../paper.ts';
import type { FieldProblem } from './record.ts';

/** Hosts of papers, by the kind of identifier that their addresses end in. Proxies put hyphens for dots. */
const PAGES: readonly (readonly [IdKind, RegExp])[] = [
  ['arxiv', /\barxiv\.org\/(?:abs|pdf|html)\//i],
  ['openreview', /\bopenreview\.net\/(?:forum|pdf)\?id=/i],
  ['acl', /\baclanthology\.org\/(?:[A-Z]\d{2}-\d{4}|\d{4}\.[\w.-]+)/i],
  ['doi', /\bdoi[.-]org\b/i],
  ['pmid', /\bpubmed\.ncbi\.nlm\.nih\.gov\/\d|\bncbi\.nlm\.nih\.gov\/pubmed\/\d/i],
  ['pmcid', /\/(?:pmc\/)?articles\/PMC\d/i],
];

/** Longer URLs are ignored: the time to search one grows with the square of its length. */
const MAX_ADDRESS_LENGTH = 2000;

/** The identifiers that a paper's addresses contain. */
export function idsInUrls(...urls: readonly (string | undefined)[]): ExternalIds {
  const addresses = urls.map((url) => url?.trim() ?? '').filter(({ length }) => length <= MAX_ADDRESS_LENGTH);
  const found = PAGES.flatMap(([kind, page]) => {
    const id = addresses
      .filter((url) => page.test(url))
      .map((url) => idsIn(kind, url)[0])
      .find((each) => each !== undefined);
    return id === undefined ? [] : [[kind, id] as const];
  });
  return Object.fromEntries(found);
}

/** A repository of GitHub without its host: `owner/name`. */
const REPOSITORY = /^[\w-]+\/[\w.-]+$/;

/**
 * The first address of program code in a field: with or without `https://`, or a repository of GitHub as `owner/name`.
 * @returns `problem` if the field has a text and no address, such as "available soon".
 */
export function codeLink(text: string | undefined): {
  readonly url?: string | undefined;
  readonly problem?: readonly FieldProblem[] | undefined;
} {
  const parts = (text ?? '').split(/[\s;,]+/).filter((part) => part !== '');
  for (const part of parts) {
    if (/^https?:\/\//i.test(part)) return { url: part };
    if (/^(?:www\.)?(?:github|gitlab|bitbucket)\.(?:com|org)\//i.test(part))
      return { url: `https://${part}` };
    if (parts.length === 1 && REPOSITORY.test(part)) return { url: `https://github.com/${part}` };
  }
  if (parts.length === 0) return {};
  const reason = `"${text!.slice(0, MAX_SHOWN)}" is not the address of code; the field was left out.`;
  return { problem: [{ field: 'code', reason }] };
}

/** Characters of a field that a message repeats. */
const MAX_SHOWN = 60;
