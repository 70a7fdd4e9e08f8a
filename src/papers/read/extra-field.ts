import type { ExternalIds } from '../paper.ts';

/** Identifiers that Zotero has no field for, as its users and their tools write them into Extra. */
const LINES: readonly (readonly [keyof ExternalIds, RegExp])[] = [
  ['arxiv', /^arxiv(?: id)?:\s*(\S+)/im],
  ['doi', /^doi:\s*(\S+)/im],
  ['pmid', /^pmid:\s*(\d+)/im],
  ['pmcid', /^pmcid:\s*(PMC\d+)/im],
  ['acl', /^acl(?: id)?:\s*(\S+)/im],
  ['openreview', /^openreview(?: id)?:\s*(\S+)/im],
];

/** The identifiers in Zotero's field Extra: a "Name: value" a line. */
export function idsInExtra(extra = ''): ExternalIds {
  return Object.fromEntries(
    LINES.flatMap(([name, line]) => {
      const found = line.exec(extra)?.[1];
      return found === undefined ? [] : [[name, found]];
    }),
  );
}
