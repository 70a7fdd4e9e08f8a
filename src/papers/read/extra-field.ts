import type { ExternalIds } from '../paper.ts';
import { OWN_ID_FIELD } from './own-export.ts';

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

/** The lines of the field Extra that have no identifier that is read. */
export function otherLines(extra: string): string {
  return extra
    .split('\n')
    .filter(
      (line) => !line.startsWith(`${OWN_ID_FIELD}:`) && !LINES.some(([, pattern]) => pattern.test(line)),
    )
    .join('\n\n')
    .trim();
}
