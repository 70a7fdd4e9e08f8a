import type { Paper } from '../../papers/paper.ts';
import { keyDigest, linkKeysOf, lookUpKeys, workKey } from '../../papers/references.ts';

/** What the links between papers follow from: digests of keys of works, as the embedded index compares them. */
export interface LinksOfDocument {
  /** Of all keys of the works that the paper cites. */
  readonly cites?: readonly string[];
  /** Of all keys of the works that, as its source says, cite it. */
  readonly citedBy?: readonly string[];
  /** Of the keys that the paper is cited by. */
  readonly works: readonly string[];
}

export function linksOfDocument(paper: Paper): LinksOfDocument {
  const { references = [], citedBy = [] } = paper;
  return {
    ...(references.length > 0 && { cites: workDigests(references) }),
    ...(citedBy.length > 0 && { citedBy: workDigests(citedBy) }),
    works: [...new Set(linkKeysOf(paper).map(storedDigest))],
  };
}

/** A digest of a key as documents have it. */
export function storedDigest(key: string): string {
  return keyDigest(key).toString(36);
}

function workDigests(references: readonly string[]): string[] {
  const keys = references.flatMap((reference) => [...lookUpKeys(reference), workKey(reference)]);
  return [...new Set(keys.map(storedDigest))];
}
